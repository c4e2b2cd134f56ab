import { type Noted, Revisions } from "./revisions.js";

interface Settled<Answer> {
  readonly part: number;
  noted: Noted<Answer>;
}

/**
 * Like `oncePerPart`, for answers that seldom change although much is read for them: whether a package runs in a browser, the
 * layer of a file. What is built on one is made again only if an edit gives another answer, as `isSame` tells.
 */
export function settledPerPart<Owner extends object, Part, Answer>(ask: (owner: Owner, part: Part) => Answer, isSame: (before: Answer, after: Answer) => boolean = Object.is): (owner: Owner, part: Part) => Answer {
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
        const isLike = isSame(answer, noted.answer);
        settled.noted = isLike ? { ...noted, answer } : noted;
        if (!isLike) revisions.touch(own);
      }),
    };
    answers.set(part, settled);
    revisions.read(settled.part);
    return settled.noted.answer;
  };
}

/** The same for a question about the object itself. */
export function settledPer<Owner extends object, Answer>(ask: (owner: Owner) => Answer, isSame?: (before: Answer, after: Answer) => boolean): (owner: Owner) => Answer {
  const answer = settledPerPart((owner: Owner, _whole: undefined) => ask(owner), isSame);
  return (owner) => answer(owner, undefined);
}

/** Whether two sets hold the same. */
export function sameSet<Item>(left: ReadonlySet<Item>, right: ReadonlySet<Item>): boolean {
  return left.size === right.size && [...left].every((item) => right.has(item));
}

/** Whether two plain values are written the same. */
export function samePlain(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function tableOf<Owner extends object, Part, Entry>(tables: WeakMap<Owner, Map<Part, Entry>>, owner: Owner): Map<Part, Entry> {
  let table = tables.get(owner);
  if (!table) tables.set(owner, (table = new Map()));
  return table;
}
