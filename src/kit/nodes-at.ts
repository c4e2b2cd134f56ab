import { type Span, within } from "../base/position.js";
import type { Expression } from "../facts/syntax.js";
import { walkAll } from "../facts/walk.js";
import type { ProjectModel } from "../model/project-model.js";

/** The names, members, calls and objects that stand exactly at a span of a file, outermost first. */
export function nodesAt(model: ProjectModel, file: string, span: Span): readonly Expression[] {
  const found: Expression[] = [];
  walkAll(model.facts(file).body, (node) => {
    if (!within(span, node.span)) return false;
    if (within(node.span, span) && "kind" in node && (node.kind === "name" || node.kind === "member" || node.kind === "call" || node.kind === "object")) found.push(node);
    return undefined;
  });
  return found;
}
