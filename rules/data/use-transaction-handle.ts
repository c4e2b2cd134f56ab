import { within } from "../../src/base/position.js";
import type { RuleFinding } from "../../src/base/finding.js";
import { isBackendCode } from "../../src/kit/project/backend-files.js";
import { findDropped } from "../../src/kit/writes/dropped-statements.js";
import { manualTransactions } from "../../src/kit/writes/manual-transactions.js";
import { openBetween, openInBody, openInHanded, type OpenTransaction } from "../../src/kit/writes/open-transactions.js";
import { reachesStore, usesOutside } from "../../src/kit/writes/outside-uses.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { receiverText } from "../../src/kit/project/store-uses.js";
import { operationsBesideHost } from "../../src/kit/writes/transaction-hosts.js";
import { operationText } from "../../src/kit/writes/transactions.js";
import type { ProjectModel } from "../../src/model/project-model.js";

export default defineRule({
  name: "use-transaction-handle",
  section: "data",
  clauses: ["DATA-1"],
  description: "Require every statement of a transaction to run on its handle, to be awaited, and manual transactions to end",
  presets: { recommended: "error", strict: "error", legacy: "error" },
  messages: {
    outer: "`{{call}}` runs outside the transaction that is open here: it uses `{{receiver}}`, not {{handle}}. What it writes is not rolled back with the rest, what it reads may be out of date, and it can wait for a connection that the transaction holds. Use {{handle}}.",
    asRow: "`{{call}}` is given one row and then its options, which it takes for another row: it runs outside the transaction that is open here, and makes two. Give it a list, `[row]`, and the options behind it.",
    helper: "`{{call}}` uses the database through a client of its own ({{where}}), outside the transaction that is open here. Pass it {{handle}}.",
    readHelper: "`{{call}}` reads through a client of its own ({{where}}) while a transaction is open here: it does not see what the transaction has written, and waits for a second connection while this one is held. Pass it {{handle}}.",
    nested: "`{{call}}` opens a transaction of its own inside this one ({{where}}), which commits by itself. Pass it {{handle}}.",
    notAwaited: "Nobody waits for `{{call}}`, so it may run after the transaction has ended, or never. Await it.",
    endNotAwaited: "Nobody waits for `{{call}}`: the code goes on before the transaction has ended, and where it fails nobody hears of it. Await it.",
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
    if (body.opener.execution === "sync" && body.opener.completion === "dropped" && !body.opener.executed) yield findingAt(model, file, body.opener.span, "notCalled", { call: operationText(body.opener) }, { cause: `${body.opener.span[0]} called` });
    const open = openInBody(model, body);
    yield* outside(model, open);
    yield* dropped(model, open);
  }
}

/** What code of the project runs in a transaction that it opens, with the handle: `inTransaction(async (client) => …)`. */
function* inHanded(model: ProjectModel, file: string): Iterable<RuleFinding> {
  for (const body of model.transactions.handedIn(file)) {
    const open = openInHanded(model, file, body);
    if (!open) continue;
    yield* outside(model, open);
    yield* dropped(model, open);
  }
}

function* manual(model: ProjectModel, file: string): Iterable<RuleFinding> {
  for (const operation of model.dataAccess.of(file)) {
    if (operation.sql?.role === "begin" && operation.receiver.session === "client" && operation.execution !== "sync" && operation.family === "sql" && operation.package !== "drizzle-orm") yield findingAt(model, file, operation.span, "poolBegin", { call: operationText(operation) }, { cause: `${operation.span[0]}` });
  }
  for (const transaction of manualTransactions(model, file)) {
    const { begin, rollsBack, unreleased } = transaction;
    const isOnClient = begin.sql !== undefined && begin.receiver.session === "client";
    // SQLite in the process has one connection, which is the client.
    if (isOnClient && begin.execution !== "sync") continue;
    if (!rollsBack) yield findingAt(model, file, begin.span, "noRollback", {}, { cause: `${begin.span[0]}` });
    if (isOnClient) continue;
    for (const { span } of unreleased) yield findingAt(model, file, span, "noRelease", {}, { cause: `${begin.span[0]}` });
    const open = openBetween(model, transaction);
    if (!model.transactions.isAmbient(begin)) yield* outside(model, open);
    yield* dropped(model, open);
  }
}

function* besideHost(model: ProjectModel, file: string): Iterable<RuleFinding> {
  for (const { operation, host, opener, node } of operationsBesideHost(model, file))
    if (reachesStore(operation)) yield findingAt(model, file, operation.span, "outer", { call: operationText(operation), receiver: receiverText(operation.receiver.root), handle: `\`${host}\`` }, { cause: `${node.span[0]} host`, related: [relatedAt(model, file, opener, "the transaction is opened here")] });
}

/** What reaches the store past the handle: by itself, or through a function of the project. */
function* outside(model: ProjectModel, open: OpenTransaction): Iterable<RuleFinding> {
  const { file, opener, handle } = open;
  const related = [relatedAt(model, opener.file, [opener.span[0], Math.min(opener.span[1], opener.span[0] + 40)], "the transaction is opened here")];
  for (const { at, operation, opens, through, reads } of usesOutside(model, open)) {
    if (through === undefined) {
      const call = operationText(operation);
      const receiver = receiverText(operation.receiver.root);
      const cause = `${opener.span[0]} ${receiver}`;
      if (operation.handleAsRow) yield findingAt(model, file, at, "asRow", { call }, { cause: `${opener.span[0]} row`, related });
      else yield opens ? findingAt(model, file, at, "nested", { call, where: "here", handle }, { cause, related }) : findingAt(model, file, at, "outer", { call, receiver, handle }, { cause, related });
    } else {
      const where = `${operation.file}:${model.range(operation.file, operation.span).start.line}`;
      const call = receiverText(through.callee);
      // Nothing is lost by what only reads.
      yield findingAt(model, file, at, opens ? "nested" : reads ? "readHelper" : "helper", { call, where, handle }, { ...(reads && { severity: "warn" as const }), cause: reads ? `reads ${call}` : `${opener.span[0]} ${call}`, related: [...related, relatedAt(model, operation.file, operation.span, "the client is used here")] });
    }
  }
}

function* dropped(model: ProjectModel, { file, node, opener, carriers, ends = [], span: open }: OpenTransaction): Iterable<RuleFinding> {
  for (const { span, call, run, awaitAt, ends: commits } of findDropped(model, file, node, opener, carriers)) {
    if (!within(span, open) && !ends.some((end) => end.span === span)) continue;
    const suggestions = awaitAt === undefined ? undefined : [{ message: "addAwait", edits: [{ start: awaitAt, end: awaitAt, text: "await " }] }];
    yield findingAt(model, file, span, run !== undefined ? "notRun" : commits ? "endNotAwaited" : "notAwaited", run === undefined ? { call } : { call, run }, { cause: commits ? "commit" : `${opener.span[0]} await`, ...(suggestions && { suggestions }) });
  }
}
