import { afterEach, describe, expect, it } from "vitest";
import rule from "../../../rules/done/docs-updated.js";
import { checkRepo, repoMessages } from "../../repo/check-repo.js";
import { GitFolder, removeFolders, type Tree } from "../../repo/support.js";

afterEach(removeFolders);

const name = "docs-updated";

const routes = (...lines: readonly string[]) => `import express from "express";\nexport const app = express();\n${lines.join("\n")}\napp.listen(3000);\n`;
const users = 'app.get("/v1/users", (req, res) => { res.json([]); });';
const orders = 'app.get("/v1/orders", (req, res) => { res.json([]); });';
const settings = (keys: string) => `import { z } from "zod";\nexport const settings = z.object({ PORT: z.coerce.number()${keys} }).parse(process.env);\n`;
const codes = (members: string) => `export enum ErrorCode {\n  NotFound = "not_found",${members}\n}\n`;
const base: Tree = { "package.json": '{ "name": "api", "private": true, "scripts": { "start": "node ." }, "dependencies": { "express": "5", "zod": "4" } }', "README.md": "# api", "src/app.ts": routes(users), "src/settings.ts": settings(""), "src/errors.ts": codes("") };

function history(change: Tree, more: Tree = {}): string {
  const repo = new GitFolder({ ...base, ...more });
  repo.commit("change", change);
  return repo.root;
}

const check = (change: Tree, more: Tree = {}) => checkRepo(rule, history(change, more), { since: "HEAD~1" });

describe(`${name} reports`, () => {
  it.each<[string, Tree, string]>([
    ["a route that is new", { "src/app.ts": routes(users, orders) }, "src/app.ts:4:1-4:54 stale"],
    ["a route that is gone", { "src/app.ts": routes() }, "src/app.ts:3:1-3:1 stale"],
    ["a route that moved to another path", { "src/app.ts": routes(users.replace("v1", "v2")) }, "src/app.ts:3:1-3:53 stale"],
    ["a method that changed", { "src/app.ts": routes(users.replace("get", "post")) }, "src/app.ts:3:1-3:54 stale"],
    ["a setting", { "src/settings.ts": settings(", REDIS_URL: z.string()") }, "src/settings.ts:2:61-2:70 stale"],
    ["an error code", { "src/errors.ts": codes('\n  Taken = "taken",') }, "src/errors.ts:3:11-3:18 stale"],
  ])("%s", async (_, change, expected) => {
    expect((await check(change)).map((line) => line.replace(/-\d+:\d+ /, " "))).toEqual([expected.replace(/-\d+:\d+ /, " ")]);
  });

  it("one finding for all of a change, with what it is", async () => {
    const root = history({ "src/app.ts": routes(orders), "src/errors.ts": codes('\n  Taken = "taken",') });
    expect(await repoMessages(rule, root, { since: "HEAD~1" })).toEqual([
      "This changes what users of the application see (route GET /v1/orders added, route GET /v1/users removed, error code taken added), and no document changed with it: README, docs, OpenAPI file or changelog still tell the old state. Write it there.",
    ]);
  });
});

describe(`${name} is silent on`, () => {
  const change = { "src/app.ts": routes(users, orders) };

  it.each<[string, Tree, Tree]>([
    ["a README that changed too", { ...change, "README.md": "# api\n\nOrders." }, {}],
    ["documentation", { ...change, "docs/orders.md": "Orders." }, {}],
    ["an OpenAPI file", { ...change, "openapi.yaml": "openapi: 3.1.0" }, {}],
    ["a changelog", { ...change, "CHANGELOG.md": "Orders." }, {}],
    ["a collection of requests", { ...change, "requests/orders.http": "GET /v1/orders" }, {}],
    ["an example env file for a new setting", { "src/settings.ts": settings(", REDIS_URL: z.string()"), ".env.example": "REDIS_URL=" }, {}],
    ["a project without documents", change, { "README.md": undefined }],
    ["documentation that is made from the code", { ...change }, { "package.json": '{ "name": "api", "scripts": { "start": "node ." }, "dependencies": { "express": "5", "swagger-jsdoc": "6" } }' }],
    ["the inside of a handler", { "src/app.ts": routes(users.replace("[]", "[1]")) }, {}],
    ["a route that moved to another file", { "src/app.ts": 'import express from "express";\nimport { addUsers } from "./users.js";\nexport const app = express();\naddUsers(app);\napp.listen(3000);\n', "src/users.ts": 'import type { Express } from "express";\nexport const addUsers = (app: Express) => { app.get("/v1/users", (req, res) => { res.json([]); }); };\n' }, {}],
    ["a health check", { "src/app.ts": routes(users, 'app.get("/health", (req, res) => { res.json({}); });') }, {}],
    ["a file that moved", { "src/errors.ts": undefined, "src/core/errors.ts": codes("") }, {}],
    ["tests", { "tests/a.test.ts": routes(orders) }, {}],
  ])("%s", async (_, tree, more) => {
    const repo = new GitFolder({ ...base, ...Object.fromEntries(Object.entries(more).filter(([, text]) => text !== undefined)) });
    for (const [file, text] of Object.entries(more)) if (text === undefined) repo.commit("without", { [file]: undefined });
    repo.commit("change", tree);
    expect(await checkRepo(rule, repo.root, { since: "HEAD~1" })).toEqual([]);
  });

  it("notes for tools, which are no documents", async () => {
    expect(await check({ ...change, "AGENTS.md": "Write tests." })).toHaveLength(1);
  });

  it("a run without a range", async () => {
    expect(await checkRepo(rule, history(change))).toEqual([]);
  });
});
