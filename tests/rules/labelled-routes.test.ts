import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../contract/project-files.js";
import { labelledCases } from "../support/labelled.js";

/** What the rules on routes and other entry points say of whole applications; `strict` has each place by itself. */
describe.each([["routes", 10], ["routes-second", 7], ["routes-fifth", 5]] as const)("the labelled set %s", (set, least) => {
  const rules = readdirSync(path.join(root, "tests/labelled", set)).map((file) => path.basename(file, ".md"));

  it.each(rules)("of %s", async (rule) => {
    const cases = await labelledCases(rule, set, "strict");
    const wanted = cases.flatMap(({ name, wanted: lines }) => lines.map((line) => `${name}: ${line}`));
    expect(wanted.length).toBeGreaterThanOrEqual(least);
    expect(cases.flatMap(({ name, found }) => found.map((line) => `${name}: ${line}`))).toEqual(wanted);
  });
});
