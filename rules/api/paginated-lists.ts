import { fieldKey, filterInputs, sortInputs } from "../../src/catalogue/lexicon/http.js";
import { isPageInput, namesIn, takesPage } from "../../src/kit/handlers.js";
import { isOpenList } from "../../src/kit/open-lists.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { operationsIn, type ReachedFunction, reachedFunctions } from "../../src/kit/reach.js";
import { defineRule } from "../../src/kit/rule.js";
import { hasStep, isInfrastructure, routeName, routesIn } from "../../src/kit/routes.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { Handler, Route } from "../../src/model/routes/route.js";

interface Options {
  readonly sortAndFilter: "allow" | "report";
}

export default defineRule<Options>({
  name: "paginated-lists",
  section: "api",
  clauses: ["API-5"],
  description: "Require pages on routes that return lists",
  presets: { recommended: "warn", strict: ["error", { sortAndFilter: "report" }], legacy: "off" },
  messages: {
    noPage: "{{route}} returns a list and takes no page, limit or cursor, so the answer grows with the table. Take a limit with a maximum and a cursor or page, and hand them to the query.",
    noSort: "{{route}} pages its list, and clients can neither sort nor filter it, so they have to read all pages to find one thing. Take a sort and a filter input with a closed set of fields.",
  },
  optionsSchema: { sortAndFilter: { enum: ["allow", "report"], description: "Whether lists that are paged must take a sort or filter input as well." } },
  defaultOptions: { sortAndFilter: "allow" },
  project: {
    reads: "model",
    *check(model, scope, options) {
      for (const route of routesIn(model, scope)) {
        if (!isListRoute(model, route) || !route.handler) continue;
        const functions = reachedFunctions(model, route.handler.file, route.handler.node);
        const list = functions.flatMap((reached) => operationsIn(model, reached).map((operation) => ({ reached, operation }))).find(({ operation }) => operation.role === "list" && !operation.single);
        if (!list) continue;
        const paged = takesPage(model, route) || hasStep(route, "pagination") || functions.some(mentionsPage);
        const place = { cause: routeName(route), related: [relatedAt(model, list.operation.file, list.operation.span, "the list is read here")] };
        if (!paged && isOpenList(model, list.operation.file, list.operation)) yield findingAt(model, route.file, route.span, "noPage", { route: routeName(route) }, place);
        if (paged && options.sortAndFilter === "report" && !isChosen(route.handler, functions)) yield findingAt(model, route.file, route.span, "noSort", { route: routeName(route) }, place);
      }
    },
  },
});

/** A GET route that names no single resource. */
function isListRoute(model: ProjectModel, route: Route): boolean {
  return route.method === "GET" && !/\/[:*][^/]*$/.test(route.path) && !isInfrastructure(model, route);
}

/** A service that is given the whole query picks the page out of it. */
function mentionsPage({ node }: ReachedFunction): boolean {
  return [...namesIn([...node.parameters.map(({ target }) => target), ...(node.body ?? [])])].some(isPageInput);
}

function isChosen(handler: Handler, functions: readonly ReachedFunction[]): boolean {
  const names = [...handler.node.parameters.map(({ target }) => target), ...functions.flatMap(({ node }) => node.body ?? [])];
  return [...namesIn(names)].some((name) => sortInputs.has(fieldKey(name)) || (filterInputs.has(fieldKey(name)) && name !== "query" && name !== "where"));
}
