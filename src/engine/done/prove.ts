import { copyFileSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { askGit } from "../../repo/git/run-git.js";
import type { GitRange, RepoView } from "../../repo/repo-view.js";
import type { DoneCommand } from "./commands.js";
import { type CommandOutcome, runCommand } from "./run-command.js";

/** Whether the changed tests of a fix fail on the code before it, which is what makes them tests of the fix. */
export type Proof =
  | { readonly state: "proven"; readonly tests: readonly string[]; readonly outcome: CommandOutcome }
  | { readonly state: "refuted"; readonly tests: readonly string[]; readonly outcome: CommandOutcome }
  | { readonly state: "nothing-to-prove"; readonly reason: string }
  | { readonly state: "cannot"; readonly reason: string };

const testFile = /\.(test|spec|e2e-spec)\.[cm]?[jt]sx?$|(^|\/)(__tests__|tests?)\/.*\.[cm]?[jt]sx?$/;
/** The subject of a commit that mends something, as Conventional Commits and most teams write it. */
const fixSubject = /^(fix|bugfix|hotfix)(\(.+\))?!?:|^fix(es|ed)?\b/i;

/**
 * Runs the changed tests in a work tree of the base, beside the repository: it links the dependencies that are installed
 * here, and is removed at the end.
 * @param timeout in seconds
 */
export async function proveFix(repo: RepoView, range: GitRange | undefined, command: DoneCommand | undefined, timeout: number): Promise<Proof> {
  if (range === undefined) return { state: "cannot", reason: "no range was named: --since <ref>" };
  if (!range.commits.some(({ subject, merge }) => !merge && fixSubject.test(subject))) return { state: "nothing-to-prove", reason: "no commit of the range says that it fixes something" };
  const tests = range.changes.filter(({ status, file }) => status !== "deleted" && testFile.test(file)).map(({ file }) => file);
  if (tests.length === 0) return { state: "cannot", reason: "the fix changes no test" };
  if (command?.state !== "command") return { state: "cannot", reason: "there is no test command" };
  const top = askGit(repo.root, ["rev-parse", "--show-toplevel"])?.trim();
  if (top === undefined) return { state: "cannot", reason: "git does not tell where the repository begins" };
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "std-check-base-")));
  const tree = path.join(folder, "tree");
  try {
    if (askGit(top, ["worktree", "add", "--detach", "--quiet", tree, range.base]) === undefined) return { state: "cannot", reason: "git could not check out the base" };
    const root = path.join(tree, path.relative(realpathSync(top), realpathSync(repo.root)));
    for (const { folder: unit } of repo.readers.packages()) linkDependencies(path.join(repo.root, unit), path.join(root, unit));
    for (const file of tests) copy(path.join(repo.root, file), path.join(root, file));
    const named = command.shell ? { ...command, program: `${command.program} ${tests.map((file) => `'${file.replaceAll("'", "'\\''")}'`).join(" ")}` } : { ...command, args: [...command.args, "--", ...tests] };
    const outcome = await runCommand(named, root, timeout);
    if (outcome.state === "timed-out" || outcome.state === "not-started") return { state: "cannot", reason: `the tests did not end on the base: ${outcome.reason}` };
    return { state: outcome.state === "failed" ? "proven" : "refuted", tests, outcome };
  } finally {
    askGit(top, ["worktree", "remove", "--force", tree]);
    rmSync(folder, { recursive: true, force: true });
  }
}

function linkDependencies(from: string, to: string): void {
  const modules = path.join(from, "node_modules");
  if (existsSync(modules) && existsSync(to) && !existsSync(path.join(to, "node_modules"))) symlinkSync(modules, path.join(to, "node_modules"), "dir");
}

function copy(from: string, to: string): void {
  mkdirSync(path.dirname(to), { recursive: true });
  copyFileSync(from, to);
}
