import picomatch from "picomatch";
import { oncePer } from "../../base/once-per.js";
import { baseName } from "../../base/paths.js";
import { layerOfFolder } from "./names.js";

const matcherOf = oncePer((globs: readonly string[]) => picomatch([...globs]));

/** The outermost folder above `file` that one of the globs names; undefined if none does, or if its name is one of shared code, settings, stores or seeds. */
export function featureAround(globs: readonly string[], file: string): string | undefined {
  if (globs.length === 0) return undefined;
  const matches = matcherOf(globs);
  for (let slash = file.indexOf("/"); slash !== -1; slash = file.indexOf("/", slash + 1)) {
    const folder = file.slice(0, slash);
    if (matches(folder)) return globs.includes(folder) || !isTechnical(baseName(folder)) ? folder : undefined;
  }
  return undefined;
}

/** `src/*` names features, and `src/utils`, `src/config` and `src/database` beside them. */
function isTechnical(name: string): boolean {
  const layer = layerOfFolder(name)?.layer;
  return layer === "shared" || layer === "settings" || layer === "repository" || layer === "migrations" || layer === "tests";
}
