import { describe, expect, it } from "vitest";
import { findingsOf } from "../../support/project.js";
import { marked } from "../../support/routes.js";
import type { ProjectLiteral } from "../../support/model.js";

const rule = "require-auth";
const holds = async (files: ProjectLiteral, options = {}): Promise<void> => {
  const { found, expected } = await marked(rule, files, options);
  expect(found).toEqual(expected);
};

const express = 'import express from "express";\nexport const app = express();\n';
const send = "(req, res) => { res.json({}); }";
/** A middleware that refuses callers without credentials, by its body alone. */
const gate = "const gate = (req, res, next) => { if (!req.headers.authorization) { res.status(401).end(); return; } next(); };\n";

/** An application with a router in each of `count` files, one of whose routes is read and one written without credentials. */
const routers = (count: number): ProjectLiteral => {
  const names = Array.from({ length: count }, (_, index) => `r${String(index).padStart(2, "0")}`);
  return {
    "src/app.ts": `${express}${gate}${names.map((name) => `import { router as ${name} } from "./${name}.js";\napp.use("/${name}", ${name});`).join("\n")}\napp.get("/mine", gate, ${send});\n`,
    ...Object.fromEntries(names.map((name) => [`src/${name}.ts`, `import { Router } from "express";\nexport const router = Router();\nrouter.get("/", ${send});\nrouter.post("/", ${send});\n`])),
  };
};

it("looks through a handler that only gives its request to a function of the project", () =>
  holds({
    "src/app.ts": `${express}import { feed, news } from "./feed.js";
app.use((req, res, next) => { req.user = sessions.find(req.headers.cookie); next(); });
app.get("/feed/:id", async (req, res) => feed(req, res));
app.get("/news/:id", async (req, res) => news(req, res)); // bad: attaches
app.get("/mine", (req, res) => { if (!req.user) { res.status(401).end(); return; } res.json(mineOf(req.user)); });
`,
    "src/feed.ts": `import { needUser } from "./user.js";
export const feed = async (req, res) => { const user = needUser(req); res.json(await listFor(user, req.params.id)); };
export const news = async (req, res) => { res.json(await listFor(undefined, req.params.id)); };
`,
    "src/user.ts": `class UnauthorizedError extends Error { status = 401; }
export const needUser = (req) => { if (req.user == null) throw new UnauthorizedError(); return req.user; };
`,
  }));

it("takes no reset for one of a password that takes nothing of its request", () =>
  holds({
    "src/app.ts": `${express}app.post("/v1/plans/reset", async (_req, res) => { await clearAll(); res.status(204).end(); }); // bad: none
app.post("/v1/users/reset", async (req, res) => { await sendCode(req.body.email); res.status(204).end(); });
`,
  }));

describe("require-auth on routes that rest on steps which let everybody pass", () => {
  const look = "const look = (req, res, next) => { req.user = sessions.find(req.headers.cookie); next(); };\nconst carry = (req, res, next) => { req.session = req.user ?? null; next(); };\n";
  const posts = (count: number): string => Array.from({ length: count }, (_, index) => `app.post("/things/${String(index)}", ${send});`).join("\n");
  const found = async (code: string): Promise<readonly string[]> => (await findingsOf({ "src/app.ts": `${express}${gate}${look}${code}` }, { rule })).map(({ range, messageId }) => `${range.start.line} ${messageId}`);

  it("tells them once, at the first of the steps that all share", async () => {
    expect(await found(`app.use(look);\napp.use(carry);\n${posts(5)}\napp.get("/mine", gate, ${send});\n`)).toEqual(["6 attachedTo"]);
  });

  it("tells each where they are few, and where a route has a step of its own", async () => {
    expect(await found(`app.use(look);\n${posts(2)}\napp.get("/mine", gate, ${send});\n`)).toEqual(["7 attaches", "8 attaches"]);
  });

  it("tells a check of roles that stands before many routes and before which nobody is known once", async () => {
    const rights = 'const onlyStaff = (req, res, next) => { if (req.user?.role !== "staff") { res.status(403).end(); return; } next(); };\n';
    expect(await found(`${rights}app.get("/mine", gate, ${send});\napp.use(onlyStaff);\n${posts(5)}\n`)).toEqual(["8 authorizedBy"]);
    const cors = 'import { adminCors } from "@acme/cors";\n';
    expect(await found(`${cors}app.get("/mine", gate, ${send});\napp.use(adminCors(settings));\napp.post("/notes", gate, ${send});\n`)).toEqual([]);
    expect(await found(`${rights}app.get("/mine", gate, ${send});\napp.use(onlyStaff);\n${posts(2)}\n`)).toEqual(["9 authorization", "10 authorization"]);
    expect(await found(`${rights}app.use(look);\napp.use(onlyStaff);\n${posts(5)}\n`)).toEqual([]);
  });

  it("takes a handler that sends who has no session to the page where they log in for one that authenticates", async () => {
    const page = (to: string): string => `import { sessions } from "@/sessions";\nexport async function POST(request: Request) {\n  const { data: { session } } = await sessions.read();\n  if (!session) return Response.redirect(new URL("${to}", request.url));\n  return Response.json({});\n}\n`;
    const reported = await findingsOf({ "package.json": '{ "name": "app", "dependencies": { "next": "15.0.0" } }', "app/api/pick/route.ts": page("/login"), "app/api/drop/route.ts": page("/done"), "sessions.ts": "export const sessions = { read: async () => ({ data: { session: null } }) };\n" }, { rule });
    expect(reported.map(({ file }) => file)).toEqual(["app/api/drop/route.ts"]);
  });

  it("takes whoever lacks the principal that a step put there for turned away, by whatever status, and nothing else that is missing", async () => {
    const hono = (handler: string): ProjectLiteral => ({ "src/app.ts": `import { Hono } from "hono";\nimport { HTTPException } from "hono/http-exception";\nconst app = new Hono();\napp.use("*", async (c, next) => { c.set("user", await sessions.find(c.req.header("cookie"))); await next(); });\napp.get("/own", async (c) => { const user = c.get("user"); if (!user) throw new HTTPException(401); return c.json(user); });\n${handler}\nexport default app;\n` });
    const open = async (handler: string): Promise<number> => (await findingsOf(hono(handler), { rule })).length;
    expect(await open('app.post("/plans", async (c) => { const member = c.get("user"); if (!member) throw new HTTPException(404); return c.json(await plans.add(member.id)); });')).toBe(0);
    expect(await open('app.post("/plans", async (c) => { const id = c.get("user")?.id; if (!id) throw new HTTPException(404); return c.json(await plans.add(id)); });')).toBe(0);
    expect(await open('app.post("/plans", async (c) => { const plan = c.get("plan"); if (!plan) throw new HTTPException(404); return c.json(await plans.add(plan.id)); });')).toBe(1);
    expect(await open('app.post("/plans", async (c) => { const member = await members.find(c.req.param("id")); if (!member) throw new HTTPException(404); return c.json(await plans.add(member.id)); });')).toBe(1);
  });

  it("leaves what makes an account and answers with its token, and how a forgotten password is asked for by the handler's name", async () => {
    const jwt = 'import jwt from "jsonwebtoken";\nimport { people } from "./people.js";\n';
    const more = { "src/people.ts": "export const people = { add: async (body) => body, forgotPassword: async (req, res) => { res.json(await mail(req.body.email)); }, remember: async (req, res) => { res.json(await mail(req.body.email)); } };\n" };
    const at = async (code: string): Promise<readonly string[]> => (await findingsOf({ "src/app.ts": `${jwt}${express}${gate}app.get("/mine", gate, ${send});\n${code}`, ...more }, { rule })).map(({ range }) => String(range.start.line));
    expect(await at('app.post("/users/staff", async (req, res) => { const person = await people.add(req.body); res.json({ jwt: jwt.sign({ id: person.id }, key) }); });\n')).toEqual([]);
    expect(await at('app.post("/links/staff", async (req, res) => { const person = await people.add(req.body); res.json({ jwt: jwt.sign({ id: person.id }, key) }); });\n')).toEqual(["7"]);
    expect(await at('app.post("/users/staff", async (req, res) => { const person = await people.add(req.body); res.json({ person }); });\n')).toEqual(["7"]);
    expect(await at('app.post("/check-user", people.forgotPassword);\napp.post("/check-plan", people.remember);\n')).toEqual(["8"]);
  });

  it("takes a code that is held against the one that was sent for a proof, and no other comparison", async () => {
    const change = (test: string, path = "/update-secret"): string => `app.put("${path}", async (req, res) => { const { name, otp, color } = req.body; const user = await people.find(name); if (${test}) return res.status(400).end(); await user.save(); res.json({}); });`;
    expect(await found(`app.get("/mine", gate, ${send});\n${change("user.sentCode !== otp || user.until < Date.now()")}\n`)).toEqual([]);
    expect(await found(`app.get("/mine", gate, ${send});\n${change("otp === undefined")}\n${change("user.color !== color", "/update-color")}\n`)).toEqual(["7 none", "8 none"]);
  });

  it("takes what runs at one path for no guard of those beside and below it", async () => {
    expect(await found(`app.route("/orders").all(gate).post(${send});\napp.delete("/orders/:id", ${send});\napp.all("/admin", gate);\napp.post("/admin/keys", ${send});\napp.all("/staff/*rest", gate);\napp.post("/staff/keys", ${send});\n`)).toEqual(["7 none", "9 none"]);
  });

  it("leaves a request that is handed on with all it carries to the server behind, and no other", async () => {
    const on = `import httpProxy from "http-proxy";\nconst proxy = httpProxy.createProxyServer({});\napp.get("/mine", gate, ${send});\napp.post("/desk/*rest", (req, res) => { proxy.web(req, res, { target }); });\napp.post("/till/*rest", async (req, res) => { const answer = await fetch(base + req.path, { method: req.method, headers: { ...req.headers, host }, body: req.body }); res.json(await answer.json()); });\napp.post("/shop/:id", async (req, res) => { const headers = new Headers(req.headers); headers.delete("host"); const answer = await fetch(base + req.path, { headers }); res.json(await answer.json()); });\n`;
    expect(await found(on)).toEqual([]);
    expect(await findingsOf({ "src/app.ts": `${express}${gate}${look}${on}` }, { rule, preset: "strict" })).toHaveLength(3);
    expect(await found(`app.get("/mine", gate, ${send});\napp.post("/till/:id", async (req, res) => { const answer = await fetch(base + req.path, { headers: { "user-agent": req.headers["user-agent"], accept: req.headers.accept }, body: req.body }); res.json(await answer.json()); });\n`)).toEqual(["7 none"]);
  });

  it("leaves alone what says no to everybody, and how a forgotten password is asked for", async () => {
    expect(await found(`app.get("/mine", gate, ${send});\napp.all("/{*rest}", (req, res, next) => { next(new NotFound()); });\napp.post("/send-forgot-password-otp", ${send});\napp.post("/forgotten-orders", ${send});\napp.post("/new-password", ${send});\n`)).toEqual(["9 none"]);
  });
});

describe("require-auth on middleware that hands on who is known alone", () => {
  const guarded = async (body: string): Promise<readonly string[]> => (await findingsOf({ "src/app.ts": `${express}const step = (req, res, next) => { ${body} };\napp.post("/v1/notes", step, ${send});\n` }, { rule })).map(({ messageId }) => messageId);

  it.each([
    "if (req.isAuthenticated()) return next(); res.redirect('/');",
    "if (req.isAuthenticated()) { next(); } else { res.json({ done: false }); }",
    "if (!req.isAuthenticated()) { res.render('welcome'); return; } next();",
    "req.isAuthenticated() ? next() : res.redirect('/');",
    "if (req.session && req.session.userId) { next(); return; } res.send('who are you');",
    "const { session } = req; if (!session.account) return res.send({ code: 1 }); return next();",
    "const who = req.session.user; if (who === undefined) { res.json({}); } else { next(); }",
    "const { user } = req; if (!user) return res.json({ done: false }); next();",
    "if (req.session.role !== 'editor') return res.redirect('/'); next();",
    "try { if (!req.session.isLoggedIn) { return res.json({}); } next(); } catch (error) { next(error); }",
    "if (req.path === '/x' || !req.session.user) { res.json({}); return; } req.session.user.load((error) => { if (error) return next(error); next(); });",
  ])("is silent about %s", async (body) => {
    expect(await guarded(body)).toEqual([]);
  });

  it.each([
    ["res.locals.known = req.isAuthenticated(); next();", "none"],
    ["if (req.isAuthenticated()) return res.redirect('/home'); next();", "none"],
    ["if (req.session.basket) return next(); res.json({});", "none"],
    ["if (!req.session.user) { req.session.user = { guest: true }; } next();", "attaches"],
    ["if (!req.session.user) { res.locals.guest = true; return next(); } if (req.session.user.blocked) return res.status(401).end(); next();", "attaches"],
    ["const person = req.session.user as Person | undefined; if (!person?.id) { log('nobody'); return next(); } try { req.user = await find(person.id); next(); } catch (error) { next(new UnauthorizedError()); }", "attaches"],
    ["try { res.locals.count = await count(req.session.user); } catch (error) { next(error); }", "none"],
    ["if (req.query.token) return next(); res.json({});", "none"],
  ])("reports %s", async (body, messageId) => {
    expect(await guarded(body)).toEqual([messageId]);
  });

  it.each([
    "const bearer = req.headers.authorization; if (bearer) { try { res.locals.user = verify(bearer.replace(/^Bearer /, '')); next(); } catch (error) { next(new UnauthorizedException()); } } else { next(); }",
    "const token = req.cookies.token; if (token) { try { req.user = verify(token); } catch (error) { return res.status(401).end(); } } next();",
    "const [, token] = req.get('Authorization')?.split(' ') ?? []; if (!token) { console.debug('nobody'); req.user = null; return next(); } try { req.user = verify(token); next(); } catch (error) { res.status(401).end(); }",
    "if (req.method === 'OPTIONS') return next(); if (req.headers.authorization?.startsWith('Bearer ')) { req.user = verify(req.headers.authorization); if (!req.user) return res.status(401).end(); } return next();",
  ])("reports that whoever shows no credentials passes %s", async (body) => {
    expect(await guarded(body)).toEqual(["attaches"]);
  });

  it.each([
    "const bearer = req.headers.authorization; if (bearer) { try { res.locals.user = verify(bearer); next(); } catch (error) { next(new UnauthorizedException()); } } else { res.status(401).end(); }",
    "const token = req.cookies.token; if (token) { try { req.user = verify(token); } catch (error) { return res.status(401).end(); } } if (!req.user) return res.status(401).end(); next();",
    "const token = req.cookies.token; if (token) { req.user = verify(token); } refuse(req, res) || next(); if (bad(token)) return res.status(401).end();",
    "const token = req.headers.authorization ?? req.cookies.token; if (!token) { return res.status(401).end(); } req.user = verify(token); next();",
    "const token = req.headers.authorization; if (token) { try { req.user = verify(token); return next(); } catch (error) { return res.status(401).end(); } } else if (req.headers['x-key'] !== settings.key) { return res.status(401).end(); } next();",
    "const wanted = lookUp(req.path); if (req.headers.authorization) { req.user = verify(req.headers.authorization); next(); } else { wanted.open ? next() : res.status(401).end(); }",
  ])("is silent where they are turned away %s", async (body) => {
    expect(await guarded(body)).toEqual([]);
  });

  it("takes hooks of Fastify and middleware of Hono in the same way", async () => {
    const fastify = (body: string): ProjectLiteral => ({ "src/app.ts": `import Fastify from "fastify";\nconst app = Fastify();\napp.addHook("onRequest", async (request, reply) => { ${body} });\napp.post("/v1/notes", async (request) => notes.insert(request.body));\n` });
    const verified = "request.user = verify(token); if (!request.user) return reply.code(401).send();";
    expect((await findingsOf(fastify(`const token = request.headers.authorization; if (!token) return; ${verified}`), { rule })).map(({ messageId }) => messageId)).toEqual(["attaches"]);
    expect((await findingsOf(fastify(`const token = request.cookies.session; if (token) { ${verified} }`), { rule })).map(({ messageId }) => messageId)).toEqual(["attaches"]);
    expect(await findingsOf(fastify(`const token = request.headers.authorization; if (!token) return reply.code(401).send(); ${verified}`), { rule })).toEqual([]);
    const hono = (body: string): ProjectLiteral => ({ "src/app.ts": `import { Hono } from "hono";\nimport { getCookie } from "hono/cookie";\nconst app = new Hono();\napp.use(async (c, next) => { ${body} });\napp.post("/v1/notes", async (c) => c.json(await notes.insert(await c.req.json())));\nexport default app;\n` });
    expect((await findingsOf(hono('const token = getCookie(c, "session"); if (token) { const user = verify(token); if (!user) return c.json({}, 401); c.set("user", user); } await next();'), { rule })).map(({ messageId }) => messageId)).toEqual(["attaches"]);
    expect(await findingsOf(hono('const token = getCookie(c, "session"); if (!token) return c.json({}, 401); c.set("user", verify(token)); await next();'), { rule })).toEqual([]);
  });

  it("takes the middleware of Koa in the same way", async () => {
    const app = (body: string): ProjectLiteral => ({ "src/app.ts": `import Koa from "koa";\nimport Router from "@koa/router";\nconst app = new Koa();\nconst router = new Router();\nconst step = async (ctx, next) => { ${body} };\nrouter.post("/v1/notes", step, (ctx) => { ctx.body = {}; });\napp.use(router.routes());\n` });
    expect(await findingsOf(app("if (ctx.session.user) { await next(); } else { ctx.body = { code: 1 }; }"), { rule })).toEqual([]);
    expect(await findingsOf(app("if (ctx.session.lang) { await next(); } else { ctx.body = { code: 1 }; }"), { rule })).toHaveLength(1);
  });
});

describe("require-auth on routers that are mounted together", () => {
  const open = (path: string): string => `import { Router } from "express";\nexport const ${path} = Router();\n${path}.get("/", ${send});\n${path}.post("/", ${send});\n${path}.put("/:id", ${send});\n`;
  const mounted = (extra: string): ProjectLiteral => ({
    "src/app.ts": `${express}${gate}import { shop } from "./shop.js";\napp.use("/shop", shop);\napp.get("/mine", gate, ${send});\n`,
    "src/shop.ts": `import { Router } from "express";\nimport { goods } from "./goods.js";\nimport { carts } from "./carts.js";\nexport const shop = Router();\nshop.use("/goods", goods);\nshop.use("/carts", carts);\n`,
    "src/goods.ts": open("goods"),
    "src/carts.ts": `${gate}${open("carts")}${extra}`,
  });
  const found = async (extra: string, options = {}): Promise<readonly string[]> => (await findingsOf(mounted(extra), { rule, ...options })).map(({ file, range, messageId }) => `${file}:${range.start.line} ${messageId}`);

  it("tells what one mount leaves open once, at the mount", async () => {
    expect(await found("")).toEqual(["src/app.ts:5 mount"]);
  });

  it("tells each router or route where one of them knows its callers, and in strict", async () => {
    const some = await found(`carts.delete("/:id", gate, ${send});\n`);
    expect(some.length).toBeGreaterThan(1);
    expect(some.every((one) => !one.endsWith(" mount"))).toBe(true);
    expect(await found("", { preset: "strict" })).toHaveLength(6);
  });
});

describe("require-auth on an application that many files let everybody read", () => {
  const found = async (count: number, options = {}): Promise<readonly string[]> => (await findingsOf(routers(count), { rule, ...options })).map(({ file, range, messageId }) => `${file}:${range.start.line} ${messageId}`);

  it("tells three reads and more as one decision, and each write", async () => {
    const pairs = { "src/app.ts": `import express from "express";\nimport { a } from "./a.js";\nimport { b } from "./b.js";\nexport const app = express();\napp.use("/a", a);\napp.use("/b", b);\napp.delete("/c/:id", (req, res) => { if (!req.headers.authorization) return res.status(401).end(); return res.end(); });\n`, ...Object.fromEntries(["a", "b"].map((name) => [`src/${name}.ts`, `import { Router } from "express";\nexport const ${name} = Router();\n${name}.get("/", ${send});\n${name}.get("/:id", ${send});\n`])) };
    expect((await findingsOf(pairs, { rule })).map(({ file, messageId }) => `${file} ${messageId}`)).toEqual(["src/a.ts reads"]);
    const four = await found(4);
    expect(four).toHaveLength(5);
    expect(four.slice(0, 3)).toEqual(["src/r00.ts:3 reads", "src/r00.ts:4 none", "src/r01.ts:4 none"]);
  });

  it("tells a file that nobody guards by itself, what it lets read included", async () => {
    const open = { ...routers(4), "src/r00.ts": `import { Router } from "express";\nexport const router = Router();\nrouter.get("/", ${send});\nrouter.post("/", ${send});\nrouter.put("/:id", ${send});\nrouter.delete("/:id", ${send});\n` };
    expect((await findingsOf({ ...open, ...{ "src/r04.ts": routers(5)["src/r04.ts"] ?? "", "src/app.ts": routers(5)["src/app.ts"] ?? "" } }, { rule })).map(({ file, messageId }) => `${file} ${messageId}`)).toEqual(["src/r00.ts file", "src/r01.ts reads", "src/r01.ts none", "src/r02.ts none", "src/r03.ts none", "src/r04.ts none"]);
  });

  it("tells each of two, and in strict", async () => {
    expect(await found(2)).toHaveLength(4);
    expect(await found(4, { preset: "strict", options: { report: "routes" } })).toHaveLength(8);
  });
});

describe("require-auth on Express", () => {
  it("is silent on what a Durable Object answers, which its own worker alone asks", () =>
    holds({
      "src/limiter.ts": `import { Hono } from "hono";
export class Limiter { app = new Hono(); constructor(state: DurableObjectState) { this.app.post("/", async (c) => c.json(await count(await c.req.json()))); } }
export class Counter { app = new Hono(); constructor(state: State) { this.app.post("/", async (c) => c.json(await count(await c.req.json()))); } } // bad: none@70
`,
    }));

  it("is silent on what a code that is given out once proves", () =>
    holds({
      "src/app.ts": `${express}${gate}import { codes } from "./codes.js";
app.get("/mine", gate, ${send});
app.post("/exchange", async (req, res) => { const found = await codes.getOneTimeCode(req.body.code); res.json(found.tokens); });
app.post("/change", async (req, res) => { res.json(await codes.getSometimes(req.body.code)); }); // bad: none@1
app.post("/enter", async (req, res) => { const { inviteToken } = req.body; const id = await redis.get("invite:" + inviteToken); if (!id) { return res.status(404).end(); } res.json(await enter(id)); });
const checkCaptcha = (req, res, next) => next();
app.post("/applications", checkCaptcha, ${send});
app.post("/look", async (req, res) => { const { place } = req.body; res.json(await redis.get("place:" + place)); }); // bad: none@1
`,
    }));

  it("is silent on a shell of pages, what refuses everybody, what is handed to a proxy, who signs in by a password, and gates that ask for no caller", () =>
    holds({
      "src/app.ts": `${express}import path from "node:path";
import { createProxyMiddleware } from "http-proxy-middleware";
import next from "next";
const pages = next({ dev: false });
const handle = pages.getRequestHandler();
const fresh = async (req, res, next) => { if (await settings.installed()) { return res.status(403).end(); } next(); };
app.get("/library/:id", (req, res) => res.sendFile(path.join(root, "index.html")));
app.get("/books/:id", (req, res) => res.sendFile(path.join(root, req.params.id))); // bad: none
app.get("/shelves/overview", (req, res) => { res.set({ "Cache-Control": "no-cache", "Content-Type": "text/html; charset=utf-8" }); res.send(shell.body); });
app.get("/shelves/feed", (req, res) => { res.set({ "Cache-Control": "no-cache", "Content-Type": "application/json" }); res.send(shell.body); }); // bad: none
app.use("/own-page", (_req, res) => { res.redirect(pagesUrl + "/own-page?" + known); });
app.use("/moved/one", (req, res) => { res.redirect(pagesUrl + "/" + req.query.id); }); // bad: none
app.use("/moved/next", (_req, res) => { res.redirect(jobs.startNext()); }); // bad: none
app.get("/stream", (req, res) => { res.set("Allow", "POST").sendStatus(405); });
app.post("/archive/push", (_req, res) => { res.status(403).type("text/plain").send("read only"); });
app.use("/:unknown/public", ${send});
app.post("/access-tokens", (req, res) => { const { email, password } = req.body; res.json(sign(email, password)); });
app.post("/models", async (req, res) => { res.json(await ask(req.headers.authorization ?? "", req.body)); });
app.post("/logged", (req, res) => { const { authorization } = req.headers; const header = req.headers.authorization; log.info({ authorization, header }, "called"); console.log(req.get("authorization")); res.json(ask(req.body)); }); // bad: none
app.post("/users", (req, res) => { res.json(create(req.body)); });
app.post("/users/authenticate", ${send}); // bad: none
app.post("/init", async (req, res) => { if (await owners.any()) { res.sendStatus(500); return; } res.json(await owners.createRootUser(req.body.name)); });
app.get("/videos/og", ${send});
app.post("/notes/tokens", (req, res) => { res.json(req.body.name); }); // bad: none
app.post("/installation/users", fresh, ${send});
app.all("/old/*rest", (req, res) => { const proxy = createProxyMiddleware({ target: "http://old" }); return proxy(req, res); });
app.all("/*rest", (req, res) => handle(req, res));
`,
    }));

  it("is silent on who is kept in the session as a login ends, on what a registration asks, on the rest of the paths, and behind a wrapper that falls back on a guard", () =>
    holds({
      "src/app.ts": `${express}${gate}const pass = (req, res, next) => next();
const withKey = (fallback) => (req, res, next) => { if (req.headers["x-key"] === key) return next(); return fallback(req, res, next); };
app.post("/identity/acme", async (req, res) => { const user = await acme.ask(req.body.code); req.session.userId = user.id; res.json(user); });
app.post("/profile", async (req, res) => { const user = await save(req.session.user, req.body); req.session.user = user; res.json(user); }); // bad: none
app.post("/language/of", (req, res) => { req.session.theme = req.body.theme; res.json(rows); }); // bad: none
app.post("/users/check", ${send});
app.post("/orders/check", ${send}); // bad: none
app.delete("/auth/pending-user", ${send});
app.get("/robots-of/:id", withKey(gate), ${send});
app.get("/robots-to/:id", withKey(pass), ${send}); // bad: none
app.get("/{*rest}", (req, res) => { send(req.path).pipe(res); });
`,
    }));

  it("is silent where only who knows a secret of the path gets in, on steps of a login by device or code, on the first set-up, and on senders that unreadable code tells by their headers", () =>
    holds({
      "src/app.ts": `${express}import passport from "passport";
import { providers } from "@acme/providers";
app.post(\`/bots/\${process.env.BOT_TOKEN}/updates\`, ${send});
app.use(\`/admin/\${config.adminKey}\`, admin());
function admin() { const router = express.Router(); router.get("/jobs", ${send}); return router; }
app.get(\`/\${process.env.LOCALE}/jobs\`, ${send}); // bad: none
app.post("/auth/device", ${send});
app.post("/auth/device/token", ${send});
app.get("/auth/crumb", ${send});
app.post("/otp/send", ${send});
app.post("/otp", ${send}); // bad: none
app.get("/auth/:provider", (req, res, next) => { passport.authenticate(req.params.provider)(req, res, next); });
app.post("/setup", async (req, res) => { const owners = await count(); if (owners > 0) return res.redirect("/"); res.json(await own(req.body)); });
app.post("/shop/setup", async (req, res) => { res.json(await own(req.body)); }); // bad: none
app.post("/webhooks", async (req, res) => { res.json(await providers.parse(req.headers, req.body)); });
app.post("/hooks", async (req, res) => { console.log(req.headers); res.json(await providers.parse(req.body)); }); // bad: unsigned
app.get("/server-health", ${send});
`,
    }));

  it("takes a check of what is a program for none of what a caller may, and a guard that looks at nobody for nothing that is known", () =>
    holds({
      "src/app.ts": `${express}const notABot = async (req, res, next) => { if (!(await human(req.body.answer))) return res.status(403).end(); next(); };
app.post("/messages", notABot, ${send}); // bad: none
`,
      "src/app.module.ts": `import { Controller, Module, Post, UseGuards } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
class FreshGuard { canActivate() { return !this.settings.installed; } }
@Controller("installation") export class Installation { @Post("people") @UseGuards(FreshGuard) people() { return 1; } }
@Module({ controllers: [Installation] }) export class AppModule {}
void NestFactory.create(AppModule);
`,
    }));

  it("takes the project's own answer to who is not known for a refusal, whatever its status", () =>
    holds({
      "src/app.ts": `import Fastify from "fastify";
import { noAuth, noFiles, reply } from "./reply.js";
const app = Fastify();
const signedIn = async (request, response) => { if (request.isUnauthenticated()) { reply(response, noAuth); } };
app.post("/v1/tracks", { preValidation: (request, response) => signedIn(request, response) }, async (request, response) => reply(response, await save(request.body)));
app.post("/v1/albums", async (request, response) => { if (!request.user) { return reply(response, noAuth); } return reply(response, await save(request.body)); });
app.post("/v1/labels", async (request, response) => { if (!request.isMultipart()) { return reply(response, noFiles); } return reply(response, await save(request.body)); }); // bad: none
app.post("/v1/lists", async (request, response) => { if (!request.user) { track(noAuth); } return reply(response, await save(request.body)); }); // bad: none
app.post("/v1/request-password-reset", async (request, response) => reply(response, await save(request.body)));
app.put("/v1/users/pass-reset", async (request, response) => reply(response, await save(request.body)));
`,
      "src/reply.ts": `export const noAuth = { error: { code: 400 }, message: "You must be signed in" };
export const noFiles = { error: { code: 400 }, message: "No files" };
export const reply = (response, data) => response.code(data.error ? data.error.code : 200).send(data);
`,
    }));

  it("takes a refusal of who is not known for one by whatever status, and says nothing of requests that are given away", () =>
    holds({
      "package.json": '{ "dependencies": { "next": "16.0.0" } }',
      "app/api/comments/route.ts": `import { currentUser } from "@/session";
export async function DELETE(request: Request) { const user = await currentUser(); const id = new URL(request.url).searchParams.get("id"); if (!id || !user?.id) { return new Response("missing", { status: 400 }); } return Response.json(await drop(id, user.id)); }
`,
      "app/api/rpc/route.ts": `import { RpcServer } from "@effect/rpc";
const { handler } = RpcServer.toWebHandler(procedures);
export const POST = (request: Request) => handler(request);
`,
      "app/api/contributors/route.ts": `import { people } from "./people";
export const GET = async () => Response.json(await people.all());
export const dynamic = "force-static";
`,
      "app/api/auth/[...all]/route.ts": `import { makeHandlers } from "@acme/auth";
export const GET = async (request: Request) => (await makeHandlers(request)).GET(request);
`,
    }));

  it("asks who may see a board of queues, and what a package serves of the database, and nothing of accounts and proxies", () =>
    holds({
      "src/app.ts": `${express}import { ExpressAdapter } from "@bull-board/express";
import finale from "finale-rest";
import { createProxyMiddleware } from "http-proxy-middleware";
import { toNodeHandler } from "better-auth/node";
${gate}const board = new ExpressAdapter();
app.use("/queues", board.getRouter()); // bad: none
app.use("/old", createProxyMiddleware({ target: "http://old" }));
app.all("/accounts/*rest", toNodeHandler(auth));
finale.initialize({ app, sequelize: database });
finale.resource({ model: Note, endpoints: ["/notes", "/notes/:id"], actions: ["read"] }); // bad: none
app.use(gate);
app.use("/inner", board.getRouter());
finale.resource({ model: User, endpoints: ["/users", "/users/:id"] });
`,
    }));

  it("judges what a function of the project wraps by the function that it is given, and headers of helmet by the package", () =>
    holds({
      "src/app.ts": `${express}import helmet from "helmet";
import { check, note } from "./steps.js";
app.use(helmet.referrerPolicy({ policy: "no-referrer" }));
app.use(require("helmet").contentSecurityPolicy({ directives: {} }));
app.get("/orders", note, ${send}); // bad: none
app.get("/invoices", check, ${send});
app.use("/", check);
app.get("/payments", ${send});
if (process.env.NODE_ENV === "test") app.post("/reset", ${send});
`,
      "src/steps.ts": `${Array.from({ length: 40 }, (_, at) => `export const step${at} = attempt(async (req, res, next) => { next(); });`).join("\n")}
export const check = attempt(async (req, res, next) => { if (!req.get("Authorization")) throw new InvalidTokenError(); next(); });
export const note = attempt(async (req, res, next) => { console.log(req.url); next(); });
function attempt(step) { return async (req, res, next) => { try { return await step(req, res, next); } catch (error) { next(error); } }; }
`,
    }));

  it("reports routes whose steps all let everybody pass, and is silent on those that one step refuses", () =>
    holds({
      "src/app.ts": `${express}import jwt from "jsonwebtoken";
import { attach, authenticateCaller, check, maybe, named, optionalByBody } from "./steps.js";
app.get("/orders", ${send}); // bad: none
app.get("/invoices", check, ${send});
app.get("/a", attach, ${send}); // bad: attaches
app.get("/b", named, ${send}); // bad: none
app.post("/c", optionalByBody, ${send}); // bad: attaches
app.get("/d", optionalByBody, ${send});
app.get("/e", (req, res) => { if (!req.headers.authorization) { res.status(401).end(); return; } res.json({}); });
app.get("/f", [attach, check], ${send});
app.post("/g", maybe({ required: true }), ${send});
app.put("/h", (req, res, next) => { req.user = jwt.verify(req.headers.authorization, process.env.KEY); next(); }, ${send});
app.put("/i", (req, res, next) => { try { req.user = jwt.verify(req.headers.authorization, process.env.KEY); } catch { /* anonymous */ } next(); }, ${send}); // bad: attaches
app.delete("/j", (req, res, next) => { console.log(req.url); next(); }, ${send}); // bad: none
app.put("/k", authenticateCaller, ${send}); // bad: attaches
`,
      "src/steps.ts": `export const authenticateCaller = async (request, response, next) => { const found = /^Bearer (.+)$/.exec(request.headers.authorization ?? ""); if (found) { try { request.pluginUser = await tokens.find(found[1]); } catch { /* anonymous */ } } next(); };
import { lookUp } from "./tokens.js";
export const attach = (req, res, next) => { req.user = lookUp(req.headers.authorization); next(); };
export function check(req, res, next) { if (!lookUp(req.headers.authorization)) return next(new UnauthorizedError()); next(); }
/** Called a gate, and lets everybody pass. */
export const named = function requireAuth(req, res, next) { console.log("checked"); next(); };
export const optionalByBody = (req, res, next) => {
  const token = req.headers.authorization;
  if (!token) return next();
  const user = lookUp(token);
  if (!user) { res.status(401).end(); return; }
  req.user = user;
  next();
};
export const maybe = (options) => (req, res, next) => { if (options.required && !req.headers.authorization) { res.sendStatus(401); return; } next(); };
class UnauthorizedError extends Error {}
`,
      "src/tokens.ts": 'export const lookUp = (token) => token === "t" ? { id: 1 } : undefined;\n',
    }));

  it("knows which steps of packages refuse and which attach", () =>
    holds({
      "src/app.ts": `${express}import passport from "passport";
import { expressjwt } from "express-jwt";
import { clerkMiddleware, getAuth, requireAuth } from "@clerk/express";
import { auth, requiredScopes } from "express-oauth2-jwt-bearer";
import { fromNodeHeaders } from "better-auth/node";
import { sessions } from "./auth.js";
app.use(passport.initialize());
app.get("/a", passport.authenticate("jwt", { session: false }), ${send});
app.get("/b", passport.authenticate(["jwt", "anonymous"], { session: false }), ${send});
app.post("/c", passport.authenticate(["jwt", "anonymous"], { session: false }), ${send}); // bad: attaches
app.get("/d", expressjwt({ secret: process.env.KEY, algorithms: ["RS256"] }), ${send});
app.put("/e", expressjwt({ secret: process.env.KEY, algorithms: ["RS256"], credentialsRequired: false }), ${send}); // bad: attaches
app.put("/f", clerkMiddleware(), ${send}); // bad: attaches
app.put("/g", clerkMiddleware(), requireAuth(), ${send});
app.put("/h", clerkMiddleware(), (req, res) => { const { userId } = getAuth(req); if (!userId) { res.status(401).json({ code: "unauthorized" }); return; } res.json({}); });
app.put("/i", auth(), requiredScopes("write"), ${send});
app.put("/j", requiredScopes("write"), ${send}); // bad: authorization
app.put("/k", async (req, res, next) => { req.session = await sessions.api.getSession({ headers: fromNodeHeaders(req.headers) }); next(); }, ${send}); // bad: attaches
app.put("/l", async (req, res, next) => { const session = await sessions.api.getSession({ headers: fromNodeHeaders(req.headers) }); if (!session) { res.status(401).end(); return; } next(); }, ${send});
`,
      "src/auth.ts": 'import { betterAuth } from "better-auth";\nexport const sessions = betterAuth({});\n',
    }));

  it("minds the order of steps, and the paths that they are mounted at", () =>
    holds({
      "src/app.ts": `${express}import { orders } from "./orders.js";
${gate}app.get("/early", ${send}); // bad: none
app.use("/admin", gate);
app.get("/admin/users", ${send});
app.get("/adminx", ${send}); // bad: none
app.use("/orders", orders);
app.use(gate);
app.get("/late", ${send});
`,
      "src/orders.ts": `import { Router } from "express";
${gate}export const orders = Router();
orders.get("/open", ${send}); // bad: none
orders.use(gate);
orders.get("/closed", ${send});
orders.route("/:id").get(${send}).delete(${send});
`,
    }, { options: { report: "routes" } }));

  it("reports authorisation without authentication, and takes a check of a secret for authentication whatever its status", () =>
    holds({
      "src/app.ts": `${express}${gate}const isAdmin = (req, res, next) => { if (req.user.role !== "admin") { res.status(403).end(); return; } next(); };
const internal = (req, res, next) => { if (req.headers["x-api-key"] !== process.env.API_KEY) { res.status(403).end(); return; } next(); };
const load = (req, res, next) => { req.user = { role: "guest" }; next(); };
const validateKey = async (req, res, next) => { try { await keys.check(req.headers["x-transfer-key"]); } catch (error) { return res.apiErr(new Failure("invalid key"), 403); } next(); };
const noteKey = async (req, res, next) => { try { await keys.check(req.headers["x-transfer-key"]); } catch (error) { res.note(new Failure("invalid key"), 200); } next(); };
const handedOn = (req, res, next) => { next(req.get("x-api-key") === process.env.API_KEY ? undefined : new Failure("key_invalid", 401)); };
const counted = (req, res, next) => { next(req.query.page > 100 ? new Failure("too_far", 400) : undefined); };
const publicApiKeyAuth = async (req, res, next) => { try { next(); } catch (error) { answer(res, { status: 500 }); } };
app.delete("/g", publicApiKeyAuth, ${send}); // bad: none
app.delete("/e", validateKey, ${send});
app.delete("/h", handedOn, ${send});
app.delete("/i", counted, ${send}); // bad: none
app.delete("/f", noteKey, ${send}); // bad: none
app.delete("/a", isAdmin, ${send}); // bad: authorization
app.delete("/b", gate, isAdmin, ${send});
app.delete("/c", internal, ${send});
app.delete("/d", load, isAdmin, ${send});
`,
    }));

  it("takes a guard of administrators that compares the header of credentials for one that authenticates, and no guard that asks whoever is there for their rank alone", () =>
    holds({
      "src/keys.controller.ts": `import { CanActivate, Controller, ExecutionContext, Injectable, Post, UseGuards } from "@nestjs/common";
const equal = (left: string, right: string) => left === right;
@Injectable() class AdminKeyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean { const request = context.switchToHttp().getRequest(); return equal(request.headers["authorization"], \`Basic \${process.env.ADMIN_KEY}\`); }
}
@Injectable() class AdminRankGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean { return context.switchToHttp().getRequest().user.isAdmin; }
}
@Controller("v1/keys") export class Keys {
  @UseGuards(AdminKeyGuard) @Post() make() { return {}; }
  @UseGuards(AdminRankGuard) @Post("again") again() { return {}; } // bad: none@31
}
`,
    }));

  it("takes a key of the application's own that has to be known for a proof, and no key that is only changed", () =>
    holds({
      "src/app.ts": `${express}${gate}import { settings } from "./settings.js";
app.get("/private", gate, ${send});
app.post("/clear", (req, res) => { const { key } = req.query; if (key !== String(settings.adminKey)) { return res.json({ done: false }); } res.json(clear(req.body)); });
app.post("/change", (req, res) => { const { apiKey } = req.body; if (apiKey !== settings.apiKey) { settings.apiKey = apiKey; } res.json({}); }); // bad: none
`,
      "src/settings.ts": "export const settings = { adminKey: process.env.ADMIN_KEY, apiKey: process.env.API_KEY };\n",
    }));

  it("warns of what asks by POST and writes nothing, and takes what a tool puts on the application for nobody's check", async () => {
    const files = {
      "src/app.ts": `${express}${gate}import { stand } from "../tools/stand.js";
stand(app);
app.get("/private", gate, ${send});
app.post("/airports/_batch", async (req, res) => { res.json(await airports(req.body)); });
app.post("/seats/check-availability", async (req, res) => { res.json(await seats(req.body)); });
app.post("/orders/batch", async (req, res) => { res.json(await prisma.order.createMany({ data: req.body })); });
import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
`,
      "tools/stand.ts": "export const stand = (app) => { app.use((req, res, next) => { req.user = { name: \"tester\" }; next(); }); };\n",
    };
    expect((await findingsOf(files, { rule: "require-auth" })).map(({ messageId, severity, file }) => `${file} ${messageId} ${severity}`)).toEqual(["src/app.ts none warn", "src/app.ts none warn", "src/app.ts none error"]);
  });

  it("leaves open what is open by nature, and not what only sounds so", () =>
    holds({
      "src/app.ts": `${express}${gate}import bcrypt from "bcrypt";
import { create } from "./users.js";
app.get("/private", gate, ${send});
app.post("/auth/login", ${send});
app.post("/users/register", ${send});
app.post("/forgot-password", ${send});
app.get("/reset-password/:token", ${send});
app.get("/oauth/callback", ${send});
app.get("/health", ${send});
app.get("/api/docs", ${send});
app.get("/js/:key.js", ${send});
app.get("/js/:key.json", ${send}); // bad: none
app.post("/users", async (req, res) => { res.json(await create(req.body)); });
app.post("/people", async (req, res) => { res.json(await bcrypt.compare(req.body.password, "x")); });
app.post("/courses/:id/register", ${send}); // bad: none
app.patch("/orders/:id/status", ${send}); // bad: none
app.post("/documents/:id/verify", ${send}); // bad: none
app.post("/animals", ${send}); // bad: none
app.delete("/:id", ${send}); // bad: none
`,
      "src/users.ts": 'import bcrypt from "bcrypt";\nexport const create = async (user) => ({ ...user, password: await bcrypt.hash(user.password, 10) });\n',
    }));

  it("asks webhooks for a signature", () =>
    holds({
      "src/app.ts": `${express}${gate}import Stripe from "stripe";
import { verifySignature } from "./signature.js";
const stripe = new Stripe(process.env.STRIPE_KEY);
app.get("/private", gate, ${send});
app.post("/webhooks/stripe", express.raw({ type: "*/*" }), (req, res) => { stripe.webhooks.constructEvent(req.body, req.headers["stripe-signature"], process.env.HOOK); res.json({}); });
app.post("/webhooks/github", verifySignature, ${send});
app.post("/webhooks/any", ${send}); // bad: unsigned
`,
      "src/signature.ts": 'import { timingSafeEqual } from "node:crypto";\nexport const verifySignature = (req, res, next) => { if (!timingSafeEqual(Buffer.from(req.get("x-signature")), Buffer.from("x"))) { res.sendStatus(401); return; } next(); };\n',
    }));

  it("takes paths below a segment that says public for declared", () =>
    holds({
      "src/app.ts": `${express}${gate}app.get("/private", gate, ${send});
app.get("/v1/public/news/:id", ${send});
app.post("/public/tickets", ${send});
app.put("/documents/:id/public", ${send}); // bad: none
app.get("/documents/:id/public/links", ${send}); // bad: none
app.get("/public-keys", ${send}); // bad: none
`,
    }));

  it("is silent on what the settings declare public, and on steps that they name", async () => {
    const files = { "src/app.ts": `${express}${gate}import { guard } from "@acme/guards";
app.get("/private", gate, ${send});
app.get("/catalogue/:id", ${send});
app.get("/catalogue", ${send});
app.post("/catalogue", ${send}); // bad: none
app.put("/unknown", guard(), ${send});
` };
    await holds(files, { settings: { routes: { public: ["GET /catalogue", "GET /catalogue/*"] } } });
    await holds({ "src/app.ts": files["src/app.ts"].replace(' // bad: none', "") }, { settings: { routes: { public: ["/catalogue/**", "/catalogue"] } } });
  });

  it("judges a router that nothing mounts only where it authenticates routes one by one", () =>
    holds({
      "src/left.ts": `import { Router } from "express";\nexport const left = Router();\nleft.get("/x", ${send});\nleft.post("/y", ${send});\n`,
      "src/own.ts": `import { Router } from "express";\n${gate}export const own = Router();\nown.get("/x", gate, ${send});\nown.post("/y", ${send}); // bad: none\n`,
    }));

  it("reports an application that authenticates nobody once, and each route of it in strict", async () => {
    const routes = ["a", "b", "c", "d"].map((name) => `app.get("/${name}", ${send});`);
    await holds({ "src/app.ts": `import express from "express";\nexport const app = express(); // bad: application@20\n${routes.join("\n")}\n` });
    await holds({ "src/app.ts": `${express}${routes.map((route) => `${route} // bad: none`).join("\n")}\n` }, { preset: "strict" as const, options: { report: "routes", optional: "report" } });
  });

  it("reports a step that only attaches, where many routes rest on it, once, and each route in strict", async () => {
    const routes = ["a", "b", "c", "d"].map((name) => `app.get("/${name}", ${send});`);
    const attaching = "const who = (req, res, next) => { req.user = find(req.headers.authorization); next(); };\n";
    const files = (mark: string, each: string): ProjectLiteral => ({ "src/app.ts": `${express}${gate}${attaching}app.get("/closed", gate, ${send});\napp.use(who);${mark}\n${routes.map((route) => `${route}${each}`).join("\n")}\n` });
    await holds(files(" // bad: attachedTo@9", ""));
    await holds(files("", " // bad: attaches"), { preset: "strict" as const, options: { report: "routes", optional: "report" } });
  });

  it("is silent on a choice that a cookie keeps, on names that may be taken, on what is there for developers alone, and on who is known by what a parameter takes from the headers", () =>
    holds({
      "src/app.ts": `${express}${gate}import { debug } from "./debug.js";
app.get("/closed", gate, ${send});
app.post("/language", (req, res) => { if (!["de", "en"].includes(req.body.language)) return res.status(400).end(); res.cookie("language", req.body.language); res.json({ done: true }); });
app.post("/tour", (req, res) => { db.seen(req.body.tour); res.cookie("tour", "1"); res.json({ done: true }); }); // bad: none
app.get("/users/username/available", ${send});
app.get("/users/duplicate/nickname/:nickname", ${send});
app.post("/rooms/:id/available", ${send}); // bad: none
app.get("/remote-config", ${send});
app.get("/config", ${send}); // bad: none
app.get("/panic", () => { throw new Error("on purpose"); });
app.get("/v1/healthd", ${send});
app.get("/api/hello", ${send});
app.get("/api/hello/members", ${send}); // bad: none
debug(app);
if (process.env.NODE_ENV === "development") app.get("/clock", ${send});
if (settings.isDebug) app.get("/exit", ${send});
`,
      "src/debug.ts": `export function debug(app) { if (process.env.NODE_ENV !== "development") return; app.get("/dump", ${send}); }\n`,
      "src/google.controller.ts": 'import { Controller, Headers, Post } from "@nestjs/common";\n@Controller("social") export class SocialController { constructor(private readonly providers) {}\n@Post("google") google(@Headers("authorization") authorization: string) { return this.providers.google(authorization); }\n}\n',
    }));

  it("leaves out what stands in for the backend of another package", () =>
    holds({
      "package.json": '{ "private": true, "workspaces": ["api", "web"] }',
      "api/package.json": '{ "name": "api", "dependencies": { "express": "5" } }',
      "api/src/app.ts": `import express from "express";\n${gate}export const app = express();\napp.use(gate);\n${["/api/me", "/api/users/:name", "/api/notes", "/api/notes/:id", "/api/config"].map((path) => `app.get("${path}", ${send});`).join("\n")}\n`,
      "web/package.json": '{ "name": "web", "dependencies": { "next": "16" } }',
      ...Object.fromEntries(["me", "users/erik", "notes", "notes/one", "config"].map((path) => [`web/pages/api/${path}.ts`, "export default (request, response) => { response.json(load()); };\n"])),
    }));

  it("reports what can be read once in an application that authenticates others", async () => {
    const bare = (mark: string): string => ["a", "b", "c", "d"].map((name, index) => `open.get("/${name}", ${send});${mark === "reads" && index > 0 ? "" : ` // bad: ${mark}`}`).join("\n");
    const files = (mark: string): ProjectLiteral => ({
      "src/app.ts": `${express}${gate}import { open } from "./open.js";\napp.use("/open", open);\napp.get("/closed", gate, ${send});\n`,
      "src/open.ts": `import { Router } from "express";\nexport const open = Router();\n${bare(mark)}\n`,
    });
    await holds(files("reads"));
    await holds(files("none"), { preset: "strict" as const, options: { report: "routes" } });
  });

  it("takes a handler that sends who has no session to the login page for one that refuses", () =>
    holds({
      "src/app.ts": `${express}${gate}import { onlyMembers } from "./members.js";
app.get("/private", gate, ${send});
app.get("/orders", (req, res) => { if (!req.session.user) { res.redirect("/login"); return; } res.json({}); });
app.post("/orders", (req, res) => { onlyMembers(req, res); res.json({}); });
app.post("/invoices", (req, res) => { if (!req.body.id) { res.redirect("/orders"); return; } res.json({}); }); // bad: none
`,
      "src/members.ts": 'export const onlyMembers = (req, res) => { if (!req.session.member) return res.redirect(`/sign-in?from=${req.path}`); };\n',
    }));

  it("takes a token that was given to one caller for a proof, and no other input", () =>
    holds({
      "src/app.ts": `${express}${gate}import jwt from "jsonwebtoken";
import { PrismaClient } from "@prisma/client";
import { checkSignature } from "./sign.js";
const prisma = new PrismaClient();
app.get("/private", gate, ${send});
app.get("/files/:downloadToken", ${send});
app.get("/counts/:tokenCount", ${send}); // bad: none
app.post("/invites/accept", async (req, res) => { res.json(await prisma.invite.findFirst({ where: { token: req.body.token } })); });
app.post("/invites/drop", async (req, res) => { res.json(await prisma.invite.findFirst({ where: { id: req.body.id } })); }); // bad: none
app.post("/devices", async (req, res) => { res.json(await prisma.device.create({ data: { token: req.body.token } })); }); // bad: none
app.post("/answers", async (req, res) => { const link = jwt.verify(req.query.link, process.env.KEY); res.json(link); });
app.post("/events", async (req, res) => { if (!checkSignature(req)) return res.status(400).end(); res.json({}); });
`,
      "src/sign.ts": 'import { createHmac, timingSafeEqual } from "node:crypto";\nexport const checkSignature = (req) => timingSafeEqual(Buffer.from(req.get("x-sig")), createHmac("sha256", process.env.K).update(req.rawBody).digest());\n',
    }));

  it("leaves open pages that show nothing of a store, preflights and documents for crawlers; pages are reported in strict", async () => {
    const app = (page: string): ProjectLiteral => ({
      "src/app.ts": `${express}${gate}import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
app.get("/private", gate, ${send});
app.get("/about", (req, res) => { res.render("about"); });${page}
app.get("/welcome", (req, res) => { res.send("<h1>Hello</h1>"); });${page}
app.get("/old", (req, res) => { res.redirect("/new"); });${page}
app.post("/about", (req, res) => { res.render("about"); }); // bad: none
app.get("/people", async (req, res) => { res.render("people", { people: await prisma.person.findMany() }); }); // bad: none
app.get("/both", (req, res) => { if (req.query.json) { res.json({}); return; } res.render("both"); }); // bad: none
app.head("/people/:id/photo", (req, res) => { res.redirect("/photos/" + req.params.id); }); // bad: none
app.options("/orders", ${send});
app.get("/llms.txt", ${send});
app.get("/auth/providers", ${send});
app.get("/auth/github", ${send});
app.post("/login/google", ${send});
`,
    });
    await holds(app(""));
    await holds(app(" // bad: none"), { preset: "strict" as const, options: { report: "routes", pages: "report" } });
  });

  it("reports optional credentials of reading routes where it is asked to", () =>
    holds({ "src/app.ts": `${express}${gate}import { expressjwt } from "express-jwt";\napp.put("/y", gate, ${send});\nconst auth = { optional: expressjwt({ secret: process.env.KEY, algorithms: ["RS256"], credentialsRequired: false }) };\napp.get("/x", auth.optional, ${send}); // bad: attaches\n` }, { options: { optional: "report" } }));

  it("shows the mounts, the steps with their roles, and what to write", async () => {
    const [finding] = await findingsOf({ "src/app.ts": `${express}import { z } from "zod";
import { validate } from "./validate.js";
${gate}const router = express.Router();
router.post("/orders", validate(z.object({})), ${send});
app.use(express.json());
app.use("/api/v1", router);
app.get("/private", gate, ${send});
`, "src/validate.ts": "export const validate = (schema) => (req, res, next) => { schema.parse(req.body); next(); };\n" }, { rule });
    expect(finding?.message).toBe("No step in front of POST /api/v1/orders authenticates the caller, so anybody can call it. It is reached through src/app.ts:9 at /api/v1 → src/app.ts:7; steps: validate (validation), 1 that only prepares the request. To mend it, put a middleware that rejects before the handler, or `router.use(requireAuth)` above this line; or declare the route public in `routes.public`.");
    expect(finding?.related.map(({ message }) => message)).toEqual(["mounted at /api/v1", "validate: validation (route)"]);
  });
});

describe("require-auth on Fastify", () => {
  const fastify = 'import Fastify from "fastify";\nconst app = Fastify();\n';
  const reply = "async () => ({})";

  it("follows hooks, decorations, plugins and their scopes", () =>
    holds({
      "src/app.ts": `${fastify}import bearer from "@fastify/bearer-auth";
import jwt from "@fastify/jwt";
import auth from "@fastify/auth";
import { closed, lifted, open } from "./plugins.js";
await app.register(jwt, { secret: process.env.KEY });
await app.register(auth);
app.decorate("authenticate", async (request, reply) => { await request.jwtVerify(); });
app.decorate("load", async (request) => { try { await request.jwtVerify(); } catch { request.user = null; } });
app.get("/a", ${reply}); // bad: none
app.get("/b", { onRequest: [app.authenticate] }, ${reply});
app.get("/c", { preHandler: app.auth([app.authenticate]) }, ${reply});
app.post("/d", { preHandler: [app.load] }, ${reply}); // bad: attaches
app.route({ method: "GET", url: "/e", handler: ${reply} }); // bad: none
app.route({ method: "GET", url: "/f", onRequest: async (request, reply) => { if (!request.headers.authorization) return reply.code(401).send({ code: "unauthorized" }); }, handler: ${reply} });
app.register(closed, { prefix: "/closed" });
app.register(open, { prefix: "/open" });
app.register(async (inner) => {
  await inner.register(bearer, { keys: new Set([process.env.KEY]) });
  inner.get("/g", ${reply});
});
app.register(async (inner) => {
  await inner.register(lifted);
  inner.get("/h", ${reply});
});
export { app };
`,
      "src/plugins.ts": `import fp from "fastify-plugin";
import type { FastifyInstance } from "fastify";
export async function closed(app: FastifyInstance) {
  app.get("/before", ${reply});
  app.addHook("onRequest", async (request, reply) => { if (!request.session.user) reply.code(401).send({ code: "unauthorized" }); });
}
export async function open(app: FastifyInstance) {
  app.get("/x", ${reply}); // bad: none
  app.addHook("onRequest", async (request) => { request.log.info("called"); });
}
export const lifted = fp(async (app: FastifyInstance) => {
  app.addHook("preHandler", async (request) => { await request.jwtVerify(); });
});
`,
    }, { options: { report: "routes" } }));

  it("takes a hook with exceptions by URL for authentication with declared exceptions", () =>
    holds({ "src/app.ts": `${fastify}app.addHook("onRequest", async (request, reply) => {
  if (request.url.startsWith("/public")) return;
  if (!request.session.user) reply.code(401).send({ code: "unauthorized" });
});
app.get("/public/news", ${reply});
app.get("/orders", ${reply});
` }));
});

it("takes a hook of hapi that only looks at requests which a gateway has marked for no guard", async () => {
  const hapi = (hook: string): ProjectLiteral => ({ "src/app.js": `import Hapi from "@hapi/hapi";
const server = Hapi.server({ port: 3000 });
server.ext("onPreAuth", (request, h) => { ${hook} });
server.route({ method: "POST", path: "/v1/pets", handler: async (request) => ({ id: request.payload.id }) });
await server.start();` });
  const refuses = 'return h.response({ code: "DENIED" }).code(403).takeover();';
  const found = async (hook: string): Promise<readonly string[]> => (await findingsOf(hapi(hook), { rule: "require-auth" })).map(({ messageId }) => messageId);
  expect(await found(`const marked = request.headers["x-gateway"] === "true"; if (!marked) { return h.continue; } if (!request.path.startsWith("/open")) { ${refuses} } return h.continue;`)).toEqual(["none"]);
  expect(await found(`const known = request.headers.authorization === key; if (!known) { ${refuses} } return h.continue;`)).toEqual([]);
});

describe("require-auth on NestJS", () => {
  const nest = (controllers: string, rest: Readonly<Record<string, string>> = {}, providers = ""): ProjectLiteral => ({
    "src/main.ts": 'import { NestFactory } from "@nestjs/core";\nimport { AppModule } from "./app.module.js";\nconst app = await NestFactory.create(AppModule);\nawait app.listen(3000);\n',
    "src/app.module.ts": `import { Module } from "@nestjs/common";\nimport { APP_GUARD } from "@nestjs/core";\nimport * as controllers from "./app.controller.js";\nimport { JwtGuard } from "./guards.js";\n@Module({ controllers: [controllers.AppController], providers: [${providers}] })\nexport class AppModule {}\nexport const unused = [APP_GUARD, JwtGuard];\n`,
    "src/app.controller.ts": `import { applyDecorators, Controller, Delete, Get, Post, UseGuards } from "@nestjs/common";\nimport { AuthGuard } from "@nestjs/passport";\nimport { AttachGuard, GraphGuard, JwtGuard, SocketGuard, WebGuard, OpenGuard, OwnerGuard, Public, Roles, RolesGuard, Secured, ThereGuard, ThrottleLikeGuard } from "./guards.js";\n${controllers}\nexport const unused = [applyDecorators, AuthGuard, AttachGuard, GraphGuard, SocketGuard, WebGuard, JwtGuard, OpenGuard, OwnerGuard, Public, Roles, RolesGuard, Secured, ThereGuard, ThrottleLikeGuard, Delete, Get, Post, UseGuards];\n`,
    "src/guards.ts": `import { applyDecorators, type CanActivate, type ExecutionContext, ForbiddenException, Injectable, NotFoundException, SetMetadata, UnauthorizedException, UseGuards } from "@nestjs/common";
import { Reflector } from "@nestjs/core";
import { JwtService } from "@nestjs/jwt";
export const Public = () => SetMetadata("public", true);
export const Roles = (...roles: string[]) => SetMetadata("roles", roles);
@Injectable() export class JwtGuard implements CanActivate {
  constructor(private readonly jwt: JwtService, private readonly reflector: Reflector) {}
  async canActivate(context: ExecutionContext) {
    if (this.reflector.getAllAndOverride("public", [context.getHandler()])) return true;
    const request = context.switchToHttp().getRequest();
    const token = request.headers.authorization;
    if (!token) throw new UnauthorizedException();
    request.user = await this.jwt.verifyAsync(token);
    return true;
  }
}
@Injectable() export class AttachGuard implements CanActivate {
  canActivate(context: ExecutionContext) { const request = context.switchToHttp().getRequest(); request.user = request.headers.authorization; return true; }
}
@Injectable() export class OpenGuard implements CanActivate { canActivate() { return true; } }
@Injectable() export class JwtAuthGuard implements CanActivate { canActivate() { return true; } }
@Injectable() export class RolesGuard implements CanActivate {
  canActivate(context: ExecutionContext) { if (context.switchToHttp().getRequest().user.role !== "admin") throw new ForbiddenException(); return true; }
}
@Injectable() export class OwnerGuard extends AttachGuard {
  canActivate(context: ExecutionContext) { super.canActivate(context); const { user, params } = context.switchToHttp().getRequest(); return user?.id === params.id; }
}
@Injectable() export class ThereGuard implements CanActivate {
  constructor(private readonly orders: OrderRepository) {}
  async canActivate(context: ExecutionContext) { if (!(await this.orders.find(context.switchToHttp().getRequest().params.id))) throw new NotFoundException(); return true; }
}
@Injectable() export class SocketGuard implements CanActivate {
  constructor(private readonly jwt: JwtService) {}
  canActivate(context: ExecutionContext) { const type = context.getType<string>(); if (type !== "ws") return true; if (!context.switchToWs().getClient().token) throw new UnauthorizedException(); return true; }
}
@Injectable() export class GraphGuard implements CanActivate {
  canActivate(context: ExecutionContext) { if (context.getType<string>() === "graphql") { if (!context.getArgByIndex(2).user) throw new UnauthorizedException(); } return true; }
}
@Injectable() export class WebGuard implements CanActivate {
  canActivate(context: ExecutionContext) { if (context.getType() !== "http") return true; if (!context.switchToHttp().getRequest().user) throw new UnauthorizedException(); return true; }
}
@Injectable() export class ThrottleLikeGuard implements CanActivate { canActivate(context: ExecutionContext) { return Boolean(context); } }
export const Secured = () => applyDecorators(UseGuards(JwtGuard), Roles("admin"));
`,
    ...rest,
  });

  it("reads guards of classes, methods and composed decorators", () =>
    holds(nest(`@Controller("orders") export class AppController {
  @Get() list() { return []; } // bad: none@4
  @UseGuards(JwtGuard) @Get("a") a() { return {}; }
  @UseGuards(AuthGuard("jwt")) @Get("b") b() { return {}; }
  @Secured() @Get("c") c() { return {}; }
  @UseGuards(AttachGuard) @Post("d") d() { return {}; } // bad: attaches@28
  @UseGuards(OpenGuard) @Post("e") e() { return {}; } // bad: none@26
  @UseGuards(RolesGuard) @Roles("admin") @Delete("f") f() { return {}; } // bad: authorization@43
  @UseGuards(JwtGuard, RolesGuard) @Delete("g") g() { return {}; }
  @Roles("admin") @Delete("h") h() { return {}; } // bad: none@20
  @UseGuards(OwnerGuard) @Delete("j") j() { return {}; }
  @UseGuards(ThereGuard) @Get("k/:id") k() { return {}; } // bad: none@27
  @Public() @Get("i") i() { return {}; }
  @UseGuards(SocketGuard) @Post("l") l() { return {}; } // bad: none@28
  @UseGuards(GraphGuard) @Post("m") m() { return {}; } // bad: none@27
  @UseGuards(WebGuard) @Post("n") n() { return {}; }
}`)));

  it("applies global guards to every controller, and leaves out what is marked public", () =>
    holds(nest(`@Controller("orders") export class AppController {
  @Get() list() { return []; }
  @Public() @Get("news") news() { return []; }
}`, {}, "{ provide: APP_GUARD, useClass: JwtGuard }")));

  it("reads the middleware that a module applies to paths and controllers", () =>
    holds(nest(`@Controller("orders") export class AppController {
  @Get() list() { return []; }
  @Get("open") open() { return []; } // bad: none@4
  @Post() create() { return {}; }
}
@Controller("plain") export class PlainController {
  @Get() list() { return []; } // bad: none@4
}
@Controller("users") export class UsersController {
  @Get() list() { return []; }
  @Post() create() { return []; } // bad: none@4
}`, {
      "src/api.module.ts": `import { type MiddlewareConsumer, Module, type NestModule, RequestMethod, UnauthorizedException } from "@nestjs/common";
import { AppController, PlainController, UsersController } from "./app.controller.js";
class AuthMiddleware { use(request, response, next) { if (!request.headers.authorization) throw new UnauthorizedException(); next(); } }
@Module({ controllers: [AppController, PlainController, UsersController] }) export class ApiModule implements NestModule {
  configure(consumer: MiddlewareConsumer) {
    consumer.apply(AuthMiddleware).exclude("orders/open").forRoutes(AppController, { path: "users", method: RequestMethod.GET });
  }
}
`,
      "src/app.module.ts": 'import { Module } from "@nestjs/common";\nimport { ApiModule } from "./api.module.js";\n@Module({ imports: [ApiModule] })\nexport class AppModule {}\n',
    })));
});

describe("require-auth on Hono", () => {
  const hono = 'import { Hono } from "hono";\nexport const app = new Hono();\n';
  const answer = "(c) => c.json({})";

  it("follows middleware in order, by path and in combinations", () =>
    holds({
      "src/app.ts": `${hono}import { bearerAuth } from "hono/bearer-auth";
import { every, except, some } from "hono/combine";
import { jwk } from "hono/jwk";
import { jwt } from "hono/jwt";
import { HTTPException } from "hono/http-exception";
import { clerkMiddleware, getAuth } from "@hono/clerk-auth";
import { rateLimiter } from "hono-rate-limiter";
const limit = rateLimiter({ windowMs: 1000, limit: 5 });
app.get("/before", ${answer}); // bad: none
app.use("/admin/*", jwt({ secret: process.env.KEY }));
app.get("/admin/users", ${answer});
app.get("/a", bearerAuth({ token: process.env.KEY }), ${answer});
app.put("/b", clerkMiddleware(), ${answer}); // bad: attaches
app.put("/c", clerkMiddleware(), (c) => { if (!getAuth(c)?.userId) throw new HTTPException(401); return c.json({}); });
app.put("/d", every(limit, bearerAuth({ token: process.env.KEY })), ${answer});
app.put("/e", some(limit, bearerAuth({ token: process.env.KEY })), ${answer}); // bad: none
app.put("/f", except("/f/open", bearerAuth({ token: process.env.KEY })), ${answer});
app.put("/g", jwk({ jwks_uri: process.env.JWKS, allow_anon: true }), ${answer}); // bad: attaches
app.put("/h", async (c, next) => { const user = c.get("user"); if (!user) return c.json({ code: "unauthorized" }, 401); await next(); }, ${answer});
app.put("/i", async (c, next) => { c.set("user", null); await next(); }, ${answer}); // bad: attaches
`,
    }));
});

describe("require-auth on Koa", () => {
  it("follows routers, koa-jwt and what it leaves out", () =>
    holds({
      "src/app.ts": `import Koa from "koa";
import Router from "@koa/router";
import jwt from "koa-jwt";
const app = new Koa();
const open = new Router({ prefix: "/open" });
open.get("/a", (ctx) => { ctx.body = {}; }); // bad: none
open.get("/b", jwt({ secret: process.env.KEY }), (ctx) => { ctx.body = {}; });
open.put("/c", jwt({ secret: process.env.KEY, passthrough: true }), (ctx) => { ctx.body = {}; }); // bad: attaches
open.put("/d", async (ctx, next) => { if (!ctx.state.user) ctx.throw(401); await next(); }, (ctx) => { ctx.body = {}; });
app.use(open.routes());
app.use(jwt({ secret: process.env.KEY }).unless({ path: [/^\\/public/] }));
const closed = new Router({ prefix: "/closed" });
closed.get("/a", (ctx) => { ctx.body = {}; });
app.use(closed.routes());
const news = new Router({ prefix: "/public" });
news.get("/a", (ctx) => { ctx.body = {}; });
app.use(news.routes());
app.listen(3000);
`,
    }));
});

describe("require-auth on Next.js", () => {
  const manifest = '{ "name": "web", "dependencies": { "next": "16.0.0" } }';

  it("leaves what a wrapper runs to the handler, asks wrapped webhooks for a signature, and lets procedures answer for their mount", () =>
    holds({
      "package.json": manifest,
      "src/lib/with-trace.ts": "export function withTrace(handler) { return async (request) => { try { return await handler(request); } finally { console.log('done'); } }; }\n",
      "src/app/api/me/route.ts": "const handler = async (request) => { const session = await lookUp(request.cookies.get('session')); request.userId = session.userId; if (!session) return new Response(null, { status: 401 }); return Response.json({}); };\nexport const GET = handler;\n",
      "src/app/api/signed/webhook/route.ts": 'import Stripe from "stripe";\nimport { withTrace } from "../../../../lib/with-trace";\nconst stripe = new Stripe(process.env.KEY);\nconst handler = async (request) => { stripe.webhooks.constructEvent(await request.text(), request.headers.get("stripe-signature"), process.env.HOOK); return Response.json({}); };\nexport const POST = withTrace(handler);\n',
      "src/app/api/open/webhook/route.ts": 'import { withTrace } from "../../../../lib/with-trace";\nconst handler = async (request) => Response.json(await request.json());\nexport const POST = withTrace(handler); // bad: unsigned@14\n',
      "src/lib/parse.ts": "import { unauthorized } from './answers';\nimport { sessions } from './sessions';\nexport async function parse(request, options = {}) { if (!options.skipAuth && !(await sessions.find(request))) return { error: unauthorized() }; return {}; }\n",
      "src/lib/answers.ts": "export const unauthorized = () => Response.json({ code: 'unauthenticated' }, { status: 401 });\n",
      "src/app/api/teams/route.ts": "import { parse } from '../../../lib/parse';\nexport async function POST(request) { const { error } = await parse(request); if (error) return error; return Response.json({}); }\n",
      "src/app/api/signals/route.ts": "import { parse } from '../../../lib/parse';\nexport async function POST(request) { // bad: none@23\n  const { error } = await parse(request, { skipAuth: true }); if (error) return error; return Response.json({});\n}\n",
      "src/app/api/orders/route.ts": 'import { withTrace } from "../../../lib/with-trace";\nconst handler = async (request) => Response.json({});\nexport const POST = withTrace(handler); // bad: none@14\n',
      "src/app/api/trpc/[trpc]/route.ts": 'import { fetchRequestHandler } from "@trpc/server/adapters/fetch";\nimport { appRouter } from "../../../../router";\nimport { withTrace } from "../../../../lib/with-trace";\nconst handler = (req) => fetchRequestHandler({ endpoint: "/api/trpc", req, router: appRouter });\nconst traced = withTrace(handler);\nexport { traced as GET, traced as POST };\n',
      "src/router.ts": 'import { initTRPC, TRPCError } from "@trpc/server";\nconst t = initTRPC.create();\nconst guarded = t.procedure.use(({ ctx, next }) => { if (!ctx.user) throw new TRPCError({ code: "UNAUTHORIZED" }); return next(); });\nexport const appRouter = t.router({ mine: guarded.query(() => []) });\n',
    }));

  it("takes a procedure that is built on a public one for declared, and one that two servers serve for one", () =>
    holds({
      "package.json": manifest,
      "src/trpc.ts": 'import { initTRPC, TRPCError } from "@trpc/server";\nexport const t = initTRPC.create();\nexport const publicProcedure = t.procedure;\nexport const protectedProcedure = publicProcedure.use(({ ctx, next }) => { if (!ctx.user) throw new TRPCError({ code: "UNAUTHORIZED" }); return next(); });\nexport const baseProcedure = t.procedure;\n',
      "src/router.ts": 'import { t, baseProcedure, protectedProcedure, publicProcedure } from "./trpc";\nexport const appRouter = t.router({\n  mine: protectedProcedure.query(() => []),\n  status: publicProcedure.query(() => "up"),\n  orders: baseProcedure.query(() => []), // bad: none@25\n});\n',
      "src/http.ts": 'import { createHTTPServer } from "@trpc/server/adapters/standalone";\nimport { appRouter } from "./router";\ncreateHTTPServer({ router: appRouter }).listen(3000);\n',
      "src/socket.ts": 'import { applyWSSHandler } from "@trpc/server/adapters/ws";\nimport { appRouter } from "./router";\nimport { wss } from "./wss";\napplyWSSHandler({ wss, router: appRouter });\n',
      "src/wss.ts": 'import { WebSocketServer } from "ws";\nexport const wss = new WebSocketServer({ port: 3001 });\n',
    }));

  it("knows procedures by which a principal comes and goes by their names, and no others of such a router", () =>
    holds({
      "package.json": manifest,
      "src/trpc.ts": 'import { initTRPC, TRPCError } from "@trpc/server";\nexport const t = initTRPC.create();\nexport const openProcedure = t.procedure;\nexport const protectedProcedure = openProcedure.use(({ ctx, next }) => { if (!ctx.user) throw new TRPCError({ code: "UNAUTHORIZED" }); return next(); });\n',
      "src/auth.ts": 'import { t, openProcedure } from "./trpc";\nimport { users } from "./users";\nexport const authRouter = t.router({\n  logOut: openProcedure.mutation(({ ctx }) => ctx.end()),\n  authStatus: openProcedure.query(({ ctx }) => ({ user: ctx.user })),\n  setup: openProcedure.mutation(async ({ input }) => {\n    const found = await users.count();\n    if (found > 0) { throw new Error("set up"); }\n    return users.add(input);\n  }),\n  devices: openProcedure.query(() => []), // bad: none@26\n});\n',
      "src/users.ts": "export const users = { count: async () => 0, add: async (user) => user };\n",
      "src/router.ts": 'import { t, openProcedure, protectedProcedure } from "./trpc";\nimport { authRouter } from "./auth";\nexport const appRouter = t.router({\n  auth: authRouter,\n  mine: protectedProcedure.query(() => []),\n  plans: t.router({ reset: openProcedure.mutation(({ input }) => input) }), // bad: none@42\n});\n',
      "src/http.ts": 'import { createHTTPServer } from "@trpc/server/adapters/standalone";\nimport { appRouter } from "./router";\ncreateHTTPServer({ router: appRouter }).listen(3000);\n',
    }));

  it("reports a package whose handlers authenticate nobody once", () =>
    holds({
      "package.json": manifest,
      "app/a/route.ts": "export async function GET() { return Response.json({}); } // bad: application@23\n",
      ...Object.fromEntries(["b", "c", "d"].map((name) => [`app/${name}/route.ts`, "export async function GET() { return Response.json({}); }\nexport async function OPTIONS() { return Response.json({}); }\n"])),
    }));
});

describe("require-auth on what is open on purpose", () => {
  it("leaves what is published to be read, and no writing or what belongs to somebody", async () => {
    const shop = (resource: string, guard = "gate, "): string => `app.get("/v1/${resource}", list);\napp.get("/v1/${resource}/:id/reviews", list);\napp.post("/v1/${resource}", ${guard}list);\n`;
    const found = async (code: string, options = {}): Promise<readonly string[]> => (await findingsOf({ "src/app.ts": `${express}${gate}const list = (req, res) => { res.json(find(req.params)); };\napp.get("/v1/mine", gate, list);\n${code}` }, { rule, ...options })).map(({ range, messageId }) => `${range.start.line} ${messageId}`);
    expect(await found(shop("products"))).toEqual([]);
    expect(await found(shop("products", ""))).toEqual(["6 none", "7 none", "8 none"]);
    expect(await found(shop("orders"))).toEqual(["6 none", "7 none"]);
    expect(await found(shop("customers"))).toEqual(["6 none", "7 none"]);
    expect(await found('app.get("/v1/products", list);\napp.put("/v1/product/:id", gate, list);\n')).toEqual([]);
    expect(await found('const warn = (req, res, next) => { if (!req.headers.authorization) console.warn("who?"); next(); };\napp.get("/v1/products", warn, list);\napp.put("/v1/product/:id", warn, gate, list);\n')).toEqual(["7 none"]);
    expect(await found('app.get("/v1/products", list);\napp.use("/v1", gate);\napp.put("/v1/products/:id", list);\n')).toEqual(["6 none"]);
    expect(await found('app.get("/v1/products", list);\napp.post("/v1/shops", gate, list);\n')).toEqual(["6 none"]);
    expect(await found(shop("products"), { preset: "strict" })).toEqual(["6 none", "7 none"]);
  });

  it("leaves what says one thing to everybody, and what is called a login", async () => {
    await holds({ "src/app.ts": `${express}${gate}app.get("/v1/mine", gate, ${send});\napp.get("/v1/hello", (req, res) => { res.json({ text: "hello" }); });\napp.post("/v1/hello", (req, res) => { res.json({ text: "hello" }); }); // bad: none\napp.get("/v1/notes", (req, res) => { res.json({ notes }); }); // bad: none\n`.replace("// bad: none\n", "// bad: none@1\n").replace("// bad: none\n", "// bad: none@1\n") });
    const controller = (name: string): ProjectLiteral => ({ "src/auth.controller.ts": `import { Controller, Get, Post, UseGuards } from "@nestjs/common";\n@Controller("auth")\nexport class AuthController {\n  @Get("me")\n  @UseGuards(AuthGuard("jwt"))\n  me() { return {}; }\n  @Post()\n  ${name}() { return this.proxy.send("x"); }\n}\n` });
    expect(await findingsOf(controller("login"), { rule })).toEqual([]);
    expect(await findingsOf(controller("create"), { rule })).toHaveLength(1);
  });

  it("takes the password until now, together with whose it is, for a proof", async () => {
    const controller = (fields: string): ProjectLiteral => ({ "src/auth.controller.ts": `import { Body, Controller, Get, Patch, UseGuards } from "@nestjs/common";\nclass ChangePassword { ${fields} newPassword: string; }\n@Controller("auth")\nexport class AuthController {\n  @Get("me")\n  @UseGuards(AuthGuard("jwt"))\n  me() { return {}; }\n  @Patch("change-password")\n  change(@Body() given: ChangePassword) { return this.proxy.send(given); }\n}\n` });
    expect(await findingsOf(controller("email: string; oldPassword: string;"), { rule })).toEqual([]);
    expect(await findingsOf(controller("email: string;"), { rule })).toHaveLength(1);
    expect(await findingsOf(controller("oldPassword: string;"), { rule })).toHaveLength(1);
  });

  it("does not miss authentication behind a decorator of the project that names a role", async () => {
    const files = (decorator: string): ProjectLiteral => ({
      "package.json": '{ "name": "app", "dependencies": { "express": "5.0.0" } }',
      "src/app.ts": express,
      "src/decorators.ts": 'const note = (key: string, value: unknown) => (target: object, name?: string) => { Reflect.defineMetadata(key, value, target, name); };\nexport const Controller = (path: string) => note("path", path);\nexport const Post = (path: string) => note("post", path);\nexport const Get = (path: string) => note("get", path);\nexport const RequireRole = (role: string) => note("role", role);\nexport const Use = (step: unknown) => note("use", step);\nexport const requireUser = (req, res, next) => { if (!req.headers.authorization) return res.status(401).end(); next(); };\n',
      "src/notes.controller.ts": `import { Controller, Get, Post, RequireRole, Use, requireUser } from "./decorators";\n@Controller("/v1/notes")\nexport class Notes {\n  @Get("/")\n  @Use(requireUser)\n  list() { return []; }\n  @Post("/")\n  ${decorator}\n  create() { return {}; }\n}\n`,
    });
    expect(await findingsOf(files('@RequireRole("editor")'), { rule })).toEqual([]);
    expect(await findingsOf(files(""), { rule })).toHaveLength(1);
  });

  const told = async (files: ProjectLiteral, preset?: "strict"): Promise<readonly string[]> => (await findingsOf(files, { rule, ...(preset && { preset }) })).map(({ messageId, severity }) => `${messageId} ${severity}`);
  const some = (...routes: readonly string[]): ProjectLiteral => ({ "src/app.ts": `${express}${gate}app.get("/mine", gate, ${send});\n${routes.map((route) => `app.${route}, ${send});`).join("\n")}\n` });

  it("warns of what is only read, and tells an error where something is written", async () => {
    expect(await told(some('get("/orders"'))).toEqual(["none warn"]);
    expect(await told(some('post("/orders"'))).toEqual(["none error"]);
    expect(await told(some('get("/orders"'), "strict")).toEqual(["none error"]);
  });

  it("tells once that most of an application is open, and each file where more is authenticated", async () => {
    expect(await told(routers(11))).toEqual(["mostly error"]);
    expect(await told(routers(3))).toEqual(["reads warn", "none error", "none error", "none error"]);
  });

  it("tells two routes of an application that authenticates nobody once", async () => {
    expect(await told({ "src/app.ts": `${express}app.get("/orders", ${send});\napp.post("/orders", ${send});\n` })).toEqual(["application error"]);
  });

  it("leaves alone what is shared by its address, how accounts are made, steps of passkeys and applications for jobs", async () => {
    expect(await told(some('get("/share/:slug"', 'post("/login"', 'post("/users"', 'post("/passkey-challenge"', 'post("/apply-for-job"', 'post("/recovery/request"'))).toEqual([]);
    // Where callers sign up elsewhere, this makes accounts for others.
    expect(await told(some('post("/login"', 'post("/register"', 'post("/users"'))).toEqual(["none error"]);
    expect(await told(some('post("/share/:slug"', 'get("/shares"'))).toEqual(["none error", "none warn"]);
  });

  it("leaves forms alone that strangers hand in, and warns where a route limits its callers itself", async () => {
    expect(await told(some('get("/auth/available"', 'post("/contact-us"', 'post("/v1/newsletter/subscribe"', 'post("/newsletter-subscriptions"', 'post("/enquiries"', 'post("/resend-mobile-otp"'))).toEqual([]);
    expect(await told(some('post("/contacts"', 'get("/contact-us"', 'patch("/enquiries/:id"'))).toEqual(["none error", "none warn", "none error"]);
    const limited = (method: string, step: string): string => `${express}${gate}import { rateLimit } from "express-rate-limit";\napp.get("/closed", gate, ${send});\n${step}app.${method}("/chat", ${step ? "" : "rateLimit({ limit: 9 }), "}${send});\n`;
    expect(await told({ "src/app.ts": limited("post", "") })).toEqual(["none warn"]);
    expect(await told({ "src/app.ts": limited("delete", "") })).toEqual(["none error"]);
    expect(await told({ "src/app.ts": limited("post", "app.use(rateLimit({ limit: 9 }));\n") })).toEqual(["none error"]);
  });

  it("leaves alone what sends a code to prove an address by, and a sample page that says one thing to everybody", async () => {
    const mail = (made: string): ProjectLiteral => ({ "src/app.ts": `${express}${gate}app.get("/mine", gate, ${send});\napp.post("/users/send-email", async (req, res) => { const code = ${made}(); await mails.send(req.body.email, code); res.json({}); });\n` });
    expect(await told(mail("makeOtp"))).toEqual([]);
    expect(await told(mail("makeText"))).toEqual(["none error"]);
    const page = (answer: string): ProjectLiteral => ({ "package.json": JSON.stringify({ name: "web", dependencies: { next: "15", react: "19" } }), "src/pages/api/sample.ts": `export default function handler(req, res) { res.status(200).json(${answer}); }\n` });
    expect(await told(page('{ name: "sample" }'))).toEqual([]);
    expect(await told(page("{ rows }"))).toEqual(["none error"]);
  });

  it("leaves examples of a package alone, and no feature that is called so", async () => {
    const at = (file: string): ProjectLiteral => ({ "package.json": "{}", [file]: `${express}app.post("/orders", ${send});\n` });
    for (const file of ["examples/shop/app.ts", "packages/core/example/app.ts", "src/examples/app.ts"]) expect(await told(at(file)), file).toEqual([]);
    expect(await told(at("src/api/examples/app.ts"))).toEqual(["none error"]);
  });

  it("takes a package whose work is not known for no guard where it also runs before what another step guards", async () => {
    const trimming = (before: string, from = '"trimmer"'): ProjectLiteral => ({ "package.json": '{ "dependencies": { "express": "5", "trimmer": "1" } }', "src/app.ts": `${express}${gate}import { trim } from ${from};\napp.get("/mine", ${before}, ${send});\napp.put("/orders", trim, ${send});\n` });
    expect(await told(trimming("gate, trim"))).toEqual(["none error"]);
    expect(await told(trimming("gate"))).toEqual([]);
    expect(await told(trimming("gate, trim", '"./absent.js"'))).toEqual([]);
  });

  it("leaves alone what is handed in where only administrators read it", async () => {
    const inbox = (read: string, other = ""): ProjectLiteral => ({ "src/app.ts": `${express}${gate}app.post("/wishes", ${send});\n${read}\n${other}` });
    const admin = `const requireAdmin = (req, res, next) => { if (req.user?.role !== "admin") return res.status(403).end(); next(); };\n`;
    expect(await told(inbox(`app.get("/wishes/admin", gate, ${send});`))).toEqual([]);
    expect(await told(inbox(`${admin}app.get("/wishes", gate, requireAdmin, ${send});`, `app.delete("/wishes/:id", gate, requireAdmin, ${send});`))).toEqual([]);
    expect(await told(inbox(`app.get("/wishes", gate, ${send});`))).toEqual(["none error"]);
    expect(await told(inbox(`app.get("/wishes/admin", gate, ${send});`, `app.get("/wishes/:id", ${send});`))).toEqual(["none error", "none warn"]);
  });

  it("ends where a step is asked about what a variable makes of itself", async () => {
    const step = "const step = (req, res, next) => { const limit = parse(limit); if (!check(limit)) return res.status(401).end(); next(); };\n";
    expect(await told({ "src/app.ts": `${express}${step}app.use(step);\napp.get("/orders", ${send});\n` })).toEqual([]);
  });
});

it("follows what a route asks to the function that makes the answer", async () => {
  const files = (answer: string): ProjectLiteral => ({
    "package.json": '{ "name": "pages", "private": true, "scripts": { "start": "next start" }, "dependencies": { "next": "15", "next-auth": "4" } }',
    "lib/answers.ts": `import { NextResponse } from "next/server";\nexport function refused() { return NextResponse.json({ error: "no" }, { status: ${answer} }); }\n`,
    "lib/auth.ts": 'import { getServerSession } from "next-auth";\nexport const session = () => getServerSession({});\n',
    "app/api/v1/members/route.ts": `import { NextRequest, NextResponse } from "next/server";
import { refused } from "../../../../lib/answers";
import { session } from "../../../../lib/auth";
async function checkStaff() {
  const found = await session();
  if (!found?.user?.email?.endsWith("@acme.io")) return refused();
  return null;
}
export async function POST(req: NextRequest) {
  const refusal = await checkStaff();
  if (refusal) return refusal;
  return NextResponse.json({ ok: true });
}
`,
  });
  expect(await findingsOf(files("401"), { rule })).toEqual([]);
  expect(await findingsOf(files("200"), { rule })).toHaveLength(1);
});

describe("require-auth on what only developers, other servers and packages are asked", () => {
  const count = async (files: ProjectLiteral): Promise<number> => (await findingsOf(files, { rule })).length;
  const shop = (more: string, files: ProjectLiteral = {}): ProjectLiteral => ({ "src/app.ts": `${express}${gate}app.get("/mine", gate, ${send});\n${more}`, ...files });

  it("leaves a handler alone that begins by turning production away, itself or by a function, and none that asks later or turns nobody away", async () => {
    const helper = { "src/only.ts": 'export function onlyHere(what) { if (process.env.NODE_ENV === "production") { throw new Error(what); } }\nexport function noteHere(what) { if (process.env.NODE_ENV === "production") { console.log(what); } }\n' };
    const post = (body: string): ProjectLiteral => shop(`import { onlyHere, noteHere } from "./only.js";\napp.post("/seed", (req, res) => { ${body} });\n`, helper);
    expect(await count(post('onlyHere("seed"); res.json(seed(req.body));'))).toBe(0);
    expect(await count(post('if (process.env.NODE_ENV === "production") { res.status(404).end(); return; } res.json(seed(req.body));'))).toBe(0);
    expect(await count(post('noteHere("seed"); res.json(seed(req.body));'))).toBe(1);
    expect(await count(post('if (process.env.NODE_ENV === "development") { res.status(404).end(); return; } res.json(seed(req.body));'))).toBe(1);
    expect(await count(post('res.json(seed(req.body)); await rest(); await more(); await last(); onlyHere("seed");'))).toBe(1);
  });

  it("leaves what is given to a proxy to the server behind, webhooks included, and nothing that is given to others", async () => {
    expect(await count(shop('app.post("/webhooks/:id/test", (req, res) => this.proxy.forward("hooks", req));\n'))).toBe(0);
    expect(await count(shop('app.post("/webhooks/:id/test", (req, res) => this.hooks.forward("hooks", req));\n'))).toBe(1);
  });

  it("takes a package that is given the body and a header for a check of a webhook, and no client that sends both on", async () => {
    const hook = (made: string, call: string): ProjectLiteral => shop(`${made}\napp.post("/webhook", (req, res) => { const event = ${call}; note(event); res.end(); });\n`);
    const receiver = 'import { Receiver } from "calls-sdk";\nconst receiver = new Receiver(process.env.CALLS_KEY);';
    expect(await count(hook(receiver, 'receiver.receive(req.body, req.get("Authorization"))'))).toBe(0);
    expect(await count(hook(receiver, "receiver.receive(req.body)"))).toBe(1);
    expect(await count(hook('import { got } from "calls-sdk";', 'got.post(req.body, req.get("Authorization"))'))).toBe(1);
  });

  it("takes a code and a state of which a token is made for the end of a login, and no other code of a state", async () => {
    expect(await count(shop('app.get("/cb", async (req, res) => { const { code, state } = req.query; sessions.check(state); res.json(await provider.exchange(code)); });\n'))).toBe(0);
    expect(await count(shop('app.get("/taxes", async (req, res) => { const { code, state } = req.query; res.json(await taxes.find(code, state)); });\n'))).toBe(1);
  });

  it("takes a step that says it is optional for none that turns anybody away, though it verifies what it finds, and what an authorisation server keeps for nothing open", async () => {
    const steps = 'import { jwtVerify } from "jose";\nconst find = async (req) => { const held = req.headers.authorization; if (!held) return undefined; return (await jwtVerify(held, key)).payload; };\nconst optionalViewer = async (req, res, next) => { res.locals.viewer = await find(req); next(); };\n';
    expect(await count(shop(`${steps}app.post("/things", optionalViewer, ${send});\n`))).toBe(1);
    expect(await count(shop(`app.delete("/oauth/clients/:id", ${send});\n`))).toBe(1);
    expect(await count(shop(`app.post("/oauth/token", ${send});\n`))).toBe(0);
  });

  it("leaves demonstrations beside what they show and servers among tests alone, and what is called so by itself", async () => {
    const open = `${express}app.post("/things", ${send});\napp.listen(3000);\n`;
    const workspace = { "package.json": '{ "name": "all", "private": true, "workspaces": ["apps/*", "server", "server/test/*"] }' };
    const unit = (name: string): string => `{ "name": "${name}", "scripts": { "start": "node ." }, "dependencies": { "express": "5.0.0" } }`;
    const main = { "server/package.json": unit("server"), "server/src/app.ts": `${express}${gate}app.post("/things", gate, ${send});\n` };
    expect(await count({ ...workspace, ...main, "apps/login-demo/package.json": unit("login-demo"), "apps/login-demo/index.ts": open })).toBe(0);
    expect(await count({ ...workspace, ...main, "server/test/client/package.json": unit("client"), "server/test/client/index.ts": open })).toBe(0);
    expect(await count({ ...workspace, ...main, "apps/login/package.json": unit("login"), "apps/login/index.ts": open })).toBe(1);
    expect(await count({ ...workspace, "apps/login-demo/package.json": unit("login-demo"), "apps/login-demo/index.ts": open })).toBe(1);
  });
});
