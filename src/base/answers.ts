import { Keyed } from "./keyed.js";
import { type Noted, Revisions } from "./revisions.js";

/** Answers by what they were asked about, each made at the first question. */
export interface Answers<Key, Answer> {
  /** The answer that is kept. */
  get(key: Key): Answer | undefined;
  /** The answer that is kept, or else the one that `make` gives. */
  of(key: Key, make: () => Answer): Answer;
  /** The answer that `make` gives, which is kept unless `isFinal` then says no. */
  make(key: Key, make: () => Answer, isFinal: () => boolean): Answer;
  /** Keeps an answer that was just made. */
  set(key: Key, answer: Answer): void;
}

/** Kept for good. */
class LastingAnswers<Key, Answer> implements Answers<Key, Answer> {
  readonly #known = new Map<Key, Answer>();

  get(key: Key): Answer | undefined {
    return this.#known.get(key);
  }

  of(key: Key, make: () => Answer): Answer {
    const known = this.#known.get(key);
    // Kept answers may be undefined themselves, which the type of a map's `get` does not tell.
    if (known !== undefined || this.#known.has(key)) return known as Answer;
    const answer = make();
    this.#known.set(key, answer);
    return answer;
  }

  make(key: Key, make: () => Answer, isFinal: () => boolean): Answer {
    const answer = make();
    if (isFinal()) this.#known.set(key, answer);
    return answer;
  }

  set(key: Key, answer: Answer): void {
    this.#known.set(key, answer);
  }
}

/** Kept until something changes that they were made from. */
class WatchedAnswers<Key, Answer> implements Answers<Key, Answer> {
  readonly #revisions: Revisions;
  readonly #known = new Keyed<Key, Noted<Answer>>();

  constructor(revisions: Revisions) {
    this.#revisions = revisions;
  }

  get(key: Key): Answer | undefined {
    return this.#held(key)?.answer;
  }

  of(key: Key, make: () => Answer): Answer {
    const held = this.#held(key);
    if (held) return held.answer;
    const noted = this.#revisions.noteApart(make);
    this.#keep(key, noted);
    this.#revisions.use(noted);
    return noted.answer;
  }

  make(key: Key, make: () => Answer, isFinal: () => boolean): Answer {
    const noted = this.#revisions.noteApart(make);
    if (isFinal()) this.#keep(key, noted);
    this.#revisions.use(noted);
    return noted.answer;
  }

  set(key: Key, answer: Answer): void {
    this.#keep(key, this.#revisions.noteSoFar(answer));
  }

  #held(key: Key): Noted<Answer> | undefined {
    const known = this.#known.get(key);
    if (!known || !this.#revisions.holds(known)) return undefined;
    this.#revisions.use(known);
    return known;
  }

  #keep(key: Key, noted: Noted<Answer>): void {
    this.#revisions.replace(this.#known.get(key), noted);
    this.#known.set(key, noted);
  }
}

/** A table of answers: watched if it is made while revisions are, lasting otherwise. */
export function answers<Key, Answer>(): Answers<Key, Answer> {
  return Revisions.active ? new WatchedAnswers(Revisions.active) : new LastingAnswers();
}

/** Runs something whose answers, kept by `set`, are made from what it reads, and not from what was read before. */
export function apart<Result>(run: () => Result): Result {
  return Revisions.active ? Revisions.active.note(run).answer : run();
}
