import { personalDataOf } from "../../catalogue/lexicon/personal-data.js";
import type { Expression } from "../../facts/syntax.js";
import { declaredType } from "../records/declared-types.js";
import type { Look } from "./exposure.js";

/** Whether a value is a number of tokens of a language model: `usage.total_tokens ?? 0`, `usage.prompt_tokens + usage.completion_tokens`. */
export function countsTokens(at: Look, value: Expression): boolean {
  if (value.kind === "binary") return countsTokens(at, value.left) && countsTokens(at, value.right);
  if (value.kind === "literal") return typeof value.value === "number";
  const source = value.kind === "name" && value.binding !== undefined ? at.model.values.index(at.file).sources[value.binding] : undefined;
  // A variable whose value is another is asked no further.
  if (source?.kind === "value" && source.path.length === 0 && source.value && source.value.kind !== "name") return countsTokens(at, source.value);
  return (value.kind === "member" && /tokens$/i.test(value.property) && personalDataOf(value.property) === undefined) || isDeclaredNumber(at, value);
}

/** `params.tokens` of `{ tokens?: number }`, whatever a caller hands over. */
function isDeclaredNumber(at: Look, value: Expression): boolean {
  const stated = declaredType(at.model, at.file, value);
  const given = stated ? at.model.values.ofType(stated.file, stated.type) : [];
  return given.some((one) => one.kind === "primitive" && one.name === "number") && given.every(({ kind, ...one }) => kind === "constant" || (kind === "primitive" && "name" in one && /^(?:number|undefined|null)$/.test(one.name)));
}
