import type { Severity } from "../base/finding.js";
import { splitWords } from "../base/words.js";
import { type FileMatcher, globsBelow, matchFiles } from "./globs.js";
import type { PlacedStep } from "./merge.js";
import type { RegisteredRule, RuleEntry } from "./registry.js";

/** A rule that is on, for some file. Equal settings are the same object for every file. */
export interface RuleSetting {
  readonly severity: Severity;
  /** The rule's defaults, under what presets and settings say. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Findings with one cause are one finding a file, or each is a finding: `site` in the preset strict. */
  readonly per: "cause" | "site";
}

/** A rule for some file, on or off, with where that was said: presets and places of settings, the decisive one last. */
export interface RuleState {
  readonly severity: Severity | "off";
  readonly options: Readonly<Record<string, unknown>>;
  readonly per: "cause" | "site";
  readonly said: readonly string[];
}

/** The rules of one chain of settings. */
export interface ChainRules {
  stateFor(file: string): ReadonlyMap<string, RuleState>;
}

interface Assignment {
  readonly rule: string;
  readonly entry: RuleEntry;
  readonly place: string;
}

/** Assignments that count for the files that match, or for all. */
interface Block {
  readonly matches?: FileMatcher;
  readonly assignments: readonly Assignment[];
  /** The block is a preset of severities: it forgets what earlier blocks said. */
  readonly per?: "cause" | "site";
}

/** Puts the rules of a chain together. Later blocks win; options are merged key by key. */
export function chainRules(chain: readonly PlacedStep[], rules: readonly RegisteredRule[]): ChainRules {
  const blocks = chain.flatMap((placed) => blocksOf(placed, rules));
  const states = new Map<string, ReadonlyMap<string, RuleState>>();
  return {
    stateFor(file) {
      const inForce = blocks.map(({ matches }) => matches === undefined || matches(file));
      const key = inForce.map((yes) => (yes ? "1" : "0")).join("");
      const known = states.get(key);
      if (known !== undefined) return known;
      const state = stateOf(blocks.filter((_, index) => inForce[index]), rules);
      states.set(key, state);
      return state;
    },
  };
}

function blocksOf({ step, folder }: PlacedStep, rules: readonly RegisteredRule[]): Block[] {
  if ("severities" in step) {
    const assignments = rules.map((rule) => ({ rule: rule.name, entry: rule.presets[step.severities], place: step.label }));
    return [{ assignments, per: step.severities === "strict" ? "site" : "cause" }];
  }
  const assignments = (entries: Readonly<Record<string, RuleEntry | undefined>>, ...at: readonly PropertyKey[]): Assignment[] =>
    Object.entries(entries).flatMap(([rule, entry]) => (entry === undefined ? [] : [{ rule, entry, place: step.place(...at, "rules", rule) }]));
  const overrides = (step.settings.overrides ?? []).map((override, index) => ({
    matches: matchFiles(globsBelow(folder, override.files)),
    assignments: assignments(override.rules, "overrides", index),
  }));
  const turnedOn = assignmentsByTenants(step.settings.security?.tenantKeys ?? [], step.place("security", "tenantKeys")).filter(({ rule }) => rules.some(({ name }) => name === rule));
  return [{ assignments: [...turnedOn, ...assignments(step.settings.rules ?? {})] }, ...overrides].filter((block) => block.assignments.length > 0);
}

/** Where the settings say which fields tell tenants apart, each use of a store on the way of a request is held to one of them. */
function assignmentsByTenants(keys: readonly string[], place: string): readonly Assignment[] {
  return keys.length === 0 ? [] : [{ rule: "require-ownership", entry: ["error", { principals: keys.map((key) => splitWords(key).join("")) }], place }];
}

function stateOf(blocks: readonly Block[], rules: readonly RegisteredRule[]): ReadonlyMap<string, RuleState> {
  const defaults = new Map(rules.map((rule) => [rule.name, { ...rule.defaultOptions }]));
  const state = new Map<string, RuleState>();
  let per: RuleState["per"] = "cause";
  for (const block of blocks) {
    if (block.per !== undefined) per = block.per;
    for (const { rule, entry, place } of block.assignments) {
      const before = block.per === undefined ? state.get(rule) : undefined;
      const [severity, options] = typeof entry === "string" ? [entry, {}] : entry;
      state.set(rule, {
        severity,
        options: { ...(before?.options ?? defaults.get(rule)), ...options },
        per,
        said: [...(before?.said ?? []), place],
      });
    }
  }
  return state;
}
