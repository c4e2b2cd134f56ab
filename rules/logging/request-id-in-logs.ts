import { capabilitiesOf, describe } from "../../src/catalogue/index.js";
import { requestIdNames } from "../../src/catalogue/lexicon/http.js";
import { isBackendCode } from "../../src/kit/backend-files.js";
import { namesIn } from "../../src/kit/handlers.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import type { ProjectModel } from "../../src/model/project-model.js";

/** Packages that bind a request's id to its log lines. */
const binders = new Set(["pino-http", "nestjs-pino", "express-pino-logger", "koa-pino-logger", "hono-pino", "pino-logger", "cls-rtracer", "nestjs-cls", "express-http-context", "cls-hooked", "express-request-id", "@fastify/request-context", "koa-requestid", "dd-trace", "@opentelemetry/instrumentation-pino", "@opentelemetry/instrumentation-winston", "@opentelemetry/auto-instrumentations-node", "nestjs-request-context", "express-correlation-id"]);

export default defineRule({
  name: "request-id-in-logs",
  section: "logging",
  clauses: ["LOG-2"],
  description: "Require the application's logger to be bound to a request or trace id",
  presets: { recommended: "warn", strict: "error", legacy: "off" },
  messages: { unbound: "The lines of this logger carry no request or trace id, so the lines of one request cannot be found again. Bind one: a child logger for each request, pino-http, or an AsyncLocalStorage that the logger reads." },
  optionsSchema: {},
  defaultOptions: {},
  project: {
    reads: "model",
    *check(model, scope) {
      if (model.routes.routes.length === 0 || isBound(model)) return;
      for (const file of scope.files) {
        if (!isBackendCode(model, file)) continue;
        for (const { node } of model.values.index(file).calls) {
          const creates = model.values.of(file, node.callee).some((callee) => callee.kind === "external" && isCreation(callee.provenance));
          if (creates) yield findingAt(model, file, node.span, "unbound", {}, { cause: "logger" });
        }
      }
    },
  },
});

function isCreation(provenance: Parameters<typeof describe>[0]): boolean {
  return describe(provenance)?.log?.does === "create" && capabilitiesOf(provenance.package, provenance.subpath).includes("logger") && provenance.package !== "@nestjs/common";
}

/** Whether anything in the project ties log lines to requests: a package that does, a framework's own logger, an id among the fields. */
function isBound(model: ProjectModel): boolean {
  return model.files.some((file) => {
    if (!isBackendCode(model, file)) return false;
    const facts = model.facts(file);
    if (facts.imports.some(({ specifier }) => specifier !== undefined && (binders.has(specifier) || capabilitiesOf(specifier).includes("request-id") || capabilitiesOf(specifier).includes("telemetry")))) return true;
    if (facts.imports.some(({ specifier }) => specifier === "fastify")) return true;
    return [...namesIn(facts.body)].some((name) => requestIdNames.in(name) || name === "AsyncLocalStorage");
  });
}
