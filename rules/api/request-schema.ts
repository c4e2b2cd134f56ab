import type { RuleFinding } from "../../src/base/finding.js";
import { groupBy } from "../../src/base/group-by.js";
import { listed } from "../../src/base/words.js";
import { onlyHandsOn } from "../../src/kit/access/handed-on-requests.js";
import { type Habit, toldOnce } from "../../src/kit/habits.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { isBodiless, isByHand, isPageAlone, namedParts, problemOf, requestParts, type Scalars } from "../../src/kit/routes/request-problems.js";
import { readsSignedText } from "../../src/kit/routes/route-proofs.js";
import { defineRule, type Scope } from "../../src/kit/rule.js";
import { schemaIdiom } from "../../src/kit/routes/schema-idioms.js";
import { byPlace, ownerOf, relatedRoutes, routeCause, routeName, routesOf, servedRoutes } from "../../src/kit/routes/routes.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { RequestPart, Route, SchemaUse } from "../../src/model/routes/route.js";

interface Options {
  readonly scalars: Scalars;
  readonly report: "causes" | "routes";
}

/** From so many routes on, an application in which fewer have a schema for what they read is one finding. */
const many = 11;

export default defineRule<Options>({
  name: "request-schema",
  section: "api",
  clauses: ["API-2", "SEC-1"],
  description: "Require a runtime schema for every part of the request that a route reads",
  presets: { recommended: "error", strict: ["error", { scalars: "report", report: "routes" }], legacy: "error" },
  messages: {
    none: "{{route}} reads the request's {{part}} without a schema, so whatever a client sends goes on. To mend it, {{idiom}}.",
    typeOnly: "{{route}} describes the request's {{part}} with a type only ({{by}}), which is gone at run time: every payload passes. To mend it, {{idiom}}.",
    application: "No route of this application checks what it reads with a schema ({{count}} routes: {{routes}}), so whatever a client sends goes on. To mend it, {{idiom}}.",
    seldom: "Of this application's routes {{count}} read a request without a schema and {{checked}} with one ({{routes}} without), so whatever a client sends goes on. To mend it, {{idiom}}.",
    unpiped: "{{count}} routes of this application describe what they read by classes that no pipe checks ({{routes}}), so whatever a client sends goes on. Set a pipe for all of them, such as `app.useGlobalPipes(new ValidationPipe({ whitelist: true }))`.",
    spread: "In {{count}} files routes read a request without a schema that runs, here first ({{route}}, its {{part}}; then {{others}}), so whatever a client sends goes on. To mend it, {{idiom}}.",
    byHand: "{{route}} looks at fields of the request's body one by one, so whatever nobody thought of goes on: other fields, other types, other lengths. To mend it, {{idiom}}.",
    byHandOften: "{{count}} routes of this application look at fields of the request's body one by one ({{routes}}), so whatever nobody thought of goes on: other fields, other types, other lengths. To mend it, {{idiom}}.",
    declared: "{{route}} has a schema for the request's {{part}} that nothing enforces ({{by}}). To mend it, {{idiom}}.",
  },
  optionsSchema: {
    scalars: { enum: ["allow", "report"], description: "Whether params, and single fields of the query, that are read as strings count." },
    report: { enum: ["causes", "routes"], description: "One finding for an application in which more than ten routes read a request without a schema and fewer with one, and for more than ten files of a package that have such routes; or one for each route and part." },
  },
  defaultOptions: { scalars: "allow", report: "causes" },
  project: {
    reads: "model",
    *check(model, scope, options) {
      const without = options.report === "causes" ? applicationsWithout(model, options) : [];
      for (const application of without) yield* sumOf(model, scope, application);
      const unpiped = options.report === "causes" ? unpipedIn(model) : [];
      for (const routes of unpiped) yield* unpipedFinding(model, scope, routes);
      const byHand = options.report === "causes" ? byHandIn(model, options, new Set(without.flatMap(({ lacking }) => lacking))) : [];
      for (const routes of byHand) yield* byHandFinding(model, scope, routes);
      const told: Told = { byHand: new Set(byHand.flat()), lacking: new Set(without.flatMap(({ lacking }) => lacking)), unpiped: new Set(unpiped.flat()) };
      for (const file of scope.files) {
        if (routesOf(model, file).length === 0) continue;
        const unit = model.packageOf(file);
        const habit: Habit = { key: `request-schema ${unit.folder} ${JSON.stringify(options)}`, files: model.filesOf(unit), findingsIn: (other) => findingsIn(model, other, options, told), kindOf: ({ messageId }) => (messageId === "declared" ? undefined : "spread") };
        yield* options.report === "routes" ? findingsIn(model, file, options, told) : toldOnce(model, scope, file, habit);
      }
    },
  },
});

/** Routes that findings on whole applications have told of. */
interface Told {
  readonly lacking: ReadonlySet<Route>;
  readonly unpiped: ReadonlySet<Route>;
  readonly byHand: ReadonlySet<Route>;
}

function* findingsIn(model: ProjectModel, file: string, options: Options, { lacking, unpiped, byHand }: Told): Iterable<RuleFinding> {
  const reported = new Set<string>();
  // A handler that tells methods apart reads the body for those that have one.
  for (const route of routesOf(model, file).toSorted((left, right) => Number(isBodiless(left)) - Number(isBodiless(right)))) {
    const problems = (lacking.has(route) ? [] : requestParts).flatMap((part): readonly Problem[] => {
      const use = route.request[part];
      const messageId = problemIn(model, route, part, options);
      const read = `${use.file ?? ""} ${use.span?.join() ?? ""} ${route.path} ${part}`;
      if (messageId === undefined || (messageId === "declared" && unpiped.has(route)) || (part === "body" && byHand.has(route)) || (part === "body" && (/^(GET|HEAD|OPTIONS)$/.test(route.method) || readsSignedText(model, route))) || (use.span !== undefined && reported.has(read)) || (part !== "body" && messageId === "none" && isPageAlone(model, route))) return [];
      reported.add(read);
      return [{ part, use, messageId: messageId === "none" && isByHand(model, route, part, options.scalars) ? "byHand" : messageId }];
    });
    // What one schema for the route would mend is told once; each part by itself where every site counts.
    const groups = options.report === "causes" ? groupBy(problems, ({ messageId, use }) => `${messageId} ${messageId === "none" ? "" : (use.by ?? "")}`).values() : problems.map((problem) => [problem]);
    for (const group of groups) yield* problemFinding(model, route, group);
  }
}

/** What is wrong with how a route reads a part of the request; nothing where it hands the request on as it came. */
function problemIn(model: ProjectModel, route: Route, part: RequestPart, { scalars }: Options): string | undefined {
  return route.handler && onlyHandsOn(model, route.handler) ? undefined : problemOf(route.request[part], part, scalars);
}

/** A part of a request that a route reads, and what is wrong with how it does. */
interface Problem {
  readonly part: RequestPart;
  readonly use: SchemaUse;
  readonly messageId: string;
}

function* problemFinding(model: ProjectModel, route: Route, group: readonly Problem[]): Iterable<RuleFinding> {
  const [first] = group;
  if (!first) return;
  const names = group.map(({ part }) => part);
  const related = group.flatMap(({ part, use }) => (use.file !== undefined && use.span && model.has(use.file) ? [relatedAt(model, use.file, use.span, `${part} is read here`)] : []));
  yield findingAt(model, route.file, route.span, first.messageId, { route: routeName(route), part: namedParts(names), by: first.use.by ?? "a type", idiom: schemaIdiom(route, first.part) }, { cause: `${routeCause(model, route)} ${names.join(" ")}`, related });
}

/** An application whose routes read requests without a schema, but for some. */
interface Application {
  readonly lacking: readonly Route[];
  readonly checked: number;
}

function applicationsWithout(model: ProjectModel, options: Options): readonly Application[] {
  return [...groupBy(servedRoutes(model), (route) => ownerOf(model, route)).values()].flatMap((routes) => {
    const lacking = routes.filter((route) => requestParts.some((part) => problemIn(model, route, part, options) !== undefined));
    const checked = routes.filter(({ request }) => requestParts.some((part) => /^(enforced|declared|unknown)$/.test(request[part].kind))).length;
    return lacking.length < many || checked >= lacking.length ? [] : [{ lacking, checked }];
  });
}

/** The routes of each application of Nest that describe what they read by classes which no pipe checks: what lacks is the pipe. */
function unpipedIn(model: ProjectModel): readonly (readonly Route[])[] {
  const declared = servedRoutes(model).filter(({ framework, request }) => framework === "nestjs" && requestParts.some((part) => request[part].kind === "declared"));
  return [...groupBy(declared, (route) => ownerOf(model, route)).values()].filter((routes) => routes.length > 1);
}

function* unpipedFinding(model: ProjectModel, scope: Scope, routes: readonly Route[]): Iterable<RuleFinding> {
  const [first] = routes;
  const owner = first && ownerOf(model, first);
  const place = owner && "span" in owner ? owner : first;
  if (place && scope.has(place.file)) yield findingAt(model, place.file, place.span, "unpiped", { count: String(routes.length), routes: listed(routes.map(routeName), 5) }, { cause: "pipe", related: relatedRoutes(model, routes) });
}

/** The routes of each application that check bodies by hand: one habit. */
function byHandIn(model: ProjectModel, options: Options, told: ReadonlySet<Route>): readonly (readonly Route[])[] {
  const routes = servedRoutes(model).filter((route) => !told.has(route) && !isBodiless(route) && isByHand(model, route, "body", options.scalars));
  return [...groupBy(routes, (route) => ownerOf(model, route)).values()].filter((own) => own.length > 1);
}

function* byHandFinding(model: ProjectModel, scope: Scope, routes: readonly Route[]): Iterable<RuleFinding> {
  const [first] = routes.toSorted(byPlace);
  if (first && scope.has(first.file)) yield findingAt(model, first.file, first.span, "byHandOften", { count: String(routes.length), routes: listed(routes.map(routeName), 5), idiom: schemaIdiom(first, "body") }, { cause: "by hand", related: relatedRoutes(model, routes) });
}

function* sumOf(model: ProjectModel, scope: Scope, { lacking, checked }: Application): Iterable<RuleFinding> {
  const [first] = lacking;
  const owner = first && ownerOf(model, first);
  const place = owner && "span" in owner ? owner : first;
  if (first && place && scope.has(place.file)) yield findingAt(model, place.file, place.span, checked === 0 ? "application" : "seldom", { count: String(lacking.length), checked: String(checked), routes: listed(lacking.map(routeName), 5), idiom: schemaIdiom(first, "body") }, { cause: "application", related: relatedRoutes(model, lacking) });
}
