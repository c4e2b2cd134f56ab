import { expect, it } from "vitest";
import { isProjectSource } from "../../src/engine/project-files.js";

it("leaves bundles and reports out by their folders, and reads sources whose folder has such a name", () => {
  const read = ["src/main.ts", "src/core/build/build.controller.ts", "packages/policies/src/coverage/coverage.service.ts", "server/users.js"];
  const left = ["dist/main.js", "packages/api/build/main.js", "packages/api/dist/src/main.js", "coverage/lcov.js", "src/public/vendor.min.js", "src/readme.md"];
  expect(read.filter(isProjectSource)).toEqual(read);
  expect(left.filter(isProjectSource)).toEqual([]);
});
