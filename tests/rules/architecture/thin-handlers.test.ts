import { describe, expect, it } from "vitest";
import type { ProjectLiteral } from "../../support/model.js";
import { findingsOf } from "../../support/project.js";
import { marked } from "../../support/routes.js";

const rule = "thin-handlers";
const holds = async (files: ProjectLiteral, options = {}): Promise<void> => {
  const { found, expected } = await marked(rule, files, options);
  expect(found).toEqual(expected);
};

const repository = {
  "src/db.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n',
  "src/services/orders.service.ts": 'import { prisma } from "../db.js";\nexport const create = (data) => prisma.order.create({ data });\nexport const book = (data) => prisma.stock.update({ where: { id: data.id }, data });\nexport const list = () => prisma.order.findMany({ take: 10 });\n',
};
const head = 'import express from "express";\nimport { prisma } from "./db.js";\nimport { book, create, list } from "./services/orders.service.js";\nexport const app = express();\nexport const unused = [prisma, book, create, list];\n';

describe("thin-handlers", () => {
  it("asks resolvers of GraphQL what it asks handlers of routes, and neither consumers nor resolvers that hand on", () =>
    holds({
      "src/orders.resolver.ts": `import { Args, Mutation, Query, Resolver } from "@nestjs/graphql";
import { OrdersRepository } from "./orders.repository.js";
@Resolver()
export class OrdersResolver {
  constructor(private readonly orders: OrdersRepository) {}
  @Mutation() // bad: fat@4
  async move(@Args("id") id: string, @Args("to") to: string) {
    await this.orders.drop(id);
    await this.orders.add(to);
    return true;
  }
  @Query() // bad: fat@4
  async worth(@Args("id") id: string) {
    let worth = 0;
    for (const line of await this.orders.lines(id)) worth += line.cents * line.count;
    return worth;
  }
  @Query()
  lines(@Args("id") id: string) { return this.orders.lines(id); }
}
`,
      "src/schema.ts": `import { ApolloServer } from "@apollo/server";
import { OrdersRepository } from "./orders.repository.js";
const orders = new OrdersRepository();
export const server = new ApolloServer({ typeDefs: "", resolvers: {
  Query: { lines: (_, { id }) => orders.lines(id) },
  Mutation: {
    swap: async (_, { id, to }) => { // bad: fat
      await orders.drop(id);
      await orders.add(to);
      return true;
    },
  },
} });
`,
      "src/mover.ts": 'import { Worker } from "bullmq";\nimport { OrdersRepository } from "./orders.repository.js";\nconst orders = new OrdersRepository();\nexport const mover = new Worker("moves", async (job) => {\n  await orders.drop(job.data.id);\n  await orders.add(job.data.to);\n});\n',
      "src/orders.repository.ts": 'import { Pool } from "pg";\nconst pool = new Pool();\nexport class OrdersRepository {\n  async lines(id: string) { return (await pool.query("select cents, count from lines where order_id = $1", [id])).rows; }\n  async drop(id: string) { await pool.query("delete from orders where id = $1", [id]); }\n  async add(id: string) { await pool.query("insert into orders (id) values ($1)", [id]); }\n}\n',
    }));

  it("tells of states that choose what is written where each leaves with its answer, and of no guard or single write", () =>
    holds({
      "src/app.ts": `import { Hono } from "hono";
import { orders } from "./orders.js";
export const app = new Hono();
app.post("/v1/orders/:id/advance", async (c) => { // bad: fat
  const order = await orders.get(c.req.param("id"));
  if (order.state === "new") return c.json(await orders.setState(order.id, "baking"));
  if (order.state === "baking") return c.json(await orders.setState(order.id, "ready"));
  return c.json({ code: "ORDER_CLOSED" }, 409);
});
app.post("/v1/orders/:id/close", async (c) => {
  const order = await orders.get(c.req.param("id"));
  if (!order) return c.json({ code: "ORDER_UNKNOWN" }, 404);
  if (order.state === "closed") return c.json({ code: "ORDER_CLOSED" }, 409);
  if (order.state === "new") return c.json(await orders.setState(order.id, "dropped"));
  return c.json(await orders.setState(order.id, "closed"));
});
app.get("/v1/orders/:id/quote", async (c) => { // bad: fat
  const order = await orders.get(c.req.param("id"));
  const limit = Number(c.req.query("limit"));
  return c.json({ cents: Math.round(order.centsPerHour * limit) });
});
app.get("/v1/orders", async (c) => {
  const { total, items } = await orders.page(1);
  const limit = Number(c.req.query("limit"));
  return c.json({ items, pages: Math.ceil(total / limit) });
});
`,
      "src/orders.ts": 'import { Pool } from "pg";\nconst pool = new Pool();\nexport const orders = {\n  get: async (id: string) => (await pool.query("select * from orders where id = $1", [id])).rows[0],\n  page: async (page: number) => (await pool.query("select * from orders limit 10 offset $1", [page])).rows[0],\n  setState: async (id: string, state: string) => (await pool.query("update orders set state = $2 where id = $1", [id, state])).rows[0],\n};\n',
    }));

  it("takes what makes a function for no work, and counts what that does where it is called", () => {
    const factories = 'export const bookWith = (deps) => async (data) => deps.prisma.stock.update({ where: { id: data.id }, data });\nexport const createWith = (deps) => async (data) => { await deps.prisma.order.create({ data }); await deps.book(data); };\n';
    const app = (route: string): ProjectLiteral => ({ ...repository, "src/services/made.ts": factories, "src/app.ts": `import express from "express";\nimport { prisma } from "./db.js";\nimport { bookWith, createWith } from "./services/made.js";\nexport const app = express();\n${route}\n` });
    return Promise.all([
      holds(app('app.post("/v1/orders", async (req, res) => {\n  const create = createWith({ prisma, book: bookWith({ prisma }) });\n  await create(req.body);\n  res.status(201).end();\n});')),
      holds(app('app.post("/v1/orders", async (req, res) => { // bad: fat\n  const book = bookWith({ prisma });\n  await createWith({ prisma, book })(req.body);\n  await book(req.body);\n  res.status(201).end();\n});')),
    ]);
  });

  it("reports a handler that routes of two files have in the first", () =>
    holds({
      ...repository,
      "src/orders/book.ts": `import { book, create } from "../services/orders.service.js";\nexport const bookOrder = async (req, res) => { const made = await create(req.body); await book(made); res.json(made); };\n`,
      "src/app.ts": `import express from "express";\nimport a from "./orders/a.js";\nimport b from "./orders/b.js";\nexport const app = express();\napp.use("/v1/a", a);\napp.use("/v1/b", b);\n`,
      "src/orders/a.ts": `import { Router } from "express";\nimport { bookOrder } from "./book.js";\nconst router = Router();\nrouter.post("/", bookOrder); // bad: fat\nexport default router;\n`,
      "src/orders/b.ts": `import { Router } from "express";\nimport { bookOrder } from "./book.js";\nconst router = Router();\nrouter.post("/", bookOrder);\nexport default router;\n`,
    }));

  it("reports arithmetic on what a service gave, and a change of its state, outside the whole standard where money is counted", async () => {
    const files = (mark: string, money = mark): ProjectLiteral => ({
      ...repository,
      "src/app.ts": `${head}app.get("/v1/fees", async (req, res) => {${money}
  const account = await list();
  res.json({ fee: account.balance * 0.015 });
});
app.get("/v1/level", async (req, res) => {${mark}
  const account = await list();
  if (account.balance > 100) account.level = "gold";
  res.json(account);
});
app.get("/v1/pages", async (req, res) => {
  const rows = await list();
  const limit = Number(req.query.limit);
  res.json({ rows, pages: Math.ceil(rows.total / limit), left: rows.limit - rows.length, next: Number(req.query.page) + 1 });
});
`,
    });
    await holds(files(" // bad: fat"), { preset: "strict" });
    await holds(files("", " // bad: fat"));
  });

  it("reports handlers of Express that do the work themselves", () =>
    holds({
      ...repository,
      "src/app.ts": `${head}app.post("/v1/a", async (req, res) => { // bad: fat
  let total = 0;
  for (const item of req.body.items) total += item.price * item.quantity;
  res.json({ total });
});
app.post("/v1/b", async (req, res) => { // bad: fat
  res.json({ total: req.body.items.reduce((sum, item) => sum + item.price * item.quantity, 0) });
});
app.get("/v1/sum", async (req, res) => { // bad: fat
  const rows = await list();
  res.json({ total: rows.reduce((sum, row) => sum + Number(row.count), 0) });
});
app.get("/v1/by-id", async (req, res) => {
  const rows = await list();
  res.json(rows.reduce((all, row) => ({ ...all, [row.id]: row }), {}));
});
app.post("/v1/c", async (req, res) => { // bad: fat
  await create(req.body);
  await book(req.body);
  res.status(201).end();
});
app.post("/v1/d", async (req, res) => { // bad: fat
  await prisma.$transaction(async (tx) => tx.order.create({ data: req.body }));
  res.status(201).end();
});
app.post("/v1/e", async (req, res) => { // bad: fat
  const { kind, size, age, vip } = req.body;
  let price = 1;
  if (kind === "a") price = 2;
  else if (kind === "b") price = 3;
  if (size > 3 && age < 5) price = 4;
  if (vip || age > 60) price = 1;
  res.json({ price });
});
`,
    }));

  it("is silent on parsing, mapping, early returns, the choice of a status and one call", () =>
    holds({
      ...repository,
      "src/app.ts": `${head}app.post("/v1/a", async (req, res) => {
  if (!req.body.id) return res.status(400).json({ code: "no_id" });
  if (!req.body.name) return res.status(400).json({ code: "no_name" });
  if (!req.body.kind) return res.status(400).json({ code: "no_kind" });
  if (!req.body.size) return res.status(400).json({ code: "no_size" });
  if (!req.body.age) return res.status(400).json({ code: "no_age" });
  const order = await create(req.body);
  return res.status(order ? 201 : 404).json(order);
});
app.get("/v1/b", async (req, res) => {
  const orders = await list();
  res.json(orders.map(({ id, name }) => ({ id, name })));
});
app.get("/v1/c", async (req, res, next) => {
  try { res.json(await list()); } catch (error) { next(error); }
});
app.get("/v1/d", async (req, res) => {
  const ids = [];
  for (const { id } of await list()) ids.push(id);
  res.json(ids);
});
app.get("/v1/e", async (req, res) => {
  const page = Number(req.query.page) || 1;
  res.json(await list());
});
`,
    }));

  it("counts a chain of alternatives as one choice, and leaves out what makes an answer of an error", () =>
    holds({
      ...repository,
      "src/app.ts": `${head}app.get("/v1/a", async (req, res) => {
  const id = req.query.order || req.query.parcel || req.query.return || req.query.refund || req.query.invoice || req.query.ticket;
  if (id) await list(id);
  res.json({ id });
});
app.get("/v1/b", async (req, res) => {
  try {
    const orders = await list(req.query.own && req.query.mine ? 1 : 2);
    res.json(orders);
  } catch (error) {
    const code = error instanceof TypeError ? "type" : error instanceof RangeError ? "range" : error.code && error.status ? error.code : "unknown";
    return res.status(error.status || 500).json({ code });
  }
});
app.get("/v1/c", async (req, res) => { // bad: fat
  const { a, b, c, d } = req.query;
  const first = (a && b) || (b && c) || (c && d) ? await list(1) : await list(2);
  res.json({ first, rank: a || b });
});
app.get("/v1/d", async (req, res) => { // bad: fat
  try {
    res.json(await list());
  } catch (error) {
    let rank = 1;
    if (error.code) rank = 2;
    if (error.status) rank = 3;
    if (error.cause) rank = 4;
    if (error.stack) rank = 5;
    if (rank > 3) rank = 6;
    await book({ rank });
  }
});
`,
    }, { options: { sizeAlone: "report" } }));

  it("counts writes that follow each other, and neither alternatives nor caches, and leaves early exits in a chain", () =>
    holds({
      ...repository,
      "src/cache.ts": 'import Redis from "ioredis";\nconst redis = new Redis();\nexport const keep = (key) => redis.set(key, 1);\n',
      "src/session.ts": 'import { prisma } from "./db.js";\nexport const verifyUser = async (req) => prisma.user.update({ where: { id: req.id }, data: { seenAt: 1 } });\n',
      "src/app.ts": `${head}import { keep } from "./cache.js";
import { verifyUser } from "./session.js";
app.post("/v1/a", async (req, res) => {
  let order;
  if (req.body.early) order = await create(req.body);
  else order = await book(req.body);
  res.status(201).json(order);
});
app.post("/v1/b", async (req, res) => {
  if (req.body.early) {
    await create(req.body);
    return res.status(201).end();
  }
  await book(req.body);
  res.status(201).end();
});
app.get("/v1/c", async (req, res) => {
  await keep("a");
  await keep("b");
  res.json(await list());
});
app.post("/v1/g", async (req, res, next) => {
  const order = await create(req.body);
  if (order.a) res.status(200).json(order);
  else if (order.b) res.status(201).json(order);
  else if (order.c) res.status(202).json(order);
  if (order.d && order.e) next(order.d);
  if (order.f && order.g) next(order.f);
});
app.patch("/v1/k", async (req, res) => {
  const changes = {};
  if (req.body.a !== undefined) changes.a = req.body.a;
  if (req.body.b !== undefined) changes.b = req.body.b;
  if (req.body.c !== undefined) changes.c = req.body.c;
  if (req.body.d !== undefined) changes.d = req.body.d;
  if (req.body.e !== undefined) changes.e = req.body.e;
  if (req.body.f !== undefined) changes.f = req.body.f;
  res.json(await create(changes));
});
app.get("/v1/i", async (req, res) => {
  switch (req.params.action) {
    case "a":
    case "b": return list(res, 1);
    case "c": return list(res, 2);
    case "d": return list(res, 3);
    case "e": return list(res, 4);
    case "f": return list(res, 5);
    case "g": return list(res, 6);
    case "h":
      list(res, 7);
      break;
    default: return res.redirect("/");
  }
});
app.get("/v1/j", async (req, res) => { // bad: fat
  let price = 0;
  switch (req.query.kind) {
    case "a": price = 1; break;
    case "b": price = 2; break;
    case "c": price = 3; break;
    case "d": price = 4; break;
    case "e": price = 5; break;
  }
  res.json({ price });
});
app.get("/v1/h", async (req, res) => {
  const orders = await list(req.query.own ? 1 : 2);
  res.json(orders.map((order) => (order.a ? mapA(order) : order.b ? mapB(order) : order.c ? mapC(order, orders.find((other) => other.id === order.id && other.kind === order.kind)) : mapD(order))));
});
app.post("/v1/f", async (req, res) => {
  const user = await verifyUser(req);
  res.json(await create({ user }));
});
app.post("/v1/d", async (req, res) => {
  if (!req.body.id) return res.status(400).json({ code: "no_id" });
  else if (!req.body.name && !req.body.title) return res.status(400).json({ code: "no_name" });
  else if (!req.body.kind && !req.body.size) return res.status(400).json({ code: "no_kind" });
  else if (!req.body.age && !req.body.vip) return res.status(400).json({ code: "no_age" });
  res.json(await create(req.body));
});
app.post("/v1/e", async (req, res) => { // bad: fat
  if (req.body.early) await create(req.body);
  await book(req.body);
  await keep("a");
  res.status(201).end();
});
`,
    }, { options: { sizeAlone: "report" } }));

  it("counts neither how values are shaped, headers and notes, nor what others call, and nothing of health checks", () =>
    holds({
      ...repository,
      "src/app.ts": `${head}app.get("/v1/a", async (req, res) => {
  const { page, size, from, only, all } = req.query;
  const term = req.query.term || "none";
  res.json(await list({ page: page ? Number(page) : 0, size: size ? Number(size) : 20, from: from ? new Date(from) : undefined, term, ...(only && { only: only === "1" || only === "true" }), ...(all ? { all } : {}) }));
});
app.get("/v1/b", async (req, res) => {
  res.setHeader("a", "1");
  res.setHeader("b", "2");
  res.setHeader("c", "3");
  res.setHeader("d", "4");
  res.cookie("e", "5");
  res.cookie("f", "6");
  logger.info("g");
  req.log.info("h");
  console.log("i");
  const a = req.query.a;
  const b = req.query.b;
  const c = req.query.c;
  const d = req.query.d;
  const e = req.query.e;
  const f = req.query.f;
  const orders = await list({ a, b, c, d, e, f });
  res.json(orders);
});
app.get("/v1/c", async (req, res) => {
  return {
    onOpen() { if (req.a) keep(1); if (req.b) keep(2); if (req.c) keep(3); },
    onClose() { if (req.a) keep(4); if (req.b) keep(5); if (req.c) keep(6); },
  };
});
app.get("/v1/d", async (req, res) => {
  try { res.json(await list()); } catch (error) {
    if (error.code === 1) return res.status(400).json({ code: "one" });
    if (error.code === 2) return res.status(400).json({ code: "two" });
    if (error.code === 3) return res.status(400).json({ code: "three" });
    if (error.code === 4) return res.status(400).json({ code: "four" });
    logger.error(error.cause && error.stack && error.message ? error : "none");
    return res.status(500).json({ code: error.code && error.cause ? "five" : "six" });
  }
});
app.get("/health", async (req, res) => {
  let total = 0;
  for (const order of await list()) total += order.price;
  res.json({ total });
});
app.get("/v1/e", async (req, res) => { // bad: fat
  const price = req.user.vip ? 3 : 5;
  const rank = req.user.age > 3 ? 1 : 2;
  const rest = req.user.old ? 1 : 2;
  const paid = req.user.paid && req.user.due > 3;
  const more = req.user.due ? await list(1) : await list(2);
  res.json({ price, rank, rest, paid, more });
});
`,
    }, { options: { sizeAlone: "report" } }));

  it("counts paths and statements where they do what a service is for, and alone in the whole standard", async () => {
    const notes = Array.from({ length: 16 }, (_, at) => `  const note${at} = req.query.note${at};`).join("\n");
    const files = (mark: string): ProjectLiteral => ({
      ...repository,
      "src/app.ts": `${head}app.get("/v1/a", async (req, res) => {${mark}
${notes}
  res.json(await list({ note0, note15 }));
});
app.get("/v1/b", async (req, res) => {${mark}
${notes}
  const done = await list({ note0, note15 });
  res.json({ text: done.active ? "on" : "off" });
});
app.get("/v1/c", async (req, res) => { // bad: fat
${notes}
  const account = await list({ note0, note15 });
  let level = "none";
  if (account.balance > 100) level = "gold";
  res.json({ level });
});
app.get("/v1/d", async (req, res) => { // bad: fat
${notes}
  const order = await prisma.order.findFirst({ where: { note0 } });
  const stock = await prisma.stock.findFirst({ where: { note15 } });
  res.json({ order, stock });
});
app.get("/v1/e", async (req, res) => { // bad: fat
${notes}
  const order = await fetch("https://a.example");
  const stock = await fetch("https://b.example");
  res.json({ order, stock });
});
app.get("/v1/f", async (req, res) => { // bad: fat
${notes}
  res.json([await list(note0), await book(note1), await create(note15)]);
});
`,
    });
    await holds(files(""));
    await holds(files(" // bad: fat"), { preset: "strict" });
  });

  it("counts size alone where it is more than twice the most", () => {
    const notes = (count: number): string => Array.from({ length: count }, (_, at) => `  const note${at} = shown(req.query.note${at});`).join("\n");
    const branches = (count: number): string => Array.from({ length: count }, (_, at) => `  if (req.query.note${at}) asked.note${at} = shown(req.query.note${at});`).join("\n");
    return holds({
      ...repository,
      "src/app.ts": `${head}import { shown } from "./shown.js";
app.get("/v1/a", async (req, res) => {
${notes(28)}
  res.json(await list({ note0, note27 }));
});
app.get("/v1/b", async (req, res) => { // bad: fat
${notes(31)}
  res.json(await list({ note0, note30 }));
});
app.get("/v1/c", async (req, res) => {
  const asked = {};
${branches(9)}
  res.json(await list(asked));
});
app.get("/v1/d", async (req, res) => { // bad: fat
  const asked = {};
${branches(11)}
  res.json(await list(asked));
});
app.get("/v1/e", async (req, res) => {
  const isAdmin = req.user.isAdmin;
  const rows = await list({});
  res.json(rows.map((row) => ({ ${Array.from({ length: 12 }, (_, at) => `field${at}: isAdmin ? row.field${at} : undefined`).join(", ")} })));
});
`,
      "src/shown.ts": "export const shown = (text) => text.trim();\n",
    });
  });

  it("takes a list that is read with its count for no transaction", () =>
    holds({
      ...repository,
      "src/app.ts": `${head}app.get("/v1/a", async (req, res) => {
  const [orders, count] = await prisma.$transaction([prisma.order.findMany({ take: 10 }), prisma.order.count()]);
  res.json({ orders, count });
});
app.post("/v1/b", async (req, res) => { // bad: fat
  await prisma.$transaction([prisma.order.create({ data: {} }), prisma.stock.count()]);
  res.status(201).end();
});
`,
    }));

  it("measures what a handler does for each method that it tells apart", () =>
    holds({
      ...repository,
      "package.json": '{ "dependencies": { "next": "16.0.0" } }',
      "pages/api/a.ts": `import { book, create, list } from "../../src/services/orders.service";
export default async function handler(req, res) {
  if (req.method === "GET") {
    res.json(await list());
  } else if (req.method === "POST") {
    res.json(await create(req.body));
  } else if (req.method !== "PATCH") {
    return res.status(405).end();
  } else {
    res.json(await book(req.body));
  }
}
`,
      "pages/api/b.ts": `import { book, create, list } from "../../src/services/orders.service";
export default async function handler(req, res) { // bad: fat@1
  switch (req.method) {
    case "GET":
      return res.json(await list());
    case "PUT":
    case "POST": {
      await create(req.body);
      break;
    }
    case "DELETE":
      await create(req.body);
      await book(req.body);
      return res.status(204).end();
    default:
      return res.status(405).end();
  }
  res.status(201).end();
}
`,
      "pages/api/c.ts": `import { book, create } from "../../src/services/orders.service";
export default async function handler(req, res) { // bad: fat@1
  if (!["POST"].includes(req.method) || (req.method === "GET" && req.query.id)) return res.status(405).end();
  if (req.method === "POST" && req.body.id) {
    await create(req.body);
    await book(req.body);
  }
  res.status(201).end();
}
`,
    }));

  it("reads handlers of Fastify, Hono, Koa and Nest", () =>
    holds({
      ...repository,
      "src/fastify.ts": `import Fastify from "fastify";
import { book, create } from "./services/orders.service.js";
const app = Fastify();
app.post("/v1/a", async (request) => { await create(request.body); await book(request.body); return {}; }); // bad: fat
app.post("/v1/b", async (request) => create(request.body));
`,
      "src/hono.ts": `import { Hono } from "hono";
import { book, create } from "./services/orders.service.js";
export const app = new Hono();
app.post("/v1/a", async (c) => { await create({}); await book({}); return c.json({}); }); // bad: fat
app.post("/v1/b", async (c) => c.json(await create({})));
`,
      "src/koa.ts": `import Koa from "koa";
import Router from "@koa/router";
import { book, create } from "./services/orders.service.js";
const router = new Router();
router.post("/v1/a", async (ctx) => { await create({}); await book({}); ctx.body = {}; }); // bad: fat
router.post("/v1/b", async (ctx) => { ctx.body = await create({}); });
new Koa().use(router.routes()).listen(1);
`,
      "src/orders.controller.ts": `import { Controller, Post } from "@nestjs/common";
import { book, create } from "./services/orders.service.js";
@Controller("v1/orders") export class OrdersController {
  @Post("a") async a() { await create({}); await book({}); return {}; } // bad: fat@4
  @Post("b") async b() { return create({}); }
}
`,
    }));

  it("counts no records of what was done, and nothing that is only started", () =>
    holds({
      ...repository,
      "src/audit.ts": 'import { prisma } from "./db.js";\nexport const auditLog = (data) => prisma.entry.create({ data });\nexport const emitAuditEvent = (data) => prisma.entry.create({ data });\nexport const logSecurityEvent = (data) => prisma.entry.create({ data });\nexport const announce = async (data) => prisma.message.create({ data });\nexport class Trail { add(data) { return prisma.entry.create({ data }); } }\nexport const auditTrail = new Trail();\n',
      "src/app.ts": `${head}import { auditLog, auditTrail, announce, emitAuditEvent, logSecurityEvent } from "./audit.js";
app.post("/v1/a", async (req, res) => {
  await create(req.body);
  await auditLog({ action: "create" });
  await emitAuditEvent({ action: "create" });
  res.status(201).end();
});
app.post("/v1/a/2", async (req, res) => {
  await create(req.body);
  await logSecurityEvent({ action: "create" });
  res.status(201).end();
});
app.post("/v1/b", async (req, res) => {
  await create(req.body);
  await auditTrail.add({ action: "create" });
  await prisma.auditLog.create({ data: {} });
  res.status(201).end();
});
app.post("/v1/c", async (req, res) => {
  await create(req.body);
  announce({ order: 1 });
  res.status(201).end();
});
app.post("/v1/d", async (req, res) => {
  await create(req.body);
  announce({ order: 1 }).catch(() => {});
  res.status(201).end();
});
app.post("/v1/e", async (req, res) => { // bad: fat
  await create(req.body);
  await announce({ order: 1 });
  res.status(201).end();
});
app.post("/v1/f", async (req, res) => { // bad: fat
  await create(req.body);
  await prisma.parcel.create({ data: {} });
  await auditLog({ action: "create" });
  res.status(201).end();
});
app.post("/v1/g", async (req, res) => { // bad: fat
  book(req.body);
  await create(req.body);
  res.status(201).end();
});
app.post("/v1/h", async (req, res) => { // bad: fat
  const made = create(req.body);
  await book(await made);
  res.status(201).end();
});
`,
    }));

  it("leaves what a service is made with to the service", () =>
    holds({
      ...repository,
      "src/services/plans.service.ts": 'import { prisma } from "../db.js";\nexport class Plans { constructor(private readonly note) {} async close(id) { await prisma.plan.update({ where: { id }, data: {} }); } }\nexport const plansFor = (user) => new Plans(() => prisma.visit.create({ data: { user } }));\nexport const drop = (user) => new Promise((resolve) => prisma.visit.deleteMany({ where: { user } }).then(resolve));\n',
      "src/app.ts": `${head}import { drop, plansFor } from "./services/plans.service.js";
app.post("/v1/a", async (req, res) => {
  const plans = plansFor(req.user);
  await plans.close(req.params.id);
  res.status(204).end();
});
app.post("/v1/b", async (req, res) => { // bad: fat
  await drop(req.user);
  await create(req.body);
  res.status(204).end();
});
`,
    }));

  it("reports what more than ten files of a package have in common once, and each of them in strict", async () => {
    const own = (index: number): string => `import { Router } from "express";\nimport { book, create } from "../services/orders.service.js";\nexport const routes = Router();\nroutes.post("/v1/a${String(index)}", async (req, res) => {\n  await create(req.body);\n  await book(req.body);\n  res.status(201).end();\n});\nroutes.post("/v1/b${String(index)}", async (req, res) => {\n  await create(req.body);\n  res.status(201).end();\n});\n`;
    const files = (count: number): ProjectLiteral => ({ ...repository, ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`src/routes/r${String(index + 10)}.ts`, own(index)])) });
    const [finding, ...others] = await findingsOf(files(11), { rule });
    expect([finding?.messageId, finding?.file, others]).toEqual(["spread", "src/routes/r10.ts", []]);
    expect(finding?.message).toContain("In 11 files handlers do the work themselves, here first (POST /v1/a0: 2 writes (`create`, `book`); then src/routes/r11.ts");
    expect((await findingsOf(files(10), { rule })).map(({ messageId }) => messageId)).toEqual(Array.from({ length: 10 }, () => "fat"));
    expect(await findingsOf(files(11), { rule, preset: "strict" })).toHaveLength(11);
  });

  it("names what it found, and takes other limits from its options", async () => {
    const files = { ...repository, "src/app.ts": `${head}app.post("/v1/c", async (req, res) => {\n  await create(req.body);\n  await book(req.body);\n  res.status(201).end();\n});\n` };
    const [finding] = await findingsOf(files, { rule });
    expect(finding?.message).toBe("The handler of POST /v1/c does the work itself: 2 writes (`create`, `book`). Move it into a service, and leave parsing, one call and the answer here.");
    const [strict] = await findingsOf({ "src/app.ts": 'import express from "express";\nexport const app = express();\napp.get("/v1/x", (req, res) => { const a = 1; const b = 2; res.json({ a, b }); });\n' }, { rule, options: { maxStatements: 2, sizeAlone: "report" } });
    expect(strict?.message).toContain("3 statements (most 2)");
  });
});
