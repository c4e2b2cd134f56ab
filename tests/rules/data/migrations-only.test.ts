import { describe, expect, it } from "vitest";
import rule from "../../../rules/data/migrations-only.js";
import { checkRepo, repoMessages } from "../../repo/check-repo.js";
import { TemporaryFolder } from "../../repo/support.js";
import { checkProject, findingsOf } from "../../support/project.js";

const name = "migrations-only";
const manifest = (...dependencies: string[]): string => JSON.stringify({ name: "shop", private: true, scripts: { start: "node ." }, dependencies: Object.fromEntries(["express", ...dependencies].map((one) => [one, "*"])) });
/** `file` and a migration, so that the folder is not missing. */
const check = async (text: string, { file = "src/database.ts", library = "typeorm", options = {} } = {}): Promise<string[]> => {
  const found = await checkProject({ "package.json": manifest(library), "migrations/0001_init.sql": "select 1;", [file]: text }, { rule: name, options });
  return found.map((line) => line.replace(/^[^:]*:/, "").replace(` ${name}`, ""));
};

describe("migrations-only in code", () => {
  it.each([
    ["TypeORM's synchronize", "typeorm", 'import { DataSource } from "typeorm";\nexport const db = new DataSource({ type: "postgres", synchronize: true });', "2:54 option"],
    ["TypeORM's dropSchema", "typeorm", 'import { DataSource } from "typeorm";\nexport const db = new DataSource({ type: "postgres", dropSchema: true });', "2:54 option"],
    ["Nest's TypeOrmModule", "@nestjs/typeorm", 'import { TypeOrmModule } from "@nestjs/typeorm";\nexport const db = TypeOrmModule.forRoot({ type: "postgres", autoLoadEntities: true, synchronize: true });', "2:85 option"],
    ["a factory of options", "@nestjs/typeorm", 'import { TypeOrmModule } from "@nestjs/typeorm";\nexport const db = TypeOrmModule.forRootAsync({ useFactory: () => ({ type: "postgres", synchronize: true }) });', "2:87 option"],
    ["a constant", "typeorm", 'import { DataSource } from "typeorm";\nconst on = true;\nexport const db = new DataSource({ type: "postgres", synchronize: on });', "3:54 option"],
    ["a setting", "typeorm", 'import { DataSource } from "typeorm";\nexport const db = new DataSource({ type: "postgres", synchronize: process.env.DB_SYNC === "true" });', "2:54 configurable"],
    ["the kind of environment", "typeorm", 'import { DataSource } from "typeorm";\nexport const db = new DataSource({ type: "postgres", synchronize: process.env.NODE_ENV !== "production" });', "2:54 configurable"],
    ["synchronize by call", "typeorm", 'import { DataSource } from "typeorm";\nexport const db = new DataSource({ type: "postgres" });\nexport const f = () => db.synchronize();', "3:24 call"],
    ["a query runner", "typeorm", 'import { DataSource } from "typeorm";\nexport const db = new DataSource({ type: "postgres" });\nexport async function f() {\n  const runner = db.createQueryRunner();\n  await runner.dropColumn("users", "age");\n}', "5:9 call"],
    ["Sequelize's force", "sequelize", 'import { Sequelize } from "sequelize";\nconst db = new Sequelize("postgres://localhost/shop");\nexport const f = () => db.sync({ force: true });', "3:24 call"],
    ["Sequelize's alter on a model", "sequelize", 'import { Model } from "sequelize";\nclass User extends Model {}\nexport const f = () => User.sync({ alter: true });', "3:24 call"],
    ["Nest's Sequelize module", "@nestjs/sequelize", 'import { SequelizeModule } from "@nestjs/sequelize";\nexport const db = SequelizeModule.forRoot({ dialect: "postgres", autoLoadModels: true, synchronize: true });', "2:88 option"],
    ["Knex's schema", "knex", 'import knex from "knex";\nconst db = knex({ client: "pg" });\nexport const f = () => db.schema.createTable("users", () => undefined);', "3:24 call"],
    ["Kysely's schema", "kysely", 'import { Kysely } from "kysely";\ndeclare const db: Kysely<unknown>;\nexport const f = () => db.schema.alterTable("users").addColumn("age", "integer").execute();', "3:24 call"],
    ["MikroORM's generator", "@mikro-orm/core", 'import { MikroORM } from "@mikro-orm/core";\nexport async function f() {\n  const orm = await MikroORM.init({});\n  await orm.getSchemaGenerator().updateSchema();\n}', "4:9 call"],
    ["a table in the schema of a tenant", "knex", 'import knex from "knex";\nconst db = knex({ client: "pg" });\nexport const f = (tenant: string) => db.schema.dropTable(`${tenant}.orders`);', "3:38 call"],
    ["a schema for a tenant", "knex", 'import knex from "knex";\nconst db = knex({ client: "pg" });\nexport const f = (tenant: string) => db.schema.createSchema(tenant);', "3:38 call"],
    ["one of several tables that are listed", "knex", 'import knex from "knex";\nconst db = knex({ client: "pg" });\nexport const f = async () => { for (const table of ["orders", "users"]) await db.schema.dropTable(table); };', "3:79 call"],
    ["a table that callers name", "knex", 'import knex from "knex";\nconst db = knex({ client: "pg" });\nconst drop = (table: string) => db.schema.dropTable(table);\nexport const f = () => drop("orders");', "3:33 call"],
    ["SQL for pg", "pg", 'import { Pool } from "pg";\nconst pool = new Pool();\nexport const f = () => pool.query("CREATE TABLE IF NOT EXISTS users (id int)");', "3:24 statement"],
    ["SQL by a tag", "postgres", 'import postgres from "postgres";\nconst sql = postgres();\nexport const f = () => sql`alter table users add column age int`;', "3:24 statement"],
    ["SQL for Prisma", "@prisma/client", 'import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const f = () => prisma.$executeRaw`DROP TABLE users`;', "3:24 statement"],
    ["SQL for Drizzle", "drizzle-orm", 'import { sql } from "drizzle-orm";\nimport { drizzle } from "drizzle-orm/node-postgres";\nconst db = drizzle("postgres://localhost/shop");\nexport const f = () => db.execute(sql`create index users_age on users (age)`);', "4:24 statement"],
    ["SQL for better-sqlite3", "better-sqlite3", 'import Database from "better-sqlite3";\nconst db = new Database("shop.db");\ndb.exec("create table if not exists users (id integer)");', "3:1 statement"],
  ])("reports %s", async (_name, library, text, expected) => {
    expect(await check(text, { library })).toEqual([expected]);
  });

  it.each([
    ["Knex", "knex", 'import knex from "knex";\nconst db = knex({ client: "pg" });\nexport const f = () => db.migrate.latest();', "3:24 runner"],
    ["Drizzle", "drizzle-orm", 'import { drizzle } from "drizzle-orm/node-postgres";\nimport { migrate } from "drizzle-orm/node-postgres/migrator";\nconst db = drizzle("x");\nexport const f = () => migrate(db, { migrationsFolder: "drizzle" });', "4:24 runner"],
  ])("reports migrations that %s runs in a service", async (_name, library, text, expected) => {
    expect(await check(text, { library, file: "src/services/user.service.ts" })).toEqual([expected]);
    expect(await check(text, { library, file: "src/app.ts" })).toEqual([]);
    expect(await check(text, { library, file: "src/app.ts", options: { boot: true } })).toEqual([expected.replace("runner", "boot")]);
    expect(await check(text, { library, file: "src/db/migrate.ts", options: { boot: true } })).toEqual([]);
  });

  it.each([
    ["synchronize switched off", "typeorm", 'import { DataSource } from "typeorm";\nexport const db = new DataSource({ type: "postgres", synchronize: false });'],
    ["what only tests reach", "mongoose", 'import mongoose from "mongoose";\nexport async function destroy() {\n  if (process.env.NODE_ENV !== "test") throw new Error("only in tests");\n  await mongoose.connection.dropDatabase();\n}\nexport const reset = async () => { if (process.env.NODE_ENV === "test") await mongoose.connection.dropDatabase(); };'],
    ["a database for tests", "typeorm", 'import { DataSource } from "typeorm";\ndeclare const config: { isTest: boolean };\nexport const db = new DataSource({ type: "postgres", dropSchema: config.isTest, synchronize: process.env.NODE_ENV === "test" });'],
    ["a word of another library", "express", "export const player = { type: 'video', synchronize: true };"],
    ["an object of its own", "typeorm", "export const options = { synchronize: true };"],
    ["the option of a decorator", "typeorm", 'import { Index } from "typeorm";\nexport class User {\n  @Index({ synchronize: false })\n  name!: string;\n}'],
    ["Sequelize's plain sync", "sequelize", 'import { Sequelize } from "sequelize";\nconst db = new Sequelize("postgres://localhost/shop");\nexport const f = () => db.sync();'],
    ["Sequelize's sync without force", "sequelize", 'import { Sequelize } from "sequelize";\nconst db = new Sequelize("postgres://localhost/shop");\nexport const f = () => db.sync({ force: false });'],
    ["a table that is called as users say", "knex", 'import knex from "knex";\nconst db = knex({ client: "pg" });\nexport const f = async (id: string, name: string) => {\n  await db.schema.createTable(name, () => undefined);\n  const { dbTable } = await db("sheets").where({ id }).first();\n  return db.schema.alterTable(dbTable, () => undefined).toSQL();\n};'],
    ["SQL for a table that is called as users say", "pg", 'import { Pool } from "pg";\nconst pool = new Pool();\nexport const f = (schema: string, name: string) => pool.query(`ALTER TABLE "${schema}"."${name}" ADD COLUMN note text`);'],
    ["SQL for a table whose name the driver quotes", "knex", 'import knex from "knex";\nconst db = knex({ client: "pg" });\nexport const f = (from: string, to: string) => db.raw("ALTER TABLE ?? RENAME TO ??", [from, to]);'],
    ["a temporary table", "pg", 'import { Pool } from "pg";\nconst pool = new Pool();\nexport const f = () => pool.query("CREATE TEMP TABLE ids (id int)");'],
    ["a partition of the next month", "pg", 'import { Pool } from "pg";\nconst pool = new Pool();\nexport const f = (month) => pool.query(`CREATE TABLE "visits_${month}" PARTITION OF visits ` + `FOR VALUES FROM (\'${month}-01\') TO (\'${month}-31\')`);'],
    ["what a replica follows", "pg", 'import { Pool } from "pg";\nconst pool = new Pool();\nexport const f = (table) => pool.query(`CREATE PUBLICATION "feed" FOR TABLE "${table}"`);'],
    ["an unlogged work table", "pg", 'import { Pool } from "pg";\nconst pool = new Pool();\nexport const f = () => pool.query("create unlogged table import (id int)");'],
    ["truncate", "pg", 'import { Pool } from "pg";\nconst pool = new Pool();\nexport const f = () => pool.query("truncate sessions");'],
    ["hasTable", "knex", 'import knex from "knex";\nconst db = knex({ client: "pg" });\nexport const f = () => db.schema.hasTable("users");'],
    ["a collection that is put in the place of another", "mongodb", 'import { MongoClient } from "mongodb";\nconst db = new MongoClient("mongodb://localhost").db();\nexport const swap = async () => { await db.collection("rates-new").rename("rates"); await db.collection("rates-old").drop(); };'],
    ["an index of a document store at the start", "mongodb", 'import { MongoClient } from "mongodb";\nconst client = new MongoClient("mongodb://localhost");\nexport const f = () => client.db().collection("users").createIndex({ email: 1 });'],
    ["an index of a search engine", "@elastic/elasticsearch", 'import { Client } from "@elastic/elasticsearch";\nconst client = new Client({ node: "http://localhost" });\nexport const f = () => client.indices.create({ index: "products" });'],
    ["a bucket", "@aws-sdk/client-s3", 'import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";\nexport const f = () => new S3Client({}).send(new CreateBucketCommand({ Bucket: "x" }));'],
    ["a message about tables", "pg", 'export const f = () => console.log("create table users");'],
  ])("is silent about %s", async (_name, library, text) => {
    expect(await check(text, { library })).toEqual([]);
  });

  it("takes indexes that a document store gives up at the start for its upkeep, unless all that runs at the start counts", async () => {
    const text = 'import { MongoClient } from "mongodb";\nconst users = new MongoClient("").db().collection("users");\nexport const prepare = async () => { await users.createIndex({ id: 1 }); await users.dropIndex("old"); };\n';
    const at = { file: "src/models/base.model.ts", library: "mongodb" };
    expect(await check(text, at)).toEqual([]);
    expect(await check(text, { ...at, options: { boot: true } })).toHaveLength(1);
  });

  it("reports a sync that a request asks for, and none that makes missing tables at the start", async () => {
    const head = 'import express from "express";\nimport { Sequelize } from "sequelize";\nconst sequelize = new Sequelize("shop");\nexport const app = express();\n';
    const at = { file: "src/app.ts", library: "sequelize" };
    expect(await check(`${head}app.post("/v1/init", async (_req, res) => { await sequelize.sync(); res.end(); });\n`, at)).toHaveLength(1);
    expect(await check(`${head}await sequelize.sync();\napp.listen(3000);\n`, { ...at, file: "src/main.ts" })).toEqual([]);
  });

  it("leaves what a published library does for those who install it to them", async () => {
    const text = 'import { Pool } from "pg";\nconst pool = new Pool();\nexport const add = () => pool.query("alter table orders add column seen boolean");\n';
    const files = (more: string, main = "dist/index.js"): Record<string, string> => ({ "package.json": '{ "name": "shop", "private": true, "workspaces": ["packages/*"] }', "packages/db/package.json": `{ "name": "@acme/db", "main": "${main}", "dependencies": { "pg": "8" }${more} }`, "packages/db/src/index.ts": text });
    expect(await checkProject(files(""), { rule: name })).toEqual([]);
    expect(await checkProject(files(', "private": true'), { rule: name })).toHaveLength(1);
    // Only the packages of the same workspace can run TypeScript as it is written.
    expect(await checkProject(files("", "src/index.ts"), { rule: name })).toHaveLength(1);
    expect(await checkProject(files(`, "publishConfig": { "main": "dist/index.js" }`, "src/index.ts"), { rule: name })).toEqual([]);
  });

  it("leaves a collection that is called as the data says alone, and reports one that is written out", async () => {
    const files = (collection: string): Record<string, string> => ({ "src/events.service.ts": `import mongoose from "mongoose";\nexport async function forget(event: { collectionName: string }) { await mongoose.connection.db.dropCollection(${collection}); }\nexport async function clear(events: { collectionName: string }[]) { for (const event of events) await forget(event); }\n` });
    expect(await checkProject(files("event.collectionName"), { rule: name })).toEqual([]);
    expect(await checkProject(files('"observations"'), { rule: name })).toHaveLength(1);
  });

  it("leaves the list of what has run to the module that runs migrations", async () => {
    const text = 'import { Pool } from "pg";\nconst pool = new Pool();\nexport const prepare = () => pool.query("create table if not exists schema_migrations (name text)");\n';
    expect(await check(text, { file: "src/config/migrations.ts", library: "pg" })).toEqual([]);
    expect(await check(text, { file: "src/data-migrations/index.ts", library: "pg" })).toEqual([]);
    expect(await check(text, { file: "src/config/database.ts", library: "pg" })).toHaveLength(1);
  });

  it("reports a setting where the connection takes it", async () => {
    const text = 'export default { type: "postgres", host: "db", synchronize: process.env.SYNC === "true" };';
    expect(await check(text, { file: "src/config/database.ts" })).toEqual([]);
    expect(await check(text, { file: "src/data-source.ts" })).toEqual(["1:48 configurable"]);
  });

  it.each(["migrations/0002_age.ts", "src/migrations/0002_age.ts", "tests/setup.ts", "src/users.test.ts", "scripts/setup.ts", "src/db/migrate.ts"])("is silent in %s", async (file) => {
    expect(await check('import { Pool } from "pg";\nconst pool = new Pool();\nexport const up = () => pool.query("alter table users add age int");', { file, library: "pg" })).toEqual([]);
  });

  it("takes numbered files beside each other for the steps of a schema", async () => {
    const step = 'import type { PoolClient } from "pg";\nexport const run = (client: PoolClient) => client.query("alter table users add age int");';
    const found = (...files: string[]): Promise<string[]> => checkProject({ "package.json": '{ "name": "app", "private": true, "scripts": { "start": "node ." }, "dependencies": { "pg": "8" } }', ...Object.fromEntries(files.map((file) => [file, step])) }, { rule: "migrations-only" });
    expect(await found("src/datastore/schema/v1.ts", "src/datastore/schema/v2.ts", "src/datastore/steps/001-users.ts", "src/datastore/steps/002-ages.ts")).toEqual([]);
    expect(await found("src/datastore/schema/v1.ts")).toEqual(["src/datastore/schema/v1.ts:2:44 migrations-only statement"]);
    expect(await found("src/datastore/users.ts", "src/datastore/v2.ts")).toHaveLength(2);
  });

  it("takes a numbered method for a step, and one that only makes tables for none", async () => {
    const store = (name: string) => `import { Database } from "better-sqlite3";\nexport class Store {\n  constructor(private readonly db: Database) {}\n  ${name}() { this.db.exec("create table if not exists notes (id text)"); }\n}`;
    const found = (name: string) => checkProject({ "package.json": '{ "name": "app", "private": true, "scripts": { "start": "node ." }, "dependencies": { "better-sqlite3": "11" } }', "src/store.ts": store(name) }, { rule: "migrations-only" });
    expect(await found("migration0001notes")).toEqual([]);
    expect(await found("makeNotes")).toHaveLength(1);
  });

  it("takes what is handed to Umzug, and the values of up and down, for steps", async () => {
    const step = (start: string, key: string): string => `import { DataTypes, type QueryInterface } from "sequelize";\n${start}\nexport const steps = [{ name: "one", ${key}: async ({ context }: { context: QueryInterface }) => { await context.sequelize.transaction(async (transaction) => { await context.createTable("ages", { id: DataTypes.INTEGER }, { transaction }); }); } }];`;
    const options = { file: "src/stores/ages.ts", library: "sequelize" };
    expect(await check(step("", "up"), options)).toEqual([]);
    expect(await check(step("", "begin"), options)).toEqual(["3:166 call"]);
    expect(await check(step('import { Umzug } from "umzug";\nexport const runner = () => new Umzug({ migrations: steps });', "begin"), options)).toEqual([]);
    expect(await check(step('import type { Umzug } from "umzug";\nexport const runner = (given: Umzug) => given;', "begin"), options)).toHaveLength(1);
  });

  it("is silent on settings that are named for development, and on what empties a database by hand", async () => {
    expect(await check('import { DataSource } from "typeorm";\nconst devConfig = { type: "sqlite", synchronize: true };\nexport const source = new DataSource(devConfig);', { library: "typeorm" })).toEqual([]);
    expect(await check('import { Pool } from "pg";\nexport const reset = () => new Pool().query("drop table users");', { file: "tools/db-reset.ts", library: "pg" })).toEqual([]);
  });

  it("tells what runs in production apart from what developers alone run, which is a warning", async () => {
    const found = await findingsOf(
      {
        "package.json": manifest("sequelize"),
        "migrations/0001_init.sql": "select 1;",
        "src/start.ts": 'import { Model, Sequelize } from "sequelize";\nconst db = new Sequelize("postgres://localhost/shop");\nclass Fare extends Model {}\nexport async function start(): Promise<void> {\n  if (process.env.NODE_ENV === "development") {\n    await db.sync({ alter: true });\n  } else {\n    await Fare.sync({ alter: true });\n  }\n}\n',
      },
      { rule: name },
    );
    expect(found.map(({ range, severity }) => `${range.start.line} ${severity}`)).toEqual(["6 warn", "8 error"]);
  });
});

describe("migrations-only in the repository", () => {
  const folder = (files: Record<string, string>, scripts: Record<string, string> = {}, dependencies = ["express", "@prisma/client"]): TemporaryFolder => new TemporaryFolder({
    "package.json": JSON.stringify({ name: "shop", private: true, scripts, dependencies: Object.fromEntries(dependencies.map((one) => [one, "6"])) }, undefined, 2),
    "src/main.ts": 'import express from "express";\nexpress().listen(3000);',
    ...files,
  });
  const migrations = { "prisma/migrations/20240101000000_init/migration.sql": "create table users (id int);" };
  const found = async (of: TemporaryFolder): Promise<string[]> => (await checkRepo(rule, of.root)).map((line) => line.replace(/:\d+:\d+-\d+:\d+/, ""));

  it.each([
    ["a start script", {}, { start: "prisma db push && node ." }, "package.json command"],
    ["a script that start calls", {}, { start: "npm run db && node .", db: "npx prisma db push --accept-data-loss" }, "package.json command"],
    ["postinstall", {}, { postinstall: "prisma db push" }, "package.json command"],
    ["a container", { Dockerfile: 'FROM node:22\nCMD ["sh", "-c", "npx prisma db push && node ."]\n' }, {}, "Dockerfile command"],
    ["a deployment", { ".github/workflows/deploy.yml": "on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npx drizzle-kit push\n" }, {}, ".github/workflows/deploy.yml command"],
    ["a Procfile", { Procfile: "release: npx typeorm schema:sync\nweb: node .\n" }, {}, "Procfile command"],
  ])("reports %s", async (_name, files, scripts, expected) => {
    expect(await found(folder({ ...migrations, ...files }, scripts))).toEqual([expected]);
  });

  it("names the command and what to run instead", async () => {
    const [message] = await repoMessages(rule, folder(migrations, { start: "prisma db push && node ." }).root);
    expect(message).toContain("`prisma db push`");
    expect(message).toContain("`prisma migrate deploy`");
  });

  it("reports a SQL library without migrations", async () => {
    expect(await found(folder({}))).toEqual(["package.json folder"]);
    expect(await found(folder({ "database/scripts/versions/v_12_ddl.sql": "alter table t add c int;" }))).toEqual([]);
    expect(await found(folder({ "database/scripts/reports/top_12.sql": "select 1;" }))).toEqual(["package.json folder"]);
    // Liquibase, Hasura and Sqitch keep theirs in other forms.
    for (const file of ["database/shop.db.changelog-master.xml", "ops/liquibase/v1/orders.yaml", "hasura/migrations/default/1611_init/up.sql", "db/sqitch.plan"]) expect(await found(folder({ [file]: "" })), file).toEqual([]);
    expect(await found(folder({ "docs/changelog.xml": "", "hasura/metadata/default/up.sql": "" }))).toEqual(["package.json folder"]);
    // What brings the schema about in their place is the cause, and reported where it stands.
    expect(await found(folder({}, { start: "prisma db push && node ." }))).toEqual(["package.json command"]);
    expect(await found(folder({ "src/db.ts": 'import { DataSource } from "typeorm";\nexport const source = new DataSource({ type: "postgres", synchronize: true });\n' }, {}, ["express", "typeorm", "pg"]))).toEqual([]);
    const given = (run: string): TemporaryFolder => folder({ "src/db.ts": `import { Kysely, Migrator, type Migration } from "kysely";\nconst steps: Record<string, Migration> = { "001": { up: async (db: Kysely<unknown>) => { await db.schema.createTable("post").execute(); } } };\nexport const bring = async (db: Kysely<unknown>) => { ${run} };\n` }, {}, ["express", "kysely", "pg"]);
    expect(await found(given("await new Migrator({ db, provider: { getMigrations: async () => steps } }).migrateToLatest();"))).toEqual([]);
    expect(await found(given("return steps;"))).toEqual(["package.json folder"]);
    // A driver that no code imports is there for another package.
    const driven = (code: string): TemporaryFolder => folder({ "src/db.ts": code }, {}, ["express", "mysql2"]);
    expect(await found(driven('import mysql from "mysql2/promise";\nexport const pool = mysql.createPool("mysql://db/shop");\n'))).toEqual(["package.json folder"]);
    expect(await found(driven('import { rooms } from "@acme/rooms";\nexport const all = () => rooms.all();\n'))).toEqual([]);
    // `sync()` alone is not reported, and takes no place.
    expect(await found(folder({ "src/db.ts": 'import { Sequelize } from "sequelize";\nconst db = new Sequelize("postgres://db/shop");\nawait db.sync();\n' }, {}, ["express", "sequelize", "pg"]))).toEqual(["package.json folder"]);
  });

  it("finds migrations beside the applications, and none in another application", async () => {
    const app = (name: string): string => JSON.stringify({ name, private: true, scripts: { start: "node ." }, dependencies: { express: "4", knex: "3" } });
    const code = 'import express from "express";\nimport knex from "knex";\nconst db = knex({ client: "pg" });\nexpress().get("/v1/users", async (_req, res) => { res.json(await db("users").limit(10)); });\n';
    const tree = (more: Record<string, string>): TemporaryFolder => new TemporaryFolder({ "api/package.json": app("api"), "api/src/app.ts": code, ...more });
    expect(await checkRepo(rule, tree({ "database/src/migrations/20240101_init.ts": "export {};" }).root)).toEqual([]);
    expect(await checkRepo(rule, tree({ "db/V1__init.sql": "select 1;" }).root)).toEqual([]);
    expect(await checkRepo(rule, tree({ "docs/migrations/notes.md": "x" }).root)).toHaveLength(1);
  });

  it("finds the migrations of a workspace in the package that holds them", async () => {
    const server = JSON.stringify({ name: "api", private: true, scripts: { start: "node ." }, dependencies: { express: "5", "@prisma/client": "6" } });
    const workspace = { "package.json": '{ "name": "root", "private": true, "workspaces": ["apps/*"] }', "apps/jobs/package.json": server.replace("api", "jobs"), "apps/jobs/src/main.ts": "export const jobs = 1;\n", "apps/api/package.json": server, "apps/api/src/main.ts": "export const api = 1;\n" };
    expect(await found(new TemporaryFolder(workspace))).toEqual(["apps/api/package.json folder", "apps/jobs/package.json folder"]);
    expect(await found(new TemporaryFolder({ ...workspace, "apps/api/prisma/migrations/1_init/migration.sql": "CREATE TABLE users (id int);\n" }))).toEqual([]);
    // A package that does nothing but bring the schema about is no application.
    expect(await found(new TemporaryFolder({ ...workspace, "apps/migration/package.json": '{ "name": "migration", "scripts": { "start": "./run.sh" } }', "apps/migration/src/migrations/1722000000000_users.sql": "CREATE TABLE users (id int);\n" }))).toEqual([]);
    const steps = (name: string): Record<string, string> => ({ ...workspace, [`apps/${name}/package.json`]: `{ "name": "${name}" }`, [`apps/${name}/src/helpers.ts`]: "export const one = 1;\n", [`apps/${name}/src/migrations/1722000000000_users.sql`]: "CREATE TABLE users (id int);\n" });
    expect(await found(new TemporaryFolder(steps("shop-db")))).toEqual([]);
    expect(await found(new TemporaryFolder(steps("bench")))).toHaveLength(2);
  });

  it.each([
    ["migrate deploy", {}, { start: "prisma migrate deploy && node ." }],
    ["a script for developers", {}, { start: "node .", "db:push": "prisma db push", dev: "prisma db push && tsx watch src/main.ts" }],
    ["a job that drives a browser", { ".github/workflows/deploy.yml": "on: push\njobs:\n  playwright:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npx prisma migrate reset --force\n" }, {}],
    ["a test job", { ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npx prisma db push\n      - run: npm test\n" }, {}],
    ["a branch for development", { "docker-compose.yml": "services:\n  api:\n    build: .\n    command: >\n      sh -c \"if [ \\\"$NODE_ENV\\\" = \\\"development\\\" ]; then npx typeorm schema:drop; fi && node .\"\n" }, {}],
    ["a compose file for development", { "docker-compose.dev.yml": "services:\n  api:\n    build: .\n    command: sh -c 'npx prisma db push && node .'\n" }, {}],
  ])("is silent about %s", async (_name, files, scripts) => {
    expect(await found(folder({ ...migrations, ...files }, scripts))).toEqual([]);
  });

  it.each([
    ["a document store", ["express", "mongoose"]],
    ["no store", ["express"]],
  ])("asks %s for no migrations", async (_name, dependencies) => {
    expect(await found(folder({}, {}, dependencies))).toEqual([]);
  });
});

describe("migrations-only, what no migration can hold", () => {
  const statement = (text: string, options = {}): Promise<string[]> => check(`import knex from "knex";\nconst db = knex({ client: "pg" });\nexport const f = (year: string) => db.raw(\`${text}\`);`, { library: "knex", ...options });

  it.each(["CREATE SCHEMA IF NOT EXISTS auth", "create table if not exists visits_${year} (id int)", "create index if not exists visits_day on visits_${year} (day)", "CREATE DATABASE ${year} DEFAULT CHARACTER SET utf8"])("is silent about %s", async (text) => {
    expect(await statement(text)).toEqual([]);
  });

  it.each(["CREATE SCHEMA auth", "create database visits", "create table if not exists visits (id int, year int default ${year})", "ALTER TABLE visits ADD COLUMN year int"])("reports %s", async (text) => {
    expect(await statement(text)).toEqual(["3:36 statement"]);
  });

  it("leaves a database in memory alone", async () => {
    const made = (name: string): Promise<string[]> => check(`import Database from "better-sqlite3";\nconst db = new Database("${name}");\nexport const open = () => db.exec("create table notes (id integer)");`, { library: "better-sqlite3", file: "src/store.ts" });
    expect(await made(":memory:")).toEqual([]);
    expect(await made("notes.db")).toHaveLength(1);
    const drop = (library: string): Promise<string[]> => check(`import mongoose from "mongoose";\nimport { server } from "${library}";\nexport const close = async () => { await mongoose.connection.dropDatabase(); await server.stop(); };`, { library: "mongoose", file: "src/utils/memory.ts" });
    expect(await drop("mongodb-memory-server")).toEqual([]);
    expect(await drop("./server.js")).toHaveLength(1);
  });

  it("knows what a container of Nest gives by its class", async () => {
    const main = (asked: string): Promise<string[]> => check(`import { MikroORM } from "@mikro-orm/core";\nimport { NestFactory } from "@nestjs/core";\nimport { AppModule } from "./app.module";\nexport async function start() {\n  const app = await NestFactory.create(AppModule);\n  ${asked}\n}`, { library: "@mikro-orm/core", file: "src/main.ts" });
    expect(await main("await app.get(MikroORM).schema.updateSchema();")).toHaveLength(1);
    expect(await main("const orm = app.get(MikroORM); await orm.getSchemaGenerator().updateSchema();")).toHaveLength(1);
    expect(await main("await app.get(MikroORM).getMigrator().up();")).toEqual([]);
  });

  it("leaves what fills a database alone", async () => {
    expect(await statement("DROP TABLE visits", { file: "src/import/SeedVisits.ts" })).toEqual([]);
    expect(await statement("DROP TABLE visits", { file: "src/import/Visits.ts" })).toHaveLength(1);
  });
});

