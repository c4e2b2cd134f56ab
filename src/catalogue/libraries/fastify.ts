import type { ApiValue, Library } from "../library.js";

const hooks = Object.fromEntries(["handler", "preHandler", "onRequest", "preValidation", "preParsing", "preSerialization", "onSend", "onResponse"].flatMap((name) => [[`${name}:0`, "request"], [`${name}:1`, "reply"]] as const));
const register: ApiValue = { callback: { "0": "request", "1": "reply", ...hooks }, call: "self" };
const verbs = Object.fromEntries(["all", "get", "post", "put", "patch", "delete", "head", "options", "route", "search"].map((verb) => [verb, register]));
/** Plugins are typed by their options: `FastifyPluginAsync<{ users: UserService }>`. */
const options = { "1": 0 };
const plugin: ApiValue = { new: { callback: { "0": "application" }, parameterTypes: options } };

const library: Library = {
  package: "fastify",
  capabilities: ["web-framework"],
  // Plugins are also how Fastify wires what has nothing to do with HTTP.
  neutral: ["FastifyInstance", "FastifyPlugin*", "FastifyBaseLogger", "FastifyLoggerInstance"],
  exports: {
    default: { call: "application" },
    fastify: { call: "application" },
    FastifyInstance: { new: "application" },
    FastifyRequest: { new: "request" },
    FastifyReply: { new: "reply" },
    FastifyBaseLogger: { new: "pino#logger" },
    FastifyPluginAsync: plugin,
    FastifyPluginCallback: plugin,
    FastifyPlugin: plugin,
    RouteOptions: { new: { callback: hooks } },
    RouteShorthandOptions: { new: { callback: hooks } },
    RouteShorthandOptionsWithHandler: { new: { callback: hooks } },
  },
  values: {
    application: {
      is: "application",
      members: {
        ...verbs,
        register: { callback: { "0": "application" }, call: "self" },
        addHook: { callback: { "0": "request", "1": "reply" }, call: "self" },
        setErrorHandler: { callback: { "1": "request", "2": "reply" }, middleware: { role: "error-handler" }, call: "self" },
        setNotFoundHandler: { callback: { "0": "request", "1": "reply" }, call: "self" },
        withTypeProvider: { call: "self" },
        listen: { effect: { makes: "server", opens: true } },
        log: "pino#logger",
        decorate: { call: "self" },
        decorateRequest: { call: "self" },
        decorateReply: { call: "self" },
        server: "node:http#server",
        inject: {},
        // What the plugins of data access put there.
        pg: { is: "client", like: ["pg#pool"], members: { transact: { store: { role: "transaction", execution: "eager", body: ["0"] }, callback: { "0": "pg#connection" } } } },
        mysql: { is: "client", like: ["mysql2#pool"] },
        mongo: { members: { db: "mongodb#database", client: "mongodb#client" } },
        knex: "knex#client",
        orm: "typeorm#client",
      },
    },
    request: { is: "request", members: { log: "pino#logger", server: "application" } },
    reply: {
      is: "response",
      members: {
        log: "pino#logger",
        status: { call: "self" },
        code: { call: "self" },
        header: { call: "self", sinks: [{ kind: "header", at: "1" }] },
        headers: { call: "self" },
        type: { call: "self" },
        redirect: { sinks: [{ kind: "redirect", at: "0" }] },
        send: { call: "self" },
        sendFile: { sinks: [{ kind: "path", at: "0" }] },
        view: { sinks: [{ kind: "template", at: "0" }] },
      },
    },
  },
};

const wrapper: Library = {
  package: "fastify-plugin",
  capabilities: ["utility"],
  exports: { default: { callback: { "0": "fastify#application" }, parameterTypes: options } },
};

export default [library, wrapper];
