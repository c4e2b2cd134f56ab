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
    "an insert behind a plain POST": `app.post("/v1/orders", async (req, res) => { await prisma.order.create({ data: { id: 1 } }); res.end(); });`,
  };
  expect(await verdictsOf(silent, head, rule)).toEqual(allOf(silent));
});

it("reports consumers and webhooks that make something new each time", async () => {
  const twice = {
    "an insert": `new Worker("orders", async (job) => { await prisma.order.create({ data: { total: job.data.total } }); });`,
    "an insert in a function": `const save = async (total: number) => prisma.order.create({ data: { total } });\nnew Worker("orders", async (job) => save(job.data.total));`,
    "a processor that a class of the project wraps": `const timed = (work: any) => async (job: any) => work(job);\nclass Workers { static register(queue: string, work: any) { new Worker(queue, timed(work)); } }\nWorkers.register("orders", async (job: any) => { await prisma.order.create({ data: { total: job.data.total } }); });`,
    "a charge": `new Worker("charges", async (job) => { await stripe.paymentIntents.create({ amount: job.data.amount, currency: "eur" }); });`,
    "a webhook": `app.post("/v1/webhooks/orders", async (req, res) => { await prisma.order.create({ data: { total: req.body.total } }); res.end(); });`,
  };
  expect(await verdictsOf(twice, head, rule)).toEqual(allOf(twice, "twice"));
});

it("reports at the registration, and knows the names of the option", async () => {
  const files = { "src/a.ts": `${head}\nnew Worker("orders", async (job) => {\n  await prisma.order.create({ data: { ticket: job.data.ticket } });\n});` };
  expect(await checkProject(files, rule)).toEqual(["src/a.ts:8:1 idempotent-consumers twice"]);
  expect(await checkProject(files, { ...rule, options: { keys: ["ticket"] } })).toEqual([]);
});
