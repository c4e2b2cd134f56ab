import type { RuleFinding } from "../base/finding.js";
import { oncePer } from "../base/once-per.js";
import type { ProjectModel } from "../model/project-model.js";
import type { Scope } from "./rule.js";
import { type Decision, decisionOf } from "./decisions.js";

/** A way of breaking a rule that files may have in common. */
export interface Habit {
  /** The rule, with what changes its findings: its options, the package. */
  readonly key: string;
  /** The files among which it is one. */
  readonly files: readonly string[];
  /** All findings of the rule in a file. */
  findingsIn(file: string): Iterable<RuleFinding>;
  isOne(finding: RuleFinding): boolean;
  /** What stands for all of them, made of the first. */
  sum(finding: RuleFinding, decision: Decision): RuleFinding;
}

const findingsOf = oncePer((_model: ProjectModel) => new Map<string, readonly RuleFinding[]>());

/**
 * The findings of a file, where those that more files than a few have in common are one finding, in the first of these
 * files. A finding that is let pass does not count, and stands for itself alone.
 */
export function* toldOnce(model: ProjectModel, scope: Scope, file: string, habit: Habit): Iterable<RuleFinding> {
  const known = findingsOf(model);
  const of = (one: string): readonly RuleFinding[] => {
    const key = `${habit.key}\0${one}`;
    const found = known.get(key) ?? [...habit.findingsIn(one)];
    known.set(key, found);
    return found;
  };
  const isCounted = (finding: RuleFinding): boolean => habit.isOne(finding) && scope.counts(finding);
  const found = of(file);
  const first = found.find(isCounted);
  const decision = first && decisionOf(model, habit.key, () => habit.files.filter((other) => of(other).some(isCounted)));
  if (first && decision?.first === file) yield habit.sum(first, decision);
  yield* decision ? found.filter((finding) => !isCounted(finding)) : found;
}
