import type { ClassNode, TypeDeclaration } from "../../facts/syntax.js";
import type { LinkedName, ProjectModel } from "../../model/project-model.js";

/**
 * Whether an imported name is a port of the importer: an interface or abstract class that a class of the importing
 * file implements or extends, or one that lies in a folder the settings call ports. Ports may be imported upward.
 */
export function isPort(model: ProjectModel, from: string, linked: LinkedName): boolean {
  const { declaration, name } = linked;
  if (declaration.kind !== "binding") return false;
  const source = model.values.index(declaration.file).sources[declaration.binding];
  const abstract = source?.kind === "type" ? isContract(source.type) : source?.kind === "class" && isAbstract(source.class);
  if (!abstract) return false;
  if (model.options.isPortFile?.(declaration.file) === true) return true;
  return name.binding !== undefined && model.values.index(from).classes.some((node) => inheritsFrom(node, name.binding));
}

function isContract(type: TypeDeclaration): boolean {
  return type.kind === "interface" || type.type.kind === "object";
}

function isAbstract(node: ClassNode): boolean {
  return node.abstract === true;
}

function inheritsFrom(node: ClassNode, binding: number | undefined): boolean {
  const base = node.extends?.value;
  if (base?.kind === "name" && base.binding === binding) return true;
  return node.implements?.some((type) => type.kind === "reference" && type.binding === binding) ?? false;
}
