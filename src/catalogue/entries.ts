import type { EntryPoint } from "./concerns.js";
import { findLibrary } from "./find-library.js";
import type { ApiReference, ApiValue, Library } from "./library.js";
import { libraries } from "./libraries/index.js";
import type { Found } from "./look-up.js";

/** How the outside reaches the code through a value: what it says itself, or what its queue call comes to. */
export function entryOf({ value, library }: Found): EntryPoint | undefined {
  return value.entry ?? ofQueue(value, library);
}

function ofQueue({ queue }: ApiValue, { capabilities }: Library): EntryPoint | undefined {
  if (!queue || queue.does === "enqueue") return undefined;
  const kind = queue.does === "schedule" ? "cron" : capabilities.includes("event-bus") ? "event" : "message";
  const { name, handler, received, otherwise } = queue;
  return { kind, ...(name !== undefined && { name }), ...(handler !== undefined && { handler }), ...(received !== undefined && { received }), ...(otherwise && { otherwise }) };
}

const byLibrary = new Map<Library, Set<string>>();
for (const library of libraries) for (const [name, value] of Object.entries({ ...library.exports, ...library.values })) note(library, name, value, 0);

/** The names of the functions and methods through which a package calls the project's code back; undefined if it does not. */
export function entryNames(name: string): ReadonlySet<string> | undefined {
  const library = findLibrary(name);
  return library && byLibrary.get(library);
}

/** The same for all packages that the catalogue knows. */
export function allEntryNames(): ReadonlySet<string> {
  return new Set([...byLibrary.values()].flatMap((names) => [...names]));
}

function note(library: Library, name: string, reference: ApiReference, depth: number): void {
  if (typeof reference === "string" || depth > 6) return;
  if (entryOf({ value: reference, library, owner: undefined })) byLibrary.set(library, (byLibrary.get(library) ?? new Set()).add(name));
  for (const [member, value] of Object.entries(reference.members ?? {})) note(library, member, value, depth + 1);
  for (const part of [reference.call, reference.new]) if (part !== undefined) note(library, name, part, depth + 1);
}
