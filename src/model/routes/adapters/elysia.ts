import { propertyOf } from "../../../facts/names.js";
import type { Expression, FunctionNode, ObjectExpression } from "../../../facts/syntax.js";
import type { ProjectModel } from "../../project-model.js";
import type { ExternalValue, Value } from "../../values/value.js";
import type { Adapter, AdapterResult, RawRoute, RawStep } from "../adapter.js";
import { pathTexts, unknownPart } from "../../values/path-texts.js";
import { gatherOperations, type Operation, operationsOnParameter, rootOf, spanOfOperation } from "../operations.js";
import { takesAnything } from "../loose-schemas.js";
import { joinRoutePath } from "../path.js";
import type { Application, Mount, RequestPart, SchemaUse, UnresolvedRoute } from "../route.js";
import type { Located } from "../../values/located.js";
import { operationsOf, routerKeys } from "../router-keys.js";
import { describesErrorsAlone } from "../schemas.js";
import { loadedModule } from "../unroll.js";

const verbs = new Set(["get", "post", "put", "patch", "delete", "head", "options", "all", "connect"]);
/** Hooks that run before the handler. */
const hooks = new Set(["onRequest", "onParse", "onTransform", "onBeforeHandle", "derive", "resolve"]);
const hookOptions = ["parse", "transform", "beforeHandle", "resolve"];
const parts: readonly RequestPart[] = ["body", "query", "params", "headers"];

/** Elysia: chains of calls whose order decides, and hooks that stay where they are unless they say otherwise. */
export const elysia: Adapter = { framework: "elysia", packages: ["elysia"], find };

type Reach = "local" | "scoped" | "global";

interface Hook {
  readonly step: RawStep;
  readonly reach: Reach;
}

/** What holds for the routes that are registered from now on. */
interface Scope {
  readonly prefix: string;
  readonly mounts: readonly Mount[];
  readonly hooks: readonly Hook[];
  readonly schemas: Schemas;
  readonly path: readonly object[];
}

type Schemas = NonNullable<RawRoute["schemas"]>;

interface LocatedObject {
  readonly file: string;
  readonly node: ObjectExpression;
}

interface Walk {
  readonly model: ProjectModel;
  readonly byInstance: ReadonlyMap<string, readonly Operation[]>;
  /** Guards that routes switch on by name: `.macro({ auth: … })`. */
  readonly macros: ReadonlyMap<string, Located>;
  readonly routes: RawRoute[];
  readonly unresolved: UnresolvedRoute[];
}

function find(model: ProjectModel): AdapterResult {
  const byInstance = gatherOperations(model, isInstance);
  const all = [...byInstance.values()].flat();
  const walk: Walk = { model, byInstance, macros: macrosOf(model, all), routes: [], unresolved: [] };
  const used = new Set(all.filter(({ method }) => method === "use").flatMap(({ arguments: given }) => given.flatMap((argument) => instancesOf(model, argument).flatMap((instance) => routerKeys(instance, argument.file, undefined)))));
  const applications: Application[] = [];
  const roots = [...byInstance].flatMap(([key, list]) => (list[0]?.receiver.site && !list[0].handedDown && !used.has(key) ? [{ list, receiver: list[0].receiver, site: list[0].receiver.site, listens: list.some(({ method }) => method === "listen") }] : []));
  for (const { list, receiver, site: { file, node }, listens } of roots) {
    // Where one of a package listens, others that nobody uses are parts that were left over.
    const unmounted = !listens && roots.some((other) => other.listens && model.packageOf(other.site.file) === model.packageOf(file));
    if (!unmounted) applications.push({ framework: "elysia", file, span: node.span, errorHandler: handlesErrors(model, byInstance, list) });
    const before = walk.routes.length;
    enterInstance(walk, receiver, { prefix: "", mounts: [], hooks: [], schemas: { request: {} }, path: [] });
    if (!unmounted || walk.routes.length === before) continue;
    walk.routes.push(...walk.routes.splice(before).map((route) => ({ ...route, unmounted: true as const })));
    walk.unresolved.push({ file, span: node.span, reason: "nothing uses this plugin; its routes are listed without what an application adds" });
  }
  addLeftOver(walk);
  return { routes: walk.routes, unresolved: walk.unresolved, applications };
}

/** What is registered on an instance that a function is given by somebody unknown, such as a container: `register(app: Elysia) { app.get(…); }`. */
function addLeftOver(walk: Walk): void {
  const listed = new Set(walk.routes.map(({ file, span }) => `${file} ${span[0]}`));
  for (const list of walk.byInstance.values()) {
    const [first] = list;
    const isLeft = list.some((operation) => verbs.has(operation.method) && !listed.has(`${operation.file} ${spanOfOperation(operation)[0]}`));
    if (!first || first.receiver.site || !isLeft) continue;
    const before = walk.routes.length;
    run(walk, list, { prefix: "", mounts: [], hooks: [], schemas: { request: {} }, path: [] });
    const added = walk.routes.splice(before).filter(({ file, span }) => !listed.has(`${file} ${span[0]}`));
    walk.routes.push(...added.map((route) => ({ ...route, unmounted: true as const })));
    if (added.length > 0) walk.unresolved.push({ file: first.file, span: first.call.span, reason: "which application this is given is not known; its routes are listed without what that adds" });
  }
}

/** Whether an application has an error handler of its own, or a plugin that gives it one: `new Elysia().onError({ as: "global" }, answer)`, `.onError(answer).as("global")`. */
function handlesErrors(model: ProjectModel, byInstance: ReadonlyMap<string, readonly Operation[]>, list: readonly Operation[], seen: ReadonlySet<string> = new Set()): boolean {
  const lifted = list.findLastIndex(({ method, arguments: [reach] }) => method === "as" && reach !== undefined && model.values.text(reach.file, reach.node) === "global");
  if (list.some(({ method, file, arguments: [first] }, at) => method === "onError" && (seen.size === 0 || at < lifted || first?.node.kind === "object" || isBeforeScopes(model, file)))) return true;
  const plugins = list.flatMap(({ method, arguments: given }) => (method === "use" ? given.flatMap((argument) => instancesOf(model, argument).map((instance) => routerKeys(instance, argument.file, undefined))) : []));
  if (plugins.some((keys) => !keys.some((key) => seen.has(key)) && handlesErrors(model, byInstance, operationsOf(byInstance, keys) ?? [], new Set([...seen, ...keys])))) return true;
  // An application of parts alone has what each part with routes does for its own.
  const parts = plugins.map((keys) => operationsOf(byInstance, keys) ?? []).filter((own) => own.some(({ method }) => registers(method)));
  return seen.size === 0 && parts.length > 0 && !list.some(({ method }) => registers(method) && method !== "use") && parts.every((own) => own.some(({ method }) => method === "onError"));
}

/** Until version 1, hooks of a plugin held for whoever used it. */
function isBeforeScopes(model: ProjectModel, file: string): boolean {
  return /^[~^]?0\./.test(model.packageOf(file).dependencies.get("elysia") ?? "");
}

/** Whether a method adds routes, its own or those of others. */
function registers(method: string): boolean {
  return verbs.has(method) || /^(route|group|guard|mount|use)$/.test(method);
}

function isInstance({ provenance: { package: name, path } }: ExternalValue): boolean {
  const made = path.findIndex((step) => step === "new()" || step === "()");
  return name === "elysia" && made > 0 && /^(Elysia|default)$/.test(path[made - 1] ?? "");
}

/** The instances behind an argument of `use`: also of a module that is loaded when it is needed. */
function instancesOf(model: ProjectModel, { file, node }: Located): readonly ExternalValue[] {
  const behind = (value: Value): readonly ExternalValue[] => {
    if (value.kind === "external") return isInstance(value) && value.site ? [value] : [];
    if (value.kind === "namespace") return model.values.ofExport(value.file, "default").flatMap(behind);
    return value.kind === "array" ? value.node.elements.flatMap((element) => instancesOf(model, { file: value.file, node: element })) : [];
  };
  return model.values.of(file, node).flatMap(behind);
}

/** The plugin that an instance is: its prefix, its routes, and the hooks that it hands to whoever uses it. */
function enterInstance(walk: Walk, instance: ExternalValue, outer: Scope): readonly Hook[] {
  const { site } = instance;
  if (!site) return [];
  if (outer.path.includes(site.node)) {
    walk.unresolved.push({ file: site.file, span: site.node.span, reason: "this plugin uses itself" });
    return [];
  }
  const [options] = site.node.arguments;
  const settings = options && objectAt(walk.model, { file: site.file, node: options });
  const own = settings && propertyOf(settings.node, "prefix");
  // A prefix of which nothing is known is said to be there.
  const prefix = own && settings ? (pathTexts(walk.model, settings.file, own)?.[0]?.text ?? `/${unknownPart}`) : "";
  const operations = (operationsOf(walk.byInstance, routerKeys(instance, site.file, undefined)) ?? []).filter((operation) => !isNested(walk.model, operation));
  const inner = { ...outer, prefix: joinRoutePath(outer.prefix, prefix), mounts: prefix === "" ? outer.mounts : [...outer.mounts, { file: site.file, span: site.node.span, prefix }], path: [...outer.path, site.node] };
  const after = run(walk, operations, inner);
  // What is scoped reaches one level up, and no further.
  return after.hooks.slice(outer.hooks.length).flatMap((hook) => (hook.reach === "local" ? [] : [{ ...hook, reach: hook.reach === "scoped" ? ("local" as const) : hook.reach }]));
}

/** Whether a call stands on the parameter of a plugin or of the callback of `group` or `guard`, which is run where that is used; a helper that is called with the instance runs there. */
function isNested(model: ProjectModel, operation: Operation): boolean {
  const root = rootOf(operation.object);
  const source = root.kind === "name" && root.binding !== undefined ? model.values.index(operation.file).sources[root.binding] : undefined;
  return source?.kind === "parameter" && model.values.callSites.of(operation.file, source.function).length === 0;
}

/** Runs calls in order; gives what holds after them. */
function run(walk: Walk, operations: readonly Operation[], start: Scope): Scope {
  let scope = start;
  for (const operation of operations) scope = step(walk, operation, scope);
  return scope;
}

function step(walk: Walk, operation: Operation, scope: Scope): Scope {
  const { model } = walk;
  const { method, arguments: given } = operation;
  const [first, second, third] = given;
  if (!first && method !== "as") return scope;
  if (first && (verbs.has(method) || method === "route")) {
    const [path, handler, options] = method === "route" ? [second, third, given[3]] : [first, second, third];
    const methods = method === "route" ? pathTexts(model, first.file, first.node)?.map(({ text }) => text.toUpperCase()) : [method === "all" ? "ALL" : method.toUpperCase()];
    if (path && handler) addRoute(walk, operation, methods ?? ["ALL"], path, handler, options, scope);
    return scope;
  }
  if (first && method === "mount") {
    const text = second ? pathTexts(model, first.file, first.node)?.[0]?.text : "";
    walk.routes.push({ framework: "elysia", method: "ALL", path: joinRoutePath(scope.prefix, text ?? ":unknown", "*"), file: operation.file, span: spanOfOperation(operation), mounts: scope.mounts, chain: scope.hooks.map((hook) => hook.step), handler: undefined, opaque: true });
    return scope;
  }
  if (first && method === "group") {
    const callback = third ?? second;
    const prefix = pathTexts(model, first.file, first.node)?.[0]?.text ?? ":unknown";
    const inner = third && second ? withHook(walk, second, scope) : scope;
    enterCallback(walk, callback, { ...inner, prefix: joinRoutePath(inner.prefix, prefix), mounts: [...inner.mounts, { file: operation.file, span: operation.call.span, prefix }] });
    return scope;
  }
  if (first && method === "guard") {
    const inner = withHook(walk, first, scope);
    if (!second) return inner;
    enterCallback(walk, second, inner);
    return scope;
  }
  if (first && method === "use") return use(walk, operation, first, scope);
  if (first && hooks.has(method)) {
    const options = second && objectAt(model, first);
    const hook = second ?? first;
    return { ...scope, hooks: [...scope.hooks, ...functionsIn(model, hook).map((at) => ({ step: { ...at, origin: originOf(scope) }, reach: reachOf(options?.node) }))] };
  }
  if (method === "as") {
    const reach = first && model.values.text(first.file, first.node);
    const lifted: Reach = reach === "global" ? "global" : "scoped";
    return { ...scope, hooks: scope.hooks.map((hook) => (hook.reach === "local" || lifted === "global" ? { ...hook, reach: lifted } : hook)) };
  }
  return scope;
}

function originOf(scope: Scope): RawStep["origin"] {
  return scope.path.length <= 1 && scope.prefix === "/" ? "global" : "group";
}

function reachOf(options: ObjectExpression | undefined): Reach {
  const as = options && propertyOf(options, "as");
  return as?.kind === "literal" && (as.value === "scoped" || as.value === "global") ? as.value : "local";
}

function use(walk: Walk, operation: Operation, given: Located, scope: Scope): Scope {
  const { model } = walk;
  const instances = instancesOf(model, given);
  if (instances.length > 0) return { ...scope, hooks: [...scope.hooks, ...instances.flatMap((instance) => enterInstance(walk, instance, scope))] };
  const functions = model.values.of(given.file, given.node).filter((value) => value.kind === "function");
  // A function is run on the instance itself: what it adds stays.
  if (functions.length > 0) return functions.reduce((inner, value) => (inner.path.includes(value.node) ? inner : { ...run(walk, operationsOnParameter(model, value.file, value.node, operation.receiver), { ...inner, path: [...inner.path, value.node] }), path: inner.path }), scope);
  if (loadedModule(model, given.file, given.node) && model.values.of(given.file, given.node).length === 0) walk.unresolved.push({ file: operation.file, span: operation.call.span, reason: "which plugin is used here is made while it runs (a folder that is read, a list of names); what it adds is not listed" });
  return { ...scope, hooks: [...scope.hooks, { step: { ...given, origin: originOf(scope), plugin: true }, reach: "scoped" }] };
}

/** The callback of `group` and `guard`: hooks of its body end with it. */
function enterCallback(walk: Walk, callback: Located | undefined, scope: Scope): void {
  for (const value of callback ? walk.model.values.of(callback.file, callback.node) : []) {
    if (value.kind !== "function" || scope.path.includes(value.node)) continue;
    run(walk, callbackOperations(walk, value.file, value.node), { ...scope, path: [...scope.path, value.node] });
  }
}

function callbackOperations(walk: Walk, file: string, node: FunctionNode): readonly Operation[] {
  const untyped: ExternalValue = { kind: "external", provenance: { package: "elysia", subpath: "", path: ["Elysia", "new()"] } };
  return [...operationsOnParameter(walk.model, file, node, untyped)].sort((left, right) => (left.order[0] ?? 0) - (right.order[0] ?? 0));
}

/** An object of hooks and schemas, as `guard` and `group` take it. */
function withHook(walk: Walk, at: Located, scope: Scope): Scope {
  const options = objectAt(walk.model, at);
  if (!options) return scope;
  const reach = reachOf(options.node);
  const steps = stepsOf(walk, options, originOf(scope)).map((own) => ({ step: own, reach }));
  return { ...scope, hooks: [...scope.hooks, ...steps], schemas: merged(scope.schemas, schemasOf(walk.model, options)) };
}

function addRoute(walk: Walk, operation: Operation, methods: readonly string[], path: Located, handler: Located, options: Located | undefined, scope: Scope): void {
  const { model } = walk;
  const texts = pathTexts(model, path.file, path.node);
  if (!texts) {
    walk.unresolved.push({ file: operation.file, span: operation.call.span, reason: "the path is not a constant" });
    return;
  }
  const own = options && objectAt(model, options);
  for (const { text, partial } of texts)
    for (const method of methods)
      walk.routes.push({
        framework: "elysia",
        method,
        path: joinRoutePath(scope.prefix, text),
        file: operation.file,
        span: spanOfOperation(operation),
        mounts: scope.mounts,
        chain: [...scope.hooks.map((hook) => hook.step), ...(own ? stepsOf(walk, own, "route") : [])],
        handler,
        schemas: own ? merged(scope.schemas, schemasOf(walk.model, own)) : scope.schemas,
        ...((partial || scope.prefix.includes(unknownPart)) && { partial: true as const }),
      });
}

/** The hooks of a route or guard, and the guards it switches on by name. */
function stepsOf(walk: Walk, { file, node }: LocatedObject, origin: RawStep["origin"]): readonly RawStep[] {
  const own = hookOptions.flatMap((name) => {
    const hook = propertyOf(node, name);
    return hook ? functionsIn(walk.model, { file, node: hook }) : [];
  });
  const named = node.members.flatMap((member): readonly RawStep[] => {
    const macro = member.kind === "property" ? walk.macros.get(member.key) : undefined;
    if (!macro || member.kind !== "property" || (member.value.kind === "literal" && member.value.value === false)) return [];
    return [{ ...macro, origin, name: member.key }];
  });
  return [...own.map((step) => ({ ...step, origin })), ...named];
}

/** `.macro({ auth: { resolve } })`, `.macro("auth", { … })`, `.macro(() => ({ auth(enabled) { … } }))`: what each name runs. */
function macrosOf(model: ProjectModel, operations: readonly Operation[]): ReadonlyMap<string, Located> {
  const macros = new Map<string, Located>();
  const note = (name: string, at: Located): void => {
    const definitions = model.values.of(at.file, at.node).flatMap((value) => (value.kind === "object" ? [value] : value.kind === "function" ? model.values.ofReturn(value.file, value.node).filter((made) => made.kind === "object") : []));
    for (const value of definitions)
      for (const option of hookOptions) {
        const hook = value.kind === "object" ? propertyOf(value.node, option) : undefined;
        const [found] = hook && value.kind === "object" ? functionsIn(model, { file: value.file, node: hook }) : [];
        if (found && !macros.has(name)) macros.set(name, found);
      }
    // The older form calls hooks itself; its code is read as the guard.
    if (!macros.has(name)) macros.set(name, at);
  };
  for (const { method, arguments: given } of operations) {
    const [first, second] = given;
    if (method !== "macro" || !first) continue;
    const name = model.values.text(first.file, first.node);
    if (name !== undefined && second) note(name, second);
    const made = model.values.of(first.file, first.node).flatMap((value) => (value.kind === "function" ? model.values.ofReturn(value.file, value.node) : [value]));
    for (const value of made) if (value.kind === "object") for (const member of value.node.members) if (member.kind === "property") note(member.key, { file: value.file, node: member.value });
  }
  return macros;
}

/** One function or several in a list. */
function functionsIn(model: ProjectModel, { file, node }: Located): readonly Located[] {
  const list = node.kind === "array" ? node : model.values.of(file, node).find((value) => value.kind === "array");
  if (!list) return [{ file, node }];
  return list.kind === "array" && "elements" in list ? list.elements.map((element: Expression) => ({ file, node: element })) : [{ file, node }];
}

function objectAt(model: ProjectModel, { file, node }: Located): LocatedObject | undefined {
  if (node.kind === "function") return undefined;
  const value = model.values.of(file, node).find((candidate) => candidate.kind === "object");
  return value?.kind === "object" ? { file: value.file, node: value.node } : undefined;
}

/** Elysia checks what is described, and the response as well. */
function schemasOf(model: ProjectModel, { file, node }: LocatedObject): Schemas {
  const request: Partial<Record<RequestPart, SchemaUse>> = {};
  const isOpen = node.members.some((member) => member.kind === "spread" && model.values.of(file, member.value).every(({ kind }) => kind !== "object"));
  for (const part of parts) {
    const schema = propertyOf(node, part);
    if (schema && !takesAnything(model, file, schema)) request[part] = { kind: "enforced", file, span: schema.span, by: "schema of the route" };
    // `...route.dto` may describe any part.
    else if (isOpen) request[part] = { kind: "unknown" };
  }
  const written = propertyOf(node, "response");
  const response = written && !describesErrorsAlone(model, { file, node: written }) ? written : undefined;
  return { request, ...(!response && isOpen && { response: { kind: "unknown" as const } }), ...(response && !takesAnything(model, file, response) && { response: { kind: "enforced", file, span: response.span, by: "response schema" } }) };
}

function merged(outer: Schemas, own: Schemas): Schemas {
  const response = own.response ?? outer.response;
  return { request: { ...outer.request, ...own.request }, ...(response && { response }) };
}
