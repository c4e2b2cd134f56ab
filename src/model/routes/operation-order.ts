import type { CallExpression } from "../../facts/syntax.js";
import type { FunctionContext } from "../modules/file-index.js";
import type { ProjectModel } from "../project-model.js";
import type { CreationSite } from "../values/value.js";
import type { Operation } from "./operations.js";
import { lineage } from "./own-routers.js";

/** Where functions are called, as far as it was looked for, by the file that makes the router. */
export type CallOrders = Map<string, Map<FunctionContext, readonly number[]>>;

/** One question after calls: what is known of them, and the file that makes the router. */
interface Search {
  readonly known: Map<FunctionContext, readonly number[]>;
  readonly home: string;
}

/** Whatever other files call runs when the file itself has run. */
const afterLoading = Number.MAX_SAFE_INTEGER;

/** What is done with one router, in the order in which it runs. */
export function inOrder(model: ProjectModel, operations: readonly Operation[], known: CallOrders): Operation[] {
  const isHeld = operations.some(({ receiver }) => receiver.site?.heldBy);
  const home = operations[0]?.receiver.site?.file ?? "";
  const search = { known: known.get(home) ?? new Map<FunctionContext, readonly number[]>(), home };
  known.set(home, search.known);
  const isOfFactory = operations.some(({ receiver }) => receiver.site?.by);
  const ordered = operations.map((operation) => ({ ...operation, order: [...(isHeld ? [rankOf(model, ...placeOfOperation(model, operation))] : []), ...(isOfFactory ? [factoryRank(operation.receiver.site)] : []), ...orderOf(model, operation, search)] }));
  return ordered.sort((left, right) => compareOrder(left.order, right.order));
}

/**
 * Where an operation runs: its offset, behind the place where its function is called. Functions and methods that are
 * called at several places count at the first, unless it is known for which of them the operation is.
 */
function orderOf(model: ProjectModel, operation: Operation, search: Search): readonly number[] {
  // The function that makes the router runs as a whole: who calls that is the same for all that is done with it.
  const made = (operation.from ?? []).findIndex(({ file }) => file === search.home);
  // Where other files call what is written beside the router, it runs among the rest that is written there: `createApi([users, orders])`.
  if (made === -1 && operation.file === search.home) return [...callOrder(model, operation.file, operation.in, search, 0), placeOf(operation.call), ...(operation.from ?? []).map(({ call }) => call.span[0])];
  const from = (operation.from ?? []).slice(Math.max(made, 0));
  return [...callOrder(model, ...placeOfOperation(model, { ...operation, from }), search, 0), ...from.map(({ call }) => call.span[0]), placeOf(operation.call)];
}

/** The file and function that an operation is written in, or those of the caller that it is for. */
function placeOfOperation(model: ProjectModel, { file, in: context, from: [from] = [] }: Operation): [string, FunctionContext | undefined] {
  return from ? [from.file, model.values.index(from.file).functionAround(from.call)] : [file, context];
}

/** Calls of a chain begin at the same place; where the member is named tells them apart. */
export function placeOf({ callee, span }: CallExpression): number {
  return callee.kind === "member" ? callee.propertySpan[0] : callee.kind === "index" ? callee.index.span[0] : span[0];
}

function callOrder(model: ProjectModel, file: string, context: FunctionContext | undefined, search: Search, depth: number): readonly number[] {
  if (!context || depth > 8) return [];
  const { known, home } = search;
  const cached = known.get(context);
  if (cached) return cached;
  known.set(context, []);
  const order = (): readonly number[] => {
    const { passedTo } = context;
    if (passedTo) return [...callOrder(model, file, context.parent, search, depth + 1), passedTo.call.span[0]];
    const own = methodCall(model, file, context);
    if (own) return [...callOrder(model, own.file, own.in, search, depth + 1), own.offset];
    const [site] = model.values.callSites.of(file, context.node);
    if (!site) return [];
    if (file === home && site.file !== home) return [afterLoading];
    const around = model.values.index(site.file).functionAround(site.call);
    return [...callOrder(model, site.file, around, search, depth + 1), site.call.span[0]];
  };
  const result = order();
  known.set(context, result);
  return result;
}

interface MethodCall {
  readonly file: string;
  readonly in: FunctionContext | undefined;
  readonly offset: number;
}

/** `this.setUpRoutes()` in the same class, or in a class that it extends. */
function methodCall(model: ProjectModel, file: string, { class: owner, node, member }: FunctionContext): MethodCall | undefined {
  if (!owner || node.form !== "method" || member?.name === undefined) return undefined;
  for (const around of lineage(model, file, owner)) {
    const call = model.values
      .index(around.file)
      .calls.find(({ node: { callee }, in: context }) => callee.kind === "member" && callee.object.kind === "this" && callee.property === member.name && context?.class === around.class);
    if (call) return { file: around.file, in: call.in, offset: call.node.span[0] };
  }
  return undefined;
}

/** What a factory does with what it makes comes before what its callers do with that. */
function factoryRank(site: CreationSite | undefined): number {
  let rank = 0;
  for (let call = site?.by; call; call = call.within) rank++;
  return rank;
}

/** The constructor of a base class runs before that of the class that extends it, and code outside after both. */
function rankOf(model: ProjectModel, file: string, context: FunctionContext | undefined, depth = 0): number {
  const caller = context && depth < 8 ? methodCall(model, file, context) : undefined;
  if (caller) return rankOf(model, caller.file, caller.in, depth + 1);
  return context?.class ? lineage(model, file, context.class).length : Infinity;
}

function compareOrder(left: readonly number[], right: readonly number[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? -1) - (right[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}
