import { inAllFiles } from "../../base/gathered.js";
import { oncePer } from "../../base/once-per.js";
import { type Span, within } from "../../base/position.js";
import type { CallExpression, Expression, FunctionNode, IndexExpression, MemberExpression } from "../../facts/syntax.js";
import type { NamedCall } from "../calls/call-sites.js";
import type { FunctionContext } from "../modules/file-index.js";
import type { ProjectModel } from "../project-model.js";
import type { CreationSite, ExternalValue, Value } from "../values/value.js";
import { type CallOrders, inOrder, placeOf } from "./operation-order.js";
import { handsOn, lineage, ownOperations, ownRouters, selfRouters } from "./own-routers.js";
import type { Located } from "../values/located.js";
import { heldBy, routerKey } from "./router-keys.js";
import { keyInRun, runOf } from "./runs.js";
import { unroll } from "./unroll.js";

/** A call of a method of an application or router: `app.use(…)`, `router.get(…)`. */
export interface Operation {
  /** Which router: its creation site, or the parameter that holds one from outside. */
  readonly router: string;
  readonly receiver: ExternalValue;
  readonly method: string;
  /** What it is called on. */
  readonly object: Expression;
  /** Its arguments, as they are in this round where it stands in a loop. */
  readonly arguments: readonly Located[];
  /** The path of `app.route(path).get(…)`, as it is in this round. */
  readonly path?: Located;
  readonly call: CallExpression;
  readonly file: string;
  readonly in: FunctionContext | undefined;
  /** The calls of the functions around it that it is for, the outermost first, where those say what is registered. */
  readonly from?: readonly NamedCall[];
  /** Every call of the factory that this stands in makes a router of its own with it, which is listed apart. */
  readonly handedDown?: true;
  /** Sorts operations of one router by when they run, as far as that can be told. */
  readonly order: readonly number[];
}

/** Says whether an external value is an application or router of a framework. */
export type IsRouter = (value: ExternalValue) => boolean;

/** All calls of methods of a framework's routers, by router, each list in the order in which it runs. */
export function gatherOperations(model: ProjectModel, isRouter: IsRouter, keyOf = routerKey): ReadonlyMap<string, readonly Operation[]> {
  const byRouter = new Map<string, Operation[]>();
  for (const operation of operationsOf(isRouter)(model)) {
    const router = keyOf(operation.receiver, operation.file, operation.in);
    const known = byRouter.get(router);
    if (known) known.push({ router, ...operation });
    else byRouter.set(router, [{ router, ...operation }]);
  }
  partRuns(model, byRouter);
  handDown(model, byRouter);
  const orders: CallOrders = new Map();
  for (const [router, operations] of byRouter) byRouter.set(router, inOrder(model, operations, orders));
  return byRouter;
}

/** What is done in one run of a function with the router that it makes is listed apart: `mount(app, "/users", userRoutes)` beside `mount(app, "/orders", orderRoutes)`. */
function partRuns(model: ProjectModel, byRouter: Map<string, Operation[]>): void {
  for (const [router, operations] of [...byRouter]) {
    const runs = operations.map((operation) => runOf(model, operation));
    for (const run of new Set(runs)) {
      const key = keyInRun(router, run);
      if (run !== undefined) byRouter.set(key, operations.filter((_operation, index) => runs[index] === undefined || runs[index] === run).map((operation) => ({ ...operation, router: key, handedDown: true })));
    }
  }
}

/** The operations of all files on the routers of one kind, without the routers that they belong to: edits elsewhere leave them as they are. */
const operationsOf = oncePer((isRouter: IsRouter) => inAllFiles((model: ProjectModel, file: string) => operationsIn(model, file, isRouter)));

function operationsIn(model: ProjectModel, file: string, isRouter: IsRouter): readonly Omit<Operation, "router">[] {
  if (isTestOrMigration(model, file)) return [];
  return model.values.index(file).calls.flatMap(({ node, in: context }) => {
    if (node.kind !== "call" || (node.callee.kind !== "member" && node.callee.kind !== "index")) return [];
    const { object } = node.callee;
    return calledOn(model, file, node, node.callee, isRouter).map((called) => ({ object, call: node, file, in: context, order: [], ...called }));
  });
}

/** What a call does with routers: with one of a class of the project what its method does, and in a loop what each round does. */
function calledOn(model: ProjectModel, file: string, call: CallExpression, callee: MemberExpression | IndexExpression, isRouter: IsRouter): readonly Pick<Operation, "receiver" | "method" | "arguments" | "path" | "from">[] {
  if (callee.kind === "member") {
    const written = (): Pick<Operation, "method" | "arguments"> => ({ method: callee.property, arguments: call.arguments.map((node) => ({ file, node })) });
    const own = ownRouters(model, file, callee.object, isRouter);
    if (own.length > 0) return (ownOperations(model, file, call) ?? [written()]).flatMap((one) => own.map((receiver) => ({ receiver, ...one })));
    const selves = selfRouters(model, file, callee.object, isRouter);
    if (selves.length > 0 && !handsOn(model, file, call)) return selves.map((receiver) => ({ receiver, ...written() }));
  }
  const isOne = (value: Value): value is ExternalValue => value.kind === "external" && isRouter(value);
  const root = behindRegistrations(callee.object);
  const known = model.values.of(file, root).filter(isOne);
  // What a type says of a router is that it is one; which one it is, and where a chain of calls on it begins, the callers say.
  const isTold = known.some(({ site }) => site !== undefined);
  const object = isTold ? callee.object : root;
  // What one of several callers gives says more than all that they may give.
  const given = (!isTold || (known.length > 1 && root === callee.object)) && isHandedIn(model, file, call, callee);
  const member = callee.kind === "member" ? callee.property : callee.index;
  if (known.length === 0 && !given) return [];
  const found = unroll(model, file, call, object, member, given).flatMap(({ receiver: at, ...registration }) => model.values.of(at.file, at.node).filter(isOne).map((receiver) => ({ receiver, ...registration })));
  return found.length > 0 || !given || known.length === 0 ? found : unroll(model, file, call, object, member).flatMap(({ receiver: _, ...registration }) => known.map((receiver) => ({ receiver, ...registration })));
}

/** What a chain of registrations is called on: `app` of `app.get(path, list).post(path, add)`. */
function behindRegistrations(node: Expression): Expression {
  let root = node;
  while (root.kind === "call" && root.callee.kind === "member" && /^(get|post|put|patch|delete|all|use)$/.test(root.callee.property)) root = root.callee.object;
  return root;
}

/** `router[verb](path, handler)` and `router.get(path, handler)` with a router that a function is given, of whose many callers the model says nothing. */
function isHandedIn(model: ProjectModel, file: string, call: CallExpression, callee: MemberExpression | IndexExpression): boolean {
  if (call.arguments.length < 2 || (callee.kind === "member" && !/^(get|post|put|patch|delete|all|use|route)$/.test(callee.property))) return false;
  const { sources } = model.values.index(file);
  const root = rootOf(callee.object);
  let source = root.kind === "name" && root.binding !== undefined ? sources[root.binding] : undefined;
  if (source?.kind === "value" && source.value?.kind === "name" && source.value.binding !== undefined) source = sources[source.value.binding];
  return source?.kind === "parameter" && model.values.index(file).functions.get(source.function)?.passedTo === undefined;
}

/**
 * A router that a class makes is another one for each class that extends it, and one that a factory makes another one for
 * each of its calls: each has what the code of the base or factory does with it.
 */
function handDown(model: ProjectModel, byRouter: Map<string, Operation[]>): void {
  const own = [...byRouter].flatMap(([key, list]) => (list[0]?.receiver.site ? [{ key, list, site: list[0].receiver.site }] : []));
  const given = new Set<string>();
  for (const { key, list, site } of own) {
    if (!site.heldBy && !site.by) continue;
    const above = own.filter((other) => other.key !== key && other.site.node === site.node && isAbove(model, other.site, site));
    for (const other of above) given.add(other.key);
    byRouter.set(key, [...list, ...above.flatMap((other) => other.list.map((operation) => ({ ...operation, router: key })))]);
  }
  for (const { key, site } of own) {
    if (!given.has(key)) continue;
    if (!site.heldBy && own.some((other) => other.key.startsWith(`${key}${heldBy}`))) byRouter.delete(key);
    else if (!site.heldBy) byRouter.set(key, (byRouter.get(key) ?? []).map((operation) => ({ ...operation, handedDown: true })));
  }
}

/** Whether what is done with a router where it is made holds for it where a class or caller has it. */
function isAbove(model: ProjectModel, above: CreationSite, below: CreationSite): boolean {
  const { heldBy } = below;
  const held = heldBy ? !above.heldBy || lineage(model, heldBy.file, heldBy.class).some((one) => one.class === above.heldBy?.class) : !above.heldBy;
  let call = below.by;
  while (call && call.node !== above.by?.node) call = call.within;
  return held && (!above.by || call !== undefined);
}

/** Whether a file only makes applications of its own, to test with, or none. */
export function isTestOrMigration(model: ProjectModel, file: string): boolean {
  const { layer } = model.layerOf(file);
  return layer === "tests" || layer === "migrations";
}

/** What a function calls on its first parameter, where no type says what that is: the body of a plugin. */
export function operationsOnParameter(model: ProjectModel, file: string, plugin: FunctionNode, receiver: ExternalValue): readonly Operation[] {
  const index = model.values.index(file);
  return index.calls.flatMap(({ node, in: context }) => {
    if (node.kind !== "call" || (node.callee.kind !== "member" && node.callee.kind !== "index")) return [];
    const { callee } = node;
    const root = rootOf(callee.object);
    const source = root.kind === "name" && root.binding !== undefined ? index.sources[root.binding] : undefined;
    if (source?.kind !== "parameter" || source.function !== plugin || source.index !== 0 || source.path.length > 0) return [];
    return unroll(model, file, node, callee.object, callee.kind === "member" ? callee.property : callee.index).map(
      ({ method, arguments: given, path, from }): Operation => ({ router: "", receiver, method, object: callee.object, arguments: given, ...(path && { path }), call: node, file, in: context, order: [placeOf(node)], ...(from && { from }) }),
    );
  });
}

/** What a chain of calls begins with: `app` of `app.get(…).post(…)`. */
export function rootOf(node: Expression): Expression {
  if (node.kind === "call" && node.callee.kind === "member") return rootOf(node.callee.object);
  return node.kind === "await" || node.kind === "cast" ? rootOf(node.value) : node;
}

/** The path of a receiver behind the router itself: `["route", "()"]` for `router.route("/x")`. */
export function pathBehind(value: ExternalValue): readonly string[] {
  const { path } = value.provenance;
  const start = path.findIndex((step) => step === "()" || step === "new()");
  return path.slice(start + 1);
}

/** Where a route stands: at its registration, in the row of the table that a loop registers, or at the call of a function of the project that is given its handler. */
export function placeOfRoute(model: ProjectModel, operation: Operation, handler: Located | undefined): { readonly file: string; readonly span: Span } {
  const given = operation.from?.find(({ file, call: { span } }) => handler?.file === file && within(handler.node.span, span));
  const { path, arguments: [first] } = operation;
  return (given && { file: given.file, span: given.call.span }) ?? rowOf(model, operation, path ?? first) ?? rowOf(model, operation, handler) ?? { file: operation.file, span: spanOfOperation(operation) };
}

/** The object of a list that a path or handler is written in, with the call that it is given to: `defineRoute({ method: "get", path: "/", … })`. */
function rowOf(model: ProjectModel, { file, call }: Operation, written: Located | undefined): { readonly file: string; readonly span: Span } | undefined {
  if (!written || (written.file === file && within(written.node.span, call.span))) return undefined;
  const { parentOf } = model.values.index(written.file);
  const row = parentOf(written.node);
  const holder = row && parentOf(row);
  if (!row || !("kind" in row) || row.kind !== "object" || !holder || !("kind" in holder)) return undefined;
  if (holder.kind === "array") return { file: written.file, span: row.span };
  return holder.kind === "call" && holder.arguments[0] === row ? { file: written.file, span: holder.span } : undefined;
}

/** The part of a chain of calls that one operation is: `.post("/", …)` of `new Elysia().get("/", …).post("/", …)`. */
export function spanOfOperation({ call }: Operation): Span {
  const { callee, span } = call;
  return callee.kind === "member" && (callee.object.kind === "call" || callee.object.kind === "new") ? [callee.propertySpan[0], span[1]] : span;
}

