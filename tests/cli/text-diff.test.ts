import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { unifiedDiff } from "../../src/cli/text-diff.js";

const lines = (count: number): string[] => Array.from({ length: count }, (_, index) => `line ${index + 1}`);
const text = (all: readonly string[]): string => `${all.join("\n")}\n`;

it.each([
  ["one line", lines(20), lines(20).with(9, "new")],
  ["two places far apart", lines(40), ["first", ...lines(40).with(35, "new")]],
  ["two places that share lines around", lines(20), lines(20).with(4, "a").with(10, "b")],
  ["lines taken out", lines(9), lines(9).slice(3)],
  ["a new file", [], lines(2)],
])("writes a difference that git applies: %s", (_name, before, after) => {
  const folder = mkdtempSync(path.join(tmpdir(), "std-check-diff-"));
  try {
    const [old, wanted] = [before.length === 0 ? "" : text(before), text(after)];
    writeFileSync(path.join(folder, "a.txt"), old);
    execFileSync("git", ["apply", "--whitespace=nowarn", "-"], { cwd: folder, input: unifiedDiff("a.txt", old, wanted) });
    expect(readFileSync(path.join(folder, "a.txt"), "utf8")).toBe(wanted);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it("is empty where nothing differs", () => {
  expect(unifiedDiff("a.txt", "a\n", "a\n")).toBe("");
});
