import { createRequire } from "node:module";
import type { ESLint, Linter } from "eslint";
import { rules } from "../rules/index.js";
import type { Severity } from "./base/finding.js";
import { toEslintRule } from "./kit/eslint-rule.js";
import { projectHost } from "./kit/project-loader.js";
import type { PresetEntry } from "./kit/rule.js";

/** Names of the presets that set severities. */
type PresetName = "recommended" | "strict" | "legacy";

const files = ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"];

/** The plugin: every rule that looks at code, under `std/`. */
const plugin = {
  meta: { name: "std-check", namespace: "std", version: "0.1.0" },
  rules: Object.fromEntries(rules.filter((rule) => rule.file ?? rule.project).map((rule) => [rule.name, toEslintRule(rule, projectHost)])),
} satisfies ESLint.Plugin;

/** Loads @typescript-eslint/parser when the first file is parsed, so that a config can be read without it. */
const parser: Linter.Parser = {
  meta: { name: "std-check/parser", version: "0.1.0" },
  parseForESLint: (text: string, options?: Linter.ParserOptions) => typescriptParser().parseForESLint(text, options),
};

interface TypeScriptParser {
  parseForESLint(text: string, options?: Linter.ParserOptions): Linter.ESLintParseResult;
}

let loadedParser: TypeScriptParser | undefined;

function typescriptParser(): TypeScriptParser {
  if (loadedParser) return loadedParser;
  try {
    // The package's own type says more than ESLint asks for.
    loadedParser = createRequire(import.meta.url)("@typescript-eslint/parser") as TypeScriptParser;
    return loadedParser;
  } catch (error) {
    throw new Error("std-check needs @typescript-eslint/parser to read TypeScript in ESLint. Install it: npm install --save-dev @typescript-eslint/parser", { cause: error });
  }
}

function configFor(name: PresetName): Linter.Config[] {
  return [
    {
      name: `std-check/${name}`,
      files,
      plugins: { std: plugin },
      languageOptions: { parser },
      settings: { "std-check": { per: name === "strict" ? "site" : "cause" } },
      rules: ruleEntries(name, () => true),
    },
  ];
}

function ruleEntries(name: PresetName, wanted: (rule: (typeof rules)[number]) => boolean): Linter.RulesRecord {
  return Object.fromEntries(rules.filter((rule) => (rule.file ?? rule.project) && wanted(rule)).map((rule) => [`std/${rule.name}`, entry(rule.presets[name])]));
}

function entry(preset: PresetEntry): Linter.RuleEntry {
  if (typeof preset === "string") return preset;
  const [severity, options]: readonly [Severity, Readonly<Record<string, unknown>>] = preset;
  return [severity, options];
}

/** Configurations for `eslint.config.js`. They touch no disk. */
const configs: Readonly<Record<PresetName | "rulesOnly" | "fileOnly", Linter.Config[]>> = {
  recommended: configFor("recommended"),
  strict: configFor("strict"),
  legacy: configFor("legacy"),
  /** The rules of `recommended` without files, parser and plugin, for a config that has its own. */
  rulesOnly: [{ name: "std-check/rules-only", plugins: { std: plugin }, rules: ruleEntries("recommended", () => true) }],
  /** Only rules that look at one file, so that `eslint --cache` never keeps an answer that depends on others. */
  fileOnly: [{ name: "std-check/file-only", files, plugins: { std: plugin }, languageOptions: { parser }, rules: ruleEntries("recommended", (rule) => rule.file !== undefined && rule.project === undefined) }],
};

/** The settings of the project that `folder` lies in, as config objects with the severities and options of the CLI. */
function fromSettings(folder: string): Linter.Config[] {
  // The module's own type, which `require` does not know; settings are only read by who asks for them.
  const { configsFromSettings } = createRequire(import.meta.url)("./engine/eslint-settings.js") as { configsFromSettings(folder: string): readonly { readonly name: string; readonly files: string[]; readonly rules: Linter.RulesRecord; readonly per: "cause" | "site" }[] };
  return configsFromSettings(folder).map(({ name, files: own, rules: entries, per }) => ({ name, files: own, plugins: { std: plugin }, languageOptions: { parser }, settings: { "std-check": { per } }, rules: entries }));
}

export { configs, fromSettings };
export const { meta } = plugin;
export const pluginRules = plugin.rules;
const std = { ...plugin, configs, fromSettings };
export default std;
