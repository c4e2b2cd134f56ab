import path from "node:path";
import type { IForbiddenRuleType } from "dependency-cruiser";
import { UserError } from "../base/errors.js";
import { relativeTo } from "../base/paths.js";
import { allowedLayers, forbiddenImport } from "../kit/layering/layering.js";
import type { LayerVerdict } from "../model/project-model.js";
import { globsPattern } from "../settings/glob-pattern.js";
import type { LayerGlobs } from "../settings/layers.js";
import { loadSettings } from "../settings/load.js";
import type { ResolvedSettings } from "../settings/resolve.js";
import { findRoot } from "../settings/root.js";
import { registry } from "./registry.js";

/** A layer with the pattern of its files, and those of the layers that are asked before it. */
interface LayerFiles {
  readonly verdict: LayerVerdict;
  readonly path: string;
  readonly pathNot: readonly string[];
}

/**
 * `forbidden` rules for dependency-cruiser, one for each two layers of which the first must not import the second, from
 * the settings in force for `folder`. dependency-cruiser has to run in the root of the settings, with
 * `tsPreCompilationDeps` on, so that imports of types alone are told apart. Only files that the settings give a layer
 * are judged: it knows no evidence of code, no barrels, and no plain data.
 *
 * Throws a UserError where the settings name no layers, or are wrong.
 */
export function forbiddenImports(folder: string): IForbiddenRuleType[] {
  const root = findRoot(folder);
  if (relativeTo(root.folder, path.resolve(folder)) !== ".") throw new UserError("not-the-root", `${folder} is not the root of the settings.`, `Ask from ${root.folder}, where dependency-cruiser has to run, too.`);
  const settings = loadSettings({ root, registry });
  const layers = settings.layerGlobs.map((one, index) => layerFiles(one, settings.layerGlobs.slice(0, index)));
  if (layers.length === 0) throw new UserError("no-layers", "The settings give no files a layer.", 'Name them in std-check.config.json, for example "layers": { "api": ["src/controllers/**"] }.');
  const ports = [...settings.model.customLayers.values()].flatMap((layer) => (layer.ports ? [globsPattern(layer.ports)] : []));
  return layers.flatMap((from) => layers.flatMap((to) => forbid(from, to, ports, settings)));
}

function layerFiles({ layer, custom, globs }: LayerGlobs, before: readonly LayerGlobs[]): LayerFiles {
  return { verdict: { layer, ...(custom !== undefined && { custom }), evidence: [] }, path: globsPattern(globs), pathNot: before.map((one) => globsPattern(one.globs)) };
}

function forbid(from: LayerFiles, to: LayerFiles, ports: readonly string[], { model }: ResolvedSettings): IForbiddenRuleType[] {
  const { layer } = from.verdict;
  // These may import everything.
  if (layer === "tests" || layer === "migrations" || layer === "composition") return [];
  const options = { ...model, isGenerated: () => false };
  const names = forbiddenImport(from.verdict, to.verdict, options);
  if (!names) return [];
  return [
    {
      name: `${names.from} must not import ${names.to}`,
      comment: `${names.from} may import ${allowedLayers(from.verdict, options)}.`,
      severity: "error",
      from: { path: from.path, ...(from.pathNot.length > 0 && { pathNot: [...from.pathNot] }) },
      to: { path: to.path, ...(to.pathNot.length + ports.length > 0 && { pathNot: [...to.pathNot, ...ports] }), dependencyTypesNot: ["type-only"] },
    },
  ];
}
