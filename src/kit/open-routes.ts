import { capabilitiesOf } from "../catalogue/index.js";
import { openPaths } from "../catalogue/lexicon/http.js";
import type { FunctionNode } from "../facts/syntax.js";
import { type SyntaxNode, walkAll } from "../facts/walk.js";
import type { ProjectModel } from "../model/project-model.js";
import type { Handler, Route } from "../model/routes/route.js";
import { hasStep, matchesAny, routeSettings, staticSegments } from "./routes.js";

/** How many project functions are looked into behind a handler. */
const deepest = 3;
/** Open words that name an action on a resource as well: registering for a course, verifying a document. */
const ambiguous = /^(register|registration|verify|verification|activate|refresh|confirm\w*|sign-?up|signup)$/i;
const identity = /^(auth\w*|accounts?|sessions?|identity|sso|oauth2?|login|users?|me|email|password|otp|mfa|tokens?)$/i;

/** Open because its author says so: a marker, or the settings. */
export function isDeclaredPublic(model: ProjectModel, route: Route): boolean {
  return hasStep(route, "public") || matchesAny(routeSettings(model, route.file).public, route);
}

/** Open by nature: it is how a principal comes to be, or its callers prove themselves otherwise. */
export function isOpenByNature(model: ProjectModel, route: Route): boolean {
  return hasOpenPath(route) || (route.handler !== undefined && makesPrincipal(model, route, route.handler));
}

/** Open because it is declared to be, or by nature. */
export function isOpen(model: ProjectModel, route: Route): boolean {
  return isDeclaredPublic(model, route) || isOpenByNature(model, route);
}

function hasOpenPath({ path }: Route): boolean {
  const segments = path.split("/").filter(Boolean);
  // `/forgot/password` is one phrase in two segments.
  if (segments.slice(1).some((segment, index) => !openPaths.in(segment) && !openPaths.in(segments[index] ?? "") && openPaths.in(`${segments[index] ?? ""}-${segment}`))) return true;
  return segments.some((segment, index) => {
    if (/^[:*]/.test(segment) || !(openPaths.in(segment) || /^(logout|sign-?out|log-?out)$/i.test(segment))) return false;
    const before = segments.slice(0, index);
    return !ambiguous.test(segment) || !before.some((part) => part.startsWith(":")) || before.some((part) => identity.test(part)) || segments.slice(index).some((part) => /^:(token|code|hash|otp|key|secret)/i.test(part));
  });
}

/** A webhook: another service calls it, and proves that it is that service by a signature. */
export function isWebhook({ method, path }: Route): boolean {
  return (method === "POST" || method === "ALL") && /^(web-?hooks?|hooks?)$/i.test(staticSegments(path).find((segment) => /hook/i.test(segment)) ?? "");
}

const originWords = /signature|hmac|constructEvent|timingSafeEqual|svix|webhookSecret|verifyWebhook|unwrap|x-hub|secret/i;

/** Whether a handler, or what it calls, names what a signature is checked with. */
export function provesOrigin(model: ProjectModel, { file, node }: Handler): boolean {
  let found = false;
  eachReached(model, file, node, (part) => {
    if (found || !("kind" in part)) return;
    const name = part.kind === "name" ? part.name : part.kind === "member" ? part.property : part.kind === "literal" ? String(part.value) : "";
    found ||= originWords.test(name);
  });
  return found;
}

/**
 * Whether a handler signs a caller in or up: it makes a token, compares or hashes a password on the way to a new account,
 * or hands the request to a library that does.
 */
function makesPrincipal(model: ProjectModel, route: Route, { file, node }: Handler): boolean {
  if (!/^(POST|ALL|GET)$/.test(route.method) || /\/:/.test(route.path)) return false;
  let signs = false;
  let compares = false;
  let hashes = false;
  eachReached(model, file, node, (part, at) => {
    if (!("kind" in part) || part.kind !== "call") return;
    for (const callee of model.values.of(at, part.callee)) {
      if (callee.kind !== "external") continue;
      const { package: name, subpath, path } = callee.provenance;
      const last = path.at(-1) ?? "";
      const capabilities = capabilitiesOf(name, subpath);
      if (capabilities.includes("token") || name === "@nestjs/jwt") signs ||= /^(sign|signAsync|SignJWT)$/.test(last);
      if (capabilities.includes("auth") && /^(handler|handleAuth|signIn\w*|signUp\w*|login|logIn)$/.test(last)) signs = true;
      if (capabilities.includes("password-hashing")) {
        compares ||= /^(compare|compareSync|verify)$/.test(last);
        hashes ||= /^hash(Sync)?$/.test(last);
      }
    }
  });
  const accounts = /\/(users?|accounts?|members?|customers?|auth)$/i.test(route.path);
  return route.method !== "GET" && (compares || ((signs || hashes) && accounts) || (signs && /auth|token|session/i.test(route.path))) || (signs && /\/auth/i.test(route.path));
}

/** Visits the code of a function and of project functions behind it. */
function eachReached(model: ProjectModel, file: string, node: FunctionNode, visit: (part: SyntaxNode, file: string) => void, seen = new Set<FunctionNode>(), depth = 0): void {
  if (seen.has(node) || depth > deepest) return;
  seen.add(node);
  walkAll(node.body ?? [], (part) => {
    visit(part, file);
    if (!("kind" in part) || part.kind !== "call") return undefined;
    for (const callee of model.values.of(file, part.callee)) if (callee.kind === "function") eachReached(model, callee.file, callee.node, visit, seen, depth + 1);
    return undefined;
  });
}
