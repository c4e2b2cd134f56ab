import { expect, it } from "vitest";
import { ofText, replaced, unknown } from "../../src/model/pure-methods.js";

const regex = (pattern: string, flags = ""): Parameters<typeof replaced>[1] => ({ kind: "regex", span: [0, 0], pattern, flags });

it("replaces by patterns that cannot run away", () => {
  expect(replaced("users/[id].ts", regex("\\[(\\w+)\\]", "g"), ":$1", true)).toBe("users/:id.ts");
  expect(replaced("/users/", regex("^\\/|\\/$", "g"), "", true)).toBe("users");
  expect(replaced("aaaa", regex("(a+)+b"), "", true)).toBe(unknown);
  expect(replaced("aaaa", regex("a*a*a*b"), "", true)).toBe(unknown);
  expect(replaced("aaaa", regex("(a|aa){9}b"), "", true)).toBe(unknown);
  expect(replaced("aaaa", regex("["), "", true)).toBe(unknown);
});

it("lets no text grow without end", () => {
  const long = "a".repeat(1_000);
  expect(ofText(long, "replaceAll", ["a", long])).toBe(unknown);
  expect(replaced("a".repeat(200), regex("a", "g"), long, true)).toBe(unknown);
  expect(ofText("a-b", "replaceAll", ["-", "/"])).toBe("a/b");
});
