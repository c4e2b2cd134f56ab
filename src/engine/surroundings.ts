import { isWithin, joinPath } from "../base/paths.js";
import { openRepo } from "../repo/open-repo.js";
import { packageManagement } from "../repo/readers/lockfiles.js";
import { listPackages, type RepoPackage } from "../repo/readers/packages.js";
import type { RepoView } from "../repo/repo-view.js";

export type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

/** A package, as far as setting up looks at it. */
export interface SurroundingPackage {
  /** Root-relative folder; the empty string at the root. */
  readonly folder: string;
  readonly name: string | undefined;
  /** Name → range of what it runs with. */
  readonly dependencies: ReadonlyMap<string, string>;
  /** Name → range of all dependencies, those for development included. */
  readonly everything: ReadonlyMap<string, string>;
  /** Name → command. */
  readonly scripts: ReadonlyMap<string, string>;
}

/** How a folder's code is installed and what it is made of; every value with what it was read from. */
export interface Surroundings {
  readonly packageManager: { readonly name: PackageManager; readonly evidence: string };
  /** The folder is the root of a workspace with so many other packages. */
  readonly workspace: { readonly members: number; readonly evidence: string } | undefined;
  /** The packages in the folder and below it, outermost first. */
  readonly packages: readonly SurroundingPackage[];
}

/** The repository at `top`. Nothing of it is executed. */
export function openSurroundings(top: string): RepoView {
  return openRepo(top);
}

/** What surrounds the code of `folder` (root-relative). */
export function readSurroundings(repo: RepoView, folder: string): Surroundings {
  const packages = listPackages(repo).filter((one) => isWithin(folder, one.folder));
  const own = packages.find((one) => one.folder === folder);
  const members = packages.filter((one) => one.workspace === folder && one.folder !== folder).length;
  const workspaceFile = own?.manifest.workspaces.length === 0 ? joinPath(folder, "pnpm-workspace.yaml") : joinPath(folder, "package.json");
  return {
    packageManager: own === undefined ? { name: "npm", evidence: "no lockfile" } : managerOf(repo, own),
    workspace: members === 0 ? undefined : { members, evidence: workspaceFile },
    packages: packages.map(({ folder: where, manifest }) => {
      const ranges = (...fields: readonly string[]) => new Map(manifest.dependencies.filter(({ field }) => fields.includes(field)).map(({ name, version }) => [name, version]));
      return {
        folder: where,
        name: manifest.name,
        dependencies: ranges("dependencies", "optionalDependencies"),
        everything: ranges("dependencies", "optionalDependencies", "devDependencies", "peerDependencies"),
        scripts: new Map(manifest.scripts.map(({ name, command }) => [name, command])),
      };
    }),
  };
}

function managerOf(repo: RepoView, own: RepoPackage): Surroundings["packageManager"] {
  const { declared, lockfiles } = packageManagement(repo, own);
  if (declared !== undefined && isManager(declared.name)) return { name: declared.name, evidence: `packageManager ${declared.name}@${declared.version}` };
  const lockfile = lockfiles.find(({ manager }) => isManager(manager));
  return lockfile !== undefined && isManager(lockfile.manager) ? { name: lockfile.manager, evidence: lockfile.file } : { name: "npm", evidence: "no lockfile" };
}

function isManager(name: string): name is PackageManager {
  return ["npm", "pnpm", "yarn", "bun"].includes(name);
}
