import { within } from "../base/position.js";
import { lastName } from "../facts/names.js";
import type { Expression, FunctionNode, LoopStatement } from "../facts/syntax.js";
import { isFunctionNode, someNode, walk } from "../facts/walk.js";
import type { ProjectModel } from "../model/project-model.js";
import { isIndependent } from "./handled-failures.js";
import { reachesOutside } from "./outside-waits.js";
import { isRepeatable } from "./repeatable-writes.js";
import { receiverText } from "./store-uses.js";
import { endsWithFirst } from "./write-outcomes.js";
import { revokes, type Write } from "./write-subjects.js";

/** A write that happens once for each element of a list. */
export function loopedWrite(model: ProjectModel, file: string, node: FunctionNode, writes: readonly Write[]): Write | undefined {
  return writes.find((write) => (!write.operation.many || isForElement(model, file, write, node)) && !isRepeatable(model, file, write) && !revokes(write) && !isChunk(model, file, write, node) && !notesOutcomes(model, file, write, node) && !waitsInLoop(model, file, write, node) && !notesProgress(model, file, write, node) && !endsWithFirst(model, file, node, write) && !isBatchLoop(model, file, loopAround(model, file, write.node, node), write.node) && model.transactions.onOnePath(file, node, new Set([write.node])) > 1 && !isIndependent(model, file, write.node, node, writes));
}

/** Whether a statement that could change many rows is made for one element: `Row.update(row, { where: { id: row.id } })`. */
function isForElement(model: ProjectModel, file: string, { node, operation }: Write, around: FunctionNode): boolean {
  if (node !== operation.node || operation.write === "insert") return false;
  const { sources } = model.values.index(file);
  return operation.filter.some((filter) => {
    let found = false;
    walk(filter, (part) => {
      if (!("kind" in part)) return !found;
      // `{ id: { in: chunk.ids } }` is for many.
      if (part.kind === "object" && part.members.some((member) => member.kind === "computed" || (member.kind === "property" && /^(in|\$in)$/.test(member.key)))) return false;
      const source = part.kind === "member" && part.object.kind === "name" && part.object.binding !== undefined ? sources[part.object.binding] : undefined;
      found ||= source?.kind === "element" || (source?.kind === "parameter" && source.function !== around);
      return !found;
    });
    return found;
  });
}

/** A statement for some rows at a time, repeated until none is left. */
function isChunk(model: ProjectModel, file: string, { node, operation }: Write, around: FunctionNode): boolean {
  const { parentOf } = model.values.index(file);
  for (let at = parentOf(node); at && at !== around; at = parentOf(at)) if ("kind" in at && at.kind === "loop") return (operation.sql !== undefined || operation.write === "delete") && operation.write !== "insert" && (at.subject === undefined || isChunked(at.subject));
  return false;
}

/** Whether a call goes through rows some at a time until none is left: no transaction is to hold all of them. */
export function isBatched(model: ProjectModel, { node, operation }: Write): boolean {
  const { file } = operation;
  const around = operation.in?.node;
  if (node === operation.node || !around) return false;
  // `whereIn("id", rows.limit(100)).delete()`, which is repeated until there are none.
  if (operation.write === "delete" && someNode([operation.node], (part) => part.kind === "call" && lastName(part.callee) === "limit")) return true;
  const loop = loopAround(model, file, operation.node, around);
  return loop !== undefined && loop.subject === undefined && (operation.limit.length > 0 || operation.filter.some((filter) => isLimited(model, file, filter)) || isBatchLoop(model, file, loop, operation.node));
}

/** Whether a loop over nothing reads a limited list first, and works on that. */
function isBatchLoop(model: ProjectModel, file: string, loop: LoopStatement | undefined, node: Expression): boolean {
  return loop !== undefined && loop.subject === undefined && model.dataAccess.of(file).some((operation) => operation.role === "list" && operation.limit.length > 0 && within(operation.span, loop.span) && operation.span[1] <= node.span[0]);
}

/** A filter that a limited list is written out in. */
function isLimited(model: ProjectModel, file: string, filter: Expression): boolean {
  return model.dataAccess.of(file).some((operation) => operation.limit.length > 0 && within(operation.span, filter.span));
}

/** The nearest loop around a place of a function. */
function loopAround(model: ProjectModel, file: string, node: Expression, around: FunctionNode): LoopStatement | undefined {
  const { parentOf } = model.values.index(file);
  for (let at = parentOf(node); at && at !== around; at = parentOf(at)) if ("kind" in at && at.kind === "loop") return at;
  return undefined;
}

/** `chunk(ids, 100)`, `idBatches`. */
function isChunked(subject: Expression): boolean {
  return /chunk|batch(es)?$/i.test(subject.kind === "call" ? lastName(subject.callee) : subject.kind === "name" ? subject.name : "");
}

/** A loop over nothing that changes one row each time, to note how far it has come: `while (done < all) await setProgress(id, done)`. */
function notesProgress(model: ProjectModel, file: string, { node, operation }: Write, around: FunctionNode): boolean {
  const loop = loopAround(model, file, node, around);
  if (!loop || loop.subject !== undefined || operation.write !== "update") return false;
  const row = node === operation.node ? operation.filter : node.kind === "template" ? [] : node.arguments;
  const { bindings } = model.facts(file);
  return row.length > 0 && !someNode(row, (part) => part.kind === "name" && part.binding !== undefined && within(bindings[part.binding]?.span ?? [0, 0], loop.span));
}

/** A loop that notes for each element how it went: `failures.push(row)`. */
function notesOutcomes(model: ProjectModel, file: string, { node }: Write, around: FunctionNode): boolean {
  const { parentOf } = model.values.index(file);
  for (let at = parentOf(node); at && at !== around; at = parentOf(at))
    if (isFunctionNode(at) || ("kind" in at && at.kind === "loop")) {
      const { span } = at;
      if (model.values.index(file).calls.some(({ node: call }) => call.kind === "call" && within(call.span, span) && /(fail|error|skip|reject)\w*\.push$/i.test(receiverText(call.callee)))) return true;
    }
  return false;
}

/** A loop that sends a request, queues a job or keeps a file for each element: a transaction around it would wait for them all. */
function waitsInLoop(model: ProjectModel, file: string, write: Write, around: FunctionNode): boolean {
  const { parentOf } = model.values.index(file);
  for (let at = parentOf(write.node); at && at !== around; at = parentOf(at)) {
    const { span } = at;
    if (!isFunctionNode(at) && !("kind" in at && at.kind === "loop")) continue;
    if (model.transactions.contentOf(file, around).calls.some((call) => within(call.span, span) && reachesOutside(model, file, around, call))) return true;
    if (model.transactions.summaryOf(file, around).outside.some(({ kind, span: own, calls }) => kind === "queue" && within(calls[0]?.call.span ?? own, span))) return true;
  }
  return false;
}
