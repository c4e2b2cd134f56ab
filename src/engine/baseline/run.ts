import path from "node:path";
import { isWithin } from "../../base/paths.js";
import { askGit } from "../../repo/git/run-git.js";
import { changedFiles, openRepo } from "../../repo/open-repo.js";
import type { CheckResult } from "../check.js";
import { identitiesBefore } from "../added-in-range.js";
import { rulesByName } from "../registry.js";
import type { Opened } from "../run.js";
import { type BaselineMatch, type BaselineRun, type Identity, matchBaseline } from "./baseline.js";
import { baselineFileName, readBaseline } from "./file.js";

/**
 * What a run looked at, for matching it with the baseline in `baselineFile` (root-relative). An entry was not looked for
 * if its file was not asked about or does not parse, or its rule is off there or crashed.
 */
export function baselineRun({ root, settings, project, paths }: Opened, result: CheckResult, baselineFile: string, today: string): BaselineRun {
  const crashed = new Set(result.crashes.map(({ rule }) => rule));
  const parses = (file: string) => !project.model.has(file) || project.model.facts(file).syntaxError === undefined;
  const skipped = new Set(project.skipped.map(({ file }) => file));
  let before: ReadonlyMap<string, Pick<Identity, "file" | "fingerprint">> | undefined;
  return {
    today,
    looked: ({ rule, file }) =>
      (paths === undefined || paths.some((path) => isWithin(path, file))) &&
      !crashed.has(rule) && !skipped.has(file) && parses(file) &&
      (!rulesByName.has(rule) || settings.rulesFor(file).has(rule)),
    // Git is asked only where a finding is not in the baseline under its present name.
    before: (finding) => (before ??= identitiesBefore(project, result, renamesSince(root, baselineFile))).get(finding.fingerprint),
  };
}

/** The findings of a run against the baseline of its root; undefined if there is none. Throws a UserError for a damaged one. */
export function applyBaseline(opened: Opened, result: CheckResult, today: string): BaselineMatch | undefined {
  const baseline = readBaseline(path.join(opened.root, baselineFileName));
  return baseline && matchBaseline(result.findings, baseline, baselineRun(opened, result, baselineFileName, today));
}

/** New name → old name of the files that were renamed since the baseline was last committed; empty without git. */
export function renamesSince(root: string, baselineFile: string): ReadonlyMap<string, string> {
  const commit = askGit(root, ["log", "-1", "--format=%H", "--", baselineFile])?.trim() ?? "";
  if (commit === "") return new Map();
  return new Map(changedFiles(openRepo(root, { since: commit })).flatMap(({ file, from }) => (from === undefined ? [] : [[file, from] as const])));
}
