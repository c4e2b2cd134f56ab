import { afterEach, describe, expect, it } from "vitest";
import rule from "../../../rules/testing/regression-test-with-fix.js";
import { checkRepo, repoMessages } from "../../repo/check-repo.js";
import { GitFolder, removeFolders, type Tree } from "../../repo/support.js";

afterEach(removeFolders);

const name = "regression-test-with-fix";

const price = (factor: number) => `import { round } from "./round.js";\n\nexport function priceOf(count: number) {\n  return round(count * ${factor});\n}\n`;
const test = (...cases: readonly string[]) => `import { priceOf } from "../src/price.js";\n\n${cases.map((one) => `it("prices ${one}", () => {\n  expect(priceOf(${one})).toBe(1);\n});\n`).join("\n")}`;
const base: Tree = { "package.json": '{ "name": "api" }', "src/price.ts": price(1), "src/round.ts": "export const round = (value: number) => Math.round(value * 100) / 100;\n", "src/mail.ts": "export const mail = (to: string) => `to ${to}`;\n", "tests/price.test.ts": test("1"), "tests/mail.test.ts": 'import { mail } from "../src/mail.js";\nit("mails", () => { expect(mail("a")).toBe("to a"); });\n' };

/** The findings of a history: each commit a message and what it changes. */
async function check(...commits: readonly (readonly [message: string, tree: Tree])[]): Promise<string[]> {
  return checkRepo(rule, history(...commits).root, { since: `HEAD~${commits.length}` });
}

function history(...commits: readonly (readonly [message: string, tree: Tree])[]): GitFolder {
  const repo = new GitFolder(base);
  for (const [message, tree] of commits) repo.commit(message, tree);
  return repo;
}

describe(`${name} reports`, () => {
  it.each(["fix: round prices", "fix(price)!: round", "Fix rounding of prices", "Fixed the price", "fixes #12: price", "bugfix: price", "hotfix/price is wrong", "[FIX] price", "🐛 fix: price", "API-12: fix price", "price: fix rounding"])("`%s` without a test", async (message) => {
    expect(await check([message, { "src/price.ts": price(2) }])).toEqual(["src/price.ts:3:17-3:24 missing"]);
  });

  it.each<[string, Tree]>([
    ["a test of something else", { "tests/mail.test.ts": 'import { mail } from "../src/mail.js";\nit("mails", () => { expect(mail("b")).toBe("to b"); });\n' }],
    ["a test file that changed outside of its tests", { "tests/price.test.ts": `// Prices are in cents.\n${test("1")}` }],
    ["a test that only moved", { "tests/price.test.ts": undefined, "tests/unit/price.test.ts": test("1").replace("../src", "../../src") }],
  ])("a fix with %s", async (_, tree) => {
    expect(await check(["fix: price", { "src/price.ts": price(2), ...tree }])).toHaveLength(1);
  });

  it("each fix by its message and module", async () => {
    const repo = history(["fix: price", { "src/price.ts": price(2) }], ["feat: more", { "README.md": "more" }], ["fix: mail", { "src/mail.ts": "export const mail = (to: string) => `for ${to}`;\n" }]);
    expect((await repoMessages(rule, repo.root, { since: "HEAD~3" })).map((message) => message.replace(/\([0-9a-f]{9}\)/, "(hash)"))).toEqual([
      '"fix: price" (hash) fixes src/price.ts, and no test that runs it was added or changed: the bug can come back unseen. Add a test that fails without the fix.',
      '"fix: mail" (hash) fixes src/mail.ts, and no test that runs it was added or changed: the bug can come back unseen. Add a test that fails without the fix.',
    ]);
  });

  it("the messages that the settings name", async () => {
    const repo = history(["BUG price", { "src/price.ts": price(2) }]);
    expect(await checkRepo(rule, repo.root, { since: "HEAD~1" })).toEqual([]);
    expect(await checkRepo(rule, repo.root, { since: "HEAD~1", options: { pattern: "^BUG " } })).toEqual(["src/price.ts:3:17-3:24 missing"]);
  });
});

describe(`${name} is silent on`, () => {
  it.each<[string, Tree]>([
    ["a new test of the module", { "tests/price.test.ts": test("1", "2") }],
    ["a changed test", { "tests/price.test.ts": test("2") }],
    ["a new test file", { "tests/price-limits.test.ts": test("9") }],
    ["a test of a module that uses it", { "src/price.ts": price(1), "src/round.ts": "export const round = (value: number) => Math.floor(value);\n", "tests/price.test.ts": test("1", "2") }],
    ["a test that talks to the application from outside", { "tests/e2e.test.ts": 'it("prices", async () => { expect((await fetch("http://localhost/price")).status).toBe(200); });\n' }],
    ["a snapshot", { "tests/__snapshots__/price.test.ts.snap": "exports[`prices`] = `1`;" }],
  ])("a fix with %s", async (_, tree) => {
    expect(await check(["fix: price", { "src/price.ts": price(2), ...tree }])).toEqual([]);
  });

  it("a test in another commit of the range", async () => {
    expect(await check(["test: price", { "tests/price.test.ts": test("3") }], ["fix: price", { "src/price.ts": price(2) }])).toEqual([]);
  });

  it.each<[string, Tree]>([
    ["fix: bump release", { "src/price.ts": price(2) }],
    ["feat: price", { "src/price.ts": price(2) }],
    ["refactor: fix nothing", { "src/price.ts": price(2) }],
    ["fix: typo in a message", { "src/price.ts": price(2) }],
    ["fix(ci): run it", { "src/price.ts": price(2) }],
    ["fix lint errors", { "src/price.ts": price(2) }],
    ["fix: clean up modifiers", { "src/price.ts": price(2) }],
    ["fix: readme", { "README.md": "fixed" }],
    ["fix: the build", { "package.json": '{ "name": "api", "version": "1.0.0" }' }],
    ["prefix: price", { "src/price.ts": price(2) }],
    ["fix: move it", { "src/price.ts": undefined, "src/money/price.ts": price(1) }],
    ["fix: types", { "src/price.d.ts": "export {};" }],
  ])("`%s`", async (message, tree) => {
    expect(await check([message, tree])).toEqual([]);
  });

  it("a fix that was taken back", async () => {
    const repo = new GitFolder(base);
    const fix = repo.commit("fix: price", { "src/price.ts": price(2) });
    repo.commit(`Revert "fix: price"\n\nThis reverts commit ${fix}.`, { "src/price.ts": price(1) });
    expect(await checkRepo(rule, repo.root, { since: "HEAD~2" })).toEqual([]);
  });

  it("merges, whose commits are asked themselves", async () => {
    const repo = new GitFolder(base);
    repo.branch("side");
    repo.commit("feat: price", { "src/price.ts": price(2) });
    repo.git("checkout", "--quiet", "main");
    repo.commit("chore: more", { "README.md": "more" });
    repo.git("merge", "--quiet", "--no-ff", "--message", "fix: merge the price", "side");
    expect(await checkRepo(rule, repo.root, { since: "HEAD~1" })).toEqual([]);
  });

  it("a run without a range", async () => {
    expect(await checkRepo(rule, history(["fix: price", { "src/price.ts": price(2) }]).root)).toEqual([]);
  });
});
