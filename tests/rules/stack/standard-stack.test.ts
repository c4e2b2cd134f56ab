import { afterEach, describe, expect, it } from "vitest";
import standardStack from "../../../rules/stack/standard-stack.js";
import { checkRepo, repoMessages } from "../../repo/check-repo.js";
import { removeFolders, TemporaryFolder, type Tree } from "../../repo/support.js";

afterEach(removeFolders);

/** A backend whose slots are all filled, one entry a line. */
const manifest = {
  name: "api",
  private: true,
  engines: { node: ">=22" },
  scripts: { start: "node .", lint: "eslint .", format: "prettier --check .", types: "tsc --noEmit", test: "vitest run" },
  dependencies: { express: "5.0.0", zod: "4.0.0", pino: "9.0.0", envalid: "8.0.0" } as Readonly<Record<string, string>>,
  devDependencies: { eslint: "9.0.0", prettier: "3.0.0", typescript: "6.0.0", vitest: "4.0.0" } as Readonly<Record<string, string>>,
};
const json = (value: unknown) => JSON.stringify(value, undefined, 1);
const whole: Tree = { "package.json": json(manifest), "package-lock.json": "{}", "tsconfig.json": '{ "compilerOptions": { "strict": true } }', "src/a.ts": "" };
const check = (tree: Tree, stack: object = {}) => checkRepo(standardStack, new TemporaryFolder({ ...whole, ...tree }).root, { settings: { stack } });

const without = (field: "dependencies" | "devDependencies", name: string): Tree => ({
  "package.json": json({ ...manifest, [field]: Object.fromEntries(Object.entries(manifest[field]).filter(([key]) => key !== name)) }),
});
const beside = (name: string, more: Tree = {}): Tree => ({ "package.json": json({ ...manifest, dependencies: { ...manifest.dependencies, [name]: "1.0.0" } }), ...more });

const name = "standard-stack";

describe(`${name} is silent on`, () => {
  it.each<[string, Tree, object?]>([
    ["a backend with every slot filled", {}],
    ["an application that only tests start", { "test/server/package.json": json({ name: "sink", private: true, scripts: { start: "node ." }, dependencies: { express: "5.0.0" } }), "test/server/index.js": "" }],
    ["a library", { "package.json": json({ name: "lib", exports: "./a.js" }) }],
    ["a store without migrations, which another rule reports", beside("knex")],
    ["a store of documents", beside("mongoose")],
    ["settings that are read by hand, which another rule reports", without("dependencies", "envalid")],
    ["a slot that the settings say is not used", without("dependencies", "pino"), { logger: false }],
    ["a slot that something unknown fills by the settings", without("dependencies", "pino"), { logger: ["@acme/logger"] }],
    ["two choices that the settings accept by name and by package", beside("winston", { "src/a.ts": "import 'pino'; import 'winston';" }), { logger: ["Winston", "pino"] }],
    ["a package for effects beside a validator, whose schemas nothing uses", beside("effect", { "src/a.ts": 'import { Effect } from "effect";\nimport "zod";' })],
    ["a validator that does nothing but the settings of Nest", beside("joi", { "src/app.module.ts": 'import { ConfigModule } from "@nestjs/config";\nimport Joi from "joi";\nexport const settings = ConfigModule.forRoot({ validationSchema: Joi.object({}) });', "src/a.ts": 'import "zod";' })],
    ["a validator of which only the errors are told apart", beside("class-validator", { "src/a.dto.ts": 'import { IsInt } from "class-validator";', "src/errors.filter.ts": 'import { ZodError, type ZodIssue } from "zod";' })],
    ["a base of the tsconfig that is not in the repository", { "tsconfig.json": '{ "extends": "somebody" }' }],
    ["a slot that a member of the workspace fills for the root, whose dependencies all share", { "package.json": json({ ...manifest, workspaces: ["libs/*"], dependencies: { express: "5.0.0", zod: "4.0.0", envalid: "8.0.0" } }), "libs/log/package.json": json({ name: "@lib/log", dependencies: { pino: "9.0.0" } }), "libs/log/index.ts": "import 'pino';" }],
    ["a site of documentation", { "docs/package.json": json({ name: "docs", private: true, scripts: { dev: "nuxt dev", build: "nuxt build" }, dependencies: { nuxt: "4.0.0", "better-sqlite3": "12.0.0" } }), "docs/app.ts": "", "guides/package.json": json({ name: "guides", private: true, scripts: { dev: "nuxt dev" }, dependencies: { docus: "5.0.0", nuxt: "4.0.0", "better-sqlite3": "12.0.0" } }), "guides/app.ts": "" }],
    ["the tools of Vite+", { "package.json": json({ ...manifest, scripts: { ...manifest.scripts, lint: "vp lint", format: "vp fmt" }, devDependencies: { "vite-plus": "0.1.0", typescript: "6.0.0", vitest: "4.0.0" } }) }],
    ["tests that a program of its own runs", { "package.json": json({ ...manifest, scripts: { ...manifest.scripts, test: "ts-node test/test.ts" }, devDependencies: { eslint: "9.0.0", prettier: "3.0.0", typescript: "6.0.0", mocha: "10.0.0" } }), "test/test.ts": 'import Mocha from "mocha";\nconst mocha = new Mocha();\nmocha.run();' }],
    ["a formatter that TSLint runs", { "package.json": json({ ...manifest, scripts: { ...manifest.scripts, lint: "tslint .", format: undefined }, devDependencies: { tslint: "6.0.0", "tslint-plugin-prettier": "2.0.0", prettier: "3.0.0", typescript: "6.0.0", vitest: "4.0.0" } }) }],
    ["a broken manifest", { "package.json": "{" }],
  ])("%s", async (_, tree, stack) => {
    expect(await check(tree, stack)).toEqual([]);
  });
});

describe(`${name} reports`, () => {
  it.each<[string, Tree, string, object?]>([
    ["the tools of Vite+, of which one runs", { "package.json": json({ ...manifest, scripts: { ...manifest.scripts, lint: "vp build", format: "vp fmt" }, devDependencies: { "vite-plus": "0.1.0", typescript: "6.0.0", vitest: "4.0.0" } }) }, "package.json:21:3-21:23 idle"],
    ["no lockfile", { "package-lock.json": undefined }, "package.json:1:1-1:1 empty"],
    ["no runtime version", { "package.json": json({ ...manifest, engines: undefined }) }, "package.json:1:1-1:1 empty"],
    ["no validation", without("dependencies", "zod"), "package.json:1:1-1:1 empty"],
    ["no logger", without("dependencies", "pino"), "package.json:1:1-1:1 empty"],
    ["no linter", without("devDependencies", "eslint"), "package.json:1:1-1:1 empty"],
    ["no formatter", without("devDependencies", "prettier"), "package.json:1:1-1:1 empty"],
    ["no test runner", without("devDependencies", "vitest"), "package.json:1:1-1:1 empty"],
    ["no tsconfig", { "tsconfig.json": undefined }, "package.json:1:1-1:1 empty"],
    ["two lockfiles", { "yarn.lock": "" }, "package.json:1:1-1:1 doubled"],
    ["two loggers, at the later one", beside("winston", { "src/a.ts": "import 'pino'; import 'winston';" }), "package.json:19:3-19:21 doubled"],
    ["two validators of which one does other work too", beside("effect", { "src/a.ts": 'import { Schema } from "effect";\nimport "zod";' }), "package.json:19:3-19:20 doubled"],
    ["two loggers of which the settings accept another", beside("winston", { "src/a.ts": "import 'pino'; import 'winston';" }), "package.json:19:3-19:21 doubled", { logger: ["tslog"] }],
    ["a formatter that nothing runs, at its dependency", { "package.json": json({ ...manifest, scripts: { ...manifest.scripts, format: "echo" } }) }, "package.json:22:3-22:22 idle"],
    ["no strict mode", { "tsconfig.json": '{ "compilerOptions": { "strict": false } }' }, "package.json:1:1-1:1 weak"],
  ])("%s", async (_, tree, expected, stack) => {
    // A file that is undefined here is left out of the folder.
    const merged = Object.fromEntries(Object.entries({ ...whole, ...tree }).filter(([, text]) => text !== undefined));
    expect(await checkRepo(standardStack, new TemporaryFolder(merged).root, { settings: { stack } })).toEqual([expected]);
  });

  it("says what is there and what to do", async () => {
    const { root } = new TemporaryFolder({ ...whole, ...beside("winston", { "src/a.ts": "import 'pino'; import 'winston';" }), "yarn.lock": "" });
    expect(await repoMessages(standardStack, root)).toEqual([
      "api has more than one lockfile: npm and yarn. Everybody must know both and they drift apart; keep one, or accept both under `stack.packageManager` in the settings.",
      "api has more than one structured logger: pino and winston. Everybody must know both and they drift apart; keep one, or accept both under `stack.logger` in the settings.",
    ]);
  });
});

it("asks examples for nothing of their own", async () => {
  const start = { "src/main.ts": 'import express from "express";\nexpress().listen(3000);\n' };
  const beside = (folder: string): Tree => ({ "package.json": json({ ...manifest, workspaces: [`${folder}/*`] }), [`${folder}/one/package.json`]: json({ name: "one", dependencies: { express: "5.0.0", "@keystone-6/core": "6.0.0" }, scripts: { start: "node src/main.js" } }), ...Object.fromEntries(Object.entries(start).map(([file, text]) => [`${folder}/one/${file}`, text])) });
  expect(await check(beside("examples"))).toEqual([]);
  expect(await check(beside("packages"))).not.toEqual([]);
});

describe("several empty slots of a package", () => {
  const lacking: Tree = { "package.json": json({ ...manifest, engines: undefined, dependencies: { express: "5.0.0", zod: "4.0.0", envalid: "8.0.0" } }), "package-lock.json": "", "src/a.test.ts": 'import { it, expect } from "vitest";\nit("adds", () => { expect(1).toBe(1); });' };

  it("are one finding, and each in strict", async () => {
    const { root } = new TemporaryFolder({ ...whole, ...lacking });
    expect(await repoMessages(standardStack, root)).toEqual(["api has no runtime version and no structured logger. State it in package.json under `engines.node`, or in .nvmrc. Choose one, such as pino or winston."]);
    expect(await checkRepo(standardStack, root, { options: { empty: "each" } })).toHaveLength(2);
  });

  it("leave the test runner apart where nothing is tested, which tested-modules says", async () => {
    const untested = { ...lacking, "src/a.test.ts": "", "src/services/a.service.ts": "export const add = (a: number) => a + 1;", "package.json": json({ ...manifest, engines: undefined, devDependencies: { eslint: "9.0.0", prettier: "3.0.0", typescript: "6.0.0" } }) };
    expect(await check(untested)).toEqual(["package.json:1:1-1:1 empty", "package.json:1:1-1:1 empty"]);
  });
});

it("finds the type check of an Nx workspace that is one package", async () => {
  const nx = (base: object): Tree => ({ "package.json": json({ ...manifest, scripts: { ...manifest.scripts, types: "nx run-many --target=build --all" } }), "tsconfig.json": "", "tsconfig.base.json": json({ compilerOptions: base }) });
  const run = (tree: Tree) => checkRepo(standardStack, new TemporaryFolder(Object.fromEntries(Object.entries({ ...whole, ...tree }).filter(([, text]) => text !== ""))).root, {});
  expect(await run({ ...nx({ strict: true }), "src/a.ts": "export const a = 1;" })).toEqual([]);
  expect(await run({ ...nx({ strict: false }), "src/a.ts": "export const a = 1;" })).toEqual(["package.json:1:1-1:1 weak"]);
});

it("takes `nx format` for a run of Prettier", async () => {
  const hook = (command: string): Tree => ({ "package.json": json({ ...manifest, scripts: { ...manifest.scripts, format: "echo" }, "lint-staged": { "*": [command] } }) });
  expect(await check(hook("pnpm nx format:write --uncommitted"))).toEqual([]);
  expect(await check(hook("pnpm nx affected --target=lint"))).toHaveLength(1);
});

it("leaves what the pages of an Nx workspace use to them", async () => {
  const files = (pages: string): Tree => beside("class-validator", { "apps/api/project.json": "{}", "apps/api/src/a.dto.ts": 'import { IsInt } from "class-validator";', "apps/web/project.json": "{}", "apps/web/src/page.tsx": pages, "apps/web/src/schema.ts": 'import { z } from "zod";' });
  expect(await check(files('import { useState } from "react";'))).toEqual([]);
  expect((await check(files('import { z } from "zod";'))).map((line) => line.split(" ").at(-1))).toEqual(["doubled"]);
});

it("takes a library that Nest's settings are checked with for no second one", async () => {
  expect(await check(beside("@nestjs/config", { "src/a.ts": 'import { ConfigModule } from "@nestjs/config";\nimport { cleanEnv } from "envalid";\nexport const settings = ConfigModule.forRoot({ validate: (env) => cleanEnv(env, {}) });' }))).toEqual([]);
});
