import { oncePer } from "../../base/once-per.js";
import type { Expression, FunctionNode } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, walkAll } from "../../facts/walk.js";

/** What a function itself returns, not the functions inside it. */
export const returnedExpressions = oncePer((node: FunctionNode): readonly Expression[] => givenBy(node, "return"));

/** What a generator gives one after the other; of other functions nothing. */
export const yieldedExpressions = oncePer((node: FunctionNode): readonly Expression[] => (node.generator ? givenBy(node, "yield") : []));

function givenBy({ body = [] }: FunctionNode, kind: "return" | "yield"): readonly Expression[] {
  const given: Expression[] = [];
  walkAll(body, (part) => {
    if (isFunctionNode(part) || isClassNode(part)) return false;
    if (part.kind === kind && part.value) given.push(part.value);
    return undefined;
  });
  return given;
}
