import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeProject } from "../support/project.js";

const main = fileURLToPath(new URL("../../dist/src/cli/main.js", import.meta.url));
const { root, remove } = writeProject({
  "package.json": '{ "name": "app", "private": true, "scripts": { "start": "node ." }, "dependencies": { "express": "5" } }',
  "std-check.config.json": '{ "root": true, "rules": { "standard-stack": "off" } }',
  "src/app.ts": 'import express from "express";\nconst app = express();\napp.get("/v1/users/:id", (req, res) => { res.json({ id: req.params.id }); });\napp.listen(process.env.PORT);\n',
});
afterAll(remove);

describe("std-check mcp, asked by the official client", () => {
  const client = new Client({ name: "test", version: "1.0.0" });
  const call = async (name: string, input: Readonly<Record<string, unknown>> = {}): Promise<{ text: string; isError: unknown }> => {
    const { content, isError } = await client.callTool({ name, arguments: input });
    return { text: (content as readonly { text: string }[]).map(({ text }) => text).join(""), isError };
  };
  beforeAll(async () => {
    await client.connect(new StdioClientTransport({ command: process.execPath, args: [main, "mcp"], cwd: root }));
  });
  afterAll(async () => {
    await client.close();
  });

  it("says who it is, and lists its tools with the schemas of their input", async () => {
    expect(client.getServerVersion()?.name).toBe("std-check");
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(["check", "explain", "routes", "layers", "standard"]);
    expect(tools[1]?.inputSchema).toMatchObject({ type: "object", required: ["rule"], properties: { rule: { type: "string" } } });
    await client.ping();
  });

  it("checks, and lists routes and layers", async () => {
    const [check, routes, layers] = await Promise.all([call("check", { paths: ["src/app.ts"] }), call("routes", { missing: "auth" }), call("layers")]);
    expect(check.text).toMatch(/^src\/app\.ts:\d+:\d+ \w+ std\/[\w-]+: /);
    expect(check.isError).toBe(false);
    expect((JSON.parse(routes.text) as { routes: { path: string }[] }).routes.map((route) => route.path)).toEqual(["/v1/users/:id"]);
    expect(layers.text).toMatch(/^\w+ +src\/app\.ts {2}/m);
  });

  it("explains a rule, and tells how the project stands to the standard", async () => {
    const [explain, standard] = await Promise.all([call("explain", { rule: "no-db-in-api" }), call("standard")]);
    expect(explain.text).toMatch(/^# no-db-in-api\n/);
    expect(standard.text).toMatch(/^ARCH-1 /m);
    expect((await call("explain", { rule: "no-such" })).isError).toBe(true);
  });

  it("tells a mistake of the caller from a failure", async () => {
    expect(await call("check", { paths: ["no/such/file.ts"] })).toMatchObject({ isError: true, text: expect.stringContaining("does not exist") as string });
    await expect(call("check", { paths: 1 })).rejects.toMatchObject({ code: -32602 });
    await expect(call("erase")).rejects.toMatchObject({ code: -32602 });
    // What looks like an option is a path.
    expect((await call("check", { paths: ["--fix"] })).text).toContain("--fix does not exist");
  });
});

it("answers what is no request with an error, and notifications with nothing", () => {
  const input = ["{", "[1]", '{"jsonrpc":"2.0","id":1,"method":"nope"}', '{"jsonrpc":"2.0","method":"notifications/initialized"}', '{"jsonrpc":"2.0","id":"a","method":"initialize","params":{"protocolVersion":"1999-01-01"}}', ""].join("\n");
  const { stdout, status } = spawnSync(process.execPath, [main, "mcp"], { cwd: root, input, encoding: "utf8" });
  const answers = stdout.trim().split("\n").map((line) => JSON.parse(line) as { id: unknown; error?: { code: number }; result?: { protocolVersion: string } });
  expect(answers.map(({ id, error, result }) => [id, error?.code ?? result?.protocolVersion])).toEqual([[null, -32700], [null, -32600], [1, -32601], ["a", "2025-06-18"]]);
  expect(status).toBe(0);
});
