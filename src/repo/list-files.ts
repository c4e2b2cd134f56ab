import ignore, { type Ignore } from "ignore";
import { globSync } from "tinyglobby";
import { compareText } from "../base/finding.js";
import { baseName, folderOf, isWithin } from "../base/paths.js";
import type { Git } from "./git/git.js";
import { splitAtNul } from "./git/run-git.js";
import { readTextInside } from "./read-text.js";

/** The files of the work tree that git tracks or does not ignore; deleted ones and nested repositories are left out. */
export function listWithGit(git: Git): string[] {
  const deleted = new Set(splitAtNul(git.output(["ls-files", "-z", "--deleted"])));
  const all = splitAtNul(git.output(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]));
  // A file with conflicts stands there once a stage; a nested repository ends with a slash.
  return [...new Set(all)].filter((file) => !deleted.has(file) && !file.endsWith("/")).sort(compareText);
}

/** The files below a folder without git: all but dependencies and what the .gitignore files there leave out. */
export function listByWalking(root: string): string[] {
  const found = globSync("**", {
    cwd: root,
    dot: true,
    followSymbolicLinks: false,
    expandDirectories: false,
    ignore: ["**/node_modules/**", "**/.git/**", "**/.yarn/**", "**/bower_components/**"],
  });
  const files = found.sort(compareText);
  const rules = files.filter((file) => baseName(file) === ".gitignore").map((file) => ({ folder: folderOf(file), ignored: ignore().add(readTextInside(root, file) ?? "") }));
  return files.filter((file) => !rules.some((rule) => leavesOut(rule, file)));
}

function leavesOut({ folder, ignored }: { readonly folder: string; readonly ignored: Ignore }, file: string): boolean {
  if (!isWithin(folder, file) || file === folder) return false;
  return ignored.ignores(folder === "" ? file : file.slice(folder.length + 1));
}
