import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import { someNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";

/** `if (limit > 100) limit = 100`, `if (args.limit > 100) throw …` and guards like them, also around the function that reads. */
export function isCheckedAgainst(model: ProjectModel, file: string, node: Extract<Expression, { kind: "name" | "member" }>): boolean {
  let around = model.values.index(file).functionAround(node);
  while (around?.parent) around = around.parent;
  const taken = takenFrom(model, file, node);
  const isIt = (side: Expression): boolean => (side.kind === "name" ? node.kind === "name" && side.binding === node.binding : side.kind === "member" && side.property === taken?.key && side.object.kind === "name" && side.object.binding === taken.holder);
  return someNode(around?.node.body ?? [], (part) => {
    if (part.kind === "call") return boundsSize(part) && part.arguments.some(isIt);
    return part.kind === "binary" && /^[<>]=?$/.test(part.operator) && [part.left, part.right].some(isIt) && ![part.left, part.right].some((side) => isLow(side) || isCount(side));
  });
}

/** The name and the key that a value is taken of: `args.limit`, `const { limit } = args`. */
function takenFrom(model: ProjectModel, file: string, node: Extract<Expression, { kind: "name" | "member" }>): { readonly holder: number; readonly key: string } | undefined {
  if (node.kind === "member") return node.object.kind === "name" && node.object.binding !== undefined ? { holder: node.object.binding, key: node.property } : undefined;
  const source = node.binding === undefined ? undefined : model.values.index(file).sources[node.binding];
  const [step, ...others] = source?.kind === "value" ? source.path : [];
  const holder = source?.kind === "value" && source.value?.kind === "name" ? source.value.binding : undefined;
  return step?.kind === "property" && others.length === 0 && holder !== undefined ? { holder, key: step.key } : undefined;
}

/** `rows.length > limit` asks whether there are more rows. */
function isCount(node: Expression): boolean {
  return node.kind === "member" && node.property === "length";
}

/** `limit < 1` says nothing of the top. */
function isLow(node: Expression): boolean {
  return node.kind === "literal" && (node.value === 0 || node.value === 1);
}

/** `limit > 100 ? 100 : limit`, `size >= 1 && size <= 50 ? size : 10`, `[10, 25, 50].includes(size) ? size : 10` */
export function boundsSize(test: Expression): boolean {
  if (test.kind === "unary") return boundsSize(test.value);
  if (test.kind === "call") return /^(includes|has)$/.test(lastName(test.callee));
  if (test.kind !== "binary") return false;
  if (test.operator === "&&" || test.operator === "||") return boundsSize(test.left) || boundsSize(test.right);
  return /^[<>]=?$/.test(test.operator) && !isLow(test.left) && !isLow(test.right);
}
