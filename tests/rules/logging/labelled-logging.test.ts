import { describe, expect, it } from "vitest";
import { labelledCases } from "../../support/labelled.js";

/** What the rules of logging say of small applications, each place by itself, as `strict` has it. */
describe.each(["logging", "logging-second", "logging-third"])("the %s labelled set", (set) => {
  it.each(["structured-logging", "request-id-in-logs", "log-failure-context"])("of %s", async (rule) => {
    const cases = await labelledCases(rule, set, "strict");
    expect(cases.map(({ name, found }) => [name, found])).toEqual(cases.map(({ name, wanted }) => [name, wanted]));
    expect(cases.flatMap(({ wanted }) => wanted).length).toBeGreaterThan(4);
  });
});
