import { within } from "../../base/position.js";
import { isEmptyObject, isNothing, lastName } from "../../facts/names.js";
import type { Expression, Statement, TryStatement } from "../../facts/syntax.js";
import { isFunctionNode, someNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import { usesOf } from "./error-use.js";
import type { LogWrite } from "./log-calls.js";

/** `if (error instanceof NotFound) return null;` and nothing for the others. */
export function isSortedOut([only, ...others]: readonly Statement[], binding: number): boolean {
  return only?.kind === "if" && others.length === 0 && !only.else && only.then.at(-1)?.kind === "return" && !only.then.some((statement) => usesOf(statement, new Map([[binding, "whole"]])).length > 0) && only.test.kind !== "call";
}

/** `try { if (found) return found; } catch {} return undefined;`: the default stands behind the handler. */
export function answersBehind(model: ProjectModel, file: string, statement: TryStatement): boolean {
  const parent = model.values.index(file).parentOf(statement);
  const around = parent !== undefined && (isFunctionNode(parent) || ("kind" in parent && parent.kind === "block")) ? (parent.body ?? []) : [];
  return gives(statement.body) && around[around.indexOf(statement) + 1]?.kind === "return";
}

/** Whether statements end in a result, or in a condition of one. */
function gives(body: readonly Statement[]): boolean {
  const last = body.at(-1);
  return last?.kind === "return" || (last?.kind === "if" && someNode([last], (node) => node.kind === "return"));
}

/** Whether statements give nothing, or a constant that stands for it. */
export function returnsDefault(body: readonly Statement[]): boolean {
  return body.some((statement) => statement.kind === "return" && (statement.value === undefined || isDefault(statement.value)));
}

/** `try { await assertFree(seat); return false; } catch { return true; }`: that it fails is the answer itself. */
export function answersByFailing(body: readonly Statement[], handler: readonly Statement[]): boolean {
  const booleans = (statements: readonly Statement[]): readonly unknown[] => statements.flatMap((statement) => (statement.kind === "return" && statement.value?.kind === "literal" && typeof statement.value.value === "boolean" ? [statement.value.value] : []));
  const [failed, ...others] = booleans(handler);
  const given = booleans(body);
  return failed !== undefined && others.length === 0 && given.length > 0 && !given.includes(failed);
}

/** A value that stands for a result: `null`, `0`, `""`, `[]`, `{}`, `true`. `false` says that something failed. */
export function isDefault(value: Expression): boolean {
  return (value.kind === "literal" && value.value !== false) || (value.kind === "array" && value.elements.length === 0) || isEmptyObject(value) || isNothing(value);
}

/** Whether all that a handler does is to put a default in the place of a result: `return [];`, `total = 0;`. */
export function onlyDefaults(body: readonly Statement[]): boolean {
  return body.length > 0 && body.every((statement) => (statement.kind === "return" ? statement.value === undefined || isDefault(statement.value) : statement.kind === "expression" && statement.value.kind === "assign" && statement.value.operator === "=" && statement.value.target.kind === "name" && isDefault(statement.value.value)));
}

/** `if (error) return;` and `if (!error) …` ask whether something failed and tell nobody. */
export function withoutWaysOut(body: readonly Statement[], binding: number): readonly Statement[] {
  return body.flatMap((statement) => {
    if (statement.kind !== "if" || statement.else) return [statement];
    const { test, then } = statement;
    if (test.kind === "unary" && test.operator === "!" && test.value.kind === "name" && test.value.binding === binding) return then;
    const isWayOut = test.kind === "name" && test.binding === binding && then.length === 1 && then[0]?.kind === "return" && then[0].value === undefined;
    return isWayOut ? [] : [statement];
  });
}

/**
 * What is left of a handler without the failures that it lets go before it logs: `if (isRefused(error)) throw error;`. What throws
 * it after so many attempts, `if (retries === 0) throw error;`, tells of all of them.
 *
 * @param binding of the error, where what failed is tried again
 */
export function withoutSortedOut(body: readonly Statement[], failures: readonly LogWrite[], binding?: number): readonly Statement[] {
  if (failures.length === 0) return body;
  const letsGo = (statement: Statement): boolean => statement.kind === "if" && !statement.else && /^(?:return|throw)$/.test(statement.then.at(-1)?.kind ?? "") && !failures.some(({ node }) => within(node.span, statement.span)) && !throwsWhatever(statement, binding);
  return body.filter((statement) => !letsGo(statement));
}

/** Whether a handler, or the loop around its statement, has the same work done once more. */
export function triesAgain(model: ProjectModel, file: string, statement: TryStatement): boolean {
  const { parentOf, functionAround } = model.values.index(file);
  for (let at = parentOf(statement); at && !isFunctionNode(at); at = parentOf(at)) if ("kind" in at && at.kind === "loop") return true;
  const around = functionAround(statement);
  const name = around?.node.name ?? (around?.member?.kind === "method" ? around.member.name : undefined);
  return name !== undefined && someNode(statement.handler?.body ?? [], (part) => part.kind === "call" && lastName(part.callee) === name);
}

function throwsWhatever({ test, then }: Extract<Statement, { kind: "if" }>, binding: number | undefined): boolean {
  const last = then.at(-1);
  return last?.kind === "throw" && last.value.kind === "name" && last.value.binding === binding && binding !== undefined && !someNode([test], (part) => part.kind === "name" && part.binding === binding);
}

/** Whether all that a body calls writes to the log. */
export function writesNothingElse(body: readonly Statement[], writes: readonly LogWrite[]): boolean {
  return someNode(body, (node) => node.kind === "call") && !someNode(body, (node) => (node.kind === "new" || (node.kind === "call" && !writes.some((write) => within(node.span, write.node.span)))));
}
