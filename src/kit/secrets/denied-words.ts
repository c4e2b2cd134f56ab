import { propertyOf } from "../../facts/names.js";
import type { Expression, Statement } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";

/** Whether a comparison is of a word that may not be chosen: `if (password === "admin") throw …`. Whoever sends it does not get in. */
export function deniesEqual(model: ProjectModel, file: string, comparison: Expression): boolean {
  if (comparison.kind !== "binary" || !/^===?$/.test(comparison.operator)) return false;
  const { parentOf } = model.values.index(file);
  let node: Expression = comparison;
  for (let around = parentOf(node); around !== undefined && "kind" in around; around = parentOf(node)) {
    if (around.kind === "binary" && /^(?:\|\||&&)$/.test(around.operator)) node = around;
    else return around.kind === "if" && around.test === node && refuses(around.then.at(-1));
  }
  return false;
}

/** Whether a statement ends with an error: it throws, or returns nothing good or a status that says so. */
function refuses(statement: Statement | undefined): boolean {
  if (statement?.kind === "throw") return true;
  if (statement?.kind !== "return" || !statement.value) return false;
  const { value } = statement;
  if (value.kind === "literal") return value.value === false || value.value === null;
  if (value.kind === "object") return ["code", "status", "statusCode"].some((key) => isErrorStatus(propertyOf(value, key)));
  return answersError(value);
}

/** `res.status(400).json(…)`, `c.json(…, 400)` */
function answersError(node: Expression): boolean {
  if (node.kind !== "call") return false;
  if (node.arguments.some(isErrorStatus)) return true;
  return node.callee.kind === "member" && answersError(node.callee.object);
}

function isErrorStatus(node: Expression | undefined): boolean {
  return node?.kind === "literal" && typeof node.value === "number" && node.value >= 400 && node.value < 600;
}
