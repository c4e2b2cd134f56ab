import type { FileFacts } from "./facts.js";
import type { Expression } from "./syntax.js";
import { type SyntaxNode, walkAll } from "./walk.js";

/** What a file takes of a namespace or default import, as dotted names; undefined if it hands the whole on. */
export function membersTaken({ body }: FileFacts, binding: number, parentOf: (node: SyntaxNode) => SyntaxNode | undefined): readonly string[] | undefined {
  const members: string[] = [];
  let whole = false;
  walkAll(body, (node) => {
    if (!("kind" in node) || node.kind !== "name" || node.binding !== binding) return undefined;
    const steps: string[] = [];
    let at: Expression = node;
    for (let parent = parentOf(at); parent && "kind" in parent && parent.kind === "member" && parent.object === at; parent = parentOf(at)) {
      steps.push(parent.property);
      at = parent;
    }
    if (steps.length === 0) whole = true;
    else members.push(steps.join("."));
    return undefined;
  });
  return whole ? undefined : members;
}

/** Whether members of an import, as dotted names, are constants, error classes, identifiers and the like. */
export function areHarmless(taken: readonly string[], isHarmless: (path: readonly string[]) => boolean): boolean {
  return taken.length > 0 && taken.every((path) => /^[A-Z][A-Z0-9_]*$/.test(path) || /(?:Error|Exception)$/.test(path) || isHarmless(path.split(".")) || isHarmless(path.split(".").slice(0, 1)));
}
