import { describe, expect, it } from "vitest";
import { labelledCases } from "../../support/labelled.js";

const rule = "validate-before-persist";

describe("validate-before-persist, labelled cases", async () => {
  it.each(await labelledCases(rule))("$name", ({ wanted, found }) => {
    expect(found).toEqual(wanted);
  });
});
