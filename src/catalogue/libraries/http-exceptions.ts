import { adonisEnvironment } from "./settings.js";
import type { ApiReference, ApiValue, Library } from "../library.js";

/** A schema that lets everything through. */
const anything: ApiValue = { schema: { makes: "any", unknownKeys: "keep" } };
const made: ApiReference = { call: { is: "http-exception" }, new: { is: "http-exception" }, others: { call: { is: "http-exception" }, new: { is: "http-exception" } } };

const adonisRefusal: ApiReference = { middleware: { role: "auth", direct: true } };
/** https://docs.adonisjs.com/guides/authentication: `authenticate` throws for who is not known, `check` only says it. */
const adonisGuard = { authenticate: adonisRefusal, authenticateUsing: adonisRefusal, getUserOrFail: adonisRefusal, check: {}, user: {} };

/** Packages whose exceptions or constants are those of HTTP. */
const libraries: readonly Library[] = [
  { package: "http-errors", also: ["http-errors-enhanced"], capabilities: ["http-exception", "error"], httpExceptions: ["*"], exports: { default: made, createError: made, HttpError: made } },
  { package: "@hapi/boom", also: ["boom"], capabilities: ["http-exception", "error"], httpExceptions: ["*"], exports: { default: made, Boom: made, badRequest: made, unauthorized: made, forbidden: made, notFound: made, conflict: made, internal: made } },
  { package: "egg-errors", also: ["@eggjs/errors"], capabilities: ["http-exception", "error"], httpExceptions: ["*"] },
  // Egg hands its exceptions on (https://github.com/eggjs/egg).
  { package: "egg", capabilities: [], subpaths: { "/errors": { capabilities: ["http-exception", "error"] } } },
  { package: "ts-httpexceptions", also: ["@tsed/exceptions"], capabilities: ["http-exception", "error"], httpExceptions: ["*"] },
  { package: "http-status", also: ["http-status-codes", "statuses", "@poppinss/http-status"], capabilities: ["http-status"], httpStatuses: ["*"], exports: { default: { is: "http-status" }, StatusCodes: { is: "http-status" }, ReasonPhrases: { is: "http-status" } } },
  {
    package: "h3",
    also: ["nitropack", "nitro"],
    capabilities: ["web-framework", "http-exception"],
    httpExceptions: ["createError", "H3Error", "HTTPError"],
    exports: {
      createError: made,
      H3Error: made,
      useSession: { secrets: ["1.password"] },
      getSession: { secrets: ["1.password"] },
      HTTPError: made,
      H3Event: { new: "event" },
      H3: { new: { is: "application" } },
      createApp: { call: { is: "application" } },
      createRouter: { call: { is: "router" } },
      eventHandler: { callback: { "0": "event" } },
      defineEventHandler: { callback: { "0": "event" } },
      defineHandler: { callback: { "0": "event" } },
      sendRedirect: { sinks: [{ kind: "redirect", at: "1" }] },
    },
    values: { event: { is: "context", members: { context: {} } } },
  },
  {
    package: "@trpc/server",
    capabilities: ["web-framework", "rpc", "http-exception"],
    httpExceptions: ["TRPCError"],
    exports: { TRPCError: made, initTRPC: {} },
  },
  { package: "@orpc/server", also: ["@orpc/contract", "@orpc/openapi"], capabilities: ["web-framework", "rpc", "http-exception"], httpExceptions: ["ORPCError"], exports: { ORPCError: made, type: { schema: { makes: "any", unchecked: true }, call: {} } } },
  {
    package: "routing-controllers",
    capabilities: ["web-framework", "http-exception"],
    httpExceptions: ["HttpError", "BadRequestError", "ForbiddenError", "InternalServerError", "MethodNotAllowedError", "NotAcceptableError", "NotFoundError", "UnauthorizedError", "UnprocessableEntityError"],
    exports: Object.fromEntries(["HttpError", "BadRequestError", "ForbiddenError", "InternalServerError", "MethodNotAllowedError", "NotAcceptableError", "NotFoundError", "UnauthorizedError", "UnprocessableEntityError"].map((name) => [name, made])),
  },
  {
    package: "@fastify/sensible",
    capabilities: ["web-framework", "http-exception"],
    httpExceptions: ["httpErrors"],
    exports: { httpErrors: made },
  },
  { package: "@fastify/error", capabilities: ["error"], exports: { default: {}, createError: {} } },
  { package: "@middy/util", capabilities: ["http-exception"], httpExceptions: ["createError", "HttpError"], exports: { createError: made, HttpError: made } },
  {
    package: "@adonisjs/core",
    also: ["@adonisjs/http-server", "@adonisjs/*"],
    capabilities: ["web-framework"],
    httpExceptions: ["Exception", "HttpException"],
    neutral: ["inject", "errors"],
    exports: { HttpContext: { new: { is: "context", members: { request: { is: "request" }, response: { is: "response", members: { redirect: { sinks: [{ kind: "redirect", at: "0" }], call: { members: { toPath: { sinks: [{ kind: "redirect", at: "0" }] } } } } } }, params: {}, auth: { members: { ...adonisGuard, use: { call: { members: adonisGuard } } } } } } } },
    // What the container offers to every layer.
    subpaths: { "/env": { capabilities: ["settings"], exports: adonisEnvironment }, ...Object.fromEntries(["services/app", "services/hash", "services/emitter", "services/logger", "services/config", "services/encryption", "services/drive", "services/mail", "helpers", "helpers/string", "container", "logger", "hash", "events", "types", "types/container", "types/app", "types/events", "types/logger", "types/hash"].map((path) => [`/${path}`, { capabilities: [] }])) },
  },
  { package: "@adonisjs/bouncer", also: ["@adonisjs/auth"], capabilities: ["auth"] },
  { package: "@adonisjs/mail", capabilities: ["mail"] },
  { package: "@adonisjs/drive", capabilities: ["storage"] },
  { package: "@adonisjs/redis", capabilities: ["cache"] },
  { package: "@adonisjs/i18n", capabilities: ["utility"] },
  { package: "elysia", also: ["@elysiajs/*", "@elysia/*"], capabilities: ["web-framework", "http-exception"], httpExceptions: ["NotFoundError", "InternalServerError", "ParseError", "status", "error"], exports: { t: { members: { Any: anything, Unknown: anything } }, Elysia: { new: { is: "application" }, secrets: ["0.cookie.secrets"] }, default: { new: { is: "application" }, secrets: ["0.cookie.secrets"] }, NotFoundError: made, InternalServerError: made, status: made, error: made } },
];

export default libraries;
