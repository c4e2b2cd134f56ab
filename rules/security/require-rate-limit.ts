import { counted, listed } from "../../src/base/words.js";
import type { RuleFinding } from "../../src/base/finding.js";
import { groupBy } from "../../src/base/group-by.js";
import { idiomsOf } from "../../src/catalogue/idioms.js";
import { idleThrottlers } from "../../src/kit/access/idle-throttlers.js";
import { lacksLimit, type WhichRoutes } from "../../src/kit/access/unlimited-routes.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { applicationOf, byPlace, mountsText, relatedRoutes, riskOf, routeCause, routeName, servedRoutes, stepsText } from "../../src/kit/routes/routes.js";
import { ofWholeProject } from "../../src/kit/routes/whole-project.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { Application, Route } from "../../src/model/routes/route.js";

interface Options {
  readonly routes: WhichRoutes;
}

/** From so many routes on, an application without any limiter is one finding. */
const many = 4;
/** So many times the routes that are limited, and at least so many, lack a limiter for one reason as well. */
const seldom = { times: 4, least: 8 };

export default defineRule<Options>({
  name: "require-rate-limit",
  section: "security",
  clauses: ["SEC-3"],
  description: "Require a rate limit on public and high-risk routes",
  presets: { recommended: "error", strict: ["error", { routes: "public" }], legacy: "warn" },
  messages: {
    route: "{{route}} can be called without limit ({{why}}), so it can be guessed at or flooded. It is reached through {{mounts}}; steps: {{steps}}. To mend it, {{idiom}}; or name the gateway's limit in `routes.rateLimitedAtGateway`.",
    application: "Nothing limits how often {{count}} high-risk routes of this application are called ({{routes}}), so they can be guessed at or flooded. To mend it, {{idiom}}; or name the gateway's limit in `routes.rateLimitedAtGateway`.",
    seldom: "Of this application's high-risk routes {{limited}} are limited and {{count}} are not ({{routes}}), so they can be guessed at or flooded. To mend it, {{idiom}}; or name the gateway's limit in `routes.rateLimitedAtGateway`.",
    area: "Nothing limits how often {{count}} high-risk routes below {{area}} are called ({{routes}}), so they can be guessed at or flooded. To mend it, {{idiom}}; or name the gateway's limit in `routes.rateLimitedAtGateway`.",
    notApplied: "A throttler module is set up here and no guard applies it to {{count}}, so they are not limited. Provide `{ provide: APP_GUARD, useClass: ThrottlerGuard }` or use the guard on the routes.",
  },
  optionsSchema: { routes: { enum: ["high-risk", "public"], description: "Only routes that are worth attacking, or every route that needs no credentials." } },
  defaultOptions: { routes: "high-risk" },
  project: {
    reads: "model",
    check: ofWholeProject<Options>(function* (model, options) {
      const idle = idleThrottlers(model, (route) => lacksLimit(model, route, options.routes) !== undefined, many);
      for (const { file, span, routes } of idle) yield findingAt(model, file, span, "notApplied", { count: counted(routes.length, "route") }, { cause: "throttler", related: relatedRoutes(model, routes) });
      const throttled = new Set(idle.map(({ file }) => model.packageOf(file)));
      const bare = options.routes === "high-risk" ? bareApplications(model) : [];
      for (const one of bare) if (!throttled.has(model.packageOf(one.at.file))) yield applicationFinding(model, one);
      const covered = new Set(bare.flatMap(({ routes }) => routes));
      for (const group of options.routes === "high-risk" ? areasOf(model, servedRoutes(model).filter((route) => !covered.has(route) && !throttled.has(model.packageOf(route.file)))) : []) {
        for (const route of group.routes) covered.add(route);
        yield* areaFinding(model, group);
      }
      for (const route of servedRoutes(model)) {
        const why = covered.has(route) || throttled.has(model.packageOf(route.file)) ? undefined : lacksLimit(model, route, options.routes);
        if (why === undefined) continue;
        const data = { route: routeName(route), why, mounts: mountsText(model, route), steps: stepsText(route), idiom: idiomsOf(route.framework).rateLimit };
        yield findingAt(model, route.file, route.span, "route", data, { cause: routeCause(model, route) });
      }
    }),
  },
});

/** An application without any limiter, or nearly without: where it is created, or the first of its routes where that is said nowhere. */
interface Bare {
  readonly at: Application | Route;
  readonly routes: readonly Route[];
  /** How many of its high-risk routes are limited. */
  readonly limited: number;
}

/** Applications without any limiter, or nearly without: one lack, not one for each route. Frameworks whose files are the routes create none: there it is the package. */
function bareApplications(model: ProjectModel): readonly Bare[] {
  return [...groupBy(servedRoutes(model), (route) => applicationOf(model, route) ?? model.packageOf(route.file))].flatMap(([owner, routes]) => {
    // What one handler limits by itself, or what is limited that need not be, is no limiter of the application.
    const limited = routes.filter((route) => riskOf(model, route) !== undefined && route.steps.some(({ role, origin }) => role === "rate-limit" && origin !== "handler")).length;
    const open = routes.filter((route) => lacksLimit(model, route, "high-risk") !== undefined);
    if (limited > 0 && (open.length < seldom.least || open.length < seldom.times * limited)) return [];
    const [first] = [...open].sort(byPlace);
    const at = "span" in owner ? owner : first;
    return at && open.length >= many ? [{ at, routes: open, limited }] : [];
  });
}

/** Routes below one part of a path that is worth attacking. */
interface Area {
  readonly path: string;
  readonly routes: readonly Route[];
}

/** Parts of an application none of whose high-risk routes are limited: one lack, not one for each route. */
function areasOf(model: ProjectModel, routes: readonly Route[]): readonly Area[] {
  const risky = routes.flatMap((route) => {
    const word = lacksLimit(model, route, "high-risk") === undefined ? undefined : riskOf(model, route);
    const at = word === undefined ? -1 : route.path.split("/").indexOf(word);
    return at === -1 ? [] : [{ route, path: route.path.split("/").slice(0, at + 1).join("/") }];
  });
  return [...groupBy(risky, ({ path }) => path)].flatMap(([path, group]) => (group.length >= many ? [{ path, routes: group.map(({ route }) => route) }] : []));
}

function* areaFinding(model: ProjectModel, { path, routes }: Area): Iterable<RuleFinding> {
  const [first] = [...routes].sort(byPlace);
  if (!first) return;
  const data = { count: String(routes.length), area: path, routes: listed(routes.map(routeName), 6), idiom: idiomsOf(first.framework).rateLimit };
  yield findingAt(model, first.file, first.span, "area", data, { cause: "area", related: relatedRoutes(model, routes) });
}

function applicationFinding(model: ProjectModel, { at, routes, limited }: Bare): RuleFinding {
  const data = { count: String(routes.length), limited: String(limited), routes: listed(routes.map(routeName), 6), idiom: idiomsOf(at.framework).rateLimit };
  return findingAt(model, at.file, at.span, limited > 0 ? "seldom" : "application", data, { cause: "application", related: relatedRoutes(model, routes) });
}
