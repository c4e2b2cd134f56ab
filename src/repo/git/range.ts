import type { GitChange, GitCommit, GitRange } from "../repo-view.js";
import { mergeBase } from "./base-ref.js";
import { commitSnapshot, type Snapshot } from "./blobs.js";
import { commitChanges } from "./changes.js";
import type { Git } from "./git.js";
import { splitAtNul } from "./run-git.js";

/** Everything since the head's branch left that of `since`; `changesSince` compares with that commit. Throws a UserError. */
export function rangeSince(git: Git, since: string, changesSince: (base: string) => readonly GitChange[]): GitRange {
  const head = requireHead(git);
  const base = mergeBase(git, since);
  return makeRange(git, base, head, changesSince(base), readCommits(git, base));
}

/** The index against the head, as a range without commits. */
export function stagedRange(git: Git, changes: readonly GitChange[]): GitRange {
  const head = headTree(git);
  return makeRange(git, head, head, changes, []);
}

/** The head's commit, or before the first commit the empty tree. */
export function headTree(git: Git): string {
  return git.line(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]) ?? git.output(["hash-object", "-t", "tree", "--stdin"], "").toString("utf8").trim();
}

function requireHead(git: Git): string {
  return git.output(["rev-parse", "--verify", "HEAD^{commit}"]).toString("utf8").trim();
}

function makeRange(git: Git, base: string, head: string, changes: readonly GitChange[], commits: readonly GitCommit[]): GitRange {
  let before: Snapshot | undefined;
  const openBase = (): Snapshot => {
    const opened = commitSnapshot(git, base);
    opened.prefetch(changes.map(({ file, from }) => from ?? file));
    return opened;
  };
  return {
    base,
    head,
    commits,
    changes,
    readAtBase: (file) => (before ??= openBase()).read(file),
  };
}

/** The commits from `base` (not included) to the head, oldest first. */
function readCommits(git: Git, base: string): GitCommit[] {
  const parts = splitAtNul(git.output(["log", "-z", "--topo-order", "--reverse", "--encoding=UTF-8", "--format=%H%x00%P%x00%s%x00%b", `${base}..HEAD`, "--"]));
  const commits: GitCommit[] = [];
  for (let at = 0; at + 3 < parts.length; at += 4) {
    const [hash = "", parents = "", subject = "", body = ""] = parts.slice(at, at + 4);
    commits.push(makeCommit(git, hash, parents.split(" ").length > 1, subject, body.trim()));
  }
  return commits;
}

function makeCommit(git: Git, hash: string, merge: boolean, subject: string, body: string): GitCommit {
  // Git writes this sentence itself.
  const reverts = /This reverts commit ([0-9a-f]{7,64})/.exec(body)?.[1];
  let changes: readonly GitChange[] | undefined = merge ? [] : undefined;
  return {
    hash,
    subject,
    body,
    merge,
    ...(reverts !== undefined && { reverts }),
    get changes() {
      return (changes ??= commitChanges(git, hash));
    },
  };
}
