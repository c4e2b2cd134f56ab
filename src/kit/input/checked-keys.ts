import type { Expression, FunctionNode } from "../../facts/syntax.js";
import { someNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import { isGuarded } from "./guarded-values.js";
import { loopAround } from "../records/list-elements.js";

/** Names that are followed to the list behind them. */
const deepest = 4;

/**
 * Whether the code makes sure that a key in brackets is one of those allowed, `if (allowed.includes(key)) user[key] = body[key]`: in a
 * condition around it, or of all the keys that a loop goes through, `if (!keys.every((key) => allowed.includes(key))) return refused;`.
 */
export function isCheckedKey(model: ProjectModel, file: string, key: Expression): boolean {
  // What no client chose, and `set[`address.${key}`] = …`, which stays below a key that the code names.
  if (model.requestData.flows(file, key).length === 0 || isGuarded(model, file, key) || (key.kind === "template" && key.texts[0] !== "")) return true;
  const around = loopAround(model, file, key);
  return around?.place === false && (isFiltered(model, file, around.list) || isCheckedList(model, file, around.list, key));
}

/** Whether a list is what a filter has let through: `Object.keys(body).filter((key) => allowed.includes(key))`. */
function isFiltered(model: ProjectModel, file: string, list: Expression, depth = 0): boolean {
  if (list.kind === "call" && list.callee.kind === "member" && list.callee.property === "filter") return list.arguments.some((test) => test.kind === "function" && looksUp(test.function));
  const source = list.kind === "name" && list.binding !== undefined ? model.values.index(file).sources[list.binding] : undefined;
  return source?.kind === "value" && source.value !== undefined && source.path.length === 0 && depth < deepest && isFiltered(model, file, source.value, depth + 1);
}

/** Whether the function around a loop looks all its keys up before: `keys.every((key) => allowed.includes(key))`. */
function isCheckedList(model: ProjectModel, file: string, list: Expression, { span }: Expression): boolean {
  if (list.kind !== "name") return false;
  const { calls } = model.values.index(file);
  return calls.some(({ node }) => {
    if (node.kind !== "call" || node.callee.kind !== "member" || !/^(every|some|find|filter)$/.test(node.callee.property) || node.span[1] > span[0]) return false;
    const { object } = node.callee;
    return object.kind === "name" && object.binding === list.binding && node.arguments.some((test) => test.kind === "function" && looksUp(test.function));
  });
}

/** `(key) => allowed.includes(key)`, `(key) => !allowed.has(key)`, `(key) => key in columns` */
function looksUp({ body }: FunctionNode): boolean {
  return someNode(body ?? [], (part) => (part.kind === "call" && part.callee.kind === "member" && /^(includes|has|hasOwn|hasOwnProperty|indexOf)$/.test(part.callee.property)) || (part.kind === "binary" && part.operator === "in"));
}
