import { within } from "../../base/position.js";
import { isFor, kindOf } from "../../catalogue/index.js";
import type { Expression, FunctionNode } from "../../facts/syntax.js";
import { someNode } from "../../facts/walk.js";
import { isMadeIn } from "./connections.js";
import type { StoreOperation } from "./data-access.js";
import { type MadeWith, madeWith } from "./made-with.js";
import { originsOf } from "../origins/origins.js";
import type { ProjectModel } from "../project-model.js";

/** Whose connection an operation uses, seen from the function it stands in. */
export type Session =
  /** A client that the function reaches by itself; with `unless`, where its caller does not pass that parameter. */
  | { readonly kind: "outer"; readonly unless?: number }
  /** What the caller passes. */
  | { readonly kind: "parameter"; readonly parameter: number }
  /** What the object was made with whose method the function is. */
  | ({ readonly kind: "made" } & MadeWith)
  /** The handle of a transaction that the function itself runs, or has got otherwise. */
  | { readonly kind: "handle" };

/** Whose connection `operation` uses, which belongs to the run of `node`. */
export function sessionOf(model: ProjectModel, operation: StoreOperation, node: FunctionNode): Session {
  const { receiver, file } = operation;
  if (operation.takesHandle || operation.handle.length > 0) {
    // The handle is an argument: without one the client is used.
    const parameter = operation.handle.map((handle) => parameterOf(model, file, handle, node)).find((found) => found !== undefined);
    // `const session = options?.session ?? (await connection.startSession())`
    if (parameter?.fallsBack && operation.handle.some((handle) => mayBeHandle(model, file, handle))) return { kind: "handle" };
    if (parameter) return parameter.optional ? { kind: "outer", unless: parameter.index } : { kind: "parameter", parameter: parameter.index };
    if (operation.handle.length > 0) return operation.handle.every((handle) => isClient(model, file, handle)) ? { kind: "outer" } : { kind: "handle" };
  }
  if (isMadeIn(model, file, node, receiver)) return { kind: "outer" };
  const parameter = parameterOf(model, file, receiver.root, node, receiver.kind === "document");
  if (parameter) return parameter.fallsBack ? { kind: "outer", unless: parameter.index } : { kind: "parameter", parameter: parameter.index };
  const chosen = chosenBy(model, file, receiver.root, node);
  if (chosen !== undefined) return { kind: "outer", unless: chosen };
  // A repository with methods of the project's own may have been bound to a transaction: `manager.withRepository(users)`.
  if (receiver.root.kind === "this" && model.values.of(file, receiver.root).some(({ kind }) => kind === "object")) return { kind: "handle" };
  if (isMadeFor(model, file, receiver.root)) return { kind: "handle" };
  // What the host of a transaction gives is the client itself where none is open.
  if (isFor(receiver.value.provenance.package, "", "ambient-context")) return { kind: "outer" };
  const made = madeWith(model, operation, node);
  if (receiver.session !== "handle" && receiver.session !== "either") {
    // The manager that a function around this one was given may be that of a transaction.
    const isGiven = made !== undefined && receiver.value.provenance.path.includes("EntityManager") && within(node.span, made.maker.node.span);
    return isGiven ? { kind: "handle" } : { kind: "outer" };
  }
  return made ? { kind: "made", ...made } : { kind: "handle" };
}

/** The parameter that is used where it is given, and something else where it is not: `const run = client ? client.query.bind(client) : query`. */
export function chosenBy(model: ProjectModel, file: string, used: Expression, node: FunctionNode): number | undefined {
  const { sources } = model.values.index(file);
  const source = used.kind === "name" && used.binding !== undefined ? sources[used.binding] : undefined;
  const value = source?.kind === "value" && source.path.length === 0 ? source.value : undefined;
  const test = value?.kind === "conditional" && value.test.kind === "name" ? value.test.binding : undefined;
  const given = test === undefined ? undefined : sources[test];
  if (value?.kind !== "conditional" || given?.kind !== "parameter" || given.function !== node || given.path.length > 0) return undefined;
  return someNode([value.then], (part) => part.kind === "name" && part.binding === test) ? given.index : undefined;
}

/** `connection.getRepository(ctx, User)`: what a function of the project gives for a caller's context may belong to its transaction. */
function isMadeFor(model: ProjectModel, file: string, root: Expression): boolean {
  const call = root.kind === "await" || root.kind === "cast" ? root.value : root;
  if (call.kind === "name" && call.binding !== undefined) {
    const source = model.values.index(file).sources[call.binding];
    return source?.kind === "value" && source.value !== undefined && source.value.kind !== "name" && isMadeFor(model, file, source.value);
  }
  if (call.kind !== "call" || !model.values.of(file, call.callee).some(({ kind }) => kind === "function")) return false;
  return call.arguments.some((argument) => isOfCaller(model, file, argument));
}

/** A parameter, or what is taken out of one. */
function isOfCaller(model: ProjectModel, file: string, node: Expression, depth = 0): boolean {
  if (node.kind === "member") return isOfCaller(model, file, node.object, depth);
  if (node.kind !== "name" || node.binding === undefined || depth > 3) return false;
  const source = model.values.index(file).sources[node.binding];
  return source?.kind === "parameter" || (source?.kind === "value" && source.value !== undefined && isOfCaller(model, file, source.value, depth + 1));
}

/** Whether an expression is a client, which stands where a handle may. */
export function isClient(model: ProjectModel, file: string, node: Expression): boolean {
  const values = model.values.of(file, node);
  return values.length > 0 && values.every((value) => value.kind === "external" && kindOf(value.provenance) === "client");
}

/** Whether an expression may be a handle that the code has got by itself. */
function mayBeHandle(model: ProjectModel, file: string, node: Expression): boolean {
  return model.values.of(file, node).some((value) => value.kind === "external" && kindOf(value.provenance) === "handle");
}

interface FoundParameter {
  readonly index: number;
  /** The caller may leave it out. */
  readonly optional: boolean;
  /** Something else is used where the caller leaves it out: `tx ?? db`, `tx = db`. */
  readonly fallsBack: boolean;
}

/** The parameter of `node` that an expression stands for. What was passed and put into a document is not its connection. */
function parameterOf(model: ProjectModel, file: string, expression: Expression, node: FunctionNode, isDocument = false): FoundParameter | undefined {
  const origins = originsOf(model).of(file, expression).filter(({ steps }) => !isDocument || steps.length === 0);
  const own = origins.find(({ parameter }) => parameter?.function === node);
  const index = own?.parameter?.index;
  const parameter = index === undefined ? undefined : node.parameters[index];
  if (index === undefined || !parameter) return undefined;
  const others = origins.some((origin) => origin.parameter?.function !== node);
  return { index, optional: parameter.optional === true || parameter.default !== undefined, fallsBack: others || parameter.default !== undefined };
}
