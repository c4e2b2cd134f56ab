import type { ApiValue, Library } from "../library.js";

const register: ApiValue = { callback: { "0": "context" }, call: "self" };
const verbs = Object.fromEntries(["all", "get", "post", "put", "patch", "delete", "head", "options", "on", "use"].map((verb) => [verb, register]));
const exception: ApiValue = { new: { is: "http-exception" } };

const library: Library = {
  package: "hono",
  also: ["@hono/zod-openapi"],
  capabilities: ["web-framework"],
  neutral: ["z"],
  httpExceptions: ["HTTPException"],
  httpStatuses: ["StatusCode", "ContentfulStatusCode"],
  exports: {
    Hono: { new: "application" },
    OpenAPIHono: { new: "application" },
    Context: { new: "context" },
    HonoRequest: { new: "request" },
    HTTPException: exception,
    createRoute: {},
    z: "zod#namespace",
    Handler: { new: { callback: { "0": "context" } } },
    MiddlewareHandler: { new: { callback: { "0": "context" } } },
  },
  subpaths: {
    "/http-exception": { capabilities: ["web-framework", "http-exception"], exports: { HTTPException: exception } },
    "/tiny": { exports: { Hono: { new: "application" } } },
    "/quick": { exports: { Hono: { new: "application" } } },
    "/factory": {
      exports: {
        createFactory: { call: { members: { createApp: { call: "application" }, createMiddleware: { callback: { "0": "context" } }, createHandlers: { callback: { "0": "context" } } } } },
        createMiddleware: { callback: { "0": "context" } },
      },
    },
    "/jwt": { capabilities: ["auth", "token"], exports: { jwt: { middleware: { role: "auth" }, secrets: ["0.secret"] }, sign: { secrets: ["1"] }, verify: { secrets: ["1"] }, decode: {} } },
    "/jwk": { capabilities: ["auth"], exports: { jwk: { middleware: { role: "auth", optionalWhen: [{ at: "0.allow_anon", is: true }] } } } },
    "/bearer-auth": { capabilities: ["auth"], exports: { bearerAuth: { middleware: { role: "auth" }, secrets: ["0.token"] } } },
    "/basic-auth": { capabilities: ["auth"], exports: { basicAuth: { middleware: { role: "auth" }, secrets: ["0.password"] } } },
    "/request-id": { capabilities: ["request-id"], exports: { requestId: { middleware: { role: "request-id" } } } },
    "/logger": { capabilities: ["logger"], exports: { logger: { middleware: { role: "request-log" } } } },
    "/pretty-json": { exports: {} },
    "/cors": { exports: { cors: { middleware: { role: "cors" } } } },
    "/csrf": { exports: { csrf: { middleware: { role: "security-headers" } } } },
    "/secure-headers": { exports: { secureHeaders: { middleware: { role: "security-headers" } } } },
    "/body-limit": { exports: { bodyLimit: { middleware: { role: "body-parser" } } } },
    "/compress": { exports: { compress: { middleware: { role: "compression" } } } },
    "/context-storage": { exports: { contextStorage: { middleware: { role: "context" } }, getContext: { call: "context" } } },
    "/validator": { capabilities: ["validator"], exports: { validator: { middleware: { role: "validation", part: "0" } } } },
    "/cookie": { exports: { getCookie: {}, setCookie: {}, getSignedCookie: { secrets: ["1"] }, setSignedCookie: { secrets: ["3"] } } },
    "/client": { capabilities: ["http-client"], exports: { hc: { call: { is: "http-client" } } } },
    "/adapter": { exports: { env: { settings: { does: "read" } } } },
    "/testing": { capabilities: ["test-tool"], exports: {} },
  },
  values: {
    application: {
      is: "application",
      members: {
        ...verbs,
        route: { call: "self" },
        basePath: { call: "application" },
        mount: { call: "self" },
        openapi: register,
        onError: { callback: { "1": "context" }, middleware: { role: "error-handler" }, call: "self" },
        notFound: register,
        request: {},
        fetch: {},
      },
    },
    context: {
      is: "context",
      members: {
        req: "request",
        redirect: { sinks: [{ kind: "redirect", at: "0" }] },
        html: { sinks: [{ kind: "html", at: "0" }] },
        header: { sinks: [{ kind: "header", at: "1" }] },
        json: { call: "response" },
        text: { call: "response" },
        body: { call: "response" },
        res: "response",
        var: {},
        env: "@cloudflare/workers-types#environment",
      },
    },
    request: { is: "request" },
    response: { is: "response" },
  },
};

export default library;
