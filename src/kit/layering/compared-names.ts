import { oncePerPart } from "../../base/once-per.js";
import type { Expression } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";

/** The bindings of a file whose members are compared with something and never used otherwise: `answer.status === Status.NOT_FOUND`. */
export const comparedNames = oncePerPart((model: ProjectModel, file: string): ReadonlySet<number> => {
  const compared = new Set<Expression>();
  const others = new Set<number>();
  const found = new Set<number>();
  const compare = (node: Expression): void => {
    compared.add(rootOf(node));
  };
  walkAll(model.facts(file).body, (part) => {
    if (!("kind" in part)) return undefined;
    if (part.kind === "binary" && /^(?:[!=]==?|[<>]=?)$/.test(part.operator)) [part.left, part.right].forEach(compare);
    if (part.kind === "switch") for (const { test } of part.cases) if (test) compare(test);
    // `[Status.OK, Status.CREATED].includes(answer.status)`
    if (part.kind === "call" && part.callee.kind === "member" && /^(?:includes|indexOf|has)$/.test(part.callee.property) && part.callee.object.kind === "array") part.callee.object.elements.forEach(compare);
    if (part.kind === "name" && part.binding !== undefined) (compared.has(part) ? found : others).add(part.binding);
    return undefined;
  });
  return new Set([...found].filter((binding) => !others.has(binding)));
});

function rootOf(node: Expression): Expression {
  return node.kind === "member" || node.kind === "index" ? rootOf(node.object) : node;
}
