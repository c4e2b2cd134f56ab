import type { Span } from "../../base/position.js";
import type { ClassNode, Expression, FunctionNode, TypeNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { storeIn, storeKind } from "./repository-types.js";

/** A member of a class through which everybody who has the object reaches its store. */
interface ExposedStore {
  readonly name: string;
  readonly span: Span;
}

/** The properties and getters of a class that are public and hold a client, model or builder. */
export function exposedStores(model: ProjectModel, file: string, node: ClassNode): readonly ExposedStore[] {
  const holdsStore = (type: TypeNode | undefined, given?: Expression): boolean => {
    const values = type ? model.values.ofType(file, type) : given ? model.values.of(file, given) : [];
    return values.some((value) => value.kind === "external" && storeKind(value.provenance) !== undefined);
  };
  // `get model() { return CatModel; }`
  const givesStore = (getter: FunctionNode): boolean => (getter.returns ? holdsStore(getter.returns) : model.values.returned(getter).some((value) => model.values.of(file, value).some((one) => one.kind === "external" && storeIn(one.provenance) !== undefined)));
  return node.members.flatMap((member): readonly ExposedStore[] => {
    if (member.kind === "method" && member.name === "constructor") return member.function.parameters.flatMap(({ property, target, type, span }) => (property === "public" && target.kind === "binding" && holdsStore(type) ? [{ name: target.name, span }] : []));
    if (member.kind === "static-block" || member.access !== undefined || member.static) return [];
    if (member.kind === "method") return member.function.form === "getter" && givesStore(member.function) ? [{ name: member.name, span: member.nameSpan }] : [];
    // Decorated fields are filled by frameworks and entities.
    return !member.name.startsWith("#") && !member.decorators?.length && holdsStore(member.type, member.value) ? [{ name: member.name, span: member.nameSpan }] : [];
  });
}
