import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type * as extraction from "../../src/engine/extraction.js";
import type * as helping from "../../src/engine/extraction-helper.js";
import { built } from "../support/built.js";

const { extractAll, extractFacts } = await built<typeof extraction>("src/engine/extraction.js");
const { startHelper } = await built<typeof helping>("src/engine/extraction-helper.js");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "std-check-extraction-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Enough code that a second thread is worth starting, most of it comments. */
function manyTexts(): Map<string, string> {
  const comment = "// What this says does not matter.\n".repeat(500);
  return new Map(Array.from({ length: 80 }, (_, at) => [`src/f${at}.ts`, `${comment}export const value${at} = (input: string) => input.trim() + "${at}";\n`]));
}

test("two threads give what one gives, in the order of the texts", () => {
  const texts = manyTexts();
  const facts = extractAll(texts, undefined, () => undefined);
  expect([...facts.keys()]).toEqual([...texts.keys()]);
  for (const [file, text] of [...texts].filter((_, at) => at % 7 === 0)) expect(facts.get(file)).toEqual(JSON.parse(JSON.stringify(extractFacts(file, text))));
});

test.runIf(availableParallelism() > 1)("the other thread answers for the batches it takes", () => {
  const texts = [...manyTexts()];
  const helper = startHelper(texts, 16);
  expect(helper).toBeDefined();
  // Nothing is claimed here for a while: the other thread reads all but what is claimed at the end.
  const first = helper?.claim();
  const answers = [...(helper?.rest() ?? [])].map(([index]) => index);
  helper?.stop();
  expect(first).toBe(0);
  expect(answers.sort((left, right) => left - right)).toEqual(Array.from({ length: texts.length - 16 }, (_, at) => at + 16));
  expect([...(helper?.lost() ?? [])]).toEqual([]);
});

test("facts of both threads are kept for the next run", () => {
  const texts = manyTexts();
  const cacheFile = path.join(folder, "facts.txt");
  const facts = extractAll(texts, cacheFile, () => undefined);
  expect(existsSync(cacheFile)).toBe(true);
  const before = readFileSync(cacheFile, "utf8");
  expect(extractAll(texts, cacheFile, () => undefined)).toEqual(new Map([...facts].map(([file, own]) => [file, JSON.parse(JSON.stringify(own))])));
  expect(readFileSync(cacheFile, "utf8")).toBe(before);
});

test("known facts are taken as they are", () => {
  const known = extractFacts("src/a.ts", "export const a = 1;");
  expect(extractAll(new Map([["src/a.ts", "export const a = 2;"]]), undefined, () => known).get("src/a.ts")).toBe(known);
});
