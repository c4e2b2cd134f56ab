import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { project, removeProjects } from "../settings/support.js";
import type * as commands from "../../src/cli/commands.js";
import { built } from "../support/built.js";

const { runCommand } = await built<typeof commands>("src/cli/commands.js");

let output = "";
beforeEach(() => {
  output = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((output += String(text)), true));
});
afterEach(() => {
  vi.restoreAllMocks();
  removeProjects();
});

const files = {
  "package.json": '{ "dependencies": { "express": "^5" } }',
  "std-check.config.json": '{ "root": true }',
  "src/app.ts": [
    'import express from "express";',
    'import rateLimit from "express-rate-limit";',
    'import { requireUser } from "./guards.js";',
    'import { gate } from "@company/gate";',
    "const app = express();",
    'app.get("/v1/users/:id", requireUser, rateLimit({ limit: 5 }), (req, res) => { res.json({ id: req.params.id }); });',
    'app.post("/v1/users", (req, res) => { res.json(req.body); });',
    'app.get("/v1/reports", gate, (req, res) => { res.json([]); });',
    'app.get("/v1/reports", (req, res) => { res.json([]); });',
    'app.get(process.env.SECRET_PATH, (req, res) => { res.json([]); });',
  ].join("\n"),
  "src/guards.ts": "export const requireUser = (req, res, next) => { if (!req.user) { res.status(401).json({}); return; } next(); };\n",
};

async function routes(...options: readonly string[]): Promise<string> {
  output = "";
  await runCommand(["routes", "--cwd", project(files), ...options]);
  return output;
}

describe("std-check routes", () => {
  it("prints a table, what is not resolved, and what would settle a step that is not judged", async () => {
    const lines = (await routes()).split("\n").map((line) => line.replace(/ {2,}/g, " | ").trim());
    expect(lines).toEqual([
      "method | path | version | auth | rateLimit | request | response | handler",
      "GET | /v1/reports | v1 | ? | - | - | no | inline src/app.ts:8",
      "POST | /v1/users | v1 | - | - | body:no | no | inline src/app.ts:7",
      "GET | /v1/users/:id | v1 | requireUser | rateLimit | params:no | no | inline src/app.ts:6",
      "",
      "3 routes",
      "not resolved: src/app.ts:10 the path is not a constant",
      "not resolved: src/app.ts:9 GET /v1/reports is also registered at src/app.ts:8",
      "not judged: gate (src/app.ts:8) — name it in names.auth to settle 1 route, or in names.rateLimiters or names.validators",
      "",
    ]);
  });

  it("prints what stands in the paths that are given, as the lists of layers and entries do", async () => {
    expect(await routes("src/guards.ts")).toMatch(/^0 routes$/m);
    expect(await routes("src/app.ts")).toMatch(/^3 routes$/m);
    const root = project({ ...files, "package.json": '{ "dependencies": { "express": "^5", "node-cron": "^4" } }', "src/jobs/sweep.ts": 'import cron from "node-cron";\ncron.schedule("0 * * * *", () => {});\n' });
    output = "";
    await runCommand(["layers", `${root}/src/guards.ts`]);
    expect(output.trim().split("\n").map((line) => line.split(/ +/)[1])).toEqual(["src/guards.ts"]);
    output = "";
    await runCommand(["entries", `${root}/src/guards.ts`]);
    expect(output).toMatch(/^0 entry points/m);
    output = "";
    await runCommand(["entries", `${root}/src/jobs`]);
    expect(output).toMatch(/^1 entry point beside/m);
  });

  it("prints JSON with one entry for each method and path", async () => {
    const printed = JSON.parse(await routes("--format", "json")) as { version: number; routes: Record<string, unknown>[]; unresolved: unknown[] };
    expect(printed.version).toBe(1);
    expect(printed.routes.map(({ method, path }) => `${String(method)} ${String(path)}`)).toEqual(["GET /v1/reports", "POST /v1/users", "GET /v1/users/:id"]);
    expect(printed.routes[2]).toEqual({
      method: "GET", path: "/v1/users/:id", framework: "express", file: "src/app.ts", line: 6,
      handler: { name: "inline", file: "src/app.ts", line: 6 },
      steps: [
        { role: "auth", origin: "route", name: "requireUser", file: "src/app.ts", line: 6 },
        { role: "rate-limit", origin: "route", name: "rateLimit", file: "src/app.ts", line: 6 },
      ],
      request: { body: "absent", query: "absent", params: "none", headers: "absent" },
      response: "none",
      confidence: "exact",
    });
    expect(printed.unresolved).toHaveLength(2);
  });

  it("prints markdown and CSV", async () => {
    expect(await routes("--format", "markdown")).toContain("| POST | /v1/users | v1 | - | - | body:no | no | inline src/app.ts:7 |\n");
    expect(await routes("--format", "csv")).toContain("POST,/v1/users,v1,-,-,body:no,no,inline src/app.ts:7\n");
  });

  it("lists only what lacks something, and counts what cannot be judged", async () => {
    const without = await routes("--missing", "auth");
    expect(without).toContain("POST    /v1/users");
    expect(without).not.toContain("GET     /v1/users/:id");
    expect(without).not.toMatch(/^GET +\/v1\/reports/m);
    expect(without).toContain("1 routes\n1 more cannot be judged\n");
    expect(await routes("--missing", "rate-limit", "--format", "csv")).toBe("method,path,version,auth,rateLimit,request,response,handler\nPOST,/v1/users,v1,-,-,body:no,no,inline src/app.ts:7\n");
    expect((await routes("--missing", "schema", "--format", "csv")).split("\n").slice(1, -1).map((line) => line.split(",")[1])).toEqual(["/v1/users", "/v1/users/:id"]);
  });
});
