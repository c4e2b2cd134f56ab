import type { CallExpression, ClassNode, FunctionNode, TypeNode } from "../facts/syntax.js";
import type { ProjectModel } from "../model/project-model.js";
import type { Value } from "../model/value.js";

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

/** The name behind a promise, a list or what may be missing: `T` of `Promise<T[] | null>`. */
function named(type: TypeNode): { readonly name: string; readonly isList: boolean } | undefined {
  if (type.kind === "array") {
    const element = named(type.element);
    return element && { ...element, isList: true };
  }
  if (type.kind === "union") return type.types.map(named).find((one) => one !== undefined);
  if (type.kind !== "reference") return undefined;
  const [argument] = type.arguments ?? [];
  return type.name === "Promise" && argument ? named(argument) : { name: type.name, isList: false };
}

function extendsClass(model: ProjectModel, { file, node }: { readonly file: string; readonly node: ClassNode }, base: ClassNode): boolean {
  return node.extends !== undefined && model.values.of(file, node.extends.value).some((value) => value.kind === "class" && value.node === base);
}
