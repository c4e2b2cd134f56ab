import { oncePer } from "../../base/once-per.js";
import type { ClassNode, Expression, MemberExpression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";

interface Subclass {
  readonly file: string;
  readonly class: ClassNode;
}

/** What the classes that extend an abstract one put into a field that it leaves to them: `protected abstract readonly key: string`. */
export function givenBySubclasses(model: ProjectModel, file: string, { object, property }: MemberExpression): readonly { readonly file: string; readonly node: Expression }[] {
  const owner = model.values.classAround(file, object);
  if (!owner?.members.some((member) => member.kind === "property" && member.abstract && member.name === property)) return [];
  return (subclasses(model).get(owner) ?? []).flatMap((one) => one.class.members.flatMap((member) => (member.kind === "property" && member.name === property && member.value ? [{ file: one.file, node: member.value }] : [])));
}

const subclasses = oncePer((model: ProjectModel): ReadonlyMap<ClassNode, readonly Subclass[]> => {
  const found = new Map<ClassNode, Subclass[]>();
  for (const file of model.files)
    for (const node of model.values.index(file).classes)
      for (const base of node.extends ? model.values.of(file, node.extends.value) : [])
        if (base.kind === "class" && base.node.abstract) found.set(base.node, [...(found.get(base.node) ?? []), { file, class: node }]);
  return found;
});
