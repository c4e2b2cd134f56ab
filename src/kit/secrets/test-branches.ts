import type { Expression } from "../../facts/syntax.js";
import { isFunctionNode, someNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";

/** Whether a condition around an expression, within its function, asks whether the program runs in a test. */
export function isForTests(model: ProjectModel, file: string, node: Expression): boolean {
  const index = model.values.index(file);
  for (let at = index.parentOf(node); at && !isFunctionNode(at); at = index.parentOf(at)) {
    const test = "kind" in at && (at.kind === "if" || at.kind === "conditional") ? at.test : undefined;
    if (test && someNode([test], (part) => (part.kind === "literal" && part.value === "test") || (part.kind === "name" && /test/i.test(part.name)) || (part.kind === "member" && /test|vitest|jest|^CI$/i.test(part.property)))) return true;
  }
  return false;
}
