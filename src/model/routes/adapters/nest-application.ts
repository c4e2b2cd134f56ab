import type { Span } from "../../../base/position.js";
import { lastName, propertyOf } from "../../../facts/names.js";
import type { CallExpression, ClassNode, Expression, NewExpression } from "../../../facts/syntax.js";
import type { ProjectModel } from "../../project-model.js";
import type { ExternalValue } from "../../values/value.js";
import type { Value } from "../../values/value.js";
import type { RawStep } from "../adapter.js";
import { pathTexts, unknownPart } from "../../values/path-texts.js";
import { definitionsOf } from "../../values/definitions.js";
import { gatherOperations, isTestOrMigration, type Operation } from "../operations.js";
import { joinRoutePath } from "../path.js";
import { applicationKey } from "../router-keys.js";
import { listed, type RouteInfo, routeInfos } from "./nest-middleware.js";
import { nestProviders } from "./nest-modules.js";

/** One `NestFactory.create(…)` with what is set on it. */
export interface NestApplication {
  readonly file: string;
  readonly span: Span;
  /** It answers requests: `listen` is called on it. */
  readonly listens: boolean;
  /** The module that it is created with, if that can be told. */
  readonly root: ClassNode | undefined;
  readonly errorHandler: boolean;
  /** Global guards, pipes and interceptors, also those provided as APP_GUARD and its kin. */
  readonly steps: readonly RawStep[];
  readonly versionSource: "decorator" | "header";
  /** What stands before a resource: one for each version. */
  prefixesFor(method: string, resource: string, versions: readonly string[] | undefined): readonly NestPrefix[];
}

/** What stands before a resource in one version. */
export interface NestPrefix {
  /** Of it, what names the version. */
  readonly segment: string;
  readonly prefix: string;
  readonly version: string | undefined;
}

/** Calls on an application that give it back. */
const setters = /^(use|enable|set|disable)[A-Z]?\w*$/;

interface Versioning {
  readonly type: string;
  readonly prefix: string;
  readonly defaults: readonly string[];
  /** There is a default that cannot be told: `defaultVersion: settings.major`. */
  readonly hasOther: boolean;
}

/** What `NestFactory.create` gives, behind calls that give it back. */
function isApplication({ provenance: { package: name, path } }: ExternalValue): boolean {
  return name === "@nestjs/core" && path[0] === "NestFactory" && path[1] === "create" && path[2] === "()" && path.slice(3).every((step) => step === "()" || setters.test(step));
}

/** The applications of a project; test modules and short-lived contexts are none. */
export function readNestApplications(model: ProjectModel): readonly NestApplication[] {
  const operations = gatherOperations(model, isApplication, applicationKey);
  const applications: NestApplication[] = [];
  for (const list of operations.values()) {
    const site = list[0]?.receiver.site;
    if (!site || isTestOrMigration(model, site.file)) continue;
    // Applications that listen come first: others are probes and one-off contexts.
    const application = readApplication(model, site.file, site.node, list);
    if (application.listens) applications.unshift(application);
    else applications.push(application);
  }
  return applications;
}

function readApplication(model: ProjectModel, file: string, { span, arguments: given }: CallExpression | NewExpression, list: readonly Operation[]): NestApplication {
  const root = given[0] && model.values.of(file, given[0]).find((value) => value.kind === "class");
  const prefix = list.findLast((operation) => operation.method === "setGlobalPrefix");
  const versioning = list.findLast((operation) => operation.method === "enableVersioning");
  const rules = versioning && readVersioning(model, versioning);
  const written = prefix?.call.arguments[0] && behindTemplate(prefix.call.arguments[0]);
  const global = prefix && written ? (pathTexts(model, prefix.file, written)?.[0]?.text ?? configuredText(model, prefix.file, written) ?? ":prefix") : "";
  const excluded = prefix?.call.arguments[1] ? readExcluded(model, prefix.file, prefix.call.arguments[1]) : [];
  const providers = nestProviders(model, file);
  const steps: RawStep[] = list
    .filter((operation) => /^useGlobal(Guards|Pipes|Interceptors)$/.test(operation.method))
    .flatMap((operation) => operation.call.arguments.map((node) => ({ file: operation.file, node: injected(node), origin: "global" as const })));
  const middleware = list.flatMap((operation) => middlewareIn(model, operation));
  return {
    file,
    span,
    listens: list.some((operation) => operation.method === "listen"),
    root: root?.kind === "class" ? root.node : undefined,
    errorHandler: list.some((operation) => operation.method === "useGlobalFilters") || providers.filters.length > 0 || [...providers.interceptors, ...steps].some(({ node }) => /exception|error/i.test(nameOf(node))),
    steps: [...middleware, ...providers.guards, ...providers.pipes, ...providers.interceptors, ...steps],
    versionSource: rules === undefined || rules.type === "URI" ? "decorator" : "header",
    prefixesFor(method, resource, versions) {
      const before = listed(excluded, method, resource) ? "" : global;
      if (rules?.type !== "URI") return [{ segment: "", prefix: before, version: rules ? versions?.[0] : undefined }];
      const named = versions ?? rules.defaults;
      if (named.length === 0) return [rules.hasOther ? { segment: unknownPart, prefix: joinRoutePath(before, unknownPart), version: undefined } : { segment: "", prefix: before, version: undefined }];
      return named.map((version) => {
        const segment = version === "" ? "" : `${rules.prefix}${version}`;
        return { segment, prefix: joinRoutePath(before, segment), version: version === "" ? undefined : version };
      });
    },
  };
}

/** What runs before every route by the server below: `app.use(rateLimit(…))` of Express, `app.register(rateLimit, …)` of Fastify; what is for one path is none. */
function middlewareIn(model: ProjectModel, { method, file, call: { arguments: [first, ...others] } }: Operation): readonly RawStep[] {
  if (!first || (method !== "use" && method !== "register")) return [];
  if (method === "use") return pathTexts(model, file, first) === undefined ? [first, ...others].map((node) => ({ file, node, origin: "global" as const })) : [];
  const isForeign = model.values.of(file, first).some((value) => value.kind === "external");
  return isForeign ? [{ file, node: first, origin: "global", plugin: true, ...(others[0] && { options: others[0] }) }] : [];
}

/** `` `${prefix}` `` is what stands in it. */
function behindTemplate(node: Expression): Expression {
  const [only, ...others] = node.kind === "template" && !node.tag && node.texts.every((text) => text === "") ? node.values : [];
  return only && others.length === 0 ? only : node;
}

/** `app.get(RolesGuard)` asks the container for one of that class. */
function injected(node: Expression): Expression {
  const [asked] = node.kind === "call" && node.callee.kind === "member" && /^(get|resolve)$/.test(node.callee.property) ? node.arguments : [];
  return asked?.kind === "name" ? asked : node.kind === "await" ? injected(node.value) : node;
}

function nameOf(node: Expression): string {
  return node.kind === "new" ? nameOf(node.callee) : node.kind === "name" ? node.name : "";
}

function readVersioning(model: ProjectModel, operation: Operation): Versioning {
  const [argument] = operation.call.arguments;
  const options = argument && model.values.of(operation.file, argument).find((value) => value.kind === "object");
  // Without options the type is URI.
  if (options?.kind !== "object") return { type: "URI", prefix: "v", defaults: [], hasOther: false };
  const type = propertyOf(options.node, "type");
  const prefix = propertyOf(options.node, "prefix");
  const defaults = propertyOf(options.node, "defaultVersion");
  const nodes = defaults?.kind === "array" ? defaults.elements : defaults ? [defaults] : [];
  const told = nodes.flatMap((node) => ((node.kind === "name" && node.name === "VERSION_NEUTRAL") || (node.kind === "member" && node.property === "VERSION_NEUTRAL") ? [""] : model.values.of(options.file, node).flatMap((value) => (value.kind === "constant" ? [String(value.value)] : []))));
  return {
    type: type?.kind === "member" ? type.property : "URI",
    prefix: prefix?.kind === "literal" && prefix.value === false ? "" : ((prefix && pathTexts(model, options.file, prefix)?.[0]?.text) ?? "v"),
    defaults: told,
    hasOther: told.length === 0 && nodes.length > 0,
  };
}

function readExcluded(model: ProjectModel, file: string, node: Expression): readonly RouteInfo[] {
  const options = model.values.of(file, node).find((value) => value.kind === "object");
  const list = options?.kind === "object" ? propertyOf(options.node, "exclude") : undefined;
  if (list?.kind !== "array" || options?.kind !== "object") return [];
  return list.elements.flatMap((element) => routeInfos(model, options.file, element));
}

/** `configService.getOrThrow("app.apiPrefix", …)`: the default where one is written, else what `registerAs("app", …)` of @nestjs/config has under that name. */
function configuredText(model: ProjectModel, from: string, written: Expression): string | undefined {
  for (const { file, node } of definitionsOf(model, from, written)) {
    if (node.kind !== "call") continue;
    const [key, ...defaults] = node.arguments;
    const fallback = defaults.flatMap((argument) => model.values.text(file, argument) ?? [])[0];
    if (fallback !== undefined) return fallback;
    const [namespace, ...path] = (key && model.values.text(file, key))?.split(".") ?? [];
    const isGetter = node.callee.kind === "member" && /^get(OrThrow)?$/.test(node.callee.property);
    const found = isGetter && path.length > 0 ? registeredText(model, namespace, path) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function registeredText(model: ProjectModel, namespace: string | undefined, path: readonly string[]): string | undefined {
  for (const file of model.files)
    for (const { node } of model.values.index(file).calls) {
      const [name, factory] = node.arguments;
      if (lastName(node.callee) !== "registerAs" || !name || !factory || model.values.text(file, name) !== namespace || !model.values.of(file, node.callee).some((value) => value.kind === "external" && value.provenance.package === "@nestjs/config" && value.provenance.path.at(-1) === "registerAs")) continue;
      const settings = model.values.of(file, factory).flatMap((value) => (value.kind === "function" ? model.values.ofReturn(value.file, value.node) : []));
      const values = path.reduce<readonly Value[]>((objects, key) => model.values.ofMember(objects, key), settings);
      const texts = values.flatMap((value) => (value.kind === "constant" && typeof value.value === "string" ? [value.value] : []));
      if (texts[0] !== undefined) return texts[0];
    }
  return undefined;
}
