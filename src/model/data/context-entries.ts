import { oncePer, oncePerPart } from "../../base/once-per.js";
import { isFor } from "../../catalogue/index.js";
import type { CallExpression, Expression, FunctionNode } from "../../facts/syntax.js";
import { type CodeNode, someNode } from "../../facts/walk.js";
import type { ProjectModel } from "../project-model.js";

/** Packages that keep values for the length of a request without being for transactions. */
const requestContexts = new Set(["nestjs-request-context", "express-http-context", "@fastify/request-context", "node:async_hooks"]);

/** Whether a package keeps values in the asynchronous context. */
export const keepsContext = (name: string): boolean => requestContexts.has(name) || isFor(name, "", "ambient-context");

/** `storage.run(tx, work)`: whether a call puts something into an asynchronous context. */
export function entersContext(model: ProjectModel, file: string, { callee }: CallExpression): boolean {
  return callee.kind === "member" && /^(run|enterWith|set)$/.test(callee.property) && model.values.of(file, callee).some((value) => value.kind === "external" && keepsContext(value.provenance.package));
}

/** What a call runs in the context that it enters: `work` of `storage.run(tx, work)`; undefined where that is whatever comes behind it. */
export function ranInContext({ callee, arguments: given }: CallExpression): Expression | undefined {
  return lastPart(callee) === "run" ? (given.find(({ kind }) => kind === "function") ?? given[1] ?? given[0]) : undefined;
}

/** Whether all that a file runs in the asynchronous context is written there, or given to a function of it: no middleware, and no value that is changed later. */
export const entersForGiven = oncePerPart((model: ProjectModel, file: string): boolean => {
  const { calls, sources } = model.values.index(file);
  const entries = calls.flatMap(({ node }) => (node.kind === "call" && entersContext(model, file, node) ? [node] : []));
  return entries.length > 0 && entries.every((entry) => {
    const ran = ranInContext(entry);
    if (!ran) return false;
    if (ran.kind === "function") return !goesOn(ran) && (forwardsTo(model, file, ran.function) === undefined || decoratingFunctions(model).size > 0);
    return ran.kind === "name" && ran.binding !== undefined && sources[ran.binding]?.kind === "parameter" && ran.name !== "next";
  });
});

/** `sequelize.transaction(() => next())`, `handler.apply(target, args)`: whatever comes behind a middleware runs in it. */
export function goesOn(body: Expression | FunctionNode): boolean {
  return someNode([body], (part) => part.kind === "call" && !isForwarded(part) && ((part.callee.kind === "name" && part.callee.name === "next") || (part.callee.kind === "member" && (/^(apply|call)$/.test(part.callee.property) || (part.callee.object.kind === "name" && part.callee.object.name === "next")))));
}

/** `method.apply(this, args)`: a function that stands in the place of another calls that. */
const isForwarded = (part: CodeNode): boolean => part.kind === "call" && part.callee.kind === "member" && /^(apply|call)$/.test(part.callee.property) && part.arguments[0]?.kind === "this";

/** The outermost function around one that calls the method in whose place it stands. */
function forwardsTo(model: ProjectModel, file: string, node: FunctionNode): FunctionNode | undefined {
  if (!someNode([node], isForwarded)) return undefined;
  let context = model.values.index(file).functions.get(node);
  while (context?.parent) context = context.parent;
  return context?.node;
}

/**
 * The decorators of the project that run a method in a transaction: `descriptor.value = function (...args) { return
 * db.transaction((tx) => storage.run(tx, () => original.apply(this, args))); }`. None where a class has one, all of whose methods it may change.
 */
export const decoratingFunctions = oncePer((model: ProjectModel): ReadonlySet<FunctionNode> => {
  const found = new Set<FunctionNode>();
  for (const file of model.files) {
    if (!model.dataAccess.of(file).some(({ role }) => role === "transaction" || role === "ambient")) continue;
    for (const { node } of model.values.index(file).calls) {
      const ran = node.kind === "call" && entersContext(model, file, node) ? ranInContext(node) : undefined;
      const outermost = ran?.kind === "function" ? forwardsTo(model, file, ran.function) : undefined;
      if (outermost) found.add(outermost);
    }
  }
  if (found.size === 0) return found;
  const ofClasses = model.files.some((file) => model.values.index(file).classes.some(({ decorators }) => decorators?.some(({ value }) => decoratorIn(model, file, value, found))));
  return ofClasses ? new Set() : found;
});

/** Whether a decorator is one of the functions, or what one of them gives. */
export function decoratorIn(model: ProjectModel, file: string, value: Expression, functions: ReadonlySet<FunctionNode>): boolean {
  return model.values.of(file, value.kind === "call" ? value.callee : value).some((one) => one.kind === "function" && functions.has(one.node));
}

const lastPart = (callee: Expression): string | undefined => (callee.kind === "member" ? callee.property : undefined);
