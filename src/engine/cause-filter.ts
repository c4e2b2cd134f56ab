import type { RuleFinding } from "../base/finding.js";

/**
 * In `recommended`, findings of one rule with one cause are one finding a file, the first that is asked about; so are those
 * of one place, such as a route that is mounted twice. Findings without a cause stand for themselves.
 */
export class CauseFilter {
  readonly #seen = new Set<string>();

  isFirst(rule: string, { file, cause, messageId, range: { start, end } }: RuleFinding): boolean {
    if (cause === undefined) return true;
    const keys = [`${rule}\0${file}\0${cause}`, `${rule}\0${file}\0${messageId}\0${start.line}:${start.column}-${end.line}:${end.column}`];
    if (keys.some((key) => this.#seen.has(key))) return false;
    for (const key of keys) this.#seen.add(key);
    return true;
  }
}
