import { answers } from "../../base/answers.js";
import { lazily, oncePer } from "../../base/once-per.js";
import { groupBy } from "../../base/group-by.js";
import { baseName, folderOf, isWithin, joinPath } from "../../base/paths.js";
import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { EdgeKind, ProjectModel } from "../../model/project-model.js";
import { testCases } from "./test-cases.js";
import { roleOf } from "../roles.js";

/** Which files the tests of a project run. */
export interface TestReach {
  /** The files that hold tests, sorted. */
  readonly tests: readonly string[];
  /** Tests that import no code of the project and make requests: they talk to an application that runs elsewhere. */
  readonly fromOutside: readonly string[];
  /** Whether a test runs a file without going through the api layer or what puts the application together. */
  isUnitTested(file: string): boolean;
  /** Whether a test runs a file, by any way. */
  isReached(file: string): boolean;
  /** The tests that import a file themselves; sorted. */
  importersOf(file: string): readonly string[];
  /** The files that a test file runs, itself included. */
  from(test: string): ReadonlySet<string>;
  /** The files that a test file runs without going through the api layer or what puts the application together. */
  alone(test: string): ReadonlySet<string>;
}

/** The tests of a project and what they run, from the imports that exist at run time. */
export const testReachOf = oncePer(findReach);

function findReach(model: ProjectModel): TestReach {
  const tests = model.files.filter((file) => isTestFile(model, file));
  const mounted = mountedFiles(model);
  const steps = answers<string, readonly string[]>();
  const stepsFrom = (file: string): readonly string[] => steps.get(file) ?? steps.of(file, () => [...runtimeTargets(model, file), ...loadedByPath(model, file), ...(mounted.get(file) ?? [])]);
  /** The files reached from some, each as it is reached: who finds what is looked for goes no further. */
  function* spread(starts: readonly string[], passes: (file: string) => boolean, isLeftOut: (file: string) => boolean): Iterable<string> {
    const reached = new Set(starts);
    const own = new Set(starts);
    // A set is walked in the order in which it grows.
    for (const file of reached) {
      yield file;
      if (passes(file) || own.has(file)) for (const next of stepsFrom(file)) if (!isLeftOut(next)) reached.add(next);
    }
  }
  const mocksOf = new Map(tests.flatMap((test) => {
    const mocked = mockedFiles(model, test);
    return mocked.size > 0 ? [[test, mocked] as const] : [];
  }));
  // Tests that mock nothing share one walk.
  const reachedBy = (passes: (file: string) => boolean): ReadonlySet<string> => {
    const shared = new Set(spread(tests.filter((test) => !mocksOf.has(test)), passes, () => false));
    const all = new Set(shared);
    // What such a walk has reached leads to nothing else.
    for (const [test, mocked] of mocksOf) for (const file of spread([test], passes, (next) => mocked.has(next) || shared.has(next))) all.add(file);
    return all;
  };
  const walkFrom = (test: string, passes: (file: string) => boolean = () => true): Iterable<string> => spread([test], passes, (file) => mocksOf.get(test)?.has(file) === true);
  const walks = (passes?: (file: string) => boolean) => {
    const each = answers<string, ReadonlySet<string>>();
    return (test: string): ReadonlySet<string> => each.of(test, () => new Set(walkFrom(test, passes)));
  };
  const isInside = (file: string): boolean => !isOutside(model, file);
  const from = walks();
  const unit = lazily(() => reachedBy(isInside));
  const any = lazily(() => reachedBy(() => true));
  const importers = lazily(() => importersByFile(model, tests));
  // `rename.usecase.test.ts` tests the use case that it is called after, also where it asks a container for it.
  const namesakes = lazily(() => groupBy(tests, stemOf));
  // Most tests are known by the first few files: all that a test runs is gone through and kept only where that is asked.
  const outside = lazily(() => tests.filter((test) => !runsOneOf(walkFrom(test), (file) => !isTestCode(model, file)) && makesRequests(model, from(test))));
  return {
    tests,
    get fromOutside() {
      return outside();
    },
    isUnitTested: (file) => unit().has(file) || (namesakes().get(stemOf(file)) ?? []).some((test) => runsOneOf(walkFrom(test), (one) => one === file)),
    isReached: (file) => any().has(file),
    importersOf: (file) => importers().get(file) ?? [],
    from,
    alone: walks(isInside),
  };
}

function runsOneOf(files: Iterable<string>, isWanted: (file: string) => boolean): boolean {
  for (const file of files) if (isWanted(file)) return true;
  return false;
}

/** What a file and its test are both called. */
function stemOf(file: string): string {
  return baseName(file).replace(/(?:[.-](?:unit|int|integration))?[.-](?:test|spec)(?=\.[cm]?[jt]sx?$)/i, "").replace(/\.[cm]?[jt]sx?$/, "").toLowerCase();
}

function importersByFile(model: ProjectModel, tests: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>();
  for (const test of tests)
    for (const file of new Set(runtimeTargets(model, test))) {
      const known = importers.get(file) ?? [];
      if (known.length === 0) importers.set(file, known);
      known.push(test);
    }
  return importers;
}

function isTestFile(model: ProjectModel, file: string): boolean {
  return isTestCode(model, file) && testCases(model, file).some(({ kind }) => kind === "test");
}

function isTestCode(model: ProjectModel, file: string): boolean {
  return roleOf(file) === "test" || model.layerOf(file).layer === "tests";
}

/** Whether one of the files has a client for requests. */
function makesRequests(model: ProjectModel, files: ReadonlySet<string>): boolean {
  return [...files].some((file) => model.facts(file).imports.some(({ specifier }) => /^(supertest|axios|got|ky|undici|node-fetch|superagent|pactum|chai-http|@playwright\/test)$/.test(specifier ?? "")) || model.values.index(file).calls.some(({ node: { callee } }) => callee.kind === "name" && callee.name === "fetch"));
}

/** What is behind the api layer or the composition root is not reached by itself. */
function isOutside(model: ProjectModel, file: string): boolean {
  const { layer, guessed } = model.layerOf(file);
  return layer === "api" || (layer === "composition" && !guessed);
}

/**
 * The files that an import runs: those that declare the imported names, not the barrels between. A class that only
 * decorator metadata needs is made by the container: of NestJS, where a module or a test lists it.
 */
function runtimeTargets(model: ProjectModel, file: string): string[] {
  const isOfNest = model.facts(file).imports.some(({ specifier }) => specifier?.startsWith("@nestjs/") === true);
  const isRun = (kind: EdgeKind): boolean => kind === "runtime" || (kind === "metadata" && !isOfNest);
  return model.edgesFrom(file).flatMap(({ kind, target, names }) => {
    if (!isRun(kind) || target.kind !== "file") return [];
    if (names.length === 0) return [target.file];
    return names.flatMap(({ kind: use, declaration }) => {
      if (!isRun(use)) return [];
      return declaration.kind === "binding" || declaration.kind === "default" ? [declaration.file] : [target.file];
    });
  });
}

const folderLoaders = /autoload|glob|require-(all|dir)|import-all|^awilix$/;
/** Containers that make the classes which a file of data names: what they make can be any class of the package. */
const fileContainers = /^node-dependency-injection$/;

/** Files that a path names (`join(here, "../src/app.ts")`), and whole folders where something loads them. */
function loadedByPath(model: ProjectModel, file: string): string[] {
  const { imports } = model.facts(file);
  // `readdirSync(folder)` and `import(`./${name}`)` do what a package for that does.
  const loadsFolders = imports.some(({ specifier }) => folderLoaders.test(specifier ?? "")) || (imports.some(({ specifier }) => specifier === undefined) && model.values.index(file).calls.some(({ node }) => /^(readdir|readdirSync|globSync|glob)$/.test(lastName(node.callee))));
  if (imports.some(({ specifier }) => fileContainers.test(specifier ?? "")) && model.values.index(file).calls.some(({ node }) => /FileLoader$/.test(lastName(node.callee)))) return [...model.filesOf(model.packageOf(file))];
  if (!loadsFolders && !isTestCode(model, file)) return [];
  return model.values.index(file).calls.flatMap(({ node: { callee, arguments: given } }) => {
    const name = lastName(callee);
    const isPattern = loadsFolders && /^(sync|glob|globSync|loadModules)$/.test(name);
    if (!isPattern && !/^(join|resolve|URL)$/.test(name)) return [];
    const parts = isPattern ? given.flatMap(patternsOf).slice(0, 1) : given.flatMap((part) => (part.kind === "literal" && typeof part.value === "string" ? [part.value] : []));
    if (parts.length === 0) return [];
    const path = joinPath(folderOf(file), ...parts);
    const named = [path, `${path}.ts`, `${path}.js`, path.replace(/\.js$/, ".ts")].find((one) => model.has(one));
    if (named !== undefined) return [named];
    // Patterns are seen from the file, or from where the package is started.
    const places = isPattern ? [path, joinPath(model.packageOf(file).folder, ...parts)] : [path];
    return loadsFolders ? model.files.filter((one) => places.some((place) => place !== "" && isWithin(place, one))) : [];
  });
}

/** The folder that a pattern begins with: `__dirname + "/**\/*.route.*"`, `["services/*.js"]`. */
function patternsOf(pattern: Expression): readonly string[] {
  if (pattern.kind === "array") return pattern.elements.flatMap(patternsOf);
  const text = pattern.kind === "literal" && typeof pattern.value === "string" ? pattern.value : pattern.kind === "template" ? pattern.texts.join("") : pattern.kind === "binary" ? [pattern.left, pattern.right].flatMap(patternsOf).join("") : "";
  return text === "" ? [] : [text.replace(/\*[^]*$/, "").replace(/[^/]*$/, "").replace(/^\//, "")];
}

/** The files of routes by the file that mounts them, also where a folder is loaded as a whole. */
function mountedFiles(model: ProjectModel): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, string[]>();
  for (const route of model.routes.routes)
    for (const { file } of route.mounts) {
      const known = files.get(file) ?? [];
      if (known.length === 0) files.set(file, known);
      known.push(route.file);
    }
  return files;
}

/** The files that `vi.mock("…")` and its like put something else in place of, and those of classes that a test provides something else for. */
function mockedFiles(model: ProjectModel, test: string): ReadonlySet<string> {
  const mocked = new Set(replacedClasses(model, test));
  for (const { node } of model.values.index(model.has(test) ? test : "").calls) {
    const [first] = node.arguments;
    if (node.kind !== "call" || node.callee.kind !== "member" || !/^(mock|doMock|unstable_mockModule|mockModule|module)$/.test(node.callee.property)) continue;
    const specifier = first?.kind === "import" ? first.argument : first;
    if (specifier?.kind !== "literal" || typeof specifier.value !== "string" || callsActual(node.arguments)) continue;
    const target = model.resolve(test, specifier.value);
    if (target.kind === "file") mocked.add(target.file);
  }
  return mocked;
}

/** Classes in whose place a test of NestJS puts something else: `{ provide: Mailer, useValue }`, `overrideProvider(Mailer)`. */
function replacedClasses(model: ProjectModel, test: string): string[] {
  if (!model.has(test)) return [];
  const replaced = model.values.index(test).calls.flatMap(({ node }) => {
    if (lastName(node.callee) === "overrideProvider") return node.arguments.slice(0, 1);
    const [options] = node.arguments;
    return options?.kind === "object" ? providedOtherwise(options) : [];
  });
  return replaced.flatMap((token) => (token.kind === "name" && token.binding !== undefined ? [model.declarationOfBinding(test, token.binding)] : [])).flatMap((declaration) => (declaration.kind === "binding" || declaration.kind === "default" ? [declaration.file] : []));
}

/** The tokens of the `providers` of a testing module that are not made from the class of that name. */
function providedOtherwise(options: Extract<Expression, { kind: "object" }>): Expression[] {
  const member = (node: Expression, key: string): Expression | undefined => {
    const found = node.kind === "object" ? node.members.find((one) => one.kind === "property" && one.key === key) : undefined;
    return found?.kind === "property" ? found.value : undefined;
  };
  const providers = member(options, "providers");
  if (providers?.kind !== "array") return [];
  return providers.elements.flatMap((element) => {
    const token = member(element, "provide");
    return token !== undefined && ["useValue", "useFactory", "useClass"].some((key) => member(element, key) !== undefined) ? [token] : [];
  });
}

/** `vi.mock("x", async (original) => ({ ...(await original()), one: vi.fn() }))` keeps the rest; `{ spy: true }` keeps all. */
function callsActual(given: readonly { readonly kind: string }[]): boolean {
  const text = JSON.stringify(given[1] ?? {});
  return /"(importActual|requireActual|spy)"|importOriginal|"original"|"actual"/.test(text);
}
