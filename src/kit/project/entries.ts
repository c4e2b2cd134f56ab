import type { ProjectModel } from "../../model/project-model.js";
import type { Entry } from "../../model/entries/entry.js";
import { isBackendCode } from "./backend-files.js";

/** The entry points that the files of a scope register, those of scripts and tools left out. */
export function* entriesIn(model: ProjectModel, scope: { readonly files: readonly string[] }): Iterable<Entry> {
  for (const file of scope.files) {
    if (!isBackendCode(model, file)) continue;
    yield* model.entries.of(file);
  }
}

/** An entry point as a reader would call it: `message orders`, `graphql Users.create`. */
export function entryName({ kind, name, handler }: Entry): string {
  return `${kind} ${name ?? handler?.name ?? "handler"}`;
}
