import type { Expression } from "../facts/syntax.js";

/** Whether an argument of a log call is its message: a literal, a template, texts put together. */
export function isText(node: Expression): boolean {
  return (node.kind === "literal" && typeof node.value === "string") || (node.kind === "template" && !node.tag) || (node.kind === "binary" && node.operator === "+");
}

/** `%s`, `%o`: a placeholder takes what comes behind the message. */
export function hasPlaceholder(node: Expression): boolean {
  return node.kind === "literal" && typeof node.value === "string" && /%[sdifjoOc]/.test(node.value);
}

/** A template with values, or a concatenation of texts with something that is none. */
export function isInterpolated(node: Expression): boolean {
  if (node.kind === "template") return !node.tag && node.values.length > 0;
  return node.kind === "binary" && node.operator === "+" && (holdsText(node.left) || holdsText(node.right)) && !(isConstantText(node.left) && isConstantText(node.right));
}

function holdsText(node: Expression): boolean {
  return isConstantText(node) || (node.kind === "binary" && node.operator === "+" && (holdsText(node.left) || holdsText(node.right)));
}

function isConstantText(node: Expression): boolean {
  return (node.kind === "literal" && typeof node.value === "string") || (node.kind === "binary" && node.operator === "+" && isConstantText(node.left) && isConstantText(node.right));
}
