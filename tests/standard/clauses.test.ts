import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clauses, clausesOf, findClause, sections } from "../../src/standard/clauses.js";

/** The sentences of the standard: list items, lines of code, and paragraphs that ask something of code. */
function sentencesOf(document: string): string[] {
  const leadIns = ["This document defines", "Rules:", "A backend task is complete only if:", "Recommended checks:"];
  return document
    .split("\n")
    .map((line) => line.replace(/^- /, "").trim())
    .filter((line) => line !== "" && !line.startsWith("#") && !line.startsWith("```") && !leadIns.some((leadIn) => line.startsWith(leadIn)));
}

const document = readFileSync(new URL("../../docs/backend-standards.md", import.meta.url), "utf8");

describe("the standard as data", () => {
  it("has every sentence of the document, and no other", () => {
    const asked = new Set(clauses.flatMap((clause) => clause.asks));
    expect([...asked].sort()).toEqual([...new Set(sentencesOf(document))].sort());
  });

  it("has the sections of the document in its order, then the house's own", () => {
    const headings = document.split("\n").filter((line) => line.startsWith("## "));
    expect(sections).toHaveLength(headings.length + 1);
    for (const [index, heading] of headings.entries()) expect(heading.toLowerCase()).toContain(sections[index]?.title.toLowerCase());
  });

  it("gives each clause an id of its own, a title and a reading", () => {
    expect(new Set(clauses.map(({ id }) => id)).size).toBe(clauses.length);
    for (const { title, reading } of clauses) {
      expect(title).not.toMatch(/\.$/);
      expect(reading).toMatch(/\.$/);
    }
  });

  it("finds the clauses of a rule, and refuses an id that the standard does not have", () => {
    expect(clausesOf({ name: "a", clauses: ["API-2", "SEC-1"] }).map(({ title }) => title)).toEqual(["Schemas for all contracts", "Validate and sanitise input"]);
    expect(findClause("API-99")).toBeUndefined();
    // Only data from outside the type system holds such an id.
    const unknown = { name: "a", clauses: ["API-99"] } as unknown as Parameters<typeof clausesOf>[0];
    expect(() => clausesOf(unknown)).toThrow("API-99");
  });
});
