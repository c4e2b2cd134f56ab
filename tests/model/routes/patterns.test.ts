import { describe, expect, it } from "vitest";
import { modelOf, type ProjectLiteral } from "../../support/model.js";
import { routeLines, unresolvedLines } from "../../support/route-lines.js";
import { linesOf } from "./support.js";

const routesOf = (files: ProjectLiteral): string[] => linesOf(modelOf(files).routes.routes);
/** Each route with the names of the steps before its handler. */
const chainsOf = (files: ProjectLiteral): string[] => modelOf(files).routes.routes.map(({ method, path, steps }) => `${method} ${path}: ${steps.map(({ name }) => name).join(", ")}`);
const unresolvedOf = (files: ProjectLiteral): string[] => modelOf(files).routes.unresolved.map(({ file, reason }) => `${file}: ${reason}`);
const app = 'import express from "express"; export const app = express();';

describe("what registers routes", () => {
  it("lets middleware run before the router that the same call mounts", () => {
    const orders = `${app} const orders = express.Router(); orders.get("/", show); orders.post("/", audit, place); app.use("/orders", authenticate(key), limit, orders); app.get("/other", show);`;
    expect(chainsOf({ "src/app.ts": orders })).toEqual(["GET /orders: authenticate, limit", "POST /orders: authenticate, limit, audit", "GET /other: "]);
  });

  it("lets middleware run before the routers that the code beside it is handed by another file", () => {
    const routes = (path: string): string => `import express from "express"; export const router = express.Router(); router.post("${path}", show);`;
    const guarded = (mounts: string): string => `import express from "express"; export class Api { private api = express(); private routers: express.Router[]; constructor({ routers }: { routers: express.Router[] }) { this.routers = routers; this.api.get("/ping", show); this.api.use(requireUser); ${mounts} } }`;
    const handed = (mounts: string): string[] => chainsOf({ "src/api.ts": guarded(mounts), "src/v1.ts": routes("/v1/pods"), "src/v2.ts": routes("/v2/pods"), "src/main.ts": 'import { Api } from "./api"; import * as v1 from "./v1"; import * as v2 from "./v2"; export const api = new Api({ routers: [v1.router, v2.router] });' });
    expect(handed("for (const router of this.routers) { this.api.use(router); }")).toEqual(["GET /ping: ", "POST /v1/pods: requireUser", "POST /v2/pods: requireUser"]);
    expect(handed("for (const router of routers) { this.api.use(router); }")).toEqual(["GET /ping: ", "POST /v1/pods: requireUser", "POST /v2/pods: requireUser"]);
  });

  it("reads what is registered beside the events of Slack, in front of the receiver's router", () => {
    const files = { "src/app.ts": 'import bolt from "@slack/bolt"; const receiver = new bolt.ExpressReceiver({ signingSecret: secret }); export const web = receiver.app; web.use(requireKey); web.get("/api/clock/:id", show); receiver.router.post("/api/clock/:id", show); const app = new bolt.App({ receiver }); app.command("/clock", show);' };
    expect(chainsOf(files)).toEqual(["GET /api/clock/:id: requireKey", "POST /api/clock/:id: requireKey"]);
  });

  it("leaves open which version is meant where only the environment says so", () => {
    const files = {
      "src/config.ts": 'export const config = { prefix: process.env.API_PREFIX || "", apiVersion: process.env.API_VERSION || "", base: "/api" };',
      "src/app.ts": 'import Koa from "koa"; import Router from "koa-router"; import { config } from "./config"; const users = new Router({ prefix: `${config.prefix}${config.apiVersion}/users` }); users.get("/", show); const notes = new Router({ prefix: `${config.base}/notes` }); notes.get("/", show); new Koa().use(users.routes()).use(notes.routes());',
    };
    expect(routesOf(files)).toEqual(["GET /:unknown/users", "GET /api/notes"]);
  });

  it("takes a function that is handed back as it was given for that function, whatever type it has there", () => {
    const files = {
      "src/mark.ts": 'import type { RequestHandler } from "express"; export const mark = (handler: RequestHandler) => handler;',
      "src/guard.ts": 'import { mark } from "./mark"; export const signedIn = mark(async (req, res, next) => { try { await find(req); next(); } catch { res.status(401).end(); } }); export const noted = mark((req, res, next) => { req.at = Date.now(); next(); });',
      "src/app.ts": `${app} import * as guard from "./guard"; app.post("/v1/a", guard.signedIn, show); app.post("/v1/b", guard.noted, show);`,
    };
    expect(routeLines(files).map((line) => line.replace(/ body=.*/, ""))).toEqual(["POST /v1/a auth:guard.signedIn", "POST /v1/b"]);
  });

  it("leaves a step that compares a secret and turns nobody away for what it is, whatever settings it reads, and judges what is made of a function by its name", () => {
    const files = {
      "src/app.ts": `${app} import config from "config"; import _ from "lodash"; const isAdmin = (req, res, next) => { req.isAdmin = req.query.key === config.get("admin.key"); next(); }; const loginLimiter = _.partial(limit, store); app.post("/v1/a", isAdmin, show); app.post("/v1/login", loginLimiter("name"), show);`,
    };
    expect(routeLines(files).map((line) => line.replace(/ body=.*/, ""))).toEqual(["POST /v1/a", "POST /v1/login rate-limit:loginLimiter"]);
  });

  it("reads the decorated methods that a router of koa-swagger-decorator is given, each once, and says that an HttpApi of Effect is not read", () => {
    const files = {
      "src/auth.ts": "export const auth = (needed = true) => (target, property, descriptor) => { const run = descriptor.value; descriptor.value = function (ctx) { if (needed && !ctx.headers.authorization) ctx.throw(401); return run.call(this, ctx); }; return descriptor; };",
      "src/app.ts": 'import Koa from "koa"; import { SwaggerRouter } from "koa-swagger-decorator"; import Users from "./users"; import { Notes } from "./notes"; const open = new SwaggerRouter(); open.get("/users", Users.list); open.mapDir(__dirname); const own = new SwaggerRouter({ prefix: "/own" }); own.map(Notes); new Koa().use(open.routes()).use(own.routes());',
      "src/users.ts": 'import { auth } from "./auth"; import { middlewares, path, prefix, request } from "koa-swagger-decorator"; @prefix("/users") export default class Users { @request("get", "/") @auth(false) static async list(ctx) { ctx.body = []; } @request("delete", "/{id}") @path({ id: { type: "number" } }) @auth() @middlewares([requireUser]) static async remove(ctx) { ctx.body = await gone(ctx.params.id); } static helper() {} }',
      "src/notes.ts": 'import { routeConfig } from "koa-swagger-decorator/dist"; export class Notes {}',
      "src/api.ts": 'import { HttpApi, HttpApiGroup } from "@effect/platform"; export const api = HttpApi.make("shop").add(HttpApiGroup.make("orders"));',
    };
    expect(routeLines(files).map((line) => line.replace(/ response=.*/, ""))).toEqual(["GET /users", "DELETE /users/:id auth:auth auth:requireUser params=enforced"]);
    expect(unresolvedOf(files)).toEqual(["src/api.ts: the endpoints of this HttpApi of Effect are not read; its routes, and what guards them, are not listed"]);
  });

  it("leaves a step out where its exceptions say so, at the beginning of a path or anywhere in it", () => {
    const files = {
      "src/app.ts": 'import Koa from "koa"; import Router from "koa-router"; import jwt from "koa-jwt"; const router = new Router({ prefix: "/api" }); router.post("/login", show); router.get("/files/download/:id", show); router.get("/downloads", show); router.get("/notes/api/login", show); router.get("/notes", show); new Koa().use(jwt({ secret: key }).unless({ path: [/^\\/api\\/login/, /\\/download/] })).use(router.routes());',
    };
    expect(routeLines(files).map((line) => line.replace(/ body=.*/, ""))).toEqual(["GET /api/downloads auth:jwt", "GET /api/files/download/:id public:jwt", "POST /api/login public:jwt", "GET /api/notes auth:jwt", "GET /api/notes/api/login auth:jwt"]);
  });

  it("lists each route that a function registers which is given definitions, also where another function hands those back, and leaves open what is chosen by them", () => {
    const files = {
      "src/register.ts": 'export const defineRoute = (route) => route; const stepsOf = (app, access) => { let preHandler; switch (access) { case "user": preHandler = app.authenticate; break; default: break; } return { preHandler }; }; const schemaOf = (route) => { const schema = {}; if (route.body) schema.body = route.body; return schema; }; export function register(app, route) { const { preHandler } = stepsOf(app, route.access); app.route({ method: route.method, url: route.url, schema: schemaOf(route), preHandler, handler: async (request, reply) => { return route.handler(request as never, reply); } }); }',
      "src/app.ts": 'import Fastify from "fastify"; import { defineRoute, register } from "./register"; const app = Fastify(); app.decorate("authenticate", async (request, reply) => { if (!request.headers.authorization) reply.code(401).send(); }); const list = defineRoute({ method: "GET", url: "/notes", access: "open", handler: async (request) => request.query }); register(app, list); register(app, defineRoute({ method: "POST", url: "/notes", access: "user", handler: async (request, reply) => { if (!request.body.secret) return reply.code(401).send(); return save(request.body); } })); app.get("/plain", { preHandler: app.authenticate }, async () => 1);',
    };
    const parts = "body=unknown query=unknown params=unknown headers=unknown response=none";
    expect(routeLines(files)).toEqual([`GET /notes unknown:preHandler unknown:route.handler ${parts} handler`, `POST /notes unknown:preHandler unknown:route.handler ${parts} handler`, "GET /plain auth:app.authenticate response=none inline"]);
  });

  it("lists what is registered through functions that another one gives back for a router, each on the router that it was called for", () => {
    const files = {
      "src/verbs.ts": 'const safely = (handler) => (req, res, next) => Promise.resolve(handler(req, res)).catch(next); export default function verbs(router, guard) { return { get: (path, handler) => router.get(path, guard, safely(handler)), post(path, handler) { router.post(path, guard, safely(handler)); } }; } export const removal = (router) => { const remove = (path, handler) => router.delete(path, safely(handler)); return { remove }; };',
      "src/orders.ts": 'import verbs, { removal } from "./verbs"; export function orders(router) { const { get, post: add } = verbs(router, signedIn); const { remove } = removal(router); get("/orders", list); add("/orders", place); remove("/orders/:id", drop); return router; }',
      "src/tags.ts": 'import verbs from "./verbs"; export function tags(router) { const on = verbs(router, anybody); on.get("/tags", list); return router; }',
      "src/app.ts": 'import express, { Router } from "express"; import { orders } from "./orders"; import { tags } from "./tags"; const app = express(); app.use("/v1", orders(Router())); app.use("/v2", tags(Router()));',
    };
    expect(chainsOf(files)).toEqual(["GET /v1/orders: signedIn", "POST /v1/orders: signedIn", "DELETE /v1/orders/:id: ", "GET /v2/tags: anybody"]);
    // A folder may have the mark in its name that parts a file from what it declares.
    const inFolder = Object.fromEntries(Object.entries(files).map(([file, text]) => [file.replace("src/", "src/#shop/"), text]));
    expect(chainsOf(inFolder)).toEqual(chainsOf(files));
    expect(chainsOf({ "src/#shop/app.ts": `${app} const made = (() => makeRouter())(); const { get } = made; get("/a", show); app.get("/b", show);` })).toEqual(["GET /b: "]);
  });

  it("reads routers that are put together as those of Koa are", () => {
    for (const name of ["@koa/router", "koa-router", "koa-tree-router"]) expect(routesOf({ "src/app.ts": `import * as Koa from "koa"; import * as Router from "${name}"; const router = new Router(); router.get("/notes/:id", show); router.post("/notes", add); new Koa().use(router.routes());` }), name).toEqual(["GET /notes/:id", "POST /notes"]);
  });

  it("finds the open paths among the options that a guard is made with, whatever type they have", () => {
    const files = (options: string): ProjectLiteral => ({
      "src/auth.ts": `interface Options { open: RegExp[]; logs?: boolean } const defaults: Options = { open: [/^\\/login/, /^\\/files/], logs: true }; export function auth(${options}) { const all = { ...defaults, ...options }; return async (ctx, next) => { if (all.open.some((path) => path.test(ctx.path))) { return next(); } if (!ctx.get("Authorization")) { ctx.status = 401; return; } await next(); }; }`,
      "src/app.ts": 'import Koa from "koa"; import Router from "@koa/router"; import { auth } from "./auth"; const router = new Router(); router.post("/files", add); router.post("/notes", add); new Koa().use(auth()).use(router.routes());',
    });
    for (const options of ["options: Partial<Options> = {}", "options = {}"]) expect(routeLines(files(options)).map((line) => line.replace(/ (body|response)=.*/, "")), options).toEqual(["POST /files public:auth", "POST /notes auth:auth"]);
  });

  it("takes what answers to errors of what runs behind it for no check, whatever is done before and after", () => {
    const koa = (body: string): string[] => routeLines({ "src/app.ts": `import Koa from "koa"; import Router from "@koa/router"; const router = new Router(); router.get("/a", (ctx) => { ctx.body = 1; }); new Koa().use(async (ctx, next) => { ${body} }).use(router.routes());` }).map((line) => line.replace(/ response=.*/, ""));
    const mapped = 'catch (error) { if (error.name === "UnauthorizedError") { ctx.status = 401; ctx.body = { code: "unauthorized" }; } else { ctx.status = 500; } }';
    expect(koa(`try { await next(); if (ctx.status === 404) ctx.body = { code: "nothing" }; } ${mapped}`)).toEqual(["GET /a"]);
    expect(koa(`try { const began = Date.now(); await next(); ctx.set("x-time", String(Date.now() - began)); } ${mapped}`)).toEqual(["GET /a"]);
    expect(koa("try { ctx.state.user = verify(ctx.headers.authorization); await next(); } catch (error) { ctx.status = 401; }")).toEqual(["GET /a auth:inline function"]);
  });

  it("says which modules of the project are not there, whose routes a file would mount", () => {
    const files = {
      "src/app.ts": 'import express from "express"; import { billing } from "./ee/billing"; import audit from "@acme/audit/routes"; const app = express(); app.get("/a", show); app.use("/billing", requireUser, billing); app.use("/plans", require("./ee/plans")); app.use("/audit", audit); if (process.env.EE) app.use("/teams", require("./ee/teams").router);',
    };
    expect(routesOf(files)).toEqual(["GET /a"]);
    expect(unresolvedOf(files)).toEqual(["./ee/billing", "./ee/plans", "./ee/teams"].map((name) => `src/app.ts: ${name}, which is mounted here, is no file of the project; its routes are not listed`));
  });

  it("lists methods that carry decorators of the project's own, without what mounts them", () => {
    const files = {
      "package.json": '{ "name": "app", "dependencies": { "koa": "3" } }',
      "src/http.ts": "import Koa from 'koa'; const all = []; export function Controller(...paths) { return (target) => { all.push([target, paths]); }; } const handler = (method, path) => (target, name) => { methods(target).push([method, path, name]); }; export const Get = (path) => handler('get', path); export const Put = (path) => handler('put', path); export const UseMiddlewares = (...steps) => (target, name) => { stepsOf(target).push([steps, name]); };",
      "src/groups.ts": 'import { Controller, Get, Put, UseMiddlewares } from "./http"; import { auth, admin } from "./guards"; @Controller("groups") @UseMiddlewares(auth) export class Groups { @Get() list() { return all(); } @Put(":id") @UseMiddlewares(admin) update() { return save(); } helper() {} }',
      "src/guards.ts": "export const auth = async (ctx, next) => { if (!ctx.state.user) ctx.throw(401); await next(); }; export const admin = async (ctx, next) => { if (!ctx.state.user.admin) ctx.throw(403); await next(); };",
      "src/client.ts": 'import { Get } from "./http"; export class Api { @Get("/remote") remote() {} }',
    };
    expect(modelOf(files).routes.routes.map(({ method, path, unmounted, steps }) => `${method} ${path} ${unmounted} ${steps.map(({ role }) => role).join()}`)).toEqual(["GET /groups true auth", "PUT /groups/:id true auth,authz"]);
    expect(unresolvedOf(files)).toEqual(["src/groups.ts: decorators of the project register the routes in src and elsewhere; they are listed without the prefix and the steps of what mounts them"]);
  });

  it("puts the prefix before routes that a class of the project gives itself, also one that is not known", () => {
    const files = {
      "src/router.ts": 'import Router from "koa-router"; export class SchemaRouter extends Router { constructor(schema) { super({ prefix: "/" + pathOf(schema) }); this.addAll(); } addAll() { this.get("/", list); } } export class NotesRouter extends Router { constructor(name) { super({ prefix: `/${name}` }); this.get("/", list); } }',
      "src/app.ts": 'import Koa from "koa"; import Router from "koa-router"; import { NotesRouter, SchemaRouter } from "./router"; import { Users } from "@acme/schemas"; const users = new SchemaRouter(Users); users.get("/extra", list); const notes = new NotesRouter("notes"); const api = new Router({ prefix: "/api" }); api.use(users.routes()); api.use(notes.routes()); new Koa().use(api.routes());',
    };
    expect(modelOf(files).routes.routes.map(({ path, confidence }) => `${path} ${confidence}`)).toEqual(["/api/:unknown partial", "/api/:unknown/extra partial", "/api/notes exact"]);
  });

  it("takes the plugin that fastify-cli starts for the application, and says which one it does not find", () => {
    const files = (started: string): ProjectLiteral => ({
      "package.json": `{ "name": "app", "scripts": { "start": "npm run build && fastify start -l info -x /api ${started}" }, "dependencies": { "fastify": "5", "fastify-cli": "7" } }`,
      "src/app.ts": 'import type { FastifyPluginAsync } from "fastify"; import users from "./users"; const app: FastifyPluginAsync = async (instance) => { instance.addHook("onRequest", requireUser); instance.register(users, { prefix: "/users" }); }; export default app;',
      "src/users.ts": 'import type { FastifyInstance } from "fastify"; export default async (instance: FastifyInstance) => { instance.get("/", list); };',
    });
    expect(chainsOf(files("dist/app.js"))).toEqual(["GET /api/users: requireUser"]);
    expect(modelOf(files("dist/app.js")).routes.applications.map(({ file, errorHandler }) => [file, errorHandler])).toEqual([["src/app.ts", false]]);
    expect(unresolvedOf(files("dist/server.js"))).toEqual(["package.json: fastify-cli starts dist/server.js, which is no file of the project", "src/app.ts: nothing registers this plugin; its routes are listed without a prefix"]);
  });

  it("reads what autoload finds below the folder of a file, as deep as it may, through its filters and with the prefix that a plugin hands on", () => {
    const files = {
      "package.json": '{ "dependencies": { "fastify": "5.0.0" } }',
      "app.js": 'import Fastify from "fastify"; import autoload from "@fastify/autoload"; import { join } from "desm"; const app = Fastify(); app.register(autoload, { dir: join(import.meta.url, "modules"), encapsulate: false, maxDepth: 1, options: { prefix: "/api" } }); app.register(autoload, { dir: join(import.meta.url, "more"), dirNameRoutePrefix: false, matchFilter: (path) => /\\.module\\.(js|ts)$/.test(path) }); app.register(autoload, { dir: join(import.meta.url, "rest"), ignorePattern: /^hidden/ });',
      "modules/notes/index.js": 'import fp from "fastify-plugin"; import autoload from "@fastify/autoload"; import { join } from "desm"; export default fp(async function notes(app, options) { app.register(autoload, { dir: join(import.meta.url, "routes"), options: { prefix: options.prefix } }); });',
      "modules/notes/routes/list.js": 'export default async (app) => { app.get("/list", async () => []); };',
      "modules/notes/routes/stats/days.js": 'export default async (app) => { app.get("/days", async () => []); };',
      "modules/tags/index.js": 'export default async (app, { prefix }) => { app.get("/tags", async () => []); };',
      "more/users/users.module.js": 'import routes from "./users.routes.js"; export default async (app) => { app.register(routes, { prefix: "/users" }); };',
      "more/users/users.routes.js": 'export default async (app) => { app.get("/:id", async () => ({})); app.get("/live", { websocket: true }, (socket) => { socket.send("now"); }); };',
      "rest/hidden.js": 'export default async (app) => { app.get("/hidden", async () => ({})); };',
      "rest/shown.js": 'export default async (app) => { app.get("/shown", async () => ({})); };',
    };
    expect(routesOf(files)).toEqual(["GET /api/notes/list", "GET /api/notes/stats/days", "GET /shown", "GET /tags", "GET /users/:id"]);
  });

  it("takes an application that a script makes of the same routes for none beside the one that serves them", () => {
    const routes = { "src/routes.ts": 'export default async (app) => { app.get("/notes", async () => []); };' };
    const make = (from: string): string => `import Fastify from "fastify"; import routes from "${from}/routes"; const app = Fastify(); app.register(routes);`;
    const files = { ...routes, "src/server.ts": make("."), "scripts/openapi.ts": make("../src") };
    expect(modelOf(files).routes.applications.map(({ file }) => file)).toEqual(["src/server.ts"]);
    expect(modelOf({ ...routes, "scripts/serve.ts": make("../src") }).routes.applications.map(({ file }) => file)).toEqual(["scripts/serve.ts"]);
  });

  it("mounts the routers of a list that the constructor of an application is given and hands to a method of its own", () => {
    const controller = (name: string): string => `import { Router } from "express"; export class ${name} { path = "/${name.toLowerCase()}"; router = Router(); constructor() { this.router.get(this.path, this.list); } list = async (request, response) => { response.send([]); }; }`;
    const files = {
      "src/notes.ts": controller("Notes"),
      "src/users.ts": controller("Users"),
      "src/app.ts": 'import express from "express"; interface Controller { router: express.Router } export class App { app; constructor(controllers: Controller[]) { this.app = express(); this.start(controllers); } private start(controllers: Controller[]) { controllers.forEach((one) => { this.app.use("/api", one.router); }); } }',
      "src/server.ts": 'import { App } from "./app"; import { Notes } from "./notes"; import { Users } from "./users"; new App([new Notes(), new Users()]);',
    };
    expect(routesOf(files)).toEqual(["GET /api/notes", "GET /api/users"]);
    expect(unresolvedOf(files)).toEqual([]);
  });

  it("takes apart lists of steps that a controller exports as a type of them", () => {
    const files = {
      "src/controller.ts": 'import { requireUser } from "./user"; const create = async (req, res) => { res.json({}); }; export const handleCreate = [requireUser, create] as Handler[];',
      "src/user.ts": "export const requireUser = (req, res, next) => { if (!req.user) return res.status(401).end(); next(); };",
      "src/app.ts": 'import express from "express"; import * as Controller from "./controller"; const app = express(); app.post("/users", Controller.handleCreate); app.listen(3000);',
    };
    expect(chainsOf(files)).toEqual(["POST /users: requireUser"]);
  });

  it("takes apart the list of steps that a method puts together of what its callers give, and reads the parts that an operation describes", () => {
    const files = {
      "src/controller.ts": `import { Router } from "express"; import { contentType } from "./steps"; export class Controller { app = Router();
        stepsOf(options) { const { middleware = [], accepts = [] } = options; return [contentType(...accepts), ...middleware]; }
        route(options) { this.app[options.method](options.path, this.stepsOf(options), options.handler.bind(this)); } }`,
      "src/steps.ts": "export const contentType = (...types) => (req, res, next) => { if (!types.includes(req.get(\"content-type\"))) return res.status(415).end(); next(); };",
      "src/documents.ts": 'import openapi from "@wesleytodd/openapi"; export class Documents { api = openapi("/docs", {}); validPath(operation) { if (operation.deprecated) return (req, res) => res.status(410).end(); return this.api.validPath({ ...operation }); } }',
      "src/users.ts": `import express from "express"; import { Controller } from "./controller"; import { Documents } from "./documents"; const documents = new Documents();
        class Users extends Controller { constructor() { super();
          this.route({ method: "post", path: "/users", handler: this.add, middleware: [documents.validPath({ requestBody: {}, responses: {} })] });
          this.route({ method: "get", path: "/users", handler: this.list, middleware: [documents.validPath({ parameters: [{ in: "query", name: "q" }], responses: {} })] });
          this.route({ method: "put", path: "/users", handler: this.add }); }
          async add(req, res) { res.json(await save(req.body, req.query)); } async list(req, res) { res.json(await find(req.query)); } }
        express().use(new Users().app);`,
    };
    expect(modelOf(files).routes.routes.map(({ method, steps, request }) => `${method} ${steps.map(({ name }) => name).join()} ${request.body.kind} ${request.query.kind}`)).toEqual(["GET contentType,documents.validPath absent enforced", "POST contentType,documents.validPath enforced none", "PUT contentType none none"]);
  });

  it("follows CommonJS modules that are called where they are required", () => {
    expect(
      routesOf({
        "app.js": "const express = require('express'); const app = express(); app.use('/a', require('./a')()); require('./b')(app);",
        "a.js": "const router = require('express').Router(); module.exports = function () { router.get('/one', show); return router; };",
        "b.js": "module.exports = (app) => { app.get('/b', show); };",
      }),
    ).toEqual(["GET /a/one", "GET /b"]);
  });

  it("tells apart the routers that one factory makes, and sees what @hono/zod-openapi is told of requests and responses", () => {
    const routes = modelOf({
      "src/app.ts": 'import { makeRouter } from "./router"; import { notes } from "./notes"; import { tokens } from "./tokens"; import { jwt } from "hono/jwt"; const app = makeRouter(); app.use("/notes/*", jwt({ secret })); app.route("/notes", notes()); app.route("/tokens", tokens);',
      "src/router.ts": 'import { OpenAPIHono } from "@hono/zod-openapi"; export const makeRouter = () => new OpenAPIHono({ defaultHook: reject });',
      "src/notes.ts": 'import { createRoute, z } from "@hono/zod-openapi"; import { makeRouter } from "./router"; const show = createRoute({ method: "get", path: "/{id}", request: { params: z.object({ id: z.uuid() }) }, responses: { 200: { description: "It.", content: {} } } }); export const notes = () => makeRouter().openapi(show, (c) => c.json(found(c.req.valid("param"))));',
      "src/tokens.ts": 'import { createRoute, z } from "@hono/zod-openapi"; import { rateLimiter } from "hono-rate-limiter"; import { makeRouter } from "./router"; const Token = z.object({}); const issue = createRoute({ method: "post", path: "/", middleware: [rateLimiter({ limit: 5 })] as const, responses: { 201: {} } }); export const tokens = makeRouter(); tokens.openapi(issue, (c) => c.json(Token.parse(made()), 201));',
    }).routes;
    expect(routes.unresolved).toEqual([]);
    expect(routes.routes.map(({ method, path, steps, request, response }) => [method, path, steps.map(({ role }) => role).join(), request.params.kind, response.kind].join(" "))).toEqual(["GET /notes/:id auth enforced declared", "POST /tokens rate-limit absent enforced"]);
    expect(routes.applications.map(({ file }) => file)).toEqual(["src/app.ts"]);
  });

  it("gives each caller of a factory its own path, and each element of a table its own method", () => {
    const crud = 'function crud(router, path, handler) { router.get(path, handler); router.post(`${path}/new`, handler); } crud(app, "/users", users); crud(app, "/posts", posts);';
    const table = 'const table = [["get", "/x"], ["put", "/y"]] as const; table.forEach(([method, path]) => app[method](path, show));';
    const named = 'Object.entries({ left: "/l", right: "/r" }).forEach(([name, path]) => { app.get(`${path}/${name}`, show); });';
    expect(routesOf({ "src/app.ts": `${app} ${crud} ${table} ${named}` })).toEqual(["GET /l/left", "GET /posts", "GET /r/right", "GET /users", "GET /x", "POST /posts/new", "POST /users/new", "PUT /y"]);
  });

  it("reads the objects of a table that a function makes, also one that a function gave back, with what each was given", () => {
    const files = {
      "package.json": '{ "name": "shop", "private": true, "workspaces": ["packages/*"] }',
      "packages/contracts/package.json": '{ "name": "contracts", "main": "dist/index.js" }',
      // Beside the sources lie scripts that hand on what is built from them.
      "packages/contracts/orders.js": 'module.exports = require("./dist/orders");',
      "packages/contracts/src/orders.ts": 'export const listOrders = { method: "get" as const, path: "/orders" }; export const placeOrder = { method: "post" as const, path: "/orders/:id", version: "v2" };',
      "packages/api/package.json": '{ "name": "api", "dependencies": { "contracts": "*", "express": "4" } }',
      "packages/api/src/endpoint.ts": 'export function endpoint(contract) { const { method, path, version } = contract; return (answer) => { const handler = async (req, res) => { res.json(await answer(req)); }; const route = { method, path, version, handler }; return route; }; }',
      "packages/api/src/orders.ts": 'import { listOrders, placeOrder } from "contracts/orders"; import { endpoint } from "./endpoint"; const list = endpoint(listOrders)(async () => []); const place = endpoint(placeOrder)(async (req) => req.params.id); export const orders = [list, place];',
      "packages/api/src/app.ts": `${app} import { orders } from "./orders"; const all = [...orders, { method: "delete", path: "/all", handler: (req, res) => res.end() }]; all.forEach((route) => { const version = route.version ?? "v1"; app[route.method](\`/\${version}\${route.path}\`, route.handler); });`,
    };
    expect(chainsOf(files)).toEqual(["DELETE /v1/all: ", "GET /v1/orders: ", "POST /v2/orders/:id: "]);
  });

  it("reads a helper that registers what its callers give in one list once for each of them, at their calls", () => {
    const helper = "const helpers = module.exports; helpers.page = function (...args) { const [router, name] = args; let steps = args.length > 3 ? args[args.length - 2] : []; const handler = args[args.length - 1]; steps = [audit, ...steps]; router.get(name, steps, helpers.attempt(handler)); router.get(`/api${name}`, steps, helpers.attempt(handler)); }; helpers.attempt = (handler) => async (request, response, next) => { try { await handler(request, response); } catch (error) { next(error); } };";
    const pages = Array.from({ length: 40 }, (_, index) => `page(app, "/page${index}", show);`).join(" ");
    const { routes, unresolved } = modelOf({
      "helpers.js": helper,
      "app.js": "const express = require('express'); const app = express(); const guards = require('./guards'); const controllers = require('./controllers'); const mounts = { admin: require('./admin') }; mounts.main = (router) => { const helpers = require('./helpers'); helpers.page(router, '/main', [guards.check], controllers.show); }; const router = express.Router(); mounts.main(router); for (const name of names()) mounts[name](router, name, controllers); app.use('/base', router);",
      "admin.js": "const helpers = require('./helpers'); module.exports = function (router, name, controllers) { helpers.page(router, `/${name}/users`, controllers.show); };",
      "many.js": `const { app } = require('./other'); const helpers = require('./helpers'); const { page } = helpers; const show = (request, response) => response.json(1); ${pages}`,
      "other.js": "exports.app = require('express')();",
      "guards.js": "exports.check = (request, response, next) => { if (!request.user) return response.status(401).end(); next(); };",
      "controllers.js": "exports.show = (request, response) => { response.json(1); };",
    }).routes;
    expect(unresolved).toEqual([]);
    expect(routes.filter(({ path }) => path.startsWith("/base")).map(({ method, path, file, handler, confidence, steps }) => [method, path, file, handler?.name, confidence, ...steps.map(({ name, role }) => `${name}:${role}`)].join(" "))).toEqual([
      "GET /base/:unknown/users admin.js show partial audit:unknown",
      "GET /base/api/:unknown/users admin.js show partial audit:unknown",
      "GET /base/api/main app.js show exact audit:unknown guards.check:auth",
      "GET /base/main app.js show exact audit:unknown guards.check:auth",
    ]);
    expect(routes).toHaveLength(84);
  });

  it("reads a method of a base class that registers what it is given once for each call, on the router of the class that calls it", () => {
    const base = 'import { type IRouter, Router } from "express"; export default class Controller { app: IRouter; constructor() { this.app = Router(); } attempt(handler) { return async (request, response) => { await handler(request, response); }; } route(options) { this.app[options.method](options.path, ...options.steps, this.attempt(options.handler.bind(this))); this.app.use(options.path, failed); } get(path, handler) { this.route({ method: "get", path, handler, steps: [] }); } patch(path, handler) { this.route({ method: "patch", path, handler, steps: [] }); } use(path, router) { this.app.use(path, router); } get router() { return this.app; } } const failed = (error, request, response, next) => { next(error); };';
    const users = 'import Controller from "./controller"; export class Users extends Controller { constructor() { super(); this.route({ method: "post", path: "", handler: this.create, steps: [authenticate] }); this.get("/:id", this.show); } async create(request, response) { response.json(1); } async show(request, response) { response.json(1); } }';
    const files = {
      "src/controller.ts": base,
      "src/users.ts": users,
      "src/index.ts": 'import Controller from "./controller"; import { Users } from "./users"; export class Index extends Controller { constructor() { super(); this.use("/users", new Users().router); } }',
      "src/app.ts": `${app} import { Index } from "./index"; app.use("/api", new Index().router);`,
    };
    const { routes, unresolved } = modelOf(files).routes;
    expect(unresolved).toEqual([]);
    expect(routes.map(({ method, path, file, handler, steps }) => [method, path, file, handler?.name, ...steps.map(({ name }) => name)].join(" "))).toEqual(["POST /api/users src/users.ts Users.create authenticate", "GET /api/users/:id src/users.ts Users.show"]);
  });

  it("calls the functions that an object of them holds, whoever runs through it", () => {
    const parts = { "src/a.js": "module.exports = (app) => { app.get('/a', (request, response) => response.end()); return (request, response, next) => next(); };", "src/b.js": "module.exports = (app) => { app.get('/b', (request, response) => response.end()); return (request, response, next) => next(); };" };
    const index = { "src/routes.js": "const a = require('./a'); const b = require('./b'); module.exports = { a, b };" };
    const head = "const express = require('express'); const _ = require('lodash'); const routes = require('./routes'); const app = express();";
    for (const loop of ["_.each(routes, (route, name) => { app.use('/', route(app)); });", "Object.values(routes).forEach((route) => route(app));", "for (const [name, route] of Object.entries(routes)) route(app);", "Object.entries(routes).forEach(([name, route]) => { route(app); });"])
      expect(routesOf({ ...parts, ...index, "src/app.js": `${head} ${loop}` }), loop).toEqual(["GET /a", "GET /b"]);
  });

  it("takes what a wrapper answers to errors of the handler for no check of its own", () => {
    const wrapper = "const caught = (run) => (request, response, next) => run(request, response, next).catch((error) => { if (error.name === 'ValidationError') return response.status(400).json({}); return response.status(500).json({}); });";
    const checking = "const checked = (run) => (request, response, next) => { if (!request.body.name) return response.status(400).json({}); return run(request, response, next); };";
    const { routes } = modelOf({ "src/app.ts": `${app} ${wrapper} ${checking} app.post("/a", caught(async (request, response) => { response.json({}); })); app.post("/b", checked(async (request, response) => { response.json({}); }));` }).routes;
    expect(routes.map(({ path, steps }) => `${path} ${steps.map(({ role }) => role).join()}`)).toEqual(["/a ", "/b validation"]);
  });

  it("takes a wrapper around a guard for the guard, and keeps a prefix that only its name tells as one that is not known", () => {
    const wrapper = "class Auth { check(request, response, next) { if (!request.user) return response.status(401).end(); next(); } ifNeeded(middleware) { return (request, response, next) => { if (this.isOpen(request)) return next(); middleware(request, response, next); }; } }";
    const { routes } = modelOf({ "src/app.ts": `${app} ${wrapper} const auth = new Auth(); const router = express.Router(); app.use(settings.basePath, router); const api = express.Router(); router.use("/v1", auth.ifNeeded(auth.check.bind(auth)), api); api.get("/notes", show);` }).routes;
    expect(routes.map(({ method, path, version, confidence, steps }) => [method, path, version?.value, confidence, ...steps.map(({ name, role }) => `${name}:${role}`)].join(" "))).toEqual(["GET /:unknown/v1/notes v1 partial auth.ifNeeded:auth"]);
  });

  it("reads loops inside loops over keys, each with what the outer one gives it", () => {
    const router = "const Router = require('@koa/router'); const { create } = require('./make'); const users = require('./users'); const router = Router(); let settings = { user: { prefix: '/user/', controller: users }, team: { prefix: '/team/', controller: users } }; let table = { user: [{ action: 'list', path: 'list', method: 'get' }, { action: 'add', path: 'add', method: 'post' }], team: [{ action: 'list', path: 'all', method: 'get' }] }; for (let name in table) { let actions = table[name]; actions.forEach(item => { let path = settings[name].prefix + item.path; create(router, '/api', settings[name].controller, item.action, path, item.method); }); } module.exports = router;";
    expect(
      routesOf({
        "app.js": "const Koa = require('koa'); const app = new Koa(); const router = require('./router'); app.use(router.routes());",
        "router.js": router,
        "make.js": "exports.create = (router, base, controller, action, path, method) => { router[method](base + path, async ctx => { const one = new controller(ctx); await one[action](ctx); }); };",
        "users.js": "module.exports = class { list(ctx) {} };",
      }),
    ).toEqual(["GET /api/team/all", "GET /api/user/list", "POST /api/user/add"]);
  });

  it("follows a router into the method of an object that is handed it, whatever other maps are called", () => {
    const auth = "class Auth { constructor(options) { this.options = options; } routes(router, cache) { router.post('/login', this.limit, (request, response) => response.end()); cache.get('/key', (value) => value); } limit(request, response, next) { if (request.tooMany) return response.status(429).end(); next(); } } module.exports = Auth;";
    expect(chainsOf({ "auth.js": auth, "app.js": "const express = require('express'); const Auth = require('./auth'); class Server { constructor() { this.auth = new Auth({}); } start() { const app = express(); const router = express.Router(); app.use('/base', router); this.auth.routes(router, new Map()); } } new Server().start();" })).toEqual(["POST /base/login: limit"]);
  });

  it("takes the type of another function's parameters for what callers hand over, and the calls of a helper in the order in which they stand", () => {
    const init = 'import Router from "@koa/router"; type Init<T> = (router: T, tenant: Tenant) => void; export type InitArguments<T> = Parameters<Init<T>>;';
    const users = 'import type Router from "@koa/router"; import type { InitArguments } from "./types"; export default function users<T extends Router>(...[router, { queries }]: InitArguments<T>) { router.get("/users", show); }';
    const koa = 'import Koa from "koa"; import Router from "@koa/router"; import users from "./users"; const made = (tenant) => { const managed = new Router(); managed.use(authenticate); users(managed, tenant); return [managed]; }; const app = new Koa(); for (const router of made(tenant)) app.use(router.routes());';
    expect(chainsOf({ "src/types.ts": init, "src/users.ts": users, "src/app.ts": koa })).toEqual(["GET /users: authenticate"]);
    expect(chainsOf({ "src/app.ts": `${app} function open(path, handler) { app.get(path, handler); } open("/first", show); app.use(authenticate); open("/second", show);` })).toEqual(["GET /first: ", "GET /second: authenticate"]);
  });

  it("works out the path that a method or function builds", () => {
    const base = 'export abstract class Base { pathOf(name: string, withId = true) { let path = "/" + name; withId ? (path += "/:id") : null; if (name.startsWith("admin")) return `/internal${path}`; return path; } }';
    const notes = 'import { Router } from "express"; import { Base } from "./base"; export class Notes extends Base { router = Router(); constructor(...guards: any[]) { super(); this.router.get(this.pathOf("show"), ...guards, show).post(this.pathOf("create", false), ...guards, create).delete(this.pathOf("admin"), drop).put(this.pathOf(named()), put); } }';
    const files = {
      "src/base.ts": base,
      "src/notes.ts": notes,
      "src/app.ts": `${app} import { Notes } from "./notes"; const guards = [authenticate, limit]; const versioned = (path: string, version = 2) => ["", "v" + version, path.replace(/^\\//, "")].filter(Boolean).join("/"); app.use("/notes", new Notes(...guards).router); app.get("/" + versioned("/users"), list); app.get(\`/\${versioned("teams", 3)}/all\`, list);`,
    };
    expect(chainsOf(files)).toEqual(["POST /notes/create: authenticate, limit", "DELETE /notes/internal/admin/:id: ", "GET /notes/show/:id: authenticate, limit", "GET /v2/users: ", "GET /v3/teams/all: "]);
    expect(unresolvedOf(files)).toEqual(["src/notes.ts: the path is not a constant"]);
  });

  it("follows what a function of a module that is loaded where it is called mounts", () => {
    const files = (load: string): ProjectLiteral => ({ "src/app.ts": `import express from "express"; const app = express(); async function start() { ${load} } start();`, "src/routes.ts": 'import { Router } from "express"; export const setup = (server, app) => { const [users, teams] = make(); app.use("/v1", users); app.use("/v1", teams); }; const make = () => { const users = Router(); users.get("/users", show); const teams = Router(); teams.get("/teams", show); return [users, teams]; };' });
    for (const load of ['const { setup: mount }: { setup: Setup } = await import("./routes"); mount({}, app);', 'const { setup } = await import("./routes"); setup({}, app);', 'const routes = await import("./routes"); routes.setup({}, app);']) expect(routesOf(files(load)), load).toEqual(["GET /v1/teams", "GET /v1/users"]);
    expect(routesOf(files('const { other } = await import("./routes"); other({}, app);'))).toEqual(["GET /teams", "GET /users"]);
  });

  it("mounts each module of a folder that a loop loads, below the path that is made of its name", () => {
    const module = (path: string): string => `const router = require("express").Router(); router.get("${path}", show); module.exports = router;`;
    const routers = { "routes/users.js": module("/:id"), "routes/teams.js": module("/"), "routes/index.js": "exports.limit = 5;", "routes/users.test.js": module("/test") };
    const start = 'const express = require("express"); const { readdirSync, readdir } = require("fs"); const path = require("path"); const app = express();';
    const loop = 'const folder = path.join(__dirname, "routes"); for (const file of readdirSync(folder).filter((name) => name.endsWith(".js") && name !== "index.js")) { const name = path.basename(file, ".js"); app.use(`/api/${name}`, guard, require(path.join(folder, file))); }';
    expect(chainsOf({ ...routers, "app.js": start + loop })).toEqual(["GET /api/teams: guard", "GET /api/users/:id: guard"]);
    const each = 'readdirSync("./routes").map((file) => app.use("/" + file.split(".")[0], require("./routes/" + file)));';
    expect(routesOf({ ...routers, "app.js": start + each })).toEqual(["GET /teams", "GET /users/:id"]);
    const chosen = (loop: string): string[] => routesOf({ ...routers, "routes/auth.js": module("/login"), "lib/names.js": 'exports.bare = (name) => { return name.split(".").slice(0, -1).join(".").toString(); };', "app.js": `${start} const { bare } = require("./lib/names"); app.use("/", require("./routes/auth")); readdirSync(__dirname + "/routes").${loop}` });
    expect(chosen('filter((file) => { const name = bare(file); return name !== "index" && name !== "users.test" && name !== "auth" ? app.use(`/${name}`, require(`./routes/${name}`)) : ""; });')).toEqual(["GET /login", "GET /teams", "GET /users/:id"]);
    expect(chosen('forEach((file) => { const name = bare(file); if (/^(index|auth)$/.test(name) || name.endsWith("test")) return; app.use(`/${name}`, require(`./routes/${name}`)); });')).toEqual(["GET /login", "GET /teams", "GET /users/:id"]);
    const ofKoa = 'const Router = require("@koa/router"); const fs = require("fs"); const all = new Router({ prefix: "/v1" }); let names = fs.readdirSync(__dirname).filter((name) => !__filename.includes(name)); names.forEach((name) => { let own = require(`./${name}`); all.use(own.routes(), own.allowedMethods()); }); module.exports = all;';
    const own = (name: string): string => `const Router = require("@koa/router"); const own = new Router({ prefix: "/${name}" }); own.get("/", show); module.exports = own;`;
    expect(routesOf({ "routes/index.js": ofKoa, "routes/users.js": own("users"), "routes/teams.js": own("teams"), "app.js": 'const Koa = require("koa"); const all = require("./routes"); new Koa().use(all.routes());' })).toEqual(["GET /v1/teams", "GET /v1/users"]);
    const built = 'import express from "express"; import { readdirSync } from "node:fs"; const app = express(); for (const file of readdirSync(import.meta.dirname + "/routes")) { if (!file.endsWith(".js")) continue; const { default: router } = await import(`./routes/${file}`); app.use("/" + file.replace(/\\.js$/, ""), router); }';
    expect(routesOf({ "src/main.ts": built, "src/routes/notes.ts": 'import { Router } from "express"; const router = Router(); router.get("/list", show); export default router;' })).toEqual(["GET /notes/list"]);
    expect(unresolvedOf({ ...routers, "app.js": `${start} for (const file of readdirSync(process.env.ROUTES)) app.use("/" + file, require(file));` })).toContain("app.js: which module is mounted here is made while it runs (a folder that is read, a list of names); the routes of such modules are listed without what this mount adds");
  });

  it("knows what a script exports that a function wraps, and takes another function for none", () => {
    const routes = (wrap: string, call: string): string => `${wrap} 'use strict'; module.exports = function (app) { app.get("/orders", show); }; ${call}`;
    const app = 'const express = require("express"); const app = express(); require("./routes")(app); app.listen(3000);';
    for (const [wrap, call] of [[";(function () {", "})();"], ["(() => {", "})();"]] as const) expect(chainsOf({ "src/app.js": app, "src/routes.js": routes(wrap, call) }), wrap).toEqual(["GET /orders: "]);
    expect(chainsOf({ "src/app.js": app, "src/routes.js": routes("function never() {", "}") })).toEqual([]);
  });

  it("reads options of a route that a function gives, where it gives them, and none that nobody gives", () => {
    const app = 'import Fastify from "fastify"; import { limited } from "./limited"; const app = Fastify(); const few = limited(5); app.post("/sessions", { schema, ...(few ?? {}) }, open); app.get("/orders", { ...(limited(9) ?? {}) }, list); app.get("/tags", { schema, ...other }, list);';
    const limited = "export function limited(max) { if (!on) return undefined; return { config: { rateLimit: { max } } }; }";
    expect(chainsOf({ "src/app.ts": app, "src/limited.ts": limited })).toEqual(["GET /orders: config.rateLimit", "POST /sessions: config.rateLimit", "GET /tags: "]);
  });

  it("takes a text behind the path for the name of the route, and no step", () => {
    expect(chainsOf({ "src/app.ts": 'import express from "express"; const app = express(); app.get("/orders/:id", "orders.show", requireUser, show); app.listen(3000);' })).toEqual(["GET /orders/:id: requireUser"]);
  });

  it("follows a chain of calls past what only sets something, and not past what gives something else", () => {
    const router = (name: string): string => `import { Router } from "express"; export const ${name} = Router(); ${name}.get("/:id", show);`;
    const express = 'import express from "express"; import { carts } from "./carts"; import { orders } from "./orders"; const app = express(); app.disable("x-powered-by").use("/carts", carts).set("json spaces", 2).use(requireUser).enable("etag").on("mount", note).use("/orders", orders); app.listen(3000).use("/late", orders);';
    expect(chainsOf({ "src/app.ts": express, "src/carts.ts": router("carts"), "src/orders.ts": router("orders") })).toEqual(["GET /carts/:id: ", "GET /orders/:id: requireUser"]);
    const plugin = (name: string): string => `export async function ${name}(app) { app.get("/:id", show); }`;
    const fastify = 'import Fastify from "fastify"; import { carts } from "./carts"; import { orders } from "./orders"; const app = Fastify(); app.decorateRequest("user", null).addSchema(shared).register(carts, { prefix: "/carts" }).addContentTypeParser("text/csv", parse).setReplySerializer(write).register(orders, { prefix: "/orders" });';
    expect(chainsOf({ "src/app.ts": fastify, "src/carts.ts": plugin("carts"), "src/orders.ts": plugin("orders") })).toEqual(["GET /carts/:id: ", "GET /orders/:id: "]);
    const koa = 'import Koa from "koa"; import Router from "@koa/router"; const router = new Router(); router.param("id", find).get("/orders/:id", show).prefix("/v1").post("/orders", add); new Koa().on("error", note).use(requireUser).use(router.routes()).listen(3000);';
    expect(chainsOf({ "src/app.ts": koa })).toEqual(["POST /v1/orders: requireUser", "GET /v1/orders/:id: requireUser"]);
  });

  it("gives what a method registers on the application that it is handed, in a chain of calls as well, what runs before its call", () => {
    const server = 'import express, { type Application } from "express"; import routes from "./routes"; class Server { private app: Application; constructor() { this.app = express(); } start() { this.app.get("/early", show); this.app.use(guard); routes.init(this.app, "/v1"); } } new Server().start();';
    const init = (type: string): string => `${type === "" ? "" : 'import { Application } from "express"; '}class Routes { init(app${type}, prefix) { app.get(prefix + "/a", show).post("/b", add).get("/c", show); app.delete("/d", drop); } } export default new Routes();`;
    for (const type of [": Application", ""]) expect(chainsOf({ "src/server.ts": server, "src/routes.ts": init(type) }), type).toEqual(["POST /b: guard", "GET /c: guard", "DELETE /d: guard", "GET /early: ", "GET /v1/a: guard"]);
  });

  it("registers for each caller what its own list names, with what is called by the names", () => {
    const crud = 'const makers = { list, add, remove }; module.exports = function crud(router, name, methods) { const chosen = methods && Array.isArray(methods) && methods[0] !== "*" ? methods : Object.keys(makers); chosen.forEach((method) => { makers[method](router, name); }); }; function list(router) { router.get("/", show); } function add(router) { router.post("/", show); } function remove(router) { router.delete("/:id", show); }';
    const file = (methods: string): string => `const router = require("express").Router(); const crud = require("./crud"); crud(router, "x"${methods}); module.exports = router;`;
    const files = { "crud.js": crud, "users.js": file(', ["list"]'), "teams.js": file(', ["*"]'), "notes.js": file(', ["add", "remove"]'), "none.js": file(", []"), "app.js": 'const app = require("express")(); app.use("/users", require("./users")); app.use("/teams", require("./teams")); app.use("/notes", require("./notes")); app.use("/none", require("./none"));' };
    expect(routesOf(files)).toEqual(["DELETE /notes/:id", "DELETE /teams/:id", "GET /teams", "GET /users", "POST /notes", "POST /teams"]);
  });

  it("registers each plugin of hapi that a list names, below its prefix, and lets a route switch the limiter of all off", () => {
    const files = {
      "lib/server.js": 'const Hapi = require("@hapi/hapi"); const register = require("./register"); module.exports = async (settings) => { const server = new Hapi.Server({}); await register(server, settings); return server; };',
      "lib/register.js": `async function defaults(server) { const plugins = ["hapi-rate-limit", "../plugins/status"].map((name) => require(name)); return plugins.map(async (plugin) => server.register({ plugin, routes: { prefix: "/v1" } })); }
async function resources(server, settings) { const names = ["orders"]; if (settings.reports) names.push("reports"); return names.map(async (name) => { await server.register({ plugin: require(\`../plugins/\${name}\`), options: settings[name] || {}, routes: { prefix: "/v1" } }); }); }
module.exports = async function register(server, settings) { await defaults(server); await resources(server, settings); };`,
      "plugins/status.js": 'module.exports = { name: "status", async register(server) { server.route({ method: "GET", path: "/status", options: { plugins: { "hapi-rate-limit": { enabled: false } }, handler: () => "ok" } }); } };',
      "plugins/orders/index.js": 'const list = require("./list"); module.exports = { name: "orders", async register(server, options) { server.route(byKind(options).concat([list()])); } }; function byKind(options) { return Object.keys(options.kinds).map((kind) => ({ method: ["GET"], path: `/orders/of/${kind}`, options: { auth: null, handler: () => [] } })); }',
      "plugins/orders/list.js": 'module.exports = () => ({ method: "GET", path: "/orders", options: { auth: { strategies: ["token"] }, handler: () => [] } });',
      "plugins/reports.js": 'module.exports = { name: "reports", async register(server) { server.route({ method: "GET", path: "/reports", handler: () => [] }); } };',
    };
    const limited = "rate-limit:hapi-rate-limit";
    expect(routeLines(files).map((line) => line.replace(/ response=.*/, ""))).toEqual([`GET /v1/orders ${limited} auth:auth`, `GET /v1/orders/of/:unknown ${limited}`, `GET /v1/reports ${limited}`, "GET /v1/status"]);
    expect(unresolvedOf(files)).toEqual([]);
  });

  it("takes the application back from what makes sockets of it, and a handler of Hono without a path for that of the root", () => {
    const sockets = 'import express from "express"; import sockets from "express-ws"; const { app } = { app: sockets(express()).app }; app.get("/a", show);';
    expect(routesOf({ "src/app.ts": sockets })).toEqual(["GET /a"]);
    const hono = 'import { Hono } from "hono"; const page = new Hono(); page.get(async (c) => c.text("")); page.get("/tags", async (c) => c.text("")).post(async (c) => c.text("")); const app = new Hono(); app.route("/pages", page); export default app;';
    expect(routesOf({ "src/app.ts": hono })).toEqual(["GET /pages", "GET /pages/tags", "POST /pages/tags"]);
  });

  it("follows routers through packages that give them back with errors of handlers caught, also where a factory makes one for each file", () => {
    const files = {
      "src/router.ts": 'const caught = require("async-express-decorator"); import { Router, RouterOptions } from "express"; export function caughtRouter(options?: RouterOptions): Router { return caught(Router(options)); }',
      "src/plans.ts": 'import { caughtRouter } from "./router"; const router = caughtRouter(); router.get("/", list); export default router;',
      "src/parts.ts": 'import { caughtRouter } from "./router"; const router = caughtRouter({ mergeParams: true }); router.post("/:id", change); export default router;',
      "src/app.ts": 'import express from "express"; import { caughtRouter } from "./router"; import plans from "./plans"; import parts from "./parts"; const app = express(); const api = caughtRouter(); api.use("/plans", plans); api.use("/parts", parts); app.use("/api", api); app.listen(1);',
    };
    expect(routesOf(files)).toEqual(["GET /api/plans", "POST /api/parts/:id"]);
    expect(routesOf({ "src/app.ts": 'import express from "express"; import { addAsync } from "@awaitjs/express"; const app = addAsync(express()); app.getAsync("/tags", list); app.post("/tags", add); app.listen(1);' })).toEqual(["GET /tags", "POST /tags"]);
    expect(routesOf({ "src/app.ts": 'import express from "express"; import { AsyncRouter } from "express-async-router"; const app = express(); const router = AsyncRouter(); router.delete("/tags/:id", drop); app.use(router); app.listen(1);' })).toEqual(["DELETE /tags/:id"]);
    // What another package makes of an application answers to nobody's methods.
    expect(routesOf({ "src/app.ts": 'import express from "express"; import { measured } from "measures"; const app = express(); const meter = measured(app); meter.get("/tags", list);' })).toEqual([]);
  });

  it("lists what a class registers on an instance of Elysia that a container hands it, and what others register once", () => {
    const files = {
      "src/plans.controller.ts": 'import Elysia from "elysia"; export class PlansController { register(app: Elysia) { app.get("/plans/:id", ({ params }) => params.id).group("/parts", (parts) => parts.post("/", ({ body }) => body)); } }',
      "src/module.ts": 'import type { Elysia } from "elysia"; import { container } from "tsyringe"; import { PlansController } from "./plans.controller"; export const routes = (app: Elysia) => { container.resolve<PlansController>("plans").register(app); };',
      "src/health.ts": 'import type { Elysia } from "elysia"; export const health = (app: Elysia) => app.get("/health", () => "ok");',
      "src/app.ts": 'import { Elysia } from "elysia"; import { health } from "./health"; export const app = new Elysia().use(health).listen(1);',
    };
    expect(routesOf(files)).toEqual(["GET /health", "GET /plans/:id", "POST /parts"]);
    expect(unresolvedOf(files)).toEqual([expect.stringContaining("which application this is given is not known")]);
  });

  it("takes the methods of what a container makes of a class or gives by its type for handlers, and nothing of an unknown token", () => {
    const handlers = (imports: string, asked: string): string[] =>
      modelOf({
        "src/container.ts": `${imports} export { container };`,
        "src/plans.ts": "export class Plans { list(req, res) { res.json([]); } }",
        "src/app.ts": `import express from "express"; import { container } from "./container"; import { Plans } from "./plans"; class Paths { router = express.Router(); constructor() { const plans = ${asked}; this.router.get("/plans", plans.list.bind(plans)); } } express().use(new Paths().router);`,
      }).routes.routes.map(({ handler }) => handler?.name ?? "?");
    expect(handlers('import { container } from "tsyringe";', "container.resolve(Plans)")).toEqual(["Plans.list"]);
    expect(handlers('import { Container as container } from "typedi";', "container.get(Plans)")).toEqual(["Plans.list"]);
    expect(handlers('import { Container } from "inversify"; const container = new Container();', 'container.get<Plans>("plans")')).toEqual(["Plans.list"]);
    expect(handlers('import { Container } from "inversify"; const container = new Container();', 'container.get("plans")')).toEqual(["?"]);
    expect(handlers("const container = { get: (one) => one };", '(container.get("plans") as any)')).toEqual(["?"]);
  });

  it("takes an application of Hono that files import and nobody uses for a router that nothing mounts, and others for what they are", () => {
    const own = (index: string): ProjectLiteral => ({
      "src/notes.ts": 'import { Hono } from "hono"; export const notes = new Hono(); notes.get("/notes", (c) => c.json([]));',
      "src/index.ts": `import { Hono } from "hono"; import { notes } from "./notes"; const app = new Hono().basePath("/v1"); app.get("/plans", (c) => c.json([])); ${index} export default app;`,
    });
    expect(routesOf(own('app.route("/", notes);'))).toEqual(["GET /v1/notes", "GET /v1/plans"]);
    expect(unresolvedOf(own(""))).toEqual(["src/notes.ts: nothing mounts this router; its routes are listed without a prefix"]);
    expect(unresolvedOf(own("serve(notes);"))).toEqual([]);
    expect(unresolvedOf({ "src/notes.ts": own("")["src/notes.ts"] ?? "", "src/index.ts": 'import { notes } from "./notes";' })).toEqual([]);
  });

  it("judges a bound method by its code, and takes a part that a factory checks by default for the one that is checked", () => {
    const app = (step: string, code: string): string[] => routeLines({ "src/app.ts": `import express from "express"; ${code} const app = express(); app.post("/plans", ${step}, (req, res) => { res.status(204).end(save(req.body, req.query)); });` });
    const guard = "class Guard { use(req, res, next) { if (!req.headers.authorization) { res.status(401).end(); return; } next(); } } const guard = new Guard();";
    expect(app("guard.use.bind(guard)", guard)).toEqual(["POST /plans auth:guard.use body=none query=none response=none inline"]);
    const check = 'const check = (schema, source = "body") => (req, res, next) => { const { error } = schema.validate(req[source]); if (error) { res.status(400).end(); return; } next(); };';
    expect(app("check(Plan)", check)).toEqual(["POST /plans validation:check body=enforced query=none response=none inline"]);
    expect(app('check(Plan, "query")', check)).toEqual(["POST /plans validation:check body=none query=enforced response=none inline"]);
  });

  it("takes what a package calls a handler of errors for none that keeps requests off", () => {
    const roles = (name: string): string[] => modelOf({ "src/app.ts": `import express from "express"; import { ${name} } from "@shop/common"; const app = express(); app.use(${name}); app.get("/plans", show);` }).routes.routes.flatMap(({ steps }) => steps.map(({ role }) => role));
    expect(roles("errorHandler")).toEqual(["context"]);
    expect(roles("plansHandler")).toEqual(["unknown"]);
  });

  it("says what is registered on a router whose giver was not found, once for each function", () => {
    const files = {
      "package.json": '{ "dependencies": { "express": "5" } }',
      "src/plans.js": 'module.exports = (plans) => (router) => { router.get("/", list); router.post("/:id", change); return router; };',
      "src/secured.js": 'const { Router } = require("express"); module.exports = () => (routes) => routes(Router());',
      "src/client.js": 'module.exports = (server) => server.post("/plans", { name: "a" });',
      "src/app.js": 'const express = require("express"); const app = express(); const secured = require("./secured")(); app.use("/plans", secured(require("./plans")(1))); app.get("/health", show);',
    };
    expect(routesOf(files)).toEqual(["GET /health"]);
    expect(unresolvedOf(files).filter((line) => line.includes("registration"))).toEqual(["src/plans.js: who gives this function its `router` was not found; 2 registrations on it are not listed"]);
  });

  it("says what is registered by definitions that were not found", () => {
    const files = (path: string): ProjectLiteral => ({
      "package.json": '{ "dependencies": { "koa": "2", "@koa/router": "12" } }',
      "src/routes.ts": `import { found } from "./found"; const add = (router, definition) => { const { method, path } = definition; router[method](${path}, ...definition.steps, definition.handler); }; export const register = async (app, Made) => { for (const definition of await found()) { const router = new Made(); add(router, definition); app.use(router.routes()); } };`,
      "src/app.ts": 'import Koa from "koa"; import Router from "@koa/router"; import { register } from "./routes"; class Own extends Router {} const app = new Koa(); register(app, Own);',
    });
    expect(unresolvedOf(files("path"))).toEqual(["src/routes.ts: what this registers on `router` is told by definitions that were not found; its routes, and what guards them, are not listed"]);
    expect(unresolvedOf(files('"add"'))).toEqual([]);
  });

  it("follows the one instance of a class that it keeps itself, also where nothing says its type", () => {
    const kept = (declared: string, once: string): ProjectLiteral => ({
      "src/server.js": `const express = require("express"); class Server { ${declared} static getInstance() { ${once} return Server.instance; } constructor() { this.app = express(); } } module.exports = { Server };`,
      "src/plans.js": 'const { Router } = require("express"); const router = Router(); router.get("/plans", list); module.exports = router;',
      "src/main.js": 'const { Server } = require("./server"); const server = Server.getInstance(); const app = server.app; app.get("/metrics", show); app.use("/api", require("./plans"));',
    });
    expect(routesOf(kept("static instance = null; app = undefined;", "if (Server.instance == null) { Server.instance = new Server(); }"))).toEqual(["GET /api/plans", "GET /metrics"]);
    expect(routesOf(kept("", "this.instance ??= new Server();"))).toEqual(["GET /api/plans", "GET /metrics"]);
  });

  it("reads what a route notes for a guard: that it is open", () => {
    const fastify = 'import Fastify from "fastify"; const app = Fastify(); app.addHook("onRequest", async (request, reply) => { if (!request.routeOptions.config.public && !request.headers.authorization) return reply.code(401).send({}); }); app.get("/a", { config: { public: true } }, show); app.get("/b", { config: { public: false } }, show);';
    expect(routeLines({ "src/app.ts": fastify }).map((line) => line.replace(/ body=.*/, ""))).toEqual(["GET /a auth:inline function public:public", "GET /b auth:inline function"]);
    const contract = {
      "src/contract.ts": 'import { initContract } from "@ts-rest/core"; const c = initContract(); const meta = (notes) => notes; export const contract = c.router({ a: { method: "GET", path: "/a", responses: {}, metadata: meta({ access: { isPublic: true } }) }, b: { method: "GET", path: "/b", responses: {}, metadata: meta({ access: { isPublic: false } }) } });',
      "src/app.ts": 'import express from "express"; import { createExpressEndpoints, initServer } from "@ts-rest/express"; import { contract } from "./contract"; const app = express(); const s = initServer(); createExpressEndpoints(contract, s.router(contract, { a: show, b: show }), app, { globalMiddleware: [authenticate()] }); function authenticate() { return (request, response, next) => { if (!allowed(request)) return response.status(401).end(); next(); }; }',
    };
    expect(routeLines(contract).map((line) => line.replace(/ response=.*/, ""))).toEqual(["GET /a auth:authenticate public:isPublic", "GET /b auth:authenticate"]);
  });

  it("keeps what a prefix is for sure where the rest of it is set while it runs", () => {
    const files = { "src/app.ts": 'import Fastify from "fastify"; const app = Fastify(); const prefix = process.env.BASE ? `/${process.env.BASE}` : ""; app.register(async (own) => { own.get("/a", show); }, { prefix: `${prefix}/api` });' };
    expect(routesOf(files)).toEqual(["GET /api/a"]);
  });

  it("gives each class the router that the class it extends makes, with what the base does with it", () => {
    const files = (wiring: string): ProjectLiteral => ({
      "src/app.ts": `${app} import { Users } from "./users"; import { Teams } from "./teams"; ${wiring}`,
      "src/base.ts": 'import { Router } from "express"; export abstract class Base { public router: Router; abstract path: string; constructor() { this.router = Router(); this.router.use(audit); this.routes(); } abstract routes(): void; }',
      "src/users.ts": 'import { Base } from "./base"; export class Users extends Base { path = "/people"; routes() { this.router.get("/:id", this.show); } show = (request, response) => response.json(1); }',
      "src/teams.ts": 'import { Base } from "./base"; export class Teams extends Base { path = "/groups"; routes() { this.router.post("/", this.create); } create = (request, response) => response.json(1); }',
    });
    expect(chainsOf(files('app.use("/users", new Users().router); app.use("/teams", new Teams().router);'))).toEqual(["POST /teams: audit", "GET /users/:id: audit"]);
    expect(routesOf(files("[new Users(), new Teams()].forEach((one) => app.use(one.path, one.router));"))).toEqual(["GET /people/:id", "POST /groups"]);
  });

  it("reads what an application that extends that of a package does with itself", () => {
    const koa = 'import Koa from "koa"; import Router from "@koa/router"; class App extends Koa { constructor() { super(); this.use(authenticate); this.mount(); } mount() { const router = new Router({ prefix: "/users" }); router.get("/:id", show); this.use(router.routes()); } } new App().listen(3000);';
    expect(chainsOf({ "src/app.ts": koa })).toEqual(["GET /users/:id: authenticate"]);
    const users = 'import { Hono } from "hono"; export class Users extends Hono { constructor() { super(); this.get("/:id", show); } secured(path, ...steps) { return this.post(path, authenticate, ...steps); } }';
    expect(chainsOf({ "src/app.ts": 'import { Hono } from "hono"; import { Users } from "./users"; const users = new Users(); users.secured("/new", create); const app = new Hono(); app.route("/users", users);', "src/users.ts": users })).toEqual(["GET /users/:id: ", "POST /users/new: authenticate"]);
  });

  it("keeps what a caller of a factory adds from its other callers, and gives all what the factory itself adds", () => {
    const factory = 'import { Hono } from "hono"; export function makeApp() { const app = new Hono(); app.use(audit); return app; }';
    const files = {
      "src/make.ts": factory,
      "src/app.ts": 'import { makeApp } from "./make"; import { notes } from "./notes"; export const app = makeApp(); app.use(limit); app.get("/", show); app.route("/notes", notes);',
      "src/notes.ts": 'import { makeApp } from "./make"; export const notes = makeApp(); notes.use(authenticate); notes.get("/:id", show);',
      "src/notesTestHelper.ts": 'import { makeApp } from "./make"; import { notes } from "./notes"; export const helped = makeApp().use(pretend).route("/other", notes);',
    };
    expect(chainsOf(files)).toEqual(["GET /: audit, limit", "GET /notes/:id: audit, limit, audit, authenticate"]);
  });

  it("takes what is registered first for a method and path, and goes on, for a step of what comes behind it", () => {
    const limit = "const limit = (c, next) => { if (tooMany(c)) return c.text(\"\", 429); return next(); };";
    expect(chainsOf({ "src/app.ts": `import { Hono } from "hono"; ${limit} const app = new Hono(); app.on("POST", "/notes", limit); app.get("/notes", show); app.post("/notes", check, create);` })).toEqual(["GET /notes: ", "POST /notes: limit, check"]);
  });

  it("judges a guard that a parameter has by default, and leaves code that never looks at the request out of what is checked", () => {
    const guard = 'import type { MiddlewareHandler } from "hono"; import { Hono } from "hono"; const byKey = async (c, next) => { if (!c.req.header("Authorization")) throw new UnauthorizedError(); await next(); };';
    const api = 'function makeApi(guard: MiddlewareHandler = byKey) { const api = new Hono(); api.use("*", guard); api.use("*", async (c, next) => { c.set("notes", makeNotes(c.env.DB)); return next(); }); api.get("/x", (c) => c.json(1)); return api; } const makeNotes = (db) => { if (!db) throw new BadRequestError("no store"); return db; };';
    const { routes } = modelOf({ "src/app.ts": `${guard} ${api} const app = new Hono(); app.route("/api", makeApi());` }).routes;
    expect(routes.map(({ path, steps, request }) => [path, steps.map(({ role }) => role).join(), request.body.kind].join(" "))).toEqual(["/api/x auth,context absent"]);
  });

  it("goes on with the application itself behind a mount in a chain of calls", () => {
    expect(routesOf({ "src/app.ts": 'import { Hono } from "hono"; const notes = new Hono().get("/", show); const app = new Hono().route("/notes", notes).post("/batch", check, run);' })).toEqual(["GET /notes", "POST /batch"]);
  });

  it("sees what a route handler of Next.js takes from the body and the query, and whether that is checked", () => {
    const open = 'import { z } from "zod"; const Page = z.object({ page: z.coerce.number() }); export async function POST(request: Request) { const { title } = await request.json(); return Response.json(title); } export async function GET(request: Request) { const { searchParams } = new URL(request.url); return Response.json(searchParams.get("page")); }';
    const checked = 'import { z } from "zod"; import type { NextRequest } from "next/server"; const Note = z.object({ title: z.string() }); export async function PUT(request: NextRequest) { let note; try { const json = await request.json(); note = Note.parse(json); } catch { return new Response(null, { status: 400 }); } return Response.json(note); } export async function GET(request: NextRequest) { return Response.json(Note.parse(Object.fromEntries(request.nextUrl.searchParams))); }';
    const { routes } = modelOf({ "app/api/open/route.ts": open, "app/api/checked/route.ts": checked, "package.json": '{ "dependencies": { "next": "16.0.0" } }' }).routes;
    expect(routes.map(({ method, path, request }) => `${method} ${path} ${request.body.kind} ${request.query.kind}`)).toEqual(["GET /api/checked absent enforced", "PUT /api/checked enforced absent", "GET /api/open absent none", "POST /api/open none absent"]);
  });

  it("sees what a route handler of Next.js takes from the parameters of its path, awaited or not", () => {
    const handlers = 'import { z } from "zod"; const Key = z.object({ id: z.uuid() }); export async function GET(request: Request, { params }: Context) { const { id } = await params; return Response.json(id); } export async function PUT(request: Request, context: Context) { const params = await context.params; const id = z.uuid().parse(params.id); return Response.json(id); } export async function DELETE(request: Request, { params }: Context) { return Response.json(Number((await params).id)); } export async function POST(request: Request, context: Context) { return Response.json(Key.parse(await context.params)); } export async function PATCH(request: Request, { params: { id } }: Old) { return Response.json(id); } export async function OPTIONS(request: Request) { return Response.json(request.url); }';
    const { routes } = modelOf({ "app/api/notes/[id]/route.ts": handlers, "package.json": '{ "dependencies": { "next": "16.0.0" } }' }).routes;
    expect(routes.map(({ method, request: { params } }) => `${method} ${params.kind} ${params.by ?? ""}`)).toEqual(["DELETE none converted", "GET none field", "OPTIONS absent ", "PATCH none field", "POST enforced a check in the handler", "PUT enforced checks in the handler"]);
  });

  it("reads the status of an error that answers by itself", () => {
    const handler = 'import { ApiError } from "@/errors"; export async function GET(request: Request) { const session = await current(); if (!session?.user) return new ApiError("unauthorized:notes").toResponse(); return Response.json([]); }';
    expect(routeLines({ "app/api/notes/route.ts": handler, "package.json": '{ "dependencies": { "next": "16.0.0" } }' })).toEqual(["GET /api/notes auth:GET response=none GET"]);
  });

  it("means the published package where an application has its name", () => {
    expect(routesOf({ "package.json": '{ "name": "express", "dependencies": { "express": "^5.0.0" } }', "src/index.ts": `${app} app.get("/here", show);` })).toEqual(["GET /here"]);
  });

  it("follows enums, constants of other files and JSON-like objects into paths", () => {
    expect(
      routesOf({
        "src/app.ts": `${app} import { Paths, base, routes } from "./paths.js"; app.get(Paths.Users, show); app.get(\`\${base}/x\`, show); app.get(routes.v1.root, show);`,
        "src/paths.ts": 'export enum Paths { Users = "/users" } export const base = "/base"; export const routes = { v1: { root: "/v1" } } as const;',
      }),
    ).toEqual(["GET /base/x", "GET /users", "GET /v1"]);
  });

  it("takes middleware that is written as a route for a step", () => {
    const guard = "function guard(request, response, next) { if (!request.user) return response.sendStatus(401); next(); }";
    expect(chainsOf({ "src/app.ts": `${app} ${guard} app.all("/admin/*rest", guard); app.get("/admin/users", show); app.get("/open", show);` })).toEqual(["GET /admin/users: guard", "GET /open: "]);
  });

  it("keeps the hooks of one application from the routes of another, and those of tests from all", () => {
    const hooked = 'import Fastify from "fastify"; import { addRoutes } from "../routes"; const app = Fastify(); app.addHook("onRequest", check); addRoutes(app);';
    expect(
      chainsOf({
        "apps/a/main.ts": `${hooked} app.get("/a", show);`.replace("../routes", "../../lib/routes"),
        "apps/b/main.ts": 'import Fastify from "fastify"; const app = Fastify(); app.get("/b", show);',
        "lib/routes.ts": 'import type { FastifyInstance } from "fastify"; export function addRoutes(app: FastifyInstance) { app.get("/shared", show); }',
        "tests/app.test.ts": hooked.replace("../routes", "../lib/routes").replace("check", "spy"),
      }),
    ).toEqual(["GET /a: check", "GET /b: ", "GET /shared: check"]);
  });

  it("sees no second router in what a parameter's type says beside its callers", () => {
    expect(
      routesOf({
        "src/app.ts": `${app} import { add } from "./add"; const router = express.Router(); add({ router }); app.use("/v1", router);`,
        "src/add.ts": 'import type { Router } from "express"; export function add({ router }: { router: Router }) { router.get("/x", show); }',
      }),
    ).toEqual(["GET /v1/x"]);
  });

  it("reads in each call of a function that makes definitions which route that call is for", () => {
    const { routes } = modelOf({
      "src/app.ts": 'import { OpenAPIHono } from "@hono/zod-openapi"; import { add, list } from "./definitions"; const app = new OpenAPIHono(); app.openapi(list, (c) => c.json([])); app.openapi(add, (c) => c.json({}));',
      "src/define.ts": 'import { createRoute } from "@hono/zod-openapi"; export const define = (option) => createRoute({ method: option.method, path: option.path, responses: { 200: { description: "Done." } } }); export function under(resource, method) { return createRoute({ method, path: `/v1/${resource}`, responses: {} }); }',
      "src/definitions.ts": 'import { define, under } from "./define"; export const list = define({ method: "get", path: "/v1/shelves" }); export const add = under("books", "post"); export const unused = define({ method: "delete", path: "/v1/shelves/{id}" });',
    }).routes;
    expect(routes.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(["GET /v1/shelves", "POST /v1/books"]);
  });

  it("finds the hooks and limits of a Fastify route in what is spread into its options", () => {
    const head = 'import Fastify from "fastify"; import jwt from "@fastify/jwt"; import rateLimit from "@fastify/rate-limit"; const app = Fastify(); await app.register(jwt, { secret }); await app.register(rateLimit, { global: false }); app.decorate("authenticate", async (request, reply) => { try { await request.jwtVerify(); } catch { return reply.code(401).send({ code: "UNKNOWN" }); } });';
    const { routes } = modelOf({
      "src/app.ts": `${head} const secured = { onRequest: [app.authenticate] }; const slow = { config: { rateLimit: { max: 5, timeWindow: "1 minute" } } }; const described = { schema: {} }; app.get("/kept", { ...secured, schema: {} }, show); app.post("/slow", { ...slow, ...described, handler: show }); app.get("/open", { ...described }, show);`,
    }).routes;
    expect(routes.map(({ path, steps }) => [path, ...steps.filter(({ origin }) => origin === "route").map(({ role }) => role)])).toEqual([["/kept", "auth"], ["/open"], ["/slow", "rate-limit"]]);
  });

  it("reads what a package makes of a function", () => {
    const guard = 'const one = defineEventHandler((event) => { if (getHeader(event, "authorization") !== process.env.KEY) throw createError({ statusCode: 401 }); });';
    const { routes } = modelOf({ "src/app.ts": `import { createApp, createRouter, createError, defineEventHandler, getHeader } from "h3"; const app = createApp(); const router = createRouter(); ${guard} app.use(one); app.use("/v1", router.handler); router.get("/x", defineEventHandler(() => 1));` }).routes;
    expect(routes.map(({ path, steps }) => [path, ...steps.map(({ role }) => role)])).toEqual([["/v1/x", "auth"]]);
  });
});

it("follows routers of a class of the project, with the methods that it adds", () => {
  const project = {
    "src/app.ts": `import Koa from "koa"; import mount from "koa-mount"; import { docs } from "./docs.js"; import api from "./api.js"; const app = new Koa(); app.use(mount("/api", api)); app.use(docs.routes()); app.listen(1);`,
    "src/api.ts": 'import Koa from "koa"; import Router from "koa-router"; import users from "./users.js"; const api = new Koa(); const router = new Router(); router.use("/", users.routes()); api.use(router.routes()); export default api;',
    "src/users.ts": 'import compose from "koa-compose"; import { AppRouter } from "./router.js"; const router = new AppRouter(); router.post("users.list", compose([limit(), check()]), async (ctx) => { ctx.body = []; }); router.secured("users.info", check(), async (ctx) => { ctx.body = {}; }).get("/users/me", (ctx) => {}); export default router; function limit() { return async (ctx, next) => next(); } function check() { return async (ctx, next) => next(); }',
    "src/docs.ts": 'import { AppRouter } from "./router.js"; export const docs = new AppRouter({ prefix: "/docs" }); docs.get("/:id", (ctx) => {});',
    "src/router.ts": 'import Router from "koa-router"; export class AppRouter extends Router { secured(path, ...steps) { return this.post(path, requireUser, ...steps); } } async function requireUser(ctx, next) { if (!ctx.state.user) ctx.throw(401); await next(); }',
  };
  expect(chainsOf(project)).toEqual(["POST /api/users.info: requireUser, check", "POST /api/users.list: limit, check", "GET /api/users/me: ", "GET /docs/:id: "]);
});

describe("CommonJS", () => {
  const express = 'const express = require("express"); const app = express(); ';
  const show = "(request, response) => response.json(1)";

  it("gives the application to each required function of a list", () => {
    expect(
      routesOf({
        "src/app.js": `${express} const first = [require("./a"), require("./b")]; first.forEach((add) => add(app)); for (const add of require("./more")) add(app);`,
        "src/a.js": `module.exports = function (app) { app.get("/a", ${show}); };`,
        "src/b.js": `const add = (app) => { app.route("/b").get(${show}); }; module.exports = add;`,
        "src/more.js": `module.exports = [(app) => { app.get("/c", ${show}); }, require("./d")];`,
        "src/d.js": `exports = module.exports = (app) => { app.get("/d", ${show}); };`,
      }),
    ).toEqual(["GET /a", "GET /b", "GET /c", "GET /d"]);
  });

  it("mounts the routers of an object under its keys", () => {
    const router = (at: string): string => `const router = module.exports = require("express").Router(); router.get("${at}", ${show});`;
    expect(routesOf({ "src/app.js": `${express} const all = { cats: require("./cats"), dogs: require("./dogs") }; Object.keys(all).forEach((name) => app.use("/" + name, all[name]));`, "src/cats.js": router("/meow"), "src/dogs.js": router("/bark") })).toEqual(["GET /cats/meow", "GET /dogs/bark"]);
  });

  it("knows a package by the name it is published under, whatever the manifest or the specifier calls it", () => {
    const code = (from: string): string => `import express from "${from}"; const app = express(); app.get("/plans", (req, res) => res.json([]));`;
    expect(routesOf({ "package.json": '{ "dependencies": { "express-next": "npm:express@^5.1.0" } }', "src/app.ts": code("express-next") })).toEqual(["GET /plans"]);
    expect(routesOf({ "src/app.ts": 'import { Hono } from "jsr:@hono/hono@4"; import { cors } from "npm:hono@4.6.3/cors"; export const app = new Hono(); app.use(cors()); app.get("/plans", (c) => c.json([]));' })).toEqual(["GET /plans"]);
    expect(routesOf({ "package.json": '{ "dependencies": { "express-next": "^5.1.0" } }', "src/app.ts": code("express-next") })).toEqual([]);
  });

  it("follows an application into a function of a module that is loaded where it is called", () => {
    const start = 'const express = require("express"); const app = express();';
    for (const routes of ['exports.configure = function configure(app) { app.get("/plans", list); };', 'module.exports = { configure(app) { app.get("/plans", list); } };', 'function configure(app) { app.get("/plans", list); }\nmodule.exports = { configure };'])
      expect(routesOf({ "src/app.js": `${start} require("./plans").configure(app);`, "src/plans.js": `const list = (req, res) => res.json([]);\n${routes}` })).toEqual(["GET /plans"]);
    expect(routesOf({ "src/app.js": 'import express from "express"; const app = express(); (await import("./plans.js")).default(app); (await import("./teams.js")).mount(app);', "src/plans.js": 'export default function (app) { app.get("/plans", (req, res) => res.json([])); }', "src/teams.js": 'export const mount = (app) => { app.get("/teams", (req, res) => res.json([])); };' })).toEqual(["GET /plans", "GET /teams"]);
    expect(routesOf({ "src/app.js": `${start} require("./plans").other(app);`, "src/plans.js": 'exports.other = (app) => app; exports.configure = (app) => { app.get("/plans", (req, res) => res.json([])); };' })).toEqual([]);
  });

  it("finds handlers and guards that a function made for new assigns", () => {
    const project = {
      "src/app.js": `${express} require("./routes")(app, {});`,
      "src/routes.js": 'const Session = require("./session"); const routes = (app, db) => { const session = new Session(db); const guard = session.requireUser; app.get("/mine", guard, session.show); app.get("/all", Session.prototype.list); }; module.exports = routes;',
      "src/session.js": 'function Session(db) { this.requireUser = (request, response, next) => { if (!request.session.userId) return response.redirect("/login"); next(); }; this.show = function (request, response) { response.json(request.query.page); }; } Session.prototype.list = (request, response) => response.json([]); module.exports = Session;',
    };
    expect(routeLines(project)).toEqual(["GET /all response=none list", "GET /mine auth:guard query=none response=none show"]);
  });
});

describe("what cannot be resolved", () => {
  it("is listed with the reason, and ends", () => {
    expect(unresolvedOf({ "src/app.ts": `${app} app.get(process.env.HIDDEN, (request, response) => response.end());` })).toEqual(["src/app.ts: the path is not a constant"]);
    const cycle = 'import { Router } from "express"; const a = Router(); const b = Router(); a.use("/b", b); b.use("/a", a); a.get("/x", show);';
    expect(unresolvedOf({ "src/app.ts": `${app} import { a } from "./cycle.js"; app.use(a);`, "src/cycle.ts": `${cycle} export { a };` })).toEqual(["src/cycle.ts: this router is mounted below itself"]);
    expect(unresolvedOf({ "src/router.ts": 'import { Router } from "express"; export const router = Router(); router.get("/x", show);' })).toEqual(["src/router.ts: nothing mounts this router; its routes are listed without a prefix"]);
  });

  it("comes to an end where two modules make the objects of a table of each other", () => {
    const files = {
      "src/make.ts": "export function make({ method, path, handler, next }) { return { method, path, handler, next }; }",
      "src/a.ts": 'import { make } from "./make"; import { b } from "./b"; export const a = make(b);',
      "src/b.ts": 'import { make } from "./make"; import { a } from "./a"; export const b = make(a);',
      "src/app.ts": `${app} import { a } from "./a"; import { b } from "./b"; [a, b].forEach((route) => { app[route.method](route.path ?? route.next, route.handler); });`,
    };
    expect(routesOf(files)).toEqual([]);
  });

  it("says so of a method that nothing tells, and of none that only looks like one", () => {
    expect(unresolvedOf({ "src/app.ts": `${app} app[process.env.VERB]("/orders", (req, res) => res.end());\nconst key = Symbol(); app[key]("/orders", 5); app[key]((req, res) => res.end());` })).toEqual(["src/app.ts: the method is not a constant"]);
  });

  it("leaves nothing out that a long chain of calls mounts, nor of a contract what is taken apart", () => {
    const names = Array.from({ length: 45 }, (_, index) => `r${index}`);
    const routers = `import { Router } from "express"; ${names.map((name) => `export const ${name} = Router(); ${name}.get("/${name}", show);`).join(" ")}`;
    const files = { "src/app.ts": `${app} import { Router } from "express"; import { ${names.join(", ")} } from "./routers.js"; const all = Router()${names.map((name) => `.use(${name})`).join("")}; app.use("/api", all);`, "src/routers.ts": routers };
    expect(routesOf(files)).toEqual(names.map((name) => `GET /api/${name}`).sort());
    expect(unresolvedOf(files)).toEqual([]);
  });

  it("runs what a module does when it is loaded before what other modules call of it, and reads the paths of Restify", () => {
    const files = {
      "src/start.js": 'const api = require("./api"); api(() => {});',
      "src/api.js": 'const restify = require("restify"); const users = require("./users"); const server = restify.createServer(); server.pre(cors); server.use(async (req) => { if (!req.headers.authorization) throw new errors.ForbiddenError("no"); }); module.exports = (done) => { users(server); server.listen(1, done); };',
      "src/users.js": 'module.exports = (server) => { server.get({ path: "/users/:id", name: "user" }, async (req, res) => res.json({})); server.del("/users/:id", async (req, res) => res.json({})); };',
    };
    expect(chainsOf(files)).toEqual(["DELETE /users/:id: cors, inline function", "GET /users/:id: cors, inline function"]);
  });

  it("keeps what is known of a path", () => {
    const [route] = modelOf({ "src/app.ts": `${app} app.get(\`/\${process.env.PREFIX}/users\`, show);` }).routes.routes;
    expect([route?.path, route?.confidence]).toEqual(["/:unknown/users", "partial"]);
    const joined = 'import { settings } from "./settings"; import { reports } from "./paths"; app.get(settings.prefix + "fees/" + "latest", show).get(reports, show).get("/of/" + settings.name, show).get(settings.first + settings.second, show); app.get(settings.prefix + name());';
    const files = { "src/app.ts": `${app} ${joined}`, "src/paths.ts": 'import { settings } from "./settings"; const base = settings.prefix + "/reports"; export const reports = `${base}/all`;', "src/settings.ts": "export const settings = load();" };
    expect(modelOf(files).routes.routes.map(({ path, confidence }) => `${path} ${confidence}`)).toEqual(["/:unknown/fees/latest partial", "/:unknown/reports/all partial", "/of/:unknown partial"]);
    expect(unresolvedOf(files)).toEqual(["src/app.ts: the path is not a constant"]);
  });

  it("is said of frameworks whose routes are not read, once for each application, and not of what only looks like them", () => {
    const notRead = (name: string, count: string): string => `routes of ${name} are not read (${count} of this application); they, and what guards them, are not listed`;
    const egg = { "package.json": '{ "name": "app", "dependencies": { "egg": "3" } }', "app/router.js": "module.exports = ({ router, controller }) => { router.get('/users', controller.users.list); };" };
    expect(unresolvedOf(egg)).toEqual([`app/router.js: ${notRead("Egg", "1 file")}`]);
    expect(unresolvedOf({ "app/port/tokens.ts": 'import { HTTPController, HTTPMethod, HTTPMethodEnum } from "egg";\n@HTTPController()\nexport class Tokens { @HTTPMethod({ path: "/tokens", method: HTTPMethodEnum.GET }) list() {} }\n' })).toEqual([`app/port/tokens.ts: ${notRead("Egg controllers", "1 file")}`]);
    expect(unresolvedOf({ ...egg, "package.json": '{ "name": "app" }' })).toEqual([]);
    const kit = { "package.json": '{ "name": "app", "devDependencies": { "@sveltejs/kit": "2" } }', "src/routes/api/notes/+server.ts": "export const GET = async () => new Response();", "src/routes/api/tags/+server.ts": "export const prerender = true; export async function POST() {}", "src/routes/+page.server.ts": "export const load = () => ({});" };
    expect(unresolvedOf(kit)).toEqual([`src/routes/api/notes/+server.ts: ${notRead("SvelteKit", "2 files")}`]);
    const stack = (text: string): ProjectLiteral => ({ "package.json": '{ "name": "app", "devDependencies": { "sst": "3" } }', "sst.config.ts": `export default $config({ async run() { const api = new sst.aws.ApiGatewayV2("Api"); ${text} } });` });
    expect(unresolvedOf(stack('api.route("GET /notes", "src/notes.list");'))).toEqual(["sst.config.ts: the handler src/notes.list is no file of the project"]);
    expect(unresolvedOf(stack('api.route("GET /notes", handlerOf("notes"));'))).toEqual(["sst.config.ts: the path or the function that is put behind the API here could not be followed; its route is not listed"]);
    expect(unresolvedOf(stack('new sst.aws.Nextjs("Web");'))).toEqual([]);
    const handed = (from: string): ProjectLiteral => ({ "src/notes.ts": `import { routes } from "${from}"; export default routes((router) => { router.get("/notes", list); router.post("/notes", check, add); }); export const other = routes((map) => map.get("/key"));` });
    expect(unresolvedOf(handed("@acme/server"))).toEqual(["src/notes.ts: @acme/server gives this function its router; the routes that it registers, and what guards them, are not listed"]);
    expect(unresolvedOf(handed("./own"))).toEqual([]);
    const decorated = (imported: string): ProjectLiteral => ({ "src/notes.ts": `${imported} export class Notes { @get("/notes") list() { return []; } }` });
    expect(unresolvedOf(decorated('import { bootstrapControllers } from "koa-ts-controllers";'))).toEqual([`src/notes.ts: ${notRead("koa-ts-controllers", "1 file")}`]);
    expect(unresolvedOf(decorated('import { get } from "@loopback/rest";'))).toEqual([`src/notes.ts: ${notRead("LoopBack", "1 file")}`]);
    expect(unresolvedOf(decorated('import { param } from "@loopback/rest"; import type { get } from "@loopback/rest";'))).toEqual([]);
  });
});

it("takes nothing for a route that only looks like one", () => {
  expect(
    routesOf({
      "src/a.ts": `${app} import axios from "axios"; const map = new Map(); map.get("/a"); axios.get("/b", () => 1); app.get("title"); const config = { get: (key, fallback) => key }; config.get("/c", () => 1); new URLSearchParams().get("/d");`,
      "src/client.ts": 'import ky from "ky"; export const client = ky.extend({}); client.post("/x", () => 1); cache.delete("/y", () => 1);',
      "src/docs.ts": 'import { OpenAPIRegistry } from "@asteasolutions/zod-to-openapi"; const registry = new OpenAPIRegistry(); registry.registerPath({ method: "get", path: "/docs", responses: {} });',
      "tests/app.test.ts": 'import request from "supertest"; import { app } from "../src/a.js"; request(app).get("/z", () => 1); app.get("/only-in-tests", () => 1);',
    }),
  ).toEqual([]);
});

it("registers only what the branch that a caller takes registers", () => {
  const files = {
    "src/route.ts": `import type { Express } from "express";
export const add = (server: Express, route: { method: string; path: string; handler: any }) => {
  if (route.method === "GET") server.get(route.path, route.handler);
  else if (route.method === "POST") server.post(route.path, route.handler);
  switch (route.method) { case "PUT": case "PATCH": server.put(route.path, route.handler); break; case "DELETE": server.delete(route.path, route.handler); break; }
};`,
    "src/app.ts": `${app} import { add } from "./route.js"; import { other } from "other"; const shown = { method: "GET", path: "/a", handler: show }; add(app, shown); add(app, { method: "POST", path: "/b", handler: show }); add(app, { method: "PATCH", path: "/c", handler: show }); add(app, { method: "DELETE", path: "/d", handler: show }); add(app, { method: other, path: "/e", handler: show });`,
  };
  expect(routesOf(files)).toEqual(["DELETE /d", "DELETE /e", "GET /a", "GET /e", "POST /b", "POST /e", "PUT /c", "PUT /e"]);
});

describe("who is turned away in a handler", () => {
  const answer = (code: string): string[] => routeLines({ "src/app.ts": `import { Hono } from "hono"; import { auth } from "./auth"; import { users } from "./users"; const app = new Hono(); app.put("/users/:id", async (c) => { ${code} return c.json({}); }); export default app;`, "src/users.ts": "export const users = { byId: (id) => load(id) };", "src/auth.ts": 'import NextAuth from "next-auth"; export const { auth } = NextAuth({});' }).map((line) => line.replace(/ params=.*| response=.*/, ""));

  it("is who lacks a session, by whatever status, and not who asks for what is not there", () => {
    expect(answer('const session = await auth(); if (!session?.user.roles.includes("admin")) return c.json({ code: "forbidden" }, 403);')).toEqual(["PUT /users/:id auth:inline function"]);
    expect(answer('const user = await auth.getUser(); if (!user) return c.json({ code: "unknown" }, 404);')).toEqual(["PUT /users/:id auth:inline function"]);
    expect(answer('const session = await auth(); const isAdmin = session?.user.roles.includes("admin") ?? false; const isNew = !isAdmin && (await settings.fresh()); if (!isAdmin && !isNew) return c.json({ code: "forbidden" }, 403);')).toEqual(["PUT /users/:id auth:inline function"]);
    expect(answer('const isNew = await settings.fresh(); if (!isNew) return c.json({ code: "forbidden" }, 403);')).toEqual(["PUT /users/:id"]);
    expect(answer('const user = await users.byId(c.req.param("id")); if (!user) return c.json({ code: "no_such_user" }, 404);')).toEqual(["PUT /users/:id"]);
    expect(answer('const user = await users.findById(1); if (!user) return c.json({ code: "no_such_user" }, 400);')).toEqual(["PUT /users/:id"]);
  });

  it("is told by the class of the error that a guard throws", () => {
    const files = {
      "src/app.ts": `${app} class Refusal extends Error {} class Unknown extends Refusal { type = "UNAUTHORIZED" as const; } class Late extends Refusal { constructor() { super({ code: "FORBIDDEN" }); } } const known = (request, response, next) => { if (!request.person) throw new Unknown(); next(); }; const open = (request, response, next) => { if (!request.user.open) throw new Late(); next(); }; app.get("/a", known, show); app.get("/b", open, show);`,
    };
    expect(routeLines(files).map((line) => line.replace(/ body=.*/, ""))).toEqual(["GET /a auth:known", "GET /b authz:open"]);
  });

  it("is who shows no token, also by a status for bad requests, and by role where a guard is told which", () => {
    const files = {
      "src/app.ts": `${app} const device = async (request, response, next) => { const token = request.header("x-device-token"); if (!token) return response.status(400).end(); const found = await load(token); if (!found) return response.status(400).end(); request.user = found.user; next(); }; const withRole = (roles) => async (request, response, next) => { const user = await load(request.header("authorization")); if (!user || !roles.includes(user.role)) return response.status(401).end(); next(); }; app.get("/a", device, show); app.get("/b", withRole(["admin"]), show);`,
    };
    expect(routeLines(files).map((line) => line.replace(/ body=.*/, ""))).toEqual(["GET /a auth:device", "GET /b auth:withRole"]);
    expect(modelOf(files).routes.routes.flatMap(({ steps }) => steps.map(({ authorizes }) => authorizes))).toEqual([undefined, true]);
  });

  it("is told by what a wrapper of errors is given where a guard is made", () => {
    const files = {
      "src/wrap.ts": 'import wrapper from "express-async-handler"; export const attempt = (work) => wrapper(async (request, response, next) => { await work(request, response, next); });',
      "src/guard.ts": 'import { attempt } from "./wrap.js"; export function signedIn() { return attempt(async (request, response, next) => { const token = request.header("authorization"); if (!token) return response.status(401).end(); next(); }); }',
      "src/app.ts": `${app} import { attempt } from "./wrap.js"; import { signedIn } from "./guard.js"; app.get("/a", signedIn(), attempt(async (request, response) => { response.json(request.query.page); }));`,
    };
    expect(routeLines(files).map((line) => line.replace(/ (body|query|response)=.*/, ""))).toEqual(["GET /a auth:signedIn"]);
  });

  it("is nobody where a filter looks at what is asked for, and not at who asks", () => {
    const refuse = "(request, response, next) => { if (blocked.includes(request.params.id)) return response.status(403).end(); next(); }";
    const files = { "src/app.ts": `${app} const blocklistGuard = ${refuse}; const adminGuard = ${refuse}; app.get("/a/:id", blocklistGuard, show); app.get("/b/:id", adminGuard, show);` };
    expect(routeLines(files).map((line) => line.replace(/ body=.*/, ""))).toEqual(["GET /a/:id", "GET /b/:id authz:adminGuard"]);
  });

  it("is told by the outcome that another function gives, and a guard that limits callers does both", () => {
    const files = {
      "src/who.ts": "export async function whoCalls(request) { const token = request.headers.authorization; if (!token) return { known: false, status: 401 }; if (await tooOften(token)) return { known: false, status: 429 }; return { known: true, user: await load(token) }; }",
      "src/app.ts": `${app} import { whoCalls } from "./who.js"; const signedIn = async (request, response, next) => { const found = await whoCalls(request); if (!found.known) return response.status(found.status).json({}); request.user = found.user; next(); }; app.get("/a", signedIn, show); app.get("/b", async (request, response) => { const found = await whoCalls(request); if (!found.known) return response.status(found.status).json({}); response.json({}); });`,
    };
    expect(routeLines(files).map((line) => line.replace(/ (body|response)=.*/, ""))).toEqual(["GET /a auth:signedIn rate-limit:signedIn", "GET /b auth:inline function rate-limit:inline function"]);
  });

  it("is nobody where who is not known goes on, where the request goes on first, or where only who is known is sent elsewhere", () => {
    const files = {
      "src/app.ts": `${app} const sessionCheck = async (request, response, next) => { const user = request.user; if (!user || open.includes(request.path)) return next(); await seen.note(user); next(); }; const cmsSession = async (request, response, next) => { const answer = await next(); if (!request.user) response.clearCookie("cms"); return answer; }; const sendHome = async (request, response, next) => { if (await request.auth.use("web").check()) return response.redirect("/"); next(); }; const member = async (request, response, next) => { if (!request.user) return response.redirect("/"); next(); }; app.get("/a", sessionCheck, show); app.get("/b", cmsSession, show); app.get("/c", sendHome, show); app.get("/d", member, show);`,
    };
    expect(routeLines(files).map((line) => line.replace(/ body=.*/, ""))).toEqual(["GET /a auth-attach:sessionCheck", "GET /b", "GET /c", "GET /d auth:member"]);
  });

  it("is nobody who gets a step of the login wrong", () => {
    const step = 'async (request, response) => { if (!request.cookies.pending) return response.redirect("/login"); if (!(await holds(request.body.token))) return response.status(401).end(); response.json({}); }';
    expect(routeLines({ "src/app.ts": `${app} app.post("/login/otp", ${step}); app.post("/auth/verify-2fa", ${step}); app.post("/logins", ${step});` }).map((line) => line.replace(/ body=.*/, ""))).toEqual(["POST /auth/verify-2fa", "POST /login/otp", "POST /logins auth:inline function"]);
  });

  it("is nobody where a wrapper only gives the answer ways to refuse", () => {
    const ways = `${app} const extend = (request, response, next) => { response.denied = () => response.status(401).end(); response.slow = () => { response.status(429).end(); }; next(); }; app.get("/a", extend, show);`;
    expect(routeLines({ "src/app.ts": ways }).map((line) => line.replace(/ body=.*/, ""))).toEqual(["GET /a"]);
  });

  it("is nobody where what is thrown is swallowed", () => {
    const reads = `${app} const demand = (request) => { if (!request.headers.authorization) throw new UnauthorizedError(); return load(request); }; const attach = async (request, response, next) => { try { request.user = demand(request); } catch { } next(); }; const guard = async (request, response, next) => { request.user = demand(request); next(); }; app.get("/a", attach, show); app.get("/b", guard, show);`;
    expect(routeLines({ "src/app.ts": reads }).map((line) => line.replace(/ body=.*/, ""))).toEqual(["GET /a auth-attach:attach", "GET /b auth:guard"]);
    const caught = (handling: string): string => `${app} const known = async (request, response, next) => { try { const token = request.headers.authorization; if (!token) { request.user = guest(); return next(); } request.user = jwt.verify(token, key); } catch (error) { ${handling} } next(); }; import jwt from "jsonwebtoken"; app.get("/a", known, show);`;
    const verdict = (handling: string): string[] => routeLines({ "src/app.ts": caught(handling) }).map((line) => line.replace(/ (body|response)=.*/, ""));
    for (const handling of ["console.error(error);", "request.log.warn({ error }, 'no');", "this.authLogger.info(error);"]) expect(verdict(handling), handling).toEqual(["GET /a auth-attach:known"]);
    for (const handling of ["return next(error);", "logger.warn(error); throw error;", "console.log(error); return response.sendStatus(401);"]) expect(verdict(handling)[0], handling).not.toContain("auth-attach");
  });

  it("is not judged where a step before many routes treats a path apart, and is nobody where the step is for other paths", () => {
    const before = (body: string): string[] => {
      const guard = `const guard = async (request, response, next) => { ${body} if (!request.headers.authorization) return response.sendStatus(401); return next(); };`;
      const routes = modelOf({ "src/app.ts": `${app} ${guard} const open = ["/login", "/files"]; app.use(guard); app.get("/api/login", show); app.get("/api/notes/:id", show); app.get("/api/loginless", show);` }).routes.routes;
      return routes.map(({ path, steps }) => `${path} ${steps.map(({ role }) => role).join()}`);
    };
    const login = ["/api/login unknown", "/api/loginless auth", "/api/notes/:id auth"];
    expect(before('if (request.path.startsWith("/api/login/") || request.path === "/api/login") return next();')).toEqual(login);
    expect(before("const url = request.originalUrl; if (open.some((one) => url === one || url.startsWith(one + '/'))) return next();")).toEqual(login);
    expect(before('if (!request.path.startsWith("/api")) return next();')).toEqual(["/api/login auth", "/api/loginless auth", "/api/notes/:id auth"]);
    const notes = ["/api/login context", "/api/loginless context", "/api/notes/:id auth"];
    expect(before('const isNote = request.url === "/api/notes" || request.url.startsWith("/api/notes/"); if (!isNote) { next(); return; }')).toEqual(notes);
    expect(before('if (request.path !== "/api/notes" && !request.path.startsWith("/api/notes/")) return next();')).toEqual(notes);
    expect(before('log("/api/login");')).toEqual(["/api/login auth", "/api/loginless auth", "/api/notes/:id auth"]);
    expect(before('const page = "/login"; if (request.path === page) return next();')).toEqual(["/api/login auth", "/api/loginless auth", "/api/notes/:id auth"]);
  });

  it("is nobody by a check of where a request comes from, and by what a guard is where settings choose it", () => {
    const files = {
      "src/guard.ts": "import { settings } from './settings'; export function guards() { if (!settings.password) return { authenticate: pass, toLogin: pass }; function authenticate(request, response, next) { if (request.cookies.token === settings.password) return next(); response.status(401).send('no'); } function authenticateOrAsk(request, response, next) { if (request.cookies.token === settings.password) return next(); response.redirect('/welcome'); } return { authenticate, toLogin: authenticateOrAsk }; } export function pass(request, response, next) { next(); }",
      "src/app.ts": `${app} import csurf from "csurf"; import { guards, pass } from "./guard"; const csrfGuard = (request, response, next) => { if (!tokens.verify(request.headers["x-csrf"])) return response.sendStatus(403); next(); }; const { authenticate } = guards("x"); app.get("/a", authenticate, show); app.get("/b", csrfGuard, show); app.get("/c", csurf({ cookie: true }), show); app.get("/d", pass, show);`,
    };
    expect(modelOf(files).routes.routes.map(({ path, steps }) => `${path} ${steps.map(({ role }) => role).join()}`)).toEqual(["/a auth", "/b context", "/c context", "/d context"]);
  });

  it("is told by an error that was made before it is handed on", () => {
    const guard = (made: string, handed: string): string => `${app} const allowed = (needed) => async (request, response, next) => { const refusal = ${made}; try { if (needed.every((one) => request.user.rights.includes(one))) return next(); return ${handed}; } catch (error) { return ${handed}; } }; app.get("/a", allowed(["x"]), show);`;
    const roles = (made: string, handed: string): (readonly string[])[] => modelOf({ "src/app.ts": guard(made, handed) }).routes.routes.map(({ steps }) => steps.map(({ role }) => role));
    expect(roles("new UnauthorizedError('no')", "next(refusal)")).toEqual([["auth"]]);
    expect(roles("new ForbiddenError('no')", "next(refusal)")).toEqual([["authz"]]);
    expect(roles("new Audit('no')", "next(refusal)")).toEqual([["context"]]);
  });

  it("is whoever is not known to what a function that throws asks, where the error is answered", () => {
    const asked = 'const demand = async () => { const user = (await supabase.auth.getUser()).data.user; if (!user) throw new Error("nobody"); return user; };';
    expect(answer(`${asked} try { const user = await demand(); return c.json(user); } catch (error) { return c.json({ code: "failed" }, 500); }`)).toEqual(["PUT /users/:id auth:inline function"]);
    expect(answer('const session = await auth(); if (!session) return c.status(403).send("no");')).toEqual(["PUT /users/:id auth:inline function"]);
  });

  it("is nobody whose link, code or refresh token does not hold", () => {
    const checks = (given: string): string => `async (request, response) => { const found = await holds(${given}); if (!found) return response.status(401).end(); response.json({}); }`;
    const lines = routeLines({ "src/app.ts": `${app} app.post("/auth/refresh", ${checks("request.body.refreshToken")}); app.get("/invites/:token", ${checks("request.params.token")}); app.post("/register", ${checks("request.body.token")}); app.post("/auth/verify-email", ${checks("request.user.id")}); app.get("/notes/:id", ${checks("request.params.id")});` });
    expect(lines.map((line) => line.replace(/ (body|params|response)=.*/, ""))).toEqual(["POST /auth/refresh", "POST /auth/verify-email auth:inline function", "GET /invites/:token", "GET /notes/:id auth:inline function", "POST /register"]);
  });

  it("is nobody by what is only asked about the resource that a path names", () => {
    const known = `${app} const named = async (request, response, next) => { const name = request.params.model; const model = registry.find(name); if (!model) return response.status(403).end(); request.model = model; next(); }; app.get("/data/:model", named, show);`;
    expect(routeLines({ "src/app.ts": known }).map((line) => line.replace(/ (body|params)=.*/, ""))).toEqual(["GET /data/:model"]);
  });

  it("is no matter of a switch of the installation", () => {
    const demo = `${app} const notInDemo = (request, response, next) => { if (settings.demo) return response.status(403).end(); next(); }; app.post("/a", notInDemo, show);`;
    expect(routeLines({ "src/app.ts": demo }).map((line) => line.replace(/ body=.*/, ""))).toEqual(["POST /a"]);
  });
});

it("reads methods and paths behind casts", () => {
  expect(routesOf({ "src/app.ts": 'import Fastify from "fastify"; const app = Fastify(); const table = { list: { method: "GET", url: "/notes" }, add: { method: "POST", url: "/notes" } }; for (const [name, route] of Object.entries(table)) app.route({ method: route.method as any, url: route.url as string, handler: async () => name });' })).toEqual(["GET /notes", "POST /notes"]);
});

describe("servers of which no route was found", () => {
  const own = 'import http from "node:http";\nimport { answers } from "./answers.js";\nhttp.createServer((request, response) => answers.of(request.url)(request, response)).listen(80);\n';

  it("are said", () => {
    expect(unresolvedLines({ "src/main.ts": own })).toEqual(["src/main.ts this listens for requests (node:http), and no route was found that it answers; what registers them is not read"]);
  });

  it.each([
    ["a package without a server", { "src/main.ts": 'import net from "node:net";\nnet.createServer(() => {}).listen(80);\n' }],
    ["what only tests start", { "tests/main.test.ts": own }],
    ["a client", { "src/main.ts": 'import https from "node:https";\nhttps.get("https://example.com", () => {});\n' }],
    ["one whose routes are read", { "src/main.ts": 'import express from "express";\nconst app = express();\napp.get("/notes", (req, res) => { res.json([]); });\napp.listen(80);\n' }],
  ])("are not, where there is %s", (_name, files) => {
    expect(unresolvedLines(files)).toEqual([]);
  });
});
