import { oncePerPart } from "../../base/once-per.js";
import { within } from "../../base/position.js";
import { capabilitiesOf, describe } from "../../catalogue/index.js";
import { splitWords } from "../../base/words.js";
import { isNothing, lastName } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode } from "../../facts/syntax.js";
import { type CodeNode, someNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Handler, Route } from "../../model/routes/route.js";
import { namesIn } from "./handlers.js";
import { isWebhook } from "./open-routes.js";
import { operationsIn, type ReachedFunction, reachedFunctions } from "./reach.js";

/** What a signature is checked with. */
const originWords = /signature|hmac|constructEvent|timingSafeEqual|svix|webhookSecret|verifyWebhook|unwrap|x-hub|secret/i;
/** Functions that check one, whatever they are used for. */
const originChecks = /^(constructEvent(Async)?|timingSafeEqual|verify(Webhook|Signature|Hmac|RequestSignature)\w*|(validate|check)(Webhook|Signature|Hmac)\w*)$/;
/** What an application calls the keys by which it knows machines and operators. */
const ownKeys = /^(?:admin|api|internal|master|service)_?key$/i;
/** Words of fields that hold what was given to one caller alone. */
const tokenWords: ReadonlySet<string> = new Set(["token", "secret", "otp", "nonce", "signature", "sig"]);

/** Whether a handler, or what it calls, names what a signature is checked with, or hands all headers to code that cannot be read. */
export const provesOrigin = oncePerPart((model: ProjectModel, handler: Handler): boolean =>
  someReached(model, handler, (part, file) => {
    // `await provider.parseHook(request.headers, payload)`
    if (part.kind === "call" && part.arguments.some((argument) => argument.kind === "member" && argument.property === "headers") && !/^(log|info|debug|warn|error|trace|stringify|keys|entries)$/.test(lastName(part.callee))) return model.values.of(file, part.callee).every(({ kind }) => kind !== "function");
    const name = part.kind === "name" ? part.name : part.kind === "member" ? part.property : part.kind === "literal" ? String(part.value) : "";
    return originWords.test(name) || (part.kind === "call" && isCheckedByPackage(model, file, part));
  }),
);

/** `receiver.receive(request.body, request.get("Authorization"))`: a package is given a body and the header that its sender proves itself by. */
function isCheckedByPackage(model: ProjectModel, file: string, { callee, arguments: given }: CallExpression): boolean {
  if (!given.some(isBody) || !given.some(isHeader) || callee.kind !== "member" || /^(log|info|debug|warn|error|trace|post|put|patch|request|fetch|send)$/.test(callee.property)) return false;
  return model.values.of(file, callee).some(({ kind }) => kind === "external");
}

function isBody(argument: Expression): boolean {
  return argument.kind === "member" ? /^(body|rawBody)$/.test(argument.property) : argument.kind === "call" && argument.callee.kind === "member" && argument.callee.property === "toString" && isBody(argument.callee.object);
}

/** `request.get("Authorization")`, `request.headers["x-key"]`, `request.headers.authorization` */
function isHeader(argument: Expression): boolean {
  if (argument.kind === "call") return argument.callee.kind === "member" && /^(get|header)$/.test(argument.callee.property) && argument.arguments[0]?.kind === "literal";
  return (argument.kind === "member" || argument.kind === "index") && argument.object.kind === "member" && argument.object.property === "headers";
}

/** Whether a webhook reads its body as text, which is what the sender has signed: the check of the signature vouches for it. */
export function readsSignedText(model: ProjectModel, route: Route): boolean {
  const { file, span, by } = route.request.body;
  const read = file !== undefined && span ? (model.text(file)?.slice(...span) ?? "") : "";
  if (!isWebhook(route) || route.handler === undefined) return false;
  if ((/\.(text\(\)|rawBody)$/.test(read) || by === "Buffer") && provesOrigin(model, route.handler)) return true;
  return file !== undefined && span !== undefined && model.values.index(file).calls.some(({ node }) => node.kind === "call" && within(span, node.span) && isCheckedByPackage(model, file, node));
}

/** Whether a handler, or what it calls, checks a signature by a function that does nothing else. */
export const checksSignature = oncePerPart((model: ProjectModel, handler: Handler): boolean =>
  someReached(model, handler, (part, file) => {
    if (part.kind !== "call") return false;
    const name = lastName(part.callee);
    return originChecks.test(name) || model.values.of(file, part.callee).some((callee) => callee.kind === "external" && describe(callee.provenance)?.middleware?.role === "webhook-signature");
  }),
);

/**
 * Whether what comes in proves by itself that its sender may: a token that was given out to one caller is in the path,
 * or the handler verifies it or looks something up by it.
 */
export const provesByToken = oncePerPart((model: ProjectModel, { path, handler }: Route): boolean => {
  if (!handler) return false;
  if (path.split("/").some((segment) => segment.startsWith(":") && isToken(segment))) return true;
  // `codes.getOneTimeCode(code)`: what is given out once.
  if (someReached(model, handler, (part) => part.kind === "call" && /[oO]neTime(?![a-z])/.test(lastName(part.callee)))) return true;
  if (someReached(model, handler, (part) => comparesToken(part) || asksForOwnKey(part) || checksSender(part) || looksUpByToken(part))) return true;
  const verifies = ({ file, node }: ReachedFunction): boolean => someNode(node.body ?? [], (part) => part.kind === "call" && model.values.of(file, part.callee).some((callee) => callee.kind === "external" && isVerification(callee.provenance)));
  if (reachedFunctions(model, handler.file, handler.node).some((reached) => verifies(reached) && !looksForSession(reached.node))) return true;
  return reachedFunctions(model, handler.file, handler.node).some((reached) => operationsIn(model, reached).some(({ role, filter }) => (role === "read" || role === "list" || role === "write") && filter.some((node) => keysOf(node).some((name) => isToken(name)))));
});

/** `currentSession()` that gives nobody where no cookie is: whoever calls it must ask what it found, which is a check that stands elsewhere. */
function looksForSession({ body = [] }: FunctionNode): boolean {
  const readsCookie = someNode(body, (part) => (part.kind === "call" && /^(cookies|getCookie)$/.test(lastName(part.callee))) || (part.kind === "member" && part.property === "cookies"));
  return readsCookie && someNode(body, (part) => part.kind === "return" && (part.value === undefined || isNothing(part.value)));
}

/** `verify(body.address, body.sig, body.data)`: who sends it has signed it; `if (!known.includes(ipOf(request))) return refused`: it comes from an address on a list. */
function checksSender(part: CodeNode): boolean {
  if (part.kind === "call") return /^(verify|recover)/.test(lastName(part.callee)) && part.arguments.some((argument) => argument.kind === "member" && /^(sig|signature)$/i.test(argument.property));
  const test = part.kind === "if" && part.test.kind === "unary" && part.test.operator === "!" && /^(return|throw)$/.test(part.then.at(-1)?.kind ?? "") ? part.test.value : undefined;
  return test?.kind === "call" && test.callee.kind === "member" && /^(includes|has)$/.test(test.callee.property) && test.arguments.some((argument) => /(^|[a-z])ip$|Ip$|remoteAddress$/i.test(lastName(argument.kind === "call" ? argument.callee : argument)));
}

/** `user.resetCode !== otp`: what was sent to one caller is held against what comes in. */
function comparesToken(part: CodeNode): boolean {
  if (part.kind !== "binary" || !/^[!=]==?$/.test(part.operator)) return false;
  const sides = [part.left, part.right];
  // `otp === undefined` only asks if there is one.
  return sides.every((side) => side.kind === "member" || side.kind === "call" || (side.kind === "name" && side.binding !== undefined)) && sides.some((side) => side.kind === "name" && side.binding !== undefined && isToken(side.name));
}

/** `if (key !== String(settings.adminKey)) return refused`: who calls has to know a key of the application's own. */
function asksForOwnKey(part: CodeNode): boolean {
  if (part.kind !== "if" || part.test.kind !== "binary" || !/^!==?$/.test(part.test.operator) || !/^(return|throw)$/.test(part.then.at(-1)?.kind ?? "")) return false;
  const sides = [part.test.left, part.test.right].map((side) => (side.kind === "call" && lastName(side.callee) === "String" ? (side.arguments[0] ?? side) : side));
  return sides.every(({ kind }) => kind === "name" || kind === "member") && sides.some((side) => side.kind === "member" && ownKeys.test(side.property));
}

/** ``redis.get(`invite:${inviteToken}`)``: what was kept under the token that somebody was given. */
function looksUpByToken(part: CodeNode): boolean {
  const [key] = part.kind === "call" && part.callee.kind === "member" && /^(?:get|getDel|getdel|getAndDelete|hget|hgetall|getOrFail)$/.test(part.callee.property) && /redis|cache|kv|store/i.test(lastName(part.callee.object)) ? part.arguments : [];
  return key !== undefined && key.kind !== "literal" && [...namesIn([key])].some((name) => isToken(name));
}

function isVerification({ package: name, subpath, path }: { readonly package: string; readonly subpath: string; readonly path: readonly string[] }): boolean {
  return (capabilitiesOf(name, subpath).includes("token") || name === "@nestjs/jwt") && /^(verify|verifyAsync|jwtVerify|compactVerify|unseal)$/.test(path.at(-1) ?? "");
}

/** Only a field that is the token: `resetToken`, not `tokenCount`. */
function isToken(name: string): boolean {
  const last = splitWords(name).at(-1);
  return last !== undefined && tokenWords.has(last);
}

/** The keys that a condition names, and its columns where they are members: `eq(invites.token, …)`. */
function keysOf(node: Expression): readonly string[] {
  if (node.kind === "object") return node.members.flatMap((member) => (member.kind === "property" ? [member.key, ...keysOf(member.value)] : []));
  return node.kind === "call" ? [...namesIn(node.arguments)] : [];
}

function someReached(model: ProjectModel, { file, node }: Handler, matches: (part: CodeNode, file: string) => boolean): boolean {
  return reachedFunctions(model, file, node).some((reached) => someNode(reached.node.body ?? [], (part) => matches(part, reached.file)));
}
