import type { RuleFinding } from "../../src/base/finding.js";
import type { FunctionNode } from "../../src/facts/syntax.js";
import { isFunctionNode, type SyntaxNode } from "../../src/facts/walk.js";
import { isBackendCode } from "../../src/kit/backend-files.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { receiverText } from "../../src/kit/store-uses.js";
import { hasAmbientTransactions, ownOperations, projectCalls, runsIn, takesHandle, transactionBodies, usesHandle, within } from "../../src/kit/transactions.js";
import type { StoreOperation } from "../../src/model/data-access.js";
import type { ProjectModel } from "../../src/model/project-model.js";

/** A write of a function: its own, or behind a call of a project function. */
interface Write {
  readonly file: string;
  readonly span: readonly [number, number];
  readonly node: SyntaxNode;
  readonly text: string;
  readonly package: string;
}

export default defineRule({
  name: "explicit-transactions",
  section: "data",
  clauses: ["DATA-1"],
  description: "Require a transaction around writes that belong together",
  presets: { recommended: "warn", strict: "error", legacy: "off" },
  messages: {
    several: "`{{name}}` writes {{count}} times ({{writes}}) outside a transaction: when a later write fails, the earlier ones stay. Run them in one transaction and pass its handle.",
    loop: "`{{write}}` writes once for each element outside a transaction: when one fails, the ones before it stay. Use one bulk statement, or run the loop in a transaction.",
  },
  optionsSchema: {},
  defaultOptions: {},
  project: {
    reads: "model",
    *check(model, scope) {
      if (hasAmbientTransactions(model)) return;
      for (const file of scope.files) {
        if (!isBackendCode(model, file)) continue;
        const bodies = transactionBodies(model, file).filter((body) => body.file === file);
        for (const [node, context] of model.values.index(file).functions) {
          if (runsIn(context) !== context || bodies.some((body) => within(node.span, body.node.span)) || takesHandle(model, file, node) || isOnlyCalledInside(model, file, node)) continue;
          yield* checkFunction(model, file, node);
        }
      }
    },
  },
});

function* checkFunction(model: ProjectModel, file: string, node: FunctionNode): Iterable<RuleFinding> {
  const own = ownOperations(model, file, node);
  if (own.some(({ role }) => role === "begin")) return;
  const writes = writesOf(model, file, node, own);
  const looped = writes.find((write) => isLooped(model, file, write.node, node));
  const name = node.name ?? "This function";
  if (looped) {
    yield findingAt(model, file, looped.span, "loop", { write: looped.text }, { cause: name });
    return;
  }
  const together = onOnePath(model, file, writes);
  const [first, second] = together;
  if (!first || !second) return;
  const shown = together.slice(0, 4).map(({ text }) => `\`${text}\``).join(", ");
  yield findingAt(model, file, second.span, "several", { name, count: String(together.length), writes: shown }, { cause: name, related: [relatedAt(model, file, first.span, "the first write")] });
}

function writesOf(model: ProjectModel, file: string, node: FunctionNode, own: readonly StoreOperation[]): Write[] {
  const direct = own
    .filter((operation) => operation.role === "write" && operation.family === "sql" && !usesHandle(operation) && !isAside(textOf(operation)) && operation.in && runsIn(operation.in)?.node === node)
    .map((operation) => ({ file, span: operation.span, node: operation.node, text: textOf(operation), package: operation.package }));
  const behind = projectCalls(model, file, node).flatMap(({ call, file: at, target }) => {
    if (isAside(receiverText(call.callee)) || !within(call.span, node.span)) return [];
    const write = ownOperations(model, at, target).find((operation) => operation.role === "write" && operation.family === "sql" && !usesHandle(operation));
    return write ? [{ file, span: call.span, node: call, text: receiverText(call.callee), package: write.package }] : [];
  });
  return [...direct, ...behind].sort((left, right) => left.span[0] - right.span[0]);
}

function textOf({ node }: StoreOperation): string {
  return node.kind === "template" ? "a statement" : receiverText(node.callee);
}

/** Audit trails, caches, sessions and logs may be lost without harm to what they are about. */
function isAside(text: string): boolean {
  return /(audit|log|cache|session|history|activity|event|outbox|notification|token|metric|analytics)/i.test(text);
}

/** The writes of one store that can all happen in one call: not those in branches that exclude each other. */
function onOnePath(model: ProjectModel, file: string, writes: readonly Write[]): readonly Write[] {
  const [first] = writes;
  const same = writes.filter((write) => write.package === first?.package);
  const kept: Write[] = [];
  for (const write of same) if (kept.every((other) => !exclusive(model, file, other.node, write.node))) kept.push(write);
  return kept;
}

/** Whether two nodes lie in different branches of one condition, or the first in a branch that leaves the function. */
function exclusive(model: ProjectModel, file: string, left: SyntaxNode, right: SyntaxNode): boolean {
  const index = model.values.index(file);
  const branches = new Map<SyntaxNode, SyntaxNode>();
  for (let at = left, parent = index.parentOf(at); parent; at = parent, parent = index.parentOf(at)) branches.set(parent, at);
  for (let at = right, parent = index.parentOf(at); parent; at = parent, parent = index.parentOf(at)) {
    const other = branches.get(parent);
    if (!other || !("kind" in parent)) continue;
    if (parent.kind === "if") {
      const inThen = (node: SyntaxNode): boolean => parent.then.some((statement) => statement === node);
      return inThen(other) !== inThen(at);
    }
    if (parent.kind === "conditional" || parent.kind === "switch") return other !== at;
    if (parent.kind === "try") return parent.handler?.body.some((statement) => statement === at || statement === other) ?? false;
  }
  // `if (found) { await update(); return; } await create();`
  for (let parent = index.parentOf(left); parent; parent = index.parentOf(parent)) {
    if ("kind" in parent && parent.kind === "if" && !within("span" in right ? right.span : [0, 0], parent.span)) {
      const last = parent.then.at(-1);
      if (last?.kind === "return" || last?.kind === "throw" || last?.kind === "continue") return true;
    }
  }
  return false;
}

function isLooped(model: ProjectModel, file: string, node: SyntaxNode, around: FunctionNode): boolean {
  const index = model.values.index(file);
  for (let parent = index.parentOf(node); parent && parent !== around; parent = index.parentOf(parent)) {
    if ("kind" in parent && parent.kind === "loop") return true;
    if (isFunctionNode(parent)) {
      const passed = index.functions.get(parent)?.passedTo;
      if (passed?.call.callee.kind === "member" && /^(map|forEach|flatMap)$/.test(passed.call.callee.property)) return true;
    }
  }
  return false;
}

/** A function whose every known caller is inside a transaction. */
function isOnlyCalledInside(model: ProjectModel, file: string, node: FunctionNode): boolean {
  const calls = [...model.values.callSites.of(file, node), ...model.values.callSites.ofMethod(file, node)];
  return calls.length > 0 && calls.every(({ file: at, call }) => transactionBodies(model, at).some((body) => body.file === at && within(call.span, body.node.span)));
}
