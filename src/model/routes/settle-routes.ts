import { groupBy } from "../../base/group-by.js";
import { haveSameParts, settlePlain } from "../../base/settled.js";
import type { Route, RouteTable } from "./route.js";

/** After an edit, routes that are as they were stay the same objects, so that what is known of each is kept; so does a table with no other. */
export function settleRoutes(before: RouteTable, after: RouteTable): RouteTable {
  const kept = new Set(after.routes);
  const gone = groupBy(before.routes.filter((route) => !kept.has(route)), nameOf);
  const routes = gone.size === 0 ? after.routes : after.routes.map((route) => gone.get(nameOf(route))?.find((other) => haveSameParts(other, route)) ?? route);
  const unresolved = settlePlain(before.unresolved, after.unresolved);
  const applications = settlePlain(before.applications, after.applications);
  const isLike = routes.length === before.routes.length && routes.every((route, index) => route === before.routes[index]);
  return isLike && unresolved === before.unresolved && applications === before.applications ? before : { routes: isLike ? before.routes : routes, unresolved, applications };
}

function nameOf({ framework, method, path, file, span }: Route): string {
  return `${framework} ${method} ${path} ${file} ${span[0]}`;
}
