import { kindOf } from "../../catalogue/index.js";
import type { FunctionNode } from "../../facts/syntax.js";
import { callGraphOf } from "../calls/call-graph.js";
import type { StoreOperation } from "./data-access.js";
import { originsOf } from "../origins/origins.js";
import type { ProjectModel } from "../project-model.js";
import { isClient, type Session, sessionOf } from "./session-of.js";

/** The session of a statement that a function of the project began: `orders(trx).where(…)` goes on with what `orders` makes of the connection that it is given. */
export function sessionOfBegun(model: ProjectModel, { file, handle, receiver: { root } }: StoreOperation, node: FunctionNode): Session | undefined {
  if (root.kind !== "call" || handle.length > 0) return undefined;
  const { functions } = callGraphOf(model).callees(file, root);
  const [maker, ...others] = functions;
  if (!maker || others.length > 0 || maker.node === node) return undefined;
  const begins = model.dataAccess.of(maker.file).find((operation) => operation.completion === "returned" && !operation.continued && operation.in?.node === maker.node);
  const session = begins && sessionOf(model, begins, maker.node);
  const index = session?.kind === "parameter" ? session.parameter : session?.kind === "outer" ? session.unless : undefined;
  if (index === undefined) return session;
  const argument = root.arguments[index];
  if (!argument) return session?.kind === "outer" ? { kind: "outer" } : undefined;
  if (isClient(model, file, argument)) return { kind: "outer" };
  const origins = originsOf(model).of(file, argument);
  const own = origins.find(({ parameter }) => parameter?.function === node)?.parameter;
  // What is neither a client nor a handle is a place in a store: `messagesOf(chat).add(message)`.
  if (!own) return model.values.of(file, argument).some((value) => value.kind === "external" && kindOf(value.provenance) === "handle") ? { kind: "handle" } : undefined;
  const parameter = node.parameters[own.index];
  return parameter?.optional === true || parameter?.default !== undefined || origins.length > 1 ? { kind: "outer", unless: own.index } : { kind: "parameter", parameter: own.index };
}
