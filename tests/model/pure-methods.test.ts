import { expect, it } from "vitest";
import { ofPath, ofText, replaced, unknown } from "../../src/model/values/pure-methods.js";

const regex = (pattern: string, flags = ""): Parameters<typeof replaced>[1] => ({ kind: "regex", span: [0, 0], pattern, flags });

it("replaces by patterns that cannot run away", () => {
  expect(replaced("users/[id].ts", regex("\\[(\\w+)\\]", "g"), ":$1")).toBe("users/:id.ts");
  expect(replaced("/users/", regex("^\\/|\\/$", "g"), "")).toBe("users");
  expect(replaced("aaaa", regex("(a+)+b"), "")).toBe(unknown);
  expect(replaced("aaaa", regex("a*a*a*b"), "")).toBe(unknown);
  expect(replaced("aaaa", regex("(a|aa){9}b"), "")).toBe(unknown);
  expect(replaced("aaaa", regex("["), "")).toBe(unknown);
});

it("lets no text grow without end", () => {
  const long = "a".repeat(1_000);
  expect(ofText(long, "replaceAll", ["a", long])).toBe(unknown);
  expect(replaced("a".repeat(200), regex("a", "g"), long)).toBe(unknown);
  expect(ofText("a-b", "replaceAll", ["-", "/"])).toBe("a/b");
});

it("takes steps up out of a path", () => {
  expect(ofPath("normalize", ["src/model/../routes"])).toBe("src/routes");
});

it("takes no more than the ending off a name", () => {
  expect(ofPath("basename", ["routes/users.ts", ".ts"])).toBe("users");
  expect(ofPath("basename", ["routes/users.ts", ""])).toBe("users.ts");
});
