import { within } from "../../src/base/position.js";
import type { RuleFinding } from "../../src/base/finding.js";
import { findLibrary } from "../../src/catalogue/index.js";
import type { Expression, FunctionNode } from "../../src/facts/syntax.js";
import { isBackendCode } from "../../src/kit/backend-files.js";
import { type ManualTransaction, manualTransactions } from "../../src/kit/manual-transactions.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { receiverText } from "../../src/kit/store-uses.js";
import { bindingsOf, carriersOf, carries, clientsOf, keptIn, operationText, sharesLibrary, sharesStore } from "../../src/kit/transactions.js";
import { operationsBesideHost } from "../../src/kit/transaction-hosts.js";
import { isDealtWith } from "../../src/kit/handled-failures.js";
import { expectsDuplicate } from "../../src/kit/repeatable-writes.js";
import { isSkipped } from "../../src/kit/skipped-operations.js";
import { findDropped } from "../../src/kit/dropped-statements.js";
import type { StoreOperation } from "../../src/model/data-access.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { SummaryUse } from "../../src/model/summary.js";
import type { TransactionBody } from "../../src/model/transactions.js";

/** A stretch of code in which a transaction is open. */
interface OpenTransaction {
  readonly file: string;
  readonly node: FunctionNode;
  /** Where in the function it is open. */
  readonly span: readonly [number, number];
  readonly opener: StoreOperation;
  readonly carriers: ReadonlySet<number>;
  /** What stands for the transaction, as a message says it. */
  readonly handle: string;
}

export default defineRule({
  name: "use-transaction-handle",
  section: "data",
  clauses: ["DATA-1"],
  description: "Require every statement of a transaction to run on its handle, to be awaited, and manual transactions to end",
  presets: { recommended: "error", strict: "error", legacy: "error" },
  messages: {
    outer: "`{{call}}` runs outside the transaction that is open here: it uses `{{receiver}}`, not {{handle}}. It is not rolled back with the rest, and can wait for a connection that the transaction holds. Use {{handle}}.",
    helper: "`{{call}}` uses the database through a client of its own ({{where}}), outside the transaction that is open here. Pass it {{handle}}.",
    nested: "`{{call}}` opens a transaction of its own inside this one ({{where}}), which commits by itself. Pass it {{handle}}.",
    notAwaited: "Nobody waits for `{{call}}`, so it may run after the transaction has ended, or never. Await it.",
    addAwait: "Await `{{call}}`.",
    notRun: "`{{call}}` only builds a statement: nothing runs it. Call `{{run}}` on it.",
    notCalled: "`{{call}}` gives a function that runs its statements in a transaction, and nothing calls that: none of them runs. Call it.",
    asyncBody: "`{{call}}` runs its function synchronously and throws when it gives a promise: the statements up to the first `await` are rolled back, and those behind it run outside. Make the function synchronous, and await before it.",
    poolBegin: "`{{call}}` begins a transaction on a pool, which gives the next statement another connection: nothing of it runs in this transaction. Take one connection and run all statements on it.",
    noRollback: "Nothing rolls back the transaction that is begun here when an error is thrown, so it stays open with its locks. Put the statements in `try` and roll back in `catch`, or use the library's transaction function.",
    noRelease: "The connection taken here is not given back on every way out, so each error leaves the pool one smaller. Release it in `finally`.",
  },
  optionsSchema: {},
  defaultOptions: {},
  hasSuggestions: true,
  project: {
    reads: "model",
    *check(model, scope) {
      for (const file of scope.files) {
        if (!isBackendCode(model, file)) continue;
        const seen = new Set<string>();
        for (const finding of [...inBodies(model, file), ...inHanded(model, file), ...manual(model, file), ...besideHost(model, file)]) {
          // What stands in nested transactions is found from each of them.
          const key = `${finding.range.start.line}:${finding.range.start.column}`;
          if (!seen.has(key)) yield finding;
          seen.add(key);
        }
      }
    },
  },
});

function* inBodies(model: ProjectModel, file: string): Iterable<RuleFinding> {
  for (const body of model.transactions.bodies(file)) {
    if (body.file !== file || body.opener.role !== "transaction" || model.transactions.isAmbient(body.opener)) continue;
    if (body.opener.execution === "sync" && body.node.async === true) yield findingAt(model, file, body.opener.span, "asyncBody", { call: operationText(body.opener) }, { cause: `${body.opener.span[0]} async` });
    if (body.opener.execution === "sync" && body.opener.completion === "dropped") yield findingAt(model, file, body.opener.span, "notCalled", { call: operationText(body.opener) }, { cause: `${body.opener.span[0]} called` });
    const open = openIn(model, body);
    yield* outside(model, open);
    yield* dropped(model, open);
  }
}

/** What code of the project runs in a transaction that it opens, with the handle: `inTransaction(async (client) => …)`. */
function* inHanded(model: ProjectModel, file: string): Iterable<RuleFinding> {
  for (const body of model.transactions.handedIn(file)) {
    // The handle may come behind other arguments: `work(input, tx)`.
    const { parameters } = body.node;
    const parameter = parameters.find(({ target }) => target.kind === "binding" && /^(tx|trx|t|transaction|client|db|manager|em|session|conn|connection|runner)$|(Tx|Trx|Transaction|Client|Manager|Session)$/.test(target.name)) ?? parameters[0];
    if (body.opener.role === "ambient" || !parameter || model.transactions.isAmbient(body.opener)) continue;
    const carriers = carriersOf(model, file, body.node, parameters.flatMap(({ target }) => bindingsOf(target)));
    yield* outside(model, { file, node: body.node, span: body.node.span, opener: body.opener, carriers, handle: parameter.target.kind === "binding" ? `\`${parameter.target.name}\`` : "the handle that the callback is given" });
  }
}

function openIn(model: ProjectModel, { file, node, opener }: TransactionBody): OpenTransaction {
  const [parameter] = node.parameters;
  const { root } = opener.receiver;
  // `session.withTransaction(async () => …)`: the session is the handle.
  const session = opener.receiver.session === "handle" && root.kind === "name" && root.binding !== undefined ? [root.binding] : [];
  const handles = [...(parameter ? bindingsOf(parameter.target) : []), ...session];
  const handle = parameter?.target.kind === "binding" ? `\`${parameter.target.name}\`` : session.length > 0 ? `\`${receiverText(root)}\`` : "the handle that the callback is given";
  return { file, node, span: node.span, opener, carriers: carriersOf(model, file, node, handles), handle };
}

function* manual(model: ProjectModel, file: string): Iterable<RuleFinding> {
  for (const operation of model.dataAccess.of(file)) {
    if (operation.sql?.role === "begin" && operation.receiver.session === "client" && operation.execution !== "sync" && operation.family === "sql" && operation.package !== "drizzle-orm") yield findingAt(model, file, operation.span, "poolBegin", { call: operationText(operation) }, { cause: `${operation.span[0]}` });
  }
  for (const transaction of manualTransactions(model, file)) {
    const { begin, rollsBack, unreleased } = transaction;
    if (begin.sql && begin.receiver.session === "client") continue;
    if (!rollsBack) yield findingAt(model, file, begin.span, "noRollback", {}, { cause: `${begin.span[0]}` });
    for (const { span } of unreleased) yield findingAt(model, file, span, "noRelease", {}, { cause: `${begin.span[0]}` });
    const open = openBetween(model, transaction);
    if (!model.transactions.isAmbient(begin)) yield* outside(model, open);
    yield* dropped(model, open);
  }
}

function openBetween(model: ProjectModel, { file, node, begin, span, carriers }: ManualTransaction): OpenTransaction {
  const { bindings } = model.facts(file);
  const [first] = carriers;
  return { file, node, span, opener: begin, carriers, handle: `\`${(first === undefined ? undefined : bindings[first]?.name) ?? receiverText(begin.receiver.root)}\`` };
}

function* besideHost(model: ProjectModel, file: string): Iterable<RuleFinding> {
  for (const { operation, host, decorator, node } of operationsBesideHost(model, file))
    if (reaching.has(operation.role)) yield findingAt(model, file, operation.span, "outer", { call: operationText(operation), receiver: receiverText(operation.receiver.root), handle: `\`${host}\`` }, { cause: `${node.span[0]} host`, related: [relatedAt(model, file, decorator.span, "the transaction is opened here")] });
}

const reaching = new Set<StoreOperation["role"]>(["read", "list", "write", "statement", "transaction", "begin"]);

/** What reaches the store past the handle: by itself, or through a function of the project. */
function* outside(model: ProjectModel, open: OpenTransaction): Iterable<RuleFinding> {
  const { file, node, span, opener, handle } = open;
  const related = [relatedAt(model, opener.file, [opener.span[0], Math.min(opener.span[1], opener.span[0] + 40)], "the transaction is opened here")];
  const { outer, passed } = model.transactions.summaryOf(file, node);
  const begun = opener.file === file ? (keptIn(model.values.index(file).parentOf, opener.node)?.bindings ?? []) : [];
  // A client that the caller passed, and of which the transaction was begun here, is the outer one as well.
  const own = clientsOf(model, file, opener.receiver.root, open.carriers);
  const besides = passed.filter(({ operation: { receiver: { root }, handle: given }, calls }) => calls.length === 0 && !given.some((part) => carries(model, file, part, open.carriers)) && [root, ...given].some((part) => part.kind === "name" && part.binding !== undefined && own.has(part.binding)));
  for (const use of [...outer, ...besides]) {
    const { operation, calls } = use;
    // `transaction.request()` of the transaction that is open.
    const { root } = operation.receiver;
    // `tx ?? db` of a function that is handed the transaction.
    const given = use.unless === undefined ? undefined : node.parameters[use.unless];
    if (given && bindingsOf(given.target).some((binding) => open.carriers.has(binding))) continue;
    // What deals with its own failure is to hold whatever becomes of the rest, and what nobody waits for is no part of it.
    if (isDealtWith(model, use, file, node) || (calls.length === 0 && expectsDuplicate(model, file, operation.node)) || isSkipped(model, use)) continue;
    // What the begin gave is the handle, whatever else the name may hold: `(await outer?.transaction()) ?? (await db.transaction())`.
    if (calls.length === 0 && root.kind === "name" && root.binding !== undefined && begun.includes(root.binding)) continue;
    if (calls.length === 0 && opener.receiver.session === "handle" && root.kind === "name" && root.binding !== undefined && open.carriers.has(root.binding)) continue;
    const at = calls[0]?.call.span ?? operation.span;
    // A library that runs synchronously has one connection.
    if (!within(at, span) || operation === opener || operation.execution === "sync" || !reaching.has(operation.role) || !sharesStore(model, opener, operation)) continue;
    const opens = operation.role === "transaction" || operation.role === "begin";
    const [step] = calls;
    if (!step) {
      if (keepsSession(operation)) continue;
      const call = operationText(operation);
      const receiver = receiverText(operation.receiver.root);
      const cause = `${opener.span[0]} ${receiver}`;
      yield opens ? findingAt(model, file, at, "nested", { call, where: "here", handle }, { cause, related }) : findingAt(model, file, at, "outer", { call, receiver, handle }, { cause, related });
    } else if (isHelperOutside(model, open, use)) {
      const where = `${operation.file}:${model.range(operation.file, operation.span).start.line}`;
      const call = receiverText(step.call.callee);
      yield findingAt(model, file, at, opens ? "nested" : "helper", { call, where, handle }, { cause: `${opener.span[0]} ${call}`, related: [...related, relatedAt(model, operation.file, operation.span, "the client is used here")] });
    }
  }
}

/** Whether an operation is one of a row that remembers the transaction it was read or made in. */
function keepsSession({ package: name, receiver }: StoreOperation): boolean {
  return receiver.kind === "document" && findLibrary(name)?.store?.rowsKeepSession === true;
}

/** Whether a function of the project goes past the handle for sure: it is not given it, or uses its own client beside it. */
function isHelperOutside(model: ProjectModel, { file, node, carriers }: OpenTransaction, { operation, calls }: SummaryUse): boolean {
  const [step] = calls;
  if (!step) return false;
  const { call, callee } = step;
  const uses = model.transactions.summaryOf(file, node).outer;
  // What a caller hands to this function is told where that stands.
  const source = call.callee.kind === "name" && call.callee.binding !== undefined ? model.values.index(file).sources[call.callee.binding] : undefined;
  if (source?.kind === "parameter") return false;
  const isSure = model.transactions.callees(file, call).every((one) => uses.some((use) => use.calls[0]?.call === call && use.calls[0].callee.node === one.node && sharesLibrary(use.operation, operation)));
  if (!isSure) return false;
  const carried = (part: Expression): boolean => carries(model, file, part, carriers);
  // `const found = await Model.findOne(filter).session(session); await found.save()`
  if (keepsSession(operation) && call.arguments.some(carried)) return false;
  if (!call.arguments.some(carried) && !carried(call.callee)) return true;
  const { passed } = model.transactions.summaryOf(callee.file, callee.node);
  return calls.length === 1 && call.arguments.some((argument, index) => argument.kind === "name" && carried(argument) && passed.some(({ parameter, operation: other }) => parameter === index && sharesLibrary(other, operation)));
}

function* dropped(model: ProjectModel, { file, node, opener, carriers, span: open }: OpenTransaction): Iterable<RuleFinding> {
  for (const { span, call, run, awaitAt } of findDropped(model, file, node, opener, carriers)) {
    if (!within(span, open)) continue;
    const suggestions = awaitAt === undefined ? undefined : [{ message: "addAwait", edits: [{ start: awaitAt, end: awaitAt, text: "await " }] }];
    yield findingAt(model, file, span, run === undefined ? "notAwaited" : "notRun", run === undefined ? { call } : { call, run }, { cause: `${opener.span[0]} await`, ...(suggestions && { suggestions }) });
  }
}
