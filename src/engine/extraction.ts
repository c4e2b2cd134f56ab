import { createRequire } from "node:module";
import type { FileFacts } from "../facts/facts.js";
import { type Extract, FactsCache } from "./facts-cache.js";

let extract: Extract | undefined;

/** Extracts facts; TypeScript is loaded when the first text is new, and at once, so that an editor's rule can wait for it. */
export const extractFacts: Extract = (file, text) => {
  // The module's own type, which `require` does not know.
  extract ??= (createRequire(import.meta.url)("../facts/extract.js") as { readonly extractFacts: Extract }).extractFacts;
  return extract(file, text);
};

/**
 * The facts of all texts, by file: known ones, those of the cache, and new ones.
 *
 * @param cacheFile absolute path of the cache; undefined to keep nothing
 */
export function extractAll(texts: ReadonlyMap<string, string>, cacheFile: string | undefined, knownFacts: (file: string) => FileFacts | undefined): ReadonlyMap<string, FileFacts> {
  const cache = new FactsCache(cacheFile);
  const facts = new Map<string, FileFacts>();
  for (const [file, text] of texts) {
    const known = knownFacts(file) ?? cache.known(file, text);
    facts.set(file, known ?? cache.add(file, text, extractFacts(file, text)));
  }
  cache.save();
  return facts;
}
