import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { UserError } from "../../src/base/errors.js";
import { findRoot } from "../../src/settings/root.js";
import { project, removeProjects, thrown } from "./support.js";

afterEach(removeProjects);

function rootOf(files: Readonly<Record<string, string>>, from: string): [folder: string, reason: string] {
  const top = project(files);
  const { folder, reason } = findRoot(path.join(top, from));
  return [path.relative(top, folder), reason];
}

const git = { ".git/HEAD": "ref: refs/heads/main" };

describe("the root", () => {
  it.each<[string, Record<string, string>, string, [string, string]]>([
    ["is where settings say so", { ...git, "apps/api/std-check.config.json": '{ "root": true }', "apps/api/src/a.ts": "" }, "apps/api/src/a.ts", ["apps/api", "settings"]],
    ["is where the settings in package.json say so", { ...git, "api/package.json": '{ "std-check": { "root": true } }', "api/src/a.ts": "" }, "api/src", ["api", "settings"]],
    ["is the nearest of two that say so", { "std-check.config.json": '{ "root": true }', "a/std-check.config.json": '{ "root": true }', "a/b/c.ts": "" }, "a/b", ["a", "settings"]],
    ["is not where settings do not say so", { ...git, "api/std-check.config.json": "{}", "api/a.ts": "" }, "api", ["", "git"]],
    ["is the workspace root of npm or yarn", { ...git, "js/package.json": '{ "workspaces": ["packages/*"] }', "js/packages/a/package.json": "{}" }, "js/packages/a", ["js", "workspace"]],
    ["is the workspace root of pnpm", { ...git, "js/pnpm-workspace.yaml": "packages:\n  - apps/*\n", "js/apps/a/package.json": "{}" }, "js/apps/a", ["js", "workspace"]],
    ["is not where pnpm settings name no packages", { ...git, "js/pnpm-workspace.yaml": "onlyBuiltDependencies: []\n", "js/package.json": "{}" }, "js", ["", "git"]],
    ["is the git top level for a lone package", { ...git, "backend/package.json": "{}", "backend/src/a.ts": "" }, "backend/src", ["", "git"]],
    ["is the top level of a git worktree, where .git is a file", { ".git": "gitdir: elsewhere", "src/a.ts": "" }, "src", ["", "git"]],
    ["is the folder of package.json without git", { "package.json": "{}", "src/a.ts": "" }, "src/a.ts", ["", "package"]],
    ["is not found above the git top level", { "std-check.config.json": '{ "root": true }', "repo/.git/HEAD": "", "repo/src/a.ts": "" }, "repo/src", ["repo", "git"]],
    ["is found although other settings are broken", { ...git, "std-check.config.json": '{ "root": true, }}', "a/std-check.config.json": "{ nonsense", "a/b.ts": "" }, "a", ["", "settings"]],
  ])("%s", (_, files, from, expected) => {
    expect(rootOf(files, from)).toEqual(expected);
  });

  it("is the same from a link to a folder of the project", () => {
    const top = project({ ...git, "src/a.ts": "", "package.json": "{}" });
    symlinkSync(path.join(top, "src"), path.join(top, "link"));
    expect(findRoot(path.join(top, "link")).folder).toBe(top);
  });

  it("does not exist in an empty folder", () => {
    const top = project({});
    mkdirSync(path.join(top, "a"));
    const error = thrown(() => findRoot(path.join(top, "a")));
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code: "no-project" });
  });

  it("does not exist for a path that is not there", () => {
    expect(thrown(() => findRoot(path.join(project({}), "nowhere")))).toMatchObject({ code: "no-such-path" });
  });
});
