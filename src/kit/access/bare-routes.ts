import { groupBy } from "../../base/group-by.js";
import type { Span } from "../../base/position.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Route } from "../../model/routes/route.js";
import { isWebhook } from "../routes/open-routes.js";
import { byPlace, hasStep, ownerOf, servedRoutes } from "../routes/routes.js";

/** From so many bare routes on, a mount or a file without any authentication is one finding. */
export const manyRoutes = 4;
/** The same of a whole application, which then authenticates nobody at all. */
const someRoutes = 2;
const manyFiles = 10;

/** Whether a route needs a step that authenticates. */
export type Needs = (route: Route) => boolean;

/** Routes that lack one thing together: no route of their application, below their mount, or of their file, is authenticated. */
export interface BareGroup {
  readonly messageId: "application" | "mostly" | "reads" | "mount" | "file";
  readonly place: { readonly framework: string; readonly file: string; readonly span: Span };
  readonly routes: readonly Route[];
}

/** The groups among the served routes of a project, with `needs` to say which routes lack authentication. */
export function bareGroups(model: ProjectModel, needs: Needs): readonly BareGroup[] {
  const found: BareGroup[] = [];
  const routes = servedRoutes(model);
  const byApplication = groupBy(routes, (route) => ownerOf(model, route));
  for (const [owner, own] of byApplication) addBare(needs, found, own, "application", "span" in owner ? owner : undefined);
  for (const [owner, own] of byApplication) addMostly(needs, found, own, "span" in owner ? owner : undefined);
  addMounts(model, needs, found, routes);
  const covered = (): ReadonlySet<Route> => new Set(found.flatMap((group) => group.routes));
  // A file without any authentication that writes as well was forgotten; what only reads is one decision.
  const before = covered();
  for (const own of groupBy(routes, ({ file }) => file).values()) if (own.some(({ method }) => method !== "GET") && !own.some((route) => before.has(route))) addBare(needs, found, own, "file", undefined);
  const apart = covered();
  for (const own of byApplication.values()) addReads(needs, found, own.filter((route) => !apart.has(route)));
  return found;
}

function addBare(needs: Needs, found: BareGroup[], all: readonly Route[], messageId: BareGroup["messageId"], place: BareGroup["place"] | undefined): void {
  if (all.some((route) => hasStep(route, "auth", "auth-attach", "authz", "unknown"))) return;
  const routes = all.filter((route) => !isWebhook(route) && needs(route));
  const [first] = routes.toSorted(byPlace);
  if (first && routes.length >= (messageId === "application" ? someRoutes : manyRoutes)) found.push({ messageId, place: place ?? first, routes });
}

/** Where more routes are open, in more than ten files, than are authenticated, that is how the application is meant, or one thing to decide anew. */
function addMostly(needs: Needs, found: BareGroup[], all: readonly Route[], place: BareGroup["place"] | undefined): void {
  const routes = all.filter((route) => !isWebhook(route) && !hasStep(route, "auth-attach", "authz") && needs(route));
  const [first] = routes.toSorted(byPlace);
  const authenticated = all.filter((route) => hasStep(route, "auth"));
  if (first && authenticated.length > 0 && routes.length > authenticated.length && filesOf(routes) > manyFiles) found.push({ messageId: "mostly", place: place ?? first, routes });
}

/** Routers that are mounted together and where one that writes was forgotten were forgotten together, at their mount; what an outer mount says is said there. */
function addMounts(model: ProjectModel, needs: Needs, found: BareGroup[], all: readonly Route[]): void {
  const covered = new Set(found.flatMap(({ routes }) => routes));
  for (let depth = 0; all.some(({ mounts }) => mounts.length > depth); depth++) {
    const below = all.flatMap((route) => {
      const mount = route.mounts[depth];
      return mount && !covered.has(route) ? [{ route, mount }] : [];
    });
    for (const group of groupBy(below, ({ mount: { file, span } }) => `${file} ${span[0]}`).values()) {
      const own = group.map(({ route }) => route);
      const [first] = group;
      if (!first || !model.has(first.mount.file) || filesOf(own) < 2 || own.every(({ method }) => method === "GET")) continue;
      const before = found.length;
      addBare(needs, found, own, "mount", { framework: first.route.framework, file: first.mount.file, span: first.mount.span });
      if (found.length > before) for (const route of own) covered.add(route);
    }
  }
}

/** From so many registrations on, what everybody may read is one decision of its application. */
const fewReads = 3;

/** What an application lets everybody read. */
function addReads(needs: Needs, found: BareGroup[], all: readonly Route[]): void {
  const routes = all.filter((route) => route.method === "GET" && !hasStep(route, "auth-attach", "authz") && needs(route)).sort(byPlace);
  const [first] = routes;
  const registrations = new Set(routes.map(({ file, span }) => `${file} ${span[0]}`));
  if (first && registrations.size >= fewReads) found.push({ messageId: "reads", place: first, routes });
}

/** How many files routes stand in. */
export function filesOf(routes: readonly Route[]): number {
  return new Set(routes.map(({ file }) => file)).size;
}
