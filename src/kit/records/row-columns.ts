import type { ClassNode, TypeNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Value } from "../../model/values/value.js";

/** A column of a row, or a field of an object that a row holds: `author.email`. */
export interface Column {
  readonly name: string;
  readonly hidden?: boolean;
}

/** The rows themselves, of lists those that they hold. */
export function rowsIn(values: readonly Value[]): readonly Value[] {
  return values.flatMap((value) => (value.kind === "list" ? rowsIn(value.of) : [value]));
}

/** The columns of a row, by the class, type or table that it is of. */
export function columnsOf(model: ProjectModel, row: Value): readonly Column[] {
  if (row.kind === "instance") return columnsOfClass(model, row.file, row.class, 0);
  if (row.kind !== "typed" || row.type.kind !== "object") return [];
  return row.type.members.flatMap((member): readonly Column[] => {
    if (member.method || isFlag(member.type)) return [];
    const below = member.type?.kind === "object" && !member.optional ? member.type.members.map(({ name }) => ({ name: `${member.name}.${name}` })) : [];
    return [{ name: member.name, hidden: /\bselect\s*:\s*(?:false|0)\b/.test(model.text(row.file)?.slice(...member.span) ?? "") }, ...below];
  });
}

/** How far classes are followed that others extend. */
const furthest = 4;

function columnsOfClass(model: ProjectModel, file: string, node: ClassNode, depth: number): readonly Column[] {
  const own = node.members.flatMap((member): readonly Column[] => (member.kind === "property" && !isFlag(member.type) ? [{ name: member.name, hidden: member.decorators?.some((decorator) => hides.test(model.text(file)?.slice(...decorator.span) ?? "")) === true }] : []));
  const writesItself = node.members.some((member) => member.kind === "method" && member.name === "toJSON");
  if (writesItself) return [];
  const base = node.extends && depth < furthest ? model.values.of(file, node.extends.value).flatMap((value) => (value.kind === "class" ? columnsOfClass(model, value.file, value.node, depth + 1) : [])) : [];
  return [...own, ...base];
}

/** Decorators that keep a property out of queries or out of what is made of a row. */
const hides = /^@?(?:Exclude|HideField|JsonIgnore|Hidden)\b|\bselect\s*:\s*false|\bhidden\s*:\s*true|\bserializeAs\s*:\s*null|\blazy\s*:\s*true|\binsert\s*:\s*false/;

function isFlag(type: TypeNode | undefined): boolean {
  return type?.kind === "keyword" && /^(boolean|number)$/.test(type.name);
}
