import { callbackPaths, highRiskPaths, infrastructurePaths, openPaths } from "../catalogue/lexicon/http.js";
import type { RelatedLocation } from "../base/finding.js";
import type { ProjectModel } from "../model/project-model.js";
import type { Application, Route, StepRole } from "../model/routes/route.js";
import { relatedAt } from "./project-finding.js";

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

/** The routes registered in the files of a scope. */
export function* routesIn(model: ProjectModel, scope: { has(file: string): boolean }): Iterable<Route> {
  for (const route of model.routes.routes) if (scope.has(route.file)) yield route;
}

export function hasStep(route: Route, ...roles: readonly StepRole[]): boolean {
  return route.steps.some((step) => roles.includes(step.role));
}

/** `GET /api/v1/users`. */
export function routeName(route: Route): string {
  return `${route.method} ${route.path}`;
}

/** Health, metrics, documentation, static files, and what the settings add. */
export function isInfrastructure(model: ProjectModel, route: Route): boolean {
  const segments = staticSegments(route.path);
  if (segments.length === 0 || (route.method === "OPTIONS" && route.path.includes("*"))) return true;
  return segments.some((segment) => infrastructurePaths.in(segment)) || matchesAny(routeSettings(model, route.file).infrastructure, route);
}

/** Where an identity provider or another service calls back. */
export function isCallback(route: Route): boolean {
  return staticSegments(route.path).some((segment) => callbackPaths.in(segment));
}

/** Open by nature (login, registration, reset) or because the settings say so. */
export function isOpen(model: ProjectModel, route: Route): boolean {
  const segments = staticSegments(route.path);
  const pairs = segments.slice(1).map((segment, index) => `${segments[index] ?? ""}-${segment}`);
  return hasStep(route, "public") || [...segments, ...pairs].some((segment) => openPaths.in(segment) || /^(logout|sign-?out|log-?out)$/i.test(segment)) || matchesAny(routeSettings(model, route.file).public, route);
}

/** Why a route is worth attacking: the words of its path that say so; undefined if none do. */
export function riskOf(model: ProjectModel, route: Route): string | undefined {
  const segments = staticSegments(route.path);
  for (const [kind, phrases] of Object.entries(highRiskPaths)) {
    // Reading what was exported, or a payment, is no attack surface of its own.
    if ((kind === "transfer" || kind === "money" || kind === "account" || kind === "messages" || kind === "credentials") && route.method === "GET" && kind !== "credentials") continue;
    const segment = segments.find((candidate) => phrases.in(candidate));
    if (segment !== undefined) return segment;
  }
  return matchesAny(routeSettings(model, route.file).highRisk, route) ? "settings" : undefined;
}

/** The steps of a route as places, for findings that rest on them. */
export function stepPlaces(model: ProjectModel, route: Route): RelatedLocation[] {
  return route.steps.filter(({ file, role }) => role !== "context" && model.has(file)).slice(0, 8).map((step) => relatedAt(model, step.file, step.span, `${step.name}: ${step.role} (${step.origin})`));
}

/** The application that serves a route: of the same framework and package, else of the framework. */
export function applicationOf(model: ProjectModel, route: Route): Application | undefined {
  const same = model.routes.applications.filter(({ framework }) => framework === route.framework);
  return same.find(({ file }) => model.packageOf(file) === model.packageOf(route.file)) ?? same[0];
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

function staticSegments(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "" && !/^[:*]/.test(segment));
}
