import type { Finding } from "../../../src/base/finding.js";
import { hashText } from "../../../src/base/hash.js";
import type { BaselineRun } from "../../../src/engine/baseline/baseline.js";

/** A finding as the engine makes it: `cause` stands for what is wrong at a place, whatever its line. */
export function finding(rule: string, file: string, cause: string, line = 1): Finding {
  return {
    rule, file, clauses: ["ARCH-1"], severity: "error", messageId: "wrong", message: `${cause} is wrong`, related: [],
    range: { start: { line, column: 1 }, end: { line, column: 5 } },
    fingerprint: fingerprint(rule, file, cause),
  };
}

export function fingerprint(rule: string, file: string, cause: string): string {
  return `v1:${hashText(rule, file, cause)}`;
}

/** A run over everything. */
export const wholeRun: BaselineRun = { looked: () => true, today: "2026-06-01" };

/** Numbers in [0, 1) that are the same for the same seed (a linear congruential generator). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Up to `count` different findings over a few rules and files. */
export function someFindings(next: () => number, count: number): Finding[] {
  const all = new Map<string, Finding>();
  for (let index = 0; index < count; index++) {
    const one = finding(`rule-${Math.floor(next() * 4)}`, `src/${Math.floor(next() * 5)}.ts`, `cause ${Math.floor(next() * 30)}`, 1 + Math.floor(next() * 100));
    all.set(one.fingerprint, one);
  }
  return [...all.values()];
}
