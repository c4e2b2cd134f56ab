import { baseName, folderOf } from "../../base/paths.js";
import { storeFolders } from "../../catalogue/lexicon/layers.js";
import type { ProjectModel } from "../project-model.js";
import { extendsStored } from "./by-base-class.js";
import type { FolderVerdict } from "./by-folder.js";
import { importsDataAccess, reachesOut } from "./imported-packages.js";
import { makesClient, usesStore } from "./reached-stores.js";

/** `database/database.service.ts`, `redis/redis-cache.service.ts`: a service that is the store itself, beside those that use it. */
export function isStoreItself(model: ProjectModel, file: string, folder: FolderVerdict | undefined): boolean {
  const [first] = baseName(file).split(/[.\-_]|(?=[A-Z])/).filter(Boolean);
  // `services/db.service.ts` that makes the client and does nothing with it.
  if (first !== undefined && first.toLowerCase() !== "redis" && storeFolders.includes(first.toLowerCase()) && makesClient(model, file) && !usesStore(model, file) && model.values.index(file).functions.size === 0) return true;
  const around = folderOf(file).replace(/\/services?$/i, "");
  const boxes = [baseName(around).toLowerCase(), folder?.word ?? baseName(model.packageOf(file).folder).toLowerCase()];
  return first !== undefined && boxes.some((box) => storeFolders.includes(box)) && storeFolders.includes(first.toLowerCase()) && (usesStore(model, file) || makesClient(model, file) || reachesOut(model.facts(file)));
}

/** Whether a file names classes of other files that an ORM maps. */
export function listsStored(model: ProjectModel, file: string): boolean {
  return model.edgesFrom(file).some(({ kind, target }) => kind === "runtime" && target.kind === "file" && (extendsStored(model, target.file) || importsDataAccess(model.facts(target.file))));
}
