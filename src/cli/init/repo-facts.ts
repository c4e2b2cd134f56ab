import type { Surroundings } from "../../engine/surroundings.js";
import type { Preset } from "../../settings/registry.js";

/** What init looks at. Paths are POSIX and relative to the repository's top, or to the project where there is no git. */
export interface RepoFacts {
  /** All files that git tracks or does not ignore. */
  readonly files: readonly string[];
  /** The text of a file without its byte-order mark; undefined when it is not there or cannot be read. */
  read(file: string): string | undefined;
  /** The folder that std-check is set up in: it has the package.json. Empty for the top. */
  readonly folder: string;
  /** How the folder's code is installed and what it is made of. */
  readonly surroundings: Surroundings;
  /** The presets that settings may extend. */
  readonly presets: readonly Preset[];
}

/** A file that init writes. `before` is undefined for a new file. */
export interface FileChange {
  readonly file: string;
  readonly before: string | undefined;
  readonly after: string;
  /** What for, in a few words. */
  readonly why: string;
  /** Has to be executable, as a hook. */
  readonly executable?: true;
}

/** What init leaves to a person. */
export interface ManualStep {
  readonly title: string;
  /** Why init does not do it. */
  readonly reason: string;
  /** What to add or to run, line by line. */
  readonly lines: readonly string[];
}

/** What was found, for people: `package manager: pnpm (pnpm-lock.yaml)`. */
export interface FoundFact {
  readonly what: string;
  readonly value: string;
  readonly evidence: string;
}

/** What one step of init wants: changes, work for a person, or nothing, since it is in place. */
export interface StepResult {
  readonly changes?: readonly FileChange[];
  readonly manual?: readonly ManualStep[];
  /** What is in place already. */
  readonly present?: readonly string[];
}

/** Everything that init would do. */
export interface InitPlan {
  readonly found: readonly FoundFact[];
  readonly changes: readonly FileChange[];
  readonly manual: readonly ManualStep[];
  readonly present: readonly string[];
  /** The baseline's file, if one is to be made once the changes are written. */
  readonly baseline: string | undefined;
}
