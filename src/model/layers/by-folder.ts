import { folderOf } from "../../base/paths.js";
import { apiRoots, declaringFolders, doingFolders, storeFolders, transportFolders, vagueFolders, wiringFolders, workFolders } from "../../catalogue/lexicon/layers.js";
import { folderTree } from "./folder-tree.js";
import type { LayerVerdict, ProjectModel } from "../project-model.js";
import { asksServices, importsProject, takesOthers, waits } from "./collaborators.js";
import { liesInDomain } from "./domain-folder.js";
import { containers, featureParts, isFeature } from "./feature-folders.js";
import { holdsControllers, holdsPersistence, isBesideControllers, isFace, isNoModel, isOfChat, isOfCommands, isOfOthers, isWorked, partsFromCommands } from "./folder-contents.js";
import { asksGraphql, describesApi, importsDataAccess } from "./imported-packages.js";
import { layerOfFolder, type NamedWord } from "./names.js";
import { isCalledBack, isOutward } from "./outward.js";
import { reachesNothing, runsStatements, usesStore } from "./reached-stores.js";
import { answersRequests } from "./request-handlers.js";
import { listsStored } from "./store-files.js";
import { byUse, settingUp } from "./vague-folders.js";

/** The layer that a file's folders give evidence for, with the word that decided. */
export interface FolderVerdict extends LayerVerdict {
  readonly word: string;
}

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

/** `routes/repositories/`, `controllers/utils/` and `graphql/services/` are of the api; only what does their work is of another layer. */
function isOfRoot(model: ProjectModel, file: string, root: number, at: number, names: readonly (NamedWord | undefined)[]): boolean {
  const { word, layer } = names[at] ?? { word: "", layer: "api" };
  if (root === -1 || at <= root || layer === "api" || layer === "tests") return false;
  return (word !== "service" || names[root]?.word === "graphql") && !(layer === "repository" && (usesStore(model, file) || importsDataAccess(model.facts(file))));
}

/** What lies around shared code that is for all of an application, and not for a part of it. */
const roots = /^(src|source|app|server|backend|api)$/;

function isForAll(folders: readonly string[]): boolean {
  return folders.slice(0, -1).every((folder) => roots.test(folder) || layerOfFolder(folder)?.layer === "shared");
}

/** Whether a folder inside shared code holds what all features stand on, though elsewhere it would be of a layer. */
function isOfKernel(model: ProjectModel, file: string, folder: string, folders: readonly string[], { word, layer }: NamedWord): boolean {
  const facts = model.facts(file);
  if (layer === "service" || layer === "domain") return true;
  if (word === "model" && !holdsPersistence(model, file, folder)) return true;
  if (layer === "composition") return !isOutward(facts);
  if (layer === "api") return (containers.test(word) || declares(folders)) && !isOutward(facts) && !answersRequests(facts);
  if (layer !== "repository") return false;
  return vagueFolders.includes(word) || word === "redis" || (declares(folders) && !holdsPersistence(model, file, folder)) || (storeFolders.includes(word) && reachesNothing(model, file));
}

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
  if (outer.includes("shared") && isOfKernel(model, file, folder, folders, { word, layer })) return { layer: "shared", evidence: [`folder ${folders.join("/")}/`] };
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
  if (word === "model" && around === undefined && holdsPersistence(model, file, folder) && isNoModel(model, file)) return { layer: undefined, evidence: [...evidence, "answers or tells of events, and reaches no store"] };
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

/** `types/database/`: what is declared for a store, and reads or writes none. */
function declares(folders: readonly string[]): boolean {
  return folders.some((name) => declaringFolders.includes(layerOfFolder(name)?.word ?? ""));
}
