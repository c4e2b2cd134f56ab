import { type Noted, Revisions } from "./revisions.js";

interface Settled<Answer> {
  readonly part: number;
  noted: Noted<Answer>;
}

/**
 * Gives the answer from before an edit if the one after it says the same, or else one after it, which may keep what it has in
 * common with the one before.
 */
export type Settle<Answer> = (before: Answer, after: Answer) => Answer;

/**
 * Like `oncePerPart`, for answers that seldom change although much is read for them: the layer of a file, the routes of a
 * project. What is built on one is made again only if an edit gives another answer, as `settle` tells; without it if the
 * answer is another value.
 */
export function settledPerPart<Owner extends object, Part, Answer>(ask: (owner: Owner, part: Part) => Answer, settle: Settle<Answer> = (_before, after) => after): (owner: Owner, part: Part) => Answer {
  const lasting = new WeakMap<Owner, Map<Part, { readonly answer: Answer }>>();
  const watched = new WeakMap<Owner, Map<Part, Settled<Answer>>>();
  return (owner, part) => {
    const revisions = Revisions.active;
    if (!revisions) {
      const answers = tableOf(lasting, owner);
      let known = answers.get(part);
      if (!known) answers.set(part, (known = { answer: ask(owner, part) }));
      return known.answer;
    }
    const answers = tableOf(watched, owner);
    const known = answers.get(part);
    if (known) {
      revisions.renew(known.part);
      revisions.read(known.part);
      return known.noted.answer;
    }
    const settled: Settled<Answer> = {
      noted: revisions.noteApart(() => ask(owner, part)),
      part: revisions.part((own) => {
        if (revisions.holds(settled.noted)) return;
        const { answer } = settled.noted;
        const noted = revisions.noteApart(() => ask(owner, part));
        const after = settle(answer, noted.answer);
        settled.noted = { ...noted, answer: after };
        if (!Object.is(answer, after)) revisions.touch(own);
      }),
    };
    answers.set(part, settled);
    revisions.read(settled.part);
    return settled.noted.answer;
  };
}

/** The same for a question about the object itself. */
export function settledPer<Owner extends object, Answer>(ask: (owner: Owner) => Answer, settle?: Settle<Answer>): (owner: Owner) => Answer {
  const answer = settledPerPart((owner: Owner, _whole: undefined) => ask(owner), settle);
  return (owner) => answer(owner, undefined);
}

/** Sets that hold the same say the same. */
export function settleSet<Item>(before: ReadonlySet<Item>, after: ReadonlySet<Item>): ReadonlySet<Item> {
  return before.size === after.size && [...before].every((item) => after.has(item)) ? before : after;
}

/** Maps that hold the same under the same keys say the same; so do lists of the same in them. */
export function settleMap<Key, Item>(before: ReadonlyMap<Key, Item>, after: ReadonlyMap<Key, Item>): ReadonlyMap<Key, Item> {
  return before.size === after.size && [...after].every(([key, item]) => before.has(key) && isLike(before.get(key), item)) ? before : after;
}

function isLike(left: unknown, right: unknown): boolean {
  return Object.is(left, right) || (Array.isArray(left) && Array.isArray(right) && left.length === right.length && left.every((item, index) => Object.is(item, right[index])));
}

/** Plain values that are written the same say the same. */
export function settlePlain<Answer>(before: Answer, after: Answer): Answer {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after;
}

function tableOf<Owner extends object, Part, Entry>(tables: WeakMap<Owner, Map<Part, Entry>>, owner: Owner): Map<Part, Entry> {
  let table = tables.get(owner);
  if (!table) tables.set(owner, (table = new Map()));
  return table;
}
