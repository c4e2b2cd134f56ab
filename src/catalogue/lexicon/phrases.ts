import { splitWords } from "../../base/words.js";

/**
 * Finds phrases in names, on whole words: `rateLimit`, `rate_limit` and `X-Rate-Limit` have the words rate and limit.
 *
 * A phrase is a list of words with spaces between; `a|b` stands for either, `idempot*` for any word that begins so. A
 * `^` in front means from the name's first word on, a `$` at the end to its last. Matching takes time in proportion to
 * the words of the name and the phrases.
 */
export class Phrases {
  readonly #texts: readonly string[];
  #parsed: readonly Phrase[] | undefined;

  constructor(...phrases: readonly string[]) {
    this.#texts = phrases;
  }

  /** Whether one of the phrases stands in `name`. */
  in(name: string): boolean {
    return this.inWords(splitWords(name));
  }

  /** Whether one of the phrases stands in `words`, which are in lower case. */
  inWords(words: readonly string[]): boolean {
    this.#parsed ??= this.#texts.map(parsePhrase);
    return this.#parsed.some((phrase) => stands(phrase, words));
  }
}

interface Phrase {
  readonly words: readonly Alternatives[];
  readonly first: boolean;
  readonly last: boolean;
}

interface Alternatives {
  readonly whole: ReadonlySet<string>;
  readonly beginnings: readonly string[];
}

function parsePhrase(text: string): Phrase {
  const first = text.startsWith("^");
  const last = text.endsWith("$");
  const words = text.slice(first ? 1 : 0, last ? -1 : undefined).split(" ").map((word): Alternatives => {
    const alternatives = word.split("|");
    return {
      whole: new Set(alternatives.filter((alternative) => !alternative.endsWith("*"))),
      beginnings: alternatives.filter((alternative) => alternative.endsWith("*")).map((alternative) => alternative.slice(0, -1)),
    };
  });
  return { words, first, last };
}

function stands(phrase: Phrase, words: readonly string[]): boolean {
  const room = words.length - phrase.words.length;
  const start = phrase.last ? room : 0;
  const end = phrase.first ? 0 : room;
  for (let at = Math.max(start, 0); at <= end; at++) {
    if (phrase.words.every((alternatives, index) => fits(alternatives, words[at + index] ?? ""))) return true;
  }
  return false;
}

function fits(alternatives: Alternatives, word: string): boolean {
  return alternatives.whole.has(word) || alternatives.beginnings.some((beginning) => word.startsWith(beginning));
}
