import type { Scope } from "../kit/rule.js";

/** The scope of a set of files of the model; `whole` when all of the root is asked about. */
export function scopeOf(files: readonly string[], whole: boolean): Scope {
  const set = new Set(files);
  return { files, whole, has: (file) => set.has(file) };
}
