import type { Expression, Statement } from "../../facts/syntax.js";
import { someNode, type SyntaxNode, walkAll } from "../../facts/walk.js";
import { isAnswer } from "../routes/answers.js";
import { namesIn } from "../routes/handlers.js";

/** `if (!user) return res.status(404)…`: an early return or throw without anything else, or a chain of such. */
export function isMapping(part: SyntaxNode): boolean {
  if (!("kind" in part) || part.kind !== "if") return false;
  return leaves(part.then) && (leaves(part.else ?? []) || (part.else ?? []).every((other) => isMapping(other)));
}

/** `if (body.name !== undefined) changes.name = body.name`: what was sent is taken over where it is there. */
export function isCopy(part: SyntaxNode): boolean {
  if (!("kind" in part) || part.kind !== "if" || part.else || part.then.length !== 1) return false;
  const [only] = part.then;
  if (only?.kind !== "expression" || only.value.kind !== "assign" || only.value.operator !== "=" || only.value.target.kind !== "member") return false;
  const { value: given } = only.value;
  // `metadata.rev.toString()`: the same in another form.
  const value = given.kind === "call" && given.arguments.length === 0 && given.callee.kind === "member" ? given.callee.object : given;
  const tested = namesIn([part.test]);
  return (value.kind === "member" || value.kind === "name") && [...namesIn([value])].every((name) => tested.has(name));
}

/** Notes and what is put together of what is at hand, and then out of the handler or to the answer. */
export function leaves(body: readonly Statement[]): boolean {
  const before = body.slice(0, -1);
  const last = body.at(-1);
  if (last === undefined) return false;
  if (before.length > 1 && !before.every((statement) => isAside(statement) || (statement.kind === "variable" && !someNode([statement], (part) => part.kind === "await")))) return false;
  return last.kind === "return" || last.kind === "throw" || (body.length <= 2 && body.every(isAnswered));
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
export function apartFrom(part: SyntaxNode): readonly SyntaxNode[] {
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
export function testsOf(part: SyntaxNode): readonly SyntaxNode[] {
  if (!("kind" in part) || !(part.kind === "if" || part.kind === "conditional" || part.kind === "loop") || !part.test) return [];
  const found: SyntaxNode[] = [];
  walkAll([part.test], (inner) => {
    found.push(inner);
    return undefined;
  });
  return found;
}

/** `page ? Number(page) : 0`: a value as it is needed, or what stands for it where it is absent. */
export function shapes({ test, then, else: other }: Extract<Expression, { kind: "conditional" }>): boolean {
  const tested = namesIn([test]);
  return [[then, other] as const, [other, then] as const].some(([value, absent]) => isEmpty(absent) && !isEmpty(value) && (isLeftOut(value, absent) || [...namesIn([value])].some((name) => tested.has(name))));
}

/** `isAdmin ? user.address : undefined`: a field as it is, or none. */
function isLeftOut(value: Expression, absent: Expression): boolean {
  return (value.kind === "name" || value.kind === "member") && ((absent.kind === "name" && absent.name === "undefined") || (absent.kind === "literal" && absent.value === null));
}

function isEmpty(node: Expression): boolean {
  return node.kind === "literal" || (node.kind === "name" && node.name === "undefined") || (node.kind === "array" && node.elements.length === 0) || (node.kind === "object" && node.members.length === 0);
}

/** What prepares the answer: its status, headers and cookies. */
const prepares = /^(status|code|type|vary|(set|append|add|remove|clear)?(header|cookie|status)s?|set|append)$/i;

/** A note in a log, or what prepares the answer: `logger.info(…)`, `res.setHeader(…)`. */
export function isAside(part: SyntaxNode): boolean {
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

export function isLogical(part: SyntaxNode): part is Extract<Expression, { kind: "binary" }> {
  return "kind" in part && part.kind === "binary" && (part.operator === "&&" || part.operator === "||");
}

const statementKinds = new Set(["expression", "variable", "return", "throw", "if", "loop", "try", "switch"]);

export function isStatement(part: Exclude<SyntaxNode, { form: "function" }>): boolean {
  return "kind" in part && statementKinds.has(part.kind);
}
