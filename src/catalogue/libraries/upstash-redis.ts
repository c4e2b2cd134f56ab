import type { Library } from "../library.js";

/** Redis over HTTP: nothing is opened. */
const library: Library = {
  package: "@upstash/redis",
  capabilities: ["data-access", "cache"],
  store: { family: "redis", execution: "eager" },
  harmless: ["errors"],
  leaks: { error: ["Redis"] },
  exports: {
    Redis: { new: "ioredis#client", effect: { makes: "client" }, members: { fromEnv: { call: "ioredis#client", effect: { makes: "client" } } } },
  },
};

export default library;
