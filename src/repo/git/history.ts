import { newName } from "./changes.js";
import type { Git } from "./git.js";

/** A stretch of lines that a commit added. */
export interface AddedText {
  /** Root-relative, as it was called then. */
  readonly file: string;
  readonly commit: string;
  /** The first line's number in that commit's file. */
  readonly line: number;
  readonly text: string;
}

/** So many commits are asked of git at once: their patches are in memory, those of all the others are not. */
const batchSize = 50;
/** Longer lines are data, and no patch is cut for them. */
const longestLine = 1_000_000;

/**
 * What each commit that leads to the head added, newest first, read piece by piece as git prints it. Merges are left out:
 * what they bring was added by a commit of its own. Files that a glob of `leftOut` matches cost nothing: git does not
 * compare them. A commit whose patch is larger than a gigabyte, or whose contents the clone lacks, is passed over and told to `skip`.
 */
export function* addedInHistory(git: Git, leftOut: readonly string[] = [], skip: (commit: string) => void = () => undefined): Iterable<AddedText> {
  const paths = [".", ...leftOut.map((glob) => `:(exclude,glob,icase)${glob}`)];
  if (git.line(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]) === undefined) return;
  const commits = git.output(["rev-list", "--no-merges", "HEAD", "--", "."]).toString("latin1").split("\n").filter(Boolean);
  for (let at = 0; at < commits.length; at += batchSize) yield* addedBy(git, commits.slice(at, at + batchSize), paths, skip);
}

function* addedBy(git: Git, commits: readonly string[], paths: readonly string[], skip: (commit: string) => void): Iterable<AddedText> {
  const patches = patchesOf(git, commits, paths);
  if (patches) return yield* addedStretches(patches);
  const [first = "", ...others] = commits;
  if (others.length === 0) return skip(first);
  const half = Math.ceil(commits.length / 2);
  yield* addedBy(git, commits.slice(0, half), paths, skip);
  yield* addedBy(git, commits.slice(half), paths, skip);
}

/** The patches of commits, each behind a line with its hash; undefined if they are too much for one answer, or git lacks contents of one. */
function patchesOf(git: Git, commits: readonly string[], paths: readonly string[]): Buffer | undefined {
  // To look for renames with changes, git compares all files of a commit with each other.
  const options = ["--stdin", "--root", "-r", "--patch", "--unified=0", "--relative", "--find-renames=100%", "--diff-filter=ACMR", "--ignore-submodules=all", "--no-ext-diff", "--no-textconv", "--no-color", "--inter-hunk-context=0", "--src-prefix=a/", "--dst-prefix=b/"];
  try {
    return git.output(["diff-tree", ...options, "--", ...paths], `${commits.join("\n")}\n`);
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOBUFS" || error.code === "partial-clone")) return undefined;
    throw error;
  }
}

function* addedStretches(patches: Buffer): Iterable<AddedText> {
  let commit = "";
  let file = "";
  /** Lines of the hunk that are still to come: the hunk says how many there are. */
  let left = 0;
  let line = 0;
  let added: string[] = [];
  for (const [start, end] of lines(patches)) {
    if (left > 0) {
      const first = patches[start];
      if (first === 45) left--;
      if (first === 43) {
        left--;
        added.push(end - start > longestLine ? "" : patches.toString("utf8", start + 1, end));
      }
      if (left === 0 && added.length > 0) yield { file, commit, line, text: added.join("\n") };
      continue;
    }
    const head = patches.toString("utf8", start, Math.min(end, start + 5_000));
    if (head.startsWith("+++ ")) file = newName(head.slice(4));
    else if (/^[0-9a-f]{40,64}$/.test(head)) commit = head;
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(head);
    if (hunk === null) continue;
    added = [];
    line = Number(hunk[2]);
    left = Number(hunk[1] ?? "1") + Number(hunk[3] ?? "1");
  }
}

function* lines(text: Buffer): Iterable<readonly [start: number, end: number]> {
  for (let start = 0; start < text.length; ) {
    const feed = text.indexOf(10, start);
    const end = feed === -1 ? text.length : feed;
    yield [start, end];
    start = end + 1;
  }
}
