import { expect, it } from "vitest";
import { allOf, verdictsOf } from "../../support/cases.js";
import { checkProject } from "../../support/project.js";

const rule = { rule: "idempotent-writes" } as const;
const head = `import express from "express";
import Fastify from "fastify";
import { pay, idempotency } from "./payments";
import Stripe from "stripe";
import { randomUUID } from "node:crypto";
import { PrismaClient } from "@prisma/client";
const stripe = new Stripe("");
const prisma = new PrismaClient();
const app = express();
const fastify = Fastify();`;
const more = { "src/payments.ts": `export const pay = async (input: unknown, key?: unknown) => [input, key];\nexport const idempotency = (req, res, next) => { if (!req.get("Idempotency-Key")) return res.status(400).end(); next(); };` };

it("is silent where a key is read, and where a retry changes nothing", async () => {
  const silent = {
    "a way in": `app.post("/v1/shops/authenticate-checkout", async (req, res) => { res.json(await pay(req.body)); });`,
    "what is made of an order": `app.post("/v1/trips/from-order", async (req, res) => { res.json(await pay(req.body)); });`,
    "a header in the handler": `app.post("/v1/payments", async (req, res) => { res.json(await pay(req.body, req.get("Idempotency-Key"))); });`,
    "a header by its name": `app.post("/v1/payments", async (req, res) => { res.json(await pay(req.body, req.headers["idempotency-key"])); });`,
    "a step": `app.post("/v1/payments", idempotency, async (req, res) => { res.json(await pay(req.body)); });`,
    "PUT": `app.put("/v1/payments/:id", async (req, res) => { res.json(await pay(req.body)); });`,
    "another resource": `app.post("/v1/notes", async (req, res) => { res.json(await pay(req.body)); });`,
    "something below the resource": `app.post("/v1/payments/search", async (req, res) => { res.json(await pay(req.body)); });`,
    "what is done to an order that is there": `app.post("/v1/orders/:id/cancel-order", async (req, res) => { res.json(await pay(req.body)); });`,
    "a call that brings a subscription up to date": `app.post("/v1/billing.subscription.sync", async (req, res) => { res.json(await pay(req.body)); });`,
    "a change of a subscription": `app.post("/v1/shops/:id/modify-subscription", async (req, res) => { res.json(await pay(req.body)); });`,
    "an event of the payment service": `app.post("/v1/webhooks/subscriptions", async (req, res) => { res.json(await pay(req.body)); });`,
    "a change of the one that the path names": `app.post("/v1/payment-intents/:id", async (req, res) => { res.json({ id: req.params.id, note: req.body.note }); });`,
    "another owner": `app.post("/v1/sites/:id/transfer", async (req, res) => { res.json(await pay(req.body)); });`,
    "parts of an order": `app.post("/v1/order-items", async (req, res) => { res.json(await pay(req.body)); });`,
    "another procedure of a resource": `app.post("/v1/invoices.remind", async (req, res) => { res.json(await pay(req.body)); });`,
    "a subscription to news": `app.post("/v1/newsletter/subscriptions", async (req, res) => { res.json(await pay(req.body)); });`,
    "a page on which the customer pays": `app.post("/v1/checkout", async (req, res) => { const page = await stripe.checkout.sessions.create({ mode: "payment" }); res.json(page); });`,
    "an upsert in a function": `const keep = (input: any) => prisma.order.upsert({ where: { id: input.id }, create: input, update: input });\napp.post("/v1/orders", async (req, res) => { res.json(await keep(req.body)); });`,
    "an id of the client's": `app.post("/v1/orders", async (req, res) => { res.json(await prisma.order.create({ data: { id: req.body.id, total: 1 } })); });`,
    "what is looked for before": `app.post("/v1/bookings", async (req, res) => { if (await prisma.booking.findFirst({ where: { seat: req.body.seat } })) return res.status(409).end(); res.json(await prisma.booking.create({ data: { seat: req.body.seat } })); });`,
    "a payment that is paid back as a whole": `app.post("/v1/refunds", async (req, res) => { res.json(await stripe.refunds.create({ charge: req.body.charge })); });`,
    "a refund that is looked for before": `app.post("/v1/orders/refund-payment", async (req, res) => { if (await prisma.refundPayment.findFirst({ where: { paymentId: req.body.payment } })) return res.status(409).end(); res.json(await prisma.refundPayment.create({ data: { paymentId: req.body.payment } })); });`,
    "a state that is left": `app.post("/v1/orders/:id/refund", async (req, res) => { const order = await prisma.order.findUniqueOrThrow({ where: { id: req.params.id } }); if (order.status !== "paid") return res.status(409).end(); await pay(order); await prisma.order.update({ where: { id: order.id }, data: { status: "refunded" } }); res.end(); });`,
    "in Fastify": `fastify.post("/v1/orders", async (request) => pay(request.body, request.headers["idempotency-key"]));`,
    "an id of the client's, in a function": `const place = (id: string, total: number) => prisma.order.create({ data: { id, total } });\napp.post("/v1/orders", async (req, res) => { res.json(await place(req.body.id, req.body.total)); });`,
    "a key that is handed on": `const charge = (amount: number, key: string) => stripe.paymentIntents.create({ amount }, { idempotencyKey: key });\napp.post("/v1/payments", async (req, res) => { res.json(await charge(req.body.amount, req.body.key)); });`,
  };
  expect(await verdictsOf(silent, head, rule, more)).toEqual(allOf(silent));
});

it("reports POST routes that make what must not be made twice", async () => {
  const noKey = {
    "payments": `app.post("/v1/payments", async (req, res) => { res.json(await pay(req.body)); });`,
    "orders": `app.post("/v1/shops/:shop/orders", async (req, res) => { res.json(await pay(req.body)); });`,
    "checkout": `app.post("/v1/carts/:id/checkout", async (req, res) => { res.json(await pay(req.body)); });`,
    "a call by its name": `app.post("/v1/billing.subscription.create", async (req, res) => { res.json(await pay(req.body)); });`,
    "a verb below the resource": `app.post("/v1/orders/place", async (req, res) => { res.json(await pay(req.body)); });`,
    "an id that is made": `app.post("/v1/orders", async (req, res) => { res.json(await prisma.order.create({ data: { id: randomUUID(), total: req.body.total } })); });`,
    "another thing that is looked for": `app.post("/v1/orders", async (req, res) => { await prisma.shop.findUniqueOrThrow({ where: { id: req.body.shop } }); res.json(await prisma.order.create({ data: req.body.order })); });`,
    "a part of a payment that is paid back": `app.post("/v1/refunds", async (req, res) => { res.json(await stripe.refunds.create({ payment_intent: req.body.payment, amount: req.body.amount })); });`,
    "money between accounts": `app.post("/v1/accounts/:id/transfer", async (req, res) => { res.json(await pay(req.body)); });`,
    "in Fastify": `fastify.post("/v1/transfers", async (request) => pay(request.body));`,
    "an id that is made and handed on": `const place = (id: string, total: number) => prisma.order.create({ data: { id, total } });\napp.post("/v1/orders", async (req, res) => { const id = randomUUID(); res.json(await place(id, req.body.total)); });`,
    "a key that is made and handed on": `const charge = (amount: number, key: string) => stripe.paymentIntents.create({ amount }, { idempotencyKey: key });\napp.post("/v1/payments", async (req, res) => { res.json(await charge(req.body.amount, randomUUID())); });`,
    "no key in what is handed on": `const keep = (input: any) => prisma.payment.create({ data: { id: input.id, amount: input.amount, idempotencyKey: input.idempotencyKey } });\napp.post("/v1/payments", async (req, res) => { res.json(await keep({ id: randomUUID(), amount: req.body.amount, idempotencyKey: null })); });`,
  };
  expect(await verdictsOf(noKey, head, rule, more)).toEqual(allOf(noKey, "noKey"));
});

it("reports at the registration, also for paths of the settings", async () => {
  const files = { ...more, "src/app.ts": `${head}\napp.post("/v1/tickets", async (req, res) => {\n  res.json(await pay(req.body));\n});` };
  expect(await checkProject(files, rule)).toEqual([]);
  expect(await checkProject(files, { ...rule, settings: { routes: { idempotent: ["/v1/tickets"] } } })).toEqual(["src/app.ts:11:1 idempotent-writes noKey"]);
});
