import type { ApiValue, Library } from "../library.js";

const register: ApiValue = { callback: { "0": "request", "1": "response" }, call: "self" };
const verbs = Object.fromEntries(["all", "get", "post", "put", "patch", "delete", "del", "head", "options", "use"].map((verb) => [verb, register]));

const library: Library = {
  package: "express",
  also: ["express-serve-static-core", "@types/express", "@types/express-serve-static-core", "express-promise-router", "ultimate-express", "hyper-express"],
  capabilities: ["web-framework"],
  leaks: { error: ["Request", "Response", "NextFunction", "Router", "Application", "Express", "RequestHandler", "ErrorRequestHandler"] },
  exports: {
    default: { call: "application", members: { Router: { call: "router", new: "router" }, json: { middleware: { role: "body-parser" } }, urlencoded: { middleware: { role: "body-parser" } }, raw: { middleware: { role: "body-parser" } }, text: { middleware: { role: "body-parser" } }, static: { middleware: { role: "static" } }, Request: { new: "request" }, Response: { new: "response" }, Application: { new: "application" }, Express: { new: "application" } } },
    Router: { call: "router", new: "router" },
    json: { middleware: { role: "body-parser" } },
    urlencoded: { middleware: { role: "body-parser" } },
    raw: { middleware: { role: "body-parser" } },
    text: { middleware: { role: "body-parser" } },
    static: { middleware: { role: "static" } },
    Request: { new: "request" },
    Response: { new: "response" },
    Application: { new: "application" },
    Express: { new: "application" },
    IRouter: { new: "router" },
    RequestHandler: { new: { callback: { "0": "request", "1": "response" } } },
  },
  values: {
    application: {
      is: "application",
      members: { ...verbs, route: { call: "router" }, listen: { effect: { makes: "server", opens: true }, call: "node:http#server" }, param: {}, set: {}, locals: {} },
    },
    router: { is: "router", members: { ...verbs, route: { call: "router" }, param: {} } },
    request: { is: "request" },
    response: {
      is: "response",
      members: {
        status: { call: "self" },
        set: { sinks: [{ kind: "header", at: "1" }], call: "self" },
        type: { call: "self" },
        contentType: { call: "self" },
        vary: { call: "self" },
        append: { call: "self" },
        attachment: { call: "self" },
        clearCookie: { call: "self" },
        cookie: { call: "self" },
        header: { sinks: [{ kind: "header", at: "1" }], call: "self" },
        redirect: { sinks: [{ kind: "redirect", at: "last" }] },
        location: { sinks: [{ kind: "redirect", at: "0" }], call: "self" },
        writeHead: { sinks: [{ kind: "redirect", at: "1.Location" }, { kind: "redirect", at: "1.location" }], call: "self" },
        write: { sinks: [{ kind: "html", at: "0" }] },
        end: { sinks: [{ kind: "html", at: "0" }] },
        send: { sinks: [{ kind: "html", at: "0" }] },
        sendFile: { sinks: [{ kind: "path", at: "0" }] },
        download: { sinks: [{ kind: "path", at: "0" }] },
        render: { sinks: [{ kind: "template", at: "0" }] },
        setHeader: { sinks: [{ kind: "header", at: "1" }] },
        locals: {},
      },
    },
  },
};

export default library;
