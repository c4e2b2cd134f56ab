import { oncePer } from "../base/once-per.js";
import type { Expression, FunctionNode } from "../facts/syntax.js";
import { isClassNode, isFunctionNode, walkAll } from "../facts/walk.js";

/** What a function itself returns, not the functions inside it. */
export const returnedExpressions = oncePer((node: FunctionNode): readonly Expression[] => {
  const returned: Expression[] = [];
  walkAll(node.body ?? [], (part) => {
    if (isFunctionNode(part) || isClassNode(part)) return false;
    if (part.kind === "return" && part.value) returned.push(part.value);
    return undefined;
  });
  return returned;
});
