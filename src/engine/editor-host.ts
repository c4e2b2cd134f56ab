import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { type Answers, answers } from "../base/answers.js";
import type { RuleFinding } from "../base/finding.js";
import { UserError } from "../base/errors.js";
import { Revisions } from "../base/revisions.js";
import type { Span } from "../base/position.js";
import { relativeTo } from "../base/paths.js";
import type { Place, Rule } from "../kit/rule.js";
import type { ProjectModel } from "../model/project-model.js";
import { isExpired } from "../settings/exceptions.js";
import { loadSettings } from "../settings/load.js";
import type { ResolvedSettings } from "../settings/resolve.js";
import { findRoot } from "../settings/root.js";
import type { Identity } from "./baseline/baseline.js";
import { baselineFileName, readBaseline } from "./baseline/file.js";
import { CauseFilter } from "./cause-filter.js";
import { fingerprintParts } from "./finding-parts.js";
import { fingerprints } from "./fingerprint.js";
import { extractFacts } from "./extraction.js";
import { isReported, openProject, type Project } from "./project.js";
import { listFiles, readSource } from "./project-files.js";
import { registry, rulesByName } from "./registry.js";
import { headDate } from "./run.js";
import { scopeOf } from "./scope.js";
import { Silences } from "./silences.js";

/** How long the files of a project are taken to be as they were, in milliseconds. */
const freshFor = 2_000;

interface Host {
  readonly root: string;
  readonly settings: ResolvedSettings;
  readonly project: Project;
  /** Watches what answers are made from, so that an edit costs what it touches. */
  readonly revisions: Revisions;
  /** What a rule with its options said of a file, which holds over edits of files that it did not look at. */
  readonly said: Answers<string, readonly RuleFinding[]>;
  readonly today: string;
  /** The findings that the baseline lets pass today. */
  readonly passed: ReadonlySet<string>;
  /** When each file was last changed, as the model has it. */
  readonly stamps: Map<string, number>;
  checkedAt: number;
  /** The file that the model has as an editor shows it, and not as it is on disk, with its text. */
  shown: { readonly file: string; readonly text: string } | undefined;
}

const hosts = new Map<string, Host | undefined>();
const rootOfFolder = new Map<string, string | undefined>();

/**
 * The findings of a project check in one file with the text that an editor shows. Several rules ask one after the other
 * about the same text: the model has it until another is shown. Empty for files outside any project, or that the project does not report.
 */
export function askProject(rule: Rule, absolute: string, text: string, options: object, per: "cause" | "site"): readonly RuleFinding[] {
  const host = hostOf(absolute);
  if (!host || !rule.project) return [];
  // Where a host has loaded the plugin by other means than the engine, its rules keep answers that this model does not know of.
  const own = rulesByName.get(rule.name) ?? rule;
  const file = relativeTo(host.root, absolute);
  if (!host.project.model.has(file) || !isReported(host.project, file)) return [];
  return host.revisions.watch(() => findingsIn(host, own, file, text, options, per));
}

function findingsIn(host: Host, rule: Rule, file: string, text: string, options: object, per: "cause" | "site"): readonly RuleFinding[] {
  const model = modelWith(host, file, text);
  if (!rule.project || model.facts(file).syntaxError) return [];
  const findings = host.said.of(`${rule.name} ${per} ${file} ${JSON.stringify(options)}`, () => toldIn(host, model, rule, file, options, per));
  const passed = arePassed(host, model, text, rule.name, findings);
  return findings.filter((_, index) => passed[index] !== true);
}

function toldIn(host: Host, model: ProjectModel, rule: Rule, file: string, options: object, per: "cause" | "site"): readonly RuleFinding[] {
  if (!rule.project) return [];
  const filter = new CauseFilter();
  const silences = new Silences(model, host.settings, host.today);
  const counts = ({ file: other, range }: Place): boolean => host.settings.rulesFor(other).has(rule.name) && silences.of(rule.name, other, range.start) === undefined;
  const all = [...rule.project.check(model, scopeOf([file], false, counts), options)].filter((finding) => finding.file === file);
  all.sort((left, right) => left.range.start.line - right.range.start.line || left.range.start.column - right.range.start.column);
  return all.filter((finding) => {
    // The comments of the file itself are for the host to read.
    if (silences.exception(rule.name, file, finding.range.start)) return false;
    const isTold = finding.toldBy !== undefined && host.settings.rulesFor(finding.toldBy.file).has(finding.toldBy.rule);
    return per === "site" || (!isTold && filter.isFirst(rule.name, finding));
  });
}

/** Which findings of a file check the baseline lets pass, given in source order with the text that an editor shows. */
export function passedByBaseline(rule: string, absolute: string, text: string, found: readonly { readonly span: Span; readonly messageId: string }[]): readonly boolean[] {
  const root = rootOf(absolute);
  // Without a baseline there is no need to read the project.
  const host = root !== undefined && existsSync(path.join(root, baselineFileName)) ? hostOf(absolute) : undefined;
  const file = host && relativeTo(host.root, absolute);
  if (!host || file === undefined || !host.project.model.has(file)) return found.map(() => false);
  return host.revisions.watch(() => {
    const model = modelWith(host, file, text);
    return arePassed(host, model, text, rule, found.map(({ span, messageId }) => ({ file, range: model.range(file, span), messageId })));
  });
}

function arePassed(host: Host, model: ProjectModel, text: string, rule: string, found: readonly Pick<RuleFinding, "file" | "range" | "messageId">[]): readonly boolean[] {
  const [first] = found;
  if (!first || host.passed.size === 0) return found.map(() => false);
  const shown = { model, texts: new Map([[first.file, plainText(text)]]) };
  return fingerprints(found.map((finding) => fingerprintParts(shown, rule, finding))).map((fingerprint) => host.passed.has(entryKey({ rule, file: first.file, fingerprint })));
}

function entryKey({ rule, file, fingerprint }: Identity): string {
  return `${rule}\0${file}\0${fingerprint}`;
}

function plainText(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function modelWith(host: Host, file: string, text: string): ProjectModel {
  const { model, texts } = host.project;
  const plain = plainText(text);
  const { shown } = host;
  if (shown && shown.file !== file) {
    host.shown = undefined;
    model.edit(shown.file, extractFacts(shown.file, texts.get(shown.file) ?? ""));
  }
  const before = shown?.file === file ? shown.text : texts.get(file);
  if (before !== plain) {
    model.edit(file, extractFacts(file, plain));
    host.shown = { file, text: plain };
  }
  return model;
}

function rootOf(absolute: string): string | undefined {
  const folder = path.dirname(absolute);
  if (!rootOfFolder.has(folder)) rootOfFolder.set(folder, rootFor(folder));
  return rootOfFolder.get(folder);
}

function hostOf(absolute: string): Host | undefined {
  const root = rootOf(absolute);
  if (root === undefined) return undefined;
  const known = hosts.get(root);
  if (known && isFresh(known)) return known;
  const made = makeHost(root);
  hosts.set(root, made);
  return made;
}

function rootFor(folder: string): string | undefined {
  try {
    return findRoot(folder).folder;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function makeHost(root: string): Host {
  const files = listFiles(root);
  const settings = loadSettings({ root: findRoot(root), registry, files });
  const revisions = new Revisions();
  const project = revisions.watch(() => openProject({ root, settings, files }));
  const stamps = new Map([...project.texts.keys(), baselineFileName].map((file) => [file, stampOf(root, file)]));
  const today = headDate(root);
  const entries = readBaseline(path.join(root, baselineFileName))?.entries ?? [];
  const passed = new Set(entries.filter((entry) => !isExpired(entry, today)).map(entryKey));
  return { root, settings, project, revisions, said: revisions.watch(() => answers()), today, passed, stamps, checkedAt: Date.now(), shown: undefined };
}

/**
 * Whether a host has the project as it is on disk, which is asked at most every two seconds; code that was saved is read again.
 * A file that came, went or became generated, and another baseline, make another project.
 */
function isFresh(host: Host): boolean {
  const now = Date.now();
  if (now - host.checkedAt < freshFor) return true;
  host.checkedAt = now;
  for (const [file, stamp] of host.stamps) {
    const saved = stampOf(host.root, file);
    if (saved !== stamp && !hasReadAgain(host, file, saved)) return false;
  }
  return true;
}

function hasReadAgain(host: Host, file: string, stamp: number): boolean {
  const { model, texts } = host.project;
  const read = texts.has(file) ? readSource(host.root, file) : undefined;
  if (!read || !("text" in read)) return false;
  const facts = extractFacts(file, read.text);
  if ((facts.generated === true) !== (model.facts(file).generated === true)) return false;
  host.stamps.set(file, stamp);
  texts.set(file, read.text);
  if (host.shown?.file === file) host.shown = undefined;
  model.edit(file, facts);
  return true;
}

function stampOf(root: string, file: string): number {
  return statSync(path.join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
