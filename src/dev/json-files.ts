import type { Rule } from "../kit/rule.js";
import { registry } from "../engine/registry.js";
import { settingsJsonSchema } from "../settings/schema.js";
import type { GeneratedFile } from "./generated-file.js";
import { reportJsonSchema } from "./report-schema.js";

/** The schemas that editors and readers of our JSON use, and the preset for oxlint. */
export function jsonFiles(rules: readonly Rule[]): readonly GeneratedFile[] {
  return [
    { file: "schemas/settings.schema.json", text: json(settingsJsonSchema(registry)) },
    { file: "schemas/report.schema.json", text: json(reportJsonSchema()) },
    { file: "configs/oxlint.json", text: json(oxlintPreset(rules)) },
  ];
}

/** `recommended` for `.oxlintrc.json`: `"extends": ["./node_modules/std-check/configs/oxlint.json"]`. */
function oxlintPreset(rules: readonly Rule[]): object {
  const entries = rules.filter((rule) => rule.file ?? rule.project).map((rule) => [`std/${rule.name}`, rule.presets.recommended]);
  return {
    $schema: "https://raw.githubusercontent.com/oxc-project/oxc/main/npm/oxlint/configuration_schema.json",
    jsPlugins: [{ name: "std", specifier: "std-check" }],
    rules: Object.fromEntries(entries),
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
