import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../contract/project-files.js";
import { type LabelledCase, labelledCases } from "./labelled.js";

const folder = path.join(root, "tests/labelled");

/**
 * Checks every set of `tests/labelled` of a family: exactly the lines that are marked as holes are reported, and what
 * `recommended` leaves alone is reported in `strict`.
 *
 * @param presetOf the preset that the lines of a rule are marked for.
 */
export function checkLabelledSets(family: string, presetOf: (set: string, rule: string) => "recommended" | "strict" = () => "recommended"): void {
  const sets = readdirSync(folder).filter((name) => name.replace(/-\d+$/, "") === family);
  describe.each(sets)("the labelled set %s", (set) => {
    it.each(readdirSync(path.join(folder, set)).map((file) => path.basename(file, ".md")))("of %s", async (rule) => {
      const cases = await labelledCases(rule, set, presetOf(set, rule));
      const untied = linesOf(cases, (one) => one.untied);
      expect(linesOf(cases, ({ found }) => found)).toEqual(linesOf(cases, ({ wanted }) => wanted));
      expect(cases.flatMap(({ wanted }) => wanted).length + untied.length).toBeGreaterThan(0);
      if (untied.length > 0) expect(linesOf(await labelledCases(rule, set, "strict"), ({ found }) => found)).toEqual(expect.arrayContaining([...untied]));
    });
  });
}

const linesOf = (cases: readonly LabelledCase[], pick: (one: LabelledCase) => readonly string[]): readonly string[] => cases.flatMap((one) => pick(one).map((line) => `${one.name}: ${line}`));
