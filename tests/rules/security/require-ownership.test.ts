import { expect, it } from "vitest";
import { allOf, verdictsOf } from "../../support/cases.js";
import { findingsOf } from "../../support/project.js";

const rule = { rule: "require-ownership" } as const;
const head = `import express from "express";
import { prisma, findOrder, findOwnOrder, requireAuth, requireRole, secured, isAuthenticated } from "./support";
const app = express();
app.use(requireAuth);`;
const more = {
  "src/support.ts": `import { PrismaClient } from "@prisma/client";
export const prisma = new PrismaClient();
export const findOrder = async (id: string) => prisma.order.findUnique({ where: { id } });
export const findOwnOrder = async (id: string, userId: string) => prisma.order.findFirst({ where: { id, userId } });
export const requireAuth = (req, res, next) => { if (!req.headers.authorization) return res.status(401).end(); req.user = { id: 1 }; next(); };
export const secured = (needed: string) => (req, res, next) => { if (!req.user) return res.status(401).end(); if (!req.user.grants.includes(needed)) return res.status(403).end(); next(); };
export const isAuthenticated = (needed?: string) => (req, res, next) => { if (!req.user || !req.user.hasPermission(needed)) return res.status(403).end(); next(); };
export const requireRole = (role: string) => (req, res, next) => { if (req.user.role !== role) return res.status(403).end(); next(); };`,
};

it("is silent where the principal, a policy or a role decides, and where nothing is named by id", async () => {
  const silent = {
    "a row that is sent only if the principal made it": `app.get("/v1/orders/:id", async (req, res) => { const order = await findOrder(req.params.id); if (order.userId !== req.user.id) { res.status(404).end(); return; } res.json({ by: req.user.id, order }); });`,
    "a principal of the context in the condition": `app.get("/v1/orders/:id", async (c) => { const user = c.get("user"); return c.json({ by: user.id, order: await prisma.order.findFirst({ where: { id: c.req.param("id"), userId: user.id } }) }); });`,
    "a condition with the principal": `app.get("/v1/orders/:id", async (req, res) => { res.json(await prisma.order.findFirst({ where: { id: req.params.id, userId: req.user.id } })); });`,
    "a service that is given the principal": `app.get("/v1/orders/:id", async (req, res) => { res.json(await findOwnOrder(req.params.id, req.user.id)); });`,
    "a condition with what a step put on the request": `app.delete("/v1/orders/:id", async (req, res) => { res.json(await prisma.order.delete({ where: { id: req.params.id, shopId: req.shop.id } })); });`,
    "a condition with what a step left on the context": `app.get("/v1/orders/:id", async (req, res) => { res.json(await prisma.order.findFirst({ where: { id: req.params.id, sentBy: res.locals.senderId } })); });`,
    "a tenant that a step left on the context": `app.get("/v1/orders/:id", async (c) => { const { spaceId } = c.get("apiKeyOwner"); return c.json(await prisma.order.findFirst({ where: { id: c.req.param("id"), spaceId } })); });`,
    "a step that authenticates and authorises": `app.get("/v1/orders/:id", secured("orders:read"), async (req, res) => { res.json(await findOrder(req.params.id)); });`,
    "a step that asks the principal for what it is given": `app.get("/v1/orders/:id", isAuthenticated("orders:read"), async (req, res) => { res.json(await findOrder(req.params.id)); });`,
    "what everybody may see": `app.get("/v1/public/orders/:id", async (req, res) => { res.json(await findOrder(req.params.id)); });`,
    "a role that a method of the request asks for": `app.delete("/v1/orders/:id", (req, res) => req.isAdmin(res), async (req, res) => { res.json(await findOrder(req.params.id)); });`,
    "a policy": `app.get("/v1/orders/:id", async (req, res) => { const order = await findOrder(req.params.id); authorize(req, order); res.json(order); });`,
    "what is done to things of others": `app.post("/v1/orders/:id/like", async (req, res) => { res.json(await prisma.order.update({ where: { id: req.params.id }, data: { likes: { increment: 1 } } })); });`,
    "a role": `app.get("/v1/orders/:id", requireRole("clerk"), async (req, res) => { res.json(await findOrder(req.params.id)); });`,
    "a list": `app.get("/v1/orders", async (req, res) => { res.json(await prisma.order.findMany({ where: { open: true } })); });`,
    "an administrator's path": `app.get("/v1/admin/orders/:id", async (req, res) => { res.json(await findOrder(req.params.id)); });`,
    "a step that cannot be read": `import { own } from "./missing";\napp.get("/v1/orders/:id", own, async (req, res) => { res.json(await findOrder(req.params.id)); });`,
  };
  expect(await verdictsOf(silent, head, rule, more)).toEqual(allOf(silent));
});

it("reports a resource that is used by its id alone", async () => {
  const anybody = {
    "a principal that is only named in the answer": `app.delete("/v1/orders/:id", async (req, res) => { await prisma.order.delete({ where: { id: req.params.id } }); res.json({ by: req.user.id }); });`,
    "a principal that is only noted": `import { logDone } from "./notes";\napp.delete("/v1/orders/:id", async (req, res) => { logDone("gone", req.user.id); await prisma.order.delete({ where: { id: req.params.id } }); res.status(204).end(); });`,
    "a read": `app.get("/v1/orders/:id", async (req, res) => { res.json(await prisma.order.findUnique({ where: { id: req.params.id } })); });`,
    "a read whose request alone is told apart": `app.get("/v1/orders/:id", async (req, res) => { log(res.locals.requestId); res.json(await prisma.order.findUnique({ where: { id: req.params.id } })); });`,
    "a header that is read": `app.get("/v1/orders/:id", async (req, res) => { log(req.get("user-agent")); res.json(await findOrder(req.params.id)); });`,
    "a step that is given nothing to ask for": `app.get("/v1/orders/:id", isAuthenticated(), async (req, res) => { res.json(await findOrder(req.params.id)); });`,
    "a read in a service": `app.get("/v1/orders/:id", async (req, res) => { res.json(await findOrder(req.params.id)); });`,
    "a deletion": `app.delete("/v1/orders/:id", async (req, res) => { await prisma.order.delete({ where: { id: req.params.id } }); res.status(204).end(); });`,
    "a model that is called like a principal": `app.patch("/v1/people/:id", async (req, res) => { res.json(await prisma.user.update({ where: { id: req.params.id }, data: { name: "x" } })); });`,
  };
  expect(await verdictsOf(anybody, head, rule, more)).toEqual(allOf(anybody, "anybody"));
});

it("is silent on rows of a catalogue, and on what a code or a slug names", async () => {
  const schema = "model Unit {\n  id Int @id\n  name String\n  symbol String\n}\nmodel Order {\n  id Int @id\n  title String\n  buyer String\n}\n";
  const routes = {
    "a row of a catalogue": `app.get("/v1/units/:id", async (req, res) => { res.json(await prisma.unit.findUnique({ where: { id: 1, symbol: req.params.id } })); });`,
    "how many there are": `app.get("/v1/books/:id/likes/count", async (req, res) => { res.json(await prisma.like.count({ where: { bookId: req.params.id } })); });`,
    "a country by its code": `app.get("/v1/countries/:code", async (req, res) => { res.json(await prisma.country.findUnique({ where: { code: req.params.code } })); });`,
  };
  const told = {
    "a row of somebody": `app.get("/v1/orders/:id", async (req, res) => { res.json(await prisma.order.findUnique({ where: { id: req.params.id } })); });`,
    "a change of a catalogue": `app.delete("/v1/units/:id", async (req, res) => { await prisma.unit.delete({ where: { id: req.params.id } }); res.status(204).end(); });`,
  };
  expect(await verdictsOf(routes, head, rule, { ...more, "prisma/schema.prisma": schema })).toEqual(allOf(routes));
  expect(await verdictsOf(told, head, rule, { ...more, "prisma/schema.prisma": schema })).toEqual(allOf(told, "anybody"));
});

it("takes what a decorator of the project reads from the request for the principal, unless the sender chose it", async () => {
  const files = (read: string): Record<string, string> => ({
    "src/main.ts": `import { NestFactory } from "@nestjs/core";\nimport { AppModule } from "./orders";\nconst app = await NestFactory.create(AppModule);`,
    "src/agent.decorator.ts": `import { createParamDecorator } from "@nestjs/common";\nexport const AgentId = createParamDecorator((_data, context) => context.switchToHttp().getRequest().${read});`,
    "src/orders.ts": `import { Controller, Get, Module, Param, UseGuards } from "@nestjs/common";
import { AuthGuard } from "@nestjs/passport";
import { PrismaClient } from "@prisma/client";
import { AgentId } from "./agent.decorator";
const prisma = new PrismaClient();
@UseGuards(AuthGuard("jwt")) @Controller("v1/orders") class Orders {
  @Get(":id") show(@AgentId() agentId: string, @Param("id") id: string) { return prisma.order.findFirst({ where: { id, agentId } }); }
}
@Module({ controllers: [Orders] }) export class AppModule {}`,
  });
  expect(await findingsOf(files("agentId"), rule)).toEqual([]);
  expect((await findingsOf(files("headers.agent"), rule)).map(({ messageId }) => messageId)).toEqual(["anybody"]);
});

it("reads the condition of a statement", async () => {
  const files = (text: string, values: string): Record<string, string> => ({ ...more, "src/app.ts": `${head}\nimport { Pool } from "pg";\nconst pool = new Pool();\napp.get("/v1/orders/:id", async (req, res) => { res.json(await pool.query("${text}", ${values})); });` });
  expect((await findingsOf(files("SELECT id FROM orders WHERE id = $1", "[req.params.id]"), rule)).map(({ messageId }) => messageId)).toEqual(["anybody"]);
  expect(await findingsOf(files("SELECT id FROM orders WHERE id = $1 AND tenant_id = current_tenant()", "[req.params.id]"), rule)).toEqual([]);
  expect(await findingsOf(files("SELECT id FROM orders LIMIT 5", "[]"), rule)).toEqual([]);
});

it("is silent without authentication, which is another rule's, and knows the words of the option", async () => {
  const open = { "src/app.ts": `import express from "express";\nimport { findOrder } from "./support";\nconst app = express();\napp.get("/v1/orders/:id", async (req, res) => { res.json(await findOrder(req.params.id)); });` };
  expect(await findingsOf({ ...more, ...open }, rule)).toEqual([]);
  const clinic = { "src/app.ts": `${head}\napp.get("/v1/orders/:id", async (req, res) => {\n  res.json(await prisma.order.findFirst({ where: { id: req.params.id, clinicId: req.clinicId } }));\n});` };
  const [finding] = await findingsOf({ ...more, ...clinic }, rule);
  expect(finding).toMatchObject({ messageId: "anybody", range: { start: { line: 5, column: 1 }, end: { line: 7, column: 3 } } });
  expect(await findingsOf({ ...more, ...clinic }, { ...rule, options: { principals: ["clinic"] } })).toEqual([]);
});

it("is an error in the recommended rules where the settings say what tells tenants apart", async () => {
  const by = (where: string): Readonly<Record<string, string>> => ({ "src/app.ts": `${head}\napp.get("/v1/orders/:id", async (req, res) => {\n  res.json(await prisma.order.findFirst({ where: { ${where} } }));\n});`, ...more });
  const found = async (where: string, settings: object): Promise<readonly string[]> => (await findingsOf(by(where), { preset: "recommended", settings: { ...settings }, cliOnly: true })).flatMap((finding) => (finding.rule === rule.rule ? [finding.severity] : []));
  const tenants = { security: { tenantKeys: ["clinicId"] } };
  expect(await found("id: req.params.id", {})).toEqual([]);
  expect(await found("id: req.params.id", tenants)).toEqual(["error"]);
  expect(await found("id: req.params.id", { ...tenants, rules: { "require-ownership": "warn" } })).toEqual(["warn"]);
  expect(await found("id: req.params.id", { ...tenants, rules: { "require-ownership": "off" } })).toEqual([]);
  expect(await found("id: req.params.id, clinicId: req.clinicId", tenants)).toEqual([]);
  expect(await found("id: req.params.id, clinic_id: req.clinic", tenants)).toEqual([]);
});

it("is silent on what all who are signed in may list, and where a guard of all routes reads the role of one", async () => {
  const listed = (list: string): Readonly<Record<string, string>> => ({ "src/app.ts": `${head}\napp.get("/v1/books", async (req, res) => { res.json(await prisma.book.findMany(${list})); });\napp.get("/v1/books/:id", async (req, res) => { res.json(await prisma.book.findUnique({ where: { id: req.params.id } })); });\napp.delete("/v1/books/:id", async (req, res) => { await prisma.book.delete({ where: { id: req.params.id } }); res.status(204).end(); });`, ...more });
  const found = async (files: Readonly<Record<string, string>>): Promise<readonly number[]> => (await findingsOf(files, rule)).map(({ range }) => range.start.line);
  const [read, removal] = await found(listed("{ where: { readerId: req.user.id } }"));
  expect([read, removal].every(Number.isInteger)).toBe(true);
  expect(await found(listed("{ take: 20 }"))).toEqual([removal]);
  const nest = (decorator: string): Readonly<Record<string, string>> => ({
    "src/main.ts": `import { NestFactory } from "@nestjs/core";\nimport { AppModule } from "./books";\nconst app = await NestFactory.create(AppModule);`,
    "src/roles.ts": `import { SetMetadata } from "@nestjs/common";\nexport const Roles = (...roles) => SetMetadata("roles", roles);\nexport const Label = (label) => SetMetadata("label", label);\nexport class RolesGuard { constructor(private reflector) {} canActivate(context) { const roles = this.reflector.get("roles", context.getHandler()); if (!roles) return true; const { user } = context.switchToHttp().getRequest(); return roles.some((role) => user.role === role); } }`,
    "src/books.ts": `import { Controller, Delete, Module, Param, UseGuards } from "@nestjs/common";\nimport { APP_GUARD } from "@nestjs/core";\nimport { AuthGuard } from "@nestjs/passport";\nimport { PrismaClient } from "@prisma/client";\nimport { Label, Roles, RolesGuard } from "./roles";\nconst prisma = new PrismaClient();\n@UseGuards(AuthGuard("jwt")) @Controller("v1/books") class Books {\n  ${decorator} @Delete(":id") remove(@Param("id") id: string) { return prisma.book.delete({ where: { id } }); }\n}\n@Module({ controllers: [Books], providers: [{ provide: APP_GUARD, useClass: RolesGuard }] }) export class AppModule {}`,
  });
  expect(await found(nest('@Roles("librarian")'))).toEqual([]);
  expect(await found(nest('@Label("books")'))).toEqual([8]);
});

it("asks for no owner of rows that name nobody, and for one where the same rows are looked up for somebody elsewhere", async () => {
  const schema = (more: string): string => `model Plant {\n  id Int @id\n  name String\n  height Int\n  ${more}\n}\n`;
  const files = (more: string, other = ""): Readonly<Record<string, string>> => ({ ...{ "src/support.ts": `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\nexport const requireAuth = (req, res, next) => { if (!req.headers.authorization) return res.status(401).end(); req.user = { id: 1 }; next(); };` }, "prisma/schema.prisma": schema(more), "src/app.ts": `import express from "express";\nimport { prisma, requireAuth } from "./support";\nconst app = express();\napp.use(requireAuth);\napp.get("/v1/plants/:id", async (req, res) => { res.json(await prisma.plant.findUnique({ where: { id: Number(req.params.id) } })); });\n${other}` });
  const told = async (more: string, other?: string): Promise<number> => (await findingsOf(files(more, other), rule)).length;
  expect(await told("colour String")).toBe(0);
  expect(await told("gardenerId Int")).toBe(1);
  expect(await told("createdBy String")).toBe(1);
  expect(await told("createdBy String", 'app.get("/v1/plants", async (req, res) => { res.json(await prisma.plant.findMany({ take: 20 })); });')).toBe(0);
  expect(await told("keeper String", 'app.get("/v1/my-plants", async (req, res) => { res.json(await prisma.plant.findMany({ where: { keeper: req.user.name }, take: 20 })); });')).toBe(1);
});

it("takes a guard for a decision only where it is given what it asks for", async () => {
  const nest = (canActivate: string, decorator: string): Readonly<Record<string, string>> => ({
    "src/main.ts": `import { NestFactory } from "@nestjs/core";\nimport { AppModule } from "./songs";\nconst app = await NestFactory.create(AppModule);`,
    "src/guards.ts": `import { CanActivate, ExecutionContext, Injectable, SetMetadata } from "@nestjs/common";\nimport { Reflector } from "@nestjs/core";\nimport { policies } from "./policies";\nexport const Ranks = (...ranks: string[]) => SetMetadata("ranks", ranks);\n@Injectable() export class RankGuard implements CanActivate {\n  constructor(private readonly reflector: Reflector) {}\n  canActivate(context: ExecutionContext) {\n    const { user, params } = context.switchToHttp().getRequest();\n    ${canActivate}\n  }\n}`,
    "src/policies.ts": `export const policies = { mayUse: async (id: string, userId: string) => id.startsWith(userId) };`,
    "src/songs.ts": `import { Controller, Delete, Module, Param, UseGuards } from "@nestjs/common";\nimport { AuthGuard } from "@nestjs/passport";\nimport { PrismaClient } from "@prisma/client";\nimport { RankGuard, Ranks } from "./guards";\nconst prisma = new PrismaClient();\n@UseGuards(AuthGuard("jwt"), RankGuard) @Controller("v1/songs") class Songs {\n  ${decorator} @Delete(":id") remove(@Param("id") id: string) { return prisma.song.delete({ where: { id } }); }\n}\n@Module({ controllers: [Songs] }) export class AppModule {}`,
  });
  const asksRanks = `const ranks = this.reflector.getAllAndOverride<string[]>("ranks", [context.getHandler(), context.getClass()]); if (!ranks || ranks.length === 0) return true; const hasRank = ranks.some((rank) => rank === user.rank); return hasRank;`;
  const told = async (canActivate: string, decorator: string): Promise<number> => (await findingsOf(nest(canActivate, decorator), rule)).length;
  expect(await told(asksRanks, "")).toBe(1);
  expect(await told(asksRanks, '@Ranks("singer")')).toBe(0);
  const meant = (decorator: string): Readonly<Record<string, string>> => Object.fromEntries(Object.entries(nest(asksRanks, decorator)).map(([file, text]) => [file, text.replace("v1/songs", "v1/song-admin")]));
  expect((await findingsOf(meant(""), rule)).length).toBe(1);
  expect(await findingsOf(meant('@Ranks("singer")'), rule)).toEqual([]);
  expect(await told("return policies.mayUse(params.id, user.id);", "")).toBe(0);
});

it("knows no principal where a shared secret is compared, and a role among the checks that one step combines", async () => {
  const support = `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\nexport const known = (req, res, next) => { if (req.headers["x-key"] !== process.env.SERVICE_KEY) return res.status(401).end(); next(); };`;
  const app = (steps: string, check = ""): Readonly<Record<string, string>> => ({ "src/support.ts": support, "src/app.ts": `import express from "express";\nimport { known, prisma } from "./support";\nconst app = express();\napp.delete("/v1/orders/:id", ${steps}async (req, res) => { ${check}await prisma.order.delete({ where: { id: req.params.id } }); res.status(204).end(); });` });
  expect(await findingsOf(app("known, "), rule)).toEqual([]);
  expect(await findingsOf(app("", 'if (req.headers["x-key"] !== process.env.SERVICE_KEY) return res.status(401).end(); '), rule)).toEqual([]);
  expect((await findingsOf(app("", "if (!req.session.user) return res.status(401).end(); "), rule)).length).toBe(1);
  const fastify = (checks: string): Readonly<Record<string, string>> => ({
    "src/checks.ts": `export const signedIn = async (request) => { if (!request.user) throw new UnauthorizedError(); };\nexport const hasRole = (role: string) => async (request) => { if (request.user.role !== role) throw new ForbiddenError(); };`,
    "src/app.ts": `import Fastify from "fastify";\nimport { PrismaClient } from "@prisma/client";\nimport { hasRole, signedIn } from "./checks";\nconst prisma = new PrismaClient();\nconst app = Fastify();\napp.delete("/v1/orders/:id", { preHandler: app.auth(${checks}) }, async (request) => prisma.order.delete({ where: { id: request.params.id } }));`,
  });
  expect(await findingsOf(fastify('[signedIn, hasRole("clerk")], { relation: "and" }'), rule)).toEqual([]);
  expect((await findingsOf(fastify("[signedIn]"), rule)).length).toBe(1);
});
