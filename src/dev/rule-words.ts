import type { PresetEntry, Rule } from "../kit/rule.js";

/** `error`, `warn`, `off`, with an asterisk where the preset sets options: for tables. */
export function presetWord(entry: PresetEntry): string {
  return typeof entry === "string" ? entry : `${entry[0]}*`;
}

/** Where a rule runs. */
export function hostsOf(rule: Rule): string {
  if (rule.file === undefined && rule.project === undefined) return "CLI";
  return `ESLint, oxlint, CLI${rule.repo === undefined ? "" : " (which alone looks at the repository's other files)"}`;
}

/** What a rule reads to decide. */
export function readsOf(rule: Rule): string {
  const parts = [rule.file && "one file at a time", rule.project && "the whole project", rule.repo && "git, manifests and other files"];
  return parts.filter((part) => part !== undefined).join("; ") || "what every other rule and comment did";
}
