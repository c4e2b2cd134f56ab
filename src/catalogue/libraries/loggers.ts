import type { LogLevel, LogShape } from "../concerns.js";
import type { ApiReference, ApiValue, Library } from "../library.js";

/** The methods that write, by their level. */
function writes(shape: LogShape, levels: Readonly<Record<string, LogLevel>>): Record<string, ApiReference> {
  return Object.fromEntries(Object.entries(levels).map(([name, level]) => [name, { log: { does: "write" as const, level, shape }, call: "self" }]));
}

const usual = { trace: "trace", debug: "debug", info: "info", warn: "warn", error: "error", fatal: "fatal" } as const;
const child: ApiValue = { log: { does: "child", fields: "0" }, call: "logger" };
const fields = (at: "0" | "1" | "0+" = "0"): ApiValue => ({ log: { does: "fields", fields: at }, call: "self" });
const report = (...data: readonly ("0" | "1" | "0+")[]): ApiValue => ({ log: { does: "report", data } });

const bunyan: Library = {
  package: "bunyan",
  capabilities: ["logger"],
  exports: { default: { like: ["exports"], new: "logger" }, createLogger: { call: "logger", log: { does: "create", options: "0", redaction: ["serializers"], errorKey: "err" } }, Logger: { new: "logger" } },
  values: {
    exports: { members: { createLogger: { call: "logger", log: { does: "create", options: "0", redaction: ["serializers"], errorKey: "err" } }, Logger: { new: "logger" } } },
    logger: { is: "logger", members: { ...writes("fields-message", usual), child, addStream: {}, level: {} } },
  },
};

const consolaLevels = { log: "info", info: "info", success: "info", start: "info", ready: "info", box: "info", fail: "error", warn: "warn", error: "error", fatal: "fatal", debug: "debug", trace: "trace", verbose: "trace" } as const;
const consola: Library = {
  package: "consola",
  also: ["consola/basic"],
  capabilities: ["logger"],
  exports: { default: "logger", consola: "logger", createConsola: { call: "logger", log: { does: "create", options: "0", redaction: ["reporters"] } }, ConsolaInstance: { new: "logger" } },
  values: { logger: { is: "logger", members: { ...writes("message-fields", consolaLevels), withTag: { call: "logger" }, withDefaults: { call: "logger" }, create: { call: "logger" }, level: {} } } },
};

const log4js: Library = {
  package: "log4js",
  capabilities: ["logger"],
  exports: { default: { like: ["exports"] }, getLogger: { call: "logger" }, configure: { log: { does: "create", options: "0", redaction: ["layouts"] } }, Logger: { new: "logger" } },
  values: {
    exports: { members: { getLogger: { call: "logger" }, configure: { log: { does: "create", options: "0", redaction: ["layouts"] } } } },
    logger: { is: "logger", members: { ...writes("format", { ...usual, mark: "info" }), log: { log: { does: "write", level: "info", shape: "level-first" } }, addContext: fields("1"), level: {} } },
  },
};

const signaleLevels = { await: "info", complete: "info", debug: "debug", error: "error", fatal: "fatal", fav: "info", info: "info", log: "info", note: "info", pause: "info", pending: "info", star: "info", start: "info", success: "info", wait: "info", warn: "warn", watch: "info" } as const;
const signale: Library = {
  package: "signale",
  also: ["signales"],
  capabilities: ["logger"],
  exports: { default: "logger", Signale: { new: "logger", log: { does: "create", options: "0", redaction: ["secrets"] } } },
  values: { logger: { is: "logger", members: { ...writes("format", signaleLevels), scope: { call: "logger" }, config: {}, Signale: { new: "logger", log: { does: "create", options: "0", redaction: ["secrets"] } } } } },
};

const tslog: Library = {
  package: "tslog",
  capabilities: ["logger"],
  exports: { Logger: { new: "logger", log: { does: "create", options: "0", redaction: ["maskValuesOfKeys", "maskValuesRegEx", "maskPlaceholder"] } }, BaseLogger: { new: "logger" } },
  values: { logger: { is: "logger", members: { ...writes("any", { silly: "trace", ...usual }), log: { log: { does: "write", level: "info", shape: "any" } }, getSubLogger: { call: "logger", log: { does: "child", fields: "0+" } }, getChildLogger: { call: "logger" }, attachTransport: {} } } },
};

const loglevel: Library = {
  package: "loglevel",
  capabilities: ["logger"],
  exports: { default: "logger", getLogger: { call: "logger" }, Logger: { new: "logger" } },
  values: { logger: { is: "logger", members: { ...writes("any", { ...usual, log: "debug" }), getLogger: { call: "logger" }, setLevel: {} } } },
};

const roarrLevels = { ...usual, traceOnce: "trace", debugOnce: "debug", infoOnce: "info", warnOnce: "warn", errorOnce: "error", fatalOnce: "fatal" } as const;
const roarr: Library = {
  package: "roarr",
  capabilities: ["logger"],
  exports: { Roarr: "logger", ROARR: {}, default: "logger", Logger: { new: "logger" } },
  values: { logger: { is: "logger", log: { does: "write", level: "info", shape: "fields-message" }, members: { ...writes("fields-message", roarrLevels), child, adopt: {}, getContext: {} } } },
};

const loglayer: Library = {
  package: "loglayer",
  also: ["@loglayer/*"],
  capabilities: ["logger"],
  exports: { LogLayer: { new: "logger", log: { does: "create", options: "0", redaction: ["plugins"] } }, ILogLayer: { new: "logger" } },
  values: {
    logger: {
      is: "logger",
      members: { ...writes("fluent", usual), withMetadata: fields(), withContext: fields(), withError: fields(), metadataOnly: { log: { does: "write", level: "info", shape: "any" } }, errorOnly: { log: { does: "write", level: "error", shape: "any" } }, child: { call: "logger" }, withPrefix: { call: "self" } },
    },
  },
};

const debug: Library = {
  package: "debug",
  capabilities: ["logger"],
  exports: { default: { call: "logger", members: { debug: { call: "logger" } } }, debug: { call: "logger" } },
  values: { logger: { is: "logger", log: { does: "write", level: "debug", shape: "format" }, members: { extend: { call: "logger" }, enabled: {} } } },
};

const npmlogLevels = { silly: "trace", verbose: "debug", info: "info", http: "info", notice: "info", warn: "warn", error: "error" } as const;
const npmlog: Library = {
  package: "npmlog",
  capabilities: ["logger"],
  exports: { default: "logger", ...writes("prefix-message", npmlogLevels) },
  values: { logger: { is: "logger", members: { ...writes("prefix-message", npmlogLevels), log: { log: { does: "write", level: "info", shape: "level-first" } } } } },
};

const powertools: Library = {
  package: "@aws-lambda-powertools/logger",
  capabilities: ["logger"],
  exports: { Logger: { new: "logger", log: { does: "create", options: "0", redaction: ["logFormatter", "jsonReplacerFn"], errorKey: "error" } }, injectLambdaContext: { middleware: { role: "context" } } },
  values: {
    logger: {
      is: "logger",
      members: { ...writes("message-fields", { ...usual, critical: "fatal" }), appendKeys: fields(), appendPersistentKeys: fields(), addContext: fields(), logEventIfEnabled: { log: { does: "write", level: "info", shape: "any" } }, createChild: { call: "logger", log: { does: "child", fields: "0" } }, injectLambdaContext: {} },
    },
  },
};

/** Middleware that gives each request a logger. */
const pinoHttp: Library = {
  package: "pino-http",
  also: ["express-pino-logger", "koa-pino-logger", "hono-pino", "hapi-pino"],
  capabilities: ["logger", "request-id"],
  exports: {
    default: { middleware: { role: "request-log" }, log: { does: "create", options: "0", redaction: ["redact", "serializers"], errorKey: "err" }, call: { members: { logger: "pino#logger" } } },
    pinoHttp: { middleware: { role: "request-log" }, log: { does: "create", options: "0", redaction: ["redact", "serializers"], errorKey: "err" }, call: { members: { logger: "pino#logger" } } },
    pinoLogger: { middleware: { role: "request-log" }, log: { does: "create", options: "0", redaction: ["redact"] } },
    PinoLogger: { new: "pino#logger" },
  },
};

const logtape: Library = {
  package: "@logtape/logtape",
  capabilities: ["logger"],
  exports: { getLogger: { call: "logger" }, configure: { log: { does: "create", options: "0", redaction: ["sinks"] } } },
  values: { logger: { is: "logger", members: { ...writes("message-fields", usual), getChild: { call: "logger" }, with: child } } },
};

/** Services that keep what they are told: error trackers and traces. */
const sentryExports: Record<string, ApiReference> = {
  init: { log: { does: "create", options: "0", redaction: ["beforeSend", "beforeBreadcrumb", "beforeSendTransaction"] } },
  captureException: report("0", "1"),
  captureMessage: report("0", "1"),
  captureEvent: report("0"),
  addBreadcrumb: report("0"),
  setUser: report("0"),
  setExtra: report("1"),
  setExtras: report("0"),
  setTag: report("1"),
  setTags: report("0"),
  setContext: report("1"),
  getCurrentScope: { call: "scope" },
  withScope: { callback: { "0": "scope" } },
  Handlers: { members: { requestHandler: { middleware: { role: "context" } }, errorHandler: { middleware: { role: "error-handler" } } } },
  setupExpressErrorHandler: { middleware: { role: "error-handler" } },
};

/** A client that is the default export, and whose members may be exports as well. */
const client = (members: Record<string, ApiReference>): Record<string, ApiReference> => ({ ...members, default: { members } });
const activeSpan: ApiValue = { call: "span", callback: { "0": "span" } };
const insights: ApiValue = { members: Object.fromEntries(["trackEvent", "trackTrace", "trackException", "trackRequest", "trackDependency"].map((name) => [name, report("0")])) };
const datadog: Record<string, ApiReference> = { startSpan: activeSpan, trace: activeSpan, scope: { call: { members: { active: { call: "span" } } } }, setUser: report("0") };

const libraries: readonly Library[] = [
  bunyan,
  consola,
  log4js,
  signale,
  tslog,
  loglevel,
  roarr,
  loglayer,
  debug,
  npmlog,
  powertools,
  pinoHttp,
  logtape,
  { package: "morgan", also: ["koa-logger", "koa-morgan", "express-winston"], capabilities: ["logger"], exports: { default: { middleware: { role: "request-log" } }, logger: { middleware: { role: "request-log" } }, errorLogger: { middleware: { role: "request-log" } } } },
  { package: "diary", also: ["adze", "fancy-log", "log-update", "electron-log", "lambda-log", "ts-log", "winston-daily-rotate-file", "winston-transport", "@crowlog/*", "@google-cloud/logging", "@google-cloud/logging-winston", "pino-pretty", "pino-loki", "pino-abstract-transport", "@logtail/pino", "@logtail/winston", "@logtail/*"], capabilities: ["logger"] },
  { package: "@logtail/node", also: ["@logtail/edge", "@logtail/js"], capabilities: ["logger"], exports: { Logtail: { new: "logger", credentials: ["0"] } }, values: { logger: { is: "logger", members: { ...writes("message-fields", usual), log: { log: { does: "write", level: "info", shape: "message-fields" } } } } } },
  { package: "fast-redact", also: ["@pinojs/redact", "slow-redact", "redact-secrets", "deep-redact", "@hackylabs/deep-redact", "winston-redact", "@zapier/secret-scrubber", "maskdata"], capabilities: ["log-redaction"] },
  {
    package: "@sentry/node",
    also: ["@sentry/nestjs", "@sentry/core", "@sentry/nextjs", "@sentry/aws-serverless", "@sentry/bun", "@sentry/deno", "@sentry/*"],
    capabilities: ["error-tracking", "telemetry"],
    exports: { ...sentryExports, default: { members: sentryExports } },
    values: { scope: { members: { setUser: report("0"), setExtra: report("1"), setExtras: report("0"), setTag: report("1"), setTags: report("0"), setContext: report("1"), captureException: report("0") } } },
  },
  { package: "rollbar", also: ["@bugsnag/js", "@bugsnag/*", "@honeybadger-io/js", "@airbrake/node", "posthog-node"], capabilities: ["error-tracking"], exports: { default: { new: "client", like: ["client"] } }, values: { client: { members: { notify: report("0", "1"), error: report("0+"), warning: report("0+"), info: report("0+"), capture: report("0"), captureException: report("0", "1"), leaveBreadcrumb: report("0", "1") } } } },
  { package: "dd-trace", capabilities: ["telemetry"], exports: client({ ...datadog, init: { call: { members: datadog } }, tracer: { members: datadog } }), values: { span: { members: { setTag: report("1"), addTags: report("0"), log: report("0") } } } },
  { package: "newrelic", capabilities: ["telemetry"], exports: client({ addCustomAttribute: report("1"), addCustomAttributes: report("0"), noticeError: report("0", "1"), recordCustomEvent: report("1"), recordLogEvent: report("0") }) },
  { package: "elastic-apm-node", capabilities: ["telemetry"], exports: client({ setUserContext: report("0"), setCustomContext: report("0"), setLabel: report("1"), addLabels: report("0"), captureError: report("0", "1") }) },
  { package: "applicationinsights", capabilities: ["telemetry"], exports: client({ defaultClient: insights, TelemetryClient: { new: insights } }) },
  {
    package: "@opentelemetry/api",
    capabilities: ["telemetry"],
    exports: { trace: { members: { getActiveSpan: { call: "span" }, getTracer: { call: { members: { startSpan: { call: "span" }, startActiveSpan: { callback: { "0": "span" } } } } } } }, Span: { new: "span" } },
    values: { span: { members: { setAttribute: report("1"), setAttributes: report("0"), addEvent: report("1"), recordException: report("0"), setStatus: report("0") } } },
  },
];

export default libraries;
