import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { reachedAccess } from "../../src/kit/handlers.js";
import { defineRule } from "../../src/kit/rule.js";
import { routeName, routesIn } from "../../src/kit/routes.js";
import { receiverText } from "../../src/kit/store-uses.js";

interface Options {
  readonly counters: readonly string[];
}

export default defineRule<Options>({
  name: "safe-get",
  section: "api",
  clauses: ["API-4"],
  description: "Forbid writes behind GET and HEAD",
  presets: { recommended: "warn", strict: "error", legacy: "off" },
  messages: { writes: "{{route}} writes (`{{call}}`): caches, prefetchers and retries will repeat it. Make it a POST, or move the write out of the request." },
  optionsSchema: { counters: { type: "array", items: { type: "string" }, description: "Names of functions whose writes are harmless, such as view counters and last-seen marks." } },
  defaultOptions: { counters: [] },
  project: {
    reads: "model",
    *check(model, scope, options) {
      for (const route of routesIn(model, scope)) {
        if ((route.method !== "GET" && route.method !== "HEAD") || !route.handler) continue;
        const write = reachedAccess(model, route.handler.file, route.handler.node).find((access) => access.role === "write" && !isCounter(receiverText(access.call.callee), model.values.index(access.file).functionAround(access.call)?.node.name, options));
        if (write) yield findingAt(model, route.file, route.span, "writes", { route: routeName(route), call: receiverText(write.call.callee) }, { cause: routeName(route), related: [relatedAt(model, write.file, write.call.span, "the write")] });
      }
    },
  },
});

/** Sessions, tokens and audit trails may be written while reading. */
function isCounter(call: string, around: string | undefined, options: Options): boolean {
  const name = around ?? "";
  return options.counters.includes(name) || /(view|visit|hit|count|lastSeen|last_seen|audit|log|session|token|cache)/i.test(`${call} ${name}`);
}
