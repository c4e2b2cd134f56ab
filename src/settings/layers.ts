import { nearest } from "../base/nearest.js";
import { type FileMatcher, globsBelow, matchFiles } from "./globs.js";
import { type PlacedStep, sourcesOf } from "./merge.js";
import { layerNames } from "./schema.js";

export type KnownLayer = (typeof layerNames)[number];

/** The layer that settings give a file. */
export interface LayerSetting {
  readonly layer: KnownLayer;
  /** The custom layer, if it is one. */
  readonly custom?: string;
  /** What decided, for people: `layers.api in std-check.config.json:4`. */
  readonly setting: string;
}

/** A custom layer as the settings declare it. */
export interface CustomLayer {
  readonly as: KnownLayer;
  readonly mayImport?: readonly string[];
  /** Globs relative to the root. */
  readonly ports?: readonly string[];
}

/** The files that settings give a layer, as they state them. */
export interface LayerGlobs {
  readonly layer: KnownLayer;
  /** The custom layer, if it is one. */
  readonly custom?: string;
  /** Relative to the root. */
  readonly globs: readonly string[];
}

/** The layers that settings give files, in the order in which they are asked: nearer settings first. */
export function layerGlobs(chains: readonly (readonly PlacedStep[])[]): readonly LayerGlobs[] {
  const sources = [...new Map(chains.flatMap(sourcesOf).map((placed) => [placed.source, placed])).values()];
  // Deeper folders lie nearer to their files; within one folder the later source overrules.
  const asked = sources.reverse().sort((left, right) => right.folder.length - left.folder.length);
  return asked.flatMap(({ source, folder }) =>
    Object.entries(source.settings.layers ?? {}).flatMap(([name, layer]): LayerGlobs[] => {
      const globs = Array.isArray(layer) ? layer : layer?.files;
      if (globs === undefined) return [];
      if (isKnownLayer(name)) return [{ layer: name, globs: globsBelow(folder, globs) }];
      return layer === undefined || Array.isArray(layer) ? [] : [{ layer: layer.as, custom: name, globs: globsBelow(folder, globs) }];
    }),
  );
}

/** The layer of a file by the settings of one chain; undefined leaves it to the code's evidence. */
export function chainLayers(chain: readonly PlacedStep[]): (file: string) => LayerSetting | undefined {
  const candidates: (LayerSetting & { readonly matches: FileMatcher })[] = [];
  // Nearer settings are asked first, and within one file the layers in the order in which they are written.
  for (const { source, folder } of sourcesOf(chain).reverse()) {
    for (const [name, layer] of Object.entries(source.settings.layers ?? {})) {
      const globs = Array.isArray(layer) ? layer : layer?.files;
      if (globs === undefined) continue;
      const setting = `layers.${name} in ${source.place("layers", name)}`;
      const matches = matchFiles(globsBelow(folder, globs));
      if (isKnownLayer(name)) candidates.push({ layer: name, setting, matches });
      else if (layer !== undefined && !Array.isArray(layer)) candidates.push({ layer: layer.as, custom: name, setting, matches });
    }
  }
  return (file) => {
    const found = candidates.find(({ matches }) => matches(file));
    if (found === undefined) return undefined;
    const { matches: _, ...setting } = found;
    return setting;
  };
}

/**
 * The custom layers of all chains by name. Throws a UserError for a layer that two folders declare differently, and for
 * a name in `mayImport` that is no layer.
 */
export function customLayers(chains: readonly (readonly PlacedStep[])[]): ReadonlyMap<string, CustomLayer> {
  const layers = new Map<string, CustomLayer & { readonly folder: string }>();
  const sources = [...new Map(chains.flatMap(sourcesOf).map((placed) => [placed.source, placed])).values()];
  for (const { source, folder } of sources) {
    for (const [name, declared] of Object.entries(source.settings.layers ?? {})) {
      if (declared === undefined || Array.isArray(declared)) continue;
      const before = layers.get(name);
      const differs = before !== undefined && (before.as !== declared.as || JSON.stringify(before.mayImport) !== JSON.stringify(declared.mayImport));
      if (differs && before.folder !== folder) throw source.mistake(["layers", name], `the layer "${name}" means something else in the settings of ${before.folder === "" ? "the root" : before.folder}; give it another name`);
      const ports = [...(before?.ports ?? []), ...globsBelow(folder, declared.ports ?? [])];
      layers.set(name, { as: declared.as, folder, ...(declared.mayImport && { mayImport: declared.mayImport }), ...(ports.length > 0 && { ports }) });
    }
  }
  const known = [...layerNames, ...layers.keys()];
  for (const { source } of sources) {
    for (const [name, declared] of Object.entries(source.settings.layers ?? {})) {
      if (declared === undefined || Array.isArray(declared)) continue;
      declared.mayImport?.forEach((imported, index) => {
        if (known.includes(imported)) return;
        const guess = nearest(imported, known);
        throw source.mistake(["layers", name, "mayImport", index], `unknown layer "${imported}"${guess === undefined ? `; known: ${known.join(", ")}` : `; did you mean "${guess}"?`}`);
      });
    }
  }
  return new Map([...layers].map(([name, { folder: _, ...layer }]) => [name, layer]));
}

function isKnownLayer(name: string): name is KnownLayer {
  return (layerNames as readonly string[]).includes(name);
}
