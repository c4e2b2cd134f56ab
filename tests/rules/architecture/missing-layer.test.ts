import { describe, expect, it } from "vitest";
import { checkProject, findingsOf } from "../../support/project.js";
import type { ProjectLiteral } from "../../support/model.js";

const rule = "missing-layer";
const query = 'import type { Pool } from "pg";\nexport const a = (db: Pool) => db.query("select 1");\nexport const b = (db: Pool) => db.query("select 2");\n';
const one = 'import type { Pool } from "pg";\nexport const a = (db: Pool) => db.query("select 1");\n';
const check = (files: ProjectLiteral, settings?: Readonly<Record<string, unknown>>) => checkProject(files, { rule, ...(settings && { settings }) });

it("takes a package of the workspace for the repository layer, if it is imported", async () => {
  const files = (imported: string): ProjectLiteral => ({
    "package.json": '{ "name": "root", "private": true, "workspaces": ["apps/*", "packages/*"] }',
    "packages/data/package.json": '{ "name": "@w/data", "exports": "./src/user.repository.ts", "dependencies": { "pg": "^8.0.0" } }',
    "packages/data/src/user.repository.ts": 'import type { Pool } from "pg";\nexport class UserRepository { constructor(private readonly db: Pool) {} find() { return this.db.query("select 1 from users"); } }\n',
    "apps/api/package.json": '{ "name": "@w/api", "private": true, "scripts": { "start": "node ." }, "dependencies": { "@w/data": "workspace:*", "pg": "^8.0.0" } }',
    "apps/api/src/services/user.service.ts": `import { UserRepository } from "${imported}";\nimport type { Pool } from "pg";\nexport const a = (db: Pool) => [db.query("select 1"), UserRepository];\n`,
  });
  expect(await check(files("@w/data"))).toEqual([]);
  expect(await check(files("@w/other"))).toEqual(["apps/api/src/services/user.service.ts:3:33 missing-layer missing"]);
});

describe("reports", () => {
  it("an application that queries in its services, in the heaviest file", async () => {
    const files = { "src/services/a.service.ts": one, "src/services/b.service.ts": query, "src/controllers/c.controller.ts": one };
    expect(await check(files)).toEqual(["src/services/b.service.ts:2:32 missing-layer missing"]);
    const [finding] = await findingsOf(files, { rule });
    expect(finding?.message).toContain("4 uses of a database in 3 files");
    expect(finding?.message).toContain("src/services/b.service.ts (2), src/controllers/c.controller.ts (1), src/services/a.service.ts (1)");
  });

  it("an application whose only file of data access makes the client", async () => {
    expect(
      await check({
        "src/prisma/prisma.service.ts": 'import { PrismaClient } from "@prisma/client";\nexport class PrismaService extends PrismaClient { async ready() { await this.$queryRaw`select 1`; } }\n',
        "src/users/users.service.ts": 'import { PrismaService } from "../prisma/prisma.service.js";\nexport class UsersService { constructor(private readonly prisma: PrismaService) {}\n  list() { return this.prisma.user.findMany(); } }\n',
      }),
    ).toEqual(["src/users/users.service.ts:3:19 missing-layer missing"]);
  });

  it("services that are active record all through", async () => {
    expect(
      await check({
        "src/models/user.model.ts": 'import mongoose from "mongoose";\nexport const User = mongoose.model("User", new mongoose.Schema({}));\n',
        "src/services/user.service.ts": 'import { User } from "../models/user.model.js";\nexport const list = () => User.find();\n',
      }),
    ).toEqual(["src/services/user.service.ts:2:27 missing-layer missing"]);
  });

  it("each application of a workspace on its own", async () => {
    expect(
      await check({
        "package.json": '{ "private": true, "workspaces": ["apps/*"] }',
        "apps/a/package.json": '{ "name": "a", "private": true, "scripts": { "start": "node ." } }',
        "apps/a/src/services/a.service.ts": one,
        "apps/b/package.json": '{ "name": "b", "private": true, "scripts": { "start": "node ." } }',
        "apps/b/src/services/b.service.ts": one,
        "apps/b/src/repositories/b.repository.ts": one,
      }),
    ).toEqual(["apps/a/src/services/a.service.ts:2:32 missing-layer missing"]);
  });
});

describe("stays silent on", () => {
  it("the one file of a larger application that reaches a store, unless it is asked for", async () => {
    const many = (count: number): ProjectLiteral => ({ "src/services/a.service.ts": one, ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`src/services/s${index}.service.ts`, "export const one = 1;"])) });
    expect(await check(many(5))).toHaveLength(1);
    expect(await check(many(25))).toEqual([]);
    expect(await checkProject(many(25), { rule, options: { apiAlone: "report" } })).toHaveLength(1);
  });

  it("methods that repositories of an ORM are extended with", async () => {
    expect(await check({ "src/services/a.service.ts": one, "src/orders/repository/order-repository.extension.ts": "export const orders = { async findPaid(this: { createQueryBuilder(): unknown }) { return this.createQueryBuilder(); } };" })).toEqual([]);
  });


  it.each([
    ["a repository layer that queries", { "src/services/a.service.ts": one, "src/repositories/a.repository.ts": one }],
    ["a repository that is kept in memory", { "src/services/a.service.ts": one, "src/users/user-repository.ts": "export class UserRepository { find() { return []; } }" }],
    ["an application without data access", { "src/services/a.service.ts": "export const a = 1;" }],
    ["a library", { "package.json": '{ "name": "lib", "main": "index.js" }', "src/services/a.service.ts": one }],
    ["scripts, migrations and tests", { "migrations/20250101_a.ts": one, "tests/a.test.ts": one, "scripts/a.ts": one }],
  ])("%s", async (_name, files) => {
    expect(await check(files)).toEqual([]);
  });

  it.each(["services", "active-record", "repository"])("an architecture that the settings record as %s", async (persistence) => {
    expect(await check({ "src/services/a.service.ts": one }, { architecture: { persistence } })).toEqual([]);
  });
});

describe("data access of the api alone", () => {
  it("is left to no-db-in-api where it is in few files, and reported when asked", async () => {
    const files = { "src/controllers/a.controller.ts": one, "src/controllers/b.controller.ts": query };
    expect(await check(files)).toEqual([]);
    expect(await checkProject(files, { rule, options: { apiAlone: "report" } })).toEqual(["src/controllers/b.controller.ts:2:32 missing-layer missing"]);
  });
});

describe("a repository layer that nearly everything goes past", () => {
  const services = (count: number): ProjectLiteral => Object.fromEntries(Array.from({ length: count }, (_, at) => [`src/services/s${at}.service.ts`, one]));
  it("is missing, and the uses are left to that", async () => {
    const files = { "src/repositories/a.repository.ts": one, ...services(8) };
    expect(await check(files)).toHaveLength(1);
    expect((await findingsOf(files, { rule }))[0]?.message).toContain("goes past its repository layer (1 file)");
    expect(await checkProject(files, { rule: "no-sql-outside-repository" })).toEqual([]);
    expect(await check({ "src/repositories/a.repository.ts": one, ...services(7) })).toEqual([]);
  });
});

describe("models, and a cache", () => {
  it("are no repository layer", async () => {
    const model = 'module.exports = (sequelize, types) => {\n  const order = sequelize.define("order", { id: types.INTEGER });\n  order.associate = (models) => { order.belongsTo(models.user); };\n  order.beforeValidate((one) => one);\n  return order;\n};\n';
    const files = { "src/models/order.js": `const { Sequelize } = require("sequelize");\nnew Sequelize("");\n${model}`, "src/cache/redis.store.ts": 'import type { Redis } from "ioredis";\nexport const seen = (redis: Redis) => redis.get("seen");\n', "src/services/order.service.ts": one };
    expect(await check(files)).toHaveLength(1);
  });
});

describe("data access all over the api", () => {
  const files = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`src/controllers/c${index}.controller.ts`, one]));

  it("is one finding in recommended, and each use in strict", async () => {
    const found = (preset: "recommended" | "strict") => checkProject(files, { preset }).then((lines) => lines.filter((line) => / (missing-layer|no-db-in-api) /.test(line)).map((line) => line.split(" ")[1]));
    expect(await found("recommended")).toEqual(["missing-layer"]);
    expect(new Set(await found("strict"))).toEqual(new Set(["missing-layer", "no-db-in-api"]));
  });
});

it("names the setting where services query, and none that would not help where handlers do", async () => {
  const one = 'import type { Pool } from "pg";\nexport const list = (db: Pool) => db.query("select 1");';
  const files = (folder: string, suffix: string) => Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`src/${folder}/f${at}.${suffix}.ts`, one]));
  expect((await findingsOf(files("services", "service"), { rule }))[0]?.message).toContain('"persistence": "services"');
  expect((await findingsOf(files("controllers", "controller"), { rule }))[0]?.message).toContain("out of the handlers");
});

it("is one decision of all applications of a repository, and each where one file alone is asked for", async () => {
  const app = (name: string): ProjectLiteral => ({ [`apps/${name}/package.json`]: `{ "name": "${name}", "private": true, "scripts": { "start": "node ." }, "dependencies": { "pg": "^8.0.0" } }`, [`apps/${name}/src/services/a.service.ts`]: query, [`apps/${name}/src/services/b.service.ts`]: one });
  const found = await findingsOf({ "package.json": '{ "name": "root", "private": true, "workspaces": ["apps/*"] }', ...app("mails"), ...app("orders") }, { rule, cliOnly: true });
  expect(found.map(({ file, help }) => [file, help])).toEqual([["apps/mails/src/services/a.service.ts", "The same holds for 1 other file: apps/orders/src/services/a.service.ts."]]);
});

it("takes a folder that only says what is stored, and makes the connection, for no repository layer", async () => {
  const model = 'import { type Connection, Schema } from "mongoose";\nexport const makePost = (connection: Connection) => connection.model("Post", new Schema({ title: String }), "posts");';
  const service = 'import type { Model } from "mongoose";\nexport class PostService { constructor(private readonly posts: Model<{ title: string }>) {}\n  all() { return this.posts.find({}).limit(9).exec(); } one(id: string) { return this.posts.findById(id).exec(); } }';
  expect(await check({ "src/database/post.model.ts": model, "src/post/post.service.ts": service })).toEqual(["src/post/post.service.ts:3:18 missing-layer missing"]);
  expect(await check({ "src/database/post.model.ts": model, "src/database/posts.ts": 'import type { Model } from "mongoose"; export const all = (posts: Model<{ title: string }>) => posts.find({}).limit(9).exec();', "src/post/post.service.ts": service })).toEqual([]);
});
