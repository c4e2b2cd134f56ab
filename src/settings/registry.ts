import type { Severity } from "../base/finding.js";

/** The presets that are computed from the metadata of the rules. */
export const severityPresets = ["recommended", "strict", "legacy"] as const;

/** A preset that gives every rule a severity. One of them is always in force; `recommended` unless settings name another. */
export type SeverityPreset = (typeof severityPresets)[number];

/** Severity of a rule in a preset or in settings; with options where other than the defaults are asked for. */
export type RuleEntry = Severity | "off" | readonly [Severity | "off", Readonly<Record<string, unknown>>];

/** What the settings need to know of a rule; the metadata of every rule has it. */
export interface RegisteredRule {
  readonly name: string;
  readonly description: string;
  readonly presets: Readonly<Record<SeverityPreset, RuleEntry>>;
  /** JSON Schema of the properties of the options object. */
  readonly optionsSchema: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly defaultOptions: object;
}

/** Settings under a name, for a framework or an architecture. */
export interface Preset {
  readonly name: string;
  /** One sentence without a full stop: whom it is for. */
  readonly description: string;
  /** Packages that call for it: one of them among the dependencies of a package is enough. */
  readonly packages: readonly string[];
  /** Presets that it stands for as well, so that these are not detected beside it. */
  readonly covers: readonly string[];
  /** The content of a settings file, as parsed from JSON. */
  readonly settings: unknown;
}

/** All rules and presets by name. The settings import neither; whoever loads them hands this in. */
export interface Registry {
  readonly rules: ReadonlyMap<string, RegisteredRule>;
  readonly presets: ReadonlyMap<string, Preset>;
  /** Takes the secrets out of a text of the settings that is shown. */
  mask(text: string): string;
}
