import { containerOf, type PersonalDataCategory, personalDataOf } from "../catalogue/lexicon/personal-data.js";
import type { ClassNode } from "../facts/syntax.js";
import type { ProjectModel } from "../model/project-model.js";
import type { Value } from "../model/value.js";

/** An object shape of the project, with those of its fields that hold personal data or credentials. */
export interface PersonalShape {
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly category: PersonalDataCategory }[];
}

/** The declared shape of values: an interface, object type, class, or object literal; undefined if none is known. */
export function shapeOf(model: ProjectModel, values: readonly Value[]): PersonalShape | undefined {
  for (const value of values) {
    const shape = shapeOfValue(model, value);
    if (shape) return shape;
  }
  return undefined;
}

function shapeOfValue(model: ProjectModel, value: Value): PersonalShape | undefined {
  if (value.kind === "typed" && value.type.kind === "object") {
    const names = value.type.members.filter((member) => member.method === undefined && member.type?.kind !== "function" && !isFlag(member.type)).map((member) => member.name);
    return judged(value.name ?? "", names);
  }
  if (value.kind === "instance") return shapeOfClass(model, value.file, value.class);
  // A model type of a generated client.
  if (value.kind === "external" && /^(@prisma\/client|\.prisma)/.test(value.provenance.package)) {
    const name = value.provenance.path.at(-2) ?? "";
    const fields = model.prismaFields(name);
    return fields && judged(name, fields);
  }
  if (value.kind === "object") return judged("", value.node.members.flatMap((member) => (member.kind === "property" && member.value.kind !== "function" && member.value.kind !== "literal" ? [member.key] : [])));
  return undefined;
}

/** The properties of a class that data is kept in; a class with methods that write its own form for logs is trusted. */
function shapeOfClass(_model: ProjectModel, _file: string, node: ClassNode): PersonalShape | undefined {
  if (node.members.some((member) => member.kind === "method" && /^(toJSON|toLog|toLogObject|toString|toSafe)$/.test(member.name))) return { name: node.name ?? "", fields: [] };
  const names = node.members.flatMap((member) => {
    if (member.kind !== "property" || member.static || member.access !== undefined || isFlag(member.type)) return [];
    return member.decorators?.some(({ value }) => value.kind === "call" && value.callee.kind === "name" && value.callee.name === "Exclude") ? [] : [member.name];
  });
  // Services and the like have no data of a person.
  return names.length === 0 && node.members.some((member) => member.kind === "method") ? { name: node.name ?? "", fields: [] } : judged(node.name ?? "", names);
}

function judged(name: string, names: readonly string[]): PersonalShape {
  const person = containerOf(name) === "person";
  const fields = names.flatMap((field) => {
    const found = personalDataOf(field);
    return found && (!found.onlyOfPerson || person) ? [{ name: field, category: found.category }] : [];
  });
  return { name, fields };
}

function isFlag(type: { readonly kind: string; readonly name?: unknown } | undefined): boolean {
  return type?.kind === "keyword" && (type.name === "boolean" || type.name === "number");
}
