import { namesIn, reachedAccess, takesPage } from "../../src/kit/handlers.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { hasStep, isInfrastructure, routeName, routesIn } from "../../src/kit/routes.js";
import type { SyntaxNode } from "../../src/facts/walk.js";

export default defineRule({
  name: "paginated-lists",
  section: "api",
  clauses: ["API-5"],
  description: "Require pages on routes that return lists",
  presets: { recommended: "warn", strict: "error", legacy: "off" },
  messages: { noPage: "{{route}} returns a list and takes no page, limit or cursor, so the answer grows with the table. Take a limit with a maximum and a cursor or page, and hand them to the query." },
  optionsSchema: {},
  defaultOptions: {},
  project: {
    reads: "model",
    *check(model, scope) {
      for (const route of routesIn(model, scope)) {
        if (route.method !== "GET" || !route.handler || /\/[:*][^/]*$/.test(route.path) || isInfrastructure(model, route) || hasStep(route, "pagination")) continue;
        const list = reachedAccess(model, route.handler.file, route.handler.node).find((access) => access.role === "list" && !access.bounded && !hasLimit(access.call));
        if (list && !takesPage(model, route)) yield findingAt(model, route.file, route.span, "noPage", { route: routeName(route) }, { cause: routeName(route), related: [relatedAt(model, list.file, list.call.span, "the list is read here")] });
      }
    },
  },
});

/** A query whose options or chain say how many: whatever bounds it, the route does not return the table. */
function hasLimit(call: SyntaxNode): boolean {
  return [...namesIn([call])].some((name) => /^(take|limit|first|top|pageSize|perPage|offset|skip|cursor)$/.test(name));
}
