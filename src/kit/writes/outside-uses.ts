import { type Span, within } from "../../base/position.js";
import { findLibrary, newStep } from "../../catalogue/index.js";
import type { CallExpression, Expression, NewExpression } from "../../facts/syntax.js";
import { someNode, statementLists, type SyntaxNode, walkAll } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { SummaryUse } from "../../model/data/summary.js";
import { isBestEffort, isDealtWith, isWrittenBeforeThrow } from "./handled-failures.js";
import type { OpenTransaction } from "./open-transactions.js";
import { expectsDuplicate } from "./repeatable-writes.js";
import { isSkipped } from "./skipped-operations.js";
import { receiverText } from "../project/store-uses.js";
import { bindingsOf, carries, clientsOf, keptIn, sharesLibrary, sharesStore } from "./transactions.js";
import { isAside } from "./write-subjects.js";

/** A use of the store, while a transaction is open, that is not part of it. */
export interface OutsideUse {
  /** Where it stands in the code of the transaction. */
  readonly at: Span;
  readonly operation: StoreOperation;
  /** It opens a transaction of its own. */
  readonly opens: boolean;
  /** The call of a function of the project that it stands in, if it does. */
  readonly through?: CallExpression | NewExpression;
  /** All that this function does past the handle is to read. */
  readonly reads?: boolean;
}

/** Whether an operation asks the store at once, as opposed to what only makes or describes something. */
export function reachesStore({ role }: StoreOperation): boolean {
  return reaching.has(role);
}

const reaching = new Set<StoreOperation["role"]>(["read", "list", "write", "statement", "transaction", "begin"]);

/** What reaches the store past the handle of an open transaction: by itself, or through a function of the project. */
export function* usesOutside(model: ProjectModel, open: OpenTransaction): Iterable<OutsideUse> {
  const { file, node, span, opener } = open;
  const { outer, passed } = model.transactions.summaryOf(file, node);
  const begun = opener.file === file ? (keptIn(model.values.index(file).parentOf, opener.node)?.bindings ?? []) : [];
  // A client that the caller passed, and of which the transaction was begun here, is the outer one as well.
  const own = clientsOf(model, file, opener.receiver.root, open.carriers);
  const besides = passed.filter(({ operation: { receiver: { root }, handle: given }, calls }) => calls.length === 0 && !given.some((part) => carries(model, file, part, open.carriers)) && [root, ...given].some((part) => part.kind === "name" && part.binding !== undefined && own.has(part.binding)));
  for (const use of [...outer, ...besides]) {
    const { operation, calls } = use;
    const { root } = operation.receiver;
    // `tx ?? db` of a function that is handed the transaction.
    const given = use.unless === undefined ? undefined : node.parameters[use.unless];
    if (given && bindingsOf(given.target).some((binding) => open.carriers.has(binding))) continue;
    // What deals with its own failure is to hold whatever becomes of the rest, and what nobody waits for is no part of it.
    if (isDealtWith(model, use, file, node) || isKeptAside(model, use) || isWrittenBeforeThrow(model, use) || (calls.length === 0 && expectsDuplicate(model, file, operation.node)) || isSkipped(model, use)) continue;
    // What the begin gave is the handle, whatever else the name may hold: `(await outer?.transaction()) ?? (await db.transaction())`.
    if (calls.length === 0 && root.kind === "name" && root.binding !== undefined && begun.includes(root.binding)) continue;
    if (calls.length === 0 && opener.receiver.session === "handle" && root.kind === "name" && root.binding !== undefined && open.carriers.has(root.binding)) continue;
    const at = calls[0]?.call.span ?? operation.span;
    // A library that runs synchronously has one connection.
    if (!within(at, span) || isBehindEnd(open, at) || (operation === opener && (calls.length === 0 || !alwaysOpens(model, opener))) || operation.execution === "sync" || !reachesStore(operation) || !sharesStore(model, opener, operation)) continue;
    const opens = operation.role === "transaction" || operation.role === "begin";
    const [step] = calls;
    if (step && (isPassedOn(model, open, use) || isBoundBehind(model, open, step.call))) continue;
    if (!step && (!keepsSession(operation) || isNewRow(model, file, operation))) yield { at, operation, opens };
    if (step && isHelperOutside(model, open, use)) yield { at, operation, opens, through: step.call, reads: [...outer, ...besides].every((one) => one.calls[0]?.call !== step.call || onlyReads(model.transactions.withGivenText(one)) || isPassedOn(model, open, one)) };
  }
}

/** Whether what runs functions in a transaction of its own does so each time, and asks for none that is open already. */
function alwaysOpens(model: ProjectModel, { file, node }: StoreOperation): boolean {
  const around = model.values.index(file).functionAround(node)?.node;
  return around !== undefined && !someNode(around.body ?? [], (part) => part.kind === "if" || part.kind === "conditional" || part.kind === "try" || (part.kind === "binary" && /^(\?\?|\|\||&&)$/.test(part.operator)));
}

/** Whether a call on the way hands the handle to where the function uses its own client otherwise: `find(id, client)` of `(id, client?) => (client ?? pool).query(…)`. */
function isPassedOn(model: ProjectModel, { file, carriers }: OpenTransaction, { operation, calls }: SummaryUse): boolean {
  return calls.some((step) => {
    if (step.file !== file) return false;
    const { outer, passed } = model.transactions.summaryOf(step.callee.file, step.callee.node);
    const places = [...outer.map((one) => ({ ...one, place: one.unless })), ...passed.map((one) => ({ ...one, place: one.parameter }))];
    return places.some((one) => one.operation === operation && one.place !== undefined && step.call.arguments.slice(one.place, one.place + 1).some((argument) => carries(model, file, argument, carriers)));
  });
}

/** Whether what a function gives is taken into the transaction where it is called: `ordersOf(db).insert(row).transacting(trx)`. */
function isBoundBehind(model: ProjectModel, { file, carriers }: OpenTransaction, call: SyntaxNode): boolean {
  const { parentOf } = model.values.index(file);
  for (let node = call, parent = parentOf(call); parent && "kind" in parent; node = parent, parent = parentOf(parent)) {
    const isNext = parent.kind === "member" ? parent.object === node : parent.kind === "call" && parent.callee === node;
    if (!isNext) return false;
    if (parent.kind === "call" && parent.arguments.some((argument) => carries(model, file, argument, carriers))) return true;
  }
  return false;
}

/** Whether an operation reads; to take a connection and to give it back changes nothing either. */
const onlyReads = (operation: StoreOperation): boolean => operation.role === "read" || operation.role === "list" || !reachesStore(operation);

/** Whether a record about what is done keeps its own failure to itself, and so is to hold whatever becomes of the rest: `await logEvent("Order placed")`. */
function isKeptAside(model: ProjectModel, use: SummaryUse): boolean {
  const [step] = use.calls;
  return step !== undefined && step.call.kind === "call" && isBestEffort(model, use) && isAside(model, { node: step.call, text: receiverText(step.call.callee), operation: use.operation });
}

/** Whether the transaction was ended before in the same branch: `await transaction.rollback(); await tell(user);`. */
function isBehindEnd({ node, span, ends = [] }: OpenTransaction, at: Span): boolean {
  const lists: (readonly SyntaxNode[])[] = [];
  walkAll(node.body ?? [], (part) => {
    if (!within(at, part.span)) return false;
    lists.push(...statementLists(part));
    return undefined;
  });
  return [node.body ?? [], ...lists].some((list) => {
    const place = list.findIndex((statement) => within(at, statement.span));
    return list.slice(0, Math.max(place, 0)).some((statement) => "kind" in statement && statement.kind === "expression" && ends.some((end) => within(end.span, statement.span) && within(end.span, [span[0], at[0]])));
  });
}

/** Whether an operation is one of a row that remembers the transaction it was read or made in. */
function keepsSession({ package: name, receiver }: StoreOperation): boolean {
  return receiver.kind === "document" && findLibrary(name)?.store?.rowsKeepSession === true;
}

/** Whether a row was made right here and given no session: `await new Order(fields).save()`. */
function isNewRow(model: ProjectModel, file: string, { receiver: { root, value } }: StoreOperation): boolean {
  if (value.provenance.path.at(-2) !== newStep) return false;
  return root.kind === "new" || (root.kind === "name" && root.binding !== undefined && !model.values.index(file).calls.some(({ node: { callee } }) => callee.kind === "member" && callee.property === "$session" && callee.object.kind === "name" && callee.object.binding === root.binding));
}

function isParameter(model: ProjectModel, file: string, node: Expression): boolean {
  return node.kind === "name" && node.binding !== undefined && model.values.index(file).sources[node.binding]?.kind === "parameter";
}

/** Whether a function of the project goes past the handle for sure: it is not given it, or uses its own client beside it. */
function isHelperOutside(model: ProjectModel, { file, node, carriers }: OpenTransaction, { operation, calls }: SummaryUse): boolean {
  const [step] = calls;
  if (!step) return false;
  const { call, callee } = step;
  const uses = model.transactions.summaryOf(file, node).outer;
  // What a caller hands to a function on the way is told where that stands, and may be another caller's.
  if (calls.some((one) => isParameter(model, one.file, one.call.callee))) return false;
  const isSure = model.transactions.callees(file, call).every((one) => uses.some((use) => use.calls[0]?.call === call && use.calls[0].callee.node === one.node && sharesLibrary(use.operation, operation)));
  if (!isSure) return false;
  const carried = (part: Expression): boolean => carries(model, file, part, carriers);
  // `const found = await Model.findOne(filter).session(session); await found.save()`
  if (keepsSession(operation) && call.arguments.some(carried)) return false;
  // What the function has no parameter for does not reach it.
  const taken = callee.node.parameters.some(({ rest }) => rest) ? call.arguments : call.arguments.slice(0, callee.node.parameters.length);
  if (!taken.some(carried) && !carried(call.callee)) return true;
  const { passed } = model.transactions.summaryOf(callee.file, callee.node);
  return calls.length === 1 && call.arguments.some((argument, index) => argument.kind === "name" && carried(argument) && passed.some(({ parameter, operation: other }) => parameter === index && sharesLibrary(other, operation)));
}
