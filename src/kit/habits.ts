import { answers } from "../base/answers.js";
import type { RuleFinding } from "../base/finding.js";
import { listed } from "../base/words.js";
import { oncePer } from "../base/once-per.js";
import type { ProjectModel } from "../model/project-model.js";
import type { Scope } from "./rule.js";
import { type Decision, decisionOf } from "./decisions.js";

/** Ways of breaking a rule that files may have in common. */
export interface Habit {
  /** The rule, with what changes its findings: its options, the package. */
  readonly key: string;
  /** The files among which they are. */
  readonly files: readonly string[];
  /** All findings of the rule in a file. */
  findingsIn(file: string): Iterable<RuleFinding>;
  /** Which way of breaking the rule a finding is one of; undefined for one that stands for itself. */
  kindOf(finding: RuleFinding): string | undefined;
  /** Up to how many files have findings of their own that are of a kind; `fewFiles` of decisions if it is not said. */
  fewOf?(kind: string): number | undefined;
  /** The message that stands for all of them, by that of the first; `spread` where none is said. It may name the `count` of the files and `others`. */
  readonly sums?: Readonly<Record<string, string>>;
  /** What that message says of the first, where its own says something else. */
  dataOf?(finding: RuleFinding): RuleFinding["data"];
}

const findingsOf = oncePer((_model: ProjectModel) => answers<string, readonly RuleFinding[]>());

/**
 * The findings of a file, where those that more files than a few have in common are one finding, in the first of these
 * files. A finding that is let pass does not count, and stands for itself alone.
 */
export function* toldOnce(model: ProjectModel, scope: Scope, file: string, habit: Habit): Iterable<RuleFinding> {
  const known = findingsOf(model);
  const of = (one: string): readonly RuleFinding[] => known.of(`${habit.key}\0${one}`, () => [...habit.findingsIn(one)]);
  const counted = (finding: RuleFinding): string | undefined => (scope.counts(finding) ? habit.kindOf(finding) : undefined);
  const told = new Set<string>();
  for (const finding of of(file)) {
    const kind = counted(finding);
    const decision = kind === undefined ? undefined : decisionOf(model, `${habit.key}\0${kind}`, () => habit.files.filter((other) => of(other).some((one) => counted(one) === kind)), habit.fewOf?.(kind));
    if (kind === undefined || !decision) yield finding;
    else if (decision.first === file && !told.has(kind)) yield summed(habit, finding, decision);
    if (kind !== undefined) told.add(kind);
  }
}

/** What stands for all files, made of the finding in the first. */
function summed(habit: Habit, finding: RuleFinding, { count, others }: Decision): RuleFinding {
  return { ...finding, messageId: habit.sums?.[finding.messageId] ?? "spread", data: { ...(habit.dataOf ? habit.dataOf(finding) : finding.data), count: String(count), others: listed(others, 5) } };
}
