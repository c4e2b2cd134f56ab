import path from "node:path";
import { groupBy } from "../base/group-by.js";
import { relativeTo } from "../base/paths.js";
import { loadSettings } from "../settings/load.js";
import { findRoot } from "../settings/root.js";
import { listFiles } from "./project-files.js";
import { isProjectSource } from "./project-files.js";
import { registry, rulesByName } from "./registry.js";

/** One config object: the files for which the same rules hold, as globs relative to the folder of the config. */
export interface EslintSettings {
  readonly name: string;
  readonly files: string[];
  readonly rules: Record<string, [severity: "error" | "warn", options: object]>;
  readonly per: "cause" | "site";
}

/** The settings in force for the code below `folder`, read afresh. Throws a UserError for settings that are wrong. */
export function configsFromSettings(folder: string): EslintSettings[] {
  const root = findRoot(folder);
  const settings = loadSettings({ root, registry });
  const below = (file: string): string => relativeTo(path.resolve(folder), path.join(root.folder, file));
  const covered = listFiles(root.folder).filter((file) => isProjectSource(file) && settings.includes(file) && !below(file).startsWith("../"));
  const groups = groupBy(covered, (file) => settings.rulesFor(file));
  const single = groups.size === 1;
  return [...groups].map(([rules, files], index) => ({
    name: `std-check/settings-${index + 1}`,
    // One group is everything, also files to come; several are told apart by their names.
    files: single ? ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"] : files.map(below),
    rules: Object.fromEntries(
      [...rules].flatMap(([name, { severity, options }]) => {
        const rule = rulesByName.get(name);
        return rule?.file || rule?.project ? [[`std/${name}`, [severity, options]] as const] : [];
      }),
    ) as EslintSettings["rules"],
    per: [...rules.values()][0]?.per ?? "cause",
  }));
}
