import type { Place, Scope } from "../kit/rule.js";

/** The scope of a set of files of the model; `whole` when all of the root is asked about, `counts` as the scope has it. */
export function scopeOf(files: readonly string[], whole: boolean, counts: (place: Place) => boolean = () => true): Scope {
  const set = new Set(files);
  return { files, whole, has: (file) => set.has(file), counts };
}
