import type { CallExpression, Expression, NewExpression, Pattern } from "../facts/syntax.js";
import { isClassNode, isFunctionNode, type SyntaxNode } from "../facts/walk.js";
import type { ProjectModel } from "../model/project-model.js";
import type { SummaryUse } from "../model/summary.js";
import { bindingsOf } from "./transactions.js";

/**
 * Whether a function of the project leaves an operation out because of what its caller passes:
 * `if (accountId === undefined) accountId = await find(entity)`, `owner ?? (await find(entity))`.
 */
export function isSkipped(model: ProjectModel, { operation, calls }: SummaryUse): boolean {
  return calls.some(({ call, callee }, index) => {
    const { parentOf } = model.values.index(callee.file);
    const given = new Set(callee.node.parameters.flatMap(({ target }, at) => givenBy(call, target, at)));
    const isGiven = (node: Expression): boolean => node.kind === "name" && node.binding !== undefined && given.has(node.binding);
    for (let at: SyntaxNode = calls[index + 1]?.call ?? operation.node, parent = parentOf(at); parent && parent !== callee.node; at = parent, parent = parentOf(parent)) {
      if (isClassNode(parent) || isFunctionNode(parent)) continue;
      // `if (manager) await manager.save(row); else await rows.save(row);`
      if (parent.kind === "if" && parent.test !== at && (parent.then.some((statement) => statement === at) ? saysMissing(parent.test, isGiven) : isGiven(parent.test))) return true;
      if (parent.kind === "binary" && /^(\?\?|\|\|)$/.test(parent.operator) && parent.right === at && isGiven(parent.left)) return true;
    }
    return false;
  });
}

/** The variables of a parameter that a call gives something: all of `id`, and of `{ id, name }` those that the object it passes names. */
function givenBy({ arguments: passed }: CallExpression | NewExpression, target: Pattern, index: number): readonly number[] {
  const argument = passed[index];
  if (!argument) return [];
  if (target.kind === "binding") return isSomething(argument) ? [target.binding] : [];
  if (target.kind !== "object-pattern" || argument.kind !== "object") return [];
  const named = new Set(argument.members.flatMap((member) => (member.kind === "property" && isSomething(member.value) ? [member.key] : [])));
  return target.properties.flatMap(({ key, value }) => (key !== undefined && named.has(key) ? bindingsOf(value) : []));
}

function isSomething(node: Expression): boolean {
  return !(node.kind === "literal" && node.value === null) && !(node.kind === "name" && node.name === "undefined");
}

/** `!id`, `id === undefined`, `entity && id == null` */
function saysMissing(test: Expression, isGiven: (node: Expression) => boolean): boolean {
  if (test.kind === "binary" && test.operator === "&&") return saysMissing(test.left, isGiven) || saysMissing(test.right, isGiven);
  if (test.kind === "unary") return test.operator === "!" && isGiven(test.value);
  return test.kind === "binary" && /^===?$/.test(test.operator) && isGiven(test.left) && !isSomething(test.right);
}
