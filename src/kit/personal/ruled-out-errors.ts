import { within } from "../../base/position.js";
import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import { isFunctionNode, type SyntaxNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";

/** Whether the code has ruled out that a variable holds an error of an HTTP client where it is used: `error instanceof Error ? … : error`, or behind `if (isAxiosError(error)) return …`. */
export function isRuledOut(model: ProjectModel, file: string, node: Expression & { readonly kind: "name" }): boolean {
  return isTestedAway(model, file, node, (name) => /^(?:Error|AxiosError)$/.test(name));
}

/** Whether the code sorts out errors of a class before: `if (error instanceof NotFound) return …`, or by a class that may be its base. */
export function isSortedOut(model: ProjectModel, file: string, node: Expression & { readonly kind: "name" }, thrown: string): boolean {
  return isTestedAway(model, file, node, (name) => name === "Error" || thrown !== "Error");
}

function isTestedAway(model: ProjectModel, file: string, node: Expression & { readonly kind: "name" }, isOf: (name: string) => boolean): boolean {
  const { parentOf } = model.values.index(file);
  return node.binding !== undefined && model.values.usesOf(file, node.binding).some((use) => {
    const test = parentOf(use);
    const choice = test && isTest(test, isOf) ? parentOf(test) : undefined;
    if (!choice || !("kind" in choice)) return false;
    if (choice.kind === "conditional") return choice.test === test && within(node.span, choice.else.span);
    if (choice.kind !== "if" || choice.test !== test) return false;
    if (choice.else) return choice.else.some(({ span }) => within(node.span, span));
    const around = parentOf(choice);
    return /^(?:return|throw)$/.test(choice.then.at(-1)?.kind ?? "") && node.span[0] >= choice.span[1] && around !== undefined && "span" in around && within(node.span, around.span);
  });
}

/** `error instanceof Error`, `axios.isAxiosError(error)` */
function isTest(node: SyntaxNode, isOf: (name: string) => boolean): boolean {
  if (isFunctionNode(node) || !("kind" in node)) return false;
  if (node.kind === "binary") return node.operator === "instanceof" && isOf(lastName(node.right));
  return node.kind === "call" && lastName(node.callee) === "isAxiosError";
}
