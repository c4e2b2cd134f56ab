import type { Noted, Revisions } from "./revisions.js";

/** An answer that was made again, with the one before it. */
export interface Renewed<Key, Answer> {
  readonly key: Key;
  readonly before: Answer | undefined;
  readonly after: Answer;
}

/** Answers about each of many things, such as the files of a project. After an edit only those are looked at that it touches. */
export class EachAnswer<Key, Answer> {
  readonly #revisions: Revisions;
  readonly #keys: readonly Key[];
  readonly #make: (key: Key) => Answer;
  readonly #noted = new Map<Key, Noted<Answer>>();
  /** By part: what the answers that were made from it are about. */
  readonly #madeFrom = new Map<number, Set<Key>>();
  /** The revision in which all answers were known to hold. */
  #heldAt: number | undefined;
  #isRenewing = false;

  constructor(revisions: Revisions, keys: readonly Key[], make: (key: Key) => Answer) {
    this.#revisions = revisions;
    this.#keys = keys;
    this.#make = make;
  }

  /** Makes again what does not hold any more, in the order of the keys, and gives each when it is made. An answer that asks for this itself gets nothing. */
  *renew(): Iterable<Renewed<Key, Answer>> {
    if (this.#isRenewing || this.#heldAt === this.#revisions.now) return;
    this.#isRenewing = true;
    try {
      for (const key of this.#stale(this.#heldAt)) yield this.#again(key);
      this.#heldAt = this.#revisions.now;
    } finally {
      this.#isRenewing = false;
    }
  }

  #stale(heldAt: number | undefined): readonly Key[] {
    if (heldAt === undefined) return this.#keys;
    const stale = new Set<Key>();
    for (const [part, keys] of this.#madeFrom) if (this.#revisions.changedSince(part, heldAt)) for (const key of keys) stale.add(key);
    return stale.size > 1 ? this.#keys.filter((key) => stale.has(key)) : [...stale];
  }

  #again(key: Key): Renewed<Key, Answer> {
    const before = this.#noted.get(key);
    const after = this.#revisions.noteApart(() => this.#make(key));
    if (before) for (const part of this.#revisions.partsFor(before)) this.#madeFrom.get(part)?.delete(key);
    this.#revisions.replace(before, after);
    for (const part of this.#revisions.partsFor(after)) {
      const keys = this.#madeFrom.get(part);
      if (keys) keys.add(key);
      else this.#madeFrom.set(part, new Set([key]));
    }
    this.#noted.set(key, after);
    return { key, before: before?.answer, after: after.answer };
  }
}
