import { baseName } from "../../base/paths.js";
import { isFor } from "../../catalogue/index.js";
import type { LinkedName, ProjectModel } from "../../model/project-model.js";
import { databaseUses, keepsNoRows, storeUses } from "../project/store-uses.js";

/** A client of Redis that only a queue of the file is given, and nothing is read or written with. */
export function isQueueConnection(model: ProjectModel, file: string, name: string): boolean {
  if (name !== "ioredis" && name !== "redis") return false;
  return model.edgesFrom(file).some(({ target }) => target.kind === "package" && isFor(target.package, target.subpath, "queue")) && !storeUses(model, file).some((use) => use.package === name);
}

/** What keeps things for a while and no rows: a cache, locks, counters, and the client of one. */
export function isCache(model: ProjectModel, declaration: Exclude<LinkedName["declaration"], { readonly kind: "package" | "unresolved" }>): boolean {
  if (storeUses(model, declaration.file).length > 0) return databaseUses(model, declaration.file).length === 0;
  if (keepsNoRows(model, declaration.file)) return true;
  return declaration.kind !== "namespace" && model.values.ofDeclaration(declaration).some((value) => value.kind === "external" && isFor(value.provenance.package, "", "cache"));
}

/** What stands before or beside the handlers counts, remembers and hands on by means of a cache: limiters, guards, sockets, workers. */
export function isOfPipeline(model: ProjectModel, file: string): boolean {
  return /guard|strategy|middleware|gateway|adapter|message entry|interceptor|limiter|processor|worker|consumer/i.test(`${baseName(file)} ${model.layerOf(file).evidence[0] ?? ""}`);
}
