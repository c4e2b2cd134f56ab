import { factsVersion } from "./facts-version.js";
import { fieldNotesPage, readFieldNotes } from "./field-notes.js";
import type { GeneratedFile } from "./generated-file.js";
import { jsonFiles } from "./json-files.js";
import { listRuleFiles, loadRules } from "./rule-files.js";
import { fileCheckIndex, ruleIndex } from "./rule-index.js";
import { ruleOptionTypes } from "./rule-options.js";
import { rulePages } from "./rule-pages.js";
import { ruleTables } from "./rule-tables.js";

/** All that is generated, as it should be now. */
export async function generatedFiles(root: string): Promise<readonly GeneratedFile[]> {
  const rules = await loadRules(root);
  const files = listRuleFiles(root);
  const withFileChecks = new Set(rules.flatMap(({ name, file }) => (file ? [name] : [])));
  return [ruleIndex(files), fileCheckIndex(files, ({ name }) => withFileChecks.has(name)), factsVersion(root), ...rulePages(root, rules), ...ruleTables(root, rules), ...jsonFiles(rules), ruleOptionTypes(rules), fieldNotesPage(readFieldNotes(root), rules)];
}
