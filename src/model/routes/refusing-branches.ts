import { lastName } from "../../facts/names.js";
import type { Expression, Statement } from "../../facts/syntax.js";
import { someNode } from "../../facts/walk.js";
import type { Values } from "../values/values.js";
import { chainStatus, errorStatus, isResponse, statusOf } from "./answered-statuses.js";
import { lacksCredentials } from "./credential-tests.js";
import { isPrincipal } from "./principals.js";

/** `if (!ctx.session.id) { ctx.body = { error: "…" } } else { await next(); }`: some requests are answered in the handler's place, whatever the status. */
export function answersInstead({ then, else: other = [] }: Extract<Statement, { kind: "if" }>): boolean {
  const sends = (branch: readonly Statement[]): boolean => someNode(branch, (part) => (part.kind === "assign" && part.target.kind === "member" && part.target.property === "body") || (part.kind === "call" && part.callee.kind === "member" && /^(json|send|end|jsonp)$/.test(part.callee.property) && /^(res|response|reply)$/.test(rootName(part.callee))));
  const instead = (branch: readonly Statement[], rest: readonly Statement[]): boolean => sends(branch) && !goesOn(branch) && (branch.at(-1)?.kind === "return" || goesOn(rest));
  return instead(then, other) || instead(other, then);
}

/** `if (!session?.user.permissions.includes("admin")) return new Response(null, { status: 403 })`: who is not known is turned away, by whatever status. */
export function refusesUnknown(values: Values, file: string, { test, then }: Extract<Statement, { kind: "if" }>): boolean {
  const isNegation = (node: Expression): boolean => node.kind === "unary" && node.operator === "!";
  const lacks = (node: Expression): boolean => {
    // `!isAdmin && !isBeingSetUp`: there is another way in, for who proves something else.
    const isChoice = node.kind === "binary" && (node.operator === "||" || (node.operator === "&&" && isNegation(node.left) && isNegation(node.right)));
    // `request.isUnauthenticated()` of passport
    if (node.kind === "call") return lastName(node.callee) === "isUnauthenticated" && node.arguments.length === 0;
    return isChoice ? lacks(node.left) || lacks(node.right) : node.kind === "unary" && node.operator === "!" && isPrincipal(values, file, node.value);
  };
  if (!lacks(test)) return lacksCredentials(values, file, test) && refusal(values, file, then) === 403;
  // A socket has no status: `if (!userId) { socket.close(); return; }`
  if (someNode(then, (part) => part.kind === "call" && part.callee.kind === "member" && /^(close|terminate|disconnect)$/.test(part.callee.property))) return true;
  const last = then.at(-1);
  if (last?.kind === "throw") {
    const thrown = errorStatus(values, file, last.value);
    // `const user = await getSession(event); if (!user) throw createError({ statusCode: 403 });`
    const isNobody = test.kind === "unary" && test.value.kind === "name" && !/^(is|has|can)[A-Z]/.test(test.value.name);
    return thrown === undefined || thrown === 400 || thrown === 404 || (thrown === 403 && isNobody);
  }
  const status = refusal(values, file, then);
  // `if (!req.user || !req.user.may(needed)) return res.status(403).end()` says what somebody known may not.
  const asksWhatMayBe = test.kind === "binary" && test.operator === "||" && someNode([test.right], (part) => part.kind === "call" && part.arguments.length > 0);
  return status === 400 || status === 404 || (status === 403 && !asksWhatMayBe) || (status === undefined && last !== undefined && saysUnknown(last));
}

/** `return reply(response, noAuth)`, `sendUnauthorized(response);`: the project's own answer to who is not known, with a status that is not said here. */
function saysUnknown(last: Statement): boolean {
  if (last.kind !== "return" && last.kind !== "expression") return false;
  const call = last.value?.kind === "await" ? last.value.value : last.value;
  return call?.kind === "call" && call.arguments.some(isResponse) && [call.callee, ...call.arguments].some((part) => (part.kind === "name" || part.kind === "member") && /no_?auth|un_?auth|(?:not_?|un_?)(?:signed|logged|authenticated|authori[sz]ed)|login_?required/i.test(lastName(part)));
}

const ranks = /^(?:is|has)?_?(?:super_?)?(?:admin|administrator|staff|moderator|employee|manager)$|^(?:user_?|account_?)?(?:role|permission|scope|right|privilege|group)s?(?:_?(?:id|name|code)s?)?$/i;

/** `user.role !== "admin"`, `!request.user.isStaff`, `!user.permissions.includes(needed)`. */
export function testsRank(test: Expression): boolean {
  return someNode([test], (part) => part.kind === "member" && ranks.test(part.property));
}

/** `if (!user || user.level !== wanted) return status(403)`: who is known is asked for more. */
export function testsKnown({ test }: Extract<Statement, { kind: "if" }>): boolean {
  if (test.kind !== "binary" || test.operator !== "||" || test.left.kind !== "unary" || test.left.operator !== "!" || test.left.value.kind !== "name") return false;
  const { binding } = test.left.value;
  return test.right.kind === "binary" && /^[!=]==?$/.test(test.right.operator) && binding !== undefined && someNode([test.right], (part) => part.kind === "member" && part.object.kind === "name" && part.object.binding === binding);
}

/** The status with which some statements end. */
function refusal(values: Values, file: string, then: readonly Statement[]): number | undefined {
  const last = then.at(-1);
  if (last?.kind === "throw") return errorStatus(values, file, last.value);
  if (last?.kind !== "return" || !last.value) return undefined;
  const made = last.value.kind === "await" ? last.value.value : last.value;
  return made.kind === "call" ? chainStatus(values, file, made) : made.kind === "new" && made.arguments[1] ? statusOf(values, file, made.arguments[1]) : undefined;
}

/** Whether statements ask anything that can fail, beside handing the request on. */
export function asks(statements: readonly Statement[]): boolean {
  return someNode(statements, (part) => part.kind === "call" && !isContinuation(part.callee));
}

/** Whether statements hand the request on: `next()`. */
export function goesOn(branch: readonly Statement[]): boolean {
  return someNode(branch, (part) => part.kind === "call" && part.arguments.length === 0 && isContinuation(part.callee));
}

/** `next()`, `done()`, `resolve()`: hands the request on. */
export function isContinuation(callee: Expression): boolean {
  return callee.kind === "name" && /^(next|done|resolve|reject|callback|cb|require|String|Number|Boolean)$/.test(callee.name);
}

export function rootName(node: Expression): string {
  if (node.kind === "member") return node.object.kind === "this" ? node.property : rootName(node.object);
  if (node.kind === "call") return rootName(node.callee);
  return node.kind === "name" ? node.name : "";
}
