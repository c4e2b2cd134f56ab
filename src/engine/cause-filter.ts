import { isRepositoryCause } from "../base/causes.js";
import type { Finding, RuleFinding } from "../base/finding.js";

/** In `recommended`, findings of one rule with one cause are one finding a file, or one finding where the cause is the repository's: the first that is asked about. Findings without a cause stand for themselves. */
export class CauseFilter {
  readonly #seen = new Set<string>();

  isFirst(rule: string, finding: Pick<RuleFinding | Finding, "file" | "cause">): boolean {
    const key = causeKey(rule, finding);
    if (key === undefined) return true;
    const first = !this.#seen.has(key);
    this.#seen.add(key);
    return first;
  }
}

/** What findings share of which one is enough; undefined for one that stands for itself. */
export function causeKey(rule: string, { file, cause }: Pick<RuleFinding | Finding, "file" | "cause">): string | undefined {
  if (cause === undefined) return undefined;
  return `${rule}\0${isRepositoryCause(cause) ? "" : file}\0${cause}`;
}
