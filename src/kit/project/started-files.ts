import { inFilesOf } from "../../base/gathered.js";
import { oncePer, oncePerPart } from "../../base/once-per.js";
import { settledPerPart, settleList } from "../../base/settled.js";
import type { Edge, PackageUnit, ProjectModel } from "../../model/project-model.js";
import { isBackendCode } from "./backend-files.js";

/**
 * The files that a package starts by itself: its own that no other package imports, and all that these import, of other
 * packages too. In a package that others import from it is only what begins with a program or an entry point.
 */
export const startedFiles = oncePerPart((model: ProjectModel, unit: PackageUnit): ReadonlySet<string> => {
  const own = codeOf(model, unit);
  const lent = lentBy(model, unit);
  const lentReach = reach(model, lent, (file) => model.packageOf(file) === unit);
  return reach(model, own.filter((file) => !lentReach.has(file) && (lent.length === 0 || starts(model, file))), () => true);
});

const codeOf = inFilesOf((model: ProjectModel, file) => (!file.endsWith(".d.ts") && isBackendCode(model, file) ? [file] : []));

/** The files of a package that another one imports. */
const lentBy = inFilesOf((model: ProjectModel, file) => {
  const isLent = !file.endsWith(".d.ts") && isBackendCode(model, file) && model.edgesTo(file).some((edge) => isLoad(edge) && model.packageOf(edge.from) !== model.packageOf(file) && isBackendCode(model, edge.from));
  return isLent ? [file] : [];
});

function starts(model: ProjectModel, file: string): boolean {
  const isProgram = model.layerOf(file).layer === "composition" && !/\.module\.[cm]?[jt]s$/.test(file);
  return isProgram || routeFiles(model).has(file) || model.entries.of(file).length > 0;
}

const routeFiles = oncePer((model: ProjectModel): ReadonlySet<string> => new Set(model.routes.routes.map((route) => route.file)));

function reach(model: ProjectModel, from: readonly string[], isWanted: (file: string) => boolean): ReadonlySet<string> {
  const found = new Set(from);
  // A set gives what is added to it on the way, too.
  for (const file of found) {
    for (const target of loadedFrom(model, file)) if (isWanted(target)) found.add(target);
  }
  return found;
}

const loadedFrom = settledPerPart((model: ProjectModel, file: string): readonly string[] => model.edgesFrom(file).flatMap((edge) => (isLoad(edge) && edge.target.kind === "file" ? [edge.target.file] : [])), settleList);

function isLoad({ kind }: Edge): boolean {
  return kind === "runtime" || kind === "metadata";
}

/** The package around another whose files it imports by their path, not by a name: both are one application. The package itself where there is none. */
export const enclosingPackage = oncePerPart((model: ProjectModel, unit: PackageUnit): PackageUnit => {
  const enclosing = model.packages.find((other) => other !== unit && (other.folder === "" || unit.folder.startsWith(`${other.folder}/`)) && model.filesOf(unit).some((file) => model.edgesFrom(file).some((edge) => edge.fact.specifier?.startsWith(".") === true && edge.target.kind === "file" && model.packageOf(edge.target.file) === other)));
  return enclosing ?? unit;
});
