import type { Span } from "../../base/position.js";
import type { Expression, FunctionNode } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { receiverText } from "../project/store-uses.js";

/** A statement of a client beside the host that has the transaction. */
interface BesideHost {
  readonly operation: StoreOperation;
  /** How the host's handle is written: `this.host.tx`. */
  readonly host: string;
  /** What opens the transaction. */
  readonly opener: Span;
  readonly node: FunctionNode;
}

/** Source: the documentation of @nestjs-cls/transactional, "Using the TransactionHost". */
const hosting = /^@nestjs-cls\/transactional/;

/**
 * The statements of functions with `@Transactional()`, or that `host.withTransaction` is given, which run on a client where
 * the same function uses the host's handle: `await this.host.tx.card.create(…); await this.prisma.limit.create(…)`.
 */
export function* operationsBesideHost(model: ProjectModel, file: string): Iterable<BesideHost> {
  if (!model.edgesFrom(file).some(({ target }) => target.kind === "package" && hosting.test(target.package))) return;
  const isHost = (node: Expression): boolean => model.values.of(file, node).some((value) => value.kind === "external" && hosting.test(value.provenance.package));
  for (const { node, opener } of bodiesOf(model, file)) {
    let host: string | undefined;
    walkAll(node.body ?? [], (part) => {
      if ("kind" in part && part.kind === "member" && part.property === "tx" && isHost(part.object)) host ??= receiverText(part);
      return host === undefined;
    });
    if (host === undefined) continue;
    for (const { operation, calls } of model.transactions.summaryOf(file, node).outer) if (calls.length === 0 && operation.family === "sql" && !hosting.test(operation.receiver.value.provenance.package)) yield { operation, host, opener, node };
  }
}

/** The functions of a file that the library runs in a transaction, with what opens it. */
function bodiesOf(model: ProjectModel, file: string): readonly { readonly node: FunctionNode; readonly opener: Span }[] {
  const decorated = [...model.values.index(file).functions].flatMap(([node, { member }]) => {
    const decorator = member?.decorators?.find(({ value }) => model.dataAccess.at(file, value)?.role === "ambient");
    return decorator ? [{ node, opener: decorator.span }] : [];
  });
  const handed = model.transactions.bodies(file).filter((body) => body.file === file && body.opener.role === "ambient" && hosting.test(body.opener.package));
  return [...decorated, ...handed.map(({ node, opener }) => ({ node, opener: opener.span }))];
}
