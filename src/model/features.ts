import picomatch from "picomatch";

const matchers = new WeakMap<readonly string[], (folder: string) => boolean>();

/** The outermost folder above `file` that one of the globs names; undefined if none does. */
export function featureAround(globs: readonly string[], file: string): string | undefined {
  if (globs.length === 0) return undefined;
  let matches = matchers.get(globs);
  if (!matches) matchers.set(globs, (matches = picomatch([...globs])));
  for (let slash = file.indexOf("/"); slash !== -1; slash = file.indexOf("/", slash + 1)) {
    const folder = file.slice(0, slash);
    if (matches(folder)) return folder;
  }
  return undefined;
}
