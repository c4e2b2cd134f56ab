import { propertyOf } from "../../facts/names.js";
import type { CallExpression, TypeMember } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Value } from "../../model/values/value.js";
import { record } from "./known-records.js";

/** The relations that a read of entities loads beside their columns: `{ relations: ["owner"] }`, `{ relations: { owner: true } }`, `{ populate: ["owner"] }`. */
export function loadedRelations(model: ProjectModel, file: string, node: CallExpression, rows: readonly Value[]): readonly Value[] {
  const names = new Set(namesLoaded(model, file, node));
  if (names.size === 0) return [];
  return rows.flatMap((row) => {
    if (row.kind !== "instance") return [];
    const members = row.class.members.flatMap((member): readonly TypeMember[] => (member.kind === "property" && member.type && names.has(member.name) ? [{ span: member.span, name: member.name, type: member.type }] : []));
    return members.length > 0 ? record(row.file, node, members, row.class.name) : [];
  });
}

function namesLoaded(model: ProjectModel, file: string, { arguments: given }: CallExpression): readonly string[] {
  return given.flatMap((options) => {
    const loaded = options.kind === "object" ? (propertyOf(options, "relations") ?? propertyOf(options, "populate")) : undefined;
    if (loaded?.kind === "object") return loaded.members.flatMap((member) => (member.kind === "property" ? [member.key] : []));
    return loaded?.kind === "array" ? loaded.elements.flatMap((element) => model.values.text(file, element)?.split(".")[0] ?? []) : [];
  });
}
