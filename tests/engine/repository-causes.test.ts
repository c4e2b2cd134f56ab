import { describe, expect, it } from "vitest";
import { findingsOf, type CheckOptions } from "../support/project.js";

const rule = "deterministic-tests";
const manifest = (name: string): string => JSON.stringify({ name, private: true, scripts: { test: "jest --forceExit" } }, undefined, 1);
const files = { "package.json": JSON.stringify({ name: "shop", private: true, workspaces: ["services/*"] }), ...Object.fromEntries(["a", "b", "c"].map((name) => [`services/${name}/package.json`, manifest(name)])), "services/a/src/main.ts": "export {};" };
const check = async (options: CheckOptions = {}): Promise<readonly (readonly [file: string, help: string | undefined])[]> => (await findingsOf(files, { rule, cliOnly: true, ...options })).map(({ file, help }) => [file, help]);
const exception = (file: string): object => ({ rule, files: [file], reason: "A worker thread stays open.", owner: "@shop/core", expires: "2030-01-01" });

describe("a cause of the repository", () => {
  it("is one finding that names the other files, and one for each file in strict", async () => {
    expect(await check()).toEqual([["services/a/package.json", "The same holds for 2 other files: services/b/package.json, services/c/package.json."]]);
    expect((await check({ preset: "strict" })).map(([file]) => file)).toEqual(["services/a/package.json", "services/b/package.json", "services/c/package.json"]);
  });

  it("goes on to the next file where the first is let pass", async () => {
    expect((await check({ settings: { exceptions: [exception("services/a/package.json")] } })).map(([file]) => file)).toEqual(["services/b/package.json"]);
    expect(await check({ settings: { exceptions: [exception("services/**")] } })).toEqual([]);
  });

  it("is what applications lack alike, such as an error handler", async () => {
    const hono = 'import { Hono } from "hono";\nconst app = new Hono();\napp.get("/v1/x", async (c) => c.json(await load()));\nexport default app;\n';
    const application = (name: string): Readonly<Record<string, string>> => ({ [`apps/${name}/package.json`]: `{ "name": "${name}", "dependencies": { "hono": "4" } }`, [`apps/${name}/src/app.ts`]: hono });
    const backends = { "package.json": '{ "private": true, "workspaces": ["apps/*"] }', ...application("orders"), ...application("users") };
    const told = async (options: CheckOptions = {}): Promise<readonly unknown[]> => (await findingsOf(backends, { rule: "central-error-handler", cliOnly: true, ...options })).map(({ file, help }) => [file, help]);
    expect(await told()).toEqual([["apps/orders/src/app.ts", "The same holds for 1 other file: apps/users/src/app.ts."]]);
    expect(await told({ preset: "strict" })).toHaveLength(2);
  });
});
