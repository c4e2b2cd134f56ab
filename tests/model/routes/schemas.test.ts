import { expect, it } from "vitest";
import { modelOf } from "../../support/model.js";
import { routeLines } from "../../support/route-lines.js";

const data = { "src/data.ts": "export const find = async (key: unknown): Promise<any> => database.read(key);" };
const head = 'import { z } from "zod"; import { find } from "./data"; const User = z.object({ name: z.string() });';

it("reads what a handler of H3 takes from its event, and what checks it", () => {
  const files = {
    ...data,
    "src/app.ts": `${head} import { createRouter, createApp, eventHandler, getQuery, getRouterParam, getValidatedQuery, readBody, readValidatedBody } from "h3";
const router = createRouter(); createApp().use(router.handler);
router.post("/a", eventHandler(async (event) => find(await readBody(event))));
router.post("/b", eventHandler(async (event) => { const body = await readBody<User>(event); await find(body); }));
router.post("/c", eventHandler(async (event) => { const body = User.parse(await readBody(event)); await find(body); }));
router.post("/d", eventHandler(async (event) => { const body = await readValidatedBody(event, User.parse); await find(body); }));
router.post("/e", eventHandler(async (event) => { const { data } = await readValidatedBody(event, (body) => User.safeParse(body)); await find(data); }));
router.post("/f", eventHandler(async (event) => { const body = await readValidatedBody(event, z.any().parse); await find(body); }));
router.get("/g", eventHandler(async (event) => { await find(getQuery(event)); }));
router.get("/h", eventHandler(async (event) => { await find(await getValidatedQuery(event, User.parse)); }));
router.get("/i/:id", eventHandler(async (event) => { await find(getRouterParam(event, "id")); }));
router.get("/j/:id", eventHandler(async (event) => { await find(event.context.params.id); }));`,
    "server/api/notes.put.ts": "export default defineEventHandler(async (event) => { await save(await readBody(event)); });",
    "package.json": '{ "name": "app", "dependencies": { "nitropack": "2" } }',
  };
  expect(routeLines(files).map((line) => line.replace(/ response=\w+ \w+$/, ""))).toEqual([
    "POST /a body=none", "PUT /api/notes body=none", "POST /b body=type-only", "POST /c body=enforced", "POST /d body=enforced", "POST /e body=declared", "POST /f body=none",
    "GET /g query=none", "GET /h query=enforced", "GET /i/:id params=none", "GET /j/:id params=none",
  ]);
});

it("takes an answer that a schema let through for described, however it leaves", () => {
  const files = {
    ...data,
    "src/respond.ts": "export const json = (statusCode: number, body: unknown) => ({ statusCode, body: JSON.stringify(body) });\nexport const ok = (response, body) => response.status(200).json({ data: body });",
    "src/app.ts": `${head} import { Hono } from "hono"; import Fastify from "fastify"; import express from "express"; import { json, ok } from "./respond";
const hono = new Hono(); const fastify = Fastify(); const app = express();
hono.get("/held/hono", async (c) => c.json(User.parse(await find(1))));
hono.get("/held/list", async (c) => c.json((await find(1)).map((row) => User.parse(row))));
fastify.get("/held/return", async () => User.parse(await find(1)));
fastify.get("/held/name", async () => { const user = User.parse(await find(1)); return { user, at: "now" }; });
app.get("/held/helper", async (request, response) => { ok(response, User.parse(await find(1))); });
fastify.get("/held/envelope", async () => json(200, User.parse(await find(1))));
fastify.get("/held/converted", async () => { const user = User.parse(await find(1)); return toPublic(user, "en"); });
fastify.post("/open/part", async (request) => { const { name } = User.parse(request.body); await queue.send(name); return { token: sign(name) }; });
fastify.get("/open/mixed", async () => ({ user: User.parse(await find(1)), rest: await find(2) }));
fastify.get("/open/input", async (request) => find(User.parse(request.query)));
fastify.get("/open/loose", async () => z.any().parse(await find(1)));
app.get("/open/returned", async () => User.parse(await find(1)));`,
    "src/controllers.ts": `${head} import { Controller, Get, Module } from "@nestjs/common"; import { NestFactory } from "@nestjs/core"; import { Get as Read, JsonController } from "routing-controllers";
@Controller("held/nest") class Users { @Get() async one() { return User.parse(await find(1)); } }
@JsonController("/held/controller") export class Others { @Read() async one() { return User.parse(await find(1)); } }
@Module({ controllers: [Users] }) class App {}
NestFactory.create(App);`,
  };
  const kinds = modelOf(files).routes.routes.map(({ path, response }) => `${path} ${response.kind === "enforced"}`);
  expect(kinds).toEqual([
    "/held/controller true", "/held/converted true", "/held/envelope true", "/held/helper true", "/held/hono true", "/held/list true", "/held/name true", "/held/nest true", "/held/return true",
    "/open/input false", "/open/loose false", "/open/mixed false", "/open/part false", "/open/returned false",
  ]);
});

it("takes a schema that lets everything pass for none, and what is fetched by a value for no check of it", () => {
  const files = {
    ...data,
    "src/app.ts": `${head} import { Hono } from "hono"; import { zValidator } from "@hono/zod-validator"; import Fastify from "fastify"; import { Type } from "@sinclair/typebox"; import { os, type } from "@orpc/server"; import { RPCHandler } from "@orpc/server/node";
const hono = new Hono(); const fastify = Fastify();
hono.post("/any/hono", zValidator("json", z.unknown().optional()), async (c) => { await find(c.req.valid("json")); });
hono.post("/any/parsed", async (c) => { await find(z.any().parse(await c.req.json())); });
hono.post("/own/custom", async (c) => { await find(z.custom(isUser).parse(await c.req.json())); });
fastify.post("/any/fastify", { schema: { body: Type.Any() } }, async (request) => { await find(request.body); });
fastify.post("/own/fastify", { schema: { body: Type.Any() } }, async (request) => { await find(User.parse(request.body)); });
fastify.get("/any/fetched", async (request) => { const user = User.parse(await find(request.query)); await find(user.name); });
new RPCHandler({ any: os.input(type<{ name: string }>()).handler(({ input }) => find(input)), own: os.input(User).handler(({ input }) => find(input)), nothing: os.input(type<void>()).handler(() => find(1)) });`,
  };
  const kinds = modelOf(files).routes.routes.map(({ path, request }) => `${path} ${request.body.kind === "absent" ? request.query.kind : request.body.kind}`);
  expect(kinds).toEqual(["/any none", "/any/fastify none", "/any/fetched none", "/any/hono none", "/any/parsed none", "/nothing absent", "/own enforced", "/own/custom enforced", "/own/fastify enforced"]);
});

it("credits a wrapper with no check of what other handlers read that it is given", () => {
  const files = {
    "package.json": '{ "name": "app", "dependencies": { "next": "16" } }',
    "src/endpoint.ts": "export const endpoint = (handler) => async (request, context) => { try { return await handler(request, context); } catch (error) { return Response.json({ code: \"bad\" }, { status: 400 }); } };",
    "app/api/a/route.ts": `${head} import { endpoint } from "../../../src/endpoint"; export const POST = endpoint(async (request) => Response.json(User.parse(await request.json())));`,
    "app/api/b/[id]/route.ts": `${head} import { endpoint } from "../../../../src/endpoint"; export const GET = endpoint(async (request, { params }) => Response.json(User.parse(await params)));`,
  };
  const parts = modelOf(files).routes.routes.map(({ path, request }) => `${path} ${request.body.kind} ${request.params.kind}`);
  expect(parts).toEqual(["/api/a enforced absent", "/api/b/:id absent enforced"]);
});

it("shows limiters that stand before a server is handed over, or are plugins of it", () => {
  const files = {
    "src/controllers.ts": 'import express from "express"; import { rateLimit } from "express-rate-limit"; import { Get, JsonController, useExpressServer } from "routing-controllers"; @JsonController("/a") class Notes { @Get() list() {} } const app = express(); app.use(rateLimit({ limit: 5 })); useExpressServer(app, { controllers: [Notes] });',
    "src/hapi.ts": 'import Hapi from "@hapi/hapi"; import limit from "hapi-rate-limit"; const server = Hapi.server(); await server.register({ plugin: limit, options: {} }); server.route({ method: "GET", path: "/b", handler: () => 1 });',
  };
  expect(modelOf(files).routes.routes.map(({ path, steps }) => `${path} ${steps.map(({ role }) => role).join()}`)).toEqual(["/a rate-limit", "/b rate-limit"]);
});

it("lists no route where only a step of Express is registered for a path", () => {
  const files = {
    "src/app.ts": `import express from "express"; const app = express();
const load = (req, res, next) => { req.shop = shops.current; next(); };
app.get("/only", load);
app.get("/guarded", (req, res, next) => { if (!req.user) return res.status(401).end(); next(); });
app.get("/some", (req, res, next) => { if (req.query.all) return res.json(1); next(); });
app.get("/left", (req, res, next) => { res.locals.answer = 1; next(); });
app.get("/both", load); app.get("/both", (req, res) => { res.json(req.shop); });`,
  };
  expect(routeLines(files)).toEqual(["GET /both response=none inline", "GET /left response=none inline", "GET /some query=none response=none inline"]);
});

it("takes what only helps a wrapper to make its answer for no handler", () => {
  const files = {
    "src/proxy.ts": "export const proxy = (options) => async (req, res) => { const key = (req.headers.authorization ?? '').replace('Bearer ', ''); const extra = options.headers ? { ...options.headers(req) } : {}; res.json(await ask(key, req.body, extra)); };",
    "src/app.ts": 'import express from "express"; import { proxy } from "./proxy"; const app = express(); app.post("/ask", proxy({ headers: (req) => ({ title: req.headers.title }) })); app.post("/own", wrapped({ check: () => true })); function wrapped({ check }) { return (req, res) => { if (check(req)) res.json(req.body); }; }',
  };
  expect(modelOf(files).routes.routes.map(({ path, request }) => `${path} ${request.body.kind}`)).toEqual(["/ask none", "/own none"]);
});

it("takes no login that refuses a wrong password for a check of who calls", () => {
  const refuse = "if (!(await matches(req.body.password))) return res.status(401).end(); res.json(sign(req.body.email));";
  const files = {
    "src/app.ts": `import express from "express"; const app = express(); app.post("/login", async (req, res) => signIn(req, res)); const signIn = async (req, res) => { ${refuse} };
app.post("/sessions", async (req, res) => { ${refuse} }); app.post("/tokens", async (req, res) => { if (!req.user) return res.status(401).end(); res.json(made()); }); app.post("/password", async (req, res) => { ${refuse} });`,
  };
  expect(modelOf(files).routes.routes.map(({ path, steps }) => `${path} ${steps.map(({ role }) => role).join()}`)).toEqual(["/login ", "/password auth", "/sessions ", "/tokens auth"]);
});

it("takes what a wrapper makes of the errors behind it for no check of its own", () => {
  const files = {
    "src/legacy.ts": "export const extend = (req, res, next) => { res.throw = (status) => { res.status(401).end(); }; next(); };",
    "src/app.ts": `import Koa from "koa"; import Router from "@koa/router"; const router = new Router();
const catchErrors = async (ctx, next) => { try { await next(); } catch (error) { if (error.code === 211) ctx.throw(401, "out"); if (error instanceof Invalid) ctx.throw(400, "bad"); throw error; } };
const check = async (ctx, next) => { let user; try { user = await find(ctx.get("authorization")); } catch (error) { ctx.throw(401, "out"); } ctx.state.user = user; await next(); };
router.get("/open", catchErrors, (ctx) => { ctx.body = read(ctx.request.query); }); const verified = async (ctx, next) => { try { ctx.state.user = decode(ctx.get("authorization")); await next(); } catch (error) { ctx.throw(401, "out"); } };
router.get("/verified", verified, (ctx) => { ctx.body = []; }); router.get("/closed", catchErrors, check, (ctx) => { ctx.body = []; });
new Koa().use(router.routes());`,
  };
  expect(modelOf(files).routes.routes.map(({ path, steps, request }) => `${path} ${steps.map(({ role }) => role).join()} ${request.query.kind}`)).toEqual(["/closed context,auth absent", "/open context none", "/verified auth absent"]);
});

it("takes no request that a schema let through for an answer", () => {
  const files = { "src/app.ts": 'import express from "express"; import { z } from "zod"; const note = z.object({ text: z.string() }); const app = express(); app.post("/notes", async (req, res) => { req.body = note.parse(req.body); res.json({ id: await keep(req.body) }); }); app.post("/echo", (req, res) => { res.json(note.parse(req.body)); });' };
  expect(routeLines(files)).toEqual(["POST /echo body=enforced response=enforced inline", "POST /notes body=enforced response=none inline"]);
});

it("takes bytes for nothing that a schema describes", () => {
  const files = { "src/app.ts": 'import express from "express"; const app = express(); app.post("/pictures", async (req, res) => { res.json(await shrink(req.body as Buffer)); }); app.post("/notes", async (req, res) => { res.json(await keep(req.body as Note)); });' };
  expect(modelOf(files).routes.routes.map(({ path, request }) => `${path} ${request.body.kind}`)).toEqual(["/notes type-only", "/pictures absent"]);
});

it("follows the request of Hono into a helper that is handed it without its context", () => {
  const files = {
    "src/body.ts": "export async function bodyOf(request, schema) { const data = request.header('content-type') ? await request.json() : await request.parseBody(); return schema.safeParse(data); }",
    "src/app.ts": 'import { Hono } from "hono"; import { z } from "zod"; import { bodyOf } from "./body"; const note = z.object({ text: z.string() }); const app = new Hono(); app.post("/notes", async (c) => { const found = await bodyOf(c.req, note); return found.success ? c.json(found.data) : c.json({ code: "bad" }, 422); }); app.get("/notes", (c) => answer(c)); const answer = (c) => c.json([]); export default app;',
  };
  expect(routeLines(files).map((line) => line.replace(/ response=.*/, ""))).toEqual(["GET /notes", "POST /notes body=enforced"]);
});

it("takes what a function of the project checks by what it is given for checked", () => {
  const files = {
    "package.json": '{ "name": "app", "dependencies": { "next": "16", "zod": "4" } }',
    "src/read.ts": `${head} const judge = (schema, data) => { const result = schema.safeParse(data); return result.success ? { ok: true, data: result.data } : { ok: false }; };
export const readBody = async (request) => JSON.parse(await request.text());
export const check = async (contract, request, context) => { const body = contract.body ? judge(contract.body, await readBody(request)) : undefined; const params = judge(contract.params, await context.params); return { body, params }; };
export const keep = async (options, request) => { options.log(await request.json()); return options.name; };
export const route = ({ contract, make }) => async (request, context) => { const found = await check(contract, request, context); if (!found.body.ok) return new Response(null, { status: 400 }); return Response.json(await make(found.body.data, context)); };`,
    "src/contract.ts": `${head} export const contract = { body: User, params: User };`,
    "app/api/checked/[id]/route.ts": 'import { check } from "../../../../src/read"; import { contract } from "../../../../src/contract"; export const POST = async (request, { params }) => { const { body } = await check(contract, request, { params }); return Response.json(body); };',
    "app/api/handed/route.ts": 'import { readBody } from "../../../src/read"; import { contract } from "../../../src/contract"; export const POST = async (request) => { const raw = await readBody(request); return Response.json(contract.body.parse({ ...raw, at: 1 })); };',
    "app/api/kept/route.ts": 'import { keep } from "../../../src/read"; export const POST = async (request) => Response.json(await keep({ log: save, name: "x" }, request));',
    "app/api/made/route.ts": 'import { route } from "../../../src/read"; import { contract } from "../../../src/contract"; export const POST = route({ contract, make: async ({ body }, context) => find(body) });',
    "app/api/raw/route.ts": 'import { readBody } from "../../../src/read"; export const POST = async (request) => { const raw = await readBody(request); return Response.json(await find(raw)); };',
  };
  const parts = modelOf(files).routes.routes.map(({ path, request }) => `${path} ${request.body.kind} ${request.params.kind}`);
  expect(parts).toEqual(["/api/checked/:id enforced enforced", "/api/handed enforced absent", "/api/kept none absent", "/api/made enforced absent", "/api/raw none absent"]);
});

it("lets a handler put through what its framework does not enforce", () => {
  const files = {
    ...data,
    "src/app.ts": `${head} import Fastify from "fastify"; const app = Fastify();
app.post("/a", { schema: { body: User } }, async (request, reply) => { const read = User.safeParse(request.body); if (!read.success) return reply.code(400).send({}); return find(read.data); });
app.post("/b", { schema: { body: User } }, async (request) => find(request.body));
app.post("/c", { schema: { body: User } }, async (request) => { const read = User.safeParse(request.body); return find(read.data); });`,
  };
  expect(routeLines(files).map((line) => line.replace(/ response=.*$/, ""))).toEqual(["POST /a body=enforced", "POST /b body=declared", "POST /c body=declared"]);
});
