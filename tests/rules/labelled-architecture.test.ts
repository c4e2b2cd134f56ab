import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../contract/project-files.js";
import { labelledCases } from "../support/labelled.js";

/** What the rules on layers say of whole applications: `untied` lines are reported in `strict` and not in `recommended`. */
describe("the labelled set of the architecture", () => {
  const rules = readdirSync(path.join(root, "tests/labelled/architecture")).map((file) => path.basename(file, ".md"));

  it.each(rules)("of %s", async (rule) => {
    const cases = await labelledCases(rule, "architecture");
    expect(cases.map(({ name, found }) => [name, found])).toEqual(cases.map(({ name, wanted }) => [name, wanted]));
    const strict = await labelledCases(rule, "architecture", "strict");
    for (const { found, untied } of strict) expect(found).toEqual(expect.arrayContaining([...untied]));
    expect(cases.flatMap(({ wanted, untied }) => [...wanted, ...untied]).length).toBeGreaterThan(0);
  });
});
