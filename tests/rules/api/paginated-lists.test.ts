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
  "src/users.ts": `import { PrismaClient } from "@prisma/client";
export const prisma = new PrismaClient();
export const listUsers = async () => prisma.user.findMany();
export const findPage = async (query: any) => { const rows = await prisma.user.findMany({ orderBy: { id: "asc" } }); return rows.slice(0, Math.min(Number(query.limit) || 20, 100)); };`,
};

it("is silent where a page is taken, and where there is no list that grows", async () => {
  const silent = {
    "a limit of the query": `app.get("/v1/users", async (req, res) => { const limit = Math.min(Number(req.query.limit) || 20, 100); res.json(await prisma.user.findMany({ take: limit })); });`,
    "a cursor": `app.get("/v1/users", async (req, res) => { res.json(await prisma.user.findMany({ take: 20, cursor: { id: req.query.cursor } })); });`,
    "a service that takes the page out of the query": `app.get("/v1/users", async (req, res) => { res.json(await findPage(req.query)); });`,
    "a constant maximum": `app.get("/v1/users/newest", async (req, res) => { res.json(await prisma.user.findMany({ take: 10 })); });`,
    "one resource": `app.get("/v1/users/:id", async (req, res) => { res.json(await prisma.user.findUnique({ where: { id: req.params.id } })); });`,
    "rows by their keys": `app.get("/v1/settings", async (req, res) => { res.json(await prisma.setting.findMany({ where: { name: { in: ["a", "b"] } } })); });`,
    "a write": `app.post("/v1/users", async (req, res) => { res.json(await listUsers()); });`,
    "health": `app.get("/health", async (req, res) => { res.json(await listUsers()); });`,
    "a page in Hono": `hono.get("/v1/users", async (c) => c.json(await prisma.user.findMany({ take: Math.min(Number(c.req.query("limit")), 50) })));`,
  };
  expect(await verdictsOf(silent, head, rule, more)).toEqual(allOf(silent));
});

it("reports lists that are returned whole", async () => {
  const noPage = {
    "in the handler": `app.get("/v1/users", async (req, res) => { res.json(await prisma.user.findMany()); });`,
    "in a service": `app.get("/v1/users", async (req, res) => { res.json(await listUsers()); });`,
    "below a resource": `app.get("/v1/users/:id/orders", async (req, res) => { res.json(await prisma.order.findMany({ where: { userId: req.params.id } })); });`,
    "in Hono": `hono.get("/v1/users", async (c) => c.json(await listUsers()));`,
  };
  expect(await verdictsOf(noPage, head, rule, more)).toEqual(allOf(noPage, "noPage"));
});

it("reports at the registration, and asks for a sort or filter where the option does", async () => {
  const files = { ...more, "src/app.ts": `${head}\napp.get("/v1/users", async (req, res) => {\n  res.json(await prisma.user.findMany({ take: Math.min(Number(req.query.limit), 100) }));\n});\napp.get("/v1/orders", async (req, res) => {\n  res.json(await prisma.order.findMany({ take: 10, skip: Number(req.query.page), orderBy: { [req.query.sort]: "asc" } }));\n});` };
  expect(await findingsOf(files, rule)).toEqual([]);
  const [finding, ...others] = await findingsOf(files, { ...rule, options: { sortAndFilter: "report" } });
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ messageId: "noSort", range: { start: { line: 6, column: 1 }, end: { line: 8, column: 3 } } });
});
