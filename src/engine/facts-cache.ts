import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { hashText } from "../base/hash.js";
import { extensionOf } from "../base/paths.js";
import type { FileFacts } from "../facts/facts.js";
import { factsVersion } from "../facts/version.js";
import { writeFileAtomically } from "./atomic-file.js";

/** Takes a file name and its text; the extractor, loaded only when a text is new. */
export type Extract = (file: string, text: string) => FileFacts;

const header = `std-check facts ${factsVersion}`;
/** Characters that are written at once. */
const pieceSize = 1_000_000;

/**
 * The facts of texts that were seen before, in one file: a header, then for each text a line with its key and a line
 * with its facts. Lines are parsed when they are asked for. A cache that cannot be read is as good as none.
 */
export class FactsCache {
  readonly #file: string | undefined;
  readonly #lines = new Map<string, string>();
  readonly #used = new Map<string, string>();
  #fresh = false;

  /** @param file absolute path; undefined to keep nothing */
  constructor(file: string | undefined) {
    this.#file = file;
    for (const [key, line] of file === undefined ? [] : readLines(file)) this.#lines.set(key, line);
  }

  /** The facts of a text that was seen before. */
  known(file: string, text: string): FileFacts | undefined {
    const key = keyOf(file, text);
    const line = this.#lines.get(key);
    if (line === undefined) return undefined;
    this.#used.set(key, line);
    // Written by this class from FileFacts of the same version, which the header vouches for.
    return JSON.parse(line) as FileFacts;
  }

  /** Keeps the facts of a text, and gives them back. */
  add(file: string, text: string, facts: FileFacts): FileFacts {
    this.#fresh = true;
    if (this.#file !== undefined) this.#used.set(keyOf(file, text), JSON.stringify(facts));
    return facts;
  }

  *#pieces(): Iterable<string> {
    let piece = `${header}\n`;
    for (const [key, line] of this.#used) {
      piece += `${key}\n${line}\n`;
      if (piece.length < pieceSize) continue;
      yield piece;
      piece = "";
    }
    yield piece;
  }

  /** Writes what this run used, if anything is new. A folder that cannot be written to is not an error. */
  save(): void {
    if (this.#file === undefined || (!this.#fresh && this.#used.size === this.#lines.size)) return;
    try {
      mkdirSync(path.dirname(this.#file), { recursive: true });
      writeFileAtomically(this.#file, this.#pieces());
    } catch {
      // The next run extracts again.
    }
  }
}

function keyOf(file: string, text: string): string {
  return `${hashText(text)}${extensionOf(file)}`;
}

function* readLines(file: string): Iterable<readonly [key: string, line: string]> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return;
  }
  const lines = text.split("\n");
  if (lines[0] !== header || lines.at(-1) !== "") return;
  for (let at = 1; at + 1 < lines.length; at += 2) {
    const [key, line] = [lines[at], lines[at + 1]];
    if (key !== undefined && line?.endsWith("}")) yield [key, line];
  }
}
