import type { Rule } from "../kit/rule.js";
import { clausesOf } from "../standard/clauses.js";
import { type GeneratedFile, readProjectFile } from "./generated-file.js";
import { fillMarkers } from "./markers.js";
import { typeOf } from "./option-types.js";
import { hostsOf, presetWord, readsOf } from "./rule-words.js";

/** The generated parts of the pages that are there: what the rule says of itself, and its options. */
export function rulePages(root: string, rules: readonly Rule[]): readonly GeneratedFile[] {
  return rules.flatMap((rule) => {
    const file = pageOf(rule);
    const text = readProjectFile(root, file);
    if (text === undefined) return [];
    return [{ file, text: fillMarkers(file, fillMarkers(file, text, "header", header(rule)), "options", options(rule)) }];
  });
}

/** The page of a rule, from the root of this project. */
export function pageOf(rule: { readonly name: string }): string {
  return `docs/rules/${rule.name}.md`;
}

function header(rule: Rule): string {
  const { recommended, strict, legacy } = rule.presets;
  const clauses = clausesOf(rule).map(({ id, title }) => `[${id}](../standard.md#${id.toLowerCase()}) ${title.toLowerCase()}`);
  const fixes = rule.fixable === "code" ? "fixes what is certain" : rule.hasSuggestions ? "suggests edits" : "no fix";
  return [
    `# ${rule.name}`,
    "",
    `${rule.description}.`,
    "",
    `| Standard | recommended | strict | legacy | runs in | reads | |`,
    `|---|---|---|---|---|---|---|`,
    `| ${clauses.join(", ")} | ${presetWord(recommended)} | ${presetWord(strict)} | ${presetWord(legacy)} | ${hostsOf(rule)} | ${readsOf(rule)} | ${fixes} |`,
  ].join("\n");
}

function options(rule: Rule): string {
  const entries = Object.entries(rule.optionsSchema);
  if (entries.length === 0) return "This rule has no options.";
  // Options are stored without their type; their defaults are data under the same names.
  const defaults = rule.defaultOptions as Readonly<Record<string, unknown>>;
  const rows = entries.map(([name, schema]) => `| \`${name}\` | ${code(typeOf(schema))} | ${defaults[name] === undefined ? "" : code(JSON.stringify(defaults[name]))} | ${schema.description} |`);
  return ["| option | type | default | meaning |", "|---|---|---|---|", ...rows, ...presetOptions(rule)].join("\n");
}

/** What the presets set beside severities; an asterisk in the header points here. */
function presetOptions(rule: Rule): string[] {
  const set = Object.entries(rule.presets).flatMap(([preset, entry]) => (typeof entry === "string" ? [] : [`\`${preset}\` sets ${code(JSON.stringify(entry[1]))}.`]));
  return set.length === 0 ? [] : ["", set.join(" ")];
}

/** Code in a cell of a table. */
function code(text: string): string {
  return `\`${text.replaceAll("|", "\\|")}\``;
}
