import { within } from "../../base/position.js";
import { lastName } from "../../facts/names.js";
import type { Expression, FunctionNode } from "../../facts/syntax.js";
import { someNode, type SyntaxNode, walkAll } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { changedBy } from "./changed-members.js";
import { directlyIn, type GivenValue } from "./given-values.js";
import { keptIn } from "./transactions.js";
import { askedFor, foundBy, rowOf, shapeOf } from "./write-rows.js";
import { sharesTarget, type Write } from "./write-subjects.js";

/**
 * The rows for which another attempt is refused once a change is made, or by which it does not find its row any more, with the keys
 * that they were found by: `if (order.status !== "open") throw …; await order.update({ status: "sent" })`, and
 * `findMany({ where: { sent: false } })` before `update({ sent: true })`.
 */
export function refusedAgain(model: ProjectModel, file: string, first: Write): readonly RefusedValue[] {
  const put = changedBy(model, file, first);
  if (put.size === 0) return [];
  const own = rowOf(model, file, first);
  const around = model.values.index(file).functionAround(first.node)?.node;
  const { bindings } = model.facts(file);
  const rows = new Set<number>();
  const read = around ? model.transactions.contentOf(file, around).operations.flatMap((operation) => (operation.role === "read" && operation.span[1] <= first.node.span[0] ? (keptIn(model.values.index(file).parentOf, operation.node)?.bindings ?? []) : [])) : [];
  const alike = around && first.node === first.operation.node ? readAlike(model, file, around, first, true) : [];
  const isOwn = (binding: number): boolean => alike.includes(binding) || own.some((row) => row.binding === binding) || foundBy(model, file, first, { binding, path: [], text: "" }).some((key) => own.some((row) => row.binding === key.binding && row.path.join(".") === key.path.join(".")));
  for (const binding of [...own.map((row) => row.binding), ...read.filter(isOwn)]) if (changesWhatWasAsked(put, queriesOf(model, file, binding))) rows.add(binding);
  walkAll(around?.body ?? [], (part) => {
    if ("parameters" in part) return false;
    if ("kind" in part && part.kind === "if" && part.span[1] <= first.node.span[0] && /^(return|throw|continue)$/.test(part.then.at(-1)?.kind ?? "")) for (const binding of refusing(part.test, put)) if (isOwn(binding)) rows.add(binding);
    return true;
  });
  return [...rows].flatMap((binding) => {
    const keys = queriesOf(model, file, binding).flatMap((query) => directlyIn(model, file, query));
    return [{ binding, path: [], text: bindings[binding]?.name ?? "" }, ...keys.map((key) => ({ ...key, alone: keys.length === 1 }))];
  });
}

/** Such a row, or what it was found by: alone, or with others. */
interface RefusedValue extends GivenValue {
  readonly alone?: boolean;
}

/** Whether another attempt is refused where the first has put a value into a list: `if (event.guests.includes(user)) throw …; await events.updateOne({ id }, { $addToSet: { guests: user } })`. */
export function refusesMember(model: ProjectModel, file: string, first: Write): boolean {
  const { operation } = first;
  const added = operation.data.flatMap((row) => (row.kind === "object" ? row.members.flatMap((member) => (member.kind === "property" && /^\$(addToSet|push)$/.test(member.key) && member.value.kind === "object" ? member.value.members : [])) : []));
  const around = model.values.index(file).functionAround(first.node)?.node;
  if (added.length === 0 || first.node !== operation.node || !around) return false;
  const read = new Set(readAlike(model, file, around, first));
  const list = (node: Expression): Expression => (node.kind === "binary" && /^(\?\?|\|\|)$/.test(node.operator) ? node.left : node);
  const looksUp = (part: SyntaxNode): boolean => {
    if (!("kind" in part) || part.kind !== "call" || part.callee.kind !== "member" || !/^(includes|some|find)$/.test(part.callee.property)) return false;
    const held = list(part.callee.object);
    return held.kind === "member" && held.object.kind === "name" && held.object.binding !== undefined && read.has(held.object.binding) && added.some((member) => member.kind === "property" && member.key === held.property);
  };
  return someNode(around.body ?? [], (part) => part.kind === "if" && part.span[1] <= first.node.span[0] && /^(return|throw|continue)$/.test(part.then.at(-1)?.kind ?? "") && part.test.kind !== "unary" && someNode([part.test], looksUp));
}

/** The names of rows of the same table that a function read before a write, by a condition of that write; with `whole`, by all of them. */
export function readAlike(model: ProjectModel, file: string, around: FunctionNode, { node, operation }: Write, whole = false): readonly number[] {
  const conditions = ({ filter }: StoreOperation): readonly string[] => filter.flatMap((part) => (part.kind === "object" ? part.members.map(shapeOf) : [shapeOf(part)]));
  const known = new Set(conditions(operation));
  const isAlike = (asked: readonly string[]): boolean => (whole ? asked.length === known.size && asked.every((condition) => known.has(condition)) : asked.some((condition) => known.has(condition)));
  return model.transactions.contentOf(file, around).operations.flatMap((read) => ((read.role === "read" || read.role === "list") && read.span[1] <= node.span[0] && sharesTarget(read, operation) && isAlike(conditions(read)) ? (keptIn(model.values.index(file).parentOf, read.node)?.bindings ?? []) : []));
}

/** What the rows of a variable were asked for with, those of the list that it is an element of. */
function queriesOf(model: ProjectModel, file: string, binding: number): readonly Expression[] {
  const source = model.values.index(file).sources[binding];
  if (source?.kind === "element") return source.subject === undefined ? [] : queriesIn(model, file, source.subject);
  return source?.kind === "value" && source.value ? queriesIn(model, file, source.value) : [];
}

function queriesIn(model: ProjectModel, file: string, made: Expression): readonly Expression[] {
  if (made.kind === "name") {
    const source = made.binding === undefined ? undefined : model.values.index(file).sources[made.binding];
    return source?.kind === "value" && source.value && source.value.kind !== "name" ? [...queriesIn(model, file, source.value), ...askedFor(model, file, { binding: made.binding ?? 0, path: [], text: "" })] : [];
  }
  return model.dataAccess.of(file).flatMap((read) => ((read.role === "read" || read.role === "list") && within(read.span, made.span) ? read.filter : []));
}

/** `{ where: { sent: false } }` and `{ sent: true }` */
function changesWhatWasAsked(put: ReadonlyMap<string, Expression>, queries: readonly Expression[]): boolean {
  return someNode(queries, (part) => {
    if (part.kind === "object") return part.members.some((member) => member.kind === "property" && isOther(member.value, put.get(member.key)));
    // `eq(rows.sent, false)`, `isNull(rows.sentAt)`, `where("sent", false)`
    if (part.kind !== "call") return false;
    const [column, ...values] = part.arguments;
    const name = column?.kind === "member" ? column.property : column?.kind === "literal" ? String(column.value) : "";
    const value = put.get(name);
    return /^isNull$/.test(lastName(part.callee)) ? value !== undefined && isSomething(value) : /^(eq|where|andWhere)$/.test(lastName(part.callee)) && isOther(values.at(-1), value);
  });
}

/** The rows by which a test leaves the function once what it asks for is changed. */
function refusing(test: Expression, put: ReadonlyMap<string, Expression>): readonly number[] {
  const asked = (node: Expression): { readonly row: number; readonly value: Expression } | undefined => {
    const inner = node.kind === "call" && node.callee.kind === "member" && node.arguments.length === 0 ? node.callee.object : node;
    const value = inner.kind === "member" ? put.get(inner.property) : undefined;
    return inner.kind === "member" && value && inner.object.kind === "name" && inner.object.binding !== undefined ? { row: inner.object.binding, value } : undefined;
  };
  const when = (node: Expression, says: (value: Expression) => boolean): readonly number[] => {
    const found = asked(node);
    return found && says(found.value) ? [found.row] : [];
  };
  if (test.kind === "binary" && test.operator === "||") return [...refusing(test.left, put), ...refusing(test.right, put)];
  if (test.kind === "binary" && test.operator === "&&") {
    const [left, right] = [refusing(test.left, put), refusing(test.right, put)];
    // `found && found.done`
    return test.left.kind === "name" ? right : left.length > 0 ? right : [];
  }
  if (test.kind === "binary" && /^!==?$/.test(test.operator)) return when(test.left, (value) => isOther(test.right, value));
  if (test.kind === "binary" && /^===?$/.test(test.operator)) return when(test.left, (value) => isKnown(value) && shapeOf(value) === shapeOf(test.right));
  if (test.kind === "unary" && test.operator === "!") return isIncludes(test.value) ? when(test.value.arguments[0], (value) => isKnown(value) && !listsIt(test.value, value)) : when(test.value, isNothing);
  if (isIncludes(test)) return when(test.arguments[0], (value) => listsIt(test, value));
  return when(test, isSomething);
}

type Includes = Extract<Expression, { kind: "call" }> & { readonly arguments: readonly [Expression] };

/** `["open", "held"].includes(order.status)` */
function isIncludes(node: Expression): node is Includes {
  return node.kind === "call" && node.callee.kind === "member" && node.callee.property === "includes" && node.callee.object.kind === "array" && node.arguments.length === 1;
}

function listsIt(node: Expression, value: Expression): boolean {
  return node.kind === "call" && node.callee.kind === "member" && node.callee.object.kind === "array" && node.callee.object.elements.some((element) => shapeOf(element) === shapeOf(value));
}

/** Whether what is put is another value than what was asked for; of what a variable holds that is not known. */
function isOther(asked: Expression | undefined, put: Expression | undefined): boolean {
  if (!asked || !put) return false;
  return isNothing(asked) ? isSomething(put) : isKnown(asked) && (isKnown(put) || put.kind === "new") && shapeOf(asked) !== shapeOf(put);
}

/** `"open"`, `false`, `State.Open`, `"open" as const` */
function isKnown(node: Expression): boolean {
  if (node.kind === "cast") return isKnown(node.value);
  return node.kind === "literal" || (node.kind === "member" && node.object.kind === "name" && /^[A-Z]/.test(node.object.name)) || (node.kind === "member" && node.object.kind === "member" && /^[A-Z]/.test(node.object.property));
}

const isNothing = (node: Expression): boolean => node.kind === "literal" && (node.value === null || node.value === false || node.value === 0);

/** `true`, `new Date()`, `State.Done`, `now()` */
function isSomething(node: Expression): boolean {
  return node.kind === "new" || node.kind === "call" || (isKnown(node) && !isNothing(node)) || (node.kind === "name" && /^now$|date|time/i.test(node.name));
}
