import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { defineRule, type Scope } from "../../src/kit/rule.js";
import { isCallback, isInfrastructure, routeName, routeSettings, routesIn } from "../../src/kit/routes.js";
import type { RuleFinding } from "../../src/base/finding.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { Route } from "../../src/model/routes/route.js";

interface Options {
  readonly report: "mounts" | "routes";
}

export default defineRule<Options>({
  name: "versioned-routes",
  section: "api",
  clauses: ["API-1"],
  description: "Require a version segment in the path of every route",
  presets: { recommended: "error", strict: ["error", { report: "routes" }], legacy: "off" },
  messages: {
    route: "{{route}} has no version in its path, so it can never change without breaking its callers. Mount it below a version: {{versioned}}.",
    mount: "{{count}} routes are mounted here without a version in their path ({{routes}}), so they can never change without breaking their callers. Mount them below a version: {{versioned}}.",
  },
  optionsSchema: { report: { enum: ["mounts", "routes"], description: "One finding for each place where unversioned routes are mounted, or for each route." } },
  defaultOptions: { report: "mounts" },
  project: {
    reads: "model",
    *check(model, scope, options) {
      if (options.report === "routes") {
        for (const route of routesIn(model, scope)) if (!isVersioned(model, route)) yield findingAt(model, route.file, route.span, "route", { route: routeName(route), versioned: versioned(route) }, { cause: routeName(route) });
        return;
      }
      yield* byMount(model, scope);
    },
  },
});

/** One finding for the outermost mount of unversioned routes, or for the first route of a file where nothing mounts it. */
function* byMount(model: ProjectModel, scope: Scope): Iterable<RuleFinding> {
  const groups = new Map<string, Route[]>();
  for (const route of model.routes.routes) {
    if (isVersioned(model, route)) continue;
    const [mount] = route.mounts;
    const key = mount ? `${mount.file}@${mount.span[0]}` : `${route.file}`;
    groups.set(key, [...(groups.get(key) ?? []), route]);
  }
  for (const [key, routes] of groups) {
    const first = routes.reduce((left, right) => (left.file < right.file || (left.file === right.file && left.span[0] <= right.span[0]) ? left : right));
    const place = first.mounts[0] ?? first;
    if (!scope.has(place.file)) continue;
    const shown = routes.slice(0, 5).map(routeName).join(", ") + (routes.length > 5 ? ", …" : "");
    const related = routes.slice(0, 10).map((route) => relatedAt(model, route.file, route.span, routeName(route)));
    if (routes.length === 1) yield findingAt(model, place.file, place.span, "route", { route: routeName(first), versioned: versioned(first) }, { cause: key });
    else yield findingAt(model, place.file, place.span, "mount", { count: String(routes.length), routes: shown, versioned: versioned(first) }, { cause: key, related });
  }
}

function isVersioned(model: ProjectModel, route: Route): boolean {
  const settings = routeSettings(model, route.file);
  if ((settings.versioning ?? "path") !== "path" || (route.version !== undefined && route.version.source !== "path") || isInfrastructure(model, route) || isCallback(route) || route.opaque) return true;
  // A prefix that is not known may hold the version.
  if (route.confidence !== "exact" || route.path.includes(":prefix") || route.path.includes(":unknown")) return true;
  const pattern = new RegExp(settings.version ?? "^v\\d+(?:\\.\\d+)?$", "i");
  const segments = `${settings.externalPrefix ?? ""}${route.path}`.split("/").filter((segment) => segment !== "");
  const end = segments.findIndex((segment) => /^[:*]/.test(segment));
  return (end === -1 ? segments : segments.slice(0, end)).some((segment) => pattern.test(segment));
}

function versioned(route: Route): string {
  const rest = route.path.replace(/^\/api(?=\/|$)/, "");
  return rest === route.path ? `/v1${rest}` : `/api/v1${rest}`;
}
