import { groupBy } from "../../base/group-by.js";
import { oncePer } from "../../base/once-per.js";
import type { RuleFinding } from "../../base/finding.js";
import type { Span } from "../../base/position.js";
import type { PackageUnit, ProjectModel } from "../../model/project-model.js";
import { settingsOf, type SettingsUse } from "./settings-modules.js";
import { isBackendCode } from "../project/backend-files.js";
import { enclosingPackage } from "../project/started-files.js";
import { plainSettings, uncheckedReads } from "./unchecked-reads.js";

/** That an application puts its environment through no schema. */
export interface SettingsLack {
  readonly unit: PackageUnit;
  readonly file: string;
  readonly span: Span;
  /** It has no settings module, has one that checks nothing, or never asks convict to check. */
  readonly form: "missing" | "unchecked" | "convict";
  /** What is lacked in which way: applications that lack the same mend the same. */
  readonly kind: string;
  readonly keys: readonly string[];
  /** The places of the package that read the environment, one for each file. */
  readonly reads: readonly { readonly file: string; readonly span: Span }[];
}

/** What applications lack, in the order of their packages. */
export const settingsLacks = oncePer((model: ProjectModel): readonly SettingsLack[] =>
  model.packages.flatMap((unit) => {
    const use = settingsOf(model, unit);
    return use.modules.length === 0 && unit.kind === "application" ? (lackOf(model, unit, use) ?? []) : [];
  }),
);

/** At the call that loads settings without a check, else at the first read in a settings file; where there is none, where the application is made, or else at the first read. */
function lackOf(model: ProjectModel, unit: PackageUnit, use: SettingsUse): SettingsLack | undefined {
  const reads = uncheckedReads(model, unit, use);
  if (!reads) return undefined;
  const { own, keys } = reads;
  const firsts = [...new Map([...own].reverse().map(({ file, read }) => [file, { file, span: read.node.span }])).values()].reverse();
  const [registered] = use.unchecked;
  if (registered) return { unit, file: registered.file, span: registered.span, form: registered.library === "convict" ? "convict" : "unchecked", kind: `unchecked ${registered.library}`, keys, reads: firsts };
  const home = plainSettings(model, unit);
  const inSettings = firsts.find(({ file }) => file === home);
  const [first] = firsts;
  const place = inSettings ?? (first && (applicationOf(model, unit) ?? first));
  const form = inSettings ? "unchecked" : "missing";
  return place && { unit, file: place.file, span: place.span, form, kind: form, keys, reads: firsts };
}

/** Where a package makes the application that it serves. */
function applicationOf(model: ProjectModel, unit: PackageUnit): { readonly file: string; readonly span: Span } | undefined {
  return model.routes.applications.find(({ file }) => model.packageOf(file) === unit && isBackendCode(model, file));
}

/** More applications than this that check nothing lack one thing together. */
const fewApplications = 3;

/** The applications that lack a check, together where packages import each other's files by path. */
export const lackingApplications = oncePer((model: ProjectModel): readonly (readonly SettingsLack[])[] => [...groupBy(settingsLacks(model), ({ unit }) => enclosingPackage(model, unit)).values()]);

/** The same, those in one where more than a few of a repository lack it in the same way. */
export const lacksToTell = oncePer((model: ProjectModel): readonly (readonly SettingsLack[])[] =>
  [...groupBy(lackingApplications(model), ([first]) => (first && isEverywhere(model, first) ? first.kind : first?.unit.folder)).values()].map((groups) => groups.flat()),
);

/** Whether so many applications of a repository lack a check in the same way that this is one thing to mend. */
function isEverywhere(model: ProjectModel, { kind }: SettingsLack): boolean {
  return settingsLacks(model).filter((other) => other.kind === kind).length > fewApplications;
}

/** Libraries that only put a file into the environment. */
const loaders = /dotenv|^@next\/env$|^env-cmd$/;

/**
 * The finding of validated-settings that tells what an application lacks, where its code has nothing at all that it could read
 * settings from, or where too many of a repository lack the same: then its reads of the environment all follow from that one lack.
 */
export function toldOfLack(model: ProjectModel, unit: PackageUnit): RuleFinding["toldBy"] {
  const group = lacksToTell(model).find((lacks) => lacks.some((one) => one.unit === unit));
  const lack = group?.find((one) => one.unit === unit);
  const [first] = group ?? [];
  if (!lack || !first || lack.form === "convict" || plainSettings(model, unit) !== undefined) return undefined;
  // A read in one file alone is told where it stands.
  const hasNone = isEverywhere(model, lack) || (lack.reads.length > 1 && settingsOf(model, unit).unchecked.every(({ library }) => loaders.test(library)));
  return hasNone ? { rule: "validated-settings", file: first.file, cause: first.unit.folder } : undefined;
}
