import { oncePer } from "../base/once-per.js";
import { listPackages, type RepoPackage } from "./readers/packages.js";
import type { RepoView } from "./repo-view.js";
import { applicationSlots, isBackend } from "./stack/application.js";
import type { SlotState } from "./stack/slot.js";
import { packageManagerSlot, runtimeSlot, toolSlot, type Unit } from "./stack/tooling.js";

/** The stack of a backend, or what the workspace around backends has for all of them. */
export interface PackageStack {
  readonly package: RepoPackage;
  readonly slots: readonly SlotState[];
}

/**
 * The slots of the default stack and what fills them: the tools of each workspace (or package by itself) that holds a
 * backend, and the libraries of each backend. Libraries and user interfaces have no stack of their own.
 */
export const detectStack = oncePer((repo: RepoView): readonly PackageStack[] => {
  const backends = listPackages(repo).filter((one) => isBackend(repo, one));
  const tools = unitsOf(repo, backends).map((unit) => ({
    package: unit.root,
    slots: [runtimeSlot(repo, unit), packageManagerSlot(repo, unit), toolSlot(repo, "linter", unit), toolSlot(repo, "formatter", unit)],
  }));
  const libraries = backends.map((backend) => ({ package: backend, slots: applicationSlots(repo, backend) }));
  return [...tools, ...libraries];
});

/** The workspaces and single packages that hold backends. */
function unitsOf(repo: RepoView, backends: readonly RepoPackage[]): Unit[] {
  const all = listPackages(repo);
  const roots = new Set(backends.map((backend) => all.find(({ folder }) => folder === backend.workspace) ?? backend));
  return [...roots].map((root) => ({ root, members: all.filter((one) => one !== root && one.workspace === root.folder && root.workspace === root.folder) }));
}
