import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type * as ruleIndex from "../../rules/index.js";
import type { PresetEntry } from "../../src/kit/rule.js";
import { clauses, clausesOf } from "../../src/standard/clauses.js";
import { built } from "../support/built.js";
import { files, root, rules } from "./project-files.js";
import { ruleTable } from "./rule-table.js";

const tableRow = new Map(ruleTable.map((row) => [row.name, row]));

describe.each(files.map((file, index) => ({ ...file, rule: rules[index] })))("$section/$name", ({ section, name, rule }) => {
  it("is named as its file, in the section of its folder", () => {
    expect(rule?.name).toBe(name);
    expect(rule?.section).toBe(section);
  });

  it("says in one sentence what it asks", () => {
    expect(rule?.description).toMatch(/^(Require|Forbid|Keep) [^.]+[^.]$/);
  });

  it("enforces clauses of the standard", () => {
    expect(rule && clausesOf(rule)).not.toHaveLength(0);
  });

  it("agrees with the table of rules", () => {
    const row = tableRow.get(name);
    expect({ section, clauses: rule?.clauses, strict: rule && severity(rule.presets.strict) }).toEqual({ section: row?.section, clauses: row?.clauses, strict: row?.strict });
    expect(weights.indexOf(rule ? severity(rule.presets.recommended) : "off"), "recommended may only be lowered, for what the field notes show").toBeLessThanOrEqual(weights.indexOf(row?.recommended ?? "off"));
  });

  it("gives its messages no placeholder that is not spelt as one", () => {
    for (const message of Object.values(rule?.messages ?? {})) expect(message.replace(/\{\{\w+\}\}/g, "")).not.toMatch(/\{\{|\}\}/);
  });

  it("describes each option, and has a default for it", () => {
    expect(Object.keys(rule?.defaultOptions ?? {}).sort()).toEqual(Object.keys(rule?.optionsSchema ?? {}).sort());
    for (const schema of Object.values(rule?.optionsSchema ?? {})) expect(schema.description).toMatch(/\.$/);
  });

  it("has a test", ({ skip }) => {
    const test = `tests/rules/${section}/${name}.test.ts`;
    if (!existsSync(path.join(root, test))) skip(`${test} is not written yet`);
    expect(readFileSync(path.join(root, test), "utf8")).toContain(`"${name}"`);
  });
});

const weights = ["off", "warn", "error"];

function severity(entry: PresetEntry): string {
  return typeof entry === "string" ? entry : entry[0];
}

describe("all rules together", () => {
  it("are in the index", async () => {
    const index = await built<typeof ruleIndex>("rules/index.js");
    expect(index.rules.map(({ name }) => name)).toEqual(rules.map(({ name }) => name));
  });

  it("have names of their own", () => {
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  });

  it("leave no clause without a rule, a step of `done` or a person", () => {
    const open = clauses.filter((clause) => clause.steps === undefined && clause.person === undefined && !ruleTable.some((row) => row.clauses.includes(clause.id)));
    expect(open.map(({ id }) => id)).toEqual([]);
  });

  for (const { name } of ruleTable.filter((row) => !rules.some((rule) => rule.name === row.name))) it.todo(`have ${name}`);
});
