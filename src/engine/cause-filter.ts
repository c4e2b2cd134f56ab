import type { Finding, RuleFinding } from "../base/finding.js";

/** In `recommended`, findings of one rule with one cause are one finding a file: the first that is asked about. Findings without a cause stand for themselves. */
export class CauseFilter {
  readonly #seen = new Set<string>();

  isFirst(rule: string, { file, cause }: Pick<RuleFinding | Finding, "file" | "cause">): boolean {
    if (cause === undefined) return true;
    const key = `${rule}\0${file}\0${cause}`;
    const first = !this.#seen.has(key);
    this.#seen.add(key);
    return first;
  }
}
