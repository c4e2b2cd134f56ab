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
import { find } from "./users";
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
    "no content": `app.delete("/v1/users/:id", async (req, res) => { await find(req.params.id); res.status(204).end(); });`,
    "no body in Hono": `hono.delete("/v1/users/:id", async (c) => { await find(c.req.param("id")); return c.body(null, 204); });`,
    "a parse of the answer in Koa": `router.get("/v1/users/:id", async (ctx) => { ctx.body = User.parse(await find(ctx.params.id)); });`,
    "a redirect": `app.get("/v1/users/:id/avatar", async (req, res) => { res.redirect("/avatar"); });`,
    "a file": `app.get("/v1/reports/:id", async (req, res) => { res.sendFile("/reports/1"); });`,
    "health": `app.get("/health", async (req, res) => { res.json(await find(1)); });`,
  };
  expect(await verdictsOf(silent, head, rule, more)).toEqual(allOf(silent));
});

it("reports each route whose body no schema describes", async () => {
  const none = {
    "in Express": `app.get("/v1/users/:id", async (req, res) => { res.json(await find(req.params.id)); });`,
    "in Koa": `router.get("/v1/users/:id", async (ctx) => { ctx.body = await find(ctx.params.id); });`,
    "in Hono": `hono.get("/v1/users/:id", async (c) => c.json(await find(c.req.param("id"))));`,
    "in Fastify": `fastify.get("/v1/users/:id", async (request) => find(request.params.id));`,
    "with a schema for the request alone": `fastify.post("/v1/users", { schema: { body: Type.Object({}) } }, async (request) => find(request.body));`,
  };
  expect(await verdictsOf(none, head, rule, more)).toEqual(allOf(none, "none"));
});

it("reports one sum an application, and routes whose siblings have schemas, by default", async () => {
  const route = `app.get("/v1/users/:id", async (request) => find(request.params.id));`;
  const sibling = `app.get("/v1/users", { schema: { response: { 200: {} } } }, async () => find(1));`;
  const files = (...lines: string[]): Record<string, string> => ({ ...more, "src/app.ts": [`import Fastify from "fastify";`, `import { find } from "./users";`, `const app = Fastify();`, ...lines].join("\n") });
  expect(await checkProject(files(route), { rule: "response-schema" })).toEqual(["src/app.ts:3:13 response-schema application"]);
  expect(await checkProject(files(route, sibling), { rule: "response-schema" })).toEqual(["src/app.ts:4:1 response-schema none"]);
});
