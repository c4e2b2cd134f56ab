import { splitWords } from "../../base/words.js";
import { capabilitiesOf } from "../../catalogue/index.js";
import { within } from "../../base/position.js";
import type { CallExpression, Expression, NewExpression, Statement } from "../../facts/syntax.js";
import { lastName, propertyOf } from "../../facts/names.js";
import { someNode, type SyntaxNode, walkAll } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { type FreshValues, isFresh, tellsNothing } from "./fresh-values.js";
import { operationsIn, type ReachedFunction } from "../routes/reach.js";
import { receiverText } from "../project/store-uses.js";

const nothingFresh: FreshValues = new Set();

/** An insert that makes another row each time that it runs: it skips no conflict, and takes no id from what it is given. */
export function insertsIn(model: ProjectModel, reached: ReachedFunction, fresh: FreshValues = nothingFresh): readonly StoreOperation[] {
  return operationsIn(model, reached).filter((operation) => operation.role === "write" && makesRow(model, operation) && !passesConflicts(operation) && !hasGivenId(model, operation, fresh) && !isRecord(operation));
}

function makesRow(model: ProjectModel, operation: StoreOperation): boolean {
  return operation.write === "insert" || (operation.write === "save" && madeRow(model, operation) !== undefined) || (operation.write === "upsert" && hasFreshId(operation));
}

function passesConflicts(operation: StoreOperation): boolean {
  return operation.methods.some((method) => /conflict|ignore|upsert|merge/i.test(method)) || skipsConflicts(operation);
}

/** Whether one of the functions reads what an insert makes, before it where both stand in one function. Unknown subjects may be the same. */
export function isLookedUp(model: ProjectModel, functions: readonly ReachedFunction[], insert: StoreOperation): boolean {
  const made = subjectsOf(insert);
  return functions.some((reached) =>
    operationsIn(model, reached).some((operation) => {
      if (operation.role !== "read" && operation.role !== "list") return false;
      if (operation.in?.node === insert.in?.node && operation.span[0] > insert.span[1]) return false;
      const read = subjectsOf(operation);
      return read.size === 0 || made.size === 0 || [...read].some((subject) => made.has(subject));
    }),
  );
}

/** Whether a function goes no further where it finds what it looks for: `const seen = await handled.findOne({ id: event.id }); if (seen) return;` */
export function leavesWhatIsKnown(model: ProjectModel, reached: ReachedFunction): boolean {
  const { sources } = model.values.index(reached.file);
  const reads = operationsIn(model, reached).filter(({ role, filter, parameters }) => (role === "read" || role === "list") && filter.length + parameters.length > 0);
  return reads.length > 0 && someNode(reached.node.body ?? [], (part) => {
    if (part.kind !== "if" || !leaves(part.then)) return false;
    const found = foundIn(part.test);
    const source = found?.binding === undefined ? undefined : sources[found.binding];
    const value = source?.kind === "value" ? source.value : undefined;
    return value !== undefined && reads.some(({ span }) => within(span, value.span));
  });
}

/** What a test asks to be there: `seen`, `!!seen`, `seen !== null`, `seen.length > 0`. */
function foundIn(test: Expression): Extract<Expression, { kind: "name" }> | undefined {
  if (test.kind === "name") return test;
  if (test.kind === "unary" && test.operator === "!" && test.value.kind === "unary" && test.value.operator === "!") return foundIn(test.value.value);
  if (test.kind === "binary" && /^(!==?|>)$/.test(test.operator)) return foundIn(test.left);
  return test.kind === "member" && /^(length|rowCount|count)$/.test(test.property) && test.object.kind === "name" ? test.object : undefined;
}

function leaves(then: readonly Statement[]): boolean {
  const last = then.at(-1);
  return last?.kind === "return" || last?.kind === "throw";
}

/** A call that moves money at a payment service and hands no key on, on whose side a repetition is another payment. */
export function isCharge(model: ProjectModel, file: string, call: CallExpression | NewExpression, fresh: FreshValues = nothingFresh): boolean {
  if (!/(^|\.)(charges|paymentIntents|refunds|transfers|payouts|orders|payments)\.(create|capture)$/.test(receiverText(call.callee)) || (call.arguments.length > 1 && freshKeys(model, file, [call], fresh).size === 0) || isWholeRefund(call)) return false;
  return model.values.of(file, call.callee).some((value) => value.kind === "external" && capabilitiesOf(value.provenance.package).includes("payment"));
}

/** Names of keys against repetition that are made anew where they are given, and so tell no repetition: `{ idempotencyKey: randomUUID() }`. */
export function freshKeys(model: ProjectModel, file: string, nodes: readonly SyntaxNode[], fresh: FreshValues): ReadonlySet<string> {
  const names = new Set<string>();
  walkAll(nodes, (part) => {
    if ("kind" in part && part.kind === "object") for (const member of part.members) if (member.kind === "property" && /idempot/i.test(member.key) && tellsNothing(model, file, member.value, fresh)) names.add(member.key);
    return undefined;
  });
  return names;
}

/** A row that is put under an id that is made anew replaces none. */
function hasFreshId({ data }: StoreOperation): boolean {
  return data.some((row) => row.kind === "object" && row.members.some((member) => member.kind === "property" && /^(id|_id|uuid|pk)$|[a-z]Id$/.test(member.key) && isFresh(member.value)));
}

/** A write that makes what is not there yet, also by an option: `updateOne(filter, change, { upsert: true })`. */
export function isUpsert({ write, node }: StoreOperation): boolean {
  return write === "upsert" || (write === "update" && node.kind !== "template" && node.arguments.some((argument) => argument.kind === "object" && argument.members.some((member) => member.kind === "property" && member.key === "upsert" && member.value.kind === "literal" && member.value.value === true)));
}

/** What is paid back as a whole can be paid back once. */
export function isWholeRefund({ callee, arguments: given }: CallExpression | NewExpression): boolean {
  return /(^|\.)refunds\.create$/.test(receiverText(callee)) && given[0]?.kind === "object" && !keysIn(given[0]).some((key) => /^amount/i.test(key));
}

/** Whether a function tests the state of something and changes it: what is not in the state any more is refused. */
export function movesState({ node }: ReachedFunction): boolean {
  const state = /(^|[a-z_])(status|state|stage)$|^(paid|refunded|processed|completed|cancell?ed|captured)(at)?$/i;
  const tested = new Set<string>();
  const written = new Set<string>();
  // `if (!seat.free) throw …; seat.free = false`
  const flagged = new Set<string>();
  walkAll(node.body ?? [], (part) => {
    if (!("kind" in part)) return undefined;
    if (part.kind === "if" || part.kind === "conditional") for (const name of membersIn(part.test)) tested.add(name);
    if (part.kind === "call") for (const argument of part.arguments) for (const key of keysIn(argument)) written.add(key);
    if (part.kind === "assign" && part.target.kind === "member") (part.value.kind === "literal" && typeof part.value.value === "boolean" ? flagged : written).add(part.target.property);
    return undefined;
  });
  return [...tested].some((name) => flagged.has(name) || (state.test(name) && written.has(name)));
}

/** `INSERT … ON CONFLICT DO NOTHING` and its kin, `attribute_not_exists(pk)` of DynamoDB. */
function skipsConflicts({ node }: StoreOperation): boolean {
  return someNode([node], (part) => {
    const texts = part.kind === "template" ? part.texts : part.kind === "literal" ? [String(part.value)] : part.kind === "object" ? part.members.flatMap((member) => (member.kind === "property" ? [member.key] : [])) : [];
    return texts.some((text) => /\bon\s+(conflict|duplicate\s+key)\b|\binsert\s+(or\s+)?(ignore|replace)\b|\bwhere\s+not\s+exists\b|\battribute_not_exists\(|^(skipDuplicates|ignoreDuplicates|orIgnore)$/i.test(text));
  });
}

/** `create({ id: event.id, … })`: a second row of that id is refused. An id that a call makes is another one each time. */
function hasGivenId(model: ProjectModel, operation: StoreOperation, fresh: FreshValues): boolean {
  const { file, data, family, node } = operation;
  // `bookings.doc(body.id).create(row)`
  const document = family === "firestore" && node.kind === "call" && node.callee.kind === "member" ? node.callee.object : undefined;
  if (document?.kind === "call" && lastName(document.callee) === "doc" && document.arguments.some((id) => isGiven(model, file, id))) return true;
  const made = operation.write === "save" ? madeRow(model, operation) : undefined;
  return (made === undefined ? data : [made]).some((given) => {
    const rows = given.kind === "array" ? given.elements : [given];
    return rows.some((row) => row.kind === "object" && row.members.some((member) => member.kind === "property" && /^_?id$|^uuid$/.test(member.key) && !tellsNothing(model, file, member.value, fresh) && isGiven(model, file, member.value)));
  });
}

/** Of `save(orders.create({ … }))`, `save(order)` and `order.save()`, what the row was made of just before; undefined for one that may be there already. */
export function madeRow(model: ProjectModel, { file, data, receiver }: StoreOperation): Expression | undefined {
  const [saved = receiver.root] = data.length > 1 ? data.slice(-1) : data;
  const source = saved.kind === "name" && saved.binding !== undefined ? model.values.index(file).sources[saved.binding] : undefined;
  const row = source?.kind === "value" && source.path.length === 0 && source.value ? source.value : saved;
  if (row.kind === "object") return row;
  return row.kind === "new" || (row.kind === "call" && row.callee.kind === "member" && row.callee.property === "create") ? (row.arguments.at(-1) ?? row) : undefined;
}

/** Whether an insert takes its row whole from what the function is given: it may bring its id. */
export function isTakenWhole(model: ProjectModel, operation: StoreOperation): boolean {
  const rows = operation.write === "save" ? [madeRow(model, operation)] : operation.data;
  return rows.some((row) => row !== undefined && row.kind !== "object" && isGiven(model, operation.file, row));
}

function isGiven(model: ProjectModel, file: string, value: Expression): boolean {
  if (value.kind === "member") return true;
  if (value.kind === "cast") return isGiven(model, file, value.value);
  if (value.kind === "call") return value.arguments.length > 0 && value.arguments.some((argument) => argument.kind !== "literal" && isGiven(model, file, argument));
  if (value.kind === "new") return value.arguments.some((argument) => isGiven(model, file, argument));
  if (value.kind !== "name" || value.binding === undefined) return false;
  const source = model.values.index(file).sources[value.binding];
  if (source?.kind === "parameter") return true;
  return source?.kind === "value" && (source.path.length > 0 || (source.value !== undefined && source.value !== value && isGiven(model, file, source.value)));
}

/** Lines of a log or an audit are kept of each time that something happens. */
function isRecord(operation: StoreOperation): boolean {
  return [...subjectsOf(operation)].some((subject) => /(logs?|audits?|histor(y|ies)|metrics?|telemetry)$/.test(subject));
}

const ofStatements = /^(this|db|database|tx|trx|transaction|client|manager|em|entityManager|prisma|knex|pool|query|sql|repo(sitory)?|models?|create|insert|update|select|from|into|values|where|find\w*|get|getOne|getMany|save|returning|execute|table|first|limit|count)$/i;

/** What a statement is about: the models, tables and repositories that it names, in lower case and without a plural's s. */
export function subjectsOf({ node, methods }: StoreOperation): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (name: string): void => {
    if (!ofStatements.test(name) && !methods.includes(name)) found.add(splitWords(name).filter((word) => !/^(new|existing|saved|created|prisma|db|repo|repository|model|schema|table|entity)$/.test(word)).join("").replace(/s$/, ""));
  };
  for (let at: Expression | undefined = node; at; ) {
    if (at.kind === "call" || at.kind === "new") {
      for (const argument of at.arguments) {
        if (argument.kind === "name") add(argument.name);
        if (argument.kind === "member") add(argument.property);
        if (argument.kind === "literal" && typeof argument.value === "string") for (const name of tablesIn(argument.value)) add(name);
        // `new PutCommand({ TableName: "orders" })`
        const table = argument.kind === "object" ? propertyOf(argument, "TableName") : argument.kind === "new" ? argument.arguments.flatMap((input) => (input.kind === "object" ? (propertyOf(input, "TableName") ?? []) : []))[0] : undefined;
        if (table?.kind === "literal") add(String(table.value));
        if (argument.kind === "template") for (const name of tablesIn(argument.texts.join("?"))) add(name);
      }
      at = at.callee;
    } else if (at.kind === "template") {
      for (const name of tablesIn(at.texts.join("?"))) add(name);
      at = undefined;
    } else if (at.kind === "member") {
      add(at.property);
      at = at.object;
    } else if (at.kind === "await" || at.kind === "cast") at = at.value;
    else {
      if (at.kind === "name") add(at.name);
      at = undefined;
    }
  }
  found.delete("");
  return found;
}

/** The tables that a statement names, or a text that is a table's name. */
function tablesIn(text: string): readonly string[] {
  if (/^\w+$/.test(text)) return [text];
  return [...text.matchAll(/\b(?:into|from|join|update)\s+["'`]?(?:\w+["'`]?\.["'`]?)?(\w+)/gi)].map(([, table = ""]) => table);
}

function membersIn(node: Expression): readonly string[] {
  const names: string[] = [];
  walkAll([node], (part) => {
    if ("kind" in part && part.kind === "member") names.push(part.property);
    return undefined;
  });
  return names;
}

function keysIn(node: Expression): readonly string[] {
  const keys: string[] = [];
  walkAll([node], (part) => {
    if (!("kind" in part) || part.kind !== "object") return undefined;
    for (const member of part.members) if (member.kind === "property") keys.push(member.key);
    return undefined;
  });
  return keys;
}
