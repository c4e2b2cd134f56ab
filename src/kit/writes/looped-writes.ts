import { within } from "../../base/position.js";
import type { Expression, FunctionNode } from "../../facts/syntax.js";
import { type CodeNode, someNode, walk } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import { isBackground } from "./background-work.js";
import { countsShown, isCounted } from "./counted-writes.js";
import { directlyIn, type GivenValue, givenTo, isPartOf, valuesIn } from "./given-values.js";
import { isIndependent } from "./handled-failures.js";
import { reachesOutside } from "./outside-waits.js";
import { isMadeWhereMissing, leavesOutPresent, mayStay } from "./repeatable-writes.js";
import { receiverText } from "../project/store-uses.js";
import { bindingsOf, keptIn } from "./transactions.js";
import { drains, isChunked, isEndless, type Repetition, repetitionOf } from "./write-loops.js";
import { effectOf, isOwnKey, rowOf } from "./write-rows.js";
import type { Write } from "./write-subjects.js";
import { isNamed } from "./write-ties.js";

/** A write that happens once for each element of a list that is shown to be one change; with `untied`, of any. */
export function loopedWrite(model: ProjectModel, file: string, node: FunctionNode, writes: readonly Write[], untied: boolean): Write | undefined {
  return writes.find((write) => {
    if ((write.operation.many && !isForElement(model, write, node)) || isIndependent(model, file, write.node, node, writes)) return false;
    return model.transactions.onOnePath(file, node, new Set([write.node])) > 1 && (untied || belongTogether(model, file, node, write, writes));
  });
}

/** What one row is found by, also under the name that another system gave it: `slackId`, `sku_code`. */
const keyName = /(^|_)(id|uuid|key|code|slug)$|[a-z](Id|ID|Uuid|Key|Code|Slug)$/;

/** Functions that bring rows to what something else says, and are run again until they are: `seedRoles`, `setServerFromConfig`. */
const bringsUp = /FromConfig$|^(?:seed|sync|synchroni[sz]e|bootstrap|ensure|initiali[sz]e|reconcile)(?![a-z])/;

/** A loop whose turns stand for themselves: it goes on for ever, in portions, or over what is left, notes or decides for each element, or waits in between. */
function isDoneApart(model: ProjectModel, file: string, loop: Repetition, write: Write, around: FunctionNode): boolean {
  if (isEndless(loop) || isChunked(loop) || drains(model, file, loop) || waitsInLoop(model, file, loop, around)) return true;
  return (loop.subject !== undefined && leavesOutPresent(model, file, loop.subject)) || notesOutcomes(model, file, loop, write) || decidesEach(loop, write);
}

/** Whether the rows that a loop writes are one change: they are counted, are for something the function made, or for what its caller named. */
function belongTogether(model: ProjectModel, file: string, around: FunctionNode, write: Write, writes: readonly Write[]): boolean {
  const loop = repetitionOf(model, file, write.node, around);
  if (!loop || bringsUp.test(around.name ?? "") || mayStay(model, file, write) || isMadeWhereMissing(model, file, write) || isDoneApart(model, file, loop, write, around)) return false;
  const { sources } = model.values.index(file);
  const { bindings } = model.facts(file);
  const given = givenTo(model, file, write);
  const isOwn = ({ binding }: GivenValue): boolean => binding === loop.counter || within(bindings[binding]?.span ?? [0, 0], loop.node.span);
  if (!given.some(isOwn) && !takesElement(loop, write)) return false;
  if (isCounted(model, file, write)) return !countsShown(write);
  // What other functions do to each element stands for itself; one statement after the other is what one bulk statement says.
  const effect = effectOf(model, file, write);
  if (effect !== "insert" && (effect === "upsert" || !isOneStatement(model, file, write))) return false;
  const made = writes.flatMap((other) => (within(other.node.span, loop.node.span) || effectOf(model, file, other) !== "insert" ? [] : rowOf(model, file, other)));
  if (given.some((value) => made.some((row) => isPartOf(row, value)))) return true;
  // Each row of a job is done for itself, and done again if it was not.
  if (isBackground(model, file, around) || loop.subject === undefined) return false;
  // New rows are there twice after another attempt, also where the list was made of what the caller named: `members.filter(isActive)`.
  const named = effect === "insert" ? valuesIn(model, file, loop.subject) : directlyIn(model, file, loop.subject);
  return named.some((value) => sources[value.binding]?.kind === "parameter" && isNamed(value));
}

/** Whether a write is given what stands at the place that a loop counts to: `close(ids[index])`. */
function takesElement({ subject, counter }: Repetition, { node }: Write): boolean {
  return subject?.kind === "name" && counter !== undefined && someNode([node], (part) => part.kind === "index" && part.object.kind === "name" && part.object.binding === subject.binding);
}

/** Whether a write is one statement: it stands there, or is all that a method of a repository does, `orders.close(id)`. */
function isOneStatement(model: ProjectModel, file: string, { node, operation }: Write): boolean {
  if (node === operation.node) return true;
  if (node.kind === "template") return false;
  const callees = model.transactions.callees(file, node);
  return callees.length > 0 && callees.every((callee) => {
    const { operations, calls } = model.transactions.contentOf(callee.file, callee.node);
    return model.layerOf(callee.file).layer === "repository" && operations.length === 1 && operations[0]?.node === operation.node && calls.every((call) => call === operation.node || within(call.span, operation.span)) && !repetitionOf(model, callee.file, operation.node, callee.node);
  });
}

/** Whether a statement that could change many rows is made for one element: `Row.update(row, { where: { id: row.id } })`, `update(Row, { id }, row)`, `close(id)`. */
function isForElement(model: ProjectModel, write: Write, around: FunctionNode): boolean {
  const { node, operation } = write;
  if (operation.write === "insert") return false;
  const { sources } = model.values.index(operation.file);
  const isElement = (part: Expression): boolean => {
    if (part.kind === "index") return part.index.kind === "name";
    const source = part.kind === "name" && part.binding !== undefined ? sources[part.binding] : undefined;
    return source?.kind === "element" || (source?.kind === "parameter" && (source.function !== around || node !== operation.node));
  };
  return operation.filter.some((filter) => {
    let found = false;
    walk(filter, (part) => {
      if (!("kind" in part)) return !found;
      // `{ id: { in: chunk.ids } }` is for many.
      if (part.kind === "object" && part.members.some((member) => member.kind === "computed" || (member.kind === "property" && /^(in|\$in)$/.test(member.key)))) return false;
      found ||= part.kind === "member" && isElement(part.object);
      found ||= part.kind === "object" && part.members.some((member) => member.kind === "property" && (isOwnKey(member.key, { ...write, node: operation.node }) || (node === operation.node && !namesMany(operation) && keyName.test(member.key))) && isElement(member.value));
      return !found;
    });
    return found;
  });
}

/** `deleteMany({ where: { teamId } })` is for what hangs on an element, however many that is. */
function namesMany({ methods }: Write["operation"]): boolean {
  return methods.some((method) => /Many|bulk/i.test(method));
}

/** A loop that notes for each element how it went, `failures.push(row)`, `results.push({ id, success: false })`, or goes on as the write says: `if (done) continue`. */
function notesOutcomes(model: ProjectModel, file: string, { node }: Repetition, write: Write): boolean {
  const tells = (given: Expression): boolean => given.kind === "object" && given.members.some((member) => member.kind === "property" && /^(success|ok|failed|error|errors)$/.test(member.key));
  const notes = (call: CodeNode): boolean => call.kind === "call" && call.callee.kind === "member" && call.callee.property === "push" && (/(fail|error|skip|reject)\w*\.push$/i.test(receiverText(call.callee)) || call.arguments.some(tells));
  const made = keptIn((part) => model.values.index(file).parentOf(part), write.node)?.bindings ?? [];
  const mentions = (part: Expression): boolean => someNode([part], (inner) => inner.kind === "name" && inner.binding !== undefined && made.includes(inner.binding));
  const asks = (part: CodeNode): boolean => part.kind === "if" && mentions(part.test) && (/^(return|throw|continue|break)$/.test(part.then.at(-1)?.kind ?? "") || !model.dataAccess.of(file).some((operation) => operation.role === "write" && within(operation.span, part.span)));
  return someNode([node], (part) => notes(part) || asks(part));
}

/** A loop that asks of each element whether it is to be written, by something it waits for: `if (await isUsed(tag)) continue`. */
function decidesEach({ node }: Repetition, write: Write): boolean {
  const asked = new Set<number>();
  const isAsked = (part: Expression): boolean => someNode([part], (inner) => inner.kind === "await" || (inner.kind === "name" && inner.binding !== undefined && asked.has(inner.binding)));
  return someNode([node], (part) => {
    if (part.kind === "variable" && part.span[1] <= write.node.span[0]) for (const { target, value } of part.declarators) if (value && isAsked(value)) for (const binding of bindingsOf(target)) asked.add(binding);
    return part.kind === "if" && part.span[0] <= write.node.span[0] && isAsked(part.test) && (within(write.node.span, part.span) || part.then.at(-1)?.kind === "continue");
  });
}

/** A loop that sends a request, queues a job or keeps a file for each element: a transaction around it would wait for them all. */
function waitsInLoop(model: ProjectModel, file: string, { node }: Repetition, around: FunctionNode): boolean {
  const { span } = node;
  return model.transactions.contentOf(file, around).calls.some((call) => within(call.span, span) && reachesOutside(model, file, around, call)) || model.transactions.summaryOf(file, around).outside.some(({ kind, span: own, calls }) => kind === "queue" && within(calls[0]?.call.span ?? own, span));
}
