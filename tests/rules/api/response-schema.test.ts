import { expect, it } from "vitest";
import { allOf, verdictsOf } from "../../support/cases.js";
import { checkProject, findingsOf } from "../../support/project.js";

const rule = { rule: "response-schema", options: { report: "each" } } as const;
const head = `import express from "express";
import Fastify from "fastify";
import { z } from "zod";
import { Type } from "@sinclair/typebox";
import { Hono } from "hono";
import Router from "@koa/router";
import { Elysia } from "elysia";
import Hapi from "@hapi/hapi";
import Joi from "joi";
import { readFile } from "node:fs/promises";
import { find } from "./users";
const server = Hapi.server();
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
    "a page of parsed rows beside its numbers": `app.get("/v1/users", async (req, res) => { const found = await find(1); res.json({ users: found.rows.map((row) => User.parse(row)), totalPages: found.pages, page: found.page }); });`,
    "a response schema of Fastify": `fastify.get("/v1/users/:id", { schema: { response: { 200: Type.Object({ name: Type.String() }) } } }, async (request) => find(request.params.id));`,
    "everything below a path": `hono.get("/auth/*", (c) => find(c.req.raw));`,
    "a stream": `hono.get("/v1/report", async () => new Response(await find(1)));`,
    "a note that is the same for everybody, from a function": `const drop = async (id) => { await find(id); return { message: "removed" }; };\napp.delete("/v1/users/:id", async (req, res) => { const done = await drop(req.params.id); res.json(done); });`,
    "a stream of a file": `fastify.get("/v1/labels/:id", async (request, reply) => reply.type("application/pdf").send(createReadStream("label.pdf")));\nimport { createReadStream } from "node:fs";`,
    "what the chain calls no JSON": `fastify.get("/v1/labels/:id", async (request, reply) => { const label = await find(1); return reply.type("application/pdf").send(label); });`,
    "what a header calls no JSON": `app.get("/v1/users.csv", async (req, res) => { res.set("Content-Type", "text/csv").send(await find(1)); });`,
    "lines of JSON": `fastify.get("/v1/users.ndjson", async (request, reply) => reply.type("application/x-ndjson").send(await find(1)));`,
    "a stream of hapi": `server.route({ method: "GET", path: "/v1/live", handler: async (request, h) => h.response(await find(1)).code(200).type("text/event-stream") });`,
    "a response schema that is spread into the options of hapi": `const shown = { response: { schema: Joi.object({ name: Joi.string() }) } };\nserver.route({ method: "GET", path: "/v1/users/{id}", options: { ...shown, tags: ["api"] }, handler: (request) => find(request.params.id) });`,
    "no content": `app.delete("/v1/users/:id", async (req, res) => { await find(req.params.id); res.status(204).end(); });`,
    "no body in Hono": `hono.delete("/v1/users/:id", async (c) => { await find(c.req.param("id")); return c.body(null, 204); });`,
    "a parse of the answer in Koa": `router.get("/v1/users/:id", async (ctx) => { ctx.body = User.parse(await find(ctx.params.id)); });`,
    "a redirect": `app.get("/v1/users/:id/avatar", async (req, res) => { res.redirect("/avatar"); });`,
    "a redirect of Nitro": `import { defineEventHandler, getQuery, sendRedirect } from "h3";\nimport { createRouter } from "h3";\nconst h3 = createRouter();\nh3.get("/v1/leave", defineEventHandler(async (event) => { if (getQuery(event).shop) return sendRedirect(event, "/shop"); return sendRedirect(event, "/"); }));`,
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
    "what the chain calls JSON": `fastify.get("/v1/users/:id", async (request, reply) => reply.type("application/json; charset=utf-8").send(await find(1)));`,
    "what has another header": `app.get("/v1/users/:id", async (req, res) => { res.set("Cache-Control", "no-store").send(await find(1)); });`,
    "in hapi, with a spread that says nothing of the answer": `const documented = { tags: ["api"] };\nserver.route({ method: "GET", path: "/v1/users/{id}", options: { ...documented }, handler: async (request, h) => h.response(await find(request.params.id)).code(200).type("application/json") });`,
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
  const some = ["a", "b", "c"].map((name) => route.replace("users", name));
  expect(await checkProject(files(...some.slice(1), sibling), { rule: "response-schema" })).toEqual(["src/app.ts:4:1 response-schema none", "src/app.ts:5:1 response-schema none"]);
  expect(await checkProject(files(...some, sibling), { rule: "response-schema" })).toEqual(["src/app.ts:4:1 response-schema siblings"]);
  expect(await checkProject(files(...some, sibling), { rule: "response-schema", preset: "strict" })).toHaveLength(3);
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

it("tells of credentials in whole rows that are sent, and is silent where something leaves them out", async () => {
  const prisma = `import express from "express";\nimport { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nconst app = express();\napp.listen(3000);`;
  const schema = { "prisma/schema.prisma": "model Member {\n  id Int @id\n  name String\n  email String\n  passwordHash String\n  posts Post[]\n}\nmodel Post {\n  id Int @id\n  text String\n  author Member @relation(fields: [authorId], references: [id])\n  authorId Int\n}\n" };
  const mongoose = (field: string, more = ""): Readonly<Record<string, string>> => ({ "src/member.ts": `import { model, Schema } from "mongoose";\nconst schema = new Schema({ name: String, email: String, password: ${field} });\n${more}export const Member = model("Member", schema);` });
  const express = `import express from "express";\nimport { Member } from "./member";\nconst app = express();\napp.listen(3000);`;
  const entity = (column: string, more = ""): Readonly<Record<string, string>> => ({ "src/member.ts": `import { Column, Entity, PrimaryColumn } from "typeorm";\nimport { Exclude } from "class-transformer";\n@Entity() export class Member { @PrimaryColumn() id!: string; @Column() email!: string; ${column} password!: string; ${more}}` });
  const nest = (body: string): string => `import { Controller, Get, Param } from "@nestjs/common";\nimport { InjectRepository } from "@nestjs/typeorm";\nimport type { Repository } from "typeorm";\nimport { Member } from "./member";\n@Controller("members")\nexport class Members {\n  constructor(@InjectRepository(Member) private readonly members: Repository<Member>) {}\n  @Get(":id") ${body}\n}`;
  const cases: Readonly<Record<string, readonly [boolean, Readonly<Record<string, string>>]>> = {
    "a row of Prisma": [true, { ...schema, "src/app.ts": `${prisma}\napp.get("/members/:id", async (req, res) => { const member = await prisma.member.findUnique({ where: { id: 1 } }); if (!member) return res.status(404).end(); res.json({ data: member }); });` }],
    "a row that takes the place of what the variable held": [true, { ...schema, "src/app.ts": `${prisma}\napp.get("/members/:id", async (req, res) => { let member; if (req.params.id) { const found = { member: await prisma.member.findUnique({ where: { id: 1 } }) }; member = found.member || member; } res.json(member); });` }],
    "one that a relation brings in": [true, { ...schema, "src/app.ts": `${prisma}\napp.get("/posts", async (req, res) => { res.json(await prisma.post.findMany({ include: { author: true } })); });` }],
    "chosen columns": [false, { ...schema, "src/app.ts": `${prisma}\napp.get("/members", async (req, res) => { res.json(await prisma.member.findMany({ select: { id: true, name: true } })); });` }],
    "a column that is omitted": [false, { ...schema, "src/app.ts": `${prisma}\napp.get("/members", async (req, res) => { res.json(await prisma.member.findMany({ omit: { passwordHash: true } })); });` }],
    "a client that omits it everywhere": [false, { ...schema, "src/app.ts": `${prisma.replace("PrismaClient()", "PrismaClient({ omit: { member: { passwordHash: true } } })")}\napp.get("/members", async (req, res) => { res.json(await prisma.member.findMany()); });` }],
    "what is left of the row": [false, { ...schema, "src/app.ts": `${prisma}\napp.get("/members/:id", async (req, res) => { const { passwordHash, ...member } = await prisma.member.findUnique({ where: { id: 1 } }); res.json(member); });` }],
    "fields one by one": [false, { ...schema, "src/app.ts": `${prisma}\napp.get("/members/:id", async (req, res) => { const member = await prisma.member.findUnique({ where: { id: 1 } }); res.json({ id: member.id, name: member.name }); });` }],
    "a list that is mapped": [false, { ...schema, "src/app.ts": `${prisma}\napp.get("/members", async (req, res) => { const members = await prisma.member.findMany(); res.json(members.map(({ id, name }) => ({ id, name }))); });` }],
    "a row without credentials": [false, { ...schema, "src/app.ts": `${prisma}\napp.get("/posts", async (req, res) => { res.json(await prisma.post.findMany()); });` }],
    "a row that is made without a proof": [false, { "src/member.ts": 'import { model, Schema } from "mongoose";\nexport const Member = model("Member", new Schema({ name: String, email: String, resetToken: String }));\n', "src/app.ts": `${express}\napp.post("/members", async (req, res) => { const member = await Member.create({ name: req.body.name }); res.json(member); });` }],
    "a row that is made with a proof": [true, { "src/member.ts": 'import { model, Schema } from "mongoose";\nexport const Member = model("Member", new Schema({ name: String, email: String, resetToken: String }));\n', "src/app.ts": `${express}\napp.post("/members", async (req, res) => { const member = await Member.create({ name: req.body.name, resetToken: random() }); res.json(member); });` }],
    "a row that is made": [true, { ...mongoose("String"), "src/app.ts": `${express}\napp.post("/members", async (req, res) => { const member = await Member.create({ name: req.body.name, password: hash(req.body.password) }); res.status(201).json({ ok: true, member }); });` }],
    "a function that sends what it is given": [true, { ...mongoose("String"), "src/app.ts": `${express}\nconst ok = (res, data) => res.status(200).json({ success: true, data });\napp.get("/members", async (req, res) => ok(res, await Member.find()));` }],
    "a document without methods": [true, { ...mongoose("{ type: String, required: true }"), "src/app.ts": `${express}\napp.get("/members", async (req, res) => { res.json(await Member.find().lean()); });` }],
    "a query that leaves it out": [false, { ...mongoose("String"), "src/app.ts": `${express}\napp.get("/members", async (req, res) => { res.json(await Member.find().select("-password")); });` }],
    "a schema that leaves it out": [false, { ...mongoose("{ type: String, select: false }"), "src/app.ts": `${express}\napp.get("/members", async (req, res) => { res.json(await Member.find()); });` }],
    "a transform of the schema": [false, { ...mongoose("String", `schema.set("toJSON", { transform: (_, row) => { delete row.password; } });\n`), "src/app.ts": `${express}\napp.get("/members", async (req, res) => { res.json(await Member.find()); });` }],
    "one that is deleted on the way": [false, { ...mongoose("String"), "src/app.ts": `${express}\nfunction clean(member) { delete member.password; return member; }\napp.get("/members/:id", async (req, res) => { const member = await Member.findById(req.params.id); res.json(clean(member.toObject())); });` }],
    "one that is overwritten": [false, { ...mongoose("String"), "src/app.ts": `${express}\napp.get("/members/:id", async (req, res) => { const member = await Member.findById(req.params.id); member.password = undefined; res.json(member); });` }],
    "one that was hashed before": [true, { ...mongoose("String"), "src/app.ts": `${express}\napp.put("/members/:id", async (req, res) => { const member = await Member.findById(req.params.id); member.password = await hash(req.body.password); await member.save(); res.json(member); });` }],
    "an error": [false, { ...mongoose("String"), "src/app.ts": `${express}\napp.get("/members/:id", async (req, res) => { const member = await Member.findById(req.params.id); if (member.locked) return res.status(423).json(member); res.json({ name: member.name }); });` }],
    "an entity of Nest": [true, { ...entity("@Column()"), "src/members.ts": nest(`one(@Param("id") id: string) { return this.members.findOneByOrFail({ id }); }`) }],
    "an entity that excludes it": [false, { ...entity("@Exclude() @Column()"), "src/members.ts": nest(`one(@Param("id") id: string) { return this.members.findOneByOrFail({ id }); }`) }],
    "an entity that does not select it": [false, { ...entity("@Column({ select: false })"), "src/members.ts": nest(`one(@Param("id") id: string) { return this.members.findOneByOrFail({ id }); }`) }],
    "an entity that writes itself": [false, { ...entity("@Column()", "toJSON() { return { id: this.id }; } "), "src/members.ts": nest(`one(@Param("id") id: string) { return this.members.findOneByOrFail({ id }); }`) }],
    "a class that is made of it": [false, { ...entity("@Column()"), "src/members.ts": nest(`async one(@Param("id") id: string) { const { id: own } = await this.members.findOneByOrFail({ id }); return new MemberView(own); }\n}\nclass MemberView { constructor(readonly id: string) {}`) }],
  };
  const told = await Promise.all(Object.entries(cases).map(async ([name, [, files]]) => {
    const findings = (await findingsOf(files, { rule: "response-schema" })).filter(({ messageId }) => messageId.startsWith("credentials"));
    return [name, findings.length > 0] as const;
  }));
  expect(told).toEqual(Object.entries(cases).map(([name, [expected]]) => [name, expected]));
});
