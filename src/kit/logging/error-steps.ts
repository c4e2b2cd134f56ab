import { decoratorName } from "../../facts/names.js";
import type { FunctionNode } from "../../facts/syntax.js";
import type { FunctionContext } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";

/** A function that a framework gives every error nobody has caught, with the variable that holds it. */
export interface ErrorStep {
  readonly node: FunctionNode;
  readonly binding: number;
}

/** Such functions of a file: Express's of four parameters, what is given to `setErrorHandler` and `onError`, and filters of Nest. */
export function errorSteps(model: ProjectModel, file: string): readonly ErrorStep[] {
  return [...model.values.index(file).functions].flatMap(([node, context]) => {
    const [first] = node.parameters;
    return first?.target.kind === "binding" && isStep(node, context) ? [{ node, binding: first.target.binding }] : [];
  });
}

function isStep({ parameters }: FunctionNode, { passedTo, member, class: around }: FunctionContext): boolean {
  const names = parameters.map(({ target }) => (target.kind === "binding" ? target.name : ""));
  if (names.length === 4 && /^_?(?:err(?:or)?|e|exception)$/.test(names[0] ?? "")) return /next$/i.test(names[3] ?? "");
  if (passedTo?.call.callee.kind === "member" && /^(?:setErrorHandler|onError)$/.test(passedTo.call.callee.property)) return passedTo.argument === 0;
  return member?.name === "catch" && names.length === 2 && (around?.decorators ?? []).some((decorator) => decoratorName(decorator) === "Catch");
}
