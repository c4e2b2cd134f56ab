import { storeAccess } from "../catalogue/index.js";
import { lastName } from "../facts/names.js";
import type { CallExpression, Expression, FunctionNode, Pattern, Statement } from "../facts/syntax.js";
import { isClassNode, isFunctionNode, someNode, type SyntaxNode, walkAll } from "../facts/walk.js";
import type { ProjectModel } from "../model/project-model.js";
import type { Handler } from "../model/routes/route.js";
import { isAnswer } from "./answers.js";
import { isPageInput, namesIn, reachedAccess } from "./handlers.js";

/** How much a handler may do itself. */
interface Limits {
  readonly maxComplexity: number;
  readonly maxStatements: number;
  /** Whether one sum or one change of state counts, too. */
  readonly domainWork: "allow" | "report";
}

/** What a handler does that is more than parsing its input, one call and the answer, in words; empty for a thin one. */
export function workIn(model: ProjectModel, { file, node }: Handler, options: Limits): string[] {
  let statements = 0;
  const decisions: number[] = [];
  const inner: FunctionNode[] = [];
  let loops = 0;
  let transactions = 0;
  let sums = 0;
  let states = 0;
  const writes = new Set<CallExpression>();
  const passed = new Set<SyntaxNode>();
  const tested = new Set<SyntaxNode>();
  const continued = new Set<SyntaxNode>();
  walkAll(node.body ?? [], (part) => {
    // Leaving early, and making an answer of an error, are the handler's own business.
    if (isClassNode(part) || isMapping(part) || isCopy(part) || passed.has(part)) return false;
    for (const own of apartFrom(part)) passed.add(own);
    if (isFunctionNode(part)) {
      inner.push(part);
      return undefined;
    }
    if (isStatement(part) && !isAside(part)) statements++;
    for (const test of testsOf(part)) tested.add(test);
    if (part.kind === "if" || part.kind === "loop" || (part.kind === "conditional" && !shapes(part)) || (isLogical(part) && part.right.kind !== "literal" && !continued.has(part) && (part.operator === "&&" || tested.has(part)))) decisions.push(part.span[0]);
    // `a || b || c` chooses once.
    if (isLogical(part)) for (const side of [part.left, part.right]) if (isLogical(side) && side.operator === part.operator) continued.add(side);
    if (part.kind === "switch") for (const { test, body } of part.cases) if (test && body.length > 0 && !leaves(body.filter(isStatement))) decisions.push(part.span[0]);
    if (part.kind === "binary" && /^[-*/%]$/.test(part.operator) && [part.left, part.right].some((side) => isDomainValue(model, file, side) || isSentValue(model, file, side)) && ![...namesIn([part])].some(isPageInput)) sums++;
    if (part.kind === "assign" && isDomainValue(model, file, part.target)) states++;
    if (part.kind === "loop" && computes(part.body)) loops++;
    if (part.kind !== "call") return undefined;
    if (writesBehind(model, file, part)) writes.add(part);
    if (part.callee.kind !== "member") return undefined;
    if (part.callee.property === "reduce" && computes(part.arguments)) loops++;
    if (/^(\$?transaction|withTransaction|transactional|startTransaction)$/.test(part.callee.property)) transactions++;
    return undefined;
  });
  const paths = mostPaths(decisions, inner);
  return [
    ...(loops > 0 ? ["a loop that computes"] : []),
    ...(sums > 0 && loops === 0 && options.domainWork === "report" ? ["arithmetic on domain values"] : []),
    ...(states > 0 && options.domainWork === "report" ? ["a change of state"] : []),
    ...(transactions > 0 ? ["a transaction"] : []),
    ...(writes.size > 1 && model.transactions.onOnePath(file, node, writes) > 1 ? [`${writes.size} writes`] : []),
    ...(paths > options.maxComplexity ? [`${paths} paths (most ${options.maxComplexity})`] : []),
    ...(statements > options.maxStatements ? [`${statements} statements (most ${options.maxStatements})`] : []),
  ];
}

/** The paths through the function that has the most: what a callback decides for an element is no path of the handler. */
function mostPaths(decisions: readonly number[], inner: readonly FunctionNode[]): number {
  const counts = new Map<FunctionNode | undefined, number>();
  for (const at of decisions) {
    const around = inner.findLast(({ span }) => span[0] <= at && at < span[1]);
    counts.set(around, (counts.get(around) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values()) + 1;
}

/** `if (!user) return res.status(404)…`: an early return or throw without anything else, or a chain of such. */
function isMapping(part: SyntaxNode): boolean {
  if (!("kind" in part) || part.kind !== "if") return false;
  return leaves(part.then) && (leaves(part.else ?? []) || (part.else ?? []).every((other) => isMapping(other)));
}

/** `if (body.name !== undefined) changes.name = body.name`: what was sent is taken over where it is there. */
function isCopy(part: SyntaxNode): boolean {
  if (!("kind" in part) || part.kind !== "if" || part.else || part.then.length !== 1) return false;
  const [only] = part.then;
  if (only?.kind !== "expression" || only.value.kind !== "assign" || only.value.operator !== "=" || only.value.target.kind !== "member") return false;
  const { value } = only.value;
  const tested = namesIn([part.test]);
  return (value.kind === "member" || value.kind === "name") && [...namesIn([value])].every((name) => tested.has(name));
}

/** At most a note, and then out of the handler or to the answer. */
function leaves(body: readonly Statement[]): boolean {
  const last = body.at(-1);
  return body.length <= 2 && last !== undefined && (last.kind === "return" || last.kind === "throw" || body.every(isAnswered));
}

/** `res.status(404).json(…)`, `ctx.body = …`, `next(error)`, `sendFile(res, note)`. */
function isAnswered(statement: Statement): boolean {
  if (statement.kind !== "expression") return false;
  const value = statement.value.kind === "await" ? statement.value.value : statement.value;
  if (value.kind === "assign") return value.target.kind === "member" && isAnswer(value.target.object);
  return value.kind === "call" && (isAnswer(value) || value.arguments.some(isAnswer) || (value.callee.kind === "name" && value.callee.name === "next"));
}

/**
 * What is no part of the handler's own way: what makes an answer of an error, functions that are returned for others to
 * call (`return { onMessage() {} }`), and choices that put an optional member into an object.
 */
function apartFrom(part: SyntaxNode): readonly SyntaxNode[] {
  if (!("kind" in part)) return [];
  if (part.kind === "try" && part.handler) {
    const { body } = part.handler;
    const after = body.filter((statement) => !isMapping(statement));
    return leaves(after) ? body : [];
  }
  if (part.kind === "return" && part.value?.kind === "object") return part.value.members.flatMap((member) => (member.kind === "property" && member.value.kind === "function" ? [member.value.function] : []));
  return part.kind === "object" ? part.members.flatMap((member) => (member.kind === "spread" && (member.value.kind === "conditional" || isLogical(member.value)) ? [member.value] : [])) : [];
}

/** The expressions that a statement or a conditional decides by, with what they are combined of. */
function testsOf(part: SyntaxNode): readonly SyntaxNode[] {
  if (!("kind" in part) || !(part.kind === "if" || part.kind === "conditional" || part.kind === "loop") || !part.test) return [];
  const found: SyntaxNode[] = [];
  walkAll([part.test], (inner) => {
    found.push(inner);
    return undefined;
  });
  return found;
}

/** `page ? Number(page) : 0`: a value as it is needed, or what stands for it where it is absent. */
function shapes({ test, then, else: other }: Extract<Expression, { kind: "conditional" }>): boolean {
  const tested = namesIn([test]);
  return [[then, other] as const, [other, then] as const].some(([value, absent]) => isEmpty(absent) && !isEmpty(value) && [...namesIn([value])].some((name) => tested.has(name)));
}

function isEmpty(node: Expression): boolean {
  return node.kind === "literal" || (node.kind === "name" && node.name === "undefined") || (node.kind === "array" && node.elements.length === 0) || (node.kind === "object" && node.members.length === 0);
}

/** What prepares the answer: its status, headers and cookies. */
const prepares = /^(status|code|type|vary|(set|append|add|remove|clear)?(header|cookie|status)s?|set|append)$/i;

/** A note in a log, or what prepares the answer: `logger.info(…)`, `res.setHeader(…)`. */
function isAside(part: SyntaxNode): boolean {
  if (!("kind" in part) || part.kind !== "expression") return false;
  let root = part.value.kind === "await" ? part.value.value : part.value;
  if (root.kind !== "call") return false;
  const names: string[] = [];
  while (root.kind === "call" || root.kind === "member") {
    if (root.kind === "member") names.push(root.property);
    root = root.kind === "call" ? root.callee : root.object;
  }
  return (root.kind === "name" && ((isAnswer(root) && prepares.test(names[0] ?? "")) || /^(log|logger|console)$/i.test(root.name))) || names.slice(1).some((name) => /^(log|logger)$/i.test(name));
}

function isLogical(part: SyntaxNode): part is Extract<Expression, { kind: "binary" }> {
  return "kind" in part && part.kind === "binary" && (part.operator === "&&" || part.operator === "||");
}

/** What asks is no step of the work, even if it keeps a note of being asked: `verifyUser(req)` marks who was seen. */
const asks = /^(get|find|fetch|load|read|list|count|verify|check|validate|assert|ensure|require|authenticate|authorize|is|has|can|current)(?![a-z])/;

/** Whether a call writes to a store other than a cache: by itself, or somewhere behind the project's function that it calls. */
function writesBehind(model: ProjectModel, file: string, call: CallExpression): boolean {
  return model.values.of(file, call.callee).some((value) => {
    if (value.kind === "external") {
      const access = storeAccess(value.provenance, "call");
      return access?.call.role === "write" && access.family !== "redis";
    }
    return value.kind === "function" && !asks.test(lastName(call.callee)) && reachedAccess(model, value.file, value.node).some(({ role, family }) => role === "write" && family !== "redis");
  });
}

const statementKinds = new Set(["expression", "variable", "return", "throw", "if", "loop", "try", "switch"]);

function isStatement(part: Exclude<SyntaxNode, { form: "function" }>): boolean {
  return "kind" in part && statementKinds.has(part.kind);
}

/** `account.balance` of `const account = await accounts.find(id)`: what a call gave. */
function isDomainValue(model: ProjectModel, file: string, node: Expression | Pattern): boolean {
  if (node.kind !== "member" || node.object.kind !== "name" || node.object.binding === undefined || isAnswer(node) || node.property === "length") return false;
  const source = model.values.index(file).sources[node.object.binding];
  return source?.kind === "value" && source.path.length === 0 && source.value?.kind === "await";
}

/** `req.body.price`, and `price` of `const { price } = await request.json()`: what the client sent. */
function isSentValue(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind === "member") return isBody(node.object);
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  return source?.kind === "value" && source.path.length === 1 && source.value !== undefined && isBody(source.value);
}

function isBody(node: Expression): boolean {
  if (node.kind === "await" || node.kind === "cast") return isBody(node.value);
  return (node.kind === "member" && node.property === "body") || (node.kind === "call" && node.callee.kind === "member" && node.callee.property === "json" && node.arguments.length === 0);
}

/** Assigns or adds up, as opposed to copying elements. */
function computes(body: readonly (Statement | Expression)[]): boolean {
  return someNode(body, (part) => (part.kind === "assign" && part.operator !== "=") || (part.kind === "binary" && /^[-*/%]$/.test(part.operator)));
}
