import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression, NewExpression, TemplateExpression } from "../../facts/syntax.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { receiverText } from "../project/store-uses.js";

/** A write of a function: its own statement, or a call that leads to one. */
export interface Write {
  readonly node: CallExpression | NewExpression | TemplateExpression;
  readonly text: string;
  readonly operation: StoreOperation;
  /** What opens the transaction that it is part of; undefined outside any. */
  readonly unit?: Expression;
  /** It is a call that opens a transaction of its own. */
  readonly isOwnTransaction?: true;
}

/** Whether a write is done first, and what it gives is handed to another: `accounts.open(await members.insert(name))`. */
export function isHandedTo({ node }: Write, { node: outer }: Write): boolean {
  return outer.kind === "call" && outer.arguments.some((argument) => argument.kind === "await" && argument.value === node);
}

/** Words that name records about what was done, and copies: they may be lost, or lag behind, without harm. */
const aside = new Set([
  "audit", "audits", "auditor", "log", "logs", "logger", "cache", "caches", "cached", "history", "histories", "activity", "activities",
  "notification", "notifications", "notify", "metric", "metrics", "analytics", "telemetry", "tracking", "statistics", "stats", "pageview",
  "pageviews", "analyze", "search",
]);

/** Words that name what is to be done later, which is looked through again or asked for once more. */
const queues = new Set(["queue", "queues", "scheduler"]);

/** Words that name what a client is let in by. One that is made, or taken away too early, is made again at the next attempt; one that is left behind lets in who should not. */
const admissions = new Set(["session", "sessions", "token", "tokens", "challenge", "challenges", "nonce", "nonces", "otp", "otps"]);

/** The same, where one word does not say it: `loginCodes`. */
const admitting = /(log_?in|sign_?in|verification|verify|confirmation|auth\w{0,10}|reset)_?codes?/i;

/** Limits and attempts to sign in are counted, and visits are marked, whatever becomes of the rest. */
const counting = /(login|sign\w?in|auth\w*|password|otp|fail(ed)?|verification)\w?attempts?|(auth|login|fail(ed|ure)?)\w{0,8}bucket|rate\w{0,4}limit|throttl|quota|last\w{0,8}(seen|login|logged|active|used|visit)|(increment|next)\w{0,20}(id|number|sequence|counter)$/i;

/** Whether a function by its name only keeps records about something, or copies: `saveContactCache`. */
export function keepsAside(name: string): boolean {
  return aside.has(wordsOf(name).at(-1) ?? "");
}

/** The same in two words: `orderEventRecords`. */
const recorded = /(event|change)_?(record|log|entr(y|ie))s?(?![a-z])/i;

/** What a row says by which a client is let in, and whose and when it is, as any row does. */
const admitted = /token|cred|auth|expir|refresh|agent|(^|_)ip|ip$|device|secret|hash|jti|cookie|finger|revok|valid|active|last|log_?(in|out|ged)|code|otp|challenge|nonce|verif|attempt|data$|impersonat/i;
const ofAnyRow = /^_?id$|(user|account|member|tenant|org\w*|owner)(_?id)?$|(created|updated|deleted|started|ended)_?(at|on|by)$|^(sid|uuid|type|email|phone|role|key|value|name|\$\w+)$/i;

/** Whether a row says something that is no matter of letting a client in: `sessions.create({ goal, minutes })` of a club, and no `{ userId, token, expiresAt }`. */
function isOfDomain({ data }: StoreOperation): boolean {
  const keysOf = (row: Expression): readonly string[] => (row.kind === "cast" ? keysOf(row.value) : row.kind === "object" ? row.members.flatMap((member) => (member.kind !== "property" ? [] : /^\$(set|inc|push)$/.test(member.key) ? keysOf(member.value) : [member.key])) : []);
  const keys = data.flatMap(keysOf);
  return keys.some((key) => !ofAnyRow.test(key)) && !keys.some((key) => admitted.test(key)) && data.every((row) => row.kind === "object" && row.members.every(({ kind }) => kind === "property"));
}

/** Whether what is written is a record about something, or a copy. */
export function isAside(model: ProjectModel, write: Write): boolean {
  const { node, operation } = write;
  if (node !== operation.node && node.kind === "call" && recording.test(lastName(node.callee))) return true;
  const keeps = operation.write !== "delete";
  const isAdmission = (word: string, place: number): boolean => admissions.has(word) && !(/^(sessions?|challenges?)$/.test(word) && (place > 0 || node === operation.node) && isOfDomain(operation));
  const saysSo = (name: string, place: number): boolean => {
    if (counting.test(name) || recorded.test(name) || (keeps && admitting.test(name))) return true;
    return wordsOf(name).some((word) => aside.has(word) || queues.has(word) || (keeps && isAdmission(word, place)));
  };
  return tellsWhatHappened(model, operation) || namesOf(write).some(saysSo);
}

/** Who did something, beside whose it is. */
const doer = /^(actor|changer)(_?user)?(_?id)?$|^(performed|changed|edited|actioned|triggered|recorded)_?by(_?user)?(_?id)?$/i;
/** What was done, and what was there before. */
const deed = /^(action|event|event_?(type|name|kind)|type|kind|operation|reason\w*|changes|changed_?(state|data|values|fields)|diff)$/i;
const former = /^(from|previous|prev|old|former)_?(status|state|level|stage|role|value|values|text|title|body|content|data|version|change)$/i;
/** Functions that keep such rows: `recordEvent(piece, actor, "corrected")`. */
const recording = /^(record|log|track|write)[A-Z]?\w*(Event|Activity|Action)s?$/;

/** Whether a new row only tells what somebody did: `{ actorId, action: "approved" }`, `{ previousText, editorId }`. */
function tellsWhatHappened(model: ProjectModel, { file, write, data }: StoreOperation): boolean {
  if (write !== "insert" && write !== "save") return false;
  // `const event = events.create({ … }); await events.save(event);`
  const held = (row: Expression): Expression => {
    const source = row.kind === "name" && row.binding !== undefined ? model.values.index(file).sources[row.binding] : undefined;
    return source?.kind === "value" && source.value && source.path.length === 0 ? source.value : row;
  };
  const keys = data.map(held).flatMap((row) => (row.kind === "call" ? row.arguments : [row])).flatMap((row) => (row.kind === "object" ? row.members.flatMap((member) => (member.kind === "property" ? [member.key] : [])) : []));
  return keys.some((key) => former.test(key)) || (keys.some((key) => doer.test(key)) && keys.some((key) => deed.test(key)));
}

/** Whether what is written is what clients are let in by. */
export function isAdmission(write: Write): boolean {
  return namesOf(write).some((name) => admitting.test(name) || wordsOf(name).some((word) => admissions.has(word) || /^(forgot|reset|verification|magic)$/.test(word)));
}

/** Whether a write takes away what clients are let in by: before the rest it does no harm, behind it it must not be missing. */
export function revokes(write: Write): boolean {
  return write.operation.write === "delete" && namesOf(write).some((name) => admitting.test(name) || wordsOf(name).some((word) => admissions.has(word)));
}

/** Whether a write is about the row of a file: a new one that nothing refers to takes up some room. */
export function isOfFile({ operation }: Write): boolean {
  return wordsOf(targetOf(operation)).some((word) => /^(files?|media|images?|photos?|attachments?|uploads?|assets?|uploaded)$/.test(word));
}

/** What a call does, by its name; a use case with one way to run it is called after what it does: `checkStock.execute(order)`. */
function deedOf(node: CallExpression): string {
  const { callee } = node;
  const isRun = callee.kind === "member" && /^(execute|exec|run|handle|call|invoke|perform)$/.test(callee.property);
  return isRun && (callee.object.kind === "member" || callee.object.kind === "name") ? lastName(callee.object) : lastName(callee);
}

/** Whether a call is made for what it gives, and keeps or counts something on the way: `const user = await verifyCode(code)`. */
export function asksFor({ node, operation }: Write): boolean {
  // What is started notes by itself how far it has come: `startQuery(text)`.
  if (node !== operation.node && node.kind === "call" && /^(start|run|execute|enqueue|schedule|trigger|launch)[A-Z]/.test(lastName(node.callee))) return true;
  // What makes an answer of a row, and what holds on to it: `toOrderDto(order)`, `renderInvite(guest)`, `renewLease(job)`.
  if (node !== operation.node && node.kind === "call" && /^(?:to|render)[A-Z]|^(renew|extend|refresh|release)\w*(Lease|Lock)s?$/.test(lastName(node.callee))) return true;
  return node !== operation.node && node.kind === "call" && /^(get|find|fetch|load|read|check|verify|validate|authenticate|authori[sz]e|acquire|resolve|require|ensure|is|has|can|maybe)(?![a-z])|^(un)?lock$|[cC]laim/.test(deedOf(node)) && !/OrCreate|OrMake|OrInsert|And[A-Z]/.test(deedOf(node));
}

/** Whether a call counts or makes anew what other rows say, or takes away what none of them needs: `updateAnsweredCount(id)`, `recalculateTotals(id)`, `deleteUnused()`. */
export function recounts({ node, operation }: Write): boolean {
  return node !== operation.node && node.kind === "call" && /^((re)?(calc\w*|compute)|re(count|fresh|evaluate|index|sync))(?![a-z])|^(update|set|sync)\w*(Counts?|Totals?|Stats|Statistics|Average\w{0,20})$|^(delete|remove|clean|clear|prune|purge)\w*(Unused|Orphan(s|ed)?|Stale|Leftovers?)$/.test(deedOf(node));
}

/** Whether a write only marks when something happened: `{ lastMessageAt: new Date() }`, or puts nothing else into a document. */
export function isMark(write: Write, put: () => ReadonlyMap<string, Expression>): boolean {
  return marksOnly(write, put, /^last[A-Z_]|^(?!deleted|removed|archived|revoked|cancell?ed)\w*(At|_at|On)$|^(updated|modified|edited|changed)_?[bB]y(_?[iI]d)?$/);
}

/** Whether a write only marks that a row was used or changed: `touchBoard(id)`, `{ updatedAt: new Date() }`. */
export function isTouch(write: Write, put: () => ReadonlyMap<string, Expression>): boolean {
  return marksOnly(write, put, /^last[A-Z_]|^(updated|modified|touched|seen|accessed|viewed)(At|_at|On)$|^(updated|modified|edited|changed)_?[bB]y(_?[iI]d)?$/);
}

function marksOnly({ node, operation }: Write, put: () => ReadonlyMap<string, Expression>, marks: RegExp): boolean {
  if (node !== operation.node && node.kind === "call" && /^touch(?![a-z])/.test(lastName(node.callee))) return true;
  if (node === operation.node && operation.receiver.kind === "document" && operation.write === "save") {
    const keys = [...put().keys()];
    return keys.length > 0 && keys.every((key) => marks.test(key));
  }
  const rows = operation.data.map((row) => (row.kind === "object" ? row.members : []));
  return node === operation.node && operation.write === "update" && rows.length > 0 && rows.every((row) => row.length > 0) && rows.flat().every((key) => key.kind === "property" && marks.test(key.key));
}

/** Whether a call on the way to a write goes to what keeps such records: `this.cacheEntries.save(entry)`. */
export function isToAside({ call: { callee } }: { readonly call: { readonly callee: Expression } }): boolean {
  const words = wordsOf(lastName(callee));
  // `emitAuditEvent(…)`, `addHistoryEntry(…)`
  const told = /^(?:events?|entr(?:y|ies)|records?|trails?)$/.test(words.at(-1) ?? "") ? words.slice(-2) : words.slice(-1);
  return (callee.kind === "member" && wordsOf(receiverText(callee.object)).some((word) => aside.has(word))) || told.some((word) => aside.has(word)) || recording.test(lastName(callee));
}

function namesOf({ text, operation }: Write): readonly string[] {
  return [text, targetOf(operation)];
}

/** What a statement is about, as written: its model, table or collection. */
export function targetOf(operation: StoreOperation): string {
  const names: string[] = [];
  // The innermost call names the table or the entity: `db.insert(users).values(row)`; those of a model are given rows alone.
  let table = "";
  // `db.select({ id: orders.id }).from(orders)`
  let from: string | undefined;
  let at: Expression | undefined = operation.node;
  while (at) {
    if (at.kind === "template") names.push(tableOf(at));
    // `deleteById(orderId)` is given a key.
    const [first] = at.kind === "call" || at.kind === "new" ? at.arguments : [];
    if (first && (at.kind === "call" || at.kind === "new") && !operation.filter.includes(first) && !operation.data.includes(first) && !(operation.receiver.kind === "model" && operation.methods.includes(lastName(at.callee)))) {
      table = tableOf(first);
      if (lastName(at.callee) === "from") from ??= table;
    }
    if (at.kind === "member") names.push(at.property);
    if (at.kind === "name") names.push(at.name);
    at = at.kind === "call" || at.kind === "new" ? at.callee : at.kind === "template" ? at.tag : at.kind === "member" ? at.object : at.kind === "await" || at.kind === "cast" ? at.value : undefined;
  }
  return [...new Set([from ?? table, ...(operation.sql?.table === undefined ? operation.text.map(tableOf) : [operation.sql.table]), ...names])].filter((name) => name !== "" && !operation.methods.includes(name)).join(" ");
}

/** Whether two statements are about one model, table or collection, whatever they run on: `tx.order.create` and `prisma.order.update`. */
export function sharesTarget(one: StoreOperation, other: StoreOperation): boolean {
  // A document is called after its model: `const payment = await Payment.create(…)`.
  return targetOf(one).toLowerCase() === targetOf(other).toLowerCase() || tableNamesOf(one) === tableNamesOf(other);
}

/** What a statement is about, without the client or handle that it runs on. */
export function tableNamesOf(operation: StoreOperation): string {
  const { session, root } = operation.receiver;
  const names = targetOf(operation).split(" ");
  const own = session === undefined ? names : names.filter((name) => name !== receiverText(root) && name !== lastName(root));
  return (own.length > 0 ? own : names).join(" ");
}

/** The table that an expression names: that of a statement, a text without spaces, or a name. */
function tableOf(node: Expression): string {
  const text = node.kind === "template" ? node.texts.join(" ") : node.kind === "literal" && typeof node.value === "string" ? node.value : undefined;
  if (text === undefined) return node.kind === "name" || node.kind === "member" ? receiverText(node) : "";
  return /^\s*\S+\s*$/.test(text) ? text : (/\b(?:into|update|from)\s+["`]?([\w.]+)/i.exec(text)?.[1] ?? "");
}

/** The words of a name or text, in lower case. */
export function wordsOf(name: string): readonly string[] {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase().split(/[^a-z0-9]+/);
}
