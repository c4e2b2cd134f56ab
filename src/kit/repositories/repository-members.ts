import { within } from "../../base/position.js";
import { callStep, describe, newStep } from "../../catalogue/index.js";
import type { ClassNode, Expression, FunctionNode, ObjectExpression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";

/** A function of a repository, with the name by which its callers know it. */
interface NamedFunction {
  readonly name: string;
  readonly function: FunctionNode;
}

/** The methods that everybody can call, functions in properties included. A name that begins with `_` says that they are not for others. */
export function publicMethods(node: ClassNode): readonly NamedFunction[] {
  return node.members.flatMap((member) => {
    if (member.kind === "static-block" || member.access !== undefined || member.static || /^[#_]/.test(member.name) || member.name === "constructor") return [];
    if (member.kind === "method") return member.function.form === "method" && member.function.body ? [{ name: member.name, function: member.function }] : [];
    return member.value?.kind === "function" ? [{ name: member.name, function: member.value.function }] : [];
  });
}

/** The functions among the members of an object, also those of its file that it names: `export default { create, findById }`. */
export function functionsIn(model: ProjectModel, file: string, node: ObjectExpression): readonly NamedFunction[] {
  return node.members.flatMap((member) => {
    if (member.kind !== "property") return [];
    if (member.value.kind === "function") return [{ name: member.key, function: member.value.function }];
    return member.value.kind !== "name" ? [] : model.values.of(file, member.value).flatMap((value) => (value.kind === "function" && value.file === file ? [{ name: member.key, function: value.node }] : []));
  });
}

/** The objects that a file exports, and those that its exported functions give, with the exported name. */
export function exportedObjects(model: ProjectModel, file: string): ReadonlyMap<string, ObjectExpression> {
  return new Map(
    model.facts(file).exports.flatMap(({ name }) =>
      model.values.ofExport(file, name).flatMap((value) => {
        const given = value.kind === "function" && value.file === file ? model.values.ofReturn(file, value.node) : [value];
        return given.flatMap((one) => (one.kind === "object" && one.file === file ? [[name, one.node] as const] : []));
      }),
    ),
  );
}

/** The functions that a file exports by name. */
export function exportedFunctions(model: ProjectModel, file: string): readonly FunctionNode[] {
  return model.facts(file).exports.flatMap(({ name }) => model.values.ofExport(file, name).flatMap((value) => (value.kind === "function" && value.file === file ? [value.node] : [])));
}

/** Whether a function uses a store, itself, through what it is given, or as a method of what the store was extended by. */
export function usesStore(model: ProjectModel, file: string, node: FunctionNode): boolean {
  const { outer, passed } = model.transactions.summaryOf(file, node);
  return outer.length + passed.length > 0 || model.transactions.contentOf(file, node).operations.some(({ receiver }) => receiver.root.kind === "this");
}

/** Whether a function runs a statement, as opposed to one that makes a part of it for others: a condition with a query in it, a page. */
export function runsStatement(model: ProjectModel, file: string, node: FunctionNode): boolean {
  const { outer, passed } = model.transactions.summaryOf(file, node);
  return [...outer, ...passed].some(({ operation: { completion, continued, executed } }) => !continued && (executed || completion !== "passed"));
}

/** Whether a class is a client of the library with something added: `class TenantPool extends Pool`. */
export function isConnection(model: ProjectModel, file: string, { extends: base }: ClassNode): boolean {
  return base !== undefined && model.values.of(file, base.value).some((value) => value.kind === "external" && describe({ ...value.provenance, path: [...value.provenance.path, newStep] })?.is === "client");
}

/** Whether a client is made in a class or function, which stands for the connection then; one that is put around the connection it is given does not. */
export function makesClient(model: ProjectModel, file: string, { span }: ClassNode | FunctionNode): boolean {
  return model.values.index(file).calls.some(({ node }) => {
    if (!within(node.span, span) || node.arguments.some((given) => isClient(model, file, given))) return false;
    const step = node.kind === "new" ? newStep : callStep;
    return model.values.of(file, node.callee).some((value) => value.kind === "external" && describe(value.provenance)?.effect !== undefined && describe({ ...value.provenance, path: [...value.provenance.path, step] })?.is === "client");
  });
}

/** `drizzle(pool)`: what is handed over is a client itself. */
function isClient(model: ProjectModel, file: string, node: Expression): boolean {
  return model.values.of(file, node).some((value) => value.kind === "external" && describe(value.provenance)?.is === "client");
}

/** Whether another package says which methods a class has: it implements an interface of that package. */
export function isShapedElsewhere(model: ProjectModel, file: string, node: ClassNode): boolean {
  return (node.implements ?? []).some((type) => {
    const declaration = type.kind === "reference" && type.binding !== undefined ? model.declarationOfBinding(file, type.binding) : undefined;
    return declaration?.kind === "package" || (declaration?.kind === "binding" && model.packageOf(declaration.file) !== model.packageOf(file));
  });
}

/** Whether repositories alone call a function: it is a part of what they do. */
export function isOfRepositories(model: ProjectModel, node: FunctionNode): boolean {
  const callers = model.transactions.callersOf(node);
  return callers.length > 0 && callers.every(({ file }) => model.layerOf(file).layer === "repository");
}
