import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { devNull } from "node:os";
import path from "node:path";
import { UserError } from "../../base/errors.js";

/** How a git command ended. */
export interface GitOutput {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface GitRunOptions {
  readonly input?: string;
  /** Names of content filters (`filter.lfs`) that must not run. */
  readonly filters?: readonly string[];
  /** An index other than the repository's own, as a hook has it. */
  readonly indexFile?: string;
}

/** Configuration under which git starts no program that the repository or the user's configuration names. */
const inertConfiguration = [
  "core.fsmonitor=false",
  `core.hooksPath=${devNull}`,
  "core.pager=cat",
  "core.quotePath=false",
  "core.sshCommand=false",
  "safe.bareRepository=explicit",
  "log.showSignature=false",
  "submodule.recurse=false",
];

/** Whether git can find a repository from `folder` upwards. To ask git itself costs a process. */
export function liesInRepository(folder: string): boolean {
  if (process.env["GIT_DIR"] !== undefined) return true;
  // Git looks around the folder itself, and not around a link to it.
  for (let at = existsSync(folder) ? realpathSync(folder) : path.resolve(folder); ; at = path.dirname(at)) {
    if (existsSync(path.join(at, ".git"))) return true;
    if (at === path.dirname(at)) return false;
  }
}

/**
 * Runs git in `folder` without a shell, prompts, pager, hooks, network or programs named by configuration.
 * Throws a UserError where there is no git.
 */
export function runGit(folder: string, args: readonly string[], { input = "", filters = [], indexFile }: GitRunOptions = {}): GitOutput {
  const configuration = [...inertConfiguration, ...filters.flatMap((name) => [`${name}.clean=`, `${name}.process=`, `${name}.required=false`])];
  const result = spawnSync("git", [...configuration.flatMap((entry) => ["-c", entry]), ...args], {
    cwd: folder,
    env: gitEnvironment(indexFile),
    input,
    maxBuffer: 2 ** 30,
    windowsHide: true,
  });
  if (result.error !== undefined) {
    if ("code" in result.error && result.error.code === "ENOENT") throw new UserError("no-git", "git cannot be started.", "Install git, or run without --since and --staged.");
    throw result.error;
  }
  return { status: result.status ?? 1, stdout: result.stdout, stderr: result.stderr.toString("utf8") };
}

/** What a command of git prints in `folder`; undefined where no repository lies around it, git is not installed, or the command fails. */
export function askGit(folder: string, args: readonly string[]): string | undefined {
  if (!liesInRepository(folder)) return undefined;
  try {
    const { status, stdout } = runGit(folder, args);
    return status === 0 ? stdout.toString("utf8") : undefined;
  } catch (error) {
    if (error instanceof UserError && error.code === "no-git") return undefined;
    throw error;
  }
}

/** The parts of an output that `-z` separates. */
export function splitAtNul(output: Buffer): string[] {
  const parts = output.toString("utf8").split("\0");
  if (parts.at(-1) === "") parts.pop();
  return parts;
}

/** Our environment without what steers git, so that a hook's or a caller's variables lead to no other repository. */
function gitEnvironment(indexFile: string | undefined): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_") && name !== "LC_ALL");
  return {
    ...Object.fromEntries(kept),
    LC_ALL: "C",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "",
    ...(indexFile !== undefined && { GIT_INDEX_FILE: indexFile }),
  };
}
