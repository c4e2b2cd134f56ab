import { inFilesOf } from "../../base/gathered.js";
import { oncePer, oncePerPart } from "../../base/once-per.js";
import { capabilitiesOf, describe } from "../../catalogue/index.js";
import { requestIdNames } from "../../catalogue/lexicon/http.js";
import type { FileFacts } from "../../facts/facts.js";
import type { CallExpression, Expression, NewExpression } from "../../facts/syntax.js";
import type { PackageUnit, ProjectModel } from "../../model/project-model.js";
import { isBackendCode } from "../project/backend-files.js";
import { namesIn } from "../routes/handlers.js";

/** What ties log lines to requests: nothing, a logger on each request, or something that reaches every line. */
export type IdBinding = "none" | "request" | "every-line";

/** Packages that put a logger with the request's id on each request, and bind no other logger. */
const onRequest = new Set(["fastify", "pino-http", "express-pino-logger", "koa-pino-logger", "hono-pino", "pino-logger"]);
/** Packages that bind a request's id to every line, or hand it out to whatever asks. */
const everywhere = new Set([
  "nestjs-pino", "cls-rtracer", "nestjs-cls", "express-http-context", "cls-hooked", "express-request-id", "@fastify/request-context",
  "koa-requestid", "dd-trace", "@opentelemetry/instrumentation-pino", "@opentelemetry/instrumentation-winston",
  "@opentelemetry/auto-instrumentations-node", "nestjs-request-context", "express-correlation-id",
]);

/** How the log lines of an application are tied to requests, by its own code and that of the packages of the project that it depends on. */
const bindingOf = oncePerPart((model: ProjectModel, unit: PackageUnit): IdBinding => {
  const found = dependenciesOf(model, unit).flatMap((one) => bindingsIn(model, one));
  return found.find((binding) => binding === "every-line") ?? found[0] ?? "none";
});

/** How the code files of a package bind ids, those that do. */
const bindingsIn = inFilesOf((model: ProjectModel, file) => {
  const binding = isBackendCode(model, file) ? bindingIn(model.facts(file)) : "none";
  return binding === "none" || (binding === "request" && isSilentFastify(model, file)) ? [] : [binding];
});

/** The packages that serve routes. */
const serving = oncePer((model: ProjectModel): readonly PackageUnit[] => [...new Set(model.routes.routes.map(({ file }) => model.packageOf(file)))]);

/**
 * How the lines that a file writes are tied to requests: by the application it belongs to, or by whichever does it best of those that
 * depend on its package. Undefined where it serves none.
 */
export function idBindingAt(model: ProjectModel, file: string): IdBinding | undefined {
  const own = model.packageOf(file);
  const bindings = serving(model).filter((unit) => unit === own || dependenciesOf(model, unit).includes(own)).map((unit) => bindingOf(model, unit));
  return bindings.find((binding) => binding === "every-line") ?? bindings.find((binding) => binding === "request") ?? bindings[0];
}

/** The packages of the project that a package depends on, however many lie between. */
const dependenciesOf = oncePerPart((model: ProjectModel, unit: PackageUnit): readonly PackageUnit[] => {
  const found = [unit];
  for (const one of found) for (const other of model.packages) if (other.name !== undefined && one.dependencies.has(other.name) && !found.includes(other)) found.push(other);
  return found;
});

/** What the code of one file does for it. */
const bindingIn = oncePer(({ imports, body }: FileFacts): IdBinding => {
  const packages = imports.flatMap(({ specifier }) => specifier ?? []);
  const names = namesIn(body);
  if (names.has("AsyncLocalStorage") || packages.some((name) => everywhere.has(name) || (!onRequest.has(name) && isTracer(name)))) return "every-line";
  // `logger.addContext(context)` of Powertools binds the id of the invocation.
  if (packages.some((name) => /^@aws-lambda-powertools\/logger(?:\/|$)/.test(name)) && (names.has("addContext") || names.has("injectLambdaContext"))) return "every-line";
  return packages.some((name) => onRequest.has(name)) || [...names].some((name) => requestIdNames.in(name)) ? "request" : "none";
});

/** `Fastify()` makes a logger that writes nothing, and the file names no id of a request besides; one that makes none has what its package makes. */
function isSilentFastify(model: ProjectModel, file: string): boolean {
  const { imports, body } = model.facts(file);
  if (!imports.some(({ specifier }) => specifier === "fastify") || imports.some(({ specifier }) => specifier !== undefined && specifier !== "fastify" && onRequest.has(specifier)) || [...namesIn(body)].some((name) => requestIdNames.in(name))) return false;
  const created = madeIn(model, file);
  return created.length > 0 ? created.every(isSilent) : makesSilent(model, model.packageOf(file));
}

/** The applications of Fastify that a file makes, by the options of each. */
const madeIn = oncePerPart((model: ProjectModel, file: string): readonly (Expression | undefined)[] => {
  if (!model.facts(file).imports.some(({ specifier }) => specifier === "fastify")) return [];
  return model.values.index(file).calls.flatMap(({ node }) => (node.kind === "call" && model.values.of(file, node.callee).some((callee) => callee.kind === "external" && callee.provenance.package === "fastify" && /^(?:default|fastify)$/.test(callee.provenance.path.at(-1) ?? "")) ? [node.arguments[0]] : []));
});

const makesSilent = oncePerPart((model: ProjectModel, unit: PackageUnit): boolean => {
  const made = model.filesOf(unit).flatMap((file) => (isBackendCode(model, file) ? madeIn(model, file) : []));
  return made.length > 0 && made.every(isSilent);
});

/** `Fastify()`, `Fastify({ logger: false })` */
function isSilent(options: Expression | undefined): boolean {
  return options === undefined || (options.kind === "object" && options.members.every((member) => member.kind === "property" && (!/^logger(?:Instance)?$/.test(member.key) || (member.value.kind === "literal" && member.value.value === false))));
}

function isTracer(name: string): boolean {
  const capabilities = capabilitiesOf(name);
  // Metrics count, and know nothing of a single request.
  return capabilities.includes("request-id") || (capabilities.includes("telemetry") && !/prom|metrics|statsd/.test(name));
}

/** Where the requests of an application hold a logger of their own: `log`, behind the request, or what its own middleware calls it. */
export const requestLoggerOf = oncePerPart((model: ProjectModel, unit: PackageUnit): string | undefined => {
  const found = dependenciesOf(model, unit).flatMap((one) => requestLoggersIn(model, one));
  return found.some(({ imported }) => imported) ? "log" : found[0]?.name;
});

/** The loggers of requests that the code of a package brings: by a package that puts `log` there, or by what its own code puts there. */
const requestLoggersIn = inFilesOf(function* (model: ProjectModel, file): Iterable<{ readonly name: string; readonly imported: boolean }> {
  if (!isBackendCode(model, file)) return;
  if (model.facts(file).imports.some(({ specifier }) => specifier !== undefined && onRequest.has(specifier))) yield { name: "log", imported: true };
  const index = model.values.index(file);
  // `req.log = logger.child({ requestId })`, `ctx.state.log = …`, `res.locals.log = …`
  for (const { object: holder, property, value } of index.memberAssignments) {
    const object = holder.kind === "cast" ? holder.value : holder;
    if (/^_?log(?:ger)?$/.test(property) && isChild(value) && (object.kind === "name" || (object.kind === "member" && /^(?:state|locals)$/.test(object.property)))) yield { name: object.kind === "member" ? `${object.property}.${property}` : property, imported: false };
  }
  // `c.set("logger", logger.child({ requestId }))`
  for (const { node: { callee, arguments: [key, value] } } of index.calls) {
    if (callee.kind === "member" && callee.property === "set" && key?.kind === "literal" && /^log(?:ger)?$/.test(String(key.value)) && value && isChild(value)) yield { name: `var.${String(key.value)}`, imported: false };
  }
});

/** `logger.child({ requestId })` */
function isChild(node: Expression): boolean {
  return node.kind === "call" && node.callee.kind === "member" && node.callee.property === "child" && namesRequestId(node.arguments);
}

/** Whether code names an id of the request. */
export function namesRequestId(nodes: readonly Expression[]): boolean {
  return [...namesIn(nodes)].some((name) => requestIdNames.in(name));
}

/** What a call sends to another process, if nothing in it can be the id of the request; what is not written there is unknown. */
export function sentWithoutId(model: ProjectModel, file: string, node: CallExpression | NewExpression): "request" | "job" | undefined {
  for (const callee of model.values.of(file, node.callee)) {
    if (callee.kind !== "external") continue;
    const { http, queue } = describe(callee.provenance) ?? {};
    if (http?.does === "request" && isReadable(node, 0) && !namesRequestId(node.arguments)) return "request";
    const isJob = queue?.does === "enqueue" && queue.payload?.length === 1;
    if (isJob && isReadable(node, 1) && node.arguments.length > 1 && !namesRequestId(node.arguments)) return "job";
  }
  return undefined;
}

/** Whether the arguments from one on are written out: objects without a spread, whose headers are written out too. */
function isReadable({ arguments: given }: CallExpression | NewExpression, from: number): boolean {
  return given.every((argument, index) => index < from || isText(argument) || isWritten(argument));
}

function isText({ kind }: Expression): boolean {
  return kind === "literal" || kind === "template" || kind === "binary";
}

function isWritten(node: Expression): boolean {
  if (node.kind !== "object") return false;
  return node.members.every((member) => member.kind === "property" && (!/^(headers|meta|metadata|context)$/.test(member.key) || isWritten(member.value)));
}
