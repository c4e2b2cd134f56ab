import type { CallExpression, Expression, NewExpression, Pattern, Statement } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, type SyntaxNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { SummaryUse } from "../../model/data/summary.js";
import { bindingsOf } from "./transactions.js";

/**
 * Whether a function of the project leaves an operation out because of what its caller passes:
 * `if (accountId === undefined) accountId = await find(entity)`, `owner ?? (await find(entity))`, `if (tx) return tx.save(row);`.
 */
export function isSkipped(model: ProjectModel, { operation, calls }: SummaryUse): boolean {
  return calls.some(({ call, callee }, index) => {
    const { parentOf } = model.values.index(callee.file);
    const given = new Set(callee.node.parameters.flatMap(({ target }, at) => givenBy(call, target, at)));
    const isGiven = (node: Expression): boolean => node.kind === "name" && node.binding !== undefined && given.has(node.binding);
    for (let at: SyntaxNode = calls[index + 1]?.call ?? operation.node, parent = parentOf(at); parent; at = parent, parent = at === callee.node ? undefined : parentOf(at)) {
      if (isLeftBefore(parent, at, isGiven)) return true;
      if (isClassNode(parent) || isFunctionNode(parent)) continue;
      // `if (manager) await manager.save(row); else await rows.save(row);`
      if ((parent.kind === "if" || parent.kind === "conditional") && parent.test !== at && (isIn(parent.then, at) ? saysMissing(parent.test, isGiven) : isGiven(parent.test))) return true;
      if (parent.kind === "binary" && /^(\?\?|\|\|)$/.test(parent.operator) && parent.right === at && isGiven(parent.left)) return true;
    }
    return false;
  });
}

/** Whether a statement in front of one leaves the function where something is given: `if (tx) return tx.save(row);`. */
function isLeftBefore(parent: SyntaxNode, at: SyntaxNode, isGiven: (node: Expression) => boolean): boolean {
  const lists = isFunctionNode(parent) ? [parent.body ?? []] : !("kind" in parent) ? [] : parent.kind === "block" || parent.kind === "try" ? [parent.body] : parent.kind === "if" ? [parent.then, parent.else ?? []] : [];
  return lists.some((list) => list.slice(0, Math.max(0, list.findIndex((statement) => statement === at))).some((one) => one.kind === "if" && isGiven(one.test) && /^(?:return|throw)$/.test(one.then.at(-1)?.kind ?? "")));
}

function isIn(branch: Expression | readonly Statement[], at: SyntaxNode): boolean {
  return "kind" in branch ? branch === at : branch.some((statement) => statement === at);
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
