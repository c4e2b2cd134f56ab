import type { Span } from "../base/position.js";
import type { ImportedName, ImportFact } from "./facts.js";
import type { ScopeTracker } from "./scope.js";

type Draft = Omit<ImportFact, "names"> & { readonly names: readonly Omit<ImportedName, "use">[] };

/** Gathers a file's imports; how each name is used is known only when the whole file has been read. */
export class ImportCollector {
  readonly #drafts: Draft[] = [];

  add(draft: Draft): void {
    this.#drafts.push(draft);
  }

  /** Gives names to the import call at `span`; nothing happens if that call is none. */
  nameAt(span: Span, names: readonly Omit<ImportedName, "use">[]): void {
    const index = this.#drafts.findLastIndex((draft) => draft.span[0] === span[0] && draft.span[1] === span[1]);
    const draft = this.#drafts[index];
    if (draft) this.#drafts[index] = { ...draft, names };
  }

  /** The imports in source order. Call after `scopes.finish()`. */
  finish(scopes: ScopeTracker): readonly ImportFact[] {
    return this.#drafts
      .map((draft) => ({
        ...draft,
        names: draft.names.map((name) => ({ use: name.binding === undefined ? ("value" as const) : scopes.strongestUse(name.binding), ...name })),
      }))
      .sort((left, right) => left.span[0] - right.span[0]);
  }
}
