import path from "node:path";
import { UserError } from "../base/errors.js";
import type { Severity } from "../base/finding.js";
import { hashText } from "../base/hash.js";
import { nearest } from "../base/nearest.js";
import { isWithin } from "../base/paths.js";
import { detectPresets } from "./detect.js";
import { discover } from "./discover.js";
import type { PlacedStep } from "./merge.js";
import type { Registry, SeverityPreset } from "./registry.js";
import { type ResolvedSettings, resolveSettings } from "./resolve.js";
import type { Root } from "./root.js";
import { rootOnlyKeys, settingsSchema } from "./schema.js";
import { type ChainStep, isSeverityPreset, sourceReader } from "./sources.js";

export interface LoadOptions {
  readonly root: Root;
  readonly registry: Registry;
  /** Takes the place of every preset of severities in the settings. */
  readonly preset?: SeverityPreset;
  /** Rules of the command line, which win over all settings. */
  readonly rules?: Readonly<Record<string, Severity | "off">>;
  /** The root-relative files of the project, if they are known; else the folders are walked for settings and packages. */
  readonly files?: Iterable<string>;
}

/**
 * Reads the settings of a root and of the packages in it; without any, the presets that the dependencies call for.
 * Throws a UserError for what is wrong in any of them.
 */
export function loadSettings({ root, registry, preset, rules, files }: LoadOptions): ResolvedSettings {
  const reader = sourceReader(root.folder, root.boundary, registry, settingsSchema(registry));
  const found = discover(root.folder, files);
  const ownChain = reader.readFolder(root.folder);
  const detected = ownChain.some(saysExtends) ? [] : detectPresets(found.manifests, registry.presets.values());
  const recommended: ChainStep = { severities: "recommended", label: "preset recommended" };
  const rootChain = [recommended, ...detected.flatMap((one) => reader.readPreset(one.preset, "package.json")), ...ownChain];

  const chains = new Map<string, readonly PlacedStep[]>([["", placed("", rootChain)]]);
  for (const folder of found.settingsFolders.filter((one) => one !== "")) {
    const chain = reader.readFolder(path.join(root.folder, folder));
    chain.forEach(refuseRootKeys);
    const outer = [...chains.keys()].filter((one) => isWithin(one, folder)).reduce((longest, one) => (one.length > longest.length ? one : longest), "");
    chains.set(folder, [...(chains.get(outer) ?? []), ...placed(folder, chain)]);
  }
  const first: ChainStep[] = preset === undefined ? [] : [{ severities: preset, label: `preset ${preset}` }];
  const last = rules === undefined ? [] : [commandLine(rules, registry)];
  const complete = (chain: readonly PlacedStep[]) => [...placed("", first), ...chain.filter(({ step }) => preset === undefined || !("severities" in step)), ...placed("", last)];
  return resolveSettings({
    root,
    rules: [...registry.rules.values()],
    chains: new Map([...chains].map(([folder, chain]) => [folder, complete(chain)])),
    settingsFolders: found.settingsFolders,
    nestedRoots: found.nestedRoots,
    detected,
    files: reader.files(),
    digest: hashText(reader.digest(), JSON.stringify([detected, preset, rules])),
  });
}

/** The preset of this name. Throws a UserError that names the nearest. */
export function severityPresetNamed(name: string): SeverityPreset {
  if (isSeverityPreset(name)) return name;
  const known: readonly SeverityPreset[] = ["recommended", "strict", "legacy"];
  throw new UserError("unknown-preset", `There is no preset "${name}"${didYouMean(name, known)}`, `Presets that set severities: ${known.join(", ")}.`);
}

function placed(folder: string, chain: readonly ChainStep[]): PlacedStep[] {
  return chain.map((step) => ({ step, folder }));
}

function saysExtends(step: ChainStep): boolean {
  return !("severities" in step) && step.settings.extends !== undefined;
}

function refuseRootKeys(step: ChainStep): void {
  if ("severities" in step) return;
  const key = rootOnlyKeys.find((one) => step.settings[one] !== undefined);
  if (key !== undefined) throw step.mistake([key], `\`${key}\` counts for the whole project: move it to the settings of the root, or say "root": true here`);
}

function commandLine(rules: NonNullable<LoadOptions["rules"]>, registry: Registry): ChainStep {
  const label = "the command line";
  for (const rule of Object.keys(rules)) {
    if (!registry.rules.has(rule)) throw new UserError("unknown-rule", `There is no rule "${rule}"${didYouMean(rule, registry.rules.keys())}`, "`std-check rules` lists them all.");
  }
  return { label, settings: { rules }, isFile: false, place: () => label, mistake: (_, text) => new UserError("usage", text, "See `std-check --help`.") };
}

function didYouMean(word: string, known: Iterable<string>): string {
  const guess = nearest(word, known);
  return guess === undefined ? "." : `; did you mean "${guess}"?`;
}
