import { fileURLToPath } from "node:url";
import { writeStale } from "./generated-file.js";
import { listRuleFiles } from "./rule-files.js";
import { ruleIndex } from "./rule-index.js";

/** Writes the index of rules by looking at their names alone: the rest needs a build, which needs the index. */
const root = fileURLToPath(new URL("../../..", import.meta.url));
writeStale(root, [ruleIndex(listRuleFiles(root))]);
