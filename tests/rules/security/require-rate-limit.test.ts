import { describe, expect, it } from "vitest";
import type { ProjectLiteral } from "../../support/model.js";
import { findingsOf } from "../../support/project.js";
import { marked } from "../../support/routes.js";

const rule = "require-rate-limit";
const holds = async (files: ProjectLiteral, options = {}): Promise<void> => {
  const { found, expected } = await marked(rule, files, options);
  expect(found).toEqual(expected);
};

const express = 'import express from "express";\nexport const app = express();\n';
const send = "(req, res) => { res.json({}); }";

describe("require-rate-limit", () => {
  it("reports high-risk routes of Express that no limiter runs before", () =>
    holds({
      "src/app.ts": `${express}import rateLimit from "express-rate-limit";
import slowDown from "express-slow-down";
import { Ratelimit } from "@upstash/ratelimit";
import arcjet from "@arcjet/node";
import { byFlexible } from "./limits.js";
const limit = rateLimit({ windowMs: 1000, limit: 5 });
const upstash = new Ratelimit({});
const aj = arcjet({ key: "" });
const gate = (req, res, next) => { if (!req.headers.authorization) { res.status(401).end(); return; } next(); };
app.get("/login", ${send});
app.post("/login", ${send}); // bad: route
app.post("/register", limit, ${send});
app.post("/forgot-password", slowDown({ windowMs: 1 }), ${send}); // bad: route
app.post("/verify-otp", byFlexible, ${send});
app.post("/token", async (req, res) => { const { success } = await upstash.limit(req.ip); res.status(success ? 200 : 429).end(); });
app.post("/upload", gate, async (req, res) => { await aj.protect(req); res.json({}); });
app.post("/export", gate, ${send}); // bad: route
app.get("/exports", gate, ${send});
app.delete("/uploads/:id", gate, ${send});
app.get("/return/callback", ${send});
app.get("/password/forgot", (req, res) => { res.render("forgot"); });
app.get("/password/reset", ${send}); // bad: route
app.get("/orders", gate, ${send});
app.get("/chains/:chain/gas-tokens", gate, ${send});
app.put("/templates/reset", gate, ${send});
app.use("/search", limit);
app.get("/search", ${send});
app.post("/webhooks/stripe", ${send}); // bad: route
app.use(limit);
app.post("/reset-password", ${send});
`,
      "src/limits.ts": 'import { RateLimiterMemory } from "rate-limiter-flexible";\nconst limiter = new RateLimiterMemory({ points: 5, duration: 1 });\nexport const byFlexible = async (req, res, next) => { try { await limiter.consume(req.ip); next(); } catch { res.status(429).end(); } };\n',
    }));

  it("reports where callers come in by a password, whatever the path is called", () =>
    holds({
      "src/app.ts": `${express}import rateLimit from "express-rate-limit";
import { enter, join, isSame } from "./accounts.js";
const gate = (req, res, next) => { if (!req.headers.authorization) { res.status(401).end(); return; } next(); };
app.post("/users/jwt", async (req, res) => { res.json(await enter(req.body)); }); // bad: route
app.post("/users", async (req, res) => { res.json(await join(req.body)); }); // bad: route
app.post("/cards", async (req, res) => { res.json(await join(req.body)); });
app.post("/accounts", gate, async (req, res) => { res.json(await join(req.body)); });
app.post("/links/:id/open", async (req, res) => { res.json(await isSame(req.body.secret, req.params.id)); });
app.get("/users", async (req, res) => { res.json(await join(req.query)); });
app.use(rateLimit({ windowMs: 1000, limit: 5 }));
app.post("/sessions/new", async (req, res) => { res.json(await enter(req.body)); });
`,
      "src/accounts.ts": `import bcrypt from "bcrypt";
import { find, save } from "./store.js";
export const isSame = async (given: string, id: string) => bcrypt.compare(given, (await find(id)).hash);
export const enter = async ({ email, password }) => { if (!(await isSame(password, email))) throw new Error("no"); return { email }; };
export const join = async ({ email, password }) => save({ email, hash: await bcrypt.hash(password, 12) });
`,
      "src/store.ts": "export const find = async (id: string) => ({ hash: id });\nexport const save = async (row: object) => row;\n",
    }));

  it("takes a limiter of the project that the handler asks for one, however deep its code lies", () =>
    holds({
      "src/app.ts": `${express}import { RequestLimiter } from "./limiter.js";
const limiter = new RequestLimiter({ max: 10 });
app.post("/login", async (req, res) => { await limiter.test(req); res.json({}); });
app.post("/auth/login", (req, res) => { if (!limiter.canTry()) throw new Error("later"); res.json({}); });
app.post("/register", async (req, res) => { limiter.reset(req); res.json({}); }); // bad: route
app.post("/reset-password", async (req, res) => { try { await limiter.test(req); } catch {} res.json({}); }); // bad: route
`,
      "src/limiter.ts": "export class RequestLimiter { test(req) { return this.inner.test(req.ip); } reset(req) { return this.inner.reset(req.ip); } constructor(options) { this.inner = makeInner(options); } }",
    }));

  it("is silent on what a caller who is known looks after: keys, webhooks, kept searches, and what is taken away", () =>
    holds({
      "src/app.ts": `${express}import rateLimit from "express-rate-limit";
import Stripe from "stripe";
const stripe = new Stripe(key);
const limit = rateLimit({ windowMs: 1000, limit: 5 });
const gate = (req, res, next) => { if (!req.headers.authorization) { res.status(401).end(); return; } next(); };
app.post("/login", limit, ${send});
app.post("/api-keys", gate, ${send});
app.post("/webhooks", gate, ${send});
app.post("/webhooks/stripe", ${send}); // bad: route
app.post("/webhooks/signed", (req, res) => { const event = stripe.webhooks.constructEvent(req.body, req.headers["stripe-signature"], key); res.json(event.id); });
app.post("/saved-search", gate, ${send});
app.post("/search", gate, ${send}); // bad: route
app.post("/items/batch", gate, ${send});
app.post("/orders/:id/contact-person", gate, ${send});
app.post("/contact", ${send}); // bad: route
app.delete("/passwords/:id", gate, ${send});
app.post("/team/invitations", gate, ${send}); // bad: route
app.post("/auth/token", (req, res) => { if (!check(req.body)) { res.status(401).end(); return; } res.json({}); }); // bad: route
`,
    }));

  it("is silent on which ways in there are, on keys of other services that settings keep, and where a login elsewhere ends", () =>
    holds({
      "src/app.ts": `${express}import rateLimit from "express-rate-limit";
const limit = rateLimit({ windowMs: 1000, limit: 5 });
app.post("/login", limit, ${send});
app.get("/oauth/providers", ${send});
app.get("/oauth/start", ${send}); // bad: route
app.post("/settings/plex/token", ${send});
app.post("/plex/token", ${send}); // bad: route
app.get("/github/oauth", async (req, res) => { const { code, state } = req.query; states.check(state); res.json(await provider.exchange(code)); });
app.post("/livekit/webhook", (req, res) => { const event = receiver.receive(req.body); res.json(event); }); // bad: route
`,
    }));

  it("is silent on what only administrators get to, and on webhooks that somebody sets up by a session", () =>
    holds({
      "src/app.ts": `${express}import rateLimit from "express-rate-limit";
const limit = rateLimit({ windowMs: 1000, limit: 5 });
const gate = (req, res, next) => { if (!req.headers.authorization) { res.status(401).end(); return; } next(); };
const look = (req, res, next) => { req.user = find(req.cookies.id); next(); };
const role = (...names) => (req, res, next) => { if (!names.includes(req.user.role)) { res.status(403).end(); return; } next(); };
app.post("/first", limit, ${send});
app.post("/admin/export", gate, ${send});
app.post("/lists/import", gate, role("admin"), ${send});
app.post("/lists/import/mine", gate, role("admin", "user"), ${send}); // bad: route
app.post("/admin/login", ${send}); // bad: route
app.post("/webhooks/endpoints", look, ${send});
`,
    }));

  it("reports several routes of one area once, where nothing limits any of them", () =>
    holds({
      "src/app.ts": `${express}import rateLimit from "express-rate-limit";
const limit = rateLimit({ windowMs: 1000, limit: 5 });
const gate = (req, res, next) => { if (!req.headers.authorization) { res.status(401).end(); return; } next(); };
app.post("/login", limit, ${send});
app.post("/upload/start", gate, ${send}); // bad: area
app.post("/upload/part", gate, ${send});
app.post("/upload/end", gate, ${send});
app.post("/upload/stop", gate, ${send});
app.post("/export", gate, ${send}); // bad: route
`,
    }));

  it("minds the order and the scope of Fastify's plugin, its `global` setting, and the configuration of routes", async () => {
    await holds({
      "src/app.ts": `import Fastify from "fastify";
import rateLimit from "@fastify/rate-limit";
const app = Fastify();
const answer = async () => ({});
app.post("/login", answer); // bad: route
await app.register(rateLimit, { max: 10 });
app.post("/register", answer);
app.post("/token", { config: { rateLimit: false } }, answer); // bad: route
app.register(async (inner) => { inner.post("/verify", answer); });
`,
    });
    await holds({
      "src/app.ts": `import Fastify from "fastify";
import rateLimit from "@fastify/rate-limit";
const app = Fastify();
const answer = async () => ({});
app.register(rateLimit, { global: false });
app.post("/otp", answer); // bad: route
app.post("/otp/check", { config: { rateLimit: { max: 3, timeWindow: 1000 } } }, answer);
`,
    });
  });

  it("reads limiters of the server below Nest, and leaves what a known caller turns on or pins", async () => {
    const files = (set: string, mark: string): ProjectLiteral => ({
      "src/main.ts": `import { NestFactory } from "@nestjs/core";\nimport fastifyRateLimit from "@fastify/rate-limit";\nimport { rateLimit } from "express-rate-limit";\nimport { AppModule } from "./app.module.js";\nconst app = await NestFactory.create(AppModule);\n${set}\nawait app.listen(3000);\nexport const unused = [fastifyRateLimit, rateLimit];\n`,
      "src/app.module.ts": 'import { Module } from "@nestjs/common";\nimport { NotesController } from "./notes.controller.js";\n@Module({ controllers: [NotesController] })\nexport class AppModule {}\n',
      "src/notes.controller.ts": `import { Controller, Patch, Post, Put, UseGuards } from "@nestjs/common";\nimport { AuthGuard } from "@nestjs/passport";\n@Controller("notes") export class NotesController {\n  @Post("login") login() { return {}; }${mark && `${mark}@4`}\n  @UseGuards(AuthGuard("jwt")) @Put("pin/:id") pin() { return {}; }\n  @UseGuards(AuthGuard("jwt")) @Patch(":id/toggle-download") toggle() { return {}; }\n  @UseGuards(AuthGuard("jwt")) @Patch("exports/:id") rename() { return {}; }\n  @UseGuards(AuthGuard("jwt")) @Post("exports") add() { return {}; }${mark && `${mark}@33`}\n}\n`,
    });
    await holds(files("", " // bad: route"));
    await holds(files("app.use('/docs', rateLimit({ limit: 1 }));", " // bad: route"));
    await holds(files("app.use(rateLimit({ limit: 1 }));", ""));
    await holds(files("await app.register(fastifyRateLimit, { max: 1 });", ""));
    await holds(files("await app.register(fastifyRateLimit, { max: 1, global: false });", " // bad: route"));
  });

  it("reads guards, decorators and exemptions of Nest", async () => {
    const nest = (providers: string): ProjectLiteral => ({
      "src/main.ts": 'import { NestFactory } from "@nestjs/core";\nimport { AppModule } from "./app.module.js";\nconst app = await NestFactory.create(AppModule);\nawait app.listen(3000);\n',
      "src/app.module.ts": `import { Module } from "@nestjs/common";\nimport { APP_GUARD } from "@nestjs/core";\nimport { ThrottlerGuard, ThrottlerModule } from "@nestjs/throttler";\nimport { AuthController } from "./auth.controller.js";\n@Module({ imports: [ThrottlerModule.forRoot([{ ttl: 60000, limit: 10 }])], controllers: [AuthController], providers: [${providers}] })${providers === "" ? " // bad: notApplied@21" : ""}\nexport class AppModule {}\nexport const unused = [APP_GUARD, ThrottlerGuard];\n`,
      "src/auth.controller.ts": `import { Controller, Post } from "@nestjs/common";\nimport { SkipThrottle, Throttle } from "@nestjs/throttler";\n@Controller("auth") export class AuthController {\n  @Throttle({ default: { limit: 3, ttl: 1000 } }) @Post("login") login() { return {}; }\n  @SkipThrottle() @Post("register") register() { return {}; }${providers === "" ? "" : " // bad: route@20"}\n  @SkipThrottle({ chat: true }) @Post("sign-in") signIn() { return {}; }\n}\n`,
    });
    await holds(nest(""));
    await holds(nest("{ provide: APP_GUARD, useClass: ThrottlerGuard }"));
    // A guard on one of many is none for the others: they lack one thing.
    const posts = ["login", "register", "verify-otp", "forgot-password"].map((name) => `  @Post("${name}") ${name.replace("-", "")}() { return {}; }`).join("\n");
    await holds({
      ...nest(""),
      "src/auth.controller.ts": `import { Controller, Post, UseGuards } from "@nestjs/common";\nimport { ThrottlerGuard } from "@nestjs/throttler";\n@Controller("auth") export class AuthController {\n${posts}\n  @UseGuards(ThrottlerGuard) @Post("token") token() { return {}; }\n}\n`,
    });
  });

  it("follows limiters of Hono and Koa", () =>
    holds({
      "src/hono.ts": `import { Hono } from "hono";
import { rateLimiter } from "hono-rate-limiter";
export const app = new Hono();
app.post("/login", (c) => c.json({})); // bad: route
app.use("/auth/*", rateLimiter({ windowMs: 1000, limit: 5 }));
app.post("/auth/register", (c) => c.json({}));
`,
      "src/koa.ts": `import Koa from "koa";
import Router from "@koa/router";
import ratelimit from "koa-ratelimit";
const app = new Koa();
const early = new Router();
early.post("/signin", (ctx) => { ctx.body = {}; }); // bad: route
app.use(early.routes());
app.use(ratelimit({ driver: "memory", db: new Map(), duration: 1000, max: 5 }));
const late = new Router();
late.post("/signup", (ctx) => { ctx.body = {}; });
app.use(late.routes());
app.listen(3000);
`,
    }));

  it("is silent on limits that a gateway keeps, and asks every open route for one where it is told to", async () => {
    await holds({ "src/app.ts": `${express}app.post("/login", ${send});\n` }, { settings: { routes: { rateLimitedAtGateway: true } } });
    await holds({ "src/app.ts": `${express}app.post("/login", ${send});\napp.post("/register", ${send}); // bad: route\n` }, { settings: { routes: { rateLimitedAtGateway: ["POST /login"] } } });
    await holds({ "src/app.ts": `${express}app.get("/news", ${send}); // bad: route\napp.get("/health", ${send});\n` }, { options: { routes: "public" } });
    await holds({ "src/app.ts": `${express}app.get("/news", ${send}); // bad: route\n` }, { settings: { routes: { highRisk: ["/news"] } } });
    const known = "const known = (req, res, next) => { if (!req.session.user) { res.status(401).end(); return; } next(); };\n";
    await holds({ "src/app.ts": `${express}${known}app.post("/logout", known, ${send});\napp.post("/log-out", ${send}); // bad: route\n` }, { options: { routes: "public" } });
  });

  it("leaves a search that only known callers can start to the whole standard", async () => {
    const files = (mark: string): ProjectLiteral => ({ "src/app.ts": `${express}const requireUser = (req, res, next) => { if (!req.headers.authorization) return res.status(401).end(); next(); };
app.get("/v1/visits/search", requireUser, ${send});${mark}
app.get("/v1/visits/:id", requireUser, ${send});
` });
    await holds(files(""));
    await holds(files(" // bad: route"), { preset: "strict" });
  });

  it("takes a reset that is given nothing for none of a password", async () => {
    const nest = (parameters: string): ProjectLiteral => ({ "src/game.controller.ts": `import { Body, Controller, Post } from "@nestjs/common";\n@Controller("game") export class GameController { constructor(private readonly game) {}\n@Post("admin/reset") async reset(${parameters}) { await this.game.reset(); return { ok: true }; }\n}\n` });
    expect(await findingsOf(nest(""), { rule })).toEqual([]);
    expect((await findingsOf(nest("@Body() body: { password: string }"), { rule })).map(({ messageId }) => messageId)).toEqual(["route"]);
  });

  it("takes a package whose work is not known for no limiter, unless it says of itself that it protects", async () => {
    const behind = (name: string): ProjectLiteral => ({ "package.json": `{ "dependencies": { "express": "5", "${name}": "1" } }`, "src/app.ts": `${express}import { step } from "${name}";\napp.use(step);\napp.post("/login", ${send});\n` });
    const found = async (name: string): Promise<readonly string[]> => (await findingsOf(behind(name), { rule })).map(({ messageId }) => messageId);
    expect(await found("translator")).toEqual(["route"]);
    expect(await found("flood-protection")).toEqual([]);
    expect(await found("./own.js")).toEqual([]);
  });

  it("reports an application once that limits one of many high-risk routes, and each route where more are limited", async () => {
    const risky = ["login", "register", "token", "otp", "verify-email", "forgot-password", "reset-password", "signup"];
    const app = (limited: number): ProjectLiteral => ({ "src/app.ts": `${express}import rateLimit from "express-rate-limit";\nconst limit = rateLimit({ limit: 5 });\n${[...risky, "login/again", "login/later"].map((path, at) => `app.post("/${path}", ${at >= 10 - limited ? "limit, " : ""}${send});`).join("\n")}\n` });
    const found = async (limited: number): Promise<readonly string[]> => (await findingsOf(app(limited), { rule })).map(({ messageId }) => messageId);
    expect(await found(2)).toEqual(["seldom"]);
    expect(await found(3)).toEqual(Array.from({ length: 7 }, () => "route"));
  });

  it("reports an application without any limiter once", async () => {
    const files = { "src/app.ts": `import express from "express";\nexport const app = express(); // bad: application@20\n${["login", "register", "token", "otp"].map((path) => `app.post("/${path}", ${send});`).join("\n")}\n` };
    await holds(files);
    const [finding] = await findingsOf(files, { rule });
    expect(finding?.message).toContain("4 high-risk routes of this application are called (POST /login, POST /otp, POST /register, POST /token)");
  });

  it("reports once what is limited in one handler alone, and each route where a limiter stands in front of some", async () => {
    const routes = ["login", "register", "token", "otp"].map((path) => `app.post("/${path}", ${send});`).join("\n");
    const own = 'app.post("/contact", (req, res) => { if (isFlooding(req.ip)) { res.status(429).end(); return; } res.json({}); });';
    const limiter = 'import rateLimit from "express-rate-limit";\napp.post("/contact", rateLimit({ limit: 5 }), (req, res) => { res.json({}); });';
    const found = async (more: string): Promise<readonly string[]> => (await findingsOf({ "src/app.ts": `${express}${more}\n${routes}\n` }, { rule })).map(({ messageId }) => messageId);
    expect(await found(own)).toEqual(["application"]);
    expect(await found(limiter)).toEqual(["route", "route", "route", "route"]);
    // What is limited and need not be says nothing of the others.
    expect(await found(limiter.replace("/contact", "/themes"))).toEqual(["application"]);
  });

  it("reports a package whose files are the routes once, at the first of them", async () => {
    const next = { "package.json": JSON.stringify({ name: "web", dependencies: { next: "15", react: "19" } }) };
    const routes = (paths: readonly string[]): ProjectLiteral => Object.fromEntries(paths.map((path) => [`src/app/api/${path}/route.ts`, "export async function POST(request) { return Response.json({ id: (await request.json()).id }); }\n"]));
    const found = async (paths: readonly string[]): Promise<readonly string[]> => (await findingsOf({ ...next, ...routes(paths) }, { rule })).map(({ file, messageId }) => `${file} ${messageId}`);
    expect(await found(["register", "login", "token", "otp"])).toEqual(["src/app/api/login/route.ts application"]);
    expect(await found(["register", "login"])).toEqual(["src/app/api/login/route.ts route", "src/app/api/register/route.ts route"]);
  });
});
