import { oncePerPart } from "../../src/base/once-per.js";
import { listed } from "../../src/base/words.js";
import type { RuleFinding } from "../../src/base/finding.js";
import { idiomsOf } from "../../src/catalogue/idioms.js";
import { ignoresRequest, isPlainPage, refusesAll, saysTheSame } from "../../src/kit/routes/answers.js";
import { type BareGroup, bareGroups, filesOf, type Needs } from "../../src/kit/access/bare-routes.js";
import { handsRequestOn } from "../../src/kit/access/handed-on-requests.js";
import { isDeclaredPublic, isOpenByNature, isWebhook } from "../../src/kit/routes/open-routes.js";
import { keepsChoice } from "../../src/kit/access/kept-choices.js";
import { endsLogin } from "../../src/kit/access/login-answers.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { isPublishedRead } from "../../src/kit/access/published-reads.js";
import { attachingSteps, type RestingGroup, restingGroups } from "../../src/kit/access/resting-routes.js";
import { reachedAccess } from "../../src/kit/routes/handlers.js";
import { defineRule } from "../../src/kit/rule.js";
import { readsCredentials } from "../../src/kit/access/read-credentials.js";
import { checksSignature, provesByToken, provesOrigin } from "../../src/kit/routes/route-proofs.js";
import { filesOfRoutes, hasStep, isCallback, isChainKnown, isForDevelopers, isInfrastructure, mountsText, relatedRoutes, routeCause, routeName, servedRoutes, stepPlaces, stepsText } from "../../src/kit/routes/routes.js";
import { ofWholeProject } from "../../src/kit/routes/whole-project.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { Route } from "../../src/model/routes/route.js";

interface Options {
  readonly optional: "allow" | "report";
  readonly report: "causes" | "routes";
  readonly pages: "allow" | "report";
  readonly published: "allow" | "report";
}

/** So many of the routes that one finding is about are named. */
const mostNamed = 5;
/** Routes that can be read are one decision each, so that more are named. */
const mostReads = 12;

export default defineRule<Options>({
  name: "require-auth",
  section: "security",
  clauses: ["SEC-2"],
  description: "Require authentication on every route that is not declared public",
  presets: { recommended: "error", strict: ["error", { optional: "report", report: "routes", pages: "report", published: "report" }], legacy: "error" },
  messages: {
    none: "No step in front of {{route}} authenticates the caller, so anybody can call it. It is reached through {{mounts}}; steps: {{steps}}. To mend it, {{idiom}}; or declare the route public in `routes.public`.",
    attaches: "{{route}} can be called without credentials: {{attaching}} looks for a principal and lets everybody pass. It is reached through {{mounts}}; steps: {{steps}}. To mend it, {{idiom}}; or declare the route public in `routes.public`.",
    authorization: "{{route}} is authorised ({{authorizing}}) and never authenticated, so the check has no principal to trust. It is reached through {{mounts}}; steps: {{steps}}. To mend it, {{idiom}}, before the check.",
    unsigned: "{{route}} takes what anybody posts: nothing checks that the sender is who it says. It is reached through {{mounts}}; steps: {{steps}}. Verify the sender's signature over the raw body before anything else, or declare the route public in `routes.public`.",
    authorizedBy: "{{step}} authorises {{count}} routes ({{routes}}) and nothing before it authenticates their callers, so it has no principal to trust. To mend it, {{idiom}}, before the check; or declare the public ones in `routes.public`.",
    attachedTo: "{{step}} looks for a principal and lets everybody pass, and nothing behind it turns anybody away on {{count}} routes ({{routes}}), so they can be called without credentials. To mend it, {{idiom}}; or declare the public ones in `routes.public`.",
    application: "No route of this application authenticates its callers, so anybody can call {{count}} routes ({{routes}}). To mend it, {{idiom}}; or declare the public ones in `routes.public`.",
    mostly: "{{count}} routes of this application in {{files}} files authenticate nobody, which is more than authenticate their callers ({{routes}}). To mend it, {{idiom}}; or declare the public ones in `routes.public`.",
    reads: "{{count}} routes of this application can be read by anybody, as no step in front of them authenticates the caller ({{routes}}). To mend it, {{idiom}}; or declare the public ones in `routes.public`.",
    mount: "None of the routes that are mounted here authenticates its callers, so anybody can call {{count}} of them in {{files}} files ({{routes}}). To mend it, {{idiom}}; or declare the public ones in `routes.public`.",
    file: "None of the routes in this file authenticates its callers, so anybody can call {{count}} of them ({{routes}}). To mend it, {{idiom}}; or declare the public ones in `routes.public`.",
  },
  optionsSchema: {
    optional: { enum: ["allow", "report"], description: "Whether a route that only reads, and whose own step makes credentials optional, counts." },
    report: { enum: ["causes", "routes"], description: "One finding for an application, a mount or a file that authenticates nobody, and for the routes of an application that anybody can read, or one for each route." },
    pages: { enum: ["allow", "report"], description: "Whether a page that is read and shows nothing from a store counts." },
    published: { enum: ["allow", "report"], description: "Whether a route counts that reads what no caller owns, beside writes of the same that are all authenticated." },
  },
  defaultOptions: { optional: "allow", report: "causes", pages: "allow", published: "allow" },
  project: {
    reads: "model",
    check: ofWholeProject<Options>(function* (model, options) {
      const needs: Needs = (route) => needsAuth(model, route, options);
      const bare = options.report === "causes" ? bareGroups(model, needs) : [];
      for (const group of bare) yield groupFinding(model, group, options);
      const resting = options.report === "causes" ? restingGroups(model, needs, (route) => isMeant(route, options)) : [];
      for (const group of resting) yield restingFinding(model, group, options);
      const covered = new Set([...bare, ...resting].flatMap(({ routes }) => routes));
      for (const route of servedRoutes(model)) {
        if (covered.has(route) || !needs(route)) continue;
        const finding = checkRoute(model, route, options);
        if (finding) yield finding;
      }
    }, filesOfRoutes),
  },
});

function checkRoute(model: ProjectModel, route: Route, options: Options): RuleFinding | undefined {
  const named = (role: string): string => route.steps.filter((step) => step.role === role).map(({ name }) => `\`${name}\``).join(", ");
  const report = (messageId: string): RuleFinding => {
    const data = { route: routeName(route), mounts: mountsText(model, route), steps: stepsText(route), attaching: named("auth-attach"), authorizing: named("authz"), idiom: idiomsOf(route.framework).auth };
    return findingAt(model, route.file, route.span, messageId, data, { cause: routeCause(model, route), related: stepPlaces(model, route), ...severityOf(model, [route], options) });
  };
  if (isWebhook(route) && route.handler && provesOrigin(model, route.handler)) return undefined;
  if (isWebhook(route) && !hasStep(route, "authz", "auth-attach")) return report("unsigned");
  const attaching = attachingSteps(route);
  // Who is not known has no role or permission: a check behind a step that attaches turns them away.
  // What runs the guard that a decorator of the project names is code of its own, which may well ask who calls.
  if (hasStep(route, "authz")) return attaching.length > 0 || route.framework === "decorators" ? undefined : report("authorization");
  if (attaching.length === 0) return report("none");
  return isMeant(route, options) ? undefined : report("attaches");
}

/** A route that only reads, and says itself that credentials are optional. */
function isMeant(route: Route, { optional }: Options): boolean {
  return optional === "allow" && /^(GET|HEAD)$/.test(route.method) && attachingSteps(route).some((step) => step.optional === true && step.origin !== "global");
}

function restingFinding(model: ProjectModel, { messageId, step, routes }: RestingGroup, options: Options): RuleFinding {
  const data = { step: `\`${step.name}\``, count: String(routes.length), routes: listed(routes.map(routeName), mostNamed), idiom: idiomsOf(routes[0]?.framework ?? "").auth };
  return findingAt(model, step.file, step.span, messageId, data, { cause: messageId, related: relatedRoutes(model, routes), ...severityOf(model, routes, options) });
}

/** What is only read was often meant to be open, and so was what limits its callers itself: in `recommended` a warning, for somebody to decide. */
function severityOf(model: ProjectModel, routes: readonly Route[], { report }: Options): { readonly severity?: "warn" } {
  const isMeantOpen = (route: Route): boolean => {
    const { method, steps } = route;
    return /^(GET|HEAD)$/.test(method) || asksByPost(model, route) || (method === "POST" && steps.some(({ role, origin }) => role === "rate-limit" && (origin === "route" || origin === "handler")));
  };
  return report === "causes" && routes.every(isMeantOpen) ? { severity: "warn" } : {};
}

/** `POST /products/search`, `POST /airports/_batch`: what is asked stands in the body, and nothing is written. */
function asksByPost(model: ProjectModel, { method, path, handler }: Route): boolean {
  return method === "POST" && handler !== undefined && /(?:[/_-](?:batch|search|query|filter|lookup|availability|calculate|estimate|quote|preview)$|\/search\/[\w-]+$)/i.test(path) && reachedAccess(model, handler.file, handler.node).every(({ role }) => role !== "write");
}

/** A route that is neither authenticated nor open, and whose steps have all been judged. */
function needsAuth(model: ProjectModel, route: Route, options: Options): boolean {
  const lack = lackOf(model, route);
  if (lack === "none") return false;
  // The server that a request is handed on to is given its credentials, and asks for them.
  if (options.report === "causes" && (isForDevelopers(model, route) || (route.handler && handsRequestOn(model, route.handler)))) return false;
  if (options.published === "allow" && isPublishedRead(model, route)) return false;
  return lack === "auth" || options.pages === "report";
}

/** What a route lacks whatever the options are; `page` where it shows nothing from a store, or the same to everybody. */
const lackOf = oncePerPart((model: ProjectModel, route: Route): "none" | "page" | "auth" => {
  // A browser sends no credentials when it asks what it may send.
  if (route.method === "OPTIONS" || hasStep(route, "auth") || !isChainKnown(model, route)) return "none";
  // What a package answers below a path is its own affair, unless it gives data or a board to whoever asks.
  if (route.opaque ? route.serves === undefined : route.handler === undefined) return "none";
  if (isInfrastructure(model, route) || isDeclaredPublic(model, route) || keepsChoice(model, route)) return "none";
  if (isWebhook(route)) return "auth";
  if (isCallback(route) || endsLogin(route) || isOpenByNature(model, route) || provesByToken(model, route) || (route.handler && checksSignature(model, route.handler))) return "none";
  if (route.handler && (refusesAll(route.handler) || readsCredentials(model, route.handler))) return "none";
  if (route.handler && /^(ALL|GET|HEAD)$/.test(route.method) && saysTheSame(route.handler)) return "page";
  // A page that names a resource shows that resource, unless it is the same for all of them.
  const isOfResource = route.path.includes(":") && !(route.handler && ignoresRequest(route.handler));
  return isOfResource || !isPlainPage(model, route) ? "auth" : "page";
});

function groupFinding(model: ProjectModel, { messageId, place, routes }: BareGroup, options: Options): RuleFinding {
  const data = { count: String(routes.length), files: String(filesOf(routes)), routes: listed(routes.map(routeName), messageId === "reads" ? mostReads : mostNamed), idiom: idiomsOf(place.framework).auth };
  return findingAt(model, place.file, place.span, messageId, data, { cause: messageId, related: relatedRoutes(model, routes), ...severityOf(model, routes, options) });
}
