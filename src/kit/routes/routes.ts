import { baseName } from "../../base/paths.js";
import { isForAgents } from "../roles.js";
import { groupBy } from "../../base/group-by.js";
import { oncePer, oncePerPart } from "../../base/once-per.js";
import { within } from "../../base/position.js";
import { settledPer, settleSet } from "../../base/settled.js";
import { isStandInFolder } from "../../base/test-paths.js";
import { assetTokens } from "../../catalogue/lexicon/assets.js";
import { callbackPaths, highRiskPaths, infrastructurePaths, measuredTokens } from "../../catalogue/lexicon/http.js";
import { compareText, type RelatedLocation } from "../../base/finding.js";
import { lastName } from "../../facts/names.js";
import type { TypeNode } from "../../facts/syntax.js";
import type { PackageUnit, ProjectModel } from "../../model/project-model.js";
import type { Application, Handler, Route, Step, StepRole } from "../../model/routes/route.js";
import { endsOutsideDevelopment, isForDebugging, isForDevelopment, isForTests, mostBefore } from "../project/development-branches.js";
import { relatedAt } from "../project-finding.js";

/** The part of the settings that route rules read; absent where a model has no settings. */
interface RouteSettings {
  readonly version?: string;
  readonly versioning?: "path" | "header" | "rpc-evolution";
  readonly public?: readonly string[];
  readonly highRisk?: readonly string[];
  readonly infrastructure?: readonly string[];
  readonly idempotent?: readonly string[];
  readonly externalPrefix?: string;
  readonly rateLimitedAtGateway?: boolean | readonly string[];
}

/** The routes settings in force for a file. */
export function routeSettings(model: ProjectModel, file: string): RouteSettings {
  const settings = model.options.settingsFor?.(file) ?? model.options.settings;
  const routes = settings["routes"];
  // Validated by the settings' schema; a model without settings has none.
  return typeof routes === "object" && routes !== null ? routes : {};
}

/** The routes of a project but those that only tests have: `if (NODE_ENV === "test") app.post("/reset", …)`. */
export const servedRoutes = oncePer((model: ProjectModel): readonly Route[] => {
  const standIns = standInsOf(model);
  return model.routes.routes.filter((route) => !isForAgents(route.file) && !isExample(model, route) && !isCalledStandIn(model, route) && !isOfTests(model, route) && !standIns.has(model.packageOf(route.file)));
});

/** As few routes may have the same paths by chance. */
const fewest = 5;

/**
 * Packages whose routes stand in for the backend of another package while a user interface is worked on: each has a path of
 * that one, and some name a sample where it takes a parameter (`/api/users/erik`).
 */
function standInsOf(model: ProjectModel): ReadonlySet<unknown> {
  const byPackage = groupBy(model.routes.routes, ({ file }) => model.packageOf(file));
  const found = new Set<unknown>();
  for (const [unit, own] of byPackage) {
    if (own.length < fewest || own.some(({ framework }) => framework !== "next" && framework !== "nitro")) continue;
    const others = model.routes.routes.filter(({ file, framework }) => model.packageOf(file) !== unit && framework !== "next" && framework !== "nitro").map(({ path }) => path.split("/"));
    const matches = own.map(({ path }) => others.filter((other) => isSample(path.split("/"), other)));
    if (matches.every((same) => same.length > 0) && own.some(({ path }, at) => matches[at]?.every((other) => other.join("/") !== path))) found.add(unit);
  }
  return found;
}

function isSample(path: readonly string[], of: readonly string[]): boolean {
  return path.length === of.length && path.every((segment, at) => segment === of[at] || of[at]?.startsWith(":") === true);
}

/** Code in a folder of a package that shows how a part of it is used, or a package that does beside those that it shows; among sources a folder has the name of its subject: `src/api/examples/`. */
function isExample(model: ProjectModel, { file }: Route): boolean {
  const { folder } = model.packageOf(file);
  return (demonstrates.test(folder) && servesElsewhere(model)) || /^\/?(?:(?!src\/)[^/]+\/)*(?:src\/)?examples?\//.test(file.slice(model.packageOf(file).folder.length));
}

/** Packages that show how others are used: `examples/express`, `apps/oauth-demo`. */
const demonstrates = /(?:^|\/)(?:examples?|demos?|samples?)\/|[-_](?:demo|example|sample)$/i;

const servesElsewhere = oncePer((model: ProjectModel): boolean => model.routes.routes.some(({ file }) => !demonstrates.test(model.packageOf(file).folder)));

/** A package of the repository that is called what stands in for a service of somebody else: `fake-payment-service`, `payments-mock`. */
function isCalledStandIn(model: ProjectModel, { file }: Route): boolean {
  const name = baseName(model.packageOf(file).folder);
  return isStandInFolder(name) || /^(?:fake|mock|stub)[-_]/i.test(name);
}

/** The served routes that are registered in the files of a scope. */
export function* routesIn(model: ProjectModel, scope: { has(file: string): boolean }): Iterable<Route> {
  for (const route of servedRoutes(model)) if (scope.has(route.file)) yield route;
}

const routesByFile = oncePer((model: ProjectModel) => groupBy(servedRoutes(model), ({ file }) => file));

/** The served routes that are registered in a file. */
export function routesOf(model: ProjectModel, file: string): readonly Route[] {
  return routesByFile(model).get(file) ?? [];
}

const routesByHandler = oncePer((model: ProjectModel) => groupBy(model.routes.routes, ({ handler }) => handler?.file));

/** The routes whose handlers stand in a file, served or not. */
export function routesHandledIn(model: ProjectModel, file: string): readonly Route[] {
  return routesByHandler(model).get(file) ?? [];
}

function isOfTests(model: ProjectModel, { file, span }: Route): boolean {
  const index = model.values.index(file);
  const call = index.calls.find(({ node }) => node.span[0] === span[0] && node.span[1] === span[1]);
  return call !== undefined && isForTests(index, call.node);
}

/** Whether a route is there on developers' machines alone: it, or what mounts it, is registered for them (`if (NODE_ENV !== "development") return; app.register(routes)`), or its handler answers nobody else. */
export const isForDevelopers = oncePerPart(
  (model: ProjectModel, { file, span, mounts, handler }: Route): boolean =>
    (handler !== undefined && answersDevelopers(model, handler)) ||
    [{ file, span }, ...mounts].some((place) => {
      if (!model.has(place.file)) return false;
      const index = model.values.index(place.file);
      const call = index.calls.find(({ node }) => node.span[0] === place.span[0] && node.span[1] === place.span[1]);
      return call !== undefined && (isForDevelopment(index, call.node) || isForDebugging(index, call.node));
    }),
);

/** `assertDevelopment();` at the beginning of a handler, which throws in production; or the same written out. */
function answersDevelopers(model: ProjectModel, { file, node }: Handler): boolean {
  if (endsOutsideDevelopment(node, "any")) return true;
  return (node.body ?? []).slice(0, mostBefore).some((statement) => {
    const call = statement.kind === "expression" && statement.value.kind === "await" ? statement.value.value : statement.kind === "expression" ? statement.value : undefined;
    return call?.kind === "call" && model.values.of(file, call.callee).some((callee) => callee.kind === "function" && endsOutsideDevelopment(callee.node, "throw"));
  });
}

export function hasStep(route: Route, ...roles: readonly StepRole[]): boolean {
  return route.steps.some((step) => roles.includes(step.role));
}

/** `GET /api/v1/users`. */
export function routeName(route: Route): string {
  return `${route.method} ${route.path}`;
}

/** The first ten of several routes as places for `related`. */
export function relatedRoutes(model: ProjectModel, routes: readonly Route[]): RelatedLocation[] {
  return routes.slice(0, 10).map((route) => relatedAt(model, route.file, route.span, routeName(route)));
}

/** The order of the files, and in each that of the text. */
export function byPlace(left: Route, right: Route): number {
  return compareText(left.file, right.file) || left.span[0] - right.span[0];
}

/** The cause of what one route lacks: the same for all routes that one call registers, below several mounts or at several paths. */
export function routeCause(model: ProjectModel, route: Route): string {
  return firstNames(model).get(registrationOf(route)) ?? routeName(route);
}

/** The name of the first route of each registration. */
const firstNames = oncePer((model: ProjectModel): ReadonlyMap<string, string> => new Map(model.routes.routes.toReversed().map((route) => [registrationOf(route), routeName(route)])));

function registrationOf({ file, span, method }: Route): string {
  return `${file}\0${span[0]}\0${method}`;
}

/** Segments that stand in front of resources and say nothing of their own. */
const prefixSegment = /^(api|rest|rpc|v\d+(\.\d+)?|_|internal|public|system|server|app|service)$/i;
/** Names of infrastructure that no resource has. */
const plainlyInfrastructure = /^(health\w*|metrics|prometheus|swagger|openapi|redoc|\.well-known|favicon\.\w+|robots\.txt|sitemap\.xml)([.-]\w+)*$/i;

/** Words that name resources as well, and infrastructure only where nothing follows. */
const lastOnly = /^(status|version|reference|live|ready|alive|ping|probe|doc|hello)$/i;

/** What a Durable Object of Workers answers: only the code of its own worker can ask it. */
function isOfDurableObject(model: ProjectModel, { file, span }: Route): boolean {
  const isNamed = (type: TypeNode | undefined): boolean => type?.kind === "reference" && /^DurableObject(State)?$/.test(type.name);
  return model.has(file) && model.values.index(file).classes.some((one) => within(span, one.span) && ((one.extends !== undefined && lastName(one.extends.value) === "DurableObject") || one.implements?.some(isNamed) === true || one.members.some((member) => (member.kind === "method" && member.function.form === "constructor" && member.function.parameters.some(({ type }) => isNamed(type))))));
}

/** Health, metrics, documentation, static files, and what the settings add: they are read, and stand near the root. Judged once a route. */
export const isInfrastructure = oncePerPart((model: ProjectModel, route: Route): boolean => {
  if (matchesAny(routeSettings(model, route.file).infrastructure, route) || (route.method === "OPTIONS" && route.path.includes("*"))) return true;
  // What a tenant or an issuer says of itself stands below its name.
  if (isOfDurableObject(model, route) || /^\/:\w+\/\.well-known\//.test(route.path)) return true;
  // The root of the interface: a greeting, a list of links.
  if (route.path.split("/").every((segment) => segment === "" || prefixSegment.test(segment))) return /^(GET|HEAD|ALL)$/.test(route.method);
  const leading = leadingSegments(route.path);
  const at = leading.findIndex((segment) => infrastructurePaths.in(segment) && (!lastOnly.test(segment) || route.path.endsWith(`/${segment}`)));
  if (at === -1) return false;
  const before = leading.slice(0, at).filter((segment) => !prefixSegment.test(segment));
  const reads = /^(GET|HEAD|ALL|OPTIONS)$/.test(route.method) || /csp/i.test(leading[at] ?? "");
  return reads && (before.length === 0 || (before.length === 1 && plainlyInfrastructure.test(leading[at] ?? "")));
});

/** Where an identity provider or another service calls back. */
export const isCallback = oncePer((route: Route): boolean => staticSegments(route.path).some((segment) => callbackPaths.in(segment)));

/** Whether what runs before the handler is known: nothing unjudged, and its router's mount was found. */
export function isChainKnown(model: ProjectModel, route: Route): boolean {
  if (route.steps.some((step) => step.role === "unknown" && !besideGuards(model).has(foreignKey(step))) || route.confidence === "unknown") return false;
  // A router that authenticates some of its routes one by one does not leave it to its mount.
  return !route.unmounted || model.routes.routes.some((sibling) => sibling.file === route.file && sibling.steps.some((step) => step.role === "auth" && (step.origin === "route" || step.origin === "controller")));
}

/** What packages whose work is not known run before routes that another step authenticates: such a package only prepares the request. */
const besideGuards = oncePer((model: ProjectModel): ReadonlySet<string | undefined> => {
  const guarded = model.routes.routes.filter(({ steps }) => steps.some(({ role, origin }) => role === "auth" && origin !== "handler"));
  return new Set(guarded.flatMap(({ steps }) => steps.flatMap((step) => (step.role === "unknown" ? (foreignKey(step) ?? []) : []))));
});

/** The package and the name of a step of a package; undefined for one of the project, and for one that keeps its name. */
function foreignKey({ package: from, name }: Step): string | undefined {
  return from === undefined ? undefined : `${from} ${name}`;
}

/** Why a route is worth attacking: the words of its path that say so; undefined if none do. */
export const riskOf = oncePerPart((model: ProjectModel, route: Route): string | undefined => {
  const segments = staticSegments(route.path);
  for (const [kind, phrases] of Object.entries(highRiskPaths)) {
    // Reading what was exported, or a payment, is no attack surface of its own; nor is taking it away, nor the way back from a provider.
    if ((route.method === "GET" || route.method === "DELETE") && kind !== "credentials" && kind !== "search" && !(kind === "transfer" && makesExport(route))) continue;
    // `/webhooks/resend` is named after who calls.
    if (kind === "messages" && segments.some((candidate) => highRiskPaths.webhook.in(candidate))) continue;
    const segment = segments.find((candidate) => phrases.in(candidate) && !assetTokens.in(candidate) && !measuredTokens.in(candidate) && !isOfResource(route, candidate));
    if (segment !== undefined) return segment;
  }
  return matchesAny(routeSettings(model, route.file).highRisk, route) ? "settings" : undefined;
});

/** `GET /members/export` puts everything together anew for whoever asks. */
function makesExport({ method, path }: Route): boolean {
  return method === "GET" && /[/-]export$/i.test(path);
}

/** `/sites/:id/reset` of a caller who is known does something to a resource, and nothing to credentials. */
function isOfResource(route: Route, segment: string): boolean {
  const before = route.path.slice(0, route.path.lastIndexOf(segment));
  // `PUT /settings/plex/token` keeps what another service gave.
  if (/token|key|oauth|hook/i.test(segment) && /\/(?:settings?|config(?:uration)?|preferences)\//i.test(before)) return true;
  // What takes nothing of its request resets nobody's password.
  if (/(?:^|\.)reset$/i.test(segment) && route.handler?.node.parameters.length === 0) return true;
  if (!hasStep(route, "auth") || !/^(reset|recover|verify|verification|refresh)$/i.test(segment)) return false;
  return /\/:[^/]+\//.test(before) || (/^re(set|cover)$/i.test(segment) && !/\/(\w*auth|users?|accounts?|passwords?|me|profile|v\d+|api)\/$/i.test(before));
}

/** The steps of a route as places, for findings that rest on them. */
export function stepPlaces(model: ProjectModel, route: Route): RelatedLocation[] {
  const mounts = route.mounts.filter(({ file }) => model.has(file)).map(({ file, span, prefix }) => relatedAt(model, file, span, `mounted at ${withSlash(prefix)}`));
  const steps = route.steps.filter(({ file, role }) => role !== "context" && model.has(file)).slice(0, 8).map((step) => relatedAt(model, step.file, step.span, `${step.name}: ${step.role} (${step.origin})`));
  return [...mounts, ...steps];
}

/** `validate (validation), 3 that only prepare the request`: the steps of a route with their roles; `none` without any. */
export function stepsText(route: Route): string {
  const names = route.steps.flatMap(({ name, role }) => (role === "context" ? [] : [`${name} (${role})`]));
  const others = route.steps.length - names.length;
  if (others > 0) names.push(`${others} that only prepare${others === 1 ? "s" : ""} the request`);
  return names.length === 0 ? "none" : names.join(", ");
}

/** `src/app.ts:12 at /api → src/users.ts:3`: how a request comes to a route. */
export function mountsText(model: ProjectModel, route: Route): string {
  const places = route.mounts.filter(({ file }) => model.has(file)).map(({ file, span, prefix }) => `${file}:${model.range(file, span).start.line} at ${withSlash(prefix)}`);
  return [...places, `${route.file}:${model.range(route.file, route.span).start.line}`].join(" → ");
}

/** The application that serves a route: the one that is known to, else that its file or what mounts it makes, else one of the same framework and package, else the only one of the framework. Told once a route. */
export const applicationOf = oncePerPart((model: ProjectModel, route: Route): Application | undefined => {
  const all = applicationsOf(model);
  const same = all.filter(({ framework }) => framework === route.framework);
  // tsoa adds its routes to an application of Express.
  const known = route.application === undefined ? undefined : all.find((one) => `${one.file}@${one.span[0]}` === route.application);
  const mounting = known ?? same.find(({ file }) => file === route.file || route.mounts.some((mount) => mount.file === file));
  return mounting ?? same.find(({ file }) => model.packageOf(file) === model.packageOf(route.file)) ?? (same.length === 1 && !route.unmounted ? same[0] : undefined);
});

/** A GET that names no single resource, or need not (`/documents/:id?`), or a procedure that says so: `POST /documents.list`. */
export function asksForList({ method, path, framework }: Route): boolean {
  return method === "GET" ? !/\/[:*][^/]*(?<!\?)$/.test(path) : method === "POST" && (framework === "orpc" ? /[./](?:list|findAll|getAll)$/ : /\.(?:list|findAll|getAll)$/).test(path);
}

/** The applications, which are the same after most edits that change a route. */
const applicationsOf = settledPer((model: ProjectModel) => model.routes.applications);

/** The files in which something of the table of routes is written: routes, what mounts them, their steps, applications. Findings about routes stand there. */
export const filesOfRoutes = settledPer((model: ProjectModel): ReadonlySet<string> => {
  const files = new Set(model.routes.applications.map(({ file }) => file));
  for (const { file, mounts, steps } of model.routes.routes) {
    files.add(file);
    for (const mount of mounts) files.add(mount.file);
    for (const step of steps) files.add(step.file);
  }
  return files;
}, settleSet);

/** Where what all routes of an application lack is said: the application, or the package for a framework that has no call which makes one. */
export function ownerOf(model: ProjectModel, route: Route): Application | PackageUnit {
  return applicationOf(model, route) ?? model.packageOf(route.file);
}

/** Whether a path of the settings (`GET /users/*`, `/public/**`) covers a route. */
export function matchesAny(patterns: readonly string[] | undefined, route: Route): boolean {
  return patterns?.some((pattern) => {
    const [first = "", second] = pattern.split(/\s+/);
    if (second !== undefined && first.toUpperCase() !== route.method) return false;
    return matchesPath((second ?? first).split("/").filter(Boolean), route.path.split("/").filter(Boolean));
  }) ?? false;
}

function matchesPath(pattern: readonly string[], path: readonly string[]): boolean {
  for (const [index, segment] of pattern.entries()) {
    if (segment === "**") return true;
    const given = path[index];
    if (given === undefined) return false;
    if (segment !== "*" && !segment.startsWith(":") && segment !== given) return false;
  }
  return pattern.length === path.length;
}

/** The segments of a path that are no parameters. */
export function staticSegments(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "" && !/^[:*]/.test(segment));
}

/** A procedure of tRPC or oRPC, whose name stands for a path: `auth.logOut`. */
export function isProcedure({ framework }: Route): boolean {
  return framework === "trpc" || framework === "orpc";
}

/** The segments before the first parameter. */
function leadingSegments(path: string): string[] {
  // A prefix that only run time knows stands for static segments.
  const segments = path.split("/").filter((segment) => segment !== "" && segment !== ":prefix" && segment !== ":unknown");
  const end = segments.findIndex((segment) => /^[:*]/.test(segment));
  return end === -1 ? segments : segments.slice(0, end);
}

function withSlash(prefix: string): string {
  return prefix.startsWith("/") ? prefix : `/${prefix}`;
}

/** Whether a scheduler calls a route: many know no other method than GET, and read nothing of the answer. */
export function isScheduled({ path }: Route): boolean {
  return path.split("/").some((segment) => /^(crons?|cron-jobs?|house-?keeping|scheduled)$/i.test(segment));
}
