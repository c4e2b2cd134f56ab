import { within } from "../base/position.js";
import { lastName } from "../facts/names.js";
import type { Expression, FunctionNode, Statement } from "../facts/syntax.js";
import { isClassNode, isFunctionNode, someNode, type SyntaxNode } from "../facts/walk.js";
import type { ProjectModel } from "../model/project-model.js";
import { keptIn } from "./transactions.js";
import { isBehind, shapeOf } from "./write-progress.js";
import { targetOf, type Write } from "./write-subjects.js";

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

/** Whether a write makes undone what was written before: in the handler of an error, or by the name of what is called. */
export function isCompensation(model: ProjectModel, file: string, first: SyntaxNode, second: SyntaxNode): boolean {
  const { parentOf } = model.values.index(file);
  if ("kind" in second && second.kind === "call" && takesBack.test(lastName(second.callee))) return true;
  for (let at = second, parent = parentOf(at); parent; at = parent, parent = parentOf(at)) {
    if (isClassNode(parent) || isFunctionNode(parent)) continue;
    // `call().then(() => first()).catch(() => second())`
    if (parent.kind === "call" && lastName(parent.callee) === "catch" && at !== parent.callee && within(first.span, parent.callee.span)) return true;
    if (parent.kind === "try" && parent.handler?.body.some((statement) => statement === at) && !parent.handler.body.some((statement) => within(first.span, statement.span))) return true;
  }
  return false;
}

/** Whether what the first made is taken away again where the second fails: in the handler of its `try`, or behind `if (!saved.ok)`. */
export function isUndone(model: ProjectModel, file: string, first: Write, second: Write): boolean {
  const { parentOf } = model.values.index(file);
  const made = new Set(keptIn((part) => parentOf(part), first.node)?.bindings ?? []);
  // What was just made and goes again was not to stay.
  if (second.operation.write === "delete" && targetOf(second.operation) === targetOf(first.operation) && someNode(second.operation.filter, (part) => part.kind === "name" && part.binding !== undefined && made.has(part.binding))) return true;
  const takenAway = model.dataAccess.of(file).filter((operation) => operation.write === "delete" && targetOf(operation) === targetOf(first.operation));
  const given = new Set(keptIn((part) => parentOf(part), second.node)?.bindings ?? []);
  if (given.size > 0 && takenAway.some((operation) => isBehind(parentOf, operation.node, (test) => saysFailed(test, given)))) return true;
  for (let at: SyntaxNode = second.node, parent = parentOf(at); parent; at = parent, parent = parentOf(at)) {
    if (isClassNode(parent) || isFunctionNode(parent) || parent.kind !== "try" || !parent.handler || !parent.body.some((statement) => statement === at)) continue;
    const { handler } = parent;
    if (takenAway.some((operation) => handler.body.some((statement) => within(operation.span, statement.span)))) return true;
  }
  return false;
}

/** Whether the function has ended behind the first write, also in a loop: `if (spent) { await first(); return; } await second();`. */
export function endsBehind(model: ProjectModel, file: string, around: FunctionNode, first: Write, second: Write): boolean {
  const { parentOf } = model.values.index(file);
  for (let inner: SyntaxNode = first.node, at = parentOf(inner); at && at !== around; inner = at, at = parentOf(at)) {
    // A callback that has ended says nothing of the function that runs it.
    if (isFunctionNode(at)) return false;
    const list = listsIn(at).find((statements) => statements.some((statement) => statement === inner)) ?? [];
    if (list.some((statement) => within(second.node.span, statement.span))) return false;
    if (/^(return|throw)$/.test(list.at(-1)?.kind ?? "")) return true;
  }
  return false;
}

/** Whether a write stands where what the first gave says that it failed: `if (result.isFailed())`, `if (!made)`, behind `if (made) return made`. */
export function isAfterFailure(model: ProjectModel, file: string, around: FunctionNode, first: Write, second: Write): boolean {
  const { parentOf } = model.values.index(file);
  // `const saved = await locked(async () => update());` keeps what the first gave as well.
  const context = model.values.index(file).functionAround(first.node);
  const outer = context && context.node !== around && first.node === first.operation.node ? context.passedTo?.call : undefined;
  const given = new Set([first.node, ...(outer ? [outer] : [])].flatMap((node) => keptIn((part) => parentOf(part), node)?.bindings ?? []));
  if (given.size === 0) return false;
  for (let inner: SyntaxNode = second.node, at = parentOf(inner); at; inner = at, at = parentOf(at)) {
    if ("kind" in at && at.kind === "if" && at.then.some((statement) => statement === inner) && saysFailed(at.test, given)) return true;
    const list = listsIn(at).find((statements) => statements.some((statement) => statement === inner)) ?? [];
    if (list.some((statement) => statement.span[1] <= inner.span[0] && statement.span[0] >= first.node.span[1] && statement.kind === "if" && leaves(statement.then) && saysDone(statement.test, given))) return true;
    if (at === around) return false;
  }
  return false;
}

/** Whether a loop ends as soon as a write in it has succeeded, by leaving it then: `for (…) { const saved = await attempt(); if (saved) return saved; }`. */
export function endsWithFirst(model: ProjectModel, file: string, around: FunctionNode, { node }: Write): boolean {
  const { parentOf } = model.values.index(file);
  const given = new Set(keptIn((part) => parentOf(part), node)?.bindings ?? []);
  if (given.size === 0) return false;
  for (let at = parentOf(node); at && at !== around; at = parentOf(at)) if ("kind" in at && at.kind === "loop") return at.body.some((statement) => statement.kind === "if" && leaves(statement.then) && saysDone(statement.test, given));
  return false;
}

function saysFailed(test: Expression, given: ReadonlySet<number>): boolean {
  if (test.kind === "unary" && test.operator === "!") return saysDone(test.value, given);
  const asked = test.kind === "call" ? test.callee : test;
  return asked.kind === "member" && isGiven(asked.object, given) && /^(is)?(err|error|fail|failed|failure|left)$/i.test(asked.property);
}

/** `made`, `result.ok`, `result.count > 0` */
function saysDone(test: Expression, given: ReadonlySet<number>): boolean {
  if (test.kind === "binary" && /^(>|>=|===|!==|!=)$/.test(test.operator) && test.right.kind === "literal" && (test.left.kind === "member" || test.left.kind === "name")) return (test.operator === ">" || (test.right.value === null && test.operator.startsWith("!"))) && (test.left.kind === "name" ? isGiven(test.left, given) : isGiven(test.left.object, given));
  return (isGiven(test, given) && test.kind === "name" && !/err|fail/i.test(test.name)) || (test.kind === "member" && isGiven(test.object, given) && /^(ok|success|succeeded|count|length|changes|rowCount|affected\w*)$/.test(test.property));
}

function isGiven(part: Expression, given: ReadonlySet<number>): boolean {
  return part.kind === "name" && part.binding !== undefined && given.has(part.binding);
}

/** The lists of statements that stand right below a node. */
function listsIn(node: SyntaxNode): readonly (readonly Statement[])[] {
  if (isClassNode(node)) return [];
  if (isFunctionNode(node)) return [node.body ?? []];
  switch (node.kind) {
    case "if":
      return [node.then, node.else ?? []];
    case "try":
      return [node.body, node.handler?.body ?? [], node.finalizer ?? []];
    case "loop":
    case "block":
      return [node.body];
    case "switch":
      return node.cases.map(({ body }) => body);
    default:
      return [];
  }
}

/** Whether nothing behind a list of statements is reached through them. */
function leaves(statements: readonly Statement[]): boolean {
  const last = statements.at(-1);
  if (last?.kind === "block") return leaves(last.body);
  if (last?.kind === "if") return leaves(last.then) && leaves(last.else ?? []);
  return last !== undefined && /^(return|throw|break|continue)$/.test(last.kind);
}
