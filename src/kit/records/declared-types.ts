import type { ClassNode, Expression, TypeNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";

/** A type with the file that writes it. */
export interface WrittenType {
  readonly file: string;
  readonly type: TypeNode;
}

/** The type that a variable, a parameter, a property of a class or a member of an interface is declared with, with its type arguments; undefined if none is. */
export function declaredType(model: ProjectModel, file: string, node: Expression): WrittenType | undefined {
  if (node.kind === "name" && node.binding !== undefined) {
    const source = model.values.index(file).sources[node.binding];
    return (source?.kind === "value" || (source?.kind === "parameter" && source.path.length === 0)) && source.type ? { file, type: source.type } : undefined;
  }
  if (node.kind !== "member") return undefined;
  const own = node.object.kind === "this" ? model.values.classAround(file, node) : undefined;
  if (own) return ofProperty(file, own, node.property);
  for (const holder of model.values.of(file, node.object)) {
    if (holder.kind === "instance") return ofProperty(holder.file, holder.class, node.property);
    const member = holder.kind === "typed" && holder.type.kind === "object" ? holder.type.members.find(({ name }) => name === node.property) : undefined;
    if (holder.kind === "typed" && member?.type) return { file: holder.file, type: member.type };
  }
  return undefined;
}

function ofProperty(file: string, { members }: ClassNode, name: string): WrittenType | undefined {
  for (const member of members) {
    if (member.kind === "property" && member.name === name) return member.type && { file, type: member.type };
    if (member.kind !== "method" || member.name !== "constructor") continue;
    const parameter = member.function.parameters.find(({ property, target }) => property && target.kind === "binding" && target.name === name);
    if (parameter) return parameter.type && { file, type: parameter.type };
  }
  return undefined;
}
