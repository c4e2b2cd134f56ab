import { answers } from "../base/answers.js";
import { compareText } from "../base/finding.js";
import { oncePer } from "../base/once-per.js";
import type { ProjectModel } from "../model/project-model.js";

/** More files than this that break a rule in the same way follow one decision: that is one thing to mend, and one finding. */
const fewFiles = 10;

/** A way of breaking a rule that many files have in common. */
export interface Decision {
  /** The first of them by path, where the finding is. */
  readonly first: string;
  readonly others: readonly string[];
  readonly count: number;
}

const decisionsOf = oncePer((_model: ProjectModel) => answers<string, Decision | undefined>());

/** What many files have in common, kept by `key` for the life of the model; undefined where they are few, and each has its own finding. */
export function decisionOf(model: ProjectModel, key: string, files: () => Iterable<string>, few = fewFiles): Decision | undefined {
  return decisionsOf(model).of(key, () => {
    const [first, ...others] = [...new Set(files())].sort(compareText);
    return first !== undefined && others.length >= few ? { first, others, count: others.length + 1 } : undefined;
  });
}
