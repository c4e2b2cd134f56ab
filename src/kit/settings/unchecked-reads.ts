import { compareText } from "../../base/finding.js";
import { oncePerPart } from "../../base/once-per.js";
import type { PackageUnit, ProjectModel } from "../../model/project-model.js";
import { isCheckedByHand } from "./checked-reads.js";
import type { EnvironmentRead } from "../project/environment.js";
import { serviceReads } from "./service-reads.js";
import { type SettingsUse, settingsOf } from "./settings-modules.js";
import { demandsItsKeys } from "./presence-checks.js";
import { isSettingsFile } from "./stray-environment-reads.js";
import { startedFiles } from "../project/started-files.js";
import { listenKeys, systemKeys } from "./system-keys.js";

/** A read of the environment, with its file. */
interface PlacedRead {
  readonly file: string;
  readonly read: EnvironmentRead;
}

/** An application that reads so many keys by itself has not put them through the function that it hands its environment. */
const severalKeys = 4;
/** Libraries that read settings from files of their own: what they make of the environment is not seen. */
const settingsFiles = ["nconf", "config", "rc"];
/** A file of settings with fewer than one in so many of the keys that its application reads has those of a part: `destinations/mail/config.ts`. */
const ofParts = 10;

/**
 * The reads of a package's own files that no schema has seen, and the keys of all that it starts; undefined where it reads
 * nothing that has to be checked, or something that cannot be seen, or another package or its own code, checks it.
 */
export function uncheckedReads(model: ProjectModel, unit: PackageUnit, use: SettingsUse): { readonly own: readonly PlacedRead[]; readonly keys: readonly string[] } | undefined {
  const reads = [...startedFiles(model, unit)].flatMap((file) => readsToCheck(model, file)).sort((left, right) => compareText(left.file, right.file) || left.read.node.span[0] - right.read.node.span[0]);
  const own = reads.filter(({ file }) => use.reads.has(file));
  // What a library loads without a check lacks one, whatever is read beside it.
  if (use.unchecked.length === 0 && (own.length === 0 || reads.every(({ read }) => read.keys?.every((key) => listenKeys.test(key)) === true) || usesSettingsFiles(model, unit))) return undefined;
  const keys = keysOf(reads);
  if (sharesSettings(model, unit) || own.some(({ file, read }) => isCheckedByHand(model, file, read, keys.length < severalKeys)) || demandMost(model, own, keys)) return undefined;
  return { own, keys: [...new Set([...keys, ...asked(model, unit, use)])] };
}

/** The keys that Nest's service of settings is asked for, where nothing checks what it has loaded. */
function asked(model: ProjectModel, unit: PackageUnit, { unchecked }: SettingsUse): readonly string[] {
  return unchecked.some(({ library }) => library === "@nestjs/config") ? serviceReads(model, unit).flatMap(({ key }) => (systemKeys.test(key) ? [] : [key])) : [];
}

function keysOf(reads: readonly PlacedRead[]): readonly string[] {
  return [...new Set(reads.flatMap(({ read }) => read.keys ?? []))];
}

/** Whether the files that stop the start where a key of theirs is missing are what checks the settings: together they read at least half of what the application does. Settings of one service that ask for its two keys check themselves. */
function demandMost(model: ProjectModel, own: readonly PlacedRead[], keys: readonly string[]): boolean {
  const demanding = own.filter(({ file }) => demandsItsKeys(model, file));
  return demanding.length > 0 && (demanding.some(({ read }) => read.keys === undefined) || 2 * keysOf(demanding).length >= keys.length);
}

/** The reads of a file that a schema should have seen first. */
function readsToCheck(model: ProjectModel, file: string): readonly PlacedRead[] {
  const reads = settingsOf(model, model.packageOf(file)).reads.get(file) ?? [];
  return reads.filter((read) => !isCopied(model, file, read) && (read.keys === undefined || read.keys.some((key) => !systemKeys.test(key)))).map((read) => ({ file, read }));
}

/** `{ ...process.env, CI: "1" }`: the environment of a child process. */
function isCopied(model: ProjectModel, file: string, { node, whole }: EnvironmentRead): boolean {
  const parent = whole ? model.values.index(file).parentOf(node) : undefined;
  return parent !== undefined && "kind" in parent && (parent.kind === "spread" || parent.kind === "object");
}

/** Whether a package of the workspace that this one depends on, or imports from though it does not say so, checks settings for it. */
function sharesSettings(model: ProjectModel, unit: PackageUnit): boolean {
  const imported = new Set(model.filesOf(unit).flatMap((file) => model.edgesFrom(file)).flatMap(({ kind, target }) => (kind === "runtime" && target.kind === "file" ? [model.packageOf(target.file)] : [])));
  return model.packages.some((other) => other !== unit && ((other.name !== undefined && unit.dependencies.has(other.name)) || (other.kind === "library" && imported.has(other))) && settingsOf(model, other).modules.length > 0);
}

function usesSettingsFiles(model: ProjectModel, unit: PackageUnit): boolean {
  return settingsLibrary(model, unit) !== undefined;
}

/** The library of a package that reads its settings from files. */
function settingsLibrary(model: ProjectModel, unit: PackageUnit): string | undefined {
  return settingsFiles.find((name) => unit.dependencies.has(name)) ?? model.filesOf(unit).flatMap((file) => model.edgesFrom(file)).flatMap(({ target }) => (target.kind === "package" && settingsFiles.includes(target.package) ? [target.package] : []))[0];
}

/** What an application calls its settings though no schema sees them: the first file of the settings that reads more than a part's share of its environment, or the library that reads files. */
export const plainSettings = oncePerPart((model: ProjectModel, unit: PackageUnit): string | undefined => {
  const read = [...settingsOf(model, unit).reads].map(([file, reads]) => ({ file, keys: keysRead(reads) }));
  const all = new Set(read.flatMap(({ keys }) => [...keys])).size;
  return read.find(({ file, keys }) => keys.size > 0 && isSettingsFile(model, file) && (keys.has(anyKey) || keys.size * ofParts >= all))?.file ?? settingsLibrary(model, unit);
});

/** Stands for the keys of a read whose keys are not known. */
const anyKey = "*";

/** The keys that some reads ask for; which environment it is says nothing of settings. */
function keysRead(reads: readonly EnvironmentRead[]): ReadonlySet<string> {
  return new Set(reads.flatMap(({ keys }) => keys?.filter((key) => !systemKeys.test(key)) ?? [anyKey]));
}

/** The file in which a package registers settings that nothing checks, as the module of Nest's is. */
export function registeredSettings(model: ProjectModel, unit: PackageUnit): string | undefined {
  return settingsOf(model, unit).unchecked.find(({ library }) => library === "@nestjs/config")?.file;
}
