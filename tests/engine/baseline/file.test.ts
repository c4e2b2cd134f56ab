import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeFileAtomically } from "../../../src/engine/atomic-file.js";
import { createBaseline, emptyBaseline } from "../../../src/engine/baseline/baseline.js";
import { baselineText, parseBaseline, readBaseline, writeBaseline } from "../../../src/engine/baseline/file.js";
import { importSuppressions } from "../../../src/engine/baseline/suppressions.js";
import { finding, wholeRun } from "./support.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "std-check-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const one = finding("layer-imports", "src/a.ts", "imports db");
const baseline = createBaseline([one, finding("thin-handlers", "src/b.ts", "loops")], emptyBaseline, wholeRun);

function failure(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("expected an error");
}

describe("the baseline's file", () => {
  it("has one entry a line", () => {
    expect(baselineText(baseline).split("\n")).toHaveLength(8);
    expect(baselineText(emptyBaseline)).toBe('{\n  "version": 1,\n  "entries": []\n}\n');
  });

  it("is read as it was written, with a byte-order mark too", () => {
    const file = path.join(folder, "std-check-baseline.json");
    expect(readBaseline(file)).toBeUndefined();
    writeBaseline(file, baseline);
    expect(readBaseline(file)).toEqual(baseline);
    writeFileSync(file, `\uFEFF${baselineText(baseline)}`);
    expect(readBaseline(file)).toEqual(baseline);
  });

  it.each([
    ["", "corrupt-baseline"],
    ["{", "corrupt-baseline"],
    ["null", "foreign-baseline"],
    ["[]", "foreign-baseline"],
    ["{}", "foreign-baseline"],
    ['{ "version": 2, "entries": [] }', "foreign-baseline"],
    ['{ "version": 1, "entries": {} }', "corrupt-baseline"],
    ['{ "version": 1, "entries": [{ "rule": "x", "file": "a.ts" }] }', "corrupt-baseline"],
    ['{ "version": 1, "entries": [{ "rule": "x", "file": "a.ts", "fingerprint": "v1:ab", "why": "" }] }', "corrupt-baseline"],
    ['{ "version": 1, "entries": [{ "rule": "x", "file": "a.ts", "fingerprint": "v1:ab", "expires": "soon" }] }', "corrupt-baseline"],
    ['{ "src/a.ts": { "std/layer-imports": { "count": 1 } } }', "foreign-baseline"],
  ])("is refused as %j", (text, code) => {
    expect(failure(() => parseBaseline(text))).toMatchObject({ name: "UserError", code });
  });

  it("names the place of what is damaged, an unfinished merge and a foreign tool", () => {
    const message = (text: string) => String(failure(() => parseBaseline(text)));
    expect(message('{ "version": 1, "entries": [{ "rule": "x", "file": "a.ts", "fingerprint": 3 }] }')).toContain("entries[0].fingerprint");
    expect(message('{ "version": 1,\n<<<<<<< HEAD\n "entries": []\n=======\n>>>>>>> main\n}')).toContain("unfinished merge");
    expect(message('{ "src/a.ts": { "std/layer-imports": { "count": 1 } } }')).toContain("ESLint's suppressions");
  });

  it("is refused where it is a folder", () => {
    expect(failure(() => readBaseline(folder))).toMatchObject({ code: "unreadable-baseline" });
  });
});

describe("writing a file", () => {
  it("leaves nothing beside it, keeps its mode, follows a link and makes folders", () => {
    const file = path.join(folder, "deep/er/a.json");
    writeFileAtomically(file, "1");
    chmodSync(file, 0o600);
    symlinkSync(file, path.join(folder, "link.json"));
    writeFileAtomically(path.join(folder, "link.json"), "2");
    expect(readFileSync(file, "utf8")).toBe("2");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(path.dirname(file))).toEqual(["a.json"]);
  });

  it("leaves the old file where it fails", () => {
    const target = path.join(folder, "a");
    mkdirSync(target);
    writeFileSync(path.join(target, "inside"), "");
    expect(failure(() => { writeFileAtomically(target, "x"); })).toMatchObject({ code: "unwritable" });
    expect(existsSync(path.join(target, "inside"))).toBe(true);
    expect(readdirSync(folder)).toEqual(["a"]);
  });
});

describe("ESLint's suppressions", () => {
  const findings = [one, finding("layer-imports", "src/a.ts", "imports mailer"), finding("thin-handlers", "src/b.ts", "loops")];

  it("become entries where the count covers the findings", () => {
    const text = JSON.stringify({ "src/a.ts": { "std/layer-imports": { count: 2 }, "no-console": { count: 3 } }, "src/b.ts": { "std/thin-handlers": { count: 4 } } });
    const imported = importSuppressions(text, findings);
    expect(imported.entries.map(({ rule, file }) => `${rule} ${file}`)).toEqual(["layer-imports src/a.ts", "layer-imports src/a.ts", "thin-handlers src/b.ts"]);
    expect(imported).toMatchObject({ skipped: [], foreign: 1 });
  });

  it("let nothing pass where there are more findings than the count, as in ESLint, or none", () => {
    const text = JSON.stringify({ "src/a.ts": { "std/layer-imports": { count: 1 }, "std/thin-handlers": { count: 1 } } });
    expect(importSuppressions(text, findings)).toMatchObject({ entries: [], skipped: [{ reason: "2 findings, and ESLint lets 1 pass" }, { reason: "no finding is left" }] });
  });

  it("have paths from the folder in which ESLint ran", () => {
    const text = JSON.stringify({ "a.ts": { "std/layer-imports": { count: 2 } } });
    expect(importSuppressions(text, findings, "src").entries).toHaveLength(2);
  });

  it.each(["", "[]", '{ "a.ts": 1 }', '{ "version": 1, "entries": [] }'])("are refused as %j", (text) => {
    expect(failure(() => importSuppressions(text, findings))).toMatchObject({ code: "foreign-suppressions" });
  });
});
