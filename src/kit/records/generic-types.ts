import type { CallExpression, Expression, TypeDeclaration, TypeNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Value } from "../../model/values/value.js";
import { declaredType, type WrittenType } from "./declared-types.js";

/** What the arguments of a generic type of the project say of a value: `page: Page<Member>` and `page.items` hold members, and so does a `Record<string, Member>`. */
export function valuesOfArguments(model: ProjectModel, file: string, node: Expression): readonly Value[] {
  const whole = declaredType(model, file, node);
  const held = node.kind === "member" ? declaredType(model, file, node.object) : undefined;
  return [...(whole ? ofArguments(model, whole) : []), ...(held && node.kind === "member" ? ofArguments(model, held, node.property) : [])];
}

/** `members.get(id)` of a `Map<string, Member>`. */
export function valueOfMap(model: ProjectModel, file: string, { callee }: CallExpression): readonly Value[] {
  const stated = callee.kind === "member" && callee.property === "get" ? declaredType(model, file, callee.object) : undefined;
  if (stated?.type.kind !== "reference" || stated.type.binding !== undefined || !/^(?:Readonly)?Map$/.test(stated.type.name)) return [];
  const [, held] = stated.type.arguments ?? [];
  return held ? model.values.ofType(stated.file, held) : [];
}

function ofArguments(model: ProjectModel, { file, type }: WrittenType, member?: string): readonly Value[] {
  if (type.kind !== "reference" || !type.arguments) return [];
  const given = type.arguments;
  if (type.binding === undefined) return type.name === "Record" && member === undefined && given[1] ? model.values.ofType(file, given[1]) : [];
  const generic = declarationOf(model, file, type.binding);
  const written = member === undefined ? generic?.type : generic?.type.kind === "object" ? generic.type.members.find(({ name }) => name === member)?.type : undefined;
  if (!generic?.typeParameters || !written) return [];
  const held = new Set<string>();
  noteNames(written, held);
  return generic.typeParameters.flatMap((name, place) => { const argument = held.has(name) ? given[place] : undefined; return argument ? model.values.ofType(file, argument) : []; });
}

function declarationOf(model: ProjectModel, file: string, binding: number): TypeDeclaration | undefined {
  const declaration = model.declarationOfBinding(file, binding);
  const source = declaration.kind === "binding" ? model.values.index(declaration.file).sources[declaration.binding] : undefined;
  return source?.kind === "type" ? source.type : undefined;
}

/** Notes the names of the types that a value of a type holds: those of its members and elements, not what its methods take and give. */
function noteNames(type: TypeNode, found: Set<string>): void {
  if (type.kind === "reference") {
    found.add(type.name);
    for (const argument of type.arguments ?? []) noteNames(argument, found);
  } else if (type.kind === "array") noteNames(type.element, found);
  else if (type.kind === "union" || type.kind === "intersection") for (const part of type.types) noteNames(part, found);
  else if (type.kind === "object") for (const member of type.members) if (member.type && member.method === undefined) noteNames(member.type, found);
}
