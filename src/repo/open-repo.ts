import { realpathSync } from "node:fs";
import { UserError } from "../base/errors.js";
import { compareText } from "../base/finding.js";
import { isShallow } from "./git/base-ref.js";
import { indexSnapshot, type Snapshot } from "./git/blobs.js";
import { indexChanges, untrackedChange, workTreeChanges } from "./git/changes.js";
import { type Git, openGit, openGitIfAny } from "./git/git.js";
import { addedInHistory } from "./git/history.js";
import { headTree, rangeSince, stagedRange } from "./git/range.js";
import { splitAtNul } from "./git/run-git.js";
import { listByWalking, listWithGit } from "./list-files.js";
import { readTextInside } from "./read-text.js";
import { makeReaders, type RepoReaders } from "./readers.js";
import type { GitChange, GitView, RepoView } from "./repo-view.js";

export interface OpenOptions {
  /** The checked range begins where the head's branch left this branch, tag or commit. */
  readonly since?: string;
  /** Look at the index in place of the work tree. */
  readonly staged?: boolean;
  /** Give what past commits added. */
  readonly history?: boolean;
}

/**
 * Opens the repository below `root`. Nothing of it is executed, and no symbolic link is followed out of it.
 * With `staged`, files and texts are those of the index, and the range is the index against the head (or `since`).
 * Throws a UserError where a range is asked for that git cannot give.
 */
export function openRepo(root: string, { since, staged = false, history = false }: OpenOptions = {}): RepoView {
  const folder = realpathSync(root);
  const needsGit = since !== undefined || staged || history;
  const git = needsGit ? openGit(folder) : openGitIfAny(folder);
  if (git !== undefined) return staged ? indexView(git, since) : workTreeView(git, since, history);
  if (needsGit) throw new UserError("no-git-repository", `${root} lies in no git repository.`, "Run this in a clone, or without --since, --staged and --history.");
  return withReaders({ root: folder, git: undefined, files: listByWalking(folder), read: (file) => readTextInside(folder, file) });
}

/** A repository whose files and texts come from anywhere, such as literals. */
export function withReaders(parts: Omit<RepoView, "readers">): RepoView {
  let readers: RepoReaders | undefined;
  const view: RepoView = {
    ...parts,
    get readers() {
      return (readers ??= makeReaders(view));
    },
  };
  return view;
}

/** The files that differ in the checked range, which may be that of the index; none where no range was asked for. */
export function changedFiles(repo: RepoView): readonly GitChange[] {
  return repo.git?.range?.changes ?? [];
}

function workTreeView(git: Git, since: string | undefined, history: boolean): RepoView {
  const { tracked, files } = listWithGit(git);
  const read = (file: string) => readTextInside(git.folder, file);
  const view = gitView(git, tracked);
  const changesSince = (base: string) => [
    ...workTreeChanges(git, base),
    ...files.filter((file) => !view.isTracked(file)).map((file) => untrackedChange(file, read(file))),
  ].sort((left, right) => compareText(left.file, right.file));
  const range = since === undefined ? undefined : rangeSince(git, since, changesSince);
  const unread: string[] = [];
  const past = (leftOut: readonly string[] = []) => addedInHistory(git, leftOut, (commit) => {
    unread.push(commit.slice(0, 12));
    repo.readers.note("git history", `contents of ${unread.length} commits are too large or not in this clone, those of ${unread[0]} for one`);
  });
  const repo = withReaders({ root: git.folder, git: { ...view, range, ...(history && { history: past }) }, files, read });
  if (history && isShallow(git)) repo.readers.note("git history", "this clone is shallow: older commits are not here");
  return repo;
}

function indexView(git: Git, since: string | undefined): RepoView {
  const index = indexSnapshot(git);
  const differing = new Set(splitAtNul(git.output(["diff-files", "-z", "--name-only", "--relative", "--ignore-submodules=all"])));
  index.prefetch(differing);
  const changes = indexChanges(git, headTree(git));
  const range = since === undefined ? stagedRange(git, changes) : rangeSince(git, since, (base) => indexChanges(git, base));
  return withReaders({
    root: git.folder,
    git: { ...gitView(git, new Set(index.files)), range, staged: { changes, differing, readStaged: index.read } },
    files: index.files,
    read: indexReader(git, index, differing),
  });
}

/** Reads staged texts from the disk where the work tree has the same: asking git for each file would be slow. */
function indexReader(git: Git, index: Snapshot, differing: ReadonlySet<string>): (file: string) => string | undefined {
  const staged = new Set(index.files);
  return (file) => {
    if (!staged.has(file)) return undefined;
    return (differing.has(file) ? undefined : readTextInside(git.folder, file)) ?? index.read(file);
  };
}

function gitView(git: Git, tracked: ReadonlySet<string>): Omit<GitView, "range"> {
  return {
    isTracked: (file) => tracked.has(file),
    isIgnored: remember((file) => git.attempt(["check-ignore", "-z", "--no-index", "--stdin"], `${file}\0`).stdout.length > 0),
  };
}

function remember<Answer>(ask: (file: string) => Answer): (file: string) => Answer {
  const answers = new Map<string, Answer>();
  return (file) => {
    if (!answers.has(file)) answers.set(file, ask(file));
    // The key was set just now; an answer may be undefined itself.
    return answers.get(file) as Answer;
  };
}
