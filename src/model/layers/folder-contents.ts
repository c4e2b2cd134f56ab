import { oncePerPart } from "../../base/once-per.js";
import { folderOf } from "../../base/paths.js";
import { layerDecorators } from "../../catalogue/lexicon/layers.js";
import type { FileFacts } from "../../facts/facts.js";
import { decoratorName, lastName } from "../../facts/names.js";
import { filesBelow, folderTree } from "./folder-tree.js";
import type { ProjectModel } from "../project-model.js";
import { extendsStored } from "./by-base-class.js";
import { importsDataAccess, isCommand, reachesOut } from "./imported-packages.js";
import { indexOf } from "../modules/file-index.js";
import { layerOfFolder } from "./names.js";
import { isOutward, knowsChat, makesQueue, usesFramework } from "./outward.js";
import { usesStore } from "./reached-stores.js";
import { answersRequests } from "./request-handlers.js";

/** Whether the file or one beside it, or one of the folder of models itself, imports an ORM or uses a store: a barrel beside models is one with them. */
export function holdsPersistence(model: ProjectModel, file: string, folder: string): boolean {
  return isOfStore(model, folderOf(file)) || isOfStore(model, folder);
}

/** `models/progress-stream.ts` beside the models of a store: it answers requests or tells what happens, reaches no store itself, and describes no rows. */
export function isNoModel(model: ProjectModel, file: string): boolean {
  const facts = model.facts(file);
  if (storesItself(model, file) || describesRows(facts)) return false;
  return usesFramework(facts) || (facts.imports.some(({ specifier, typeOnly }) => !typeOnly && /^(?:node:)?events$/.test(specifier ?? "")) && facts.body.some(({ kind }) => kind === "class"));
}

/** Whether a class of a file is told to a framework or an ORM. */
function describesRows({ body }: FileFacts): boolean {
  return body.some((statement) => statement.kind === "class" && (statement.class.decorators ?? []).length > 0);
}

const storesItself = (model: ProjectModel, file: string): boolean => importsDataAccess(model.facts(file)) || usesStore(model, file) || extendsStored(model, file);

const isOfStore = oncePerPart((model: ProjectModel, folder: string) => model.filesIn(folder).some((file) => storesItself(model, file)));

/** Whether a file lies beside queries that are written for a store, and no command is handled beside them. */
export function isOfQueries(model: ProjectModel, file: string): boolean {
  return isOfStore(model, folderOf(file)) && !folderTree(model.files).below(folderOf(folderOf(file))).has("command");
}

/** Fewer files than these show no habit of a folder. */
const fewestFiles = 4;

/** Whether a folder that is called `domain` holds the work of an application: most of its files ask a store or make queues. */
export const isWorked = oncePerPart((model: ProjectModel, folder: string): boolean => {
  const files = filesBelow(model.files, folder).filter((file) => !/(^|\/)(models?|entities|schemas?|__tests__)\/|\.(test|spec)\./.test(file.slice(folder.length)));
  return files.length >= fewestFiles && files.filter((file) => usesStore(model, file) || makesQueue(model.facts(file))).length * 2 > files.length;
});

/** Folders of what an application knows of others. */
const ofOthers = /(^|\/)(external|integrations?|clients|connectors?|vendors?|third-?part(y|ies)|providers?)\//;

/** Whether what lies in a folder called `api` asks the API of somebody else, and nothing there answers. */
export const isOfOthers = oncePerPart((model: ProjectModel, folder: string) => {
  if (ofOthers.test(folder)) return true;
  const files = filesBelow(model.files, folder).map((file) => model.facts(file));
  return (files.some(reachesOut) || mostlyFetch(files)) && !files.some((facts) => isOutward(facts) || answersRequests(facts));
});

/** Whether most files ask others with the `fetch` of the platform, and none answers with what the platform has for that: `export function GET(request: Request)`, `return Response.json(…)`. */
function mostlyFetch(files: readonly FileFacts[]): boolean {
  return files.filter(callsFetch).length * 2 > files.length && !files.some(answersByPlatform);
}

const callsFetch = (facts: FileFacts): boolean => indexOf(facts).calls.some(({ node: { callee } }) => callee.kind === "name" && callee.name === "fetch" && callee.binding === undefined);

/** Names of exports by which a platform finds what answers. */
const answering = /^(?:default|GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|fetch|handler|config|loader|action|onRequest\w*)$/;

function answersByPlatform(facts: FileFacts): boolean {
  if (facts.exports.some(({ name }) => answering.test(name))) return true;
  const { calls, functions } = indexOf(facts);
  const makes = calls.some(({ node: { kind, callee } }) => (kind === "new" && lastName(callee) === "Response") || (callee.kind === "member" && callee.object.kind === "name" && /^(?:Next)?Response$/.test(callee.object.name)));
  return makes || [...functions.keys()].some(({ parameters }) => parameters.some(({ type }) => type?.kind === "reference" && /(?:^|\.)(?:\w*Request|\w*Context|APIGateway\w*Event)$/.test(type.name)));
}

/** Whether a folder called `api` is what a module shows to others of the project: it lies beside the module's insides, and nothing in it meets the outside. */
export const isFace = oncePerPart((model: ProjectModel, folder: string) => {
  const beside = [...folderTree(model.files).folders(folderOf(folder))];
  return beside.some((name) => /^_?(internals?|impl|implementation|private)$/.test(name)) && !filesBelow(model.files, folder).some((file) => isOutward(model.facts(file)) || answersRequests(model.facts(file)));
});

/** `rest/controllers/` beside `rest/queries/`: requests are answered there, and not by the queries. */
export const isBesideControllers = oncePerPart((model: ProjectModel, folder: string): boolean => [...folderTree(model.files).folders(folderOf(folder))].some((name) => layerOfFolder(name)?.word === "controller"));

/** Whether the features of a project part what they are asked from what they are told: here, or in other folders beside as many. */
export function partsFromCommands(model: ProjectModel, folder: string): boolean {
  const isParted = (one: string): boolean => [...folderTree(model.files).folders(one)].some((name) => layerOfFolder(name)?.word === "command");
  return isParted(folder) || [...folderTree(model.files).folders(folderOf(folder))].some((name) => isParted(`${folderOf(folder)}/${name}`));
}

/** Whether a folder of what is done holds controllers, one for each thing: `actions/rename-user/rename-user.action.ts`. */
export const holdsControllers = oncePerPart((model: ProjectModel, folder: string) => filesBelow(model.files, folder).some((file) => model.facts(file).body.some((statement) => statement.kind === "class" && (statement.class.decorators ?? []).some((decorator) => layerDecorators[decoratorName(decorator)] === "api"))));
/** Whether a folder holds commands of a command line. */
export const isOfCommands = oncePerPart((model: ProjectModel, folder: string) => filesBelow(model.files, folder).some((file) => isCommand(model.facts(file))));

/** Whether a folder holds commands of a chat bot: most of its files know what a chat hands to one. */
export const isOfChat = oncePerPart((model: ProjectModel, folder: string) => {
  const files = filesBelow(model.files, folder);
  return files.filter((file) => knowsChat(model.facts(file))).length * 2 > files.length;
});
