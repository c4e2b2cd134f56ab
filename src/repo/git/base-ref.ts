import { UserError } from "../../base/errors.js";
import type { Git } from "./git.js";

/** What a change is compared with, as the environment of a CI system names it. */
export interface NamedBase {
  readonly ref: string;
  /** The variable that says so. */
  readonly variable: string;
}

/** A variable that names the target of a merge or pull request. */
interface BaseVariable {
  readonly name: string;
  /** Set only for merge and pull requests; without it the other variable means something else. */
  readonly when?: string;
}

/**
 * In order: exact commits before branches, since a branch may have moved on.
 * Each system's own documentation of its predefined variables is the source.
 */
const baseVariables: readonly BaseVariable[] = [
  { name: "CI_MERGE_REQUEST_DIFF_BASE_SHA" }, // GitLab
  { name: "CI_MERGE_REQUEST_TARGET_BRANCH_NAME" },
  { name: "GITHUB_BASE_REF" }, // GitHub, Gitea and Forgejo Actions
  { name: "BITBUCKET_PR_DESTINATION_COMMIT" },
  { name: "BITBUCKET_PR_DESTINATION_BRANCH" },
  { name: "SYSTEM_PULLREQUEST_TARGETBRANCH" }, // Azure Pipelines
  { name: "CHANGE_TARGET" }, // Jenkins multibranch
  { name: "BUILDKITE_PULL_REQUEST_BASE_BRANCH" },
  { name: "CIRRUS_BASE_SHA" },
  { name: "CODEBUILD_WEBHOOK_BASE_REF" },
  { name: "CI_COMMIT_TARGET_BRANCH" }, // Woodpecker
  { name: "DRONE_TARGET_BRANCH", when: "DRONE_PULL_REQUEST" },
  { name: "TRAVIS_BRANCH", when: "TRAVIS_PULL_REQUEST_SHA" },
  { name: "APPVEYOR_REPO_BRANCH", when: "APPVEYOR_PULL_REQUEST_NUMBER" },
  { name: "SEMAPHORE_GIT_BRANCH", when: "SEMAPHORE_GIT_PR_NUMBER" },
];

/** The base of a merge or pull request by the environment of a CI system; undefined outside of one. */
export function baseFromEnvironment(env: Readonly<Record<string, string | undefined>>): NamedBase | undefined {
  for (const { name, when } of baseVariables) {
    const value = env[name];
    if (!value || (when !== undefined && !env[when])) continue;
    return { ref: value.replace(/^refs\/heads\//, ""), variable: name };
  }
  return undefined;
}

/**
 * The commit that `ref` names: as given, else as a branch of a remote, which is all that CI systems check out.
 * Throws a UserError for a ref that is not there.
 */
export function findCommit(git: Git, ref: string): string {
  for (const name of candidates(git, ref)) {
    const commit = git.line(["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]);
    if (commit !== undefined) return commit;
  }
  if (isShallow(git)) throw new UserError("unknown-ref", `There is no commit or branch "${ref}" in this shallow clone.`, `Fetch it: \`git fetch --unshallow origin ${ref}\`, or fetch-depth: 0 in actions/checkout.`);
  throw new UserError("unknown-ref", `There is no commit or branch "${ref}".`, `Give a branch, tag or commit that \`git rev-parse\` knows; \`git fetch origin ${ref}\` brings a branch of the server.`);
}

function candidates(git: Git, ref: string): string[] {
  const remotes = (git.line(["remote"]) ?? "").split("\n").filter(Boolean);
  return [ref, ...remotes.map((remote) => `refs/remotes/${remote}/${ref}`)];
}

/**
 * The commit at which the head's branch left that of `ref`: what is compared with. Throws a UserError where git cannot
 * tell, since the clone is shallow or the histories have nothing in common.
 */
export function mergeBase(git: Git, ref: string): string {
  const commit = findCommit(git, ref);
  const base = git.line(["merge-base", commit, "HEAD"]);
  if (base !== undefined) return base;
  if (isShallow(git)) throw new UserError("shallow-clone", `This clone is shallow and does not reach back to where the branch left "${ref}".`, "Fetch the history: `git fetch --unshallow`, fetch-depth: 0 in actions/checkout, GIT_DEPTH: 0 in GitLab.");
  throw new UserError("no-merge-base", `The head has no commit in common with "${ref}".`, "Give a base from the same history.");
}

export function isShallow(git: Git): boolean {
  return git.line(["rev-parse", "--is-shallow-repository"]) === "true";
}
