import { expect, it } from "vitest";
import { allOf, verdictsOf } from "../../support/cases.js";
import { checkProject } from "../../support/project.js";

const rule = { rule: "idempotent-consumers" } as const;
const head = `import { Worker } from "bullmq";
import express from "express";
import Stripe from "stripe";
import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
const stripe = new Stripe("");
const app = express();`;

it("is silent where repetitions are told apart or change nothing", async () => {
  const silent = {
    "an upsert": `new Worker("orders", async (job) => { await prisma.order.upsert({ where: { id: job.data.id }, create: {}, update: {} }); });`,
    "an upsert that a class of the project wraps": `class Workers { static register(queue: string, work: any) { new Worker(queue, async (job) => work(job.data)); } }\nWorkers.register("orders", async (data: any) => { await prisma.order.upsert({ where: { id: data.id }, create: {}, update: {} }); });`,
    "an update": `new Worker("orders", async (job) => { await prisma.order.update({ where: { id: job.data.id }, data: { paid: true } }); });`,
    "a look before": `new Worker("orders", async (job) => { if (await prisma.order.findUnique({ where: { id: job.data.id } })) return; await prisma.order.create({ data: { id: job.data.id } }); });`,
    "a table of handled messages": `new Worker("orders", async (job) => { await prisma.processedMessage.create({ data: { id: job.id } }); await prisma.order.create({ data: { id: job.data.id } }); });`,
    "a key that is handed on": `new Worker("charges", async (job) => { await stripe.paymentIntents.create({ amount: 1, currency: "eur" }, { idempotencyKey: job.id }); });`,
    "a webhook that looks its event up": `app.post("/v1/webhooks/orders", async (req, res) => { await prisma.order.create({ data: { id: 1, eventId: req.body.id } }); res.end(); });`,
    "a look before in a function": `const find = (id: string) => prisma.order.findUnique({ where: { id } });\nnew Worker("orders", async (job) => { if (await find(job.data.id)) return; await prisma.order.create({ data: { total: 1 } }); });`,
    "an id that the message brings": `new Worker("orders", async ({ data }) => { await prisma.order.create({ data: { id: data.id, total: data.total } }); });`,
    "a statement that skips conflicts": `new Worker("orders", async (job) => { await prisma.$executeRaw\`INSERT INTO orders (total) VALUES (\${job.data.total}) ON CONFLICT DO NOTHING\`; });`,
    "a row that is the message": `new Worker("orders", async ({ data }) => { await prisma.order.create({ data }); });`,
    "lines of a log": `new Worker("orders", async (job) => { await prisma.orderLog.create({ data: { text: job.data.text } }); });`,
    "a state that is left": `new Worker("orders", async (job) => { const order = await prisma.order.findUniqueOrThrow({ where: { id: job.data.id } }); if (order.status !== "open") return; await prisma.invoice.create({ data: { order: order.id } }); await prisma.order.update({ where: { id: order.id }, data: { status: "billed" } }); });`,
    "a mark that is asked for and set": `new Worker("rents", async (job) => { const seat = await prisma.seat.findUniqueOrThrow({ where: { id: job.data.seat } }); if (!seat.free) return; seat.free = false; await prisma.rent.create({ data: { seat: seat.name } }); });`,
    "a route that makes webhooks": `app.post("/v1/webhooks", async (req, res) => { await prisma.webhook.create({ data: { url: req.body.url } }); res.end(); });`,
    "an insert behind a plain POST": `app.post("/v1/orders", async (req, res) => { await prisma.order.create({ data: { id: 1 } }); res.end(); });`,
  };
  expect(await verdictsOf(silent, head, rule)).toEqual(allOf(silent));
});

it("reports consumers and webhooks that make something new each time", async () => {
  const twice = {
    "an insert": `new Worker("orders", async (job) => { await prisma.order.create({ data: { total: job.data.total } }); });`,
    "an insert in a function": `const save = async (total: number) => prisma.order.create({ data: { total } });\nnew Worker("orders", async (job) => save(job.data.total));`,
    "a processor that a class of the project wraps": `const timed = (work: any) => async (job: any) => work(job);\nclass Workers { static register(queue: string, work: any) { new Worker(queue, timed(work)); } }\nWorkers.register("orders", async (job: any) => { await prisma.order.create({ data: { total: job.data.total } }); });`,
    "a look for something else": `new Worker("orders", async (job) => { const shop = await prisma.shop.findUnique({ where: { id: job.data.shop } }); await prisma.order.create({ data: { shop: shop.id, total: job.data.total } }); });`,
    "a look afterwards": `new Worker("orders", async (job) => { await prisma.order.create({ data: { total: job.data.total } }); return prisma.order.findMany({ take: 5 }); });`,
    "a route that checks the signature of an event": `app.post("/v1/stripe", async (req, res) => { const event = stripe.webhooks.constructEvent(req.body, "", ""); await prisma.payment.create({ data: { amount: event.data.amount } }); res.end(); });`,
    "a charge": `new Worker("charges", async (job) => { await stripe.paymentIntents.create({ amount: job.data.amount, currency: "eur" }); });`,
    "a webhook": `app.post("/v1/webhooks/orders", async (req, res) => { await prisma.order.create({ data: { total: req.body.total } }); res.end(); });`,
  };
  expect(await verdictsOf(twice, head, rule)).toEqual(allOf(twice, "twice"));
});

it("takes the records of a function for what comes again", async () => {
  const handler = (body: string): Record<string, string> => ({ "src/a.ts": `import type { SQSEvent } from "aws-lambda";\nimport { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const handler = async (event: SQSEvent) => { ${body} };` });
  expect(await checkProject(handler("for (const record of event.Records) await prisma.order.create({ data: { total: Number(record.body) } });"), rule)).toEqual(["src/a.ts:4:14 idempotent-consumers twice"]);
  expect(await checkProject(handler("await prisma.order.create({ data: { total: Number(event.body) } });"), rule)).toEqual([]);
});

it("reports at the registration, and knows the names of the option", async () => {
  const files = { "src/a.ts": `${head}\nnew Worker("orders", async (job) => {\n  await prisma.order.create({ data: { ticket: job.data.ticket } });\n});` };
  expect(await checkProject(files, rule)).toEqual(["src/a.ts:8:1 idempotent-consumers twice"]);
  expect(await checkProject(files, { ...rule, options: { keys: ["ticket"] } })).toEqual([]);
});

it("knows calls that wait for their answer from what a broker delivers again", async () => {
  const controller = (transport: string, decorator: string) => ({
    "src/orders.controller.ts": `import { Controller } from "@nestjs/common";\nimport { ${decorator}, Transport } from "@nestjs/microservices";\nimport { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const options = { transport: Transport.${transport} };\n@Controller()\nexport class Orders {\n  @${decorator}("orders")\n  create(data: { total: number }) {\n    return prisma.order.create({ data: { total: data.total } });\n  }\n}`,
  });
  expect(await checkProject(controller("TCP", "MessagePattern"), rule)).toEqual([]);
  expect(await checkProject(controller("RMQ", "MessagePattern"), rule)).toEqual(["src/orders.controller.ts:8:4 idempotent-consumers twice"]);
  expect(await checkProject(controller("NATS", "EventPattern"), rule)).toEqual([]);
  expect(await checkProject(controller("KAFKA", "EventPattern"), rule)).toEqual(["src/orders.controller.ts:8:4 idempotent-consumers twice"]);
});

it("tells a row that is made from one that is kept again", async () => {
  const typeorm = 'import { Worker } from "bullmq";\nimport { DataSource, Entity } from "typeorm";\n@Entity()\nclass Order { id?: string; total = 0; }\nconst orders = new DataSource({ type: "postgres" }).getRepository(Order);';
  const cases = {
    "made by the repository": `new Worker("orders", async (job) => { const order = orders.create({ total: job.data.total }); await orders.save(order); });`,
    "made where it is kept": `new Worker("orders", async (job) => { await orders.save({ total: job.data.total }); });`,
    "made with the id of the message": `new Worker("orders", async (job) => { await orders.save(orders.create({ id: job.data.id, total: job.data.total })); });`,
    "read and kept": `new Worker("orders", async (job) => { const order = await orders.findOneByOrFail({ id: job.data.id }); order.total = 1; await orders.save(order); });`,
  };
  expect(await verdictsOf(cases, typeorm, rule)).toEqual({ "made by the repository": ["twice"], "made where it is kept": ["twice"], "made with the id of the message": [], "read and kept": [] });
});
