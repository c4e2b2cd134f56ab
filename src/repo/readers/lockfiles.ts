import { wordTable } from "../../base/word-table.js";
import { baseName, folderOf, isWithin, joinPath } from "../../base/paths.js";
import type { Range } from "../../base/position.js";
import type { RepoView } from "../repo-view.js";
import { dataAt, stringOf } from "./data.js";
import { readManifest } from "./manifest.js";
import type { RepoPackage } from "./packages.js";

export type PackageManagerName = "npm" | "pnpm" | "yarn" | "bun" | "deno";

const lockfileNames: Readonly<Record<string, PackageManagerName>> = wordTable({
  "package-lock.json": "npm",
  "npm-shrinkwrap.json": "npm",
  "pnpm-lock.yaml": "pnpm",
  "yarn.lock": "yarn",
  "bun.lock": "bun",
  "bun.lockb": "bun",
  "deno.lock": "deno",
});

export interface Lockfile {
  readonly file: string;
  readonly folder: string;
  readonly manager: PackageManagerName;
}

/** How the packages of a workspace, or a package by itself, are installed. */
export interface PackageManagement {
  /** The folder of the workspace or package. */
  readonly folder: string;
  readonly lockfiles: readonly Lockfile[];
  /** The managers that the lockfiles and the manifest speak for. */
  readonly managers: readonly PackageManagerName[];
  /** What the manifest declares under `packageManager` or `devEngines`. */
  readonly declared: { readonly name: string; readonly version: string; readonly range: Range } | undefined;
}

/** The lockfiles of the repository. */
export function listLockfiles(repo: RepoView): Lockfile[] {
  return repo.files.flatMap((file) => {
    const manager = lockfileNames[baseName(file)];
    return manager === undefined ? [] : [{ file, folder: folderOf(file), manager }];
  });
}

/** How one workspace or package is installed. A member of a workspace is installed by its root. */
export function packageManagement(repo: RepoView, of: RepoPackage): PackageManagement {
  const folder = of.workspace ?? of.folder;
  const all = listLockfiles(repo);
  const own = all.filter((lockfile) => lockfile.folder === folder || lockfile.folder === joinPath(folder, "common/config/rush"));
  // A package that is no member may still be installed by a lockfile above it.
  const above = all.filter((lockfile) => isWithin(lockfile.folder, folder)).sort((left, right) => right.folder.length - left.folder.length);
  const lockfiles = own.length > 0 ? own : above.filter((lockfile) => lockfile.folder === above[0]?.folder);
  const manifest = readManifest(repo, joinPath(folder, "package.json"));
  const engine = dataAt(manifest?.data, "devEngines", "packageManager");
  const engineName = stringOf(dataAt(engine, "name"));
  const declared = manifest?.packageManager ?? (engine === undefined || engineName === undefined ? undefined : { name: engineName, version: stringOf(dataAt(engine, "version")) ?? "", range: engine.range });
  return { folder, lockfiles, managers: [...new Set(lockfiles.map(({ manager }) => manager))], declared };
}
