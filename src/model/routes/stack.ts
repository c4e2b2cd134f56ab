import { lastName } from "../../facts/names.js";
import type { ProjectModel } from "../project-model.js";
import { type ExternalValue, madeAt, type Value } from "../values/value.js";
import type { AdapterResult, RawRoute, RawStep } from "./adapter.js";
import { type PathText, pathTexts, unknownPart } from "../values/path-texts.js";
import { missingModule, notListed } from "./missing-module.js";
import { gatherOperations, type IsRouter, type Operation, pathBehind, placeOfRoute } from "./operations.js";
import { ownRouters } from "./own-routers.js";
import { joinRoutePath } from "./path.js";
import { isIdle } from "./idle-routers.js";
import { subApplicationOf } from "./sub-application.js";
import type { Application, Mount, StepOrigin, UnresolvedRoute } from "./route.js";
import type { Located } from "../values/located.js";
import { heldRouters, routerKeys } from "./router-keys.js";
import { keyInRun, runOf } from "./runs.js";
import { mayServe } from "./serving-package.js";
import { covers, flatten, isExcepted, looksLikeHandler, type OpenPath, passesOn, secretInPath, setsBody, unlessExcepted } from "./stack-steps.js";
import { chainedPath, loadedModule, unknownMethod } from "./unroll.js";

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
  ownPrefix?(model: ProjectModel, operations: readonly Operation[], value: ExternalValue): string;
  /** The prefix that one operation gets from how its receiver was reached: `app.basePath("/v2").get(…)`. */
  prefixOf?(model: ProjectModel, operation: Operation): string;
  /** What a method registers whose arguments are in an order of its own: `app.on(methods, paths, …)`. */
  registration?(model: ProjectModel, operation: Operation): Registration | readonly Registration[] | undefined;
  /** What is mounted by an operation that is no route: `app.use("/api", router)`, `app.route("/api", sub)`. */
  readonly mountMethods: ReadonlySet<string>;
  /** The routers behind a mounted argument: `router.routes()` of Koa, `mount("/prefix", app)`. */
  mounted(model: ProjectModel, value: Value): readonly MountedRouter[];
  /** Whether something among an application's operations maps errors to answers. */
  hasErrorHandler(model: ProjectModel, own: readonly Operation[], all: ReadonlyMap<string, readonly Operation[]>): boolean;
  /** What is used runs when something failed, and never before a route. */
  isErrorHandler?(model: ProjectModel, used: Located): boolean;
  /** `router.get("name", "/path", …)`. */
  readonly namedRoutes?: boolean;
  /** Every step of a router runs before its routes, whatever the order they were added in. */
  stepsFirst?(value: ExternalValue): boolean;
  /** What stands where a handler would only lets requests go on. */
  isStep?(model: ProjectModel, handler: Located): boolean;
  /** What is used below a path and answers there, instead of going on: `app.use("/api/health", (req, res) => res.json(health()))`. */
  answersAlone?(model: ProjectModel, used: Located): boolean;
  /** Routers may stand where a handler would, and see the whole path there: `app.all("/food*", foodRouter)`. */
  readonly routersAnswer?: boolean;
  /** An application may be mounted in another as any router: one that nothing uses is none. */
  readonly applicationsAreRouters?: boolean;
  /** What serves a router that no other mounts, with what stands and runs before it there. */
  served?(model: ProjectModel, router: Operation): Pick<Mount, "prefix"> & { readonly steps: readonly RawStep[] } | undefined;
  /** A mount at `/users/**` is one for all below `/users`. */
  readonly mountsBelow?: boolean;
  /** The steps of a router run only before its own routes. */
  readonly confinesSteps?: boolean;
  /** A path given once holds for the following calls of the chain; without any it is the root. */
  readonly remembersPath?: boolean;
}

/** Methods, paths and handlers of one call. */
export interface Registration {
  readonly methods: readonly string[];
  readonly paths: readonly PathText[];
  readonly handlers: readonly Located[];
  /** Options that describe the route. */
  readonly options?: Located;
  readonly schemas?: RawRoute["schemas"];
  /** What its path says of who may call it. */
  readonly before?: readonly RawStep[];
  /** Where it is written, if that is not the call. */
  readonly place?: Pick<RawRoute, "file" | "span">;
}

/** A router that is mounted, and the prefix that its mount puts before it. */
export interface MountedRouter {
  readonly router: ExternalValue;
  readonly prefix: string;
}

interface Walk {
  readonly model: ProjectModel;
  readonly dialect: StackDialect;
  readonly operations: ReadonlyMap<string, readonly Operation[]>;
  readonly routes: RawRoute[];
  readonly unresolved: UnresolvedRoute[];
  readonly visited: Set<string>;
  /** Routers that stood in a handler's place, by what is mounted above them. */
  readonly answered: Set<string>;
  /** The first route of each router, method and path that is still listed. */
  readonly registered: Map<string, RawRoute>;
}

interface Frame {
  readonly prefix: string;
  readonly mounts: readonly Mount[];
  /** Steps that run before everything registered from now on; those with a path only below it. */
  readonly steps: readonly ScopedStep[];
  readonly path: readonly string[];
  readonly application?: string;
  readonly conditional?: string;
}

interface ScopedStep {
  readonly step: RawStep;
  readonly below: string;
  /** Paths below which it does not run. */
  readonly except?: readonly OpenPath[];
  /** It runs at that path, and not below it. */
  readonly alone?: true;
}

/** Finds the routes of a framework whose routers are stacks: applications first, then routers that nothing mounts. */
export function findStackRoutes(model: ProjectModel, dialect: StackDialect): AdapterResult {
  const operations = gatherOperations(model, dialect.isRouter);
  const walk: Walk = { model, dialect, operations, routes: [], unresolved: [], visited: new Set(), answered: new Set(), registered: new Map() };
  const applications: Application[] = [];
  const first = (list: readonly Operation[]): Operation | undefined => list[0];
  const roots = rootsOf(model, dialect, operations);
  const mountedKeys = collectMounted(model, dialect, operations);
  const places = roots.flatMap(([, list]) => first(list)?.receiver.site?.file ?? []);
  // A function that is given an application may be given this one.
  const givenHandlers = roots.flatMap(([, list]) => (first(list)?.receiver.site === undefined && dialect.hasErrorHandler(model, list, operations) ? (first(list)?.file ?? []) : []));
  // What is set on another application says nothing of this one.
  const withoutOthers = ({ receiver }: Operation): ReadonlyMap<string, readonly Operation[]> => {
    const others = new Set(roots.flatMap(([key, list]) => (!mountedKeys.has(key) && first(list)?.receiver.site !== undefined && first(list)?.receiver.site?.node !== receiver.site?.node ? [key] : [])));
    return others.size === 0 ? operations : new Map([...operations].filter(([key]) => !others.has(key)));
  };
  for (const [key, list] of roots) {
    const root = first(list);
    if (!root || root.handedDown || mountedKeys.has(key)) continue;
    const made = root.receiver.site && madeAt(root.receiver.site);
    if (made) applications.push({ framework: dialect.framework, file: made.file, span: made.node.span, errorHandler: dialect.hasErrorHandler(model, list, withoutOthers(root)) || (givenHandlers.some((file) => mayServe(model, file, made.file, places)) ? undefined : false) });
    expand(walk, [key], root.receiver, { prefix: "", mounts: [], steps: [], path: [], ...(made && { application: `${made.file}@${made.node.span[0]}` }) });
  }
  for (const [key, list] of operations) {
    const root = first(list);
    if (!root || root.handedDown || walk.visited.has(key) || mountedKeys.has(key)) continue;
    const before = walk.routes.length;
    const served = dialect.served?.(model, root);
    expand(walk, [key], root.receiver, { prefix: served?.prefix ?? "", mounts: [], steps: served?.steps.map((step) => ({ step, below: "" })) ?? [], path: [] });
    if (served) continue;
    walk.routes.push(...walk.routes.splice(before).map((route) => ({ ...route, unmounted: true as const })));
    if (walk.routes.length > before) walk.unresolved.push({ file: root.file, span: root.call.span, reason: "nothing mounts this router; its routes are listed without a prefix" });
  }
  // What is registered for a path and lets requests go on is a step; what it goes on to is listed by itself.
  const routes = walk.routes.filter(({ handler, method }) => method === "ALL" || !handler || !dialect.isStep?.(model, handler));
  return { routes, unresolved: walk.unresolved, applications };
}

/** The applications among the routers. */
function rootsOf(model: ProjectModel, dialect: StackDialect, operations: ReadonlyMap<string, readonly Operation[]>): readonly (readonly [string, readonly Operation[]])[] {
  const applications = [...operations].filter(([, list]) => list.some((operation) => dialect.isApplication(operation.receiver)));
  if (dialect.applicationsAreRouters !== true || applications.length < 2) return applications;
  const used = applications.filter(([, [root]]) => root === undefined || !isIdle(model, root.receiver));
  return used.length > 0 ? used : applications;
}

function collectMounted(model: ProjectModel, dialect: StackDialect, operations: ReadonlyMap<string, readonly Operation[]>): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const list of operations.values())
    for (const operation of list) {
      if (!dialect.mountMethods.has(operation.method) && !(dialect.routersAnswer && dialect.verbOf(operation.method) !== undefined)) continue;
      for (const argument of operation.arguments)
        for (const { router } of routersOf(model, dialect, argument)) {
          const own = keysIn(model, operation, router);
          if (own.includes(operation.router)) continue;
          for (const key of own) for (const one of [key, ...heldRouters(operations, key).map(([held]) => held)]) keys.add(one);
        }
    }
  return keys;
}

/** The keys of a router that an operation mounts: first that of the run that the operation belongs to. */
function keysIn(model: ProjectModel, operation: Operation, router: ExternalValue): readonly string[] {
  const keys = routerKeys(router, operation.file, operation.in);
  const run = runOf(model, { receiver: router, ...(operation.from && { from: operation.from }) });
  return run === undefined ? keys : [...keys.map((key) => keyInRun(key, run)), ...keys];
}

function expand(walk: Walk, keys: readonly string[], router: ExternalValue, outer: Frame): readonly ScopedStep[] {
  const key = keys.find((one) => walk.operations.has(one)) ?? keys[0] ?? "";
  walk.visited.add(key);
  // A base class says nothing of which class that extends it is meant: it may be each.
  const held = walk.operations.has(key) ? [] : heldRouters(walk.operations, key);
  for (const [one] of held) walk.visited.add(one);
  const list = walk.operations.get(key) ?? held.flatMap(([, operations]) => operations);
  const frame = { ...outer, prefix: joinRoutePath(outer.prefix, walk.dialect.ownPrefix?.(walk.model, list, router) ?? ""), path: [...outer.path, key] };
  const first = walk.dialect.stepsFirst?.(router) ? run({ ...walk, routes: [], unresolved: [], visited: new Set(walk.visited), answered: new Set(walk.answered), registered: new Map() }, list, frame, outer.steps) : undefined;
  // What was found before is what all routes get; nothing is added on the way.
  const steps = run(walk, list, frame, first ?? outer.steps, first !== undefined);
  return steps.slice(outer.steps.length);
}

/** Goes through the operations of a router; gives what runs before what comes after them. */
function run(walk: Walk, list: readonly Operation[], frame: Frame, given: readonly ScopedStep[], complete = false): readonly ScopedStep[] {
  let steps = given;
  let lastPath: string | undefined;
  const add = (more: readonly ScopedStep[]): void => {
    if (!complete) steps = [...steps, ...more];
  };
  for (const operation of list) {
    const current = { ...frame, steps, prefix: joinRoutePath(frame.prefix, walk.dialect.prefixOf?.(walk.model, operation) ?? "") };
    const verb = walk.dialect.verbOf(operation.method);
    const own = walk.dialect.registration?.(walk.model, operation);
    if (own) for (const one of [own].flat()) addRoutes(walk, operation, one, current);
    else if (verb !== undefined) {
      const registered = register(walk, operation, verb, current, lastPath);
      lastPath = registered.path ?? lastPath;
      add(registered.steps);
    } else if (walk.dialect.mountMethods.has(operation.method)) add(mount(walk, operation, current));
    else if (operation.method === unknownMethod && operation.arguments.length > 1 && looksLikeHandler(walk.model, operation.arguments.at(-1))) walk.unresolved.push({ file: operation.file, span: operation.call.span, reason: "the method is not a constant" });
  }
  return steps;
}

/** `router.get(path, …steps, handler)`; one route for each path. */
function register(walk: Walk, operation: Operation, verb: string, frame: Frame, lastPath: string | undefined): { path: string | undefined; steps: readonly ScopedStep[] } {
  const { model, dialect } = walk;
  const nothing = { path: undefined, steps: [] };
  let [first, ...rest] = operation.arguments;
  if (dialect.namedRoutes && first?.node.kind === "literal" && rest[0] && pathTexts(model, rest[0].file, rest[0].node)) [first, ...rest] = rest;
  const chained = routeCallPath(operation);
  const given = chained ? pathTexts(model, chained.file, chained.node) : first && pathTexts(model, first.file, first.node);
  // A text behind the path is the name of the route (https://www.npmjs.com/package/named-routes).
  const handlers = (chained || !given ? operation.arguments : rest).filter(({ node }, place, all) => place === all.length - 1 || node.kind !== "literal");
  // `app.get("setting")` reads a setting.
  if (handlers.length === 0) return nothing;
  const paths = given ?? (dialect.remembersPath && looksLikeHandler(model, first) ? [{ text: lastPath ?? "/", partial: false }] : undefined);
  if (!paths) {
    if (handlers.length > 1 || looksLikeHandler(model, handlers.at(-1))) walk.unresolved.push({ file: operation.file, span: operation.call.span, reason: "the path is not a constant" });
    return nothing;
  }
  const flat = flatten(model, handlers);
  const handler = flat.at(-1);
  if (dialect.routersAnswer && handler && answerByRouter(walk, operation, flat.slice(0, -1), handler, frame)) return { path: paths[0]?.text, steps: [] };
  // `app.all("/admin/*", requireAdmin)` and `app.route("/x").all(requireUser)` are middleware, written as a route.
  if (handler && verb === "ALL" && passesOn(model, handler) && (chained || paths.every(({ text }) => text.includes("*"))))
    return { path: paths[0]?.text, steps: paths.flatMap(({ text }) => flat.map((step) => ({ step: { ...step, origin: originOf(frame) }, below: joinRoutePath(frame.prefix, text), ...(!text.includes("*") && { alone: true as const }) }))) };
  addRoutes(walk, operation, { methods: [verb], paths, handlers, before: secretInPath(chained ?? first, "route") }, frame);
  return { path: paths[0]?.text, steps: [] };
}

/** A router in a handler's place gets the path as it is, so that its routes are below what its router is mounted at; several such paths lead to the same routes. */
function answerByRouter(walk: Walk, operation: Operation, before: readonly Located[], handler: Located, frame: Frame): boolean {
  const routers = routersOf(walk.model, walk.dialect, handler);
  for (const { router } of routers) {
    const keys = keysIn(walk.model, operation, router);
    const place = `${frame.prefix} ${keys[0] ?? ""}`;
    if (keys.some((key) => frame.path.includes(key)) || walk.answered.has(place)) continue;
    walk.answered.add(place);
    const steps = before.map((step) => ({ step: { ...step, origin: originOf(frame) }, below: frame.prefix }));
    expand(walk, keys, router, { ...frame, steps: [...frame.steps, ...steps] });
  }
  return routers.length > 0;
}

/** One route for each method and path. */
function addRoutes(walk: Walk, operation: Operation, { methods, paths, handlers, options, schemas, before: ofPath = [], place }: Registration, frame: Frame): void {
  const flat = flatten(walk.model, handlers);
  // What stands behind the one that answers clears up after it.
  const answering = walk.dialect.isStep ? flat.findLastIndex((one) => walk.dialect.isStep?.(walk.model, one) === false) : -1;
  const at = answering === -1 ? flat.length - 1 : answering;
  const handler = flat[at];
  if (!handler) return;
  for (const { text, partial } of paths)
    for (const method of methods) {
      const path = joinRoutePath(frame.prefix, text);
      const key = `${operation.router} ${method} ${path}`;
      // What is written with its method may also have been registered by a call before, which answers first.
      if (place && walk.routes.some((route) => route.method === method && route.path === path)) continue;
      const first = stepsBehind(walk, key);
      const before = stepsFor(frame, path, method);
      const route: RawRoute = {
        framework: walk.dialect.framework,
        method,
        path,
        ...(place ?? placeOfRoute(walk.model, operation, handler)),
        mounts: frame.mounts,
        chain: [...before, ...ofPath, ...first, ...flat.slice(0, at).map((step) => ({ ...step, origin: "route" as const }))],
        handler,
        ...(options && { options }),
        ...(schemas && { schemas }),
        ...((partial || frame.prefix.includes(unknownPart)) && { partial: true as const }),
        ...(frame.application !== undefined && { application: frame.application }),
        ...(frame.conditional !== undefined && { conditional: frame.conditional }),
      };
      if (!walk.registered.has(key)) walk.registered.set(key, route);
      walk.routes.push(route);
    }
}

/** What was registered for the same method and path before and lets requests go on is a step of this route: `app.post("/x", limit); app.post("/x", create)`. */
function stepsBehind({ model, routes, registered }: Walk, key: string): readonly RawStep[] {
  const earlier = registered.get(key);
  if (!earlier?.handler) return [];
  const index = routes.indexOf(earlier);
  const isStep = index !== -1 && !earlier.path.includes(unknownPart) && passesOn(model, earlier.handler) && !setsBody(model, earlier.handler);
  if (index === -1 || isStep) registered.delete(key);
  if (!isStep) return [];
  routes.splice(index, 1);
  return [...earlier.chain.filter(({ origin }) => origin === "route"), { ...earlier.handler, origin: "route" }];
}

/** `app.use(path?, …middleware or routers)`. What it gives back runs before later registrations. */
function mount(walk: Walk, operation: Operation, outer: Frame): readonly ScopedStep[] {
  const { model, dialect } = walk;
  const [first, ...rest] = operation.arguments;
  const frame = { ...outer, steps: [...outer.steps, ...secretInPath(first, "mount").map((step) => ({ step, below: outer.prefix }))] };
  const given = (first && first.node.kind !== "function" ? pathTexts(model, first.file, first.node) : undefined) ?? (first && isUnknownPath(model, first, rest.length) ? [{ text: unknownPart, partial: true }] : undefined);
  const prefixes = given ?? [{ text: "", partial: false }];
  const added: ScopedStep[] = [];
  const used = given ? rest : operation.arguments;
  for (const argument of used) {
    const routers = routersOf(model, dialect, argument);
    const missing = given && argument === used.at(-1) ? missingModule(model, argument.file, argument.node) : undefined;
    if (missing !== undefined) walk.unresolved.push({ file: operation.file, span: operation.call.span, reason: notListed(missing) });
    else if (routers.every(({ router }) => router.site === undefined) && loadedModule(model, argument.file, argument.node)) {
      walk.unresolved.push({ file: operation.file, span: operation.call.span, reason: "which module is mounted here is made while it runs (a folder that is read, a list of names); the routes of such modules are listed without what this mount adds" });
      continue;
    }
    // What hands its request on to a router may refuse it before.
    const handing = routers.length > 0 && looksLikeHandler(model, argument) ? [argument] : [];
    for (const [place, { text }] of prefixes.entries()) {
      const refusing = handing.map((one): ScopedStep => ({ step: { ...one, origin: originOf(frame) }, below: joinRoutePath(frame.prefix, text) }));
      // A table of paths with their routers, run through in a loop: each path belongs to the router beside it.
      const paired = prefixes.length > 1 && prefixes.length === routers.length;
      for (const { router, prefix: own } of paired ? routers.slice(place, place + 1) : routers) {
        const at = dialect.mountsBelow ? text.replace(/\/\*\*?$/, "") : text;
        const below = joinRoutePath(frame.prefix, at, own);
        const keys = keysIn(model, operation, router);
        if (keys.some((key) => frame.path.includes(key))) {
          walk.unresolved.push({ file: operation.file, span: operation.call.span, reason: "this router is mounted below itself" });
          continue;
        }
        const prefix = joinRoutePath(at, own);
        const mounts = prefix === "/" ? frame.mounts : [...frame.mounts, { file: operation.file, span: operation.call.span, prefix }];
        const inner = expand(walk, keys, router, { ...frame, prefix: below, mounts, steps: [...frame.steps, ...added, ...refusing], ...conditionOf(model, operation) });
        // What a mounted router lets through at a path also runs before its later siblings there.
        if (!dialect.confinesSteps) added.push(...inner);
      }
      const below = joinRoutePath(frame.prefix, text);
      const all = routers.length > 0 ? [] : flatten(model, [argument]).filter((one) => dialect.isErrorHandler?.(model, one) !== true);
      const steps = all.filter((one) => !addSubApplication(walk, operation, one, { ...frame, steps: [...frame.steps, ...added] }, below) && !addAnswering(walk, operation, one, { ...frame, steps: [...frame.steps, ...added] }, given ? text : ""));
      for (const { except, ...step } of steps.flatMap((one) => unlessExcepted(model, one))) added.push({ step: { ...step, origin: originOf(frame) }, below, ...(except && { except }) });
    }
  }
  return added;
}

/** A function that is used below a path and answers there is the handler of that path. */
function addAnswering(walk: Walk, operation: Operation, used: Located, frame: Frame, path: string): boolean {
  if (!/[^/*]/.test(path) || path.includes(unknownPart) || walk.dialect.answersAlone?.(walk.model, used) !== true) return false;
  addRoutes(walk, operation, { methods: ["ALL"], paths: [{ text: path, partial: false }], handlers: [used] }, frame);
  return true;
}

/** A path of which nothing but its name is known: `app.use(settings.basePath, router)`. */
function isUnknownPath(model: ProjectModel, { file, node }: Located, others: number): boolean {
  if (others === 0 || (node.kind !== "name" && node.kind !== "member") || !/(path|prefix|base|url|mount|root)$/i.test(lastName(node))) return false;
  return model.values.of(file, node).every(({ kind }) => kind !== "function" && kind !== "array");
}

/** A third-party application that answers everything below a path is one route, whatever it answers there. */
function addSubApplication(walk: Walk, operation: Operation, used: Located, frame: Frame, below: string): boolean {
  const found = below === "/" ? undefined : subApplicationOf(walk.model, used);
  if (!found) return false;
  const path = joinRoutePath(below, "*");
  walk.routes.push({ framework: walk.dialect.framework, method: "ALL", path, file: operation.file, span: operation.call.span, mounts: frame.mounts, chain: stepsFor(frame, path, "ALL"), handler: undefined, opaque: true, ...(found.serves && { serves: found.serves }) });
  return true;
}

function segmentsOf(path: string): number {
  return path.split("/").filter(Boolean).length;
}

/** The steps of a frame that run for a path and method. */
function stepsFor(frame: Frame, path: string, method: string): readonly RawStep[] {
  return frame.steps.flatMap(({ step, below, except, alone }) => (covers(below, path) && !(alone && segmentsOf(below) !== segmentsOf(path)) ? [except?.some((open) => isExcepted(open, path, method)) ? { ...step, leftOut: true as const } : step] : []));
}

function originOf(frame: Frame): StepOrigin {
  return frame.path.length <= 1 ? "global" : "mount";
}

function routersOf(model: ProjectModel, dialect: StackDialect, { file, node }: Located): readonly MountedRouter[] {
  return (node.kind === "array" ? node.elements : [node]).flatMap((element) => {
    const own = ownRouters(model, file, element, dialect.isRouter);
    return (own.length > 0 ? own : model.values.of(file, element)).flatMap((value) => dialect.mounted(model, value));
  });
}

/** The path of `app.route("/x").get(…)`. */
function routeCallPath({ receiver, object, file, path }: Operation): Located | undefined {
  const written = pathBehind(receiver).includes("route") ? chainedPath(object) : undefined;
  return written && (path ?? { file, node: written });
}

/** The test of the `if` around a registration. */
function conditionOf(model: ProjectModel, operation: Operation): { conditional?: string } {
  const index = model.values.index(operation.file);
  for (let node = index.parentOf(operation.call); node && "kind" in node; node = index.parentOf(node)) if (node.kind === "if") return { conditional: "if" };
  return {};
}
