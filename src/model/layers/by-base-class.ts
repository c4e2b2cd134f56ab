import { baseName } from "../../base/paths.js";
import { isFor, kindOf, newStep } from "../../catalogue/index.js";
import { loggerBases, outwardBases, validatorBases } from "../../catalogue/lexicon/layers.js";
import type { ClassNode, Expression } from "../../facts/syntax.js";
import type { Declaration, LayerVerdict, ProjectModel } from "../project-model.js";
import { importsProject, takesServices } from "./collaborators.js";

/** Decides by what a class extends or implements; `named` says that the file's name follows a convention, which then counts more than an ORM's base class. */
export function byBaseClass(model: ProjectModel, file: string, named: boolean): LayerVerdict | undefined {
  for (const node of model.values.index(file).classes) {
    const bindings = [bindingOf(node.extends?.value), ...(node.implements ?? []).map((type) => (type.kind === "reference" ? type.binding : undefined))];
    for (const binding of bindings) {
      const declaration = binding === undefined ? undefined : outermostBase(model, model.declarationOfBinding(file, binding));
      if (declaration?.kind !== "package") continue;
      const [name = ""] = declaration.path;
      const evidence = [`class ${node.name ?? "…"} of ${name}`];
      if (outwardBases[declaration.package]?.test(name)) return { layer: "api", evidence };
      if (validatorBases[declaration.package]?.test(name)) return { layer: importsProject(model, file) ? "api" : "shared", evidence };
      if (/logg/i.test(baseName(file)) && loggerBases[declaration.package]?.test(name)) return { layer: "shared", evidence };
      const made = kindOf({ package: declaration.package, subpath: declaration.subpath, path: [...declaration.path, newStep] });
      if (!isFor(declaration.package, declaration.subpath, "data-access") || (made !== "client" && named) || !isLargest(model, file, node)) continue;
      // What an ORM calls when rows have changed, and calls services then, is of no store.
      return isMapped(model, file) || (/Subscriber/.test(name) && takesServices(model, file)) ? undefined : { layer: "repository", evidence };
    }
  }
  return undefined;
}

/** Whether no class of the file has more in it: a model beside a plugin does not say what the file is. */
function isLargest(model: ProjectModel, file: string, { members }: ClassNode): boolean {
  return model.values.index(file).classes.every((other) => other.members.length <= members.length);
}

/** Whether a file has a class that an ORM maps, through the project's own base classes. */
export function extendsStored(model: ProjectModel, file: string): boolean {
  return model.values.index(file).classes.some(({ extends: base }) => {
    const binding = bindingOf(base?.value);
    const declaration = binding === undefined ? undefined : outermostBase(model, model.declarationOfBinding(file, binding));
    return declaration?.kind === "package" && isFor(declaration.package, declaration.subpath, "data-access");
  });
}

/** The class of a package that a class of the project is made of, through the project's own base classes. */
function outermostBase(model: ProjectModel, declaration: Declaration, depth = 0): Declaration {
  if (declaration.kind !== "binding" || depth === 3) return declaration;
  const source = model.values.index(declaration.file).sources[declaration.binding];
  const binding = source?.kind === "class" ? bindingOf(source.class.extends?.value) : undefined;
  return binding === undefined ? declaration : outermostBase(model, model.declarationOfBinding(declaration.file, binding), depth + 1);
}

/** Entities have decorators and folders of their own to go by. */
function isMapped(model: ProjectModel, file: string): boolean {
  return /entit|model|aggregate/i.test(baseName(file)) || model.values.index(file).classes.some((node) => (node.decorators ?? []).length > 0 && node.name !== undefined && /Entity|Model$/.test(node.name));
}

export function bindingOf(base: Expression | undefined): number | undefined {
  // `class JwtStrategy extends PassportStrategy(Strategy)`.
  if (base?.kind === "call") return bindingOf(base.callee);
  return base?.kind === "name" ? base.binding : undefined;
}
