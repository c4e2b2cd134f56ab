import { baseName, folderOf, isDeclarationFile } from "../base/paths.js";
import { splitWords } from "../base/words.js";
import { compositionNames, innerFolders, layerDecorators, layerFolders, layerSuffixes, modelDecorators, type NamedLayer, vagueFolders, vagueSuffixes, wholeNames, wiringFolders } from "../catalogue/lexicon/layers.js";
import type { FileFacts } from "../facts/facts.js";
import type { ClassNode, Decorator } from "../facts/syntax.js";
import { entriesOf } from "./entries/gather.js";
import { byBaseClass, importsDataAccess, isFrontend, isOutward, makesApplication, makesClient, reachesOut, usesStore } from "./layer-content.js";
import type { LayerVerdict, ProjectModel } from "./project-model.js";

const byFolder = inverted(layerFolders);
const bySuffix = inverted(layerSuffixes);
const unknown: LayerVerdict = { layer: undefined, evidence: [] };

/** Decides a file's layer: settings first, then tests and migrations by path, then base classes, decorators, name, folders and content. */
export function inferLayer(model: ProjectModel, file: string): LayerVerdict {
  const set = model.options.layerOf(file);
  if (set) return { layer: set.layer, ...(set.custom !== undefined && { custom: set.custom }), evidence: [`setting ${set.setting}`] };
  if (isDeclarationFile(file)) return unknown;
  const path = pathInPackage(model, file);
  const aside = besideTheApplication(path);
  if (aside) return aside;
  const facts = model.facts(file);
  if (isFrontend(model, file, path)) return { layer: undefined, evidence: ["user interface"] };
  // A mapper knows both sides of the border it lies on.
  if (/mapper\.[cm]?[jt]s$/i.test(path)) return { layer: undefined, evidence: ["a mapper between layers"] };
  const suffix = bySuffixOf(model, file, path);
  const base = byBaseClass(model, file, /(controller|service|resolver|gateway)/i.test(baseName(path)));
  if (base) return base;
  const folder = byFolderOf(model, file, path);
  // `domain/user.errors.ts` is of the domain, `routes/settings.ts` of api: such names say less than the folder of a layer.
  const named = (suffix?.layer === "shared" && byFolder.has(folderWord(baseName(folderOf(path))))) || (suffix?.layer === "settings" && folder?.layer === "api") ? (folder ?? suffix) : suffix;
  const explicit = byDecorator(model, file, path, suffix) ?? named ?? byName(model, file, path);
  const entered = explicit === undefined || explicit.layer === "service" || explicit.layer === "shared" ? byEntries(model, file) : undefined;
  if (entered && (explicit === undefined || entered.most)) return { layer: "api", evidence: entered.evidence };
  return explicit ?? folder ?? byContent(facts) ?? unknown;
}

/** The path below the package: names of the packages themselves say nothing (`services/api/src/…`). */
function pathInPackage(model: ProjectModel, file: string): string {
  const unit = model.packageOf(file);
  return unit && unit.folder !== "" ? file.slice(unit.folder.length + 1) : file;
}

function besideTheApplication(path: string): LayerVerdict | undefined {
  if (/\.(test|spec|e2e|e2e-spec|integration|cy|stories)(-spec)?\.[cm]?[jt]sx?$/.test(path)) return { layer: "tests", evidence: ["test file by its name"] };
  for (const folder of path.split("/").slice(0, -1)) {
    const layer = byFolder.get(folderWord(folder));
    if (layer === "tests" || layer === "migrations") return { layer, evidence: [`folder ${folder}/`] };
  }
  if (/^(?:\d[\w.]{0,15}-)?\d{8,}[-_]/.test(baseName(path))) return { layer: "migrations", evidence: ["a name that begins with a timestamp"] };
  if (/^(vitest|jest|playwright|cypress|eslint|prettier|commitlint|tsup|webpack|rollup|vite|babel|drizzle|prisma|knexfile|next|nuxt|tailwind|postcss|lint-staged|ormconfig|mikro-orm)[\w.-]*\.config\.[cm]?[jt]s$|^(ormconfig|knexfile|gulpfile|Gruntfile|package-scripts)\.[cm]?[jt]s$|^\.[\w.-]+$/.test(path)) return { layer: undefined, evidence: ["configuration of a tool"] };
  return undefined;
}

function byDecorator(model: ProjectModel, file: string, path: string, suffix: LayerVerdict | undefined): LayerVerdict | undefined {
  for (const statement of model.facts(file).body) {
    if (statement.kind !== "class") continue;
    for (const decorator of statement.class.decorators ?? []) {
      const name = decoratorName(decorator);
      const layer = layerDecorators[name];
      if (!layer || (name === "Repository" && !isCalled(decorator)) || (name === "EntityRepository" && suffix?.layer === "service")) continue;
      // An entity in the folder of the domain is the domain's, with a decorator that does not belong there.
      if (modelDecorators.includes(name) && liesInDomain(model, file, path)) return { layer: "domain", evidence: ["folder domain/"] };
      return { layer, evidence: [`decorator @${name}`, ...className(statement.class)] };
    }
  }
  return undefined;
}

/** Whether the nearest folder of a layer is called `domain`, and is one of a layer: a feature that is called so has controllers. */
function liesInDomain(model: ProjectModel, file: string, path: string): boolean {
  const at = path.split("/").lastIndexOf("domain");
  return at !== -1 && !model.filesIn(folderOf(file)).some((other) => /[.-](controller|service|module|repository|resolver)\.[cm]?[jt]s$/.test(other));
}

/** `users.controller.ts`, `user-repository.ts`, `userService.ts`, `UserService.ts`. */
function bySuffixOf(model: ProjectModel, file: string, path: string): LayerVerdict | undefined {
  const name = baseName(path).replace(/\.[cm]?[jt]sx?$/, "");
  const parts = name.split(/[.\-_]/);
  const dotted = name.includes(".") ? name.slice(name.lastIndexOf(".") + 1) : undefined;
  const joinedEnd = parts.length > 1 ? parts.slice(-2).join("") : undefined;
  const whole = parts.length === 1 && wholeNames.includes(singular(name.toLowerCase())) ? name : undefined;
  for (const candidate of [dotted, joinedEnd, whole, parts.length > 1 ? parts.at(-1) : undefined, parts.length === 1 ? lastWord(name) : undefined]) {
    if (candidate === undefined) continue;
    const word = singular(candidate.toLowerCase());
    const layer = bySuffix.get(word) ?? bySuffix.get(candidate.toLowerCase());
    if (layer === undefined) continue;
    const evidence = [`name ${baseName(path)}`];
    if (word === "decorator" && readsRequests(model.facts(file))) return { layer: "api", evidence: [...evidence, "makes decorators of handler parameters"] };
    // `application/user.dto.ts` is a contract of the service.
    if (word === "dto") return byFolderOf(model, file, path) ?? { layer, evidence };
    if (word === "store") return usesStore(model, file) ? { layer, evidence } : undefined;
    // `error-filter.ts` may filter anything; `http-exception.filter.ts` follows the convention.
    if (candidate !== dotted && vagueSuffixes.includes(word) && !isOutward(model.facts(file))) return undefined;
    // `find-all-entities.ts`, `retry-policy.ts`: only `user.policy.ts` follows a convention.
    if (candidate !== dotted && layer === "domain" && (candidate.toLowerCase() !== word || word === "policy" || word === "specification")) return undefined;
    // Entities that an ORM maps are of the repository layer, wherever the domain is not a folder of its own.
    if (word === "entity" && importsDataAccess(model.facts(file)) && !liesInDomain(model, file, path)) return { layer: "repository", evidence: [...evidence, "imports a data-access package"] };
    return { layer, evidence };
  }
  return undefined;
}

/** Whether a file makes decorators that give a handler's parameters what a request holds. */
function readsRequests(facts: FileFacts): boolean {
  return facts.imports.some(({ specifier, names }) => specifier === "@nestjs/common" && names.some(({ imported }) => imported === "createParamDecorator"));
}

function byName(model: ProjectModel, file: string, path: string): LayerVerdict | undefined {
  const { body, exports } = model.facts(file);
  const name = baseName(path).replace(/\.[cm]?[jt]sx?$/, "").toLowerCase();
  const depth = path.split("/").length - 1;
  const startsSomething = body.some((statement) => statement.kind === "expression" && statement.value.kind !== "assign");
  const library = model.packageOf(file).kind === "library";
  const outermost = startsSomething ? depth <= 1 || (depth === 2 && path.startsWith("src/")) : depth <= 1 && !library;
  if (compositionNames.includes(name) && outermost) return { layer: "composition", evidence: [`name ${baseName(path)}`] };
  if (name === "index" && depth <= 1 && startsSomething && exports.length <= 1) return { layer: "composition", evidence: [`name ${baseName(path)}`, "runs at load"] };
  return undefined;
}

/** Whether the outside reaches code of the file: consumers, jobs, resolvers and commands are no services, whatever they are called. */
function byEntries(model: ProjectModel, file: string): { readonly most: boolean; readonly evidence: readonly string[] } | undefined {
  // A file that only registers handlers of other files puts the application together.
  const own = entriesOf(model).of(file).filter(({ handler }) => handler?.file === file);
  const [first] = own;
  if (!first) return undefined;
  const handled = new Set(own.map(({ handler }) => handler?.node));
  const methods = model.values.index(file).classes.flatMap(({ members }) => members.flatMap((member) => (member.kind === "method" && member.access === undefined && !member.static && member.name !== "constructor" ? [member.function] : [])));
  // A service with one listener among its operations is a service; one of listeners alone is not.
  return { most: methods.length > 0 && methods.filter((method) => handled.has(method)).length * 2 > methods.length, evidence: [`${first.kind} entry point of ${first.library}`] };
}

/** The folder nearest to the file that names a layer; below one of shared code, what lies further out does not count. */
function byFolderOf(model: ProjectModel, file: string, path: string): LayerVerdict | undefined {
  const folders = path.split("/").slice(0, -1);
  for (let at = folders.length - 1; at >= 0; at--) {
    const folder = folders[at] ?? "";
    const word = folderWord(folder);
    const layer = byFolder.get(word);
    if (layer === undefined) continue;
    const evidence = [`folder ${folder}/`];
    // Inside shared code, folders called `application`, `core` or `models` hold its own kernel.
    const inShared = folders.slice(0, at).some((outer) => byFolder.get(folderWord(outer)) === "shared");
    if (inShared && (layer === "service" || layer === "domain" || layer === "composition" || (word === "model" && !holdsPersistence(model, file)))) return { layer: "shared", evidence: [`folder ${folders.slice(0, at + 1).join("/")}/`] };
    // `models/plugins/` is of the models; only `src/plugins/` puts an application together.
    if (layer === "composition" && at > 1 && !wiringFolders.includes(word)) continue;
    if (innerFolders.includes(word) && folders.slice(0, at).some((outer) => /^(routes?|routers?|controllers?|resolvers?|endpoints?)$/i.test(outer))) continue;
    // `application/dtos/` holds the contracts of the services, `users/dto/` those of the api.
    if (word === "dto") {
      const outer = folders.slice(0, at).map((name) => byFolder.get(folderWord(name))).findLast((found) => found !== undefined);
      return { layer: outer === "service" || outer === "domain" || outer === "repository" ? outer : layer, evidence };
    }
    // `models/` and `entities/` hold persistence where an ORM is imported, else the domain.
    if (word === "model" || word === "entity") return { layer: holdsPersistence(model, file) && !liesInDomain(model, file, path) ? "repository" : "domain", evidence };
    if (vagueFolders.includes(word)) {
      const verdict = byUse(model, file, word, layer, evidence);
      if (verdict === "elsewhere") continue;
      return verdict;
    }
    if (layer === "settings") return settingUp(model, file, evidence);
    return { layer, evidence };
  }
  return undefined;
}

/** What the file does decides where the folder's name may mean several things. */
function byUse(model: ProjectModel, file: string, word: string, layer: NamedLayer, evidence: readonly string[]): LayerVerdict | "elsewhere" {
  const facts = model.facts(file);
  if (layer === "shared") {
    if (word === "decorator") return isOutward(facts) ? { layer: undefined, evidence: ["decorators between layers"] } : { layer, evidence };
    if (makesApplication(facts)) return { layer: undefined, evidence: ["makes an application"] };
    // `lib/db.ts` makes the client for whoever asks; what is done with it is judged where it is done.
    if (makesClient(model, file)) return { layer: undefined, evidence: ["makes a client"] };
    // Code of every kind lies in `lib/`: what is known of it is what it does.
    return word === "tool" || usesStore(model, file) || !importsProject(model, file) ? { layer, evidence } : { layer: undefined, evidence };
  }
  if (layer === "repository") return usesStore(model, file) || importsDataAccess(facts) || reachesOut(facts) ? { layer, evidence } : "elsewhere";
  if (word === "query") return usesStore(model, file) ? { layer: "repository", evidence: [...evidence, "uses a database"] } : { layer, evidence };
  return isOutward(facts) ? { layer, evidence } : "elsewhere";
}

/** Whether a file imports code of the project from another folder. */
function importsProject(model: ProjectModel, file: string): boolean {
  return model.edgesFrom(file).some(({ target, kind }) => kind === "runtime" && target.kind === "file" && folderOf(target.file) !== folderOf(file));
}

/** Of a folder of settings: files that set something up with them are of the layer of what they set up. */
function settingUp(model: ProjectModel, file: string, evidence: readonly string[]): LayerVerdict {
  const facts = model.facts(file);
  if (facts.imports.some(({ specifier, typeOnly }) => !typeOnly && /^passport(-|$)/.test(specifier ?? ""))) return { layer: "api", evidence: [...evidence, "sets up passport"] };
  if (makesApplication(facts)) return { layer: "composition", evidence: [...evidence, "makes an application"] };
  return makesClient(model, file) ? { layer: "repository", evidence: [...evidence, "makes a client"] } : { layer: "settings", evidence };
}

function byContent(facts: FileFacts): LayerVerdict | undefined {
  if (facts.body.some((statement) => statement.kind === "class" && statement.class.name !== undefined && /Repository$/.test(statement.class.name))) return { layer: "repository", evidence: ["class …Repository"] };
  if (facts.body.some((statement) => statement.kind === "class" && statement.class.name !== undefined && /Service$/.test(statement.class.name))) return { layer: "service", evidence: ["class …Service"] };
  const web = facts.imports.find((fact) => !fact.typeOnly && fact.specifier !== undefined && /^(express|fastify|fastify-plugin|hono|koa|@koa\/router|@hapi\/hapi)$/.test(fact.specifier) && fact.names.some((name) => name.use === "value"));
  if (web) return { layer: "api", evidence: [`imports ${web.specifier ?? ""}`] };
  return importsDataAccess(facts) ? { layer: "repository", evidence: ["imports a data-access package"] } : undefined;
}

/** Whether a file of the same folder imports an ORM: a barrel beside models is one with them. */
function holdsPersistence(model: ProjectModel, file: string): boolean {
  return model.filesIn(folderOf(file)).some((other) => importsDataAccess(model.facts(other)));
}

function inverted(names: Readonly<Partial<Record<NamedLayer, readonly string[]>>>): ReadonlyMap<string, NamedLayer> {
  return new Map(Object.entries(names).flatMap(([layer, words]) => words.map((word) => [word, layer as NamedLayer] as const)));
}

function folderWord(folder: string): string {
  return byFolder.has(folder.toLowerCase()) ? folder.toLowerCase() : singular(folder.toLowerCase().replace(/[-_.]/g, ""));
}

function singular(word: string): string {
  if (byFolder.has(word)) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(ss|us)$/.test(word)) return word;
  return word.endsWith("s") ? word.slice(0, -1) : word;
}

function lastWord(name: string): string | undefined {
  const words = splitWords(name);
  return words.length > 1 ? words.at(-1) : undefined;
}

function decoratorName({ value }: Decorator): string {
  const callee = value.kind === "call" ? value.callee : value;
  return callee.kind === "name" ? callee.name : callee.kind === "member" ? callee.property : "";
}

function isCalled({ value }: Decorator): boolean {
  return value.kind === "call";
}

function className(node: ClassNode): string[] {
  return node.name === undefined ? [] : [`class ${node.name}`];
}
