import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression } from "../../facts/syntax.js";
import { isClassNode, walkAll } from "../../facts/walk.js";
import { callGraphOf } from "../calls/call-graph.js";
import { dataAccessOf } from "./data-access.js";
import type { BindingSource, FileIndex } from "../modules/file-index.js";
import type { ProjectModel } from "../project-model.js";

/** Steps from a statement up to the list it is part of. */
const mostHops = 16;
/** Variables that a list goes through. */
const mostNames = 2;
const collecting = new Set(["push", "unshift", "concat", "map", "flatMap", "filter", "flat"]);

/**
 * Whether a statement becomes part of a batch: it stands in its list, or in a variable that is handed to one as a list,
 * by `map` or by `push`. The statements of a batch run in its transaction.
 */
export function isInBatch(model: ProjectModel, file: string, node: Expression): boolean {
  const index = model.values.index(file);
  let at = index.parentOf(node);
  let listed = false;
  for (let hops = 0; at && hops < mostHops; at = index.parentOf(at), hops++) {
    if (isClassNode(at)) continue;
    // `rows.map((row) => db.insert(row))`
    listed ||= !("kind" in at) || at.kind === "array";
    if (!("kind" in at)) continue;
    if (at.kind === "await" || at.kind === "throw" || at.kind === "loop") return false;
    if (at.kind === "variable") return at.declarators.some(({ target, value }) => target.kind === "binding" && value !== undefined && holds(value, node) && isBatched(model, file, target.binding, node, listed));
    if (at.kind === "assign" && at.target.kind === "name" && at.target.binding !== undefined) return isBatched(model, file, at.target.binding, node, listed);
    if (at.kind !== "call") continue;
    if (isBatch(model, file, at, node)) return true;
    if (at.callee.kind === "member" && collecting.has(at.callee.property) && at.callee.object.kind === "name" && at.callee.object.binding !== undefined && (isBatched(model, file, at.callee.object.binding, node, true) || isLeft(model, file, at.callee.property, at.callee.object.binding, node))) return true;
  }
  return false;
}

/** Whether a statement that nothing has run yet is put into a list of the caller's, who runs it. */
function isLeft(model: ProjectModel, file: string, method: string, list: number, node: Expression): boolean {
  return /^(push|unshift)$/.test(method) && model.values.index(file).sources[list]?.kind === "parameter" && dataAccessOf(model).at(file, node)?.execution === "lazy";
}

/** A call that runs a list as a batch, or hands the one that `part` stands in to a function of the project that does: `const inOne = (list) => prisma.$transaction(list)`. */
function isBatch(model: ProjectModel, file: string, node: CallExpression, part: Expression, depth = 0): boolean {
  const operation = dataAccessOf(model).at(file, node);
  // Where others hand in a function, the parameter stands for that too.
  if (operation && (operation.batch.length > 0 || (depth > 0 && operation.body.length > 0))) return true;
  const position = node.arguments.findIndex((argument) => holds(argument, part));
  if (depth > 1 || position < 0) return false;
  return callGraphOf(model).callees(file, node).functions.some((callee) => {
    const { calls, sources } = model.values.index(callee.file);
    return calls.some(({ node: call, in: around }) => {
      if (call.kind !== "call" || around?.node !== callee.node) return false;
      const given = partsOf(call.arguments).find((argument) => isMadeOf(sources, argument, (source) => source.function === callee.node && source.index === position && source.path.length === 0));
      return given !== undefined && isBatch(model, callee.file, call, given, depth + 1);
    });
  });
}

/** Whether a list is a parameter, or what is cut from one: `for (const chunk of chunk(list, 100))`. */
function isMadeOf(sources: FileIndex["sources"], node: Expression, isMeant: (source: Extract<BindingSource, { kind: "parameter" }>) => boolean, depth = 0): boolean {
  const inner = (part: Expression): boolean => isMadeOf(sources, part, isMeant, depth + 1);
  if (depth > mostHops) return false;
  if (node.kind === "cast" || node.kind === "spread") return inner(node.value);
  if (node.kind === "call") return /^(chunk|slice|filter|flat|concat|splice|compact)$/i.test(lastName(node.callee)) && [...node.arguments, ...(node.callee.kind === "member" ? [node.callee.object] : [])].some(inner);
  const source = node.kind === "name" && node.binding !== undefined ? sources[node.binding] : undefined;
  if (source?.kind === "parameter") return isMeant(source);
  const held = source?.kind === "element" ? source.subject : source?.kind === "value" && source.path.length === 0 ? source.value : undefined;
  return held !== undefined && inner(held);
}

/** What is given, alone or in a list: `run(list)`, `run([...list, last])`. */
function partsOf(given: readonly Expression[]): readonly Expression[] {
  return given.flatMap((argument) => (argument.kind === "array" ? argument.elements.flatMap((element) => (element ? [element.kind === "spread" ? element.value : element] : [])) : [argument]));
}

/** Whether a variable is given to a batch, around the statement it holds, alone or in a list. */
function isBatched(model: ProjectModel, file: string, binding: number, node: Expression, listed: boolean, depth = 0): boolean {
  const index = model.values.index(file);
  // Whoever is given a list runs what nothing has run yet; a statement alone runs where it is awaited.
  const leaves = listed && dataAccessOf(model).at(file, node)?.execution === "lazy";
  let batched = false;
  let around = index.functionAround(node);
  while (around?.parent) around = around.parent;
  walkAll(around?.node.body ?? index.facts.body, (part) => {
    if (batched || isClassNode(part) || !("kind" in part) || part.kind !== "name" || part.binding !== binding) return undefined;
    // `db.batch(writes)`, `db.batch([...writes, last])`, `db.batch(writes as [First, ...Rest])`.
    for (let at = index.parentOf(part), hops = 0; at && "kind" in at && hops < 4; at = index.parentOf(at), hops++) {
      if (at.kind === "call") batched ||= isBatch(model, file, at, part);
      // `all.push(...writes)`
      if (at.kind === "call" && depth < mostNames && at.callee.kind === "member" && /^(push|unshift)$/.test(at.callee.property) && at.callee.object.kind === "name" && at.callee.object.binding !== undefined && at.callee.object.binding !== binding) batched ||= isBatched(model, file, at.callee.object.binding, node, true, depth + 1);
      // `const all = [...writes, last]`
      if (at.kind === "variable" && depth < mostNames) for (const { target, value } of at.declarators) if (target.kind === "binding" && value && holds(value, part)) batched ||= isBatched(model, file, target.binding, node, listed || value.kind === "array", depth + 1);
      if (at.kind === "return") batched ||= leaves;
      if (at.kind !== "array" && at.kind !== "spread" && at.kind !== "cast" && at.kind !== "object") break;
    }
    return undefined;
  });
  return batched;
}

function holds(outer: Expression, inner: Expression): boolean {
  return inner.span[0] >= outer.span[0] && inner.span[1] <= outer.span[1];
}
