import { fileURLToPath } from "node:url";
import type * as ruleFiles from "../../src/dev/rule-files.js";
import { built } from "../support/built.js";

/** The folder of this project. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

const { listRuleFiles, loadRules } = await built<typeof ruleFiles>("src/dev/rule-files.js");

/** The files of `rules/`, and the rules that they export, in the same order. */
export const files = listRuleFiles(root);
export const rules = await loadRules(root);
