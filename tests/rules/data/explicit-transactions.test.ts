import { describe, expect, it } from "vitest";
import rule from "../../../rules/data/explicit-transactions.js";
import { foundIn, marksIn } from "../../support/marked.js";
import { findingsOf } from "../../support/project.js";
import { again, moved, reported, silent, untied } from "./cases/explicit-transactions.js";

const files = ([name, code, others = {}]: (typeof reported)[number]): { readonly name: string; readonly files: Readonly<Record<string, string>> } => ({ name, files: { "src/a.ts": code, ...others } });

describe("explicit-transactions", () => {
  it.each([...reported, ...moved].map(files))("reports $name", ({ files }) => {
    expect(marksIn(files)).not.toEqual([]);
    expect(foundIn(rule, files)).toEqual(marksIn(files));
  });

  it.each(untied.map(files))("reports where it is asked to: $name", ({ files }) => {
    expect(foundIn(rule, files)).toEqual([]);
    expect(foundIn(rule, files, { untied: true })).toEqual(marksIn(files));
  });

  it("reports each row of a job, and its statements, where it is asked to", () => {
    const [rows, jobs] = ["rows that the code looked up by itself, each changed by its own key", "rows that a job changes by their own keys, and statements of a job with nothing in common"].map((name) => files(silent.find(([one]) => one === name) ?? ["", ""]).files);
    expect(foundIn(rule, rows ?? {}, { untied: true })).toEqual(["src/a.ts:10 loop", "src/a.ts:5 loop"]);
    expect(foundIn(rule, jobs ?? {}, { untied: true })).toEqual(["src/jobs/a.ts:5 loop", "src/jobs/a.ts:10 several"].sort());
  });

  it.each([...silent, ...again].map(files))("is silent about $name", ({ files }) => {
    expect(foundIn(rule, files)).toEqual([]);
  });
});

describe("explicit-transactions in the hosts", () => {
  it("reports the second write, with the first beside it, and the write of a loop", async () => {
    const found = await findingsOf({
      "src/orders.ts": 'import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport async function place(id: string) {\n  await prisma.order.create({ data: { id } });\n  await prisma.stock.update({ where: { id }, data: {} });\n}\nexport const all = (ids: string[]) => Promise.all(ids.map((id) => prisma.order.create({ data: { id } })));\n',
    }, { rule: "explicit-transactions" });
    expect(found.map(({ range, messageId, related }) => [messageId, range, related.map(({ range: at }) => at.start)])).toEqual([
      ["several", { start: { line: 5, column: 9 }, end: { line: 5, column: 57 } }, [{ line: 4, column: 9 }]],
      ["loop", { start: { line: 7, column: 67 }, end: { line: 7, column: 104 } }, []],
    ]);
    const hosted = await findingsOf({
      "src/a.ts": 'import { DynamoDBClient } from "@aws-sdk/client-dynamodb";\nimport { PutCommand } from "@aws-sdk/lib-dynamodb";\nconst client = new DynamoDBClient({});\nexport async function open(id: string) {\n  await client.send(new PutCommand({ TableName: "a", Item: { id } }));\n  await client.send(new PutCommand({ TableName: "b", Item: { id } }));\n}\n',
    }, { rule: "explicit-transactions", cliOnly: true });
    expect(hosted.map(({ message }) => message)).toEqual(["`open` writes with `PutCommand` and then with `PutCommand` for the same `id`, outside a transaction: when the second fails, the first stays. Put both into one `TransactWriteCommand`."]);
    expect(found[0]?.message).toContain("`place` writes with `prisma.order.create` and then with `prisma.stock.update`");
  });
});

it("leaves what the user of a library writes in a callback to that user", async () => {
  const workspace = (step: string): Readonly<Record<string, string>> => ({
    "package.json": '{ "private": true, "workspaces": ["packages/*", "apps/*"] }',
    "packages/steps/package.json": '{ "name": "@acme/steps", "main": "src/index.ts", "dependencies": { "@prisma/client": "6" } }',
    "packages/steps/src/index.ts": `import { note } from "./notes.js";\nexport async function runAll(names: string[], run: (name: string) => Promise<void>) { for (const name of names) await ${step}(name); }\n`,
    "packages/steps/src/notes.ts": 'import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport async function note(name: string) { await prisma.step.create({ data: { name } }); }\n',
    "apps/api/package.json": '{ "name": "api", "private": true, "dependencies": { "@acme/steps": "*", "@prisma/client": "6" } }',
    "apps/api/src/orders.ts": 'import { PrismaClient } from "@prisma/client";\nimport { runAll } from "@acme/steps";\nconst prisma = new PrismaClient();\nconst save = async (name: string) => { await prisma.order.create({ data: { name } }); };\nexport const start = (names: string[]) => runAll(names, save);\n',
  });
  const places = async (step: string) => (await findingsOf(workspace(step), { rule: "explicit-transactions" })).map(({ file, range, messageId }) => `${file}:${range.start.line} ${messageId}`);
  expect(await places("run")).toEqual([]);
  expect(await places("note")).toContain("packages/steps/src/index.ts:2 loop");
});

describe("explicit-transactions, what stands for itself", () => {
  const head = 'import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n';
  const loop = `${head}export async function fill(names: string[]) {\n  for (const name of names) await prisma.goal.create({ data: { name } });\n}\n`;

  it("leaves the rows of seeds to strict", () => {
    expect(foundIn(rule, { "src/demo-data/fill.ts": loop })).toEqual([]);
    expect(foundIn(rule, { "src/goals/fill.ts": loop })).toHaveLength(1);
    expect(foundIn(rule, { "src/demo-data/fill.ts": loop }, { untied: true })).toHaveLength(1);
  });

  it("takes what is only asked how much for unrelated, and a reader that may renew what it needs for repeatable", () => {
    const clean = (shared: string): string => `${head}export async function exec(${shared}: { id: string; count: number }) { await prisma.job.deleteMany({ where: { age: ${shared}.count } }); await prisma.key.deleteMany({ where: { age: ${shared}.count } }); }\n`;
    expect(foundIn(rule, { "src/crons/clean.ts": clean("options") })).toEqual([]);
    expect(foundIn(rule, { "src/crons/clean.ts": clean("options") }, { untied: true })).toHaveLength(1);
    const renew = (name: string): string => `${head}async function ${name}(id: string) { return prisma.order.create({ data: { id, open: true } }); }\nexport async function show(id: string) { await ${name}(id); await prisma.stock.update({ where: { id }, data: { count: 1 } }); }\n`;
    expect(foundIn(rule, { "src/a.ts": renew("requireContext") })).toEqual([]);
    expect(foundIn(rule, { "src/a.ts": renew("renewContext") })).toHaveLength(1);
  });
});

describe("explicit-transactions, functions that call themselves", () => {
  const tree = (start: string): string => `import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
async function grow(node: { name: string; children: { name: string }[] }, tx: any) {
  const made = await prisma.node.create({ data: { name: node.name } });
  await prisma.leaf.create({ data: { nodeId: made.id } });
  for (const child of node.children) await grow({ ...child, children: [] }, tx);
}
export async function plant(root: any) { ${start} }
`;

  it("run in the transaction of whoever calls them first", () => {
    expect(foundIn(rule, { "src/a.ts": tree("await prisma.$transaction(async (tx) => grow(root, tx));") })).toEqual([]);
    expect(foundIn(rule, { "src/a.ts": tree("await grow(root, undefined);") })).toHaveLength(1);
  });
});

describe("explicit-transactions, what is done again", () => {
  const head = 'import { PrismaClient } from "@prisma/client";\nimport axios from "axios";\nconst prisma = new PrismaClient();\n';
  const counts = (code: string, file = "src/a.ts", others: Readonly<Record<string, string>> = {}): number => foundIn(rule, { [file]: `${head}${code}\n`, ...others }).length;

  it("leaves rows that a job puts in the place of others to its next run", () => {
    const code = "export async function refresh(day: string) { await prisma.total.deleteMany({ where: { day } }); await prisma.total.create({ data: { day, sum: 1 } }); }";
    expect(counts(code, "src/jobs/totals.ts")).toBe(0);
    expect(counts(code, "src/totals/totals.ts")).toBe(1);
  });

  it("leaves imports and backfills to strict, which are run until they are through", () => {
    const code = "export async function take(rows: { name: string }[]) { for (const row of rows) await prisma.lead.create({ data: row }); }";
    expect(counts(code, "src/lib/import-leads.ts")).toBe(0);
    expect(counts(code, "src/backfill-leads/run.ts")).toBe(0);
    expect(counts(code, "src/lib/leads.ts")).toBe(1);
  });

  it("follows what is done only where a conditional step gave a row", () => {
    const drizzle = (condition: string, leave: string): number =>
      foundIn(rule, { "src/a.ts": `import { and, eq } from "drizzle-orm";\nimport { drizzle } from "drizzle-orm/node-postgres";\nimport { gifts, points } from "./schema.js";\nconst db = drizzle("");\nexport async function redeem(code: string, player: string) {\n  const [gift] = await db.update(gifts).set({ used: true }).where(${condition}).returning();\n  ${leave}\n  await db.insert(points).values({ player, count: 5 });\n}\n` }).length;
    expect(drizzle("and(eq(gifts.code, code), eq(gifts.used, false))", "if (!gift) return;")).toBe(1);
    expect(drizzle("eq(gifts.code, code)", "if (!gift) return;")).toBe(0);
    expect(drizzle("and(eq(gifts.code, code), eq(gifts.used, false))", "if (gift) return;")).toBe(0);
  });

  it("reads a folder called tasks as one of the business, and at the top as one of scripts", () => {
    const code = "export async function add(names: string[]) { const list = await prisma.list.create({ data: {} }); await prisma.entry.create({ data: { listId: list.id } }); }";
    expect(counts(code, "src/tasks/lists.ts")).toBe(1);
    expect(counts(code, "tasks/lists.ts")).toBe(0);
  });

  it("takes references that are taken out of rows by their key for repeatable", () => {
    const code = (name: string): string => `import { ${name}, removeTag } from "./tags.js";\nexport async function drop(tag: string) { await ${name}(tag); await removeTag(tag); }`;
    const tags = (name: string): Readonly<Record<string, string>> => ({ "src/tags.ts": `${head}export async function ${name}(tag: string) { await prisma.post.updateMany({ where: { tag }, data: { tag: null } }); }\nexport async function removeTag(tag: string) { await prisma.tag.delete({ where: { id: tag } }); }\n` });
    expect(counts(code("removeTagFromPosts"), "src/a.ts", tags("removeTagFromPosts"))).toBe(0);
  });

  it("holds nothing together across a service outside that a function gives back the promise of", () => {
    const code = (make: string): string => `import { Octokit } from "@octokit/rest";\nconst octokit = new Octokit();\nconst make = (name: string) => ${make};\nasync function setUp(id: string) { await make(id); await prisma.repo.create({ data: { siteId: id } }); }\nexport async function open(name: string) { const site = await prisma.site.create({ data: { name } }); await setUp(site.id); }`;
    expect(counts(code("octokit.repos.createInOrg({ org: name, name })"))).toBe(0);
    expect(counts(code("name.trim()"))).toBe(1);
  });

  it("takes locks for what they are", () => {
    const code = (name: string): string => `async function ${name}(name: string) { await prisma.hold.create({ data: { name } }); }\nexport async function all(names: string[]) { for (const name of names) await ${name}(name); }`;
    expect(counts(code("lock"))).toBe(0);
    expect(counts(code("hold"))).toBe(1);
  });
});

describe("explicit-transactions, statements of SQL", () => {
  const sequelize = (options: string): string => `import { Sequelize, type Transaction } from "sequelize";\nconst sequelize = new Sequelize("postgres://db/shop");\nexport async function remove(id: number, transaction: Transaction) {\n  await sequelize.query("delete from lines where order_id = :id", { replacements: { id }${options} });\n  await sequelize.query("delete from orders where id = :id", { replacements: { id }${options} });\n}\n`;

  it("takes what is given the handle of a caller for one of its transaction, also where nobody calls it", () => {
    expect(foundIn(rule, { "src/a.ts": sequelize(", transaction") })).toEqual([]);
    expect(foundIn(rule, { "src/a.ts": sequelize("") })).toHaveLength(1);
  });

  it("reads a statement that is made with its values, and the table in it", () => {
    const code = (table: string): string => `import { Pool } from "pg";\nconst pool = new Pool();\nconst statements = {\n  take: (id: string) => ["delete from seats where id = $1", [id]] as const,\n  note: (schema: string, id: string) => [\`insert into \${schema}.${table} (seat_id) values ($1)\`, [id]] as const,\n};\nexport async function give(id: string) {\n  await pool.query(...statements.take(id));\n  await pool.query(...statements.note("front", id));\n}\n`;
    expect(foundIn(rule, { "src/a.ts": code("seats") })).toEqual(["src/a.ts:9 several"]);
    expect(foundIn(rule, { "src/a.ts": code("seat_history") })).toEqual([]);
  });
});

describe("explicit-transactions, what belongs to what", () => {
  const models = 'import { DataTypes, Sequelize } from "sequelize";\nconst sequelize = new Sequelize("postgres://db/club");\nconst define = (name: string) => sequelize.define(name, { score: DataTypes.FLOAT });\nexport const Vote = sequelize.define("vote", { score: DataTypes.FLOAT });\nexport const Song = sequelize.define("song", { score: DataTypes.FLOAT, votes: DataTypes.INTEGER });\nexport const Singer = sequelize.define("singer", {});\nexport const Upload = sequelize.define("upload", {});\nvoid define;\n';
  const check = (body: string): readonly string[] => foundIn(rule, { "src/models.ts": models, "src/a.ts": `import { Singer, Song, Upload, Vote } from "./models.js";\nexport async function run(songId: string, input: { score: number; by: string; email?: string; title: string }): Promise<void> {\n${body}\nvoid [Singer, Song, Upload, Vote];\n}\n` });

  it("leaves what is reckoned anew from the rows that were changed, and reports what is counted on", () => {
    const make = "await Vote.create({ songId, score: input.score });\nconst song: any = await Song.findByPk(songId);\n";
    expect(check(`${make}const average: any = await Vote.findOne({ where: { songId }, attributes: [["avg", "score"]] });\nawait song.update({ score: Number(average.score) });`)).toEqual([]);
    expect(check(`${make}await song.update({ votes: song.votes + 1 });`)).toEqual(["src/a.ts:5 several"]);
    expect(check(`${make}const average: any = await Vote.findOne({ where: { songId } });\nawait song.update({ score: average.score, votes: song.votes + 1 });`)).toEqual(["src/a.ts:6 several"]);
  });

  it("takes what a row that is gone was found by for what its count is of", () => {
    const body = (key: string): string => `const song: any = await Song.findByPk(songId);\nconst vote: any = await Vote.findOne({ where: { ${key} } });\nif (!vote) return;\nawait vote.destroy();\nawait song.update({ votes: Math.max(0, song.votes - 1) });`;
    expect(check(body("songId, by: input.by"))).toEqual(["src/a.ts:7 several"]);
    expect(check(body("by: input.by"))).toEqual([]);
  });

  it("follows a name to what it is given later", () => {
    const body = (given: string): string => `let owner = input.by;\nif (input.email) {\nconst singer: any = await Singer.create({ email: input.email });\n${given}\nvoid singer;\n}\nawait Song.create({ owner, title: input.title });`;
    expect(check(body("owner = singer.id;"))).toEqual(["src/a.ts:9 several"]);
    expect(check(body(""))).toEqual([]);
  });

  it("leaves the row of a file behind which a row of its own is to show it, and reports a part of the file", () => {
    expect(check("const upload: any = await Upload.create({ path: input.by });\nawait Song.create({ uploadId: upload.id, title: input.title });")).toEqual([]);
    expect(check("const upload: any = await Upload.create({ path: input.by });\nawait Vote.create({ uploadId: upload.id });")).toEqual(["src/a.ts:4 several"]);
  });

  it("leaves a new row that is changed once more as a document", () => {
    expect(check('const song: any = await Song.create({ title: input.title });\nawait song.update({ state: "failed" });')).toEqual([]);
    expect(check('const song: any = await Song.create({ title: input.title });\nawait Vote.create({ songId: song.id });')).toEqual(["src/a.ts:4 several"]);
  });
});

describe("explicit-transactions, over repositories", () => {
  const files = (use: string): Readonly<Record<string, string>> => ({
    "src/db.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n',
    "src/teams.ts": `import { prisma } from "./db.js";
export class Teams {
  create(name: string) {
    return prisma.$transaction(async (tx) => {
      const team = await tx.team.create({ data: { name } });
      await tx.channel.create({ data: { teamId: team.id, name: "general" } });
      return team;
    });
  }
  async close(id: string) {
    await prisma.$transaction(async (tx) => { await tx.team.update({ where: { id }, data: { closed: true } }); await tx.channel.deleteMany({ where: { teamId: id } }); });
  }
}
`,
    "src/members.ts": `import { prisma } from "./db.js";
export class Members {
  add(teamId: string, userId: string) { return prisma.member.create({ data: { teamId, userId } }); }
  addWithNote(teamId: string, userId: string) {
    return prisma.$transaction(async (tx) => { const member = await tx.member.create({ data: { teamId, userId } }); await tx.note.create({ data: { memberId: member.id } }); });
  }
}
`,
    "src/a.ts": `import { prisma } from "./db.js";\nimport { Members } from "./members.js";\nimport { Teams } from "./teams.js";\nexport class Opening {\n  constructor(private readonly teams: Teams, private readonly members: Members) {}\n  async execute(id: string, name: string, founder: string) {\n    ${use}\n  }\n}\n`,
  });

  it.each([
    ["one that opens a transaction of its own, and a plain one", "const team = await this.teams.create(name);\nawait this.members.add(team.id, founder);", ["src/a.ts:8 several"]],
    ["two that open one each", "const team = await this.teams.create(name);\nawait this.members.addWithNote(team.id, founder);", ["src/a.ts:8 several"]],
    ["one alone", "await this.teams.create(name);", []],
    ["each of a list in a transaction of its own", "for (const one of [name, id]) await this.teams.create(one);", []],
    ["what is only about the same row", "await this.teams.close(id);\nawait this.members.addWithNote(id, founder);", []],
    ["what it hands to another function to run", "const retried = async <T>(work: () => Promise<T>): Promise<T> => work();\nconst team = await retried(() => prisma.$transaction(async (tx) => tx.team.create({ data: { name } })));\nawait this.members.addWithNote(team.id, founder);\nvoid id;", []],
    ["two about different things", "await this.teams.close(id);\nawait this.teams.create(name);", []],
  ])("looks at calls of repositories: %s", (_name, use, expected) => {
    expect(foundIn(rule, files(use))).toEqual(expected);
  });
});

describe("explicit-transactions, members of a set", () => {
  it("leaves members that are put into sets of two documents, and reports rows that are changed otherwise", () => {
    const code = (value: string): string => `import { FieldValue, getFirestore } from "firebase-admin/firestore";\nasync function note(id: string, other: string) { await getFirestore().collection("people").doc(id).update({ friends: ${value} }); }\nexport async function join(one: string, two: string) { await note(one, two); await note(two, one); }\n`;
    expect(foundIn(rule, { "src/a.ts": code("FieldValue.arrayUnion(other)") })).toEqual([]);
    expect(foundIn(rule, { "src/a.ts": code("FieldValue.increment(1)") })).toHaveLength(1);
  });
});
