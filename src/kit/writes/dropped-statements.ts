import { type Span, within } from "../../base/position.js";
import type { Expression, FunctionNode } from "../../facts/syntax.js";
import type { SyntaxNode } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { receiverText } from "../project/store-uses.js";
import { carries, operationText, sharesLibrary } from "./transactions.js";

/** A statement of a transaction that nobody waits for, or that nothing runs. */
export interface DroppedStatement {
  readonly span: Span;
  readonly call: string;
  /** The method that would run it. */
  readonly run?: string;
  /** It commits the transaction. */
  readonly ends?: true;
  /** Where an `await` would wait for it. */
  readonly awaitAt?: number;
}

const running = new Set<StoreOperation["role"]>(["read", "list", "write", "statement", "commit"]);

/** The statements in the callback of a transaction whose outcome the transaction does not wait for. */
export function* findDropped(model: ProjectModel, file: string, node: FunctionNode, opener: StoreOperation, carriers: ReadonlySet<number>): Iterable<DroppedStatement> {
  const { operations, calls } = model.transactions.contentOf(file, node);
  const index = model.values.index(file);
  for (const operation of operations) {
    if (!sharesLibrary(operation, opener) || !running.has(operation.role) || operation.execution === "sync" || model.transactions.sessionOf(operation, node).kind === "outer") continue;
    const { completion, node: call } = operation;
    // A function that waits for nothing runs `tx.insert(rows).values(row).run()` at once, as drivers of SQLite do.
    if (node.async !== true && /^(run|get|all|values)$/.test(operation.methods.at(-1) ?? "")) continue;
    // `connection.commit((error) => …)`
    if (operation.role === "commit" && call.kind === "call" && call.arguments.some(({ kind }) => kind === "function")) continue;
    if (completion === "dropped" || completion === "voided") yield { span: operation.span, call: operationText(operation), ...(operation.role === "commit" && { ends: true as const }), ...(completion === "dropped" && operation.in?.node.async === true && isStatement(index.parentOf(operation.node)) && { awaitAt: operation.span[0] }) };
    else if (completion === "awaited" && operation.execution === "explicit" && !operation.executed && !operation.continued) yield { span: operation.span, call: operationText(operation), run: "execute()" };
  }
  for (const call of calls) {
    const parent = index.parentOf(call);
    if (call.kind !== "call" || !isStatement(parent)) continue;
    const text = receiverText(call.callee);
    if (call.callee.kind === "member" && call.callee.property === "forEach") {
      const [each] = call.arguments;
      // `forEach` does not wait for what its function returns.
      if (each?.kind === "function" && each.function.async && operations.some((operation) => within(operation.span, each.span) && sharesLibrary(operation, opener))) yield { span: call.span, call: text };
    } else if (isPromised(model, file, call, carriers)) yield { span: call.span, call: text };
  }
}

function isStatement(node: SyntaxNode | undefined): boolean {
  return node !== undefined && "kind" in node && node.kind === "expression";
}

/** A call of asynchronous functions of the project that are given the handle, or that belong to what was made with it: `users.of(tx).save(user)`. */
function isPromised(model: ProjectModel, file: string, call: Extract<Expression, { kind: "call" }>, carriers: ReadonlySet<number>): boolean {
  const callees = model.transactions.callees(file, call);
  if (callees.length === 0 || !callees.every(({ node }) => node.async === true)) return false;
  if (call.arguments.some((argument) => carries(model, file, argument, carriers)) && callees.every((callee) => model.transactions.summaryOf(callee.file, callee.node).passed.length > 0)) return true;
  return call.callee.kind === "member" && carries(model, file, call.callee.object, carriers) && callees.every((callee) => model.transactions.summaryOf(callee.file, callee.node).made.length > 0 || model.transactions.contentOf(callee.file, callee.node).operations.some(({ role, receiver }) => running.has(role) && receiver.root.kind === "this"));
}
