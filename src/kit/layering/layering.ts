import { oncePerPart } from "../../base/once-per.js";
import { baseName, folderOf } from "../../base/paths.js";
import { isFor, isNeutral } from "../../catalogue/index.js";
import type { LayerName, LayerVerdict, ModelOptions, ProjectModel } from "../../model/project-model.js";
import { isBackendCode } from "../project/backend-files.js";
import { environmentReads } from "../project/environment.js";
import { keepsNoRows, storeUses } from "../project/store-uses.js";

/** Which layers may import which, by the standard; a layer may always import itself. */
const allowed: Readonly<Record<LayerName, ReadonlySet<LayerName>>> = {
  api: new Set(["service", "domain", "settings", "shared"]),
  service: new Set(["repository", "domain", "settings", "shared"]),
  repository: new Set(["domain", "settings", "shared"]),
  domain: new Set(["shared"]),
  settings: new Set(["shared"]),
  shared: new Set(["settings"]),
  composition: new Set(["api", "service", "repository", "domain", "settings", "shared"]),
  tests: new Set(["api", "service", "repository", "domain", "settings", "shared", "composition", "migrations"]),
  migrations: new Set(["api", "service", "repository", "domain", "settings", "shared", "composition"]),
};

/** Why an import between two classified files is not allowed; undefined if it is, or if either has no layer. */
export function forbiddenImport(from: LayerVerdict, to: LayerVerdict, options: ModelOptions): { readonly from: string; readonly to: string } | undefined {
  if (from.layer === undefined || to.layer === undefined) return undefined;
  const names = { from: from.custom ?? from.layer, to: to.custom ?? to.layer };
  if (names.from === names.to) return undefined;
  const custom = from.custom === undefined ? undefined : options.customLayers.get(from.custom)?.mayImport;
  if (custom) return custom.includes(names.to) || custom.includes(to.layer) ? undefined : names;
  return from.layer === to.layer || allowed[from.layer].has(to.layer) ? undefined : names;
}

/** Whether only tests import a file. */
export function isImportedByTestsAlone(model: ProjectModel, file: string): boolean {
  const importers = model.edgesTo(file);
  return importers.length > 0 && importers.every(({ from }) => model.layerOf(from).layer === "tests");
}

/** Whether a file is code that a server runs, of a layer that its authors call so; what only tests import is theirs, and what settings import they put together. */
export function isLayered(model: ProjectModel, file: string): boolean {
  const { layer, guessed, evidence } = model.layerOf(file);
  // A command puts together what it needs.
  if (evidence[0]?.startsWith("cli ") === true) return false;
  return layer !== undefined && !guessed && layer !== "settings" && isBackendCode(model, file) && !isImportedByTestsAlone(model, file);
}

/** Why an import between two files is not allowed; what no-db-in-api owns (api to repository) is left to it. Unless `guesses` are wanted, what is no more than one forbids nothing. */
export function violation(model: ProjectModel, from: string, to: string, guesses: boolean): { readonly from: string; readonly to: string } | undefined {
  const layers = { from: model.layerOf(from), to: model.layerOf(to) };
  if (layers.from.layer === "api" && layers.to.layer === "repository") return undefined;
  if (layers.to.layer === "tests" || layers.to.layer === "migrations") return undefined;
  // `application/` also holds what a program of a framework is made of; that a use case there knows HTTP is what no-http-in-service reports.
  if (!guesses && layers.from.layer === "service" && (layers.to.layer === "api" || layers.to.layer === "composition") && layers.from.evidence[0] === "folder application/" && knowsHttp(model, from)) return undefined;
  // What lies in one folder is of one box, whatever each file of it does.
  if (layers.from.layer === "shared" && folderOf(from) === folderOf(to)) return undefined;
  // `nft.settings.ts` and `config/patterns.ts` may hold those of the business.
  if (!guesses && layers.from.layer === "domain" && layers.to.layer === "settings" && !comesOfEnvironment(model, to)) return undefined;
  // Where controllers are made by factories of their own, routes ask those for them.
  if (!guesses && layers.from.layer === "api" && layers.to.evidence[0] === "folder main/factories/") return undefined;
  // A function that a platform calls by its name is where its program starts: nobody else could ask the container for what it needs.
  if (!guesses && layers.from.layer === "api" && layers.to.layer === "composition" && /^(?:container|inversify)\b/.test(baseName(to)) && isStart(model, from)) return undefined;
  // A browser calls an action of the server from wherever it is.
  if (!guesses && layers.from.layer === "shared" && layers.to.evidence[0] === "functions that a browser calls") return undefined;
  // Rules of the domain may help everybody; a cycle that comes of it is what no-layer-cycles reports.
  if (!guesses && (layers.to.guessed || model.options.isGenerated(to) || (layers.from.layer === "shared" && layers.to.layer === "domain"))) return undefined;
  // `utils/upload.ts` may ask `config/s3.ts`.
  if (!guesses && layers.from.layer === "shared" && layers.to.layer === "repository" && keepsNoRows(model, to)) return undefined;
  // `utils/` of a library is of that library, and for nobody else.
  if (!guesses && layers.from.layer === "shared" && isOfOneLibrary(model, from, to)) return undefined;
  if (!guesses && layers.to.layer === "service" && (layers.from.layer === "repository" || layers.from.layer === "shared") && !standsAbove(model, to)) return undefined;
  return forbiddenImport(layers.from, layers.to, model.options);
}

/** Whether a file gives a platform its function, `export const handler = …`, and nothing of the application imports it. */
function isStart(model: ProjectModel, file: string): boolean {
  return model.facts(file).exports.some(({ name }) => name === "handler") && model.edgesTo(file).every(({ from }) => model.layerOf(from).layer === "tests");
}

/** Whether settings depend on where the program runs: they read the environment, or come of settings that do. */
function comesOfEnvironment(model: ProjectModel, file: string): boolean {
  const reads = (one: string): boolean => environmentReads(model, one).length > 0 || model.edgesFrom(one).some(({ kind, target }) => kind === "runtime" && target.kind === "package" && isFor(target.package, target.subpath, "settings", "environment-loader"));
  return reads(file) || model.edgesFrom(file).some(({ kind, target }) => kind === "runtime" && target.kind === "file" && model.layerOf(target.file).layer === "settings" && reads(target.file));
}

function isOfOneLibrary(model: ProjectModel, from: string, to: string): boolean {
  const unit = model.packageOf(from);
  return unit.kind === "library" && model.packageOf(to) === unit;
}

/** Whether a file asks a store, or knows services, repositories or the domain, if only by their types. */
export function worksBelow(model: ProjectModel, file: string): boolean {
  return storeUses(model, file).length > 0 || model.edgesFrom(file).some(({ target }) => target.kind === "file" && below.has(model.layerOf(target.file).layer ?? "api"));
}

/** Whether a file takes something of a web framework that is of requests and answers. */
function knowsHttp(model: ProjectModel, file: string): boolean {
  return model.edgesFrom(file).some(({ target, names }) => target.kind === "package" && isFor(target.package, target.subpath, "web-framework") && names.some(({ name, declaration }) => name.use !== "none" && declaration.kind === "package" && !isNeutral({ package: declaration.package, subpath: declaration.subpath, path: declaration.path.filter((step) => step !== "*") })));
}

const below: ReadonlySet<LayerName> = new Set<LayerName>(["service", "repository", "domain"]);

/** Whether a service works with a store, by itself or through others, or with the api: one that only encrypts or counts helps whoever asks. */
const standsAbove = oncePerPart((model: ProjectModel, file: string): boolean => reachesStoreFrom(model, file, 0));

/** How many services away a store is looked for. */
const deepest = 3;

function reachesStoreFrom(model: ProjectModel, file: string, depth: number): boolean {
  if (storeUses(model, file).length > 0) return true;
  return model.edgesFrom(file).some(({ kind, target, fact }) => {
    if (target.kind !== "file") return false;
    const { layer } = model.layerOf(target.file);
    const isCalled = layer === "repository" && isCalledRepository(baseName(target.file));
    // What is given a repository works with it, also where it knows no more than its type.
    if (kind !== "runtime" && kind !== "metadata") return isCalled && fact.names.some(({ imported }) => isCalledRepository(imported));
    if (layer === "repository") return isCalled || storeUses(model, target.file).length > 0;
    return layer === "api" || layer === "composition" || (layer === "service" && depth < deepest && reachesStoreFrom(model, target.file, depth + 1));
  });
}

/** `orders.repository.ts`, `OrdersRepository`. */
function isCalledRepository(name: string): boolean {
  return /repo(sitory)?\b/i.test(name);
}

/** The layers that a layer may import, in words. */
export function allowedLayers(from: LayerVerdict, options: ModelOptions): string {
  const custom = from.custom === undefined ? undefined : options.customLayers.get(from.custom)?.mayImport;
  const names = custom ?? [...(from.layer === undefined ? [] : allowed[from.layer])];
  return names.length === 0 ? "no other layer" : names.join(", ");
}
