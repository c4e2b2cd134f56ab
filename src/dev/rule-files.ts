import { readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { compareText } from "../base/finding.js";
import type { Rule } from "../kit/rule.js";

/** Where a rule is written: `rules/<section>/<name>.ts`. */
export interface RuleFile {
  readonly section: string;
  readonly name: string;
}

/** All rule files below `rules/`, by section and name. */
export function listRuleFiles(root: string): readonly RuleFile[] {
  const folder = path.join(root, "rules");
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: section }) =>
      readdirSync(path.join(folder, section))
        .filter((file) => file.endsWith(".ts"))
        .map((file) => ({ section, name: file.slice(0, -".ts".length) })),
    )
    .sort((left, right) => compareText(left.section, right.section) || compareText(left.name, right.name));
}

/** Loads the rules from the build, so that a rule counts as soon as its file is there. */
export async function loadRules(root: string): Promise<readonly Rule[]> {
  return Promise.all(
    listRuleFiles(root).map(async ({ section, name }) => {
      const url = pathToFileURL(path.join(root, "dist", "rules", section, `${name}.js`)).href;
      // The build was made from these rule files, each of which exports a rule.
      return ((await import(url)) as { readonly default: Rule }).default;
    }),
  );
}
