import type { CallExpression, ClassNode, FunctionNode, TypeDeclaration, TypeNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Value } from "../../model/values/value.js";
import { declaredType } from "./declared-types.js";

/**
 * What a method of a generic class gives to a class that says what it is about: `createOne(): Promise<T>` of
 * `class UserService extends BaseService<User>` gives a `User`.
 */
export function givenByBase(model: ProjectModel, file: string, node: CallExpression, callee: { readonly file: string; readonly node: FunctionNode }): readonly Value[] {
  const owner = model.values.index(callee.file).functions.get(callee.node)?.class;
  const given = callee.node.returns && named(callee.node.returns);
  const place = given && owner?.typeParameters ? owner.typeParameters.indexOf(given.name) : -1;
  if (!owner || !given || place === -1 || node.callee.kind !== "member") return [];
  const { object } = node.callee;
  const around = object.kind === "this" ? model.values.classAround(file, node) : undefined;
  const classes = around ? [{ file, node: around }] : model.values.of(file, object).flatMap((value) => (value.kind === "instance" ? [{ file: value.file, node: value.class }] : []));
  const about = classes.flatMap((one) => (extendsClass(model, one, owner) ? (one.node.extends?.typeArguments?.slice(place, place + 1) ?? []).flatMap((type) => model.values.ofType(one.file, type)) : []));
  return given.isList && about.length > 0 ? [{ kind: "list", of: about }] : about;
}

/** What a method gives whose object is declared as a generic type of the project: `db.members.find(): Promise<T>` of `members: Collection<Member>`. */
export function givenByTypeArguments(model: ProjectModel, file: string, { callee }: CallExpression): readonly Value[] {
  const stated = callee.kind === "member" ? declaredType(model, file, callee.object) : undefined;
  if (callee.kind !== "member" || stated?.type.kind !== "reference" || !stated.type.arguments || stated.type.binding === undefined) return [];
  const declaration = model.declarationOfBinding(stated.file, stated.type.binding);
  const source = declaration.kind === "binding" ? model.values.index(declaration.file).sources[declaration.binding] : undefined;
  const generic = source?.kind === "class" ? source.class : source?.kind === "type" ? source.type : undefined;
  const given = generic && named(returnedBy(generic, callee.property));
  const about = given && stated.type.arguments[generic.typeParameters?.indexOf(given.name) ?? -1];
  const values = about ? model.values.ofType(stated.file, about) : [];
  return given?.isList === true && values.length > 0 ? [{ kind: "list", of: values }] : values;
}

/** The type that a method of a class or an interface is declared to return. */
function returnedBy(generic: ClassNode | TypeDeclaration, name: string): TypeNode | undefined {
  if (!("type" in generic)) return generic.members.flatMap((member) => (member.kind === "method" && member.name === name && member.function.returns ? [member.function.returns] : []))[0];
  const member = generic.type.kind === "object" ? generic.type.members.find((one) => one.name === name) : undefined;
  return member?.type?.kind === "function" ? member.type.returns : undefined;
}

/** The name behind a promise, a list or what may be missing: `T` of `Promise<T[] | null>`. */
function named(type: TypeNode | undefined): { readonly name: string; readonly isList: boolean } | undefined {
  if (type?.kind === "array") {
    const element = named(type.element);
    return element && { ...element, isList: true };
  }
  if (type?.kind === "union") return type.types.map(named).find((one) => one !== undefined);
  if (type?.kind !== "reference") return undefined;
  const [argument] = type.arguments ?? [];
  return type.name === "Promise" && argument ? named(argument) : { name: type.name, isList: false };
}

function extendsClass(model: ProjectModel, { file, node }: { readonly file: string; readonly node: ClassNode }, base: ClassNode): boolean {
  return node.extends !== undefined && model.values.of(file, node.extends.value).some((value) => value.kind === "class" && value.node === base);
}
