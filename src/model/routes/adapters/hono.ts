import { propertyOf } from "../../../facts/names.js";
import type { Expression, ObjectExpression } from "../../../facts/syntax.js";
import { type BindingSource, defaultExpression } from "../../modules/file-index.js";
import { computedText, type Given, givenKey } from "../../values/computed.js";
import type { ProjectModel } from "../../project-model.js";
import { returnedExpressions } from "../../modules/returns.js";
import type { ExternalValue } from "../../values/value.js";
import type { Adapter } from "../adapter.js";
import { pathTexts } from "../../values/path-texts.js";
import type { Operation } from "../operations.js";
import { joinRoutePath } from "../path.js";
import type { Located } from "../../values/located.js";
import { givenToMaker, inRound } from "../../values/round.js";
import { mayServe } from "../serving-package.js";
import { findStackRoutes, type Registration, type StackDialect } from "../stack.js";

const packages = ["hono", "@hono/zod-openapi"];
const verbs = new Set(["get", "post", "put", "patch", "delete", "options", "head"]);
/** Calls that give back the same application, or one with another base path. */
const chained = new Set(["use", "route", "mount", "all", "on", "onError", "notFound", "basePath", "openapi", "createApp", "createFactory", ...verbs]);

const dialect: StackDialect = {
  framework: "hono",
  isRouter,
  isApplication: isRouter,
  verbOf: (method) => (method === "all" ? "ALL" : verbs.has(method) ? method.toUpperCase() : undefined),
  prefixOf: (model, operation) => basePathOf(model, operation.receiver, operation.file, operation.object, 0),
  registration,
  mountMethods: new Set(["use", "route"]),
  // Whichever application is the outermost, its `onError` answers for those it mounts.
  hasErrorHandler(model, own, all) {
    const places = [...all.values()].flatMap(([first]) => first?.receiver.site?.file ?? []);
    const application = own[0]?.receiver.site?.file ?? own[0]?.file ?? "";
    return [...all.values()].some((list) => list.some(({ method, file }) => method === "onError" && mayServe(model, file, application, places)));
  },
  mounted: (_model, value) => (value.kind === "external" && isRouter(value) ? [{ router: value, prefix: "" }] : []),
  remembersPath: true,
  applicationsAreRouters: true,
};

/** Hono 4. */
export const hono: Adapter = { framework: "hono", packages, find: (model: ProjectModel) => findStackRoutes(model, dialect) };

function isRouter(value: ExternalValue): boolean {
  const { package: name, path } = value.provenance;
  if (!packages.includes(name)) return false;
  const start = path.findIndex((step) => step === "new()" || step === "()");
  const factory = path[start - 1] ?? "";
  return start !== -1 && /^(Hono|OpenAPIHono|createFactory|HonoBase|Factory)$/.test(factory) && path.slice(start + 1).every((step) => step === "()" || chained.has(step)) && (factory !== "createFactory" || path.includes("createApp"));
}

/** `app.on(methods, paths, …handlers)` and `app.openapi(createRoute({ method, path, … }), handler)`. */
function registration(model: ProjectModel, operation: Operation): Registration | undefined {
  const [first, second, ...rest] = operation.arguments;
  if (!first || !second) return undefined;
  if (operation.method === "on") {
    const methods = pathTexts(model, first.file, first.node)?.map(({ text }) => text.toUpperCase());
    const paths = pathTexts(model, second.file, second.node);
    return methods && paths && { methods, paths, handlers: rest };
  }
  if (operation.method !== "openapi") return undefined;
  const options = routeDefinition(model, first);
  const method = options && propertyOf(options.node, "method");
  const path = options && propertyOf(options.node, "path");
  const middleware = options && propertyOf(options.node, "middleware");
  // A function of the project that makes definitions says in each call of it which one this is.
  const made = givenToMaker(model, first.file, first.node);
  const textsOf = (file: string, node: Expression): ReturnType<typeof pathTexts> => {
    const here = inRound(model, file, node, made) ?? { file, node };
    return pathTexts(model, here.file, here.node);
  };
  const methods = options && method && textsOf(options.file, method)?.map(({ text }) => text.toUpperCase());
  const paths = options && path && textsOf(options.file, path);
  return methods && paths && { methods, paths, handlers: [...(middleware ? [{ file: options.file, node: middleware }] : []), second], options };
}

/** The object that `createRoute` was given, or that stands in its place. */
function routeDefinition(model: ProjectModel, { file, node }: Located): { readonly file: string; readonly node: ObjectExpression } | undefined {
  for (const value of model.values.of(file, node)) {
    if (value.kind === "object") return { file: value.file, node: value.node };
    const argument = value.kind === "external" ? value.site?.node.arguments[0] : undefined;
    if (argument && value.kind === "external" && value.site) return routeDefinition(model, { file: value.site.file, node: argument });
  }
  return undefined;
}

/** The base path that an application is reached with: each `basePath` gives the same application with a longer one. */
function basePathOf(model: ProjectModel, receiver: ExternalValue, file: string, node: Expression, depth: number, given: Given = new Map()): string {
  if (depth > 10) return "";
  if (node.kind === "await" || node.kind === "cast") return basePathOf(model, receiver, file, node.value, depth, given);
  if (node.kind === "call" && node.callee.kind === "member") {
    const [argument] = node.callee.property === "basePath" ? node.arguments : [];
    return joinRoutePath(basePathOf(model, receiver, file, node.callee.object, depth, given), (argument && (computedText(model, file, argument, given) ?? pathTexts(model, file, argument)?.[0]?.text)) ?? "");
  }
  if (node.kind === "call") {
    const made = model.values.of(file, node.callee).find((value) => value.kind === "function");
    if (made?.kind !== "function") return "";
    const [returned] = returnedExpressions(made.node);
    // `const app = create("billing")` of `new Hono().basePath(`/${name}`)`
    const handed: Given = new Map(made.node.parameters.flatMap(({ target }, index) => (target.kind === "binding" && node.arguments[index] ? [[givenKey(made.file, target.binding), { file, node: node.arguments[index] }] as const] : [])));
    return returned ? basePathOf(model, receiver, made.file, returned, depth + 1, handed) : "";
  }
  if (node.kind !== "name" || node.binding === undefined) return "";
  const declaration = model.declarationOfBinding(file, node.binding);
  if (declaration.kind === "default") {
    const value = defaultExpression(model.facts(declaration.file));
    return value ? basePathOf(model, receiver, declaration.file, value, depth + 1) : "";
  }
  if (declaration.kind !== "binding") return "";
  const source = model.values.index(declaration.file).sources[declaration.binding];
  if (source?.kind === "parameter") return givenBasePath(model, receiver, declaration.file, source, depth);
  return source?.kind === "value" && source.value && source.path.length === 0 ? basePathOf(model, receiver, declaration.file, source.value, depth + 1, given) : "";
}

/** The base path of what the caller of a function hands it, of the caller that hands it this application. */
function givenBasePath(model: ProjectModel, receiver: ExternalValue, file: string, source: Extract<BindingSource, { kind: "parameter" }>, depth: number): string {
  const { site } = receiver;
  for (const { file: at, call } of site ? model.values.callSites.of(file, source.function) : []) {
    const given = call.arguments[source.index];
    if (given && model.values.of(at, given).some((value) => value.kind === "external" && value.site?.node === site?.node)) return basePathOf(model, receiver, at, given, depth + 1);
  }
  return "";
}
