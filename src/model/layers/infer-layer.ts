import { baseName, folderOf, isDeclarationFile } from "../../base/paths.js";
import { apiRoots, resourceOfFeathers, storeFolders, vagueFolders, workFolders } from "../../catalogue/lexicon/layers.js";
import type { FileFacts } from "../../facts/facts.js";
import { holdsEnvironment } from "./held-environment.js";
import type { LayerVerdict, ProjectModel } from "../project-model.js";
import { answersRemoteCalls } from "./remote-calls.js";
import { besideTheApplication, pathInPackage } from "./beside-the-application.js";
import { byBaseClass } from "./by-base-class.js";
import { byContent } from "./by-content.js";
import { byDecorator, declaresModule } from "./by-decorator.js";
import { byEntries } from "./by-entries.js";
import { type FolderVerdict, layerByFolder } from "./by-folder.js";
import { byInjection } from "./by-injection.js";
import { byName } from "./by-name.js";
import { bySuffixOf } from "./by-suffix.js";
import { asksGiven, asksTyped, implementsPort, importsProject, takesOthers, takesServices } from "./collaborators.js";
import { reachesOut } from "./imported-packages.js";
import { layerOfFolder } from "./names.js";
import { isOutward, isOutwardValue, makesGraphqlTypes } from "./outward.js";
import { makesClient, usesStore } from "./reached-stores.js";
import { answersRequests, isServerAction, registersRoutes } from "./request-handlers.js";
import { isFrontend } from "./user-interface.js";
import { handsToPlatform, isProgram, makesApplication, makesParts, makesRouter, mounts, onlyWires, registersParts, wiresObjects } from "./wiring.js";

const unknown: LayerVerdict = { layer: undefined, evidence: [] };

/** Decides a file's layer: settings first, then tests and migrations by path, then base classes, decorators, name, folders and content. */
export function inferLayer(model: ProjectModel, file: string): LayerVerdict {
  const set = model.options.layerOf(file);
  if (set) return { layer: set.layer, ...(set.custom !== undefined && { custom: set.custom }), evidence: [`setting ${set.setting}`] };
  if (isDeclarationFile(file)) return unknown;
  const path = pathInPackage(model, file);
  const aside = besideTheApplication(model, file, path);
  if (aside) return aside;
  const facts = model.facts(file);
  if (isFrontend(model, file, path)) return { layer: undefined, evidence: ["user interface"] };
  // A mapper knows both sides of the border it lies on.
  if (/mappers?\.[cm]?[jt]s$/i.test(path) || (/maps?\.[cm]?[jt]s$/i.test(path) && facts.imports.some(({ specifier }) => specifier === "@automapper/core"))) return { layer: undefined, evidence: ["a mapper between layers"] };
  const base = byBaseClass(model, file, /(controller|service|resolver|gateway)/i.test(baseName(path)));
  if (base && !declaresModule(facts)) return base;
  if (isResource(model, file, path)) return { layer: "api", evidence: [resourceOfFeathers], guessed: true };
  if (facts.imports.some(({ specifier, typeOnly }) => specifier === "moleculer-web" && !typeOnly)) return { layer: "api", evidence: ["serves actions over HTTP"] };
  if (isServerAction(facts)) return { layer: "api", evidence: ["functions that a browser calls"] };
  if (answersRemoteCalls(facts)) return { layer: "api", evidence: ["answers remote calls"] };
  if (makesGraphqlTypes(facts)) return { layer: "api", evidence: ["makes types of a GraphQL schema"] };
  // `guards/is-query-error.ts` tells a type from others, and guards no route.
  if (/(?:^|\/)guards?\/is(?:-[a-z]|[A-Z])[^/]*$/.test(path) && !facts.body.some(({ kind }) => kind === "class")) return { layer: undefined, evidence: ["a type guard"] };
  if (handsToPlatform(facts)) return { layer: "composition", evidence: ["hands an application to a platform"] };
  // The outermost ring of a clean architecture makes the controllers with what they need.
  if (/(^|\/)main\/factories\//.test(path)) return { layer: "composition", evidence: ["folder main/factories/"] };
  if (/^make[-_.A-Z].*(?:use-?case|service|controller|repository)\.[cm]?[jt]s$/i.test(baseName(path)) && makesParts(model, file)) return { layer: "composition", evidence: [`name ${baseName(path)}`, "makes what it is called after"], guessed: true };
  // `factories/controllers/order-controller-factory.ts` makes a controller with all that it needs.
  if (/(?:controller|service|use-?case|router|repository|adapter|handler)[-_.]?factory\.[cm]?[jt]s$/i.test(baseName(path)) && makesParts(model, file) && !usesStore(model, file) && !answersRequests(model.facts(file))) return { layer: "composition", evidence: [`name ${baseName(path)}`, "makes what it is called after"], guessed: true };
  // `orders/order.model.ts` with statements in it asks the store for its rows.
  if (/\.model\.[cm]?[jt]s$/.test(path) && layerByFolder(model, file, path) === undefined && usesStore(model, file)) return { layer: "repository", evidence: [`name ${baseName(path)}`, "reaches a store"] };
  const folder = layerByFolder(model, file, path);
  const suffix = bySuffixOf(model, file, path, folder) ?? storeAmongServices(model, file, path, folder);
  const explicit = byDecorator(model, file, path, suffix) ?? suffix ?? byName(model, file, path, folder);
  const isService = explicit?.layer === "service" || explicit?.layer === "shared";
  if (explicit?.layer === "service" && folder && isStoresAdapter(model, file, folder)) return { layer: "repository", evidence: [...folder.evidence, "reaches a store"] };
  const inside = explicit === undefined && (folder?.layer === "service" || folder?.layer === "repository");
  // `services/orders/index.ts` with the routes of a service that others call.
  if (inside && makesRouter(facts)) return { layer: "api", evidence: ["makes a router"] };
  if ((isService || inside) && makesApplication(facts)) return { layer: "composition", evidence: ["makes an application"] };
  if ((isService || inside) && mounts(facts)) return { layer: "api", evidence: ["mounts on an application"] };
  if ((isService || inside) && !/\.service\./.test(baseName(path)) && isProgram(facts)) return { layer: "composition", evidence: ["exports nothing and runs at load"] };
  const reached = explicit === undefined || isService ? byEntries(model, file) : undefined;
  // A clock hands nothing in and waits for no answer: what it starts is of the layer of its name or place, or a use case.
  const entered = reached?.clock === true ? undefined : reached;
  if (entered && (explicit === undefined || entered.all || (entered.most && explicit.layer !== "service"))) return { layer: "api", evidence: entered.evidence, ...(entered.beside && (folder?.layer !== "api" || workFolders.includes(folder.word)) && { guessed: true }) };
  if (explicit === undefined && (inside || folder === undefined || folder.layer === "shared" || folder.layer === "api") && (wiresObjects(model, file) || onlyWires(model, file) || registersParts(model, file))) return { layer: "composition", evidence: ["makes services, repositories and their kin"], guessed: true };
  if (explicit === undefined && (folder === undefined || folder.layer === "shared") && holdsEnvironment(facts)) return { layer: "settings", evidence: ["takes keys of the environment and nothing else"] };
  return explicit ?? (folder && doubted(model, file, folder)) ?? (reached ? { layer: "service", evidence: reached.evidence } : undefined) ?? contentOf(model, file);
}

/** What a file is of by nothing but what it holds; a guess from what it imports yields to who is given it. */
function contentOf(model: ProjectModel, file: string): LayerVerdict {
  const content = byContent(model.facts(file));
  return (content === undefined || (content.guessed && content.layer === "repository") ? byInjection(model, file) : undefined) ?? content ?? unknown;
}

/** A service of Feathers is a resource that clients ask over HTTP and sockets, with hooks around its methods (https://feathersjs.com/api/services.html). */
function isResource(model: ProjectModel, file: string, path: string): boolean {
  return /(^|\/)services?\/(?:[^/]+\/|index\.)/.test(path) && ["@feathersjs/feathers", "feathers"].some((name) => model.packageOf(file).dependencies.has(name));
}

/** `infrastructure/outbox.service.ts`, `database/locks.service.ts`: what reaches a store there and works with no service, or is what a port of the project asks for, is an adapter of the store, whatever it is called. */
function isStoresAdapter(model: ProjectModel, file: string, { word }: FolderVerdict): boolean {
  return (/^(infrastructure|infra|adapter)$/.test(word) || storeFolders.includes(word) || /(^|\/)infra(?:structure)?\/services?\/[^/]+$/i.test(file)) && !/(^|\/)services?\/.+\//i.test(file) && usesStore(model, file) && (!takesServices(model, file) || implementsPort(model, file));
}

/** `services/redis.ts` is the store that others work with. */
function storeAmongServices(model: ProjectModel, file: string, path: string, folder: FolderVerdict | undefined): LayerVerdict | undefined {
  const name = baseName(path);
  if (folder?.layer !== "service" || !storeFolders.includes(name.slice(0, name.indexOf(".")).toLowerCase()) || !(usesStore(model, file) || makesClient(model, file) || reachesOut(model.facts(file)))) return undefined;
  return { layer: "repository", evidence: [`name ${name}`, "reaches a store"] };
}

/** Layers that a file is of for what it works with, and not for where it lies. */
const working = /^(api|service|repository|composition)$/;

/**
 * `services/common/format-date.ts` helps whoever asks: a file that works with nobody and meets nobody is of the layer of its
 * folder as far as anybody can guess. What lies beside the routes themselves is theirs.
 */
function doubted(model: ProjectModel, file: string, verdict: FolderVerdict): LayerVerdict {
  const facts = model.facts(file);
  // `common/board-plugin.ts` fits into a framework, for whoever that is.
  if (verdict.layer === "shared" && (isOutwardValue(facts) || mounts(facts))) return { ...verdict, guessed: true };
  // `utils/setupCommands.ts` knows what it sets up.
  if (verdict.layer === "shared" && /^(?:setup|bootstrap|wire|compose|install)(?=[A-Z._-])/.test(baseName(file))) return { ...verdict, guessed: true };
  const besideRoutes = (verdict.word !== "graphql" && apiRoots.includes(verdict.word) && layerOfFolder(baseName(folderOf(file)))?.word === verdict.word) || (verdict.layer === "api" && !vagueFolders.includes(verdict.word) && (isBelowRoutes(file, verdict.word) || isBesideRoutes(model, file)));
  return besideRoutes || works(model, file, verdict) ? verdict : { ...verdict, guessed: true };
}

/** Whether code does what its layer is for: it knows other code of the project, or reaches or is reached from outside. */
function works(model: ProjectModel, file: string, { layer, word }: FolderVerdict): boolean {
  const facts = model.facts(file);
  if (!working.test(layer ?? "") || importsProject(model, file) || takesOthers(model, file)) return true;
  if (usesStore(model, file) || makesClient(model, file) || isOutward(facts) || answersRequests(facts) || reachesOut(facts)) return true;
  return (word === "usecase" && asksGiven(model, file)) || (layer === "service" && asksTyped(model, file)) || (layer !== "composition" && hasDecorators(facts));
}

/** `controllers/presenters/`: two folders, one in the other, say that a file is of the api. */
function isBelowRoutes(file: string, word: string): boolean {
  return file.split("/").some((folder) => folder !== word && ["controller", "route", "router", "resolver"].includes(layerOfFolder(folder)?.word ?? "") && layerOfFolder(folder)?.word !== word);
}

/** `api/reply.ts` beside `api/orders.routes.ts`: what lies with the routes is theirs. */
const isBesideRoutes = (model: ProjectModel, file: string): boolean => model.filesIn(folderOf(file)).some((other) => other !== file && isOutward(model.facts(other)) && registersRoutes(model.facts(other)));

/** Whether a framework or an ORM is told about a class of the file. */
function hasDecorators({ body }: FileFacts): boolean {
  return body.some((statement) => statement.kind === "class" && (statement.class.decorators ?? []).length > 0);
}
