import type { Library, Subpath } from "./library.js";
import { libraries } from "./libraries/index.js";

/** A package's library with the part of it that a subpath names. */
export interface FoundLibrary {
  readonly library: Library;
  /** The subpath's own entry, if it has one. */
  readonly subpath: Subpath | undefined;
}

const byName = new Map<string, Library>();
const byPrefix: { readonly prefix: string; readonly library: Library }[] = [];
for (const library of libraries) {
  for (const name of [library.package, ...(library.also ?? [])]) {
    if (name.endsWith("*")) byPrefix.push({ prefix: name.slice(0, -1), library });
    else if (!byName.has(name)) byName.set(name, library);
  }
}

byPrefix.sort((left, right) => right.prefix.length - left.prefix.length);

const asked = new Map<string, Library | undefined>();

/** What is known of a package; built-in modules are asked for with or without `node:`. */
export function findLibrary(name: string): Library | undefined {
  const known = asked.get(name);
  if (known || asked.has(name)) return known;
  const library = byName.get(name) ?? byName.get(`node:${name}`) ?? byPrefix.find(({ prefix }) => name.startsWith(prefix))?.library;
  asked.set(name, library);
  return library;
}

/** What is known of a package and one of its subpaths (empty, or with a slash in front). */
export function findSubpath(name: string, subpath: string): FoundLibrary | undefined {
  const library = findLibrary(name);
  if (!library) return undefined;
  for (let at = subpath; at.length > 1; at = at.slice(0, at.lastIndexOf("/"))) {
    const found = library.subpaths?.[at];
    if (found) return { library, subpath: found };
  }
  return { library, subpath: undefined };
}
