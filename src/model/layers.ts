import { isTestName, isTestPath } from "../base/test-paths.js";
import { settledPerPart } from "../base/settled.js";
import { baseName, folderOf, isDeclarationFile } from "../base/paths.js";
import { within } from "../base/position.js";
import { apiRoots, compositionNames, eitherSuffixes, innerSuffixes, layerDecorators, modelDecorators, outwardSuffixes, resourceOfFeathers, shapingSuffixes, sourceFolders, storeFolders, vagueFolders, vagueSuffixes, verbalSuffixes, verbs, wholeNames, wiringFolders, workFolders, yieldingSuffixes } from "../catalogue/lexicon/layers.js";
import type { FileFacts } from "../facts/facts.js";
import { decoratorName, lastName } from "../facts/names.js";
import type { ClassNode, Decorator, FunctionNode } from "../facts/syntax.js";
import { entriesOf } from "./entries/gather.js";
import { heldFunction } from "./file-index.js";
import { answersRequests, definesProcedures, isServerAction, mostlyAnswersRequests, registersRoutes } from "./layers/request-handlers.js";
import { asksGiven, asksServices, asksTyped, implementsPort, importsProject, isCalledAfter, takesOthers, takesServices, waits } from "./layers/collaborators.js";
import { byBaseClass } from "./layers/by-base-class.js";
import { describesApi, importsDataAccess, reachesOut, validates } from "./layers/imported-packages.js";
import { handsToPlatform, isProgram, listens, makesApplication, makesParts, mounts, onlyWires, wires, wiresObjects } from "./layers/wiring.js";
import { isCalledBack, isOutward, isOutwardValue, knowsChat, knowsFramework, listensToChat, makesGraphqlTypes } from "./layers/outward.js";
import { isFrontend } from "./layers/user-interface.js";
import { makesClient, runsStatements, usesStore } from "./layers/reached-stores.js";
import { holdsEnvironment } from "./held-environment.js";
import { folderTree } from "./folder-tree.js";
import { type FolderVerdict, isStoreItself, layerByFolder, liesInDomain, reachesNothing } from "./layer-folders.js";
import { implementation, lastWord, layerOfFolder, layerOfSuffix, type NamedWord, singular } from "./layer-names.js";
import type { LayerVerdict, ProjectModel } from "./project-model.js";
import { answersRemoteCalls } from "./remote-calls.js";

const toolConfiguration = /^(vitest|jest|playwright|cypress|eslint|prettier|stylelint|commitlint|tsup|tsdown|webpack|rspack|rollup|esbuild|vite|babel|drizzle|prisma|knexfile|next|nuxt|astro|svelte|tailwind|unocss|postcss|lint-staged|ormconfig|mikro-orm|ecosystem|codegen|graphql|knip|release|taze|turbo|metro)[\w.-]*\.config\.[cm]?[jt]s$|^(ormconfig|knexfile|gulpfile|Gruntfile|package-scripts|webpack\.\w+|jest\.\w+)\.[cm]?[jt]s$|^\.[\w.-]+$/;
/** What is called a repository and holds the code of somebody: `GithubRepo.ts`. */
const ofCode = /(?:git(?:hub|lab|ea|ee|bucket)?|bitbucket|gerrit|forgejo)[-_]?repo(?:sitory)?\./i;
/** Validation of no request in particular: a helper. */
const validatesAnything = /^(?:schema|data|type|json|object|config|env)[-_.]?(?:validation|validator)s?$/i;
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
  if (/mapper\.[cm]?[jt]s$/i.test(path)) return { layer: undefined, evidence: ["a mapper between layers"] };
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
  if ((isService || inside) && makesApplication(facts)) return { layer: "composition", evidence: ["makes an application"] };
  if ((isService || inside) && mounts(facts)) return { layer: "api", evidence: ["mounts on an application"] };
  if ((isService || inside) && !/\.service\./.test(baseName(path)) && isProgram(facts)) return { layer: "composition", evidence: ["exports nothing and runs at load"] };
  const reached = explicit === undefined || isService ? byEntries(model, file) : undefined;
  // A clock hands nothing in and waits for no answer: what it starts is of the layer of its name or place, or a use case.
  const entered = reached?.clock === true ? undefined : reached;
  if (entered && (explicit === undefined || entered.all || (entered.most && explicit.layer !== "service"))) return { layer: "api", evidence: entered.evidence, ...(entered.beside && (folder?.layer !== "api" || workFolders.includes(folder.word)) && { guessed: true }) };
  if (explicit === undefined && (inside || folder === undefined || folder.layer === "shared" || folder.layer === "api") && (wiresObjects(model, file) || onlyWires(model, file))) return { layer: "composition", evidence: ["makes services, repositories and their kin"], guessed: true };
  if (explicit === undefined && (folder === undefined || folder.layer === "shared") && holdsEnvironment(facts)) return { layer: "settings", evidence: ["takes keys of the environment and nothing else"] };
  return explicit ?? (folder && doubted(model, file, folder)) ?? (reached ? { layer: "service", evidence: reached.evidence } : undefined) ?? byContent(facts) ?? unknown;
}

/** A service of Feathers is a resource that clients ask over HTTP and sockets, with hooks around its methods (https://feathersjs.com/api/services.html). */
function isResource(model: ProjectModel, file: string, path: string): boolean {
  return /(^|\/)services?\/(?:[^/]+\/|index\.)/.test(path) && ["@feathersjs/feathers", "feathers"].some((name) => model.packageOf(file).dependencies.has(name));
}

/** `infrastructure/outbox.service.ts`, `database/locks.service.ts`: what reaches a store there and works with no service, or is what a port of the project asks for, is an adapter of the store, whatever it is called. */
function isStoresAdapter(model: ProjectModel, file: string, { word }: FolderVerdict): boolean {
  return (/^(infrastructure|infra|adapter)$/.test(word) || storeFolders.includes(word) || /(^|\/)infra(?:structure)?\/services?\/[^/]+$/i.test(file)) && !/(^|\/)services?\/.+\//i.test(file) && usesStore(model, file) && (!takesServices(model, file) || implementsPort(model, file));
}

/** Folders of what an application is built on, whose rules are none of the business. */
const technicalFolders = /(?:^|\/)(?:bootstrap|infrastructure|infra|config|shared|common|utils?|lib)\//i;

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
  const besideRoutes = (verdict.word !== "graphql" && apiRoots.includes(verdict.word) && layerOfFolder(baseName(folderOf(file)))?.word === verdict.word) || (verdict.layer === "api" && !vagueFolders.includes(verdict.word) && isBelowRoutes(file, verdict.word));
  const works = !working.test(verdict.layer ?? "") || besideRoutes || importsProject(model, file) || usesStore(model, file) || makesClient(model, file) || isOutward(facts) || answersRequests(facts) || reachesOut(facts) || takesOthers(model, file) || (verdict.word === "usecase" && asksGiven(model, file)) || (verdict.layer === "service" && asksTyped(model, file)) || (verdict.layer !== "composition" && hasDecorators(facts));
  return works ? verdict : { ...verdict, guessed: true };
}

/** `controllers/presenters/`: two folders, one in the other, say that a file is of the api. */
function isBelowRoutes(file: string, word: string): boolean {
  return file.split("/").some((folder) => folder !== word && ["controller", "route", "router", "resolver"].includes(layerOfFolder(folder)?.word ?? "") && layerOfFolder(folder)?.word !== word);
}

/** Whether a framework or an ORM is told about a class of the file. */
function hasDecorators({ body }: FileFacts): boolean {
  return body.some((statement) => statement.kind === "class" && (statement.class.decorators ?? []).length > 0);
}

/** The path below the package, or below the project of a workspace without packages: their names say nothing (`services/api/src/…`). */
function pathInPackage(model: ProjectModel, file: string): string {
  const unit = model.packageOf(file);
  const path = unit.folder === "" ? file : file.slice(unit.folder.length + 1);
  return path.replace(/^(?:apps\/[^/]+\/|(?:libs|libraries|packages)\/(?=[^/]+\/(?:[^/]+\/){0,2}src\/))/, "");
}

/** Whether any file below a folder is a test by its name, or runs as one. */
const holdsTests = settledPerPart((model: ProjectModel, folder: string): boolean =>
  model.files.some((other) => other.startsWith(folder) && (/(test|spec)s?\.[cm]?[jt]sx?$/i.test(other) || model.values.index(other).calls.some(({ node: { callee } }) => callee.kind === "name" && /^(describe|it|test)$/.test(callee.name)))),
);

/** `modules/mock/` with `mock.controller.ts`, `src/test/` with `test.routes.ts`: a feature of the business that is called as tests are. */
const isFeature = settledPerPart((model: ProjectModel, folder: string): boolean => {
  const name = baseName(folder).toLowerCase().replace(/s$/, "");
  return model.files.some((other) => other.startsWith(`${folder}/`) && /^(\w+?)s?[.-](?:controller|resolver|routes?|router)\.[cm]?[jt]s$/.exec(baseName(other).toLowerCase())?.[1] === name);
});

function besideTheApplication(model: ProjectModel, file: string, path: string): LayerVerdict | undefined {
  if (isTestName(path)) return { layer: "tests", evidence: ["test file by its name"] };
  const folders = path.split("/").slice(0, -1);
  for (const [at, folder] of folders.entries()) {
    const layer = layerOfFolder(folder)?.layer;
    // A specification of something else than tests: an OpenAPI document with its controller.
    if (layer === "tests" && /^specs?$/i.test(folder) && !holdsTests(model, file.slice(0, file.indexOf(`${folder}/`) + folder.length + 1))) continue;
    if (layer === "tests" && at > 0 && isFeature(model, file.slice(0, file.length - path.length) + folders.slice(0, at + 1).join("/"))) continue;
    // A folder of the application's own that has controllers: `modules/upgrade/`.
    if (layer === "migrations" && folderTree(model.files).below(file.slice(0, file.length - path.length) + folders.slice(0, at + 1).join("/")).has("controller")) continue;
    // A server that is started by a script: what makes the application and mounts the project's routes.
    if (layer === "migrations" && /^scripts?$/i.test(folder) && makesApplication(model.facts(file)) && importsProject(model, file)) return { layer: "composition", evidence: ["makes an application"] };
    if (layer === "tests" || layer === "migrations") return { layer, evidence: [`folder ${folder}/`] };
  }
  // A project of a workspace need not be a package: `apps/api-e2e/`.
  const units = [baseName(model.packageOf(file).folder), /^(?:apps|libs|packages)\/([^/]+)\//.exec(file)?.[1] ?? ""];
  const around = model.packageOf(file).folder.split("/").slice(0, -1);
  const ofTests = units.find((name) => /(^|[-_.])(e2e|tests?|testing)$|^test-(?:setup|utils|helpers|kit|support)$/.test(name)) ?? around.find((name) => /^(?:tests?|__tests__|e2e)$/.test(name));
  if (ofTests !== undefined) return { layer: "tests", evidence: [`package ${ofTests}`] };
  const ofSeeds = units.find((name) => /^(?:(?:db|database)-)?(?:seed|seeds|seeder|seeding|seed-data|migrator|migrations?)$/.test(name));
  if (ofSeeds !== undefined) return { layer: "migrations", evidence: [`package ${ofSeeds}`] };
  if (/^(?:\d[\w.]{0,15}-)?\d{8,}[-_]/.test(baseName(path))) return { layer: "migrations", evidence: ["a name that begins with a timestamp"] };
  if (/^((migrate|seed)-[\w-]+|migrations?[-.](executor|runner|generator))\.[cm]?[jt]s$/.test(baseName(path)) && (usesStore(model, file) || runsStatements(model, file))) return { layer: "migrations", evidence: [`name ${baseName(path)}`, "reaches a store"] };
  if (!/(^|\/)src\//.test(path) && toolConfiguration.test(baseName(path))) return { layer: undefined, evidence: ["configuration of a tool"] };
  return undefined;
}

/** Whether a file wires a module of Nest; a guard that only it uses may stand beside it. */
function declaresModule(facts: FileFacts): boolean {
  return facts.body.some((statement) => statement.kind === "class" && (statement.class.decorators ?? []).some((decorator) => decoratorName(decorator) === "Module"));
}

function byDecorator(model: ProjectModel, file: string, path: string, suffix: LayerVerdict | undefined): LayerVerdict | undefined {
  for (const statement of model.facts(file).body) {
    if (statement.kind !== "class") continue;
    for (const decorator of statement.class.decorators ?? []) {
      const name = decoratorName(decorator);
      // `@OwnEntity()` of the project's own wraps those of its ORMs.
      const layer = layerDecorators[name] ?? (/Entity$/.test(name) && isCalled(decorator) && /entity\.[cm]?[jt]s$/i.test(path) ? "repository" : undefined);
      if (!layer || (name === "Repository" && !isCalled(decorator)) || (name === "EntityRepository" && suffix?.layer === "service")) continue;
      // An entity in the folder of the domain is the domain's, with a decorator that does not belong there.
      if ((modelDecorators.includes(name) || /Entity$/.test(name)) && liesInDomain(model, file, path)) return { layer: "domain", evidence: ["folder domain/"] };
      return { layer, evidence: [`decorator @${name}`, ...className(statement.class)] };
    }
  }
  return undefined;
}

/** `users.controller.ts`, `user-repository.ts`, `userService.ts`, `UserService.ts`. */
function bySuffixOf(model: ProjectModel, file: string, path: string, folder: FolderVerdict | undefined): LayerVerdict | undefined {
  const full = baseName(path).replace(/\.[cm]?[jt]sx?$/, "");
  // `user.repository.mongo.ts` is the repository for that store.
  const name = full.replace(implementation, "");
  const parts = name.split(/[.\-_]/);
  const dotted = name.includes(".") ? name.slice(name.lastIndexOf(".") + 1) : undefined;
  const joinedEnd = parts.length > 1 ? parts.slice(-2).join("") : undefined;
  const single = parts.length === 1 && wholeNames.includes(singular(name.toLowerCase())) ? name : undefined;
  for (const candidate of [dotted, joinedEnd, single, parts.length > 1 ? parts.at(-1) : undefined, parts.length === 1 ? lastWord(name) : undefined]) {
    const named = candidate === undefined ? undefined : layerOfSuffix(candidate);
    if (candidate === undefined || !named || validatesAnything.test(name) || (candidate !== dotted && isCalledAsPackage(model, file, path, full)) || (full.includes(".") && compositionNames.includes(full.toLowerCase()))) continue;
    if (candidate !== dotted && saysNothing(name, candidate, named)) continue;
    // `seeds.ts` of a garden club answers requests for seeds.
    if (named.layer === "migrations" && knowsFramework(model.facts(file)) && registersRoutes(model.facts(file))) continue;
    const verdict: LayerVerdict = { layer: named.layer, evidence: [`name ${baseName(path)}`] };
    const form = candidate === dotted ? "dotted" : candidate === single ? "whole" : "joined";
    return overruled(model, path, verdict, named.word, form, folder) ? folder : byMeaning(model, file, path, verdict, { word: named.word, candidate, form }, folder);
  }
  return undefined;
}

/** `orders-service/src/orders-service.ts` is where its package begins, whatever that is called. */
function isCalledAsPackage(model: ProjectModel, file: string, path: string, name: string): boolean {
  const { folder, name: own = folder } = model.packageOf(file);
  return folder !== "" && /^(?:src\/)?[^/]+$/.test(path) && (name === baseName(folder) || name === baseName(own));
}

/** `services/redis.ts` is the store that others work with. */
function storeAmongServices(model: ProjectModel, file: string, path: string, folder: FolderVerdict | undefined): LayerVerdict | undefined {
  const name = baseName(path);
  if (folder?.layer !== "service" || !storeFolders.includes(name.slice(0, name.indexOf(".")).toLowerCase()) || !(usesStore(model, file) || makesClient(model, file) || reachesOut(model.facts(file)))) return undefined;
  return { layer: "repository", evidence: [`name ${name}`, "reaches a store"] };
}

/** `updateJobs.ts` and `createTaskInService.ts` are called after what they do, and `Modules.ts` lists what an application is put together of. */
function saysNothing(name: string, candidate: string, { word, layer }: NamedWord): boolean {
  const [first = ""] = name.split(/[._-]|(?=[A-Z])/);
  if (candidate !== name && /(?:In|[._-]in|By|[._-]by|For|[._-]for|Of|[._-]of|From|[._-]from|With|[._-]with|Per|[._-]per)[._-]?$/.test(name.slice(0, -candidate.length))) return true;
  return (verbs.includes(first) && candidate !== name && !verbalSuffixes.includes(word)) || (layer === "composition" && candidate.toLowerCase() !== word);
}

/** Whether a file's folder says more of it than its name. */
function overruled(model: ProjectModel, path: string, { layer }: LayerVerdict, word: string, form: Form, folder: FolderVerdict | undefined): boolean {
  if (!folder) return false;
  // `bootstrap/Service.ts` starts the service.
  if (wiringFolders.includes(folder.word)) return form !== "dotted" && layer !== "settings" && layer !== "shared";
  // Code of every kind lies in `lib/`: `lib/user-config.ts` and `lib/user-helper.ts` are no exception.
  if (folder.layer === undefined) return form === "joined" && (word === "helper" || word === "util" || yieldingSuffixes.includes(word));
  // `application/user.dto.ts` is a contract of the service.
  if (word === "dto") return true;
  // `domain/user.errors.ts` is of the domain, `routes/users/helpers.ts` of api.
  if (layer === "shared") return folder.layer === "api" || form === "joined" || layerOfFolder(baseName(folderOf(path))) !== undefined;
  // `errors/entity.ts` is one of the errors.
  if (word === "entity" && (form === "whole" || folder.layer === "api")) return true;
  // `datasources/billing-api.service.ts` asks another system for data.
  if (word === "service" && sourceFolders.includes(folder.word)) return true;
  // `models/hoursByService.ts`, `models/service.js` and `models/device-aggregate.js` are models.
  if ((word === "service" || layer === "domain") && form !== "dotted" && (folder.word === "model" || folder.word === "entity")) return true;
  if (!yieldingSuffixes.includes(word)) return false;
  if (layer === "api") return folder.layer === "service" || folder.layer === "domain" || folder.layer === "repository" || folder.layer === "shared";
  return folder.layer === "api" || (form === "joined" && folder.layer !== "composition" && folder.layer !== "settings");
}

type Form = "dotted" | "whole" | "joined";

/** What a name that follows a convention says of a file that does what it does; undefined if it says nothing. */
function byMeaning(model: ProjectModel, file: string, path: string, verdict: LayerVerdict, { word, candidate, form }: { readonly word: string; readonly candidate: string; readonly form: Form }, folder: FolderVerdict | undefined): LayerVerdict | undefined {
  const facts = model.facts(file);
  const { layer, evidence } = verdict;
  // `body-composition.ts` measures bodies.
  if (layer === "composition" && form === "joined" && !makesApplication(facts) && !wires(facts) && !wiresObjects(model, file)) return undefined;
  // `interop/Module.ts` is one of the modules that the application has.
  if (word === "module" && form === "whole" && !declaresModule(facts) && !wires(facts) && !wiresObjects(model, file)) return undefined;
  // A container of the project's own puts together whatever it is told of, and knows none of it.
  if (word === "container" && form === "whole" && !importsProject(model, file) && !wires(facts) && !wiresObjects(model, file)) return undefined;
  if (word === "decorator") {
    if (readsRequests(facts)) return { layer: "api", evidence: [...evidence, "makes decorators of handler parameters"] };
    return knowsFramework(facts) || validates(facts) ? { layer: undefined, evidence: ["decorators between layers"] } : verdict;
  }
  // `app_build_settings.ts` is the table of that name.
  if (layer === "settings" && form === "joined" && importsDataAccess(facts) && !makesClient(model, file)) return undefined;
  // A data source of GraphQL that asks services keeps what they gave for one request.
  if (word === "datasource" && form === "joined" && (reachesNothing(model, file) || (!usesStore(model, file) && asksServices(model, file)))) return undefined;
  // Which steps the domain knows is the domain's: `domain/grade-workflow.ts`.
  if (word === "workflow" && folder?.layer === "domain") return folder;
  // `bootstrap/cors.policy.ts`, `infrastructure/retry.policy.ts`: what is technical has rules as well.
  if (word === "policy" && technicalFolders.test(path) && !liesInDomain(model, file, path)) return undefined;
  // `order-workflow.ts` may say which steps there are, and take none.
  if (word === "workflow" && form !== "dotted" && reachesNothing(model, file) && !takesOthers(model, file) && !waits(facts)) return { ...verdict, guessed: true };
  if (word === "store" || word === "readmodel") return usesStore(model, file) || runsStatements(model, file) ? verdict : undefined;
  // `env.service.ts` is the settings, given as a service.
  if (word === "service" && /(?:^|[-_.]|(?<=[a-z])(?=[A-Z]))(?:[eE]nv(?:ironment)?|[cC]onfig(?:uration)?|[sS]ettings)[-_.]?[sS]ervice\./.test(baseName(path)) && !usesStore(model, file) && !importsDataAccess(facts) && !takesServices(model, file)) return { layer: "settings", evidence };
  // `proxy.service.ts` hands requests on to where they are answered.
  if (word === "service" && /(?:^|[-_.])proxy[-_.]service\./i.test(baseName(file)) && isOutward(facts) && reachesOut(facts)) return { layer: "api", evidence: [...evidence, "hands requests on"] };
  if (word === "service" && isStoreItself(model, file, folder)) return { layer: "repository", evidence: [...evidence, ...(folder?.evidence ?? []), "reaches a store"], ...(folder?.word === "service" && { guessed: true }) };
  // `database/models/lookup.service.ts` looks through the models that lie beside it.
  if (word === "service" && folder?.layer === "repository" && folder.word === "model" && !takesServices(model, file)) return folder;
  // `routes/services/failure.service.js` answers requests for the routes.
  if (word === "service" && /(?:^|\/)(?:routes?|routers?|controllers?)\//.test(path) && answersRequests(facts) && !usesStore(model, file)) return { layer: "api", evidence: [...evidence, "answers for the routes around it"] };
  // `utils/date-service.ts` helps whoever asks.
  if (word === "service" && form === "joined" && folder?.layer === "shared" && !importsProject(model, file) && !usesStore(model, file) && !makesClient(model, file) && !reachesOut(facts)) return folder;
  // What logs is for everybody.
  if (word === "service" && folder?.layer === "shared" && /^logg/.test(folder.word)) return folder;
  if (word === "service" && /(?:^|[-_.])logger[-_.]?service\./i.test(baseName(path)) && !usesStore(model, file)) return { layer: "shared", evidence };
  // A port of the domain, or a service of it that needs nobody: `domain/UserRepository.ts`, `domain/TaxService.ts`.
  if (/^(repository|repo|service)$/.test(word) && folder?.layer === "domain" && liesInDomain(model, file, path) && reachesNothing(model, file) && !takesOthers(model, file)) return { layer: "domain", evidence: [...folder.evidence, "reaches nothing outside"] };
  // What the domain asks of a repository: `domain/repositories/user.repository.ts`.
  if (/^(repository|repo)$/.test(word) && /(?:^|\/)domain\/(?:\w+\/)?(?:repositor(?:y|ies)|repos?|ports?)\/[^/]+$/.test(path) && isDeclaration(facts)) return { layer: "domain", evidence: ["folder domain/", "only declares"] };
  // `github-repository.ts` may be about anything that is called a repository.
  if ((word === "repository" || word === "repo") && form !== "dotted") return (declaresRepository(facts) && !ofCode.test(baseName(path))) || usesStore(model, file) || importsDataAccess(facts) ? verdict : undefined;
  // Helpers and settings of a feature that know other code of the project are not for everybody.
  if (((layer === "shared" && !folder?.layer) || (layer === "settings" && folder?.layer !== "settings" && folder?.layer !== "composition")) && form !== "dotted" && isOfFeature(path) && (importsProject(model, file) || usesStore(model, file))) return undefined;
  // `commands/orders/utils.ts` and `dal/orders/constants.ts` that know other code of the project are of what lies there.
  if (layer === "shared" && folder && /^(service|repository|domain)$/.test(folder.layer ?? "") && ((form === "whole" && importsProject(model, file)) || usesStore(model, file))) return folder;
  if ((word === "helper" || word === "util") && !folder?.layer && (isOutwardValue(facts) || usesStore(model, file) || makesClient(model, file) || (isOfFeature(path) && importsProject(model, file)))) return undefined;
  if (outwardSuffixes.includes(word) && !isCalledBack(facts) && !validates(facts)) return importsDataAccess(facts) && !takesServices(model, file) ? { layer: "repository", evidence: [...evidence, "imports a data-access package"] } : undefined;
  // `error-filter.ts` may filter anything; `http-exception.filter.ts` follows the convention.
  const meetsNobody = !isOutward(facts) && !answersRequests(facts);
  if (form !== "dotted" && vagueSuffixes.includes(word) && meetsNobody) return undefined;
  // `permission.serializer.ts` may put anything into another form.
  if (shapingSuffixes.includes(word) && meetsNobody && folder?.layer !== "api") return { ...verdict, guessed: true };
  // What a service hands work to may know the context of a request, and is called by nobody outside.
  if (eitherSuffixes.includes(word) && isProvided(facts) && (meetsNobody || (word === "handler" && entriesOf(model).of(file).length === 0))) return folder ?? { layer: "service", evidence: ["a class that is injected"] };
  // `test-result.controller.ts` that only services ask works for them, whatever it is called.
  if (word === "controller" && meetsNobody && waits(facts) && entriesOf(model).of(file).length === 0 && isAskedByServices(model, file)) return { ...verdict, guessed: true };
  // `services/change.handler.ts` handles what other services tell it, `datasources/cache.router.ts` makes keys.
  if (innerSuffixes.includes(word) && folder && folder.layer !== "api" && meetsNobody) return folder;
  // `stripe.gateway.ts` is the way to somebody else, and nobody comes in by it.
  if (word === "gateway" && meetsNobody) return { layer: "service", evidence, guessed: true };
  if (innerSuffixes.includes(word) && (!folder || folder.guessed) && meetsNobody) return { ...verdict, guessed: true };
  // `authorization/policies/member.policy.ts` says who may do what, of all layers.
  if (word === "policy" && /(?:^|\/)(?:auth|authori[sz]ation|authz|permissions?|access-?control|acl|rbac|abac|abilit(?:y|ies))\//i.test(path) && !liesInDomain(model, file, path)) return { ...verdict, guessed: true };
  // `find-all-entities.ts`, `retry-policy.ts`: only `user.policy.ts` follows a convention.
  if (form !== "dotted" && layer === "domain" && (candidate.toLowerCase() !== word || word === "policy" || word === "specification")) return undefined;
  // `record.list.vo.ts` of views: what an answer holds, described for a document of the API.
  if ((word === "vo" || word === "entity") && describesApi(facts) && !importsDataAccess(facts) && !liesInDomain(model, file, path)) return { layer: word === "vo" ? "api" : undefined, evidence: [...evidence, "describes what the API answers"] };
  // `order.type.ts`, `order-status.enum.ts` of a GraphQL schema.
  if (layer === "shared" && form === "dotted" && describesApi(facts)) return { layer: undefined, evidence: [...evidence, "describes what the API answers"] };
  // Entities that an ORM maps are of the repository layer, wherever the domain is not a folder of its own.
  if (word === "entity" && importsDataAccess(facts) && !liesInDomain(model, file, path)) return { layer: "repository", evidence: [...evidence, "imports a data-access package"] };
  // `axios-error-handler.ts` handles the errors of something else, and `archive-validator.ts` may look at files.
  if (/^(handler|validator|validation)$/.test(word) && form === "joined" && layer === "api" && !isOutwardValue(facts) && !answersRequests(facts) && folder?.layer !== "api") return { ...verdict, guessed: true };
  // What the api and the services hand each other belongs to both as long as nobody says more.
  return word === "dto" ? { ...verdict, guessed: true } : verdict;
}

/** Whether a file lies in a folder of its own, and not at the top of the sources. */
function isOfFeature(path: string): boolean {
  return path.replace(/^src\//, "").includes("/");
}

/** Whether a file holds types and abstract classes alone, and constants that name them. */
function isDeclaration({ body }: FileFacts): boolean {
  return body.every((statement) => (statement.kind === "class" ? statement.class.abstract === true : statement.kind === "variable" ? statement.declarators.every(({ value }) => value === undefined || value.kind === "literal" || (value.kind === "call" && lastName(value.callee) === "Symbol")) : statement.kind !== "function" && statement.kind !== "expression"));
}

/** Whether a file declares something that is called a repository. */
function declaresRepository({ bindings }: FileFacts): boolean {
  return bindings.some(({ name }) => /Repo(sitory)?$/i.test(name));
}

/** Whether services ask a file, and besides them controllers alone, which register no routes. */
function isAskedByServices(model: ProjectModel, file: string): boolean {
  const importers = model.edgesTo(file).filter(({ kind, from }) => kind !== "type-only" && kind !== "elided" && !isTestPath(from)).map(({ from }) => from);
  return importers.some((from) => isCalledAfter(from, "service")) && importers.every((from) => isCalledAfter(from, "service") || isCalledAfter(from, "controller"));
}

/** Whether a class of the file is injected into others by the framework's container. */
function isProvided({ body }: FileFacts): boolean {
  return body.some((statement) => statement.kind === "class" && (statement.class.decorators ?? []).some((decorator) => /^injectable$/i.test(decoratorName(decorator))));
}

/** Whether a file makes decorators that give a handler's parameters what a request holds. */
function readsRequests(facts: FileFacts): boolean {
  return facts.imports.some(({ specifier, names }) => specifier === "@nestjs/common" && names.some(({ imported }) => imported === "createParamDecorator"));
}

function byName(model: ProjectModel, file: string, path: string, folder: FolderVerdict | undefined): LayerVerdict | undefined {
  // `config/app.ts` and `models/index.ts` are what lies there; `api/server.ts` starts what lies there.
  if (folder?.layer !== undefined && folder.layer !== "composition" && !/^(api|web|http|rest)$/.test(folder.word)) return undefined;
  const { body, exports } = model.facts(file);
  const name = baseName(path).replace(/\.[cm]?[jt]sx?$/, "").toLowerCase();
  const depth = path.split("/").length - 1;
  const startsSomething = body.some((statement) => statement.kind === "expression" && statement.value.kind !== "assign");
  const library = model.packageOf(file).kind === "library";
  // `translations/server.ts` is what the server has of translations.
  const atTop = depth === 0 || (depth === 1 && (makesApplication(model.facts(file)) || /^(src|source|app|server|backend)\//.test(path)));
  // `server/src/server.ts` of a package that has the user interface beside it.
  // What others import is started by nobody: `packages/logger/src/main.ts`.
  if (library && !makesApplication(model.facts(file))) return undefined;
  const outermost = startsSomething ? depth <= 1 || (depth === 2 && (path.startsWith("src/") || makesApplication(model.facts(file)))) : atTop || (depth === 2 && path.startsWith("src/") && makesApplication(model.facts(file)));
  // `packages/config/server.ts` has the settings of the server.
  if (compositionNames.includes(name) && depth === 0 && !body.some((statement) => statement.kind === "expression" && /^(?:call|await|new)$/.test(statement.value.kind)) && !makesApplication(model.facts(file)) && /^(?:config|settings|env)s?$/.test(baseName(model.packageOf(file).folder))) return { layer: "settings", evidence: [`package ${model.packageOf(file).folder}`] };
  if (compositionNames.includes(name) && outermost) return { layer: "composition", evidence: [`name ${baseName(path)}`] };
  if (name === "index" && folder === undefined && depth <= 1 && startsSomething && (exports.length === 0 || makesApplication(model.facts(file)))) return { layer: "composition", evidence: [`name ${baseName(path)}`, "runs at load"] };
  return undefined;
}

/** Whether the outside reaches code of the file: consumers, jobs, resolvers and commands are no services, whatever they are called. */
function byEntries(model: ProjectModel, file: string): { readonly most: boolean; readonly all: boolean; readonly beside: boolean; readonly clock: boolean; readonly evidence: readonly string[] } | undefined {
  // A file that only registers handlers of other files puts the application together.
  const own = entriesOf(model).of(file).filter(({ handler, library }) => handler?.file === file && library !== "@nestjs/cqrs");
  const [first] = own;
  if (!first) return undefined;
  const handled = new Set(own.map(({ handler }) => handler?.node));
  const methods = model.values.index(file).classes.flatMap(({ members }) => members.flatMap((member) => (member.kind === "method" && member.access === undefined && !member.static && member.name !== "constructor" ? [member.function] : [])));
  // A service with one listener among its operations is a service; one of listeners alone is not.
  const entered = methods.filter((method) => handled.has(method)).length;
  return { most: entered * 2 > methods.length, all: entered > 0 && entered === methods.length, beside: offersOthers(model, file, handled), clock: own.every(({ kind }) => kind === "cron"), evidence: [`${first.kind} entry point of ${first.library}`] };
}

/** Whether a file offers functions in which nothing is handled: it lets others put work into the queue that it takes it out of. */
function offersOthers(model: ProjectModel, file: string, handled: ReadonlySet<FunctionNode | undefined>): boolean {
  const index = model.values.index(file);
  return model.facts(file).exports.some(({ binding }) => {
    const node = heldFunction(index, binding);
    return node !== undefined && ![...handled].some((handler) => handler !== undefined && within(handler.span, node.span));
  });
}

function byContent(facts: FileFacts): LayerVerdict | undefined {
  if (definesProcedures(facts)) return { layer: "api", evidence: ["defines procedures"] };
  const classes = facts.body.flatMap((statement) => (statement.kind === "class" && statement.class.name !== undefined ? [statement.class.name] : []));
  // `base/classes.ts` with what controllers, services and repositories are made of is of none of them.
  // `class OrderRows extends BaseRepository`
  const kin = facts.body.find((statement) => statement.kind === "class" && statement.class.extends !== undefined && /(?:Repository|Dao|DAO)$/.test(lastName(statement.class.extends.value)));
  if (classes.some((name) => /Repository$/.test(name)) || kin) return classes.some((name) => /(?:Controller|Router|Resolver|Service|UseCase)$/.test(name)) ? undefined : { layer: "repository", evidence: [kin ? "class of a …Repository" : "class …Repository"] };
  const guess = guessByContent(facts);
  return guess && { ...guess, guessed: true };
}

function guessByContent(facts: FileFacts): LayerVerdict | undefined {
  if (makesApplication(facts) && listens(facts)) return { layer: "composition", evidence: ["makes an application"] };
  if (facts.body.some((statement) => statement.kind === "class" && statement.class.name !== undefined && /Service$/.test(statement.class.name))) return { layer: "service", evidence: ["class …Service"] };
  if (mostlyAnswersRequests(facts)) return { layer: "api", evidence: ["functions of a request and a response"] };
  // A plugin that gives an application its store answers nobody.
  if (importsDataAccess(facts) && !answersRequests(facts) && !registersRoutes(facts) && facts.imports.some(({ specifier }) => /^fastify(?:-plugin)?$/.test(specifier ?? ""))) return { layer: undefined, evidence: ["gives a framework its store"] };
  if (knowsChat(facts) && listensToChat(facts)) return { layer: "api", evidence: ["answers a chat"] };
  const web = facts.imports.find((fact) => !fact.typeOnly && fact.specifier !== undefined && /^(express|fastify|fastify-plugin|hono|@hono\/zod-openapi|koa|@koa\/router|koa-router|@hapi\/hapi|elysia|h3)$/.test(fact.specifier) && fact.names.some((name) => name.use === "value"));
  if (web) return { layer: "api", evidence: [`imports ${web.specifier ?? ""}`] };
  if (facts.imports.some(({ specifier, names }) => specifier === "fastify" && names.some(({ imported }) => /^Fastify(Instance|Plugin\w*)$/.test(imported)))) return { layer: "api", evidence: ["a plugin of fastify"] };
  if (facts.imports.some(({ specifier, names }) => specifier?.startsWith("@trpc/server") === true && names.some(({ imported }) => /^Create\w+ContextOptions$/.test(imported)))) return { layer: "api", evidence: ["makes the context of tRPC"] };
  if (!importsDataAccess(facts)) return undefined;
  return isProgram(facts) ? { layer: "composition", evidence: ["exports nothing and runs at load"] } : { layer: "repository", evidence: ["imports a data-access package"] };
}

function isCalled({ value }: Decorator): boolean {
  return value.kind === "call";
}

function className(node: ClassNode): string[] {
  return node.name === undefined ? [] : [`class ${node.name}`];
}
