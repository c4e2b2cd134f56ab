import { afterEach, describe, expect, it } from "vitest";
import { openRepo } from "../../../src/repo/open-repo.js";
import { packageManagement } from "../../../src/repo/readers/lockfiles.js";
import { parseManifest } from "../../../src/repo/readers/manifest.js";
import { listPackages, packageAround } from "../../../src/repo/readers/packages.js";
import { removeFolders, TemporaryFolder, type Tree } from "../support.js";

afterEach(removeFolders);

const open = (tree: Tree) => openRepo(new TemporaryFolder(tree).root);
const json = (value: unknown) => JSON.stringify(value);

describe("package.json", () => {
  it("reads names, scripts and dependencies with their places", () => {
    const manifest = parseManifest("apps/api/package.json", '{\n  "name": "@acme/api",\n  "scripts": { "build": "tsc" },\n  "devDependencies": {\n    "vitest": "^4.0.0"\n  },\n  "engines": { "node": ">=20" },\n  "packageManager": "pnpm@9.1.0+sha512.abc"\n}');
    expect(manifest).toMatchObject({
      folder: "apps/api", name: "@acme/api", private: false,
      scripts: [{ name: "build", command: "tsc", nameRange: { start: { line: 3, column: 16 } }, commandRange: { start: { line: 3, column: 25 }, end: { line: 3, column: 30 } } }],
      dependencies: [{ name: "vitest", version: "^4.0.0", field: "devDependencies", range: { start: { line: 5, column: 5 }, end: { line: 5, column: 23 } } }],
      packageManager: { name: "pnpm", version: "9.1.0" },
    });
    expect(manifest?.engines.get("node")?.version).toBe(">=20");
  });

  it("follows bin, exports and imports through conditions, fallbacks and patterns", () => {
    const manifest = parseManifest("package.json", json({
      name: "@acme/tool", bin: "./cli.js",
      exports: { ".": { import: { types: "./a.d.ts", default: "./a.js" } }, "./*": ["./x/*.js", "./y/*.js"], "./none": null },
      imports: { "#db": { test: "./fake.js", default: "./db.js" } },
    }));
    expect(manifest?.bin.map(({ key, path }) => [key, path])).toEqual([["tool", "./cli.js"]]);
    expect(manifest?.exports.map(({ key, conditions, path }) => [key, conditions.join("."), path])).toEqual([[".", "import.types", "./a.d.ts"], [".", "import.default", "./a.js"], ["./*", "", "./x/*.js"], ["./*", "", "./y/*.js"]]);
    expect(manifest?.imports.map(({ key, conditions, path }) => [key, conditions.join("."), path])).toEqual([["#db", "test", "./fake.js"], ["#db", "default", "./db.js"]]);
    expect(parseManifest("package.json", json({ exports: { import: "./a.js" } }))?.exports).toMatchObject([{ key: ".", conditions: ["import"] }]);
    expect(parseManifest("package.json", json({ bin: { one: "./1.js" } }))?.bin).toMatchObject([{ key: "one" }]);
  });

  it.each([["an array", "[]"], ["no JSON", "name: x"], ["empty", ""]])("is none when it is %s", (_, text) => {
    expect(parseManifest("package.json", text)).toBeUndefined();
  });

  it("passes over fields of the wrong type", () => {
    expect(parseManifest("package.json", json({ name: 1, scripts: ["x"], dependencies: { a: 1, b: "2" }, workspaces: true }))).toMatchObject({ name: undefined, scripts: [], dependencies: [{ name: "b" }], workspaces: [] });
  });
});

describe("packages", () => {
  const workspaceOf = (tree: Tree) => Object.fromEntries(listPackages(open(tree)).map(({ folder, workspace }) => [folder, workspace]));
  const named = (name: string) => json({ name });

  it.each([
    ["npm and yarn", { "package.json": json({ workspaces: ["apps/*", "!apps/old"] }) }],
    ["yarn's long form and bun's catalogs", { "package.json": json({ workspaces: { packages: ["./apps/*", "!apps/old"] } }) }],
    ["pnpm", { "package.json": "{\"name\":\"root\"}", "pnpm-workspace.yaml": "packages:\n  - 'apps/*'\n  - '!apps/old'\n" }],
    ["pnpm with the root itself", { "package.json": "{\"name\":\"root\"}", "pnpm-workspace.yaml": "packages:\n  - '.'\n  - './apps/*'\n  - '!apps/old'\n" }],
    ["lerna", { "package.json": named("root"), "lerna.json": json({ packages: ["apps/*", "!apps/old"] }) }],
    ["rush", { "package.json": named("root"), "rush.json": json({ projects: [{ packageName: "api", projectFolder: "apps/api" }] }) }],
  ])("knows the workspaces of %s", (_, root) => {
    const tree = { ...root, "apps/api/package.json": named("api"), "apps/old/package.json": named("old"), "tools/package.json": named("tools"), "apps/api/src/esm/package.json": json({ type: "module" }) };
    expect(workspaceOf(tree)).toEqual({ "": "", tools: undefined, "apps/api": "", "apps/old": undefined });
  });

  it("finds a workspace below the root, and single packages with pnpm settings alone", () => {
    expect(workspaceOf({ "package.json": named("root"), "pnpm-workspace.yaml": "onlyBuiltDependencies: [x]\n", "web/package.json": json({ workspaces: ["packages/**"] }), "web/packages/a/b/package.json": named("b") })).toEqual({ "": undefined, web: "web", "web/packages/a/b": "web" });
  });

  it("finds the package around a file", () => {
    const repo = open({ "package.json": named("root"), "apps/api/package.json": named("api") });
    expect([packageAround(repo, "apps/api/src/a.ts"), packageAround(repo, "apps/b.ts")].map((one) => one?.manifest.name)).toEqual(["api", "root"]);
  });
});

describe("package manager", () => {
  const managed = (tree: Tree, folder: string) => {
    const repo = open(tree);
    return packageManagement(repo, listPackages(repo).find((one) => one.folder === folder) ?? expect.fail("no such package"));
  };

  it("takes the lockfile of the workspace for its members", () => {
    const tree = { "package.json": json({ workspaces: ["apps/*"], packageManager: "pnpm@9.0.0" }), "pnpm-lock.yaml": "", "apps/api/package.json": json({ name: "api" }) };
    expect(managed(tree, "apps/api")).toMatchObject({ folder: "", managers: ["pnpm"], declared: { name: "pnpm", version: "9.0.0" } });
  });

  it("sees two managers, none, and a lockfile above a package by itself", () => {
    expect(managed({ "package.json": json({ name: "a" }), "yarn.lock": "", "package-lock.json": "{}" }, "").managers).toEqual(["npm", "yarn"]);
    expect(managed({ "package.json": json({ name: "a" }) }, "")).toMatchObject({ lockfiles: [], managers: [], declared: undefined });
    expect(managed({ "api/package.json": json({ name: "a" }), "bun.lock": "" }, "api").managers).toEqual(["bun"]);
    expect(managed({ "package.json": json({ name: "a", devEngines: { packageManager: { name: "yarn", version: "4" } } }) }, "").declared).toMatchObject({ name: "yarn", version: "4" });
  });
});
