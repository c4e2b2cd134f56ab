import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { lockRoutes, routeDrift, routeLockFile, routeLockOf } from "../../src/engine/route-lock.js";
import { modelOf } from "../support/model.js";

const root = realpathSync(mkdtempSync(path.join(tmpdir(), "std-check-lock-")));
afterAll(() => { rmSync(root, { recursive: true, force: true }); });

const guard = `const requireAuth = (req, res, next) => { if (!req.headers.authorization) return res.status(401).end(); next(); };`;
const app = (...lines: string[]) => modelOf({ "src/app.ts": [`import express from "express";`, `import { z } from "zod";`, `const app = express();`, guard, ...lines].join("\n") });
const users = `app.post("/v1/users", requireAuth, (req, res) => { res.json(z.object({}).parse(req.body)); });`;
const orders = `app.get("/v1/orders", requireAuth, (req, res) => { res.json([]); });`;

it("writes one sorted line a route, whatever the order of registration", () => {
  expect(routeLockOf(app(users, orders))).toBe(routeLockOf(app(orders, users)));
  expect(routeLockOf(app(users, orders)).split("\n").slice(3, 5)).toEqual([
    '    {"method":"GET","path":"/v1/orders","auth":"required","rateLimit":false,"request":[],"response":false},',
    '    {"method":"POST","path":"/v1/users","auth":"required","rateLimit":false,"request":["body"],"response":true}',
  ]);
});

it("tells what was added, removed and opened until the file is written again", () => {
  expect(routeDrift(root, app(users))).toBeUndefined();
  lockRoutes(root, app(users, orders));
  expect(routeDrift(root, app(orders, users))).toEqual([]);
  const changed = app(`app.post("/v1/users", (req, res) => { res.json(req.body); });`, `app.get("/v1/teams", (req, res) => { res.json([]); });`);
  expect(routeDrift(root, changed)).toEqual([
    "added: GET /v1/teams (auth none, no rate limit)",
    "removed: GET /v1/orders",
    "opened: POST /v1/users auth was required and is none",
    "opened: POST /v1/users lost the schema of its body",
    "opened: POST /v1/users lost its response schema",
  ]);
  lockRoutes(root, changed);
  expect(routeDrift(root, changed)).toEqual([]);
  expect(JSON.parse(readFileSync(path.join(root, routeLockFile), "utf8"))).toMatchObject({ version: 1 });
});

it("says so when the file is not its own", () => {
  writeFileSync(path.join(root, routeLockFile), "{}");
  expect(() => routeDrift(root, app(users))).toThrow("is not what std-check wrote");
});
