import { baseName, folderOf, isDeclarationFile } from "../base/paths.js";
import { splitWords } from "../base/words.js";
import { compositionNames, frontendPackages, layerDecorators, layerFolders, layerSuffixes, type NamedLayer, wholeNames } from "../catalogue/lexicon/layers.js";
import type { FileFacts } from "../facts/facts.js";
import type { ClassNode, Decorator } from "../facts/syntax.js";
import type { LayerVerdict, ProjectModel } from "./project-model.js";

const byFolder = inverted(layerFolders);
const bySuffix = inverted(layerSuffixes);
const unknown: LayerVerdict = { layer: undefined, evidence: [] };

/** Decides a file's layer: settings first, then tests and migrations by path, then decorators, name, folders and content. */
export function inferLayer(model: ProjectModel, file: string): LayerVerdict {
  const set = model.options.layerOf(file);
  if (set) return { layer: set.layer, ...(set.custom !== undefined && { custom: set.custom }), evidence: [`setting ${set.setting}`] };
  if (isDeclarationFile(file)) return unknown;
  const path = pathInPackage(model, file);
  const aside = besideTheApplication(path);
  if (aside) return aside;
  const facts = model.facts(file);
  if (isFrontend(file, facts)) return { layer: undefined, evidence: ["user interface"] };
  // A mapper knows both sides of the border it lies on.
  if (/mapper\.[cm]?[jt]s$/i.test(path)) return { layer: undefined, evidence: ["a mapper between layers"] };
  const named = bySuffixOf(path);
  // `domain/user.errors.ts` is of the domain: names of helpers say less than the folder of a layer.
  const folder = named?.layer === "shared" && byFolder.has(folderWord(baseName(folderOf(path)))) ? byFolderOf(model, file, path) : undefined;
  return byDecorator(facts) ?? (folder?.layer === undefined ? named : folder) ?? byName(path, facts) ?? byFolderOf(model, file, path) ?? byContent(facts) ?? unknown;
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
  if (/^\d{8,}[-_]/.test(baseName(path))) return { layer: "migrations", evidence: ["a name that begins with a timestamp"] };
  if (/^(vitest|jest|playwright|cypress|eslint|prettier|commitlint|tsup|webpack|rollup|vite|babel|drizzle|prisma|knexfile|next|nuxt|tailwind|postcss|lint-staged|ormconfig|mikro-orm)[\w.-]*\.config\.[cm]?[jt]s$|^(knexfile|gulpfile|Gruntfile|package-scripts)\.[cm]?[jt]s$|^\.[\w.-]+$/.test(path)) return { layer: undefined, evidence: ["configuration of a tool"] };
  return undefined;
}

function isFrontend(file: string, facts: FileFacts): boolean {
  if (/\.[jt]sx$/.test(file)) return !/\/(email|mail|template)s?\//.test(file);
  return facts.imports.some((fact) => fact.specifier !== undefined && !fact.typeOnly && frontendPackages.includes(fact.specifier));
}

function byDecorator(facts: FileFacts): LayerVerdict | undefined {
  for (const statement of facts.body) {
    if (statement.kind !== "class") continue;
    const { decorators } = statement.class;
    for (const decorator of decorators ?? []) {
      const name = decoratorName(decorator);
      const layer = layerDecorators[name];
      if (layer && !(name === "Repository" && !isCalled(decorator))) return { layer, evidence: [`decorator @${name}`, ...className(statement.class)] };
    }
  }
  return undefined;
}

/** `users.controller.ts`, `user-repository.ts`, `userService.ts`, `UserService.ts`. */
function bySuffixOf(path: string): LayerVerdict | undefined {
  const name = baseName(path).replace(/\.[cm]?[jt]sx?$/, "");
  const parts = name.split(/[.\-_]/);
  const dotted = name.includes(".") ? name.slice(name.lastIndexOf(".") + 1) : undefined;
  const joinedEnd = parts.length > 1 ? parts.slice(-2).join("") : undefined;
  const whole = parts.length === 1 && wholeNames.includes(singular(name.toLowerCase())) ? name : undefined;
  for (const candidate of [dotted, joinedEnd, whole, parts.length > 1 ? parts.at(-1) : undefined, parts.length === 1 ? lastWord(name) : undefined]) {
    if (candidate === undefined) continue;
    const word = singular(candidate.toLowerCase());
    const layer = bySuffix.get(word) ?? bySuffix.get(candidate.toLowerCase());
    if (layer) return { layer, evidence: [`name ${baseName(path)}`] };
  }
  return undefined;
}

function byName(path: string, facts: FileFacts): LayerVerdict | undefined {
  const name = baseName(path).replace(/\.[cm]?[jt]sx?$/, "").toLowerCase();
  const depth = path.split("/").length - 1;
  const outermost = depth <= 1 || (depth === 2 && path.startsWith("src/"));
  if (compositionNames.includes(name) && outermost) return { layer: "composition", evidence: [`name ${baseName(path)}`] };
  const startsSomething = facts.body.some((statement) => statement.kind === "expression" && statement.value.kind !== "assign");
  if (name === "index" && depth <= 1 && startsSomething && facts.exports.length <= 1) return { layer: "composition", evidence: [`name ${baseName(path)}`, "runs at load"] };
  return undefined;
}

/** The folder nearest to the file that names a layer; below one of shared code, what lies further out does not count. */
function byFolderOf(model: ProjectModel, file: string, path: string): LayerVerdict | undefined {
  const folders = path.split("/").slice(0, -1);
  for (let at = folders.length - 1; at >= 0; at--) {
    const folder = folders[at] ?? "";
    const layer = byFolder.get(folderWord(folder));
    if (layer === undefined) continue;
    // Inside shared code, folders called `application` or `core` hold its own kernel.
    if ((layer === "service" || layer === "domain" || layer === "composition") && folders.slice(0, at).some((outer) => byFolder.get(folderWord(outer)) === "shared")) return { layer: "shared", evidence: [`folder ${folders.slice(0, at + 1).join("/")}/`] };
    // `models/plugins/` is of the models; only `src/plugins/` puts an application together.
    if (layer === "composition" && at > 1) continue;
    // `models/` holds persistence where an ORM is imported, else the domain.
    if (folderWord(folder) === "model") return { layer: holdsPersistence(model, file) ? "repository" : "domain", evidence: [`folder ${folder}/`] };
    return { layer, evidence: [`folder ${folder}/`] };
  }
  return undefined;
}

function byContent(facts: FileFacts): LayerVerdict | undefined {
  if (facts.body.some((statement) => statement.kind === "class" && statement.class.name !== undefined && /Repository$/.test(statement.class.name))) return { layer: "repository", evidence: ["class …Repository"] };
  if (facts.body.some((statement) => statement.kind === "class" && statement.class.name !== undefined && /Service$/.test(statement.class.name))) return { layer: "service", evidence: ["class …Service"] };
  if (importsDataAccess(facts)) return { layer: "repository", evidence: ["imports a data-access package"] };
  const web = facts.imports.find((fact) => !fact.typeOnly && fact.specifier !== undefined && /^(express|fastify|fastify-plugin|hono|koa|@koa\/router|@hapi\/hapi)$/.test(fact.specifier) && fact.names.some((name) => name.use === "value"));
  return web ? { layer: "api", evidence: [`imports ${web.specifier ?? ""}`] } : undefined;
}

/** Whether a file of the same folder imports an ORM: a barrel beside models is one with them. */
function holdsPersistence(model: ProjectModel, file: string): boolean {
  const folder = folderOf(file);
  return model.filesIn(folder).some((other) => importsDataAccess(model.facts(other)));
}

function importsDataAccess(facts: FileFacts): boolean {
  return facts.imports.some((fact) => !fact.typeOnly && fact.specifier !== undefined && /^(@prisma\/client|drizzle-orm|typeorm|kysely|knex|sequelize|sequelize-typescript|@sequelize\/core|mongoose|mongodb|@mikro-orm\/|objection|pg|postgres|slonik|mysql2|better-sqlite3|mssql|@libsql\/client|@nestjs\/(mongoose|typeorm|sequelize))(\/|$)/.test(fact.specifier) && (fact.names.length === 0 || fact.names.some((name) => name.use === "value")));
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
