import { within } from "../../base/position.js";
import { lastName } from "../../facts/names.js";
import type { Expression, FunctionNode } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, type SyntaxNode, walk } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { SummaryUse } from "../../model/data/summary.js";
import type { Write } from "./write-subjects.js";

/** Whether a function on the way to a write deals with its failure, and its callers never hear of it: `try { await push(); } catch (error) { log(error); }`. */
export function isBestEffort(model: ProjectModel, { operation, calls }: SummaryUse): boolean {
  return calls.some(({ callee }, index) => {
    const { parentOf } = model.values.index(callee.file);
    for (let at: SyntaxNode = calls[index + 1]?.call ?? operation.node, parent = parentOf(at); parent && parent !== callee.node; at = parent, parent = parentOf(at)) {
      if (isClassNode(parent) || isFunctionNode(parent)) continue;
      if (swallows(parent, at) || (parent.kind === "try" && parent.handler && parent.body.some((statement) => statement === at) && !throws(parent.handler.body))) return true;
    }
    return false;
  });
}

/** Whether nothing in a function hears of the failure of what it runs: it has a `.catch(…)` of its own, or is a call of a function that nobody waits for. */
export function isDealtWith(model: ProjectModel, { operation, calls }: SummaryUse, file: string, around: FunctionNode): boolean {
  const { parentOf } = model.values.index(file);
  const [step] = calls;
  for (let at: SyntaxNode = step?.call ?? operation.node, parent = parentOf(at); parent && parent !== around; at = parent, parent = parentOf(at)) {
    if (isClassNode(parent) || isFunctionNode(parent)) return false;
    if (swallows(parent, at)) return true;
    if (parent.kind === "expression") return step !== undefined && (at === step.call || ("kind" in at && at.kind === "unary" && at.operator === "void")) && step.callee.node.async === true;
    if (parent.kind !== "member" && parent.kind !== "call" && parent.kind !== "await" && parent.kind !== "cast" && parent.kind !== "unary") return false;
  }
  return false;
}

/** Whether what an operation writes is followed by a `throw` at once: it is to hold although the transaction is rolled back. */
export function isWrittenBeforeThrow(model: ProjectModel, { operation, calls }: SummaryUse): boolean {
  if (operation.role !== "write") return false;
  const { parentOf } = model.values.index(operation.file);
  const around = calls.at(-1)?.callee.node;
  for (let at: SyntaxNode = operation.node, parent = parentOf(at); parent && parent !== around; at = parent, parent = parentOf(at)) {
    if (isFunctionNode(parent) || !("kind" in parent)) return false;
    const lists = parent.kind === "if" ? [parent.then, parent.else ?? []] : parent.kind === "block" ? [parent.body] : [];
    for (const list of lists) {
      const place = list.findIndex((statement) => statement === at);
      if (place !== -1) return list[place + 1]?.kind === "throw";
    }
  }
  return false;
}

/** Whether the failure of a write is dealt with where it stands, so that what goes before and behind it holds on its own. */
export function isIndependent(model: ProjectModel, file: string, node: SyntaxNode, around: FunctionNode, writes: readonly Write[]): boolean {
  const { parentOf } = model.values.index(file);
  if ("kind" in node && node.kind === "call" && swallows(node, node.callee)) return true;
  // One `catch` at the end of a chain is told of the failure of each of its steps.
  const ends = (call: SyntaxNode): boolean => "kind" in call && call.kind === "call" && lastName(call.callee) === "catch" && writes.some((other) => other.node !== node && within(other.node.span, call.span));
  const leavesOut = (part: SyntaxNode): boolean => writes.some((other) => other.node.span[1] <= part.span[0]);
  for (let at = node, parent = parentOf(at); parent && parent !== around; at = parent, parent = parentOf(at)) {
    if (isClassNode(parent) || isFunctionNode(parent)) continue;
    if (swallows(parent, at) && !ends(parent)) return true;
    if (parent.kind === "try" && parent.handler && parent.body.some((statement) => statement === at) && (isWithin(model, file, parent, around) || leavesOut(parent)) && !throws(parent.handler.body)) return true;
  }
  return false;
}

/** `Promise.allSettled(…)`, and `.catch(…)` of what stands in front of it where the error is not thrown on. */
function swallows(call: SyntaxNode, part: SyntaxNode): boolean {
  if (!("kind" in call) || call.kind !== "call" || call.callee.kind !== "member") return false;
  const { property } = call.callee;
  const [handler] = call.arguments;
  return property === "allSettled" || (property === "catch" && call.callee === part && (handler?.kind !== "function" || !throws(handler.function.body ?? [])));
}

/** A `try` that is only part of what the function does: in a loop, or with statements around it. */
function isWithin(model: ProjectModel, file: string, node: SyntaxNode, around: FunctionNode): boolean {
  const parent = model.values.index(file).parentOf(node);
  return parent !== around || (around.body ?? []).at(-1) !== node;
}

function throws(body: readonly SyntaxNode[]): boolean {
  let found = false;
  for (const statement of body)
    walk(statement, (part) => {
      if ("kind" in part && (part.kind === "throw" || (part.kind === "return" && part.value && !givesNothing(part.value)))) found = true;
      return !isFunctionNode(part) && !found;
    });
  return found;
}

/** `undefined`, and what a logger gives: `(error) => logger.warn(error)`. */
function givesNothing(value: Expression): boolean {
  return (value.kind === "name" && value.name === "undefined") || (value.kind === "call" && value.callee.kind === "member" && /^(error|warn|info|debug|log|trace)$/.test(value.callee.property));
}
