import type { AddedText } from "./git/history.js";
import type { RepoReaders } from "./readers.js";

/** What a repo check may ask of the repository beside its code: files, git, manifests. Plain facts, read once. */
export interface RepoView {
  /** Absolute path of the root. */
  readonly root: string;
  readonly git: GitView | undefined;
  /** All files below the root that git tracks or does not ignore (without git: all but dependency folders), root-relative, sorted. */
  readonly files: readonly string[];
  /** The text of a file without its byte-order mark; undefined when it cannot be read or is binary. */
  read(file: string): string | undefined;
  /** Manifests, env files, containers, CI, migrations: read when they are asked for. */
  readonly readers: RepoReaders;
}

/** The git repository the root lies in. All paths are root-relative. */
export interface GitView {
  isTracked(file: string): boolean;
  isIgnored(file: string): boolean;
  /** The checked range, when one was asked for. */
  readonly range: GitRange | undefined;
  /** What every commit that leads to the head added, newest first, but for files that one of the globs matches; when it was asked for. */
  readonly history?: (leftOut?: readonly string[]) => Iterable<AddedText>;
  /** What the next commit would hold, when it was asked for. */
  readonly staged?: StagedView;
}

/** The index against the head. */
export interface StagedView {
  readonly changes: readonly GitChange[];
  /** The files whose staged text is not that of the work tree. */
  readonly differing: ReadonlySet<string>;
  /** The text of a file as it is staged; undefined if it is not in the index or is binary. */
  readStaged(file: string): string | undefined;
}

export interface GitRange {
  readonly base: string;
  readonly head: string;
  readonly commits: readonly GitCommit[];
  /** Files that differ between base and what is checked: the work tree with what git does not track yet, or the index. */
  readonly changes: readonly GitChange[];
  /** The text of a file at the base; undefined if it was not there. */
  readAtBase(file: string): string | undefined;
}

export interface GitCommit {
  readonly hash: string;
  readonly subject: string;
  readonly body: string;
  readonly merge: boolean;
  /** The commit that this one takes back, if its message says so. */
  readonly reverts?: string;
  /** Against the first parent; none for a merge, whose changes are those of the merged commits. */
  readonly changes: readonly GitChange[];
}

export interface GitChange {
  readonly status: "added" | "modified" | "deleted" | "renamed";
  readonly file: string;
  /** For a rename, where it was. */
  readonly from?: string;
  /** A rename that left every byte as it was. */
  readonly moved?: true;
  /** Lines of the new text that were added, as [first, last] from 1. */
  readonly added: readonly (readonly [first: number, last: number])[];
}
