import { oncePer, oncePerPart } from "../../src/base/once-per.js";
import { within } from "../../src/base/position.js";
import { isBackendCode } from "../../src/kit/project/backend-files.js";
import { takesPage } from "../../src/kit/lists/page-inputs.js";
import { reachedAccess } from "../../src/kit/routes/handlers.js";
import { type Habit, toldOnce } from "../../src/kit/habits.js";
import { isOfParent, isOpenList } from "../../src/kit/lists/open-lists.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { returnedLists } from "../../src/kit/lists/returned-lists.js";
import { defineRule } from "../../src/kit/rule.js";
import { asksForList, routeName, servedRoutes } from "../../src/kit/routes/routes.js";
import { openLimitsIn, toldOfList } from "../../src/kit/lists/uncapped-lists.js";
import { ofWholeProject } from "../../src/kit/routes/whole-project.js";
import type { StoreOperation } from "../../src/model/data/data-access.js";
import type { PackageUnit, ProjectModel } from "../../src/model/project-model.js";
import type { RuleFinding } from "../../src/base/finding.js";

interface Options {
  readonly routes: "lists" | "all";
  readonly each: boolean;
}

export default defineRule<Options>({
  name: "bounded-queries",
  section: "data",
  clauses: ["DATA-4", "API-5"],
  description: "Require a maximum on the number of rows that a request can ask for",
  presets: { recommended: "error", strict: ["error", { routes: "all", each: true }], legacy: "off" },
  messages: {
    noMaximum: "`{{source}}` sets how many rows this query reads and nothing says how many that may be: one request can read the whole table. Give its schema a maximum, or clamp it here (`Math.min({{source}}, 100)`).",
    mayBeMissing: "`{{source}}` may be missing from the request, and then this query reads the whole table. Give its schema a default, or the query one (`{{source}} ?? 20`).",
    spread: "In {{count}} files the request sets how many rows a query reads and nothing says how many that may be, here first (`{{source}}`; then {{others}}): one request can read the whole table. Give the field a maximum in one schema that all of them share.",
    noLimit: "This reads a list without a limit for {{route}}, so the answer and the load grow with the table. Hand the page's limit to the query, or bound it by a constant.",
  },
  optionsSchema: {
    routes: { enum: ["lists", "all"], description: "For which routes a list that is read without a limit counts: those that page their answer, or all." },
    each: { type: "boolean", description: "Report each query that one field of a schema limits, and every file where more than ten files of a package have such queries, and not only the first." },
  },
  defaultOptions: { routes: "lists", each: false },
  project: {
    reads: "model",
    *check(model, scope, options) {
      for (const file of scope.files) yield* options.each ? limitsIn(model, file) : toldOnce(model, scope, file, habitIn(model, model.packageOf(file)));
      yield* unlimitedLists(model, scope, options);
    },
  },
});

function habitIn(model: ProjectModel, unit: PackageUnit): Habit {
  return {
    key: `bounded-queries ${unit.folder}`,
    files: model.filesOf(unit),
    findingsIn: (file) => limitsIn(model, file).filter((limit) => isFirst(model, limit)),
    kindOf: ({ messageId }) => (messageId === "noMaximum" ? messageId : undefined),
  };
}

/** One field of a schema that many queries take is one cause, wherever they stand. */
function isFirst(model: ProjectModel, { file, range, cause = "" }: RuleFinding): boolean {
  const first = firstLimits(model).get(cause);
  return first?.file === file && first.range.start.line === range.start.line;
}

const firstLimits = oncePer((model: ProjectModel): ReadonlyMap<string, RuleFinding> => {
  const first = new Map<string, RuleFinding>();
  for (const file of model.files) for (const limit of limitsIn(model, file)) if (limit.cause !== undefined && !first.has(limit.cause)) first.set(limit.cause, limit);
  return first;
});

const limitsIn = oncePerPart((model: ProjectModel, file: string): readonly RuleFinding[] => (isBackendCode(model, file) ? [...limitsOfFile(model, file)] : []));

function* limitsOfFile(model: ProjectModel, file: string): Iterable<RuleFinding> {
  for (const open of openLimitsIn(model, file)) {
    const { limit, kind, source, name } = open;
    const toldBy = toldOfList(model, open);
    yield findingAt(model, file, limit.span, kind === "optional" ? "mayBeMissing" : "noMaximum", { source: name }, { cause: `${source.file} ${source.span[0]}`, ...(toldBy && { toldBy }), related: [relatedAt(model, source.file, source.span, "the request sets it here")] });
  }
}

/** Lists without a limit behind routes; a route that takes no page at all is the business of paginated-lists. */
const unlimitedLists = ofWholeProject<Options>(function* (model, options) {
  const seen = new Set<string>();
  for (const route of servedRoutes(model)) {
    if (!route.handler) continue;
    const pages = asksForList(route) ? takesPage(model, route) : undefined;
    if (options.routes === "lists" && pages !== true) continue;
    const answered = new Set(options.routes === "lists" || pages === false ? returnedLists(model, route.handler.file, route.handler.node) : []);
    // A list that is read for something else, a sum of its rows, is no answer that could be paged.
    const counts = (operation: StoreOperation): boolean => (options.routes === "lists") === answered.has(operation);
    for (const { file, call, role, bounded } of reachedAccess(model, route.handler.file, route.handler.node)) {
      if (role !== "list" || bounded) continue;
      const operation = model.dataAccess.of(file).find((candidate) => within(call.span, candidate.node.span));
      const key = `${file} ${operation?.span[0] ?? 0}`;
      if (!operation || seen.has(key) || !isOpenList(model, file, operation, route.handler.node) || !counts(operation) || (options.routes === "lists" && isOfParent(model, file, operation))) continue;
      seen.add(key);
      yield findingAt(model, file, operation.span, "noLimit", { route: routeName(route) }, { severity: "warn", cause: `${file} ${model.values.index(file).functionAround(operation.node)?.node.span[0] ?? 0}`, related: [relatedAt(model, route.file, route.span, "the route")] });
    }
  }
});
