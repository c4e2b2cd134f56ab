import { oncePer } from "../../base/once-per.js";
import type { Expression, ObjectExpression, ObjectMember } from "../../facts/syntax.js";
import type { FileIndex } from "../modules/file-index.js";
import type { Value } from "./value.js";
import type { Values } from "./values.js";

/** An element of a list, and the file in which it is written. */
export interface WrittenElement {
  readonly file: string;
  readonly element: Expression;
}

/** What a map holds under a key, and the file in which both are written. */
export interface WrittenEntry {
  readonly file: string;
  readonly key: Expression;
  readonly value: Expression;
}

/** The elements of a list that is written out and not added to; undefined if it is not. */
export function listOf(values: Values, file: string, node: Expression): readonly WrittenElement[] | undefined {
  const [list, ...others] = values.of(file, node);
  if (list?.kind !== "array" || others.length > 0 || isMutated(values, file, node)) return undefined;
  const { elements } = list.node;
  return elements.some((element) => element.kind === "spread") ? undefined : elements.map((element) => ({ file: list.file, element }));
}

/** The entries of a map that is written out and not added to: `new Map([["price", "price ASC"]])`, `new Map(Object.entries({ … }))`. */
export function mapOf(values: Values, file: string, node: Expression): readonly WrittenEntry[] | undefined {
  const [map, ...others] = values.of(file, node);
  if (map?.kind !== "external" || !map.site || map.provenance.package !== "global" || map.provenance.path[0] !== "Map" || others.length > 0 || isMutated(values, file, node)) return undefined;
  const { file: at, node: made } = map.site;
  const [given] = made.arguments;
  const table = given && tableOf(values, at, given);
  if (table) return table.node.members.flatMap((member) => (member.kind === "property" ? [{ file: table.file, key: { kind: "literal", span: member.keySpan, value: member.key } as const, value: member.value }] : []));
  const entries = given && listOf(values, at, given);
  const found = entries?.flatMap(({ file: from, element }) => (element.kind === "array" && element.elements[0] && element.elements[1] ? [{ file: from, key: element.elements[0], value: element.elements[1] }] : []));
  return found && found.length === entries?.length ? found : undefined;
}

/** The object of `Object.entries({ … })`. */
function tableOf(values: Values, file: string, node: Expression): { readonly file: string; readonly node: ObjectExpression } | undefined {
  if (node.kind !== "call" || node.callee.kind !== "member" || node.callee.property !== "entries" || node.callee.object.kind !== "name" || node.callee.object.name !== "Object" || !node.arguments[0]) return undefined;
  const [table, ...others] = values.of(file, node.arguments[0]);
  return table?.kind === "object" && others.length === 0 ? { file: table.file, node: table.node } : undefined;
}

/** What `table.get(key)` gives of a map that is written out: under that key, or under any where the key is not known. */
export function lookedUp(values: Values, file: string, table: Expression, key: Expression | undefined): readonly Value[] | undefined {
  const entries = mapOf(values, file, table);
  if (!entries) return undefined;
  const wanted = key && values.text(file, key);
  const named = wanted === undefined ? entries : entries.filter((entry) => values.text(entry.file, entry.key) === wanted);
  return named.flatMap((entry) => values.of(entry.file, entry.value));
}

/** `{ ...target, ...sources }` for `Object.assign(target, ...sources)`, where the target is an object that is written out: what it is afterwards. */
export function assignedTogether(values: Values, file: string, parts: readonly Expression[], span: Expression["span"]): ObjectExpression | undefined {
  const [target] = parts;
  const made = target ? values.of(file, target) : [];
  if (made.length === 0 || !made.every((value) => value.kind === "object")) return undefined;
  return { kind: "object", span, members: parts.map((value): ObjectMember => (value.kind === "spread" ? { kind: "spread", span: value.span, value: value.value } : { kind: "spread", span: value.span, value })) };
}

function isMutated(values: Values, file: string, node: Expression): boolean {
  return node.kind === "name" && node.binding !== undefined && mutatedIn(values.index(file)).has(node.binding);
}

/** The names of a file whose lists and maps are changed somewhere in it: `parts.push(…)`, `map.set(…)`. */
const mutatedIn = oncePer(({ calls }: FileIndex): ReadonlySet<number> =>
  new Set(calls.flatMap(({ node: { callee } }) => (callee.kind === "member" && callee.object.kind === "name" && callee.object.binding !== undefined && /^(push|unshift|splice|set)$/.test(callee.property) ? [callee.object.binding] : []))),
);
