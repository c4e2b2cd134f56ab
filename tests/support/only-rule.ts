import { rules } from "../../rules/index.js";

/** Settings in which one rule is on: tests that count findings stay as they are when rules are added. */
export function onlyRule(name: string): string {
  return JSON.stringify({ root: true, rules: Object.fromEntries(rules.map((rule) => [rule.name, rule.name === name ? "error" : "off"])) });
}
