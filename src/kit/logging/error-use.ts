import { within } from "../../base/position.js";
import { splitWords } from "../../base/words.js";
import type { CallExpression, Expression, Pattern, Statement } from "../../facts/syntax.js";
import { isFunctionNode, someNode, type SyntaxNode, walk, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";

/** How an error is used: as itself, with its stack and cause, only its text, or only what kind it is of. */
export type ErrorUse = "whole" | "message" | "kind";

/** Members that say of what kind an error is, and not where it came from. */
const kinds = /^(?:name|code|status|status_?code|http_?(?:status|code)|errno)$/i;

/** An error that was caught: its binding and the variables that the handler made from it. */
export type CaughtError = ReadonlyMap<number, ErrorUse>;

/** Functions that make a text of what they are given. */
const makesText = /^(String|toString)$|(message|text|string|reason|describe|format)/i;

/** The error that a handler catches, with `const message = \`failed: ${err.message}\`` and `const cause = toError(err)`. */
export function caughtError(body: readonly Statement[], binding: number): CaughtError {
  const error = new Map<number, ErrorUse>([[binding, "whole"]]);
  walkAll(body, (node) => {
    // `lastError = error as Error;`, `reason = error.message;`
    if ("kind" in node && node.kind === "assign" && node.target.kind === "name" && node.target.binding !== undefined && !error.has(node.target.binding)) {
      const uses = usesOf(node.value, error);
      if (uses.length > 0) error.set(node.target.binding, most(uses));
    }
    if (!("kind" in node) || node.kind !== "variable") return undefined;
    for (const { target, value } of node.declarators) {
      const uses = value ? usesOf(value, error) : [];
      if (uses.length > 0) take(error, target, most(uses));
    }
    return undefined;
  });
  return error;
}

function most(uses: readonly ErrorUse[]): ErrorUse {
  return uses.includes("whole") ? "whole" : uses.includes("message") ? "message" : "kind";
}

function take(error: Map<number, ErrorUse>, target: Pattern, use: ErrorUse): void {
  if (target.kind === "binding") error.set(target.binding, use);
  if (target.kind !== "object-pattern") return;
  for (const { key, value } of target.properties) take(error, value, key === "message" ? "message" : kinds.test(String(key)) ? "kind" : use);
}

/** Every use of the error in an expression or statement. */
export function usesOf(node: SyntaxNode, error: CaughtError): ErrorUse[] {
  const uses: ErrorUse[] = [];
  walk(node, (part) => {
    if (!("kind" in part)) return undefined;
    const { kind } = part;
    const member = kind === "member" ? held(part.object, error) : undefined;
    if (kind === "member" && member !== undefined) {
      uses.push(/^(message|toString)$/.test(part.property) ? "message" : kinds.test(part.property) ? "kind" : member);
      return false;
    }
    // `err instanceof Error ? err.message : "unknown"` says no more than the message.
    if (kind === "binary" && part.operator === "instanceof") return false;
    if (kind === "template" || (kind === "binary" && part.operator === "+") || (kind === "call" && isText(part))) {
      if (mentions(part, error)) uses.push(showsStack(part, error) ? "whole" : "message");
      return false;
    }
    const use = kind === "name" && part.binding !== undefined ? error.get(part.binding) : undefined;
    if (use !== undefined) uses.push(use);
    return undefined;
  });
  return uses;
}

/** How `err` or `(err as Error)` holds the error; undefined for anything else. */
function held(node: Expression, error: CaughtError): ErrorUse | undefined {
  const inner = node.kind === "cast" ? node.value : node;
  return inner.kind === "name" && inner.binding !== undefined ? error.get(inner.binding) : undefined;
}

function isText({ callee, arguments: given }: CallExpression): boolean {
  return callee.kind === "name" && makesText.test(callee.name) && given.length > 0;
}

function mentions(node: SyntaxNode, error: CaughtError): boolean {
  return someNode([node], (part) => part.kind === "name" && part.binding !== undefined && error.has(part.binding));
}

/** `${error.stack ?? error}` */
function showsStack(node: SyntaxNode, error: CaughtError): boolean {
  return someNode([node], (part) => part.kind === "member" && part.property === "stack" && held(part.object, error) !== undefined);
}

/**
 * Whether a log call says of what it speaks: an id, a name or a field beside the error and the constant text. Globals,
 * constants and names of classes say nothing of the one case.
 */
export function namesSubject(call: CallExpression, error: CaughtError): boolean {
  let found = false;
  const visit = (part: SyntaxNode): boolean | undefined => {
    if (found || isFunctionNode(part) || !("kind" in part)) return false;
    if (part.kind === "call") {
      for (const argument of part.arguments) walk(argument, visit);
      if (part.callee.kind === "member") walk(part.callee.object, visit);
      return false;
    }
    if (part.kind === "member" && ((part.property === "name" && isClass(part.object)) || held(part.object, error) !== undefined)) return false;
    if (part.kind === "binary" && part.operator === "instanceof") return false;
    found = part.kind === "this" || (part.kind === "name" && part.binding !== undefined && !error.has(part.binding) && !/^[A-Z][A-Z0-9_]*$/.test(part.name));
    return !found;
  };
  for (const argument of call.arguments) walk(argument, visit);
  return found;
}

/** `this.constructor`, `OrderService`: whose name stands in every line alike. */
function isClass(node: Expression): boolean {
  return node.kind === "member" ? node.property === "constructor" : node.kind === "name" && /^[A-Z]/.test(node.name);
}

/** Whether a line is given a text of the error that a function of the project makes, with its stack. */
export function tellsStack(model: ProjectModel, file: string, { arguments: given }: CallExpression): boolean {
  return someNode(given, (part) => part.kind === "call" && model.values.of(file, part.callee).some((callee) => callee.kind === "function" && someNode(callee.node.body ?? [], (inner) => inner.kind === "member" && inner.property === "stack")));
}

/** Words that say that something failed, and not what. */
const emptyWords = new Set([
  "a", "an", "the", "some", "something", "error", "errors", "err", "exception", "failed", "failure", "fail", "fails", "went", "wrong", "occurred",
  "occured", "happened", "unexpected", "unknown", "caught", "internal", "server", "oops", "was", "has", "is", "there", "with", "got", "fatal",
  "critical", "please", "try", "again", "problem", "issue", "details",
]);

/** Whether a log call of an error says neither what was being done nor to what: no id, and no text but "something went wrong". */
export function saysNothing(call: CallExpression, error: CaughtError): boolean {
  if (namesSubject(call, error)) return false;
  return !someNode(call.arguments, (part) => {
    const texts = part.kind === "literal" ? [String(part.value)] : part.kind === "template" ? part.texts : [];
    return texts.some((text) => splitWords(text).some((word) => !emptyWords.has(word))) || (part.kind === "name" && part.binding !== undefined && !error.has(part.binding));
  });
}

/** `lastError = error` of a variable around it: what comes behind tells of it. */
export function isKept(body: readonly Statement[], error: CaughtError): boolean {
  const own = new Set<number>();
  walkAll(body, (part) => {
    if ("kind" in part && part.kind === "variable") for (const { target } of part.declarators) if (target.kind === "binding") own.add(target.binding);
    return undefined;
  });
  return someNode(body, (part) => part.kind === "assign" && part.target.kind === "name" && part.target.binding !== undefined && !own.has(part.target.binding) && usesOf(part.value, error).some((use) => use !== "message"));
}

/** `return { done: false, error }`: who asked is told. */
export function isReturned(body: readonly Statement[], error: CaughtError): boolean {
  return someNode(body, (part) => part.kind === "return" && part.value !== undefined && usesOf(part.value, error).some((use) => use !== "message"));
}

/** Whether a handler throws something that has to do with the error; another in its place says nothing of it. */
export function throwsOn(body: readonly Statement[], binding: number): boolean {
  const error = caughtError(body, binding);
  return someNode(body, (node) => node.kind === "throw" && usesOf(node.value, error).length > 0);
}

/** Whether a handler ends by throwing the error itself, and a call is a line of its own in front of that: one of a branch may leave another way. */
export function isInFrontOfRethrow({ span }: Expression, body: readonly Statement[], binding: number): boolean {
  const last = body.at(-1);
  return last?.kind === "throw" && last.value?.kind === "name" && last.value.binding === binding && body.some((line) => line.kind === "expression" && within(span, line.span));
}
