import type { ClassNode, Expression, ObjectExpression } from "../../../facts/syntax.js";
import { propertyOf } from "../../members.js";
import type { ProjectModel } from "../../project-model.js";
import type { RawStep } from "../adapter.js";
import { joinRoutePath } from "../path.js";

/** Providers that Nest applies to every route, whichever module lists them. */
export interface GlobalProviders {
  readonly guards: readonly RawStep[];
  readonly pipes: readonly RawStep[];
  readonly interceptors: readonly RawStep[];
  readonly filters: readonly RawStep[];
}

/** The APP_GUARD, APP_PIPE, APP_INTERCEPTOR and APP_FILTER providers of the modules of one package. */
export function nestProviders(model: ProjectModel, application: string): GlobalProviders {
  const found: Record<"guards" | "pipes" | "interceptors" | "filters", RawStep[]> = { guards: [], pipes: [], interceptors: [], filters: [] };
  const tokens = { APP_GUARD: found.guards, APP_PIPE: found.pipes, APP_INTERCEPTOR: found.interceptors, APP_FILTER: found.filters };
  for (const file of model.files) {
    if (model.packageOf(file) !== model.packageOf(application) && !sharesWorkspace(model, file, application)) continue;
    if (model.layerOf(file).layer === "tests") continue;
    for (const { options } of modulesIn(model, file)) {
      const providers = propertyOf(options, "providers");
      for (const provider of listed(model, file, providers)) {
        if (provider.node.kind !== "object") continue;
        const token = propertyOf(provider.node, "provide");
        const list = token?.kind === "name" && token.name in tokens ? tokens[token.name as keyof typeof tokens] : undefined;
        const value = propertyOf(provider.node, "useClass") ?? propertyOf(provider.node, "useExisting") ?? propertyOf(provider.node, "useValue") ?? propertyOf(provider.node, "useFactory");
        if (list && value) list.push({ file: provider.file, node: value, origin: "global" });
      }
    }
  }
  return found;
}

/** The prefixes that `RouterModule.register([...])` gives to the controllers of a module; the empty prefix without one. */
export function modulePrefixes(model: ProjectModel): { of(controller: ClassNode): readonly string[] } {
  const byModule = new Map<ClassNode, string[]>();
  const controllers = new Map<ClassNode, ClassNode[]>();
  for (const file of model.files) {
    for (const { options, module } of modulesIn(model, file)) {
      for (const { file: at, node } of listed(model, file, propertyOf(options, "controllers")))
        for (const value of model.values.of(at, node)) if (value.kind === "class") controllers.set(value.node, [...(controllers.get(value.node) ?? []), module]);
    }
    for (const { node } of model.values.index(file).calls) {
      if (node.kind !== "call" || node.callee.kind !== "member" || node.callee.property !== "register") continue;
      const isRouter = model.values.of(file, node.callee.object).some((value) => value.kind === "external" && value.provenance.package === "@nestjs/core" && value.provenance.path.at(-1) === "RouterModule");
      if (isRouter) for (const tree of listed(model, file, node.arguments[0])) readTree(model, tree.file, tree.node, "", byModule, 0);
    }
  }
  return {
    of(controller) {
      const prefixes = (controllers.get(controller) ?? []).flatMap((module) => byModule.get(module) ?? [""]);
      return prefixes.length === 0 ? [""] : [...new Set(prefixes)];
    },
  };
}

function readTree(model: ProjectModel, file: string, node: Expression, outer: string, byModule: Map<ClassNode, string[]>, depth: number): void {
  if (node.kind !== "object" || depth > 8) return;
  const path = propertyOf(node, "path");
  const prefix = joinRoutePath(outer, (path && model.values.text(file, path)) ?? "");
  const module = propertyOf(node, "module");
  if (module) for (const value of model.values.of(file, module)) if (value.kind === "class") byModule.set(value.node, [...(byModule.get(value.node) ?? []), prefix]);
  for (const child of listed(model, file, propertyOf(node, "children"))) {
    if (child.node.kind === "object") readTree(model, child.file, child.node, prefix, byModule, depth + 1);
    else for (const value of model.values.of(child.file, child.node)) if (value.kind === "class") byModule.set(value.node, [...(byModule.get(value.node) ?? []), prefix]);
  }
}

function modulesIn(model: ProjectModel, file: string): { readonly module: ClassNode; readonly options: ObjectExpression }[] {
  return model.values.index(file).classes.flatMap((module) =>
    (module.decorators ?? []).flatMap(({ value }) => {
      if (value.kind !== "call" || value.callee.kind !== "name" || value.callee.name !== "Module") return [];
      const [argument] = value.arguments;
      const options = argument && model.values.of(file, argument).find((candidate) => candidate.kind === "object");
      return options?.kind === "object" ? [{ module, options: options.node }] : [];
    }),
  );
}

/** The elements of a list, behind constants, spreads and conditions. */
function listed(model: ProjectModel, file: string, node: Expression | undefined): { readonly file: string; readonly node: Expression }[] {
  if (!node) return [];
  if (node.kind === "array") return node.elements.flatMap((element) => (element.kind === "spread" ? listed(model, file, element.value) : [{ file, node: element }]));
  if (node.kind === "conditional") return [...listed(model, file, node.then), ...listed(model, file, node.else)];
  return model.values.of(file, node).flatMap((value) => (value.kind === "array" ? listed(model, value.file, value.node) : []));
}

/** Guards provided by a library of the same workspace count when the application's package depends on it. */
function sharesWorkspace(model: ProjectModel, file: string, application: string): boolean {
  const { name } = model.packageOf(file);
  return name !== undefined && model.packageOf(application).dependencies.has(name);
}
