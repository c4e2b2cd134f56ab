import type { Severity } from "../base/finding.js";
import { isRecord, property } from "../base/json.js";
import type { FileFacts } from "../facts/facts.js";
import { type RegisteredRule, severityPresets } from "../settings/registry.js";
import { importsStdCheck } from "./eslint-config.js";

/** What a flat config says of our rules, as far as its text shows. */
export interface EslintSeverities {
  /** It takes the severities of the settings: `std.fromSettings(…)`. */
  readonly fromSettings: boolean;
  /** What it states by itself: a static preset (`std.configs.strict`), then rules by name (`"std/layer-imports": "off"`). */
  readonly stated: ReadonlyMap<string, Severity | "off">;
}

/** The severities in a flat config; undefined if it does not import std-check. */
export function severitiesInEslint(facts: FileFacts, rules: readonly RegisteredRule[]): EslintSeverities | undefined {
  if (!importsStdCheck(facts)) return undefined;
  let fromSettings = false;
  const severities = new Map<string, Severity | "off">();
  for (const node of nodesOf(facts.body)) {
    const name = property(node, "property");
    if (name === "fromSettings") fromSettings = true;
    const preset = property(node, "kind") === "member" && property(property(node, "object"), "property") === "configs" ? severityPresets.find((one) => one === name) : undefined;
    if (preset !== undefined) for (const rule of rules) severities.set(rule.name, severityOf(rule.presets[preset]));
  }
  // Severities by name come last in effect, wherever they stand.
  for (const node of nodesOf(facts.body)) {
    const key = property(node, "key");
    if (typeof key !== "string" || !key.startsWith("std/")) continue;
    const severity = eslintSeverity(property(node, "value"));
    if (severity !== undefined) severities.set(key.slice("std/".length), severity);
  }
  return { fromSettings, stated: severities };
}

function severityOf(entry: RegisteredRule["presets"]["strict"]): Severity | "off" {
  return typeof entry === "string" ? entry : entry[0];
}

/** ESLint's severity of a literal, or of the first element of a list. */
function eslintSeverity(node: unknown): Severity | "off" | undefined {
  const elements = property(node, "elements");
  const value = property(Array.isArray(elements) ? elements[0] : node, "value");
  if (value === "off" || value === 0) return "off";
  if (value === "warn" || value === 1) return "warn";
  return value === "error" || value === 2 ? "error" : undefined;
}

/** All objects of a syntax tree, in source order. */
function* nodesOf(value: unknown): Iterable<Readonly<Record<string, unknown>>> {
  if (Array.isArray(value)) for (const item of value) yield* nodesOf(item);
  else if (isRecord(value)) {
    yield value;
    for (const inner of Object.values(value)) yield* nodesOf(inner);
  }
}
