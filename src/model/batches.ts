import type { Expression } from "../facts/syntax.js";
import { isClassNode, walkAll } from "../facts/walk.js";
import { dataAccessOf } from "./data-access.js";
import type { ProjectModel } from "./project-model.js";

/** Steps from a statement up to the list it is part of. */
const mostHops = 16;
const collecting = new Set(["push", "unshift", "concat", "map", "flatMap", "filter", "flat"]);

/**
 * Whether a statement becomes part of a batch: it stands in its list, or in a variable that is handed to one as a list,
 * by `map` or by `push`. The statements of a batch run in its transaction.
 */
export function isInBatch(model: ProjectModel, file: string, node: Expression): boolean {
  const index = model.values.index(file);
  let at = index.parentOf(node);
  for (let hops = 0; at && hops < mostHops; at = index.parentOf(at), hops++) {
    if (isClassNode(at) || !("kind" in at)) continue;
    if (at.kind === "await" || at.kind === "throw" || at.kind === "loop") return false;
    if (at.kind === "variable") return at.declarators.some(({ target, value }) => target.kind === "binding" && value !== undefined && holds(value, node) && isBatched(model, file, target.binding, node));
    if (at.kind === "assign" && at.target.kind === "name" && at.target.binding !== undefined) return isBatched(model, file, at.target.binding, node);
    if (at.kind !== "call") continue;
    if (isBatch(model, file, at)) return true;
    if (at.callee.kind === "member" && collecting.has(at.callee.property) && at.callee.object.kind === "name" && at.callee.object.binding !== undefined && isBatched(model, file, at.callee.object.binding, node)) return true;
  }
  return false;
}

function isBatch(model: ProjectModel, file: string, node: Expression): boolean {
  return (dataAccessOf(model).at(file, node)?.batch.length ?? 0) > 0;
}

/** Whether a variable is given to a batch, around the statement it holds. */
function isBatched(model: ProjectModel, file: string, binding: number, node: Expression): boolean {
  const index = model.values.index(file);
  let batched = false;
  let around = index.functionAround(node);
  while (around?.parent) around = around.parent;
  walkAll(around?.node.body ?? index.facts.body, (part) => {
    if (batched || isClassNode(part) || !("kind" in part) || part.kind !== "name" || part.binding !== binding) return undefined;
    // `db.batch(writes)`, `db.batch([...writes, last])`, `db.batch(writes as [First, ...Rest])`.
    for (let at = index.parentOf(part), hops = 0; at && "kind" in at && hops < 4; at = index.parentOf(at), hops++) {
      if (at.kind === "call") batched ||= isBatch(model, file, at);
      if (at.kind !== "array" && at.kind !== "spread" && at.kind !== "cast") break;
    }
    return undefined;
  });
  return batched;
}

function holds(outer: Expression, inner: Expression): boolean {
  return inner.span[0] >= outer.span[0] && inner.span[1] <= outer.span[1];
}
