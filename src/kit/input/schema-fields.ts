import type { Expression } from "../../facts/syntax.js";
import { propertyOf } from "../../facts/names.js";
import type { ProjectModel } from "../../model/project-model.js";

const deepest = 8;

/** A piece of a schema, and the file it is written in. */
export interface SchemaPart {
  readonly file: string;
  readonly node: Expression;
}

/** The schema of the field that a path leads to: `z.record(z.string())` of `z.object({ id, changes: z.record(z.string()) })` and `changes`; undefined where it is not written out. */
export function fieldSchema(model: ProjectModel, file: string, node: Expression, path: readonly string[], depth = 0): SchemaPart | undefined {
  if (depth > deepest) return undefined;
  const [key, ...rest] = path.filter((step) => step !== "[]" && !step.endsWith("()"));
  if (key === undefined) return { file, node };
  const inner = (part: Expression, way = path): SchemaPart | undefined => fieldSchema(model, file, part, way, depth + 1);
  if (node.kind === "cast") return inner(node.value);
  if (node.kind === "object") {
    const own = propertyOf(node, key) ?? (node.members.some((member) => member.kind === "spread") ? undefined : propertyOf(node, "properties"));
    return own && inner(own, own === propertyOf(node, key) ? rest : path);
  }
  if (node.kind === "call") {
    // `Id.extend({ changes })`, `z.object({ … })`, `t.Optional(t.Object({ … }))`
    const found = node.arguments.filter(({ kind }) => kind === "object" || kind === "call").map((argument) => inner(argument)).find((one) => one !== undefined);
    return found ?? (node.callee.kind === "member" ? inner(node.callee.object) : undefined);
  }
  const declaration = node.kind === "name" && node.binding !== undefined ? model.declarationOfBinding(file, node.binding) : undefined;
  const source = declaration?.kind === "binding" ? model.values.index(declaration.file).sources[declaration.binding] : undefined;
  const made = declaration?.kind === "binding" && source?.kind === "value" && source.value && source.path.length === 0 ? fieldSchema(model, declaration.file, source.value, path, depth + 1) : undefined;
  if (made) return made;
  for (const value of model.values.of(file, node)) {
    if (value.kind === "object") return fieldSchema(model, value.file, value.node, path, depth + 1);
    if (value.kind === "external" && value.site?.node.kind === "call") return fieldSchema(model, value.site.file, value.site.node, path, depth + 1);
  }
  return undefined;
}

/** Whether what a schema gives under a path has keys that the schema does not name: `z.record(z.unknown())`, `z.any()`, `z.object({ … }).passthrough()`. */
export function keepsKeysAt(model: ProjectModel, file: string, node: Expression, path: readonly string[]): boolean {
  const field = fieldSchema(model, file, node, path);
  return field !== undefined && model.requestData.unknownKeys(field.file, field.node) === "keep";
}
