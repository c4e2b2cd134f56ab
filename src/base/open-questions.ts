import { type Answers, answers } from "./answers.js";

/** How far questions may lead. */
export interface Bounds {
  /** Questions that may be open at once. */
  readonly deepest: number;
  /** Questions that one from outside may lead to. */
  readonly mostSteps: number;
  /** Told of the key of each question that is given up. */
  readonly onGivenUp?: (key: object) => void;
}

/** A question that is being answered. */
interface Open {
  readonly key: object;
  /** The depths of open questions whose answers are lacking in what was found so far. */
  lacks: Set<number> | undefined;
  /** Answers that lack nothing but this one and what is further out. */
  until: Preliminary<unknown>[] | undefined;
}

interface Preliminary<Item> {
  readonly answer: readonly Item[];
  readonly lacks: ReadonlySet<number>;
  isOver: boolean;
}

/**
 * Answers questions that lead to others and back to themselves, as following a value through loops and recursion does. A
 * question that is open already adds nothing. What lacks the answer of one further out is kept only while that one is
 * open, where asking again would give no more; else each way into a cycle would go through all of it again.
 */
export class OpenQuestions<Item> {
  readonly #bounds: Bounds;
  readonly #open: Open[] = [];
  #preliminary: Answers<object, Preliminary<Item>> | undefined;
  #steps = 0;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** The answer that is kept in a table, or else the one that `compute` gives; empty where it would lead too far. */
  answer(table: Answers<object, readonly Item[]>, key: object, compute: () => readonly Item[]): readonly Item[] {
    const known = table.get(key);
    if (known) return known;
    const depth = this.#open.length;
    if (depth === 0) {
      this.#steps = 0;
      this.#preliminary = undefined;
    }
    const entered = this.#depthOf(key);
    if (entered !== -1) {
      this.#lack(entered);
      return [];
    }
    const preliminary = this.#preliminary?.get(key);
    if (preliminary && !preliminary.isOver) {
      for (const one of preliminary.lacks) this.#lack(one);
      return preliminary.answer;
    }
    if (depth >= this.#bounds.deepest || ++this.#steps > this.#bounds.mostSteps) {
      this.#bounds.onGivenUp?.(key);
      // From nearer or with fewer steps it might be answered: nothing on the way is kept but the first.
      this.#lack(0);
      this.#lack(depth - 1);
      return [];
    }
    const open: Open = { key, lacks: undefined, until: undefined };
    this.#open.push(open);
    const answer = table.make(key, compute, () => {
      this.#open.pop();
      for (const one of open.until ?? []) one.isOver = true;
      open.lacks?.delete(depth);
      return open.lacks === undefined || open.lacks.size === 0;
    });
    if (open.lacks && open.lacks.size > 0) this.#keep(key, answer, open.lacks);
    return answer;
  }

  #depthOf(key: object): number {
    for (let depth = this.#open.length - 1; depth >= 0; depth--) if (this.#open[depth]?.key === key) return depth;
    return -1;
  }

  #lack(depth: number): void {
    const asking = this.#open.at(-1);
    if (asking && depth >= 0) (asking.lacks ??= new Set()).add(depth);
  }

  /** Keeps what lacks something until the innermost of it is answered. */
  #keep(key: object, answer: readonly Item[], lacks: ReadonlySet<number>): void {
    const preliminary: Preliminary<Item> = { answer, lacks, isOver: false };
    (this.#preliminary ??= answers()).set(key, preliminary);
    const innermost = this.#open[Math.max(...lacks)];
    if (innermost) (innermost.until ??= []).push(preliminary);
    for (const depth of lacks) this.#lack(depth);
  }
}
