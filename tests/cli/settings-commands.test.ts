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
  "package.json": '{ "dependencies": { "fastify": "^5" } }',
  "std-check.config.json": '{ "rules": { "layer-imports": "warn" }, "overrides": [{ "files": "src/old/**", "rules": { "layer-imports": "off" } }] }',
  "src/users.service.ts": "export const a = 1;\n",
};

describe("std-check --print-config", () => {
  it("prints the settings of the root and of a file", async () => {
    const cwd = project(files);
    expect(await runCommand(["--print-config", "--cwd", cwd])).toBe(0);
    expect(output).toContain("// Detected preset fastify: package.json depends on fastify ^5.");
    expect(output).toMatch(/"layer-imports": \["warn",.*\], \/\/ preset recommended, then std-check\.config\.json:1\n/);
    output = "";
    await runCommand(["--print-config", "src/old/a.ts", "--cwd", cwd, "--preset", "strict"]).catch(() => undefined);
    expect(output).toBe("");
  });

  it("follows the command line", async () => {
    await runCommand(["--print-config", "--cwd", project(files), "--preset", "strict", "--rule", "missing-layer=off"]);
    expect(output).toContain('"missing-layer": "off", // preset strict, then the command line');
    await runCommand(["--print-config", "--cwd", project(files), "--preset", "strict", "--rule", "std/missing-layer=off"]);
    expect(output).toContain('"missing-layer": "off", // preset strict, then the command line');
  });

  it.each([
    [["--rule", "missing-layr"], "unknown-rule"],
    [["--rule", "missing-layer=fatal"], "unknown-severity"],
    [["--preset", "stric"], "unknown-preset"],
  ])("refuses %o", async (args, code) => {
    await expect(runCommand(["--print-config", "--cwd", project(files), ...args])).rejects.toMatchObject({ code });
  });
});

describe("std-check doctor", () => {
  it("tells what is active and what is not", async () => {
    expect(await runCommand(["doctor", "--cwd", project(files)])).toBe(0);
    expect(output).toMatch(/^ok {7}settings +Settings are in the root\.$/m);
    expect(output).toMatch(/^limited {2}settings +`overrides\[0\]` in std-check\.config\.json:1 matches no file/m);
    expect(output).toMatch(/^limited {2}layers +The layer repository is empty/m);
  });

  it("fails where something does not work", async () => {
    expect(await runCommand(["doctor", "--cwd", project({ "package.json": "{}" })])).toBe(1);
    expect(output).toMatch(/^BROKEN {3}layers +There is no code to check/m);
  });
});
