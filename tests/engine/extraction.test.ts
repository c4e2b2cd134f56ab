import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type * as extraction from "../../src/engine/extraction.js";
import { built } from "../support/built.js";

const { extractAll, extractFacts } = await built<typeof extraction>("src/engine/extraction.js");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "std-check-extraction-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** More than is written at once, most of it comments. */
function manyTexts(): Map<string, string> {
  const lines = "// What this says does not matter.\n".repeat(2000);
  return new Map(Array.from({ length: 80 }, (_, at) => [`src/f${at}.ts`, `${lines}export const value${at} = (input: string) => input.trim() + "${at}";\n`]));
}

test("facts are kept for the next run, piece by piece, in the order of the texts", () => {
  const texts = manyTexts();
  const cacheFile = path.join(folder, "facts.txt");
  const facts = extractAll(texts, cacheFile, () => undefined);
  expect([...facts.keys()]).toEqual([...texts.keys()]);
  expect(existsSync(cacheFile)).toBe(true);
  const before = readFileSync(cacheFile, "utf8");
  expect(before.length).toBeGreaterThan(1_000_000);
  expect(extractAll(texts, cacheFile, () => undefined)).toEqual(new Map([...facts].map(([file, own]) => [file, JSON.parse(JSON.stringify(own))])));
  expect(readFileSync(cacheFile, "utf8")).toBe(before);
});

test("known facts are taken as they are", () => {
  const known = extractFacts("src/a.ts", "export const a = 1;");
  expect(extractAll(new Map([["src/a.ts", "export const a = 2;"]]), undefined, () => known).get("src/a.ts")).toBe(known);
});
