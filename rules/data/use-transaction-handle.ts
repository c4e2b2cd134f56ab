import type { RuleFinding } from "../../src/base/finding.js";
import type { Expression, Pattern } from "../../src/facts/syntax.js";
import { boundNames } from "../../src/kit/patterns.js";
import { isBackendCode } from "../../src/kit/backend-files.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { receiverText } from "../../src/kit/store-uses.js";
import { hasAmbientTransactions, ownOperations, projectCalls, type TransactionBody, transactionBodies, usesHandle } from "../../src/kit/transactions.js";
import { walk } from "../../src/facts/walk.js";
import type { StoreOperation } from "../../src/model/data-access.js";
import type { ProjectModel } from "../../src/model/project-model.js";

export default defineRule({
  name: "use-transaction-handle",
  section: "data",
  clauses: ["DATA-1"],
  description: "Require every statement of a transaction to run on its handle, to be awaited, and manual transactions to end",
  presets: { recommended: "error", strict: "error", legacy: "error" },
  messages: {
    outer: "`{{call}}` runs outside the transaction that is open here: it uses `{{receiver}}`, not the handle `{{handle}}`. It is not rolled back with the rest, and can wait for a connection that the transaction holds. Use `{{handle}}`.",
    helper: "`{{call}}` uses the database through its own client ({{where}}), outside the transaction that is open here. Pass it the handle `{{handle}}`.",
    nested: "`{{call}}` opens a transaction of its own inside this one ({{where}}), which commits by itself. Pass it the handle `{{handle}}`.",
    notAwaited: "`{{call}}` is not awaited, so it may run after the transaction has ended, or never. Await it.",
    noRollback: "A transaction is begun here and nothing in this function rolls it back, so an error leaves it open. Put the statements in `try` and roll back in `catch`, or use the library's transaction function.",
  },
  optionsSchema: {},
  defaultOptions: {},
  project: {
    reads: "model",
    *check(model, scope) {
      const ambient = hasAmbientTransactions(model);
      for (const file of scope.files) {
        if (!isBackendCode(model, file)) continue;
        for (const body of transactionBodies(model, file)) if (body.file === file) yield* checkBody(model, body, ambient);
        yield* manualTransactions(model, file);
      }
    },
  },
});

function* checkBody(model: ProjectModel, body: TransactionBody, ambient: boolean): Iterable<RuleFinding> {
  const { file, node, opener } = body;
  const target = node.parameters[0]?.target;
  const names = target ? boundNames(target) : [];
  const [handle] = names;
  if (handle === undefined || ambient) return;
  const opened = relatedAt(model, opener.file, [opener.span[0], Math.min(opener.span[1], opener.span[0] + 40)], "the transaction is opened here");
  const operations = ownOperations(model, file, node).filter((operation) => operation !== opener && operation.batch.length === 0);
  for (const operation of operations) {
    if (operation.family !== opener.family || operation.package !== opener.package || operation.role === "build" || operation.role === "bound" || operation.role === "raw") continue;
    const call = callText(operation);
    if (!usesHandle(operation) && !mentionsAny(operation.node, target)) yield findingAt(model, file, operation.span, "outer", { call, receiver: receiverText(operation.receiver.root), handle }, { cause: receiverText(operation.receiver.root), related: [opened] });
    else if (operation.completion === "dropped" && operation.execution !== "sync") yield findingAt(model, file, operation.span, "notAwaited", { call }, { cause: "await", related: [opened] });
  }
  for (const { call, file: at, target: helper } of projectCalls(model, file, node)) {
    if (call.arguments.some((argument) => mentionsAny(argument, target)) || (call.callee.kind === "member" && mentionsAny(call.callee.object, target))) continue;
    const own = ownOperations(model, at, helper).filter((operation) => operation.package === opener.package && (operation.role === "write" || operation.role === "read" || operation.role === "list" || operation.role === "transaction"));
    const outside = own.find((operation) => !usesHandle(operation));
    if (!outside) continue;
    const where = `${at}:${model.range(at, outside.span).start.line}`;
    yield findingAt(model, file, call.span, outside.role === "transaction" ? "nested" : "helper", { call: receiverText(call.callee), where, handle }, { cause: receiverText(call.callee), related: [opened, relatedAt(model, at, outside.span, "the client is used here")] });
  }
}

/** `beginTransaction` or `BEGIN` with no rollback in the same function. */
function* manualTransactions(model: ProjectModel, file: string): Iterable<RuleFinding> {
  const operations = model.dataAccess.of(file);
  for (const begin of operations) {
    if (begin.role !== "begin" || !begin.in) continue;
    const same = operations.filter((operation) => operation.in === begin.in || (begin.in && operation.span[0] >= begin.in.node.span[0] && operation.span[1] <= begin.in.node.span[1]));
    // Where the transaction is not ended here at all, whoever was handed it ends it.
    if (same.some(({ role }) => role === "commit") && !same.some(({ role }) => role === "rollback")) yield findingAt(model, file, begin.span, "noRollback", {}, { cause: "rollback" });
  }
}

function callText({ node }: StoreOperation): string {
  return node.kind === "template" ? (node.tag ? receiverText(node.tag) : "template") : receiverText(node.callee);
}

/** Whether an expression mentions what a pattern binds: the handle under any alias in its own text. */
function mentionsAny(node: Expression, target: Pattern | undefined): boolean {
  const bindings = new Set<number>();
  const gather = (pattern: Pattern | undefined): void => {
    if (pattern?.kind === "binding") bindings.add(pattern.binding);
    else if (pattern?.kind === "object-pattern") for (const { value } of pattern.properties) gather(value);
    else if (pattern?.kind === "array-pattern") for (const element of pattern.elements) gather(element?.value);
  };
  gather(target);
  let found = false;
  walk(node, (part) => {
    if ("kind" in part && part.kind === "name" && part.binding !== undefined && bindings.has(part.binding)) found = true;
    return undefined;
  });
  return found;
}
