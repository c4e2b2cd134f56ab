import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, someNode, type SyntaxNode } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { changedBy } from "./changed-members.js";
import { onlyCountsUse, takesNumber } from "./counted-writes.js";
import { isPiecemeal } from "./write-loops.js";
import { asksFor, isMark, isTouch, recounts, revokes, type Write } from "./write-subjects.js";

/** Whether a write does no harm where what follows it fails: a second attempt does it again, or finds it done. */
export function mayStay(model: ProjectModel, file: string, write: Write): boolean {
  return isForItself(model, write) || isTouch(write, () => changedBy(model, file, write)) || revokes(write) || takesNumber(write) || isRepeatable(model, file, write);
}

/** Whether a write may be missing for a while behind another one: the next attempt makes it, or it only says what is known anyway. */
export function mayBeMissing(model: ProjectModel, file: string, write: Write): boolean {
  return isForItself(model, write) || isMark(write, () => changedBy(model, file, write)) || onlyCountsUse(write) || isFilledIn(model, write.operation) || isMadeWhereMissing(model, file, write);
}

/** Whether a write is a matter of its own: it takes an event in, answers a question, counts anew what is there, or goes through rows some at a time. */
function isForItself(model: ProjectModel, write: Write): boolean {
  return takesEvent(write) || asksFor(write) || recounts(write) || isPiecemeal(model, write);
}

/** A write that changes nothing when it is repeated: an insert that leaves what is there, or a call that finds or makes something. */
export function isRepeatable(model: ProjectModel, file: string, { node, operation }: Write): boolean {
  if (node !== operation.node && node.kind === "call" && /OrCreate/.test(lastName(node.callee))) return true;
  if (isMadeIfMissing(model, file, node) || someNode([operation.node], (part) => part.kind === "object" && part.members.some((member) => member.kind === "property" && member.key === "skipDuplicates"))) return true;
  // `{ $addToSet: { members: id } }` adds what is not there.
  if (operation.data.length > 0 && operation.data.every((row) => row.kind === "object" && row.members.length > 0 && row.members.every((member) => member.kind === "property" && /^\$(addToSet|pull|pullAll)$/.test(member.key)))) return true;
  return isOfMembers(operation) || isOfDifference(model, file, node) || isFilledIn(model, operation) || expectsDuplicate(model, file, node) || operation.methods.some((method) => /^(onConflictDoNothing|ignore|doNothing|orIgnore)$/.test(method)) || leavesWhatIsThere(operation);
}

/** `update({ members: FieldValue.arrayUnion(id) })`: what is a member is so whether it is said once or twice. */
function isOfMembers({ data }: StoreOperation): boolean {
  const values = data.flatMap((row) => (row.kind === "object" ? row.members : []));
  const calls = (name: RegExp): ((member: (typeof values)[number]) => boolean) => ({ value }) => value.kind === "call" && name.test(lastName(value.callee));
  return values.some(calls(/^array(Union|Remove)$/)) && values.every(calls(/^(array(Union|Remove)|serverTimestamp)$/));
}

/** `addRole(wanted.filter((one) => !present.includes(one)))`: what one attempt has not brought into line, the next finds. */
function isOfDifference(model: ProjectModel, file: string, node: Write["node"]): boolean {
  return (node.kind === "call" ? node.arguments : []).some((given) => leavesOutPresent(model, file, given));
}

/** Whether a list is what is left of another without what is there: `wanted.filter((one) => !present.some(({ id }) => id === one.id))`. */
export function leavesOutPresent(model: ProjectModel, file: string, list: Expression): boolean {
  const { sources } = model.values.index(file);
  const valueOf = (node: Expression): Expression => {
    const source = node.kind === "name" && node.binding !== undefined ? sources[node.binding] : undefined;
    return source?.kind === "value" && source.value ? source.value : node;
  };
  const looksUp = (node: Expression): boolean => node.kind === "call" && /^(includes|has|some|find)$/.test(lastName(node.callee));
  const isFilter = (part: SyntaxNode): boolean => "kind" in part && part.kind === "call" && lastName(part.callee) === "filter" && someNode(part.arguments, (test) => test.kind === "unary" && test.operator === "!" && looksUp(valueOf(test.value)));
  return someNode([valueOf(list)], isFilter);
}

/** `try { await create(row); } catch (error) { if (!isUniqueViolation(error)) throw error; }`, and the same in `.catch(…)`: the row may be there already. */
export function expectsDuplicate(model: ProjectModel, file: string, node: SyntaxNode): boolean {
  const { parentOf } = model.values.index(file);
  for (let at = node, parent = parentOf(at); parent && !isFunctionNode(parent) && !isClassNode(parent); at = parent, parent = parentOf(parent)) {
    if (parent.kind === "try" && parent.handler && parent.body.some((statement) => statement === at) && goesOnAfterDuplicate(parent.handler.body)) return true;
    const [handler] = parent.kind === "call" && parent.callee === at && lastName(parent.callee) === "catch" ? parent.arguments : [];
    if (handler?.kind === "function" && goesOnAfterDuplicate(handler.function.body ?? [])) return true;
  }
  return false;
}

/** A handler that ends in an error goes on only from where it leaves before. */
function goesOnAfterDuplicate(handler: readonly SyntaxNode[]): boolean {
  const isThrow = (part: SyntaxNode | undefined): boolean => part !== undefined && "kind" in part && part.kind === "throw";
  if (!isThrow(handler.at(-1))) return asksForDuplicate(handler);
  return handler.some((one) => "kind" in one && one.kind === "if" && asksForDuplicate([one]) && !isThrow(one.then.at(-1)));
}

/** `isUniqueViolation(error)`, `error.code === "P2002"`, `error.code === 11000` */
function asksForDuplicate(body: readonly SyntaxNode[]): boolean {
  const word = /unique|duplicate|already_?exists|conflict|^P2002$|^23505$|^11000$|^ER_DUP/i;
  return someNode(body, (part) => (part.kind === "if" && someNode([part.test], (inner) => (inner.kind === "name" && word.test(inner.name)) || (inner.kind === "member" && word.test(inner.property)) || (inner.kind === "literal" && word.test(String(inner.value))))) || false);
}

/** `INSERT … ON CONFLICT DO NOTHING`, `INSERT IGNORE`. */
function leavesWhatIsThere({ node, text }: StoreOperation): boolean {
  return someNode([node, ...text], (part) => [...(part.kind === "template" ? part.texts : []), ...(part.kind === "literal" && typeof part.value === "string" ? [part.value] : [])].some((written) => /\bon\s+conflict\b[^;]{0,200}\bdo\s+nothing\b|\binsert\s+(?:or\s+)?ignore\b/i.test(written)));
}

/** `this.onPart(event)`, `handleJoin(event)`: what happened to each is taken in for itself. */
function takesEvent({ node, operation }: Write): boolean {
  return node !== operation.node && node.kind === "call" && /^(?:on|handle)[A-Z]/.test(lastName(node.callee));
}

/** `if (!known) await create(id)`, `if (known) await update(id); else await create(id)`: what is not there is made the next time, if not now. */
export function isMadeWhereMissing(model: ProjectModel, file: string, { node, operation }: Write): boolean {
  const { parentOf } = model.values.index(file);
  if (operation.write !== "insert" && operation.write !== "upsert" && operation.write !== "save") return false;
  for (let at: SyntaxNode = node, parent = parentOf(at); parent && !isFunctionNode(parent) && !isClassNode(parent); at = parent, parent = parentOf(parent)) {
    // `if (known) { await update(known); continue; } await create();`
    if (parent.kind === "loop" && parent.body.some((one) => one.kind === "if" && one.span[1] <= node.span[0] && one.test.kind === "name" && one.then.at(-1)?.kind === "continue")) return true;
    // `!known && create(id)`
    if (parent.kind === "binary" && parent.operator === "&&" && parent.right === at && saysMissing(parent.left)) return true;
    if (parent.kind !== "if") continue;
    const { test } = parent;
    if (!parent.then.some((statement) => statement === at)) return test.kind === "name";
    return saysMissing(test);
  }
  return false;
}

/** `!known`, `known === null`, `isNil(known)` */
function saysMissing(test: Expression): boolean {
  if (test.kind === "binary") return /^===?$/.test(test.operator) && test.left.kind === "name" && ((test.right.kind === "literal" && test.right.value === null) || (test.right.kind === "name" && test.right.name === "undefined"));
  return (test.kind === "unary" && test.operator === "!" && test.value.kind === "name") || (test.kind === "call" && /^(isNone|isNil|isNull|isUndefined|isEmpty)$/.test(lastName(test.callee)));
}

/** `if (!row.uuid) await update({ uuid })`, `if (page.html !== html) await update({ html })`: what is missing is filled in the next time, if not now. */
function isFilledIn(model: ProjectModel, { node, file, write, data }: StoreOperation): boolean {
  const keys = data.flatMap((row) => (row.kind === "object" ? row.members : []));
  if (write !== "update" || keys.length === 0) return false;
  const { parentOf } = model.values.index(file);
  for (let at: SyntaxNode = node, parent = parentOf(at); parent && !isFunctionNode(parent) && !isClassNode(parent); at = parent, parent = parentOf(parent)) {
    if (parent.kind !== "if" || !parent.then.some((statement) => statement === at)) continue;
    return asksOf(parent.test).some((asked) => asked.kind === "member" && keys.every((member) => member.kind === "property" && member.key === asked.property));
  }
  return false;
}

/** What a test says to be missing, or to be another: `row.uuid` of `!row.uuid`, of `row.uuid !== uuid`, and of `wanted && !row.uuid`. */
function asksOf(test: Expression): readonly Expression[] {
  if (test.kind === "binary" && test.operator === "&&") return [...asksOf(test.left), ...asksOf(test.right)];
  if (test.kind === "unary" && test.operator === "!") return [test.value];
  const says = test.kind === "binary" && /^(!==?|===?)$/.test(test.operator) && (test.operator.startsWith("!") || (test.right.kind === "literal" && test.right.value === null) || (test.right.kind === "name" && test.right.name === "undefined"));
  return says ? [test.left] : [];
}

/** `if (!contact) contact = await create(…)`, `found ?? (await create(…))`: the next attempt finds what this one made. */
function isMadeIfMissing(model: ProjectModel, file: string, node: Write["node"]): boolean {
  const { parentOf } = model.values.index(file);
  let at: SyntaxNode = node;
  let parent = parentOf(at);
  // `known?.id ?? (kind ? (await create(kind)).id : undefined)`
  while (parent && "kind" in parent && (parent.kind === "await" || parent.kind === "cast" || parent.kind === "member" || (parent.kind === "conditional" && parent.test !== at))) [at, parent] = [parent, parentOf(parent)];
  if (!parent || !("kind" in parent)) return false;
  if (parent.kind === "binary") return /^(\?\?|\|\|)$/.test(parent.operator) && parent.right === at;
  if (parent.kind !== "assign" || parent.target.kind !== "name") return false;
  const { binding } = parent.target;
  if (/^(\?\?|\|\|)=$/.test(parent.operator)) return true;
  for (let outer: SyntaxNode | undefined = parent, up = parentOf(parent); up; outer = up, up = parentOf(up)) {
    if (isFunctionNode(up) || isClassNode(up)) return false;
    if (up.kind !== "if") continue;
    // `if (known) { … } else { known = await create(…) }`
    if (!up.then.some((statement) => statement === outer)) return up.test.kind === "name" && up.test.binding === binding;
    return asksOf(up.test).some((asked) => asked.kind === "name" && asked.binding === binding);
  }
  return false;
}
