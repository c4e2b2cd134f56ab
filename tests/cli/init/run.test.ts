import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type * as initRun from "../../../src/cli/init/run.js";
import { built } from "../../support/built.js";

const { runInit } = await built<typeof initRun>("src/cli/init/run.js");

let top: string;
let shown: string;
beforeEach(() => {
  top = realpathSync(mkdtempSync(path.join(tmpdir(), "std-check-")));
  shown = "";
  execFileSync("git", ["init", "-q"], { cwd: top });
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(path.join(top, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(top, file), text);
}

/** All files with their texts, without git's. */
function snapshot(folder = top): Record<string, string> {
  return Object.fromEntries(readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes(`${path.sep}.git${path.sep}`) && path.basename(entry.parentPath) !== ".git")
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes(".std-check-cache"))
    .map((file) => [path.relative(top, file), readFileSync(file, "utf8")]));
}

function init(options: { yes?: boolean; answer?: boolean; cwd?: string } = {}): Promise<void> {
  const { yes = false, answer, cwd = "" } = options;
  return runInit({ cwd: path.join(top, cwd), yes, show: (text) => void (shown += text), ask: answer === undefined ? undefined : () => Promise.resolve(answer) });
}

function backend(folder = ""): void {
  write(path.join(folder, "package.json"), '{\n  "private": true,\n  "scripts": { "start": "node ." },\n  "dependencies": { "express": "^5.0.0" }\n}\n');
  write(path.join(folder, "src/controllers/users.controller.ts"), "export const page = 10;\n");
  write(path.join(folder, "src/services/users.service.ts"), 'import { page } from "../controllers/users.controller.js";\n\nexport const users = page;\n');
  write(".husky/pre-commit", "npm test\n");
}

describe("std-check init", () => {
  it("writes after a yes, with a baseline, and changes nothing the second time", async () => {
    backend();
    await init({ answer: true });
    expect(shown).toContain("preset: express (package.json depends on express ^5.0.0)");
    expect(shown).toContain('+  "extends": ["recommended", "express"]');
    expect(shown).toMatch(/findings? that (is|are) there today (is|are) let pass/);
    const after = snapshot();
    expect(Object.keys(after)).toEqual(expect.arrayContaining(["std-check.config.json", "std-check-baseline.json"]));
    shown = "";
    await init({ answer: true });
    expect(snapshot()).toEqual(after);
    expect(shown).toContain("There is nothing to write.");
  });

  it("writes nothing after a no", async () => {
    backend();
    const before = snapshot();
    await init({ answer: false });
    expect(snapshot()).toEqual(before);
    expect(shown).toContain("Nothing was written.");
  });

  it("needs --yes where nobody can answer", async () => {
    backend();
    await expect(init()).rejects.toMatchObject({ code: "needs-yes" });
    expect(existsSync(path.join(top, "std-check.config.json"))).toBe(false);
    await init({ yes: true });
    expect(existsSync(path.join(top, "std-check.config.json"))).toBe(true);
  });

  it("sets up a backend in a folder, with the hook at the top", async () => {
    backend("backend");
    await init({ yes: true, cwd: "backend/src" });
    const after = snapshot();
    expect(after["backend/std-check.config.json"]).toContain('"root": true');
    expect(after["backend/std-check-baseline.json"]).toContain("src/services/users.service.ts");
    expect(after[".husky/pre-commit"]).toBe("npm test\n(cd backend && npx std-check --staged)\n");
    await init({ yes: true, cwd: "backend" });
    expect(snapshot()).toEqual(after);
  });

  it("makes no baseline where there is no finding", async () => {
    write("package.json", '{ "dependencies": {} }\n');
    write("src/services/a.service.ts", "export const a = 1;\n");
    await init({ yes: true });
    expect(existsSync(path.join(top, "std-check-baseline.json"))).toBe(false);
    expect(shown).toContain("There is no finding");
  });

  it("says where to run it if there is no package.json", async () => {
    write("README.md", "");
    await expect(init({ yes: true })).rejects.toMatchObject({ code: "no-package" });
  });
});
