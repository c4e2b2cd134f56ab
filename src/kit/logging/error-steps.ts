import { decoratorName } from "../../facts/names.js";
import type { FunctionNode } from "../../facts/syntax.js";
import type { FunctionContext } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";

/** A function that a framework gives every error nobody has caught, with the variable that holds it. */
export interface ErrorStep {
  readonly node: FunctionNode;
  readonly binding: number;
}

/** Such functions of a file: Express's of four parameters, what is given to `setErrorHandler` and `onError`, filters of Nest, and what its queues tell of a failure. */
export function errorSteps(model: ProjectModel, file: string): readonly ErrorStep[] {
  return [...model.values.index(file).functions].flatMap(([node, context]) => {
    const [first] = node.parameters;
    const told = isListener(context) ? node.parameters.find(({ target }) => target.kind === "binding" && isErrorName(target.name)) : isStep(node, context) ? first : undefined;
    return told?.target.kind === "binding" ? [{ node, binding: told.target.binding }] : [];
  });
}

function isErrorName(name: string): boolean {
  return /^_?(?:err(?:or)?|e|exception)$/.test(name);
}

/** `@OnWorkerEvent("error")`, `@OnQueueFailed()`: what a queue of Nest's tells of a failure. */
function isListener({ member }: FunctionContext): boolean {
  return (member?.decorators ?? []).some((decorator) => {
    const name = decoratorName(decorator);
    const [event] = decorator.value.kind === "call" ? decorator.value.arguments : [];
    return /^OnQueue(?:Error|Failed)$/.test(name) || (/^On(?:Worker|Queue)Event$/.test(name) && event?.kind === "literal" && /^(?:error|failed)$/.test(String(event.value)));
  });
}

function isStep({ parameters }: FunctionNode, { passedTo, member, class: around }: FunctionContext): boolean {
  const names = parameters.map(({ target }) => (target.kind === "binding" ? target.name : ""));
  if (names.length === 4 && isErrorName(names[0] ?? "")) return /next$/i.test(names[3] ?? "");
  if (passedTo?.call.callee.kind === "member" && /^(?:setErrorHandler|onError)$/.test(passedTo.call.callee.property)) return passedTo.argument === 0;
  return member?.name === "catch" && names.length === 2 && (around?.decorators ?? []).some((decorator) => decoratorName(decorator) === "Catch");
}
