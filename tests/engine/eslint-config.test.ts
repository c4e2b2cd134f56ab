import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { addToEslintConfig } from "../../src/engine/eslint-config.js";

function edited(text: string, file = "eslint.config.js"): string {
  const edit = addToEslintConfig(file, text);
  if (edit.kind !== "edited") throw new Error(JSON.stringify(edit));
  expect(addToEslintConfig(file, edit.text)).toEqual({ kind: "present" });
  return edit.text;
}

describe("our entry is added", () => {
  it("to a list, on its own line and with its trailing comma", () => {
    expect(edited(`import js from "@eslint/js";

export default [
  js.configs.recommended,
  { rules: {} }, // the end
];
`)).toBe(`import js from "@eslint/js";
import std from "std-check";

export default [
  js.configs.recommended,
  { rules: {} }, // the end
  ...std.fromSettings(import.meta.dirname),
];
`);
  });

  it("to a list without trailing comma, quotes and semicolons as they are", () => {
    expect(edited(`import neo from 'neostandard'

export default [
  ...neo({
    ts: true
  }),
  {
    rules: {}
  } // the end, really
]
`)).toBe(`import neo from 'neostandard'
import std from 'std-check'

export default [
  ...neo({
    ts: true
  }),
  {
    rules: {}
  }, // the end, really
  ...std.fromSettings(import.meta.dirname)
]
`);
  });

  it.each([
    ["a list on one line", "export default [a, b];\n", "export default [a, b, ...std.fromSettings(import.meta.dirname)];\n"],
    ["a list on one line with a trailing comma", "export default [a, b,];\n", "export default [a, b, ...std.fromSettings(import.meta.dirname)];\n"],
    ["an empty list", "export default [];\n", "export default [...std.fromSettings(import.meta.dirname)];\n"],
    ["a list with a type", "export default [a] satisfies Linter.Config[];\n", "export default [a, ...std.fromSettings(import.meta.dirname)] satisfies Linter.Config[];\n"],
    ["a constant", "const configs = [\n\ta\n];\nexport default configs;\n", "const configs = [\n\ta,\n\t...std.fromSettings(import.meta.dirname)\n];\nexport default configs;\n"],
    ["commas in comments", "export default [\n  a /* x, y */\n  // b, c\n];\n", "export default [\n  a, /* x, y */\n  ...std.fromSettings(import.meta.dirname)\n  // b, c\n];\n"],
  ])("to %s", (_, before, after) => {
    expect(edited(`import a from "a";\n${before}`, "eslint.config.ts")).toBe(`import a from "a";\nimport std from "std-check";\n${after}`);
  });

  it.each([
    ["defineConfig of a list", 'import { defineConfig } from "eslint/config";\n', "defineConfig([\n  a,\n])", "defineConfig([\n  a,\n  ...std.fromSettings(import.meta.dirname),\n])"],
    ["defineConfig of configs, under another name", 'import { defineConfig as define } from "eslint/config";\n', "define(a, b)", "define(a, b, ...std.fromSettings(import.meta.dirname))"],
    ["tseslint.config", 'import tseslint from "typescript-eslint";\n', "tseslint.config(\n  a,\n  {\n    rules: {},\n  },\n)", "tseslint.config(\n  a,\n  {\n    rules: {},\n  },\n  ...std.fromSettings(import.meta.dirname),\n)"],
    ["tseslint.config whose configs begin on its line", 'import tseslint from "typescript-eslint";\n', "tseslint.config({\n  rules: {},\n})", "tseslint.config({\n  rules: {},\n}, ...std.fromSettings(import.meta.dirname))"],
    ["the options of @antfu/eslint-config", 'import antfu from "@antfu/eslint-config";\n', "antfu({\n  type: \"app\",\n})", "antfu({\n  type: \"app\",\n}, ...std.fromSettings(import.meta.dirname))"],
    ["config of typescript-eslint by name", 'import { config } from "typescript-eslint";\n', "config(a)", "config(a, ...std.fromSettings(import.meta.dirname))"],
  ])("to %s", (_, imports, before, after) => {
    expect(edited(`${imports}\nexport default ${before};\n`)).toBe(`${imports}import std from "std-check";\n\nexport default ${after};\n`);
  });

  it("to CommonJS, behind its requires", () => {
    expect(edited(`// @ts-check
const js = require("@eslint/js");
const { a, b } = require("./more")({ deep: true });

/** @type {import("eslint").Linter.Config[]} */
module.exports = [
  js.configs.recommended,
];
`, "eslint.config.cjs")).toBe(`// @ts-check
const js = require("@eslint/js");
const { a, b } = require("./more")({ deep: true });
const { default: std } = require("std-check");

/** @type {import("eslint").Linter.Config[]} */
module.exports = [
  js.configs.recommended,
  ...std.fromSettings(__dirname),
];
`);
  });

  it("to CommonJS without requires, behind what has to be first", () => {
    expect(edited(`// @ts-check\n"use strict";\n\n/** configs */\nmodule.exports = [{}];\n`)).toBe(`// @ts-check\n"use strict";\n\nconst { default: std } = require("std-check");\n/** configs */\nmodule.exports = [{}, ...std.fromSettings(__dirname)];\n`);
  });

  it("under another name where `std` is taken", () => {
    expect(edited(`import std from "./std.js";\nexport default [std];\n`)).toContain("...stdCheck.fromSettings");
  });

  it("with Windows line ends", () => {
    const text = edited(`import a from "a";\r\nexport default [\r\n  a,\r\n];\r\n`);
    expect(text.split("\n").filter((line) => line !== "" && !line.endsWith("\r"))).toEqual([]);
  });

  it("to the configuration of this project", () => {
    const text = readFileSync(new URL("../../eslint.config.js", import.meta.url), "utf8");
    expect(addToEslintConfig("eslint.config.js", text).kind).not.toBe("by-hand");
  });
});

describe("our entry is left to a person", () => {
  it.each([
    ["one config that is no list", "export default { rules: {} };"],
    ["a function of another package", 'import antfu from "@antfu/eslint-config";\nexport default antfu();'],
    ["a list from another file", 'import configs from "./configs.js";\nexport default configs;'],
    ["a list that is put together", "export default a.concat(b);"],
    ["a promise", "export default load().then((configs) => configs);"],
    ["a function of the same name that is not ESLint's", 'import { defineConfig } from "vite";\nexport default defineConfig([a]);'],
    ["named exports", "export const configs = [];"],
    ["an empty file", ""],
    ["broken syntax", "export default ["],
    ["a choice", "export default process.env.CI ? [a] : [b];"],
    ["exports that are set one by one", "exports.rules = {};"],
  ])("for %s", (_, text) => {
    const edit = addToEslintConfig("eslint.config.js", text);
    expect(edit).toMatchObject({ kind: "by-hand" });
    if (edit.kind === "by-hand") expect(edit.lines.join("\n")).toMatch(/std-check[\s\S]*fromSettings/);
  });
});

describe("a config that has our entry already", () => {
  it.each(['import std from "std-check";\nexport default [...std.configs.recommended];', 'const std = require("std-check");\nmodule.exports = {};', 'import rules from "std-check/oxlint";\nexport default f(rules);'])("is left alone: %s", (text) => {
    expect(addToEslintConfig("eslint.config.js", text)).toEqual({ kind: "present" });
  });
});
