import { workIn } from "../../src/kit/handler-work.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { isInfrastructure, routeCause, routeName, routesIn } from "../../src/kit/routes.js";
import type { Handler } from "../../src/model/routes/route.js";

interface Options {
  readonly maxComplexity: number;
  readonly maxStatements: number;
  readonly domainWork: "allow" | "report";
}

export default defineRule<Options>({
  name: "thin-handlers",
  section: "architecture",
  clauses: ["ARCH-4"],
  description: "Keep business logic out of route handlers",
  presets: { recommended: "warn", strict: ["error", { domainWork: "report" }], legacy: "off" },
  messages: { fat: "The handler of {{route}} does the work itself: {{found}}. Move it into a service, and leave parsing, one call and the answer here." },
  optionsSchema: {
    maxComplexity: { type: "integer", minimum: 1, description: "The most paths through a handler." },
    maxStatements: { type: "integer", minimum: 1, description: "The most statements of a handler." },
    domainWork: { enum: ["allow", "report"], description: "Whether arithmetic on what a service gave or a client sent, and a change of state, count without a loop, too." },
  },
  defaultOptions: { maxComplexity: 5, maxStatements: 15, domainWork: "allow" },
  project: {
    reads: "model",
    *check(model, scope, options) {
      const seen = new Set<Handler["node"]>();
      for (const route of routesIn(model, scope)) {
        const { handler } = route;
        if (!handler || seen.has(handler.node) || isInfrastructure(model, route)) continue;
        seen.add(handler.node);
        const found = workIn(model, handler, options);
        if (found.length > 0) yield findingAt(model, route.file, route.span, "fat", { route: routeName(route), found: found.join(", ") }, { cause: routeCause(model, route) });
      }
    },
  },
});
