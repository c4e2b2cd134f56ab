import type { LayerName, LayerVerdict, ModelOptions } from "../model/project-model.js";

/** Which layers may import which, by the standard; a layer may always import itself. */
const allowed: Readonly<Record<LayerName, ReadonlySet<LayerName>>> = {
  api: new Set(["service", "domain", "settings", "shared"]),
  service: new Set(["repository", "domain", "settings", "shared"]),
  repository: new Set(["domain", "settings", "shared"]),
  domain: new Set(["shared"]),
  settings: new Set(["shared"]),
  shared: new Set(["settings"]),
  composition: new Set(["api", "service", "repository", "domain", "settings", "shared"]),
  tests: new Set(["api", "service", "repository", "domain", "settings", "shared", "composition", "migrations"]),
  migrations: new Set(["api", "service", "repository", "domain", "settings", "shared", "composition"]),
};

/** Why an import between two classified files is not allowed; undefined if it is, or if either has no layer. */
export function forbiddenImport(from: LayerVerdict, to: LayerVerdict, options: ModelOptions): { readonly from: string; readonly to: string } | undefined {
  if (from.layer === undefined || to.layer === undefined) return undefined;
  const names = { from: from.custom ?? from.layer, to: to.custom ?? to.layer };
  if (names.from === names.to) return undefined;
  const custom = from.custom === undefined ? undefined : options.customLayers.get(from.custom)?.mayImport;
  if (custom) return custom.includes(names.to) || custom.includes(to.layer) ? undefined : names;
  return from.layer === to.layer || allowed[from.layer].has(to.layer) ? undefined : names;
}

/** The layers that a layer may import, in words. */
export function allowedLayers(from: LayerVerdict, options: ModelOptions): string {
  const custom = from.custom === undefined ? undefined : options.customLayers.get(from.custom)?.mayImport;
  const names = custom ?? [...(from.layer === undefined ? [] : allowed[from.layer])];
  return names.length === 0 ? "no other layer" : names.join(", ");
}
