import { oncePer } from "../../base/once-per.js";
import { baseName, folderOf } from "../../base/paths.js";
import { folderWord, implementation, lastWord, singular } from "./names.js";

/** What the files and folders of a project are called, folder by folder. */
export interface FolderTree {
  /** The words that name what lies directly in a folder: child folders, and what its files' names end in. */
  in(folder: string): ReadonlySet<string>;
  /** The same of everything below it. */
  below(folder: string): ReadonlySet<string>;
  /** The names of the folders in a folder. */
  folders(folder: string): ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/** The tree of a list of files, made at the first call. */
export const folderTree = oncePer(makeTree);

function makeTree(files: readonly string[]): FolderTree {
  const direct = new Map<string, Set<string>>();
  const below = new Map<string, Set<string>>();
  const folders = new Map<string, Set<string>>();
  const add = (words: Map<string, Set<string>>, folder: string, word: string): void => {
    const known = words.get(folder);
    if (known) known.add(word);
    else words.set(folder, new Set([word]));
  };
  for (const file of files) {
    let word = endOf(baseName(file));
    for (let folder = folderOf(file); ; folder = folderOf(folder)) {
      add(direct, folder, word);
      if (folder === "") break;
      word = folderWord(baseName(folder));
      add(folders, folderOf(folder), baseName(folder));
    }
  }
  // What lies below a folder is what lies in it and in the folders in it; longer paths come first.
  for (const folder of [...direct.keys()].sort((left, right) => right.length - left.length)) {
    const own = direct.get(folder) ?? none;
    for (const word of own) add(below, folder, word);
    if (folder !== "") for (const word of below.get(folder) ?? none) add(below, folderOf(folder), word);
  }
  return { in: (folder) => direct.get(folder) ?? none, below: (folder) => below.get(folder) ?? none, folders: (folder) => folders.get(folder) ?? none };
}

/** The files below a folder: one stretch of the files of a project, which are sorted. */
export function filesBelow(files: readonly string[], folder: string): readonly string[] {
  // `0` comes after `/`.
  return files.slice(firstFrom(files, `${folder}/`), firstFrom(files, `${folder}0`));
}

/** Where the first of sorted texts stands that does not come before `text`. */
function firstFrom(sorted: readonly string[], text: string): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((sorted[middle] ?? "") < text) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** `controller` of `users.controller.ts`, `user-controller.ts`, `UserController.ts` and `controller.ts`, and of `users.repository.mongo.ts` what it implements. */
function endOf(name: string): string {
  const stem = name.replace(/\.[cm]?[jt]sx?$/, "").replace(implementation, "");
  const parts = stem.split(/[.\-_]/);
  const end = (parts.length > 1 ? parts.at(-1) : lastWord(stem)) ?? stem;
  return singular(end.toLowerCase());
}
