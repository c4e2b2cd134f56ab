import type { ApiValue, Library } from "../library.js";

const register: ApiValue = { callback: { "0": "context" }, call: "self" };
const verbs = Object.fromEntries(["all", "get", "post", "put", "patch", "delete", "del", "head", "options", "use", "register"].map((verb) => [verb, register]));

const library: Library = {
  package: "koa",
  also: ["@koa/router", "koa-router", "@types/koa", "@types/koa__router", "@types/koa-router", "koa-joi-router", "koa-zod-router", "koa-swagger-decorator", "koa-tree-router"],
  capabilities: ["web-framework"],
  exports: {
    // `koa` and `@koa/router` both export their class as default.
    default: { new: "application", call: "application", secrets: ["0.keys"], members: { Context: { new: "context" }, ParameterizedContext: { new: "context" }, RouterContext: { new: "context" }, Middleware: { new: { callback: { "0": "context" } } }, HttpError: { new: { is: "http-exception" } } } },
    Router: { new: "router" },
    Context: { new: "context" },
    ParameterizedContext: { new: "context" },
    RouterContext: { new: "context" },
    ExtendableContext: { new: "context" },
    Middleware: { new: { callback: { "0": "context" } } },
    HttpError: { new: { is: "http-exception" } },
    Request: { new: "request" },
    Response: { new: "response" },
  },
  httpExceptions: ["HttpError", "default.HttpError"],
  values: {
    application: { is: "application", members: { ...verbs, keys: { secrets: ["0"] }, listen: { effect: { makes: "server", opens: true } }, on: { callback: { "1": "context" } }, prefix: { call: "self" }, routes: {}, allowedMethods: {}, context: {} } },
    router: { is: "router", members: { ...verbs, prefix: { call: "self" }, routes: {}, allowedMethods: {}, param: {} } },
    context: {
      is: "context",
      members: {
        request: "request",
        response: "response",
        redirect: { sinks: [{ kind: "redirect", at: "0" }] },
        throw: { call: { is: "http-exception" } },
        set: { sinks: [{ kind: "header", at: "1" }] },
        render: { sinks: [{ kind: "template", at: "0" }] },
        state: {},
        cookies: {},
      },
    },
    request: { is: "request" },
    response: { is: "response" },
  },
};

export default library;
