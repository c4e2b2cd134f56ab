import { within } from "../../base/position.js";
import { lastName } from "../../facts/names.js";
import type { Expression, FunctionNode } from "../../facts/syntax.js";
import { type CodeNode, isClassNode, isFunctionNode, someNode, type SyntaxNode } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { receiverText } from "../project/store-uses.js";
import { keptIn } from "./transactions.js";
import { shapeOf } from "./write-rows.js";
import { sharesTarget, tableNamesOf, type Write } from "./write-subjects.js";

/** Whether two writes stand under conditions that contradict each other: `if (found && !wanted)` and `if (!found && wanted)`. */
export function excludeEachOther(model: ProjectModel, file: string, node: FunctionNode, first: Write, second: Write): boolean {
  const before = conditionsOf(model, file, node, first.node);
  return before.size > 0 && [...conditionsOf(model, file, node, second.node)].some(([asked, answers]) => before.get(asked)?.every((answer) => !answers.includes(answer)) === true);
}

/** What is asked on the way to a place of a function, as a shape, with the answers that lead there. */
function conditionsOf(model: ProjectModel, file: string, node: FunctionNode, place: Expression): ReadonlyMap<string, readonly string[]> {
  const { parentOf } = model.values.index(file);
  const found = new Map<string, readonly string[]>();
  let inner: SyntaxNode = place;
  for (let at = parentOf(place); at && at !== node; inner = at, at = parentOf(at))
    if ("kind" in at && at.kind === "if" && at.then.some((statement) => statement === inner)) for (const [asked, answers] of answersOf(at.test)) found.set(asked, answers);
  return found;
}

/** `state === "open" && !paid`: each part with what it is to be. What a call answers may be another thing the next time. */
function answersOf(test: Expression): readonly (readonly [asked: string, answers: readonly string[]])[] {
  if (test.kind === "binary" && test.operator === "&&") return [...answersOf(test.left), ...answersOf(test.right)];
  if (test.kind === "binary" && test.operator === "||") {
    const openOf = (side: Expression): ReturnType<typeof answersOf> => answersOf(side).filter(([asked]) => !asked.includes(isThat));
    const [[left, ...more], [right, ...others]] = [openOf(test.left), openOf(test.right)];
    return left && right && left[0] === right[0] && more.length + others.length === 0 ? [[left[0], [...left[1], ...right[1]]]] : [];
  }
  // `state === "open"` answers what it is, and whether it is that; `state !== "open"` only the latter.
  const constant = test.kind === "binary" && /^[!=]==?$/.test(test.operator) && isNamed(test.left) ? constantOf(test.right) : undefined;
  if (test.kind === "binary" && constant !== undefined) {
    const isSo = test.operator.startsWith("=");
    const answer = [`${shapeOf(test.left)}${isThat}${constant}`, [String(isSo)]] as const;
    return isSo ? [[`${shapeOf(test.left)} is`, [constant]], answer] : [answer];
  }
  if (test.kind === "unary" && test.operator === "!") return [[shapeOf(test.value), ["false"]]];
  return isNamed(test) ? [[shapeOf(test), ["true"]]] : [];
}

/** Between what is asked about and one value that it may have. */
const isThat = " is that ";

/** A value that stays what it is: a literal, a member of an enum (`Kind.Gift`), a name in capitals. */
function constantOf(node: Expression): string | undefined {
  if (node.kind === "literal") return String(node.value);
  if (node.kind === "name") return /^[A-Z][A-Z0-9_]+$/.test(node.name) ? node.name : undefined;
  return node.kind === "member" && node.object.kind === "name" && /^[A-Z]/.test(node.object.name) ? `${node.object.name}.${node.property}` : undefined;
}

const isNamed = ({ kind }: Expression): boolean => kind === "name" || kind === "member";

/** Calls that take back what was done before. */
const takesBack = /^(revert|roll_?[bB]ack|undo|compensate|unwind)(?![a-z])/;

/** Whether the second makes undone what was written before, or is made where the first failed or gave nothing: in the handler of its error, behind `if (!made)` or `if (made) return`, by the name of what is called. */
export function isTakenBack(model: ProjectModel, file: string, node: FunctionNode, first: Write, second: Write): boolean {
  const { parentOf } = model.values.index(file);
  const made = new Set(keptIn((part) => parentOf(part), first.node)?.bindings ?? []);
  const mentions = (part: SyntaxNode): boolean => within(first.node.span, part.span) || someNode([part], (inner) => inner.kind === "name" && inner.binding !== undefined && made.has(inner.binding));
  if (second.node.kind === "call" && takesBack.test(lastName(second.node.callee))) return true;
  const removes = second.operation.write === "delete" && sharesTarget(second.operation, first.operation);
  if (removes && second.operation.filter.some(mentions)) return true;
  for (let at: SyntaxNode = second.node, parent = parentOf(at); parent; at = parent, parent = parentOf(at)) {
    if (isClassNode(parent) || isFunctionNode(parent)) continue;
    // `call().then(() => first()).catch(() => second())`
    if (parent.kind === "call" && lastName(parent.callee) === "catch" && at !== parent.callee && within(first.node.span, parent.callee.span)) return true;
    if (parent.kind === "try" && parent.handler?.body.some((statement) => statement === at) && !parent.handler.body.some((statement) => within(first.node.span, statement.span))) return true;
    // `const before = await all(); await clear(); try { await fill(rows); } catch (error) { await fill(before); throw error; }`
    if (parent.kind === "try" && parent.body.some((statement) => statement === at) && parent.handler?.body.at(-1)?.kind === "throw" && someNode(parent.handler.body, (part) => part.kind === "call" && [first.text, second.text].includes(receiverText(part.callee)))) return true;
    if (parent.kind === "if" && parent.then.some((statement) => statement === at) && ((mentions(parent.test) && saysFailed(parent.test)) || (removes && first.operation.write === "insert"))) return true;
  }
  const leaves = (part: CodeNode): boolean => part.kind === "if" && part.span[0] >= first.node.span[1] && part.span[1] <= second.node.span[0] && part.then.at(-1)?.kind === "return" && mentions(part.test) && !saysFailed(part.test);
  return someNode(node.body ?? [], leaves) || isUndone(model, file, node, first, second);
}

/** Whether the first is taken away again, or put right, where the second fails: `if (!saved.ok) await remove(made.id)`, `catch (error) { await rollBackClaim(made.id); throw error; }`. */
function isUndone(model: ProjectModel, file: string, node: FunctionNode, first: Write, second: Write): boolean {
  const { parentOf } = model.values.index(file);
  const given = new Set(keptIn((part) => parentOf(part), second.node)?.bindings ?? []);
  for (let at: SyntaxNode = second.node, parent = parentOf(at); parent && parent !== node; at = parent, parent = parentOf(at))
    if (!isFunctionNode(parent) && !isClassNode(parent) && parent.kind === "try" && parent.handler && parent.body.some((statement) => statement === at) && !within(first.node.span, parent.span) && putsRight(model, file, parent.handler.body, tablesOf(model, file, node, first))) return true;
  return model.transactions.contentOf(file, node).operations.some((operation) => {
    if (operation.write !== "delete" || operation.span[0] < second.node.span[1] || !sharesTarget(operation, first.operation)) return false;
    for (let at: SyntaxNode = operation.node, parent = parentOf(at); parent && parent !== node; at = parent, parent = parentOf(at)) {
      if (isClassNode(parent) || isFunctionNode(parent)) continue;
      if (parent.kind === "try" && parent.handler?.body.some((statement) => statement === at)) return true;
      if (parent.kind === "if" && (saysFailed(parent.test) || isGivenError(model, file, parent.test)) && someNode([parent.test], (part) => part.kind === "name" && part.binding !== undefined && given.has(part.binding))) return true;
    }
    return false;
  });
}

/** What the first writes, with all that its transaction does. */
function tablesOf(model: ProjectModel, file: string, node: FunctionNode, { operation, unit }: Write): ReadonlySet<string> {
  const together = unit ? model.transactions.contentOf(file, node).operations.filter(({ role, span }) => role === "write" && within(span, unit.span)) : [];
  return new Set([operation, ...together].flatMap((one) => tableOf(one) ?? []));
}

function tableOf(operation: StoreOperation): string | undefined {
  return tableNamesOf(operation).split(" ")[0] || undefined;
}

/** Whether a handler calls something that by its name takes back what was done, or that writes one of the tables. */
function putsRight(model: ProjectModel, file: string, handler: readonly SyntaxNode[], tables: ReadonlySet<string>): boolean {
  const writesIt = (operation: StoreOperation): boolean => operation.role === "write" && tables.has(tableOf(operation) ?? "");
  return someNode(handler, (part) => {
    if (part.kind !== "call") return false;
    if (takesBack.test(lastName(part.callee))) return true;
    const own = model.dataAccess.at(file, part);
    return (own !== undefined && writesIt(own)) || model.transactions.callees(file, part).some((callee) => model.transactions.summaryOf(callee.file, callee.node).outer.some(({ operation }) => writesIt(operation)));
  });
}

/** `!made`, `made.count === 0`, `result.isFailed()` */
/** `failure` of `const { error: failure } = await rows.insert(row)`. */
function isGivenError(model: ProjectModel, file: string, test: Expression): boolean {
  const source = test.kind === "name" && test.binding !== undefined ? model.values.index(file).sources[test.binding] : undefined;
  const step = source?.kind === "value" ? source.path.at(-1) : undefined;
  return step?.kind === "property" && /^(err|error)$/.test(step.key);
}

function saysFailed(test: Expression): boolean {
  if (test.kind === "unary" && test.operator === "!") return true;
  if (test.kind === "binary" && /^(===?|<)$/.test(test.operator)) return true;
  return /^(is)?(err|error|fail|failed|failure|left)$/i.test(lastName(test.kind === "call" ? test.callee : test));
}

/** `if (created) await grant(row)`, `if (taken.count === 0) return; await enter(row)`: the next attempt finds the first done, and leaves the second out. */
export function isDoneOnce(model: ProjectModel, file: string, around: FunctionNode | undefined, first: Write, second: Write): boolean {
  if (first.operation.write === "update" && !changesWhatItAsks(first)) return false;
  const { parentOf } = model.values.index(file);
  const made = new Set(keptIn((part) => parentOf(part), first.node)?.bindings ?? []);
  // A step that is taken already gives no row: `const code = await codes.findOneAndUpdate({ id, used: false }, { used: true })`.
  const isRow = first.operation.write === "update";
  const says = (test: Expression): boolean => someNode([test], (part) => (part.kind === "name" && part.binding !== undefined && made.has(part.binding) && (isRow || howMany.test(part.name))) || (part.kind === "member" && howMany.test(part.property) && part.object.kind === "name" && part.object.binding !== undefined && made.has(part.object.binding)));
  for (let at: SyntaxNode = second.node, parent = parentOf(at); parent && !isFunctionNode(parent) && !isClassNode(parent); at = parent, parent = parentOf(parent)) {
    if (parent.kind === "if" && parent.then.some((statement) => statement === at) && says(parent.test)) return true;
  }
  return someNode(around?.body ?? [], (part) => part.kind === "if" && part.span[0] >= first.node.span[1] && part.span[1] <= second.node.span[0] && /^(return|throw)$/.test(part.then.at(-1)?.kind ?? "") && says(part.test));
}

/** What says whether a write did something: `const [row, created] = …`, `result.modifiedCount`. */
const howMany = /^(created|inserted|isNew\w*|claimed|count|changes|rowCount|(modified|upserted|matched|deleted)Count|nModified|(affected|changed)\w*|num(Updated|Affected|Deleted)Rows)$/;

/** Whether a change takes its row out of what was asked for, with `asked` besides its own condition: `update({ where: { id, used: false }, data: { used: true } })`, `update(codes).set({ used: true }).where(eq(codes.used, false))` */
export function changesWhatItAsks({ operation }: Write, asked: readonly Expression[] = []): boolean {
  const keysOf = (nodes: readonly Expression[]): readonly string[] => nodes.flatMap((node) => (node.kind === "object" ? node.members.flatMap((member) => (member.kind === "property" ? [member.key, ...(/^(\$|where$)/.test(member.key) ? keysOf([member.value]) : [])] : [])) : []));
  const filter = [...operation.filter, ...asked];
  const known = new Set([...keysOf(filter), ...filter.flatMap(columnsIn)]);
  return keysOf(operation.data).some((key) => known.has(key));
}

/** The columns that a condition is put together of: `codes.used` of `and(eq(codes.id, id), isNull(codes.used))`. */
function columnsIn(node: Expression): readonly string[] {
  if (node.kind !== "call") return [];
  const [column] = node.arguments;
  return [...(column?.kind === "member" ? [column.property] : []), ...node.arguments.flatMap(columnsIn)];
}
