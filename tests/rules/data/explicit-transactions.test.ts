import { describe, expect, it } from "vitest";
import rule from "../../../rules/data/explicit-transactions.js";
import { foundIn, marksIn } from "../../support/marked.js";
import { reported, silent } from "./cases/explicit-transactions.js";

const files = ([name, code, others = {}]: (typeof reported)[number]): { readonly name: string; readonly files: Readonly<Record<string, string>> } => ({ name, files: { "src/a.ts": code, ...others } });

describe("explicit-transactions", () => {
  it.each(reported.map(files))("reports $name", ({ files }) => {
    expect(marksIn(files)).not.toEqual([]);
    expect(foundIn(rule, files)).toEqual(marksIn(files));
  });

  it.each(silent.map(files))("is silent about $name", ({ files }) => {
    expect(foundIn(rule, files)).toEqual([]);
  });
});
