import { isRequest, lastName } from "../../facts/names.js";
import type { Expression, FunctionNode, Statement } from "../../facts/syntax.js";
import { someNode } from "../../facts/walk.js";
import type { FileIndex } from "../modules/file-index.js";
import type { Values } from "../values/values.js";
import { credentialReaders, isCredential, namesCredential } from "./credential-tests.js";

/** Names are followed this far to what they were taken from. */
const deepest = 4;

/** What becomes of a request that shows no credentials. */
type Outcome = "passes" | "stops" | "goes on" | "unknown";

/**
 * Whether a middleware surely hands on the request of somebody who shows no credentials, whatever it answers to those who
 * show wrong ones: `if (token) { try { … next(); } catch { next(new Unauthorized()); } } else { next(); }`. What calls
 * anything on the way but what reads the request may refuse there, and is none.
 */
export function passesUnshown(values: Values, file: string, { async, parameters, body = [] }: FunctionNode): boolean {
  const target = parameters.length > 1 ? parameters.at(-1)?.target : undefined;
  if (target?.kind !== "binding") return false;
  // A hook of Fastify hands on by coming to its end: `async (request, reply) => { if (!token) return; … }`.
  const isHook = async === true && parameters.length === 2 && /^rep(?:ly)?$/.test(target.name);
  const way: Way = { index: values.index(file), next: isHook ? undefined : target.binding };
  if (!someNode(body, (part) => part.kind === "if" && shown(way, part.test) !== undefined)) return false;
  const outcome = outcomeOf(way, body);
  return outcome === "passes" || (isHook && outcome === "goes on");
}

interface Way {
  readonly index: FileIndex;
  /** What hands the request on; absent where the end of the function does. */
  readonly next: number | undefined;
}

function outcomeOf(way: Way, statements: readonly Statement[]): Outcome {
  for (const statement of statements) {
    const outcome = ofStatement(way, statement);
    if (outcome !== "goes on") return outcome;
  }
  return "goes on";
}

function ofStatement(way: Way, statement: Statement): Outcome {
  switch (statement.kind) {
    case "block":
      return outcomeOf(way, statement.body);
    case "try":
      return outcomeOf(way, statement.body);
    case "if":
      return ofChoice(way, statement);
    case "variable":
      return statement.declarators.every(({ value }) => !value || isHarmless(value)) ? "goes on" : "unknown";
    case "return":
      return (statement.value ? isHandingOn(way, statement.value) : way.next === undefined) ? "passes" : "stops";
    case "expression":
      if (isHandingOn(way, statement.value)) return "passes";
      return isHarmless(statement.value) ? "goes on" : "unknown";
    default:
      return "unknown";
  }
}

function ofChoice(way: Way, { test, then, else: other = [] }: Extract<Statement, { kind: "if" }>): Outcome {
  const isShown = shown(way, test);
  if (isShown !== undefined) return outcomeOf(way, isShown ? then : other);
  if (!isHarmless(test)) return "unknown";
  const outcomes = [outcomeOf(way, then), outcomeOf(way, other)];
  // What is let pass for another reason is not what is asked here: `if (request.method === "OPTIONS") return next();`.
  return outcomes.every((outcome) => outcome === "goes on" || outcome === "passes") && outcomes.includes("goes on") ? "goes on" : "unknown";
}

/** `next()`, `await next()` */
function isHandingOn(way: Way, node: Expression): boolean {
  if (node.kind === "await") return isHandingOn(way, node.value);
  return node.kind === "call" && node.arguments.length === 0 && node.callee.kind === "name" && node.callee.binding !== undefined && node.callee.binding === way.next;
}

const reading = /^(?:split|replace|slice|substring|substr|trim|startsWith|endsWith|includes|toLowerCase|toUpperCase|toString|match|at|debug|info|trace|log)$/;

/** Whether nothing in an expression can refuse a request: it reads, compares and logs. */
function isHarmless(node: Expression): boolean {
  return !someNode([node], (part) => part.kind === "await" || (part.kind === "call" && !credentialReaders.test(lastName(part.callee)) && !(part.callee.kind === "member" && reading.test(part.callee.property))));
}

/** What a test says of whoever shows no credentials; undefined where it asks something else. */
function shown(way: Way, test: Expression): boolean | undefined {
  if (test.kind === "unary" && test.operator === "!") {
    const inner = shown(way, test.value);
    return inner === undefined ? undefined : !inner;
  }
  if (test.kind === "binary" && /^(?:&&|\|\|)$/.test(test.operator)) {
    const decides = test.operator === "||";
    const [left, right] = [shown(way, test.left), shown(way, test.right)];
    return left === decides || right === decides ? decides : left === undefined || right === undefined ? undefined : !decides;
  }
  // `header.startsWith("Bearer ")`
  if (test.kind === "call") return test.callee.kind === "member" && test.callee.property === "startsWith" && isRead(way, test.callee.object) ? false : isRead(way, test) ? false : undefined;
  return isRead(way, test) ? false : undefined;
}

/** Whether an expression is what a request shows of credentials: `request.headers.authorization`, `request.cookies.token`, `c.req.header("x-api-key")`, and names for them. */
function isRead(way: Way, node: Expression, depth = 0): boolean {
  if (depth > deepest) return false;
  if (node.kind === "cast" || node.kind === "await") return isRead(way, node.value, depth);
  if (node.kind === "binary" && /^(?:\?\?|\|\||&&)$/.test(node.operator)) return isRead(way, node.left, depth) && (isRead(way, node.right, depth) || node.operator === "&&" || /^(?:literal|array)$/.test(node.right.kind));
  if (node.kind === "call") {
    // `request.get("authorization")`, `c.req.header("authorization")`, `getCookie(c, "session")`
    if (credentialReaders.test(lastName(node.callee))) return isRequest(node.callee.kind === "member" ? node.callee.object : (node.arguments[0] ?? node)) && node.arguments.slice(0, 2).some(isCredential);
    return node.callee.kind === "member" && /^(?:split|replace|slice|substring|trim|at)$/.test(node.callee.property) && isRead(way, node.callee.object, depth);
  }
  if (node.kind === "index") return (isCredential(node.index) && isCarrier(node.object)) || isRead(way, node.object, depth);
  if (node.kind === "member") return isCarrier(node.object) && namesCredential(node.property);
  const source = node.kind === "name" && node.binding !== undefined ? way.index.sources[node.binding] : undefined;
  if (source?.kind !== "value" || !source.value) return false;
  const [step, ...others] = source.path;
  if (!step) return isRead(way, source.value, depth + 1);
  // `const [, token] = header.split(" ")`, `const { authorization } = request.headers`
  return others.length === 0 && (step.kind === "property" ? isCarrier(source.value) && namesCredential(step.key) : isRead(way, source.value, depth + 1));
}

/** `request.headers`, `request.cookies`, `request.query`: where callers show what they hold. */
function isCarrier(node: Expression): boolean {
  return node.kind === "member" && /^(?:headers|cookies|signedCookies|query)$/.test(node.property) && isRequest(node.object);
}
