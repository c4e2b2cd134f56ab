import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { planInit } from "../../../src/cli/init/plan.js";
import { carryOut, type Files, planned, repo } from "./support.js";

const express = { name: "shop", scripts: { test: "vitest run" }, dependencies: { express: "^5.1.0", "@prisma/client": "^6.0.0" }, devDependencies: { vitest: "^4.0.0", typescript: "~6.0.0" } };
const flat = 'import js from "@eslint/js";\n\nexport default [\n  js.configs.recommended,\n];\n';

const setups: Readonly<Record<string, Files>> = {
  "a plain Express backend with npm": { "package.json": express, "package-lock.json": "{}" },
  "everything at once": { "package.json": { ...express, packageManager: "pnpm@10.1.0" }, "pnpm-lock.yaml": "", "eslint.config.js": flat, ".husky/pre-commit": "pnpm exec lint-staged\n", ".github/workflows/ci.yml": "name: ci\n", ".nvmrc": "22" },
  "lefthook and yarn 1": { "package.json": express, "yarn.lock": "# yarn lockfile v1\n", "lefthook.yml": "pre-commit:\n  parallel: true\n  commands:\n    lint:\n      run: eslint .\n\npre-push:\n  commands:\n    test:\n      run: vitest\n" },
  "simple-git-hooks": { "package.json": { ...express, "simple-git-hooks": { "pre-commit": "npx lint-staged" } } },
  "the pre-commit framework": { "package.json": express, ".pre-commit-config.yaml": "repos:\n  - repo: https://example.com/hooks\n    rev: v1\n    hooks:\n      - id: check-yaml\n", ".gitlab-ci.yml": "stages: []\n" },
  "a backend in a folder": { "backend/package.json": express, "backend/package-lock.json": "{}", "frontend/package.json": {}, ".husky/pre-commit": "npm test\n", ".github/workflows/ci.yml": "name: ci\n" },
};

function folderOf(name: string): string {
  return name === "a backend in a folder" ? "backend" : "";
}

describe.each(Object.keys(setups))("%s", (name) => {
  const files = setups[name] ?? {};
  const folder = folderOf(name);

  it("has nothing left to change once the plan is carried out", () => {
    const again = planInit(repo(carryOut(files, folder), folder));
    expect(again.changes).toEqual([]);
    expect(again.present.length).toBeGreaterThan(1);
  });

  it("keeps every line that was there", () => {
    for (const { before, after } of planInit(repo(files, folder)).changes) {
      const lines = after.split("\n").map((line) => line.replace(/,$/, "").trim());
      for (const line of (before ?? "").split("\n")) {
        if (!line.includes("lint-staged")) expect(lines).toContain(line.replace(/,$/, "").trim());
      }
    }
  });

  it("ends its files with one line break", () => {
    for (const { after } of planInit(repo(files, folder)).changes) expect(after).toMatch(/[^\n]\n$/);
  });
});

describe("the settings file", () => {
  it("extends what was detected", () => {
    expect(JSON.parse(planned({ "package.json": express }, "std-check.config.json"))).toEqual({ $schema: "./node_modules/std-check/schemas/settings.schema.json", root: true, extends: ["recommended", "express"] });
  });

  it("is left alone where there is one, or settings in package.json", () => {
    expect(planInit(repo({ "package.json": express, "std-check.config.json": "{}" })).present).toContain("std-check.config.json");
    expect(planInit(repo({ "package.json": { ...express, "std-check": {} } })).present).toContain('package.json has settings under "std-check"');
  });
});

describe("package.json", () => {
  it("gets a script in its own format", () => {
    expect(planned({ "package.json": '{\n\t"name": "x",\n\t"scripts": {\n\t\t"test": "jest"\n\t}\n}\n' }, "package.json")).toBe('{\n\t"name": "x",\n\t"scripts": {\n\t\t"test": "jest",\n\t\t"std-check": "std-check"\n\t}\n}\n');
    expect(planned({ "package.json": '{\n    "name": "x"\n}' }, "package.json")).toBe('{\n    "name": "x",\n    "scripts": {\n        "std-check": "std-check"\n    }\n}');
  });

  it("keeps Windows line ends", () => {
    expect(planned({ "package.json": '{\r\n  "name": "x"\r\n}\r\n' }, "package.json")).not.toMatch(/[^\r]\n/);
  });

  it("is left alone where a script runs std-check", () => {
    expect(planInit(repo({ "package.json": { scripts: { check: "eslint . && std-check --max-warnings 0" } } })).present).toContain("script check in package.json");
  });

  it("that is broken is left to a person", () => {
    const { changes, manual } = planInit(repo({ "package.json": "{ broken" }));
    expect(changes.map(({ file }) => file)).toEqual(["std-check.config.json"]);
    expect(manual.map(({ title }) => title)).toContain("Add a script to package.json");
  });

  it("asks for the installation once", () => {
    const install = (files: Files) => planInit(repo(files)).manual.find(({ title }) => title === "Install std-check")?.lines;
    expect(install({ "package.json": express, "yarn.lock": "" })).toEqual(["yarn add --dev std-check"]);
    expect(install({ "package.json": { devDependencies: { "std-check": "^1" } } })).toBeUndefined();
  });
});

describe("ESLint", () => {
  it("gets our entry in its flat config", () => {
    expect(planned({ "package.json": express, "eslint.config.js": flat }, "eslint.config.js")).toContain("...std.fromSettings(import.meta.dirname),");
  });

  it("is left to a person where the config cannot be edited, and where it is an old one", () => {
    const titles = (files: Files) => planInit(repo({ "package.json": express, ...files })).manual.map(({ title }) => title);
    expect(titles({ "eslint.config.mjs": "export default withConfigs();\n" })).toContain("Add std-check to eslint.config.mjs");
    expect(titles({ ".eslintrc.json": "{}" })).toContain("Show findings in the editor through ESLint");
    expect(titles({})).not.toContain("Show findings in the editor through ESLint");
  });

  it("uses the config of the nearest folder above", () => {
    const files = { "eslint.config.js": flat, "apps/api/package.json": express, "apps/web/eslint.config.js": flat };
    expect(planInit(repo(files, "apps/api")).changes.map(({ file }) => file)).toContain("eslint.config.js");
  });
});

describe("the hook", () => {
  it("goes behind what husky runs", () => {
    expect(planned({ "package.json": express, ".husky/pre-commit": "npx lint-staged" }, ".husky/pre-commit")).toBe("npx lint-staged\nnpx std-check --staged\n");
  });

  it("is a new file where husky has none", () => {
    const change = planInit(repo({ "package.json": express, ".husky/commit-msg": "npx commitlint\n" })).changes.find(({ file }) => file === ".husky/pre-commit");
    expect(change).toMatchObject({ before: undefined, after: "npx std-check --staged\n", executable: true });
  });

  it("is left to a person where husky's hook may end early", () => {
    expect(planInit(repo({ "package.json": express, ".husky/pre-commit": "npm test\nexit 0\n" })).manual.map(({ lines }) => lines)).toContainEqual(["npx std-check --staged"]);
  });

  it("runs in the folder of the backend", () => {
    expect(planned(setups["a backend in a folder"] ?? {}, ".husky/pre-commit", "backend")).toBe("npm test\n(cd backend && npx std-check --staged)\n");
  });

  it.each([
    ["commands", "pre-commit:\n  commands:\n    lint:\n      run: eslint .\n"],
    ["commands, with more behind them", "# hooks\npre-commit:\n  commands:\n    lint:\n      run: eslint . # all\n  parallel: true\n\n# later\npre-push:\n  commands:\n    test:\n      run: vitest\n"],
    ["nothing for pre-commit", "pre-push:\n  commands:\n    test:\n      run: vitest\n"],
  ])("is one of lefthook's %s", (_, text) => {
    const after = planned({ "package.json": express, "lefthook.yml": text }, "lefthook.yml");
    expect(parseYaml(after)).toMatchObject({ ...parseYaml(text), "pre-commit": { commands: { "std-check": { run: "npx std-check --staged" } } } });
    for (const line of text.split("\n")) expect(after.split("\n")).toContain(line);
  });

  it("is one of lefthook's jobs", () => {
    const text = "pre-commit:\n  jobs:\n    - name: lint\n      run: eslint .\n\n    - name: types\n      run: tsc\n";
    expect(parseYaml(planned({ "package.json": express, "lefthook.yml": text }, "lefthook.yml"))).toMatchObject({ "pre-commit": { jobs: [{ name: "lint" }, { name: "types" }, { name: "std-check" }] } });
  });

  it.each([
    ["lefthook.yml", "pre-commit: { commands: { lint: { run: eslint } } }\n"],
    ["lefthook.yml", "pre-commit:\n  scripts:\n    x.sh:\n      runner: bash\n"],
    ["lefthook.yml", "pre-commit: [\n"],
    ["lefthook.toml", "[pre-commit]\n"],
    [".pre-commit-config.yaml", "repos: []\n"],
    [".simple-git-hooks.cjs", "module.exports = {};\n"],
  ])("is left to a person in %s: %j", (file, text) => {
    const { changes, manual } = planInit(repo({ "package.json": express, [file]: text }));
    expect(changes.map((change) => change.file)).not.toContain(file);
    expect(manual.some(({ title }) => title.includes(file))).toBe(true);
  });

  it("joins the command of simple-git-hooks", () => {
    expect(JSON.parse(planned(setups["simple-git-hooks"] ?? {}, "package.json"))).toMatchObject({ scripts: { "std-check": "std-check" }, "simple-git-hooks": { "pre-commit": "npx lint-staged && npx std-check --staged" } });
  });

  it("is a local hook of the pre-commit framework", () => {
    const text = planned(setups["the pre-commit framework"] ?? {}, ".pre-commit-config.yaml");
    expect(parseYaml(text)).toMatchObject({ repos: [{ hooks: [{ id: "check-yaml" }] }, { repo: "local", hooks: [{ id: "std-check", entry: "npx std-check --staged", pass_filenames: false }] }] });
  });
});

describe("CI", () => {
  it.each([
    ["everything at once", ["pnpm install --frozen-lockfile", "pnpm exec std-check --ci --format github", "node-version-file: .nvmrc"]],
    ["a backend in a folder", ["working-directory: backend", "npm ci", "npx std-check --ci --format github"]],
  ])("is a workflow for %s", (name, parts) => {
    const text = planned(setups[name] ?? {}, ".github/workflows/std-check.yml", folderOf(name));
    for (const part of parts) expect(text).toContain(part);
    expect(parseYaml(text)).toMatchObject({ on: { pull_request: null }, permissions: { contents: "read" }, jobs: { "std-check": { steps: expect.any(Array) } } });
  });

  it("is left to a person elsewhere", () => {
    const titles = (files: Files) => planInit(repo({ "package.json": express, ...files })).manual.map(({ title }) => title);
    expect(titles({ ".gitlab-ci.yml": "" })).toContain("Add a job to .gitlab-ci.yml");
    expect(titles({ ".travis.yml": "" })).toContain("Run std-check in CI");
  });

  it("is left alone where a workflow runs std-check", () => {
    expect(planInit(repo({ "package.json": express, ".github/workflows/ci.yml": "run: npx std-check\n" })).present).toContain("CI in .github/workflows/ci.yml");
  });
});

describe("what was found", () => {
  const found = (files: Files) => planInit(repo(files)).found.map(({ what, value, evidence }) => `${what}: ${value} (${evidence})`);

  it("comes with evidence", () => {
    expect(found({ "package.json": express, "package-lock.json": "", "eslint.config.js": flat })).toEqual([
      "package manager: npm (package-lock.json)",
      "preset: express (package.json depends on express ^5.1.0)",
      "data access: Prisma (package.json depends on @prisma/client ^6.0.0)",
      "test runner: Vitest (package.json depends on vitest ^4.0.0)",
      "TypeScript: ~6.0.0 (package.json depends on typescript ~6.0.0)",
      "ESLint: flat config (eslint.config.js)",
    ]);
  });

  it.each([
    [{ "package.json": { name: "x", packageManager: "yarn@4.1.0" }, "package-lock.json": "" }, "package manager: yarn (packageManager yarn@4.1.0)"],
    [{ "package.json": { name: "x" }, "bun.lock": "" }, "package manager: bun (bun.lock)"],
    [{ "package.json": {} }, "package manager: npm (no lockfile)"],
    [{ "package.json": { name: "x" }, "pnpm-workspace.yaml": "packages:\n  - a\n", "a/package.json": { name: "a" } }, "workspace: one package (pnpm-workspace.yaml)"],
    [{ "package.json": { workspaces: ["a", "b"] }, "a/package.json": { name: "a" }, "b/package.json": { name: "b" } }, "workspace: 2 packages (package.json)"],
    [{ "package.json": { scripts: { test: "node --test" } } }, "test runner: node:test (script test in package.json)"],
  ])("in %o", (files, line) => {
    expect(found(files)).toContain(line);
  });
});

describe("the baseline", () => {
  it("is asked for at the first set-up, unless there is one", () => {
    expect(planInit(repo({ "a/package.json": {} }, "a")).baseline).toBe("a/std-check-baseline.json");
    expect(planInit(repo({ "package.json": {}, "std-check-baseline.json": "{}" })).baseline).toBeUndefined();
    expect(planInit(repo({ "package.json": {}, "std-check.config.json": "{}" })).baseline).toBeUndefined();
  });
});
