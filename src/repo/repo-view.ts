/** What a repo check may ask of the repository beside its code: files, git, manifests. Plain facts, read once. */
export interface RepoView {
  /** Absolute path of the root. */
  readonly root: string;
  readonly git: GitView | undefined;
  /** All files below the root that git tracks or does not ignore (without git: all but dependency folders), root-relative, sorted. */
  readonly files: readonly string[];
  /** The text of a file without its byte-order mark; undefined when it cannot be read or is binary. */
  read(file: string): string | undefined;
}

/** The git repository the root lies in. All paths are root-relative. */
export interface GitView {
  isTracked(file: string): boolean;
  isIgnored(file: string): boolean;
  readonly shallow: boolean;
  /** The checked range, when one was asked for. */
  readonly range: GitRange | undefined;
}

export interface GitRange {
  readonly base: string;
  readonly head: string;
  readonly commits: readonly GitCommit[];
  /** Files that differ between base and head. */
  readonly changes: readonly GitChange[];
  /** The text of a file at the base; undefined if it was not there. */
  readAtBase(file: string): string | undefined;
}

export interface GitCommit {
  readonly hash: string;
  readonly subject: string;
  readonly body: string;
  readonly merge: boolean;
  readonly changes: readonly GitChange[];
}

export interface GitChange {
  readonly status: "added" | "modified" | "deleted" | "renamed";
  readonly file: string;
  /** For a rename, where it was. */
  readonly from?: string;
  /** Lines of the new text that were added, as [first, last] from 1. */
  readonly added: readonly (readonly [first: number, last: number])[];
}
