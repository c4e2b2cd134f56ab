import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../project-model.js";
import { requiredPath } from "../values/round.js";

const mostSteps = 6;

/** The module of the project that an expression is taken from, as it is written, if there is no such file: one that only some checkouts have, as `./ee/billing`. */
export function missingModule(model: ProjectModel, file: string, node: Expression, steps = 0): string | undefined {
  if (steps > mostSteps) return undefined;
  const inner = (part: Expression): string | undefined => missingModule(model, file, part, steps + 1);
  switch (node.kind) {
    case "name": {
      if (node.binding === undefined) return undefined;
      const imported = model.facts(file).imports.find(({ names, typeOnly }) => !typeOnly && names.some(({ binding }) => binding === node.binding));
      if (imported?.specifier !== undefined) return isMissing(model, file, imported.specifier) ? imported.specifier : undefined;
      const source = model.values.index(file).sources[node.binding];
      return source?.kind === "value" && source.value ? inner(source.value) : undefined;
    }
    case "await":
    case "cast":
      return inner(node.value);
    case "member":
      return inner(node.object);
    case "import":
      return node.argument.kind === "literal" && isMissing(model, file, String(node.argument.value)) ? String(node.argument.value) : undefined;
    case "call": {
      const path = requiredPath(node);
      if (path) return path.kind === "literal" && isMissing(model, file, String(path.value)) ? String(path.value) : undefined;
      return inner(node.callee);
    }
    default:
      return undefined;
  }
}

/** Why a module that is not there gives no routes. */
export function notListed(module: string): string {
  return `${module}, which is mounted here, is no file of the project; its routes are not listed`;
}

/** Only a path of the project's own is missing: a package may not be installed. */
function isMissing(model: ProjectModel, file: string, specifier: string): boolean {
  return specifier.startsWith(".") && model.resolve(file, specifier).kind === "unresolved";
}
