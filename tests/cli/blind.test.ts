import { afterEach, expect, it, vi } from "vitest";
import type * as commands from "../../src/cli/commands.js";
import { built } from "../support/built.js";
import { writeProject } from "../support/project.js";

const { runCommand } = await built<typeof commands>("src/cli/commands.js");

afterEach(() => {
  vi.restoreAllMocks();
});

const settings = '{ "root": true, "rules": { "standard-stack": "off", "tested-modules": "off" } }';

async function check(files: Readonly<Record<string, string>>): Promise<{ readonly code: number; readonly said: string }> {
  const { root, remove } = writeProject({ "std-check.config.json": settings, ...files });
  let said = "";
  vi.spyOn(process.stdout, "write").mockImplementation(() => true);
  vi.spyOn(process.stderr, "write").mockImplementation((text) => ((said += String(text)), true));
  try {
    return { code: await runCommand(["--cwd", root, "--no-cache"]), said };
  } finally {
    remove();
  }
}

it("asks for code where there is none", async () => {
  await expect(check({ "README.md": "Nothing yet.\n" })).rejects.toThrow(/^There is no TypeScript or JavaScript file to check in /);
});

it("takes an application in which nothing was recognised for no pass", async () => {
  const { code, said } = await check({ "src/thing.ts": "export const one = 1;\n" });
  expect(said).toMatch(/^No file has a layer, and no route or other entry point was found/);
  expect(code).toBe(1);
});

it("takes one with a layer, or a library without, for what it is", async () => {
  expect(await check({ "src/services/thing.service.ts": "export const one = 1;\n" })).toEqual({ code: 0, said: "" });
  expect(await check({ "package.json": '{ "name": "lib", "exports": "./src/thing.js" }', "src/thing.ts": "export const one = 1;\n" })).toEqual({ code: 0, said: "" });
});
