import { within } from "../../base/position.js";
import type { Expression } from "../../facts/syntax.js";
import { type CodeNode, isFunctionNode, someNode, type SyntaxNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";

/**
 * Whether a write is what is left where there is no handle, and its twin in the other branch is given it:
 * `if (session) await rows.create([row], { session }); else await rows.create(row);`.
 */
export function isLeftWithoutHandle(model: ProjectModel, file: string, node: Expression): boolean {
  const { parentOf } = model.values.index(file);
  let inner: SyntaxNode = node;
  for (let parent = parentOf(inner); parent && !isFunctionNode(parent); inner = parent, parent = parentOf(parent)) {
    if (!("kind" in parent) || parent.kind !== "if" || inner === parent.test) continue;
    const others = parent.then.some((statement) => statement === inner) ? (parent.else ?? []) : parent.then;
    const { test } = parent;
    const isAsked = (part: CodeNode): boolean => part.kind === "name" && part.binding !== undefined && someNode([test], (asked) => asked.kind === "name" && asked.binding === part.binding);
    if (model.dataAccess.of(file).some(({ span, handle }) => others.some((other) => within(span, other.span)) && someNode(handle, isAsked))) return true;
  }
  return false;
}
