import { expect, it } from "vitest";
import { globsPattern } from "../../src/settings/glob-pattern.js";
import { matchFiles } from "../../src/settings/globs.js";

const files = ["src", "src/a.ts", "src/a.js", "src/.hidden.ts", "src/api/a.ts", "src/api/users/a.controller.ts", "src/api.ts", "source/a.ts", "a.ts", "lib/src/a.ts", "src/[id]/a.ts", "src/i/a.ts", "src/apis/b.ts", "src/(group)/a.ts", "packages/one/src/a.ts", "packages/src/a.ts", "src/a+b.ts", "src/api/", "src/b.spec.ts"];

it.each([
  [["src/**"]], [["src/api"]], [["src/api/"]], [["**/*.ts"]], [["src/*.ts"]], [["src/**/*.controller.ts"]], [["*.{ts,js}"]], [["src/{api,apis}/**"]],
  [["packages/*/src/**"]], [["src/a?"]], [["src/?.ts"]], [["src/\\[id\\]/**"]], [["src/[ai]/*"]], [["src/[!a]*"]], [["src/\\(group\\)/**"]], [["src/a+b.ts"]],
  [["src/**", "!src/api/**"]], [["**/src/**", "!**/*.spec.ts", "!src/a.ts"]], [["src/a*"]], [["**"]], [["{src,lib}/**/a.ts"]],
])("means the same as the globs %j", (globs) => {
  const pattern = new RegExp(globsPattern(globs));
  expect(files.filter((file) => pattern.test(file))).toEqual(files.filter(matchFiles(globs)));
});
