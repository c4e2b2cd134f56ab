import type { CallExpression, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import { behind, type Value } from "./value.js";
import type { Values } from "./values.js";

/** A call that hands a function over, as which argument. */
interface HandedOver {
  readonly file: string;
  readonly call: CallExpression | NewExpression;
  readonly argument: number;
}

/**
 * What a function of the project gives the function that it is passed as argument `argument` of a call, as that one's
 * parameter `index`: what it calls it with, or what a package's function gives it that it is handed on to. So the `tx` of
 * `withTransaction((tx) => …)` is that of the `db.transaction(…)` inside, and the `order` of `inChunks(orders, (order) => …)`
 * one of those that this call hands over, whatever others do.
 */
export function givenToCallback(values: Values, called: Extract<Value, { kind: "function" }>, { file, call, argument }: HandedOver, index: number): readonly Value[] {
  const parameter = called.node.parameters[argument];
  if (parameter?.target.kind !== "binding") return [];
  const { binding } = parameter.target;
  const isCallback = (node: Expression | undefined): boolean => node?.kind === "name" && node.binding === binding;
  const [start, end] = called.node.span;
  const found: Value[] = [];
  for (const { node } of values.index(called.file).calls) {
    if (node.span[0] < start || node.span[1] > end) continue;
    const given = node.arguments[index];
    if (isCallback(node.callee) && given && given.kind !== "spread") {
      const own = givenByCaller(values, called, given);
      const handed = own && call.arguments[own.index];
      if (!own) found.push(...values.of(called.file, given));
      else if (handed && handed.kind !== "spread") found.push(...(own.element ? values.ofElement(values.of(file, handed)) : values.of(file, handed)));
    }
    else if (node.arguments.some(isCallback)) for (const callee of values.of(called.file, node.callee)) if (callee.kind === "external") found.push(behind(callee, `=>${index}`));
  }
  return found;
}

/** What a function is given by its caller: a parameter, or an element of one (`items[at]`, `for (const item of items)`). */
export function givenByCaller(values: Values, called: { readonly file: string; readonly node: FunctionNode }, node: Expression, element = false): { readonly index: number; readonly element: boolean } | undefined {
  if (node.kind === "cast") return givenByCaller(values, called, node.value, element);
  if (node.kind === "index" && !element) return givenByCaller(values, called, node.object, true);
  const source = node.kind === "name" && node.binding !== undefined ? values.index(called.file).sources[node.binding] : undefined;
  if (source?.kind === "element" && source.path.length === 0 && !element) return givenByCaller(values, called, source.subject, true);
  if (source?.kind === "value" && source.path.length === 0 && source.value) return givenByCaller(values, called, source.value, element);
  return source?.kind === "parameter" && source.function === called.node && source.path.length === 0 ? { index: source.index, element } : undefined;
}
