import { oncePer } from "../../base/once-per.js";
import type { CallExpression, FunctionNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { logWrites } from "./log-calls.js";

/** A function of the project that logs a text and can be given nothing else, and the calls of it. */
export interface TextOnlyLogger {
  readonly file: string;
  readonly node: FunctionNode;
  readonly calls: readonly CallExpression[];
}

interface Gathered extends TextOnlyLogger {
  readonly calls: CallExpression[];
}

/** Such functions of a project, by their node. Their callers cannot do better: what is missing is a parameter for fields. */
export const textOnlyLoggers = oncePer((model: ProjectModel): ReadonlyMap<FunctionNode, TextOnlyLogger> => {
  const found = new Map<FunctionNode, Gathered>();
  for (const file of model.files)
    for (const { node, wrapper } of logWrites(model, file)) {
      if (!wrapper || !takesTextOnly(wrapper.node)) continue;
      const known = found.get(wrapper.node);
      if (known) known.calls.push(node);
      else found.set(wrapper.node, { ...wrapper, calls: [node] });
    }
  return found;
});

/** `static error(message: string, context?: string): void` */
function takesTextOnly({ parameters }: FunctionNode): boolean {
  return parameters.length > 0 && parameters.every(({ target, rest, type }) => target.kind === "binding" && rest !== true && type?.kind === "keyword" && type.name === "string");
}
