import { presets } from "../../configs/index.js";
import { rules } from "../../rules/index.js";
import { maskTokens } from "../facts/mask-tokens.js";
import type { Rule } from "../kit/rule.js";
import type { Registry } from "../settings/registry.js";

/** All rules by name. */
export const rulesByName: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.name, rule]));

/** What the settings are checked against. */
export const registry: Registry = { rules: rulesByName, presets: new Map(presets.map((preset) => [preset.name, preset])), mask: maskTokens };
