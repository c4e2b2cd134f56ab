import { expect, it } from "vitest";
import { codeTokens } from "../../src/base/code-tokens.js";

const same = (left: string, right: string): boolean => codeTokens(left).join(" ") === codeTokens(right).join(" ");

it("leaves out what a formatter sets", () => {
  expect(same("add(1, 'a');", 'add(\n  1, // one\n  "a",\n)\n')).toBe(true);
  expect(same("const x = { a: [1, 2,], };", "const x = { a: [1, 2] }")).toBe(true);
});

it("keeps what the code says", () => {
  for (const [left, right] of [["add(1, 2)", "add(1, 3)"], ["'a'", "'b'"], ["f(a, b)", "f(a)"], ["a.b", "a?.b"], ["'say \"a\"'", '"say a"']] as const) expect(same(left, right)).toBe(false);
});

it("takes any text", () => {
  expect(codeTokens("` \" ' /* //")).toEqual(["`", '"', "'", "/", "*"]);
});
