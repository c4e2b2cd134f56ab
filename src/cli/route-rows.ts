import type { ProjectModel } from "../model/project-model.js";
import type { Route, SchemaUse, UnresolvedRoute } from "../model/routes/route.js";
import type { RouteRow } from "../report/report.js";

/** A route as tables show it. */
export function rowOf(model: ProjectModel, route: Route): RouteRow {
  const steps = (role: string): string => route.steps.filter((step) => step.role === role).map((step) => step.name).join(", ");
  const unknown = route.steps.some((step) => step.role === "unknown") ? "?" : "-";
  return {
    method: route.method,
    path: route.path,
    version: route.version?.value ?? "-",
    auth: exemption(route) ?? (steps("auth") || (steps("auth-attach") ? `optional: ${steps("auth-attach")}` : unknown)),
    // What a route is exempted from does not run before it.
    rateLimit: steps("unlimited") ? "-" : steps("rate-limit") || "-",
    request: Object.entries(route.request).filter(([, use]) => use.kind !== "absent").map(([part, use]) => `${part}:${word(use)}`).join(" ") || "-",
    response: word(route.response),
    handler: `${route.handler?.name ?? "?"} ${route.file}:${model.range(route.file, route.span).start.line}`,
  };
}

/** What declares a route public; guards of its own count for more than a marker, those around it for less. */
function exemption({ steps }: Route): string | undefined {
  const markers = steps.filter(({ role }) => role === "public").map(({ name }) => name);
  return markers.length === 0 || steps.some(({ role, origin }) => role === "auth" && origin === "route") ? undefined : `public: ${markers.join(", ")}`;
}

function word(use: SchemaUse): string {
  return { enforced: "yes", declared: "not enforced", "type-only": "type only", none: "no", absent: "-", unknown: "?" }[use.kind];
}

/** Whether one file registers the same handler twice, as in the two branches of an `if`: either way the same answers. */
function answersAlike(one: Route, other: Route): boolean {
  return one.file === other.file && one.handler !== undefined && one.handler.node === other.handler?.node;
}

/** One route for each method and path of a package; which others stand behind them is said apart. */
export function eachOnce(model: ProjectModel): { readonly routes: readonly Route[]; readonly repeated: readonly UnresolvedRoute[] } {
  const first = new Map<string, Route>();
  const repeated: UnresolvedRoute[] = [];
  for (const route of model.routes.routes) {
    // Without what mounts them, routes of two routers only look alike.
    const key = `${model.packageOf(route.file).folder} ${route.method} ${route.path}${route.unmounted ? ` ${route.file}` : ""}`;
    const known = first.get(key);
    if (!known) first.set(key, route);
    else if (!route.unmounted && known.conditional === undefined && route.conditional === undefined && !answersAlike(known, route)) repeated.push({ file: route.file, span: route.span, reason: `${route.method} ${route.path} is also registered at ${known.file}:${model.range(known.file, known.span).start.line}` });
  }
  return { routes: [...first.values()], repeated };
}
