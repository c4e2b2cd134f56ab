import { describe, expect, it } from "vitest";
import { checkProject, findingsOf } from "../../support/project.js";

const rule = "no-sql-injection";

const app = 'import express from "express";\nimport { Pool } from "pg";\nconst pool = new Pool();\nexport const app = express();\n';

describe("no-sql-injection", () => {
  it("reports each hole at its place, with the way that the data took", async () => {
    const files = {
      "src/app.ts": 'import express from "express";\nimport { byName } from "./users.js";\nexport const app = express();\napp.get("/v1/users", async (req, res) => { res.json(await byName(req.query.name as string)); });\n',
      "src/users.ts": 'import { Pool } from "pg";\nconst pool = new Pool();\nexport const byName = async (name: string) => (await pool.query(`select id from users where name = \'${name}\'`)).rows;\n',
    };
    const [finding, ...others] = await findingsOf(files, { rule: "no-sql-injection", preset: "recommended" });
    expect(others).toEqual([]);
    expect(finding?.message).toContain("(req.query.name)");
    expect([finding?.file, finding?.range.start, finding?.range.end]).toEqual(["src/users.ts", { line: 3, column: 103 }, { line: 3, column: 107 }]);
    expect(finding?.related.map(({ file, range }) => `${file}:${range.start.line}:${range.start.column}`)).toEqual(["src/app.ts:4:59", "src/app.ts:4:66"]);
  });

  it("reports a statement where it is put together, and one that comes whole where it runs", async () => {
    const files = {
      "src/db.ts": 'import { Pool } from "pg";\nconst pool = new Pool();\nexport const query = (text: string, values?: unknown[]) => new Promise((resolve, reject) => { pool.query(text, values).then(resolve, reject); });\n',
      "src/app.ts": 'import express from "express";\nimport { query } from "./db.js";\nexport const app = express();\napp.get("/v1/a/:id", async (req, res) => { res.json(await query(`select 1 from a where id = ${req.params.id}`)); });\napp.get("/v1/b/:id", async (req, res) => { const text = "select 1 from b where id = " + req.params.id; res.json(await query(text)); });\napp.get("/v1/c/:id", async (req, res) => { res.json(await query("select 1 from c where id = $1", [req.params.id])); });\n',
    };
    expect(await checkProject(files, { rule, preset: "recommended" })).toEqual(["src/app.ts:4:95 no-sql-injection request", "src/app.ts:5:125 no-sql-injection request"]);
    expect(await checkProject({ ...files, "src/app.ts": 'import express from "express";\nimport { query } from "./db.js";\nexport const app = express();\napp.post("/v1/console", async (req, res) => { res.json(await query(req.body.statement)); });\n' }, { rule, preset: "recommended" })).toEqual(["src/db.ts:3:106 no-sql-injection request"]);
  });

  it("follows a value into a method that the project adds to a repository of TypeORM, also where that is bound to a transaction", async () => {
    const files = (statement: string): Record<string, string> => ({
      "src/entries.ts": `import { DataSource } from "typeorm";\nimport { Entry } from "./entry.js";\nexport const source = new DataSource({ type: "postgres" });\nexport const entries = source.getRepository(Entry).extend({\n  async note(title: string) { return ${statement}; },\n});\n`,
      "src/app.ts": 'import express from "express";\nimport { entries, source } from "./entries.js";\nexport const app = express();\napp.post("/v1/entries", async (req, res) => { await source.transaction(async (manager) => manager.withRepository(entries).note(req.body.title)); res.end(); });\n',
    });
    expect(await checkProject(files("this.query(`insert into entries values ('${title}')`)"), { rule, preset: "recommended" })).toEqual(["src/entries.ts:5:81 no-sql-injection request"]);
    expect(await checkProject(files('this.query("insert into entries values ($1)", [title])'), { rule, preset: "recommended" })).toEqual([]);
  });

  it("takes a piece of a longer name for a name, and one of a text for a value", async () => {
    const of = (text: string): Record<string, string> => ({ "src/tally.ts": `import { Pool } from "pg";\nconst pool = new Pool();\nexport const count = (kind: string) => pool.query(\`${text}\`);\n` });
    expect(await checkProject(of("update tallies set ${kind}_count = ${kind}_count + 1"), { rule, preset: "recommended" })).toEqual([]);
    expect(await checkProject(of("select id from tallies where name = 'kind_${kind}_x'"), { rule, preset: "recommended" })).toHaveLength(1);
  });

  it("says of a value that somebody unknown hands in that nothing shows where it comes from, and in strict of each", async () => {
    const files = {
      "src/app.ts": `${app}declare function read(): string;\nexport const all = async () => pool.query("select id from users where name = " + read());\nexport const named = async (name: string) => pool.query("select id from users where name = '" + name + "'");\n`,
      "src/names.ts": 'import { Pool } from "pg";\nconst pool = new Pool();\nexport const of = async (table: string, column: string) => pool.query(`select t.${column}, "${column}" from ${table} t join ${table}_tags on true`);\nexport const aged = async (age: number, kind: "a" | "b") => pool.query(`select id from users where age > ${age} and kind = \'${kind}\'`);\nexport const ofSchema = async (model: { tableName: string }) => pool.query(`select pg_get_serial_sequence(\'${model.tableName}\')`);\n',
      "src/rows.ts": 'import { Pool } from "pg";\nimport { slug } from "slugs";\nconst pool = new Pool();\nexport const last = async (id: string) => { const { rows } = await pool.query("select name from users where id = $1", [id]); return pool.query(`select id from tags where name = \'${rows[0].name}\' and slug = \'${slug("a")}\'`); };\n',
    };
    expect(await checkProject(files, { rule, preset: "recommended" })).toEqual(["src/app.ts:7:97 no-sql-injection unknown"]);
    const each = await checkProject(files, { rule, preset: "strict" });
    expect(each.filter((line) => line.startsWith("src/app.ts:"))).toHaveLength(2);
    expect(each.length).toBeGreaterThan(4);
    // What is put under another name is run from there.
    const sync = (given: string): Readonly<Record<string, string>> => ({ "src/rows.ts": `${app}export const ofUser = async (id: string) => pool.query("select id from rows where name = '" + id + "'");\n`, "src/sync.ts": `import { ofUser } from "./rows.js";\nexport function gather(jobs: unknown[]) { let read; ${given} jobs.push(read); }\n` });
    expect(await checkProject(sync("read = ofUser;"), { rule, preset: "recommended" })).toEqual([]);
    expect(await checkProject(sync("read = (id) => id;"), { rule, preset: "recommended" })).toHaveLength(1);
  });

  it("leaves what a published library is given to those who call it, and what a framework hands to a resolver", async () => {
    const text = 'import { Pool } from "pg";\nconst pool = new Pool();\nexport const named = async (name: string) => pool.query("select id from users where name = \'" + name + "\'");\n';
    const library = (more: string): Record<string, string> => ({ "package.json": '{ "name": "shop", "private": true, "workspaces": ["packages/*"] }', "packages/db/package.json": `{ "name": "@acme/db", "main": "dist/index.js", "dependencies": { "pg": "8" }${more} }`, "packages/db/src/index.ts": text });
    expect(await checkProject(library(""), { rule, preset: "recommended" })).toEqual([]);
    expect(await checkProject(library(', "private": true'), { rule, preset: "recommended" })).toHaveLength(1);
    const resolver = 'import { GraphQLString } from "graphql";\nimport { Pool } from "pg";\nconst pool = new Pool();\nexport const owner = { type: GraphQLString, async resolve(shop: { owner: string }) { return pool.query(`select name from users where id = \'${shop.owner}\'`); } };\n';
    expect(await checkProject({ "package.json": '{ "name": "shop", "dependencies": { "graphql": "16", "pg": "8" } }', "src/owner.ts": resolver }, { rule, preset: "recommended" })).toEqual([]);
  });

  it("tells one text that several calls run once, and follows messages of a bus to their handlers", async () => {
    const twice = (second: string): string => `${app}app.get("/v1/users", async (req, res) => { const text = "select id from users where name = '" + req.query.name + "'"; const other = text; if (req.query.slow) res.json(await pool.query(text)); else res.json(await pool.query(${second})); });\n`;
    expect(await checkProject({ "src/app.ts": twice("text") }, { rule, preset: "recommended" })).toHaveLength(1);
    expect(await checkProject({ "src/app.ts": twice('"select id from tags where name = \'" + req.query.tag + "\'"') }, { rule, preset: "recommended" })).toHaveLength(2);
    const driver = (name: string, text: string): string => `import { Pool } from "pg";\nconst pool = new Pool();\nexport const ${name} = { run: async (text: string) => pool.query(${text}) };\n`;
    const drivers = (text: string): Record<string, string> => ({ "src/a.ts": driver("a", text), "src/b.ts": driver("b", text), "src/app.ts": 'import express from "express";\nimport { a } from "./a.js";\nimport { b } from "./b.js";\nexport const app = express();\napp.post("/v1/query", async (req, res) => { const text = String(req.body.text); res.json(req.query.b ? await b.run(text) : await a.run(text)); });\n' });
    expect(await findingsOf(drivers("text"), { rule, preset: "recommended", cliOnly: true })).toHaveLength(1);
    expect(await findingsOf(drivers("`select id from users where name = '${text}'`"), { rule, preset: "recommended" })).toHaveLength(2);
    const bus = (use: string, fields = "constructor(readonly id: string, readonly name: string) {}"): Record<string, string> => ({
      "src/rename.ts": `export class RenameUser { ${fields} }\n`,
      "src/app.ts": 'import express from "express";\nimport { bus } from "./bus.js";\nimport { RenameUser } from "./rename.js";\nexport const app = express();\napp.put("/v1/users/:id", async (req, res) => { await bus.execute(new RenameUser(String(Number(req.params.id)), String(req.body.name))); res.end(); });\n',
      "src/bus.ts": 'const handlers = new Map<string, { execute(message: object): Promise<void> }>();\nexport const bus = { execute: async (message: object) => handlers.get(message.constructor.name)?.execute(message) };\n',
      "src/handler.ts": `import { Pool } from "pg";\nimport type { RenameUser } from "./rename.js";\nconst pool = new Pool();\nexport class RenameUserHandler { async execute(command: RenameUser) { ${use} } }\n`,
    });
    const open = "await pool.query(`update users set name = '${command.name}'`);";
    expect(await checkProject(bus(open), { rule })).toEqual(["src/handler.ts:4:116 no-sql-injection request"]);
    expect(await checkProject(bus(open, "readonly id: string; readonly name: string; constructor(id: string, name: string) { this.id = id; this.name = name; }"), { rule })).toHaveLength(1);
    expect(await checkProject(bus("await pool.query(`update users set seen = ${command.id}`);"), { rule })).toEqual([]);
    expect(await checkProject(bus('await pool.query("update users set name = $1", [command.name]);'), { rule })).toEqual([]);
  });

  it("knows arguments of GraphQL by the fields that were taken of others, and keys that are written behind what is spread", async () => {
    const fields = 'import { GraphQLEnumType, GraphQLString } from "graphql";\nexport const fields = { account: { type: GraphQLString }, kind: { type: new GraphQLEnumType({ name: "Kind", values: { A: { value: "a" } } }) }, name: { type: GraphQLString } };\n';
    const query = (key: string): string => `import { omit } from "lodash";\nimport { GraphQLString } from "graphql";\nimport { find } from "./find.js";\nimport { fields } from "./fields.js";\nexport const users = { type: GraphQLString, args: { ...omit(fields, ["account"]) }, async resolve(_: unknown, args: Record<string, string>) { return find({ ...args, order: "name" }, args.${key}); } };\nexport const tags = { type: GraphQLString, args: { name: { type: GraphQLString } }, async resolve(_: unknown, args: Record<string, string>) { return find({ order: "id" }, args.since ? args.since : "a"); } };\n`;
    const files = (key: string): Record<string, string> => ({ "package.json": '{ "name": "shop", "dependencies": { "graphql": "16", "pg": "8", "lodash": "4" } }', "src/fields.ts": fields, "src/query.ts": query(key), "src/find.ts": 'import { Pool } from "pg";\nconst pool = new Pool();\nexport const find = async (options: { order: string }, kind: string) => pool.query(`\n  select id from users\n  where kind = \'${kind}\' order by ${options.order}`.replace(/\\s+/g, " "));\n' });
    expect(await checkProject(files("kind"), { rule })).toEqual([]);
    expect(await checkProject(files("name"), { rule })).toHaveLength(1);
  });

  it("ends on functions that call each other in a circle", async () => {
    const text = `${app}const left = async (name: string, depth: number): Promise<unknown> => (depth > 3 ? right(name, depth + 1) : pool.query(\`select '\${name}'\`));\nconst right = async (name: string, depth: number): Promise<unknown> => left(name, depth + 1);\napp.get("/v1/users", async (req, res) => { res.json(await right(String(req.query.name), 0)); });\n`;
    expect(await checkProject({ "src/app.ts": text }, { rule: "no-sql-injection", preset: "recommended" })).toHaveLength(1);
  });
});

describe("no-sql-injection, what makes sure of a value", () => {
  it("looks into functions that give back only what they have looked up in a list, and at conditions by any name", async () => {
    const files = {
      "src/app.ts": 'import express from "express";\nimport includes from "lodash/includes";\nimport _includes from "lodash/includes";\nimport { sorted } from "./users.js";\nexport const app = express();\nconst parseOneOf = <T>(value: unknown, allowed: readonly T[], fallback: T): T => (allowed.includes(value as T) ? (value as T) : fallback);\nconst parseAny = (value: unknown, allowed: readonly string[]): string => (allowed.length > 0 ? String(value) : "id");\napp.get("/v1/a", async (req, res) => { res.json(await sorted(parseOneOf(req.query.sort, ["id", "name"], "id"))); });\napp.get("/v1/b", async (req, res) => { const { sort } = req.query; if (!_includes(["id"], sort)) throw new Error("sort"); res.json(await sorted(String(sort))); });\napp.get("/v1/c", async (req, res) => { const { sort } = req.query; if (!includes(["id"], sort)) throw new Error("sort"); res.json(await sorted(String(sort))); });\n',
      "src/users.ts": 'import { Pool } from "pg";\nconst pool = new Pool();\nexport const sorted = async (by: string) => (await pool.query(`select id from users order by ${by}`)).rows;\n',
    };
    expect(await checkProject(files, { rule })).toEqual([]);
    const open = files["src/app.ts"].replace('parseOneOf(req.query.sort, ["id", "name"], "id")', 'parseAny(req.query.sort, ["id"])');
    expect(await checkProject({ ...files, "src/app.ts": open }, { rule })).toEqual(["src/users.ts:3:96 no-sql-injection request"]);
  });

  it("takes texts that a function makes of constants and names of tables for closed, and subqueries of a builder", async () => {
    const files = {
      "src/ranking.ts": 'import { Sequelize, DataTypes } from "sequelize";\nconst sequelize = new Sequelize("shop");\nconst Link = sequelize.define("Link", { name: DataTypes.STRING });\nfunction rankingBy(order: string, table: string) {\n  let ranking;\n  switch (order) {\n    case "new": ranking = `${table}.created`; break;\n    default: throw new Error(order);\n  }\n  return ranking;\n}\nconst list = (ranking: string) => sequelize.query(`select * from links order by ${ranking}`);\nexport const all = (order: string) => list(rankingBy(order, Link.getTableName()));\n',
      "src/subquery.ts": 'import { DataSource } from "typeorm";\nexport const rest = (source: DataSource, builder: { getQuery(): string }) => source.getRepository("Link").createQueryBuilder("link").where(`link.id not in (${builder.getQuery()})`).getMany();\nexport const others = (source: DataSource) => { const [text] = source.getRepository("Link").createQueryBuilder("a").getQueryAndParameters(); return source.query(`select count(*) from (${text}) b`); };\n',
    };
    expect(await checkProject(files, { rule })).toEqual([]);
    expect(await checkProject({ "src/ranking.ts": files["src/ranking.ts"].replace("ranking = `${table}.created`", "ranking = order") }, { rule, options: { unknown: "each" } })).toHaveLength(1);
  });

  it("looks at what lists are made of, at numbers of rows by their tables, and into texts that functions give", async () => {
    const files = {
      "src/app.ts": `import express from "express";
import { drizzle } from "drizzle-orm/node-postgres";
import { pgTable, serial, text } from "drizzle-orm/pg-core";
import { Pool } from "pg";
import SqlString from "sqlstring";
const pool = new Pool();
const db = drizzle(pool);
const sites = pgTable("sites", { id: serial("id").primaryKey(), name: text("name") });
export const app = express();
app.get("/v1/visits", async (req, res) => {
  const rows = await db.select().from(sites);
  const ids = rows.map((row) => row.id);
  const counts: string[] = [];
  for (const row of rows) counts.push(\`count(*) as visits_\${row.id}\`);
  res.json([await pool.query(\`select 1 from visits where site in (\${ids.join(",")})\`), await pool.query(\`select \${counts.join(", ")} from visits\`)]);
});
app.post("/v1/funnels", async (req, res) => {
  const steps: { value: string }[] = req.body.steps;
  const conditions = steps.map((step) => \`event = \${SqlString.escape(step.value)}\`);
  res.json(await pool.query(\`select \${conditions[0]} \${steps.slice(1).map((step, index) => \`, s\${index} as (\${conditions[index + 1]})\`).join("")} from t\`));
});
const statement = (query: { by: string; limit: string }) => {
  const columns = ["name", "id"];
  if (!columns.includes(query.by)) throw new Error("by");
  const name = \`where name = \${SqlString.escape(query.limit)}\`;
  return \`select \${query.by} from sites \${name}\`;
};
app.get("/v1/sites", async (req, res) => { res.json(await pool.query(statement(req.query as never))); });
`,
    };
    expect(await checkProject(files, { rule })).toEqual([]);
    const texts = files["src/app.ts"].replace("row.id);\n  const counts", "row.name);\n  const counts").replace("SqlString.escape(step.value)", "step.value").replace('if (!columns.includes(query.by)) throw new Error("by");', "");
    expect(await checkProject({ "src/app.ts": texts }, { rule, options: { unknown: "each" } })).toHaveLength(3);
  });

  it("takes what a list that the code knows lets through for closed, whoever asked it", async () => {
    const files = (test: string, list = 'const tables = ["orders", "carts"] as const') => ({
      "package.json": '{ "dependencies": { "express": "5.0.0", "pg": "8.0.0" } }',
      "src/app.ts": `import express from "express";\nimport { Pool } from "pg";\nconst pool = new Pool();\nexport const app = express();\n${list};\ntype Table = string;\nconst known = (given: string[]): Table[] => given.filter((table): table is Table => ${test});\nconst channelOf = (table: Table) => \`change_\${table}\`;\napp.get("/v1/changes", async (req, res) => {\n  const channels = known(req.query.listen as string[]).map((table) => channelOf(table));\n  for (const channel of channels) await pool.query(\`listen "\${channel}"\`);\n  res.end();\n});\n`,
    });
    expect(await checkProject(files("tables.includes(table as Table)"), { rule })).toEqual([]);
    expect(await checkProject(files('typeof table === "string" && tables.has(table)', 'const tables = new Set(["orders", "carts"])'), { rule })).toEqual([]);
    expect(await checkProject(files("table.length > 0"), { rule })).toHaveLength(1);
    expect(await checkProject(files("given.includes(table)"), { rule })).toHaveLength(1);
  });

  it("takes what a library of settings gives for closed", async () => {
    const service = (reader: string) => ({
      "package.json": '{ "dependencies": { "@nestjs/common": "11.0.0", "@nestjs/config": "4.0.0", "typeorm": "0.3.0" } }',
      "src/link.service.ts": `import { Injectable } from "@nestjs/common";\nimport { ConfigService } from "@nestjs/config";\nimport { DataSource } from "typeorm";\n@Injectable()\nexport class LinkService {\n  constructor(private readonly source: DataSource, private readonly settings: ${reader}) {}\n  clean() {\n    const minutes = this.settings.get<number>("links.minutes");\n    return this.source.query(\`delete from links where last < now() - interval '${"${minutes}"} minutes'\`);\n  }\n}\ninterface Reader { get<Type>(key: string): Type }\n`,
    });
    expect(await checkProject(service("ConfigService"), { rule, options: { unknown: "each" } })).toEqual([]);
    expect(await checkProject(service("Reader"), { rule, options: { unknown: "each" } })).toHaveLength(1);
  });

  it("takes what whoever deploys it sets, numbers of dates and what a builder writes for closed, and what tests hand over for nothing", async () => {
    const files = {
      "src/settings.ts": 'import { z } from "zod";\nexport const envs = z.object({ BUCKET: z.string() }).parse(process.env);\n',
      "src/store.ts": 'import knex from "knex";\nimport { envs } from "./settings.js";\nconst db = knex({ client: "pg" });\nconst schema = process.env.DB_SCHEMA;\nexport const make = () => db.raw(`select * from ${schema}.a`);\nexport const out = () => db.raw(`select * from s3(\'${envs.BUCKET}\')`);\nexport const at = (day: Date) => db.raw(`select ${day.getUTCFullYear()}`);\nexport const put = (rows: object[]) => { const made = db("a").insert(rows).toQuery(); return db.raw(`${made.toString()} on conflict do nothing`); };\nexport const named = (table: string) => db.raw(`select * from ${table}`);\n',
      "src/main.ts": 'import { named } from "./store.js";\ndeclare function chosen(): string;\nexport const run = () => named(chosen());\n',
      "tests/store.test.ts": 'import { named } from "../src/store.js";\nnamed("a");\n',
    };
    expect(await checkProject(files, { rule, options: { unknown: "each" } })).toEqual(["src/store.ts:9:65 no-sql-injection unknown"]);
    // Whose callers are known hands in no request data.
    expect(await checkProject(files, { rule })).toEqual([]);
    const { "src/main.ts": _caller, "tests/store.test.ts": _test, ...without } = files;
    // A name of a table cannot be bound, whoever hands it in.
    expect(await checkProject(without, { rule })).toEqual([]);
    const value = { ...without, "src/store.ts": files["src/store.ts"].replace("from ${table}`", "from a where b = ${table}`") };
    expect(await checkProject(value, { rule })).toEqual(["src/store.ts:9:77 no-sql-injection unknown"]);
  });

  it("takes elements that a filter let through, and a text that came with its values, for made sure of", async () => {
    const files = (rest: string): Record<string, string> => ({ "src/app.ts": `${app}const types = { id: "int", name: "text" };\ndeclare function build(query: unknown): { clause: string; parameters: unknown[] }[];\n${rest}\n` });
    const update = (filter: string): string => `app.patch("/v1/users", async (req, res) => {\n  const parts: string[] = [];\n  const entries = Object.entries(req.body)${filter};\n  for (const [key, value] of entries) parts.push(\`\${key} = \${Number(value)}\`);\n  await pool.query(\`update users set \${parts.join(", ")}\`);\n  res.end();\n});`;
    expect(await checkProject(files(update(".filter(([key]) => key in types)")), { rule })).toEqual([]);
    expect(await checkProject(files(update(".filter(([, value]) => value in types)")), { rule })).toHaveLength(1);
    const where = (call: string): string => `app.get("/v1/users", async (req, res) => { for (const condition of build(req.query)) await pool.query(${call}); res.end(); });`;
    expect(await checkProject(files(where("condition.clause, condition.parameters")), { rule })).toEqual([]);
  });
});

describe("no-sql-injection, numbers that nothing makes of a text", () => {
  const pipes = (main: string, method = ""): Promise<string[]> => checkProject({
    "package.json": '{ "name": "app", "scripts": { "start": "node ." }, "dependencies": { "@nestjs/common": "11", "@nestjs/core": "11", "pg": "8" } }',
    "src/main.ts": `import { NestFactory } from "@nestjs/core";\nimport { ValidationPipe } from "@nestjs/common";\nimport { AppModule } from "./app.module.js";\nexport async function start() { const app = await NestFactory.create(AppModule); ${main} await app.listen(3000); }\n`,
    "src/app.module.ts": 'import { Module } from "@nestjs/common";\nimport { UsersController } from "./users.controller.js";\n@Module({ controllers: [UsersController] })\nexport class AppModule {}\n',
    "src/users.controller.ts": `import { Controller, Get, Param, ParseIntPipe, UsePipes } from "@nestjs/common";\nimport { Pool } from "pg";\nconst pool = new Pool();\n@Controller("v1/users")\nexport class UsersController {\n  ${method} @Get(":id") one(@Param("id") id: number) { return pool.query(\`select name from users where id = \${id}\`); }\n  @Get("parsed/:id") parsed(@Param("id", ParseIntPipe) id: number) { return pool.query(\`select name from users where id = \${id}\`); }\n}\n`,
  }, { rule });

  it("reports a type that no pipe of the application makes true", async () => {
    expect(await pipes("")).toHaveLength(1);
    expect(await pipes("app.useGlobalPipes(new ValidationPipe({ whitelist: true }));")).toHaveLength(1);
  });

  it("is silent where a pipe may convert it", async () => {
    expect(await pipes("app.useGlobalPipes(new ValidationPipe({ transform: true }));")).toEqual([]);
    expect(await pipes("app.useGlobalPipes(ownPipe());")).toEqual([]);
    expect(await pipes("", "@UsePipes(ParseIntPipe)")).toEqual([]);
  });
});

describe("no-sql-injection, statements that are made with their values", () => {
  const files = (text: string, run: string): Record<string, string> => ({
    "src/statements.ts": `export const add = (name: string, team: string) => [\`${text}\`, [name]] as const;\n`,
    "src/app.ts": `${app}import { add } from "./statements.js";\napp.post("/v1/users", async (req, res) => { const { name, team } = req.body; ${run} res.end(); });\n`,
  });

  it.each([
    ["spread", "await pool.query(...add(name, team));"],
    ["taken apart", "const [text, values] = add(name, team); await pool.query(text, values);"],
    ["taken by its place", "const made = add(name, team); await pool.query(made[0], made[1]);"],
  ])("reads the text of a pair that is %s", async (_name, run) => {
    expect(await checkProject(files("insert into users (name) values ($1)", run), { rule })).toEqual([]);
    expect(await checkProject(files("insert into users (name, team) values ($1, '${team}')", run), { rule })).toHaveLength(1);
  });

  it("asks of a parameter on the way what the call gives for it", async () => {
    const sorted = (direction: string): Record<string, string> => ({ "src/app.ts": `${app}const columns = ["name", "born"];\nconst directionOf = (given) => ${direction};\nconst orderOf = (column, direction) => { if (!columns.includes(column)) return ""; return \`order by name \${direction}\`; };\nconst pageOf = ({ column, direction }) => { const way = directionOf(direction); const order = orderOf(column, way); return { order, size: 10 }; };\nconst listed = (text, order) => ({ text: \`\${text} \${order}\` });\napp.get("/v1/users", async (req, res) => { const { order } = pageOf(req.query); res.json(await pool.query(listed("select name from users", order).text)); });\n` });
    expect(await checkProject(sorted('["asc", "desc"].includes(given) ? given : "asc"'), { rule })).toEqual([]);
    expect(await checkProject(sorted("given.trim()"), { rule })).toHaveLength(1);
  });
});

describe("no-sql-injection, functions of lodash", () => {
  const files = (made: string): Record<string, string> => ({ "src/app.ts": `import _ from "lodash";\n${app}app.post("/v1/users", async (req, res) => { const part = ${made}; res.json(await pool.query(\`select name from users where \${part}\`)); });\n` });

  it("follows data through them as through the methods of lists", async () => {
    expect(await checkProject(files('_.map(req.body.names, (name) => `name = \'${name}\'`).join(" or ")'), { rule })).toHaveLength(1);
    expect(await checkProject(files('_.get(req.body, "filter.text", "true")'), { rule })).toHaveLength(1);
    expect(await checkProject(files('_.map(req.body.names, (name, index) => `name = $${index + 1}`).join(" or ")'), { rule })).toEqual([]);
    expect(await checkProject(files('_.get({ all: "true" }, req.body.filter, "false")'), { rule })).toEqual([]);
  });

  it("takes what GraphQL holds to numbers for no text, in lists and in fields of inputs too", async () => {
    const found = await findingsOf(
      {
        "src/inputs.ts": 'import { Field, InputType, Int } from "type-graphql";\n@InputType()\nexport class RoomInput {\n  @Field(() => [Int], { nullable: true }) guests?: number[];\n  @Field(() => [String]) tags: string[];\n}\n',
        "src/rooms.ts": `import { Arg, Int, Query, Resolver } from "type-graphql";
import { Entity, getRepository } from "typeorm";
import { RoomInput } from "./inputs";
@Entity() class Room { id: number }
@Resolver(() => Room)
export class RoomResolver {
  @Query(() => [Room])
  async ofGuests(@Arg("input") input: RoomInput) { return getRepository(Room).query(\`select * from rooms where guest in (\${input.guests.join(",")})\`); }
  @Query(() => [Room])
  async tagged(@Arg("input") input: RoomInput) { return getRepository(Room).query(\`select * from rooms where tag in (\${input.tags.join(",")})\`); }
  @Query(() => [Room])
  async some(@Arg("ids", () => [Int]) ids: number[]) { return getRepository(Room).query(\`select * from rooms where id in (\${[...ids, 1].join(",")})\`); }
  @Query(() => [Room])
  async named(@Arg("names", () => [String]) names: string[]) { return getRepository(Room).query(\`select * from rooms where name in (\${names.join(",")})\`); }
}
`,
      },
      { rule: "no-sql-injection" },
    );
    expect(found.map(({ range }) => range.start.line)).toEqual([10, 14]);
  });
});

describe("no-sql-injection, pieces of a statement that is written out", () => {
  const files = (route: string): Readonly<Record<string, string>> => ({
    "src/parcels.repository.ts": 'import { sql } from "kysely";\nimport { db } from "./db.js";\nexport const parcels = {\n  by: (column: string) =>\n    sql`select ${sql.raw(column)} as name from parcels`.execute(db),\n};\n',
    "src/db.ts": 'import { Kysely } from "kysely";\nexport const db = new Kysely<any>({ dialect: undefined as never });\n',
    ...(route !== "" && { "src/app.ts": `import express from "express";\nimport { parcels } from "./parcels.repository.js";\nexport const app = express();\n${route}\n` }),
  });

  it("reports a raw piece where it stands, and not where its value is handed over", async () => {
    expect(await checkProject(files('app.get("/v1/parcels", async (req, res) => { res.json(await parcels.by((req.query.by as string) ?? "state")); });'), { rule })).toEqual(["src/parcels.repository.ts:5:26 no-sql-injection request"]);
    expect(await checkProject(files('app.get("/v1/parcels", async (req, res) => { res.json(await parcels.by(req.query.by === "state" ? "state" : "id")); });'), { rule })).toEqual([]);
  });

  it("reports one that nobody is known to hand over, and calls no method with one a way to run any statement", async () => {
    expect(await checkProject(files(""), { rule })).toEqual(["src/parcels.repository.ts:5:26 no-sql-injection unknown"]);
    expect(await checkProject(files(""), { rule, options: { unknown: "each" } })).toEqual(["src/parcels.repository.ts:5:26 no-sql-injection unknown"]);
    expect(await checkProject(files(""), { rule: "narrow-repositories" })).toEqual([]);
  });

  it("judges a router that is called a tool as what serves, and no script in such a folder", async () => {
    const code = `${app}app.get("/v1/find", async (req, res) => { res.json(await pool.query(\`select * from orders where id = '\${req.query.id}'\`)); });\n`;
    expect(await checkProject({ "src/tools/tools.router.ts": code }, { rule })).toHaveLength(1);
    expect(await checkProject({ "src/tools/find.ts": code }, { rule })).toEqual([]);
  });
});

describe("no-sql-injection, texts that nobody is known to hand over", () => {
  const run = (caller: string): Readonly<Record<string, string>> => ({ "src/notes.repository.ts": `import { Pool } from "pg";\nconst pool = new Pool();\nexport class Notes {\n  run(text: string) { return pool.query(text); }\n}\n${caller}` });

  it("leaves a whole text to strict, and to who puts it together where that is known", async () => {
    expect(await checkProject(run(""), { rule })).toEqual([]);
    expect(await checkProject(run(""), { rule, options: { unknown: "each" } })).toEqual(["src/notes.repository.ts:4:41 no-sql-injection unknown"]);
    expect(await checkProject(run('export const all = (notes: Notes) => notes.run("select id from notes limit 10");\n'), { rule, options: { unknown: "each" } })).toEqual([]);
  });

  it("looks into the schema that a class is made of", async () => {
    const lookup = (column: string): Readonly<Record<string, string>> => ({
      "package.json": '{ "name": "app", "scripts": { "start": "node ." }, "dependencies": { "@nestjs/core": "11", "@nestjs/common": "11", "nestjs-zod": "4", "zod": "3", "pg": "8" } }',
      "src/notes.controller.ts": `import { Controller, Get, Query, UsePipes } from "@nestjs/common";\nimport { createZodDto, ZodValidationPipe } from "nestjs-zod";\nimport { z } from "zod";\nimport { Pool } from "pg";\nexport class Lookup extends createZodDto(z.object({ column: ${column}, value: z.string() })) {}\n@Controller("v1/notes")\n@UsePipes(ZodValidationPipe)\nexport class NotesController {\n  constructor(private readonly pool: Pool) {}\n  @Get()\n  find(@Query() query: Lookup) { return this.pool.query(\`select id from notes where \${query.column} = $1\`, [query.value]); }\n}\n`,
    });
    expect((await checkProject(lookup("z.string()"), { rule })).map((one) => one.replace(/:\d+ /, " "))).toEqual(["src/notes.controller.ts:11 no-sql-injection request"]);
    expect(await checkProject(lookup('z.enum(["title", "body"])'), { rule })).toEqual([]);
  });
});

describe("no-sql-injection, one value in many statements", () => {
  it("tells once of a name that more than three statements take alike, and strict of each", async () => {
    const files = (count: number): Readonly<Record<string, string>> => ({
      "src/app.ts": `import express from "express";\nimport { Pool } from "pg";\nconst pool = new Pool();\nexport const app = express();\napp.get("/v1/users", async (req, res) => {\n  for (const [key, value] of Object.entries(req.query)) {\n${Array.from({ length: count }, (_, index) => `    if (value === "${index}") await pool.query(\`select id from users where \${key} ${["=", "<", ">", "<>"][index]} $1\`, [value]);\n`).join("")}  }\n  res.end();\n});\n`,
    });
    expect(await checkProject(files(4), { rule, preset: "recommended" })).toHaveLength(1);
    expect(await checkProject(files(3), { rule, preset: "recommended" })).toHaveLength(3);
    expect(await checkProject(files(4), { rule, preset: "strict" })).toHaveLength(4);
  });
});
