import { describe, expect, it } from "vitest";
import { originsOf } from "../../src/model/origins/origins.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import { summariesOf } from "../../src/model/data/summaries.js";
import type { FunctionSummary } from "../../src/model/data/summary.js";
import { modelOf, type ProjectLiteral } from "../support/model.js";

/** The summary of the function or method called `name` in a file. */
function summary(files: ProjectLiteral, name = "f", file = "src/a.ts", model: ProjectModel = modelOf(files)): FunctionSummary {
  const found = [...model.values.index(file).functions.keys()].find((node) => node.name === name && node.body);
  if (!found) throw new Error(`no function ${name}`);
  return summariesOf(model).of(file, found);
}

const prisma = 'import { PrismaClient } from "@prisma/client"; export const prisma = new PrismaClient(); ';
const knex = 'import knex from "knex"; const db = knex({}); ';
const one = (text: string, others: ProjectLiteral = {}): FunctionSummary => summary({ "src/a.ts": text, ...others });
const outer = ({ outer: uses }: FunctionSummary): string[] => uses.map(({ operation, calls, unless }) => `${operation.role}${calls.length > 0 ? ` after ${calls.length}` : ""}${unless === undefined ? "" : ` unless ${unless}`}`);
const writes = ({ writes: counts }: FunctionSummary): string[] => counts.map(({ family, most, unless }) => `${family} ${most}${unless === undefined ? "" : ` unless ${unless}`}`);

describe("use of the outer client", () => {
  it("is seen in the function and below it", () => {
    const text = `${prisma}async function g() { await prisma.user.create({ data: {} }); } async function f() { await prisma.user.findMany(); await g(); }`;
    expect(outer(one(text))).toEqual(["list", "write after 1"]);
  });

  it("is seen across files, classes and injected properties", () => {
    const others = {
      "src/repo.ts": 'import { PrismaClient } from "@prisma/client"; export class UserRepository { constructor(private readonly prisma: PrismaClient) {} async save(data) { await this.prisma.user.create({ data }); } }',
    };
    expect(outer(one('import { UserRepository } from "./repo"; export class Users { constructor(private readonly repo: UserRepository) {} async f(data) { await this.repo.save(data); } }', others))).toEqual(["write after 1"]);
  });

  it("is seen behind interfaces and abstract classes", () => {
    const others = {
      "src/port.ts": "export interface Users { save(data: unknown): Promise<void>; } export abstract class Posts { abstract save(data: unknown): Promise<void>; }",
      "src/repo.ts": `import { Users, Posts } from "./port"; ${prisma} export class A implements Users { async save(data) { await prisma.user.create({ data }); } } export class B extends Posts { async save(data) { await prisma.post.create({ data }); } }`,
    };
    expect(outer(one('import type { Users } from "./port"; import { Posts } from "./port"; export class S { constructor(private readonly users: Users, private readonly posts: Posts) {} async f() { await this.users.save({}); await this.posts.save({}); } }', others))).toEqual(["write after 1", "write after 1"]);
  });

  it("is none where the caller passes the connection", () => {
    const text = 'import { PrismaClient } from "@prisma/client"; async function save(db: PrismaClient, data) { await db.user.create({ data }); } const prisma = new PrismaClient(); async function f(data) { await save(prisma, data); }';
    const model = modelOf({ "src/a.ts": text });
    const save = summary({}, "save", "src/a.ts", model);
    expect(outer(save)).toEqual([]);
    expect(save.passed.map(({ parameter }) => parameter)).toEqual([0]);
    expect(outer(summary({}, "f", "src/a.ts", model))).toEqual(["write after 1"]);
  });

  it("depends on a handle that may be left out", () => {
    const text = `${knex}async function save(data, trx?) { await (trx ?? db)("a").insert(data); } async function inside(data) { await db.transaction(async (trx) => { await save(data, trx); }); } async function f(data, trx?) { await save(data, trx); } async function bare(data) { await save(data); }`;
    const model = modelOf({ "src/a.ts": text });
    const of = (name: string): string[] => outer(summary({}, name, "src/a.ts", model));
    expect(of("save")).toEqual(["write unless 1"]);
    expect(of("f")).toEqual(["write after 1 unless 1"]);
    expect(of("bare")).toEqual(["write after 1"]);
    expect(of("inside").filter((line) => line.startsWith("write"))).toEqual([]);
  });

  it("depends on a handle in the options", () => {
    const text = 'import { Model } from "sequelize"; class User extends Model {} async function save(data, transaction?) { await User.create(data, { transaction }); } async function f() { await User.create({}); }';
    const model = modelOf({ "src/a.ts": text });
    expect(outer(summary({}, "save", "src/a.ts", model))).toEqual(["write unless 1"]);
    expect(outer(summary({}, "f", "src/a.ts", model))).toEqual(["write"]);
  });

  it("is seen where a transaction is bypassed", () => {
    const text = `${prisma}async function f() { await prisma.$transaction(async (tx) => { await tx.user.create({ data: {} }); await prisma.post.create({ data: {} }); }); }`;
    const found = one(text);
    expect(outer(found)).toEqual(["transaction", "write"]);
    expect(found.transactions).toHaveLength(1);
  });

  it("is none in a batch", () => {
    expect(outer(one(`${prisma}async function f() { await prisma.$transaction([prisma.user.create({ data: {} }), prisma.post.create({ data: {} })]); }`))).toEqual(["transaction"]);
  });
});

describe("writes on one path", () => {
  it.each([
    ["one", "await prisma.a.create({});", ["sql 1"]],
    ["two in a row", "await prisma.a.create({}); await prisma.b.create({});", ["sql 2"]],
    ["branches exclude each other", "if (x) await prisma.a.create({}); else await prisma.b.create({});", ["sql 1"]],
    ["a branch that returns", "if (x) { await prisma.a.create({}); return; } await prisma.b.create({});", ["sql 1"]],
    ["a branch that goes on", "if (x) { await prisma.a.create({}); } await prisma.b.create({});", ["sql 2"]],
    ["cases exclude each other", "switch (x) { case 1: await prisma.a.create({}); break; default: await prisma.b.create({}); }", ["sql 1"]],
    ["a conditional", "await (x ? prisma.a.create({}) : prisma.b.create({}));", ["sql 1"]],
    ["a loop", "for (const y of x) await prisma.a.create({});", ["sql 2"]],
    ["a list in parallel", "await Promise.all(x.map((y) => prisma.a.create({})));", ["sql 2"]],
    ["parallel", "await Promise.all([prisma.a.create({}), prisma.b.create({})]);", ["sql 2"]],
    ["the handler is another path", "try { await prisma.a.create({}); } catch { await prisma.b.create({}); }", ["sql 1"]],
    ["a statement for many rows", "await prisma.a.createMany({ data: [] });", ["sql 1"]],
    ["a throw ends the path", "await prisma.a.create({}); if (x) { await prisma.b.create({}); throw new Error(); }", ["sql 1"]],
    ["reads are none", "await prisma.a.findMany();", []],
    ["inside a transaction", "await prisma.$transaction(async (tx) => { await tx.a.create({}); await tx.b.create({}); });", []],
    ["a promise chain", "return prisma.a.create({}).then(() => prisma.b.create({}));", ["sql 2"]],
  ])("%s", (_name, body, expected) => {
    expect(writes(one(`${prisma}async function f(x) { ${body} }`))).toEqual(expected);
  });

  it("count what is called", () => {
    expect(writes(one(`${prisma}async function g() { await prisma.a.create({}); } async function f() { await g(); await g(); }`))).toEqual(["sql 2"]);
    expect(writes(one(`${prisma}async function g() { await prisma.a.create({}); await prisma.b.create({}); } async function f() { await g(); }`))).toEqual(["sql 2"]);
    expect(writes(one(`${prisma}import Redis from "ioredis"; const redis = new Redis(); async function f() { await prisma.a.create({}); await redis.set("a", "b"); }`))).toEqual(["sql 1", "redis 1"]);
  });

  it("leave route handlers to themselves", () => {
    expect(writes(one(`${prisma}import express from "express"; function f() { const app = express(); app.post("/a", async (req, res) => { await prisma.a.create({}); await prisma.b.create({}); }); return app.get("/b", async () => { await prisma.a.create({}); }); }`))).toEqual([]);
  });
});

describe("what lies outside", () => {
  it("is told with the calls that lead there", () => {
    const text = 'import axios from "axios"; import { Queue } from "bullmq"; const queue = new Queue("q"); async function g() { await axios.post("/x"); } async function f() { await g(); await queue.add("a", {}); await fetch("/y"); }';
    expect(one(text).outside.map(({ kind, calls }) => `${kind} ${calls.length}`)).toEqual(["http 1", "queue 0", "http 0"]);
  });

  it("is made", () => {
    expect(one('import { Pool } from "pg"; function g() { return new Pool(); } function f() { return g(); }').effects.map(({ effect, calls }) => `${effect.makes} ${calls.length}`)).toEqual(["pool 1"]);
  });
});

describe("flows of parameters", () => {
  const flows = (found: FunctionSummary): string[] => found.flows.map(({ parameter, path, steps, to, calls }) => `${parameter}.${path.join(".")} ${steps.map(({ kind }) => kind).join("+")} -> ${to.kind === "sink" ? to.sink : to.kind}${calls.length > 0 ? ` after ${calls.length}` : ""}`);

  it("lead to statements and sinks", () => {
    expect(flows(one(`${prisma}async function f(req) { await prisma.user.create({ data: { ...req.body, email: req.body.email } }); await prisma.$queryRawUnsafe("SELECT " + req.query.id); }`))).toEqual(["0.body spread -> data", "0.body.email property -> data", "0.query.id text -> text"]);
    expect(flows(one('import { readFile } from "node:fs/promises"; async function f(name) { await readFile(`/tmp/${name}`); }'))).toEqual(["0. text -> path"]);
  });

  it("go through functions", () => {
    const text = `${prisma}async function save(data) { await prisma.user.create({ data }); } const clean = (x) => ({ name: x.name }); async function f(req) { await save(req.body); await save(clean(req.body)); }`;
    expect(flows(one(text))).toEqual(["0.body  -> data after 1", "0.body.name property -> data after 1"]);
  });

  it("tell a schema that strips from one that keeps", () => {
    const text = `${prisma}import { z } from "zod"; const S = z.object({ a: z.string() }); const L = S.passthrough(); async function f(req) { await prisma.user.create({ data: S.parse(req.body) }); await prisma.user.create({ data: L.parse(req.body) }); const r = S.safeParse(req.body); await prisma.user.create({ data: r.data }); }`;
    const found = one(text);
    expect(found.flows.map(({ steps }) => steps.map((step) => (step.kind === "parse" ? `parse ${step.unknownKeys}` : step.kind)).join("+"))).toEqual(["parse strip", "parse keep", "parse strip"]);
  });

  it("end where a value is converted or judged", () => {
    expect(flows(one(`${prisma}async function f(req) { await prisma.user.findMany({ take: Number(req.query.take), where: { ok: req.body.x === 1, has: req.body.y.includes("a") } }); }`))).toEqual([]);
  });

  it("keep what is picked and omitted", () => {
    const text = `${prisma}import { pick, omit } from "lodash"; async function f(req) { await prisma.user.create({ data: pick(req.body, ["a"]) }); await prisma.user.create({ data: omit(req.body, "a") }); }`;
    expect(one(text).flows.map(({ steps }) => steps.map((step) => (step.kind === "pick" || step.kind === "omit" ? `${step.kind} ${step.keys?.join(",")}` : step.kind)).join("+"))).toEqual(["pick a", "omit a"]);
  });
});

describe("circles and depth", () => {
  it("come to an end", () => {
    const text = `${prisma}async function f(n) { if (n) await g(n - 1); } async function g(n) { await prisma.a.create({}); await f(n); }`;
    const model = modelOf({ "src/a.ts": text });
    expect(outer(summary({}, "f", "src/a.ts", model)).length).toBeGreaterThan(0);
    expect(writes(summary({}, "g", "src/a.ts", model))).toEqual(["sql 2"]);
    expect(outer(one(`${prisma}async function f() { await f(); await prisma.a.create({}); }`))[0]).toBe("write");
  });

  it("count what they leave out", () => {
    const names = Array.from({ length: 9 }, (_, index) => `f${index}`);
    const chain = names.map((name, index) => `async function ${name}() { ${index === 8 ? "await prisma.a.create({});" : `await f${index + 1}();`} }`).join(" ");
    const found = summary({ "src/a.ts": `${prisma}${chain}` }, "f0");
    expect(found.outer).toEqual([]);
    expect(found.unknown).toBeGreaterThan(0);
    expect(one("async function f(x) { await x.unknown(); }").unknown).toBe(1);
  });

  it("are counted for the model where a bound cuts them, and nowhere else", () => {
    const cut = (text: string, ask: (model: ProjectModel) => unknown = (model) => [...model.values.index("src/a.ts").functions.keys()].map((node) => model.transactions.summaryOf("src/a.ts", node))): number => {
      const model = modelOf({ "src/a.ts": text, "package.json": '{ "dependencies": { "express": "*" } }' });
      ask(model);
      return model.cutFlows;
    };
    const chain = (length: number): string => Array.from({ length }, (_, index) => `async function f${index}() { ${index === length - 1 ? "await prisma.a.create({});" : `await f${index + 1}();`} }`).join(" ");
    expect(cut(`${prisma}${chain(5)}`)).toBe(0);
    expect(cut(`${prisma}${chain(9)}`)).toBeGreaterThan(0);
    const uses = (count: number): string => `${prisma}async function f() { ${Array.from({ length: count }, (_, index) => `await prisma.a${index}.count();`).join(" ")} }`;
    expect([cut(uses(30)), cut(uses(50))]).toEqual([0, 1]);
    // Callers of one function, and values that one can have.
    const callers = (count: number): string => `import express from "express"; const app = express(); function sink(x) { return x; } ${Array.from({ length: count }, (_, index) => `app.get("/v1/${index}", (req) => sink(req.query.a));`).join(" ")}`;
    const flows = (model: ProjectModel): unknown => model.values.index("src/a.ts").functions.size > 0 && [...model.values.index("src/a.ts").functions.keys()].slice(0, 1).map(({ body }) => body?.map((statement) => statement.kind === "return" && statement.value && model.requestData.flows("src/a.ts", statement.value)));
    expect([cut(callers(5), flows), cut(callers(70), flows)]).toEqual([0, 1]);
    const values = (count: number): string => `function f(${Array.from({ length: count }, (_, index) => `a${index}`).join(", ")}) { let all = ""; ${Array.from({ length: count }, (_, index) => `if (a${index}) all = a${index};`).join(" ")} return all; }`;
    expect([cut(values(10), flows), cut(values(40), flows)]).toEqual([0, 1]);
  });

  it("grow with the code, not faster", () => {
    const time = (size: number): number => {
      const text = `${prisma}${Array.from({ length: size }, (_, index) => `async function f${index}(x) { await prisma.a.create({ data: x }); ${index > 0 ? `await f${index - 1}(x); await f${Math.floor(index / 2)}(x);` : ""} }`).join("\n")}`;
      const model = modelOf({ "src/a.ts": text });
      const start = performance.now();
      for (const node of model.values.index("src/a.ts").functions.keys()) summariesOf(model).of("src/a.ts", node);
      return performance.now() - start;
    };
    time(100);
    const [small, large] = [time(100), time(800)];
    expect(large).toBeLessThan(Math.max(small, 5) * 24);
  });
});

describe("origins", () => {
  it("follow assignments, destructuring and properties", () => {
    const model = modelOf({ "src/a.ts": "function f(req) { let x = 1; if (req) x = req.a; const { b: [c] } = req; const o = { x, c }; probe(o.x, o.c, o.d); }" });
    const call = model.values.index("src/a.ts").calls.find(({ node }) => node.callee.kind === "name" && node.callee.name === "probe");
    expect(call?.node.arguments.map((argument) => originsOf(model).of("src/a.ts", argument).map(({ path }) => path.join(".")))).toEqual([["a"], ["b.[]"], []]);
  });
});
