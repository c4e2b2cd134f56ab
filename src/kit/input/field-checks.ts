import type { Expression, FunctionNode } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";

/**
 * Whether a step that the project wrote looks at fields of a part of the request one by one, and at nothing else of it:
 * `if (typeof req.body.title !== "string") return refused;`. Of other fields it says nothing, and takes none away.
 */
export function checksFieldsAlone(model: ProjectModel, file: string, step: Expression, part: string): boolean {
  const functions = model.values.of(file, step).flatMap((value) => (value.kind === "function" ? [{ file: value.file, node: value.node }] : []));
  return functions.length > 0 && functions.every((one) => readsFieldsAlone(model, one.file, one.node, part));
}

function readsFieldsAlone(model: ProjectModel, file: string, node: FunctionNode, part: string): boolean {
  const { parentOf } = model.values.index(file);
  const [request] = node.parameters;
  const binding = request?.target.kind === "binding" ? request.target.binding : undefined;
  let reads = 0;
  let others = 0;
  walkAll(node.body ?? [], (at) => {
    if (isFunctionNode(at) || isClassNode(at) || !("kind" in at) || at.kind !== "name" || at.binding !== binding || binding === undefined) return undefined;
    const taken = parentOf(at);
    if (taken === undefined || !("kind" in taken) || taken.kind !== "member" || taken.object !== at) others++;
    else if (taken.property === part) {
      const field = parentOf(taken);
      const isField = field !== undefined && "kind" in field && ((field.kind === "member" && field.object === taken) || (field.kind === "variable" && field.declarators.every(({ target, value }) => value !== taken || (target.kind === "object-pattern" && target.rest === undefined))));
      if (isField) reads++;
      else others++;
    }
    return undefined;
  });
  return reads > 0 && others === 0;
}
