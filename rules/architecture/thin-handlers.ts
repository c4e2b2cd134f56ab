import { workIn } from "../../src/kit/handler-work.js";
import { methodsTold } from "../../src/kit/method-branches.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { isInfrastructure, routeCause, routeName, routesIn } from "../../src/kit/routes.js";
import type { Handler } from "../../src/model/routes/route.js";

interface Options {
  readonly maxComplexity: number;
  readonly maxStatements: number;
  readonly domainWork: "allow" | "report";
  readonly sizeAlone: "allow" | "report";
}

export default defineRule<Options>({
  name: "thin-handlers",
  section: "architecture",
  clauses: ["ARCH-4"],
  description: "Keep business logic out of route handlers",
  presets: { recommended: "warn", strict: ["error", { domainWork: "report", sizeAlone: "report" }], legacy: "off" },
  messages: { fat: "The handler of {{route}} does the work itself: {{found}}. Move it into a service, and leave parsing, one call and the answer here." },
  optionsSchema: {
    maxComplexity: { type: "integer", minimum: 1, description: "The most paths through a handler." },
    maxStatements: { type: "integer", minimum: 1, description: "The most statements of a handler." },
    domainWork: { enum: ["allow", "report"], description: "Whether arithmetic on what a service gave or a client sent, and a change of state, count without a loop, too." },
    sizeAlone: { enum: ["allow", "report"], description: "Whether many paths or statements count where none of them does what a service is for." },
  },
  defaultOptions: { maxComplexity: 5, maxStatements: 15, domainWork: "allow", sizeAlone: "allow" },
  project: {
    reads: "model",
    *check(model, scope, options) {
      const seen = new Map<Handler["node"], Set<string>>();
      for (const route of routesIn(model, scope)) {
        const { handler } = route;
        if (!handler || isInfrastructure(model, route)) continue;
        const judged = seen.get(handler.node) ?? new Set();
        seen.set(handler.node, judged);
        const found = methodsOf(route.method, handler).filter((method) => !judged.has(method)).map((method) => {
          judged.add(method);
          return workIn(model, handler, method, options);
        }).find((work) => work.length > 0);
        if (found) yield findingAt(model, route.file, route.span, "fat", { route: routeName(route), found: found.join(", ") }, { cause: routeCause(model, route) });
      }
    },
  },
});

/** The methods for which a handler does something of its own: that of its route, or those that it tells apart itself; the empty text where it tells none apart. */
function methodsOf(method: string, { node }: Handler): readonly string[] {
  const told = methodsTold(node);
  return told.length === 0 ? [""] : method === "ALL" ? told : [method];
}
