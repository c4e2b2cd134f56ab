import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { factsVersion } from "./facts-version.js";
import { writeStale } from "./generated-file.js";
import { listRuleFiles } from "./rule-files.js";
import { fileCheckIndex, ruleIndex } from "./rule-index.js";

/** Writes what the build needs: the indexes of rules, by looking at their names and texts alone, and the version of facts. */
const root = fileURLToPath(new URL("../../..", import.meta.url));
const files = listRuleFiles(root);
const hasFileCheck = ({ section, name }: (typeof files)[number]): boolean => /^ {2}file: \{$/m.test(readFileSync(path.join(root, "rules", section, `${name}.ts`), "utf8"));
writeStale(root, [ruleIndex(files), fileCheckIndex(files, hasFileCheck), factsVersion(root)]);
