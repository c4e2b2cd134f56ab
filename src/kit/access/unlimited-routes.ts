import { highRiskPaths } from "../../catalogue/lexicon/http.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Route, Step } from "../../model/routes/route.js";
import { isPlainPage } from "../routes/answers.js";
import { isForAdministrators } from "../routes/for-administrators.js";
import { entryByPassword } from "../routes/login-work.js";
import { isDeclaredPublic, isOpen, isWebhook } from "../routes/open-routes.js";
import { provesOrigin } from "../routes/route-proofs.js";
import { hasStep, isCallback, isInfrastructure, matchesAny, riskOf, routeSettings, servedRoutes } from "../routes/routes.js";
import { endsLogin } from "./login-answers.js";

/** Only routes that are worth attacking, or every one that needs no credentials. */
export type WhichRoutes = "high-risk" | "public";

/** Why a route should be limited and is not; undefined if it is, or need not be, or that cannot be told. */
export function lacksLimit(model: ProjectModel, route: Route, which: WhichRoutes): string | undefined {
  const gateway = routeSettings(model, route.file).rateLimitedAtGateway;
  if (gateway === true || (Array.isArray(gateway) && matchesAny(gateway, route))) return undefined;
  const limited = hasStep(route, "rate-limit") && !hasStep(route, "unlimited");
  if (limited || route.steps.some(mayLimit) || route.unmounted || route.handler === undefined || route.opaque || isInfrastructure(model, route)) return undefined;
  const named = riskOf(model, route);
  // `POST /users/jwt`: what it does says what its path leaves out.
  const entry = named === undefined ? entryByPassword(model, route) : undefined;
  if (entry !== undefined) return entry;
  const tamed = named !== undefined && which === "high-risk" && (isTame(model, route, named) || isCallback(route) || endsLogin(route) || tellsWays(route) || ((/hook/i.test(named) || isWebhook(route)) && route.handler !== undefined && provesOrigin(model, route.handler)));
  const risk = named === undefined || tamed || isForm(model, route) ? undefined : named;
  // A search that only callers who are known can start is left to the whole standard.
  if (risk !== undefined && ((which === "public" && highRiskPaths.search.in(risk)) || !hasStep(route, "auth") || !/^(GET|HEAD)$/.test(route.method))) return risk === "settings" ? "the settings call it high-risk" : `\`${risk}\` in its path`;
  // `POST /logout` behind a guard is open by its name alone.
  const isGuarded = route.steps.some(({ role, origin }) => role === "auth" && origin !== "handler") && !isDeclaredPublic(model, route);
  return which === "public" && !isGuarded && (isOpen(model, route) || !hasStep(route, "auth")) ? "it needs no credentials" : undefined;
}

/** `GET /oauth/providers`: which ways in there are, and none of them. */
function tellsWays({ method, path }: Route): boolean {
  return method === "GET" && /\/(?:providers?|methods?|config(?:uration)?|status)$/i.test(path);
}

/** A step that cannot be judged, of the project or of a package that says of itself that it protects. */
function mayLimit({ role, package: from }: Step): boolean {
  return role === "unknown" && (from === undefined || /limit|throttl|brute|slow|abuse|ddos|shield|guard|protect|secur|firewall|waf|arcjet|gateway/i.test(from));
}

/** Words of resources that a caller who is known looks after: their keys and clients, the webhooks they set up, searches that they keep; and of what they turn on and off, or pin. */
const kept = /token|api-?key|oauth|passkey|web-?hook|callback|onboarding|feedback$|^batch|^bulk|saved-|recent-|contact|^(toggle|enable|disable|allow)[-A-Z]|^pin$/i;

/** Whether a caller who is known does nothing by a route that many calls make worse. */
function isTame(model: ProjectModel, route: Route, word: string): boolean {
  // A handler that answers 401 to a wrong password knows nobody before; one that calls `requireUserSession` first does.
  const isKnown = route.steps.some(({ role, origin, name }) => role === "auth" && (origin !== "handler" || /^(require|ensure|assert)[A-Z]/.test(name) || /\/:/.test(route.path)));
  // Whoever is looked for by their session sets a webhook up; a service that calls one has none.
  if (/hook/i.test(word) && hasStep(route, "auth-attach")) return true;
  if (isKnown && word !== "settings" && isForAdministrators(model, route)) return true;
  // `PATCH /exports/:id` changes one that is there.
  return isKnown && word !== "settings" && (route.method === "DELETE" || kept.test(word) || (/^(PATCH|PUT)$/.test(route.method) && route.path.includes(`/${word}/:`) && !/pass|otp|pin|verif/i.test(word)));
}

/** The page with the form that is posted to the same path, or one that shows nothing of a store: showing it gives nothing away. */
function isForm(model: ProjectModel, route: Route): boolean {
  if (isPlainPage(model, route)) return true;
  return route.method === "GET" && servedRoutes(model).some(({ method, path, file }) => method === "POST" && path === route.path && file === route.file);
}
