import { wordTable } from "../../../base/word-table.js";
import { describe } from "../../../catalogue/index.js";
import { propertyOf } from "../../../facts/names.js";
import type { Expression, FunctionNode, ObjectExpression } from "../../../facts/syntax.js";
import type { ProjectModel } from "../../project-model.js";
import type { ExternalValue, Value } from "../../values/value.js";
import type { Adapter, AdapterResult, RawRoute, RawStep } from "../adapter.js";
import { pathTexts } from "../../values/path-texts.js";
import { definitionsOf, propertiesOf } from "../../values/definitions.js";
import { globbedModules } from "../../values/loaded-modules.js";
import { composedPlugins } from "./hapi-manifest.js";
import { gatherOperations, type Operation, operationsOnParameter, rootOf } from "../operations.js";
import { takesAnything } from "../loose-schemas.js";
import { joinRoutePath } from "../path.js";
import type { Application, Mount, RequestPart, SchemaUse, UnresolvedRoute } from "../route.js";
import type { Located } from "../../values/located.js";
import { applicationKey } from "../router-keys.js";
import { heldIn, loadedModule, unroll } from "../unroll.js";

const packages = ["@hapi/hapi", "hapi", "@types/hapi__hapi", "@hapi/glue"];
/** Where each part of a request is described. */
const validated: Readonly<Record<string, RequestPart>> = wordTable({ payload: "body", query: "query", params: "params", headers: "headers" });

/** hapi: routes are objects, and plugins nest their prefixes. */
export const hapi: Adapter = { framework: "hapi", packages, find };

interface LocatedObject {
  readonly file: string;
  readonly node: ObjectExpression;
}

interface Walk {
  readonly model: ProjectModel;
  /** By the plugin whose server they are called on; undefined for the server itself. */
  readonly byScope: ReadonlyMap<FunctionNode | undefined, readonly Operation[]>;
  readonly plugins: ReadonlyMap<FunctionNode, Plugin>;
  /** What the default strategy and extensions of the server do before every handler. */
  readonly global: readonly RawStep[];
  readonly routes: RawRoute[];
  readonly unresolved: UnresolvedRoute[];
  readonly entered: Set<FunctionNode>;
}

interface Plugin {
  readonly file: string;
  readonly register: FunctionNode;
}

interface Scope {
  readonly prefix: string;
  readonly mounts: readonly Mount[];
  readonly path: readonly FunctionNode[];
}

function find(model: ProjectModel): AdapterResult {
  const gathered = [...gatherOperations(model, isServer, applicationKey).values()].flat();
  const plugins = pluginsIn(model);
  const byScope = new Map<FunctionNode | undefined, Operation[]>();
  const add = (scope: FunctionNode | undefined, operation: Operation): void => {
    const known = byScope.get(scope) ?? [];
    if (!known.some(({ call, arguments: given }) => call.span[0] === operation.call.span[0] && given[0]?.node === operation.arguments[0]?.node)) byScope.set(scope, [...known, operation]);
  };
  for (const operation of gathered) for (const scope of scopesOf(model, plugins, operation.file, rootOf(operation.object), 0)) add(scope, operation);
  const untyped: ExternalValue = { kind: "external", provenance: { package: "@hapi/hapi", subpath: "", path: ["Server", "new()"] } };
  for (const { file, register } of plugins.values()) for (const operation of operationsOnParameter(model, file, register, untyped)) add(register, operation);

  const walk: Walk = { model, byScope, plugins, global: globalSteps(model, plugins), routes: [], unresolved: [], entered: new Set() };
  enterScope(walk, undefined, { prefix: "", mounts: [], path: [] });
  for (const { file, register } of plugins.values()) {
    if (walk.entered.has(register)) continue;
    const before = walk.routes.length;
    enterScope(walk, register, { prefix: "", mounts: [], path: [] });
    if (walk.routes.length > before) walk.unresolved.push({ file, span: register.span, reason: "nothing registers this plugin; its routes are listed without a prefix" });
  }
  return { routes: walk.routes, unresolved: walk.unresolved, applications: applicationsOf(gathered) };
}

function isServer({ provenance: { package: name, path } }: ExternalValue): boolean {
  const made = path.findIndex((step) => step === "()" || step === "new()");
  return packages.includes(name) && made > 0 && made === path.length - 1 && /^(server|Server|ServerApplication|compose)$/.test(path[made - 1] ?? "");
}

/** The plugins of the project: objects with `register` that a server registers, and those with a type that says so. */
function pluginsIn(model: ProjectModel): ReadonlyMap<FunctionNode, Plugin> {
  const plugins = new Map<FunctionNode, Plugin>();
  for (const file of model.files) {
    for (const { node } of model.values.index(file).calls) {
      if (node.kind !== "call" || node.callee.kind !== "member" || node.callee.property !== "register") continue;
      // Only what names its registration or comes as a list can be one of hapi's.
      for (const { arguments: [first] } of unroll(model, file, node, node.callee.object, "register")) for (const { plugin } of first ? registrations(model, first) : []) plugins.set(plugin.register, plugin);
    }
  }
  for (const { list } of composedPlugins(model)) for (const { plugin } of registrations(model, list)) plugins.set(plugin.register, plugin);
  return plugins;
}

interface Registered {
  readonly plugin: Plugin;
  readonly prefix: Located | undefined;
}

/** `plugin`, `{ plugin, options, routes: { prefix } }`, and lists of either. */
function registrations(model: ProjectModel, { file, node }: Located, depth = 0): readonly Registered[] {
  if (depth > 4) return [];
  if (node.kind === "spread") return registrations(model, { file, node: node.value }, depth + 1);
  return model.values.of(file, node).flatMap((value): readonly Registered[] => {
    if (value.kind === "array") return value.node.elements.flatMap((element) => registrations(model, { file: value.file, node: element }, depth + 1));
    if (value.kind === "namespace") return ["plugin", "default", "register"].flatMap((name) => model.values.ofExport(value.file, name).flatMap((inner) => pluginBehind(model, inner).map((plugin) => ({ plugin, prefix: undefined })))).slice(0, 1);
    if (value.kind === "object") {
      const inner = propertyOf(value.node, "plugin");
      const routes = propertyOf(value.node, "routes");
      const prefix = routes?.kind === "object" ? propertyOf(routes, "prefix") : undefined;
      if (inner && propertyOf(value.node, "register") === undefined) return registrations(model, { file: value.file, node: inner }, depth + 1).map((one) => ({ ...one, prefix: prefix ? { file: value.file, node: prefix } : one.prefix }));
    }
    return pluginBehind(model, value).map((plugin) => ({ plugin, prefix: undefined }));
  });
}

function pluginBehind(model: ProjectModel, value: Value): readonly Plugin[] {
  if (value.kind !== "object" && value.kind !== "instance") return [];
  const named = value.kind === "instance" || propertyOf(value.node, "name") !== undefined || propertyOf(value.node, "pkg") !== undefined;
  return named ? model.values.ofMember([value], "register").flatMap((inner) => (inner.kind === "function" ? [{ file: inner.file, register: inner.node }] : [])) : [];
}

/** The plugins on whose server something is called: through the functions that are handed the server. */
function scopesOf(model: ProjectModel, plugins: ReadonlyMap<FunctionNode, Plugin>, file: string, node: Expression, depth: number): readonly (FunctionNode | undefined)[] {
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  if (source?.kind !== "parameter" || depth > 6) return [undefined];
  if (plugins.has(source.function)) return [source.function];
  const callers = model.values.callSites.of(file, source.function);
  const scopes = callers.flatMap(({ file: at, call }) => {
    const given = call.arguments[source.index];
    return given ? scopesOf(model, plugins, at, rootOf(given), depth + 1) : [];
  });
  return scopes.length > 0 ? [...new Set(scopes)] : [undefined];
}

/** `server.auth.default("jwt")` and `server.ext("onPreAuth", fn)`, wherever they stand: they hold for all routes. */
function globalSteps(model: ProjectModel, plugins: ReadonlyMap<FunctionNode, Plugin>): readonly RawStep[] {
  const steps: RawStep[] = [];
  for (const file of model.files) {
    for (const { node } of model.values.index(file).calls) {
      if (node.kind !== "call" || node.callee.kind !== "member") continue;
      const { object, property } = node.callee;
      const onAuth = property === "default" && object.kind === "member" && object.property === "auth" ? object.object : undefined;
      const server = onAuth ?? (property === "ext" || property === "register" ? object : undefined);
      if (!server || !isServerAt(model, plugins, file, server)) continue;
      const [first, second] = node.arguments;
      if (property === "register") for (const { arguments: [given] } of unroll(model, file, node, object, property)) if (given) steps.push(...limiters(model, given.file, given.node));
      if (onAuth && first) steps.push(authStep(model, { file, node: first }, "global"));
      else if (first?.kind === "literal" && /^on(Request|PreAuth|PostAuth|CredentialsS?|PreHandler)$/.test(String(first.value)) && second) steps.push({ file, node: second, origin: "global" });
    }
  }
  return steps;
}

/** The plugins of packages that limit what clients may call: `server.register({ plugin: rateLimit, options })`. */
function limiters(model: ProjectModel, file: string, node: Expression): readonly RawStep[] {
  return model.values.of(file, node).flatMap((value): readonly RawStep[] => {
    if (value.kind === "array") return value.node.elements.flatMap((element) => limiters(model, value.file, element));
    const inner = value.kind === "object" ? propertyOf(value.node, "plugin") : undefined;
    if (inner && value.kind === "object") return limiters(model, value.file, inner);
    const { package: name, path } = value.kind === "external" ? value.provenance : { package: "", path: [] };
    return value.kind === "external" && describe({ ...value.provenance, path: path.length === 0 ? ["default"] : path })?.middleware?.role === "rate-limit" ? [{ file, node, origin: "global", name, plugin: true, judged: { role: "rate-limit" } }] : [];
  });
}

function isServerAt(model: ProjectModel, plugins: ReadonlyMap<FunctionNode, Plugin>, file: string, node: Expression): boolean {
  if (model.values.of(file, node).some((value) => value.kind === "external" && isServer(value))) return true;
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  return source?.kind === "parameter" && source.index === 0 && plugins.has(source.function);
}

function enterScope(walk: Walk, scope: FunctionNode | undefined, frame: Scope): void {
  if (scope) walk.entered.add(scope);
  else for (const { place, list } of composedPlugins(walk.model)) enterPlugins(walk, place, registrations(walk.model, list), undefined, frame);
  for (const operation of walk.byScope.get(scope) ?? []) {
    if (operation.method === "route") for (const given of operation.arguments) addRoutes(walk, operation, given, frame);
    if (operation.method !== "register") continue;
    const [first, options] = operation.arguments;
    const shared = options && objectAt(walk.model, options);
    const routes = shared && propertyOf(shared.node, "routes");
    const outer = shared && routes?.kind === "object" ? propertyOf(routes, "prefix") : undefined;
    if (first && loadsUnknown(walk.model, first)) walk.unresolved.push({ file: operation.file, span: operation.call.span, reason: "which plugin is registered here is made while it runs (a folder that is read, a list of names); its routes are not listed" });
    for (const { given, prefix } of first ? routedFiles(walk.model, first) : []) addRoutes(walk, operation, given, { ...frame, prefix: joinRoutePath(frame.prefix, prefix) });
    enterPlugins(walk, { file: operation.file, span: operation.call.span }, first ? registrations(walk.model, first) : [], shared && outer ? { file: shared.file, node: outer } : undefined, frame);
  }
}

function enterPlugins(walk: Walk, place: Pick<Mount, "file" | "span">, registered: readonly Registered[], outer: Located | undefined, frame: Scope): void {
  for (const { plugin, prefix } of registered) {
    if (frame.path.includes(plugin.register)) {
      walk.unresolved.push({ ...place, reason: "this plugin registers itself" });
      continue;
    }
    const at = prefix ?? outer;
    const text = (at && pathTexts(walk.model, at.file, at.node)?.[0]?.text) ?? "";
    const mounts = text === "" ? frame.mounts : [...frame.mounts, { ...place, prefix: text }];
    // The prefix in the list replaces what the plugins around it have; that of the call is put behind it.
    enterScope(walk, plugin.register, { prefix: prefix ? text : joinRoutePath(frame.prefix, text), mounts, path: [...frame.path, plugin.register] });
  }
}

/** Whether a plugin is loaded from a path that is not known: `server.register({ register: require(name) })`. */
function loadsUnknown(model: ProjectModel, { file, node }: Located): boolean {
  const parts = node.kind === "object" ? ["plugin", "register"].flatMap((key) => propertyOf(node, key) ?? []) : [node];
  return parts.some((part) => loadedModule(model, file, part) !== undefined && model.values.of(file, part).length === 0);
}

/** The modules of routes that hapi-router loads: `server.register({ plugin: hapiRouter, options: { routes: "routes/*.js" } })`. */
function routedFiles(model: ProjectModel, { file, node }: Located): readonly { readonly given: Located; readonly prefix: string }[] {
  return model.values.of(file, node).flatMap((value) => {
    if (value.kind === "array") return value.node.elements.flatMap((element) => routedFiles(model, { file: value.file, node: element }));
    const plugin = value.kind === "object" ? propertyOf(value.node, "plugin") : undefined;
    const options = value.kind === "object" ? propertyOf(value.node, "options") : undefined;
    if (!plugin || value.kind !== "object" || options?.kind !== "object" || !model.values.of(value.file, plugin).some((one) => one.kind === "external" && one.provenance.package === "hapi-router")) return [];
    const [patterns, cwd, prefix] = ["routes", "cwd", "prefix"].map((key) => propertyOf(options, key));
    const text = prefix && model.values.text(value.file, prefix);
    return patterns ? globbedModules(model, value.file, options, patterns, cwd).map((module) => ({ given: { file: value.file, node: module }, prefix: text ?? "" })) : [];
  });
}

/** One route object, or a list of them. */
function addRoutes(walk: Walk, operation: Operation, given: Located, frame: Scope): void {
  const objects = routeObjects(walk.model, given, 0);
  if (objects.length === 0) walk.unresolved.push({ file: operation.file, span: operation.call.span, reason: "the routes are not written as objects" });
  for (const object of objects) addRoute(walk, operation, object, frame);
}

function routeObjects(model: ProjectModel, given: Located, depth: number): readonly LocatedObject[] {
  if (depth > 8) return [];
  // `routes.push(require("./status"))`
  const put = given.node.kind === "name" ? heldIn(model, given.file, given.node) : [];
  return [...writtenObjects(model, given, depth), ...put.flatMap((one) => routeObjects(model, one, depth + 1))];
}

function writtenObjects(model: ProjectModel, { file, node }: Located, depth: number): readonly LocatedObject[] {
  const within = (at: string, nodes: readonly Expression[]): readonly LocatedObject[] => nodes.flatMap((one) => routeObjects(model, { file: at, node: one }, depth + 1));
  if (node.kind === "spread") return within(file, [node.value]);
  // `[].concat(users, orders)`, `[users, orders].flat()`
  if (node.kind === "call" && node.callee.kind === "member" && /^(concat|flat)$/.test(node.callee.property)) return within(file, [node.callee.object, ...node.arguments.filter(({ kind }) => kind !== "literal")]);
  // `contexts.map((context) => ({ path: `/login/${context}`, … }))`
  if (node.kind === "call" && node.callee.kind === "member" && node.callee.property === "map" && node.arguments[0]?.kind === "function") return within(file, model.values.returned(node.arguments[0].function));
  const values = model.values.of(file, node);
  if (values.every(({ kind }) => kind !== "object" && kind !== "array")) return definitionsOf(model, file, node).flatMap((definition) => (definition.node === node ? [] : routeObjects(model, definition, depth + 1)));
  return values.flatMap((value) => {
    if (value.kind === "object") return propertyOf(value.node, "path") ? [{ file: value.file, node: value.node }] : value.node.members.flatMap((member) => (member.kind === "spread" ? within(value.file, [member.value]) : []));
    return value.kind === "array" ? within(value.file, value.node.elements) : [];
  });
}

function addRoute(walk: Walk, operation: Operation, { file, node }: LocatedObject, frame: Scope): void {
  const { model } = walk;
  const path = propertyOf(node, "path");
  const method = propertyOf(node, "method");
  const texts = path && pathTexts(model, file, path);
  if (!texts) {
    walk.unresolved.push({ file, span: node.span, reason: "the path is not a constant" });
    return;
  }
  const options = optionsOf(model, file, node);
  const own = (options && propertyOf(options.node, "handler")) ?? undefined;
  const direct = propertyOf(node, "handler");
  const handler = direct ? { file, node: direct } : own && options ? { file: options.file, node: own } : undefined;
  const methods = (method && pathTexts(model, file, method)?.map(({ text }) => (text === "*" ? "ALL" : text.toUpperCase()))) ?? ["ALL"];
  const schemas = options && schemasOf(model, options);
  const inList = node.span[0] !== operation.call.span[0];
  for (const { text, partial } of texts)
    for (const one of methods)
      walk.routes.push({
        framework: "hapi",
        method: one,
        path: joinRoutePath(frame.prefix, text),
        file: inList ? file : operation.file,
        span: node.span,
        mounts: frame.mounts,
        chain: stepsOf(walk, options),
        handler,
        ...(schemas && { schemas }),
        ...(partial && { partial: true as const }),
      });
}

/** `options`, or `config` as it was called before; also a function that gives them. */
function optionsOf(model: ProjectModel, file: string, node: ObjectExpression): LocatedObject | undefined {
  const options = propertyOf(node, "options") ?? propertyOf(node, "config");
  if (!options) return undefined;
  for (const value of model.values.of(file, options)) {
    if (value.kind === "object") return { file: value.file, node: value.node };
    const made = value.kind === "function" ? model.values.ofReturn(value.file, value.node).find((inner) => inner.kind === "object") : undefined;
    if (made?.kind === "object") return { file: made.file, node: made.node };
  }
  return undefined;
}

function objectAt(model: ProjectModel, { file, node }: Located): LocatedObject | undefined {
  const value = model.values.of(file, node).find((candidate) => candidate.kind === "object");
  return value?.kind === "object" ? { file: value.file, node: value.node } : undefined;
}

/** The route's own `auth` replaces the default of the server. */
function stepsOf({ model, global }: Walk, options: LocatedObject | undefined): readonly RawStep[] {
  // `options: { ...secured, tags: ["api"] }`
  const parts = options && propertiesOf(model, options.file, options.node);
  const given = parts?.get("auth");
  const auth = given?.node.kind === "literal" && given.node.value === null ? undefined : given;
  const pre = parts?.get("pre");
  const own = auth && authSteps(model, auth);
  const before = (own ? global.filter(({ judged }) => !/^(auth|auth-attach|public)$/.test(judged?.role ?? "")) : global).filter(({ judged, name }) => judged?.role !== "rate-limit" || !isSwitchedOff(options, name));
  return [...before, ...(own ?? []), ...(pre ? preSteps(model, pre) : [])];
}

/** `plugins: { "hapi-rate-limit": { enabled: false } }` and `plugins: { "hapi-rate-limit": false }` leave a route out. */
function isSwitchedOff(options: LocatedObject | undefined, plugin: string | undefined): boolean {
  const isFalse = (node: Expression | undefined): boolean => node?.kind === "literal" && node.value === false;
  const plugins = options && propertyOf(options.node, "plugins");
  const own = plugins?.kind === "object" && plugin !== undefined ? propertyOf(plugins, plugin) : undefined;
  return isFalse(own) || (own?.kind === "object" && isFalse(propertyOf(own, "enabled")));
}

function authSteps(model: ProjectModel, at: Located): readonly RawStep[] {
  const step = authStep(model, at, "route");
  const object = objectAt(model, at);
  const decides = object && ["scope", "access", "entity"].map((key) => propertyOf(object.node, key)).find((one) => one !== undefined);
  return decides && object && step.judged?.role === "auth" ? [step, { file: object.file, node: decides, origin: "route", name: "access", judged: { role: "authz" } }] : [step];
}

/** `auth: "jwt"`, `auth: { strategy, mode: "try" }`, `auth: false`. */
function authStep(model: ProjectModel, at: Located, origin: RawStep["origin"]): RawStep {
  const [value] = model.values.of(at.file, at.node);
  if (value?.kind === "constant" && value.value === false) return { ...at, origin, name: "auth: false", judged: { role: "public" } };
  const object = objectAt(model, at);
  const mode = object && propertyOf(object.node, "mode");
  const attaches = mode && object && /^(try|optional)$/.test(model.values.text(object.file, mode) ?? "");
  const strategy = object ? (propertyOf(object.node, "strategy") ?? propertyOf(object.node, "strategies")) : at.node;
  const name = strategy?.kind === "literal" ? `auth: ${String(strategy.value)}` : "auth";
  return { ...at, origin, name, judged: { role: attaches ? "auth-attach" : "auth" } };
}

/** `pre: [fn, { method: fn, assign: "user" }, [together, …]]` */
function preSteps(model: ProjectModel, { file, node }: Located): readonly RawStep[] {
  return model.values.of(file, node).flatMap((value) => {
    if (value.kind !== "array") return [];
    return value.node.elements.flatMap((element): readonly RawStep[] => {
      if (element.kind === "array") return preSteps(model, { file: value.file, node: element });
      const object = element.kind === "function" ? undefined : objectAt(model, { file: value.file, node: element });
      const method = object && propertyOf(object.node, "method");
      return [method && object ? { file: object.file, node: method, origin: "route" } : { file: value.file, node: element, origin: "route" }];
    });
  });
}

function schemasOf(model: ProjectModel, { file, node }: LocatedObject): RawRoute["schemas"] {
  // `options: { ...described, validate: { params } }`
  const parts = propertiesOf(model, file, node);
  const validate = parts.get("validate");
  const rules = validate && objectAt(model, validate);
  const response = parts.get("response");
  const answer = response && objectAt(model, response);
  const schema = answer && (propertyOf(answer.node, "schema") ?? propertyOf(answer.node, "status"));
  const request: Partial<Record<RequestPart, SchemaUse>> = {};
  for (const [key, part] of Object.entries(validated)) {
    const own = rules && propertyOf(rules.node, key);
    if (own && rules && !(own.kind === "literal" && own.value === true) && !takesAnything(model, rules.file, own)) request[part] = { kind: "enforced", file: rules.file, span: own.span, by: "validation of the route" };
  }
  return { request, ...(schema && answer && !takesAnything(model, answer.file, schema) && { response: { kind: "enforced", file: answer.file, span: schema.span, by: "response schema" } }) };
}

function applicationsOf(operations: readonly Operation[]): readonly Application[] {
  const sites = new Map<object, Application>();
  // hapi answers with the payload of Boom for every error; nothing has to be installed.
  for (const { receiver } of operations) if (receiver.site) sites.set(receiver.site.node, { framework: "hapi", file: receiver.site.file, span: receiver.site.node.span, errorHandler: true });
  return [...sites.values()];
}
