import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../contract/project-files.js";
import { labelledCases } from "../support/labelled.js";

/** Sets whose cases are whole applications with many holes each, every rule checked in one run. */
describe.each(["fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "settings", "settings-second", "settings-third"])("the %s labelled set", (set) => {
  const rules = readdirSync(path.join(root, "tests/labelled", set)).map((file) => path.basename(file, ".md"));

  it.each(rules)("of %s", async (rule) => {
    const cases = await labelledCases(rule, set);
    const wanted = cases.flatMap(({ name, wanted: lines }) => lines.map((line) => `${name}: ${line}`));
    expect(wanted.length).toBeGreaterThan(set.startsWith("settings-") ? 1 : 8);
    expect(cases.flatMap(({ name, found }) => found.map((line) => `${name}: ${line}`))).toEqual(wanted);
  });
});
