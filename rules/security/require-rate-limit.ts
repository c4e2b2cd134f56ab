import { isOpen } from "../../src/kit/open-routes.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { defineRule, type Scope } from "../../src/kit/rule.js";
import { applicationOf, hasStep, isInfrastructure, matchesAny, riskOf, routeName, routeSettings, routesIn } from "../../src/kit/routes.js";
import type { RuleFinding } from "../../src/base/finding.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { Route } from "../../src/model/routes/route.js";

interface Options {
  readonly routes: "high-risk" | "public";
}

export default defineRule<Options>({
  name: "require-rate-limit",
  section: "security",
  clauses: ["SEC-3"],
  description: "Require a rate limit on public and high-risk routes",
  presets: { recommended: "error", strict: ["error", { routes: "public" }], legacy: "warn" },
  messages: {
    route: "{{route}} can be called without limit ({{why}}), so it can be guessed at or flooded. Put a rate limiter before it, or name the gateway's limit in `routes.rateLimitedAtGateway`.",
    application: "Nothing limits how often {{count}} high-risk routes of this application are called ({{routes}}), so they can be guessed at or flooded. Put a rate limiter before them, or name the gateway's limit in `routes.rateLimitedAtGateway`.",
    notApplied: "A throttler module is set up here and no guard applies it, so nothing is limited. Provide `{ provide: APP_GUARD, useClass: ThrottlerGuard }` or use the guard on the routes.",
  },
  optionsSchema: { routes: { enum: ["high-risk", "public"], description: "Only routes that are worth attacking, or every route that needs no credentials." } },
  defaultOptions: { routes: "high-risk" },
  project: {
    reads: "model",
    *check(model, scope, options) {
      const limited = model.routes.routes.some((route) => hasStep(route, "rate-limit"));
      const idle = limited ? undefined : idleThrottler(model);
      if (idle) {
        if (scope.has(idle.file)) yield findingAt(model, idle.file, idle.span, "notApplied", {}, { cause: "throttler" });
        return;
      }
      if (!limited && options.routes === "high-risk") yield* byApplication(model, scope);
      else
        for (const route of routesIn(model, scope)) {
          const why = unlimited(model, route, options);
          if (why !== undefined) yield findingAt(model, route.file, route.span, "route", { route: routeName(route), why }, { cause: routeName(route) });
        }
    },
  },
});

/** Without any limiter the lack is the application's: one finding with its routes. */
function* byApplication(model: ProjectModel, scope: Scope): Iterable<RuleFinding> {
  const groups = new Map<string, Route[]>();
  for (const route of model.routes.routes) {
    if (unlimited(model, route, { routes: "high-risk" }) === undefined) continue;
    const application = applicationOf(model, route);
    const key = application ? `${application.file}@${application.span[0]}` : `${route.file}@${route.span[0]}`;
    groups.set(key, [...(groups.get(key) ?? []), route]);
  }
  for (const routes of groups.values()) {
    const [first] = routes;
    if (!first) continue;
    const place = applicationOf(model, first) ?? first;
    if (!scope.has(place.file)) continue;
    const related = routes.slice(0, 10).map((route) => relatedAt(model, route.file, route.span, routeName(route)));
    yield findingAt(model, place.file, place.span, "application", { count: String(routes.length), routes: routes.slice(0, 6).map(routeName).join(", ") + (routes.length > 6 ? ", …" : "") }, { cause: "application", related });
  }
}

/** Why a route should be limited and is not; undefined if it is, or need not be, or that cannot be told. */
function unlimited(model: ProjectModel, route: Route, options: Options): string | undefined {
  const gateway = routeSettings(model, route.file).rateLimitedAtGateway;
  if (gateway === true || (Array.isArray(gateway) && matchesAny(gateway, route))) return undefined;
  if (hasStep(route, "rate-limit", "unknown") || route.handler === undefined || route.opaque || isInfrastructure(model, route)) return undefined;
  const risk = riskOf(model, route);
  if (risk !== undefined && (!hasStep(route, "auth") || /^(GET|HEAD)$/.test(route.method) === false)) return `\`${risk}\` in its path`;
  return options.routes === "public" && (isOpen(model, route) || !hasStep(route, "auth")) ? "it needs no credentials" : undefined;
}

/** `ThrottlerModule` of @nestjs/throttler in a module, where no guard of it is used. */
function idleThrottler(model: ProjectModel): { readonly file: string; readonly span: readonly [number, number] } | undefined {
  for (const file of model.files) {
    const fact = model.facts(file).imports.find(({ specifier, names }) => specifier === "@nestjs/throttler" && names.some((name) => name.imported === "ThrottlerModule" && name.use === "value"));
    if (fact && model.routes.routes.length > 0 && model.routes.routes.every((route) => !hasStep(route, "unknown"))) return { file, span: fact.specifierSpan };
  }
  return undefined;
}
