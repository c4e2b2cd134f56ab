import { within } from "../base/position.js";
import { lastName } from "../facts/names.js";
import type { FunctionNode } from "../facts/syntax.js";
import { isClassNode, isFunctionNode, type SyntaxNode } from "../facts/walk.js";
import type { ProjectModel } from "../model/project-model.js";
import { isIndependent } from "./handled-failures.js";
import { waits } from "./outside-waits.js";
import { isBatched } from "./looped-writes.js";
import { isRepeatable } from "./repeatable-writes.js";
import { keptIn, sharesStore } from "./transactions.js";
import { endsBehind, excludeEachOther, isAfterFailure, isCompensation, isUndone } from "./write-outcomes.js";
import { isProgress, isRepeated, isWrittenOver } from "./write-progress.js";
import { revokes, type Write } from "./write-subjects.js";

/** The first two writes of one store that one call of the function makes both. */
export function writesTogether(model: ProjectModel, file: string, node: FunctionNode, writes: readonly Write[], belong: (first: Write, second: Write) => boolean): readonly [Write, Write] | undefined {
  const some = writes.filter((write) => !isIndependent(model, file, write.node, node, writes)).slice(0, 12);
  for (const [index, second] of some.entries())
    for (const first of some.slice(0, index)) {
      if (isRepeatable(model, file, first) || revokes(first) || isGate(model, file, first) || readsOn(model, file, second) || isGivenTo(first, second) || !sharesStore(model, first.operation, second.operation) || isSplitByOutside(model, file, node, first, second) || isLeftBehind(model, file, node, first, second) || isCompensation(model, file, first.node, second.node) || isUndone(model, file, first, second) || endsBehind(model, file, node, first, second) || isAfterFailure(model, file, node, first, second) || isProgress(model, file, node, first, second) || isWrittenOver(first, second) || isBatched(model, second) || isBatched(model, first) || isUnawaited(model, file, second) || isRepeated(first, second) || excludeEachOther(model, file, node, first, second)) continue;
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
  return node !== operation.node && node.kind === "call" && /^(get|find|fetch|load|read|check|verify|validate)(?![a-z])/.test(lastName(node.callee)) && !/OrCreate|OrMake|OrInsert|And[A-Z]/.test(lastName(node.callee)) && (isAsked(model, file, node) || isReturned(model, file, node));
}

/** A call of an asynchronous function that nobody waits for: `this.sync(rows);` goes on when the function has ended. */
function isUnawaited(model: ProjectModel, file: string, { node, operation }: Write): boolean {
  if (node === operation.node || node.kind !== "call") return false;
  const parent = model.values.index(file).parentOf(node);
  const callees = model.transactions.callees(file, node);
  return parent !== undefined && "kind" in parent && parent.kind === "expression" && callees.length > 0 && callees.every((callee) => callee.node.async === true);
}

/** `return this.find(id)` */
function isReturned(model: ProjectModel, file: string, node: Write["node"]): boolean {
  const { parentOf } = model.values.index(file);
  let at = parentOf(node);
  while (at && "kind" in at && at.kind === "await") at = parentOf(at);
  return at !== undefined && "kind" in at && at.kind === "return" && node.kind === "call" && /^(get|find|load|read)/.test(lastName(node.callee));
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
