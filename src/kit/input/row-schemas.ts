import { findLibrary } from "../../catalogue/index.js";
import { chainRoot, propertyOf } from "../../facts/names.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";

/** Whether the model itself takes no key that its schema does not name: `static jsonSchema = { additionalProperties: false, … }`. */
export function refusesOtherKeys(model: ProjectModel, { package: name, file, node }: StoreOperation): boolean {
  const member = findLibrary(name)?.store?.rowSchema;
  const root = member === undefined || node.kind === "template" ? undefined : chainRoot(node);
  if (root?.kind !== "name" || root.binding === undefined) return false;
  const declaration = model.declarationOfBinding(file, root.binding);
  const declared = declaration.kind === "binding" ? model.values.index(declaration.file).sources[declaration.binding] : undefined;
  return declared?.kind === "class" && declared.class.members.some((one) => {
    const others = one.kind === "property" && one.name === member && one.value?.kind === "object" ? propertyOf(one.value, "additionalProperties") : undefined;
    return others?.kind === "literal" && others.value === false;
  });
}
