import { baseName, folderOf } from "../../base/paths.js";
import { storeFolders } from "../../catalogue/lexicon/layers.js";
import type { ProjectModel } from "../project-model.js";
import { extendsStored } from "./by-base-class.js";
import type { FolderVerdict } from "./by-folder.js";
import { takesServices } from "./collaborators.js";
import { importsDataAccess, reachesOut } from "./imported-packages.js";
import { makesClient, usesStore } from "./reached-stores.js";

/** `database/database.service.ts`, `redis/redis-cache.service.ts`: a service that is the store itself, beside those that use it. */
export function isStoreItself(model: ProjectModel, file: string, folder: FolderVerdict | undefined): boolean {
  const store = storeInName(baseName(file));
  if (store === undefined) return false;
  const isKept = store !== "redis" && makesClient(model, file);
  // `services/db.service.ts` that makes the client and does nothing with it, `services/sequelize.service.ts` that hands the connection on.
  if (isKept && ((!usesStore(model, file) && model.values.index(file).functions.size === 0) || (folder?.word === "service" && store === stem(baseName(file)) && !takesServices(model, file)))) return true;
  const around = folderOf(file).replace(/\/services?$/i, "");
  const box = joined(baseName(around));
  // `connection/datasource.service.ts` makes the connection that it asks.
  if (isKept && /^connections?$/.test(box)) return true;
  const boxes = [box, folder?.word ?? baseName(model.packageOf(file).folder).toLowerCase()];
  return boxes.some((box) => storeFolders.includes(box)) && (usesStore(model, file) || makesClient(model, file) || reachesOut(model.facts(file)));
}

/** The store that a file is called after: `redis` of `redis-cache.service.ts`, `database` of `data-base.service.ts`. */
function storeInName(name: string): string | undefined {
  const [first = ""] = name.split(/[.\-_]|(?=[A-Z])/).filter(Boolean);
  return [first.toLowerCase(), stem(name)].find((word) => storeFolders.includes(word));
}

function stem(name: string): string {
  return joined(name.slice(0, name.indexOf(".")));
}

/** `data-base` as one word. */
function joined(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, "");
}

/** Whether a file names classes of other files that an ORM maps. */
export function listsStored(model: ProjectModel, file: string): boolean {
  return model.edgesFrom(file).some(({ kind, target }) => kind === "runtime" && target.kind === "file" && (extendsStored(model, target.file) || importsDataAccess(model.facts(target.file))));
}
