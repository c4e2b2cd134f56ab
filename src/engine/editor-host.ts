import { statSync } from "node:fs";
import path from "node:path";
import type { RuleFinding } from "../base/finding.js";
import { UserError } from "../base/errors.js";
import { offsetAt } from "../base/position.js";
import { relativeTo } from "../base/paths.js";
import type { Rule } from "../kit/rule.js";
import type { ProjectModel } from "../model/project-model.js";
import { isExpired } from "../settings/exceptions.js";
import { loadSettings } from "../settings/load.js";
import type { ResolvedSettings } from "../settings/resolve.js";
import { findRoot } from "../settings/root.js";
import { extractFacts } from "./extraction.js";
import { isReported, openProject, type Project } from "./project.js";
import { listFiles } from "./project-files.js";
import { registry } from "./registry.js";
import { headDate } from "./run.js";
import { scopeOf } from "./scope.js";
import { enclosingSymbol } from "./symbols.js";

/** How long the files of a project are taken to be as they were, in milliseconds. */
const freshFor = 2_000;

interface Host {
  readonly root: string;
  readonly settings: ResolvedSettings;
  readonly project: Project;
  readonly today: string;
  readonly stamps: ReadonlyMap<string, number>;
  checkedAt: number;
}

const hosts = new Map<string, Host | undefined>();
const rootOfFolder = new Map<string, string | undefined>();
let current: { readonly host: Host; readonly file: string; readonly text: string; readonly model: ProjectModel } | undefined;

/**
 * The findings of a project check in one file with the text that an editor shows. Several rules ask one after the other
 * about the same text: they share one overlay. Empty for files outside any project, or that the project does not report.
 */
export function askProject(rule: Rule, absolute: string, text: string, options: object, per: "cause" | "site"): readonly RuleFinding[] {
  const host = hostOf(absolute);
  if (!host || !rule.project) return [];
  const file = relativeTo(host.root, absolute);
  if (!host.project.model.has(file) || !isReported(host.project, file)) return [];
  const model = modelWith(host, file, text);
  const facts = model.facts(file);
  if (facts.syntaxError) return [];
  const seen = new Set<string>();
  const findings = [...rule.project.check(model, scopeOf([file], false), options)].filter((finding) => finding.file === file);
  findings.sort((left, right) => left.range.start.line - right.range.start.line || left.range.start.column - right.range.start.column);
  return findings.filter((finding) => {
    const symbol = enclosingSymbol(facts, offsetAt(facts.lineStarts, finding.range.start));
    if (host.settings.exceptions.some((exception) => exception.rule === rule.name && exception.covers(file, symbol) && !isExpired(exception, host.today))) return false;
    if (per === "site" || finding.cause === undefined) return true;
    if (seen.has(finding.cause)) return false;
    seen.add(finding.cause);
    return true;
  });
}

function modelWith(host: Host, file: string, text: string): ProjectModel {
  const plain = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (current?.host === host && current.file === file && current.text === plain) return current.model;
  const model = host.project.texts.get(file) === plain ? host.project.model : host.project.model.overlay(file, extractFacts(file, plain));
  current = { host, file, text: plain, model };
  return model;
}

function hostOf(absolute: string): Host | undefined {
  const folder = path.dirname(absolute);
  if (!rootOfFolder.has(folder)) rootOfFolder.set(folder, rootFor(folder));
  const root = rootOfFolder.get(folder);
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
  const project = openProject({ root, settings, files });
  const stamps = new Map([...project.texts.keys()].map((file) => [file, stampOf(root, file)]));
  return { root, settings, project, today: headDate(root), stamps, checkedAt: Date.now() };
}

/** Whether no file has changed; asked of the disk at most every two seconds. */
function isFresh(host: Host): boolean {
  const now = Date.now();
  if (now - host.checkedAt < freshFor) return true;
  host.checkedAt = now;
  for (const [file, stamp] of host.stamps) if (stampOf(host.root, file) !== stamp) return false;
  return true;
}

function stampOf(root: string, file: string): number {
  return statSync(path.join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
