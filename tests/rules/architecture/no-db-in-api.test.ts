import { describe, expect, it } from "vitest";
import { checkProject } from "../../support/project.js";
import type { ProjectLiteral } from "../../support/model.js";

const rule = "no-db-in-api";
const check = (files: ProjectLiteral, options?: Readonly<Record<string, unknown>>) => checkProject(files, { rule, ...(options && { options }) });
const file = "src/controllers/a.controller.ts";
const repository = 'import { Pool } from "pg";\nexport class UserRepository { find() { return new Pool().query("select 1 from users"); } }\nexport const find = () => 1;\nexport default find;\n';

/** What a file of api gives beside a repository, a mixed barrel and a client. */
const inApi = async (code: string, more: ProjectLiteral = {}, options?: Readonly<Record<string, unknown>>): Promise<string[]> =>
  (
    await check(
      {
        "tsconfig.json": '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"] }, "experimentalDecorators": true, "emitDecoratorMetadata": true } }',
        "package.json": '{ "name": "app", "private": true, "scripts": { "start": "node ." }, "imports": { "#db": "./src/repositories/user.repository.ts" } }',
        "src/repositories/user.repository.ts": repository,
        "src/redis/seen.ts": 'import { Redis } from "ioredis";\nconst redis = new Redis();\nexport const seen = (key: string) => redis.get(key);',
        "src/repositories/index.ts": 'export * from "./user.repository.js";\nexport { default as lookUp } from "./user.repository.js";\nexport * from "./limits.js";\n',
        "src/repositories/limits.ts": "export const MAX_ROWS = 10 * 10;\nexport enum Order { Up, Down }\n",
        "src/db/client.ts": 'import { Pool } from "pg";\nexport const pool = new Pool();\n',
        [file]: code,
        ...more,
      },
      options,
    )
  ).filter((line) => line.startsWith(file)).map((line) => line.slice(file.length + 1));

it("takes a class that is made of one of a package for no record, and a resource of Feathers for one with its model", async () => {
  const loopback = { "src/repositories/booking.repository.ts": 'import { DefaultCrudRepository } from "@loopback/repository"; export class BookingRepository extends DefaultCrudRepository<object, string> { public readonly client: object; constructor(source: object) { super(Object, source); this.client = this.createAccessor(source); } }', [file]: 'import { BookingRepository } from "../repositories/booking.repository"; export class A { constructor(private bookings: BookingRepository) {} all() { return this.bookings.find(); } }' };
  const metadata = { "tsconfig.json": '{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true } }' };
  expect(await check({ ...metadata, ...loopback, [file]: loopback[file]?.replace("constructor(", "constructor(@inject() ") ?? "" })).toHaveLength(1);
  const feathers = { "package.json": '{ "dependencies": { "@feathersjs/feathers": "5", "feathers-mongoose": "8" } }', "src/models/roles.model.js": 'const { Schema, model } = require("mongoose"); module.exports = () => model("roles", new Schema({ name: String }));' };
  expect(await check({ ...feathers, "src/services/roles/roles.service.js": 'const { Service } = require("feathers-mongoose"); const createModel = require("../../models/roles.model"); module.exports = (app) => { app.use("/roles", new Service({ Model: createModel(app) })); };' })).toEqual([]);
  expect(await check({ ...feathers, "src/services/roles/roles.hooks.js": 'const { Pool } = require("pg"); const pool = new Pool(); module.exports = { before: { create: [() => pool.query("select 1 from roles")] } };' })).toHaveLength(1);
});

it("is silent where a handler only puts its use case together, and where a guard asks a hosted backend who somebody is", async () => {
  const wired = (use: string): ProjectLiteral => ({
    "src/infrastructure/repositories/player.repository.ts": 'import type { Pool } from "pg"; export const playerRepository = (pool: Pool) => ({ find: (id: string) => pool.query("select 1 from players where id = $1", [id]) });',
    "src/application/use-cases/find-player.ts": "export const findPlayerUseCase = (find: (id: string) => unknown) => (id: string) => find(id);",
    "src/client.ts": 'import { Pool } from "pg"; export const makePool = () => new Pool();',
    "src/controllers/players.ts": `import { makePool } from "../client"; import { playerRepository } from "../infrastructure/repositories/player.repository"; import { findPlayerUseCase } from "../application/use-cases/find-player"; const repository = playerRepository(makePool()); export const one = async (request: { params: { id: string } }) => ${use};`,
  });
  expect(await check(wired("findPlayerUseCase(repository.find)(request.params.id)"))).toEqual([]);
  expect(await check(wired("findPlayerUseCase(repository.find)(String(await repository.find(request.params.id)))"))).toHaveLength(1);
  const guard = (use: string): ProjectLiteral => ({ "src/middleware/auth.middleware.ts": `import { createClient } from "@supabase/supabase-js"; const supabase = createClient("https://a.example.org", process.env.KEY ?? ""); export const authenticate = async (req: { token: string }, res: unknown, next: () => void) => { await ${use}; next(); };` });
  expect(await check(guard("supabase.auth.getUser(req.token)"))).toEqual([]);
  expect(await check(guard('supabase.from("profiles").select("*").eq("token", req.token)'))).toHaveLength(1);
});

describe("a cache", () => {
  const code = 'import Redis from "ioredis"; const redis = new Redis(); export const seen = (key: string) => redis.get(key);';

  it("is no data access where guards, limiters and sockets count by it, and is in a handler", async () => {
    expect(await check({ "src/guards/seen.guard.ts": code, "src/middleware/rate-limiter.ts": code })).toEqual([]);
    expect(await check({ "src/guards/seen.guard.ts": code }, { types: "report" })).not.toEqual([]);
    expect(await check({ [file]: code })).toHaveLength(1);
  });
});

it("is silent where a large class asks a store now and then, in a file that is of the repository layer for its imports alone", async () => {
  const engine = (asking: number): string => `import { Pool } from "pg";\nconst pool = new Pool();\nexport class Engine {\n${Array.from({ length: 6 }, (_, at) => `  step${at}(id: string) { return ${at < asking ? 'pool.query("select 1 from runs where id = $1", [id])' : `id.length + ${at}`}; }`).join("\n")}\n}\nexport const engine = new Engine();\n`;
  const files = (asking: number): ProjectLiteral => ({ "src/engine.ts": engine(asking), [file]: 'import { Engine } from "../engine.js";\nexport const resume = (request: { app: { get: (kind: typeof Engine) => Engine } }) => request.app.get(Engine).step5("a");\n' });
  expect(await check(files(2))).toEqual([]);
  expect(await check(files(4))).toEqual([`${file}:1:24 ${rule} repository`]);
});

it("is silent where a function gives nothing but what it has put together, and not where it asks", async () => {
  const files = (body: string): ProjectLiteral => ({
    "src/db/client.ts": 'import { Pool } from "pg";\nlet pool: Pool | undefined;\nexport const getPool = () => (pool ??= new Pool());\n',
    "src/repositories/orders.ts": 'import type { Pool } from "pg";\nexport class OrderRepository { constructor(private readonly pool: Pool) {} list() { return this.pool.query("select id from orders limit 9"); } }\n',
    "src/factories/controllers/orders.ts": `import { getPool } from "../../db/client.js";\nimport { OrderRepository } from "../../repositories/orders.js";\nimport { OrderController } from "../../controllers/orders.js";\nexport const makeOrderController = () => {\n  const pool = getPool();\n  ${body}\n};\n`,
    "src/controllers/orders.ts": "export class OrderController { constructor(private readonly orders: { list(): Promise<unknown> }) {} show() { return this.orders.list(); } }\n",
  });
  expect(await check(files("return new OrderController(new OrderRepository(pool));"))).toEqual([]);
  expect(await check(files("const orders = new OrderRepository(pool); return orders.list();"))).not.toEqual([]);
});

it("is silent where a file of the api only opens the connection for others", async () => {
  const connect = (more: string) => ({ "src/middleware/database.ts": `import mongoose from "mongoose";\nexport const connect = (uri: string) => { void mongoose.connect(uri); mongoose.connection.on("error", console.error); };\n${more}` });
  expect(await check(connect(""))).toEqual([]);
  expect(await check(connect('export const list = () => mongoose.connection.db.collection("users").find();'))).toHaveLength(1);
});

describe("a client of Redis in a worker", () => {
  const worker = 'import { Worker } from "bullmq";\nimport Redis from "ioredis";\nconst connection = new Redis();\nexport const worker = new Worker("mail", async (job) => { await send(job.data); }, { connection });\n';

  it("is the queue's where nothing else is done with it", async () => {
    expect(await inApi(worker)).toEqual([]);
    expect(await inApi(`${worker}export const seen = (id: string) => connection.get(id);`)).toEqual([`2:19 ${rule} package`]);
    expect(await inApi(worker, {}, { types: "report" })).toEqual([`2:19 ${rule} package`]);
  });
});

describe("reports", () => {
  it.each([
    ["a static import", 'import { find } from "../repositories/user.repository.js"; find();', "1:22"],
    ["a path alias", 'import { find } from "@/repositories/user.repository"; find();', "1:22"],
    ["an entry of #imports", 'import { find } from "#db"; find();', "1:22"],
    ["the extension .ts", 'import { find } from "../repositories/user.repository.ts"; find();', "1:22"],
    ["a barrel", 'import { find } from "../repositories/index.js"; find();', "1:22"],
    ["an alias of a barrel", 'import { find } from "@/repositories"; find();', "1:22"],
    ["a default that is re-exported under another name", 'import { lookUp } from "../repositories/index.js"; lookUp();', "1:24"],
    ["a namespace", 'import * as users from "../repositories/user.repository.js"; users.find();', "1:24"],
    ["a named re-export", 'export { find } from "../repositories/user.repository.js";', "1:22"],
    ["a star re-export", 'export * from "../repositories/user.repository.js";', "1:15"],
    ["a dynamic import", 'export const load = () => import("../repositories/user.repository.js");', "1:34"],
    ["a dynamic import of a template", "export const load = () => import(`../repositories/user.repository.js`);", "1:34"],
    ["require", 'const { find } = require("../repositories/user.repository"); find();', "1:26"],
    ["import-equals", 'import users = require("../repositories/user.repository"); users.find();', "1:24"],
    ["createRequire", 'import { createRequire } from "node:module"; const load = createRequire(import.meta.url); const { find } = load("../repositories/user.repository"); find();', "1:113"],
    ["a side effect", 'import "../repositories/user.repository.js";', "1:8"],
    ["a specifier in a constant", 'const where = "../repositories/user.repository.js"; export const load = () => import(where);', "1:86"],
  ])("%s of the repository layer", async (_name, code, place) => {
    expect(await inApi(code)).toEqual([`${place} no-db-in-api repository`]);
  });

  it.each([
    ["an external package", 'import { Pool } from "pg"; export const pool = () => Pool;', "1:22 no-db-in-api package"],
    ["a subpath of one", 'import { drizzle } from "drizzle-orm/node-postgres"; export const make = () => drizzle;', "1:25 no-db-in-api package"],
    ["a side effect of one", 'import "pg";', "1:8 no-db-in-api package"],
  ])("%s", async (_name, code, found) => {
    expect(await inApi(code)).toEqual([found]);
  });

  it.each([
    ["a type", 'import type { UserRepository } from "../repositories/user.repository.js"; export const show = (users: UserRepository) => users;'],
    ["an inline type", 'import { type UserRepository } from "../repositories/user.repository.js"; export const show = (users: UserRepository) => users;'],
    ["an elided import", 'import { UserRepository } from "../repositories/user.repository.js"; export const show = (users: UserRepository) => users;'],
    ["typeof import()", 'export type Users = typeof import("../repositories/user.repository.js");'],
  ])("%s in strict alone", async (_name, code) => {
    expect(await inApi(code)).toEqual([]);
    expect(await inApi(code, {}, { types: "report" })).toHaveLength(1);
  });

  it("a workspace package", async () => {
    expect(
      await inApi('import { find } from "@app/data"; find();', {
        "package.json": '{ "name": "app", "private": true, "workspaces": ["packages/*"], "scripts": { "start": "node ." } }',
        "packages/data/package.json": '{ "name": "@app/data", "main": "src/index.ts" }',
        "packages/data/src/index.ts": 'export * from "./user.repository.js";\n',
        "packages/data/src/user.repository.ts": "export const find = () => 1;\n",
      }),
    ).toEqual(["1:22 no-db-in-api repository"]);
  });

  it.each([
    ["an injected client", 'import type { Pool } from "pg";\nexport class UsersController { constructor(private readonly pool: Pool) {}\nlist() { return this.pool.query("select 1"); } }', "3:17"],
    ["a client of a wrapper module", 'import { db } from "../lib/db.js";\nexport const list = () => db.query("select 1");', "2:27"],
    ["a destructured client", 'import type { Pool } from "pg";\nexport const list = ({ pool }: { pool: Pool }) => pool.query("select 1");', "2:51"],
    ["an alias", 'import type { Pool } from "pg";\nexport const list = (pool: Pool) => { const db = pool; return db.query("select 1"); };', "2:63"],
    ["SQL text given to anything", 'export const list = (run: (text: string) => unknown) => run("select id from users");', "1:57"],
  ])("a use of %s", async (_name, code, place) => {
    expect(await inApi(code, { "src/lib/db.ts": 'import { Pool } from "pg";\nexport const db = new Pool();\n' })).toEqual([`${place} no-db-in-api use`]);
  });

  it("a Nest controller that a Prisma service is injected into, once, at the use", async () => {
    expect(
      await inApi('import { Controller, Get } from "@nestjs/common";\nimport { PrismaService } from "../prisma.service.js";\n@Controller("users") export class UsersController {\n  constructor(private readonly prisma: PrismaService) {}\n  @Get() list() { return this.prisma.user.findMany(); }\n  @Get("one") one() { return this.prisma.user.findFirst(); }\n}\n', {
        "src/prisma.service.ts": 'import { PrismaClient } from "@prisma/client";\nexport class PrismaService extends PrismaClient {}\n',
      }),
    ).toEqual(["5:26 no-db-in-api use"]);
  });

  it("operators, tables and a transaction's handle as one cause with the client", async () => {
    expect(
      await inApi('import { eq } from "drizzle-orm";\nimport { db } from "../db/drizzle.js";\nimport { users } from "../db/schema.js";\nexport const list = () => db.transaction(async (tx) => tx.select().from(users).where(eq(users.id, 1)));\n', {
        "src/db/drizzle.ts": 'import { drizzle } from "drizzle-orm/node-postgres";\nexport const db = drizzle("postgres://");\n',
        "src/db/schema.ts": 'import { integer, pgTable } from "drizzle-orm/pg-core";\nexport const users = pgTable("users", { id: integer("id") });\n',
      }),
    ).toEqual(["4:27 no-db-in-api use"]);
  });
});

describe("has one cause", () => {
  it("for a client that is injected and what is done with it", async () => {
    const files = { "src/database/prisma.service.ts": 'import { Injectable } from "@nestjs/common";\nimport { PrismaClient } from "@prisma/client";\n@Injectable() export class PrismaService { readonly db = new PrismaClient(); }' };
    expect(await check({ ...files, [file]: 'import { PrismaService } from "../database/prisma.service.js";\nexport class A { constructor(private readonly prisma: PrismaService) {} list() { return this.prisma.db.user.findMany(); } }' })).toHaveLength(1);
    expect(await check({ ...files, [file]: 'import { PrismaService } from "../database/prisma.service.js";\nimport { Pool } from "pg";\nexport class A { constructor(private readonly prisma: PrismaService, private readonly pool: Pool) {} list() { return [this.prisma.db.user.findMany(), this.pool.query("select 1")]; } }' })).toHaveLength(2);
  });
});

describe("has one cause, too", () => {
  it("for a client under another name, taken apart, or put on the application", async () => {
    const files = { "src/db/prisma.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n' };
    const uses = ['import { prisma as store } from "../db/prisma.js";\nconst client = store;\nexport const list = () => client.user.findMany();', 'import { prisma } from "../db/prisma.js";\nconst { user } = prisma;\nexport const list = () => user.findMany();', 'import { Elysia } from "elysia";\nimport { prisma } from "../db/prisma.js";\nexport const app = new Elysia().decorate("db", prisma).get("/", ({ db }) => db.user.findMany());'];
    for (const code of uses) expect(await check({ ...files, [file]: code })).toHaveLength(1);
  });

  it("where a file imports several modules of the repository layer, and each where it is asked for", async () => {
    const files = (...names: readonly string[]): ProjectLiteral => ({
      ...Object.fromEntries(names.map((name) => [`src/models/${name}.ts`, `import mongoose from "mongoose";\nexport const ${name} = mongoose.model("${name}", new mongoose.Schema({ name: String }));`])),
      [file]: `${names.map((name) => `import { ${name} } from "../models/${name}.js";`).join("\n")}\nexport const list = () => [${names.map((name) => `${name}.find()`).join(", ")}];`,
    });
    expect(await check(files("User", "Post", "Tag", "Link"))).toEqual([`${file}:5:28 no-db-in-api use`]);
    expect(await check(files("User"))).toEqual([`${file}:2:28 no-db-in-api use`]);
    const rows = (...names: readonly string[]): ProjectLiteral => ({
      ...Object.fromEntries(names.map((name) => [`src/repositories/${name}.repository.ts`, `import { Pool } from "pg";\nconst pool = new Pool();\nexport const ${name} = async () => pool.query("select 1 from ${name}");`])),
      [file]: `${names.map((name) => `import { ${name} } from "../repositories/${name}.repository.js";`).join("\n")}\nexport const list = () => [${names.map((name) => `${name}()`).join(", ")}];`,
    });
    expect(await check(rows("users", "posts"))).toEqual([`${file}:1:23 no-db-in-api several`]);
    expect(await check(rows("users"))).toEqual([`${file}:1:23 no-db-in-api repository`]);
    expect(await check(rows("users", "posts"), { everyFile: true })).toEqual([`${file}:1:23 no-db-in-api repository`]);
  });

  it("for a barrel that is taken whole, by what is used of it", async () => {
    const files = { "src/repositories/user.repository.ts": repository, "src/data/index.ts": 'export { find } from "../repositories/user.repository.js";\nexport const size = () => 1;', "src/repositories/script.js": 'const { Pool } = require("pg");\nexports.rows = () => new Pool().query("select 1");' };
    expect(await check({ ...files, [file]: 'import * as data from "../data/index.js";\nexport const list = () => [data.find(), data.size()];' })).toEqual([`${file}:1:23 no-db-in-api repository`]);
    expect(await check({ ...files, [file]: 'import * as data from "../data/index.js";\nexport const list = () => data.size();' })).toEqual([]);
    expect(await check({ ...files, [file]: 'import rows = require("../repositories/script.js");\nexport const list = () => rows.rows();' })).toHaveLength(1);
  });

  it("for a model that an imported function gives, and for another client beside it", async () => {
    const files = { "src/db/user.ts": 'import mongoose from "mongoose";\nconst schema = new mongoose.Schema({ name: String });\nexport const getUsers = () => mongoose.model("User", schema);\n' };
    expect(await check({ ...files, [file]: 'import { getUsers } from "../db/user.js";\nexport const list = async () => { const users = getUsers(); return users.find({ name: "a" }); };' })).toEqual([`${file}:1:26 no-db-in-api repository`]);
    expect(await check({ ...files, [file]: 'import { getUsers } from "../db/user.js";\nimport { Pool } from "pg";\nexport const list = async (pool: Pool) => { const users = getUsers(); return [users.find({ name: "a" }), pool.query("select 1")]; };' })).toHaveLength(2);
  });

  it("for each client of several, whatever it is called on", async () => {
    const files = { "src/db/clients.ts": 'import { PrismaClient } from "@prisma/client";\nimport { Redis } from "ioredis";\nexport const prisma = new PrismaClient();\nexport const redis = new Redis();\n' };
    expect(await check({ ...files, [file]: 'import { prisma, redis } from "../db/clients.js";\nexport const one = async (id: string) => (await redis.get(id)) ?? prisma.user.findFirst();\nexport const all = () => prisma.$transaction(async (tx) => tx.post.findMany());' })).toEqual([`${file}:2:49 no-db-in-api use`, `${file}:2:67 no-db-in-api use`]);
  });
});

it("takes a repository that is the default of a parameter for one that is worked with here", async () => {
  const files = { "src/repositories/loan.repository.ts": "export class LoanRepository { open() { return []; } }", "src/services/loans.ts": 'import { LoanRepository } from "../repositories/loan.repository.js";\nexport class Loans { constructor(readonly rows = new LoanRepository()) {} }' };
  expect(await check({ ...files, [file]: 'import { LoanRepository } from "../repositories/loan.repository.js";\nexport const routes = (rows = new LoanRepository()) => ({ list: () => rows.open() });' })).toEqual([`${file}:1:32 no-db-in-api repository`]);
  expect(await check({ ...files, [file]: 'import { LoanRepository } from "../repositories/loan.repository.js";\nimport { Loans } from "../services/loans.js";\nexport const routes = (loans = new Loans(new LoanRepository())) => ({ list: () => loans.rows });' })).toEqual([]);
});

describe("stays silent on", () => {
  it.each([
    ["a function beside the repository that stores nothing", 'import { isShort } from "../repositories/checks.js"; export const show = (value: string) => isShort(value);'],
    ["a harmless name of a mixed barrel", 'import { MAX_ROWS, Order } from "../repositories/index.js"; export const limit = [MAX_ROWS, Order.Up];'],
    ["an error class and the identifiers of an ORM", 'import mongoose from "mongoose"; export const known = (error: unknown) => error instanceof mongoose.Error ? new mongoose.Types.ObjectId() : undefined;'],
    ["a table of constants under keys that are constants", 'import { modes } from "../repositories/modes.js"; export const known = (mode: string) => mode in modes;'],
    ["an enumeration of Drizzle", 'import { status } from "../db/status.js"; export const known = (value: string) => status.enumValues.includes(value);'],
    ["an error class of a part of an ORM", 'import mongoose from "mongoose"; export const known = (error: unknown) => error instanceof mongoose.mongo.MongoServerError || error instanceof mongoose.Error.CastError;'],
    ["generated enumerations and errors of Prisma", 'import { Prisma, Role } from "@prisma/client"; export const known = (error: unknown) => error instanceof Prisma.PrismaClientKnownRequestError && Role.ADMIN;'],
    ["whether something is of a class of the store", 'import { UserRepository } from "../repositories/user.repository.js"; export const show = (one: unknown) => one instanceof UserRepository;'],
    ["a table of a schema and the validator made of it", 'import { users, insertUser } from "../db/schema.js"; export const schema = [users, insertUser];'],
    ["a constant of a client's package", 'import { ServerSideEncryption } from "@aws-sdk/client-s3"; export const options = { encryption: ServerSideEncryption.AES256 };'],
    ["another service of a package that has a store too", 'import { SES, SQS } from "aws-sdk"; export const clients = [new SES(), new SQS()];'],
    ["a cache of the repository layer", 'import { seen } from "../redis/seen.js"; export const show = () => seen("a");'],
    ["a service", 'import { list } from "../services/user.service.js"; export const show = () => list();'],
    ["a health check that hands an injected client to an indicator", 'import { Controller, Get } from "@nestjs/common";\nimport { PrismaHealthIndicator } from "@nestjs/terminus";\nimport { PrismaService } from "../prisma.service.js";\n@Controller("health") export class HealthController {\n  constructor(private readonly indicator: PrismaHealthIndicator, private readonly prisma: PrismaService) {}\n  @Get() check() { return this.indicator.pingCheck("db", this.prisma); }\n}\n'],
    ["rows of a statement that a repository hands on", 'import { list } from "../services/row.service.js"; export const show = async () => { const rows = await list(); return rows.map(String); };'],
    ["what is made of rows", 'import { list } from "../services/row.service.js"; export const show = async () => { const rows = await list(); const names = rows.map((row) => row.name); return names.join(","); };'],
    ["a method of the same name on something else", 'export const run = (router: { query(text: string): void }) => router.query("name");'],
  ])("%s", async (_name, code) => {
    expect(
      await inApi(code, {
        "src/db/status.ts": 'import { pgEnum } from "drizzle-orm/pg-core";\nexport const status = pgEnum("status", ["draft", "active"]);\n',
        "src/repositories/modes.ts": 'import { Pool } from "pg"; const pool = new Pool(); const OPEN = "mode:open"; export const modes: Record<string, string> = { [OPEN]: "open", [`${OPEN}:all`]: "all" }; export const count = () => pool.query("select 1");',
        "src/repositories/checks.ts": "export const isShort = (value: string) => value.length < 3;",
        "src/services/user.service.ts": 'import { find } from "../repositories/user.repository.js"; export const list = () => find();',
        "src/services/row.service.ts": 'import { rows } from "../repositories/row.repository.js"; export const list = () => rows();',
        "src/repositories/row.repository.ts": 'import { drizzle } from "drizzle-orm/node-postgres"; import { users } from "../db/schema.js"; const db = drizzle(""); export const rows = (): Promise<unknown[]> => db.select().from(users).limit(10);',
        "src/prisma.service.ts": 'import { PrismaClient } from "@prisma/client";\nexport class PrismaService extends PrismaClient {}\n',
        "src/db/schema.ts": 'import { integer, pgTable } from "drizzle-orm/pg-core";\nimport { createInsertSchema } from "drizzle-zod";\nexport const users = pgTable("users", { id: integer("id") });\nexport const insertUser = createInsertSchema(users);\n',
      }),
    ).toEqual([]);
  });
});

describe("one decision", () => {
  const many = (count: number): ProjectLiteral => ({
    "package.json": '{ "name": "app", "private": true, "scripts": { "start": "node ." } }',
    "src/database/index.ts": 'import { Pool } from "pg";\nexport const db = new Pool();\nexport const findUsers = () => db.query("select 1 from users");\n',
    "src/services/user.service.ts": "export const one = 1;",
    ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`src/controllers/c${String(index).padStart(2, "0")}.controller.ts`, 'import { findUsers } from "../database/index.js"; export const show = () => findUsers();'])),
  });

  it("of more than ten files is one finding, in the first, and each in strict", async () => {
    expect(await check(many(11))).toEqual(["src/controllers/c00.controller.ts:1:27 no-db-in-api spread"]);
    expect(await check(many(10))).toHaveLength(10);
    expect(await check(many(11), { types: "report", everyFile: true })).toHaveLength(11);
  });

  it("of more than three files is one finding where the application has no services", async () => {
    const { "src/services/user.service.ts": _service, ...without } = many(4);
    expect(await check(without)).toEqual(["src/controllers/c00.controller.ts:1:27 no-db-in-api spread"]);
    const { "src/controllers/c03.controller.ts": _controller, ...three } = without;
    expect(await check(three)).toHaveLength(3);
    expect(await check(many(4))).toHaveLength(4);
    expect(await check(without, { types: "report", everyFile: true })).toHaveLength(4);
  });

  it("moves on where the first is let pass, and counts no files in which the rule is off", async () => {
    const first = "src/controllers/c00.controller.ts";
    const excepted = { exceptions: [{ rule: "no-db-in-api", files: [first], reason: "a report that is moved next month", owner: "team" }] };
    const off = { overrides: [{ files: [first], rules: { "no-db-in-api": "off" } }] };
    for (const settings of [excepted, off]) expect(await checkProject(many(12), { rule: "no-db-in-api", settings })).toEqual(["src/controllers/c01.controller.ts:1:27 no-db-in-api spread"]);
    expect(await checkProject(many(11), { rule: "no-db-in-api", settings: off })).toHaveLength(10);
    const commented = { ...many(12), [first]: `// std-check-disable-next-line no-db-in-api -- a report\n${many(12)[first] ?? ""}` };
    expect(await checkProject(commented, { rule: "no-db-in-api", settings: { rules: { "justified-disable": "error" } }, cliOnly: true })).toEqual(["src/controllers/c01.controller.ts:1:27 no-db-in-api spread"]);
  });

  it("counts imports and uses together, whatever module of the repository layer they are of", async () => {
    const controller = (name: string, code: string): [string, string] => [`src/controllers/${name}.controller.ts`, code];
    const files = {
      ...many(0),
      ...Object.fromEntries([..."abcdef"].map((name) => [`src/repositories/${name}.repository.ts`, 'import { db } from "../database/index.js";\nexport const find = () => db.query("select 1 from users");\n'])),
      ...Object.fromEntries([..."abcdef"].map((name) => controller(name, `import { find } from "../repositories/${name}.repository.js"; export const show = () => find();`))),
      ...Object.fromEntries([..."ghijk"].map((name) => controller(name, 'import type { Pool } from "pg"; export const show = (pool: Pool) => pool.query("select 1");'))),
    };
    expect(await check(files)).toEqual(["src/controllers/a.controller.ts:1:22 no-db-in-api spread"]);
  });

  it("does not count what metadata keeps of a type, nor what is done with the promise or the list that a service gave", async () => {
    expect(
      await inApi(
        'import { FindManyOptions } from "typeorm"; import { findUsers } from "../services/users.js"; export class UserController { constructor() {} @Get() async list(@Query() options: FindManyOptions<object>) { const users = await findUsers().catch(() => []); return [options, users]; } } declare function Get(): MethodDecorator; declare function Query(): ParameterDecorator;',
        { "src/services/users.ts": 'import { pool } from "../db/client.js"; export const findUsers = () => pool.query("select 1 from users");' },
      ),
    ).toEqual([]);
  });

  it("does not count what a file with a query of its own does for the api, nor what a model's file works out", async () => {
    expect(
      await inApi('import { joinTeam } from "../teams/join.js"; import { nameOf } from "../models/user.js"; export const show = async () => [await joinTeam(), nameOf()];', {
        "src/teams/join.ts": 'import { Pool } from "pg"; export async function joinTeam() { return new Pool().query("insert into members values (1)"); }',
        "src/models/user.ts": 'import { Pool } from "pg"; export const nameOf = () => "name"; export const load = async () => new Pool().query("select 1 from users");',
      }),
    ).toEqual([]);
  });

  it("does not count helpers of the repository layer that reach no store", async () => {
    const files = { "src/db/keys.ts": 'export const keyOf = (space: string, id: string) => `${space}:${id}`;', "src/db/client.ts": 'import { Pool } from "pg";\nexport const pool = new Pool();', "src/db/users.ts": 'import { pool } from "./client.js";\nexport const find = () => pool.query("select 1");' };
    expect(await check({ ...files, "src/controllers/a.controller.ts": 'import * as keys from "../db/keys.js"; import { keyOf } from "../db/keys.js"; export const show = () => [keys.keyOf("a", "b"), keyOf("c", "d")];' })).toEqual([]);
    expect(await check({ ...files, "src/controllers/a.controller.ts": 'import * as users from "../db/users.js"; export const show = () => users.find();' })).toHaveLength(1);
  });

  it("leaves what a server closes when it ends alone, and what queries beside that not", async () => {
    const found = (more: string): Promise<string[]> => check({
      "src/db/client.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n',
      "src/plugins/api/shutdown.controller.ts": `import Redis from "ioredis";\nimport { prisma } from "../../db/client.js";\nconst redis = new Redis();\nexport const stop = async () => { await prisma.$disconnect(); await redis.quit(); ${more} };\n`,
    });
    expect(await found("")).toEqual([]);
    expect(await found("await prisma.user.count();")).not.toEqual([]);
  });

  it("leaves a health check to ask whether the database is there", async () => {
    const code = 'import { pool } from "../db/client.js"; export const alive = () => pool.query("select 1");';
    const found = await check({ "src/db/client.ts": 'import { Pool } from "pg";\nexport const pool = new Pool();\n', "src/controllers/health.controller.ts": code, "src/controllers/health.common.controller.ts": code, "src/controllers/operational-probe.controller.ts": code, "src/controllers/readiness-check.ts": code, "src/controllers/user.controller.ts": code });
    expect([...new Set(found.map((line) => line.split(":")[0]))]).toEqual(["src/controllers/user.controller.ts"]);
  });
});

it("leaves adapters alone that use other adapters, and reports those behind which a database is used", async () => {
  const mailer = 'import { keep } from "./outbox.js";\nimport axios from "axios";\nexport const sendLater = (to: string) => axios.post("https://mail.example.com", { to }).then(keep);';
  const files = (outbox: string) => ({ "src/infrastructure/adapters/mailer.ts": mailer, "src/infrastructure/adapters/outbox.ts": outbox, [file]: 'import { sendLater } from "../infrastructure/adapters/mailer.js";\nexport const remind = (to: string) => sendLater(to);' });
  expect(await check(files('import axios from "axios";\nexport const keep = (value: unknown) => axios.post("https://box.example.com", value);'))).toEqual([]);
  expect(await check(files('import { Pool } from "pg";\nconst pool = new Pool();\nexport const keep = () => pool.query("insert into outbox default values");'))).toHaveLength(1);
});

it("leaves a plugin that registers the repositories alone, and one that asks them not", async () => {
  const files = (use: string): ProjectLiteral => ({
    "src/users/users.repository.ts": 'import fp from "fastify-plugin";\nimport { Pool } from "pg";\nconst pool = new Pool();\nexport const list = () => pool.query("select id from users limit 5");\nexport default fp(async (app) => { app.decorate("users", { list }); });',
    "src/plugins.ts": `import fp from "fastify-plugin";\nimport users, { list } from "./users/users.repository.js";\nexport default fp(async (app) => { ${use} });`,
  });
  expect(await check(files("await app.register(users);"))).toEqual([]);
  expect(await check(files('await app.register(users); app.get("/v1/users", () => list());'))).toHaveLength(1);
});

it("leaves an interceptor to a cache that a class of the project is given", async () => {
  const interceptor = (name: string) => `import { Injectable, type NestInterceptor } from "@nestjs/common";\nimport { ${name} } from "../redis/redis.service.js";\n@Injectable() export class KeepInterceptor implements NestInterceptor { constructor(private readonly kept: ${name}) {} intercept() { return this.kept.get("a"); } }`;
  const tsconfig = { "tsconfig.json": '{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true } }' };
  expect(await check({ ...tsconfig, "src/redis/redis.service.ts": 'import { CACHE_MANAGER, type Cache } from "@nestjs/cache-manager";\nimport { Inject, Injectable } from "@nestjs/common";\n@Injectable() export class RedisService { constructor(@Inject(CACHE_MANAGER) private readonly cache: Cache) {} get(key: string) { return this.cache.get(key); } }', "src/common/keep.interceptor.ts": interceptor("RedisService") })).toEqual([]);
  expect(await check({ ...tsconfig, "src/redis/redis.service.ts": 'import { Injectable } from "@nestjs/common";\nimport { Pool } from "pg";\n@Injectable() export class RowsRepository { private readonly pool = new Pool(); get(key: string) { return this.pool.query("select value from kept where key = $1", [key]); } }', "src/common/keep.interceptor.ts": interceptor("RowsRepository") })).toHaveLength(1);
});

it("leaves routes that only hand a repository to a use case alone, and reports those that ask it as well", async () => {
  const files = (more: string): ProjectLiteral => ({
    "src/infra/users.repository.ts": 'import { Pool } from "pg";\nexport class UsersRepository { private readonly pool = new Pool(); list() { return this.pool.query("select id from users limit 5"); } }',
    "src/application/list-users.usecase.ts": 'import type { UsersRepository } from "../infra/users.repository.js";\nexport class ListUsers { constructor(private readonly users: UsersRepository) {} run() { return this.users.list(); } }',
    "src/users.routes.ts": `import { Router } from "express";\nimport { ListUsers } from "./application/list-users.usecase.js";\nimport { UsersRepository } from "./infra/users.repository.js";\nconst users = new UsersRepository();\nconst list = new ListUsers(users);\nexport const routes = Router();\nroutes.get("/v1/users", async (_req, res) => { res.json(await list.run()); });\n${more}`,
  });
  expect(await check(files(""))).toEqual([]);
  expect(await check(files('routes.get("/v1/raw", async (_req, res) => { res.json(await users.list()); });'))).toEqual(["src/users.routes.ts:3:33 no-db-in-api repository"]);
});

it("leaves an index that hands on what lies beside it alone", async () => {
  const list = 'import { Pool } from "pg";\nconst pool = new Pool();\nexport const list = () => pool.query("select id from users limit 5");';
  expect(await check({ "src/api/index.ts": 'export * from "./users.repository.js";', "src/api/users.repository.ts": list })).toEqual([]);
  expect(await check({ "src/controllers/index.ts": 'export * from "../repositories/users.repository.js";', "src/repositories/users.repository.ts": list })).toHaveLength(1);
});

it("leaves bindings of a worker that are no database alone", async () => {
  const handler = (work: string): ProjectLiteral => ({ [file]: `import { Hono } from "hono";\nexport const routes = new Hono<{ Bindings: { DB: D1Database; AI: Ai; MAILS: Queue } }>().post("/v1/notes", async (c) => { ${work} return c.json({ ok: true }); });` });
  expect(await check(handler('await c.env.AI.run("model", { prompt: await c.req.text() }); await c.env.MAILS.send({});'))).toEqual([]);
  expect(await check(handler('await c.env.DB.prepare("SELECT 1").all();'))).toHaveLength(1);
});

it("reports static queries of a class that an ORM maps, and leaves the class itself alone", async () => {
  const files = (use: string): ProjectLiteral => ({
    "src/models/user.ts": 'import { Column, Model, Table } from "sequelize-typescript";\n@Table({ tableName: "users" }) export class User extends Model { @Column name!: string; }',
    [file]: `import { User } from "../models/user.js";\nexport const show = async (user: User) => ${use};`,
  });
  expect(await check(files("user instanceof User ? user.name : [User].length"))).toEqual([]);
  expect(await check(files("[user, await User.findAll({ limit: 5 })]"))).toEqual([`${file}:2:56 ${rule} use`]);
});

it("leaves what was compiled beside its source alone, and reports the source", async () => {
  const code = 'import { Pool } from "pg";\nexport const list = () => new Pool().query("select id from users limit 5");';
  expect(await check({ "src/controllers/user.controller.ts": code, "src/controllers/dist/user.controller.js": code })).toEqual([`src/controllers/user.controller.ts:1:22 ${rule} package`]);
});

describe("a handler that stands where the application is put together, or in a file of no layer", () => {
  const app = (handlers: string): string => `import express from "express"; import { pool } from "../db/client"; import { seats } from "../repositories/seats.repository";\nexport const app = express();\napp.locals.seats = seats(pool);\n${handlers}`;
  const around: ProjectLiteral = { "package.json": '{ "name": "seats", "private": true, "scripts": { "start": "node ." }, "dependencies": { "express": "5", "pg": "8" } }', "src/db/client.ts": 'import { Pool } from "pg"; export const pool = new Pool();', "src/repositories/seats.repository.ts": 'import type { Pool } from "pg"; export const seats = (db: Pool) => ({ all: () => db.query("select id from seats limit 9") });' };

  it("is of the api: what it asks a database is reported", async () => {
    expect(await check({ ...around, "src/http/app.ts": app('app.get("/api/v1/seats", async (_req, res) => { res.json(await pool.query("select id from seats limit 9")); });') })).toEqual(["src/http/app.ts:4:64 no-db-in-api use"]);
    const plugin = 'import type { Plugin } from "@hapi/hapi"; import { pool } from "../db/client";\nexport const rides: Plugin<undefined> = { name: "rides", register(server) {\n  server.route({ method: "GET", path: "/rides", handler: async () => pool.query("select id from rides limit 9") });\n} };';
    const main = 'import Hapi from "@hapi/hapi"; import { rides } from "./rides/rides.plugin"; const server = Hapi.server({ port: 3000 }); await server.register(rides, { routes: { prefix: "/api/v1" } }); await server.start();';
    expect(await check({ ...around, "src/main.ts": main, "src/rides/rides.plugin.ts": plugin })).toEqual(["src/rides/rides.plugin.ts:3:70 no-db-in-api use"]);
  });

  it("and what is done beside the handlers, or to say that the application is well, is not", async () => {
    expect(await check({ ...around, "src/http/app.ts": app('app.get("/health", async (_req, res) => { await pool.query("select 1"); res.sendStatus(200); });\nexport const warm = () => pool.query("select id from seats limit 1");') })).toEqual([]);
  });
});

it("knows the tables and transactions of Orchid ORM", async () => {
  const db = 'import { orchidORM } from "orchid-orm/node-postgres"; import { Seats } from "./seats.table"; export const db = orchidORM({ databaseURL: "postgres://localhost/seats" }, { seat: Seats });';
  const routes = (use: string): ProjectLiteral => ({ "src/db/index.ts": db, "src/db/seats.table.ts": 'import { createBaseTable } from "orchid-orm"; export class Seats extends createBaseTable() { readonly table = "seats"; }', "src/repositories/seats.ts": 'import { db } from "../db"; export const seats = () => db.seat.where({ free: true }).limit(9);', "src/routes/seats.ts": `import type { FastifyInstance } from "fastify"; import { db } from "../db"; export const routes = async (app: FastifyInstance) => { app.post("/seats/:id", async (request) => ${use}); };` });
  for (const use of ["db.seat.find(request.params.id)", "db.seat.where({ id: request.params.id }).update({ free: false })", "db.$transaction(async () => { await db.seat.create({ free: true }); })", "db.$query`select 1 from seats`"]) expect(await check(routes(use))).toHaveLength(1);
});
