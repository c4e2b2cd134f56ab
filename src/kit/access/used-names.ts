import { type Span, within } from "../../base/position.js";
import { isPutThere, lastName } from "../../facts/names.js";
import type { Expression, Pattern } from "../../facts/syntax.js";
import { type SyntaxNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import { namesIn } from "../routes/handlers.js";
import { logWrites } from "../logging/log-calls.js";
import type { ReachedFunction } from "../routes/reach.js";

/**
 * The names that a function uses: what is only written to a log or sent back, and that somebody is signed in at all, is
 * asked without using who it is: `const session = await auth(); if (!session) return unauthorized();`
 */
export function usedNames(model: ProjectModel, { file, node: { parameters, body = [], span } }: ReachedFunction): ReadonlySet<string> {
  const asked = notedIn(model, file, body, span);
  walkAll(body, (part) => {
    if (!("kind" in part)) return undefined;
    if (part.kind === "if" && isAbsence(part.test)) asked.add(part.test);
    if (part.kind === "variable") for (const { target, value } of part.declarators) if ((target.kind === "binding" || target.kind === "object-pattern") && value && (asksWho(value) || isPutThere(value))) asked.add(target).add(value);
    return undefined;
  });
  const taken = parameters.filter(({ target }) => isUsed(target, body, asked));
  const decorators = taken.flatMap(({ decorators: own = [] }) => own.flatMap(({ value }) => (value.kind === "call" && value.callee.kind === "name" ? [value.callee.name] : [])));
  return new Set([...decorators, ...namesIn([...taken.map(({ target }) => target), ...body], asked)]);
}

/** What of a body is only written to a log, or named in an answer as it is: `return { by: request.user.id, text }`. */
export function notedIn(model: ProjectModel, file: string, body: readonly SyntaxNode[], span: Span): Set<SyntaxNode> {
  const noted = new Set<SyntaxNode>(logWrites(model, file).flatMap(({ node }) => (within(node.span, span) ? [node] : [])));
  walkAll(body, (part) => {
    if (!("kind" in part)) return undefined;
    if (part.kind === "expression" && part.value.kind === "call" && /^_?(log|audit|track|trace)([A-Z_]|$)/.test(lastName(part.value.callee))) noted.add(part.value);
    const answer = part.kind === "return" ? part.value : part.kind === "call" && part.callee.kind === "member" && /^(json|send)$/.test(part.callee.property) ? part.arguments[0] : undefined;
    if (answer?.kind === "object") for (const member of answer.members) if (member.kind === "property" && isPath(member.value)) noted.add(member.value);
    return undefined;
  });
  return noted;
}

/** Whether anything that a parameter takes is used in a body, but for some parts of it. */
export function isUsed(target: Pattern, body: readonly SyntaxNode[], asked: ReadonlySet<SyntaxNode>): boolean {
  const bindings = new Set<number>();
  walkAll([target], (part) => {
    if ("kind" in part && part.kind === "binding") bindings.add(part.binding);
    return undefined;
  });
  let found = false;
  walkAll(body, (part) => {
    if (found || asked.has(part)) return false;
    found = "kind" in part && part.kind === "name" && part.binding !== undefined && bindings.has(part.binding);
    return !found;
  });
  return found;
}

/** `!session`, `!session?.user`, `session === null || !session.user` */
function isAbsence(test: Expression): boolean {
  if (test.kind === "binary" && /^(\|\||&&)$/.test(test.operator)) return isAbsence(test.left) && isAbsence(test.right);
  if (test.kind === "binary") return /^={2,3}$/.test(test.operator) && isPath(test.left) && (test.right.kind === "literal" || (test.right.kind === "name" && test.right.name === "undefined"));
  return test.kind === "unary" && test.operator === "!" && isPath(test.value);
}

function isPath(node: Expression): boolean {
  return node.kind === "name" || (node.kind === "member" && isPath(node.object));
}

/** `await auth()`, `await getServerSession(authOptions)`, `requireUser(request)`: nothing of what the request names is handed over. */
function asksWho(value: Expression): boolean {
  if (value.kind === "await" || value.kind === "cast") return asksWho(value.value);
  return value.kind === "call" && value.arguments.every((argument) => (argument.kind === "name" && /^(req(uest)?|ctx|c|context|event|\w*[oO]ptions)$/.test(argument.name)) || (argument.kind === "call" && argument.arguments.length === 0));
}
