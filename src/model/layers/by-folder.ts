import { oncePerPart } from "../../base/once-per.js";
import { baseName, folderOf } from "../../base/paths.js";
import { apiRoots, declaringFolders, doingFolders, layerDecorators, ringFolders, type NamedLayer, storeFolders, transportFolders, vagueFolders, wiringFolders, workFolders } from "../../catalogue/lexicon/layers.js";
import { decoratorName } from "../../facts/names.js";
import { filesBelow, folderTree } from "../folder-tree.js";
import { answersRequests, mostlyAnswersRequests } from "./request-handlers.js";
import { asksGraphql, describesApi, importsDataAccess, isCommand, offersTools, reachesOut, validates } from "./imported-packages.js";
import { asksServices, implementsPort, importsProject, takesOthers, takesServices, waits } from "./collaborators.js";
import { extendsStored } from "./by-base-class.js";
import { isCalledBack, isOutward, isOutwardValue, knowsChat, knowsFramework, makesQueue, usesFramework } from "./outward.js";
import { makesApplication } from "./wiring.js";
import { makesClient, runsStatements, usesStore } from "./reached-stores.js";
import { layerOfFolder, layerOfSuffix, type NamedWord } from "./names.js";
import type { LayerVerdict, ProjectModel } from "../project-model.js";

/** The layer that a file's folders give evidence for, with the word that decided. */
export interface FolderVerdict extends LayerVerdict {
  readonly word: string;
}

/** What a folder holds that is a feature of the business, whatever it is called. */
const featureParts = ["controller", "resolver", "router", "route", "gateway"];
/** What a folder called `api` holds that is the whole of a backend. */
const backendParts = ["service", "usecase", "manager", "repository", "repo", "dao", "resourceaccess"];
/** What no inner ring of an onion holds. */
const outerParts = ["controller", "guard", "interceptor", "pipe", "middleware", "module"];
/** The rings of an onion, as folders. */
const rings = /^(domain|application|infrastructure|infra|presentation)$/i;
const containers = /^(api|rest|http|web|v\d)$/;

/** The folder nearest to the file that names a layer; below one of shared code, what lies further out does not count. */
export function layerByFolder(model: ProjectModel, file: string, path: string): FolderVerdict | undefined {
  const folders = path.split("/").slice(0, -1);
  const outside = file.slice(0, file.length - path.length);
  const names = folders.map((name, at) => {
    const named = layerOfFolder(name);
    // Shared code of a feature that knows other code of the project is not for everybody.
    if (!named || isFeature(model, file, outside + folders.slice(0, at + 1).join("/"), named, at)) return undefined;
    return named.layer === "shared" && named.word !== "decorator" && !isForAll(folders.slice(0, at + 1)) && importsProject(model, file) ? undefined : named;
  });
  // Below `app/(site)/[team]/`, folders are the parts of an address: `settings/` and `domains/` are pages.
  const address = folders.findIndex((name, at) => /^[[(@]/.test(name) && folders.slice(0, at).some((outer) => /^(?:app|pages|routes|router)$/.test(outer)));
  const root = names.findIndex((name) => name !== undefined && apiRoots.includes(name.word));
  for (let at = folders.length - 1; at >= 0; at--) {
    const named = names[at];
    // `datasources/db/v1/` is a version of what is around it.
    if (!named || (/^v\d$/.test(named.word) && names.slice(0, at).some((outer) => outer !== undefined && outer.layer !== "api")) || (address !== -1 && at > address && !/^(api|shared|tests|migrations)$/.test(named.layer)) || isOfRoot(model, file, root, at, names)) continue;
    const verdict = verdictOf(model, file, path, folders.slice(0, at + 1), names.slice(0, at), named);
    // `services/storage/naming.ts` reaches no store, and helps what does beside it.
    const helpsStore = verdict?.layer === "service" && names.slice(at + 1).some((inner) => inner?.layer === "repository");
    if (verdict) return { ...verdict, word: named.word, ...(helpsStore && { guessed: true }) };
  }
  return undefined;
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

/** `routes/repositories/`, `controllers/utils/` and `graphql/services/` are of the api; only what does their work is of another layer. */
function isOfRoot(model: ProjectModel, file: string, root: number, at: number, names: readonly (NamedWord | undefined)[]): boolean {
  const { word, layer } = names[at] ?? { word: "", layer: "api" };
  if (root === -1 || at <= root || layer === "api" || layer === "tests") return false;
  return (word !== "service" || names[root]?.word === "graphql") && !(layer === "repository" && (usesStore(model, file) || importsDataAccess(model.facts(file))));
}

/** Whether a folder is one of the business, or holds a whole backend: its name then says nothing of the layer. */
function isFeature(model: ProjectModel, file: string, folder: string, { word, layer }: NamedWord, depth: number): boolean {
  const tree = folderTree(model.files);
  if (word === "lib") return holdsSources(model, folder, depth);
  // `shared/domain/`, `shared/application/`, `shared/infrastructure/`: what the features share has rings of its own.
  // `slices/logging/` with a repository in it is about what was logged.
  if (layer === "shared") return (/^(?:logg|tool|contract)/.test(word) && tree.below(folder).has("repository")) || [...tree.folders(folder)].filter((name) => rings.test(name)).length > 1;
  // `core/infrastructure/` beside `core/domain/`: all rings lie in it. `core/rest/` beside `core/services/`: it is a feature.
  if (word === "core" || word === "kernel") return (holdsApi(tree.folders(folder)) && backendParts.some((part) => tree.in(folder).has(part))) || [...tree.folders(folder)].some((name) => /^(?:infrastructure|infra|presentation)$/i.test(name)) || outerParts.some((part) => tree.below(folder).has(part)) || ![...tree.folders(folder), ...tree.folders(folderOf(folder))].some((name) => ringFolders.includes(layerOfFolder(name)?.word ?? ""));
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

/** Whether one of some folders is that of an api: `rest/`, `routes/`. */
function holdsApi(folders: ReadonlySet<string>): boolean {
  return [...folders].some((name) => [layerOfFolder(name)?.word ?? ""].some((word) => apiRoots.includes(word) || containers.test(word)));
}

/** Whether requests are answered below a folder, by controllers or by resolvers (`orders.resolver.queries.ts`). */
const holdsEntries = oncePerPart((model: ProjectModel, folder: string): boolean => folderTree(model.files).below(folder).has("controller") || filesBelow(model.files, folder).some((file) => /\.resolver\./.test(baseName(file))));

/** Whether services and repositories that reach their stores lie below a folder: `domain/orders/order.repository.ts` with a library for it is no port. */
const holdsStores = oncePerPart((model: ProjectModel, folder: string): boolean => folderTree(model.files).below(folder).has("service") && filesBelow(model.files, folder).some((file) => /repositor/i.test(baseName(file)) && importsDataAccess(model.facts(file))));

/** The folders from one to another in it. */
function between(outer: string, inner: string): readonly string[] {
  return inner.length <= outer.length ? [outer] : [...between(outer, folderOf(inner)), inner];
}

/** `rest/controllers/` beside `rest/queries/`: requests are answered there, and not by the queries. */
const isBesideControllers = oncePerPart((model: ProjectModel, folder: string): boolean => [...folderTree(model.files).folders(folderOf(folder))].some((name) => layerOfFolder(name)?.word === "controller"));

/** `folders` ends with the one that names a layer; `names` are what those around it name. */
function verdictOf(model: ProjectModel, file: string, path: string, folders: readonly string[], names: readonly (NamedWord | undefined)[], { word, layer }: NamedWord): LayerVerdict | undefined {
  const folder = file.slice(0, file.length - path.length) + folders.join("/");
  // `lib/trpc/routers/api/` is of the routers, and shared code ends there.
  const inner = names.findLastIndex((named) => named !== undefined && apiRoots.includes(named.word));
  const outer = names.slice(Math.max(inner, 0)).map((named) => named?.layer);
  const evidence = [`folder ${folders.at(-1) ?? ""}/`];
  const around = outer.findLast((found) => found !== undefined);
  if (declaringFolders.includes(word) && importsProject(model, file) && waits(model.facts(file))) return undefined;
  // `domain/common/` and `domain/api/` are of the domain.
  if (around === "domain" && (layer === "shared" || (containers.test(word) && !isOutward(model.facts(file))))) return { layer: "domain", evidence: [`folder ${folders.join("/")}/`] };
  if (transportFolders.includes(word) && /[./_-]clients?[./]/.test(`/${path.slice(folders.join("/").length + 1)}`) && !answersRequests(model.facts(file))) return undefined;
  if ((word === "api" && (isOfOthers(model, folder) || isFace(model, folder))) || (word === "graphql" && asksGraphql(model.facts(file)))) return undefined;
  // `api/queries/` and `commands/jobs/` are about those.
  if ((doingFolders.includes(word) && around === "api" && !(word === "query" && usesStore(model, file) && isBesideControllers(model, folder))) || (workFolders.includes(word) && (around === "service" || around === "repository"))) return undefined;
  if (doingFolders.includes(word) && (isOfCommands(model, folder) || isOfChat(model, folder) || holdsControllers(model, folder) || answersRequests(model.facts(file)))) return { layer: "api", evidence: [...evidence, "called from outside"] };
  // `neo4j/query/` builds the queries of that store.
  if (doingFolders.includes(word) && storeFolders.includes((folders.at(-2) ?? "").toLowerCase())) return { layer: "repository", evidence: [`folder ${folders.slice(-2).join("/")}/`] };
  // `data-access/service/` holds what is known of services, as `data-access/customers/` does of customers.
  if (word === "service" && /^(?:dataaccess|repository|repo|dao|dal)$/.test(layerOfFolder(folders.at(-2) ?? "")?.word ?? "")) return undefined;
  // `queries/application/` holds the queries of applications.
  if (word === "application" && (folders.at(-2) ?? "") !== "" && layerOfFolder(folders.at(-2) ?? "")?.word === "query" && usesStore(model, file)) return undefined;
  // `domain/services/tax.ts` that needs nobody is a service of the domain.
  if (word === "service" && around === "domain" && liesInDomain(model, file, path) && reachesNothing(model, file) && !takesOthers(model, file)) return { layer: "domain", evidence: [`folder ${folders.join("/")}/`] };
  if (word === "domain" && isWorked(model, folder)) return { layer: "service", evidence: [...evidence, "mostly works with stores and queues"], guessed: true };
  // Where use cases lie in the domain, it is what stands in the middle of the application: what works with others there is a service.
  if (word === "domain" && ["usecase", "transactionscript"].some((part) => folderTree(model.files).below(folder).has(part)) && takesOthers(model, file)) return { layer: "service", evidence: [...evidence, "works with others"] };
  // The list of all models that a connection is given lies with the connection: `common/database/models.ts`.
  if (storeFolders.includes(word) && outer.includes("shared") && listsStored(model, file)) return { layer, evidence };
  // Inside shared code, folders called `application`, `core`, `models` or `storage` hold its own kernel, and `db` what others say of theirs.
  if (outer.includes("shared") && (layer === "service" || layer === "domain" || (layer === "composition" && !isOutward(model.facts(file))) || (word === "model" && !holdsPersistence(model, file, folder)) || (layer === "repository" && (vagueFolders.includes(word) || word === "redis" || (declares(folders) && !holdsPersistence(model, file, folder)) || (storeFolders.includes(word) && reachesNothing(model, file)))) || (layer === "api" && (containers.test(word) || declares(folders)) && !isOutward(model.facts(file)) && !answersRequests(model.facts(file))))) return { layer: "shared", evidence: [`folder ${folders.join("/")}/`] };
  // `lib/router/build-url.ts` is asked by whoever needs an address.
  if (outer.includes("shared") && apiRoots.includes(word) && !isOutward(model.facts(file)) && !answersRequests(model.facts(file))) return { layer, evidence, guessed: true };
  // `models/utils/` that know other code of the project are of the models.
  // `shared/database/utils/` that reach a store are of what lies there.
  if (/^(util|utility|helper)$/.test(word) && around === "repository" && (usesStore(model, file) || runsStatements(model, file))) return undefined;
  if (/^(util|utility|helper)$/.test(word) && outer.some((layer) => layer === "service" || layer === "repository" || layer === "domain") && !outer.includes("shared") && (usesStore(model, file) || importsProject(model, file))) return undefined;
  // `services/shared/` of services that know other code of the project is theirs, with the list of what lies there.
  if (/^(shared|common)$/.test(word) && around === "service" && model.filesIn(folder).some((other) => importsProject(model, other))) return undefined;
  // `models/plugins/` is of the models; only `src/plugins/` puts an application together.
  if (layer === "composition" && folders.length > 2 && !wiringFolders.includes(word)) return word === "plugin" && isOutward(model.facts(file)) ? { layer: undefined, evidence: [...evidence, "fits into a framework"] } : undefined;
  // `services/settings/` works with settings.
  if (layer === "settings" && /^(service|repository|api)$/.test(around ?? "") && importsProject(model, file)) return undefined;
  // `application/dtos/` holds the contracts of the services, `users/dto/` those of the api.
  if (word === "dto" && around === "domain" && describesApi(model.facts(file)) && !liesInDomain(model, file, path)) return { layer, evidence };
  // Where use cases and ports lie beside them, they are what the rings have in common.
  if (word === "dto" && around === undefined && ["usecase", "port"].some((part) => folderTree(model.files).in(folderOf(folder)).has(part)) && !featureParts.some((part) => folderTree(model.files).in(folderOf(folder)).has(part))) return { layer: "domain", evidence };
  // `common/graphql/` holds what the api and others hand each other, but for what answers.
  if (word === "graphql" && names.some((named) => named?.layer === "shared") && !answersRequests(model.facts(file))) return { layer, evidence, guessed: true };
  // What the api and the services hand each other belongs to both as long as nobody says more.
  if (word === "dto") return around === "service" || around === "domain" || around === "repository" ? { layer: around, evidence } : { layer, evidence, guessed: true };
  // `application/subscribers/` holds what the application does when something has happened in the domain.
  if (/^(subscriber|listener|handler)$/.test(word) && layerOfFolder(folders.at(-2) ?? "")?.word === "application" && !isCalledBack(model.facts(file))) return { layer: "service", evidence: [`folder ${folders.slice(-2).join("/")}/`] };
  // `models/` and `entities/` hold persistence where an ORM is imported, else the domain.
  if ((word === "model" || word === "entity") && describesApi(model.facts(file)) && !liesInDomain(model, file, path)) return { layer: undefined, evidence: [...evidence, "describes what the API answers"] };
  if (around === "settings" && (word === "model" || word === "entity")) return { layer: "settings", evidence };
  if (word === "model" || word === "entity") {
    // `database/models/`: what a store holds, also where nothing of the file says so.
    if ((around === "repository" || holdsPersistence(model, file, folder)) && !liesInDomain(model, file, path)) return { layer: "repository", evidence };
    // Models of a page, of a language, of another system: nothing shows that they are those of the business.
    return { layer: "domain", evidence, ...(word === "model" && around === undefined && { guessed: true }) };
  }
  // A data source of GraphQL that asks services.
  if (word === "datasource" && !usesStore(model, file) && asksServices(model, file)) return undefined;
  // `services/db/` that reaches no store is about something that is called so.
  if (layer === "repository" && layerOfFolder(folders.at(-2) ?? "")?.word === "service" && storeFolders.includes(word) && reachesNothing(model, file)) return undefined;
  // `application/queries/` beside `application/commands/` answers what the application is asked, with a store or without.
  if (word === "query" && ((layerOfFolder(folders.at(-2) ?? "")?.word === "application" && takesOthers(model, file)) || ((around === "service" || (around === undefined && folders.length > 2)) && partsFromCommands(model, folderOf(folder))))) return { layer: "service", evidence: [...evidence, "beside commands"] };
  // `endpoints/` of a package that browsers share may say only where the endpoints are.
  if (word === "endpoint" && !isOutward(model.facts(file)) && !answersRequests(model.facts(file))) return { layer, evidence, guessed: true };
  if (vagueFolders.includes(word)) return byUse(model, file, word, layer, evidence);
  return layer === "settings" ? settingUp(model, file, evidence) : { layer, evidence };
}

/** Whether a file reaches no store and no other system, and makes no client of one. */
export function reachesNothing(model: ProjectModel, file: string): boolean {
  const facts = model.facts(file);
  return !usesStore(model, file) && !importsDataAccess(facts) && !makesClient(model, file) && !reachesOut(facts);
}

/** Whether a file names classes of other files that an ORM maps. */
function listsStored(model: ProjectModel, file: string): boolean {
  return model.edgesFrom(file).some(({ kind, target }) => kind === "runtime" && target.kind === "file" && (extendsStored(model, target.file) || importsDataAccess(model.facts(target.file))));
}

/** `types/database/`: what is declared for a store, and reads or writes none. */
function declares(folders: readonly string[]): boolean {
  return folders.some((name) => declaringFolders.includes(layerOfFolder(name)?.word ?? ""));
}

/** Whether the nearest folder of a layer is called `domain`, and is one of a layer: a feature that is called so has controllers. */
export function liesInDomain(model: ProjectModel, file: string, path: string): boolean {
  const folders = path.split("/");
  const at = folders.findLastIndex((folder) => folder.toLowerCase() === "domain");
  const outside = file.slice(0, file.length - path.length);
  const folder = outside + folders.slice(0, at + 1).join("/");
  return at !== -1 && !isWorked(model, folder) && !holdsEntries(model, folder) && !model.filesIn(folderOf(file)).some((other) => /[.-](controller|service|module|repository|resolver)\.[cm]?[jt]s$/.test(other));
}

/** `database/database.service.ts`, `redis/redis-cache.service.ts`: a service that is the store itself, beside those that use it. */
export function isStoreItself(model: ProjectModel, file: string, folder: FolderVerdict | undefined): boolean {
  const [first] = baseName(file).split(/[.\-_]|(?=[A-Z])/).filter(Boolean);
  // `services/db.service.ts` that makes the client and does nothing with it.
  if (first !== undefined && first.toLowerCase() !== "redis" && storeFolders.includes(first.toLowerCase()) && makesClient(model, file) && !usesStore(model, file) && model.values.index(file).functions.size === 0) return true;
  const around = folderOf(file).replace(/\/services?$/i, "");
  const boxes = [baseName(around).toLowerCase(), folder?.word ?? baseName(model.packageOf(file).folder).toLowerCase()];
  return first !== undefined && boxes.some((box) => storeFolders.includes(box)) && storeFolders.includes(first.toLowerCase()) && (usesStore(model, file) || makesClient(model, file) || reachesOut(model.facts(file)));
}

/** What the file does decides where the folder's name may mean several things; undefined if the folder says nothing of this file. */
function byUse(model: ProjectModel, file: string, word: string, layer: NamedLayer, evidence: readonly string[]): LayerVerdict | undefined {
  const facts = model.facts(file);
  if (layer === "shared") {
    if (word === "decorator") return knowsFramework(facts) || validates(facts) ? { layer: undefined, evidence: ["decorators between layers"] } : { layer, evidence };
    if (makesApplication(facts)) return { layer: undefined, evidence: ["makes an application"] };
    if (mostlyAnswersRequests(facts)) return { layer: "api", evidence: [...evidence, "functions of a request and a response"] };
    if (word === "tool" && offersTools(facts)) return { layer: "api", evidence: [...evidence, "offered to the outside"] };
    // `lib/db.ts` makes the client for whoever asks; what is done with it is judged where it is done.
    if (makesClient(model, file)) return { layer: undefined, evidence: ["makes a client"] };
    // Code of every kind lies in `lib/`: what is known of it is what it does.
    return usesStore(model, file) || !importsProject(model, file) ? { layer, evidence } : { layer: undefined, evidence };
  }
  // What works through services fits something to them, as what listens to an ORM does, and is no store of theirs.
  if (layer === "repository" && takesServices(model, file) && !(usesStore(model, file) && implementsPort(model, file))) return undefined;
  // `adapters/web-socket-server.ts` lets others in.
  if (word === "adapter" && isOutward(facts) && !usesStore(model, file) && !importsDataAccess(facts) && facts.imports.some(({ specifier }) => /^(?:ws|socket\.io|uWebSockets\.js|express|fastify|koa|hono)$/.test(specifier ?? ""))) return undefined;
  // What validates with the ids of a store reads no rows of it.
  if (layer === "repository" && validates(facts) && !usesStore(model, file)) return undefined;
  if (layer === "repository") return usesStore(model, file) || importsDataAccess(facts) || reachesOut(facts) ? { layer, evidence } : undefined;
  if (word === "query") return usesStore(model, file) || isOfQueries(model, file) ? { layer: "repository", evidence: [...evidence, "uses a database"] } : { layer, evidence };
  // A plugin of the framework is for the application and for routes.
  if (word === "plugin") return isOutward(facts) || makesClient(model, file) || facts.imports.some(({ specifier }) => specifier === "fastify-plugin") ? { layer: undefined, evidence: [...evidence, "fits into a framework"] } : undefined;
  // `v1/` of an API, or of a format, a protocol or a model.
  if (/^v\d$/.test(word)) return usesFramework(facts) || answersRequests(facts) ? { layer, evidence } : undefined;
  if (word === "strategy") return isCalledBack(facts) ? { layer, evidence } : undefined;
  if (workFolders.includes(word)) return !makesQueue(facts) && (isOutward(facts) || answersRequests(facts) || usesStore(model, file)) ? { layer, evidence } : undefined;
  return isOutward(facts) || answersRequests(facts) ? { layer, evidence } : undefined;
}

/** Of a folder of settings: files that set something up with them are of the layer of what they set up. */
function settingUp(model: ProjectModel, file: string, evidence: readonly string[]): LayerVerdict {
  const facts = model.facts(file);
  if (facts.imports.some(({ specifier, typeOnly }) => !typeOnly && /^passport(-|$)/.test(specifier ?? ""))) return { layer: "api", evidence: [...evidence, "sets up passport"] };
  if (makesApplication(facts)) return { layer: "composition", evidence: [...evidence, "makes an application"] };
  if (makesClient(model, file)) return { layer: "repository", evidence: [...evidence, "makes a client"] };
  // What sets a framework up with code of the project is no place for settings, and may be asked by anybody.
  return isOutwardValue(facts) && importsProject(model, file) ? { layer: undefined, evidence: [...evidence, "sets up a framework"] } : { layer: "settings", evidence };
}

/** Whether the file or one beside it, or one of the folder of models itself, imports an ORM or uses a store: a barrel beside models is one with them. */
function holdsPersistence(model: ProjectModel, file: string, folder: string): boolean {
  return isOfStore(model, folderOf(file)) || isOfStore(model, folder);
}

const isOfStore = oncePerPart((model: ProjectModel, folder: string) => model.filesIn(folder).some((file) => importsDataAccess(model.facts(file)) || usesStore(model, file) || extendsStored(model, file)));

/** Whether a file lies beside queries that are written for a store, and no command is handled beside them. */
function isOfQueries(model: ProjectModel, file: string): boolean {
  return isOfStore(model, folderOf(file)) && !folderTree(model.files).below(folderOf(folderOf(file))).has("command");
}

/** What lies around shared code that is for all of an application, and not for a part of it. */
const roots = /^(src|source|app|server|backend|api)$/;

function isForAll(folders: readonly string[]): boolean {
  return folders.slice(0, -1).every((folder) => roots.test(folder) || layerOfFolder(folder)?.layer === "shared");
}

/** Fewer files than these show no habit of a folder. */
const fewestFiles = 4;

/** Whether a folder that is called `domain` holds the work of an application: most of its files ask a store or make queues. */
const isWorked = oncePerPart((model: ProjectModel, folder: string): boolean => {
  const files = filesBelow(model.files, folder).filter((file) => !/(^|\/)(models?|entities|schemas?|__tests__)\/|\.(test|spec)\./.test(file.slice(folder.length)));
  return files.length >= fewestFiles && files.filter((file) => usesStore(model, file) || makesQueue(model.facts(file))).length * 2 > files.length;
});

/** Folders of what an application knows of others. */
const ofOthers = /(^|\/)(external|integrations?|clients|connectors?|vendors?|third-?part(y|ies)|providers?)\//;

/** Whether what lies in a folder called `api` asks the API of somebody else, and nothing there answers. */
const isOfOthers = oncePerPart((model: ProjectModel, folder: string) => {
  if (ofOthers.test(folder)) return true;
  const files = filesBelow(model.files, folder).map((file) => model.facts(file));
  return files.some(reachesOut) && !files.some((facts) => isOutward(facts) || answersRequests(facts));
});

/** Whether a folder called `api` is what a module shows to others of the project: it lies beside the module's insides, and nothing in it meets the outside. */
const isFace = oncePerPart((model: ProjectModel, folder: string) => {
  const beside = [...folderTree(model.files).folders(folderOf(folder))];
  return beside.some((name) => /^_?(internals?|impl|implementation|private)$/.test(name)) && !filesBelow(model.files, folder).some((file) => isOutward(model.facts(file)) || answersRequests(model.facts(file)));
});

/** Whether the features of a project part what they are asked from what they are told: here, or in other folders beside as many. */
function partsFromCommands(model: ProjectModel, folder: string): boolean {
  const isParted = (one: string): boolean => [...folderTree(model.files).folders(one)].some((name) => layerOfFolder(name)?.word === "command");
  return isParted(folder) || [...folderTree(model.files).folders(folderOf(folder))].some((name) => isParted(`${folderOf(folder)}/${name}`));
}

/** Whether a folder of what is done holds controllers, one for each thing: `actions/rename-user/rename-user.action.ts`. */
const holdsControllers = oncePerPart((model: ProjectModel, folder: string) => filesBelow(model.files, folder).some((file) => model.facts(file).body.some((statement) => statement.kind === "class" && (statement.class.decorators ?? []).some((decorator) => layerDecorators[decoratorName(decorator)] === "api"))));

/** Whether a folder holds commands of a command line. */
const isOfCommands = oncePerPart((model: ProjectModel, folder: string) => filesBelow(model.files, folder).some((file) => isCommand(model.facts(file))));

/** Whether a folder holds commands of a chat bot: most of its files know what a chat hands to one. */
const isOfChat = oncePerPart((model: ProjectModel, folder: string) => {
  const files = filesBelow(model.files, folder);
  return files.filter((file) => knowsChat(model.facts(file))).length * 2 > files.length;
});
