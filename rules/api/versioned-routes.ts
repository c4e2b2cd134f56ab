import { repositoryCause } from "../../src/base/causes.js";
import { oncePerPart } from "../../src/base/once-per.js";
import { within } from "../../src/base/position.js";
import { staticSegments, versionSegment } from "../../src/base/route-segments.js";
import { listed } from "../../src/base/words.js";
import { groupBy } from "../../src/base/group-by.js";
import { answersWithPage, saysTheSame } from "../../src/kit/routes/answers.js";
import { isWebhook } from "../../src/kit/routes/open-routes.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { filesOfRoutes, isCallback, isInfrastructure, ownerOf, relatedRoutes, routeCause, routeName, routeSettings, servedRoutes } from "../../src/kit/routes/routes.js";
import type { RuleFinding } from "../../src/base/finding.js";
import { ofWholeProject } from "../../src/kit/routes/whole-project.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { Route } from "../../src/model/routes/route.js";

interface Options {
  readonly report: "mounts" | "routes";
  readonly procedures: "allow" | "report";
}

/** From so many mounts on, what an application leaves without a version beside others that have one is one finding. */
const manyBesideOthers = 5;

export default defineRule<Options>({
  name: "versioned-routes",
  section: "api",
  clauses: ["API-1"],
  description: "Require a version segment in the path of every route",
  presets: { recommended: "error", strict: ["error", { report: "routes", procedures: "report" }], legacy: "off" },
  messages: {
    route: "{{route}} has no version in its path, so it can never change without breaking its callers. Mount it below a version: {{versioned}}.",
    mount: "{{count}} routes are mounted here without a version in their path ({{routes}}), so they can never change without breaking their callers. Mount them below a version: {{versioned}}.",
    others: "{{count}} routes of this application have no version in their path ({{routes}}), beside others that have one, so they can never change without breaking their callers. Mount them below a version: {{versioned}}; or say in `routes.versioning` how they change instead.",
    application: "No route of this application has a version in its path ({{count}} routes: {{routes}}), so none can ever change without breaking its callers. Mount them below a version: {{versioned}}; or say in `routes.versioning` how they change instead.",
  },
  optionsSchema: {
    report: { enum: ["mounts", "routes"], description: "One finding for each place where unversioned routes are mounted, and for an application that has no version at all; or one for each route." },
    procedures: { enum: ["allow", "report"], description: "Whether procedures of tRPC and oRPC count, whose clients are built with them." },
  },
  defaultOptions: { report: "mounts", procedures: "allow" },
  project: {
    reads: "model",
    check: ofWholeProject<Options>(function* (model, options) {
      if (options.report === "routes") {
        for (const route of servedRoutes(model)) if (lacksVersion(model, route, options)) yield findingAt(model, route.file, route.span, "route", { route: routeName(route), versioned: versionedPath(route) }, { cause: routeCause(model, route) });
        return;
      }
      yield* byMount(model, options);
    }, filesOfRoutes),
  },
});

/** One finding for the outermost mount of unversioned routes, or for the first route of a file where nothing mounts it; one for all applications without any version. */
function* byMount(model: ProjectModel, options: Options): Iterable<RuleFinding> {
  const versioned = new Set(servedRoutes(model).filter((route) => isVersioned(model, route)).map((route) => ownerOf(model, route)));
  const lacking = servedRoutes(model).filter((route) => lacksVersion(model, route, options));
  for (const [application, routes] of groupBy(lacking, (route) => ownerOf(model, route))) {
    const place = "span" in application ? application : undefined;
    const mounts = groupBy(routes, ({ mounts: [mount], file }) => (mount ? `${mount.file}@${mount.span[0]}` : file));
    if (!versioned.has(application)) yield sumOf(model, routes, mounts.size > 1 ? place : firstOf(routes).mounts[0], "application", repositoryCause("application"));
    else if (mounts.size >= manyBesideOthers) yield sumOf(model, routes, place, "others", "others");
    else for (const [key, own] of mounts) yield sumOf(model, own, firstOf(own).mounts[0], "mount", causeOfMount(own) ?? key);
  }
}

/** What several applications of a repository mount below one prefix, `/admin`, is one decision. */
function causeOfMount(routes: readonly Route[]): string | undefined {
  const prefix = firstOf(routes).mounts[0]?.prefix;
  return prefix === undefined ? undefined : repositoryCause(`mount ${prefix}`);
}

/** What several routes lack together, where they are mounted. */
function sumOf(model: ProjectModel, routes: readonly Route[], mount: Pick<Route, "file" | "span"> | undefined, messageId: "application" | "others" | "mount", cause: string): RuleFinding {
  const first = firstOf(routes);
  const place = mount ?? first;
  const shown = listed(routes.map(routeName), 5);
  const related = relatedRoutes(model, routes);
  if (routes.length === 1) return findingAt(model, place.file, place.span, "route", { route: routeName(first), versioned: versionedPath(first) }, { cause });
  return findingAt(model, place.file, place.span, messageId, { count: String(routes.length), routes: shown, versioned: versionedPath(first) }, { cause, related });
}

function firstOf(routes: readonly Route[]): Route {
  return routes.reduce((left, right) => (left.file < right.file || (left.file === right.file && left.span[0] <= right.span[0]) ? left : right));
}

/** `export const { GET, POST } = createRouteHandler({ router })` of a package. */
function isMadeByPackage(model: ProjectModel, { file, span }: Route): boolean {
  return model.facts(file).body.some((statement) => statement.kind === "variable" && within(span, statement.span) && statement.declarators.some(({ value }) => value?.kind === "call" && model.values.of(file, value.callee).some(({ kind }) => kind === "external")));
}

/** `app.get("/sign-in", passport.authenticate("oidc"))` leads to the page of a provider. */
function leadsToProvider(model: ProjectModel, { file, span }: Route): boolean {
  const call = model.values.index(file).calls.find(({ node }) => node.span[0] === span[0] && node.span[1] === span[1])?.node;
  const last = call?.arguments.at(-1);
  return last?.kind === "call" && model.values.of(file, last.callee).some((value) => value.kind === "external" && value.provenance.package === "passport" && value.provenance.path.at(-1) === "authenticate");
}

/** A route that others call as an interface, and whose path has no version. */
function lacksVersion(model: ProjectModel, route: Route, { procedures, report }: Options): boolean {
  const settings = routeSettings(model, route.file);
  if ((settings.versioning ?? "path") !== "path" || isInfrastructure(model, route) || isCallback(route) || route.opaque || /\/(saml2?|sso|oidc)(\/|$)|(^|\/)oauth2?\/(authorize|token|revoke|introspect|userinfo|register|device)([_/]|$)/i.test(route.path)) return false;
  // What a package makes of its options answers as its own client asks; a sample, outside the whole standard, says one thing to everybody.
  if (route.handler === undefined ? isMadeByPackage(model, route) : report === "mounts" && /^(ALL|GET|HEAD)$/.test(route.method) && saysTheSame(route.handler)) return false;
  if (route.handler === undefined && route.method === "GET" && leadsToProvider(model, route)) return false;
  // Whoever sends to a webhook, asks before a request, or talks GraphQL has the contract from elsewhere.
  if (isWebhook(route) || route.method === "OPTIONS" || /(^|\/)graphql$/i.test(route.path)) return false;
  // `router.on("/old").redirect("/new")` leads elsewhere and answers nothing itself.
  if (route.handler === undefined && route.response.kind === "absent") return false;
  // The paths of git are those of its protocol.
  if (/\/(?:info\/refs|git-(?:upload|receive)-pack)$/.test(route.path)) return false;
  // A picture, a sheet or a signed link is no interface, and the paths of the Model Context Protocol are those of its specification.
  if (/\.(png|jpe?g|gif|svg|webp|ico|css)$|\/:(sig|signature|hmac)(\/|$)|(^|\/)(mcp|sse)$/i.test(route.path)) return false;
  if (/\/messages$/.test(route.path) && model.routes.routes.some(({ file, path }) => file === route.file && path.endsWith("/sse"))) return false;
  // What answers everything below a path has a contract of its own: a library, a proxy, a file store.
  if (/\/\*[^/]*$/.test(route.path)) return false;
  // A prefix that is not known may hold the version.
  if (route.confidence !== "exact" || route.path.includes(":prefix") || route.path.includes(":unknown")) return false;
  if (procedures === "allow" && (route.framework === "trpc" || route.framework === "orpc")) return false;
  return !isVersioned(model, route) && !(route.handler && answersWithPage(model, route.handler));
}

const isVersioned = oncePerPart((model: ProjectModel, route: Route): boolean => {
  if (route.version !== undefined && route.version.source !== "path") return true;
  const settings = routeSettings(model, route.file);
  const pattern = settings.version === undefined ? versionSegment : new RegExp(settings.version, "i");
  return staticSegments(`${settings.externalPrefix ?? ""}${route.path}`, route.framework).some((segment) => pattern.test(segment));
});

function versionedPath(route: Route): string {
  // `/trpc/users.list` becomes a procedure of a router for the version.
  if (route.framework === "trpc") return route.path.replace(/\/([^/]*)$/, "/v1.$1");
  const rest = route.path.replace(/^\/api(?=\/|$)/, "");
  return rest === route.path ? `/v1${rest}` : `/api/v1${rest}`;
}
