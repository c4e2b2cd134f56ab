import type { Span } from "../../base/position.js";
import { propertyOf } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { Declaration, ProjectModel } from "../../model/project-model.js";
import { mergedText } from "./merged-settings.js";

/** Where a constant is declared. */
export interface Declared {
  readonly file: string;
  readonly span: Span;
  /** The members of what is declared there that lead to it: `.jwt.secret`. */
  readonly path: string;
}

/** Where a constant that is used by name is declared: the property of an object, however a file has come by the object, or what the name stands for. Undefined for one that is written on the spot. */
export function declarationOf(model: ProjectModel, file: string, node: Expression): Declared | undefined {
  const merged = node.kind === "member" ? mergedText(model, file, node) : undefined;
  if (merged) return { file: merged.file, span: merged.node.span, path: "" };
  const taken = takenFrom(model, file, node);
  const [held, ...others] = taken ? model.values.of(file, taken.object) : [];
  const property = taken && held?.kind === "object" && others.length === 0 ? propertyOf(held.node, taken.key) : undefined;
  if (held?.kind === "object" && property) return { file: held.file, span: property.span, path: "" };
  if (taken && held?.kind === "namespace" && others.length === 0) return placeOf(model, model.declarationOfExport(held.file, taken.key), "");
  const { root, path } = rootOf(node);
  return root?.binding === undefined ? undefined : placeOf(model, model.declarationOfBinding(file, root.binding), path);
}

function placeOf(model: ProjectModel, declaration: Declaration, path: string): Declared | undefined {
  const binding = declaration.kind === "binding" ? model.facts(declaration.file).bindings[declaration.binding] : undefined;
  return declaration.kind === "binding" && binding ? { file: declaration.file, span: binding.span, path } : undefined;
}

/** The object that a member is read of, also by a name that was taken out of it: `const { secret } = require("./settings");` */
function takenFrom(model: ProjectModel, file: string, node: Expression): { readonly object: Expression; readonly key: string } | undefined {
  if (node.kind === "member") return { object: node.object, key: node.property };
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  if (source?.kind !== "value" || source.value === undefined) return undefined;
  const [step, ...more] = source.path;
  if (step?.kind === "property" && more.length === 0) return { object: source.value, key: step.key };
  return step === undefined && source.value.kind === "member" ? takenFrom(model, file, source.value) : undefined;
}

function rootOf(node: Expression): { readonly root: Extract<Expression, { kind: "name" }> | undefined; readonly path: string } {
  if (node.kind !== "member" && node.kind !== "index") return { root: node.kind === "name" ? node : undefined, path: "" };
  const { root, path } = rootOf(node.object);
  return { root, path: node.kind === "member" ? `${path}.${node.property}` : `${path}[]` };
}
