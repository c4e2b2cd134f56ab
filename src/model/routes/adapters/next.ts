import type { Span } from "../../../base/position.js";
import { baseName, folderOf } from "../../../base/paths.js";
import { propertyOf } from "../../../facts/names.js";
import type { Expression, FunctionNode } from "../../../facts/syntax.js";
import { walkAll } from "../../../facts/walk.js";
import { defaultExpression } from "../../modules/file-index.js";
import type { PackageUnit, ProjectModel } from "../../project-model.js";
import type { Adapter, AdapterResult, RawRoute, RawStep } from "../adapter.js";
import { spanOfOperation } from "../operations.js";
import { joinRoutePath } from "../path.js";
import { answeringFunction } from "../answering-function.js";
import { exportedExpression } from "../../values/definitions.js";
import type { Located } from "../../values/located.js";
import { connectedRoutes } from "./next-connect.js";
import { middlewareOf, type NextMiddleware } from "./next-middleware.js";

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const routeFile = /^(?:src\/)?app\/(?:(.*)\/)?route\.[cm]?[jt]sx?$/;
const apiFile = /^(?:src\/)?pages\/api\/(.*)\.[cm]?[jt]sx?$/;
/** Packages whose handlers answer for a framework that has routes of its own. */
const delegates = /^(hono|@hono\/|@trpc\/|trpc-(to-)?openapi|@orpc\/|@ts-rest\/|elysia)/;

/** Next.js: route handlers of the app router and the API routes of `pages/`, behind the middleware that matches them. */
export const next: Adapter = { framework: "next", packages: [], find };

function find(model: ProjectModel): AdapterResult {
  const routes: RawRoute[] = [];
  for (const unit of model.packages) {
    if (!unit.dependencies.has("next")) continue;
    const inside = (file: string): string => (unit.folder === "" ? file : file.slice(unit.folder.length + 1));
    const files = model.files.filter((file) => model.packageOf(file) === unit);
    const prefix = basePath(model, unit);
    const middleware = middlewareOf(model, unit, prefix);
    for (const file of files) {
      const handler = routeFile.exec(inside(file));
      const api = apiFile.exec(inside(file));
      if (handler) routes.push(...handlersOf(model, file, handler[1] ?? "", prefix, middleware));
      else if (api) routes.push(...apiRoutes(model, file, api[1] ?? "", prefix, middleware));
    }
  }
  return { routes, unresolved: [], applications: [] };
}

/** One route for each method that a `route.ts` exports. */
function handlersOf(model: ProjectModel, file: string, folder: string, prefix: string, middleware: NextMiddleware | undefined): readonly RawRoute[] {
  const segments = folder.split("/").filter(Boolean);
  // Folders that begin with an underscore are private; groups and slots leave no trace.
  if (segments.some((segment) => segment.startsWith("_"))) return [];
  const path = joinRoutePath(prefix, ...segments.filter((segment) => !/^\(.*\)$|^@/.test(segment)).map(segmentOf));
  return methods.flatMap((method) => {
    const declaration = model.declarationOfExport(file, method);
    if (declaration.kind === "unresolved") return [];
    const handler = exportedExpression(model, file, method);
    const around = handler ? wrappers(model, handler) : [];
    if (handler && isDelegated(model, handler, around)) return [];
    const exported = model.facts(file).exports.find(({ name }) => name === method);
    return [routeAt(method, path, file, exported?.span ?? handlerSpan(file, handler), handler, around, middleware)];
  });
}

function handlerSpan(file: string, handler: Located | undefined): Span {
  return handler?.file === file ? handler.node.span : [0, 0];
}

function routeAt(method: string, path: string, file: string, span: Span, handler: Located | undefined, around: readonly RawStep[], middleware: NextMiddleware | undefined): RawRoute {
  const global = middleware?.covers(path) ?? "no";
  const first: readonly RawStep[] = middleware && global !== "no" ? [{ ...middleware.step, ...(global === "unknown" && { judged: { role: "unknown" } }) }] : [];
  return { framework: "next", method, path, file, span, mounts: [], chain: [...first, ...around], handler };
}

/** `[id]` is a parameter, `[...rest]` and `[[...rest]]` take what is left. */
function segmentOf(segment: string): string {
  const rest = /^(\[?)\[\.{3}(\w+)\]/.exec(segment);
  if (rest) return `*${rest[2] ?? ""}${rest[1] ? "?" : ""}`;
  return segment.replace(/^\[([\w-]+)\]$/, (_all, name: string) => `:${name.replaceAll("-", "_")}`).replace("%5F", "_");
}

/** What stands around a handler runs before it: `withUser(handler)`, `withTeam({ role: "admin" })(handler)`. */
function wrappers(model: ProjectModel, { file, node }: Located): readonly RawStep[] {
  if (node.kind === "cast" || node.kind === "await") return wrappers(model, { file, node: node.value });
  if (node.kind === "name" && node.binding !== undefined) {
    const source = model.values.index(file).sources[node.binding];
    return source?.kind === "value" && source.value?.kind === "call" ? wrappers(model, { file, node: source.value }) : [];
  }
  // `export const POST = kit.handler` that nobody can look into may check whatever it likes.
  if (node.kind === "member") return functionsOf(model, { file, node }).length > 0 ? [] : [{ file, node, origin: "route" }];
  if (node.kind !== "call") return [];
  const inner = node.arguments.flatMap((argument) => (argument.kind === "call" || argument.kind === "name" ? wrappers(model, { file, node: argument }) : []));
  return [{ file, node, origin: "route" }, ...inner];
}

/** `handle(app)` of Hono, a handler of tRPC and their kin: the routes are those of the framework behind it. */
function isDelegated(model: ProjectModel, { file, node }: Located, around: readonly RawStep[]): boolean {
  const fromDelegate = (expression: Expression, within = file): boolean => model.values.of(within, expression).some((value) => value.kind === "external" && delegates.test(value.provenance.package));
  // `withTracing(handler)` hands on what `handler` hands on.
  const answering = answeringFunction(model, file, node);
  return (answering !== undefined && callsDelegate(model, answering.file, answering.node)) || (node.kind !== "function" && fromDelegate(node)) || around.some((step) => step.node.kind === "call" && fromDelegate(step.node.callee, step.file));
}

function callsDelegate(model: ProjectModel, file: string, node: FunctionNode): boolean {
  let delegated = false;
  walkAll(node.body ?? [], (part) => {
    if ("kind" in part && part.kind === "call") delegated ||= model.values.of(file, part.callee).some((value) => value.kind === "external" && delegates.test(value.provenance.package) && /^(fetchRequestHandler|handle|fetch|createNextApiHandler|createNextHandler|createNextRouteHandler|createOpenApi(Fetch|Next\w*)Handler)$/.test(value.provenance.path.at(-1) ?? ""));
    return undefined;
  });
  return delegated;
}

function functionsOf(model: ProjectModel, { file, node }: Located): readonly { readonly file: string; readonly node: FunctionNode }[] {
  return model.values.of(file, node).flatMap((value) => (value.kind === "function" ? [{ file: value.file, node: value.node }] : []));
}

/** The default export of a file below `pages/api`, for the methods that it tells apart. */
function apiRoutes(model: ProjectModel, file: string, name: string, prefix: string, middleware: NextMiddleware | undefined): readonly RawRoute[] {
  const handler = exportedExpression(model, file, "default");
  const around = handler ? wrappers(model, handler) : [];
  if (!handler || isDelegated(model, handler, around)) return [];
  // `pageExtensions: ["page.ts"]` of the settings; no path ends so by itself.
  const segments = name.replace(/\.(page|api)$/, "").replace(/(^|\/)index$/, "").split("/").filter(Boolean).map(segmentOf);
  const path = joinRoutePath(prefix, "api", ...segments);
  const connected = connectedRoutes(model).get(file);
  if (connected) return connected.map(({ operation, method, chain, handler: last }) => routeAt(method, path, file, spanOfOperation(operation), last, [...chain, ...(last ? wrappers(model, last) : [])], middleware));
  const answered = methodsAnswered(model, handler);
  return (answered.length > 0 ? answered : ["ALL"]).map((method) => routeAt(method, path, file, handlerSpan(file, handler), handler, around, middleware));
}

/** The methods that a handler names: `if (req.method === "POST")`, `switch (req.method)`, `{ GET, POST }[req.method]`. */
function methodsAnswered(model: ProjectModel, handler: Located): readonly string[] {
  const found = new Set<string>();
  const note = (node: Expression | undefined): void => {
    if (node?.kind === "literal" && typeof node.value === "string" && methods.includes(node.value)) found.add(node.value);
  };
  const isMethod = (node: Expression): boolean => (node.kind === "member" && node.property === "method") || (node.kind === "name" && node.name === "method");
  const inner = handler.node.kind === "call" ? handler.node.arguments.map((node) => ({ file: handler.file, node })) : [handler];
  for (const one of inner.flatMap((place) => functionsOf(model, place)))
    walkAll(one.node.body ?? [], (part) => {
      if (!("kind" in part)) return undefined;
      if (part.kind === "binary" && /^[!=]==?$/.test(part.operator)) for (const [side, other] of [[part.left, part.right], [part.right, part.left]] as const) if (isMethod(side)) note(other);
      if (part.kind === "switch" && isMethod(part.subject)) for (const { test } of part.cases) note(test);
      if (part.kind === "index" && isMethod(part.index) && part.object.kind === "object") for (const member of part.object.members) if (member.kind === "property" && methods.includes(member.key)) found.add(member.key);
      return undefined;
    });
  return [...found];
}

/** `basePath` of next.config. */
function basePath(model: ProjectModel, unit: PackageUnit): string {
  const config = model.files.find((file) => folderOf(file) === unit.folder && /^next\.config\.[cm]?[jt]s$/.test(baseName(file)));
  const value = config === undefined ? undefined : defaultExpression(model.facts(config));
  for (const found of config !== undefined && value ? model.values.of(config, value) : []) {
    const text = found.kind === "object" ? propertyOf(found.node, "basePath") : undefined;
    if (text && found.kind === "object") return model.values.text(found.file, text) ?? "";
  }
  return "";
}

