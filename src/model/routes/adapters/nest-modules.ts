import { lastName, propertyOf } from "../../../facts/names.js";
import type { CallExpression, ClassNode, Expression, ObjectExpression } from "../../../facts/syntax.js";
import type { ProjectModel } from "../../project-model.js";
import type { Value } from "../../values/value.js";
import type { RawStep } from "../adapter.js";
import { pushedTo } from "../decorators.js";
import { memberDefinitions } from "../../values/definitions.js";
import { joinRoutePath } from "../path.js";
import type { Located } from "../../values/located.js";

/** What modules are given is followed through so many of them. */
const deepest = 3;

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
    for (const { file: at, options } of readModules(model, file).modules) {
      const providers = propertyOf(options, "providers");
      for (const provider of listed(model, at, providers)) {
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

/** The modules of a project: which controllers they list, and what stands before their paths. */
export interface NestModules {
  /** The prefixes that `RouterModule.register([...])`, or `forRoutes` of nest-router, gives to a controller; the empty prefix without one. */
  prefixesOf(controller: ClassNode): readonly string[];
  /** Whether an application whose root module is given has a controller; undefined if some module cannot be read in full. */
  reaches(root: ClassNode, controller: ClassNode): boolean | undefined;
}

/** Reads `@Module({ imports, controllers })`, what static methods of modules give, and the trees of `RouterModule`. */
export function nestModules(model: ProjectModel): NestModules {
  const byModule = new Map<ClassNode, string[]>();
  const controllers = new Map<ClassNode, ClassNode[]>();
  const imports = new Map<ClassNode, ClassNode[]>();
  let complete = true;
  const add = (map: Map<ClassNode, ClassNode[]>, key: ClassNode, value: ClassNode): void => void map.set(key, [...(map.get(key) ?? []), value]);
  for (const file of model.files) {
    const { modules, unread } = readModules(model, file);
    if (unread && model.layerOf(file).layer !== "tests") complete = false;
    for (const { file: at, options, module } of modules) {
      const list = (name: string, each: (found: ClassNode) => void): void => {
        for (const { file: written, node } of listed(model, at, propertyOf(options, name))) {
          const found = modulesBehind(model, written, node);
          if (found) found.forEach(each);
          else complete = false;
        }
      };
      list("controllers", (controller) => { add(controllers, controller, module); });
      list("imports", (imported) => { add(imports, module, imported); });
    }
    for (const { node } of model.values.index(file).calls) {
      if (node.kind !== "call" || node.callee.kind !== "member") continue;
      // Before it was part of Nest it was a package of its own.
      const home = node.callee.property === "register" ? "@nestjs/core" : node.callee.property === "forRoutes" ? "nest-router" : undefined;
      const isRouter = home !== undefined && model.values.of(file, node.callee.object).some((value) => value.kind === "external" && value.provenance.package === home && value.provenance.path.at(-1) === "RouterModule");
      if (isRouter) for (const tree of listed(model, file, node.arguments[0])) readTree(model, tree.file, tree.node, "", byModule, 0);
    }
  }
  const reachable = new Map<ClassNode, ReadonlySet<ClassNode>>();
  const reachedFrom = (root: ClassNode): ReadonlySet<ClassNode> => {
    const known = reachable.get(root);
    if (known) return known;
    const reached = new Set([root]);
    for (const module of reached) for (const imported of imports.get(module) ?? []) reached.add(imported);
    reachable.set(root, reached);
    return reached;
  };
  return {
    prefixesOf(controller) {
      const prefixes = (controllers.get(controller) ?? []).flatMap((module) => byModule.get(module) ?? [""]);
      return prefixes.length === 0 ? [""] : [...new Set(prefixes)];
    },
    reaches(root, controller) {
      const reached = reachedFrom(root);
      return (controllers.get(controller) ?? []).some((module) => reached.has(module)) || (complete ? false : undefined);
    },
  };
}

/** The classes behind an element of `imports` or `controllers`; undefined if it cannot be told. What packages give has none. */
function modulesBehind(model: ProjectModel, file: string, node: Expression): readonly ClassNode[] | undefined {
  // `forwardRef(() => UsersModule)`
  const [first] = node.kind === "call" ? node.arguments : [];
  if (node.kind === "call" && node.callee.kind === "name" && node.callee.name === "forwardRef" && first?.kind === "function") return model.values.ofReturn(file, first.function).flatMap((value) => (value.kind === "class" ? [value.node] : []));
  const values = model.values.of(file, node);
  const classes = values.flatMap((value) => {
    if (value.kind === "class") return [value.node];
    const module = value.kind === "object" ? propertyOf(value.node, "module") : undefined;
    return module && value.kind === "object" ? (modulesBehind(model, value.file, module) ?? []) : [];
  });
  if (classes.length > 0 || values.some(isOfPackage)) return classes;
  // `UsersModule.forRoot(…)`, whatever that gives.
  const owner = node.kind === "call" && node.callee.kind === "member" ? model.values.of(file, node.callee.object) : [];
  const owners = owner.flatMap((value) => (value.kind === "class" ? [value.node] : []));
  return owners.length > 0 || owner.some(isOfPackage) ? owners : undefined;
}

function isOfPackage(value: Value): boolean {
  return value.kind === "external" && value.provenance.package !== "global";
}

function readTree(model: ProjectModel, file: string, node: Expression, outer: string, byModule: Map<ClassNode, string[]>, depth: number): void {
  if (node.kind !== "object" || depth > 8) return;
  const path = propertyOf(node, "path");
  const prefix = joinRoutePath(outer, (path && model.values.text(file, path)) ?? "");
  const module = propertyOf(node, "module");
  // `{ ...(isProduction ? null : { path: "/test", module: TestModule }) }`
  if (!path && !module) for (const member of node.members) if (member.kind === "spread") for (const tree of listed(model, file, member.value)) readTree(model, tree.file, tree.node, outer, byModule, depth + 1);
  if (module) for (const value of model.values.of(file, module)) if (value.kind === "class") byModule.set(value.node, [...(byModule.get(value.node) ?? []), prefix]);
  for (const child of listed(model, file, propertyOf(node, "children"))) {
    if (child.node.kind === "object") readTree(model, child.file, child.node, prefix, byModule, depth + 1);
    else for (const value of model.values.of(child.file, child.node)) if (value.kind === "class") byModule.set(value.node, [...(byModule.get(value.node) ?? []), prefix]);
  }
}

interface ModuleOptions {
  readonly module: ClassNode;
  readonly file: string;
  readonly options: ObjectExpression;
}

/** The options of the modules of a file: those of `@Module(…)`, and what static methods of the module give beside them. */
function readModules(model: ProjectModel, file: string): { readonly modules: readonly ModuleOptions[]; readonly unread: boolean } {
  const modules: ModuleOptions[] = [];
  let unread = false;
  for (const module of model.values.index(file).classes)
    for (const { value } of module.decorators ?? []) {
      if (value.kind !== "call" || value.callee.kind !== "name" || value.callee.name !== "Module") continue;
      const [argument] = value.arguments;
      const own = argument ? model.values.of(file, argument).flatMap((candidate) => (candidate.kind === "object" ? [candidate] : [])) : [];
      if (argument && own.length === 0) unread = true;
      const made = module.members.flatMap((member) => (member.kind === "method" && member.static ? model.values.ofReturn(file, member.function) : [])).flatMap((candidate) => (candidate.kind === "object" && propertyOf(candidate.node, "module") ? [candidate] : []));
      for (const { file: at, node } of [...own, ...made]) modules.push({ module, file: at, options: node });
    }
  return { modules, unread };
}

/** The elements of a list, behind constants, spreads and conditions, and what is pushed onto it. */
function listed(model: ProjectModel, file: string, node: Expression | undefined, depth = 0): { readonly file: string; readonly node: Expression }[] {
  if (!node) return [];
  if (node.kind === "array") return node.elements.flatMap((element) => (element.kind === "spread" ? listed(model, file, element.value, depth) : chosen(element).map((one) => ({ file, node: one }))));
  if (node.kind === "conditional") return [...listed(model, file, node.then, depth), ...listed(model, file, node.else, depth)];
  // `enabled && UsersModule`
  if (node.kind === "binary" && node.operator === "&&") return listed(model, file, node.right, depth);
  const kept = node.kind === "call" ? keptItems(node) : [];
  if (kept.length > 0) return kept.flatMap((list) => listed(model, file, list, depth));
  const arrays = model.values.of(file, node).flatMap((value) => (value.kind === "array" ? [value] : []));
  const given = arrays.length === 0 && depth < deepest ? givenByCallers(model, file, node) : [];
  // What cannot be told stands for itself.
  if (arrays.length === 0) return given.length > 0 ? given.flatMap((one) => listed(model, one.file, one.node, depth + 1)) : [{ file, node }];
  return [...arrays.flatMap((value) => listed(model, value.file, value.node, depth)), ...pushedTo(model, file, node).map((pushed) => ({ file, node: pushed }))];
}

/** What an element may be: `enabled && UsersModule`, `isTest ? FakeMail : Mail`. */
function chosen(element: Expression): readonly Expression[] {
  if (element.kind === "conditional") return [...chosen(element.then), ...chosen(element.else)];
  return element.kind === "binary" && element.operator === "&&" ? chosen(element.right) : [element];
}

/** The lists whose items a call keeps, but for some: `compact([A, isTest && B])`, `[A, B].filter(Boolean)`, `lists.concat(others)`. */
function keptItems({ callee, arguments: given }: CallExpression): readonly Expression[] {
  if (callee.kind === "member" && /^(filter|flat)$/.test(callee.property)) return [callee.object];
  if (callee.kind === "member" && callee.property === "concat") return [callee.object, ...given];
  return /^(compact|flatten|flattenDeep|uniq)$/.test(lastName(callee)) ? given.slice(0, 1) : [];
}

/** What callers give a static method of a module: the `providers` of `AppModule.forRoot({ providers })`, where it spreads `options.providers`. */
function givenByCallers(model: ProjectModel, file: string, node: Expression): readonly Located[] {
  const keys: string[] = [];
  let root = node;
  for (; root.kind === "member"; root = root.object) keys.unshift(root.property);
  const source = root.kind === "name" && root.binding !== undefined ? model.values.index(file).sources[root.binding] : undefined;
  if (source?.kind !== "parameter") return [];
  const path = [...source.path.map((step) => (step.kind === "property" ? step.key : undefined)), ...keys];
  const { callSites } = model.values;
  const sites = source.function.form === "method" ? callSites.allOfMethod(source.function) : callSites.all(file, source.function);
  return sites.flatMap(({ file: at, call }) => {
    const argument = call.arguments[source.index];
    if (!argument || model.layerOf(at).layer === "tests") return [];
    return path.reduce<readonly Located[]>((from, key) => (key === undefined ? [] : from.flatMap((one) => memberDefinitions(model, one.file, one.node, key))), [{ file: at, node: argument }]);
  });
}

/** Guards provided by a library of the same workspace count when the application's package depends on it. */
function sharesWorkspace(model: ProjectModel, file: string, application: string): boolean {
  const { name } = model.packageOf(file);
  return name !== undefined && model.packageOf(application).dependencies.has(name);
}
