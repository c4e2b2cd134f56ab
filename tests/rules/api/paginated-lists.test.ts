import { expect, it } from "vitest";
import { allOf, verdictsOf } from "../../support/cases.js";
import { findingsOf } from "../../support/project.js";

const rule = { rule: "paginated-lists" } as const;
const head = `import express from "express";
import { Hono } from "hono";
import { prisma, listUsers, findPage } from "./users";
const app = express();
const hono = new Hono();`;
const more = {
  "src/run.ts": `import { Pool } from "pg";\nconst pool = new Pool();\nexport const run = async (text: string, values: unknown[]) => (await pool.query(text, values)).rows;`,
  "src/users.ts": `import { PrismaClient } from "@prisma/client";
export const prisma = new PrismaClient();
export const listUsers = async () => prisma.user.findMany();
export const findPage = async (query: any) => { const rows = await prisma.user.findMany({ orderBy: { id: "asc" } }); return rows.slice(0, Math.min(Number(query.limit) || 20, 100)); };`,
};

it("is silent where a page is taken, and where there is no list that grows", async () => {
  const silent = {
    "a limit of the query": `app.get("/v1/users", async (req, res) => { const limit = Math.min(Number(req.query.limit) || 20, 100); res.json(await prisma.user.findMany({ take: limit })); });`,
    "a cursor": `app.get("/v1/users", async (req, res) => { res.json(await prisma.user.findMany({ take: 20, cursor: { id: req.query.cursor } })); });`,
    "a page that the query is spread over": `app.get("/v1/users", async (req, res) => { const asked = { page: 1, size: 20, ...req.query }; res.json(await pick(await prisma.user.findMany(), asked)); });`,
    "a function that pages": `app.get("/v1/users", async (req, res) => { res.json(await prisma.user.findMany().paginate()); });`,
    "a service that takes the page out of the query": `app.get("/v1/users", async (req, res) => { res.json(await findPage(req.query)); });`,
    "a constant maximum": `app.get("/v1/users/newest", async (req, res) => { res.json(await prisma.user.findMany({ take: 10 })); });`,
    "one resource": `app.get("/v1/users/:id", async (req, res) => { res.json(await prisma.user.findUnique({ where: { id: req.params.id } })); });`,
    "rows by their keys": `app.get("/v1/settings", async (req, res) => { res.json(await prisma.setting.findMany({ where: { name: { in: ["a", "b"] } } })); });`,
    "a write": `app.post("/v1/users", async (req, res) => { res.json(await listUsers()); });`,
    "health": `app.get("/health", async (req, res) => { res.json(await listUsers()); });`,
    "a list that is counted": `app.get("/v1/usage", async (req, res) => { const users = await listUsers(); res.json({ users: users.length, any: users.some((user) => user.paid) }); });`,
    "one row of a list": `app.get("/v1/newest", async (req, res) => { const users = await listUsers(); res.json(users[0]); });`,
    "a list that something else is made of": `app.get("/v1/status-of-users", async (req, res) => { const byName: any = {}; for (const user of await listUsers()) byName[user.name] = user.ready; res.json({ ready: byName.admin === true }); });`,
    "a list in a helper that keeps it": `const total = async () => { const rows = await prisma.order.findMany(); return rows.reduce((sum, row) => sum + row.price, 0); };\napp.get("/v1/total", async (req, res) => { res.json({ total: await total() }); });`,
    "a scheduler": `app.get("/v1/cron/remind", async (req, res) => { const users = await listUsers(); res.json({ users }); });`,
    "few of an owner": `app.get("/v1/sessions", async (req, res) => { res.json(await prisma.session.findMany({ where: { userId: req.user.id } })); });`,
    "what describes other rows": `app.get("/v1/plants/seasons", async (req, res) => { res.json(await prisma.season.findMany({})); });`,
    "what is set up once": `app.get("/v1/categories", async (req, res) => { res.json(await prisma.category.findMany()); });`,
    "templates of what grows": `app.get("/v1/templates", async (req, res) => { res.json(await prisma.orderTemplate.findMany()); });`,
    "the caller's own": `app.get("/v1/me/orders", async (req, res) => { res.json(await prisma.order.findMany()); });`,
    "one row for each kind, in SQL": `import { Pool } from "pg";\nconst pool = new Pool();\napp.get("/v1/orders/kinds", async (req, res) => { res.json((await pool.query("SELECT kind, count(*) FROM orders GROUP BY kind")).rows); });`,
    "those of what nobody knows to grow that are in use": `app.get("/v1/plants", async (req, res) => { res.json(await prisma.plant.findMany({ where: { active: true } })); });`,
    "what a function sums up": `const countByState = (rows) => { const sums: any = {}; for (const row of rows) sums[row.state] = 1; return sums; };\napp.get("/v1/orders/states", async (req, res) => { const orders = await prisma.order.findMany(); res.json({ states: countByState(orders) }); });`,
    "sums of one state, in SQL": `import { Pool } from "pg";\nconst pool = new Pool();\nconst more = process.env.MORE ? "count(distinct buyer) AS buyers," : "";\napp.get("/v1/orders/open", async (req, res) => { res.json((await pool.query(\`SELECT ${"${more}"} sum(price) FROM orders WHERE state = 'open'\`)).rows); });`,
    "few of one state": `app.get("/v1/plans", async (req, res) => { res.json(await prisma.plan.findMany({ where: { active: true } })); });`,
    "sums in a loop": `app.get("/v1/orders/sums", async (req, res) => { let sum = 0; const orders = await prisma.order.findMany(); orders.forEach((order) => { sum += order.price; }); res.json({ sum }); });`,
    "the first of a pair of rows": `import { createPool } from "mysql2/promise";\nconst pool = createPool({});\napp.get("/v1/orders/newest", async (req, res) => { const [[order]] = await pool.query("SELECT * FROM orders ORDER BY id DESC"); res.json(order); });`,
    "one row of a driver that gives rows alone": `import { createPool } from "mariadb";\nconst pool = createPool({});\napp.get("/v1/orders/newest", async (req, res) => { const [order] = await pool.query("SELECT * FROM orders ORDER BY id DESC"); res.json(order); });`,
    "one parent's, by a text that has a name": `import { Pool } from "pg";\nconst pool = new Pool();\nconst text = "SELECT * FROM orders WHERE team_id = $1";\napp.get("/v1/orders", async (req, res) => { res.json((await pool.query(text, [1])).rows); });`,
    "the last few, by a function that runs statements": `import { run } from "./run";\napp.get("/v1/hooks/recent", async (req, res) => { res.json(await run("SELECT id, state FROM webhook_logs ORDER BY received_at DESC LIMIT 10", [])); });`,
    "sums, by a function that runs statements": `import { run } from "./run";\napp.get("/v1/hooks/sums", async (req, res) => { res.json(await run("SELECT sum(messages) FROM webhook_logs", [])); });`,
    "rows that are sent one after the other": `app.get("/v1/users", async (req, res) => { const kinds = await prisma.kind.findMany(); const groups = await listUsers(); for (const group of groups) for await (const user of usersOf(group)) res.write(JSON.stringify({ user, kinds })); res.end(); });`,
    "an export": `app.get("/v1/users/export", async (req, res) => { res.json(await listUsers()); });`,
    "the caller's own, in one word": `app.get("/v1/my-orders", async (req, res) => { res.json(await prisma.order.findMany()); });`,
    "of a condition that is always put in": `app.get("/v1/orders", async (req, res) => { const where: any = {}; if (req.query.state) where.state = req.query.state; where.cartId = req.user.cartId; res.json(await prisma.order.findMany({ where })); });`,
    "of a text that is searched for among few": `app.get("/v1/orders/search", async (req, res) => { res.json(await prisma.order.findMany({ where: { cartId: req.user.cartId, note: { contains: req.query.q } } })); });`,
    "of a condition that is left out elsewhere": `const itemsOf = async (cartId?: string) => prisma.item.findMany({ where: cartId ? { cartId } : {} });\nexport const all = () => itemsOf();\napp.get("/v1/items", async (req, res) => { res.json(await itemsOf(req.user.cartId)); });`,
    "of a condition that a caller may leave out and this one does not": `const itemsOf = async (cartId?: string) => { const where: any = {}; if (cartId) where.cartId = cartId; return prisma.item.findMany({ where }); };\napp.get("/v1/carts/:id/items", async (req, res) => { res.json(await itemsOf(req.params.id)); });`,
    "of one condition or another": `app.get("/v1/orders", async (req, res) => { const where: any = {}; if (req.user.isBuyer) where.cartId = req.user.cartId; else where.visitId = req.user.visitId; res.json(await prisma.order.findMany({ where })); });`,
    "of a condition that is handed on": `const ordersBy = async (where: any) => prisma.order.findMany({ where });\nexport const everything = async () => ordersBy({});\napp.get("/v1/orders", async (req, res) => { res.json(await ordersBy({ cartId: req.user.cartId })); });`,
    "one row, which need not be named": `app.get("/v1/users/:id?", async (req, res) => { res.json(await prisma.user.findUnique({ where: { id: req.params.id } })); });`,
    "a page in Hono": `hono.get("/v1/users", async (c) => c.json(await prisma.user.findMany({ take: Math.min(Number(c.req.query("limit")), 50) })));`,
  };
  expect(await verdictsOf(silent, head, rule, more)).toEqual(allOf(silent));
});

it("reports lists that are returned whole", async () => {
  const noPage = {
    "a list of which each row is waited for": `app.get("/v1/users", async (req, res) => { const users = await listUsers(); const names: any[] = []; for await (const user of users) names.push(await nameOf(user)); res.json(users); });`,
    "in the handler": `app.get("/v1/users", async (req, res) => { res.json(await prisma.user.findMany()); });`,
    "of whatever no name says to stay small, without a condition": `app.get("/v1/plants", async (req, res) => { res.json(await prisma.plant.findMany({ where: {} })); });`,
    "beside a page, in a store that is put together": `const store = () => ({ page: (limit: number) => prisma.user.findMany({ take: limit }), everybody: () => prisma.user.findMany() });\napp.get("/v1/users", async (req, res) => { res.json(await store().everybody()); });`,
    "of one state": `app.get("/v1/orders/failed", async (req, res) => { res.json(await prisma.order.findMany({ where: { status: "failed" } })); });`,
    "of a state that the request names": `app.get("/v1/orders/in", async (req, res) => { res.json(await prisma.order.findMany({ where: { status: req.query.status } })); });`,
    "of a range that is written out": `app.get("/v1/products/low", async (req, res) => { res.json(await prisma.product.findMany({ where: { onHand: { lt: 5 } } })); });`,
    "of one state, by functions of a library": `import { and, eq, isNull } from "drizzle-orm";\nimport { drizzle } from "drizzle-orm/node-postgres";\nimport { pgTable, text } from "drizzle-orm/pg-core";\nconst orders = pgTable("orders", { status: text(), paidAt: text() });\nconst db = drizzle("");\napp.get("/v1/orders/failed", async (req, res) => { res.json(await db.select().from(orders).where(and(eq(orders.status, "failed"), isNull(orders.paidAt)))); });`,
    "of one state, by a builder": `import knex from "knex";\nconst db = knex({});\napp.get("/v1/orders/failed", async (req, res) => { res.json(await db("orders").where("status", req.query.of)); });`,
    "of one state, in SQL": `import { Pool } from "pg";\nconst pool = new Pool();\napp.get("/v1/orders/failed", async (req, res) => { res.json((await pool.query("SELECT * FROM orders WHERE status = $1", ["failed"])).rows); });`,
    "rows of a pair": `import { createPool } from "mysql2/promise";\nconst pool = createPool({});\napp.get("/v1/gates", async (req, res) => { const [rows] = await pool.query("SELECT * FROM gates"); res.json(rows); });`,
    "in a service": `app.get("/v1/users", async (req, res) => { res.json(await listUsers()); });`,
    "in an object, through a name": `app.get("/v1/users", async (req, res) => { const [users, count] = await Promise.all([listUsers(), prisma.user.count()]); res.json({ users: users.map(({ id }) => ({ id })), count }); });`,
    "pushed row by row": `app.get("/v1/users", async (req, res) => { const names = []; for (const user of await listUsers()) names.push(user.name); res.json({ names }); });`,
    "read by a function that runs statements": `import { run } from "./run";\napp.get("/v1/hooks", async (req, res) => { res.json(await run("SELECT id, state FROM webhook_logs ORDER BY received_at DESC", [])); });`,
    "one parent's in a state": `app.get("/v1/orders", async (req, res) => { res.json(await prisma.order.findMany({ where: { status: "open", shopId: req.user.shopId } })); });`,
    "one parent's in a state, in SQL": `import { Pool } from "pg";\nconst pool = new Pool();\napp.get("/v1/orders", async (req, res) => { res.json((await pool.query("SELECT * FROM orders WHERE state = 'open' AND shop = $1", [1])).rows); });`,
    "one parent's, by a statement of a library": `import { createPool } from "mariadb";\nimport sql from "sql-template-tag";\nconst pool = createPool({});\napp.get("/v1/orders", async (req, res) => { res.json(await pool.query(sql\`SELECT * FROM orders WHERE team = ${"${req.user.team}"}\`)); });`,
    "of conditions that nobody has to ask for": `app.get("/v1/orders", async (req, res) => { const where: any = {}; if (req.query.buyer) where.buyerName = req.query.buyer; else if (req.query.seller) where.sellerName = req.query.seller; res.json(await prisma.order.findMany({ where })); });`,
    "of conditions that nobody has to ask for, in one object": `app.get("/v1/orders", async (req, res) => { const { buyer } = req.query; res.json(await prisma.order.findMany({ where: { deletedAt: null, ...(buyer && { buyerName: buyer }), ...(req.query.seller ? { sellerName: req.query.seller } : {}) } })); });`,
    "of a text that is searched for": `app.get("/v1/orders/search", async (req, res) => { res.json(await prisma.order.findMany({ where: { OR: [{ note: { contains: req.query.q, mode: "insensitive" } }, { number: req.query.q }] } })); });`,
    "of a list of conditions": `import { and, eq } from "drizzle-orm";\nimport { drizzle } from "drizzle-orm/node-postgres";\nimport { pgTable, text } from "drizzle-orm/pg-core";\nconst orders = pgTable("orders", { buyer: text(), seller: text() });\nconst db = drizzle("");\napp.get("/v1/orders", async (req, res) => { const conditions = []; if (req.query.buyer) conditions.push(eq(orders.buyer, req.query.buyer)); res.json(await db.select().from(orders).where(conditions.length > 0 ? and(...conditions) : undefined)); });`,
    "of a condition that a client may leave out": `const itemsOf = async (cartId?: string) => prisma.item.findMany({ where: cartId ? { cartId } : {} });\napp.get("/v1/items", async (req, res) => { res.json(await itemsOf(req.query.cart)); });`,
    "of no condition that is handed on": `const ordersBy = async (where: any) => prisma.order.findMany({ where });\nconst everything = async () => ordersBy({});\napp.get("/v1/orders", async (req, res) => { res.json(await everything()); });`,
    "of a condition that is left out": `const ordersBy = async (where = {}) => prisma.order.findMany({ where });\napp.get("/v1/orders", async (req, res) => { res.json(await ordersBy()); });`,
    "where a row need not be named": `app.get("/v1/users/:id?", async (req, res) => { if (req.params.id) res.json(await prisma.user.findUnique({ where: { id: req.params.id } })); else res.json(await listUsers()); });`,
    "given to a helper that sends": `import { send } from "./send";\napp.get("/v1/users", async (req, res) => { const users = await listUsers(); send(res, users); });`,
    "in the body of Koa": `import Koa from "koa";\nimport Router from "@koa/router";\nconst router = new Router();\nrouter.get("/v1/users", async (ctx) => { ctx.body = await listUsers(); });\nnew Koa().use(router.routes());`,
    "behind a promise": `app.get("/v1/users", (req, res) => { listUsers().then((users) => res.json(users)); });`,
    "by the path alone": `const all = (model) => model.findMany();\napp.get("/v1/clients/all", async (req, res) => { res.json(await prisma.party.findMany()); });`,
    "by the table alone": `app.get("/v1/overview", async (req, res) => { res.json(await prisma.favoriteOrder.findMany()); });`,
    "a text with a name": `import { Pool } from "pg";\nconst pool = new Pool();\nconst text = "SELECT * FROM orders";\napp.get("/v1/orders", async (req, res) => { res.json((await pool.query(text)).rows); });`,
    "in Hono": `hono.get("/v1/users", async (c) => c.json(await listUsers()));`,
    "beside one row of another list": `app.get("/v1/users", async (req, res) => { const [newest] = await prisma.order.findMany({ take: 1 }); res.json({ users: await listUsers(), newest }); });`,
    "beside one row of a builder": `import knex from "knex";\nconst db = knex({});\napp.get("/v1/users", async (req, res) => { const admin = await db("admins").limit(1).first(); res.json({ admin, users: await listUsers() }); });`,
  };
  expect(await verdictsOf(noPage, head, { ...rule, options: { each: true } }, more)).toEqual(allOf(noPage, "noPage"));
});

it("reports at the registration, and asks for a sort or filter where the option does", async () => {
  const files = { ...more, "src/app.ts": `${head}\napp.get("/v1/users", async (req, res) => {\n  res.json(await prisma.user.findMany({ take: Math.min(Number(req.query.limit), 100) }));\n});\napp.get("/v1/orders", async (req, res) => {\n  res.json(await prisma.order.findMany({ take: 10, skip: Number(req.query.page), orderBy: { [req.query.sort]: "asc" } }));\n});` };
  expect(await findingsOf(files, rule)).toEqual([]);
  const orders = { ...more, "src/app.ts": `${head}\napp.get("/v1/users/:id/orders", async (req, res) => { res.json(await prisma.order.findMany({ where: { userId: req.params.id } })); });` };
  expect((await findingsOf(orders, rule)).map(({ messageId }) => messageId)).toEqual(["noPage"]);
  const statement = (text: string): Record<string, string> => ({ "src/app.ts": `import express from "express";\nimport { Pool } from "pg";\nconst pool = new Pool();\nexport const app = express();\napp.get("/v1/orders", async (req, res) => { const { rows } = await pool.query(${text}); res.json(rows); });` });
  expect((await findingsOf(statement('"SELECT * FROM orders WHERE team_id = $1", [req.user.team]'), rule)).map(({ messageId }) => messageId)).toEqual(["noPage"]);
  expect(await findingsOf(statement('"SELECT * FROM orders WHERE shipment_id = $1", [req.query.shipment]'), rule)).toEqual([]);
  expect(await findingsOf(statement('"SELECT * FROM orders WHERE colour = $1", [req.query.colour]'), rule)).toEqual([]);
  expect((await findingsOf(statement('"SELECT * FROM orders"'), rule)).map(({ messageId }) => messageId)).toEqual(["noPage"]);
  expect((await findingsOf(statement('"SELECT * FROM orders WHERE team_id = $1", [req.user.team]'), { ...rule, preset: "strict" })).map(({ messageId }) => messageId)).toEqual(["noPage"]);
  const sessions = { ...more, "src/app.ts": `${head}\napp.get("/v1/sessions", async (req, res) => { res.json(await prisma.session.findMany({ where: { userId: req.user.id } })); });` };
  expect((await findingsOf(sessions, { ...rule, options: { fewByNature: "report" } })).map(({ messageId }) => messageId)).toEqual(["noPage"]);
  // What the schema of the query names can be chosen by, though the handler hands the query on whole.
  const described = { ...more, "src/app.ts": `${head}\nimport { z } from "zod";\nconst Page = z.object({ limit: z.number().max(100), sort: z.enum(["name"]) });\napp.get("/v1/users", async (req, res) => { res.json(await findPage(Page.parse(req.query))); });` };
  const validated = { ...more, "src/app.ts": `${head}\nimport { z } from "zod";\nimport { zValidator } from "@hono/zod-validator";\nhono.get("/v1/users", zValidator("query", z.object({ limit: z.number().max(100), sort: z.enum(["name"]) })), async (c) => c.json(await findPage(c.req.valid("query"))));` };
  expect(await findingsOf(validated, { ...rule, options: { sortAndFilter: "report" } })).toEqual([]);
  expect(await findingsOf(described, { ...rule, options: { sortAndFilter: "report" } })).toEqual([]);
  const [finding, ...others] = await findingsOf(files, { ...rule, options: { sortAndFilter: "report" } });
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ messageId: "noSort", range: { start: { line: 6, column: 1 }, end: { line: 8, column: 3 } } });
});

it("tells once of what one field of a shared schema sets, and once at each route of its own limit", async () => {
  const names = Array.from({ length: 12 }, (_, at) => `r${String(at).padStart(2, "0")}`);
  const routes = (limit: string, shared: string): Readonly<Record<string, string>> => ({
    "src/page.ts": `import { z } from "zod";\nexport const Page = z.object({ limit: z.coerce.number() });\n`,
    "src/app.ts": `import express from "express";\n${names.map((name) => `import { router as ${name} } from "./${name}";`).join("\n")}\nconst app = express();\n${names.map((name) => `app.use("/v1/${name}", ${name});`).join("\n")}\n`,
    ...Object.fromEntries(names.map((name) => [`src/${name}.ts`, `import { Router } from "express";\nimport { PrismaClient } from "@prisma/client";\n${shared}const prisma = new PrismaClient();\nexport const router = Router();\nrouter.get("/", async (req, res) => { const { limit } = ${limit}; res.json(await prisma.order.findMany({ take: Number(limit) })); });\n`])),
  });
  const told = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => (await findingsOf(files, { preset: "recommended", cliOnly: true })).filter(({ rule: name }) => name === "paginated-lists" || name === "bounded-queries").map(({ rule: name, messageId }) => `${name} ${messageId}`);
  expect(await told(routes("Page.parse(req.query)", 'import { Page } from "./page";\n'))).toEqual(["paginated-lists noMaximum"]);
  expect(await told(routes("req.query", ""))).toEqual(names.map(() => "paginated-lists noMaximum"));
});

it("tells of a limit that a schema or class brings from another file at the routes that take it", async () => {
  const told = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => (await findingsOf(files, { preset: "recommended", cliOnly: true })).filter(({ rule: name }) => name === "paginated-lists" || name === "bounded-queries").map(({ rule: name, file, messageId }) => `${name} ${file} ${messageId}`);
  const nest = (extended: string, check = "@IsInt()"): Readonly<Record<string, string>> => ({
    "src/page.ts": `import { IsInt, Max } from "class-validator";\nimport { PartialType } from "@nestjs/swagger";\nexport class Page { ${check} limit: number = 20; }\nexport class UserPage extends ${extended} { kind?: string; }\nexport class OrderPage extends ${extended} {}\n`,
    "src/rows.ts": `import { PrismaClient } from "@prisma/client";\nimport { Page } from "./page";\nconst prisma = new PrismaClient();\nexport class Rows { users(page: Page) { return prisma.user.findMany({ take: page.limit }); } }\n`,
    "src/users.controller.ts": `import { Controller, Get, Query } from "@nestjs/common";\nimport { Rows } from "./rows";\nimport { OrderPage, UserPage } from "./page";\n@Controller("v1")\nexport class UsersController {\n  constructor(private readonly rows: Rows) {}\n  @Get("users") list(@Query() page: UserPage) { return this.rows.users(page); }\n  @Get("people") people(@Query() page: OrderPage) { return this.rows.users(page); }\n}\n`,
  });
  expect(await told(nest("Page"))).toEqual(["paginated-lists src/users.controller.ts noMaximum"]);
  expect(await told(nest("PartialType(Page)"))).toEqual(["paginated-lists src/users.controller.ts noMaximum"]);
  expect(await told(nest("Page", "@IsInt() @Max(100)"))).toEqual([]);
});

it("tells lists of one owner that grow each day, and leaves what belongs to one small thing alone", async () => {
  const where = (path: string, query: string, mark = ""): Record<string, string> => ({ ...more, "src/app.ts": `${head}\napp.get("${path}", async (req, res) => { res.json(await ${query}); });${mark}` });
  const told = async (path: string, query: string, preset: "recommended" | "strict" = "recommended"): Promise<readonly string[]> => (await findingsOf(where(path, query), { ...rule, preset })).map(({ messageId }) => messageId);
  expect(await told("/v1/posts/:id/comments", "prisma.comment.findMany({ where: { post: { id: req.params.id } } })")).toEqual(["noPage"]);
  expect(await told("/v1/orders/customer/:customerId", "prisma.order.findMany({ where: { customerId: req.params.customerId, status: \"open\" } })")).toEqual(["noPage"]);
  expect(await told("/v1/loans/overdue", "prisma.loan.findMany({ where: { due: { lt: new Date() } } })")).toEqual(["noPage"]);
  expect(await told("/v1/orders/:id/payments", "prisma.payment.findMany({ where: { orderId: req.params.id } })")).toEqual([]);
  expect(await told("/v1/orders/:id", "prisma.order.findMany({ where: { customerId: req.user.id } })")).toEqual([]);
  expect(await told("/v1/orders", "prisma.order.findMany({ where: { customerId: req.user.id, placedAt: { gte: req.query.from } } })")).toEqual([]);
});

it("tells in the whole standard of lists that the code cuts and nobody can go on with", async () => {
  const of = async (path: string, query: string): Promise<readonly string[]> => (await findingsOf({ ...more, "src/app.ts": `${head}\napp.get("${path}", async (req, res) => { res.json(await ${query}); });` }, { ...rule, preset: "strict" })).map(({ messageId }) => messageId);
  expect(await of("/v1/orders/search", "prisma.order.findMany({ where: { note: { contains: req.query.q } }, take: 20 })")).toEqual(["cutShort"]);
  expect(await of("/v1/orders/latest", "prisma.order.findMany({ take: 20 })")).toEqual([]);
  expect(await of("/v1/orders/search", "prisma.order.findMany({ take: 1 })")).toEqual([]);
});

it("follows a query through a bus to whoever handles it, and no event", async () => {
  const files = (sent: string, handler: string): Readonly<Record<string, string>> => ({
    "src/list-users.ts": `export class ListUsers { constructor(readonly team: string) {} }\nexport class TeamRenamed { constructor(readonly team: string) {} }\n`,
    "src/list-users.handler.ts": `import { QueryHandler } from "@nestjs/cqrs";\nimport { PrismaClient } from "@prisma/client";\nimport { ListUsers, TeamRenamed } from "./list-users";\nconst prisma = new PrismaClient();\n${handler} { return prisma.user.findMany(); } }\n`,
    "src/users.controller.ts": `import { Controller, Get, Param } from "@nestjs/common";\nimport { EventBus, QueryBus } from "@nestjs/cqrs";\nimport { ListUsers, TeamRenamed } from "./list-users";\n@Controller("v1/teams")\nexport class UsersController {\n  constructor(private readonly queries: QueryBus, private readonly events: EventBus) {}\n  @Get(":team/users") async list(@Param("team") team: string) { ${sent} }\n}\n`,
  });
  const told = async (sent: string, handler: string): Promise<readonly string[]> => (await findingsOf(files(sent, handler), rule)).map(({ file, messageId }) => `${file} ${messageId}`);
  const typed = "export class ListUsersHandler { async execute(query: ListUsers)";
  const list = ["src/users.controller.ts noPage"];
  expect(await told("return this.queries.execute(new ListUsers(team));", typed)).toEqual(list);
  expect(await told("const query = new ListUsers(team); const users = await this.queries.execute(query); return users;", typed)).toEqual(list);
  expect(await told("return this.queries.execute(new ListUsers(team));", "@QueryHandler(ListUsers)\nexport class ListUsersHandler { async execute()")).toEqual(list);
  expect(await told("return this.queries.execute(new TeamRenamed(team));", typed)).toEqual([]);
  expect(await told("return this.events.publish(new TeamRenamed(team));", "export class Renamed { async handle(event: TeamRenamed)")).toEqual([]);
});
