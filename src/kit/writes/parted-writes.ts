import { within } from "../../base/position.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, someNode, type SyntaxNode } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { waits } from "./outside-waits.js";
import { keptIn } from "./transactions.js";
import { sharesTarget, type Write } from "./write-subjects.js";

/** Whether the code itself holds two writes apart: it waits for something outside between them, or nobody waits for the second. */
export function areParted(model: ProjectModel, file: string, node: FunctionNode, first: Write, second: Write): boolean {
  return isSplitByOutside(model, file, node, first, second) || isSplitByWork(model, file, node, first, second) || isUnawaited(model, file, first, second) || isPutOff(model, file, second) || isReckonedAnew(model, file, node, first, second) || isRest(model, file, first, second) || isMadeUpFor(model, file, node, first, second);
}

/** Whether a write is made in the other: by a function that it is handed, `useCredit(account, async () => keep(file))`, or that it calls, `(async () => keep(file))()`. */
export function isGivenTo(first: Write, second: Write): boolean {
  return first.node !== first.operation.node && within(second.node.span, first.node.span);
}

/** A request to the outside between two writes: a transaction cannot hold both without waiting for it. */
function isSplitByOutside(model: ProjectModel, file: string, node: FunctionNode, first: Write, second: Write): boolean {
  return model.transactions.summaryOf(file, node).outside.some(({ kind, span, calls }) => {
    const at = calls[0]?.call.span ?? span;
    return waits(kind) && at[0] >= first.node.span[1] && at[1] <= second.node.span[0];
  });
}

/** Whether what stands between is tried, and its failure puts right by hand what the first did: `try { await deliver(); } catch (error) { order.state = former; await orders.save(order); throw error; }`. */
function isMadeUpFor(model: ProjectModel, file: string, node: FunctionNode, first: Write, second: Write): boolean {
  const { operations } = model.transactions.contentOf(file, node);
  return someNode(node.body ?? [], (part) => part.kind === "try" && part.span[0] >= first.node.span[1] && part.span[1] <= second.node.span[0] && part.handler !== undefined && operations.some((operation) => operation.role === "write" && part.handler?.body.some((statement) => within(operation.span, statement.span)) === true && sharesTarget(operation, first.operation)));
}

/** Work that takes its time, where it cannot be followed: `await runChecks(run)`, `await generateReport(order)`. */
const takesTime = /^(run|perform|generate|render|scan|crawl|download|upload|transcribe|summari[sz]e)[A-Z]/;

/** Whether the second notes what came of work that the first was made for. */
function isSplitByWork(model: ProjectModel, file: string, node: FunctionNode, first: Write, second: Write): boolean {
  const { calls } = model.transactions.contentOf(file, node);
  const isBetween = ({ span }: Expression): boolean => span[0] >= first.node.span[1] && span[1] <= second.node.span[0];
  const isStore = (call: CallExpression | NewExpression): boolean => model.dataAccess.at(file, call) !== undefined || model.transactions.summaryOf(file, node).outer.some((use) => use.calls[0]?.call === call);
  return calls.some((call) => (takesTime.test(lastName(call.callee)) || isGuardedWork(call)) && isBetween(call) && !isStore(call));
}

/** Work that something repeats, limits or breaks off: `resilience.run(() => provider.ask(order))`, `retry(() => pay(order))`. */
function isGuardedWork({ callee, arguments: given }: CallExpression | NewExpression): boolean {
  return /^(with)?_?(run|execute|fire|retry|attempt|timeout)(Async|WithRetry|WithTimeout)?$/i.test(lastName(callee)) && given.some(({ kind }) => kind === "function");
}

/** Whether nobody waits for the second: `publish(job).then(async () => note(done))`, or `this.sync(rows);` of an asynchronous function. */
function isUnawaited(model: ProjectModel, file: string, first: Write, { node, operation }: Write): boolean {
  const { parentOf, functions } = model.values.index(file);
  // The chain behind which the write is made, where it is made in one.
  let chain: SyntaxNode | undefined;
  for (let at: SyntaxNode = node, parent = parentOf(at); parent; at = parent, parent = parentOf(at)) {
    if (isClassNode(parent)) return false;
    if (isFunctionNode(parent)) {
      const call: CallExpression | NewExpression | undefined = functions.get(parent)?.passedTo?.call;
      if (call?.callee.kind !== "member" || !/^(then|finally)$/.test(call.callee.property) || within(first.node.span, call.span)) return false;
      chain = parent = call;
    } else if (parent.kind === "expression" || (parent.kind === "unary" && parent.operator === "void")) {
      if (chain === at) return true;
      if (at === node && (parent.kind === "unary" || (node !== operation.node && isAsync(model, file, node)))) return true;
    } else if (chain === at && (parent.kind === "member" || (parent.kind === "call" && within(at.span, parent.callee.span)))) chain = parent;
  }
  return false;
}

/** Whether all that the second writes is reckoned from rows that were read since the first: `const stats = await reviews.average(place); await places.update(place, { rating: stats.average })`. The next time puts it right. */
function isReckonedAnew(model: ProjectModel, file: string, node: FunctionNode, first: Write, { node: at, operation }: Write): boolean {
  const { parentOf } = model.values.index(file);
  const { operations } = model.transactions.contentOf(file, node);
  const isChanged = (read: StoreOperation): boolean => operations.some((write) => write.role === "write" && write.span[1] <= read.span[0] && sharesTarget(write, read));
  const read = operations.filter((one) => /^(read|list|count)$/.test(one.role) && one.span[0] >= first.node.span[1] && one.span[1] <= at.span[0] && isChanged(one)).flatMap((one) => keptIn(parentOf, one.node)?.bindings ?? []);
  const values = operation.data.flatMap((row) => (row.kind === "object" ? row.members : []));
  return at === operation.node && operation.write === "update" && read.length > 0 && values.length > 0 && values.every((member) => member.kind === "property" && someNode([member.value], (part) => part.kind === "name" && part.binding !== undefined && read.includes(part.binding)));
}

/** Whether both write rows that are gathered in one list, which is emptied between them: `if (rows.length > most) { await insertMany(rows); rows = []; }`, and the rest behind the loop. */
function isRest(model: ProjectModel, file: string, first: Write, second: Write): boolean {
  const lists = ({ node }: Write): readonly number[] => (node.kind === "template" ? [] : node.arguments.flatMap((argument) => (argument.kind === "name" && argument.binding !== undefined ? [argument.binding] : [])));
  const isEmpty = (value: Expression): boolean => (value.kind === "array" && value.elements.length === 0) || (value.kind === "literal" && value.value === 0);
  const cleared = model.values.index(file).partAssignments.filter(({ target, value }) => target.kind === "member" && target.property === "length" && isEmpty(value)).map(({ target }) => target);
  return first.text === second.text && lists(first).some((list) => lists(second).includes(list) && (model.requestData.assignedTo(file, list).some(isEmpty) || cleared.some((target) => target.kind === "member" && target.object.kind === "name" && target.object.binding === list)));
}

/** Whether the second is left for when the answer is sent: `waitUntil(note(order))`, `after(() => note(order))`. */
function isPutOff(model: ProjectModel, file: string, { node }: Write): boolean {
  const { parentOf } = model.values.index(file);
  for (let parent = parentOf(node); parent; parent = parentOf(parent)) if ("kind" in parent && parent.kind === "call" && /^(waitUntil|after|defer|setImmediate|setTimeout)$/.test(lastName(parent.callee))) return true;
  return false;
}

function isAsync(model: ProjectModel, file: string, call: Write["node"]): boolean {
  const callees = call.kind === "call" ? model.transactions.callees(file, call) : [];
  return callees.length > 0 && callees.every((callee) => callee.node.async === true);
}
