import ignore, { type Ignore } from "ignore";
import { globSync } from "tinyglobby";
import { compareText } from "../base/finding.js";
import { baseName, folderOf, isWithin } from "../base/paths.js";
import type { Git } from "./git/git.js";
import { splitAtNul } from "./git/run-git.js";
import { readTextInside } from "./read-text.js";

/** The files that git tracks, and those of the work tree that it tracks or does not ignore; of these, deleted ones and nested repositories are left out. */
export function listWithGit(git: Git): { readonly tracked: ReadonlySet<string>; readonly files: readonly string[] } {
  const tagged = splitAtNul(git.output(["ls-files", "-z", "-t", "--cached", "--others", "--deleted", "--exclude-standard"]));
  const tracked = new Set<string>();
  const files = new Set<string>();
  const deleted = new Set<string>();
  for (const line of tagged) {
    const file = line.slice(2);
    if (line.startsWith("R ")) deleted.add(file);
    // A file with conflicts stands there once a stage; a nested repository ends with a slash.
    else if (!file.endsWith("/")) files.add(file);
    if (!line.startsWith("? ")) tracked.add(file);
  }
  return { tracked, files: [...files].filter((file) => !deleted.has(file)).sort(compareText) };
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
