import { within } from "../base/position.js";
import { lastName } from "../facts/names.js";
import type { Expression, FunctionNode } from "../facts/syntax.js";
import { isClassNode, isFunctionNode, someNode, type SyntaxNode } from "../facts/walk.js";
import type { ProjectModel } from "../model/project-model.js";
import { isIndependent } from "./handled-failures.js";
import { waits } from "./outside-waits.js";
import { isRepeatable } from "./repeatable-writes.js";
import { keptIn, sharesStore } from "./transactions.js";
import { revokes, targetOf, type Write } from "./write-subjects.js";

/** The first two writes of one store that one call of the function makes both. */
export function writesTogether(model: ProjectModel, file: string, node: FunctionNode, writes: readonly Write[], belong: (first: Write, second: Write) => boolean): readonly [Write, Write] | undefined {
  const some = writes.filter((write) => !isIndependent(model, file, write.node, node, writes)).slice(0, 12);
  for (const [index, second] of some.entries())
    for (const first of some.slice(0, index)) {
      if (isRepeatable(model, file, first) || revokes(first) || isGate(model, file, first) || readsOn(model, file, second) || isGivenTo(first, second) || !sharesStore(model, first.operation, second.operation) || isSplitByOutside(model, file, node, first, second) || isLeftBehind(model, file, node, first, second) || isCompensation(model, file, first.node, second.node) || isUndone(model, file, first, second) || isAfterFailure(model, file, node, first, second) || isProgress(model, file, node, first, second) || isRepeated(first, second) || excludeEachOther(model, file, node, first, second)) continue;
      if (model.transactions.onOnePath(file, node, new Set([first.node, second.node])) > 1 && belong(first, second)) return [first, second];
    }
  return undefined;
}

/** A call that asks whether to go on, and notes on the way that it was asked: `const valid = await verifyCode(code)`. */
function isGate(model: ProjectModel, file: string, { node, operation }: Write): boolean {
  if (node === operation.node || node.kind !== "call") return false;
  return (/^(verify|check|validate|authenticate|authori[sz]e|claim|acquire|resolve)(?![a-z])/.test(lastName(node.callee)) && isAsked(model, file, node)) || /error$/i.test(keptName(model, file, node) ?? "");
}

/** A call for what it gives, which keeps something on the way: `const user = await currentSession(request)`. */
function readsOn(model: ProjectModel, file: string, { node, operation }: Write): boolean {
  return node !== operation.node && node.kind === "call" && /^(get|find|fetch|load|read|check|verify|validate)(?![a-z])/.test(lastName(node.callee)) && !/OrCreate|OrMake|OrInsert/.test(lastName(node.callee)) && isAsked(model, file, node);
}

/** The name of the variable that a call's answer is kept in. */
function keptName(model: ProjectModel, file: string, node: Write["node"]): string | undefined {
  const { parentOf } = model.values.index(file);
  let at = parentOf(node);
  while (at && "kind" in at && at.kind === "await") at = parentOf(at);
  const target = at && "kind" in at && at.kind === "variable" && at.declarators.length === 1 ? at.declarators[0]?.target : undefined;
  return target?.kind === "binding" ? model.facts(file).bindings[target.binding]?.name : undefined;
}

/** Whether what a call gives is kept or tested. */
function isAsked(model: ProjectModel, file: string, node: Write["node"]): boolean {
  const { parentOf } = model.values.index(file);
  if ((keptIn(parentOf, node)?.bindings.length ?? 0) > 0) return true;
  for (let at = parentOf(node); at && "kind" in at; at = parentOf(at)) {
    if (at.kind === "if") return at.then.every((statement) => !within(node.span, statement.span)) && (at.else ?? []).every((statement) => !within(node.span, statement.span));
    if (at.kind !== "await" && at.kind !== "unary" && at.kind !== "binary" && at.kind !== "member" && at.kind !== "cast") return false;
  }
  return false;
}

/** Whether a write is made by a function that is handed to the other: `useCredit(account, async () => keep(file))`. */
function isGivenTo(first: Write, second: Write): boolean {
  return first.node !== first.operation.node && first.node.kind === "call" && first.node.arguments.some((argument) => within(second.node.span, argument.span));
}

/** A request to the outside between two writes: a transaction cannot hold both without waiting for it. */
function isSplitByOutside(model: ProjectModel, file: string, node: FunctionNode, first: Write, second: Write): boolean {
  return model.transactions.summaryOf(file, node).outside.some(({ kind, span, calls }) => {
    const at = calls[0]?.call.span ?? span;
    return waits(kind) && at[0] >= first.node.span[1] && at[1] <= second.node.span[0];
  });
}

/** Whether a write belongs to what nobody waits for, `void publish(job).then(() => note(done))`: the function has ended by then. */
function isLeftBehind(model: ProjectModel, file: string, around: FunctionNode, first: Write, second: Write): boolean {
  const { parentOf } = model.values.index(file);
  for (let at = parentOf(second.node); at && at !== around; at = parentOf(at)) {
    if (isClassNode(at) || isFunctionNode(at) || at.kind !== "call" || at.callee.kind !== "member" || !/^(then|finally)$/.test(at.callee.property) || !at.arguments.some((argument) => within(second.node.span, argument.span))) continue;
    // Where the chain begins with the first write, or stands in what is done when that is, one follows the other.
    let chain: SyntaxNode = at;
    for (let outer = parentOf(chain); outer && "kind" in outer && (outer.kind === "member" || (outer.kind === "call" && within(chain.span, outer.callee.span))); outer = parentOf(chain)) chain = outer;
    if (within(first.node.span, chain.span)) return false;
    const statement = parentOf(chain);
    const dropped = statement && "kind" in statement && (statement.kind === "expression" || (statement.kind === "unary" && statement.operator === "void"));
    if (dropped) return model.values.index(file).functionAround(first.node)?.node === model.values.index(file).functionAround(chain)?.node;
  }
  return false;
}

/** Whether two writes note how far work on one row has come, with the work between them: `running`, then `done`. */
function isProgress(model: ProjectModel, file: string, node: FunctionNode, first: Write, second: Write): boolean {
  const [before, after] = [first.operation, second.operation];
  if (first.node !== before.node || second.node !== after.node || targetOf(before) !== targetOf(after) || after.write !== "update") return false;
  const made = keptIn((part) => model.values.index(file).parentOf(part), before.node)?.bindings ?? [];
  const sameRow = before.write === "update" ? sharesCondition(before.filter, after.filter) : after.filter.some((part) => mentions(part, new Set(made)));
  const works = model.transactions.contentOf(file, node).calls.some(({ span }) => span[0] >= before.span[1] && span[1] <= after.span[0] && !model.dataAccess.of(file).some((operation) => within(span, operation.span)));
  return sameRow && works;
}

/** Whether two filters have a condition in common: `{ id }` and `{ id, status: "running" }`. */
function sharesCondition(left: readonly Expression[], right: readonly Expression[]): boolean {
  const conditions = (filter: readonly Expression[]): readonly string[] => filter.flatMap((part) => (part.kind === "object" ? part.members.map(shapeOf) : [shapeOf(part)]));
  const known = new Set(conditions(left));
  return conditions(right).some((condition) => known.has(condition));
}

/** A piece of code without its places, to compare it with another. */
function shapeOf(node: object): string {
  return JSON.stringify(node, (key, value: unknown) => (/span$/i.test(key) ? undefined : value));
}

/** The same call again, with the same arguments: what it writes the second time, it has written. */
function isRepeated(first: Write, second: Write): boolean {
  return first.node !== first.operation.node && shapeOf(first.node) === shapeOf(second.node);
}

/** Whether two writes stand under conditions that contradict each other: `if (found && !wanted)` and `if (!found && wanted)`. */
function excludeEachOther(model: ProjectModel, file: string, node: FunctionNode, first: Write, second: Write): boolean {
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

function mentions(node: SyntaxNode, bindings: ReadonlySet<number>): boolean {
  return someNode([node], (part) => part.kind === "name" && part.binding !== undefined && bindings.has(part.binding));
}

/** Whether a write stands in the handler of an error, to make undone what was written before. */
function isCompensation(model: ProjectModel, file: string, first: SyntaxNode, second: SyntaxNode): boolean {
  const { parentOf } = model.values.index(file);
  for (let at = second, parent = parentOf(at); parent; at = parent, parent = parentOf(at)) {
    if (isClassNode(parent) || isFunctionNode(parent)) continue;
    // `call().then(() => first()).catch(() => second())`
    if (parent.kind === "call" && lastName(parent.callee) === "catch" && at !== parent.callee && within(first.span, parent.callee.span)) return true;
    if (parent.kind === "try" && parent.handler?.body.some((statement) => statement === at) && !parent.handler.body.some((statement) => within(first.span, statement.span))) return true;
  }
  return false;
}

/** Whether a write stands in a `try` whose handler takes away again what the first made. */
function isUndone(model: ProjectModel, file: string, first: Write, second: Write): boolean {
  const { parentOf } = model.values.index(file);
  for (let at: SyntaxNode = second.node, parent = parentOf(at); parent; at = parent, parent = parentOf(at)) {
    if (isClassNode(parent) || isFunctionNode(parent) || parent.kind !== "try" || !parent.handler || !parent.body.some((statement) => statement === at)) continue;
    const { handler } = parent;
    if (model.dataAccess.of(file).some((operation) => operation.write === "delete" && targetOf(operation) === targetOf(first.operation) && handler.body.some((statement) => within(operation.span, statement.span)))) return true;
  }
  return false;
}

/** Whether a write stands where what the first gave says that it failed: `if (result.isFailed())`, `if (!made)`. */
function isAfterFailure(model: ProjectModel, file: string, around: FunctionNode, first: Write, second: Write): boolean {
  const { parentOf } = model.values.index(file);
  const given = new Set(keptIn((part) => parentOf(part), first.node)?.bindings ?? []);
  if (given.size === 0) return false;
  const isGiven = (part: Expression): boolean => part.kind === "name" && part.binding !== undefined && given.has(part.binding);
  const saysFailed = (test: Expression): boolean => {
    if (test.kind === "unary" && test.operator === "!") return isGiven(test.value) || (test.value.kind === "member" && isGiven(test.value.object) && /^(ok|success|succeeded)$/.test(test.value.property));
    const asked = test.kind === "call" ? test.callee : test;
    return asked.kind === "member" && isGiven(asked.object) && /^(is)?(err|error|fail|failed|failure|left)$/i.test(asked.property);
  };
  let inner: SyntaxNode = second.node;
  for (let at = parentOf(inner); at && at !== around; inner = at, at = parentOf(at)) if ("kind" in at && at.kind === "if" && at.then.some((statement) => statement === inner) && saysFailed(at.test)) return true;
  return false;
}
