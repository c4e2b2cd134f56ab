import { existsSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { errorMessage, UserError } from "../base/errors.js";
import { hashText } from "../base/hash.js";
import { property } from "../base/json.js";
import { nearest } from "../base/nearest.js";
import { relativeTo } from "../base/paths.js";
import { type JsonDocument, parseJson } from "./document.js";
import { type Registry, severityPresets, type SeverityPreset } from "./registry.js";
import { manifestKey, settingsFileName } from "./root.js";
import type { SettingsFile } from "./schema.js";
import { mistakesError, type SettingsSchema, validateSettings } from "./validate.js";

/** One settings file, or preset, in the order of precedence. */
export interface SettingsSource {
  /** What a person calls it: `std-check.config.json`, `preset express`. */
  readonly label: string;
  readonly settings: SettingsFile;
  /** A file of the project, not a preset or a file of a package. */
  readonly isFile: boolean;
  /** The label and, in a file, the line of the value at `path`. */
  place(...path: readonly PropertyKey[]): string;
  /** A UserError about the value at `path`. */
  mistake(path: readonly PropertyKey[], text: string): UserError;
}

/** A step of the chain that settings are put together from: a preset of severities or a source; later ones win. */
export type ChainStep = { readonly severities: SeverityPreset; readonly label: string } | SettingsSource;

/** Reads settings files with all they extend. Nothing is executed. */
export interface SourceReader {
  /** The chain of the settings in `folder` (absolute): what they extend first, themselves last. Throws a UserError. */
  readFolder(folder: string): readonly ChainStep[];
  /** The preset of this name as a chain. */
  readPreset(name: string, place: string): readonly ChainStep[];
  /** Changes with every text that was read so far. */
  digest(): string;
  /** The files that were read so far, absolute. */
  files(): readonly string[];
}

/** `boundary` is the folder, without symbolic links, outside which no file is read. */
export function sourceReader(root: string, boundary: string, registry: Registry, schema: SettingsSchema): SourceReader {
  const texts: string[] = [];
  const files: string[] = [];
  const show = (file: string) => relativeTo(root, file);

  function readText(file: string): string {
    try {
      const text = readFileSync(file, "utf8");
      texts.push(show(file), text);
      files.push(file);
      return text;
    } catch (error) {
      throw new UserError("unreadable-settings", `${show(file)} cannot be read: ${errorMessage(error)}.`, "Make it a file that you may read, or remove what extends it.");
    }
  }

  function readFile(file: string, at: readonly string[], opened: readonly string[]): readonly ChainStep[] {
    const real = realPath(file);
    if (!isInside(boundary, real)) throw new UserError("settings-outside", `${show(file)} is a link to ${real}, outside the repository.`, "Copy the settings into the repository or publish them as a package.");
    if (opened.includes(real)) throw new UserError("settings-cycle", `Settings extend themselves: ${[...opened.slice(opened.indexOf(real)), real].map(show).join(" → ")}.`, "Take one of these out of `extends`.");
    const document = parseJson(readText(file));
    const label = at.length === 0 ? show(file) : `${show(file)}#${at.join(".")}`;
    const source = makeSource(label, show(file), document, at, masked(validateSettings(show(file), document, schema, at), registry));
    if (opened.length > 0 && source.settings.root !== undefined) throw source.mistake(["root"], "`root` belongs in the settings of a folder, not in what they extend");
    const extended = (source.settings.extends ?? []).flatMap((specifier, index) => readExtended(specifier, source.place("extends", index), path.dirname(real), [...opened, real]));
    return [...extended, source];
  }

  function readExtended(specifier: string, place: string, folder: string, opened: readonly string[]): readonly ChainStep[] {
    if (isSeverityPreset(specifier)) return [{ severities: specifier, label: `preset ${specifier}` }];
    if (registry.presets.has(specifier)) return readPreset(specifier, place);
    if (/^\.{1,2}\//.test(specifier)) {
      const file = path.resolve(folder, specifier);
      if (existsSync(file)) return readFile(file, [], opened);
      throw new UserError("no-such-settings", `${place} extends ${specifier}, and there is no such file.`, "Relative paths in `extends` start from the folder of the file that says so.");
    }
    const file = findInPackages(specifier, folder, boundary);
    if (file !== undefined) return readFile(file, [], opened);
    const known = [...severityPresets, ...registry.presets.keys()];
    const guess = nearest(specifier, known);
    throw new UserError("unknown-preset", `${place} extends "${specifier}", which is no preset${guess === undefined ? "" : ` (did you mean "${guess}"?)`} and no JSON file of a package in node_modules.`, `Presets: ${known.join(", ")}. A file of this repository begins with "./".`);
  }

  function readPreset(name: string, place: string): readonly ChainStep[] {
    const preset = registry.presets.get(name);
    if (preset === undefined) throw new UserError("unknown-preset", `${place} asks for the preset "${name}", which does not exist.`, `Presets: ${[...registry.presets.keys()].join(", ")}.`);
    const label = `preset ${name}`;
    const document = parseJson(JSON.stringify(preset.settings));
    const settings = validateSettings(label, document, schema);
    const own: SettingsSource = { label, settings, isFile: false, place: () => label, mistake: (at, text) => mistakesError(label, [{ position: document.valuePosition(at), text }]) };
    return [...(settings.extends ?? []).flatMap((inner) => readExtended(inner, label, root, [])), own];
  }

  return {
    readPreset,
    digest: () => hashText(...texts),
    files: () => files,
    readFolder(folder) {
      const file = path.join(folder, settingsFileName);
      const manifest = path.join(folder, "package.json");
      const inManifest = existsSync(manifest) && property(parseJson(readText(manifest)).value, manifestKey) !== undefined;
      if (!existsSync(file)) return inManifest ? readFile(manifest, [manifestKey], []) : [];
      if (!inManifest) return readFile(file, [], []);
      throw new UserError("two-settings", `${show(folder)} has settings both in ${settingsFileName} and in package.json under "${manifestKey}".`, "Keep one of them.");
    },
  };
}

/** Whether `name` is recommended, strict or legacy. */
export function isSeverityPreset(name: string): name is SeverityPreset {
  return (severityPresets as readonly string[]).includes(name);
}

/** Settings whose exceptions quote no secret: what they say is printed. */
function masked(settings: SettingsFile, { mask }: Registry): SettingsFile {
  const exceptions = settings.exceptions?.map((exception) => ({ ...exception, reason: mask(exception.reason), owner: mask(exception.owner), ...(exception.ticket !== undefined && { ticket: mask(exception.ticket) }) }));
  return exceptions ? { ...settings, exceptions } : settings;
}

function makeSource(label: string, file: string, document: JsonDocument, at: readonly string[], settings: SettingsFile): SettingsSource {
  return {
    label,
    settings,
    isFile: !file.split("/").includes("node_modules"),
    place: (...keys) => `${file}:${document.valuePosition([...at, ...keys]).line}`,
    mistake: (keys, text) => mistakesError(file, [{ position: document.valuePosition([...at, ...keys]), text }]),
  };
}

function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/** A JSON file of a package: `@scope/name/file.json`, or the package's settings file for the name alone. Looks up to `boundary`. */
function findInPackages(specifier: string, from: string, boundary: string): string | undefined {
  if (specifier.split("/").includes("..") || path.isAbsolute(specifier)) return undefined;
  const segments = specifier.split("/");
  const isName = segments.length === (specifier.startsWith("@") ? 2 : 1);
  const names = isName ? [path.join(specifier, settingsFileName)] : [specifier, `${specifier}.json`].filter((name) => name.endsWith(".json"));
  for (let folder = from; isInside(boundary, folder); folder = path.dirname(folder)) {
    const found = names.map((name) => path.join(folder, "node_modules", name)).find((file) => existsSync(file));
    if (found !== undefined) return found;
    if (path.dirname(folder) === folder) break;
  }
  return undefined;
}
