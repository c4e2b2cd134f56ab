import type { DetectedPreset } from "./detect.js";
import { globsBelow } from "./globs.js";
import { type MergedSections, type PlacedStep, sourcesOf } from "./merge.js";
import type { Root } from "./root.js";
import type { RuleState } from "./rules.js";
import { settingsFileName } from "./root.js";

/** What is printed: one chain of settings with its origins. */
export interface PrintedSettings {
  readonly root: Root;
  readonly detected: readonly DetectedPreset[];
  readonly folders: readonly string[];
  /** The file that the settings are for; undefined for the root. */
  readonly file: string | undefined;
  readonly chain: readonly PlacedStep[];
  readonly merged: MergedSections;
  readonly rules: ReadonlyMap<string, RuleState>;
}

const rootReasons: Readonly<Record<Root["reason"], string>> = {
  settings: 'its settings say "root": true',
  workspace: "the workspace root",
  git: "the git top level",
  package: "the folder of package.json",
};

/** Settings as JSON with comments: every value with the preset, or the file and line, that it came from. */
export function printSettings(printed: PrintedSettings): string {
  const { root, detected, folders, file, chain, merged, rules } = printed;
  const sources = sourcesOf(chain);
  const lines: Line[] = [];
  lists(lines, "include", sources.filter(({ source }) => source.settings.include).slice(-1).flatMap(({ source }) => entries(source.settings.include, (index) => source.place("include", index))));
  lists(lines, "exclude", sources.flatMap(({ source, folder }) => entries(globsBelow(folder, source.settings.exclude ?? []), (index) => source.place("exclude", index))));
  layers(lines, chain);
  lists(lines, "features", sources.flatMap(({ source, folder }) => entries(globsBelow(folder, source.settings.features ?? []), (index) => source.place("features", index))));
  for (const [section, values] of Object.entries(merged.values)) {
    if (Object.keys(values).length === 0) continue;
    lines.push({ depth: 1, text: `${JSON.stringify(section)}: {` });
    for (const [key, value] of Object.entries(values)) leaf(lines, 2, key, value, `${section}.${key}`, merged.places);
    lines.push({ depth: 1, text: "}," });
  }
  lines.push({ depth: 1, text: '"rules": {' });
  for (const [rule, { severity, options, said }] of [...rules].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const value = severity === "off" || Object.keys(options).length === 0 ? severity : [severity, options];
    lines.push({ depth: 2, text: `${JSON.stringify(rule)}: ${JSON.stringify(value)},`, origin: said.join(", then ") });
  }
  lines.push({ depth: 1, text: "}," });
  const exceptions = sources.flatMap(({ source, folder }) => (source.settings.exceptions ?? []).map((exception, index) => {
    const shown = exception.files === undefined ? exception : { ...exception, files: globsBelow(folder, exception.files) };
    return { depth: 2, text: `${JSON.stringify(shown)},`, origin: source.place("exceptions", index) };
  }));
  if (exceptions.length > 0) lines.push({ depth: 1, text: '"exceptions": [' }, ...exceptions, { depth: 1, text: "]," });
  const head = [
    `// ${file === undefined ? "Settings of the root" : `Settings for ${file}`}. Root: ${root.folder} (${rootReasons[root.reason]}).`,
    folders.length === 0 ? `// No settings found: no ${settingsFileName} and no "std-check" in package.json.` : `// Settings are in: ${folders.map((folder) => (folder === "" ? "the root" : folder)).join(", ")}.`,
    ...detected.map(({ preset, evidence }) => `// Detected preset ${preset}: ${evidenceText(evidence)}.`),
  ];
  return [...head, "{", ...lines.map(({ depth, text, origin }) => `${"  ".repeat(depth)}${text}${origin === undefined ? "" : ` // ${origin}`}`), "}", ""].join("\n");
}

/** The first few phrases of evidence, and how many more there are. */
export function evidenceText(evidence: readonly string[]): string {
  const shown = evidence.slice(0, 3).join("; ");
  return evidence.length > 3 ? `${shown}; and ${evidence.length - 3} more` : shown;
}

interface Line {
  readonly depth: number;
  readonly text: string;
  /** Where the value came from. */
  readonly origin?: string;
}

interface Entry {
  readonly text: string;
  readonly origin: string;
}

function entries(values: readonly string[] | undefined, place: (index: number) => string): Entry[] {
  return (values ?? []).map((value, index) => ({ text: value, origin: place(index) }));
}

function lists(lines: Line[], key: string, values: readonly Entry[], depth = 1): void {
  if (values.length === 0) return;
  lines.push({ depth, text: `${JSON.stringify(key)}: [` });
  for (const { text, origin } of values) lines.push({ depth: depth + 1, text: `${JSON.stringify(text)},`, origin });
  lines.push({ depth, text: "]," });
}

/** Layers in the order in which they are asked: the nearest settings first. */
function layers(lines: Line[], chain: readonly PlacedStep[]): void {
  const all = sourcesOf(chain).reverse().flatMap(({ source, folder }) =>
    Object.entries(source.settings.layers ?? {}).map(([name, layer]) => ({ name, layer, folder, origin: source.place("layers", name) })));
  if (all.length === 0) return;
  const names = [...new Set(all.map(({ name }) => name))];
  lines.push({ depth: 1, text: '"layers": {' });
  for (const name of names) {
    const same = all.filter((one) => one.name === name);
    const globs = same.flatMap(({ layer, folder, origin }) => entries(globsBelow(folder, Array.isArray(layer) ? layer : (layer?.files ?? [])), () => origin));
    const custom = same.map(({ layer }) => layer).find((layer) => layer !== undefined && !Array.isArray(layer));
    if (custom === undefined || Array.isArray(custom)) {
      lists(lines, name, globs, 2);
      continue;
    }
    lines.push({ depth: 2, text: `${JSON.stringify(name)}: {` }, { depth: 3, text: `"as": ${JSON.stringify(custom.as)},` });
    lists(lines, "files", globs, 3);
    if (custom.mayImport !== undefined) lines.push({ depth: 3, text: `"mayImport": ${JSON.stringify(custom.mayImport)},` });
    if (custom.ports !== undefined) lines.push({ depth: 3, text: `"ports": ${JSON.stringify(custom.ports)},` });
    lines.push({ depth: 2, text: "}," });
  }
  lines.push({ depth: 1, text: "}," });
}

function leaf(lines: Line[], depth: number, key: string, value: unknown, path: string, places: ReadonlyMap<string, string>): void {
  const origin = places.get(path);
  if (origin !== undefined) lines.push({ depth, text: `${JSON.stringify(key)}: ${JSON.stringify(value)},`, origin });
  else if (Array.isArray(value)) lists(lines, key, value.map((item, index) => ({ text: String(item), origin: places.get(`${path}[${index}]`) ?? "" })), depth);
  else {
    lines.push({ depth, text: `${JSON.stringify(key)}: {` });
    for (const [name, inner] of Object.entries(value ?? {})) leaf(lines, depth + 1, name, inner, `${path}.${name}`, places);
    lines.push({ depth, text: "}," });
  }
}
