import { within } from "../base/position.js";
import type { Expression, FunctionNode } from "../facts/syntax.js";
import { isClassNode, isFunctionNode, someNode, type SyntaxNode } from "../facts/walk.js";
import type { ProjectModel } from "../model/project-model.js";
import { keptIn } from "./transactions.js";
import { targetOf, type Write } from "./write-subjects.js";

/** Whether two writes note how far work on one row has come, with the work between them: `running`, then `done`. */
export function isProgress(model: ProjectModel, file: string, node: FunctionNode, first: Write, second: Write): boolean {
  const [before, after] = [first.operation, second.operation];
  if (first.node !== before.node || second.node !== after.node || targetOf(before) !== targetOf(after) || after.write !== "update") return false;
  const made = keptIn((part) => model.values.index(file).parentOf(part), before.node)?.bindings ?? [];
  const sameRow = before.write === "update" ? sharesCondition(before.filter, after.filter) : after.filter.some((part) => mentions(part, new Set(made)));
  const works = model.transactions.contentOf(file, node).calls.some(({ span }) => span[0] >= before.span[1] && span[1] <= after.span[0] && !model.dataAccess.of(file).some((operation) => within(span, operation.span)));
  return sameRow && (works || isDecidedBy(model, file, new Set(made), second));
}

/** Whether what the first write gave decides if there is a second: `if (row.failures > 3) await update({ active: false })`. */
function isDecidedBy(model: ProjectModel, file: string, made: ReadonlySet<number>, { node }: Write): boolean {
  const { parentOf, sources } = model.values.index(file);
  if (made.size === 0) return false;
  const derived = new Set([...made, ...sources.flatMap((source, binding) => (source?.kind === "value" && source.value && mentions(source.value, made) ? [binding] : []))]);
  return isBehind(parentOf, node, (test) => mentions(test, derived));
}

/** Whether a place stands in a branch of its function for which a test decides. */
export function isBehind(parentOf: (node: SyntaxNode) => SyntaxNode | undefined, node: SyntaxNode, decides: (test: Expression) => boolean): boolean {
  for (let inner = node, at = parentOf(inner); at && !isFunctionNode(at) && !isClassNode(at); inner = at, at = parentOf(at)) if (at.kind === "if" && at.then.some((statement) => statement === inner) && decides(at.test)) return true;
  return false;
}

/** Whether two writes change one row, and the second sets again all that the first has set: `{ state: "running" }`, then `{ state: "done", at }`. */
export function isWrittenOver(first: Write, second: Write): boolean {
  const [before, after] = [first.operation, second.operation];
  if (first.node !== before.node || second.node !== after.node || before.write !== "update" || after.write !== "update" || targetOf(before) !== targetOf(after) || !sharesCondition(before.filter, after.filter)) return false;
  const [set, again] = [keysOf(before.data), keysOf(after.data)];
  return set.length > 0 && set.every((key) => again.includes(key));
}

/** The keys of values that are written out; a spread or a computed key is one that no other has. */
function keysOf(data: readonly Expression[]): readonly string[] {
  return data.flatMap((row) => (row.kind === "object" ? row.members.map((member) => (member.kind === "property" ? member.key : `${member.span[0]}`)) : [`${row.span[0]}`]));
}

/** Whether two filters have a condition in common: `{ id }` and `{ id, status: "running" }`. */
function sharesCondition(left: readonly Expression[], right: readonly Expression[]): boolean {
  const conditions = (filter: readonly Expression[]): readonly string[] => filter.flatMap((part) => (part.kind === "object" ? part.members.map(shapeOf) : [shapeOf(part)]));
  const known = new Set(conditions(left));
  return conditions(right).some((condition) => known.has(condition));
}

/** A piece of code without its places, to compare it with another. */
export function shapeOf(node: object): string {
  return JSON.stringify(node, (key, value: unknown) => (/span$/i.test(key) ? undefined : value));
}

/** The same call again, with the same arguments: what it writes the second time, it has written. */
export function isRepeated(first: Write, second: Write): boolean {
  return first.node !== first.operation.node && shapeOf(first.node) === shapeOf(second.node);
}

function mentions(node: SyntaxNode, bindings: ReadonlySet<number>): boolean {
  return someNode([node], (part) => part.kind === "name" && part.binding !== undefined && bindings.has(part.binding));
}
