import { describe, expect, it } from "vitest";
import { findingsOf } from "../support/project.js";
import { owners } from "./owners.js";
import { rules } from "./project-files.js";
import { ruleTable } from "./rule-table.js";

const known = new Set(rules.map(({ name }) => name));

describe("one defect, one finding", () => {
  it("is told of rules that are agreed on", () => {
    const agreed = new Set(ruleTable.map(({ name }) => name));
    expect(owners.flatMap(({ owner, silent }) => [owner, ...silent]).filter((name) => !agreed.has(name))).toEqual([]);
  });

  describe.each(owners)("$defect", ({ owner, silent, files }) => {
    it(`is reported by ${owner}, once`, async ({ skip }) => {
      if (!known.has(owner)) skip(`${owner} is not written yet`);
      const found = await findingsOf(files, { preset: "recommended", settings: { rules: Object.fromEntries([owner, ...silent].filter((name) => known.has(name)).map((name) => [name, "error"])) }, cliOnly: true });
      const about = found.filter(({ rule }) => rule === owner || silent.includes(rule));
      expect(about.map(({ rule, file, range }) => `${file}:${range.start.line} ${rule}`)).toHaveLength(1);
      expect(about[0]?.rule).toBe(owner);
    });
  });
});
