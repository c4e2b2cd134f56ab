import { describe, expect, it } from "vitest";
import { definitionsOf } from "../../../src/model/values/definitions.js";
import { modelOf, type ProjectLiteral } from "../../support/model.js";

/** What the argument of `probe(…)` in `src/a.ts` is defined as, as it is written. */
function definitions(text: string, others: ProjectLiteral = {}): string[] {
  const files: ProjectLiteral = { "src/a.ts": text, ...others };
  const model = modelOf(files);
  const argument = model.values.index("src/a.ts").calls.find(({ node }) => node.callee.kind === "name" && node.callee.name === "probe")?.node.arguments[0];
  if (!argument) throw new Error("no probe(…) in the file");
  return [...new Set(definitionsOf(model, "src/a.ts", argument).map(({ file, node }) => (files[file] ?? "").slice(node.span[0], node.span[1])))];
}

describe("definitions", () => {
  it("stand behind constants, members, patterns and calls, across files", () => {
    expect(definitions('import { t } from "./t"; const { open } = t; probe(open);', { "src/t.ts": "export const t = { ...base(), open: make(1) }; const base = () => ({});" })).toEqual(["make(1)"]);
    expect(definitions("const pick = (a) => (a ? one() : two()); probe(pick(x));")).toEqual(["one()", "two()"]);
    expect(definitions('import * as all from "./t"; probe(all.open);', { "src/t.ts": "export const open = make(1);" })).toEqual(["make(1)"]);
    expect(definitions("probe(outside);")).toEqual(["outside"]);
  });

  it("come to an end where functions, constants and modules lead to themselves", () => {
    expect(definitions("const make = (n) => (n ? make(n - 1) : start()); probe(make(3));")).toEqual(["start()"]);
    expect(definitions("const a = b; const b = a; probe(a);")).toEqual(["a"]);
    expect(definitions('import * as self from "./a"; export const { one } = self; probe(self.one);')).toEqual(["self.one"]);
  });

  it("are found without going through each way of functions that call each other", () => {
    const names = Array.from({ length: 12 }, (_none, index) => `f${index}`);
    const functions = names.map((name) => `function ${name}(n) { if (n === 0) return start(); ${names.map((other, index) => `if (n === ${index + 1}) return ${other}(n);`).join(" ")} return ${name}(n - 1); }`);
    expect(definitions(`${functions.join("\n")}\nprobe(f0(9));`)).toEqual(["start()"]);
  });
});
