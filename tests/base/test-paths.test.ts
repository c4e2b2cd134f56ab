import { describe, expect, it } from "vitest";
import { isTestName } from "../../src/base/test-paths.js";

describe("isTestName", () => {
  it.each(["src/order.test.ts", "src/order.spec.js", "src/order.e2e-spec.ts", "src/order.integ.ts", "src/test-utils.ts", "src/test.utils.ts", "src/orders.test.helpers.ts", "src/testData.ts", "src/order-test-data.js", "src/testing-utils.ts", "src/TestHelpers.js", "src/test-fixtures.skip.ts", "src/test-utils.server.ts", "src/orderTestUtils.ts", "test-setup.ts"])("knows %s", (file) => {
    expect(isTestName(file)).toBe(true);
  });

  it.each(["src/latest-data.ts", "src/contest.helpers.ts", "src/attestation-utils.ts", "src/greatestHelpers.ts", "src/test-results.service.ts", "src/test-data.service.ts", "src/test.skip.ts", "src/routes/tests.ts", "src/data.ts", "src/testimonials.ts", "src/protestData.ts", "src/stripe.integration.ts", "src/integ.ts"])("leaves %s", (file) => {
    expect(isTestName(file)).toBe(false);
  });
});
