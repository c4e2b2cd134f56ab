import type { GeneratedFile } from "./generated-file.js";
import { listRuleFiles } from "./rule-files.js";
import { ruleIndex } from "./rule-index.js";

/** All that is generated, as it should be now. */
export async function generatedFiles(root: string): Promise<readonly GeneratedFile[]> {
  return [ruleIndex(listRuleFiles(root))];
}
