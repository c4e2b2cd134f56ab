import type { RuleFinding } from "../../src/base/finding.js";
import { fieldKey, filterInputs, sortInputs } from "../../src/catalogue/lexicon/http.js";
import { isChosenBy, isGrowing } from "../../src/kit/lists/growing-lists.js";
import { inputNames, namesIn } from "../../src/kit/routes/handlers.js";
import { mentionsPage, takesPage } from "../../src/kit/lists/page-inputs.js";
import { asksForHead, isCutShort } from "../../src/kit/lists/cut-lists.js";
import { isListRoute } from "../../src/kit/lists/list-routes.js";
import { isOpenList } from "../../src/kit/lists/open-lists.js";
import { type Habit, toldOnce } from "../../src/kit/habits.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { type ReachedFunction, reachedFunctions } from "../../src/kit/routes/reach.js";
import { returnedLists } from "../../src/kit/lists/returned-lists.js";
import { causeOfLimit, uncappedLimits } from "../../src/kit/lists/uncapped-lists.js";
import { defineRule } from "../../src/kit/rule.js";
import { hasStep, routeName, routesOf } from "../../src/kit/routes/routes.js";
import type { StoreOperation } from "../../src/model/data/data-access.js";
import type { PackageUnit, ProjectModel } from "../../src/model/project-model.js";
import type { Route } from "../../src/model/routes/route.js";

interface Options {
  readonly sortAndFilter: "allow" | "report";
  readonly fewByNature: "allow" | "report";
  readonly each: boolean;
}

export default defineRule<Options>({
  name: "paginated-lists",
  section: "api",
  clauses: ["API-5"],
  description: "Require pages on routes that return lists",
  presets: { recommended: "warn", strict: ["error", { sortAndFilter: "report", fewByNature: "report", each: true }], legacy: "off" },
  messages: {
    noPage: "{{route}} returns a list and takes no page, limit or cursor, so the answer grows with the table. Take a limit with a maximum and a cursor or page, and hand them to the query.",
    noMaximum: "{{route}} returns a list, and `{{source}}` says how many rows of it, with no maximum: one request can read the whole table. Give its schema a maximum, or clamp it (`Math.min({{source}}, 100)`).",
    spread: "{{count}} files have routes that return lists and take no page, limit or cursor, first {{route}} (then {{others}}), so the answers grow with the tables. Share one schema of a page, with a maximum, and one helper that hands it to the query.",
    cutShort: "{{route}} returns no more rows of its list than the code says, and takes no page, limit or cursor, so callers never come to the rest. Take a limit with a maximum and a cursor or page, and hand them to the query.",
    noSort: "{{route}} pages its list, and clients can neither sort nor filter it, so they have to read all pages to find one thing. Take a sort and a filter input with a closed set of fields.",
  },
  optionsSchema: {
    sortAndFilter: { enum: ["allow", "report"], description: "Whether lists that are paged must take a sort or filter input as well." },
    fewByNature: { enum: ["allow", "report"], description: "Whether lists that nothing shows to grow with use (settings, roles, categories, what belongs to one parent) must be paged as well." },
    each: { type: "boolean", description: "Report each route where more than ten files of a package have lists without a page, and not only the first." },
  },
  defaultOptions: { sortAndFilter: "allow", fewByNature: "allow", each: false },
  project: {
    reads: "model",
    *check(model, scope, options) {
      for (const file of scope.files) yield* options.each ? listsIn(model, file, options) : toldOnce(model, scope, file, habitIn(model, model.packageOf(file), options));
    },
  },
});

function habitIn(model: ProjectModel, unit: PackageUnit, options: Options): Habit {
  return {
    key: `paginated-lists ${unit.folder} ${JSON.stringify(options)}`,
    files: model.filesOf(unit),
    findingsIn: (file) => listsIn(model, file, options),
    kindOf: ({ messageId }) => (messageId === "noPage" ? messageId : undefined),
  };
}

function* listsIn(model: ProjectModel, file: string, options: Options): Iterable<RuleFinding> {
  for (const route of routesOf(model, file)) {
    if (!isListRoute(model, route, options.fewByNature === "report") || !route.handler) continue;
    const functions = reachedFunctions(model, route.handler.file, route.handler.node);
    const lists = returnedLists(model, route.handler.file, route.handler.node);
    const isLong = (operation: StoreOperation): boolean => isOpenList(model, operation.file, operation) && (options.fewByNature === "report" || (isGrowing(route.path, operation) && !isChosenBy(model, operation, functions)));
    const [open] = uncappedLimits(model, route);
    if (open) yield findingAt(model, file, route.span, "noMaximum", { route: routeName(route), source: open.name }, { cause: causeOfLimit(open, route), related: [relatedAt(model, open.source.file, open.source.span, "the request sets it here"), relatedAt(model, open.file, open.limit.span, "the query takes it here")] });
    const list = lists.find(isLong) ?? lists[0];
    if (!list) continue;
    const paged = takesPage(model, route) || hasStep(route, "pagination") || functions.some((reached) => mentionsPage(model, reached));
    const place = { cause: `${list.file} ${list.span[0]}`, related: [relatedAt(model, list.file, list.span, "the list is read here")] };
    if (!paged && isLong(list)) yield findingAt(model, file, route.span, "noPage", { route: routeName(route) }, place);
    const cut = options.fewByNature === "report" && !asksForHead(route.path) && lists.length > 0 && !lists.some(isLong) && lists.find((one) => isCutShort(model, one));
    if (cut && !takesPage(model, route, true) && !hasStep(route, "pagination") && !functions.some((reached) => mentionsPage(model, reached, true))) yield findingAt(model, file, route.span, "cutShort", { route: routeName(route) }, { cause: `${cut.file} ${cut.span[0]}`, related: [relatedAt(model, cut.file, cut.span, "the list is read here")] });
    else if (paged && options.sortAndFilter === "report" && !isChosen(model, route, functions)) yield findingAt(model, file, route.span, "noSort", { route: routeName(route) }, place);
  }
}

/** Whether a client can sort or filter the list. */
function isChosen(model: ProjectModel, route: Route, functions: readonly ReachedFunction[]): boolean {
  const names = [...inputNames(model, route), ...namesIn(functions.flatMap(({ node }) => node.body ?? []))];
  return names.some((name) => sortInputs.has(fieldKey(name)) || (filterInputs.has(fieldKey(name)) && name !== "query" && name !== "where"));
}
