import { oncePer } from "../../base/once-per.js";
import { wordTable } from "../../base/word-table.js";
import { baseName, folderOf, isSourceFile, isWithin, joinPath } from "../../base/paths.js";
import { type Command, everyCommand } from "../commands/expand.js";
import { findDependency, findScript } from "../readers/manifest.js";
import { listPackages, packageAround, type RepoPackage } from "../readers/packages.js";
import { strictness } from "../readers/tsconfig.js";
import type { RepoView } from "../repo-view.js";
import { findMigrations } from "../schema/migrations.js";
import { listPrismaSchemas } from "../schema/prisma-files.js";
import { isOfDocuments } from "../schema/prisma-tables.js";
import { choices, interfacePackages, type StackSlot } from "./choices.js";
import { choicesOf, doubledChoices, fileStart, type FoundChoice, merged, type SlotState, slotState } from "./slot.js";
import { checksTypes, namedByRunner, runsProgram, servesPackage } from "./tooling.js";

/** What frameworks bring along, by slot. Source: their documentation of validation, logging and configuration. */
const brought: Readonly<Record<string, Partial<Record<StackSlot, string>>>> = wordTable({
  Fastify: { validation: "Fastify schemas", logger: "Fastify logger" },
  Elysia: { validation: "Elysia schemas" },
  AdonisJS: { validation: "AdonisJS validator", logger: "AdonisJS logger", settings: "AdonisJS env", testRunner: "Japa" },
  LoopBack: { validation: "LoopBack schemas" },
  Moleculer: { validation: "Moleculer validator", logger: "Moleculer logger" },
  "Ts.ED": { validation: "Ts.ED schemas", logger: "Ts.ED logger" },
  Feathers: { validation: "Feathers schemas" },
  Sails: { logger: "Sails logger" },
  Midway: { validation: "Midway validator", logger: "Midway logger" },
  "Apollo Server": { validation: "GraphQL schema" },
  "GraphQL Yoga": { validation: "GraphQL schema", logger: "Yoga logger" },
});

const runtimeFields = ["dependencies", "optionalDependencies"];
/** Scripts that run a file again when it changes, as opposed to those that build it. */
const runsCode = /(^|[\s/])(tsx|ts-node|ts-node-dev|nodemon|node|bun|deno|vite-node|wrangler dev|nest start)\s(?!.*\b(tsc|tsup|tsdown|rollup|esbuild)\b)/;
const testFile = /(^|\/)(tests?|__tests__|e2e|specs?|__mocks__|fixtures?|examples?)\/|\.(test|spec|e2e-spec|e2e|bench)\.[cm]?[jt]sx?$/;
/** Where Nest puts the environment through a schema: a validator there does the work of the settings slot. */
const registersSettings = /\bConfigModule\s*\.\s*forRoot(Async)?\(/;
/** What a file hands its schemas to when another library asks for those of its own choice. */
const asksForSchemas = /from ["'](@modelcontextprotocol\/[^"']*|ai)["']/;
const settingsFile = /(^|\/)(config|configs|configuration|env|environment|settings)(\/|\.[cm]?[jt]s$)|\.(config|env)\.[cm]?[jt]s$/i;

const of = (slot: StackSlot) => choices.filter((choice) => choice.slot === slot);

/** What sites of documentation are made with: some of them keep what they search in a database. */
const documentationPackages = ["docus", "vitepress", "vuepress", "@docusaurus/core", "nextra", "fumadocs-core", "@astrojs/starlight", "mintlify"];

/** Whether a package is a backend that somebody starts, as opposed to a library or a user interface. */
export function isBackend(repo: RepoView, application: RepoPackage): boolean {
  const { folder, manifest } = application;
  if (/(^|\/)(?:[\w-]*(?:e2e|tests?)|fixtures?)(?:\/|$)/.test(folder)) return false;
  if (/(^|\/)(?:docs?|documentation)$/.test(folder) || documentationPackages.some((name) => findDependency(manifest, name) !== undefined)) return false;
  // `build/package.json` is what a tool has made of the one around it.
  if (/(^|\/)(?:build|dist|out)$/.test(folder) && listPackages(repo).some((one) => one.folder === folderOf(folder) && one.manifest.name === manifest.name)) return false;
  const frameworks = choicesOf(manifest, of("framework"), runtimeFields).map(({ name }) => name);
  if (frameworks.length === 0) return false;
  const hasServer = frameworks.some((name) => of("framework").find((choice) => choice.name === name)?.group !== undefined);
  const hasInterface = interfacePackages.some((name) => findDependency(manifest, name) !== undefined);
  // A user interface that is served with its own functions is a backend when it keeps data.
  if ((!hasServer || hasInterface) && !workspaceClosure(repo, application).some((one) => choicesOf(one.manifest, of("dataAccess"), runtimeFields).length > 0)) return false;
  // What others of the repository depend on is a library, unless it is started: they may take the types of its routes.
  const isUsed = listPackages(repo).some((one) => manifest.name !== undefined && findDependency(one.manifest, manifest.name) !== undefined);
  const isLibrary = isUsed || (!manifest.private && (manifest.exports.length > 0 || manifest.bin.length > 0));
  const hasScript = (...names: readonly string[]) => names.some((name) => findScript(manifest, name) !== undefined);
  if (hasScript("start", "start:dev", "start:prod") || ["dev", "serve"].some((name) => runsCode.test(findScript(manifest, name)?.command ?? ""))) return true;
  return !isLibrary && (hasScript("dev", "serve", "develop") || manifest.private || manifest.main !== undefined || repo.files.includes(joinPath(folder, "Dockerfile")));
}

/** The slots that a backend fills itself. */
export function applicationSlots(repo: RepoView, application: RepoPackage): SlotState[] {
  const closure = workspaceClosure(repo, application);
  const sources = closure.map(({ folder }) => folder);
  const isInUse = (choice: FoundChoice, slot: StackSlot) => {
    const { packages = [], export: part } = of(slot).find(({ name }) => name === choice.name) ?? {};
    return part === undefined || sourcesIn(repo, sources).some((file) => takes(repo.read(file) ?? "", packages, part));
  };
  const found = (slot: StackSlot) => merged(closure.flatMap(({ manifest }) => choicesOf(manifest, of(slot), runtimeFields))).filter((choice) => isInUse(choice, slot));
  // Code of the members of a workspace runs with what its root depends on, and the other way round.
  const members = application.workspace === application.folder ? listPackages(repo).filter((one) => one !== application && one.workspace === application.folder) : [];
  const ofMembers = (slot: StackSlot) => merged(members.flatMap(({ manifest }) => choicesOf(manifest, of(slot), runtimeFields)));
  const frameworks = choicesOf(application.manifest, of("framework"), runtimeFields);
  const bring = (slot: StackSlot): FoundChoice[] => frameworks.flatMap(({ name, evidence }) => {
    const own = brought[name]?.[slot];
    return own === undefined ? [] : [{ name: own, evidence }];
  });
  const single = (slot: StackSlot, more: readonly FoundChoice[] = []) => {
    const all = found(slot);
    return slotState(slot, all.length > 0 ? all : [...ofMembers(slot), ...more, ...bring(slot)], usedTwice(repo, slot, doubledChoices(all, of(slot)), sources));
  };
  const dataAccess = single("dataAccess");
  return [
    slotState("framework", frameworks, usedTwice(repo, "framework", doubledChoices(frameworks, of("framework")), sources)),
    single("validation"),
    dataAccess.state === "empty" ? { ...dataAccess, state: "not-needed" } : dataAccess,
    migrationsSlot(repo, dataAccess, sources, application.workspace),
    single("logger", [...nestLogger(repo, application), ...ownLogger(repo, sources), ...closure.flatMap(sharedLogger)]),
    single("settings", schemaOverEnvironment(repo, sources, found("validation"))),
    typeCheckSlot(repo, application),
    testRunnerSlot(repo, application),
  ];
}

/** The package with those of the workspace that it depends on, directly or not. */
function workspaceClosure(repo: RepoView, application: RepoPackage): RepoPackage[] {
  const byName = new Map(listPackages(repo).map((one) => [one.manifest.name, one]));
  const closure = new Set([application]);
  for (const { manifest } of closure) {
    for (const { name, field } of manifest.dependencies) {
      const other = byName.get(name);
      if (other !== undefined && field !== "devDependencies") closure.add(other);
    }
  }
  return [...closure];
}

/** The code of folders, tests aside. */
function sourcesIn(repo: RepoView, folders: readonly string[]): string[] {
  return repo.files.filter((file) => isSourceFile(file) && !testFile.test(file) && folders.some((folder) => isWithin(folder, file)));
}

/** Of doubled choices, those that code uses for the slot's work: a package that nothing imports is no second choice. */
function usedTwice(repo: RepoView, slot: StackSlot, doubled: readonly FoundChoice[], folders: readonly string[]): FoundChoice[] {
  if (doubled.length === 0) return [];
  const interfaces = interfaceProjects(repo);
  const files = sourcesIn(repo, folders).filter((file) => !(slot === "validation" && settingsFile.test(file)) && !interfaces.some((folder) => isWithin(folder, file)));
  const used = doubled.flatMap((choice) => {
    const { packages = [], export: part } = of(slot).find(({ name }) => name === choice.name) ?? {};
    const importing = files.filter((file) => {
      const text = repo.read(file) ?? "";
      return importsAny(text, packages) && !(slot === "validation" && takesErrorsAlone(text, packages)) && !(slot === "validation" && (registersSettings.test(text) || asksForSchemas.test(text))) && (part === undefined || takes(text, packages, part));
    });
    const [first] = importing;
    return first === undefined ? [] : [{ name: choice.name, evidence: [...choice.evidence, { file: first, range: fileStart, what: `${importing.length} ${importing.length === 1 ? "file imports" : "files import"} it` }] }];
  });
  return used.length > 1 ? used : [];
}

/** Whether all that a text takes of packages are their errors, which a filter tells from others: `import { ZodError } from "zod"`. */
function takesErrorsAlone(text: string, packages: readonly string[]): boolean {
  return [...text.matchAll(/import\s*(?:type\s*)?\{([^{}]{1,400})\}\s*from\s*["']([^"']+)["']/g)].some(([, names = "", from = ""]) => packages.includes(from) && names.split(",").every((name) => /^\s*(?:type\s+)?(?:\w*Error|\w*Issue)?\s*$/.test(name)));
}

/** The projects of an Nx workspace that is one package which hold a user interface: what they use is no choice of the backend beside them. */
const interfaceProjects = oncePer((repo: RepoView): readonly string[] => {
  const projects = repo.files.filter((file) => baseName(file) === "project.json").map(folderOf).filter((folder) => folder !== "");
  return projects.filter((folder) => sourcesIn(repo, [folder]).some((file) => importsAny(repo.read(file) ?? "", interfacePackages)));
});

/** Whether a text imports one of the packages or a subpath of it. */
function importsAny(text: string, packages: readonly string[]): boolean {
  return packages.some((name) => [`"${name}"`, `'${name}'`, `"${name}/`, `'${name}/`].some((quoted) => {
    const at = text.indexOf(quoted);
    return at !== -1 && /(from|import|require)\s*\(?\s*$/.test(text.slice(Math.max(0, at - 20), at));
  }));
}

/** Whether a text takes a part of one of the packages: by its name, from a subpath that is called so, or as a member that it calls. */
function takes(text: string, packages: readonly string[], part: string): boolean {
  return packages.some((name) => {
    if (name.toLowerCase().endsWith(`/${part.toLowerCase()}`)) return importsAny(text, [name]);
    const at = Math.max(text.indexOf(`from "${name}"`), text.indexOf(`from '${name}'`));
    const named = at === -1 ? "" : text.slice(text.lastIndexOf("import", at), at);
    return text.includes(`${name}/${part}`) || named.toLowerCase().includes(part.toLowerCase()) || (text.includes(`.${part}(`) && importsAny(text, [name]));
  });
}

/** A validator that a settings file puts the environment through fills the slot as a library for it would. */
function schemaOverEnvironment(repo: RepoView, folders: readonly string[], validators: readonly FoundChoice[]): FoundChoice[] {
  const files = sourcesIn(repo, folders).filter((file) => settingsFile.test(file) || /(env|config|settings)[^/]*$/i.test(file));
  return validators.flatMap(({ name }) => {
    const packages = of("validation").find((choice) => choice.name === name)?.packages ?? [];
    const file = files.find((one) => {
      const text = repo.read(one) ?? "";
      return text.includes("process.env") && importsAny(text, packages);
    });
    return file === undefined ? [] : [{ name: `${name} over the environment`, evidence: [{ file, range: fileStart, what: `import of ${name} beside process.env` }] }];
  });
}

/** Nest's own logger counts once code uses it. */
function nestLogger(repo: RepoView, { folder, manifest }: RepoPackage): FoundChoice[] {
  if (findDependency(manifest, "@nestjs/core") === undefined) return [];
  const file = repo.files.find((one) => isSourceFile(one) && isWithin(folder, one) && !testFile.test(one) && /\b(Logger|ConsoleLogger)\b[^;]{0,400}?from ["']@nestjs\/common["']/.test(repo.read(one) ?? ""));
  return file === undefined ? [] : [{ name: "Nest Logger", evidence: [{ file, range: fileStart, what: "import of Logger" }] }];
}

/** A logger of the project's own that writes each record as JSON, by its file: log stores search that as they do a library's. */
function ownLogger(repo: RepoView, folders: readonly string[]): FoundChoice[] {
  const file = sourcesIn(repo, folders).find((one) => {
    if (!/^(log|logger|logging)\.[cm]?[jt]s$/.test(baseName(one))) return false;
    const text = repo.read(one) ?? "";
    return text.includes("JSON.stringify(") && /\bconsole\.|\bstdout\.write\(/.test(text);
  });
  return file === undefined ? [] : [{ name: "own JSON logger", evidence: [{ file, range: fileStart, what: "JSON.stringify of what it logs" }] }];
}

/** The logger of a company or a family of packages, which is called what it is: `@acme/logger`, `@acme/node-logging`. */
function sharedLogger({ manifest }: RepoPackage): FoundChoice[] {
  return manifest.dependencies.flatMap(({ name, range, field }) => (field !== "devDependencies" && /^@(?!types\/).*[/-]logg(?:er|ing)$/.test(name) ? [{ name, evidence: [{ file: manifest.file, range, what: name }] }] : []));
}

/** Data access of a SQL store calls for migrations; of others it does not. A workspace may keep those of its backends at its root. */
function migrationsSlot(repo: RepoView, { choices: stores }: SlotState, folders: readonly string[], workspace: string | undefined): SlotState {
  const slot = "migrations";
  const schemas = listPrismaSchemas(repo).filter(({ folder }) => folders.some((one) => isWithin(one, folder)));
  const keepsDocuments = schemas.length > 0 && schemas.every((schema) => isOfDocuments(schema));
  const relational = stores.filter(({ name }) => of("dataAccess").find((choice) => choice.name === name)?.group === "sql" && !(name === "Prisma" && keepsDocuments));
  const places = relational.length > 0 && workspace !== undefined ? [...folders, workspace] : folders;
  const found = findMigrations(repo).filter(({ folder }) => places.some((one) => packageAround(repo, `${folder}/x`)?.folder === one));
  const named = merged(found.map(({ tool, folder, files }) => ({ name: tool, evidence: [{ file: files[0] ?? folder, range: fileStart, what: `${files.length} in ${folder}` }] })));
  if (named.length === 0) return { slot, state: relational.length > 0 ? "empty" : "not-needed", choices: [] };
  // SQL files of another store, or the down half of the same tool, are no second tool.
  const tools = named.filter(({ name }) => name !== "sql" && name !== "code" && name !== "migrate-mongo");
  return tools.length > 1 ? { slot, state: "doubled", choices: tools } : { slot, state: "filled", choices: named };
}

/** Types are checked by a command, in strict mode. A package without TypeScript has nothing to check. */
function typeCheckSlot(repo: RepoView, application: RepoPackage): SlotState {
  const slot = "typeCheck";
  const { folder } = application;
  if (!repo.files.some((file) => isWithin(folder, file) && /\.[cm]?tsx?$/.test(file))) return { slot, state: "not-needed", choices: [], reason: "no TypeScript" };
  const mode = strictness(repo, folder);
  if (mode === undefined) return { slot, state: "empty", choices: [], reason: "no tsconfig.json" };
  const evidence = { file: mode.file, range: mode.range, what: "tsconfig" };
  if (mode.strict === undefined) return { slot, state: "unknown", choices: [{ name: "tsconfig", evidence: [evidence] }], reason: "the base of the tsconfig is not in the repository" };
  if (!mode.strict) return { slot, state: "weak", choices: [{ name: "tsconfig", evidence: [evidence] }] };
  const command = everyCommand(repo).find((one) => checksTypes(one) && (servesPackage(one.folder, application) || isWithin(folder, one.folder)));
  if (command === undefined) return { slot, state: "idle", choices: [{ name: "TypeScript", evidence: [evidence] }] };
  return { slot, state: "filled", choices: [{ name: command.name, evidence: [evidence, ...command.via.slice(-1).map(({ file, range, name }) => ({ file, range, what: `script ${name}` }))] }] };
}

function testRunnerSlot(repo: RepoView, application: RepoPackage): SlotState {
  const slot = "testRunner";
  const home = listPackages(repo).find(({ folder }) => folder === application.workspace) ?? application;
  const packages = [...new Set([application, home])];
  const commands = everyCommand(repo).filter(({ folder }) => servesPackage(folder, application) || isWithin(application.folder, folder));
  const there = merged(packages.flatMap(({ manifest }) => choicesOf(manifest, of(slot), ["dependencies", "devDependencies"])));
  const run = there.filter(({ name }) => {
    const choice = of(slot).find((one) => one.name === name);
    return commands.some((command) => runsProgram(command.name, choice?.programs ?? [])) || namedByRunner(repo, home.folder, choice) || startedByCode(repo, application, choice?.packages ?? []);
  });
  const twice = doubledChoices(run, of(slot)).filter(({ evidence }) => evidence.some(({ file }) => file === application.manifest.file));
  if (twice.length > 1) return { slot, state: "doubled", choices: twice };
  const all = [...run, ...builtInRunners(commands), ...choicesOf(application.manifest, of("framework"), runtimeFields).flatMap(({ name, evidence }) => {
    const own = brought[name]?.testRunner;
    return own === undefined ? [] : [{ name: own, evidence }];
  })];
  if (all.length > 0) return { slot, state: "filled", choices: all };
  return { slot, state: there.length > 0 ? "idle" : "empty", choices: there };
}

/** Whether a program of the package's own runs its tests: `new Mocha().addFile(file)`. */
function startedByCode(repo: RepoView, { folder }: RepoPackage, packages: readonly string[]): boolean {
  const files = repo.files.filter((file) => isWithin(folder, file) && /(?:^|\/)(?:tests?|scripts?|run-?tests?|index|runner)\.[cm]?[jt]s$/.test(file));
  return files.some((file) => {
    const text = repo.read(file) ?? "";
    return /\bnew Mocha\(|\b(?:startVitest|runCLI)\(/.test(text) && importsAny(text, packages);
  });
}

/** The runners of Node, bun and deno, once for each. */
function builtInRunners(commands: readonly Command[]): FoundChoice[] {
  return merged(commands.flatMap(({ name, args, via }) => {
    const isNode = ["node", "tsx", "ts-node"].includes(name) && args.some((word) => word === "--test" || word.startsWith("--test-"));
    const runner = isNode ? "node:test" : (name === "bun" || name === "deno") && args[0] === "test" ? `${name} test` : undefined;
    return runner === undefined ? [] : [{ name: runner, evidence: via.slice(-1).map((step) => ({ file: step.file, range: step.range, what: `script ${step.name}` })) }];
  }));
}
