import { isRecord } from "../base/json.js";
import { globsBelow } from "./globs.js";
import type { ChainStep, SettingsSource } from "./sources.js";

/** The sections whose keys are merged one by one. */
const sections = ["routes", "names", "security", "architecture", "done", "stack"] as const;
type Section = (typeof sections)[number];

/** Lists that say one thing as a whole, so that a later one takes the place of an earlier one. */
const replacedLists = new Set(["routes.version", "routes.rateLimitedAtGateway"]);
const globLists = new Set(["routes.routesDir"]);

/** A step of a chain, and the root-relative folder that its globs start from. */
export interface PlacedStep {
  readonly step: ChainStep;
  readonly folder: string;
}

/** A source of a chain and its folder. */
export interface PlacedSource {
  readonly source: SettingsSource;
  readonly folder: string;
}

/** The sources of a chain, without the presets of severities. */
export function sourcesOf(chain: readonly PlacedStep[]): PlacedSource[] {
  return chain.flatMap(({ step, folder }) => ("severities" in step ? [] : [{ source: step, folder }]));
}

/** The merged sections, and where each value came from by its path: `names.auth[0]`, `routes.version`. */
export interface MergedSections {
  readonly values: Readonly<Record<Section, Readonly<Record<string, unknown>>>>;
  readonly places: ReadonlyMap<string, string>;
}

/** Later sources win; lists add up, and so do the entries of records. */
export function mergeSections(chain: readonly PlacedStep[]): MergedSections {
  const values: Record<Section, Record<string, unknown>> = { routes: {}, names: {}, security: {}, architecture: {}, done: {}, stack: {} };
  const places = new Map<string, string>();
  for (const { source, folder } of sourcesOf(chain)) {
    for (const section of sections) {
      for (const [key, value] of Object.entries(source.settings[section] ?? {})) {
        const path = `${section}.${key}`;
        const target = values[section];
        const before = target[key];
        if (isTextList(value) && section !== "stack" && !replacedLists.has(path)) {
          const list = isTextList(before) ? before : [];
          const added = (globLists.has(path) ? globsBelow(folder, value) : value).filter((item) => !list.includes(item));
          target[key] = [...list, ...added];
          added.forEach((_, index) => places.set(`${path}[${list.length + index}]`, source.place(section, key, index)));
        } else if (isRecord(value)) {
          target[key] = { ...(isRecord(before) ? before : {}), ...value };
          for (const name of Object.keys(value)) places.set(`${path}.${name}`, source.place(section, key, name));
        } else {
          target[key] = value;
          places.set(path, source.place(section, key));
        }
      }
    }
  }
  return { values, places };
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
