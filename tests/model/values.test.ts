import { describe, expect, it } from "vitest";
import type { Expression } from "../../src/facts/syntax.js";
import { describeValue } from "../../src/model/values/value.js";
import { modelOf, type ProjectLiteral } from "../support/model.js";

/** The values of the argument of the call `probe(…)` in a file. */
function probe(files: ProjectLiteral, file = "src/a.ts"): string[] {
  const model = modelOf(files);
  const call = model.values.index(file).calls.find(({ node }) => node.callee.kind === "name" && node.callee.name === "probe");
  const argument: Expression | undefined = call?.node.arguments[0];
  if (!argument) throw new Error("no probe(…) in the file");
  return model.values.of(file, argument).map((value) => describeValue(value).replace(/ from .*/, "").replace(/@\d+/, ""));
}

const one = (text: string, others: ProjectLiteral = {}) => probe({ "src/a.ts": text, ...others });

describe("values from packages", () => {
  it("follows members, calls and instances", () => {
    expect(one('import { Pool } from "pg"; const pool = new Pool(); probe(pool.query);')).toEqual(["pg:Pool.new().query"]);
    expect(one('import express from "express"; const app = express(); probe(app.route("/x").get);')).toEqual(["express:default.().route.().get"]);
    expect(one('import * as pg from "pg"; probe(new pg.Client());')).toEqual(["pg:Client.new()"]);
    expect(one('const { Pool } = require("pg"); probe(new Pool());')).toEqual(["pg:Pool.new()"]);
    expect(one('const { drizzle } = await import("drizzle-orm/node-postgres"); probe(drizzle());')).toEqual(["drizzle-orm/node-postgres:drizzle.()"]);
  });

  it("takes a declared type for an instance", () => {
    expect(one('import type { PrismaClient } from "@prisma/client"; function f(db: PrismaClient) { probe(db.user.findMany); }')).toEqual(["@prisma/client:PrismaClient.new().user.findMany"]);
  });

  it("gives what a callback is handed", () => {
    expect(one('import { drizzle } from "drizzle-orm/pglite"; const db = drizzle(); db.transaction(async (tx) => { probe(tx.insert); });')).toEqual(["drizzle-orm/pglite:drizzle.().transaction.=>0.insert"]);
    expect(one('import fastify from "fastify"; fastify().route({ handler: (req) => probe(req.body) });')).toEqual(["fastify:default.().route.=>handler:0.body"]);
  });

  it("takes `this` of a static method for the class, and of another for its instance", () => {
    expect(one('class Orders { static by() { return "id"; } static list() { probe(this.by()); } }')).toEqual(['constant "id"']);
    expect(one('class Orders { by() { return "id"; } list() { probe(this.by()); } }')).toEqual(['constant "id"']);
    expect(one('class Orders { by() { return "id"; } static list() { probe(this.by()); } }')).toEqual([]);
  });

  it("knows globals", () => {
    expect(one("probe(process.env.KEY);")).toEqual(["global:process.env.KEY"]);
  });
});

describe("values that are handed over", () => {
  it("come from decorators where the type does not say", () => {
    expect(one('import { InjectModel } from "@nestjs/mongoose"; class S { constructor(@InjectModel("User") private readonly users) {} f() { probe(this.users.find); } }')).toEqual(["mongoose:Model.new().find"]);
    expect(one('import { InjectRepository } from "@nestjs/typeorm"; class S { constructor(@InjectRepository(User) private users: any) {} f() { probe(this.users); } }')).toEqual(["typeorm:Repository.new()"]);
  });

  it("are what the type says, whatever a test hands over", () => {
    const stub = 'import { mock } from "some-mocks"; import { S } from "../src/a"; new S(mock());';
    expect(one('import { Model } from "mongoose"; export class S { constructor(private users: Model<unknown>) {} f() { probe(this.users.create); } }', { "test/s.ts": stub })).toEqual(["mongoose:Model.new().create"]);
  });

  it("come from functions of the project that call back", () => {
    const wrapper = 'import { PrismaClient } from "@prisma/client"; const prisma = new PrismaClient(); export const inTransaction = (work) => prisma.$transaction(work); export async function withTransaction(work) { return prisma.$transaction(async (tx) => { await work(tx); }); }';
    expect(one('import { inTransaction } from "./tx"; inTransaction(async (tx) => { probe(tx); });', { "src/tx.ts": wrapper })).toEqual(["@prisma/client:PrismaClient.new().$transaction.=>0"]);
    expect(one('import { withTransaction } from "./tx"; withTransaction(async (tx) => { probe(tx); });', { "src/tx.ts": wrapper })).toEqual(["@prisma/client:PrismaClient.new().$transaction.=>0"]);
  });
});

it("follows what a script adds to its exports under another name", () => {
  const helpers = 'const { Pool } = require("pg"); const helpers = module.exports; helpers.pool = new Pool(); helpers.again = () => helpers.pool;';
  expect(one('const helpers = require("./helpers"); probe(helpers.pool.query);', { "src/helpers.js": helpers })).toEqual(["pg:Pool.new().query"]);
  expect(one('const { again } = require("./helpers"); probe(again().end);', { "src/helpers.js": helpers })).toEqual(["pg:Pool.new().end"]);
});

describe("members of classes that hold nothing at first", () => {
  const pool = 'import { Pool } from "pg"; ';

  it("are what is assigned to them later, else what their type says", () => {
    expect(one(`${pool}class Store { private pool: Pool = null; constructor(pool: Pool) { this.pool = pool; } get open() { return this.pool; } f() { probe(this.open.query); } }`)).toEqual(["pg:Pool.new().query"]);
    expect(one(`${pool}class Store { private pool: Pool | null = null; start() { this.pool = new Pool(); } f() { probe(this.pool.query); } }`)).toEqual(["pg:Pool.new().query"]);
    expect(one(`${pool}class Store { private pool: Pool | undefined = undefined; f() { probe(this.pool.query); } }`)).toEqual(["pg:Pool.new().query"]);
  });
});

describe("members of functions that are made for new", () => {
  const pool = 'const { Pool } = require("pg"); ';

  it("are what is assigned to this, also by another name and in an arrow", () => {
    const store = `${pool}function Store(url) { const self = this; this.db = new Pool(); self.find = function () { return 1; }; const fill = () => { this.late = new Pool(); }; }`;
    expect(one(`${store} probe(new Store("x").db.query);`)).toEqual(["pg:Pool.new().query"]);
    expect(one(`${store} probe(new Store("x").find);`)).toEqual(["function src/a.ts#find"]);
    expect(one(`${store} probe(new Store("x").late);`)).toEqual(["pg:Pool.new()"]);
  });

  it("are what the prototype is given", () => {
    expect(one(`${pool}function Store() { this.db = new Pool(); } Store.prototype.find = function find() { probe(this.db); };`)).toEqual(["pg:Pool.new()"]);
    expect(one(`${pool}const store = function () { this.db = new Pool(); }; store.prototype = { find: function () { probe(this.db); } };`)).toEqual(["pg:Pool.new()"]);
  });

  it("are found in another file, where the function has no name", () => {
    expect(one('const Store = require("./store"); probe(new Store().db);', { "src/store.ts": `${pool}module.exports = function () { this.db = new Pool(); };` })).toEqual(["pg:Pool.new()"]);
    expect(one('const { Store } = require("./store"); const s = new Store(); probe(s.db);', { "src/store.ts": `${pool}function Store() { this.db = new Pool(); } module.exports = { Store };` })).toEqual(["pg:Pool.new()"]);
  });

  it("are not those of callbacks and of functions that nothing makes instances of", () => {
    expect(one(`${pool}hook("save", function () { this.db = new Pool(); probe(this.db); });`)).toEqual([]);
    expect(one(`${pool}schema.methods.open = function () { this.db = new Pool(); probe(this.db); };`)).toEqual([]);
  });
});

describe("values in contexts", () => {
  it("of tRPC procedures", () => {
    const trpc = 'import { initTRPC } from "@trpc/server"; import { db } from "./db"; export const createContext = async (opts) => { return { db, ...opts }; }; const t = initTRPC.context<typeof createContext>().create(); export const procedure = t.procedure.use(({ next }) => next({ ctx: { cache: db } }));';
    const others = { "src/trpc.ts": trpc, "src/db.ts": 'import { PrismaClient } from "@prisma/client"; export const db = new PrismaClient();' };
    expect(one('import { procedure } from "./trpc"; export const list = procedure.query(({ ctx }) => { probe(ctx.db.user); });', others)).toEqual(["@prisma/client:PrismaClient.new().user"]);
    expect(one('import { procedure } from "./trpc"; export const list = procedure.input(x).query(async ({ ctx }) => { probe(ctx.cache); });', others)).toEqual(["@prisma/client:PrismaClient.new()"]);
  });

  it("that many procedures make of one another, asked once for each name", () => {
    // Each step makes its part of all parts that the others put into the context.
    const names = Array.from({ length: 14 }, (_, index) => `part${index}`);
    const steps = names.map((name) => `export const ${name}Procedure = t.procedure.use(({ ctx, next }) => next({ ctx: { ${name}: join(${names.map((other) => `ctx.${other}`).join(" ?? ")}), db } }));`);
    const trpc = `import { initTRPC } from "@trpc/server"; import { db } from "./db"; const t = initTRPC.create(); const join = (part) => part ?? db; ${steps.join("\n")}`;
    const others = { "src/trpc.ts": trpc, "src/db.ts": 'import { PrismaClient } from "@prisma/client"; export const db = new PrismaClient();' };
    expect(one('import { part3Procedure } from "./trpc"; export const list = part3Procedure.query(({ ctx }) => { probe(ctx.part7); });', others)).toContain("@trpc/server:initTRPC.create.().procedure.use.=>0.ctx.part7");
  });

  it("of plugins typed by a type provider", () => {
    const others = { "src/knex.ts": 'import knex from "knex"; export default async (fastify) => { fastify.decorate("knex", knex({})); };' };
    expect(one('import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox"; const plugin: FastifyPluginAsyncTypebox = async (fastify) => { probe(fastify.knex); };', others)).toEqual(["knex:default.()"]);
  });

  it("of applications, and not of what tests put on their stand-ins", () => {
    const mocked = { "src/context.test.ts": 'import { vi } from "vitest"; const c = {}; c.get = vi.fn(); c.db = vi.fn();' };
    expect(one('import { Hono } from "hono"; const app = new Hono(); probe(app.get);', mocked)).toEqual(["hono:Hono.new().get"]);
    expect(one('import type { Context } from "hono"; export const list = (c: Context) => { probe(c.db); };', { "src/carried.ts": 'import knex from "knex"; export const put = (c) => { c.db = knex({}); };', ...mocked })).toEqual(["knex:default.()"]);
  });

  it("of containers that are filled later", () => {
    expect(one('import type { EntityManager } from "@mikro-orm/core"; export const DI = {} as { em: EntityManager }; probe(DI.em.flush);')).toEqual(["@mikro-orm/core:EntityManager.new().flush"]);
  });

  it("takes a proxy for its target, and a class of the project of that name for itself", () => {
    expect(one('import type { EntityManager } from "@mikro-orm/core"; const em = new Proxy({} as EntityManager, { get: (_, key) => open()[key] }); probe(em.flush);')).toEqual(["@mikro-orm/core:EntityManager.new().flush"]);
    expect(one('import type { EntityManager } from "@mikro-orm/core"; class Proxy { constructor(readonly of: unknown) {} } const em = new Proxy({} as EntityManager); probe(em.flush);')).not.toEqual(["@mikro-orm/core:EntityManager.new().flush"]);
  });
});

describe("values of the project", () => {
  it("follows constants, objects, enums and templates", () => {
    expect(one('const base = "/api"; const paths = { users: `${base}/users` } as const; probe(paths.users);')).toEqual(['constant "/api/users"']);
    expect(one('enum Route { Users = "users" } probe("/" + Route.Users);')).toEqual(['constant "/users"']);
    expect(one("const { a: [, second] } = { a: [1, 2] }; probe(second);")).toEqual(["constant 2"]);
  });

  it("follows barrels and default exports", () => {
    expect(
      one('import { client } from "./index.js"; probe(client);', {
        "src/index.ts": 'export { default as client } from "./db.js";',
        "src/db.ts": 'import { PrismaClient } from "@prisma/client"; export default new PrismaClient();',
      }),
    ).toEqual(["@prisma/client:PrismaClient.new()"]);
  });

  it("follows factories, with their arguments", () => {
    expect(one('import { Pool } from "pg"; const make = () => { const pool = new Pool(); return pool; }; probe(make());')).toEqual(["pg:Pool.new()"]);
    expect(one('import { Pool } from "pg"; function same(x) { return x; } probe(same(new Pool()));')).toEqual(["pg:Pool.new()"]);
  });

  it("follows constructor injection, properties and inheritance", () => {
    const files = {
      "src/prisma.service.ts": 'import { PrismaClient } from "@prisma/client"; export class PrismaService extends PrismaClient { ready() {} }',
      "src/a.ts": 'import { PrismaService } from "./prisma.service"; export class Users { constructor(private readonly prisma: PrismaService) {} find() { probe(this.prisma.user.findMany); } }',
    };
    expect(probe(files)).toEqual(["@prisma/client:PrismaClient.new().user.findMany"]);
    expect(one('import { Pool } from "pg"; class A { private db; constructor() { this.db = new Pool(); } run() { probe(this.db); } }')).toEqual(["pg:Pool.new()"]);
  });

  it("asks the callers of an untyped parameter", () => {
    expect(probe({ "src/main.ts": 'import { Pool } from "pg"; import { start } from "./a.js"; start(new Pool());', "src/a.ts": "export function start(db) { probe(db); }" })).toEqual(["pg:Pool.new()"]);
  });

  it("finds what an application puts on its framework's objects", () => {
    const files = {
      "src/app.ts": 'import fastify from "fastify"; import knex from "knex"; const app = fastify(); app.decorate("db", knex({}));',
      "src/a.ts": 'import type { FastifyInstance } from "fastify"; export default async function routes(instance: FastifyInstance) { probe(instance.db); }',
    };
    expect(probe(files)).toEqual(["knex:default.()"]);
    expect(
      probe({
        "src/mw.ts": 'import { Pool } from "pg"; const pool = new Pool(); export const attach = (req, res, next) => { req.db = pool; next(); };',
        "src/a.ts": 'import type { Request } from "express"; export const list = (req: Request) => probe(req.db.query);',
      }),
    ).toEqual(["pg:Pool.new().query"]);
    expect(
      probe({
        "src/mw.ts": 'import { drizzle } from "drizzle-orm/d1"; import { Hono } from "hono"; new Hono().use(async (c, next) => { c.set("db", drizzle(c.env.DB)); await next(); });',
        "src/a.ts": 'import { Hono } from "hono"; new Hono().get("/", (c) => { probe(c.get("db").select); });',
      }),
    ).toEqual(["drizzle-orm/d1:drizzle.().select"]);
  });

  it("gives alternatives for conditions", () => {
    expect(one('import pino from "pino"; import winston from "winston"; probe(flag ? pino() : winston.createLogger());')).toEqual(["pino:default.()", "winston:default.createLogger.()"]);
  });
});

describe("cycles", () => {
  it("ends on definitions that need each other, with the same answer from either end", () => {
    const files = { "src/a.ts": 'import { b } from "./b.js"; export const a = b ?? 1; probe(a);', "src/b.ts": 'import { a } from "./a.js"; export const b = a ?? 2;' };
    expect(probe(files)).toEqual(["constant 2", "constant 1"]);
  });

  it("ends on objects and lists that are spread into themselves", () => {
    expect(one("let all = [1]; for (const each of list) all = [...all, 2]; for (const one of all) probe(one);")).toContain("constant 1");
    expect(one("let all = {}; for (const each of list) all = { ...all, [each]: 1 }; probe(all.missing);")).toEqual([]);
    expect(one('let kind = "a"; if (list.length > 1) kind = "b"; probe(kind);')).toEqual(['constant "a"', 'constant "b"']);
    expect(one('let id = "unknown"; id = await load(); probe(id);')).toEqual([]);
    expect(one("let all = { kept: 1 }; all = { ...all, other: 2 }; probe(all.kept);")).toEqual(["constant 1"]);
  });

  it("ends on classes and interfaces that extend each other", () => {
    expect(one("class A extends B {} class B extends A {} probe(new A().missing, A.missing);")).toEqual([]);
    expect(one("interface A extends B {} interface B extends A {} function f(a: A) { probe(a.missing); }")).toEqual([]);
  });

  it("ends on recursive functions and types", () => {
    expect(one("function f(n) { return n ? f(n - 1) : 0; } probe(f(3));")).toEqual(["constant 0"]);
    expect(one("interface Node { next: Node } function f(n: Node) { probe(n.next.next); }")).toEqual(["typed src/a.ts"]);
  });
});

describe("values from maps", () => {
  it("takes out what a map is declared to hold, or else what is put into it", () => {
    const pool = 'import { Pool } from "pg";\n';
    expect(one(`${pool}const pools: Map<string, Pool> = new Map();\nprobe(pools.get("a"));`)).toEqual(["pg:Pool.new()"]);
    expect(one(`${pool}const pools = new Map<string, Pool>();\nprobe(pools.get("a"));`)).toEqual(["pg:Pool.new()"]);
    expect(one(`${pool}const pools = new WeakMap();\nexport const keep = (id: object) => pools.set(id, new Pool());\nprobe(pools.get(key));`)).toEqual(["pg:Pool.new()"]);
    expect(one(`${pool}class Pools {\n  private static kept: Map<string, Pool> = new Map();\n  static of(id: string) { return this.kept.get(id); }\n}\nprobe(Pools.of("a"));`)).toEqual(["pg:Pool.new()"]);
    expect(one(`${pool}class Pools {\n  private kept = new Map();\n  constructor() { this.kept.set("a", new Pool()); }\n  of(id: string) { return this.kept.get(id); }\n}\nprobe(new Pools().of("a"));`)).toEqual(["pg:Pool.new()"]);
  });

  it("knows nothing of a map that others fill", () => {
    expect(one("const names = new Map<string, string>();\nprobe(names.get(key));")).toEqual(["global:Map.new().get.()"]);
    expect(one("import { pools } from './pools.js';\nprobe(pools.get(key));", { "src/pools.ts": "export const pools = new Map();" })).toEqual(["global:Map.new().get.()"]);
  });
});
