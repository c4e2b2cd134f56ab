import { afterEach, expect, it } from "vitest";
import type * as engine from "../../src/engine/run.js";
import { built } from "../support/built.js";
import { writeProject } from "../support/project.js";

const { run } = await built<typeof engine>("src/engine/run.js");

const written: { remove(): void }[] = [];
afterEach(() => {
  for (const one of written.splice(0)) one.remove();
});

/** The causes of a rule's findings in `recommended`, where a project lies open. */
async function causes(rule: string, files: Readonly<Record<string, string>>): Promise<(string | undefined)[]> {
  const project = writeProject({ "std-check.config.json": '{ "root": true, "extends": ["recommended"] }', ...files });
  written.push(project);
  const { result } = await run({ cwd: project.root, cache: false, date: "2026-01-15", onlyRules: new Set([rule]) });
  return result.findings.filter((finding) => finding.rule === rule).map(({ cause }) => cause);
}

const manifest = '{ "name": "app", "private": true, "scripts": { "start": "node ." }, "dependencies": { "express": "5" } }';

it("keeps what has one place and different causes: what a package lacks, and what it has twice", async () => {
  const found = await causes("standard-stack", { "package.json": manifest, "package-lock.json": "{}", "yarn.lock": "", "src/app.ts": 'import express from "express";\nexport const app = express();\n' });
  expect(found.length).toBeGreaterThan(1);
  expect(new Set(found).size).toBe(found.length);
});

it("gives one finding for a route that two mounts or two paths serve", async () => {
  const files = {
    "package.json": manifest,
    "src/routes.ts": 'import { Router } from "express";\nimport { requireUser } from "./auth.js";\nexport const orders = Router();\norders.get(["/open", "/plain"], (req, res) => { res.json([]); });\norders.get("/mine", requireUser, (req, res) => { res.json([]); });\n',
    "src/auth.ts": 'export function requireUser(req, res, next) { if (!req.headers.authorization) { res.status(401).end(); return; } next(); }\n',
    "src/app.ts": 'import express from "express";\nimport { orders } from "./routes.js";\nexport const app = express();\napp.use("/v1/orders", orders);\napp.use("/v2/orders", orders);\n',
  };
  expect(await causes("require-auth", files)).toEqual(["GET /v1/orders/open"]);
});
