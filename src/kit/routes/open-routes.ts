import { oncePerPart } from "../../base/once-per.js";
import { openPaths, strangersForms } from "../../catalogue/lexicon/http.js";
import { lastName } from "../../facts/names.js";
import { someNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Handler, Route } from "../../model/routes/route.js";
import { ignoresRequest } from "./answers.js";
import { isForAdministrators } from "./for-administrators.js";
import { isOfAccounts, loginWork } from "./login-work.js";
import { callsIn, reachedFunctions } from "./reach.js";
import { hasStep, isProcedure, matchesAny, routeSettings, staticSegments } from "./routes.js";

/** Open words that name an action on a resource as well: registering for a course, verifying a document. */
const ambiguous = /^(register|registration|verify|verification|activate|refresh|confirm\w*|sign-?up|signup)$/i;
const identity = /^(auth\w*|accounts?|sessions?|identity|sso|oauth2?|login|users?|me|email|password|otp|mfa|tokens?)$/i;

/** Open because its author says so: a marker, the settings, or a place below `/public`. */
export function isDeclaredPublic(model: ProjectModel, route: Route): boolean {
  return hasStep(route, "public") || matchesAny(routeSettings(model, route.file).public, route) || isBelowPublic(route.path);
}

/** `/v1/public/collections/:id`; in `/documents/:id/public` the word names what is done to a resource. */
function isBelowPublic(path: string): boolean {
  // A prefix that is not known is no parameter.
  const segments = path.split("/").filter((segment) => segment !== "" && segment !== ":unknown" && segment !== ":prefix");
  const at = segments.indexOf("public");
  return at !== -1 && at < segments.length - 1 && !segments.slice(0, at).some((segment) => /^[:*]/.test(segment));
}

/** Open by nature: it is how a principal comes to be, its callers prove themselves otherwise, or it does nothing at all. */
export const isOpenByNature = oncePerPart(
  (model: ProjectModel, route: Route): boolean => hasOpenPath(route) || isMadeAtBuild(model, route) || isPreview(route) || isFirstSetup(model, route) || isCalledLogin(route) || takesOldPassword(model, route) || isRegistration(model, route) || isShared(route) || isForStrangers(route) || isInbox(model, route) || sendsCode(model, route) || (route.handler !== undefined && (route.handler.node.body?.length === 0 || makesPrincipal(model, route, route.handler))),
);

/** `POST /init` that makes the account of whoever owns the installation, before there is any; whatever comes later is turned away first. */
function isFirstSetup(model: ProjectModel, { method, path, handler }: Route): boolean {
  if (!handler || !/[/.](init|initiali[sz]e|setup|install|bootstrap)$/i.test(path)) return false;
  if (handler.node.body?.slice(0, 3).some((statement) => statement.kind === "if" && /^(return|throw)$/.test(statement.then.at(-1)?.kind ?? ""))) return true;
  if (method !== "POST") return false;
  return reachedFunctions(model, handler.file, handler.node).some(({ node }) => callsIn(node).some(({ callee }) => /(create|add|register|init)\w*(root|admin|owner)/i.test(lastName(callee))));
}

/** `export const dynamic = "force-static"` of Next.js: the answer is made when the application is built, and is the same for everybody. */
function isMadeAtBuild(model: ProjectModel, { framework, file }: Route): boolean {
  return framework === "next" && model.facts(file).body.some((statement) => statement.kind === "variable" && statement.declarators.some(({ target, value }) => target.kind === "binding" && target.name === "dynamic" && value?.kind === "literal" && value.value === "force-static"));
}

/** The picture that other sites show beside a link, and the scripts and styles that pages of others load. */
function isPreview({ method, path }: Route): boolean {
  return method === "GET" && /\/(og|og-image|opengraph-image|twitter-image)$|\.(m?js|css)$/i.test(path);
}

/** `@Post() login(…)` at `/auth`, `controller.forgotPassword` at `/check-user`: what it is called says what its path leaves out. */
function isCalledLogin({ method, path, handler }: Route): boolean {
  return method === "POST" && !path.includes(":") && /(^|\.)(?:(?:log|sign)_?(?:in|up)|(?:forgot|reset|recover)_?password)$/i.test(handler?.name ?? "");
}

/** `PATCH /auth/change-password` whose body has an address and the password until then: whoever knows both is who they say. */
function takesOldPassword(model: ProjectModel, { path, handler }: Route): boolean {
  if (!handler || path.includes(":") || !/password$/i.test(path)) return false;
  return handler.node.parameters.some(({ type }) => {
    const names = type ? model.values.ofType(handler.file, type).flatMap((value) => (value.kind === "instance" ? value.class.members.flatMap((member) => (member.kind === "property" ? [member.name] : [])) : [])) : [];
    return names.some((name) => /^(old|current|existing|previous)_?pass(word)?$/i.test(name)) && names.some((name) => /^(e_?mail|user_?name|login|phone)$/i.test(name));
  });
}

const signingIn = /\/(?:authenticate|authentication|log-?in|sign-?in|sessions?)$/i;
const signingUp = /\/(?:register|registration|sign-?up)(?:\/|$)/i;

/** `POST /users` beside `POST /users/authenticate`, or where callers sign in and can sign up nowhere else: it makes their accounts. */
function isRegistration(model: ProjectModel, { method, path, file }: Route): boolean {
  if (method !== "POST" || !/\/(users?|accounts?|customers?|members?)$/i.test(path)) return false;
  const unit = model.packageOf(file);
  const others = model.routes.routes.filter((other) => other.method === "POST" && model.packageOf(other.file) === unit);
  return others.some((other) => signingIn.test(other.path) && other.file === file && other.path.startsWith(`${path}/`)) || (others.some((other) => signingIn.test(other.path)) && !others.some((other) => signingUp.test(other.path)));
}

/** A form behind a step that tells people from programs is for people whom nobody knows, and so is one to ask by: `POST /contact-us`. */
function isForStrangers({ method, path, steps }: Route): boolean {
  const segments = path.split("/").slice(-2);
  // `/newsletter/subscribe` is one phrase in two segments.
  return (method === "POST" && (strangersForms.in(segments.at(-1) ?? "") || strangersForms.in(segments.join("-")))) || steps.some(({ name, origin }) => origin !== "global" && /captcha|turnstile|honey-?pot|bot_?(?:trap|check|guard|detection)/i.test(name));
}

/** `POST /users/send-email` that sends a code to whoever is about to prove an address by it. */
function sendsCode(model: ProjectModel, { method, path, handler }: Route): boolean {
  if (method !== "POST" || !handler || !/\/(?:re)?send-?(?:e?mail|sms|code|message)$/i.test(path)) return false;
  return reachedFunctions(model, handler.file, handler.node).some(({ node }) => callsIn(node).some(({ callee }) => /otp|one_?time_?(?:code|password)|verification_?(?:code|token)/i.test(lastName(callee))));
}

/** `POST /requests` where `GET /requests` or `GET /requests/admin` is for administrators: what strangers hand in, and nobody else reads. */
function isInbox(model: ProjectModel, { method, path, file }: Route): boolean {
  if (method !== "POST" || path.includes(":")) return false;
  const others = model.routes.routes.filter((other) => other.file === file && (other.path === path || other.path.startsWith(`${path}/`)) && other.method !== "OPTIONS");
  const reads = others.filter((other) => other.method === "GET" && (other.path === path || /\/(admin|all|list)$/.test(other.path)));
  return reads.length > 0 && others.every((other) => (other.method === "POST" && other.path === path) || (hasStep(other, "auth") && isForAdministrators(model, other)));
}

/** `GET /share/:slug`: whoever was sent the address may see what is behind it. */
function isShared({ method, path }: Route): boolean {
  return method === "GET" && /\/shared?\/:\w+$/i.test(path);
}

/** Open because it is declared to be, or by nature. */
export function isOpen(model: ProjectModel, route: Route): boolean {
  return isDeclaredPublic(model, route) || isOpenByNature(model, route);
}

function hasOpenPath(route: Route): boolean {
  const { path, handler } = route;
  // What answers everything below it signs callers in, out and up: `/api/auth/*all`.
  if (/(^|\/)(auth|oauth2?)\/\*[^/]*$/i.test(path)) return true;
  // `auth.logOut` of a router of procedures is what `/auth/log-out` is.
  const segments = path.split(isProcedure(route) && /(^|[/.])(auth\w*|sessions?)\.\w+$/i.test(path) ? /[/.]/ : "/").filter(Boolean);
  // What an authorisation server keeps is looked after by whoever is known: `/oauth/clients/:id`.
  if (/(^|\/)oauth2?\/(?:[^/]+\/)?(?:clients?|applications?|apps)\/:/i.test(path)) return false;
  // `/forgot/password` is one phrase in two segments.
  if (segments.slice(1).some((segment, index) => !openPaths.in(segment) && !openPaths.in(segments[index] ?? "") && openPaths.in(`${segments[index] ?? ""}-${segment}`))) return true;
  return segments.some((segment, index) => {
    if (/^[:*]/.test(segment) || !(openPaths.in(segment) || /^(logout|sign-?out|log-?out)$/i.test(segment))) return false;
    const before = segments.slice(0, index);
    // What takes nothing of its request resets nobody's password: `POST /plans/reset`.
    if (/^re(set|cover)$/i.test(segment) && handler && ignoresRequest(handler)) return false;
    return !ambiguous.test(segment) || !before.some((part) => part.startsWith(":")) || before.some((part) => identity.test(part)) || segments.slice(index).some((part) => /^:(token|code|hash|otp|key|secret)/i.test(part));
  });
}

/** A webhook: another service calls it, and proves that it is that service by a signature. */
export function isWebhook({ method, path }: Route): boolean {
  return (method === "POST" || method === "ALL") && /^(web-?hooks?|hooks?)$/i.test(staticSegments(path).find((segment) => /hook/i.test(segment)) ?? "");
}

/**
 * Whether a handler signs a caller in or up: it makes a token, compares or hashes a password on the way to a new account,
 * or hands the request to a library that does.
 */
function makesPrincipal(model: ProjectModel, route: Route, handler: Handler): boolean {
  if (!/^(POST|ALL|GET)$/.test(route.method)) return false;
  const { starts, signs, compares, hashes } = loginWork(model, handler);
  if (starts) return true;
  if (/\/:(?!unknown|prefix)/.test(route.path)) return false;
  // Whoever sends a password to make a token or a session signs in by it.
  if (route.method === "POST" && /(token|session)s?$/i.test(route.path) && takesPassword(handler)) return true;
  // `POST /users/staff` that answers with a token signs whoever calls up or in.
  if (route.method === "POST" && signs && /\/(users?|accounts?|members?|customers?)\//i.test(route.path) && answersToken(handler)) return true;
  return route.method !== "GET" && (compares || ((signs || hashes) && isOfAccounts(route)) || (signs && /auth|token|session/i.test(route.path))) || (signs && /\/auth/i.test(route.path));
}

/** Whether a handler puts a token of an identity into an object: `{ message, jwt }`. */
function answersToken({ node }: Handler): boolean {
  return someNode(node.body ?? [], (part) => part.kind === "object" && part.members.some((member) => member.kind === "property" && /^(jwt|(access|auth|id|refresh)?_?token)$/i.test(member.key)));
}

/** Whether a handler takes a password out of what it is sent. */
function takesPassword({ node }: Handler): boolean {
  return someNode(node.body ?? [], (part) => (part.kind === "member" && part.property === "password") || (part.kind === "object-pattern" && part.properties.some(({ key }) => key === "password")));
}
