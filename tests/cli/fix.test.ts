import { readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type * as commands from "../../src/cli/commands.js";
import { built } from "../support/built.js";
import { writeProject } from "../support/project.js";

const { runCommand } = await built<typeof commands>("src/cli/commands.js");

let output = "";
let complaint = "";
beforeEach(() => {
  [output, complaint] = ["", ""];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((output += String(text)), true));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => ((complaint += String(text)), true));
});
afterEach(() => {
  vi.restoreAllMocks();
});

it.each([["--staged"], ["--since", "main"]])("--fix does not go with %s", async (...range) => {
  await expect(runCommand(["--fix", ...range])).rejects.toThrow("files as they are on disk");
});

it("--fix-dry-run shows a diff and changes nothing, --fix writes it and checks what is left", async () => {
  const file = "src/services/order.service.ts";
  const text = 'import pino from "pino";\nconst logger = pino();\nexport const done = (id: string) => logger.info("order done", { id });\n';
  const { root, remove } = writeProject({ "std-check.config.json": '{ "root": true, "extends": [], "rules": { "structured-logging": "error" } }', [file]: text });
  try {
    expect(await runCommand(["--cwd", root, "--no-cache", "--fix-dry-run"])).toBe(1);
    expect(output.split("\n")).toEqual([
      `--- a/${file}`,
      `+++ b/${file}`,
      "@@ -1,3 +1,3 @@",
      ' import pino from "pino";',
      " const logger = pino();",
      '-export const done = (id: string) => logger.info("order done", { id });',
      '+export const done = (id: string) => logger.info({ id }, "order done");',
      "",
    ]);
    expect(readFileSync(path.join(root, file), "utf8")).toBe(text);
    expect(await runCommand(["--cwd", root, "--no-cache", "--fix"])).toBe(0);
    expect(complaint).toContain(`Fixed 1 file: ${file}.`);
    output = "";
    expect(await runCommand(["--cwd", root, "--no-cache", "--fix-dry-run"])).toBe(0);
    expect(output).toBe("");
  } finally {
    remove();
  }
});
