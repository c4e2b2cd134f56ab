import { lookUp, type StoreRole } from "../../catalogue/index.js";
import type { CallExpression, FunctionNode } from "../../facts/syntax.js";
import { completionOf } from "../calls/completion.js";
import { dataAccessOf } from "./data-access.js";
import type { FunctionContext } from "../modules/file-index.js";
import type { ProjectModel } from "../project-model.js";
import type { Runs } from "../modules/path-weight.js";

/** Methods that run a function for each element. */
const iterating = new Set(["map", "flatMap", "forEach", "filter", "reduce", "reduceRight", "some", "every", "find", "findIndex", "sort", "each", "mapSeries", "eachSeries"]);
const chaining = new Set(["then", "catch", "finally"]);
/** Uses of a store whose callback, where there is one, runs when they are done. */
const answering = new Set<StoreRole>(["connect", "acquire", "read", "list", "write", "statement", "execute", "begin", "commit"]);

/**
 * How often a function that stands in a call runs while the code around it does: for each element of a list, once
 * (`then`, a wrapper that is awaited, a promise), or not by itself (a route handler, an event listener, a named helper).
 */
export function runsInline(model: ProjectModel, file: string, context: FunctionContext): Runs {
  const { passedTo } = context;
  const index = model.values.index(file);
  if (!passedTo) {
    // `(async () => { … })()`
    const expression = index.parentOf(context.node);
    const call = expression && index.parentOf(expression);
    return call && "kind" in call && call.kind === "call" && call.callee === expression ? "once" : "never";
  }
  const { call } = passedTo;
  const { callee } = call;
  if (callee.kind === "member") {
    if (iterating.has(callee.property)) return "often";
    if (chaining.has(callee.property)) return "once";
  }
  if (call.kind === "new") return callee.kind === "name" && callee.name === "Promise" ? "once" : "never";
  if (passedTo.option === undefined && answers(model, file, context.node, call)) return "once";
  if (passedTo.option !== undefined || registers(model, file, call)) return "never";
  const completion = completionOf(index, call);
  return completion === "awaited" || completion === "returned" || completion === "chained" || (completion === "passed" && context.node.async === true && context.parent?.node.async === true) ? "once" : "never";
}

/** How often a function that stands in another runs with it, outside a transaction: what the callback of one writes is held together. */
export function runsBesideTransactions(model: ProjectModel, file: string, inner: FunctionNode): Runs {
  const context = model.values.index(file).functions.get(inner);
  if (!context) return "never";
  const call = context.passedTo?.call;
  const role = call && dataAccessOf(model).at(file, call)?.role;
  return role === "transaction" || role === "ambient" || role === "savepoint" ? "never" : runsInline(model, file, context);
}

/** `pool.query(text, (error, rows) => …)`: the callback of a statement runs when that is done. */
function answers(model: ProjectModel, file: string, node: FunctionNode, call: CallExpression): boolean {
  const last = call.arguments.at(-1);
  if (last?.kind !== "function" || last.function !== node) return false;
  const role = dataAccessOf(model).at(file, call)?.role;
  return role !== undefined && answering.has(role);
}

/** Whether a call hands the function to a web framework, which runs it for each request. */
function registers(model: ProjectModel, file: string, call: CallExpression): boolean {
  return model.values.of(file, call.callee).some((value) => {
    const owner = value.kind === "external" ? lookUp(value.provenance)?.owner?.value.is : undefined;
    return owner === "application" || owner === "router";
  });
}

/** The function whose run a call belongs to: callbacks that run at once belong to the function around them. */
export function ownerOf(model: ProjectModel, file: string, context: FunctionContext | undefined): FunctionContext | undefined {
  let owner = context;
  while (owner?.parent && runsInline(model, file, owner) !== "never") owner = owner.parent;
  return owner;
}
