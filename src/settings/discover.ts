import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseJsonText, property } from "../base/json.js";
import { baseName, folderOf, isWithin, joinPath } from "../base/paths.js";
import { compareText } from "../base/finding.js";
import { declaresRoot, manifestKey, settingsFileName } from "./root.js";

/** A package.json as far as settings look at it. */
export interface Manifest {
  /** Root-relative folder. */
  readonly folder: string;
  readonly name: string | undefined;
  /** Name → range of what the package runs with. */
  readonly dependencies: ReadonlyMap<string, string>;
  /** Holds settings under `std-check`. */
  readonly hasSettings: boolean;
}

/** Where settings and packages lie below a root. */
export interface Discovery {
  /** Root-relative folders with settings, outer ones first. */
  readonly settingsFolders: readonly string[];
  readonly manifests: readonly Manifest[];
  /** Folders below the root that say `root: true`: projects of their own, left out of this one. */
  readonly nestedRoots: readonly string[];
}

/**
 * Looks for settings and package.json files below `root`. `files` are the root-relative files of the project where the
 * caller has them; else the folders are walked, dependencies and hidden folders left out.
 */
export function discover(root: string, files: Iterable<string> = walk(root, "")): Discovery {
  const interesting = [...files].filter((file) => baseName(file) === settingsFileName || baseName(file) === "package.json").sort(compareText);
  const nestedRoots: string[] = [];
  const settingsFolders = new Set<string>();
  const manifests: Manifest[] = [];
  for (const file of interesting.sort((left, right) => folderOf(left).length - folderOf(right).length)) {
    const folder = folderOf(file);
    if (nestedRoots.some((nested) => isWithin(nested, folder))) continue;
    const manifest = baseName(file) === "package.json" ? readManifest(root, folder) : undefined;
    const hasSettings = manifest === undefined ? baseName(file) === settingsFileName : manifest.hasSettings;
    if (hasSettings && folder !== "" && declaresRoot(path.join(root, folder))) {
      nestedRoots.push(folder);
      continue;
    }
    if (hasSettings) settingsFolders.add(folder);
    if (manifest !== undefined) manifests.push(manifest);
  }
  return { settingsFolders: [...settingsFolders], manifests: manifests.filter(({ folder }) => !nestedRoots.some((nested) => isWithin(nested, folder))), nestedRoots };
}

function* walk(root: string, folder: string): Iterable<string> {
  for (const entry of listFolder(path.join(root, folder))) {
    if (!entry.isDirectory()) yield joinPath(folder, entry.name);
    else if (entry.name !== "node_modules" && !entry.name.startsWith(".")) yield* walk(root, joinPath(folder, entry.name));
  }
}

function listFolder(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // A folder that cannot be listed has no settings that could be read.
    return [];
  }
}

/** A package.json that cannot be read or parsed counts as none. */
function readManifest(root: string, folder: string): Manifest | undefined {
  try {
    const content = parseJsonText(readFileSync(path.join(root, folder, "package.json"), "utf8"));
    if (content === undefined) return undefined;
    const name = property(content, "name");
    const dependencies = ["dependencies", "optionalDependencies"].flatMap((field) => Object.entries(property(content, field) ?? {}));
    return {
      folder,
      name: typeof name === "string" ? name : undefined,
      dependencies: new Map(dependencies.flatMap(([key, range]) => (typeof range === "string" ? [[key, range] as const] : []))),
      hasSettings: property(content, manifestKey) !== undefined,
    };
  } catch {
    return undefined;
  }
}
