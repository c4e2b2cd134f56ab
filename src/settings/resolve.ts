import { folderOf, isWithin } from "../base/paths.js";
import type { DetectedPreset } from "./detect.js";
import { type ExceptionSetting, exceptionsOf } from "./exceptions.js";
import { globsBelow, matchFiles } from "./globs.js";
import { chainLayers, type CustomLayer, customLayers, layerGlobs, type LayerGlobs, type LayerSetting } from "./layers.js";
import { mergeSections, type MergedSections, type PlacedStep, sourcesOf } from "./merge.js";
import { printSettings } from "./print.js";
import type { RegisteredRule } from "./registry.js";
import type { Root } from "./root.js";
import { routesSettings } from "./routes.js";
import { chainRules, type RuleSetting, type RuleState } from "./rules.js";

/** What the model is told; the part of its options that comes from settings. */
export interface ModelSettings {
  layerOf(file: string): LayerSetting | undefined;
  readonly customLayers: ReadonlyMap<string, CustomLayer>;
  /** Whether a file lies where a custom layer keeps its ports. */
  isPortFile(file: string): boolean;
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** Globs of the folders of feature modules, relative to the root. */
  readonly features: readonly string[];
  /** `routes` (a RoutesSettings), `security`, `architecture` and `stack`, of the root. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The same, for a file's subtree. */
  settingsFor(file: string): Readonly<Record<string, unknown>>;
}

/** What `std-check done` runs; false for a step that the project does without. */
export interface DoneSettings {
  readonly lint?: string | false;
  readonly format?: string | false;
  readonly types?: string | false;
  readonly test?: string | false;
  /** Seconds for each command. */
  readonly timeout: number;
}

/** The settings of a root, put together. Answers are computed once and kept. */
export interface ResolvedSettings {
  readonly root: Root;
  /** Root-relative folders with settings, the root's being the empty string; empty without settings. */
  readonly settingsFolders: readonly string[];
  /** The presets that the dependencies called for; only where no settings of the root say `extends`. */
  readonly detected: readonly DetectedPreset[];
  /** The rules that are on for a file, by name. Files with equal settings get the same map. */
  rulesFor(file: string): ReadonlyMap<string, RuleSetting>;
  /** All rules for a file, on or off, and where that was said. */
  ruleStates(file: string): ReadonlyMap<string, RuleState>;
  /** Whether a file belongs to the project: included, not excluded and in no nested root. */
  includes(file: string): boolean;
  readonly model: ModelSettings;
  /** The files that settings give a layer, in the order in which they are asked. */
  readonly layerGlobs: readonly LayerGlobs[];
  readonly exceptions: readonly ExceptionSetting[];
  readonly done: DoneSettings;
  /** Slot → accepted names, or false for a slot that is not used. */
  readonly stack: Readonly<Record<string, readonly string[] | false>>;
  /** The globs that settings files of the project state, so that one that matches nothing can be told. */
  readonly globs: readonly GlobSetting[];
  /** Changes whenever a settings file, a detected preset or the command line says something else. */
  readonly digest: string;
  /** The files, absolute, that the settings were read from. */
  readonly files: readonly string[];
  /** The settings in force for a file, or for the root, as JSON with comments that tell where each value came from. */
  print(file?: string): string;
}

/** Globs of a settings file. */
export interface GlobSetting {
  /** What they are for: `layers.api`, `overrides[0]`, `exceptions[2]`, `exclude`. */
  readonly key: string;
  /** Where they are: `std-check.config.json:4`. */
  readonly place: string;
  /** Relative to the root. */
  readonly globs: readonly string[];
}

/** What the settings are put together from. */
export interface SettingsParts {
  readonly root: Root;
  readonly rules: readonly RegisteredRule[];
  /** Folder → its chain, inherited steps included. The root's is the empty string. */
  readonly chains: ReadonlyMap<string, readonly PlacedStep[]>;
  readonly settingsFolders: readonly string[];
  readonly nestedRoots: readonly string[];
  readonly detected: readonly DetectedPreset[];
  readonly digest: string;
  /** The files, absolute, that the settings were read from. */
  readonly files: readonly string[];
}

/** One folder's chain, worked out. */
interface Subtree {
  readonly chain: readonly PlacedStep[];
  readonly merged: MergedSections;
  readonly model: Readonly<Record<string, unknown>>;
  layerOf(file: string): LayerSetting | undefined;
  stateFor(file: string): ReadonlyMap<string, RuleState>;
}

/** Puts settings together. Throws a UserError for what contradicts itself across files. */
export function resolveSettings(parts: SettingsParts): ResolvedSettings {
  const subtrees = new Map([...parts.chains].map(([folder, chain]) => [folder, makeSubtree(chain, parts.rules)]));
  const top = subtreeOf(subtrees, "");
  const chains = [...parts.chains.values()];
  const all = chains.flatMap((chain) => [...chain]);
  const activeRules = new Map<ReadonlyMap<string, RuleState>, ReadonlyMap<string, RuleSetting>>();
  const interned = new Map<string, ReadonlyMap<string, RuleSetting>>();
  const ruleStates = (file: string) => subtreeOf(subtrees, file).stateFor(file);

  function rulesFor(file: string): ReadonlyMap<string, RuleSetting> {
    const states = ruleStates(file);
    const known = activeRules.get(states);
    if (known !== undefined) return known;
    const active = new Map([...states].flatMap(([rule, { severity, options, per }]): [string, RuleSetting][] => (severity === "off" ? [] : [[rule, { severity, options, per }]])));
    const key = JSON.stringify([...active]);
    const shared = interned.get(key) ?? active;
    interned.set(key, shared);
    activeRules.set(states, shared);
    return shared;
  }

  const custom = customLayers(chains);
  // The sections were validated by the schema file by file, and merging keeps the type of each value.
  const done = { timeout: 600, ...top.merged.values.done } as DoneSettings;
  const stack = top.merged.values.stack as ResolvedSettings["stack"];
  const names = mergeSections(all).values.names as ModelSettings["names"];
  return {
    root: parts.root,
    settingsFolders: parts.settingsFolders,
    detected: parts.detected,
    rulesFor,
    ruleStates,
    includes: includedFiles(all, parts.nestedRoots),
    model: {
      layerOf: (file) => subtreeOf(subtrees, file).layerOf(file),
      customLayers: custom,
      isPortFile: matchFiles([...custom.values()].flatMap(({ ports }) => ports ?? [])),
      names,
      features: [...new Set(sourcesOf(all).flatMap(({ source, folder }) => globsBelow(folder, source.settings.features ?? [])))],
      settings: top.model,
      settingsFor: (file) => subtreeOf(subtrees, file).model,
    },
    layerGlobs: layerGlobs(chains),
    exceptions: exceptionsOf(chains),
    done,
    stack,
    globs: statedGlobs(all),
    digest: parts.digest,
    files: parts.files,
    print: (file) => {
      const { chain, merged } = subtreeOf(subtrees, file ?? "");
      return printSettings({ root: parts.root, detected: parts.detected, folders: parts.settingsFolders, file, chain, merged, rules: ruleStates(file ?? "") });
    },
  };
}

function makeSubtree(chain: readonly PlacedStep[], rules: readonly RegisteredRule[]): Subtree {
  const merged = mergeSections(chain);
  return {
    chain,
    merged,
    model: { routes: routesSettings(merged), security: { tenantKeys: [], ...merged.values.security }, architecture: merged.values.architecture, stack: merged.values.stack },
    layerOf: chainLayers(chain),
    stateFor: chainRules(chain, rules).stateFor,
  };
}

/** The subtree of the nearest folder with settings; the root's always exists. */
function subtreeOf(subtrees: ReadonlyMap<string, Subtree>, file: string): Subtree {
  for (let folder = file; ; folder = folderOf(folder)) {
    const subtree = subtrees.get(folder);
    if (subtree !== undefined) return subtree;
    if (folder === "") throw new Error("The root has no settings.");
  }
}

function includedFiles(chain: readonly PlacedStep[], nestedRoots: readonly string[]): (file: string) => boolean {
  const sources = sourcesOf(chain);
  const include = sources.findLast(({ source }) => source.settings.include !== undefined)?.source.settings.include;
  const isIncluded = include === undefined ? () => true : matchFiles(include);
  const isExcluded = matchFiles(sources.flatMap(({ source, folder }) => globsBelow(folder, source.settings.exclude ?? [])));
  return (file) => isIncluded(file) && !isExcluded(file) && !nestedRoots.some((nested) => isWithin(nested, file));
}

function statedGlobs(chain: readonly PlacedStep[]): GlobSetting[] {
  const sources = new Map(sourcesOf(chain).map((placed) => [placed.source, placed]));
  return [...sources.values()].flatMap(({ source, folder }) => {
    if (!source.isFile) return [];
    const { layers, overrides, exceptions, exclude, features } = source.settings;
    const stated = (globs: readonly string[] | undefined, ...path: readonly (string | number)[]): GlobSetting[] => {
      const key = path.map((part) => (typeof part === "number" ? `[${part}]` : part)).join(".").replaceAll(".[", "[");
      return globs === undefined ? [] : [{ key, place: source.place(...path), globs: globsBelow(folder, globs) }];
    };
    return [
      ...Object.entries(layers ?? {}).flatMap(([name, layer]) => stated(Array.isArray(layer) ? layer : layer?.files, "layers", name)),
      ...(overrides ?? []).flatMap(({ files }, index) => stated(files, "overrides", index)),
      ...(exceptions ?? []).flatMap(({ files }, index) => stated(files, "exceptions", index)),
      ...stated(exclude, "exclude"),
      ...stated(features, "features"),
    ];
  });
}
