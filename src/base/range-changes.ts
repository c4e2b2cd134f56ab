/** A comment, or an exception of the settings, that lets findings pass. */
export interface Suppression {
  readonly file: string;
  /** 1-based, in the text that holds it. */
  readonly line: number;
  /** What it lets pass, by name; "all rules" for a bare comment. */
  readonly rules: string;
  readonly reason: string | undefined;
}

/** What a range of commits changes beside the findings that it adds. */
export interface RangeChanges {
  /** The routes that it adds, removes, opens or changes, one line for each. */
  readonly routes: readonly string[];
  readonly suppressions: { readonly added: readonly Suppression[]; readonly removed: readonly Suppression[] };
  /** How many findings of its base are gone. */
  readonly mended: number;
}
