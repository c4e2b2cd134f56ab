import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import type * as commands from "../../src/cli/commands.js";
import { built } from "../support/built.js";
import { writeProject } from "../support/project.js";

const { runCommand } = await built<typeof commands>("src/cli/commands.js");
const { root, remove } = writeProject({
  "package.json": '{ "name": "shop", "private": true, "type": "module", "scripts": { "start": "node ." }, "dependencies": { "express": "5", "pg": "8" } }',
  "src/domain/price.ts": "export const priceOf = (count: number) => count * 100;\n",
  "src/services/order.service.ts": 'import { priceOf } from "../domain/price.js";\nexport class OrderService { constructor(private readonly orders: { find(id: string): unknown }) {} total(ids: string[]) { return ids.map((id) => this.orders.find(id) && priceOf(1)); } }\n',
  "src/repositories/order.repository.ts": 'import type { Pool } from "pg";\nexport class OrderRepository { constructor(private readonly pool: Pool) {} find(id: string) { return this.pool.query("select 1 from orders where id = $1", [id]); } }\n',
  "src/app.ts": 'import express from "express";\nimport { Pool } from "pg";\nimport { OrderRepository } from "./repositories/order.repository.js";\nimport { OrderService } from "./services/order.service.js";\nexport const makeApp = (pool: Pool) => {\n  const app = express();\n  const orders = new OrderService(new OrderRepository(pool));\n  app.get("/v1/orders/:id", (req, res) => { res.json(orders.total([req.params.id])); });\n  app.delete("/v1/orders/:id", (req, res) => { res.status(204).end(); });\n  return app;\n};\n',
  "tests/order.service.test.ts": 'import { OrderService } from "../src/services/order.service.js";\nit("adds up", () => { expect(new OrderService({ find: () => 1 }).total(["a"])).toEqual([100]); });\n',
  "tests/order.repository.test.ts": 'import { PostgreSqlContainer } from "@testcontainers/postgresql";\nimport { OrderRepository } from "../src/repositories/order.repository.js";\nimport { OrderService } from "../src/services/order.service.js";\nit("finds", async () => { expect(new OrderService(new OrderRepository((await new PostgreSqlContainer().start()) as never)).total(["a"])).toHaveLength(1); });\n',
  "tests/app.test.ts": 'import request from "supertest";\nimport { makeApp } from "../src/app.js";\nit("answers", async () => { await request(makeApp({} as never)).get("/v1/orders/7").expect(200); });\n',
});
afterEach(() => { vi.restoreAllMocks(); });
afterAll(remove);

async function tests(...args: readonly string[]): Promise<string> {
  let output = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((output += String(text)), true));
  await runCommand(["tests", ...args, "--cwd", root]);
  return output;
}

describe("std-check tests", () => {
  it("names the tests of each module and route, and whether the api layer or a store is with them", async () => {
    const { modules, routes } = JSON.parse(await tests("--format", "json")) as { modules: { file: string; tests: { file: string; way: string }[] }[]; routes: { name: string; tests: string[] }[] };
    expect(Object.fromEntries(modules.map(({ file, tests: some }) => [file, some.map(({ file: test, way }) => `${test} ${way}`)]))).toEqual({
      "src/services/order.service.ts": ["tests/app.test.ts integration", "tests/order.repository.test.ts integration", "tests/order.service.test.ts unit"],
      "src/domain/price.ts": ["tests/app.test.ts integration", "tests/order.repository.test.ts integration", "tests/order.service.test.ts unit"],
      "src/repositories/order.repository.ts": ["tests/app.test.ts integration", "tests/order.repository.test.ts integration"],
    });
    expect(routes.map(({ name, tests: some }) => [name, some])).toEqual([["DELETE /v1/orders/:id", []], ["GET /v1/orders/:id", ["tests/app.test.ts"]]]);
  });

  it("sums them up by layer", async () => {
    const lines = (await tests()).trimEnd().split("\n");
    expect(lines[0]).toMatch(/^layer +module or route +unit +integration +tests$/);
    expect(lines.slice(-5)).toEqual(["service: 1 of 1 reached, 1 by unit tests", "domain: 1 of 1 reached, 1 by unit tests", "repository: 1 of 1 reached", "routes: 1 of 2 requested", "3 test files"]);
    expect(await tests("src/domain", "--format", "markdown")).toMatch(/^\| layer \| module or route \| unit \| integration \| tests \|\n\|[ -|]+\n\| domain \| src\/domain\/price\.ts \| 1 \| 2 \| /);
    await expect(tests("--format", "xml")).rejects.toThrow('There is no format "xml" for tests.');
  });
});
