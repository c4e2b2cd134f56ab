import { judgeNamedSecret } from "../catalogue/secrets/named-secrets.js";
import type { Expression } from "../facts/syntax.js";
import type { ProjectModel } from "../model/project-model.js";

/** Whether a value is read out of a JSON file that the code loads, where its key tells that it is a secret: `config.mongo.password`. */
export function isToldInData(model: ProjectModel, file: string, node: Expression): boolean {
  let root = node;
  while (root.kind === "member" || root.kind === "cast") root = root.kind === "member" ? root.object : root.value;
  if (node.kind !== "member" || root.kind !== "name" || root.binding === undefined) return false;
  const { binding } = root;
  const isData = model.facts(file).imports.some(({ specifier, names }) => specifier?.endsWith(".json") === true && names.some((name) => name.binding === binding));
  return isData && judgeNamedSecret(node.property, model.values.text(file, node) ?? "") !== undefined;
}
