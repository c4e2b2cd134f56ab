import type { RuleFinding } from "../../src/base/finding.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { defineRule, type Scope } from "../../src/kit/rule.js";
import { applicationOf, hasStep, isCallback, isInfrastructure, isOpen, routeName, routesIn, stepPlaces } from "../../src/kit/routes.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { Route } from "../../src/model/routes/route.js";

interface Options {
  readonly optional: "allow" | "report";
}

const idioms: Readonly<Record<string, string>> = {
  express: "put an authenticating middleware before the handler or `router.use(…)` before the route",
  fastify: "add `onRequest: [fastify.authenticate]` to the route or a hook to its scope",
  koa: "put an authenticating middleware before the handler",
  hono: "put an authenticating middleware before the handler",
  nestjs: "put `@UseGuards(…)` on the method or controller, or provide a global guard",
};

export default defineRule<Options>({
  name: "require-auth",
  section: "security",
  clauses: ["SEC-2"],
  description: "Require authentication on every route that is not declared public",
  presets: { recommended: "error", strict: ["error", { optional: "report" }], legacy: "error" },
  messages: {
    none: "No step in front of {{route}} authenticates the caller (steps: {{steps}}). To mend it, {{idiom}}; or declare the route public in `routes.public`.",
    optional: "{{route}} is reached without credentials: {{steps}} only attaches a principal. Use a step that rejects, or declare the route public in `routes.public`.",
    authorization: "{{route}} is authorised ({{steps}}) and never authenticated: the check has no principal to trust. Put authentication before it.",
    application: "No route of this application authenticates its callers ({{count}} routes: {{routes}}). Add authentication, or declare the public ones in `routes.public`.",
  },
  optionsSchema: { optional: { enum: ["allow", "report"], description: "Whether a route whose own step makes credentials optional counts." } },
  defaultOptions: { optional: "allow" },
  project: {
    reads: "model",
    *check(model, scope, options) {
      const bare = unauthenticatedApplications(model);
      for (const [application, routes] of bare) yield* applicationFinding(model, scope, application, routes);
      const covered = new Set([...bare.values()].flat());
      for (const route of routesIn(model, scope)) {
        if (covered.has(route) || !needsAuth(model, route)) continue;
        const finding = checkRoute(model, route, options);
        if (finding) yield finding;
      }
    },
  },
});

function checkRoute(model: ProjectModel, route: Route, options: Options): RuleFinding | undefined {
  const attaching = route.steps.filter((step) => step.role === "auth-attach" && step.origin !== "global");
  const authorizing = route.steps.filter((step) => step.role === "authz");
  const related = stepPlaces(model, route);
  const report = (messageId: string, steps: string): RuleFinding => findingAt(model, route.file, route.span, messageId, { route: routeName(route), steps, idiom: idioms[route.framework] ?? idioms["express"] ?? "" }, { cause: routeName(route), related });
  if (authorizing.length > 0) return attaching.length > 0 || hasStep(route, "auth-attach") ? undefined : report("authorization", authorizing.map(({ name }) => name).join(", "));
  if (attaching.length > 0) return options.optional === "report" ? report("optional", attaching.map(({ name }) => name).join(", ")) : undefined;
  const steps = route.steps.filter(({ role }) => role !== "context").map(({ name, role }) => `${name} (${role})`);
  return report("none", steps.length === 0 ? "none" : steps.join(", "));
}

/** A route that is neither authenticated nor open, and whose steps have all been judged. */
function needsAuth(model: ProjectModel, route: Route): boolean {
  if (hasStep(route, "auth", "unknown") || route.opaque || isInfrastructure(model, route) || isCallback(route) || isOpen(model, route)) return false;
  return route.confidence !== "unknown" && route.handler !== undefined;
}

/** Applications of which no route at all is authenticated: one lack, not one for each route. */
function unauthenticatedApplications(model: ProjectModel): ReadonlyMap<string, readonly Route[]> {
  const byApplication = new Map<string, Route[]>();
  for (const route of model.routes.routes) {
    const application = applicationOf(model, route);
    const key = application ? `${application.file}@${application.span[0]}` : "";
    byApplication.set(key, [...(byApplication.get(key) ?? []), route]);
  }
  const bare = [...byApplication].flatMap(([key, routes]) => {
    if (key === "" || routes.some((route) => hasStep(route, "auth", "auth-attach", "authz", "unknown"))) return [];
    const open = routes.filter((route) => needsAuth(model, route));
    return open.length > 1 ? [[key, open] as const] : [];
  });
  return new Map(bare);
}

function* applicationFinding(model: ProjectModel, scope: Scope, key: string, routes: readonly Route[]): Iterable<RuleFinding> {
  const application = model.routes.applications.find(({ file, span }) => `${file}@${span[0]}` === key);
  if (!application || !scope.has(application.file)) return;
  const data = { count: String(routes.length), routes: routes.slice(0, 5).map(routeName).join(", ") + (routes.length > 5 ? ", …" : "") };
  yield findingAt(model, application.file, application.span, "application", data, { cause: "application", related: routes.slice(0, 10).map((route) => relatedAt(model, route.file, route.span, routeName(route))) });
}
