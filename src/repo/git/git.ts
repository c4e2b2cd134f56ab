import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { UserError } from "../../base/errors.js";
import { isWithin, toPosix } from "../../base/paths.js";
import { type GitOutput, liesInRepository, runGit, splitAtNul } from "./run-git.js";

/** Git in one folder of a work tree. Paths in its output are relative to that folder where the command can do so. */
export interface Git {
  /** The folder it runs in, absolute. */
  readonly folder: string;
  /** The top of the work tree, absolute. */
  readonly top: string;
  /** Output of a command that is expected to succeed. Throws a UserError that says what git said. */
  output(args: readonly string[], input?: string): Buffer;
  /** The one line a command prints; undefined if the command fails. */
  line(args: readonly string[]): string | undefined;
  attempt(args: readonly string[], input?: string): GitOutput;
}

/**
 * Git for `folder`; undefined where that lies in no work tree, or in one that ignores it.
 * Throws a UserError where git is missing or refuses the repository.
 */
export function openGit(folder: string): Git | undefined {
  if (!liesInRepository(folder)) return undefined;
  const found = runGit(folder, ["rev-parse", "--show-toplevel", "--absolute-git-dir"]);
  if (found.status !== 0) {
    if (/dubious ownership|unsafe repository/.test(found.stderr)) {
      throw new UserError("git-refuses", `git refuses to read ${folder}: the repository belongs to another user.`, `Run \`git config --global --add safe.directory ${folder}\` if you trust it.`);
    }
    return undefined;
  }
  const [top = "", directory = ""] = found.stdout.toString("utf8").split(/\r?\n/);
  // Configuration may name a work tree elsewhere; it would lead out of the folder.
  if (!isWithin(toPosix(realpathSync(top)), toPosix(realpathSync(folder)))) return undefined;
  const git = bindGit(folder, top, directory);
  return isLeftOut(git) ? undefined : git;
}

/** The top of the work tree that `folder` lies in; undefined where there is none or no git. */
export function gitRoot(folder: string): string | undefined {
  return openGitIfAny(folder)?.top;
}

/** As `openGit`, and undefined too where git is not installed. */
export function openGitIfAny(folder: string): Git | undefined {
  try {
    return openGit(folder);
  } catch (error) {
    if (error instanceof UserError && error.code === "no-git") return undefined;
    throw error;
  }
}

function bindGit(folder: string, top: string, directory: string): Git {
  const indexFile = hookIndex(top, directory);
  const settings = { filters: filterNames(folder), ...(indexFile !== undefined && { indexFile }) };
  const attempt = (args: readonly string[], input?: string) => runGit(folder, args, { ...settings, ...(input !== undefined && { input }) });
  return {
    folder,
    top,
    attempt,
    output(args, input) {
      const result = attempt(args, input);
      if (result.status !== 0) throw failure(args, result.stderr);
      return result.stdout;
    },
    line(args) {
      const { status, stdout } = attempt(args);
      return status === 0 ? stdout.toString("utf8").replace(/\r?\n$/, "") : undefined;
    },
  };
}

function failure(args: readonly string[], stderr: string): UserError {
  if (/promisor|lazy fetch|unable to read|missing blob/i.test(stderr)) {
    return new UserError("partial-clone", "Git lacks old contents that the comparison needs; this looks like a partial clone.", "Clone without --filter, or run `git fetch --refetch --no-filter` first.");
  }
  const said = (stderr.trim().split("\n")[0] ?? "").replace(/^(fatal|error): /, "");
  return new UserError("git-failed", `git ${args[0] ?? ""} failed: ${said}`, "Run `git status` in the repository to see what is wrong with it.");
}

/** Content filters of the configuration are programs; comparing the work tree would start them. */
function filterNames(folder: string): string[] {
  const keys = splitAtNul(runGit(folder, ["config", "-z", "--name-only", "--get-regexp", String.raw`^filter\..*\.(clean|process)$`]).stdout);
  const names = [...new Set(keys.map((key) => key.slice(0, key.lastIndexOf("."))))];
  const odd = names.find((name) => /[=\n]/.test(name));
  if (odd !== undefined) throw new UserError("git-filter", `The git configuration names a content filter "${odd}", which cannot be turned off.`, "Rename the filter, without = and line breaks.");
  return names;
}

/** A pre-commit hook of a partial commit has an index of its own. Only one of this repository is taken. */
function hookIndex(top: string, directory: string): string | undefined {
  const named = process.env["GIT_INDEX_FILE"];
  if (named === undefined) return undefined;
  // Git gives hooks a path relative to the top, where it starts them.
  const file = path.resolve(top, named);
  return existsSync(file) && isWithin(toPosix(directory), toPosix(file)) ? file : undefined;
}

/** Whether git ignores the whole folder, as a project in somebody else's build output. */
function isLeftOut(git: Git): boolean {
  return git.folder !== git.top && git.attempt(["check-ignore", "-q", "."]).status === 0 && git.output(["ls-files", "-z"]).length === 0;
}
