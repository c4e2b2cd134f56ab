import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type * as commands from "../../src/cli/commands.js";
import { built } from "../support/built.js";
import { writeProject } from "../support/project.js";

const { runCommand } = await built<typeof commands>("src/cli/commands.js");

let root: string;
let remove: () => void;
beforeEach(() => {
  ({ root, remove } = writeProject({
    "package.json": '{ "name": "app", "private": true, "scripts": { "start": "node ." } }',
    "std-check.config.json": '{ "root": true, "extends": ["./team.json"], "rules": { "no-process-env": "error" } }',
    "team.json": '{ "rules": { "standard-stack": "off", "validated-settings": "off" } }',
    "src/a.service.ts": "export const port = process.env.PORT;\n",
  }));
  git("init", "-q");
  git("add", "-A");
  git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "feat: start");
});
afterEach(() => {
  vi.restoreAllMocks();
  remove();
});

function git(...args: readonly string[]): void {
  execFileSync("git", args, { cwd: root, stdio: "ignore" });
}

async function check(...args: readonly string[]): Promise<{ readonly output: string; readonly code: number }> {
  let output = "";
  const spies = (["stdout", "stderr"] as const).map((name) => vi.spyOn(process[name], "write").mockImplementation((text) => ((output += String(text)), true)));
  const code = await runCommand(["--cwd", root, ...args]);
  for (const spy of spies) spy.mockRestore();
  return { output, code };
}

const folder = (): string => path.join(root, ".std-check-cache/runs");
const entries = (): readonly string[] => readdirSync(folder());
const digest = (): string => (JSON.parse(readFileSync(path.join(folder(), entries()[0] ?? ""), "utf8")) as { digest: string }).digest;

describe("a second run over the same inputs", () => {
  it("gives the same bytes and exit code, from the one entry of the first", async () => {
    const first = await check();
    expect(first.code).toBe(1);
    expect(first.output).toContain("no-process-env");
    expect(entries()).toHaveLength(1);
    const before = digest();
    expect(await check()).toEqual(first);
    expect(digest()).toBe(before);
  });

  it("writes the files of formats again", async () => {
    await check("--format", "json=out/report.json");
    const report = readFileSync(path.join(root, "out/report.json"), "utf8");
    writeFileSync(path.join(root, "out/report.json"), "");
    // The output of the first run lies in the project now, and is an input as every file there is.
    git("clean", "-qfd", "out");
    await check("--format", "json=out/report.json");
    expect(readFileSync(path.join(root, "out/report.json"), "utf8")).toBe(report);
  });

  it("reads what the entry says, and takes a broken one for none", async () => {
    await check();
    const file = path.join(folder(), entries()[0] ?? "");
    const entry = readFileSync(file, "utf8");
    writeFileSync(file, entry.replace("no-process-env", "an-entry-was-read"));
    expect((await check()).output).toContain("an-entry-was-read");
    writeFileSync(file, entry.slice(0, entry.length / 2));
    expect((await check()).output).not.toContain("an-entry-was-read");
  });

  it("keeps nothing and reads nothing with --no-cache", async () => {
    await check("--no-cache");
    expect(() => entries()).toThrow("ENOENT");
  });
});

describe.each<readonly [string, () => void]>([
  ["a source text", () => { writeFileSync(path.join(root, "src/a.service.ts"), "export const port = 1;\n"); }],
  ["a new file", () => { writeFileSync(path.join(root, "src/b.service.ts"), "export const host = process.env.HOST;\n"); }],
  ["settings that others extend", () => { writeFileSync(path.join(root, "team.json"), '{ "rules": { "standard-stack": "off", "validated-settings": "off", "no-committed-env": "off" } }'); }],
  ["an env file that git ignores", () => { writeFileSync(path.join(root, ".git/info/exclude"), ".env\n"); writeFileSync(path.join(root, ".env"), "A=1\n"); }],
  ["what git tracks", () => { git("rm", "-q", "--cached", "team.json"); }],
  ["the head", () => { git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "feat: more", "--allow-empty"); }],
  ["a file outside the listing that was looked for", () => { mkdirSync(path.join(root, "node_modules")); writeFileSync(path.join(root, ".git/info/exclude"), "node_modules\n"); }],
])("a change of %s", (_what, change) => {
  it("is seen", async () => {
    await check();
    const before = digest();
    change();
    await check();
    const after = path.join(root, existsFolder() ? "node_modules/.cache/std-check/runs" : ".std-check-cache/runs");
    const files = readdirSync(after).map((name) => (JSON.parse(readFileSync(path.join(after, name), "utf8")) as { digest: string }).digest);
    expect(files).not.toContain(before);
  });
});

function existsFolder(): boolean {
  return readdirSync(root).includes("node_modules");
}

it("needs nothing of the checker to be answered", () => {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(file, "utf8");
    for (const [, specifier] of text.matchAll(/^(?:import|export)\s[^;]*?from\s+"([^"]+)"/gm)) {
      if (specifier?.startsWith(".")) visit(path.resolve(path.dirname(file), specifier));
      else if (specifier) seen.add(specifier);
    }
  };
  visit(fileURLToPath(new URL("../../dist/src/cli/check-command.js", import.meta.url)));
  const loaded = [...seen].map((one) => path.basename(one));
  expect(loaded).toContain("run-cache.js");
  for (const heavy of ["ts-morph", "oxlint", "zod", "run.js", "check.js", "project.js"]) expect(loaded).not.toContain(heavy);
});
