import { within } from "../base/position.js";
import { lastName } from "../facts/names.js";
import type { CallExpression, Expression, FunctionNode, NewExpression, TemplateExpression } from "../facts/syntax.js";
import { isClassNode, isFunctionNode, someNode, type SyntaxNode, walk } from "../facts/walk.js";
import type { StoreOperation } from "../model/data-access.js";
import type { ProjectModel } from "../model/project-model.js";
import type { CallStep, OutsideCall, SummaryUse } from "../model/summary.js";
import { importedPackages } from "./persistence.js";
import { receiverText } from "./store-uses.js";
import { keptIn, operationText, sharesStore } from "./transactions.js";

/** A write of a function outside any transaction: its own statement, or a call that leads to one. */
export interface Write {
  readonly node: CallExpression | NewExpression | TemplateExpression;
  readonly text: string;
  readonly operation: StoreOperation;
}

/** Stores in which several writes can be one. */
const families = new Set<StoreOperation["family"]>(["sql", "mongo", "firestore", "dynamodb"]);

/** Words that name records about what was done, and copies: they may be lost, or lag behind, without harm. */
const aside = new Set(["audit", "audits", "auditor", "log", "logs", "logger", "cache", "caches", "cached", "history", "histories", "activity", "activities", "notification", "notifications", "notify", "metric", "metrics", "analytics", "telemetry", "tracking", "statistics", "stats", "pageview", "pageviews", "analyze", "search"]);

/** Words that name what a client is let in by. One that is made, or taken away too early, is made again at the next attempt; one that is left behind lets in who should not. */
const admissions = new Set(["session", "sessions", "token", "tokens", "challenge", "challenges", "nonce", "nonces", "otp", "otps"]);

/** Limits and attempts to sign in are counted, and visits are marked, whatever becomes of the rest. */
const counting = /(login|sign\w?in|auth\w*|password|otp|fail(ed)?|verification)\w?attempts?|rate\w{0,4}limit|throttl|quota|last\w{0,8}(seen|login|logged|active|used|visit)|(increment|next)\w{0,20}(id|number|sequence|counter)$/i;

/** Calls that give what is there and make it where it is not: made twice or left behind, it is the same. */
const findsOrMakes = /^(get|find|fetch|load|ensure)(?![a-z])|OrCreate/;

/** The writes that belong to a function's own run, in source order, one for each place. */
export function separateWrites(model: ProjectModel, file: string, node: FunctionNode): readonly Write[] {
  const { transactions } = model;
  const writes = new Map<Expression, Write>();
  const add = (write: Write): void => {
    if (!writes.has(write.node) && families.has(write.operation.family) && !transactions.isHandedIn(file, write.node) && !isAside(write)) writes.set(write.node, write);
  };
  for (const use of transactions.summaryOf(file, node).outer) {
    const { calls, unless } = use;
    const operation = withGivenText(model, use);
    if (operation.role !== "write" || unless !== undefined || transactions.mayRunInContext(operation, node) || calls.slice(1).some(isToAside) || calls.some((step) => isGivenByUser(model, step)) || isBestEffort(model, use)) continue;
    const call = calls[0]?.call;
    if (!call) for (const run of runsOf(model, file, node, operation)) add({ node: run, text: run === operation.node ? operationText(operation) : receiverText(run), operation });
    else if (!lifecycle.test(lastName(call.callee)) && !reachesOutside(model, file, node, call) && transactions.callees(file, call).every((callee) => writesAlways(model, callee.file, callee.node) || operation !== use.operation)) add({ node: call, text: receiverText(call.callee), operation });
  }
  // Where a framework calls the function, the client that it is given is the outer one; a manager may be that of a transaction.
  for (const { operation, calls, parameter } of transactions.summaryOf(file, node).passed)
    if (calls.length === 0 && operation.role === "write" && operation.receiver.session === "client" && !operation.receiver.value.provenance.path.includes("EntityManager") && transactions.isGivenOutside(file, node, parameter)) add({ node: operation.node, text: operationText(operation), operation });
  return [...writes.values()].sort((left, right) => left.node.span[0] - right.node.span[0]);
}

/** Where a statement runs: `const insert = db.prepare(text)` runs nothing yet, `insert.run(values)` does, each time. */
function runsOf(model: ProjectModel, file: string, around: FunctionNode, { node }: StoreOperation): readonly Write["node"][] {
  if (node.kind !== "call" || lastName(node.callee) !== "prepare") return [node];
  const prepared = keptIn((part) => model.values.index(file).parentOf(part), node)?.bindings ?? [];
  return model.transactions.contentOf(file, around).calls.filter(({ callee }) => callee.kind === "member" && /^(run|execute)$/.test(callee.property) && callee.object.kind === "name" && callee.object.binding !== undefined && prepared.includes(callee.object.binding));
}

/** A statement whose text a caller gives, `const query = (text, values) => pool.query(text, values)`, read with the text that it is given. */
function withGivenText(model: ProjectModel, { operation, calls }: SummaryUse): StoreOperation {
  const [step, ...others] = calls;
  if (operation.role !== "statement" || !step || others.length > 0) return operation;
  const flow = model.transactions.summaryOf(step.callee.file, step.callee.node).flows.find(({ to, path, steps, calls: further }) => to.kind === "text" && to.operation === operation && path.length === 0 && steps.length === 0 && further.length === 0);
  const text = flow && step.call.arguments[flow.parameter];
  const statement = text && model.dataAccess.statementIn(step.file, text);
  return statement && statement.role !== "other" ? { ...operation, role: statement.role, write: statement.write, sql: statement } : operation;
}

/** Calls that bring something up or down, which writes when its time comes. */
const lifecycle = /^(start|stop|listen|bootstrap|connect|disconnect|init|initiali[sz]e|shutdown|dispose)$/;

/** Words of calls that move files or messages, where what they do cannot be followed. */
const moving = new Set(["file", "files", "upload", "uploads", "blob", "storage", "s3", "bucket", "mail", "mails", "mailer", "email", "emails", "sms", "attachment", "attachments"]);
const uploads = /^(put|upload|store)\w*(File|Blob|Pdf|Image|Upload)(?![a-z])/;
/** Methods of texts and lists, which move nothing. */
const ofValues = /^(to[A-Z]\w*|trim\w*|split|replace(All)?|includes|startsWith|endsWith|slice|substring|match|map|filter|find|some|every|push|join|at|indexOf|concat|forEach|reduce|flatMap|sort|has|keys|values|entries)$/;
const sends = /^(send|notify|publish|enqueue|dispatch)(?![a-z])/;

/** Requests and other programs are waited for. */
const waits = (kind: OutsideCall["kind"]): boolean => kind === "http" || kind === "process";

/** A call that also sends a request, runs a program or keeps a file: no transaction should wait for it. */
function reachesOutside(model: ProjectModel, file: string, node: FunctionNode, call: Expression): boolean {
  const { outside, outer } = model.transactions.summaryOf(file, node);
  // `client.send(new PutItemCommand(…))` sends a statement of its own store.
  if (model.dataAccess.at(file, call)) return false;
  if (call.kind === "call" && ofValues.test(lastName(call.callee))) return false;
  if (call.kind === "call" && uploads.test(lastName(call.callee))) return true;
  if (call.kind === "call" && !isKnown(model, file, call) && (sends.test(lastName(call.callee)) || wordsOf(receiverText(call.callee)).some((word) => moving.has(word)))) return true;
  return outside.some(({ kind, calls }) => waits(kind) && calls[0]?.call === call) || outer.some(({ operation, calls }) => operation.family === "object" && calls[0]?.call === call);
}

/** Whether all is known that a call does, and that is to use the store: `this.publish(topic)` that keeps an event in its outbox. */
function isKnown(model: ProjectModel, file: string, call: CallExpression | NewExpression): boolean {
  const functions = model.transactions.callees(file, call);
  return functions.length > 0 && functions.every((callee) => {
    const { outside, outer, passed, unknown } = model.transactions.summaryOf(callee.file, callee.node);
    return unknown === 0 && outside.length === 0 && [...outer, ...passed].every(({ operation }) => operation.family !== "object");
  });
}

/**
 * Whether a call runs a function, and no method, of a package that the calling one does not know: the user of a library gave it as a
 * callback or an option, and what it writes is that user's.
 */
function isGivenByUser(model: ProjectModel, { file, callee }: CallStep): boolean {
  const [own, other] = [model.packageOf(file), model.packageOf(callee.file)];
  return own !== other && own.kind === "library" && model.values.index(callee.file).functions.get(callee.node)?.member === undefined && !importedPackages(model, own).includes(other);
}

/** A write that changes nothing when it is repeated: an insert that leaves what is there, or a call that finds or makes something. */
function isRepeatable(model: ProjectModel, file: string, { node, operation }: Write): boolean {
  if (node !== operation.node && node.kind === "call" && findsOrMakes.test(lastName(node.callee))) return true;
  if (isMadeIfMissing(model, file, node) || someNode([operation.node], (part) => part.kind === "object" && part.members.some((member) => member.kind === "property" && member.key === "skipDuplicates"))) return true;
  return operation.methods.some((method) => /^(onConflictDoNothing|ignore|doNothing|orIgnore)$/.test(method));
}

/** `if (!contact) contact = await create(…)`, `found ?? (await create(…))`: the next attempt finds what this one made. */
function isMadeIfMissing(model: ProjectModel, file: string, node: Write["node"]): boolean {
  const { parentOf } = model.values.index(file);
  let at: SyntaxNode = node;
  let parent = parentOf(at);
  while (parent && "kind" in parent && (parent.kind === "await" || parent.kind === "cast")) [at, parent] = [parent, parentOf(parent)];
  if (!parent || !("kind" in parent)) return false;
  if (parent.kind === "binary") return /^(\?\?|\|\|)$/.test(parent.operator) && parent.right === at;
  if (parent.kind !== "assign" || parent.target.kind !== "name") return false;
  const { binding } = parent.target;
  if (/^(\?\?|\|\|)=$/.test(parent.operator)) return true;
  for (let outer: SyntaxNode | undefined = parent, up = parentOf(parent); up; outer = up, up = parentOf(up)) {
    if (isFunctionNode(up) || isClassNode(up)) return false;
    if (up.kind === "if") return up.test.kind === "unary" && up.test.operator === "!" && up.test.value.kind === "name" && up.test.value.binding === binding && up.then.some((statement) => statement === outer);
  }
  return false;
}

function writesAlways(model: ProjectModel, file: string, node: FunctionNode): boolean {
  const { outer, passed } = model.transactions.summaryOf(file, node);
  return [...outer, ...passed].some(({ operation }) => operation.role === "write");
}

/** A write that happens once for each element of a list. */
export function loopedWrite(model: ProjectModel, file: string, node: FunctionNode, writes: readonly Write[]): Write | undefined {
  return writes.find((write) => (!write.operation.many || isForElement(model, file, write, node)) && !isRepeatable(model, file, write) && !revokes(write) && !isChunk(model, file, write, node) && !notesOutcomes(model, file, write, node) && !waitsInLoop(model, file, write, node) && model.transactions.onOnePath(file, node, new Set([write.node])) > 1 && !isIndependent(model, file, write.node, node, writes));
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

/** `chunk(ids, 100)`, `idBatches`. */
function isChunked(subject: Expression): boolean {
  return /chunk|batch(es)?$/i.test(subject.kind === "call" ? lastName(subject.callee) : subject.kind === "name" ? subject.name : "");
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

/** The first two writes of one store that one call of the function makes both. */
export function writesTogether(model: ProjectModel, file: string, node: FunctionNode, writes: readonly Write[], belong: (first: Write, second: Write) => boolean): readonly [Write, Write] | undefined {
  const some = writes.filter((write) => !isIndependent(model, file, write.node, node, writes)).slice(0, 12);
  for (const [index, second] of some.entries())
    for (const first of some.slice(0, index)) {
      if (isRepeatable(model, file, first) || revokes(first) || isGate(model, file, first) || readsOn(model, file, second) || isGivenTo(first, second) || !sharesStore(model, first.operation, second.operation) || isSplitByOutside(model, file, node, first, second) || isLeftBehind(model, file, node, first, second) || isCompensation(model, file, first.node, second.node) || isUndone(model, file, first, second) || isAfterFailure(model, file, node, first, second) || isProgress(model, file, node, first, second) || isRepeated(first, second) || excludeEachOther(model, file, node, first, second)) continue;
      if (model.transactions.onOnePath(file, node, new Set([first.node, second.node])) > 1 && belong(first, second)) return [first, second];
    }
  return undefined;
}

/** A call that asks whether to go on, and notes on the way that it was asked: `const valid = await verifyCode(code)`. */
function isGate(model: ProjectModel, file: string, { node, operation }: Write): boolean {
  if (node === operation.node || node.kind !== "call") return false;
  return (/^(verify|check|validate|authenticate|authori[sz]e|claim|acquire|resolve)(?![a-z])/.test(lastName(node.callee)) && isAsked(model, file, node)) || /error$/i.test(keptName(model, file, node) ?? "");
}

/** A call for what it gives, which keeps something on the way: `const user = await currentSession(request)`. */
function readsOn(model: ProjectModel, file: string, { node, operation }: Write): boolean {
  return node !== operation.node && node.kind === "call" && /^(get|find|fetch|load|read|check|verify|validate)(?![a-z])/.test(lastName(node.callee)) && !/OrCreate|OrMake|OrInsert/.test(lastName(node.callee)) && isAsked(model, file, node);
}

/** The name of the variable that a call's answer is kept in. */
function keptName(model: ProjectModel, file: string, node: Write["node"]): string | undefined {
  const { parentOf } = model.values.index(file);
  let at = parentOf(node);
  while (at && "kind" in at && at.kind === "await") at = parentOf(at);
  const target = at && "kind" in at && at.kind === "variable" && at.declarators.length === 1 ? at.declarators[0]?.target : undefined;
  return target?.kind === "binding" ? model.facts(file).bindings[target.binding]?.name : undefined;
}

/** Whether what a call gives is kept or tested. */
function isAsked(model: ProjectModel, file: string, node: Write["node"]): boolean {
  const { parentOf } = model.values.index(file);
  if ((keptIn(parentOf, node)?.bindings.length ?? 0) > 0) return true;
  for (let at = parentOf(node); at && "kind" in at; at = parentOf(at)) {
    if (at.kind === "if") return at.then.every((statement) => !within(node.span, statement.span)) && (at.else ?? []).every((statement) => !within(node.span, statement.span));
    if (at.kind !== "await" && at.kind !== "unary" && at.kind !== "binary" && at.kind !== "member" && at.kind !== "cast") return false;
  }
  return false;
}

/** Whether a write is made by a function that is handed to the other: `useCredit(account, async () => keep(file))`. */
function isGivenTo(first: Write, second: Write): boolean {
  return first.node !== first.operation.node && first.node.kind === "call" && first.node.arguments.some((argument) => within(second.node.span, argument.span));
}

/** A request to the outside between two writes: a transaction cannot hold both without waiting for it. */
function isSplitByOutside(model: ProjectModel, file: string, node: FunctionNode, first: Write, second: Write): boolean {
  return model.transactions.summaryOf(file, node).outside.some(({ kind, span, calls }) => {
    const at = calls[0]?.call.span ?? span;
    return waits(kind) && at[0] >= first.node.span[1] && at[1] <= second.node.span[0];
  });
}

/** Whether a write belongs to what nobody waits for, `void publish(job).then(() => note(done))`: the function has ended by then. */
function isLeftBehind(model: ProjectModel, file: string, around: FunctionNode, first: Write, second: Write): boolean {
  const { parentOf } = model.values.index(file);
  for (let at = parentOf(second.node); at && at !== around; at = parentOf(at)) {
    if (isClassNode(at) || isFunctionNode(at) || at.kind !== "call" || at.callee.kind !== "member" || !/^(then|finally)$/.test(at.callee.property) || !at.arguments.some((argument) => within(second.node.span, argument.span))) continue;
    // Where the chain begins with the first write, or stands in what is done when that is, one follows the other.
    let chain: SyntaxNode = at;
    for (let outer = parentOf(chain); outer && "kind" in outer && (outer.kind === "member" || (outer.kind === "call" && within(chain.span, outer.callee.span))); outer = parentOf(chain)) chain = outer;
    if (within(first.node.span, chain.span)) return false;
    const statement = parentOf(chain);
    const dropped = statement && "kind" in statement && (statement.kind === "expression" || (statement.kind === "unary" && statement.operator === "void"));
    if (dropped) return model.values.index(file).functionAround(first.node)?.node === model.values.index(file).functionAround(chain)?.node;
  }
  return false;
}

/** Whether two writes note how far work on one row has come, with the work between them: `running`, then `done`. */
function isProgress(model: ProjectModel, file: string, node: FunctionNode, first: Write, second: Write): boolean {
  const [before, after] = [first.operation, second.operation];
  if (first.node !== before.node || second.node !== after.node || targetOf(before) !== targetOf(after) || after.write !== "update") return false;
  const made = keptIn((part) => model.values.index(file).parentOf(part), before.node)?.bindings ?? [];
  const sameRow = before.write === "update" ? sharesCondition(before.filter, after.filter) : after.filter.some((part) => mentions(part, new Set(made)));
  const works = model.transactions.contentOf(file, node).calls.some(({ span }) => span[0] >= before.span[1] && span[1] <= after.span[0] && !model.dataAccess.of(file).some((operation) => within(span, operation.span)));
  return sameRow && works;
}

/** Whether two filters have a condition in common: `{ id }` and `{ id, status: "running" }`. */
function sharesCondition(left: readonly Expression[], right: readonly Expression[]): boolean {
  const conditions = (filter: readonly Expression[]): readonly string[] => filter.flatMap((part) => (part.kind === "object" ? part.members.map(shapeOf) : [shapeOf(part)]));
  const known = new Set(conditions(left));
  return conditions(right).some((condition) => known.has(condition));
}

/** A piece of code without its places, to compare it with another. */
function shapeOf(node: object): string {
  return JSON.stringify(node, (key, value: unknown) => (/span$/i.test(key) ? undefined : value));
}

/** The same call again, with the same arguments: what it writes the second time, it has written. */
function isRepeated(first: Write, second: Write): boolean {
  return first.node !== first.operation.node && shapeOf(first.node) === shapeOf(second.node);
}

/** Whether two writes stand under conditions that contradict each other: `if (found && !wanted)` and `if (!found && wanted)`. */
function excludeEachOther(model: ProjectModel, file: string, node: FunctionNode, first: Write, second: Write): boolean {
  const before = conditionsOf(model, file, node, first.node);
  return before.size > 0 && [...conditionsOf(model, file, node, second.node)].some((condition) => before.has(condition.startsWith("!") ? condition.slice(1) : `!${condition}`));
}

/** The conditions under which a place of a function is reached, each as a shape, negated ones with `!` in front. */
function conditionsOf(model: ProjectModel, file: string, node: FunctionNode, place: Expression): ReadonlySet<string> {
  const { parentOf } = model.values.index(file);
  const found = new Set<string>();
  const add = (test: Expression): void => {
    if (test.kind === "binary" && test.operator === "&&") {
      add(test.left);
      add(test.right);
    } else if (test.kind === "unary" && test.operator === "!") found.add(`!${shapeOf(test.value)}`);
    // What a call answers may be another thing the next time.
    else if (test.kind === "name" || test.kind === "member") found.add(shapeOf(test));
  };
  let inner: SyntaxNode = place;
  for (let at = parentOf(place); at && at !== node; inner = at, at = parentOf(at)) if ("kind" in at && at.kind === "if" && at.then.some((statement) => statement === inner)) add(at.test);
  return found;
}

function mentions(node: SyntaxNode, bindings: ReadonlySet<number>): boolean {
  return someNode([node], (part) => part.kind === "name" && part.binding !== undefined && bindings.has(part.binding));
}

/** Whether a write stands in the handler of an error, to make undone what was written before. */
function isCompensation(model: ProjectModel, file: string, first: SyntaxNode, second: SyntaxNode): boolean {
  const { parentOf } = model.values.index(file);
  for (let at = second, parent = parentOf(at); parent; at = parent, parent = parentOf(at)) {
    if (isClassNode(parent) || isFunctionNode(parent)) continue;
    // `call().then(() => first()).catch(() => second())`
    if (parent.kind === "call" && lastName(parent.callee) === "catch" && at !== parent.callee && within(first.span, parent.callee.span)) return true;
    if (parent.kind === "try" && parent.handler?.body.some((statement) => statement === at) && !parent.handler.body.some((statement) => within(first.span, statement.span))) return true;
  }
  return false;
}

/** Whether a write stands in a `try` whose handler takes away again what the first made. */
function isUndone(model: ProjectModel, file: string, first: Write, second: Write): boolean {
  const { parentOf } = model.values.index(file);
  for (let at: SyntaxNode = second.node, parent = parentOf(at); parent; at = parent, parent = parentOf(at)) {
    if (isClassNode(parent) || isFunctionNode(parent) || parent.kind !== "try" || !parent.handler || !parent.body.some((statement) => statement === at)) continue;
    const { handler } = parent;
    if (model.dataAccess.of(file).some((operation) => operation.write === "delete" && targetOf(operation) === targetOf(first.operation) && handler.body.some((statement) => within(operation.span, statement.span)))) return true;
  }
  return false;
}

/** Whether a write stands where what the first gave says that it failed: `if (result.isFailed())`, `if (!made)`. */
function isAfterFailure(model: ProjectModel, file: string, around: FunctionNode, first: Write, second: Write): boolean {
  const { parentOf } = model.values.index(file);
  const given = new Set(keptIn((part) => parentOf(part), first.node)?.bindings ?? []);
  if (given.size === 0) return false;
  const isGiven = (part: Expression): boolean => part.kind === "name" && part.binding !== undefined && given.has(part.binding);
  const saysFailed = (test: Expression): boolean => {
    if (test.kind === "unary" && test.operator === "!") return isGiven(test.value) || (test.value.kind === "member" && isGiven(test.value.object) && /^(ok|success|succeeded)$/.test(test.value.property));
    const asked = test.kind === "call" ? test.callee : test;
    return asked.kind === "member" && isGiven(asked.object) && /^(is)?(err|error|fail|failed|failure|left)$/i.test(asked.property);
  };
  let inner: SyntaxNode = second.node;
  for (let at = parentOf(inner); at && at !== around; inner = at, at = parentOf(at)) if ("kind" in at && at.kind === "if" && at.then.some((statement) => statement === inner) && saysFailed(at.test)) return true;
  return false;
}

/** Whether a function on the way to a write deals with its failure, and its callers never hear of it: `try { await push(); } catch (error) { log(error); }`. */
function isBestEffort(model: ProjectModel, { operation, calls }: SummaryUse): boolean {
  return calls.some(({ callee }, index) => {
    const { parentOf } = model.values.index(callee.file);
    for (let at: SyntaxNode = calls[index + 1]?.call ?? operation.node, parent = parentOf(at); parent && parent !== callee.node; at = parent, parent = parentOf(at)) {
      if (isClassNode(parent) || isFunctionNode(parent)) continue;
      if (swallows(parent, at) || (parent.kind === "try" && parent.handler && parent.body.some((statement) => statement === at) && !throws(parent.handler.body))) return true;
    }
    return false;
  });
}

/** Whether the failure of a write is dealt with where it stands, so that what goes before and behind it holds on its own. */
function isIndependent(model: ProjectModel, file: string, node: SyntaxNode, around: FunctionNode, writes: readonly Write[]): boolean {
  const { parentOf } = model.values.index(file);
  if ("kind" in node && node.kind === "call" && swallows(node, node.callee)) return true;
  // One `catch` at the end of a chain is told of the failure of each of its steps.
  const ends = (call: SyntaxNode): boolean => "kind" in call && call.kind === "call" && lastName(call.callee) === "catch" && writes.some((other) => other.node !== node && within(other.node.span, call.span));
  for (let at = node, parent = parentOf(at); parent && parent !== around; at = parent, parent = parentOf(at)) {
    if (isClassNode(parent) || isFunctionNode(parent)) continue;
    if (swallows(parent, at) && !ends(parent)) return true;
    if (parent.kind === "try" && parent.handler && parent.body.some((statement) => statement === at) && isWithin(model, file, parent, around) && !throws(parent.handler.body)) return true;
  }
  return false;
}

/** `Promise.allSettled(…)`, and `.catch(…)` of what stands in front of it where the error is not thrown on. */
function swallows(call: SyntaxNode, part: SyntaxNode): boolean {
  if (!("kind" in call) || call.kind !== "call" || call.callee.kind !== "member") return false;
  const { property } = call.callee;
  const [handler] = call.arguments;
  return property === "allSettled" || (property === "catch" && call.callee === part && (handler?.kind !== "function" || !throws(handler.function.body ?? [])));
}

/** A `try` that is only part of what the function does: in a loop, or with statements around it. */
function isWithin(model: ProjectModel, file: string, node: SyntaxNode, around: FunctionNode): boolean {
  const parent = model.values.index(file).parentOf(node);
  return parent !== around || (around.body ?? []).at(-1) !== node;
}

function throws(body: readonly SyntaxNode[]): boolean {
  let found = false;
  for (const statement of body)
    walk(statement, (part) => {
      if ("kind" in part && (part.kind === "throw" || (part.kind === "return" && part.value && !(part.value.kind === "name" && part.value.name === "undefined")))) found = true;
      return !isFunctionNode(part) && !found;
    });
  return found;
}

/** Whether a function by its name only keeps records about something, or copies: `saveContactCache`. */
export function keepsAside(name: string): boolean {
  return aside.has(wordsOf(name).at(-1) ?? "");
}

/** Whether what is written is a record about something, or a copy. */
function isAside(write: Write): boolean {
  return namesOf(write).some((name) => counting.test(name) || wordsOf(name).some((word) => aside.has(word) || (write.operation.write !== "delete" && admissions.has(word))));
}

/** Whether a write takes away what clients are let in by: before the rest it does no harm, behind it it must not be missing. */
function revokes(write: Write): boolean {
  return write.operation.write === "delete" && namesOf(write).some((name) => wordsOf(name).some((word) => admissions.has(word)));
}

/** Whether a call on the way to a write goes to what keeps such records: `this.cacheEntries.save(entry)`. */
function isToAside({ call: { callee } }: { readonly call: { readonly callee: Expression } }): boolean {
  return (callee.kind === "member" && wordsOf(receiverText(callee.object)).some((word) => aside.has(word))) || aside.has(wordsOf(lastName(callee)).at(-1) ?? "");
}

function namesOf({ text, operation }: Write): readonly string[] {
  return [text, targetOf(operation)];
}

/** What a statement is about, as written: its model, table or collection. */
function targetOf(operation: StoreOperation): string {
  const names: string[] = [];
  let at: Expression | undefined = operation.node;
  while (at) {
    if (at.kind === "template") names.push(tableIn(at.texts.join(" ")));
    if (at.kind === "call" || at.kind === "new") for (const argument of at.arguments.slice(0, 1)) names.push(argument.kind === "literal" && typeof argument.value === "string" ? tableIn(argument.value) : argument.kind === "name" || argument.kind === "member" ? receiverText(argument) : argument.kind === "template" ? tableIn(argument.texts.join(" ")) : "");
    if (at.kind === "member") names.push(at.property);
    if (at.kind === "name") names.push(at.name);
    at = at.kind === "call" || at.kind === "new" ? at.callee : at.kind === "template" ? at.tag : at.kind === "member" ? at.object : at.kind === "await" || at.kind === "cast" ? at.value : undefined;
  }
  return names.filter((name) => !operation.methods.includes(name)).join(" ");
}

/** The table that a statement names, or a text without spaces itself. */
function tableIn(text: string): string {
  return /^\s*\S+\s*$/.test(text) ? text : (/\b(?:into|update|from)\s+["`]?([\w.]+)/i.exec(text)?.[1] ?? "");
}

function wordsOf(name: string): readonly string[] {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase().split(/[^a-z0-9]+/);
}
