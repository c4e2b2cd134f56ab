import { afterEach, describe, expect, it } from "vitest";
import rule from "../../../rules/testing/tested-modules.js";
import { checkRepo, repoMessages } from "../../repo/check-repo.js";
import { GitFolder, removeFolders, type Tree } from "../../repo/support.js";
import type { ProjectLiteral } from "../../support/model.js";
import { checkProject } from "../../support/project.js";

afterEach(removeFolders);

const name = "tested-modules";
const strict = async (files: ProjectLiteral): Promise<string[]> => (await checkProject(files, { rule: name, options: { report: "each" } })).map((line) => line.replace(` ${name}`, ""));

const service = "export class OrderService { constructor(private readonly orders: Orders) {} total(ids: string[]) { return ids.length * 2; } }\ninterface Orders { find(id: string): unknown }\n";
const domain = "export const priceOf = (count: number) => count * 100;\n";
const repository = 'import { Pool } from "pg";\nconst pool = new Pool();\nexport const findOrder = (id: string) => pool.query("select 1 where id = $1", [id]);\n';
const app = 'import express from "express";\nimport { OrderService } from "./services/order.service.js";\nimport { findOrder } from "./repositories/order.repository.js";\nexport const app = express();\napp.get("/v1/orders/:id", async (req, res) => { res.json(await findOrder(req.params.id)); });\napp.post("/v1/orders", (req, res) => { res.json(new OrderService({ find: findOrder }).total(req.body)); });\n';
const all: ProjectLiteral = { "src/services/order.service.ts": service, "src/domain/price.ts": domain, "src/repositories/order.repository.ts": repository, "src/app.ts": app };
const unitTests: ProjectLiteral = {
  "tests/order.service.test.ts": 'import { OrderService } from "../src/services/order.service.js";\nit("adds up", () => { expect(new OrderService({ find: () => 1 }).total([])).toBe(0); });\n',
  "tests/price.test.ts": 'import { priceOf } from "../src/domain/price.js";\nit("multiplies", () => { expect(priceOf(1)).toBe(100); });\n',
};
const requests = (...lines: readonly string[]): ProjectLiteral => ({ "tests/app.test.ts": `import request from "supertest";\nimport { app } from "../src/app.js";\nit("answers", async () => {\n${lines.join("\n")}\n});\n` });
const bothRoutes = requests('await request(app).get("/v1/orders/7");', 'await request(app).post("/v1/orders").send([]);');

describe("each module", () => {
  it("is silent where unit tests, integration tests and requests are there", async () => {
    expect(await strict({ ...all, ...unitTests, ...bothRoutes })).toEqual([]);
  });

  it("asks for no test of what only opens a connection, or of what generates code", async () => {
    const connection = 'import mongoose from "mongoose";\nmongoose.connect(process.env.DB ?? "").then(() => { start(); });\nconst db = mongoose.connection;\ndb.on("error", () => { stop(); });\nexport default db;\nfunction idle() {}\n'.replace("function idle() {}\n", "");
    expect(await strict({ ...all, ...unitTests, ...bothRoutes, "src/db/mongodb.ts": connection, "src/start.ts": 'import db from "./db/mongodb.js";\nexport const name = db.name;\n' })).toEqual([]);
    expect(await strict({ ...all, ...unitTests, ...bothRoutes, "generators/package.json": '{ "name": "generators", "dependencies": { "@nx/devkit": "21" } }', "generators/src/domain/generator.ts": "export const generate = (names: string[]) => names.map((one) => one.trim());" })).toEqual([]);
    expect(await strict({ ...all, ...unitTests, ...bothRoutes, "plop/generators/add-to-use-case.cjs": "module.exports = function (plop) { plop.setGenerator('a', { actions: () => [1].map((one) => one * 2) }); };" })).toEqual([]);
  });

  it("cannot tell which routes a browser asks for that is told to go somewhere and clicks", async () => {
    const browser = (code: string): ProjectLiteral => ({ "tests/pages.test.ts": `import { paths } from "./paths.js";\nit("shows orders", async () => { ${code} });\n`, "tests/paths.ts": 'import { path } from "static-path"; export const paths = { order: path("/v1/orders/:id") };' });
    expect(await strict({ ...all, ...unitTests, ...browser('cy.visit(paths.order({ id: "7" })); cy.contains("Pay").click();') })).toEqual(["src/repositories/order.repository.ts:2:1 repository"]);
    expect(await strict({ ...all, ...unitTests, ...browser('await page.goto(paths.order({ id: "7" }));') })).toHaveLength(1);
    expect(await strict({ ...all, ...unitTests, ...browser('visitors.visit(paths.order({ id: "7" }));') })).toHaveLength(3);
  });

  it("reports services and domain that tests reach through the application alone", async () => {
    expect(await strict({ ...all, ...bothRoutes })).toEqual(["src/domain/price.ts:1:1 unit", "src/services/order.service.ts:1:1 unit"]);
  });

  it("reports a repository that no test reaches, and routes that none requests", async () => {
    expect(await strict({ ...all, ...unitTests })).toEqual(["src/app.ts:5:1 route", "src/app.ts:6:1 route", "src/repositories/order.repository.ts:2:1 repository"]);
  });

  it("tells routes apart by method and path", async () => {
    expect(await strict({ ...all, ...unitTests, ...requests('await request(app).get("/v1/orders");', 'await request(app).post("/v1/orders");') })).toEqual(["src/app.ts:5:1 route"]);
  });

  it("does not count a module that a test puts a mock in place of", async () => {
    const mocked = { ...unitTests, "tests/order.service.test.ts": `vi.mock("../src/services/order.service.js");\n${unitTests["tests/order.service.test.ts"] ?? ""}` };
    expect(await strict({ ...all, ...mocked, ...bothRoutes })).toEqual(["src/services/order.service.ts:1:1 unit"]);
    const partly = { ...unitTests, "tests/order.service.test.ts": `vi.mock("../src/services/order.service.js", async (importOriginal) => ({ ...(await importOriginal()) }));\n${unitTests["tests/order.service.test.ts"] ?? ""}` };
    expect(await strict({ ...all, ...partly, ...bothRoutes })).toEqual([]);
  });

  it("does not count what a test of NestJS provides something else for", async () => {
    const nest = {
      "src/mail.service.ts": 'import { Injectable } from "@nestjs/common";\n@Injectable()\nexport class MailService { send(to: string) { return `to ${to}`; } }\n',
      "src/user.service.ts": 'import { Injectable } from "@nestjs/common";\nimport { MailService } from "./mail.service.js";\n@Injectable()\nexport class UserService { constructor(private readonly mail: MailService) {} add(name: string) { return this.mail.send(name); } }\n',
      "tsconfig.json": '{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true } }',
    };
    const test = (mail: string) => ({ "src/user.service.spec.ts": `import { Test } from "@nestjs/testing";\nimport { MailService } from "./mail.service.js";\nimport { UserService } from "./user.service.js";\nit("adds", async () => {\n  const module = await Test.createTestingModule({ providers: [UserService, ${mail}] }).compile();\n  expect(module.get(UserService).add("a")).toBe("to a");\n});\n` });
    expect(await strict({ ...nest, ...test("{ provide: MailService, useValue: { send: () => 1 } }") })).toEqual(["src/mail.service.ts:2:1 unit"]);
    expect(await strict({ ...nest, ...test("MailService") })).toEqual([]);
  });

  it("follows names through barrels to what declares them, and no further", async () => {
    const barrel = { "src/services/index.ts": 'export * from "./order.service.js";\nexport * from "./mail.service.js";\n', "src/services/mail.service.ts": "export class MailService { send(to: string) { return `to ${to}`; } }\n" };
    const test = { "tests/services.test.ts": 'import { OrderService } from "../src/services/index.js";\nit("adds up", () => { new OrderService({ find: () => 1 }); });\n' };
    expect(await strict({ "src/services/order.service.ts": service, ...barrel, ...test })).toEqual(["src/services/mail.service.ts:1:1 unit"]);
  });

  it("does not count imports of types", async () => {
    expect(await strict({ "src/domain/price.ts": domain, "tests/other.test.ts": 'import type { priceOf } from "../src/domain/price.js";\nit("a", () => { const f: typeof priceOf | undefined = undefined; expect(f).toBe(undefined); });\n' })).toEqual(["src/domain/price.ts:1:1 unit"]);
  });

  it("asks nothing of types, constants, errors without behaviour and accessors", async () => {
    expect(await strict({
      ...unitTests,
      "src/services/order.service.ts": service,
      "src/domain/price.ts": domain,
      "src/domain/order.ts": "export interface Order { id: string }\nexport const limits = { most: 10 };\n",
      "src/domain/user.ts": 'import { Field, ObjectType } from "@nestjs/graphql";\nimport { Role } from "./role.js";\n@ObjectType() export class User { @Field(() => [Role]) roles!: Role[]; @Field(() => String) name!: string; }\n',
      "src/repositories/schema.ts": 'import { index, pgTable, text } from "drizzle-orm/pg-core";\nexport const users = pgTable("users", { id: text("id").primaryKey() }, (table) => [index("users_id").on(table.id)]);\n',
      "src/usecases/make-orders.ts": 'import { OrderService } from "../services/order.service.js";\nimport { Orders } from "../other/orders.js";\nexport const makeOrders = () => {\n  const orders = new Orders(10);\n  return new OrderService(orders);\n};\n',
      "src/domain/errors.ts": "export class NotFound extends Error { constructor(id: string) { super(`no ${id}`); } get code() { return this.name; } }\n",
    })).toEqual([]);
  });

  it("is one finding where there is no test at all", async () => {
    expect(await checkProject(all, { rule: name, options: { report: "each" }, cliOnly: true })).toEqual([`src/services/order.service.ts:1:1 ${name} noTests`]);
  });
});

describe("requests", () => {
  const fastify = 'import Fastify from "fastify";\nexport const app = Fastify();\napp.get("/v1/users/:id", async () => ({}));\n';
  const hono = 'import { Hono } from "hono";\nexport const app = new Hono();\napp.get("/v1/users/:id", (c) => c.json({}));\n';
  const test = (body: string, head = ""): ProjectLiteral => ({ "tests/app.test.ts": `${head}import { app } from "../src/app.js";\nit("a", async () => { ${body} });\n` });

  it.each([
    ["inject with options", fastify, 'await app.inject({ method: "GET", url: "/v1/users/1" });', ""],
    ["a helper around inject", fastify, 'await app.injectWithLogin("admin", { method: "GET", url: "/v1/users/1" });', ""],
    ["inject with a path", fastify, 'await app.inject("/v1/users/1?full=1");', ""],
    ["a template", fastify, "await app.inject(`/v1/users/${id}`);", ""],
    ["a base that is not known", fastify, "await axios.get(`${base}/users/${id}`);", ""],
    ["a path in a constant", fastify, 'const path = "/v1/users/1"; await app.inject(path);', ""],
    ["app.request", hono, 'await app.request("/v1/users/1");', ""],
    ["a Request", hono, 'await app.fetch(new Request("http://localhost/v1/users/1"));', ""],
    ["a client with types, which cannot be told", hono, "await testClient(app).v1.users.$get();", 'import { testClient } from "hono/testing";\n'],
    ["a path that cannot be told", fastify, "await app.inject(pathOf(user));", ""],
  ])("count when made by %s", async (_, code, body, head) => {
    expect(await strict({ "src/app.ts": code, ...test(body, head) })).toEqual([]);
  });

  it.each([
    ["another path", fastify, 'await app.inject("/v1/teams/1");'],
    ["another method", fastify, 'await app.inject({ method: "DELETE", url: "/v1/users/1" });'],
    ["a longer path", fastify, 'await app.inject("/v1/users/1/posts");'],
    ["another method of app.request", hono, 'await app.request("/v1/users/1", { method: "POST" });'],
    ["a map", fastify, 'new Map().get("users");'],
  ])("do not count for %s", async (_, code, body) => {
    expect(await strict({ "src/app.ts": code, ...test(body) })).toEqual(["src/app.ts:3:1 route"]);
  });

  it("are not asked for health checks", async () => {
    expect(await strict({ "src/app.ts": fastify.replace("/v1/users/:id", "/health"), "tests/a.test.ts": 'it("a", () => { expect(1).toBe(1); });' })).toEqual([]);
  });

  it("may be calls of the handler's own file", async () => {
    const controller = 'import { Controller, Get } from "@nestjs/common";\n@Controller("v1/users")\nexport class UsersController {\n  @Get() list() { return [1].map(String); }\n}\n';
    expect(await strict({ "src/users.controller.ts": controller, "src/users.controller.spec.ts": 'import { UsersController } from "./users.controller.js";\nit("a", () => { expect(new UsersController().list()).toEqual(["1"]); });\n' })).toEqual([]);
  });
});

describe("sums", () => {
  const check = async (tree: Tree, since?: string) => {
    const repo = new GitFolder({ "package.json": '{ "name": "api", "private": true, "scripts": { "start": "node ." } }', ...tree });
    return checkRepo(rule, repo.root, since === undefined ? {} : { since });
  };

  it("are one finding for all that tests leave out, in the largest file", async () => {
    expect(await check({ ...all, "tests/a.test.ts": 'it("a", () => { expect(1).toBe(1); });' })).toEqual(["src/services/order.service.ts:1:1-1:126 sum"]);
    expect(await check({ ...all, ...unitTests, ...bothRoutes })).toEqual([]);
  });

  it("say how many", async () => {
    const repo = new GitFolder({ "package.json": "{}", ...all, ...unitTests, ...requests('await request(app).get("/v1/orders/7");') });
    expect(await repoMessages(rule, repo.root)).toEqual(["No test requests 1 of 2 routes (supertest on the application). Begin with this one, where most is not tested."]);
  });

  it("leave a few of many alone", async () => {
    const services = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`src/services/s${at}.service.ts`, `export const add = (a: number) => a + ${at};\n`]));
    const test = (count: number) => ({ "tests/all.test.ts": `${Array.from({ length: count }, (_, at) => `import * as s${at} from "../src/services/s${at}.service.js";`).join("\n")}\nit("adds", () => { expect([${Array.from({ length: count }, (_, at) => `s${at}.add(1)`).join(", ")}]).toHaveLength(${count}); });` });
    expect(await check({ ...services(9), ...test(7) })).toEqual([]);
    expect(await check({ ...services(9), ...test(6) })).toEqual(["src/services/s6.service.ts:1:1-1:41 sum"]);
    expect(await check({ ...services(60), ...test(49) })).toHaveLength(1);
  });

  it("say once that there is no test", async () => {
    expect(await check(all)).toEqual(["src/services/order.service.ts:1:1-1:126 noTests"]);
  });

  it("give way to the changed modules in a range", async () => {
    const repo = new GitFolder({ "package.json": "{}", ...all, "src/services/mail.service.ts": "export const send = (to: string) => `to ${to}`;\n", "tests/a.test.ts": 'it("a", () => { expect(1).toBe(1); });' });
    repo.commit("change", { "src/services/order.service.ts": `${service}export const one = () => 1 + 1;\n` });
    expect(await checkRepo(rule, repo.root, { since: "HEAD~1" })).toEqual(["src/services/order.service.ts:1:1-1:126 unit"]);
    repo.commit("test", unitTests);
    expect(await checkRepo(rule, repo.root, { since: "HEAD~2" })).toEqual([]);
  });

  it("leave alone what a formatter changed, and routes that a change does not touch", async () => {
    const app = (limit: number, comma = "") => `import express from "express";\nconst app = express();\napp.get("/v1/a", (req, res) => {\n  res.json([${limit}]${comma});\n});\napp.get("/v1/b", (req, res) => {\n  res.json([]);\n});\nexport { app };\n`;
    const repo = new GitFolder({ "package.json": "{}", "src/app.ts": app(1), "src/services/order.service.ts": "export const add = (a: number, b: number) => Math.max(a, b);\n", "tests/a.test.ts": 'it("a", () => { expect(1).toBe(1); });' });
    repo.commit("style: format", { "src/app.ts": app(1, ","), "src/services/order.service.ts": "export const add = (a: number, b: number) =>\n  Math.max(\n    a,\n    b,\n  )\n" });
    expect(await checkRepo(rule, repo.root, { since: "HEAD~1" })).toEqual([]);
    repo.commit("feat: more", { "src/app.ts": app(2) });
    expect(await checkRepo(rule, repo.root, { since: "HEAD~1" })).toEqual(["src/app.ts:3:1-5:3 route"]);
  });

  it("follow the coverage that is committed", async () => {
    const test = { "tests/order.service.test.ts": unitTests["tests/order.service.test.ts"] };
    const lcov = (file: string, hit: number) => `TN:\nSF:${file}\nFNF:2\nFNH:${hit}\nend_of_record\n`;
    const modules = { "src/services/order.service.ts": service, "src/domain/price.ts": domain };
    expect(await check({ ...modules, ...test })).toEqual(["src/domain/price.ts:1:1-1:55 sum"]);
    expect(await check({ ...modules, ...test, "coverage/lcov.info": lcov("src/domain/price.ts", 1) })).toEqual([]);
    expect(await check({ ...modules, ...test, "coverage/lcov.info": lcov("src/domain/price.ts", 1) + lcov("src/services/order.service.ts", 0) })).toEqual(["src/services/order.service.ts:1:1-1:126 sum"]);
    expect(await check({ ...modules, ...test, "coverage/coverage-final.json": JSON.stringify({ "/build/src/domain/price.ts": { f: { 0: 3 } } }) })).toEqual([]);
    expect(await check({ ...modules, ...test, "coverage/coverage-final.json": "not JSON" })).toEqual(["src/domain/price.ts:1:1-1:55 sum"]);
  });
});

describe("what cannot be told, and what is none", () => {
  const meters = 'import type { Pool } from "pg";\nexport class MeterRepository { constructor(private readonly db: Pool) {} find(id: string) { return this.db.query("select 1 where id = $1", [id]); } }\n';

  it("is what a container makes of classes that a file of data names, if a test asks the container", async () => {
    const container = 'import { ContainerBuilder, YamlFileLoader } from "node-dependency-injection";\nexport const container = new ContainerBuilder();\nnew YamlFileLoader(container).load("./services.yaml");\n';
    const test = 'import { container } from "../src/container.js";\nit("finds", async () => { expect(await container.get("meters").find("1")).toBeTruthy(); });\n';
    const files = { "src/repositories/meter.repository.ts": meters, "src/container.ts": container };
    expect(await strict({ ...files, "tests/meters.test.ts": test })).toEqual([]);
    expect(await strict({ ...files, "tests/meters.test.ts": 'it("adds", () => { expect(1 + 1).toBe(2); });\n' })).toEqual(["src/repositories/meter.repository.ts:2:1 repository"]);
  });

  it("is what lies in a folder whose files a pattern names, if a test runs what loads it", async () => {
    const loader = 'import { globSync } from "glob";\nexport const load = () => globSync(`${import.meta.dirname}/stores/**/*.js`).map((path) => import(path));\n';
    const test = 'import { load } from "../src/load.js";\nit("loads", async () => { expect(await Promise.all(load())).toBeTruthy(); });\n';
    expect(await strict({ "src/stores/meter.repository.ts": meters, "src/load.ts": loader, "tests/load.test.ts": test })).toEqual([]);
    expect(await strict({ "src/other/meter.repository.ts": meters, "src/load.ts": loader, "tests/load.test.ts": test })).toEqual(["src/other/meter.repository.ts:2:1 repository"]);
  });

  it("are descriptions with functions in them, and a script beside the repositories that nothing loads", async () => {
    const test = { "tests/one.test.ts": 'it("adds", () => { expect(1 + 1).toBe(2); });\n' };
    const menu = 'import { z } from "zod";\nexport const Menu = z.object({ entries: z.lazy(() => z.array(Menu).max(9)) });\n';
    const input = 'import { Field, InputType } from "type-graphql";\n@InputType() class Place { @Field() name = ""; }\n@InputType() export class RenameInput { @Field(() => [Place].slice(0)) places: Place[] = []; }\n';
    const script = 'import { Pool } from "pg";\nexport const copyAll = (pool: Pool) => pool.query("insert into copies select * from meters");\n';
    expect(await strict({ ...test, "src/domain/menu.ts": menu, "src/services/dto/rename.input.ts": input, "src/database/copy-all.ts": script })).toEqual([]);
    expect(await strict({ ...test, "src/database/copy-all.ts": script, "src/app.ts": 'import { copyAll } from "./database/copy-all.js";\ncopyAll(undefined);\n' })).toEqual(["src/database/copy-all.ts:2:1 repository"]);
  });
});

it("counts the test that is called after a module and gets it from a container", async () => {
  const files = { "src/use-cases/rename-meter.ts": "export class RenameMeter { run(name: string) { return name.trim(); } }\n", "src/use-cases/drop-meter.ts": "export class DropMeter { run(name: string) { return name.trim(); } }\n", "src/container.ts": 'import { Container } from "inversify";\nimport { DropMeter } from "./use-cases/drop-meter.js";\nimport { RenameMeter } from "./use-cases/rename-meter.js";\nexport const container = new Container();\ncontainer.bind("rename").to(RenameMeter);\ncontainer.bind("drop").to(DropMeter);\n' };
  const test = 'import { container } from "../container.js";\nit("renames", () => { expect(container.get("rename").run(" a ")).toBe("a"); });\n';
  expect(await strict({ ...files, "src/use-cases/rename-meter.test.ts": test })).toEqual(["src/use-cases/drop-meter.ts:1:1 unit"]);
});
