import type { FunctionNode } from "../../facts/syntax.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { TransactionBody } from "../../model/data/transactions.js";
import type { ManualTransaction } from "./manual-transactions.js";
import { receiverText } from "../project/store-uses.js";
import { bindingsOf, carriersOf } from "./transactions.js";

/** A stretch of code in which a transaction is open. */
export interface OpenTransaction {
  readonly file: string;
  readonly node: FunctionNode;
  /** Where in the function it is open. */
  readonly span: readonly [number, number];
  readonly opener: StoreOperation;
  readonly carriers: ReadonlySet<number>;
  /** What ends it by a call, in this stretch or behind it. */
  readonly ends?: readonly StoreOperation[];
  /** What stands for the transaction, as a message says it. */
  readonly handle: string;
}

/** The transaction that is open in a function which its opener is given. */
export function openInBody(model: ProjectModel, { file, node, opener }: TransactionBody): OpenTransaction {
  const [parameter] = node.parameters;
  const { root } = opener.receiver;
  // `session.withTransaction(async () => …)`: the session is the handle.
  const session = opener.receiver.session === "handle" && root.kind === "name" && root.binding !== undefined ? [root.binding] : [];
  const handles = [...(parameter ? bindingsOf(parameter.target) : []), ...session];
  const handle = parameter?.target.kind === "binding" ? `\`${parameter.target.name}\`` : session.length > 0 ? `\`${receiverText(root)}\`` : "the handle that the callback is given";
  return { file, node, span: node.span, opener, carriers: carriersOf(model, file, node, handles), handle };
}

/** What stands for the handle among what a function of the project is given. */
const handleName = /^(tx|trx|t|transaction|client|db|manager|em|session|conn|connection|runner)$|(Tx|Trx|Transaction|Client|Manager|Session)$/;

/** The transaction that is open in a function which the project's own opener is given; undefined where nothing is handed to it. */
export function openInHanded(model: ProjectModel, file: string, { node, opener }: TransactionBody): OpenTransaction | undefined {
  // The handle may come behind other arguments: `work(input, tx)`.
  const { parameters } = node;
  const parameter = parameters.find(({ target }) => target.kind === "binding" && handleName.test(target.name)) ?? parameters[0];
  if (opener.role === "ambient" || !parameter || model.transactions.isAmbient(opener)) return undefined;
  const carriers = carriersOf(model, file, node, parameters.flatMap(({ target }) => bindingsOf(target)));
  return { file, node, span: node.span, opener, carriers, handle: parameter.target.kind === "binding" ? `\`${parameter.target.name}\`` : "the handle that the callback is given" };
}

/** The transaction that is open between a begin and its end. */
export function openBetween(model: ProjectModel, { file, node, begin, span, carriers, ends }: ManualTransaction): OpenTransaction {
  const { bindings } = model.facts(file);
  const [first] = carriers;
  return { file, node, span, opener: begin, carriers, ends, handle: `\`${(first === undefined ? undefined : bindings[first]?.name) ?? receiverText(begin.receiver.root)}\`` };
}
