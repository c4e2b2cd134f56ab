import { expect, it } from "vitest";
import { baseFromEnvironment } from "../../src/repo/git/base-ref.js";

it.each([
  ["GitHub Actions on a pull request", { GITHUB_BASE_REF: "main" }, "main"],
  ["GitHub Actions on a push, where the variable is empty", { GITHUB_BASE_REF: "" }, undefined],
  ["GitLab: the commit wins over the branch", { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main", CI_MERGE_REQUEST_DIFF_BASE_SHA: "abc123" }, "abc123"],
  ["GitLab with the branch alone", { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "develop" }, "develop"],
  ["Bitbucket", { BITBUCKET_PR_DESTINATION_BRANCH: "main" }, "main"],
  ["Azure Pipelines", { SYSTEM_PULLREQUEST_TARGETBRANCH: "refs/heads/release/1" }, "release/1"],
  ["Travis on a push, where the branch is the one that is built", { TRAVIS_BRANCH: "main" }, undefined],
  ["Travis on a pull request", { TRAVIS_BRANCH: "main", TRAVIS_PULL_REQUEST_SHA: "abc" }, "main"],
  ["a developer's machine", { HOME: "/home/me" }, undefined],
])("%s", (_, env, ref) => {
  expect(baseFromEnvironment(env)?.ref).toBe(ref);
});
