import { oncePerPart } from "../../base/once-per.js";
import { baseName, folderOf } from "../../base/paths.js";
import { apiRoots, type NamedLayer, ringFolders, vagueFolders, workFolders } from "../../catalogue/lexicon/layers.js";
import { filesBelow, folderTree } from "./folder-tree.js";
import type { ProjectModel } from "../project-model.js";
import { importsDataAccess } from "./imported-packages.js";
import { layerOfFolder, layerOfSuffix, type NamedWord } from "./names.js";

/** What a folder holds that is a feature of the business, whatever it is called. */
export const featureParts = ["controller", "resolver", "router", "route", "gateway"];
/** What a folder called `api` holds that is the whole of a backend. */
const backendParts = ["service", "usecase", "manager", "repository", "repo", "dao", "resourceaccess"];
/** What no inner ring of an onion holds. */
const outerParts = ["controller", "guard", "interceptor", "pipe", "middleware", "module"];
/** The rings of an onion, as folders. */
const rings = /^(domain|application|infrastructure|infra|presentation)$/i;
export const containers = /^(api|rest|http|web|v\d)$/;

/** Whether a folder is one of the business, or holds a whole backend: its name then says nothing of the layer. */
export function isFeature(model: ProjectModel, file: string, folder: string, { word, layer }: NamedWord, depth: number): boolean {
  const tree = folderTree(model.files);
  if (word === "lib") return holdsSources(model, folder, depth);
  // `shared/domain/`, `shared/application/`, `shared/infrastructure/`: what the features share has rings of its own.
  // `slices/logging/` with a repository in it is about what was logged.
  if (layer === "shared") return (/^(?:logg|tool|contract)/.test(word) && tree.below(folder).has("repository")) || [...tree.folders(folder)].filter((name) => rings.test(name)).length > 1;
  // `core/infrastructure/` beside `core/domain/`: all rings lie in it. `core/rest/` beside `core/services/`: it is a feature.
  if (word === "core" || word === "kernel") {
    const inside = [...tree.folders(folder)];
    if ((holdsApi(tree.folders(folder)) && backendParts.some((part) => tree.in(folder).has(part))) || inside.some((name) => /^(?:infrastructure|infra|presentation)$/i.test(name)) || outerParts.some((part) => tree.below(folder).has(part))) return true;
    return ![...inside, ...tree.folders(folderOf(folder))].some((name) => ringFolders.includes(layerOfFolder(name)?.word ?? ""));
  }
  // `domain/orders/` with a controller in it is a feature, and `domain/` or `entities/` where the features lie.
  if ((word === "domain" || word === "entity") && (holdsEntries(model, folder) || holdsStores(model, folder))) return true;
  // `model/users/controller.ts`: what the business is about, each with all that it has.
  if (word === "model" && featureParts.some((part) => tree.below(folder).has(part))) return true;
  // `modules/route/` with rings of its own is about routes.
  if (apiRoots.includes(word) && [...tree.folders(folder)].filter((name) => rings.test(name)).length > 1) return true;
  // `routes/orders/` with a service in it is a feature, as is `orders/routes/`, and what lies beside the service is not of the api.
  if (apiRoots.includes(word) && between(folder, folderOf(file)).some((one) => tree.in(one).has("service") && featureParts.some((part) => tree.in(one).has(part)))) return true;
  // `services/orders/` with a controller in it is a feature, and `services/` where the features lie.
  // `services/payments/handler.ts` at the top is a function that is deployed by itself.
  if (word === "service" && (tree.below(folder).has("controller") || (depth === 0 && tree.below(folder).has("handler")))) return true;
  // `job/job.start.js`, `job/job.get.js`: what is done with a job.
  if (workFolders.includes(word) && model.files.filter((other) => folderOf(other) === folder && baseName(other).toLowerCase().startsWith(`${word}.`) && !layerOfSuffix(baseName(other).split(".")[1] ?? "")).length > 1) return true;
  // `jobs/job.repository.ts`, `webhooks/delivery/webhook.repository.ts`: these are kept, and are a feature.
  if (layer === "api") return (containers.test(word) && backendParts.some((part) => tree.below(folder).has(part))) || (!apiRoots.includes(word) && (tree.in(folder).has("repository") || (vagueFolders.includes(word) && tree.below(folder).has("repository"))));
  if (layer !== "service" && layer !== "repository" && layer !== "settings" && layer !== "domain") return false;
  return !vagueFolders.includes(word) && featureParts.some((part) => tree.in(folder).has(part));
}

/** Folders that lie beside the sources of a package and hold none. */
const besideSources = /^(tests?|__tests__|__mocks__|specs?|e2e|scripts?|bin|dist|build|docs?|examples?|migrations?|node_modules)$/;
/** What the sources of a package may be called. */
const sourceRoots = /^(src|sources?|app|apps|server|backend|api|pages|routes|routers?|controllers?|services?|components)$/i;

/** The layer of a folder in which work is done. */
function workingLayer(named: NamedWord | undefined): readonly NamedLayer[] {
  return named !== undefined && /^(api|service|repository|domain)$/.test(named.layer) && !vagueFolders.includes(named.word) ? [named.layer] : [];
}

/** A library of a workspace keeps its sources in `src/lib/`, and some keep all of an application in `lib/`. */
function holdsSources(model: ProjectModel, folder: string, depth: number): boolean {
  const tree = folderTree(model.files);
  const sources = folderOf(folder);
  // `packages/jobs/lib/`, with nothing beside it that could be the sources.
  if (depth === 0 && model.packages.length > 1 && [...tree.folders(sources)].every((name) => name === baseName(folder) || besideSources.test(name)) && tree.folders(folder).size > 1) return true;
  // `lib/services/`, `lib/api/` and `lib/repositories/`, with no `src/` or `app/` beside: all of an application.
  if (depth === 0 && ![...tree.folders(sources)].some((name) => sourceRoots.test(name)) && new Set([...tree.folders(folder)].flatMap((name) => workingLayer(layerOfFolder(name)))).size > 1) return true;
  if (baseName(sources) === "src" && (depth > 1 || [...tree.folders(sources)].every((name) => name === "lib"))) return true;
  const below = tree.below(folder);
  return below.has("controller") || (below.has("domain") && (below.has("application") || below.has("infrastructure")));
}

/** Whether one of some folders is that of an api: `rest/`, `routes/`. */
function holdsApi(folders: ReadonlySet<string>): boolean {
  return [...folders].some((name) => [layerOfFolder(name)?.word ?? ""].some((word) => apiRoots.includes(word) || containers.test(word)));
}

/** Whether requests are answered below a folder, by controllers or by resolvers (`orders.resolver.queries.ts`). */
export const holdsEntries = oncePerPart((model: ProjectModel, folder: string): boolean => folderTree(model.files).below(folder).has("controller") || filesBelow(model.files, folder).some((file) => /\.resolver\./.test(baseName(file))));
/** Whether services and repositories that reach their stores lie below a folder: `domain/orders/order.repository.ts` with a library for it is no port. */
const holdsStores = oncePerPart((model: ProjectModel, folder: string): boolean => folderTree(model.files).below(folder).has("service") && filesBelow(model.files, folder).some((file) => /repositor/i.test(baseName(file)) && importsDataAccess(model.facts(file))));

/** The folders from one to another in it. */
function between(outer: string, inner: string): readonly string[] {
  return inner.length <= outer.length ? [outer] : [...between(outer, folderOf(inner)), inner];
}
