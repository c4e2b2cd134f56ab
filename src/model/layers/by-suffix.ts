import { baseName, folderOf, moduleName } from "../../base/paths.js";
import { compositionNames, sourceFolders, verbalSuffixes, verbs, wholeNames, wiringFolders, yieldingSuffixes } from "../../catalogue/lexicon/layers.js";
import type { LayerVerdict, ProjectModel } from "../project-model.js";
import type { FolderVerdict } from "./by-folder.js";
import { implementation, lastWord, layerOfFolder, layerOfSuffix, type NamedWord, singular } from "./names.js";
import { isOutward, knowsFramework } from "./outward.js";
import { answersRequests, registersRoutes } from "./request-handlers.js";
import { byMeaning } from "./suffix-meanings.js";

/** Validation of no request in particular: a helper. */
const validatesAnything = /^(?:schema|data|type|json|object|config|env)[-_.]?(?:validation|validator)s?$/i;

/** `users.controller.ts`, `user-repository.ts`, `userService.ts`, `UserService.ts`. */
export function bySuffixOf(model: ProjectModel, file: string, path: string, folder: FolderVerdict | undefined): LayerVerdict | undefined {
  const full = moduleName(path);
  // `user.repository.mongo.ts` is the repository for that store, and `userService.server.ts` the service that no browser is sent.
  const name = full.replace(/(?<=\w)\.server$/, "").replace(implementation, "");
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
    // `middlewares/logger.ts` that meets no request logs for everybody.
    if (named.word === "logger" && folder?.layer === "api" && !isOutward(model.facts(file)) && !answersRequests(model.facts(file))) return verdict;
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

/** `updateJobs.ts`, `timesToCron.ts` and `createTaskInService.ts` are called after what they do, and `Modules.ts` lists what an application is put together of. */
function saysNothing(name: string, candidate: string, { word, layer }: NamedWord): boolean {
  const [first = ""] = name.split(/[._-]|(?=[A-Z])/);
  if (candidate !== name && /(?:In|[._-]in|To|[._-]to|By|[._-]by|For|[._-]for|Of|[._-]of|From|[._-]from|With|[._-]with|Per|[._-]per)[._-]?$/.test(name.slice(0, -candidate.length))) return true;
  return (verbs.includes(first) && candidate !== name && !verbalSuffixes.includes(word)) || (layer === "composition" && candidate.toLowerCase() !== word);
}

/** Whether a file's folder says more of it than its name. */
function overruled(model: ProjectModel, path: string, { layer }: LayerVerdict, word: string, form: Form, folder: FolderVerdict | undefined): boolean {
  // `infrastructure/tokens/jwt.domain-service.ts` does for the domain what that only asks for.
  if (word === "domainservice" && /(?:^|\/)infra(?:structure)?\//.test(path)) return true;
  // `lib/domain/domain.decorator.ts` is a decorator wherever it lies.
  if (!folder || word === "decorator") return false;
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

export type Form = "dotted" | "whole" | "joined";
