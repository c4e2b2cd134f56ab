import { oncePer } from "../base/once-per.js";
import type { FileFacts } from "../facts/facts.js";
import type { Expression } from "../facts/syntax.js";
import { walkAll } from "../facts/walk.js";

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

/** What the code of a file puts into what its names stand for, by binding: `a.push(x)`, `Object.assign(a, x)`, `a.set(x)`, `a.merge(x)`, `a.key = x`, `a[key] = x`. */
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
  walkAll(facts.body, (node) => {
    if (!("kind" in node)) return undefined;
    if (node.kind === "assign" && node.operator === "=") {
      if (node.target.kind === "member") note(node.target.object, { kind: "key", key: node.target.property, value: node.value });
      else if (node.target.kind === "index") note(node.target.object, { kind: "computed", computed: node.target.index, value: node.value });
    }
    if (node.kind !== "call" || node.callee.kind !== "member") return undefined;
    const { object, property } = node.callee;
    const [first, ...others] = node.arguments;
    if (adding.has(property)) note(object, ...node.arguments.map((value): Mutation => ({ kind: "element", value })));
    else if (merging.has(property) && others.length > 0) note(first, ...others.map((value): Mutation => ({ kind: "keys", value })));
    // `document.set(values)`, `row.merge(values)`; with two arguments it is a key and its value.
    else if (/^(set|merge|fill)$/.test(property) && first && others.length === 0) note(object, { kind: "keys", value: first });
    return undefined;
  });
  return found;
}
