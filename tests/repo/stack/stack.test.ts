import { afterEach, describe, expect, it } from "vitest";
import { openRepo } from "../../../src/repo/open-repo.js";
import { removeFolders, TemporaryFolder, type Tree } from "../support.js";

afterEach(removeFolders);

type Fields = Readonly<Record<string, unknown>>;

const manifest = (dependencies: readonly string[], rest: Fields = {}) => JSON.stringify({ name: "api", private: true, dependencies: Object.fromEntries(dependencies.map((name) => [name, "1.0.0"])), ...rest });

/** `slot: state choices` of what is asked about, for each package that has it. */
function slots(tree: Tree, ...wanted: readonly string[]): string[] {
  return openRepo(new TemporaryFolder(tree).root).readers.stack().flatMap(({ package: owner, slots: states }) =>
    states.filter(({ slot }) => wanted.includes(slot)).map(({ slot, state, choices }) => `${owner.folder ? `${owner.folder} ` : ""}${slot}: ${[state, ...choices.map(({ name }) => name)].join(" ")}`),
  );
}

describe("libraries", () => {
  it.each<[string, Tree, string, string]>([
    ["one framework", { "package.json": manifest(["express"]) }, "framework", "framework: filled Express"],
    ["a framework on top of another", { "package.json": manifest(["@nestjs/core", "express", "fastify"]), "src/a.ts": 'import x from "express"; import y from "fastify";' }, "framework", "framework: filled NestJS Express Fastify"],
    ["two frameworks in use", { "package.json": manifest(["express", "hono"]), "src/a.ts": 'import x from "express";', "src/b.ts": 'import { Hono } from "hono";' }, "framework", "framework: doubled Express Hono"],
    ["a second framework that nothing imports", { "package.json": manifest(["express", "hono"]), "src/a.ts": 'import x from "express"; // "hono"' }, "framework", "framework: filled Express Hono"],
    ["a second framework in tests", { "package.json": manifest(["express", "hono"]), "src/a.ts": 'import x from "express";', "test/b.ts": 'import { Hono } from "hono";' }, "framework", "framework: filled Express Hono"],
    ["no validation", { "package.json": manifest(["express"]) }, "validation", "validation: empty"],
    ["the framework's own validation", { "package.json": manifest(["fastify"]) }, "validation", "validation: filled Fastify schemas"],
    ["two validators", { "package.json": manifest(["express", "zod", "joi"]), "src/a.ts": "const z = require('zod')", "src/b.ts": "import Joi from 'joi'" }, "validation", "validation: doubled Zod Joi"],
    ["a second validator for settings alone", { "package.json": manifest(["express", "zod", "joi"]), "src/a.ts": "import z from 'zod'", "src/config/env.ts": "import Joi from 'joi'" }, "validation", "validation: filled Zod Joi"],
    ["settings that a validator checks", { "package.json": manifest(["express", "zod"]), "src/config/env.ts": "import { z } from 'zod';\nexport const env = z.object({}).parse(process.env);" }, "settings", "settings: filled Zod over the environment"],
    ["settings that are read by hand beside a validator", { "package.json": manifest(["express", "zod"]), "src/config/env.ts": "export const port = process.env.PORT;", "src/a.ts": "import z from 'zod'" }, "settings", "settings: empty"],
    ["an ORM on its driver", { "package.json": manifest(["express", "typeorm", "pg"]), "src/a.ts": "import 'typeorm'; import 'pg';" }, "dataAccess", "dataAccess: filled TypeORM pg"],
    ["two ways to one kind of store", { "package.json": manifest(["express", "typeorm", "knex"]), "src/a.ts": "import 'typeorm'; import k from 'knex';" }, "dataAccess", "dataAccess: doubled TypeORM Knex"],
    ["stores of two kinds", { "package.json": manifest(["express", "typeorm", "mongoose"]), "src/a.ts": "import 'typeorm'; import 'mongoose';" }, "dataAccess", "dataAccess: filled TypeORM Mongoose"],
    ["no store", { "package.json": manifest(["express"]) }, "dataAccess", "dataAccess: not-needed"],
    ["a SQL store without migrations", { "package.json": manifest(["express", "knex"]) }, "migrations", "migrations: empty"],
    ["documents, which need none", { "package.json": manifest(["express", "mongoose"]) }, "migrations", "migrations: not-needed"],
    ["documents behind an ORM, which need none", { "package.json": manifest(["express", "@prisma/client"]), "prisma/schema.prisma": 'datasource db {\n  provider = "mongodb"\n}\n' }, "migrations", "migrations: not-needed"],
    ["migrations of no known tool", { "package.json": manifest(["express", "better-sqlite3"]), "migrations/1700000000000-start.js": "import open from '../src/account-db.js';\nexport const up = async () => open();\n" }, "migrations", "migrations: filled code"],
    ["a platform's package for messages alone", { "package.json": manifest(["express", "firebase-admin"]), "src/a.ts": "import admin from 'firebase-admin';\nadmin.messaging();" }, "dataAccess", "dataAccess: not-needed"],
    ["a platform's package for its store", { "package.json": manifest(["express", "firebase-admin"]), "src/a.ts": "import admin from 'firebase-admin';\nadmin.firestore();" }, "dataAccess", "dataAccess: filled Firestore"],
    ["an ORM on a hosted driver", { "package.json": manifest(["express", "drizzle-orm", "@neondatabase/serverless"]), "src/a.ts": "import 'drizzle-orm'; import '@neondatabase/serverless';" }, "dataAccess", "dataAccess: filled Drizzle Neon"],
    ["a second validator that another library asks for", { "package.json": manifest(["express", "zod", "valibot"]), "src/a.ts": "import * as v from 'valibot'", "src/tool.ts": "import { z } from 'zod';\nimport { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';" }, "validation", "validation: filled Zod Valibot"],
    ["two migration tools", { "package.json": manifest(["express", "knex"]), "a/20240101120000_x.js": "exports.up = (knex) => 1", "b/1700000000000-X.ts": "MigrationInterface" }, "migrations", "migrations: doubled knex typeorm"],
    ["no logger", { "package.json": manifest(["express", "morgan", "debug"]) }, "logger", "logger: empty"],
    ["the logger that comes with the framework, in use", { "package.json": manifest(["@nestjs/core"]), "src/a.ts": "import {\n  Injectable,\n  Logger,\n} from '@nestjs/common';" }, "logger", "logger: filled Nest Logger"],
    ["the logger that comes with the framework, unused", { "package.json": manifest(["@nestjs/core"]), "src/a.ts": "import { Injectable } from '@nestjs/common';" }, "logger", "logger: empty"],
    ["the logger of a company", { "package.json": manifest(["express", "@acme/node-logger"]) }, "logger", "logger: filled @acme/node-logger"],
    ["a logger of its own that writes JSON", { "package.json": manifest(["express"]), "src/lib/logger.ts": "export const info = (message, fields) => console.log(JSON.stringify({ message, ...fields }));" }, "logger", "logger: filled own JSON logger"],
    ["a file for logs that writes text", { "package.json": manifest(["express"]), "src/lib/logger.ts": "export const info = (message) => console.log(message);" }, "logger", "logger: empty"],
    ["two loggers", { "package.json": manifest(["express", "pino-http", "winston"]), "src/a.ts": "import p from 'pino-http'; import w from 'winston';" }, "logger", "logger: doubled pino winston"],
  ])("%s", (_, tree, slot, expected) => {
    expect(slots(tree, slot)).toEqual([expected]);
  });

  it("have their migrations at the root of the workspace", () => {
    const tree = { "package.json": JSON.stringify({ name: "root", workspaces: ["*/*"] }), "infra/migrations/0001_start.sql": "", "apps/api/package.json": manifest(["hono", "pg"], { scripts: { start: "x" } }) };
    expect(slots(tree, "migrations")).toEqual(["apps/api migrations: filled sql"]);
  });

  it("come from packages of the workspace, too", () => {
    const tree = { "package.json": JSON.stringify({ name: "root", workspaces: ["*/*"] }), "apps/api/package.json": manifest(["hono", "@acme/db"], { scripts: { start: "x" } }), "packages/db/package.json": JSON.stringify({ name: "@acme/db", dependencies: { "drizzle-orm": "1" } }) };
    expect(slots(tree, "framework", "dataAccess")).toEqual(["apps/api framework: filled Hono", "apps/api dataAccess: filled Drizzle"]);
  });
});

describe("which packages are backends", () => {
  const backends = (tree: Tree) => slots(tree, "framework");

  it.each<[string, Tree, number]>([
    ["a private package with a framework", { "package.json": manifest(["express"]) }, 1],
    ["a published library for a framework", { "package.json": manifest(["express"], { private: false, exports: "./a.js" }) }, 0],
    ["what a tool has built of a package", { "package.json": manifest(["express"], { name: "shop" }), "build/package.json": manifest(["express"], { name: "shop" }) }, 1],
    ["a framework for development alone", { "package.json": JSON.stringify({ name: "x", private: true, devDependencies: { express: "1" } }) }, 0],
    ["a user interface", { "package.json": manifest(["next", "react"], { scripts: { start: "next start" } }) }, 0],
    ["a user interface that keeps data", { "package.json": manifest(["next", "react", "@prisma/client"], { scripts: { start: "next start" } }) }, 1],
    ["a package that others build on", { "package.json": JSON.stringify({ name: "root", workspaces: ["*"] }), "kit/package.json": manifest(["fastify"], { name: "kit", scripts: { dev: "tsc -w" } }), "web/package.json": JSON.stringify({ name: "web", dependencies: { kit: "*" } }) }, 0],
    ["a server of whose routes others take the types", { "package.json": JSON.stringify({ name: "root", workspaces: ["*"] }), "api/package.json": manifest(["hono"], { name: "api", scripts: { dev: "tsx watch src/index.ts" } }), "web/package.json": JSON.stringify({ name: "web", dependencies: { api: "*" } }) }, 1],
  ])("%s: %#", (_, tree, count) => {
    expect(backends(tree)).toHaveLength(count);
  });
});

describe("tools", () => {
  const app = (scripts: Fields, devDependencies: readonly string[] = [], rest: Fields = {}) => manifest(["express"], { scripts, devDependencies: Object.fromEntries(devDependencies.map((name) => [name, "1.0.0"])), ...rest });
  const strict = { "tsconfig.json": '{ "compilerOptions": { "strict": true } }', "src/a.ts": "" };

  it.each<[string, Tree, string, string]>([
    ["engines", { "package.json": app({}, [], { engines: { node: ">=20" } }) }, "runtime", "filled node"],
    ["a version file", { "package.json": app({}), ".tool-versions": "nodejs 22.1.0\n" }, "runtime", "filled node"],
    ["no version", { "package.json": app({}) }, "runtime", "empty"],
    ["one lockfile", { "package.json": app({}), "yarn.lock": "" }, "packageManager", "filled yarn"],
    ["two lockfiles", { "package.json": app({}), "yarn.lock": "", "package-lock.json": "{}" }, "packageManager", "doubled npm yarn"],
    ["a lockfile of another manager than the declared one", { "package.json": app({}, [], { packageManager: "pnpm@9.0.0" }), "yarn.lock": "" }, "packageManager", "doubled yarn pnpm"],
    ["no lockfile", { "package.json": app({}) }, "packageManager", "empty"],
    ["a linter that a script runs", { "package.json": app({ lint: "eslint ." }, ["eslint"]) }, "linter", "filled ESLint"],
    ["a linter that a hook runs", { "package.json": app({}, ["eslint"], { "lint-staged": { "*.ts": "eslint --fix" } }) }, "linter", "filled ESLint"],
    ["a linter that CI runs", { "package.json": app({}, ["@biomejs/biome"]), ".github/workflows/ci.yml": "jobs:\n  a:\n    steps:\n      - run: npx biome ci\n" }, "linter", "filled Biome"],
    ["a linter behind a wrapper that is called after it", { "package.json": app({ lint: "lb-eslint ." }, ["eslint"]) }, "linter", "filled ESLint"],
    ["a linter that nothing runs", { "package.json": app({ start: "node ." }, ["eslint"]) }, "linter", "idle ESLint"],
    ["a linter in a Makefile", { "package.json": app({}, ["eslint"]), Makefile: "lint:\n\tnpx eslint .\n" }, "linter", "filled ESLint"],
    ["no linter", { "package.json": app({}) }, "linter", "empty"],
    ["two linters that are run", { "package.json": app({ lint: "eslint . && biome lint" }, ["eslint", "@biomejs/biome"]) }, "linter", "doubled ESLint Biome"],
    ["oxlint in front of ESLint", { "package.json": app({ lint: "oxlint && eslint ." }, ["eslint", "oxlint"]) }, "linter", "filled ESLint"],
    ["Biome without its linter", { "package.json": app({ format: "biome check", lint: "eslint ." }, ["eslint", "@biomejs/biome"]), "biome.json": '{ "linter": { "enabled": false } }' }, "linter", "filled ESLint"],
    ["a formatter that a script runs", { "package.json": app({ format: "prettier --check ." }, ["prettier"]) }, "formatter", "filled Prettier"],
    ["a formatter inside the linter", { "package.json": app({ lint: "eslint ." }, ["eslint", "prettier", "eslint-plugin-prettier"]) }, "formatter", "filled Prettier"],
    ["a formatter that the organisation's own configuration may bring", { "package.json": app({ lint: "eslint ." }, ["eslint", "prettier", "@acme/eslint-config-node"]) }, "formatter", "filled Prettier"],
    ["a formatter beside a known configuration", { "package.json": app({ lint: "eslint ." }, ["eslint", "prettier", "eslint-config-prettier"]) }, "formatter", "idle Prettier"],
    ["a formatter that nothing runs", { "package.json": app({}, ["prettier"]) }, "formatter", "idle Prettier"],
    ["a formatter beside a linter of the same tool", { "package.json": app({ lint: "biome lint", format: "prettier ." }, ["prettier", "@biomejs/biome"]) }, "formatter", "filled Prettier"],
    ["a second formatter for what is no code, by its ignore file", { "package.json": app({ format: "biome check . && prettier --check ." }, ["prettier", "@biomejs/biome"]), ".prettierignore": "**\n!**/\n!**/*.md\n", "src/a.ts": "" }, "formatter", "filled Prettier Biome"],
    ["a second formatter for what is no code, by what it is given", { "package.json": app({ format: "biome check . && prettier --check **/*.{md,yml}" }, ["prettier", "@biomejs/biome"]) }, "formatter", "filled Prettier Biome"],
    ["two formatters for code", { "package.json": app({ format: "biome check . && prettier --check ." }, ["prettier", "@biomejs/biome"]), ".prettierignore": "dist\n", "src/a.ts": "" }, "formatter", "doubled Prettier Biome"],
    ["a config that holds the layout by ESLint", { "package.json": app({ lint: "eslint ." }, ["eslint", "eslint-config-standard"]) }, "formatter", "filled ESLint Stylistic"],
    ["strict types", { "package.json": app({ check: "tsc --noEmit" }, ["typescript"]), ...strict }, "typeCheck", "filled tsc"],
    ["types that nothing checks", { "package.json": app({ build: "swc src" }, ["typescript"]), ...strict }, "typeCheck", "idle TypeScript"],
    ["types without strict mode", { "package.json": app({ check: "tsc" }, ["typescript"]), "src/a.ts": "", "tsconfig.json": '{ "compilerOptions": { "strict": false } }' }, "typeCheck", "weak tsconfig"],
    ["strict by name alone", { "package.json": app({ check: "tsc" }, ["typescript"]), "src/a.ts": "", "tsconfig.json": '{ "compilerOptions": { "strict": true, "strictNullChecks": false } }' }, "typeCheck", "weak tsconfig"],
    ["strict by a base", { "package.json": app({ check: "tsc" }, ["typescript"]), "src/a.ts": "", "tsconfig.json": '{ "extends": ["./base"] }', "base.json": '{ "compilerOptions": { "strict": true } }' }, "typeCheck", "filled tsc"],
    ["strict by a known base", { "package.json": app({ check: "tsc" }, ["typescript"]), "src/a.ts": "", "tsconfig.json": '{ "extends": "@tsconfig/node22/tsconfig.json" }' }, "typeCheck", "filled tsc"],
    ["a base that is not there", { "package.json": app({ check: "tsc" }, ["typescript"]), "src/a.ts": "", "tsconfig.json": '{ "extends": "somebody" }' }, "typeCheck", "unknown tsconfig"],
    ["a tsconfig that refers to others", { "package.json": app({ check: "tsc -b" }, ["typescript"]), "src/a.ts": "", "tsconfig.json": '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }, { "path": "./tsconfig.spec.json" }] }', "tsconfig.app.json": '{ "extends": "./tsconfig.json", "compilerOptions": { "strict": true } }' }, "typeCheck", "filled tsc"],
    ["TypeScript 6, which is strict without being told", { "package.json": manifest(["express"], { scripts: { check: "tsc" }, devDependencies: { typescript: "^6.0.0" } }), "src/a.ts": "", "tsconfig.json": "{}" }, "typeCheck", "filled tsc"],
    ["JavaScript alone", { "package.json": app({}), "src/a.js": "" }, "typeCheck", "not-needed"],
    ["a test runner", { "package.json": app({ test: "vitest run" }, ["vitest"]) }, "testRunner", "filled Vitest"],
    ["a test runner behind a wrapper that is called after it", { "package.json": app({ test: "lb-mocha dist" }, ["mocha"]) }, "testRunner", "filled Mocha"],
    ["the runner of Node", { "package.json": app({ test: 'glob -c "tsx --test" "test/**"' }) }, "testRunner", "filled node:test"],
    ["the runner of bun", { "package.json": app({ test: "bun test" }) }, "testRunner", "filled bun test"],
    ["a test runner that nothing runs", { "package.json": app({ test: 'echo "Error: no test specified" && exit 1' }, ["jest"]) }, "testRunner", "idle Jest"],
    ["no test runner", { "package.json": app({ test: 'echo "Error: no test specified" && exit 1' }) }, "testRunner", "empty"],
    ["two test runners", { "package.json": app({ test: "vitest run && jest" }, ["vitest", "jest"]) }, "testRunner", "doubled Vitest Jest"],
    ["a runner for browsers beside another", { "package.json": app({ test: "vitest run", e2e: "playwright test" }, ["vitest", "@playwright/test"]) }, "testRunner", "filled Vitest Playwright"],
  ])("%s", (_, tree, slot, expected) => {
    expect(slots(tree, slot)).toEqual([`${slot}: ${expected}`]);
  });

  it("of a workspace stand at its root, and a tool for another package is no second one", () => {
    const tree = {
      "package.json": JSON.stringify({ name: "root", workspaces: ["apps/*"], scripts: { test: "vitest run" }, devDependencies: { vitest: "1" } }),
      "apps/api/package.json": manifest(["express"], { scripts: { start: "x", lint: "eslint ." }, devDependencies: { eslint: "1" } }),
      "apps/web/package.json": JSON.stringify({ name: "web", scripts: { lint: "biome lint" }, devDependencies: { "@biomejs/biome": "1" } }),
    };
    expect(slots(tree, "linter", "testRunner")).toEqual(["linter: filled ESLint Biome", "apps/api testRunner: filled Vitest"]);
  });
});
