import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type Koa from "koa";
import type { Layer } from "@koa/router";
import { describe, expect, it } from "vitest";
import { routeLines } from "../../support/route-lines.js";
import { app } from "./koa/app.js";
import { legacy } from "./koa/legacy.js";
import { guardedBy, guardedIn, linesOf, reported, tableOf } from "./support.js";

/** What the routers of an application have registered; `HEAD` comes with `GET`. */
function routesOf(koa: Koa, prefix: string): ReturnType<typeof reported>[] {
  return koa.middleware.flatMap((step) => {
    const layers: readonly Layer[] = "router" in step ? (step.router as { stack: Layer[] }).stack : [];
    return layers.flatMap(({ methods, path }) => {
      const names = methods.filter((method) => method !== "HEAD");
      return (names.length > 7 ? ["ALL"] : names).map((method) => reported(method, prefix, String(path)));
    });
  });
}

it("reads the routes that a running Koa application has, and which of them it guards", async () => {
  const running = [...routesOf(app, ""), ...routesOf(legacy, "/legacy")];
  const { routes, unresolved } = tableOf("koa");
  expect(linesOf(routes)).toEqual(linesOf(running));
  expect(unresolved).toEqual([]);

  app.silent = true;
  legacy.silent = true;
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  expect(guardedIn(routes)).toEqual(await guardedBy(routes, async (method, url) => (await fetch(`http://127.0.0.1:${port}${url}`, { method })).status));
  server.close();
});

describe("applications of Koa as they are written", () => {
  it("reads steps that koa-compose put together under a name", () => {
    const files = (careful: string): Record<string, string> => ({ "src/app.ts": `import Koa from "koa"; import Router from "@koa/router"; import compose from "koa-compose"; import rateLimit from "koa-ratelimit"; const careful = ${careful}; const router = new Router(); router.post("/otp", careful, async (ctx) => { ctx.body = {}; }); new Koa().use(router.routes());` });
    const told = routeLines(files('compose([rateLimit({ driver: "memory", db: new Map() }), async (ctx, next) => next()])'));
    expect(told[0]).toMatch(/rate-limit/);
    expect(routeLines(files("compose([async (ctx, next) => next()])"))[0]).not.toMatch(/rate-limit/);
  });

  it("reads a router of the project's own class where functions are given it, and keeps its routes apart where its prefix is not known", () => {
    const files = {
      "src/app.ts": 'import Koa from "koa"; import { TableRouter } from "./table-router"; import { addMembers } from "./members"; import { tables } from "./tables"; const teams = new TableRouter(tables.teams); teams.get("/", async (ctx, next) => { ctx.body = []; return next(); }); addMembers(teams, 1); new Koa().use(teams.routes());',
      "src/table-router.ts": 'import Router from "@koa/router"; export class TableRouter extends Router { constructor(table) { super({ prefix: "/" + table.path }); this.get("/", async (ctx, next) => { ctx.body = await table.all(); return next(); }); } }',
      "src/members.ts": 'import type { TableRouter } from "./table-router"; export function addMembers(router: TableRouter, most: number) { router.post("/:id/members", async (ctx) => { ctx.body = {}; }); }',
      "src/table-router.test.ts": 'import { TableRouter } from "./table-router"; new TableRouter({ path: "tests" });',
    };
    expect(routeLines(files)).toEqual([
      "GET /:unknown response=none inline partial",
      "GET /:unknown response=none inline partial",
      "POST /:unknown/:id/members response=none inline partial",
    ]);
  });

  it("takes a class of rules that is handed the context for a check of what was sent", () => {
    const files = {
      "src/app.ts": 'import Koa from "koa"; import Router from "@koa/router"; import { JoinValidator } from "./join"; const router = new Router(); router.post("/members", async (ctx) => { const given = await new JoinValidator().validate(ctx); ctx.body = given.get("body.mail"); }); router.post("/guests", async (ctx) => { ctx.body = ctx.request.body.mail; }); new Koa().use(router.routes());',
      "src/join.ts": 'import { Rules } from "./rules"; export class JoinValidator extends Rules { mail = [{ rule: "isEmail" }]; }',
      "src/rules.ts": "export class Rules { async validate(ctx) { for (const rules of Object.values(this)) await check(rules, ctx); return this; } }",
    };
    expect(routeLines(files)).toEqual(["POST /guests body=none response=none inline", "POST /members body=enforced query=enforced params=enforced response=none inline"]);
  });

  it("finds a server that lies among scripts, guards that answer with no status, and getters behind aliases of module-alias", () => {
    const files = {
      "package.json": '{ "name": "app", "dependencies": { "koa": "3" }, "_moduleAliases": { "@guards": "dist/guards" } }',
      "src/scripts/app.js": 'const Koa = require("koa"); const router = require("../routes"); const app = new Koa(); app.use(router.routes()); module.exports = app;',
      "src/guards/session.js": "exports.isLoggedIn = async (ctx, next) => { if (!ctx.session || !ctx.session.id) { ctx.body = { ok: false }; } else { await next(); } };",
      "src/guards/token.js": 'const jwt = require("jsonwebtoken"); class Token { constructor(scope) { this.scope = scope; } get check() { return async (ctx, next) => { try { ctx.auth = jwt.verify(ctx.get("token"), process.env.SECRET); } catch { throw new Forbidden(); } await next(); }; } } module.exports = { Token };',
      "src/routes.js": 'const Router = require("@koa/router"); const { isLoggedIn } = require("@guards/session"); const { Token } = require("@guards/token"); const router = new Router(); router.get("/mine", isLoggedIn, (ctx) => { ctx.body = []; }); router.get("/all", new Token(2).check, (ctx) => { ctx.body = []; }); module.exports = router;',
    };
    expect(routeLines(files)).toEqual(["GET /all auth:Token.check response=none inline", "GET /mine auth:isLoggedIn response=none inline"]);
  });
});
