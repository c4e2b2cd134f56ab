import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import type * as commands from "../../src/cli/commands.js";
import type { DoneReport } from "../../src/engine/done/done.js";
import { GitFolder } from "../repo/support.js";
import { built } from "../support/built.js";
import { random } from "../support/secrets.js";

const { runCommand } = await built<typeof commands>("src/cli/commands.js");

let repo: GitFolder | undefined;
afterEach(() => {
  vi.restoreAllMocks();
  repo?.remove();
});

const pass = "node --eval 0";

/** A process that has ended may still be listed, as a zombie, until its parent asks. */
function isRunning(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  if (existsSync(stat)) return !readFileSync(stat, "utf8").includes(") Z ");
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A repository whose scripts are those given, with one commit behind the first. */
function project(scripts: Readonly<Record<string, string>>, done: object = {}, message = "feat: more", more: Readonly<Record<string, string | undefined>> = { "README.md": "More.\n" }): GitFolder {
  repo = new GitFolder({ "package.json": JSON.stringify({ name: "app", private: true, scripts }), "std-check.config.json": JSON.stringify({ root: true, rules: { "standard-stack": "off" }, done }), "src/domain/size.js": "module.exports = () => 1;\n" }, "feat: start");
  repo.commit(message, more);
  return repo;
}

async function done(...args: readonly string[]): Promise<{ readonly code: number; readonly report: DoneReport; readonly output: string }> {
  let output = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((output += String(text)), true));
  vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  const code = await runCommand(["done", "--cwd", repo?.root ?? "", "--format", "json", ...args]);
  return { code, report: JSON.parse(output) as DoneReport, output };
}

const states = ({ criteria }: DoneReport): readonly string[] => criteria.map(({ clause, state }) => `${clause} ${state}`);

const all = { lint: pass, "format:check": pass, typecheck: pass, test: pass };

describe("done", () => {
  it("is done when every command passes and the range lacks nothing; the behaviour is left to a person", async () => {
    project(all);
    const { code, report } = await done("--since", "HEAD~1");
    expect(states(report)).toEqual(["DONE-1 person", "DONE-2 proven", "DONE-3 proven", "DONE-4 proven", "DONE-5 proven"]);
    expect(code).toBe(0);
  });

  it.each([
    ["is missing", { ...all, test: undefined }, "no command"],
    ["is npm's own placeholder", { ...all, test: 'echo "Error: no test specified" && exit 1' }, "no command"],
    ["fails", { ...all, test: "node --eval process.exit(3)" }, "failed (exit code"],
  ])("is not done when the test command %s", async (_how, scripts, said) => {
    project(JSON.parse(JSON.stringify(scripts)) as Record<string, string>);
    const { code, report } = await done("--since", "HEAD~1");
    expect(code).toBe(1);
    expect(report.criteria.find(({ clause }) => clause === "DONE-2")?.evidence.join()).toContain(said);
  });

  it("is not done when a command takes too long, and ends all that it started", async () => {
    project({ ...all, test: `node --eval "require('fs').writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1000)"` }, { timeout: 2 });
    const { code, report } = await done("--since", "HEAD~1");
    expect(report.criteria.find(({ clause }) => clause === "DONE-2")?.evidence.join()).toContain("timed out (longer than 2 s)");
    expect(code).toBe(1);
    const pid = Number(readFileSync(path.join(repo?.root ?? "", "pid"), "utf8"));
    await vi.waitFor(() => { expect(isRunning(pid)).toBe(false); });
  });

  it("does not take a script that rewrites files for a check", async () => {
    project({ ...all, lint: "eslint . --fix" });
    const { report } = await done("--since", "HEAD~1");
    expect(report.criteria.find(({ clause }) => clause === "DONE-3")?.evidence.join()).toContain("the script `lint` rewrites files");
  });

  it("is not done without a range, for nothing tells what changed", async () => {
    project(all);
    const { report } = await done();
    expect(states(report)).toContain("DONE-4 open");
  });

  it("puts on record what the settings do without", async () => {
    project({ lint: pass, typecheck: pass, test: pass }, { format: false });
    const { code, report } = await done("--since", "HEAD~1");
    expect(report.criteria.find(({ clause }) => clause === "DONE-3")?.evidence.join()).toContain("done without, by the settings");
    expect(code).toBe(0);
  });

  it("goes by the baseline, as the check does", async () => {
    project(all, {}, "feat: more", { "src/domain/key.js": "module.exports = process.env.JWT_SECRET || 'dev';\n" });
    const checked = (report: DoneReport): string | undefined => report.criteria.find(({ clause }) => clause === "DONE-5")?.evidence[0];
    expect(checked((await done()).report)).toMatch(/^✖ std-check: \d errors?$/);
    vi.spyOn(process.stdout, "write").mockImplementation(() => true);
    await runCommand(["baseline", "create", "--cwd", repo?.root ?? ""]);
    vi.restoreAllMocks();
    expect(checked((await done()).report)).toMatch(/^std-check: no errors \(\d let pass by the baseline\)$/);
  });

  it("is not done where std-check recognised nothing", async () => {
    project(all, {}, "feat: more", { "src/other/size.js": "module.exports = () => 1;\n", "src/domain/size.js": undefined });
    const { report } = await done("--since", "HEAD~1");
    expect(report.criteria.find(({ clause }) => clause === "DONE-5")?.evidence[0]).toContain("✖ std-check: no file has a layer");
  });

  it("asks whether documents followed, also where the preset leaves that off, unless the settings do without", async () => {
    const route = { "src/app.js": 'const express = require("express");\nconst app = express();\napp.get("/api/v1/sizes", (req, res) => { res.json([]); });\n' };
    const fourth = ({ criteria }: DoneReport): unknown => criteria.find(({ clause }) => clause === "DONE-4");
    project(all, {}, "feat: start over").commit("feat: list sizes", route);
    expect(fourth((await done("--since", "HEAD~1")).report)).toMatchObject({ state: "open", evidence: ["✖ docs-updated in src/app.js", "schema-change-needs-migration: nothing missing"] });
    repo?.commit("chore: settings", { "std-check.config.json": '{ "root": true, "rules": { "docs-updated": "off" } }' });
    expect(fourth((await done("--since", "HEAD~2")).report)).toMatchObject({ state: "proven", evidence: ["docs-updated: done without, by the settings", "schema-change-needs-migration: nothing missing"] });
  });

  it("masks secrets in what commands write", async () => {
    const token = ["sk", "live", random(32)].join("_");
    project({ ...all, test: `node --eval "console.log('${token}'); process.exit(1)"` });
    const { output, report } = await done("--since", "HEAD~1");
    expect(report.steps.find(({ step }) => step === "test")?.outcome?.output).toContain("*****");
    expect(output).not.toContain(token.slice(12));
  });
});

describe("done --prove", () => {
  const runner = "node --test";
  const test = (expected: number): string => `const test = require("node:test");\nconst assert = require("node:assert");\ntest("size", () => { assert.equal(require("../src/domain/size.js")(), ${expected}); });\n`;

  it.each([
    ["fails on the base", 2, "DONE-2 proven", "the changed tests fail on the base"],
    ["passes on the base", 1, "DONE-2 open", "do not test the fix"],
  ])("runs the changed test of a fix on the base: one that %s", async (_how, before, state, said) => {
    project({ ...all, test: runner }, {}, "fix: size", { "src/domain/size.js": `module.exports = () => ${before};\n`, "tests/size.test.js": test(before) });
    const { report } = await done("--since", "HEAD~1", "--prove");
    expect(states(report)).toContain(state);
    expect(report.criteria.find(({ clause }) => clause === "DONE-2")?.evidence.join()).toContain(said);
    expect(repo?.git("worktree", "list").trim().split("\n")).toHaveLength(1);
  });

  it("says when there is nothing to prove", async () => {
    project(all);
    const { code, report } = await done("--since", "HEAD~1", "--prove");
    expect(report.proof).toEqual({ state: "nothing-to-prove", reason: "no commit of the range says that it fixes something" });
    expect(code).toBe(0);
  });
});
