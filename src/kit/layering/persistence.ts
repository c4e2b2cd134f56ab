import { inFilesOf } from "../../base/gathered.js";
import { oncePerPart } from "../../base/once-per.js";
import { kindOf, newStep } from "../../catalogue/index.js";
import type { ClassNode } from "../../facts/syntax.js";
import type { LinkedName, PackageUnit, ProjectModel } from "../../model/project-model.js";
import { databaseUses } from "../project/store-uses.js";

/** Where the settings say that data access may be, for a file's subtree. */
export type Persistence = "repository" | "services" | "active-record";

/** What the settings accept; undefined if they say nothing. */
export function acceptedPersistence(model: ProjectModel, file: string): Persistence | undefined {
  const settings = model.options.settingsFor?.(file) ?? model.options.settings;
  const architecture = settings["architecture"];
  if (typeof architecture !== "object" || architecture === null || !("persistence" in architecture)) return undefined;
  const { persistence } = architecture;
  return persistence === "repository" || persistence === "services" || persistence === "active-record" ? persistence : undefined;
}

/** The data access of one package, by layer. */
export interface PackageStoreUses {
  /** File → number of uses, for files outside the repository layer, heaviest first. */
  readonly outside: readonly (readonly [file: string, uses: number])[];
  /** Files of the repository layer that use a store or declare a repository. */
  readonly repositories: number;
}

/** More files of api than this with data access, and no repository layer: the architecture is missing, not a call misplaced. */
const manyFiles = 10;

/** Up to so many, each is told by itself. */
const fewFiles = 3;

/** With fewer files of the repository layer than one to so many that go past it, a package has no such layer, but a file that looks like one. */
const mostPast = 8;

/** Whether a package has a repository layer, and does not go past it nearly everywhere. */
function isLayered({ outside, repositories }: PackageStoreUses): boolean {
  return repositories * mostPast > outside.length;
}

/** Whether missing-layer reports the package of a file. */
export function lacksRepositoryLayer(model: ProjectModel, file: string): boolean {
  const unit = model.packageOf(file);
  const counted = packageStoreUses(model, unit);
  const [heaviest] = counted.outside;
  return unit.kind === "application" && !isLayered(counted) && heaviest !== undefined && acceptedPersistence(model, heaviest[0]) === undefined;
}

/** Whether missing-layer speaks for the data access in the api files of a package: it is all over them, or lies mostly there. */
export function isLeftToMissingLayer(model: ProjectModel, file: string): boolean {
  const unit = model.packageOf(file);
  const inApi = apiFilesWithAccess(model, unit);
  return lacksRepositoryLayer(model, file) && !isLeftToApi(model, unit) && (inApi > manyFiles || (inApi > fewFiles && inApi * 2 > packageStoreUses(model, unit).outside.length));
}

/** Whether the data access of a package lies in few files of the api alone, where no-db-in-api reports each. */
export function isLeftToApi(model: ProjectModel, unit: PackageUnit): boolean {
  const inApi = apiFilesWithAccess(model, unit);
  return inApi <= manyFiles && inApi === packageStoreUses(model, unit).outside.length;
}

function apiFilesWithAccess(model: ProjectModel, unit: PackageUnit): number {
  return packageStoreUses(model, unit).outside.filter(([file]) => model.layerOf(file).layer === "api").length;
}

/** Whether the package of a file has a repository layer that does data access. */
export function hasRepositoryLayer(model: ProjectModel, file: string): boolean {
  return isLayered(packageStoreUses(model, model.packageOf(file)));
}

/** Counts the data access of a package; kept for the life of the model. */
export const packageStoreUses = oncePerPart((model: ProjectModel, unit: PackageUnit): PackageStoreUses => {
  const using = storeUsesIn(model, unit);
  const outside = using.flatMap(({ file, uses }) => (uses > 0 ? [[file, uses] as const] : []));
  let repositories = using.length - outside.length;
  // In a workspace the repository layer may be a package of its own.
  if (repositories === 0 && outside.length > 0) repositories = importedPackages(model, unit).flatMap((other) => model.filesOf(other)).filter((file) => model.layerOf(file).layer === "repository" && doesDataAccess(model, file)).length;
  return { outside: outside.sort(([leftFile, left], [rightFile, right]) => right - left || (leftFile < rightFile ? -1 : 1)), repositories };
});

/** The files of a package that use a store, with how often they do outside the repository layer. */
const storeUsesIn = inFilesOf((model: ProjectModel, file) => {
  const { layer, evidence } = model.layerOf(file);
  if (layer === undefined || layer === "tests" || layer === "migrations" || layer === "composition" || layer === "settings") return [];
  if (layer === "repository") return doesDataAccess(model, file) && evidence[0]?.startsWith("imports ") !== true ? [{ file, uses: 0 }] : [];
  const uses = databaseUses(model, file).filter((use) => !use.lifecycle).length;
  return uses > 0 ? [{ file, uses }] : [];
});

/** Whether a file of the repository layer is more than the module that makes the client, on which the layer stands. */
function doesDataAccess(model: ProjectModel, file: string): boolean {
  const index = model.values.index(file);
  // Methods that a repository of the ORM is extended with are one, too.
  const called = /^(folder|name) .*(repositor|\brepos?\b|\bdao\b)/i.test(model.layerOf(file).evidence[0] ?? "") && index.functions.size > 0;
  const declares = called || index.classes.some((node) => /(Repository|Repo|Dao|DAO)$/.test(node.name ?? ""));
  const client = model.loadEffects(file).some(({ passing, through }) => !passing && !through) || model.values.index(file).classes.some((node) => isClient(model, file, node));
  // Models that ask each other are rows that save themselves, and no repositories.
  return declares || (!client && databaseUses(model, file).some((use) => !use.lifecycle && !use.ofClass));
}

/** The other packages of the workspace that a package imports. */
export const importedPackages = oncePerPart((model: ProjectModel, unit: PackageUnit): readonly PackageUnit[] => {
  const packages = model.filesOf(unit).flatMap((file) => model.edgesFrom(file).flatMap(({ target }) => (target.kind === "file" ? [model.packageOf(target.file)] : [])));
  return [...new Set(packages)].filter((other) => other !== unit);
});

/** Whether a name is a class that is a client itself: what is done with its instances is a use, taking one is none. */
export function isClientClass(model: ProjectModel, { declaration }: Pick<LinkedName, "declaration">): boolean {
  if (declaration.kind !== "binding") return false;
  const source = model.values.index(declaration.file).sources[declaration.binding];
  return source?.kind === "class" && isClient(model, declaration.file, source.class);
}

/** `class PrismaService extends PrismaClient`. */
function isClient(model: ProjectModel, file: string, node: ClassNode): boolean {
  if (!node.extends) return false;
  return model.values.of(file, node.extends.value).some((value) => value.kind === "external" && kindOf({ ...value.provenance, path: [...value.provenance.path, newStep] }) === "client");
}
