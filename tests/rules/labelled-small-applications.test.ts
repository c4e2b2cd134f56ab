import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../contract/project-files.js";
import { labelledCases } from "../support/labelled.js";

/** Rules that are off in `recommended`. */
const strictOnly: ReadonlySet<string> = new Set(["idempotent-consumers", "idempotent-writes", "require-ownership"]);

/** What the rules on routes and other entry points say of small applications by what a team leaves on. */
describe.each(["routes-third", "routes-fourth"])("the labelled set %s", (set) => {
  it.each(readdirSync(path.join(root, "tests/labelled", set)).map((file) => path.basename(file, ".md")))("of %s", async (rule) => {
    const cases = await labelledCases(rule, set, strictOnly.has(rule) ? "strict" : "recommended");
    expect(cases.flatMap(({ name, found }) => found.map((line) => `${name}: ${line}`))).toEqual(cases.flatMap(({ name, wanted }) => wanted.map((line) => `${name}: ${line}`)));
  });
});
