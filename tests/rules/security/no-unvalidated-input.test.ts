import { describe, expect, it } from "vitest";
import { labelledCases } from "../../support/labelled.js";

const rule = "no-unvalidated-input";

describe("no-unvalidated-input, labelled cases", async () => {
  it.each([...(await labelledCases(rule)), ...(await labelledCases(rule, "second")), ...(await labelledCases(rule, "third")), ...(await labelledCases(rule, "fourth"))])("$name", ({ wanted, found }) => {
    expect(found).toEqual(wanted);
  });
});
