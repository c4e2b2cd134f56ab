import type { PackageUnit, ProjectModel } from "../model/project-model.js";
import { storeUses } from "./store-uses.js";

/** Where the settings say that data access may be, for a file's subtree. */
export type Persistence = "repository" | "services" | "active-record";

/** What the settings accept; undefined if they say nothing. */
export function acceptedPersistence(model: ProjectModel, file: string): Persistence | undefined {
  const settings = model.options.settingsFor?.(file) ?? model.options.settings;
  const architecture = settings["architecture"];
  if (typeof architecture !== "object" || architecture === null || !("persistence" in architecture)) return undefined;
  const { persistence } = architecture;
  return persistence === "repository" || persistence === "services" || persistence === "active-record" ? persistence : undefined;
}

/** The data access of one package, by layer. */
export interface PackageStoreUses {
  /** File → number of uses, for files outside the repository layer, heaviest first. */
  readonly outside: readonly (readonly [file: string, uses: number])[];
  /** Files of the repository layer that use a store or declare a repository. */
  readonly repositories: number;
}

const known = new WeakMap<ProjectModel, Map<PackageUnit, PackageStoreUses>>();

/** Whether the package of a file has a repository layer that does data access. */
export function hasRepositoryLayer(model: ProjectModel, file: string): boolean {
  return packageStoreUses(model, model.packageOf(file)).repositories > 0;
}

/** Counts the data access of a package; kept for the life of the model. */
export function packageStoreUses(model: ProjectModel, unit: PackageUnit): PackageStoreUses {
  let byPackage = known.get(model);
  if (!byPackage) known.set(model, (byPackage = new Map()));
  let counted = byPackage.get(unit);
  if (!counted) byPackage.set(unit, (counted = count(model, unit)));
  return counted;
}

function count(model: ProjectModel, unit: PackageUnit): PackageStoreUses {
  const outside: [string, number][] = [];
  let repositories = 0;
  for (const file of model.filesOf(unit)) {
    const { layer } = model.layerOf(file);
    if (layer === undefined || layer === "tests" || layer === "migrations" || layer === "composition" || layer === "settings") continue;
    if (layer === "repository") {
      const declares = model.values.index(file).classes.some((node) => /Repository|Dao|Store$/.test(node.name ?? ""));
      if (declares || storeUses(model, file).some((use) => !use.lifecycle)) repositories++;
    } else {
      const uses = storeUses(model, file).length;
      if (uses > 0) outside.push([file, uses]);
    }
  }
  return { outside: outside.sort(([leftFile, left], [rightFile, right]) => right - left || (leftFile < rightFile ? -1 : 1)), repositories };
}
