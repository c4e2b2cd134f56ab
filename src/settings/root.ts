import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { parse as parseYaml } from "yaml";
import { UserError } from "../base/errors.js";
import { property } from "../base/json.js";
import { parseJson } from "./document.js";

/** The name of a settings file. */
export const settingsFileName = "std-check.config.json";

/** The key of settings in a package.json. */
export const manifestKey = "std-check";

/** The folder that a run is about. */
export interface Root {
  /** Absolute, without symbolic links. */
  readonly folder: string;
  /** What made it the root. */
  readonly reason: "settings" | "workspace" | "git" | "package";
  /** The git top level, or the root where there is no git: nothing outside is read as settings. */
  readonly boundary: string;
}

/**
 * The root for `from`, a file or folder: the nearest ancestor whose settings say `root: true`, else the workspace root,
 * else the git top level, else the folder of the nearest package.json. The search ends at the git top level.
 * Throws a UserError where there is none.
 */
export function findRoot(from: string): Root {
  const ancestors = ancestorsOf(startFolder(from));
  const gitTop = ancestors.findIndex((folder) => existsSync(path.join(folder, ".git")));
  const candidates = gitTop === -1 ? ancestors : ancestors.slice(0, gitTop + 1);
  const make = (folder: string, reason: Root["reason"]): Root => ({ folder, reason, boundary: candidates[gitTop] ?? folder });
  const declared = candidates.find(declaresRoot);
  if (declared !== undefined) return make(declared, "settings");
  const workspace = candidates.find(isWorkspaceRoot);
  if (workspace !== undefined) return make(workspace, "workspace");
  const top = candidates[gitTop];
  if (top !== undefined) return make(top, "git");
  const packageFolder = candidates.find((folder) => existsSync(path.join(folder, "package.json")));
  if (packageFolder !== undefined) return make(packageFolder, "package");
  throw new UserError("no-project", `${from} lies in no project: no settings, git repository or package.json there or above.`, `Run std-check inside a project, give its path, or put a ${settingsFileName} with "root": true at its top.`);
}

function startFolder(from: string): string {
  try {
    const real = realpathSync(from);
    return statSync(real).isDirectory() ? real : path.dirname(real);
  } catch {
    throw new UserError("no-such-path", `${from} does not exist or cannot be read.`, "Give the path of a file or folder that is there.");
  }
}

/** `folder` and the folders above it, nearest first. */
function ancestorsOf(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestorsOf(parent)];
}

/** Whether the settings of `folder` say `root: true`; unreadable ones say nothing here and are told when they are loaded. */
export function declaresRoot(folder: string): boolean {
  const settings = readIfThere(path.join(folder, settingsFileName));
  if (settings !== undefined) return property(parseJson(settings).value, "root") === true;
  const manifest = readIfThere(path.join(folder, "package.json"));
  return manifest?.includes(`"${manifestKey}"`) === true && property(property(parseJson(manifest).value, manifestKey), "root") === true;
}

function isWorkspaceRoot(folder: string): boolean {
  const manifest = readIfThere(path.join(folder, "package.json"));
  if (manifest?.includes('"workspaces"') === true && property(parseJson(manifest).value, "workspaces") !== undefined) return true;
  // A single package may keep other pnpm settings in this file.
  const pnpm = readIfThere(path.join(folder, "pnpm-workspace.yaml"));
  return pnpm !== undefined && property(parseYamlSafely(pnpm), "packages") !== undefined;
}

function parseYamlSafely(text: string): unknown {
  try {
    return parseYaml(text);
  } catch {
    return undefined;
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
