import { authSteps, authorizationSteps, filterSteps, optionalSteps, rateLimitSteps, validationSteps } from "../../catalogue/lexicon/http.js";
import type { ProjectModel } from "../project-model.js";
import type { Behaviour } from "./behaviour.js";
import type { Located } from "../values/located.js";
import type { Judgement } from "./step-judgement.js";
import { partsOf } from "./step-parts.js";

/** What a step is by what its code does to a request. */
export function fromBehaviour({ statuses, attaches, stops, verifies, asksSession, limits, readsCredentials, opensToken, readsRepetition, readsPrincipal, asksRank, redirects, optional, passesFirst, passesUnmarked, opaque, leavesToRunner }: Behaviour, name: string, model: ProjectModel, { file, node }: Located): Judgement | undefined {
  const limited = limits || statuses.has(429);
  if ((limited && !statuses.has(401)) || rateLimitSteps.in(name)) return { role: "rate-limit" };
  // What only looks at requests that a proxy has marked turns nobody else away.
  if (passesFirst || (passesUnmarked && !attaches && !verifies)) return { role: "context" };
  if (readsRepetition && !statuses.has(401) && !statuses.has(403)) return { role: "idempotency" };
  if (optional && (authSteps.in(name) || statuses.has(401) || statuses.has(403) || attaches || verifies)) return { role: "auth-attach", optional: true };
  // What compares a header with a secret knows no principal.
  const nameless = readsCredentials && !attaches && !verifies && !asksSession && !readsPrincipal && !opensToken && !opaque;
  if (statuses.has(401)) return optionalSteps.in(name) ? { role: "auth-attach", optional: true } : { role: "auth", ...(nameless && { nameless: true as const }), ...((statuses.has(403) || asksRank || authorizationSteps.in(name)) && { authorizes: true as const }), ...(limited && { limits: true as const }) };
  if (statuses.has(403) && !readsPrincipal && !verifies && filterSteps.in(name)) return { role: "context" };
  // Who may not see a thing is told that there is none.
  if (statuses.has(403) || (statuses.has(404) && readsPrincipal)) {
    // Whose token does not hold, or who shows no credentials, is turned away, by whatever status.
    const checksCaller = verifies || (readsCredentials && (!readsPrincipal || attaches));
    // What looks at nobody refuses for reasons of its own: a mode of the installation, a step of its first set-up.
    if (!checksCaller && !readsPrincipal && !attaches && !authSteps.in(name) && !authorizationSteps.in(name) && !/guard$/i.test(name)) return opaque ? { role: "unknown", parts: [] } : { role: "context" };
    // `requireAdmin` that asks for a session first does both, and so does an `AdminGuard` that compares a header with the key of administrators.
    if ((verifies || (readsCredentials && !readsPrincipal)) && authorizationSteps.in(name)) return { role: "auth", authorizes: true };
    if ((!checksCaller && !authSteps.in(name)) || authorizationSteps.in(name)) return { role: "authz" };
    // `isAuthenticated(Permission.MANAGE_USERS)` asks the principal for what it is given.
    return { role: "auth", ...((asksRank || (readsPrincipal && node.kind === "call" && node.arguments.length > 0)) && { authorizes: true as const }) };
  }
  if ((statuses.has(400) || statuses.has(422)) && (validationSteps.in(name) || !attaches)) {
    const parts = node.kind === "call" ? partsOf(model, file, node) : [];
    return { role: "validation", enforced: true, ...(parts.length > 0 && { parts }) };
  }
  if (verifies || (redirects && (readsPrincipal || (readsCredentials && authSteps.in(name)))) || (stops && readsPrincipal && authSteps.in(name))) return optionalSteps.in(name) ? { role: "auth-attach", optional: true } : { role: "auth" };
  // Who shows no token is turned away, by 400 as well.
  if (attaches) return stops && (authSteps.in(name) || (readsCredentials && statuses.has(400))) ? { role: "auth" } : { role: "auth-attach" };
  if (leavesToRunner) return { role: "unknown", parts: [] };
  // All of its code was read and nothing in it turns anybody away, whatever it is called.
  return !opaque && !stops && (authSteps.in(name) || authorizationSteps.in(name)) ? { role: "context" } : undefined;
}
