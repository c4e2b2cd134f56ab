import { kindOf } from "../../catalogue/index.js";
import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import { someNode, type SyntaxNode } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { isBackground } from "./background-work.js";
import { countsUse, isAskedFor, isCounted } from "./counted-writes.js";
import { directlyGiven, directlyIn, type GivenValue, givenTo, isPartOf } from "./given-values.js";
import { readAlike, refusedAgain } from "./refused-repeats.js";
import { isRepeatable } from "./repeatable-writes.js";
import { receiverText } from "../project/store-uses.js";
import { repetitionOf } from "./write-loops.js";
import { changesWhatItAsks, isDoneOnce } from "./write-outcomes.js";
import { askedFor, type Effect, effectOf, foundBy, isOwnKey, madeOf, resultOf, rowOf, shapeOf } from "./write-rows.js";
import { isAdmission, isHandedTo, isOfFile, sharesTarget, targetOf, type Write } from "./write-subjects.js";

/** Who asks, and for whom: given to nearly every write. */
const actor = /^((admin|current|acting|auth|operator)_?)?(user|admin|session|auth|actor|viewer|principal|account|member|organi[sz]ation|org|team|workspace|tenant|company|project|owner|creator|created_?by|updated_?by|uploaded_?by|uploaded_?by_?user)(_?id|_?key|_?uuid)?$/i;

/** Times, what notes what is done, and what a request is sent with. */
const beside = /^(now|today|date|time|timestamp|since|before|after|until|cutoff|deadline|threshold|log|logger|metadata|signal|cookies|headers|method|url|ip|error|issues)(?![a-z])|(At|Date|Time|Log|Logger)$/;

/** What comes with every call as a whole, and says nothing of what is written. */
const ambient = /^(req|request|res|response|reply|ctx|context|c|event|env|opts|options|config|limit|batchSize|metadata|mongo|redis|knex|prisma|pg|db|database|pool|conn|connection|tx|trx|manager|entityManager|em|sequelize|mongoose|logger|log|(?:data)?loaders?)$/i;

/**
 * Why two writes are one change, as the end of a sentence; undefined where nothing in the code shows that they are. Half of such a
 * change is not mended by asking again: the row is there already or gone, what was taken away is lost, the count is moved twice.
 */
export function tieBetween(model: ProjectModel, file: string, first: Write, second: Write): string | undefined {
  const [one, other] = [effectOf(model, file, first), effectOf(model, file, second)];
  const sameTable = isDirect(first) && isDirect(second) && targetOf(first.operation) !== "" && sharesTarget(first.operation, second.operation);
  const around = model.values.index(file).functionAround(first.node)?.node;
  // A job that puts rows in the place of others is run again, and takes them away again first.
  const isJob = around !== undefined && isBackground(model, file, around);
  if (one === "delete" && other === "insert" && (sameTable || sharesReceiver(first, second))) return isJob || isAdmission(first) || isExpired(first) || isRepeatable(model, file, second) ? undefined : "in the place of what the first took away";
  if (one === "delete" && other === "update" && sameTable && takesPlace(model, file, first, second)) return "in the place of what the first took away";
  if (one === "delete" && other === "update" && isDirect(first) && isDirect(second) && makesAnew(first, second)) return isJob ? undefined : "in the place of what the first took away";
  const counts = [first, second].filter((write) => isCounted(model, file, write)).length;
  // Rows that close ranks behind one that went, or make room for one: `place = place - 1`.
  if (sameTable && counts === 1 && ((one === "delete" && other === "update" && isCounted(model, file, second) && !countsUse(second)) || (one === "update" && other === "insert" && isCounted(model, file, first) && !countsUse(first)))) return "with a count that belongs to both";
  if (isSameRow(model, file, first, second, sameTable)) return undefined;
  if ([one, other].includes("insert") && ![one, other].includes("upsert") && areAtOnce(model, file, first, second)) return "in one `Promise.all`";
  if (isFollowedOnce(model, file, first, second)) return "only where the first did something";
  if (one === "insert" && other === "insert" && isHandedTo(first, second)) return "with what the first gave";
  // `account.balance -= amount; await accounts.save(account)` counts, whatever the repository keeps it with.
  if ([first, second].some((write) => effectOf(model, file, write) === "upsert" && (isDirect(write) || counts === 0))) return undefined;
  if (one === "update" && other === "update" && (isForOther(first, second) || (sameTable && savesHanded(model, file, first, second)))) return "for another row";
  const own = directlyGiven(model, file, second);
  const after = other === "insert" ? [...own, ...own.flatMap((value) => madeOf(model, file, value))] : own;
  if (one === "update" && isOutOfReach(model, file, first, second, after)) return "which another attempt does not reach";
  if (one === "update" && counts === 0 && !isOneStep(model, file, first, second, other)) return undefined;
  const before = directlyGiven(model, file, first);
  // The row of a file that another row shows: without that it takes up some room.
  if (one === "insert" && isOfFile(first) && counts === 0 && ((other === "update" && isDirect(second)) || (other === "insert" && !isOfFile(second) && saysMore(model, file, first, before, after)))) return undefined;
  // A job is run again, and brings each row to where it should be.
  if (one !== "insert" && other !== "insert" && counts < 2 && isJob) return undefined;
  // What a row that is gone was found by is what its count is of: `Guest.findOne({ tripId })`.
  const goneBy = one === "delete" ? before.flatMap((value) => askedFor(model, file, value)).flatMap((asked) => directlyIn(model, file, asked)).filter(isNamed) : [];
  const given = [...withFound(model, file, first, before), ...goneBy, ...resultOf(model, file, first).map((binding): GivenValue => ({ binding, path: [], text: "" }))];
  // Two counts of different things are statistics, unless one of them has to suffice.
  const isOfGiven = (): boolean => haveInCommon(given, withFound(model, file, second, after));
  if (counts === 1 && ![first, second].some(countsUse) && (one === "insert" || isOfGiven())) return "with a count that belongs to both";
  if (counts === 2 && (movesAmount(model, file, first, second, before, after) || (second.operation.write !== "insert" && after.some(({ text }) => amount.test(text)) && isOfGiven()))) return "with a count that belongs to both";
  if (one === "upsert" || other === "upsert") return undefined;
  const [row, rowOfSecond] = [rowOf(model, file, first), rowOf(model, file, second)];
  if (one === "update" && other === "update" && sameTable && (trades(first, second) || (row.length > 0 && rowOfSecond.length > 0))) return "to another row";
  if (one === "update" && hangsOn(model, file, row, second)) return "of a row that hangs on it";
  // What a change gave is the row as it is now: `const request = await requests.findByIdAndUpdate(id, { accepted: true })`.
  const changed = one === "update" && isDirect(first) && (other === "insert" || changesWhatItAsks(first, row.flatMap((value) => askedFor(model, file, value)))) ? resultOf(model, file, first) : [];
  const taken = after.find(({ binding, path }) => path.length > 0 && changed.includes(binding));
  if (taken) return `with \`${taken.text}\` of the first`;
  // What a new row refers to, and what goes with all that refers to it.
  const rows = one === "delete" && other === "delete" && isDirect(first) && isDirect(second) && around ? readAlike(model, file, around, second) : [];
  if (givenTo(model, file, first).some(({ binding, path }) => path.length === 0 && rows.includes(binding))) return "for the same rows";
  const removed = other === "delete" && isDirect(second) ? second.operation.filter.flatMap((filter) => directlyIn(model, file, filter)) : [];
  const referred = one === "insert" || other === "delete" ? tieOf(model, file, [...rowOfSecond, ...(one === "insert" ? removed : [])].filter((value) => (other === "delete" && isDirect(second)) || !isActor(value)), [...before, ...(one === "insert" ? row : []), ...before.flatMap((value) => [...foundBy(model, file, second, value), ...madeOf(model, file, value)])], second, true) : undefined;
  // Whose a new row is says nothing of what goes with it: `addresses.add({ userId: req.user.id })`.
  const made = resultOf(model, file, first);
  if (one === "insert") return (other === "delete" ? undefined : tieOf(model, file, row.filter((value) => made.includes(value.binding) || !isActor(value)), [...givenTo(model, file, second), ...after], first)) ?? referred ?? sharedKey(model, file, first, second, before, after);
  // A row that is gone, or another step on, is not found again by what the rest would be done with. Children that one function takes
  // away before another takes their parent are asked for again.
  return tieOf(model, file, row.filter((value) => other === "delete" || !isActor(value)), after, first, one === "delete") ?? (one === "delete" ? ofGone(model, file, first, second, row, after) : undefined) ?? (isDirect(first) || isDirect(second) ? referred : undefined);
}

/** Whether two counts move the same: one amount, one table, two rows in hand, or one that has to suffice. */
function movesAmount(model: ProjectModel, file: string, first: Write, second: Write, before: readonly GivenValue[], after: readonly GivenValue[]): boolean {
  if (sharesAmount(before, after) || sharesTarget(first.operation, second.operation)) return true;
  const both = [first, second];
  return both.every(({ operation }) => operation.receiver.kind === "document") || both.some((write) => isAskedFor(model, file, write));
}

/** Whether two writes are begun together, and waited for as one: `await Promise.all([invoices.create(invoice), rooms.update(room)])`. */
function areAtOnce(model: ProjectModel, file: string, first: Write, second: Write): boolean {
  const { parentOf } = model.values.index(file);
  const listOf = ({ node }: Write): SyntaxNode | undefined => {
    const around = parentOf(node);
    const list = around && "kind" in around && around.kind === "await" ? parentOf(around) : around;
    const call = list && "kind" in list && list.kind === "array" ? parentOf(list) : undefined;
    return call && "kind" in call && call.kind === "call" && receiverText(call.callee) === "Promise.all" ? list : undefined;
  };
  const list = listOf(first);
  return list !== undefined && list === listOf(second);
}

/** Whether the second makes or counts something, and only where the first did something: `if (result.affectedRows > 0) await count(row)`. */
export function isFollowedOnce(model: ProjectModel, file: string, first: Write, second: Write): boolean {
  const around = model.values.index(file).functionAround(first.node)?.node;
  return (effectOf(model, file, second) === "insert" || [first, second].some((write) => isCounted(model, file, write))) && isDoneOnce(model, file, around, first, second);
}

/** Whether the second belongs to a row with which another attempt goes no further: `if (order.status !== "open") throw …; await order.update({ status: "sent" }); await stock.take(order.item)`. */
function isOutOfReach(model: ProjectModel, file: string, first: Write, second: Write, given: readonly GivenValue[]): boolean {
  if (isAdmission(first) || isAdmission(second)) return false;
  const rows = refusedAgain(model, file, first).filter((row) => isNamed(row) || row.path.length === 0 || row.alone === true);
  if (rows.length === 0) return false;
  const about = second.operation.receiver.kind === "document" && isDirect(second) ? [...given, ...directlyIn(model, file, second.operation.receiver.root)] : given;
  return withFound(model, file, second, about).some((value) => !ambient.test(value.text) && rows.some((row) => row.binding === value.binding && isPartOf(row, value)));
}

/** What the second takes of the row that is gone, which was looked up by the key that it was deleted by: `invite.team` of `delete(inviteId)`. */
function ofGone(model: ProjectModel, file: string, first: Write, second: Write, row: readonly GivenValue[], given: readonly GivenValue[]): string | undefined {
  const around = model.values.index(file).functionAround(first.node)?.node;
  const rows = isDirect(first) && around ? readAlike(model, file, around, first) : [];
  const used = rows.length > 0 ? givenTo(model, file, second).find(({ binding, path, text }) => path.length > 0 && rows.includes(binding) && !first.operation.filter.some((filter) => directlyIn(model, file, filter).some((own) => own.text === text))) : undefined;
  if (used) return `with \`${used.text}\` of the first`;
  const taken = given.find((value) => value.path.length > 0 && foundBy(model, file, first, value).some((key) => row.some((own) => own.binding === key.binding && own.path.join(".") === key.path.join("."))));
  return taken && `with \`${taken.text}\` of the first`;
}

/** `setRole(former, "member"); setRole(next, "owner")` */
function isForOther(first: Write, second: Write): boolean {
  const [one, other] = [rowGiven(first), rowGiven(second)];
  return first.text === second.text && one !== undefined && other !== undefined && one !== other;
}

/** What a function of the project is given first: the row that it is for. */
function rowGiven({ node, operation }: Write): string | undefined {
  const [given] = node !== operation.node && node.kind === "call" ? node.arguments : [];
  return given?.kind === "name" || given?.kind === "member" ? receiverText(given) : undefined;
}

/**
 * Whether a change and what follows it were written as one step. What a function of another file changes is a step of its own that
 * is asked for again, and then puts the same values where they are; only a row that is made after it would be missing.
 */
function isOneStep(model: ProjectModel, file: string, first: Write, second: Write, effect: Effect): boolean {
  const isOwn = ({ node, operation }: Write): boolean => node === operation.node || (node.kind === "call" && model.transactions.callees(file, node).every((callee) => callee.file === file));
  return effect === "insert" ? isOwn(first) === isOwn(second) : isDirect(first) && isDirect(second) && !(effect === "update" && isEdit(model, file, first));
}

/** Whether all that is put into a row is what the caller gave, and gives again: `update({ title })`, and no step of it, such as `{ state: "sent" }`. */
function isEdit(model: ProjectModel, file: string, { operation }: Write): boolean {
  const { root } = operation.receiver;
  const put = operation.receiver.kind === "document" && root.kind === "name" && root.binding !== undefined ? model.requestData.putInto(file, root.binding) : [];
  const set = operation.sql === undefined ? undefined : setIn(model, operation);
  if (set !== undefined) return !/=(?!\s*(?:\?|\$\d|[:@]\w|coalesce\(\s*(?:\?|\$\d)|now\(|current_timestamp\b))/i.test(set);
  const given = [...put, ...operation.data.flatMap((row) => (row.kind === "object" ? row.members.flatMap((member) => (member.kind === "property" ? [member.value] : [])) : [row]))];
  return given.length > 0 && !given.some(isConstant);
}

/** What a statement's text sets: `name = ?, state = 'sent'`; undefined where the text is not all known. */
function setIn(model: ProjectModel, { file, text }: StoreOperation): string | undefined {
  const [written, ...others] = text.map((node) => model.values.text(file, node));
  return others.length > 0 ? undefined : /\bset\s([\s\S]{0,4000}?)\bwhere\b/i.exec(written?.slice(0, 5000) ?? "")?.[1];
}

function isConstant(node: Expression): boolean {
  if (node.kind === "object") return node.members.some((member) => member.kind === "property" && isConstant(member.value));
  // `sql`…`, `Status.Closed`, `new Date()`
  return node.kind === "literal" || node.kind === "template" || node.kind === "new" || (node.kind === "member" && node.object.kind === "name" && /^[A-Z]/.test(node.object.name));
}

/** Whether rows are brought to where others were deleted: `delete({ where: { owner } })`, `update({ data: { owner } })`. */
function takesPlace(model: ProjectModel, file: string, first: Write, second: Write): boolean {
  const brought = second.operation.data.flatMap((row) => directlyIn(model, file, row));
  return first.operation.filter.flatMap((filter) => directlyIn(model, file, filter)).some((value) => brought.some((given) => given.binding === value.binding && given.text === value.text));
}

/** Whether the row that the second changes is given new rows of the table that the first took some of: `shift.deleteMany({ where: { posting: id } })`, `posting.update({ data: { shifts: { createMany: … } } })`. */
function makesAnew(first: Write, second: Write): boolean {
  const gone = new Set(targetOf(first.operation).split(" ").flatMap((name) => [name.toLowerCase(), `${name.toLowerCase()}s`]));
  const makes = (value: Expression): boolean => value.kind === "object" && value.members.some((member) => member.kind === "property" && /^create(Many)?$/.test(member.key));
  return second.operation.data.some((row) => row.kind === "object" && row.members.some((member) => member.kind === "property" && gone.has(member.key.toLowerCase()) && makes(member.value)));
}

/** `this.tasks.remove(id); this.tasks.add(task);` */
function sharesReceiver(first: Write, second: Write): boolean {
  const [one, other] = [first, second].map(({ node, operation }) => (node !== operation.node && node.kind === "call" && node.callee.kind === "member" && node.callee.object.kind !== "this" ? receiverText(node.callee.object) : undefined));
  return one !== undefined && one === other;
}

/** Values, and the keys by which the rows among them were found, and those in turn: `station` of `findOne({ where: { id: order.station } })`. */
function withFound(model: ProjectModel, file: string, write: Write, values: readonly GivenValue[]): readonly GivenValue[] {
  const keys = values.flatMap((value) => (value.path.length === 0 ? foundBy(model, file, write, value) : []));
  return [...values, ...keys, ...keys.flatMap((key) => (key.path.length > 0 ? foundBy(model, file, write, key) : []))];
}

/** Whether two writes are about one thing; of constants it is not known. */
function haveInCommon(before: readonly GivenValue[], after: readonly GivenValue[]): boolean {
  return before.length === 0 || after.length === 0 || before.some(({ binding, path, text }) => after.some((other) => other.binding === binding && (other.text === text || text === "" || (path.length > 1 && other.path.length > 1 && path[0] === other.path[0]) || !ambient.test(text.split(".")[0] ?? ""))));
}

/** Whether a new row holds something of its own beside what the one before it was made of. */
function saysMore(model: ProjectModel, file: string, first: Write, before: readonly GivenValue[], after: readonly GivenValue[]): boolean {
  const made = resultOf(model, file, first);
  return after.some((value) => isNamed(value) && !made.includes(value.binding) && !before.some(({ binding, path }) => binding === value.binding && path.every((step, at) => value.path[at] === step)));
}

/** How much of something: what two counts are both moved by is one thing that goes from here to there. */
const amount = /(^|[a-z_])(amount|points|cents|quantity|qty|price|cost|total|sum|delta|credits|coins|reward|fee)$/i;

function sharesAmount(before: readonly GivenValue[], after: readonly GivenValue[]): boolean {
  return before.some((value) => amount.test(value.text) && after.some(({ binding, text }) => binding === value.binding && text === value.text));
}

function isDirect({ node, operation }: Write): boolean {
  return node === operation.node;
}

/** With `parts`, what is given may also hold a key, `create({ data: order })` and `order.shelf`, or be another part of its row: `order.lines`. */
function tieOf(model: ProjectModel, file: string, row: readonly GivenValue[], given: readonly GivenValue[], write: Write, parts = false): string | undefined {
  for (const value of row) {
    const rest = parts && value.path.length > 0 && isOwnKey(value.path.at(-1) ?? "", write) ? { ...value, path: value.path.slice(0, -1) } : value;
    const shared = given.find((other) => !(other.path.length === 0 && ambient.test(other.text)) && (isOfRow(value, other, write) || (parts && isPartOf(rest, other))));
    if (shared) return value.path.length === 0 && effectOf(model, file, write) === "insert" && shared.path.length > 0 ? `with \`${shared.text}\` of the first` : `for the same \`${isOfRow(value, shared, write) ? shared.text : value.text}\``;
  }
  return undefined;
}

/** What a caller says that two statements, or two calls, are both given as it is: a key, or all of it. */
function sharedKey(model: ProjectModel, file: string, first: Write, second: Write, before: readonly GivenValue[], after: readonly GivenValue[]): string | undefined {
  if (isDirect(first) !== isDirect(second)) return undefined;
  const { sources, functionAround } = model.values.index(file);
  const around = functionAround(first.node)?.node;
  // What two loops make for one key are rows of their own.
  const [one, other] = around ? [first, second].map(({ node }) => repetitionOf(model, file, node, around)?.node) : [];
  if (one && other && one !== other) return undefined;
  const isSaid = ({ binding, path }: GivenValue): boolean => {
    const source = sources[binding];
    return path.length === 0 && source?.kind === "parameter" && source.function === around;
  };
  const isHandedOn = ({ binding }: GivenValue): boolean => isDirect(first) || [first, second].every(({ node }) => node.kind !== "template" && node.arguments.flatMap((argument) => (argument.kind === "array" ? argument.elements : [argument])).some((argument) => argument.kind === "name" && argument.binding === binding));
  const isKey = (value: GivenValue): boolean => (isSaid(value) && isHandedOn(value)) || (isDirect(first) && /(^|_)(id|uuid)$|(Id|Uuid)$/.test(value.text));
  const shared = before.find((value) => isKey(value) && isNamed(value) && !isConnection(model, file, value) && after.some((given) => given.text === value.text && given.binding === value.binding));
  return shared && `for the same \`${shared.text}\``;
}

/** Whether a value is what statements run on, and nothing that they are about. */
function isConnection(model: ProjectModel, file: string, { binding, path }: GivenValue): boolean {
  return path.length === 0 && model.values.ofBinding(file, binding).some((value) => value.kind === "external" && /^(client|handle)$/.test(kindOf(value.provenance) ?? ""));
}

/** `await order.update(…); await order.subscription.update(…);` */
function hangsOn(model: ProjectModel, file: string, row: readonly GivenValue[], { node, operation }: Write): boolean {
  if (node !== operation.node || operation.receiver.kind !== "document") return false;
  return directlyIn(model, file, operation.receiver.root).some(({ binding, path }) => row.some((value) => value.binding === binding && value.path.length < path.length && value.path.every((step, at) => step === path[at])));
}

/** Whether a value is that which stands for a row, its key, or the row that a key is of. */
function isOfRow({ binding, path }: GivenValue, given: GivenValue, write: Write): boolean {
  if (binding !== given.binding) return false;
  const shorter = Math.min(path.length, given.path.length);
  const rest = [...path.slice(shorter), ...given.path.slice(shorter)].filter((step) => !ofResult.test(step));
  return path.slice(0, shorter).every((step, at) => step === given.path[at]) && rest.length < 2 && rest.every((step) => isOwnKey(step, write) || generated.test(step));
}

/** Where the result of a driver has its rows: `result.rows[0].id`, `result.recordset[0].id`. */
const ofResult = /^(rows|recordsets?|records|data|raw|\d+)$/;
/** What drivers call the key that the database has given. */
const generated = /^(insert_?id|inserted_?id|last_?insert_?row_?id|last_?insert_?id|last_?id)$/i;

/** Whether the second writes the row of the first once more: how far its work has come, or what could not be changed. */
function isSameRow(model: ProjectModel, file: string, first: Write, second: Write, sameTable: boolean): boolean {
  const [one, other] = [effectOf(model, file, first), effectOf(model, file, second)];
  // `code.used = true; await code.save(); await codes.deleteOne({ _id: code._id })`
  const { receiver } = first.operation;
  if (one === "update" && other === "delete" && receiver.kind === "document" && isDirect(first) && isDirect(second)) {
    const [kept] = directlyIn(model, file, receiver.root);
    if (kept && second.operation.filter.some((filter) => directlyIn(model, file, filter).some(({ binding, path }) => binding === kept.binding && path.length === kept.path.length + 1 && /^_?id$/.test(path.at(-1) ?? "")) && !(filter.kind === "object" && !filter.members.some((member) => member.kind === "property" && /^_?id$/.test(member.key))))) return true;
  }
  if (sameTable && other === "delete" && one === "insert") return resultOf(model, file, first).some((binding) => directlyGiven(model, file, second).some((value) => value.binding === binding));
  if (sameTable && other !== "update") return one === "update" || (other === "delete" && (one !== "delete" || sharesCondition(first, second)));
  if (other !== "update" || !(sharesTarget(first.operation, second.operation) || (!isDirect(first) && !isDirect(second) && subjectOf(first.text) === subjectOf(second.text)))) return false;
  // What a transaction made is changed behind it, by a key that it gave in some way.
  if (first.unit && one === "insert") return true;
  // `takePoints(from, points); addPoints(to, points)` move one amount between two rows.
  if (movesBetween(model, file, first, second)) return false;
  // What an update gives is its row: `const order = await orders.update(…)`.
  const given = one === "update" && isDirect(first) ? resultOf(model, file, first).map((binding): GivenValue => ({ binding, path: [], text: "" })) : [];
  const rows = [...rowOf(model, file, first), ...given];
  // `updateOrder(made.insertId, { file })` says by itself that it is given an order.
  const asked = isDirect(second) ? rowOf(model, file, second) : [...rowOf(model, file, second), ...directlyGiven(model, file, second)];
  return (sameTable && sharesCondition(first, second) && !losesToOne(first, second)) || asked.some((value) => rows.some((row) => isOfRow(row, value, first)));
}

/** Whether two functions of the project count for different rows, which each is given first. */
function movesBetween(model: ProjectModel, file: string, first: Write, second: Write): boolean {
  const [one, other] = [rowGiven(first), rowGiven(second)];
  return one !== undefined && other !== undefined && one !== other && isCounted(model, file, first) && isCounted(model, file, second);
}

/** A call without what it does: `orders.createOrder` and `orders.updateOrder` are about one thing. */
function subjectOf(text: string): string {
  return text.replace(/(^|\.)(create|add|insert|save|update|edit|patch|set)(?=[A-Z])/, "$1");
}

/** Whether all that one condition asks for lose what one of them then gains: `update({ owner }, { first: false })`, `update({ owner, id }, { first: true })`. */
function losesToOne(first: Write, second: Write): boolean {
  const conditions = ({ operation }: Write): number => operation.filter.reduce((sum, filter) => sum + (filter.kind === "object" ? filter.members.length : 0), 0);
  return trades(first, second) && conditions(first) > 0 && conditions(first) < conditions(second);
}

/** Whether two rows of one table are saved that the function was handed together: `save(debit); save(credit)`. */
function savesHanded(model: ProjectModel, file: string, first: Write, second: Write): boolean {
  const { sources } = model.values.index(file);
  const handed = ({ operation: { write, data } }: Write): number | undefined => {
    const [row] = data;
    return write === "save" && data.length === 1 && row?.kind === "name" && row.binding !== undefined && sources[row.binding]?.kind === "parameter" ? row.binding : undefined;
  };
  const [one, other] = [handed(first), handed(second)];
  return one !== undefined && other !== undefined && one !== other;
}

/** `{ primary: true }` of the one and `{ primary: false }` of others: what one row gains another loses. */
function trades(first: Write, second: Write): boolean {
  const valuesOf = ({ operation }: Write): ReadonlyMap<string, Expression> => new Map(operation.data.flatMap((row) => (row.kind === "object" ? row.members.flatMap((member) => (member.kind === "property" ? [[member.key, member.value] as const] : [])) : [])));
  const [before, after] = [valuesOf(first), valuesOf(second)];
  const isNothing = (node: Expression): boolean => node.kind === "literal" && (node.value === null || node.value === false);
  return [...before].some(([key, value]) => {
    const other = after.get(key);
    return other !== undefined && (isNothing(value) !== isNothing(other) || (differInKey(first, second) && value.kind === "literal" && other.kind === "literal" && value.value !== other.value));
  });
}

/** Whether rows go because their time is over: `lt(drafts.expiresAt, now)`. */
function isExpired({ operation }: Write): boolean {
  return operation.write === "delete" && someNode(operation.filter, (part) => (part.kind === "member" && /expir/i.test(part.property)) || (part.kind === "object" && part.members.some((member) => member.kind === "property" && /expir/i.test(member.key))));
}

function isActor({ text }: GivenValue): boolean {
  return text.split(".").some((part) => actor.test(part));
}

/** Whether a value is what a caller says of what is to be done, and not who asks, when, or how. */
export function isNamed(value: GivenValue): boolean {
  return !beside.test(value.text.split(".").at(-1) ?? "") && (value.path.length > 0 || !ambient.test(value.text)) && !isActor(value);
}

/** Whether two filters ask for different values under one key, which somebody gives. */
function differInKey(first: Write, second: Write): boolean {
  const keysOf = ({ operation }: Write): ReadonlyMap<string, string> => new Map(operation.filter.flatMap((filter) => (filter.kind === "object" ? filter.members.flatMap((member) => (member.kind === "property" && askedAs(member.value) !== undefined ? [[member.key, askedAs(member.value) ?? ""] as const] : [])) : [])));
  const asked = keysOf(first);
  return [...keysOf(second)].some(([key, value]) => (asked.get(key) ?? value) !== value);
}

/** A value that a filter asks for, and one that it leaves out: `{ not: id }`, `{ $ne: id }`. */
function askedAs(value: Expression): string | undefined {
  if (value.kind === "name" || value.kind === "member") return shapeOf(value);
  const [left, ...others] = value.kind === "object" ? value.members : [];
  const isNegated = left !== undefined && others.length === 0 && ((left.kind === "property" && /^(not|\$?ne)$/.test(left.key)) || (left.kind === "computed" && lastName(left.key) === "ne"));
  return isNegated && "value" in left ? `not ${askedAs(left.value) ?? ""}` : undefined;
}

/** Whether two filters have a condition in common: `{ id }` and `{ id, status: "running" }`; or what a new row is made with is all that the second asks. */
function sharesCondition(first: Write, second: Write): boolean {
  // `{ team, user: from }` and `{ team, user: to }`
  if (differInKey(first, second)) return false;
  const conditions = (part: Expression): readonly string[] => (part.kind === "object" ? part.members.map(shapeOf) : part.kind === "call" && lastName(part.callee) === "and" ? part.arguments.flatMap(conditions) : [shapeOf(part)]);
  const known = new Set(first.operation.filter.flatMap(conditions));
  const asked = second.operation.filter.flatMap(conditions);
  if (first.operation.write !== "insert") return asked.some((condition) => known.has(condition));
  // `create({ data: { runId, task } })` and `update({ where: { runId } })`
  const made = new Set(first.operation.data.flatMap(conditions));
  return asked.length > 0 && asked.every((condition) => made.has(condition));
}
