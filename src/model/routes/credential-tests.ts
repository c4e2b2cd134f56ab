import { lastName } from "../../facts/names.js";
import type { Expression, FunctionNode, Statement } from "../../facts/syntax.js";
import { someNode, walkAll } from "../../facts/walk.js";
import type { Values } from "../values/values.js";

/** Names of what says who calls. */
export const principalNames = new Set(["user", "auth", "session", "currentUser", "account", "principal", "userId", "jwt", "payload", "viewer", "member"]);

/** `request.get("authorization")`, and of H3 and Hono `getHeader(event, "authorization")`, `getCookie(c, "session")`. */
export const credentialReaders = /^(header|get|cookie|get(Request)?Header|get(Signed)?Cookie)$/;

const credentialWords = /token|authorization|auth_?header|bearer|api_?key|cookie|session|jwt|credential|^header$|^(current)?user$|^principal$|^viewer$/i;

/** Whether a text names a header or a cookie that proves who calls. */
export function isCredential(node: Expression | undefined): boolean {
  return node?.kind === "literal" && namesCredential(String(node.value));
}

/** Whether a header or a cookie of this name proves who calls. */
export function namesCredential(name: string): boolean {
  return /^(authorization|cookie|x-.*(key|token|secret|auth|signature).*|.*(token|api-?key|session|secret|signature).*)$/i.test(name);
}

/** `if (!token) return next()`, `if (!user) return next.handle()` of Nest: who shows no credentials passes. */
export function passesWithoutCredentials({ test, then }: Extract<Statement, { kind: "if" }>): boolean {
  const mayLack = (node: Expression): boolean => (node.kind === "binary" && node.operator === "||" ? mayLack(node.left) || mayLack(node.right) : isAbsence(node));
  if (!mayLack(test)) return false;
  const [first] = then;
  const value = first?.kind === "return" || first?.kind === "expression" ? first.value : undefined;
  if (first?.kind === "return" && value?.kind === "literal" && value.value === true) return true;
  const call = value?.kind === "await" ? value.value : value;
  if (call?.kind !== "call" || call.arguments.length > 0) return false;
  return call.callee.kind === "name" ? /^(next|done)$/.test(call.callee.name) : call.callee.kind === "member" && call.callee.property === "handle" && call.callee.object.kind === "name";
}

/** `const isMarked = request.headers["x-from-gateway"] === "true"; if (!isMarked) return h.continue;` of hapi, or `return next()`. */
export function passesWithoutMark(values: Values, file: string, { test, then }: Extract<Statement, { kind: "if" }>): boolean {
  const [first] = then;
  const passes = first?.kind === "return" && ((first.value?.kind === "member" && first.value.property === "continue") || (first.value?.kind === "call" && first.value.callee.kind === "name" && first.value.callee.name === "next" && first.value.arguments.length === 0));
  if (!passes || test.kind !== "unary" || test.operator !== "!" || test.value.kind !== "name" || test.value.binding === undefined) return false;
  const source = values.index(file).sources[test.value.binding];
  return source?.kind === "value" && source.value?.kind === "binary" && /^===?$/.test(source.value.operator) && someNode([source.value], (part) => part.kind === "member" && part.property === "headers");
}

/** `const header = getHeader(event, "authorization"); if (!header) …`, `if (!request.headers.authorization) …` */
export function lacksCredentials(values: Values, file: string, test: Expression): boolean {
  if (test.kind !== "unary" || test.operator !== "!") return false;
  const source = test.value.kind === "name" && test.value.binding !== undefined ? values.index(file).sources[test.value.binding] : undefined;
  const read = source?.kind === "value" && source.path.length === 0 ? source.value : test.value;
  if (read?.kind === "call") return credentialReaders.test(lastName(read.callee)) && read.arguments.slice(0, 2).some(isCredential);
  return read?.kind === "member" && /^(authorization|x-api-key)$/i.test(read.property) && read.object.kind === "member" && read.object.property === "headers";
}

/** `if (!request.session.user) return response.redirect("/login")`. */
export function asksToLogIn({ then }: Extract<Statement, { kind: "if" }>): boolean {
  let found = false;
  walkAll(then, (part) => {
    if (!("kind" in part) || part.kind !== "call" || lastName(part.callee) !== "redirect") return !found;
    found ||= part.arguments.some((argument) => isLoginPage(argument));
    return !found;
  });
  return found;
}

/** `"/login"`, `new URL("/login", origin)` */
function isLoginPage(node: Expression): boolean {
  if (node.kind === "new") return lastName(node.callee) === "URL" && node.arguments[0] !== undefined && isLoginPage(node.arguments[0]);
  return /log-?in|sign-?in|\/auth(\/|$)/i.test(node.kind === "literal" ? String(node.value) : node.kind === "template" ? node.texts.join("") : "");
}

/** `!token`, `token === undefined`, `!req.headers.authorization`, `!header?.startsWith("Bearer ")`. */
function isAbsence(test: Expression): boolean {
  if (test.kind === "binary") {
    if (test.operator === "||") return isAbsence(test.left) || isAbsence(test.right);
    if (test.operator === "&&") return isAbsence(test.left) && isAbsence(test.right);
    return /^={2,3}$/.test(test.operator) && credentialWords.test(subjectName(test.left)) && ((test.right.kind === "literal" && test.right.value === null) || (test.right.kind === "name" && test.right.name === "undefined"));
  }
  return test.kind === "unary" && test.operator === "!" && credentialWords.test(subjectName(test.value));
}

/** `request.user`, `!!user && isLoginPage`, `await auth.check()`, `request.isAuthenticated()`. */
export function isPresence(test: Expression): boolean {
  if (test.kind === "await") return isPresence(test.value);
  if (test.kind === "unary" && test.operator === "!" && test.value.kind === "unary" && test.value.operator === "!") return isPresence(test.value.value);
  if (test.kind === "binary" && test.operator === "&&") return isPresence(test.left) || isPresence(test.right);
  if (test.kind === "call") return /^(check|is(Authenticated|LoggedIn|SignedIn))$/.test(lastName(test.callee));
  return (test.kind === "member" || test.kind === "name") && principalNames.has(lastName(test));
}

/** `const answer = await next(); …`: what comes behind it turns nobody away. */
export function passesFirst({ parameters, body }: FunctionNode): boolean {
  const [first] = body ?? [];
  const given = first?.kind === "expression" || first?.kind === "return" ? first.value : first?.kind === "variable" ? first.declarators[0]?.value : undefined;
  const call = given?.kind === "await" ? given.value : given;
  const target = parameters.at(-1)?.target;
  return call?.kind === "call" && call.arguments.length === 0 && call.callee.kind === "name" && parameters.length > 1 && target?.kind === "binding" && target.binding === call.callee.binding;
}

/** `if (token) …`, `if (req.headers.authorization) …`: whether there is anything to check. */
export function isShownCredential(test: Expression): boolean {
  return (test.kind === "name" || test.kind === "member") && credentialWords.test(lastName(test)) && !principalNames.has(lastName(test));
}

function subjectName(node: Expression): string {
  if (node.kind === "call") return node.callee.kind === "member" && /^(startsWith|get|header)$/.test(node.callee.property) ? (node.arguments[0]?.kind === "literal" && node.callee.property !== "startsWith" ? String(node.arguments[0].value) : subjectName(node.callee.object)) : "";
  return lastName(node);
}
