import { joinPath } from "../../base/paths.js";
import { baselineFileName } from "../../engine/baseline/file.js";
import { detect } from "./detect.js";
import { hookStep } from "./hook-step.js";
import type { FileChange, InitPlan, RepoFacts, StepResult } from "./repo-facts.js";
import { eslintStep, scriptStep, settingsStep, workflowStep } from "./steps.js";

/**
 * What `std-check init` would write, and what it leaves to a person. Reads only through `facts`. For a repository in
 * which the plan has been carried out, the plan has no changes.
 */
export function planInit(facts: RepoFacts): InitPlan {
  const detected = detect(facts);
  const changes = new Map<string, FileChange>();
  // Later steps see what earlier ones wrote, as two of them may change one file.
  const seen: RepoFacts = { ...facts, read: (file) => changes.get(file)?.after ?? facts.read(file) };
  const results: StepResult[] = [];
  for (const step of [settingsStep, scriptStep, eslintStep, hookStep, workflowStep]) {
    const result = step(seen, detected);
    results.push(result);
    for (const change of result.changes ?? []) changes.set(change.file, mergeChange(changes.get(change.file), change));
  }
  const baseline = joinPath(facts.folder, baselineFileName);
  // Only at the first set-up: later, a baseline would hide what has come since.
  const isFirst = facts.read(baseline) === undefined && results[0]?.changes !== undefined;
  return {
    found: detected.found,
    changes: [...changes.values()],
    manual: results.flatMap(({ manual }) => manual ?? []),
    present: results.flatMap(({ present }) => present ?? []),
    baseline: isFirst ? baseline : undefined,
  };
}

function mergeChange(earlier: FileChange | undefined, change: FileChange): FileChange {
  return earlier === undefined ? change : { ...change, before: earlier.before, why: `${earlier.why}; ${change.why}` };
}
