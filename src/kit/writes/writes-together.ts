import { within } from "../../base/position.js";
import type { Expression, FunctionNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { isIndependent } from "./handled-failures.js";
import { givenTo } from "./given-values.js";
import { areParted, isGivenTo } from "./parted-writes.js";
import { refusesMember } from "./refused-repeats.js";
import { mayBeMissing, mayStay } from "./repeatable-writes.js";
import { sharesStore } from "./transactions.js";
import { excludeEachOther, isTakenBack } from "./write-outcomes.js";
import { effectOf, resultOf } from "./write-rows.js";
import type { Write } from "./write-subjects.js";
import { isFollowedOnce, tieBetween } from "./write-ties.js";

/** Two writes that one call of a function makes both. */
export interface WritePair {
  readonly first: Write;
  readonly second: Write;
  /** What shows that they are one change. */
  readonly tie: string | undefined;
}

/**
 * The first two writes of one store on one path that are one change; with `untied`, the first two. They are one change where one
 * value goes into both (`write-ties.ts`), a second attempt does not mend what a failure between them leaves
 * (`repeatable-writes.ts`), and the code does not hold them apart itself (`parted-writes.ts`).
 */
export function writesTogether(model: ProjectModel, file: string, node: FunctionNode, writes: readonly Write[], untied: boolean): WritePair | undefined {
  const some = writes.filter((write) => !isIndependent(model, file, write.node, node, writes)).slice(0, 12);
  for (const [index, second] of some.entries())
    for (const first of some.slice(0, index)) {
      // One transaction holds both; two of them were parted on purpose.
      if ((first.unit && second.unit) || !sharesStore(model, first.operation, second.operation) || isGivenTo(first, second) || excludeEachOther(model, file, node, first, second) || isTakenBack(model, file, node, first, second)) continue;
      // What a function does in a transaction of its own is whole, unless what follows is for the row that it made.
      if ((first.isOwnTransaction ?? second.isOwnTransaction) && !isForMade(model, file, first, second)) continue;
      // What is there already is left alone by the next attempt, and what was to follow is left out with it.
      const mends = (mayStay(model, file, first) && !refusesMember(model, file, first) && !isFollowedOnce(model, file, first, second)) || mayBeMissing(model, file, second);
      const tie = mends || areParted(model, file, node, first, second) ? undefined : tieBetween(model, file, first, second);
      if ((tie !== undefined || untied) && model.transactions.onOnePath(file, node, new Set([placeOf(first), placeOf(second)]), true) > 1) return { first, second, tie };
    }
  return undefined;
}

/** Whether the second is given the row that the first made, or its key. */
function isForMade(model: ProjectModel, file: string, first: Write, second: Write): boolean {
  const made = effectOf(model, file, first) === "insert" ? resultOf(model, file, first) : [];
  return givenTo(model, file, second).some(({ binding }) => made.includes(binding));
}

/** Where a write lies on the path through its function: a function that a transaction runs is no part of that. */
function placeOf({ node, unit }: Write): Expression {
  return unit && within(node.span, unit.span) ? unit : node;
}
