import { wordTable } from "../../base/word-table.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, Statement } from "../../facts/syntax.js";
import { someNode, walkAll } from "../../facts/walk.js";
import type { Values } from "../values/values.js";

/** Classes are followed this far to what they extend. */
const deepest = 2;

const statusNames: Readonly<Record<string, number>> = wordTable({
  UNAUTHORIZED: 401, Unauthorized: 401, FORBIDDEN: 403, Forbidden: 403, INTERNAL_SERVER_ERROR: 500, CONFLICT: 409, NOT_FOUND: 404, NotFound: 404, notFound: 404, TOO_MANY_REQUESTS: 429, TooManyRequests: 429,
  BAD_REQUEST: 400, BadRequest: 400, UNPROCESSABLE_ENTITY: 422, UnprocessableEntity: 422, unauthorized: 401, forbidden: 403, badRequest: 400, tooManyRequests: 429,
  unauthenticated: 401, bad_request: 400, rate_limit: 429, too_many_requests: 429,
});

const errorNames: readonly (readonly [pattern: RegExp, status: number])[] = [
  [/unauthori[sz]ed|unauthenticated|authentication|notauthenticated|not_?logged_?(in)?|not_?signed_?in|login_?required|invalidtoken|tokenexpired|missingtoken|invalidcredentials/i, 401],
  [/forbidden|accessdenied|notallowed|permission|authorization/i, 403],
  [/toomanyrequests|ratelimit/i, 429],
  [/badrequest|validation|unprocessable/i, 400],
  [/notfound/i, 404],
];

/** Methods whose argument is a status: `res.status(401)`, `ctx.throw(401)`, `c.json(body, 401)`. */
const statusMethods = new Set(["status", "sendStatus", "code", "writeHead", "throw", "json", "text", "createError", "send", "setStatus"]);

/** Whether an expression is what answers are sent with, by its name. */
export function isResponse(node: Expression): boolean {
  return node.kind === "name" && /^(res|response|reply|ctx|context|c)$/.test(node.name);
}

/** Whether statements throw, or hand something to a call: an error to `next`, an answer to the response; not to a log. */
export function answers(body: readonly Statement[]): boolean {
  let found = false;
  walkAll(body, (part) => {
    if (!("kind" in part)) return undefined;
    if (part.kind === "call" && notes(part.callee)) return false;
    if (part.kind === "throw" || (part.kind === "call" && part.arguments.length > 0)) found = true;
    return undefined;
  });
  return found;
}

/** `console.error(…)`, `this.logger.warn(…)`, `request.log.info(…)` */
function notes(callee: Expression): boolean {
  return callee.kind === "member" && /^(console|(\w+L|l)og(ger)?|winston|pino|Sentry)$/.test(lastName(callee.object));
}

/** The status that a call answers with or throws: `res.status(401)`, `ctx.throw(401)`. */
export function callStatus(values: Values, file: string, call: Extract<Expression, { kind: "call" }>): number | undefined {
  const { callee } = call;
  const name = lastName(callee);
  // `reply.unauthorized()`, `unauthorized()`
  if ((callee.kind === "member" || /^[a-z]/.test(name)) && statusNames[name] !== undefined) return statusNames[name];
  // `res.sendJSONStatus(res, constants.HTTP_UNAUTHORIZED, "…")`: what a project puts on the response answers as its name and its arguments say.
  const isOwn = callee.kind === "member" && isResponse(callee.object) && /send|json|status|fail|err|reject/i.test(name) && values.of(file, callee).every(({ kind }) => kind !== "function");
  if (!statusMethods.has(name) && !isOwn) return undefined;
  for (const argument of call.arguments) {
    const status = statusOf(values, file, argument);
    if (status !== undefined && status >= 400) return status;
  }
  return undefined;
}

/** The status of an answer that a chain of calls gives: `res.status(403).send("no")`. */
export function chainStatus(values: Values, file: string, call: CallExpression): number | undefined {
  const { callee } = call;
  return callStatus(values, file, call) ?? (callee.kind === "member" && callee.object.kind === "call" ? chainStatus(values, file, callee.object) : undefined);
}

/** The statuses that a function says which was asked before: `const found = await authenticate(req); if (!found.success) return res.status(found.status).json(…)`. */
export function statusesOfOutcome(values: Values, file: string, { callee, arguments: [given] }: CallExpression): readonly number[] {
  if (given?.kind !== "member" || !/^(status|statusCode|code)$/.test(given.property) || !/^(status|sendStatus|code|setStatus)$/.test(lastName(callee))) return [];
  return values.of(file, given).flatMap((value) => (value.kind === "constant" && typeof value.value === "number" && value.value >= 400 && value.value < 500 ? [value.value] : []));
}

/** The statuses that a function of the project answers with because a call gives it them: `problem(401, "SIGN_IN")`. */
export function statusesGiven(values: Values, file: string, call: CallExpression, callee: FunctionNode): readonly number[] {
  return call.arguments.flatMap((argument, position) => {
    const target = callee.parameters[position]?.target;
    const status = target?.kind === "binding" ? statusOf(values, file, argument) : undefined;
    return target?.kind === "binding" && status !== undefined && status < 600 && answersWith(callee, target.binding) ? [status] : [];
  });
}

/** Whether a function puts what a name stands for where an answer, or an error, has its status. */
function answersWith({ body }: FunctionNode, binding: number): boolean {
  const isIt = (node: Expression): boolean => node.kind === "name" && node.binding === binding;
  return someNode(body ?? [], (part) => {
    if (part.kind === "call") return statusMethods.has(lastName(part.callee)) && part.arguments.some(isIt);
    if (part.kind === "assign") return part.target.kind === "member" && isStatusKey(part.target.property) && isIt(part.value);
    return part.kind === "object" ? part.members.some((member) => member.kind === "property" && isStatusKey(member.key) && isIt(member.value)) : part.kind === "new" && part.arguments.some(isIt);
  });
}

function isStatusKey(name: string): boolean {
  return /^(status|statusCode)$/.test(name);
}

/** The status of an error that is thrown or handed on: by its arguments, else by its class's name. */
export function errorStatus(values: Values, file: string, error: Expression): number | undefined {
  if (error.kind === "name") {
    const source = error.binding === undefined ? undefined : values.index(file).sources[error.binding];
    return source?.kind === "value" && source.value?.kind === "new" && source.path.length === 0 ? errorStatus(values, file, source.value) : undefined;
  }
  if (error.kind !== "new" && error.kind !== "call") return undefined;
  for (const argument of error.arguments) {
    // `new ORPCError("UNAUTHORIZED")`, `new ApiError("unauthorized:chat")`
    const status = argument.kind === "literal" && typeof argument.value === "string" ? statusNames[argument.value.split(":")[0] ?? ""] : statusOf(values, file, argument);
    if (status !== undefined && status >= 400 && status < 600) return status;
  }
  return statusOfName(lastName(error.callee)) ?? statusOfClass(values, file, error.callee);
}

function statusOfName(name: string): number | undefined {
  return errorNames.find(([pattern]) => pattern.test(name))?.[1];
}

/** What an error's class says of its status: by a field (`type = "UNAUTHORIZED"`), or by what it hands to the class that it extends. */
function statusOfClass(values: Values, file: string, callee: Expression, depth = 0): number | undefined {
  for (const value of values.of(file, callee)) {
    if (value.kind !== "class") continue;
    for (const member of value.node.members) {
      const given = member.kind === "property" && /^(status|statusCode|httpStatus|httpCode|code|type)$/.test(member.name) && member.value ? [member.value] : member.kind === "method" && member.name === "constructor" ? handedToBase(member.function) : [];
      const status = given.map((one) => statusGiven(values, value.file, one)).find((one) => one !== undefined);
      if (status !== undefined) return status;
    }
    const inherited = value.node.extends && depth < deepest ? (statusOfName(lastName(value.node.extends.value)) ?? statusOfClass(values, value.file, value.node.extends.value, depth + 1)) : undefined;
    if (inherited !== undefined) return inherited;
  }
  return undefined;
}

function handedToBase({ body }: FunctionNode): readonly Expression[] {
  const given: Expression[] = [];
  walkAll(body ?? [], (part) => {
    if ("kind" in part && part.kind === "call" && part.callee.kind === "super") given.push(...part.arguments);
    return undefined;
  });
  return given;
}

function statusGiven(values: Values, file: string, node: Expression): number | undefined {
  if (node.kind === "cast") return statusGiven(values, file, node.value);
  if (node.kind === "object") return ["status", "statusCode", "code"].map((key) => propertyOf(node, key)).flatMap((value) => (value ? [statusGiven(values, file, value)] : [])).find((status) => status !== undefined);
  const status = node.kind === "literal" && typeof node.value === "string" ? (statusNames[node.value] ?? statusOfName(node.value)) : statusOf(values, file, node);
  return status !== undefined && status >= 400 && status < 600 ? status : undefined;
}

/** The HTTP status that an expression names: a number, `HttpStatus.NOT_FOUND`, `{ status: 401 }`, a constant. */
export function statusOf(values: Values, file: string, node: Expression): number | undefined {
  if (node.kind === "literal") return typeof node.value === "number" ? node.value : undefined;
  if (node.kind === "member") {
    const named = statusNames[node.property.replace(/^(HTTP_)?(STATUS_)?/, "")];
    if (named !== undefined) return named;
  }
  if (node.kind === "object") {
    const member = node.members.find((candidate) => candidate.kind === "property" && (candidate.key === "status" || candidate.key === "statusCode" || candidate.key === "code"));
    if (member?.kind !== "property") return undefined;
    return member.value.kind === "literal" && typeof member.value.value === "string" ? statusNames[member.value.value] : statusOf(values, file, member.value);
  }
  if (node.kind !== "name" && node.kind !== "member") return undefined;
  // What a function is given is told of each of its calls.
  if (node.kind === "name" && node.binding !== undefined && values.index(file).sources[node.binding]?.kind === "parameter") return undefined;
  const [value] = values.of(file, node);
  return value?.kind === "constant" && typeof value.value === "number" ? value.value : undefined;
}

/** Notes a status that is known. */
export function addStatus(statuses: Set<number>, status: number | undefined): void {
  if (status !== undefined && status >= 400) statuses.add(status);
}
