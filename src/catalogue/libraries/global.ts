import type { Library } from "../library.js";

/** Names that nothing declares: the language's and the runtime's own. */
const library: Library = {
  package: "global",
  capabilities: [],
  exports: {
    console: "node:console#console",
    fetch: { http: { does: "request", url: ["0"], body: ["1.body"], headers: ["1.headers"] }, sinks: [{ kind: "url", at: "0" }] },
    eval: { sinks: [{ kind: "code", at: "0" }] },
    Function: { new: {}, sinks: [{ kind: "code", at: "last" }] },
    require: { sinks: [{ kind: "path", at: "0" }] },
    RegExp: { new: {}, sinks: [{ kind: "regexp", at: "0" }] },
    setInterval: { effect: { makes: "timer", opens: true }, sinks: [{ kind: "code", at: "0" }] },
    setTimeout: { effect: { makes: "timer", opens: true }, sinks: [{ kind: "code", at: "0" }] },
    WebSocket: { new: {}, effect: { makes: "connection", opens: true }, sinks: [{ kind: "url", at: "0" }] },
    EventSource: { new: {}, effect: { makes: "connection", opens: true }, sinks: [{ kind: "url", at: "0" }] },
    Request: { new: { is: "request" } },
    Response: { new: { is: "response" }, members: { redirect: { sinks: [{ kind: "redirect", at: "0" }] } } },
    crypto: { members: { subtle: { members: { importKey: { secrets: ["1"] } } } } },
    // Types that the settings of a worker declare for all its files.
    MessageBatch: { new: "@cloudflare/workers-types#batch" },
    ScheduledController: { new: "@cloudflare/workers-types#schedule" },
    D1Database: { new: "@cloudflare/workers-types#database" },
    D1DatabaseSession: { new: "@cloudflare/workers-types#database" },
    D1PreparedStatement: { new: "@cloudflare/workers-types#prepared" },
    Env: { new: "@cloudflare/workers-types#environment" },
    CloudflareEnv: { new: "@cloudflare/workers-types#environment" },
    CloudflareBindings: { new: "@cloudflare/workers-types#environment" },
    Cloudflare: { members: { Env: { new: "@cloudflare/workers-types#environment" } } },
    process: {
      members: {
        stdout: { members: { write: { log: { does: "write", level: "info", shape: "any" } } } },
        stderr: { members: { write: { log: { does: "write", level: "error", shape: "any" } } } },
      },
    },
  },
};

export default library;
