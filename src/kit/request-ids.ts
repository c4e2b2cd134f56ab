import { oncePer } from "../base/once-per.js";
import { capabilitiesOf, describe } from "../catalogue/index.js";
import { requestIdNames } from "../catalogue/lexicon/http.js";
import type { FileFacts } from "../facts/facts.js";
import type { CallExpression, Expression, NewExpression } from "../facts/syntax.js";
import type { ProjectModel } from "../model/project-model.js";
import { isBackendCode } from "./backend-files.js";
import { namesIn } from "./handlers.js";

/** What ties log lines to requests: nothing, a logger on each request, or something that reaches every line. */
export type IdBinding = "none" | "request" | "every-line";

/** Packages that put a logger with the request's id on each request, and bind no other logger. */
const onRequest = new Set(["fastify", "pino-http", "express-pino-logger", "koa-pino-logger", "hono-pino", "pino-logger"]);
/** Packages that bind a request's id to every line, or hand it out to whatever asks. */
const everywhere = new Set(["nestjs-pino", "cls-rtracer", "nestjs-cls", "express-http-context", "cls-hooked", "express-request-id", "@fastify/request-context", "koa-requestid", "dd-trace", "@opentelemetry/instrumentation-pino", "@opentelemetry/instrumentation-winston", "@opentelemetry/auto-instrumentations-node", "nestjs-request-context", "express-correlation-id"]);

/** How the log lines of a project are tied to requests. */
export const idBindingOf = oncePer((model: ProjectModel): IdBinding => {
  let found: IdBinding = "none";
  for (const file of model.files) {
    const binding = isBackendCode(model, file) ? bindingIn(model.facts(file)) : "none";
    if (binding === "every-line") return binding;
    if (binding === "request") found = binding;
  }
  return found;
});

/** What the code of one file does for it. */
const bindingIn = oncePer(({ imports, body }: FileFacts): IdBinding => {
  const packages = imports.flatMap(({ specifier }) => specifier ?? []);
  const names = namesIn(body);
  if (names.has("AsyncLocalStorage") || packages.some((name) => everywhere.has(name) || (!onRequest.has(name) && isTracer(name)))) return "every-line";
  return packages.some((name) => onRequest.has(name)) || [...names].some((name) => requestIdNames.in(name)) ? "request" : "none";
});

function isTracer(name: string): boolean {
  const capabilities = capabilitiesOf(name);
  return capabilities.includes("request-id") || capabilities.includes("telemetry");
}

/** Whether each request of the project has a logger of its own at hand. */
export const hasRequestLogger = oncePer((model: ProjectModel): boolean => model.files.some((file) => isBackendCode(model, file) && model.facts(file).imports.some(({ specifier }) => specifier !== undefined && onRequest.has(specifier))));

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
