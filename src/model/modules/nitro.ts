import { baseName, isWithin, joinPath } from "../../base/paths.js";
import { oncePerPart } from "../../base/once-per.js";
import { propertyOf } from "../../facts/names.js";
import type { ObjectExpression } from "../../facts/syntax.js";
import { defaultExpression } from "./file-index.js";
import type { Declaration, PackageUnit, ProjectModel } from "../project-model.js";

const markers = ["nuxt", "nuxt3", "nitropack", "nitro", "nitro-nightly", "nitropack-nightly"];
const configuration = /^(nuxt|nitro)\.config\.[cm]?[jt]s$/;
/** What the module `nuxt-auth-utils` lets every file of a server name. Source: its README, "Server Utils". */
const sessionHelpers = /^((get|set|replace|require|clear)UserSession|(hash|verify)Password|defineOAuth\w+EventHandler|defineWebAuthn\w+EventHandler)$/;

/** Whether a package is an application or layer of Nuxt or Nitro: by what it depends on, or by its configuration, where a layer that it extends brings the rest. */
export function isNitro(model: ProjectModel, unit: PackageUnit): boolean {
  return markers.some((name) => unit.dependencies.has(name)) || configurationOf(model, unit) !== undefined;
}

/** The folders that hold `api/`, `routes/` and `middleware/`: `server/`, that of each Nuxt layer, or what the configuration says. */
export const serverFolders = oncePerPart((model: ProjectModel, unit: PackageUnit): readonly string[] => {
  const folders = new Set<string>();
  const config = configurationOf(model, unit);
  const options = config === undefined ? undefined : configurationObject(model, config);
  const isNuxt = unit.dependencies.has("nuxt") || unit.dependencies.has("nuxt3") || (config !== undefined && baseName(config).startsWith("nuxt"));
  for (const key of ["serverDir", "srcDir"]) {
    const value = options && propertyOf(options, key);
    if (value?.kind === "literal" && typeof value.value === "string") folders.add(joinPath(unit.folder, value.value.replace(/^\.?\/|\/$|^\.$/g, ""), ...(isNuxt && key === "srcDir" ? ["server"] : [])));
  }
  folders.add(joinPath(unit.folder, "server"));
  if (!isNuxt && folders.size === 1) folders.add(unit.folder);
  for (const file of model.filesOf(unit)) {
    const layer = /^(?:.*\/)?layers\/[^/]+\/server(?=\/)/.exec(file);
    if (layer) folders.add(layer[0]);
  }
  return [...folders];
});

function configurationOf(model: ProjectModel, unit: PackageUnit): string | undefined {
  return model.filesIn(unit.folder).find((file) => configuration.test(baseName(file)));
}

function configurationObject(model: ProjectModel, file: string): ObjectExpression | undefined {
  const value = defaultExpression(model.facts(file));
  const inner = value?.kind === "call" ? value.arguments[0] : value;
  return inner?.kind === "object" ? inner : undefined;
}

/** What a name means that a file of a Nuxt or Nitro server uses and neither declares nor imports: an export of `server/utils` and of the folders that the configuration adds, or a helper of a module. */
export function autoImported(model: ProjectModel, file: string, name: string): Declaration | undefined {
  const unit = model.packageOf(file);
  const exported = exportsOf(model, unit);
  const from = exported?.get(name);
  if (from !== undefined) return from === file ? undefined : model.declarationOfExport(from, name);
  if (!exported || !sessionHelpers.test(name)) return undefined;
  return { kind: "package", package: "nuxt-auth-utils", subpath: "", path: [name] };
}

/** The file that each name comes from; what two files offer comes from `utils`, else from neither. */
const exportsOf = oncePerPart((model: ProjectModel, unit: PackageUnit): ReadonlyMap<string, string> | undefined => {
  if (!isNitro(model, unit)) return undefined;
  const folders = [...serverFolders(model, unit), joinPath(unit.folder, "shared")].map((folder) => (folder === unit.folder ? joinPath(folder, "utils") : folder));
  const offers = new Map<string, string[]>();
  for (const file of model.filesOf(unit)) {
    const folder = folders.find((one) => isWithin(one, file));
    if (folder === undefined || /^(api|routes|middleware|plugins)\//.test(file.slice(folder.length + 1))) continue;
    for (const entry of model.facts(file).exports) if (entry.name !== "default") offers.set(entry.name, [...(offers.get(entry.name) ?? []), file]);
  }
  return new Map([...offers].flatMap(([name, files]) => {
    const utilities = files.filter((file) => file.includes("/utils/"));
    const [only, ...others] = utilities.length > 0 ? utilities : files;
    return only !== undefined && others.length === 0 ? [[name, only] as const] : [];
  }));
});
