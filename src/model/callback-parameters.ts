import type { Expression } from "../facts/syntax.js";
import { behind, type Value } from "./value.js";
import type { Values } from "./values.js";

/**
 * What a function of the project gives the function that it is passed as argument `argument`, as that one's parameter
 * `index`: what it calls it with, or what a package's function gives it that it is handed on to. So the `tx` of
 * `withTransaction((tx) => …)` is that of the `db.transaction(…)` inside.
 */
export function givenToCallback(values: Values, called: Extract<Value, { kind: "function" }>, argument: number, index: number): readonly Value[] {
  const parameter = called.node.parameters[argument];
  if (parameter?.target.kind !== "binding") return [];
  const { binding } = parameter.target;
  const isCallback = (node: Expression | undefined): boolean => node?.kind === "name" && node.binding === binding;
  const [start, end] = called.node.span;
  const found: Value[] = [];
  for (const { node } of values.index(called.file).calls) {
    if (node.span[0] < start || node.span[1] > end) continue;
    const given = node.arguments[index];
    if (isCallback(node.callee) && given && given.kind !== "spread") found.push(...values.of(called.file, given));
    else if (node.arguments.some(isCallback)) for (const callee of values.of(called.file, node.callee)) if (callee.kind === "external") found.push(behind(callee, `=>${index}`));
  }
  return found;
}
