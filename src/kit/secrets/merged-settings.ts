import { lastName, propertyOf } from "../../facts/names.js";
import type { Expression, MemberExpression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";

const merging = /^(?:merge|extend|assign|defaults|defaultsDeep|mergeWith|deepmerge)$/i;

/**
 * The place of the text that settings have under a path in the object that they begin with, though what is merged into it is not known:
 * `config.secrets.session` of `module.exports = _.merge(all, require("./" + stage))`.
 */
export function mergedText(model: ProjectModel, file: string, node: MemberExpression): { readonly file: string; readonly node: Expression } | undefined {
  const path: string[] = [];
  let root: Expression = node;
  for (; root.kind === "member"; root = root.object) path.unshift(root.property);
  if (root.kind !== "name" || path.length > 4) return undefined;
  for (const value of model.values.of(file, root)) {
    const site = value.kind === "external" ? value.site : undefined;
    const [first] = site && merging.test(lastName(site.node.callee)) ? site.node.arguments : [];
    const text = site && first ? textAt(model, site.file, first, path) : undefined;
    if (text) return text;
  }
  return undefined;
}

function textAt(model: ProjectModel, file: string, node: Expression, [key, ...rest]: readonly string[]): { readonly file: string; readonly node: Expression } | undefined {
  if (key === undefined) return model.values.text(file, node) === undefined ? undefined : { file, node };
  const [held, ...others] = model.values.of(file, node);
  const property = held?.kind === "object" && others.length === 0 ? propertyOf(held.node, key) : undefined;
  return held?.kind === "object" && property ? textAt(model, held.file, property, rest) : undefined;
}
