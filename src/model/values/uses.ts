import { oncePer } from "../../base/once-per.js";
import type { Span } from "../../base/position.js";
import type { FileFacts } from "../../facts/facts.js";
import type { Expression } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";

type Name = Extract<Expression, { kind: "name" }>;

/** The places where a file names its bindings, in source order, by binding. */
const usesOf = oncePer((facts: FileFacts): ReadonlyMap<number, readonly Name[]> => {
  const found = new Map<number, Name[]>();
  walkAll(facts.body, (node) => {
    if (!("kind" in node) || node.kind !== "name" || node.binding === undefined) return undefined;
    const list = found.get(node.binding);
    if (list) list.push(node);
    else found.set(node.binding, [node]);
    return undefined;
  });
  return found;
});

/** The places in a stretch of code where any of `bindings` is named. */
export function usesIn(facts: FileFacts, bindings: Iterable<number>, [start, end]: Span): readonly Name[] {
  const uses = usesOf(facts);
  return [...bindings].flatMap((binding) => (uses.get(binding) ?? []).filter(({ span }) => span[0] >= start && span[1] <= end));
}
