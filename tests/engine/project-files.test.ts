import { expect, it } from "vitest";
import { isProjectSource, listFiles } from "../../src/engine/project-files.js";
import { TemporaryFolder } from "../repo/support.js";

it("leaves bundles and reports out by their folders, and reads sources whose folder has such a name", () => {
  const read = ["src/main.ts", "src/core/build/build.controller.ts", "packages/policies/src/coverage/coverage.service.ts", "server/users.js"];
  const left = ["dist/main.js", "packages/api/build/main.js", "packages/api/dist/src/main.js", "coverage/lcov.js", "src/public/vendor.min.js", "src/readme.md"];
  expect(read.filter(isProjectSource)).toEqual(read);
  expect(left.filter(isProjectSource)).toEqual([]);
});

it("leaves out what a framework of pages has built, also where it was put aside", () => {
  const { root } = new TemporaryFolder({ ".next/server.js": "", "web/.next_old/server.js": "", "web/.nuxt-2024/a.js": "", "web/.nextcloud/a.js": "", "web/.output.env": "", "web/next/a.js": "" });
  expect(listFiles(root)).toEqual(["web/.nextcloud/a.js", "web/.output.env", "web/next/a.js"]);
});
