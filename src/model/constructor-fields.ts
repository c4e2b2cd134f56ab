import type { Expression } from "../facts/syntax.js";
import type { ProjectModel } from "./project-model.js";

/** What a constructor puts into a field: `this.base = base`, or a parameter that is a property. */
export function fieldGiven(model: ProjectModel, file: string, self: Expression, name: string): Expression | undefined {
  const owner = model.values.classAround(file, self);
  if (!owner) return undefined;
  const { memberAssignments } = model.values.index(file);
  const assigned = memberAssignments.find((one) => one.property === name && one.object.kind === "this" && one.in?.class === owner && one.in.node.form === "constructor");
  if (assigned) return assigned.value;
  const constructor = owner.members.find((member) => member.kind === "method" && member.name === "constructor");
  const parameter = constructor?.kind === "method" ? constructor.function.parameters.find(({ property, target }) => property && target.kind === "binding" && target.name === name) : undefined;
  return parameter?.target.kind === "binding" ? { kind: "name", span: parameter.span, name, binding: parameter.target.binding } : undefined;
}
