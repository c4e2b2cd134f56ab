import { oncePer } from "../../base/once-per.js";
import type { FileFacts } from "../../facts/facts.js";
import type { Expression } from "../../facts/syntax.js";
import { indexOf } from "../modules/file-index.js";

/** What is put into the object or list behind a name after it was made. */
export interface Mutation {
  /** All keys of `value` (`Object.assign(user, value)`), one key, a key that is computed, or an element. */
  readonly kind: "keys" | "key" | "computed" | "element";
  readonly key?: string;
  /** The expression of a key that is computed. */
  readonly computed?: Expression;
  readonly value: Expression;
}

const adding = new Set(["push", "unshift", "add", "append"]);
const merging = new Set(["assign", "merge", "extend", "defaults", "assignIn", "defaultsDeep", "mergeWith"]);

/** What the code of a file puts into what its names stand for, by binding, in source order: `a.push(x)`, `Object.assign(a, x)`, `a.set(x)`, `a.merge(x)`, `a.key = x`, `a[key] = x`. */
export const mutationsOf = oncePer(gather);

function gather(facts: FileFacts): ReadonlyMap<number, readonly Mutation[]> {
  const found = new Map<number, Mutation[]>();
  const note = (node: Expression | undefined, ...mutations: readonly Mutation[]): void => {
    // `user!.name = name`
    const object = node?.kind === "cast" ? node.value : node;
    if (object?.kind !== "name" || object.binding === undefined) return;
    const list = found.get(object.binding);
    if (list) list.push(...mutations);
    else found.set(object.binding, [...mutations]);
  };
  const { calls, partAssignments } = indexOf(facts);
  for (const { target, operator, value } of partAssignments) {
    if (operator !== "=") continue;
    if (target.kind === "member") note(target.object, { kind: "key", key: target.property, value });
    else if (target.kind === "index") note(target.object, { kind: "computed", computed: target.index, value });
  }
  for (const { node } of calls) {
    if (node.kind !== "call" || node.callee.kind !== "member") continue;
    const { object, property } = node.callee;
    const [first, ...others] = node.arguments;
    if (adding.has(property)) note(object, ...node.arguments.map((value): Mutation => ({ kind: "element", value })));
    else if (merging.has(property) && others.length > 0) note(first, ...others.map((value): Mutation => ({ kind: "keys", value })));
    // `document.set(values)`, `row.merge(values)`; with two arguments it is a key and its value.
    else if (/^(set|merge|fill)$/.test(property) && first && others.length === 0) note(object, { kind: "keys", value: first });
    else if (property === "set" && others[0] && isMap(facts, object)) note(object, { kind: "element", value: others[0] });
  }
  for (const list of found.values()) list.sort((left, right) => left.value.span[0] - right.value.span[0]);
  return found;
}

/** A name that is declared as a map of its own: `const orders = new Map()`. */
function isMap(facts: FileFacts, node: Expression): boolean {
  const source = node.kind === "name" && node.binding !== undefined ? indexOf(facts).sources[node.binding] : undefined;
  const made = source?.kind === "value" && source.path.length === 0 ? source.value : undefined;
  return made?.kind === "new" && made.callee.kind === "name" && made.callee.name === "Map";
}
