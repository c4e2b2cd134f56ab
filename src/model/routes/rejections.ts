import { describe, type Provenance } from "../../catalogue/index.js";
import type { Expression, FunctionNode, Statement } from "../../facts/syntax.js";
import { isFunctionNode, type SyntaxNode, walkAll } from "../../facts/walk.js";
import type { Values } from "../values.js";

/** What a middleware or guard does to a request, read from its body. */
export interface Behaviour {
  /** The HTTP statuses with which it turns a request away. */
  readonly statuses: ReadonlySet<number>;
  /** It puts a principal on the request. */
  readonly attaches: boolean;
  /** It returns without passing the request on, or throws, somewhere. */
  readonly stops: boolean;
  /** It hands the request to an enforcing step of a package, or checks a token outside any `try`. */
  readonly verifies: boolean;
}

const statusNames: Readonly<Record<string, number>> = {
  UNAUTHORIZED: 401, Unauthorized: 401, FORBIDDEN: 403, Forbidden: 403, TOO_MANY_REQUESTS: 429, TooManyRequests: 429,
  BAD_REQUEST: 400, BadRequest: 400, UNPROCESSABLE_ENTITY: 422, UnprocessableEntity: 422, unauthorized: 401, forbidden: 403, badRequest: 400, tooManyRequests: 429,
};
const errorNames: readonly (readonly [pattern: RegExp, status: number])[] = [
  [/unauthori[sz]ed|unauthenticated|authentication|notauthenticated|invalidtoken|tokenexpired|missingtoken|invalidcredentials/i, 401],
  [/forbidden|accessdenied|notallowed|permission|authorization/i, 403],
  [/toomanyrequests|ratelimit/i, 429],
  [/badrequest|validation|unprocessable/i, 400],
];
/** Methods whose argument is a status: `res.status(401)`, `ctx.throw(401)`, `c.json(body, 401)`. */
const statusMethods = new Set(["status", "sendStatus", "code", "writeHead", "throw", "json", "text", "createError", "send", "setStatus"]);
const principalNames = new Set(["user", "auth", "session", "currentUser", "account", "principal", "userId", "jwt", "payload", "viewer", "member"]);

/** How many project functions a middleware's rejections are followed into. */
const deepest = 2;

/** Reads what a function does to a request: directly, in the functions inside it, and in project functions that it calls. */
export function behaviourOf(values: Values, file: string, node: FunctionNode, depth = 0): Behaviour {
  const statuses = new Set<number>();
  let attaches = false;
  let stops = false;
  let verifies = false;
  const note = (part: SyntaxNode): undefined => {
    if (isFunctionNode(part) || !("kind" in part)) return;
    if (part.kind === "throw") {
      stops = true;
      addStatus(statuses, errorStatus(values, file, part.value));
    } else if (part.kind === "call") {
      addStatus(statuses, callStatus(values, file, part));
      // `next(new UnauthorizedError())` and `reject(…)`
      if (part.callee.kind === "name" && part.arguments[0]?.kind === "new") addStatus(statuses, errorStatus(values, file, part.arguments[0]));
      if (part.callee.kind === "member" && part.callee.property === "set" && part.arguments[0]?.kind === "literal" && principalNames.has(String(part.arguments[0].value))) attaches = true;
      // Redirecting to a login page turns a request away as well.
      if (part.callee.kind === "member" && part.callee.property === "redirect") stops = true;
      if (depth < deepest)
        for (const callee of values.of(file, part.callee)) {
          if (callee.kind === "external") verifies ||= describe(callee.provenance)?.middleware?.role === "auth" || isTokenCheck(callee.provenance);
          if (callee.kind !== "function") continue;
          const inner = behaviourOf(values, callee.file, callee.node, depth + 1);
          for (const status of inner.statuses) statuses.add(status);
          attaches ||= inner.attaches;
          verifies ||= inner.verifies;
        }
    } else if (part.kind === "return" && part.value?.kind === "literal" && part.value.value === false) {
      stops = true;
    } else if (part.kind === "assign" && part.target.kind === "member") {
      if (part.target.property === "status" || part.target.property === "statusCode") addStatus(statuses, statusOf(values, file, part.value));
      if (principalNames.has(part.target.property)) attaches = true;
    }
  };
  walkAll(node.body ?? [], note);
  return { statuses, attaches, stops: stops || statuses.size > 0, verifies: verifies && !swallowsErrors(node) };
}

/** Checks of a token that throw for a bad one. */
function isTokenCheck({ package: name, path }: Provenance): boolean {
  return (name === "jsonwebtoken" && path.at(-1) === "verify") || (name === "jose" && /^(jwtVerify|compactVerify)$/.test(path.at(-1) ?? "")) || path.at(-1) === "jwtVerify";
}

/** A handler of errors that neither throws nor answers lets the request go on. */
function swallowsErrors(node: FunctionNode): boolean {
  let swallows = false;
  walkAll(node.body ?? [], (part) => {
    if (!isFunctionNode(part) && "kind" in part && part.kind === "try" && part.handler) swallows ||= !answers(part.handler.body);
    return undefined;
  });
  return swallows;
}

/** Whether statements throw, or hand something to a call: an error to `next`, an answer to the response. */
function answers(body: readonly Statement[]): boolean {
  let found = false;
  walkAll(body, (part) => {
    if ("kind" in part && (part.kind === "throw" || (part.kind === "call" && part.arguments.length > 0))) found = true;
    return undefined;
  });
  return found;
}

function callStatus(values: Values, file: string, call: Extract<Expression, { kind: "call" }>): number | undefined {
  const { callee } = call;
  const name = callee.kind === "member" ? callee.property : callee.kind === "name" ? callee.name : "";
  if (callee.kind === "member" && statusNames[name] !== undefined) return statusNames[name];
  if (!statusMethods.has(name)) return undefined;
  for (const argument of call.arguments) {
    const status = statusOf(values, file, argument);
    if (status !== undefined && status >= 400) return status;
  }
  return undefined;
}

/** The status of an error that is thrown or handed on: by its arguments, else by its class's name. */
function errorStatus(values: Values, file: string, error: Expression): number | undefined {
  if (error.kind !== "new" && error.kind !== "call") return undefined;
  for (const argument of error.arguments) {
    // `new ORPCError("UNAUTHORIZED")`
    const status = argument.kind === "literal" && typeof argument.value === "string" ? statusNames[argument.value] : statusOf(values, file, argument);
    if (status !== undefined && status >= 400 && status < 600) return status;
  }
  const name = nameOf(error.callee);
  return errorNames.find(([pattern]) => pattern.test(name))?.[1];
}

function statusOf(values: Values, file: string, node: Expression): number | undefined {
  if (node.kind === "literal") return typeof node.value === "number" ? node.value : undefined;
  if (node.kind === "member" && statusNames[node.property] !== undefined) return statusNames[node.property];
  if (node.kind === "object") {
    const member = node.members.find((candidate) => candidate.kind === "property" && (candidate.key === "status" || candidate.key === "statusCode" || candidate.key === "code"));
    if (member?.kind !== "property") return undefined;
    return member.value.kind === "literal" && typeof member.value.value === "string" ? statusNames[member.value.value] : statusOf(values, file, member.value);
  }
  if (node.kind !== "name") return undefined;
  const [value] = values.of(file, node);
  return value?.kind === "constant" && typeof value.value === "number" ? value.value : undefined;
}

function nameOf(node: Expression): string {
  if (node.kind === "name") return node.name;
  return node.kind === "member" ? node.property : "";
}

function addStatus(statuses: Set<number>, status: number | undefined): void {
  if (status !== undefined && status >= 400) statuses.add(status);
}
