import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../project-model.js";
import type { ExternalValue, Value } from "../value.js";
import { type AdapterResult, pathTexts, type RawRoute, type RawStep } from "./adapter.js";
import { gatherOperations, type IsRouter, type Operation, pathBehind, routerKey } from "./operations.js";
import { joinRoutePath } from "./path.js";
import type { Application, Mount, StepOrigin, UnresolvedRoute } from "./route.js";

/** What differs between the frameworks that register routes by calls in order: Express, Koa, Hono and their kin. */
export interface StackDialect {
  readonly framework: string;
  /** The value is an application or router, or a chain of calls on one. */
  readonly isRouter: IsRouter;
  /** Of those, the ones that answer requests by themselves. */
  isApplication(value: ExternalValue): boolean;
  /** Methods that register a route, with the HTTP method they stand for. */
  verbOf(method: string): string | undefined;
  /** The prefix that a router is created with, if its creation says one. */
  ownPrefix(model: ProjectModel, operations: readonly Operation[], value: ExternalValue): string;
  /** What is mounted by an operation that is no route: `app.use("/api", router)`, `app.route("/api", sub)`. */
  readonly mountMethods: ReadonlySet<string>;
  /** The router behind a mounted argument: `router.routes()` of Koa. */
  mounted(value: Value): ExternalValue | undefined;
  /** Whether something among an application's operations maps errors to answers. */
  hasErrorHandler(model: ProjectModel, own: readonly Operation[], all: ReadonlyMap<string, readonly Operation[]>): boolean;
  /** `router.get("name", "/path", …)`. */
  readonly namedRoutes?: boolean;
  /** A path given once holds for the following calls of the chain. */
  readonly remembersPath?: boolean;
}

interface Walk {
  readonly model: ProjectModel;
  readonly dialect: StackDialect;
  readonly operations: ReadonlyMap<string, readonly Operation[]>;
  readonly routes: RawRoute[];
  readonly unresolved: UnresolvedRoute[];
  readonly visited: Set<string>;
}

interface Frame {
  readonly prefix: string;
  readonly mounts: readonly Mount[];
  /** Steps that run before everything registered from now on; those with a path only below it. */
  readonly steps: readonly ScopedStep[];
  readonly path: readonly string[];
  readonly conditional?: string;
}

interface ScopedStep {
  readonly step: RawStep;
  readonly below: string;
}

/** Finds the routes of a framework whose routers are stacks: applications first, then routers that nothing mounts. */
export function findStackRoutes(model: ProjectModel, dialect: StackDialect): AdapterResult {
  const operations = gatherOperations(model, dialect.isRouter);
  const walk: Walk = { model, dialect, operations, routes: [], unresolved: [], visited: new Set() };
  const applications: Application[] = [];
  const first = (list: readonly Operation[]): Operation | undefined => list[0];
  const roots = [...operations].filter(([, list]) => list.some((operation) => dialect.isApplication(operation.receiver)));
  const mountedKeys = collectMounted(model, dialect, operations);
  for (const [key, list] of roots) {
    const root = first(list);
    if (!root || mountedKeys.has(key)) continue;
    const site = root.receiver.site;
    if (site) applications.push({ framework: dialect.framework, file: site.file, span: site.node.span, errorHandler: dialect.hasErrorHandler(model, list, operations) });
    expand(walk, key, root.receiver, { prefix: "", mounts: [], steps: [], path: [] });
  }
  for (const [key, list] of operations) {
    const root = first(list);
    if (!root || walk.visited.has(key) || mountedKeys.has(key)) continue;
    const before = walk.routes.length;
    expand(walk, key, root.receiver, { prefix: "", mounts: [], steps: [], path: [] });
    if (walk.routes.length > before) walk.unresolved.push({ file: root.file, span: root.call.span, reason: "nothing mounts this router; its routes are listed without a prefix" });
  }
  return { routes: walk.routes, unresolved: walk.unresolved, applications };
}

function collectMounted(model: ProjectModel, dialect: StackDialect, operations: ReadonlyMap<string, readonly Operation[]>): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const list of operations.values())
    for (const operation of list) {
      if (!dialect.mountMethods.has(operation.method)) continue;
      for (const argument of operation.call.arguments)
        for (const router of routersOf(model, dialect, operation, argument)) {
          const key = routerKey(router, operation.file, operation.in);
          if (key !== operation.router) keys.add(key);
        }
    }
  return keys;
}

function expand(walk: Walk, key: string, router: ExternalValue, outer: Frame): readonly ScopedStep[] {
  walk.visited.add(key);
  const list = walk.operations.get(key) ?? [];
  const frame = { ...outer, prefix: joinRoutePath(outer.prefix, walk.dialect.ownPrefix(walk.model, list, router)), path: [...outer.path, key] };
  let steps = outer.steps;
  let lastPath: string | undefined;
  for (const operation of list) {
    const current = { ...frame, steps };
    const verb = walk.dialect.verbOf(operation.method);
    if (verb !== undefined) {
      const registered = register(walk, operation, verb, current, lastPath);
      lastPath = registered.path ?? lastPath;
      steps = [...steps, ...registered.steps];
    } else if (walk.dialect.mountMethods.has(operation.method)) steps = [...steps, ...mount(walk, operation, current)];
  }
  return steps.slice(outer.steps.length);
}

/** `router.get(path, …steps, handler)`; one route for each path. */
function register(walk: Walk, operation: Operation, verb: string, frame: Frame, lastPath: string | undefined): { path: string | undefined; steps: readonly ScopedStep[] } {
  const { model, dialect } = walk;
  const nothing = { path: undefined, steps: [] };
  let [first, ...rest] = operation.call.arguments;
  if (dialect.namedRoutes && first?.kind === "literal" && rest[0] && pathTexts(model, operation.file, rest[0])) [first, ...rest] = rest;
  const chained = routeCallPath(operation);
  const given = chained ? pathTexts(model, operation.file, chained) : first && pathTexts(model, operation.file, first);
  const handlers = chained || !given ? operation.call.arguments : rest;
  // `app.get("setting")` reads a setting.
  if (handlers.length === 0) return nothing;
  const paths = given ?? (dialect.remembersPath && lastPath !== undefined ? [{ text: lastPath, partial: false }] : undefined);
  if (!paths) {
    if (looksLikeHandler(model, operation.file, handlers.at(-1))) walk.unresolved.push({ file: operation.file, span: operation.call.span, reason: "the path is not a constant" });
    return nothing;
  }
  const flat = flatten(model, operation.file, handlers);
  const handler = flat.at(-1);
  if (!handler) return nothing;
  for (const { text, partial } of paths) {
    const path = joinRoutePath(frame.prefix, text);
    walk.routes.push({
      framework: dialect.framework,
      method: verb,
      path,
      file: operation.file,
      span: operation.call.span,
      mounts: frame.mounts,
      chain: [...frame.steps.filter(({ below }) => covers(below, path)).map(({ step }) => step), ...flat.slice(0, -1).map((step) => ({ ...step, origin: "route" as const }))],
      handler,
      ...(partial && { partial: true as const }),
      ...(frame.conditional !== undefined && { conditional: frame.conditional }),
    });
  }
  return { path: paths[0]?.text, steps: [] };
}

/** `app.use(path?, …middleware or routers)`. What it gives back runs before later registrations. */
function mount(walk: Walk, operation: Operation, frame: Frame): readonly ScopedStep[] {
  const { model, dialect } = walk;
  const [first, ...rest] = operation.call.arguments;
  const given = first && first.kind !== "function" ? pathTexts(model, operation.file, first) : undefined;
  const prefixes = given ?? [{ text: "", partial: false }];
  const added: ScopedStep[] = [];
  for (const argument of given ? rest : operation.call.arguments) {
    const routers = routersOf(model, dialect, operation, argument);
    for (const [place, { text }] of prefixes.entries()) {
      const below = joinRoutePath(frame.prefix, text);
      // A table of paths with their routers, run through in a loop: each path belongs to the router beside it.
      const paired = prefixes.length > 1 && prefixes.length === routers.length;
      for (const router of paired ? routers.slice(place, place + 1) : routers) {
        const key = routerKey(router, operation.file, operation.in);
        if (frame.path.includes(key)) {
          walk.unresolved.push({ file: operation.file, span: operation.call.span, reason: "this router is mounted below itself" });
          continue;
        }
        const mounts = text === "" ? frame.mounts : [...frame.mounts, { file: operation.file, span: operation.call.span, prefix: text }];
        const inner = expand(walk, key, router, { ...frame, prefix: below, mounts, steps: [...frame.steps, ...added], ...conditionOf(model, operation) });
        // What a router at the same path lets run also runs before its later siblings.
        if (below === frame.prefix || below === "/") added.push(...inner.filter((step) => step.below === below));
      }
      if (routers.length === 0) for (const step of flatten(model, operation.file, [argument])) added.push({ step: { ...step, origin: originOf(frame) }, below });
    }
  }
  return added;
}

function originOf(frame: Frame): StepOrigin {
  return frame.path.length <= 1 ? "global" : "mount";
}

function routersOf(model: ProjectModel, dialect: StackDialect, operation: Operation, argument: Expression): readonly ExternalValue[] {
  const values = argument.kind === "array" ? argument.elements.flatMap((element) => model.values.of(operation.file, element)) : model.values.of(operation.file, argument);
  return values.flatMap((value) => {
    const router = dialect.mounted(value);
    return router ? [router] : [];
  });
}

/** The path of `app.route("/x").get(…)`, through the chain of calls. */
function routeCallPath(operation: Operation): Expression | undefined {
  if (!pathBehind(operation.receiver).includes("route")) return undefined;
  for (let node: Expression = operation.call.callee.object; node.kind === "call" && node.callee.kind === "member"; node = node.callee.object)
    if (node.callee.property === "route") return node.arguments[0];
  return undefined;
}

/** Handlers may stand in arrays, also in constants and behind spreads. */
function flatten(model: ProjectModel, file: string, nodes: readonly Expression[]): { file: string; node: Expression }[] {
  return nodes.flatMap((node) => {
    if (node.kind === "array") return flatten(model, file, node.elements);
    const inner = node.kind === "spread" ? node.value : node;
    const [value] = node.kind === "spread" || node.kind === "name" ? model.values.of(file, inner) : [];
    return value?.kind === "array" ? flatten(model, value.file, value.node.elements) : [{ file, node: inner }];
  });
}

function looksLikeHandler(model: ProjectModel, file: string, node: Expression | undefined): boolean {
  return node !== undefined && (node.kind === "function" || model.values.of(file, node).some((value) => value.kind === "function"));
}

function covers(below: string, path: string): boolean {
  const plain = below.replace(/\/\*\w*$/, "").replace(/\/\(\.\*\)$/, "");
  return plain === "" || plain === "/" || path === plain || path.startsWith(`${plain}/`);
}

/** The test of the `if` around a registration. */
function conditionOf(model: ProjectModel, operation: Operation): { conditional?: string } {
  const index = model.values.index(operation.file);
  for (let node = index.parentOf(operation.call); node && "kind" in node; node = index.parentOf(node)) if (node.kind === "if") return { conditional: "if" };
  return {};
}
