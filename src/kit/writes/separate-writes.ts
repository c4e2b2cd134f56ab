import { lastName } from "../../facts/names.js";
import type { Expression, FunctionNode } from "../../facts/syntax.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { CallStep } from "../../model/data/summary.js";
import { isLeftWithoutHandle } from "./chosen-handles.js";
import { isBestEffort } from "./handled-failures.js";
import { reachesOutside } from "./outside-waits.js";
import { importedPackages } from "../layering/persistence.js";
import { receiverText } from "../project/store-uses.js";
import { keptIn, operationText } from "./transactions.js";
import { withTransacted, writesByThemselves } from "./transacted-writes.js";
import { isAside, isHandedTo, isToAside, type Write } from "./write-subjects.js";

/** Stores in which several writes can be one. */
const families = new Set<StoreOperation["family"]>(["sql", "mongo", "firestore", "dynamodb"]);

const lifecycle = /^(listen|bootstrap|connect|disconnect|shutdown|dispose)$|^(init|initiali[sz]e)(?![a-z])/;

/** Whether a call brings something up or down, which writes when its time comes: `worker.start()`, and no `trips.start(id)`. */
function isLifecycle({ callee, arguments: given }: CallStep["call"]): boolean {
  const name = lastName(callee);
  return lifecycle.test(name) || (given.length === 0 && /^(start|stop)$/.test(name));
}

/** The writes that belong to a function's own run, in source order, one for each place; those of the transactions that it opens among them. */
export function separateWrites(model: ProjectModel, file: string, node: FunctionNode): readonly Write[] {
  const { transactions } = model;
  const writes = new Map<Expression, Write>();
  const add = (write: Write): void => {
    if (!writes.has(write.node) && families.has(write.operation.family) && !transactions.isHandedIn(file, write.node) && !isAside(model, write) && !isLeftWithoutHandle(model, file, write.node)) writes.set(write.node, write);
  };
  for (const use of transactions.summaryOf(file, node).outer) {
    const { calls, unless } = use;
    const operation = transactions.withGivenText(use);
    if (operation.role !== "write" || (unless !== undefined && !transactions.isLeftOut(node, unless)) || transactions.mayRunInContext(operation, node) || calls.slice(1).some(isToAside) || calls.some((step) => isGivenByUser(model, step)) || isBestEffort(model, use)) continue;
    const call = calls[0]?.call;
    if (!call || operation.node === call) for (const run of runsOf(model, file, node, operation)) add({ node: run, text: run === operation.node ? operationText(operation) : receiverText(run), operation });
    else if (!isLifecycle(call) && !reachesOutside(model, file, node, call) && transactions.callees(file, call).every((callee) => writesAlways(model, callee.file, callee.node) || operation !== use.operation)) add({ node: call, text: receiverText(call.callee), operation });
  }
  for (const write of writesByThemselves(model, file, node)) if (write.node.kind !== "template" && !isLifecycle(write.node) && !reachesOutside(model, file, node, write.node)) add(write);
  // Where a framework calls the function, the client that it is given is the outer one; a manager may be that of a transaction.
  for (const { operation, calls, parameter } of transactions.summaryOf(file, node).passed)
    if (calls.length === 0 && operation.role === "write" && !/^(tx|trx|transaction)$/i.test(receiverText(operation.receiver.root)) && usesClient(operation) && !operation.receiver.value.provenance.path.includes("EntityManager") && transactions.isGivenOutside(file, node, parameter)) add({ node: operation.node, text: operationText(operation), operation });
  return inOrder(withTransacted(model, file, node, [...writes.values()]).filter((write) => write.unit === undefined || (families.has(write.operation.family) && !isAside(model, write))));
}

/** Writes in the order in which they are done: as they are written, but one whose result another is handed in front of that. */
function inOrder(writes: readonly Write[]): readonly Write[] {
  const placeOf = (write: Write): number => {
    const outer = writes.find((other) => isHandedTo(write, other));
    return outer ? placeOf(outer) - 1 : write.node.span[0];
  };
  return writes.map((write) => ({ write, place: placeOf(write) })).sort((left, right) => left.place - right.place).map(({ write }) => write);
}

/** Whether a statement uses the client itself, or a model, and could be given the handle beside its arguments and here is not. */
function usesClient({ receiver, takesHandle, handle }: StoreOperation): boolean {
  return handle.length === 0 && (receiver.session === "client" || (receiver.kind === "model" && receiver.session === undefined && takesHandle));
}

/** Where a statement runs: `const insert = db.prepare(text)` runs nothing yet, `insert.run(values)` does, each time. */
function runsOf(model: ProjectModel, file: string, around: FunctionNode, { node }: StoreOperation): readonly Write["node"][] {
  if (node.kind !== "call" || lastName(node.callee) !== "prepare") return [node];
  const prepared = keptIn((part) => model.values.index(file).parentOf(part), node)?.bindings ?? [];
  return model.transactions.contentOf(file, around).calls.filter(({ callee }) => callee.kind === "member" && /^(run|execute)$/.test(callee.property) && callee.object.kind === "name" && callee.object.binding !== undefined && prepared.includes(callee.object.binding));
}

/**
 * Whether a call runs a function, and no method, of a package that the calling one does not know: the user of a library gave it as a
 * callback or an option, and what it writes is that user's.
 */
function isGivenByUser(model: ProjectModel, { file, callee }: CallStep): boolean {
  const [own, other] = [model.packageOf(file), model.packageOf(callee.file)];
  return own !== other && own.kind === "library" && model.values.index(callee.file).functions.get(callee.node)?.member === undefined && !importedPackages(model, own).includes(other);
}

function writesAlways(model: ProjectModel, file: string, node: FunctionNode): boolean {
  const { outer, passed, made } = model.transactions.summaryOf(file, node);
  return [...outer, ...passed, ...made].some(({ operation }) => operation.role === "write");
}
