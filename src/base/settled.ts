import { type Answers, answers } from "./answers.js";
import { Keyed } from "./keyed.js";
import { type Noted, Revisions } from "./revisions.js";

/**
 * Gives the answer from before an edit if the one after it says the same, or else one after it, which may keep what it has in
 * common with the one before.
 */
export type Settle<Answer> = (before: Answer, after: Answer) => Answer;

interface Settled<Answer> {
  readonly part: number;
  noted: Noted<Answer>;
}

/**
 * Answers that seldom change although much is read for them: the layer of a file, the routes of a project, the calls of a
 * function. What is built on one is made again only if an edit gives another answer, as `settle` tells.
 */
export class SettledAnswers<Key, Answer> {
  readonly #settle: Settle<Answer>;
  readonly #revisions = Revisions.active;
  /** Where nothing is watched, what is answered stays. */
  readonly #lasting: Answers<Key, Answer> = answers();
  readonly #settled = new Keyed<Key, Settled<Answer>>();

  constructor(settle: Settle<Answer>) {
    this.#settle = settle;
  }

  /** The answer that is kept for good. */
  get(key: Key): Answer | undefined {
    return this.#revisions ? undefined : this.#lasting.get(key);
  }

  /** The answer that is kept, or else the one that `make` gives; after an edit `make` is asked again. */
  of(key: Key, make: () => Answer): Answer {
    if (!this.#revisions) return this.#lasting.of(key, make);
    const known = this.#settled.get(key);
    const settled = known ?? this.#begin(this.#revisions, key, make);
    if (known) this.#revisions.renew(known.part);
    this.#revisions.read(settled.part);
    return settled.noted.answer;
  }

  #begin(revisions: Revisions, key: Key, make: () => Answer): Settled<Answer> {
    const settled: Settled<Answer> = {
      noted: revisions.noteApart(make),
      part: revisions.part((own) => {
        if (revisions.holds(settled.noted)) return;
        const { answer } = settled.noted;
        const noted = revisions.noteApart(make);
        const after = this.#settle(answer, noted.answer);
        settled.noted = { answer: after, parts: noted.parts, heldAt: noted.heldAt, part: noted.part };
        if (!Object.is(answer, after)) revisions.touch(own);
      }),
    };
    this.#settled.set(key, settled);
    return settled;
  }
}

/** Like `oncePerPart`, for answers that are settled; without `settle` one is the same if it is the same value. */
export function settledPerPart<Owner extends object, Part, Answer>(ask: (owner: Owner, part: Part) => Answer, settle: Settle<Answer> = (_before, after) => after): (owner: Owner, part: Part) => Answer {
  const tables = new WeakMap<Owner, SettledAnswers<Part, Answer>>();
  return (owner, part) => {
    let table = tables.get(owner);
    if (!table) tables.set(owner, (table = new SettledAnswers(settle)));
    return table.get(part) ?? table.of(part, () => ask(owner, part));
  };
}

/** The same for a question about the object itself. */
export function settledPer<Owner extends object, Answer>(ask: (owner: Owner) => Answer, settle?: Settle<Answer>): (owner: Owner) => Answer {
  const answer = settledPerPart((owner: Owner, _whole: undefined) => ask(owner), settle);
  return (owner) => answer(owner, undefined);
}

/** Lists of the same items in the same order say the same. */
export function settleList<Item>(before: readonly Item[], after: readonly Item[]): readonly Item[] {
  return before.length === after.length && after.every((item, index) => Object.is(item, before[index])) ? before : after;
}

/** Sets that hold the same say the same. */
export function settleSet<Item>(before: ReadonlySet<Item>, after: ReadonlySet<Item>): ReadonlySet<Item> {
  return before.size === after.size && [...before].every((item) => after.has(item)) ? before : after;
}

/** Maps that hold alike things under the same keys say the same. */
export function settleMap<Key, Item>(before: ReadonlyMap<Key, Item>, after: ReadonlyMap<Key, Item>): ReadonlyMap<Key, Item> {
  return before.size === after.size && [...after].every(([key, item]) => before.has(key) && haveSameParts(before.get(key), item)) ? before : after;
}

/** Plain data that is alike says the same; see `haveSameParts`. */
export function settleAlike<Answer>(before: Answer, after: Answer): Answer {
  return haveSameParts(before, after) ? before : after;
}

/** Plain values that are written the same say the same. */
export function settlePlain<Answer>(before: Answer, after: Answer): Answer {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after;
}

/** Whether two pieces of plain data are alike. Syntax is alike if it is the same: an edit makes all syntax of its file anew. */
export function haveSameParts(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (!isPlain(left) || !isPlain(right) || isSyntax(left)) return false;
  if (Array.isArray(left)) return Array.isArray(right) && left.length === right.length && left.every((part, index) => haveSameParts(part, right[index]));
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => key in right && haveSameParts(left[key], right[key]));
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const made: unknown = Object.getPrototypeOf(value);
  return made === Object.prototype || made === Array.prototype;
}

function isSyntax(part: object): boolean {
  return "span" in part && !("file" in part) && ("kind" in part || "parameters" in part || "members" in part);
}
