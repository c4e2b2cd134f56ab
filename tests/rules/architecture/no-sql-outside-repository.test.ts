import { describe, expect, it } from "vitest";
import { checkProject } from "../../support/project.js";
import type { ProjectLiteral } from "../../support/model.js";

const rule = "no-sql-outside-repository";
const file = "src/services/user.service.ts";
const repository = { "src/repositories/user.repository.ts": 'import type { Pool } from "pg";\nexport class UserRepository { constructor(private readonly pool: Pool) {}\nfind() { return this.pool.query("select id from users"); } }\n' };
const check = async (code: string, more: ProjectLiteral = {}, options: { readonly at?: string; readonly settings?: Readonly<Record<string, unknown>>; readonly options?: Readonly<Record<string, unknown>> } = {}) =>
  checkProject({ ...repository, [options.at ?? file]: code, ...more }, { rule, ...(options.settings && { settings: options.settings }), ...(options.options && { options: options.options }) });

describe("reports", () => {
  it.each([
    ["pg", 'import type { Pool } from "pg";\nexport const a = (db: Pool) => db.query("select 1");', "2:32"],
    ["Prisma", 'import type { PrismaClient } from "@prisma/client";\nexport const a = (db: PrismaClient) => db.user.findMany();', "2:40"],
    ["Drizzle", 'import { drizzle } from "drizzle-orm/node-postgres";\nexport const a = (db: ReturnType<typeof drizzle>) => db.select();', "2:54"],
    ["Kysely", 'import type { Kysely } from "kysely";\nexport const a = (db: Kysely<unknown>) => db.selectFrom("users").execute();', "2:43"],
    ["Knex", 'import type { Knex } from "knex";\nexport const a = (db: Knex) => db("users").select("id");', "2:32"],
    ["TypeORM", 'import type { Repository } from "typeorm";\nexport const a = (db: Repository<object>) => db.find();', "2:46"],
    ["MikroORM", 'import type { EntityManager } from "@mikro-orm/core";\nexport const a = (db: EntityManager) => db.flush();', "2:41"],
    ["Sequelize", 'import type { Sequelize } from "sequelize";\nexport const a = (db: Sequelize) => db.query("select 1");', "2:37"],
    ["Mongoose", 'import mongoose from "mongoose";\nconst User = mongoose.model("User", new mongoose.Schema({}));\nexport const a = () => User.find();', "3:24"],
    ["mongodb", 'import type { Db } from "mongodb";\nexport const a = (db: Db) => db.collection("users").find();', "2:30"],
    ["a tagged statement", 'import postgres from "postgres";\nexport const a = (sql: postgres.Sql) => sql`select 1`;', "2:41"],
    ["a tagged statement of Prisma", 'import type { PrismaClient } from "@prisma/client";\nexport const a = (db: PrismaClient) => db.$executeRaw`update users set seen = now()`;', "2:40"],
    ["a tagged statement that Kysely runs", 'import { sql, type Kysely } from "kysely";\nexport const a = (db: Kysely<unknown>) => sql`select 1`.execute(db);', "2:43"],
    ["SQL text", 'export const a = (run: (text: string) => unknown) => run("delete from users");', "1:54"],
  ])("a use of %s in a service", async (_name, code, place) => {
    expect(await check(code)).toEqual([`${file}:${place} no-sql-outside-repository use`]);
  });

  it("the same in domain and shared code", async () => {
    const code = 'import type { Pool } from "pg";\nexport const a = (db: Pool) => db.query("select 1");';
    expect(await check(code, {}, { at: "src/domain/user.ts" })).toEqual(["src/domain/user.ts:2:32 no-sql-outside-repository use"]);
    expect(await check(code, {}, { at: "src/utils/query.ts" })).toEqual(["src/utils/query.ts:2:32 no-sql-outside-repository use"]);
  });

  it("once for each receiver; a handle and a builder are of the client they come from", async () => {
    expect(
      await check('import type { PrismaClient } from "@prisma/client";\nimport type { Pool } from "pg";\nexport class UserService { constructor(private readonly prisma: PrismaClient, private readonly pool: Pool) {}\nasync a() { await this.prisma.$transaction(async (tx) => { await tx.user.create({ data: {} }); }); await this.prisma.user.count(); await this.pool.query("select 1"); } }'),
    ).toEqual([`${file}:4:19 no-sql-outside-repository use`, `${file}:4:138 no-sql-outside-repository use`]);
  });
});

describe("one decision", () => {
  const code = 'import type { Pool } from "pg";\nexport const a = (db: Pool) => db.query("select 1");';
  const many = (count: number): Record<string, string> => ({ "src/repositories/order.repository.ts": code, "src/repositories/user.repository.ts": code, ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`src/services/s${String(index).padStart(2, "0")}.service.ts`, code])) });

  it("of more than ten files is one finding, in the first, and each in strict", async () => {
    expect(await checkProject(many(11), { rule })).toEqual(["src/services/s00.service.ts:2:32 no-sql-outside-repository spread"]);
    expect(await checkProject(many(10), { rule })).toHaveLength(10);
    expect(await checkProject(many(11), { rule, options: { everyFile: true } })).toHaveLength(11);
  });
});

it("leaves shared code alone that shapes a query it is handed, and reports what runs one", async () => {
  const repository = { "src/repositories/user.repository.ts": 'import type { Pool } from "pg";\nexport const find = (db: Pool) => db.query("select 1");' };
  const page = (last: string) => `import type { SelectQueryBuilder } from "typeorm";\nexport const page = (rows: SelectQueryBuilder<object>, limit: number) => { rows.take(limit);${last} };`;
  expect(await checkProject({ ...repository, "src/shared/page.ts": page("") }, { rule })).toEqual([]);
  expect(await checkProject({ ...repository, "src/shared/page.ts": page(" return rows.getMany();") }, { rule })).toHaveLength(1);
});

it("counts what a service does in a transaction, and not that it opens one", async () => {
  const opens = (work: string) => `import type { DataSource, EntityManager } from "typeorm";\nimport { claim } from "./claim.js";\nexport const a = (source: DataSource) => source.transaction(async (manager: EntityManager) => { ${work} });`;
  const more = { "src/services/claim.ts": "export const claim = (manager: unknown) => manager;" };
  expect(await check(opens("await claim(manager);"), more)).toEqual([]);
  expect(await check(opens('await manager.query("select 1");'), more)).toHaveLength(1);
  expect(await check(opens("await claim(manager);"), more, { options: { everyFile: true } })).toHaveLength(1);
});

it("leaves a domain that imports what it queries with to pure-domain", async () => {
  const code = (kind: string) => `import ${kind}{ Pool } from "pg";\nexport const a = (db: Pool = new Pool()) => db.query("select 1");`;
  expect(await check(code(""), {}, { at: "src/domain/user.ts" })).toEqual([]);
  expect(await check(code(""), {}, { at: "src/domain/user.ts", options: { everyFile: true } })).toHaveLength(1);
});

it("counts rows of a hosted backend, and none of its files", async () => {
  const code = (use: string) => `import { createClient } from "@supabase/supabase-js";\nexport const a = () => createClient("url", "key").${use};`;
  expect(await check(code('from("users").select("id")'))).toHaveLength(1);
  expect(await check(code('storage.from("files").list()'))).toEqual([]);
});

describe("stays silent on", () => {
  it("what is done with rows that a query gave", async () => {
    const code = 'import { drizzle } from "drizzle-orm/node-postgres";\ntype Rows = Awaited<ReturnType<ReturnType<ReturnType<typeof drizzle>["select"]>["from"]>>;\nexport const names = (rows: Rows) => rows.filter(Boolean).map(String);\nexport const cells = (rows: Rows) => rows.map(String);';
    expect(await check(code)).toEqual([]);
  });

  it.each([
    ["repositories", 'import type { Pool } from "pg";\nexport const a = (db: Pool) => db.query("select 1");', { at: "src/repositories/order.repository.ts" }],
    ["migrations", 'import type { Knex } from "knex";\nexport const up = (db: Knex) => db("users").del();', { at: "migrations/20250101_init.ts" }],
    ["the composition root", 'import { Pool } from "pg";\nawait new Pool().query("select 1");', { at: "src/main.ts" }],
    ["a module that opens the database", 'import { MongoClient } from "mongodb";\nconst client = new MongoClient("mongodb://localhost");\nexport default client.db("shop");', { at: "src/shared/mongo.ts" }],
    ["the service of a health check", 'import type { Pool } from "pg";\nexport const a = (db: Pool) => db.query("select 1");', { at: "src/modules/health/service.ts" }],
    ["an indicator of a health check", 'import type { Pool } from "pg";\nexport const a = (db: Pool) => db.query("select 1");', { at: "src/common/health/pool-health.indicator.ts" }],
    ["a program of the command line", 'import type { Pool } from "pg";\nexport const a = (db: Pool) => db.query("select 1");', { at: "src/cli/lib/check.ts" }],
    ["texts for people in a map", 'const hints = new Map<string, string>();\nhints.set("plan", "Select a plan from the list");\nexport const all = hints;', {}],
    ["a cache, a lock or a channel", 'import type { Redis } from "ioredis";\nexport const a = (redis: Redis) => redis.set("seen", "1");', {}],
    ["names for what rows were made into", 'import { drizzle } from "drizzle-orm/node-postgres";\ntype Rows = Awaited<ReturnType<ReturnType<ReturnType<typeof drizzle>["select"]>["from"]>>;\nexport const a = (rows: Rows) => { const names = rows.map(String); return names.join(","); };', {}],
    ["bringing a client down", 'import type { Knex } from "knex";\nexport const a = (db: Knex) => db.destroy();', {}],
    ["a program that moves rows to another form", 'import type { Pool } from "pg";\nexport const a = (db: Pool) => db.query("update users set name = name");', { at: "src/utils/migrate-user-names.ts" }],
    ["a read model that is given any client", 'export class UserReadModel { constructor(readonly db: { raw(text: string): unknown }) {} all() { return this.db.raw("select id from users"); } }', { at: "src/features/context/user-read-model.ts" }],
    ["a service that asks a repository", 'import type { UserRepository } from "../repositories/user.repository.js";\nexport const a = (users: UserRepository) => users.find();', {}],
    ["a decorator that declares a transaction", 'import { Transactional } from "typeorm-transactional";\nexport class UserService { @Transactional() rename() { return 1; } }', {}],
    ["what the settings accept", 'import type { Pool } from "pg";\nexport const a = (db: Pool) => db.query("select 1");', { settings: { architecture: { persistence: "services" } } }],
    ["a declared read model", 'import type { Pool } from "pg";\nexport const a = (db: Pool) => db.query("select 1");', { at: "src/services/reports/sales.service.ts", options: { readModels: ["src/services/reports"] } }],
    ["rows that a statement gave", 'import type { Pool } from "pg";\nexport const a = (rows: readonly { id: number }[]) => rows.find((row) => row.id === 1);', {}],
    ["prose that begins like SQL", 'export const a = (log: (text: string) => void) => { log("select one of the plans, then update your profile"); };', {}],
    ["a page of a builder that others made and run", 'import type { SelectQueryBuilder } from "typeorm";\nexport class Page { constructor(private readonly builder: SelectQueryBuilder<object>, private readonly limit: number) {} apply() { return this.builder.take(this.limit).skip(0); } }', { at: "src/application/pages/page.ts" }],
    ["files of a queries folder", 'import type { Pool } from "pg";\nexport const a = (db: Pool) => db.query("select 1");', { at: "src/queries/sales.ts" }],
  ])("%s", async (_name, code, options) => {
    expect(await check(code, {}, options)).toEqual([]);
  });

  it("an application without a repository layer, whose one finding is missing-layer's", async () => {
    expect(await checkProject({ [file]: 'import type { Pool } from "pg";\nexport const a = (db: Pool) => db.query("select 1");' }, { rule })).toEqual([]);
  });
});

it("lets a service begin and end a transaction by hand and read the rows that it was given, and reports what it writes itself", async () => {
  const service = (work: string): string => `const { sequelize } = require("../db.js");\nconst users = require("../repositories/users.js");\nexports.rename = async (id, name) => { const t = await sequelize.transaction(); try { const user = await users.byId(id, t); ${work} await t.commit(); return user.get({ plain: true }); } catch (error) { await t.rollback(); throw error; } };`;
  const files = { "src/db.js": 'const { DataTypes, Sequelize } = require("sequelize");\nconst sequelize = new Sequelize("");\nconst User = sequelize.define("User", { name: DataTypes.STRING });\nmodule.exports = { sequelize, User };\n', "src/repositories/users.js": 'const { User } = require("../db.js");\nexports.byId = (id, transaction) => User.findByPk(id, { transaction });\nexports.rename = (id, name, transaction) => User.update({ name }, { where: { id }, transaction });\n' };
  expect(await check(service("await users.rename(id, name, t);"), files, { at: "src/services/users.js" })).toEqual([]);
  expect(await check(service("await user.update({ name }, { transaction: t });"), files, { at: "src/services/users.js" })).toEqual([`src/services/users.js:3:131 ${rule} use`]);
});

it("asks nothing where a service calls what a repository of TypeORM's was extended with, and reports what it asks TypeORM itself", async () => {
  const files = {
    "src/entities/order.ts": 'import { Entity } from "typeorm";\n@Entity() export class Order {}\n',
    "src/repositories/source.ts": 'import { DataSource } from "typeorm";\nexport const source = new DataSource({ type: "postgres" });\n',
    "src/repositories/order.repository.ts": 'import { source } from "./source";\nimport { Order } from "../entities/order";\nexport const OrderRepository = source.getRepository(Order).extend({ findOpen() { return this.find({ where: { open: true } }); } });\n',
  };
  const service = (work: string): string => `import type { EntityManager } from "typeorm";\nimport { OrderRepository } from "../repositories/order.repository";\nexport const open = (manager: EntityManager) => ${work};`;
  for (const own of ["OrderRepository.findOpen()", "manager.withRepository(OrderRepository).findOpen()", "OrderRepository.create({})", "manager.transaction((txn) => txn.withRepository(OrderRepository).findOpen())"]) expect(await check(service(own), files), own).toEqual([]);
  for (const asked of ["OrderRepository.find()", "manager.withRepository(OrderRepository).find()", 'OrderRepository.createQueryBuilder("o").getMany()', "manager.transaction((txn) => txn.withRepository(OrderRepository).find())"]) expect(await check(service(asked), files), asked).toHaveLength(1);
});

it("lets a service hand what its transaction gives to a repository of the project, and not ask it", async () => {
  const repository = 'import type { Repository } from "typeorm";\nexport class OrdersRepository { constructor(private readonly rows: Repository<object>) {} static create(rows: Repository<object>) { return new OrdersRepository(rows); } list() { return this.rows.find(); } }';
  const service = (work: string): string => `import type { EntityManager } from "typeorm";\nimport { OrdersRepository } from "../repositories/orders.repository.js";\nclass Order {}\nexport class OrdersService { list(manager: EntityManager) { return ${work}; } }`;
  const inService = (work: string): Promise<string[]> => checkProject({ "src/repositories/orders.repository.ts": repository, "src/services/orders.service.ts": service(work) }, { rule: "no-sql-outside-repository" });
  for (const made of ["OrdersRepository.create(manager.getRepository(Order))", "new OrdersRepository(manager.getRepository(Order))"]) expect(await inService(made)).toEqual([]);
  for (const asked of ["manager.getRepository(Order).find()", "Promise.all([manager.getRepository(Order).count()])", "manager.find(Order)"]) expect(await inService(asked)).toHaveLength(1);
});
