import { describe, expect, it } from "vitest";
import { readFieldNotes, sumOf } from "../../src/dev/field-notes.js";
import { root, rules } from "./project-files.js";

const notes = readFieldNotes(root);
/** The largest share of wrong or useless findings with which a rule may stand in `recommended`. */
const limits = { error: 0.05, warn: 0.15 };

it("are about rules that exist", () => {
  const known = new Set(rules.map(({ name }) => name));
  expect(notes.map(({ rule }) => rule).filter((rule) => !known.has(rule))).toEqual([]);
});

describe.each(rules)("$name", ({ name, presets }) => {
  const severity = typeof presets.recommended === "string" ? presets.recommended : presets.recommended[0];
  const note = notes.find(({ rule }) => rule === name);
  if (note === undefined) return it.todo("has been read on real backends");
  const sum = sumOf(note);

  it("was read on five backends: twenty findings, or all there were", () => {
    expect(sum.repositories).toBeGreaterThanOrEqual(5);
    expect(sum.read).toBeGreaterThanOrEqual(Math.min(20, sum.findings));
  });

  it(`is right often enough to be ${severity} in recommended`, () => {
    expect(sum.wrong).toBeLessThanOrEqual(severity === "off" ? 1 : limits.warn);
    if (severity === "error") expect(sum.wrongErrors).toBeLessThanOrEqual(limits.error);
  });
});
