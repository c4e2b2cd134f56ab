import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createBaseline, emptyBaseline, matchBaseline } from "../../../src/engine/baseline/baseline.js";
import { baselineFileName, readBaseline, writeBaseline } from "../../../src/engine/baseline/file.js";
import type { RunOptions } from "../../../src/engine/run.js";
import type * as baselineRunModule from "../../../src/engine/baseline/run.js";
import type * as runModule from "../../../src/engine/run.js";
import { built } from "../../support/built.js";
import { onlyRule } from "../../support/only-rule.js";

const { baselineRun } = await built<typeof baselineRunModule>("src/engine/baseline/run.js");
const { run } = await built<typeof runModule>("src/engine/run.js");

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), "std-check-")));
  write("package.json", JSON.stringify({ private: true, dependencies: { express: "^5" }, scripts: { start: "node ." } }));
  write("src/controllers/users.controller.ts", "export const page = 10;\n");
  write("src/services/users.service.ts", service("users"));
  write("src/services/orders.service.ts", service("orders"));
  write("std-check.config.json", onlyRule("layer-imports"));
  git("init", "-q", "-b", "main");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

/** A service that imports from the api layer, which it must not know. */
function service(name: string): string {
  return `import { page } from "../controllers/users.controller.js";\n\nexport function ${name}(): number {\n  return page * 2;\n}\n`;
}

function git(...args: string[]): void {
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false", ...args], { cwd: root, stdio: "ignore" });
}

async function look(options: Partial<RunOptions> = {}) {
  const { result, ...opened } = await run({ cwd: root, cache: false, date: "2026-06-01", ...options });
  return { findings: result.findings, run: baselineRun(opened, result, baselineFileName, "2026-06-01") };
}

async function commitWithBaseline(): Promise<void> {
  const { findings, run: looked } = await look();
  writeBaseline(path.join(root, baselineFileName), createBaseline(findings, emptyBaseline, looked));
  git("add", "-A");
  git("commit", "-q", "-m", "start");
}

async function match(options: Partial<RunOptions> = {}) {
  const { findings, run: looked } = await look(options);
  const baseline = readBaseline(path.join(root, baselineFileName)) ?? emptyBaseline;
  const { reported, passed, stale } = matchBaseline(findings, baseline, looked);
  return { entries: baseline.entries.length, reported: reported.map(({ rule, file }) => `${rule} ${file}`), passed: passed.length, stale: stale.map(({ file }) => file) };
}

describe("a baseline of a real run", () => {
  it("lets everything pass right after it was made", async () => {
    await commitWithBaseline();
    expect(await match()).toEqual({ entries: 2, reported: [], passed: 2, stale: [] });
  });

  it("survives moved and reformatted lines, and a renamed file", async () => {
    await commitWithBaseline();
    write("src/services/orders.service.ts", `// a comment\n\n${service("orders").replace('{ page } from "', "{\n  page,\n} from \"").replaceAll(";", "")}`);
    git("mv", "src/services/users.service.ts", "src/services/people.service.ts");
    expect(await match()).toEqual({ entries: 2, reported: [], passed: 2, stale: [] });
  });

  it("shows what is new, and what is stale", async () => {
    await commitWithBaseline();
    write("src/services/bills.service.ts", service("bills"));
    write("src/services/users.service.ts", "export const users = 1;\n");
    expect(await match()).toEqual({ entries: 2, reported: ["layer-imports src/services/bills.service.ts"], passed: 1, stale: ["src/services/users.service.ts"] });
  });

  it("calls nothing stale that was not looked for", async () => {
    await commitWithBaseline();
    rmSync(path.join(root, "src/services/users.service.ts"));
    expect((await match({ paths: [path.join(root, "src/services/orders.service.ts")] })).stale).toEqual([]);
    expect((await match({ rules: { "layer-imports": "off" } })).stale).toEqual([]);
    expect((await match()).stale).toEqual(["src/services/users.service.ts"]);
  });

  it("calls nothing stale in a file that does not parse, and never hides that", async () => {
    await commitWithBaseline();
    write("src/services/users.service.ts", "export function {\n");
    const { reported, stale } = await match();
    expect(reported).toEqual(["parse src/services/users.service.ts"]);
    // What tests read as a text may be broken on purpose.
    write("tests/cases/broken/app.ts", "export function {\n");
    expect((await match()).reported).toEqual(["parse src/services/users.service.ts"]);
    expect(stale).toEqual([]);
    const { findings, run: looked } = await look();
    expect(createBaseline(findings, emptyBaseline, looked).entries.map(({ rule }) => rule)).toEqual(["layer-imports"]);
  });
});
