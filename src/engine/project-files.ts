import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import ignore from "ignore";
import { compareText } from "../base/finding.js";
import { isSourceFile, isWithin, joinPath } from "../base/paths.js";
import { askGit } from "../repo/git/run-git.js";

/** Folders that hold no code of the project, whatever git says. */
const foreignFolders = new Set(["node_modules", ".git", "bower_components", "vendor", ".next", ".nuxt", ".output", ".turbo", ".yarn", ".pnpm-store", ".history", ".std-check-cache"]);
/** What a framework of pages has built, also where somebody has put it aside: `.next_old`. */
const builtPages = /^\.(?:next|nuxt|output|svelte-kit)(?:[._-][\w.-]{1,60})?$/;
/** A feature about vendors, and not the code of any: `src/modules/vendor/vendor.controller.ts`. */
const vendorFeature = /^((?:[^/]+\/)*vendor)\/vendors?[.-](?:controller|service|module|routes?|router|resolver|model|entity|schema|repository)s?\.[cm]?[jt]s$/;
/** Larger files are data or bundles. */
const largestFile = 2 * 1024 * 1024;

/** A file whose text could not be had, and why. */
export interface SkippedFile {
  readonly file: string;
  readonly reason: string;
}

/** All files below `root` that git tracks or does not ignore; without git, those that .gitignore files do not name. Root-relative, sorted. */
export function listFiles(root: string): readonly string[] {
  const tracked = listByGit(root) ?? listByWalk(root, "", []);
  const own = new Set(tracked.flatMap((file) => vendorFeature.exec(file)?.[1] ?? []));
  return tracked.filter((file) => !liesApart(file, own)).sort(compareText);
}

/** Whether a file lies in a folder of others; `own` are folders that are called as such are, and are none. */
function liesApart(file: string, own: ReadonlySet<string>): boolean {
  const folders = file.split("/").slice(0, -1);
  return folders.some((folder, at) => isForeign(folder) && !own.has(folders.slice(0, at + 1).join("/")));
}

function isForeign(folder: string): boolean {
  return foreignFolders.has(folder) || builtPages.test(folder);
}

/** The text of a code file without its byte-order mark, or why there is none. Links that leave the root are not followed. */
export function readSource(root: string, file: string): { readonly text: string } | SkippedFile {
  const absolute = path.join(root, file);
  try {
    const found = lstatSync(absolute);
    if (found.isSymbolicLink() && !isInside(realpathSync(root), realpathSync(absolute))) return { file, reason: "a link out of the project" };
    const { size } = found.isSymbolicLink() ? statSync(absolute) : found;
    if (size > largestFile) return { file, reason: `larger than ${largestFile / 1024 / 1024} MB` };
    const bytes = readFileSync(absolute);
    if (bytes.subarray(0, 4096).includes(0)) return { file, reason: "binary" };
    const text = bytes.toString("utf8");
    return { text: text.charCodeAt(0) === 0xfeff ? text.slice(1) : text };
  } catch (error) {
    return { file, reason: error instanceof Error && "code" in error ? String(error.code) : "unreadable" };
  }
}

function isInside(root: string, file: string): boolean {
  return file.startsWith(root.endsWith(path.sep) ? root : `${root}${path.sep}`);
}

/** Whether a listed file is code that is read: not a bundle by its name. Among sources a folder has the name of its subject: `src/core/build`. */
export function isProjectSource(file: string): boolean {
  return isSourceFile(file) && !/\.min\.[cm]?js$/.test(file) && !/^(?:(?!src\/)[^/]+\/)*(dist|build|out|coverage)\//.test(file);
}

function listByGit(root: string): string[] | undefined {
  const listed = askGit(root, ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  if (listed === undefined) return undefined;
  const files = new Set(listed.split("\0").filter((file) => file !== ""));
  return [...files].filter((file) => isRegularFile(path.join(root, file)));
}

function isRegularFile(absolute: string): boolean {
  return statSync(absolute, { throwIfNoEntry: false })?.isFile() ?? false;
}

function listByWalk(root: string, folder: string, outer: readonly { readonly folder: string; readonly rules: ignore.Ignore }[]): string[] {
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true });
  const own = entries.some((entry) => entry.name === ".gitignore") ? [{ folder, rules: ignore().add(readFileSync(path.join(root, folder, ".gitignore"), "utf8")) }] : [];
  const rules = [...outer, ...own];
  return entries.flatMap((entry) => {
    const file = joinPath(folder, entry.name);
    if (entry.isSymbolicLink() || (entry.name !== "vendor" && (foreignFolders.has(entry.name) || (entry.isDirectory() && isForeign(entry.name))))) return [];
    const shown = entry.isDirectory() ? `${file}/` : file;
    if (rules.some((set) => isWithin(set.folder, file) && set.rules.ignores(set.folder === "" ? shown : shown.slice(set.folder.length + 1)))) return [];
    return entry.isDirectory() ? listByWalk(root, file, rules) : entry.isFile() ? [file] : [];
  });
}
