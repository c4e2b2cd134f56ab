import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyChanges } from "../../../src/cli/init/apply.js";
import { textDiff } from "../../../src/cli/text-diff.js";

let top: string;
beforeEach(() => {
  top = realpathSync(mkdtempSync(path.join(tmpdir(), "std-check-")));
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

function text(file: string): string {
  return readFileSync(path.join(top, file), "utf8");
}

describe("changes", () => {
  it("are written, with new folders and hooks that can run", () => {
    writeFileSync(path.join(top, "a.json"), "\uFEFFold");
    applyChanges(top, [
      { file: "a.json", before: "old", after: "new", why: "" },
      { file: ".husky/pre-commit", before: undefined, after: "run\n", why: "", executable: true },
    ]);
    expect(text("a.json")).toBe("\uFEFFnew");
    expect(statSync(path.join(top, ".husky/pre-commit")).mode & 0o111).not.toBe(0);
  });

  it("are refused, all of them, where a file has changed meanwhile", () => {
    writeFileSync(path.join(top, "b.json"), "other");
    const changes = [{ file: "a.json", before: undefined, after: "x", why: "" }, { file: "b.json", before: "old", after: "new", why: "" }];
    expect(() => { applyChanges(top, changes); }).toThrow("b.json has changed since init looked at it.");
    expect(readdirSync(top)).toEqual(["b.json"]);
  });

  it("are taken back where a later one fails", () => {
    writeFileSync(path.join(top, "a.json"), "old");
    writeFileSync(path.join(top, "file"), "");
    const changes = [{ file: "a.json", before: "old", after: "new", why: "" }, { file: "new.json", before: undefined, after: "x", why: "" }, { file: "file/under.json", before: undefined, after: "x", why: "" }];
    expect(() => { applyChanges(top, changes); }).toThrow();
    expect(text("a.json")).toBe("old");
    expect(existsSync(path.join(top, "new.json"))).toBe(false);
  });

  it("do not follow links out of the repository", () => {
    const outside = mkdtempSync(path.join(tmpdir(), "std-check-"));
    mkdirSync(path.join(outside, "hooks"));
    symlinkSync(path.join(outside, "hooks"), path.join(top, ".husky"));
    expect(() => { applyChanges(top, [{ file: ".husky/pre-commit", before: undefined, after: "x", why: "" }]); }).toThrow("leads out of the repository");
    expect(readdirSync(path.join(outside, "hooks"))).toEqual([]);
    rmSync(outside, { recursive: true });
  });
});

describe("a difference", () => {
  it("shows changes with three lines around them", () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`);
    const after = [...lines.slice(0, 5), "new", ...lines.slice(5, 15), "changed", ...lines.slice(16)];
    expect(textDiff(`${lines.join("\n")}\n`, `${after.join("\n")}\n`)).toEqual([" line 2", " line 3", " line 4", "+new", " line 5", " line 6", " line 7", "…", " line 12", " line 13", " line 14", "-line 15", "+changed", " line 16", " line 17", " line 18"]);
  });

  it("of a new file is all of it, and of equal texts nothing", () => {
    expect(textDiff("", "a\nb\n")).toEqual(["+a", "+b"]);
    expect(textDiff("a\n", "a\n")).toEqual([]);
  });
});
