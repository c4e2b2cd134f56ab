import { folderOf } from "../../base/paths.js";
import type { ProjectModel } from "../project-model.js";
import { holdsEntries } from "./feature-folders.js";
import { isWorked } from "./folder-contents.js";

/** Whether the nearest folder of a layer is called `domain`, and is one of a layer: a feature that is called so has controllers. */
export function liesInDomain(model: ProjectModel, file: string, path: string): boolean {
  const folders = path.split("/");
  const at = folders.findLastIndex((folder) => folder.toLowerCase() === "domain");
  const outside = file.slice(0, file.length - path.length);
  const folder = outside + folders.slice(0, at + 1).join("/");
  return at !== -1 && !isWorked(model, folder) && !holdsEntries(model, folder) && !model.filesIn(folderOf(file)).some((other) => /[.-](controller|service|module|repository|resolver)\.[cm]?[jt]s$/.test(other));
}
