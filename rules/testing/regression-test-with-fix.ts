import { baseName } from "../../src/base/paths.js";
import type { RuleFinding } from "../../src/base/finding.js";
import { changedDeclaration, changedModules, isTouched } from "../../src/kit/testing/changed-code.js";
import { defineRule } from "../../src/kit/rule.js";
import { testCases } from "../../src/kit/testing/test-cases.js";
import { testReachOf } from "../../src/kit/testing/test-reach.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { GitCommit, GitRange } from "../../src/repo/repo-view.js";

interface Options {
  readonly pattern: string;
}

/** Fixes of what no test of a server can hold: documentation, builds, tools, looks, types. */
const otherFix = /\b(docs?|documentation|readme|changelog|typos?|spelling|wording|comments?|lint\w*|eslint|biome|prettier|formatting|format|types?|typings?|typescript|tsc|tsconfig|builds?|ci|workflows?|github actions?|docker\w*|compose|deps?|dependenc\w+|lockfile|imports?|bump|release|versions? (?:bump|number)|version in package|tests?|specs?|e2e|flaky|storybook|styles?|css|ui|layout|translations?|i18n|locales?|examples?|seed\w*|scripts?|merge conflicts?|code review|review comments?|pr comments?|warnings?|clean-?\s?up|refactor\w*|renam\w+|readonly|modifiers?|sonar\w*|codeql)\b/i;

export default defineRule<Options>({
  name: "regression-test-with-fix",
  section: "testing",
  clauses: ["TEST-3"],
  description: "Require a test that is added or changed with every fix",
  presets: { recommended: "off", strict: "error", legacy: "off" },
  messages: {
    missing: "\"{{subject}}\" ({{commit}}) fixes {{modules}}, and no test that runs it was added or changed: the bug can come back unseen. Add a test that fails without the fix.",
  },
  optionsSchema: { pattern: { type: "string", description: "A regular expression for the first lines of commit messages that fix something." } },
  defaultOptions: { pattern: "" },
  repo: {
    *check(repo, model, { pattern }) {
      const range = repo.git?.range;
      if (range === undefined) return;
      const tested = changedTests(model, range);
      const reverted = new Set(range.commits.flatMap(({ reverts }) => reverts ?? []));
      for (const commit of range.commits) {
        const isTakenBack = [...reverted].some((hash) => commit.hash.startsWith(hash));
        if (commit.merge || commit.reverts !== undefined || isTakenBack || !isFix(commit, pattern)) continue;
        const modules = changedModules(model, commit.changes);
        if (modules.length > 0 && !tested.some((test) => runsAny(model, test, modules))) yield missing(model, commit, modules, range);
      }
    },
  },
});

/** Conventional Commits (`fix:`, `fix(scope):`), `Fix …`, `[fix] …`, `hotfix/…`; or what the settings say. */
function isFix({ subject }: GitCommit, pattern: string): boolean {
  if (pattern !== "") return new RegExp(pattern, "iu").test(subject);
  // The signs of gitmoji and the keys of issue trackers stand in front.
  const text = subject.replace(/^(?:[^\w[(]+|:\w+:|\[?[A-Z]+-\d+\]?:?)+\s*/u, "");
  const fix = /^[[(]?(?:bug|hot)?-?fix(?:e[sd])?(?:ing)?[\])]?(?:\(([^)]*)\))?!?(?:[:/\s]|$)(.*)/i.exec(text) ?? /^(?!(?:feat|refactor|chore|docs|style|test|perf|build|ci|revert)\b)[\w/-]+: (?:fix(?:e[sd])?)()\b(.*)/i.exec(text);
  return fix !== null && !otherFix.test(`${fix[1] ?? ""} ${fix[2] ?? ""}`);
}

/** The test files in which the range adds or changes something inside a test. */
function changedTests(model: ProjectModel, range: GitRange): string[] {
  const tests = new Set(testReachOf(model).tests);
  const snapshots = range.changes.filter(({ file }) => file.endsWith(".snap")).map(({ file }) => baseName(file).replace(/\.snap$/, ""));
  return [...tests].filter((test) => {
    const change = range.changes.find(({ file }) => file === test);
    if (change === undefined) return snapshots.includes(baseName(test));
    return change.moved !== true && testCases(model, test).some(({ kind, call }) => kind === "test" && isTouched(change, model.range(test, call.span)));
  });
}

/** A test that imports nothing of the project talks to it from outside: it may run anything. */
function runsAny(model: ProjectModel, test: string, modules: readonly string[]): boolean {
  const reach = testReachOf(model);
  const reached = reach.from(test);
  const stem = baseName(test).split(".")[0];
  return reach.fromOutside.includes(test) || modules.some((file) => reached.has(file) || baseName(file).split(".")[0] === stem);
}

function missing(model: ProjectModel, { hash, subject }: GitCommit, modules: readonly string[], range: GitRange): RuleFinding {
  const [first = "", ...rest] = modules;
  const more = rest.length > 0 ? ` and ${rest.length} more` : "";
  return {
    file: first,
    range: changedDeclaration(model, range, first),
    messageId: "missing",
    data: { subject: subject.slice(0, 100), commit: hash.slice(0, 9), modules: first + more },
    cause: hash,
    related: rest.slice(0, 5).map((file) => ({ file, range: changedDeclaration(model, range, file), message: "changed with it" })),
  };
}
