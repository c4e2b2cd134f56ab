import type { RuleFinding } from "../../src/base/finding.js";
import { groupBy } from "../../src/base/group-by.js";
import { oncePer } from "../../src/base/once-per.js";
import { within } from "../../src/base/position.js";
import { type Habit, toldOnce } from "../../src/kit/habits.js";
import { workIn } from "../../src/kit/handlers/handler-work.js";
import { methodsTold } from "../../src/kit/handlers/method-branches.js";
import { isBackendCode } from "../../src/kit/project/backend-files.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { byPlace, isInfrastructure, routeCause, routeName, routesOf } from "../../src/kit/routes/routes.js";
import { databaseUses } from "../../src/kit/project/store-uses.js";
import type { PackageUnit, ProjectModel } from "../../src/model/project-model.js";
import type { Entry } from "../../src/model/entries/entry.js";
import type { Handler, Route } from "../../src/model/routes/route.js";

interface Options {
  readonly maxComplexity: number;
  readonly maxStatements: number;
  readonly domainWork: "allow" | "report";
  readonly sizeAlone: "allow" | "twice" | "report";
  readonly everyFile: boolean;
}

export default defineRule<Options>({
  name: "thin-handlers",
  section: "architecture",
  clauses: ["ARCH-4"],
  description: "Keep business logic out of the handlers of routes and resolvers",
  presets: { recommended: "warn", strict: ["error", { domainWork: "report", sizeAlone: "report", everyFile: true }], legacy: "off" },
  messages: {
    fat: "The handler of {{route}} does the work itself: {{found}}. Move it into a service, and leave parsing, one call and the answer here.",
    spread: "In {{count}} files handlers do the work themselves, here first ({{route}}: {{found}}; then {{others}}). Move it into services, and leave parsing, one call and the answer in the handlers.",
  },
  optionsSchema: {
    maxComplexity: { type: "integer", minimum: 1, description: "The most paths through a handler." },
    maxStatements: { type: "integer", minimum: 1, description: "The most statements of a handler." },
    domainWork: { enum: ["allow", "report"], description: "Whether arithmetic on what a service gave or a client sent, a change of state, records of what was done, what is started and not waited for, and a transaction around one call count, too." },
    sizeAlone: { enum: ["allow", "twice", "report"], description: "Whether many paths or statements count where none of them does what a service is for: never, where they are more than twice the most, or always." },
    everyFile: { type: "boolean", description: "Report every handler where more than ten files of a package have some that do the work, and not the first alone." },
  },
  defaultOptions: { maxComplexity: 5, maxStatements: 15, domainWork: "allow", sizeAlone: "twice", everyFile: false },
  project: {
    reads: "model",
    *check(model, scope, options) {
      for (const file of scope.files) {
        if (routesOf(model, file).length === 0 && resolversOf(model, file).length === 0) continue;
        yield* options.everyFile ? findingsIn(model, file, options) : toldOnce(model, scope, file, habitIn(model, model.packageOf(file), options));
      }
    },
  },
});

function habitIn(model: ProjectModel, unit: PackageUnit, options: Options): Habit {
  return { key: `thin-handlers ${unit.folder} ${JSON.stringify(options)}`, files: model.filesOf(unit), findingsIn: (file) => findingsIn(model, file, options), kindOf: ({ messageId }) => messageId };
}

function* findingsIn(model: ProjectModel, file: string, options: Options): Iterable<RuleFinding> {
  const seen = new Map<Handler["node"], Set<string>>();
  for (const route of routesOf(model, file)) {
    const { handler } = route;
    if (!handler || isInfrastructure(model, route) || isToldBefore(model, route, handler)) continue;
    const judged = seen.get(handler.node) ?? new Set();
    seen.set(handler.node, judged);
    const found = methodsOf(route.method, handler).filter((method) => !judged.has(method)).map((method) => {
      judged.add(method);
      return workIn(model, handler, method, options);
    }).find((work) => work.length > 0);
    if (found && (options.domainWork === "report" || !isLeftToStore(model, handler, found))) yield findingAt(model, route.file, route.span, "fat", { route: routeName(route), found: found.join(", ") }, { cause: routeCause(model, route) });
  }
  for (const { span, name, handler } of resolversOf(model, file)) {
    const found = handler ? workIn(model, handler, "", options) : [];
    if (handler && found.length > 0 && (options.domainWork === "report" || !isLeftToStore(model, handler, found))) yield findingAt(model, file, span, "fat", { route: `\`${name ?? handler.name}\``, found: found.join(", ") }, { cause: handler.name });
  }
}

/** The resolvers of a file for what clients ask or change, which answer them as handlers of routes do. */
function resolversOf(model: ProjectModel, file: string): readonly Entry[] {
  return isBackendCode(model, file) ? model.entries.of(file).filter(({ kind }) => kind === "graphql") : [];
}

/** Whether a route of another file has the same handler for the same method, and comes first. */
function isToldBefore(model: ProjectModel, { file, method }: Route, { node }: Handler): boolean {
  const first = routesByHandler(model).get(node)?.find((other) => other.method === method && !isInfrastructure(model, other));
  return first !== undefined && first.file !== file;
}

const routesByHandler = oncePer((model: ProjectModel) => groupBy(model.routes.routes.toSorted(byPlace), ({ handler }) => handler?.node));

/** A handler of the api that does nothing more than open a transaction on a store uses the store there, which no-db-in-api and missing-layer report. */
function isLeftToStore(model: ProjectModel, { file, node }: Handler, found: readonly string[]): boolean {
  return found.join() === "a transaction" && model.layerOf(file).layer === "api" && databaseUses(model, file).some(({ span }) => within(span, node.span));
}

/** The methods for which a handler does something of its own: that of its route, or those that it tells apart itself; the empty text where it tells none apart. */
function methodsOf(method: string, { node }: Handler): readonly string[] {
  const told = methodsTold(node);
  return told.length === 0 ? [""] : method === "ALL" ? told : [method];
}
