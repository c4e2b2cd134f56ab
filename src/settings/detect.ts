import { compareText } from "../base/finding.js";
import { joinPath } from "../base/paths.js";
import type { Manifest } from "./discover.js";
import type { Preset } from "./registry.js";

/** A preset that the dependencies call for. */
export interface DetectedPreset {
  readonly preset: string;
  /** What was seen, one phrase for each package: `apps/api/package.json depends on express ^5.0.0`. */
  readonly evidence: readonly string[];
}

/**
 * The presets that the dependencies of the packages call for, in the order of `presets`. A preset that another one
 * covers in the same package is not detected there: NestJS applications depend on Express without being written in it.
 */
export function detectPresets(manifests: readonly Pick<Manifest, "folder" | "dependencies">[], presets: Iterable<Preset>): DetectedPreset[] {
  const all = [...presets];
  const evidence = new Map<string, string[]>();
  for (const manifest of [...manifests].sort((left, right) => compareText(left.folder, right.folder))) {
    const calledFor = all.flatMap((preset) => {
      const dependency = preset.packages.find((name) => manifest.dependencies.has(name));
      return dependency === undefined ? [] : [{ preset, dependency }];
    });
    const covered = new Set(calledFor.flatMap(({ preset }) => preset.covers));
    for (const { preset, dependency } of calledFor) {
      if (covered.has(preset.name)) continue;
      const phrase = `${joinPath(manifest.folder, "package.json")} depends on ${dependency} ${manifest.dependencies.get(dependency) ?? ""}`.trim();
      evidence.set(preset.name, [...(evidence.get(preset.name) ?? []), phrase]);
    }
  }
  return all.flatMap(({ name }) => {
    const found = evidence.get(name);
    return found === undefined ? [] : [{ preset: name, evidence: found }];
  });
}
