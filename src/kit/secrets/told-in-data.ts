import { findTokens } from "../../catalogue/secrets/find-tokens.js";
import { judgeNamedSecret } from "../../catalogue/secrets/named-secrets.js";
import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";

/** Whether a value is read out of a JSON file that the code loads, where its form or its key tells that it is a secret: `config.mongo.password`, `const { client_secret } = config.web`. */
export function isToldInData(model: ProjectModel, file: string, node: Expression): boolean {
  const read = readOf(model, file, node);
  let root = read?.object;
  while (root?.kind === "member" || root?.kind === "cast") root = root.kind === "member" ? root.object : root.value;
  if (!read || root?.kind !== "name" || root.binding === undefined) return false;
  const { binding } = root;
  const isData = model.facts(file).imports.some(({ specifier, names }) => specifier?.endsWith(".json") === true && names.some((name) => name.binding === binding));
  const text = isData ? (model.values.text(file, node) ?? "") : "";
  return isData && (judgeNamedSecret(read.key, text) !== undefined || findTokens(text).length > 0);
}

/** The object that a value is read of and its key there, also where it was taken out of the object before. */
function readOf(model: ProjectModel, file: string, node: Expression): { readonly object: Expression; readonly key: string } | undefined {
  if (node.kind === "member") return { object: node.object, key: node.property };
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  if (source?.kind !== "value" || source.value === undefined) return undefined;
  const step = source.path.at(-1);
  if (step === undefined) return source.value.kind === "member" ? readOf(model, file, source.value) : undefined;
  return step.kind === "property" ? { object: source.value, key: step.key } : undefined;
}
