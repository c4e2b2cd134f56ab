import { within } from "../../../base/position.js";
import { propertyOf } from "../../../facts/names.js";
import type { Expression, FunctionNode, ObjectExpression } from "../../../facts/syntax.js";
import { defaultExpression } from "../../modules/file-index.js";
import type { ProjectModel } from "../../project-model.js";
import type { CreationSite, ExternalValue, Value } from "../../values/value.js";
import type { Adapter, AdapterResult, RawRoute, RawStep } from "../adapter.js";
import { propertiesOf } from "../../values/definitions.js";
import type { Located } from "../../values/located.js";
import { pathTexts } from "../../values/path-texts.js";
import { gatherOperations, type Operation, operationsOnParameter, spanOfOperation } from "../operations.js";
import { marksIn } from "../metadata.js";
import { joinRoutePath } from "../path.js";
import { mayServe } from "../serving-package.js";
import type { Application, Mount, UnresolvedRoute } from "../route.js";
import { applicationKey } from "../router-keys.js";
import { missingModule, notListed } from "../missing-module.js";
import { autoloadedPlugins } from "./fastify-autoload.js";
import { type StartedPlugin, startedPlugins } from "./fastify-cli.js";
import { type ScopeKey, scopesOf } from "./fastify-scopes.js";

const packages = new Set(["fastify", "@fastify/type-provider-typebox", "@fastify/type-provider-json-schema-to-ts", "fastify-type-provider-zod", "fastify-zod-openapi", "@fastify/type-provider-zod"]);
const verbs = new Set(["get", "post", "put", "patch", "delete", "head", "options", "all"]);
/** Hooks that run before the handler; `preValidation` and later see the parsed body. */
const hooks = new Set(["onRequest", "preParsing", "preValidation", "preHandler"]);
/** Calls that give back the instance itself. */
/** What gives back the instance (https://fastify.dev/docs/latest/Reference/Server/). */
const chained = new Set([
  "register", "after", "ready", "addHook", "decorate", "decorateRequest", "decorateReply", "withTypeProvider", "route", "addSchema", "addContentTypeParser", "removeContentTypeParser",
  "removeAllContentTypeParsers", "addConstraintStrategy", "addHttpMethod", "setValidatorCompiler", "setSerializerCompiler", "setErrorHandler", "setNotFoundHandler", "setSchemaController",
  "setSchemaErrorFormatter", "setReplySerializer", "setGenReqId", "setChildLoggerFactory", "use", ...verbs,
]);

/** Fastify 4 and 5: encapsulated plugins, `fastify-plugin`, autoload. */
export const fastify: Adapter = { framework: "fastify", packages: ["fastify", "fastify-plugin", "@fastify/autoload", "fastify-autoload"], find };

interface Walk {
  readonly model: ProjectModel;
  readonly byScope: ReadonlyMap<ScopeKey, readonly Operation[]>;
  readonly routes: RawRoute[];
  readonly unresolved: UnresolvedRoute[];
  readonly entered: Set<FunctionNode>;
  /** Where error handlers are set, by the application that they are set on, where that is known. */
  readonly errorHandlers: Map<Operation, CreationSite | undefined>;
}

interface Scope {
  readonly prefix: string;
  readonly mounts: readonly Mount[];
  readonly steps: readonly RawStep[];
  readonly path: readonly FunctionNode[];
  /** The prefix among the options that the innermost plugin is given, whether or not it holds for its routes. */
  readonly given?: string;
}

/** A plugin function with the file it is written in, and whether `fastify-plugin` lifts it into its parent. */
interface Plugin {
  readonly file: string;
  readonly node: FunctionNode;
  readonly lifted: boolean;
}

function find(model: ProjectModel): AdapterResult {
  const operations = [...gatherOperations(model, isInstance, applicationKey).values()].flat();
  const { operations: byScope, helpers } = scopesOf(model, isInstance, operations);
  const walk: Walk = { model, byScope, routes: [], unresolved: [], entered: new Set(), errorHandlers: new Map() };
  for (const list of byScope.values()) noteErrorHandlers(walk, list);
  const empty: Scope = { prefix: "", mounts: [], steps: [], path: [] };
  for (const [scope, list] of byScope) if (typeof scope === "string") expand(walk, scope, list, empty);
  const started = startedPlugins(model).flatMap((one) => startPlugin(walk, one, empty));
  for (const [scope, list] of byScope) {
    if (typeof scope === "string" || walk.entered.has(scope) || helpers.has(scope)) continue;
    const before = walk.routes.length;
    expand(walk, scope, list, empty);
    const [first] = list;
    if (first?.receiver.site !== undefined || !first) continue;
    walk.routes.push(...walk.routes.splice(before).map((route) => ({ ...route, unmounted: true as const })));
    if (walk.routes.length > before) walk.unresolved.push({ file: first.file, span: scope.span, reason: "nothing registers this plugin; its routes are listed without a prefix" });
  }
  const applications = [...applicationsOf(operations), ...started.map(({ file, node }) => ({ framework: "fastify", file, span: node.nameSpan ?? node.span }))];
  const places = applications.map(({ file }) => file);
  // A plugin that is lifted into the application sets its error handler as well.
  return { routes: walk.routes, unresolved: walk.unresolved, applications: applications.map((one) => ({ ...one, errorHandler: [...walk.errorHandlers].some(([{ file }, site]) => (site ? site.file === one.file && site.node.span[0] === one.span[0] : mayServe(model, file, one.file, places))) })) };
}

/** A plugin that fastify-cli starts is the application itself. */
function startPlugin(walk: Walk, { manifest, path, file, prefix }: StartedPlugin, empty: Scope): readonly Plugin[] {
  const plugins = file === undefined ? [] : functionsOf(walk.model, file).filter(({ node }) => !walk.entered.has(node));
  for (const plugin of plugins) expand(walk, plugin.node, operationsIn(walk, plugin), { ...empty, prefix: joinRoutePath(prefix) });
  if (file === undefined) walk.unresolved.push({ file: manifest, span: [0, 0], reason: `fastify-cli starts ${path}, which is no file of the project` });
  return plugins;
}

function noteErrorHandlers(walk: Walk, list: readonly Operation[]): void {
  for (const operation of list) if (operation.method === "setErrorHandler") walk.errorHandlers.set(operation, operation.receiver.site && isMade(operation.receiver.site) ? operation.receiver.site : undefined);
}

function isInstance(value: ExternalValue): boolean {
  const { package: name, path } = value.provenance;
  if (!packages.has(name)) return false;
  const start = path.findIndex((step) => step === "()" || step === "new()");
  const maker = path[start - 1] ?? "default";
  return start !== -1 && (/^(default|fastify|Fastify|FastifyInstance|FastifyTypebox|FastifyZodInstance)$/.test(maker) || (/^FastifyPlugin/.test(maker) && path[start + 1] === "=>0")) && path.slice(start + 1).every((step) => step === "()" || step === "=>0" || chained.has(step));
}

function expand(walk: Walk, scope: ScopeKey, list: readonly Operation[], outer: Scope): readonly RawStep[] {
  if (typeof scope !== "string") walk.entered.add(scope);
  noteErrorHandlers(walk, list);
  // Within a scope a hook holds for every route, also for those before it.
  const own = list.flatMap((operation) => (operation.method === "addHook" ? hookSteps(operation) : []));
  const registered = new Map(list.map((operation) => [operation, operation.method === "register" ? liftedSteps(walk, operation, outer) : []]));
  const lifted = [...own, ...[...registered.values()].flat()];
  const lasting = lifted.filter((step) => !watchesRoutes(walk.model, step));
  const inner: Scope = { ...outer, steps: [...outer.steps, ...lasting], path: typeof scope === "string" ? outer.path : [...outer.path, scope] };
  // What watches routes being added sees those behind it: routes of this scope once it is awaited, those of later plugins always.
  let watching: readonly RawStep[] = [];
  let awaited: readonly RawStep[] = [];
  for (const operation of list) {
    const behind = { ...inner, steps: [...inner.steps, ...watching] };
    if (operation.method === "register") for (const plugin of pluginsOf(walk.model, operation)) if (!plugin.lifted || !inner.path.includes(plugin.node)) enter(walk, operation, plugin, behind);
    if (operation.method === "register") enterAutoloaded(walk, operation, behind);
    const [plugin] = operation.method === "register" ? operation.arguments : [];
    const missing = plugin && missingModule(walk.model, plugin.file, plugin.node);
    if (missing !== undefined) walk.unresolved.push({ file: operation.file, span: operation.call.span, reason: notListed(missing) });
    if (operation.method === "route") registerObject(walk, operation, { ...inner, steps: [...inner.steps, ...awaited] });
    else if (verbs.has(operation.method)) registerVerb(walk, operation, { ...inner, steps: [...inner.steps, ...awaited] });
    watching = [...watching, ...(registered.get(operation) ?? []).filter((step) => watchesRoutes(walk.model, step))];
    if (isAwaited(walk.model, operation)) awaited = watching;
  }
  return lifted;
}

/** A plugin that adds itself to each route as it is added, and so to none that was added before. */
function watchesRoutes(model: ProjectModel, step: RawStep): boolean {
  return step.plugin === true && model.values.of(step.file, step.node).some((value) => value.kind === "external" && /^(@fastify\/|fastify-)rate-limit$/.test(value.provenance.package));
}

function isAwaited(model: ProjectModel, operation: Operation): boolean {
  const around = model.values.index(operation.file).parentOf(operation.call);
  return (around !== undefined && "kind" in around && around.kind === "await") || operation.method === "after" || operation.method === "ready";
}

/** Hooks that a plugin wrapped by `fastify-plugin` adds to the scope that registers it, and the plugin call itself as a step. */
function liftedSteps(walk: Walk, operation: Operation, outer: Scope, depth = 0): readonly RawStep[] {
  const [plugin, options] = operation.call.arguments;
  const origin = outer.path.length === 0 ? ("global" as const) : ("group" as const);
  const foreign = plugin !== undefined && walk.model.values.of(operation.file, plugin).some((value) => value.kind === "external" && value.provenance.package !== "fastify-plugin" && !value.provenance.package.endsWith("autoload"));
  const steps: RawStep[] = plugin && foreign ? [{ file: operation.file, node: plugin, origin, plugin: true, ...(options && { options }) }] : [];
  const loaded = autoloadedPlugins(walk.model, operation, (file, node) => prefixText(walk.model, outer, file, node));
  // A file that hands on a package's plugin: `export default rateLimit`.
  for (const { file } of loaded === "unknown" ? [] : loaded) {
    const node = defaultExpression(walk.model.facts(file));
    if (node && walk.model.values.of(file, node).some((value) => value.kind === "external" && value.provenance.package !== "fastify-plugin")) steps.push({ file, node, origin, plugin: true });
  }
  const plugins = [...pluginsOf(walk.model, operation), ...(loaded === "unknown" ? [] : loaded.flatMap((one) => functionsOf(walk.model, one.file).map((found) => ({ ...found, lifted: found.lifted || one.lifted }))))];
  for (const { node, lifted, file } of plugins) {
    if (!lifted || outer.path.includes(node) || depth > 4) continue;
    for (const inner of operationsIn(walk, { node, lifted, file })) {
      if (inner.method === "addHook") steps.push(...hookSteps(inner));
      if (inner.method === "register") steps.push(...liftedSteps(walk, inner, outer, depth + 1));
    }
  }
  return steps;
}

function hookSteps(operation: Operation): RawStep[] {
  const [name, hook] = operation.arguments;
  if (name?.node.kind !== "literal" || !hooks.has(String(name.node.value)) || !hook) return [];
  return [{ ...hook, origin: "group" }];
}

function enter(walk: Walk, operation: Operation, plugin: Plugin, scope: Scope): void {
  if (scope.path.includes(plugin.node)) {
    walk.unresolved.push({ file: operation.file, span: operation.call.span, reason: "this plugin registers itself" });
    return;
  }
  // A lifted plugin runs in the scope of its parent and gets no prefix.
  const given = givenPrefix(walk.model, operation, scope);
  const prefix = plugin.lifted ? undefined : given;
  const mounts = prefix === undefined ? scope.mounts : [...scope.mounts, { file: operation.file, span: operation.call.span, prefix }];
  expand(walk, plugin.node, operationsIn(walk, plugin), { ...scope, prefix: joinRoutePath(scope.prefix, prefix ?? ""), mounts, path: scope.path, given: given ?? "" });
}

function enterAutoloaded(walk: Walk, operation: Operation, scope: Scope): void {
  const loaded = autoloadedPlugins(walk.model, operation, (file, node) => prefixText(walk.model, scope, file, node));
  if (loaded === "unknown") {
    walk.unresolved.push({ file: operation.file, span: operation.call.span, reason: "the folder that autoload reads is not a constant; name it in routes.routesDir" });
    return;
  }
  for (const { file, prefix, hooks: files, lifted } of loaded) {
    const hookScopes = files.flatMap((hookFile) => functionsOf(walk.model, hookFile).flatMap((hook) => operationsIn(walk, hook).flatMap((inner) => (inner.method === "addHook" ? hookSteps(inner) : []))));
    for (const plugin of functionsOf(walk.model, file)) {
      const mounts = prefix === "" ? scope.mounts : [...scope.mounts, { file: operation.file, span: operation.call.span, prefix }];
      const inner = { ...scope, prefix: plugin.lifted || lifted ? scope.prefix : joinRoutePath(scope.prefix, prefix), mounts, steps: [...scope.steps, ...hookScopes], given: prefix };
      if (!scope.path.includes(plugin.node)) expand(walk, plugin.node, operationsIn(walk, plugin), inner);
    }
  }
}

/** What a plugin does with its instance; where the parameter has no type, what is called on it. */
function operationsIn(walk: Walk, plugin: Plugin): readonly Operation[] {
  const known = walk.byScope.get(plugin.node);
  if (known) return known;
  return operationsOnParameter(walk.model, plugin.file, plugin.node, { kind: "external", provenance: { package: "fastify", subpath: "", path: ["FastifyInstance", "new()"] } });
}

function functionsOf(model: ProjectModel, file: string): Plugin[] {
  return model.values.ofExport(file, "default").flatMap((value) => pluginOf(model, value));
}

function pluginsOf(model: ProjectModel, operation: Operation): Plugin[] {
  const [argument] = operation.arguments;
  if (!argument) return [];
  return model.values.of(argument.file, argument.node).flatMap((value) => {
    if (value.kind === "namespace") return model.values.ofExport(value.file, "default").flatMap((inner) => pluginOf(model, inner));
    return pluginOf(model, value);
  });
}

/** A plugin function, also behind `fp(…)`. */
function pluginOf(model: ProjectModel, value: Value): Plugin[] {
  if (value.kind === "function") return [{ file: value.file, node: value.node, lifted: false }];
  if (value.kind !== "external" || value.provenance.package !== "fastify-plugin" || !value.site) return [];
  const { file, node } = value.site;
  const [inner, options] = node.arguments;
  // `fp(plugin, { encapsulate: true })` leaves it a scope of its own.
  const encapsulated = options?.kind === "object" ? propertyOf(options, "encapsulate") : undefined;
  const lifted = encapsulated?.kind !== "literal" || encapsulated.value !== true;
  return inner ? model.values.of(file, inner).flatMap((found) => (found.kind === "function" ? [{ file: found.file, node: found.node, lifted }] : [])) : [];
}

/** `instance.get("/path", options?, handler)`. */
function registerVerb(walk: Walk, operation: Operation, scope: Scope): void {
  const [path, second, third] = operation.arguments;
  if (!path || !second) return;
  const options = objectOf(walk.model, second.file, second.node, third === undefined);
  const handler = third ?? (options && optionIn(walk.model, options, "handler")) ?? second;
  add(walk, operation, scope, operation.method === "all" ? ["ALL"] : [operation.method.toUpperCase()], path.node, path.file, options, handler);
}

/** `instance.route({ method, url, handler, … })`. */
function registerObject(walk: Walk, operation: Operation, scope: Scope): void {
  const [argument] = operation.arguments;
  const options = argument && objectOf(walk.model, argument.file, argument.node);
  if (!options) {
    walk.unresolved.push({ file: operation.file, span: operation.call.span, reason: "the route's options are not written as an object" });
    return;
  }
  const url = propertyOf(options.node, "url") ?? propertyOf(options.node, "path");
  const method = propertyOf(options.node, "method");
  const methods = method ? (pathTexts(walk.model, options.file, method)?.map(({ text }) => text.toUpperCase()) ?? ["ALL"]) : ["GET"];
  // A loop over a table registers rows of it.
  const isRow = !within(argument.node.span, operation.call.span) || argument.file !== operation.file;
  if (url) add(walk, operation, scope, methods, url, options.file, options, optionIn(walk.model, options, "handler"), isRow ? { file: options.file, span: options.node.span } : undefined);
}

function add(walk: Walk, operation: Operation, scope: Scope, methods: readonly string[], path: Expression, pathFile: string, options: LocatedObject | undefined, handler: { file: string; node: Expression } | undefined, row?: Pick<RawRoute, "file" | "span">): void {
  const texts = pathTexts(walk.model, pathFile, path);
  if (!texts) {
    walk.unresolved.push({ file: operation.file, span: operation.call.span, reason: "the path is not a constant" });
    return;
  }
  // A socket is no route of HTTP.
  const socket = options && propertyOf(options.node, "websocket");
  if (socket?.kind === "literal" && socket.value === true) return;
  const own = options ? [...[...hooks].flatMap((name) => routeHook(walk.model, options, name)), ...ownConfiguration(walk.model, options)] : [];
  for (const { text, partial } of texts)
    for (const method of methods)
      walk.routes.push({
        framework: "fastify",
        method: method === "*" ? "ALL" : method,
        path: joinRoutePath(scope.prefix, text),
        ...(row ?? { file: operation.file, span: spanOfOperation(operation) }),
        mounts: scope.mounts,
        chain: [...scope.steps, ...own],
        handler,
        ...(options && { options }),
        ...(partial && { partial: true as const }),
      });
}

interface LocatedObject {
  readonly file: string;
  readonly node: ObjectExpression;
}

function objectOf(model: ProjectModel, file: string, node: Expression, onlyObjects = false): LocatedObject | undefined {
  if (onlyObjects && node.kind === "function") return undefined;
  const value = model.values.of(file, node).find((candidate) => candidate.kind === "object");
  return value?.kind === "object" ? { file: value.file, node: value.node } : undefined;
}

/** An option as it is written, also in what is spread into the options: `{ ...secured, schema }`. */
function optionIn(model: ProjectModel, { file, node }: LocatedObject, name: string): Located | undefined {
  const own = propertyOf(node, name);
  return own ? { file, node: own } : node.members.some(({ kind }) => kind === "spread") ? propertiesOf(model, file, node).get(name) : undefined;
}

function routeHook(model: ProjectModel, options: LocatedObject, name: string): RawStep[] {
  const hook = optionIn(model, options, name);
  if (!hook) return [];
  const nodes = hook.node.kind === "array" ? hook.node.elements : [hook.node];
  return nodes.map((node) => ({ file: hook.file, node, origin: "route" as const }));
}

/** `config: { rateLimit: { max: 5 } }`, or `false` where the others are limited, and `config: { public: true }`. */
function ownConfiguration(model: ProjectModel, options: LocatedObject): RawStep[] {
  const config = optionIn(model, options, "config");
  const found = config && objectOf(model, config.file, config.node);
  const marks = config ? marksIn(model, config) : [];
  const limit = found && propertyOf(found.node, "rateLimit");
  if (!limit || !found) return [...marks];
  const role = limit.kind === "literal" && limit.value === false ? ("unlimited" as const) : ("rate-limit" as const);
  return [...marks, { file: found.file, node: limit, origin: "route", name: "config.rateLimit", judged: { role } }];
}

/** The prefix among the options of a call of `register`. */
function givenPrefix(model: ProjectModel, operation: Operation, scope: Scope): string | undefined {
  const [, options] = operation.arguments;
  const found = options && objectOf(model, options.file, options.node);
  const value = found && propertyOf(found.node, "prefix");
  return value && found ? prefixText(model, scope, found.file, value) : undefined;
}

/** A prefix that is constant, or the one that the plugin around is given: `options.prefix`. */
function prefixText(model: ProjectModel, { path, given }: Scope, file: string, node: Expression): string | undefined {
  const { object } = node.kind === "member" && node.property === "prefix" ? node : {};
  const source = object?.kind === "name" && object.binding !== undefined ? model.values.index(file).sources[object.binding] : undefined;
  if (source?.kind === "parameter" && source.index === 1 && source.path.length === 0 && source.function === path.at(-1)) return given;
  return pathTexts(model, file, node)?.[0]?.text;
}

/** `fastify.withTypeProvider()` of what a plugin is given makes no other application. */
function isMade({ node: { callee } }: CreationSite): boolean {
  return callee.kind !== "member" || !chained.has(callee.property);
}

function applicationsOf(operations: readonly Operation[]): readonly Omit<Application, "errorHandler">[] {
  const bySite = new Map<object, Omit<Application, "errorHandler">>();
  for (const { receiver: { site } } of operations) if (site && isMade(site)) bySite.set(site.node, { framework: "fastify", file: site.file, span: site.node.span });
  return [...bySite.values()];
}
