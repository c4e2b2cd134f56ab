import { within } from "../../base/position.js";
import type { Expression, FunctionNode } from "../../facts/syntax.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { manualTransactions } from "./manual-transactions.js";
import { receiverText } from "../project/store-uses.js";
import { operationText } from "./transactions.js";
import type { Write } from "./write-subjects.js";

/** Where a transaction of a function is open, with what opens it. */
interface Stretch {
  readonly span: readonly [number, number];
  readonly unit: Expression;
  /** The function whose run it is. */
  readonly node: FunctionNode;
}

/** The writes of a function that lie in no transaction, and those of the transactions that it opens itself, each with what opens it. */
export function withTransacted(model: ProjectModel, file: string, node: FunctionNode, outside: readonly Write[]): readonly Write[] {
  const stretches = stretchesOf(model, file, node);
  if (stretches.length === 0 || outside.length === 0) return outside;
  const unitOf = (write: Write): Expression | undefined => stretches.find(({ span }) => within(write.node.span, span))?.unit;
  const inside = stretches.flatMap((stretch) => writesIn(model, file, stretch));
  // What bypasses the handle of a transaction is no write beside it.
  return [...outside.filter((write) => unitOf(write) === undefined), ...inside];
}

/** The calls of a function that open a transaction of their own and write in it, each as one write: `const team = await teams.create(input)`. */
export function writesByThemselves(model: ProjectModel, file: string, node: FunctionNode): readonly Write[] {
  const own = stretchesOf(model, file, node);
  return model.transactions.summaryOf(file, node).transactions.flatMap(({ operation: opener, calls }): readonly Write[] => {
    const [step, last] = [calls[0], calls.at(-1)];
    // What the function hands to another to run is its own.
    if (!step || !last || step.file !== file || own.some(({ span }) => within(step.call.span, span)) || step.call.arguments.some(({ kind }) => kind === "function")) return [];
    const stretch = stretchesOf(model, last.callee.file, last.callee.node).find(({ unit }) => unit === opener.node);
    const [write] = stretch ? writesIn(model, last.callee.file, stretch) : [];
    return write ? [{ node: step.call, text: receiverText(step.call.callee), operation: write.operation, isOwnTransaction: true }] : [];
  });
}

/** `prisma.$transaction([…])`, `db.transaction(async (tx) => …)`, and from a begin to its commit. */
function stretchesOf(model: ProjectModel, file: string, node: FunctionNode): readonly Stretch[] {
  const openers = model.transactions.contentOf(file, node).operations.filter(({ role }) => role === "transaction");
  return [
    ...openers.flatMap(({ batch, node: unit }) => batch.map(({ span }) => ({ span, unit, node }))),
    ...gatheredIn(model, file, node, openers.filter(({ batch }) => batch.length > 0)),
    ...(openers.length > 0 ? model.transactions.bodies(file) : []).flatMap((body) => (body.file === file && openers.includes(body.opener) ? [{ span: body.node.span, unit: body.opener.node, node: body.node }] : [])),
    ...manualTransactions(model, file).flatMap(({ node: around, begin, span }) => (around === node ? [{ span, unit: begin.node, node }] : [])),
  ];
}

/** The statements that a function gathers in a list for a batch behind them: `writes.push(db.update(rows)); await db.batch(writes);` */
function gatheredIn(model: ProjectModel, file: string, node: FunctionNode, openers: readonly StoreOperation[]): readonly Stretch[] {
  if (openers.length === 0) return [];
  return model.transactions.contentOf(file, node).operations.flatMap((operation) => {
    const opener = operation.role === "write" ? openers.find(({ span }) => span[0] >= operation.span[1]) : undefined;
    return opener && !opener.batch.some(({ span }) => within(operation.span, span)) && model.transactions.isInBatch(file, operation.node) ? [{ span: operation.span, unit: opener.node, node }] : [];
  });
}

/** What is written while a transaction is open, by statements and by what the code calls. */
function writesIn(model: ProjectModel, file: string, { span, unit, node }: Stretch): readonly Write[] {
  const { calls, operations } = model.transactions.contentOf(file, node);
  const own = operations.flatMap((operation): readonly Write[] => (operation.role === "write" && within(operation.span, span) ? [{ node: operation.node, text: operationText(operation), operation, unit }] : []));
  const called = calls.flatMap((call): readonly Write[] => {
    if (!within(call.span, span)) return [];
    const uses = model.transactions.callees(file, call).flatMap((callee) => {
      const { outer, passed, made } = model.transactions.summaryOf(callee.file, callee.node);
      return [...passed, ...made, ...outer];
    });
    const use = uses.find(({ operation }) => operation.role === "write");
    return use ? [{ node: call, text: receiverText(call.callee), operation: use.operation, unit }] : [];
  });
  return [...own, ...called];
}
