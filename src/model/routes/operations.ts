import type { Span } from "../../base/position.js";
import type { CallExpression, Expression, FunctionNode, IndexExpression, MemberExpression } from "../../facts/syntax.js";
import type { FunctionContext } from "../file-index.js";
import type { ProjectModel } from "../project-model.js";
import { type CreationSite, type ExternalValue, type FactoryCall, holderOf, placeOfSite, type Value } from "../value.js";
import { handsOn, lineage, ownOperations, ownRouter, selfRouters } from "./own-routers.js";
import type { Located } from "./route.js";
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
  readonly call: CallExpression;
  readonly file: string;
  readonly in: FunctionContext | undefined;
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
  for (const file of model.files) {
    if (isTestOrMigration(model, file)) continue;
    for (const { node, in: context } of model.values.index(file).calls) {
      if (node.kind !== "call" || (node.callee.kind !== "member" && node.callee.kind !== "index")) continue;
      for (const called of calledOn(model, file, node, node.callee, isRouter)) {
        const operation: Operation = { ...called, router: keyOf(called.receiver, file, context), object: node.callee.object, call: node, file, in: context, order: [] };
        const known = byRouter.get(operation.router);
        if (known) known.push(operation);
        else byRouter.set(operation.router, [operation]);
      }
    }
  }
  handDown(model, byRouter);
  const orders = new Map<FunctionContext, readonly number[]>();
  for (const [router, operations] of byRouter) {
    const isHeld = operations.some(({ receiver }) => receiver.site?.heldBy);
    const madeBy = operations.find(({ receiver }) => receiver.site?.by)?.receiver.site;
    const ordered = operations.map((operation) => ({ ...operation, order: [...(isHeld ? [rankOf(model, operation.file, operation.in)] : []), ...(madeBy ? [factoryRank(operation.receiver.site)] : []), ...orderOf(model, operation, orders)] }));
    byRouter.set(router, ordered.sort((left, right) => compareOrder(left.order, right.order)));
  }
  return byRouter;
}

/** What a call does with routers: with one of a class of the project what its method does, and in a loop what each round does. */
function calledOn(model: ProjectModel, file: string, call: CallExpression, callee: MemberExpression | IndexExpression, isRouter: IsRouter): readonly Pick<Operation, "receiver" | "method" | "arguments">[] {
  if (callee.kind === "member") {
    const written = (): Pick<Operation, "method" | "arguments"> => ({ method: callee.property, arguments: call.arguments.map((node) => ({ file, node })) });
    const own = ownRouter(model, file, callee.object, isRouter);
    if (own) return (ownOperations(model, file, call) ?? [written()]).map((one) => ({ ...one, receiver: own }));
    const selves = selfRouters(model, file, callee.object, isRouter);
    if (selves.length > 0 && !handsOn(model, file, call)) return selves.map((receiver) => ({ ...written(), receiver }));
  }
  const isOne = (value: Value): value is ExternalValue => value.kind === "external" && isRouter(value);
  if (!model.values.of(file, callee.object).some(isOne)) return [];
  return unroll(model, file, call, callee.object, callee.kind === "member" ? callee.property : callee.index).flatMap(({ method, receiver: at, arguments: given }) =>
    model.values.of(at.file, at.node).filter(isOne).map((receiver) => ({ receiver, method, arguments: given })),
  );
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
    if (!site.heldBy && heldRouters(byRouter, key).length > 0) byRouter.delete(key);
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

/** The routers that classes have from the one that a class they extend makes under `key`. */
export function heldRouters<T>(byRouter: ReadonlyMap<string, T>, key: string): readonly (readonly [string, T])[] {
  return [...byRouter].filter(([other]) => other.startsWith(`${key} held by `));
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
      ({ method, arguments: given }): Operation => ({ router: "", receiver, method, object: callee.object, arguments: given, call: node, file, in: context, order: [placeOf(node)] }),
    );
  });
}

/** What a chain of calls begins with: `app` of `app.get(…).post(…)`. */
export function rootOf(node: Expression): Expression {
  if (node.kind === "call" && node.callee.kind === "member") return rootOf(node.callee.object);
  return node.kind === "await" || node.kind === "cast" ? rootOf(node.value) : node;
}

/** Tells routers apart; one that comes from outside is told apart by the function that is given it. */
export function routerKey(value: ExternalValue, file: string, context: FunctionContext | undefined): string {
  if (value.site) return placeOfSite(value.site) + holderOf(value.site);
  return `given ${file}@${context?.node.span[0] ?? 0}`;
}

/** The key of an application as one: what its factory does with it and what the callers of that do is done with the same. */
export function applicationKey(value: ExternalValue, file: string, context: FunctionContext | undefined): string {
  const { site } = value;
  if (!site?.by) return routerKey(value, file, context);
  let by: FactoryCall | undefined = site.by;
  while (by?.kept) by = by.within;
  return routerKey({ ...value, site: { file: site.file, node: site.node, ...(site.heldBy && { heldBy: site.heldBy }), ...(by && { by }) } }, file, context);
}

/** The key of a router, and behind it those of what the factories on its way make: with what nobody adds to, it is kept there. */
export function routerKeys(value: ExternalValue, file: string, context: FunctionContext | undefined): readonly string[] {
  const keys = [routerKey(value, file, context)];
  const { site } = value;
  for (let call = site?.by; site && call; call = call.within) keys.push(placeOfSite({ file: site.file, node: site.node, ...(call.within && { by: call.within }) }) + holderOf(site));
  return keys;
}

/** What is done with a router, also where only the factory that made it does anything with it. */
export function operationsOf<T>(byRouter: ReadonlyMap<string, T>, keys: readonly string[]): T | undefined {
  for (const key of keys) {
    const found = byRouter.get(key);
    if (found) return found;
  }
  return undefined;
}

/** The path of a receiver behind the router itself: `["route", "()"]` for `router.route("/x")`. */
export function pathBehind(value: ExternalValue): readonly string[] {
  const { path } = value.provenance;
  const start = path.findIndex((step) => step === "()" || step === "new()");
  return path.slice(start + 1);
}

/**
 * Where an operation runs: its offset, behind the place where its function is called. Functions and methods that are
 * called at several places count at the first.
 */
function orderOf(model: ProjectModel, operation: Operation, known: Map<FunctionContext, readonly number[]>): readonly number[] {
  return [...callOrder(model, operation.file, operation.in, known, 0), placeOf(operation.call)];
}

/** The part of a chain of calls that one operation is: `.post("/", …)` of `new Elysia().get("/", …).post("/", …)`. */
export function spanOfOperation({ call }: Operation): Span {
  const { callee, span } = call;
  return callee.kind === "member" && (callee.object.kind === "call" || callee.object.kind === "new") ? [callee.propertySpan[0], span[1]] : span;
}

/** Calls of a chain begin at the same place; where the member is named tells them apart. */
function placeOf({ callee, span }: CallExpression): number {
  return callee.kind === "member" ? callee.propertySpan[0] : callee.kind === "index" ? callee.index.span[0] : span[0];
}

function callOrder(model: ProjectModel, file: string, context: FunctionContext | undefined, known: Map<FunctionContext, readonly number[]>, depth: number): readonly number[] {
  if (!context || depth > 8) return [];
  const cached = known.get(context);
  if (cached) return cached;
  known.set(context, []);
  const order = (): readonly number[] => {
    const { passedTo } = context;
    if (passedTo) return [...callOrder(model, file, context.parent, known, depth + 1), passedTo.call.span[0]];
    const own = methodCall(model, file, context);
    if (own) return [...callOrder(model, own.file, own.in, known, depth + 1), own.offset];
    const [site] = model.values.callSites.of(file, context.node);
    if (!site) return [];
    const around = model.values.index(site.file).functionAround(site.call);
    return [...callOrder(model, site.file, around, known, depth + 1), site.call.span[0]];
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
