import { findLibrary, findSubpath } from "./find-library.js";
import type { ApiReference, ApiValue, Library } from "./library.js";
import { callStep, elementStep, newStep, type Provenance } from "./provenance.js";

/** A value of a library's API with the library it belongs to. */
export interface Found {
  readonly library: Library;
  readonly value: ApiValue;
  /** The object that the value is a member of. */
  readonly owner: Found | undefined;
}

/** A library that re-exports itself through others would never end. */
const deepest = 8;

/**
 * What a provenance path leads to; undefined if the catalogue does not say. `version` is the installed one where it is
 * known; without it the newest is meant.
 */
export function lookUp(provenance: Provenance, version?: string): Found | undefined {
  let at = exportsOf(provenance.package, provenance.subpath);
  let take = exportOf;
  for (const step of provenance.path) {
    at = behind(at, step, take);
    if (!at.found) return undefined;
    take = follow;
  }
  // `const fetch = require("node-fetch")` holds what an import would take as the default export.
  const found = provenance.path.length === 0 ? at.found && memberOf(at.found, "default") : at.found;
  return found && version !== undefined ? ofVersion(found, version) : found;
}

/** What is known of a value, and of what lies behind it: the same few members are asked for at every call of a project. */
interface Known {
  readonly found: Found | undefined;
  readonly behind: Map<string, Known>;
}

const known = new Map<string, Map<string, Known>>();

function exportsOf(name: string, subpath: string): Known {
  let subpaths = known.get(name);
  if (!subpaths) known.set(name, (subpaths = new Map()));
  let exports = subpaths.get(subpath);
  if (!exports) subpaths.set(subpath, (exports = { found: namespaceOf(name, subpath), behind: new Map() }));
  return exports;
}

function behind(from: Known, step: string, take: (found: Found, step: string) => Found | undefined): Known {
  let next = from.behind.get(step);
  if (!next) from.behind.set(step, (next = { found: from.found && take(from.found, step), behind: new Map() }));
  return next;
}

/** What a package exports under a name; the default export of a CommonJS package is its namespace. */
function exportOf(namespace: Found, name: string): Found | undefined {
  const found = memberOf(namespace, name);
  if (found) return found;
  if (name === "default") return namespace;
  const whole = memberOf(namespace, "default");
  return whole && memberOf(whole, name);
}

/** The exports of a package or subpath as one value. */
function namespaceOf(name: string, subpath: string, depth = 0): Found | undefined {
  const found = findSubpath(name, subpath);
  if (!found || depth > deepest) return undefined;
  const { library } = found;
  const members = found.subpath?.exports ?? library.exports ?? {};
  const inherited = (found.subpath ? found.subpath.reexports : undefined) ?? library.reexports ?? [];
  return { library, value: { members, like: inherited.map((other) => `${other}#*`) }, owner: undefined };
}

/** What a step behind a value leads to. */
export function follow(found: Found, step: string): Found | undefined {
  const { value } = found;
  if (step === callStep) return resolve(found, value.call);
  if (step === newStep) return resolve(found, value.new);
  if (step === elementStep) return resolve(found, value.element);
  if (step.startsWith("=>")) return resolve(found, value.callback?.[step.slice(2)]);
  return memberOf(found, step);
}

/** What a value is once it was awaited: statements and cursors are rows then, of which most libraries' are plain. */
export function awaited(found: Found): Found | undefined {
  if (found.value.awaited !== undefined) return resolve(found, found.value.awaited);
  return found.value.is === "statement" || found.value.is === "cursor" || found.value.is === "sql" ? undefined : found;
}

function memberOf(found: Found, name: string, depth = 0): Found | undefined {
  const { value } = found;
  const own = value.members && Object.hasOwn(value.members, name) ? value.members[name] : undefined;
  if (own !== undefined) return owned(resolve(found, own), found);
  if (depth < deepest) {
    for (const other of value.like ?? []) {
      const base = other.endsWith("#*") ? namespaceOf(other.slice(0, -2), "", depth + 1) : resolve(found, other);
      const member = base && memberOf(base, name, depth + 1);
      if (member) return owned(member, found);
    }
  }
  const [, verb = ""] = /^([a-z]+)[A-Z]/.exec(name) ?? [];
  const made = value.verbs && Object.hasOwn(value.verbs, verb) ? value.verbs[verb] : undefined;
  if (made !== undefined) return owned(resolve(found, made), found);
  return value.others === undefined ? undefined : owned(resolve(found, value.others), found);
}

function owned(found: Found | undefined, owner: Found): Found | undefined {
  return found && { ...found, owner };
}

function resolve(from: Found, reference: ApiReference | undefined): Found | undefined {
  if (reference === undefined) return undefined;
  if (typeof reference !== "string") return { library: from.library, value: reference, owner: undefined };
  if (reference === "self") return from.owner;
  const hash = reference.lastIndexOf("#");
  const library = hash === -1 ? from.library : findLibrary(reference.slice(0, hash));
  const value = library?.values?.[reference.slice(hash + 1)];
  return library && value ? { library, value, owner: undefined } : undefined;
}

function ofVersion(found: Found, version: string): Found {
  for (const [bound, older] of Object.entries(found.value.below ?? {})) {
    if (isBelow(version, bound)) return { ...found, value: { ...found.value, ...older } };
  }
  return found;
}

/** Whether the version that a range such as `^1.2.3` begins with is below `major.minor`. */
function isBelow(version: string, bound: string): boolean {
  const numbers = /\d+(?:\.\d+)?/.exec(version)?.[0].split(".").map(Number) ?? [];
  const [major = 0, minor = 0] = bound.split(".").map(Number);
  const [ownMajor = Infinity, ownMinor = 0] = numbers;
  return ownMajor < major || (ownMajor === major && ownMinor < minor);
}
