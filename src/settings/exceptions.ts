import { globsBelow, matchFiles } from "./globs.js";
import { type PlacedStep, sourcesOf } from "./merge.js";
import type { SettingsFile } from "./schema.js";

/** An accepted violation, as the settings declare it. */
export interface ExceptionSetting {
  readonly rule: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day it holds, `YYYY-MM-DD`. */
  readonly expires?: string;
  readonly ticket?: string;
  readonly symbol?: string;
  /** Globs relative to the root. */
  readonly files?: readonly string[];
  /** Where it is declared: `std-check.config.json:12`. */
  readonly place: string;
  /** Whether it is about a finding at this place; `symbol` is the enclosing function or `Class.method`, if any. */
  covers(file: string, symbol: string | undefined): boolean;
}

/** The exceptions of all chains in the order in which they are written. */
export function exceptionsOf(chains: readonly (readonly PlacedStep[])[]): ExceptionSetting[] {
  const sources = new Map(chains.flatMap(sourcesOf).map((placed) => [placed.source, placed]));
  return [...sources.values()].flatMap(({ source, folder }) =>
    (source.settings.exceptions ?? []).map((exception, index) => makeException(exception, folder, source.place("exceptions", index))),
  );
}

/** Whether what lets a finding pass, an exception or an entry of the baseline, no longer holds on the day `today` (`YYYY-MM-DD`). */
export function isExpired(exception: { readonly expires?: string | undefined }, today: string): boolean {
  return exception.expires !== undefined && exception.expires < today;
}

function makeException({ rule, reason, owner, expires, ticket, symbol, files }: NonNullable<SettingsFile["exceptions"]>[number], folder: string, place: string): ExceptionSetting {
  // A symbol alone counts in every file below the folder of the settings.
  const globs = globsBelow(folder, files ?? ["**"]);
  const matches = matchFiles(globs);
  return {
    rule, reason, owner, place,
    ...(expires !== undefined && { expires }),
    ...(ticket !== undefined && { ticket }),
    ...(symbol !== undefined && { symbol }),
    ...(files !== undefined && { files: globs }),
    covers: (file, enclosing) => matches(file) && (symbol === undefined || symbol === enclosing || enclosing?.startsWith(`${symbol}.`) === true),
  };
}
