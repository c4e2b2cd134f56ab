import { createRequire } from "node:module";
import type { FileFacts } from "../facts/facts.js";
import { type Extract, FactsCache } from "./facts-cache.js";
import { startHelper } from "./extraction-helper.js";

/** Starting another thread takes as long as reading this many characters of code. */
const worthAThread = 1_000_000;
/** Texts that are taken at once: few enough for both threads to end together. */
const batchSize = 16;

let extract: Extract | undefined;

/** Extracts facts; TypeScript is loaded when the first text is new, and at once, so that an editor's rule can wait for it. */
export const extractFacts: Extract = (file, text) => {
  // The module's own type, which `require` does not know.
  extract ??= (createRequire(import.meta.url)("../facts/extract.js") as { readonly extractFacts: Extract }).extractFacts;
  return extract(file, text);
};

/**
 * The facts of all texts, by file: known ones, those of the cache, and new ones, for which a second thread helps where
 * they are many.
 *
 * @param cacheFile absolute path of the cache; undefined to keep nothing
 */
export function extractAll(texts: ReadonlyMap<string, string>, cacheFile: string | undefined, knownFacts: (file: string) => FileFacts | undefined): ReadonlyMap<string, FileFacts> {
  const cache = new FactsCache(cacheFile);
  const facts = new Map<string, FileFacts | undefined>();
  const fresh: (readonly [file: string, text: string])[] = [];
  for (const [file, text] of texts) {
    const known = knownFacts(file) ?? cache.known(file, text);
    // A file that is new keeps its place.
    facts.set(file, known);
    if (!known) fresh.push([file, text]);
  }
  for (const [index, own, line] of extractFresh(fresh)) {
    const [file, text] = fresh[index] ?? ["", ""];
    facts.set(file, own);
    cache.add(file, text, own, line);
  }
  cache.save();
  return new Map([...facts].flatMap(([file, own]) => (own ? [[file, own]] : [])));
}

/** The facts of texts by their index, with the line that the cache keeps where it is known already. */
function* extractFresh(fresh: readonly (readonly [file: string, text: string])[]): Iterable<readonly [index: number, facts: FileFacts, line?: string]> {
  const characters = fresh.reduce((sum, [, text]) => sum + text.length, 0);
  const helper = characters < worthAThread ? undefined : startHelper(fresh, batchSize);
  const here = function* (from: number): Iterable<readonly [number, FileFacts]> {
    for (let index = from; index < Math.min(from + batchSize, fresh.length); index++) {
      const [file, text] = fresh[index] ?? ["", ""];
      yield [index, extractFacts(file, text)];
    }
  };
  if (!helper) {
    for (let from = 0; from < fresh.length; from += batchSize) yield* here(from);
    return;
  }
  try {
    for (let from = helper.claim(); from !== undefined; from = helper.claim()) {
      yield* here(from);
      yield* helper.received();
    }
    yield* helper.rest();
    for (const from of helper.lost()) yield* here(from);
  } finally {
    helper.stop();
  }
}
