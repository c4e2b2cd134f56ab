import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import { chainOf, chainsFrom } from "./chains.js";
import type { Look } from "./exposure.js";
import { shapeOf } from "./personal-shapes.js";

/** What carries whoever asks, rather than a record of the store. */
const carriers = /(?:req|request|ctx|context|session|socket|state|locals|auth|response|result|data|body|payload|params|input|args|dto|event|message|answer|reply|token|claims|decoded|info|details|options?|state|store)$/i;

/** `order.customer` of a record of which nothing is known: the id of whom it belongs to, unless the code around reads what it holds. */
export function refersTo(at: Look, node: Extract<Expression, { kind: "member" }>): boolean {
  const own = chainOf(node);
  if (!own || carriers.test(lastName(node.object)) || shapeOf(at.model, at.file, node) !== undefined || at.model.values.of(at.file, node).some(({ kind }) => kind === "external")) return false;
  return !chainsFrom(at, own.binding).some(({ path }) => path.length > own.path.length && own.path.every((key, place) => key === path[place]));
}
