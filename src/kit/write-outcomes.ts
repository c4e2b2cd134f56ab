import { within } from "../base/position.js";
import { lastName } from "../facts/names.js";
import type { Expression, FunctionNode } from "../facts/syntax.js";
import { type CodeNode, isClassNode, isFunctionNode, someNode, type SyntaxNode } from "../facts/walk.js";
import type { ProjectModel } from "../model/project-model.js";
import { keptIn } from "./transactions.js";
import { targetOf, type Write } from "./write-subjects.js";
import { shapeOf } from "./write-ties.js";

/** Whether two writes stand under conditions that contradict each other: `if (found && !wanted)` and `if (!found && wanted)`. */
export function excludeEachOther(model: ProjectModel, file: string, node: FunctionNode, first: Write, second: Write): boolean {
  const before = conditionsOf(model, file, node, first.node);
  return before.size > 0 && [...conditionsOf(model, file, node, second.node)].some((condition) => before.has(condition.startsWith("!") ? condition.slice(1) : `!${condition}`));
}

/** The conditions under which a place of a function is reached, each as a shape, negated ones with `!` in front. */
function conditionsOf(model: ProjectModel, file: string, node: FunctionNode, place: Expression): ReadonlySet<string> {
  const { parentOf } = model.values.index(file);
  const found = new Set<string>();
  const add = (test: Expression): void => {
    if (test.kind === "binary" && test.operator === "&&") {
      add(test.left);
      add(test.right);
    } else if (test.kind === "unary" && test.operator === "!") found.add(`!${shapeOf(test.value)}`);
    // What a call answers may be another thing the next time.
    else if (test.kind === "name" || test.kind === "member") found.add(shapeOf(test));
  };
  let inner: SyntaxNode = place;
  for (let at = parentOf(place); at && at !== node; inner = at, at = parentOf(at)) if ("kind" in at && at.kind === "if" && at.then.some((statement) => statement === inner)) add(at.test);
  return found;
}

/** Calls that take back what was done before. */
const takesBack = /^(revert|roll_?[bB]ack|undo|compensate|unwind)(?![a-z])/;

/** Whether the second makes undone what was written before, or is made where the first failed or gave nothing: in the handler of its error, behind `if (!made)` or `if (made) return`, by the name of what is called. */
export function isTakenBack(model: ProjectModel, file: string, node: FunctionNode, first: Write, second: Write): boolean {
  const { parentOf } = model.values.index(file);
  const made = new Set(keptIn((part) => parentOf(part), first.node)?.bindings ?? []);
  const mentions = (part: SyntaxNode): boolean => within(first.node.span, part.span) || someNode([part], (inner) => inner.kind === "name" && inner.binding !== undefined && made.has(inner.binding));
  if (second.node.kind === "call" && takesBack.test(lastName(second.node.callee))) return true;
  const removes = second.operation.write === "delete" && targetOf(second.operation) === targetOf(first.operation);
  if (removes && second.operation.filter.some(mentions)) return true;
  for (let at: SyntaxNode = second.node, parent = parentOf(at); parent; at = parent, parent = parentOf(at)) {
    if (isClassNode(parent) || isFunctionNode(parent)) continue;
    // `call().then(() => first()).catch(() => second())`
    if (parent.kind === "call" && lastName(parent.callee) === "catch" && at !== parent.callee && within(first.node.span, parent.callee.span)) return true;
    if (parent.kind === "try" && parent.handler?.body.some((statement) => statement === at) && !parent.handler.body.some((statement) => within(first.node.span, statement.span))) return true;
    if (parent.kind === "if" && parent.then.some((statement) => statement === at) && ((mentions(parent.test) && saysFailed(parent.test)) || (removes && first.operation.write === "insert"))) return true;
  }
  const leaves = (part: CodeNode): boolean => part.kind === "if" && part.span[0] >= first.node.span[1] && part.span[1] <= second.node.span[0] && part.then.at(-1)?.kind === "return" && mentions(part.test) && !saysFailed(part.test);
  return someNode(node.body ?? [], leaves) || isUndone(model, file, node, first, second);
}

/** Whether the first is taken away again where the second fails: `if (!saved.ok) await remove(made.id)`. */
function isUndone(model: ProjectModel, file: string, node: FunctionNode, first: Write, second: Write): boolean {
  const { parentOf } = model.values.index(file);
  const given = new Set(keptIn((part) => parentOf(part), second.node)?.bindings ?? []);
  return model.transactions.contentOf(file, node).operations.some((operation) => {
    if (operation.write !== "delete" || operation.span[0] < second.node.span[1] || targetOf(operation) !== targetOf(first.operation)) return false;
    for (let at: SyntaxNode = operation.node, parent = parentOf(at); parent && parent !== node; at = parent, parent = parentOf(at)) {
      if (isClassNode(parent) || isFunctionNode(parent)) continue;
      if (parent.kind === "try" && parent.handler?.body.some((statement) => statement === at)) return true;
      if (parent.kind === "if" && saysFailed(parent.test) && someNode([parent.test], (part) => part.kind === "name" && part.binding !== undefined && given.has(part.binding))) return true;
    }
    return false;
  });
}

/** `!made`, `made.count === 0`, `result.isFailed()` */
function saysFailed(test: Expression): boolean {
  if (test.kind === "unary" && test.operator === "!") return true;
  if (test.kind === "binary" && /^(===?|<)$/.test(test.operator)) return true;
  return /^(is)?(err|error|fail|failed|failure|left)$/i.test(lastName(test.kind === "call" ? test.callee : test));
}
