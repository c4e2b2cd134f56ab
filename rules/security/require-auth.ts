import type { RuleFinding } from "../../src/base/finding.js";
import { idiomsOf } from "../../src/catalogue/idioms.js";
import { isDeclaredPublic, isOpenByNature, isWebhook, provesOrigin } from "../../src/kit/open-routes.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { defineRule, type Scope } from "../../src/kit/rule.js";
import { applicationOf, hasStep, isCallback, isChainKnown, isInfrastructure, mountsText, routeName, routesIn, stepPlaces, stepsText } from "../../src/kit/routes.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { Application, Route } from "../../src/model/routes/route.js";

interface Options {
  readonly optional: "allow" | "report";
  readonly report: "causes" | "routes";
}

/** From so many bare routes on, an application without any authentication is one finding. */
const many = 4;

export default defineRule<Options>({
  name: "require-auth",
  section: "security",
  clauses: ["SEC-2"],
  description: "Require authentication on every route that is not declared public",
  presets: { recommended: "error", strict: ["error", { optional: "report", report: "routes" }], legacy: "error" },
  messages: {
    none: "No step in front of {{route}} authenticates the caller, so anybody can call it. It is reached through {{mounts}}; steps: {{steps}}. To mend it, {{idiom}}; or declare the route public in `routes.public`.",
    attaches: "{{route}} can be called without credentials: {{attaching}} looks for a principal and lets everybody pass. It is reached through {{mounts}}; steps: {{steps}}. To mend it, {{idiom}}; or declare the route public in `routes.public`.",
    authorization: "{{route}} is authorised ({{authorizing}}) and never authenticated, so the check has no principal to trust. It is reached through {{mounts}}; steps: {{steps}}. To mend it, {{idiom}}, before the check.",
    unsigned: "{{route}} takes what anybody posts: nothing checks that the sender is who it says. It is reached through {{mounts}}; steps: {{steps}}. Verify the sender's signature over the raw body before anything else, or declare the route public in `routes.public`.",
    application: "No route of this application authenticates its callers, so anybody can call {{count}} routes ({{routes}}). To mend it, {{idiom}}; or declare the public ones in `routes.public`.",
  },
  optionsSchema: {
    optional: { enum: ["allow", "report"], description: "Whether a route that only reads, and whose own step makes credentials optional, counts." },
    report: { enum: ["causes", "routes"], description: "One finding for an application that authenticates nobody, or one for each route." },
  },
  defaultOptions: { optional: "allow", report: "causes" },
  project: {
    reads: "model",
    *check(model, scope, options) {
      const bare = options.report === "causes" ? bareApplications(model) : new Map<Application, readonly Route[]>();
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
  const named = (role: string): string => route.steps.filter((step) => step.role === role).map(({ name }) => `\`${name}\``).join(", ");
  const report = (messageId: string): RuleFinding => {
    const data = { route: routeName(route), mounts: mountsText(model, route), steps: stepsText(route), attaching: named("auth-attach"), authorizing: named("authz"), idiom: idiomsOf(route.framework).auth };
    return findingAt(model, route.file, route.span, messageId, data, { cause: routeName(route), related: stepPlaces(model, route) });
  };
  if (isWebhook(route) && !hasStep(route, "authz", "auth-attach")) return route.handler && provesOrigin(model, route.handler) ? undefined : report("unsigned");
  const attaching = route.steps.filter((step) => step.role === "auth-attach");
  // Who is not known has no role or permission: a check behind a step that attaches turns them away.
  if (hasStep(route, "authz")) return attaching.length > 0 ? undefined : report("authorization");
  if (attaching.length === 0) return report("none");
  const meant = attaching.some((step) => step.optional === true && step.origin !== "global") && /^(GET|HEAD)$/.test(route.method);
  return meant && options.optional === "allow" ? undefined : report("attaches");
}

/** A route that is neither authenticated nor open, and whose steps have all been judged. */
function needsAuth(model: ProjectModel, route: Route): boolean {
  if (hasStep(route, "auth") || !isChainKnown(model, route) || route.opaque || route.handler === undefined) return false;
  if (isInfrastructure(model, route) || isDeclaredPublic(model, route)) return false;
  return isWebhook(route) || !(isCallback(route) || isOpenByNature(model, route));
}

/** Applications of which no route at all is authenticated: one lack, not one for each route. */
function bareApplications(model: ProjectModel): ReadonlyMap<Application, readonly Route[]> {
  const byApplication = new Map<Application, Route[]>();
  for (const route of model.routes.routes) {
    const application = applicationOf(model, route);
    if (application) byApplication.set(application, [...(byApplication.get(application) ?? []), route]);
  }
  return new Map(
    [...byApplication].flatMap(([application, routes]) => {
      if (routes.some((route) => hasStep(route, "auth", "auth-attach", "authz", "unknown"))) return [];
      const open = routes.filter((route) => needsAuth(model, route) && !isWebhook(route));
      return open.length >= many ? [[application, open] as const] : [];
    }),
  );
}

function* applicationFinding(model: ProjectModel, scope: Scope, application: Application, routes: readonly Route[]): Iterable<RuleFinding> {
  if (!scope.has(application.file)) return;
  const data = { count: String(routes.length), routes: routes.slice(0, 5).map(routeName).join(", ") + (routes.length > 5 ? ", …" : ""), idiom: idiomsOf(application.framework).auth };
  yield findingAt(model, application.file, application.span, "application", data, { cause: "application", related: routes.slice(0, 10).map((route) => relatedAt(model, route.file, route.span, routeName(route))) });
}
