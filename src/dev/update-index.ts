import { fileURLToPath } from "node:url";
import { factsVersion } from "./facts-version.js";
import { writeStale } from "./generated-file.js";
import { listRuleFiles } from "./rule-files.js";
import { ruleIndex } from "./rule-index.js";

/** Writes what the build needs: the index of rules, by looking at their names alone, and the version of facts. */
const root = fileURLToPath(new URL("../../..", import.meta.url));
writeStale(root, [ruleIndex(listRuleFiles(root)), factsVersion(root)]);
