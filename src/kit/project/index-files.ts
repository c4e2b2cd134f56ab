import { baseName, folderOf, isWithin } from "../../base/paths.js";
import type { Edge } from "../../model/project-model.js";

/** Whether a file is the list of its folder by its name. */
export function isIndex(file: string): boolean {
  return /^index\.[cm]?[jt]s$/.test(baseName(file));
}

/** `utils/index.ts` hands on what lies beside it, of whatever layer that is, by itself or in a list. */
export function isBarrelOf({ from, target }: Edge): boolean {
  return target.kind === "file" && isIndex(from) && isWithin(folderOf(from), target.file);
}

/** `export * from "../users"` in an index: each name counts for whoever imports it. */
export function handsOn({ from, fact }: Edge): boolean {
  return isIndex(from) && fact.form.startsWith("export");
}
