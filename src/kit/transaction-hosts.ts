import type { Decorator, Expression, FunctionNode } from "../facts/syntax.js";
import { walkAll } from "../facts/walk.js";
import type { StoreOperation } from "../model/data-access.js";
import type { ProjectModel } from "../model/project-model.js";
import { receiverText } from "./store-uses.js";

/** A statement of a client beside the host that has the transaction. */
interface BesideHost {
  readonly operation: StoreOperation;
  /** How the host's handle is written: `this.host.tx`. */
  readonly host: string;
  /** What opens the transaction. */
  readonly decorator: Decorator;
  readonly node: FunctionNode;
}

/** Source: the documentation of @nestjs-cls/transactional, "Using the TransactionHost". */
const hosting = /^@nestjs-cls\/transactional/;

/**
 * The statements of functions with `@Transactional()` that run on a client where the same function uses the host's handle:
 * `await this.host.tx.card.create(…); await this.prisma.limit.create(…)`.
 */
export function* operationsBesideHost(model: ProjectModel, file: string): Iterable<BesideHost> {
  if (!model.edgesFrom(file).some(({ target }) => target.kind === "package" && hosting.test(target.package))) return;
  const isHost = (node: Expression): boolean => model.values.of(file, node).some((value) => value.kind === "external" && hosting.test(value.provenance.package));
  for (const [node, { member }] of model.values.index(file).functions) {
    const decorator = member?.decorators?.find(({ value }) => model.dataAccess.at(file, value)?.role === "ambient");
    let host: string | undefined;
    walkAll(decorator ? (node.body ?? []) : [], (part) => {
      if ("kind" in part && part.kind === "member" && part.property === "tx" && isHost(part.object)) host ??= receiverText(part);
      return host === undefined;
    });
    if (!decorator || host === undefined) continue;
    for (const { operation, calls } of model.transactions.summaryOf(file, node).outer) if (calls.length === 0 && operation.family === "sql" && !hosting.test(operation.receiver.value.provenance.package)) yield { operation, host, decorator, node };
  }
}
