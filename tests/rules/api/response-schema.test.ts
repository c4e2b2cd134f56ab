import { expect, it } from "vitest";
import { allOf, verdictsOf } from "../../support/cases.js";
import { checkProject } from "../../support/project.js";

const rule = { rule: "response-schema", options: { report: "each" } } as const;
const head = `import express from "express";
import Fastify from "fastify";
import { z } from "zod";
import { Type } from "@sinclair/typebox";
import { Hono } from "hono";
import Router from "@koa/router";
import { Elysia } from "elysia";
import { readFile } from "node:fs/promises";
import { find } from "./users";
const elysia = new Elysia();
const router = new Router();
const hono = new Hono();
const app = express();
const fastify = Fastify();
const User = z.object({ name: z.string() });`;
const more = { "src/users.ts": `export const find = async (id: unknown) => ({ id });` };

it("is silent where a schema holds the answer, and where no data are sent", async () => {
  const silent = {
    "a parse of the answer": `app.get("/v1/users/:id", async (req, res) => { res.json(User.parse(await find(req.params.id))); });`,
    "a response schema of Fastify": `fastify.get("/v1/users/:id", { schema: { response: { 200: Type.Object({ name: Type.String() }) } } }, async (request) => find(request.params.id));`,
    "everything below a path": `hono.get("/auth/*", (c) => find(c.req.raw));`,
    "a stream": `hono.get("/v1/report", async () => new Response(await find(1)));`,
    "a note that is the same for everybody, from a function": `const drop = async (id) => { await find(id); return { message: "removed" }; };\napp.delete("/v1/users/:id", async (req, res) => { const done = await drop(req.params.id); res.json(done); });`,
    "a stream of a file": `fastify.get("/v1/labels/:id", async (request, reply) => reply.type("application/pdf").send(createReadStream("label.pdf")));\nimport { createReadStream } from "node:fs";`,
    "no content": `app.delete("/v1/users/:id", async (req, res) => { await find(req.params.id); res.status(204).end(); });`,
    "no body in Hono": `hono.delete("/v1/users/:id", async (c) => { await find(c.req.param("id")); return c.body(null, 204); });`,
    "a parse of the answer in Koa": `router.get("/v1/users/:id", async (ctx) => { ctx.body = User.parse(await find(ctx.params.id)); });`,
    "a redirect": `app.get("/v1/users/:id/avatar", async (req, res) => { res.redirect("/avatar"); });`,
    "a file": `app.get("/v1/reports/:id", async (req, res) => { res.sendFile("/reports/1"); });`,
    "an error alone": `fastify.get("/v1/reports/:id", async (request, reply) => { if (!request.params.id) return reply.code(404).send({ code: "none", id: request.params.id }); return reply.rawFile(request.params.id); });`,
    "an error as the second argument": `hono.get("/v1/users/:id", async (c) => { if (!(await find(1))) return c.json({ id: c.req.param("id") }, 404); return c.body(null, 204); });`,
    "a note that is the same for everybody": `app.post("/v1/users", async (req, res) => { await find(1); res.json({ ok: true, code: "done" }); });`,
    "what a scheduler asks for": `app.get("/cron/bills", async (req, res) => { res.json(await find(1)); });`,
    "what another service calls": `app.post("/v1/webhooks/payments", async (req, res) => { res.json(await find(req.body)); });`,
    "a text that has a name": `const done = "Done"; app.post("/v1/users", async (req, res) => { await find(1); res.send(done); });`,
    "functions that a socket calls": `hono.get("/v1/live", open(async (c) => ({ onMessage() { return find(1); } }))); function open(handler) { return handler; }`,
    "a page": `app.get("/v1/start", async (req, res) => { const startHtml = await find(1); res.send(startHtml); });`,
    "a page by its type": `app.get("/v1/page", async (req, res) => { res.type("text/html"); res.send(await find(1)); });`,
    "a status alone of Elysia": `elysia.put("/v1/users/:id", async ({ params, status }) => { await find(params.id); return status(204); });`,
    "what returns nothing": `const remove = async (id) => { await find(id); };\nfastify.delete("/v1/users/:id", async (request) => remove(request.params.id));`,
    "a file that is read": `fastify.get("/v1/reports/:id", async (request) => readFile("/reports/" + request.params.id));`,
    "what a handler of Express returns": `app.get("/v1/users/:id/file", async (req, res) => { return await find(req); });`,
    "a function that sends a file": `const give = (res) => res.sendFile("/a"); app.get("/v1/files/:id", async (req, res) => { return give(res); });`,
    "a server of GraphQL": `app.post("/graphql", async (req, res) => { res.json(await find(req.body)); });`,
    "health": `app.get("/health", async (req, res) => { res.json(await find(1)); });`,
  };
  expect(await verdictsOf(silent, head, rule, more)).toEqual(allOf(silent));
});

it("reports each route whose body no schema describes", async () => {
  const none = {
    "in Express": `app.get("/v1/users/:id", async (req, res) => { res.json(await find(req.params.id)); });`,
    "in Koa": `router.get("/v1/users/:id", async (ctx) => { ctx.body = await find(ctx.params.id); });`,
    "in Hono": `hono.get("/v1/users/:id", async (c) => c.json(await find(c.req.param("id"))));`,
    "behind an error": `fastify.get("/v1/users/:id", async (request, reply) => { const user = await find(request.params.id); if (!user) return reply.code(404).send({ code: "none" }); return user; });`,
    "in Fastify": `fastify.get("/v1/users/:id", async (request) => find(request.params.id));`,
    "by a function that is given the answer": `const give = (res, data) => res.status(200).json({ data });\napp.get("/v1/users/:id", async (req, res) => { give(res, await find(req.params.id)); });`,
    "as the text of its data": `app.get("/v1/users/:id", async (req, res) => { res.end(JSON.stringify(await find(req.params.id))); });`,
    "with a schema for the request alone": `fastify.post("/v1/users", { schema: { body: Type.Object({}) } }, async (request) => find(request.body));`,
  };
  const declared = {
    "with a response that a step is given": `const guard = (options) => async (ctx, next) => next();\nrouter.get("/v1/users/:id", guard({ response: User }), async (ctx) => { ctx.body = await find(ctx.params.id); });`,
    "with operations that a step is given": `import { describeRoute } from "hono-openapi";\nhono.get("/v1/users/:id", describeRoute({ responses: { 200: { description: "a user" } } }), async (c) => c.json(await find(c.req.param("id"))));` };
  expect(await verdictsOf({ ...none, ...declared }, head, rule, more)).toEqual({ ...allOf(none, "none"), ...allOf(declared, "declared") });
});

it("reports one sum an application, and routes whose siblings have schemas, by default", async () => {
  const route = `app.get("/v1/users/:id", async (request) => find(request.params.id));`;
  const sibling = `app.get("/v1/users", { schema: { response: { 200: {} } } }, async () => find(1));`;
  const files = (...lines: string[]): Record<string, string> => ({ ...more, "src/app.ts": [`import Fastify from "fastify";`, `import { find } from "./users";`, `const app = Fastify();`, ...lines].join("\n") });
  expect(await checkProject(files(route), { rule: "response-schema" })).toEqual([]);
  expect(await checkProject(files(route, route.replace("users", "orders")), { rule: "response-schema" })).toEqual(["src/app.ts:3:13 response-schema application"]);
  expect(await checkProject(files(route, sibling), { rule: "response-schema" })).toEqual(["src/app.ts:4:1 response-schema none"]);
  const bare = ["a", "b", "c", "d"].map((name) => route.replace("users", name)).join("\n");
  expect(await checkProject(files(bare, sibling), { rule: "response-schema" })).toEqual(["src/app.ts:3:13 response-schema application"]);
});

it("sums up routes of frameworks that no call makes an application of, and leaves procedures to their clients' types", async () => {
  const handler = (name: string): string => `import { find } from "${name}";\nexport async function GET() { return Response.json(await find(1)); }`;
  const next = { "package.json": `{ "name": "shop", "dependencies": { "next": "16" } }`, "app/lib/users.ts": more["src/users.ts"] };
  expect(await checkProject({ ...next, "app/api/users/route.ts": handler("../../lib/users"), "app/api/orders/route.ts": handler("../../lib/users") }, { rule: "response-schema" })).toEqual(["app/api/orders/route.ts:2:23 response-schema application"]);
  expect(await checkProject({ ...next, "app/api/users/route.ts": handler("../../lib/users") }, { rule: "response-schema" })).toEqual([]);
  const rpc = `import { initTRPC } from "@trpc/server";\nimport { createHTTPServer } from "@trpc/server/adapters/standalone";\nimport { find } from "./users";\nconst t = initTRPC.create();\nconst router = t.router({ user: t.procedure.query(async () => find(1)), order: t.procedure.query(async () => find(2)) });\ncreateHTTPServer({ router }).listen(1);`;
  expect(await checkProject({ ...more, "src/rpc.ts": rpc }, { rule: "response-schema" })).toEqual([]);
});

it("takes nothing that a Nest handler returns for sent where it is handed the answer", async () => {
  const files = { ...more, "src/main.ts": `import { NestFactory } from "@nestjs/core";\nimport { AppModule } from "./files";\nconst app = await NestFactory.create(AppModule);`, "src/files.ts": `import { Controller, Get, Module, Res } from "@nestjs/common";
import { find } from "./users";
@Controller("v1/files") class Files {
  @Get("a") a(@Res() res) { return find(res); }
  @Get("c") async c(): Promise<void> { return find(1); }
  @Get("b") b(@Res({ passthrough: true }) answer) { return find(1); }
}
@Module({ controllers: [Files] }) export class AppModule {}` };
  expect(await checkProject(files, rule)).toEqual(["src/files.ts:6:4 response-schema none"]);
});
