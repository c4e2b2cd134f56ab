import type { Expression, FunctionNode, Statement } from "../../facts/syntax.js";
import { someNode, type SyntaxNode } from "../../facts/walk.js";
import type { FileIndex } from "../modules/file-index.js";
import type { Values } from "../values/values.js";
import { isRequest } from "../../facts/names.js";

/** Names are followed this far to what they were taken from. */
const deepest = 3;
const principals = /^(user|currentUser|account|principal|viewer|member|userId)$/;
/** What a session holds of whoever signed in; not a cart or a language. */
const keptOfCaller = /user|account|member|admin|customer|employee|log(ged|gued)?_?in|auth|passport|e?mail|^u?id$|role/i;

/** Who calls a middleware, and how it hands a request on. */
interface Caller {
  readonly index: FileIndex;
  readonly next: number;
  /** Nothing is known of whoever calls; else any test may have either answer. */
  readonly isStranger: boolean;
}

/** Whether a middleware hands on the requests of those alone whom it knows, whatever it answers to others: `if (request.isAuthenticated()) return next(); response.redirect("/")`. */
export function turnsStrangersAway(values: Values, file: string, { parameters, body }: FunctionNode): boolean {
  const next = continuation(parameters, body);
  if (next === undefined || !body) return false;
  const anybody: Caller = { index: values.index(file), next, isStranger: false };
  return passes(anybody, body).passes && !passes({ ...anybody, isStranger: true }, body).passes;
}

/** Whether a middleware hands on requests just because it does not know who sent them: `if (!request.session.user) return next();`. */
export function letsStrangersPass(values: Values, file: string, { parameters, body = [] }: FunctionNode): boolean {
  const next = continuation(parameters, body);
  if (next === undefined) return false;
  const stranger: Caller = { index: values.index(file), next, isStranger: true };
  return body.some((statement) => statement.kind === "if" && truth(stranger, statement.test) === true && passes(stranger, statement.then).passes && passes(stranger, statement.then).ends);
}

/** The last parameter, where the function calls it with nothing. */
function continuation(parameters: FunctionNode["parameters"], body: readonly Statement[] | undefined): number | undefined {
  const target = parameters.length > 1 ? parameters.at(-1)?.target : undefined;
  const isCalled = target?.kind === "binding" && someNode(body ?? [], (part) => part.kind === "call" && part.arguments.length === 0 && part.callee.kind === "name" && part.callee.binding === target.binding);
  return isCalled ? target.binding : undefined;
}

interface Outcome {
  readonly passes: boolean;
  /** Nothing behind it is run. */
  readonly ends: boolean;
}

/** Whether statements hand on a request of a caller. */
function passes(caller: Caller, body: readonly Statement[]): Outcome {
  let isPassed = false;
  for (const statement of body) {
    const outcome = outcomeOf(caller, statement);
    isPassed ||= outcome.passes;
    if (outcome.ends) return { passes: isPassed, ends: true };
  }
  return { passes: isPassed, ends: false };
}

function outcomeOf(caller: Caller, statement: Statement): Outcome {
  if (statement.kind === "if") {
    const test = truth(caller, statement.test);
    const then = test === false ? undefined : passes(caller, statement.then);
    const other = test === true ? undefined : passes(caller, statement.else ?? []);
    return { passes: handsOn(caller, statement.test) || then?.passes === true || other?.passes === true, ends: (then?.ends ?? true) && (other?.ends ?? true) };
  }
  if (statement.kind === "block") return passes(caller, statement.body);
  if (statement.kind === "try") {
    const [body, handler, last] = [passes(caller, statement.body), passes(caller, statement.handler?.body ?? []), passes(caller, statement.finalizer ?? [])];
    return { passes: body.passes || handler.passes || last.passes, ends: last.ends || (body.ends && (!statement.handler || handler.ends)) };
  }
  if (statement.kind === "return" || statement.kind === "throw") return { passes: statement.value !== undefined && handsOn(caller, statement.value), ends: true };
  return { passes: statement.kind === "expression" ? handsOn(caller, statement.value) : mentions(caller, [statement]), ends: false };
}

/** Whether an expression hands the request on, or gives away what does: `next()`, `later(next)`; to hand on an error does not. */
function handsOn(caller: Caller, node: Expression): boolean {
  if (node.kind === "await" || node.kind === "cast" || node.kind === "unary") return handsOn(caller, node.value);
  if (node.kind === "conditional") {
    const test = truth(caller, node.test);
    return handsOn(caller, node.test) || (test !== false && handsOn(caller, node.then)) || (test !== true && handsOn(caller, node.else));
  }
  if (node.kind === "binary" && /^(&&|\|\|)$/.test(node.operator)) {
    const isReached = truth(caller, node.left) !== (node.operator === "||");
    return handsOn(caller, node.left) || (isReached && handsOn(caller, node.right));
  }
  if (node.kind === "function") return passes(caller, node.function.body ?? []).passes;
  if (node.kind === "call" && node.callee.kind === "name" && node.callee.binding === caller.next) return node.arguments.length === 0;
  if (node.kind === "call") return [node.callee, ...node.arguments].some((part) => handsOn(caller, part));
  return mentions(caller, [node]);
}

function mentions({ next }: Caller, parts: readonly SyntaxNode[]): boolean {
  return someNode(parts, (part) => part.kind === "name" && part.binding === next);
}

/** What a test says of a caller; undefined where that is not known. */
function truth(caller: Caller, test: Expression): boolean | undefined {
  if (!caller.isStranger) return undefined;
  if (test.kind === "await" || test.kind === "cast") return truth(caller, test.value);
  if (test.kind === "unary" && test.operator === "!") {
    const inner = truth(caller, test.value);
    return inner === undefined ? undefined : !inner;
  }
  if (test.kind !== "binary") return isOfCaller(caller.index, test) ? false : undefined;
  const { operator, left, right } = test;
  if (operator === "&&" || operator === "||") {
    const decides = operator === "||";
    const [first, second] = [truth(caller, left), truth(caller, right)];
    return first === decides || second === decides ? decides : first === undefined || second === undefined ? undefined : !decides;
  }
  if (!/^[!=]==?$/.test(operator) || !isOfCaller(caller.index, left)) return undefined;
  const isNothing = right.kind === "literal" ? right.value === null || right.value === false : right.kind === "name" && right.name === "undefined";
  return isNothing || right.kind === "literal" ? isNothing === operator.startsWith("=") : undefined;
}

/** What only those have who are known: `request.user`, `request.isAuthenticated()`, `request.session.userId`, and names for them. */
function isOfCaller(index: FileIndex, node: Expression): boolean {
  if (node.kind === "call") return node.callee.kind === "member" && /^is(Authenticated|LoggedIn|SignedIn)$/.test(node.callee.property) && isRequest(node.callee.object);
  const path = pathOf(index, node);
  if (!path) return false;
  const [first, ...deeper] = path;
  // A session is there for everybody, and what may be known of somebody is no check by itself.
  return first === "session" ? deeper[0] !== undefined && keptOfCaller.test(deeper[0]) : first !== undefined && principals.test(first) && deeper.length === 0;
}

/** The way from the request to what an expression stands for: `["session", "user", "role"]`, also behind names. */
function pathOf(index: FileIndex, node: Expression, depth = 0): readonly string[] | undefined {
  if (isRequest(node)) return [];
  if (node.kind === "cast") return pathOf(index, node.value, depth);
  if (node.kind === "member") {
    const path = pathOf(index, node.object, depth);
    return path && [...path, node.property];
  }
  const source = node.kind === "name" && node.binding !== undefined ? index.sources[node.binding] : undefined;
  if (source?.kind !== "value" || !source.value || depth > deepest) return undefined;
  const path = pathOf(index, source.value, depth + 1);
  const keys = source.path.flatMap((step) => (step.kind === "property" ? [step.key] : []));
  return path && keys.length === source.path.length ? [...path, ...keys] : undefined;
}
