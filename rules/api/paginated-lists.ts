import { fieldKey, pageInputs } from "../../src/catalogue/lexicon/http.js";
import { namesIn, reachedAccess } from "../../src/kit/handlers.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { hasStep, isInfrastructure, routeName, routesIn } from "../../src/kit/routes.js";
import type { SyntaxNode } from "../../src/facts/walk.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { Route } from "../../src/model/routes/route.js";

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

/** Whether the handler, its schema or its parameter classes name an input that chooses a page. */
function takesPage(model: ProjectModel, { handler }: Route): boolean {
  if (!handler) return true;
  const names = new Set(namesIn(handler.node.body ?? []));
  for (const parameter of handler.node.parameters) {
    for (const name of namesIn([parameter.target])) names.add(name);
    for (const decorator of parameter.decorators ?? []) if (decorator.value.kind === "call") for (const argument of decorator.value.arguments) if (argument.kind === "literal") names.add(String(argument.value));
    for (const value of parameter.type ? model.values.ofType(handler.file, parameter.type) : []) if (value.kind === "instance") for (const member of value.class.members) if (member.kind === "property") names.add(member.name);
  }
  return [...names].some((name) => pageInputs.has(fieldKey(name)) || /paginat|pageable/i.test(name));
}
