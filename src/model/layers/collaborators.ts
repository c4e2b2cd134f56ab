import { baseName, folderOf } from "../../base/paths.js";
import type { FileFacts } from "../../facts/facts.js";
import type { Expression } from "../../facts/syntax.js";
import type { SyntaxNode } from "../../facts/walk.js";
import { indexOf } from "../modules/file-index.js";
import { layerOfFolder } from "./names.js";
import type { ProjectModel } from "../project-model.js";
import { bindingOf } from "./by-base-class.js";

/** Whether a file imports code of the project from another folder. */
export function importsProject(model: ProjectModel, file: string): boolean {
  return model.edgesFrom(file).some(({ target, kind }) => (kind === "runtime" || kind === "metadata") && target.kind === "file" && folderOf(target.file) !== folderOf(file));
}

/** Whether a file takes in services of the project to work with them. */
export function takesServices(model: ProjectModel, file: string): boolean {
  return model.edgesFrom(file).some(({ target, kind }) => (kind === "runtime" || kind === "metadata") && target.kind === "file" && /[.-]service\.[cm]?[jt]s$/.test(target.file));
}

/** Whether a file takes in code of services. */
export function asksServices(model: ProjectModel, file: string): boolean {
  return model.edgesFrom(file).some(({ kind, target }) => kind === "runtime" && target.kind === "file" && isCalledAfter(target.file, "service"));
}

/** Whether a file lies in a folder that is called so, or ends in the word. */
export function isCalledAfter(file: string, word: string): boolean {
  const folder = layerOfFolder(baseName(folderOf(file)));
  return folder?.word === word || new RegExp(`${word}\\.[cm]?[jt]s$`, "i").test(file);
}

/** Whether a class of the file is what an interface of another file of the project asks for. */
export function implementsPort(model: ProjectModel, file: string): boolean {
  return indexOf(model.facts(file)).classes.some(({ implements: ports = [] }) =>
    ports.some((type) => {
      const declaration = type.kind === "reference" && type.binding !== undefined ? model.declarationOfBinding(file, type.binding) : undefined;
      return declaration?.kind === "binding" && declaration.file !== file;
    }),
  );
}

/** Whether a file has a class that is given others to work with, or whose base beside it is: a service, whatever it is called. */
export function takesOthers(model: ProjectModel, file: string, depth = 0): boolean {
  return model.values.index(file).classes.some((node) => {
    const { members, extends: base } = node;
    // What a class is given of a type that its users choose is a value: `new Success<T>(value: T)`.
    if (members.some((member) => member.kind === "method" && member.name === "constructor" && member.function.parameters.some(({ property, type }) => property !== undefined && type?.kind === "reference" && node.typeParameters?.includes(type.name) !== true))) return true;
    const binding = bindingOf(base?.value);
    const declaration = binding === undefined || depth === 3 ? undefined : model.declarationOfBinding(file, binding);
    return declaration?.kind === "binding" && declaration.file !== file && folderOf(declaration.file) === folderOf(file) && takesOthers(model, declaration.file, depth + 1);
  });
}

/** Whether a function of a file waits for something that it is given beside its input: `({ users }) => async (id) => { await users.byId(id); }`. */
export function asksGiven(model: ProjectModel, file: string): boolean {
  const index = model.values.index(file);
  const stepsTo = (node: Expression): number | undefined => {
    const source = node.kind === "name" && node.binding !== undefined ? index.sources[node.binding] : undefined;
    return source?.kind === "parameter" ? source.path.length : undefined;
  };
  // A part of what is given, or a member of it.
  const isGiven = (node: Expression): boolean => (node.kind === "member" ? stepsTo(node.object) !== undefined : (stepsTo(node) ?? 0) > 0);
  return waits(model.facts(file)) && index.calls.some(({ node }) => node.kind === "call" && node.callee.kind === "member" && isGiven(node.callee.object));
}

/** Whether a function of a file waits for something that it is given of a type of the project: `async (users: Users, id: string) => users.byId(id)`. */
export function asksTyped(model: ProjectModel, file: string): boolean {
  const index = model.values.index(file);
  const asks = (callee: Expression): boolean => {
    const source = callee.kind === "member" && callee.object.kind === "name" && callee.object.binding !== undefined ? index.sources[callee.object.binding] : undefined;
    return source?.kind === "parameter" && source.path.length === 0;
  };
  const knows = model.edgesFrom(file).some(({ target }) => target.kind === "file" && folderOf(target.file) !== folderOf(file));
  return knows && waits(model.facts(file)) && index.calls.some(({ node }) => node.kind === "call" && asks(node.callee) && isAwaited(index.parentOf(node)));
}

function isAwaited(node: SyntaxNode | undefined): boolean {
  return node !== undefined && "kind" in node && node.kind === "await";
}

/** Whether a file has a function that waits for something. */
export function waits(facts: FileFacts): boolean {
  return [...indexOf(facts).functions.keys()].some((node) => node.async === true);
}
