import type { Recorded } from "../../kit/recorded.js";

/** Files that the same rules with the same options look at. */
export interface FileBatch {
  /** Root-relative paths with their texts. */
  readonly files: ReadonlyMap<string, string>;
  /** Rule name → options, merged over the defaults. */
  readonly rules: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

/** What a file check said, or that it crashed. */
export type FileResult =
  | { readonly kind: "finding"; readonly file: string; readonly rule: string; readonly recorded: Recorded }
  | { readonly kind: "crash"; readonly file: string; readonly rule: string; readonly message: string };

/** The engine broke: nothing is known of the files it was given. */
export class EngineFailure extends Error {
  override readonly name = "EngineFailure";
}
