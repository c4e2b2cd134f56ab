import { readFileSync } from "node:fs";
import path from "node:path";
import { applyEdits } from "../base/edits.js";
import type { Finding, TextEdit } from "../base/finding.js";
import { lineStarts, type Span } from "../base/position.js";
import { maskSpans } from "../base/mask.js";
import { parseEnv } from "../repo/readers/env-file.js";
import type { ResolvedSettings } from "../settings/resolve.js";
import { writeFileAtomically } from "./atomic-file.js";
import { check } from "./check.js";
import { maskedSource } from "./masked-source.js";
import { extractFacts } from "./extraction.js";
import { openProject, type Project } from "./project.js";
import { readSource } from "./project-files.js";
import { headDate, open, type RunOptions } from "./run.js";

/** A file before and after its findings were mended. */
export interface FixedFile {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  /** The two texts with secrets masked, for people. */
  readonly shown: { readonly before: string; readonly after: string };
}

/** A fix may lay bare another one; whoever needs more passes than this goes round in circles. */
const mostPasses = 5;

/**
 * What the fixes of all findings of a run make of the files, at each site and not once for each cause. Nothing is
 * written. A file that would not parse with its fixes keeps its text.
 */
export async function planFixes(options: RunOptions): Promise<{ readonly root: string; readonly files: readonly FixedFile[] }> {
  const opened = open(options);
  const { root } = opened;
  const settings = atEachSite(opened.settings);
  const overrides = new Map(options.overrides);
  const others = new Map<string, string>();
  const masks: { project: Project; findings: readonly Finding[] }[] = [];
  let project = opened.project;
  for (let pass = 1; pass <= mostPasses; pass++) {
    const result = await check({ project, settings, today: options.date ?? headDate(root), openRepo: opened.repo, ...(opened.paths && { paths: opened.paths }) });
    masks.push({ project, findings: [...result.findings, ...result.suppressed.map(({ finding }) => finding)] });
    let changed = false;
    for (const [file, groups] of byFile(result.findings)) {
      const text = project.texts.get(file);
      // What is no code is read from the disk each time, so its fixes are taken once.
      if (text === undefined && pass === 1) {
        const before = readOrNew(root, file);
        if (before !== undefined) others.set(file, applyEdits(before, groups));
      }
      if (text === undefined) continue;
      const fixed = applyEdits(text, groups);
      if (fixed === text || extractFacts(file, fixed).syntaxError) continue;
      overrides.set(file, fixed);
      changed = true;
    }
    if (!changed) break;
    project = openProject({ root, settings: opened.settings, files: opened.project.listed, overrides });
  }
  const [first] = masks;
  const last = { project, findings: masks.at(-1)?.findings ?? [] };
  const files = [...opened.project.texts].flatMap(([file, before]): FixedFile[] => {
    const after = project.texts.get(file) ?? before;
    return after === before ? [] : [{ file, before, after, shown: { before: (first && maskedSource(first.project, first.findings)(file)) ?? "", after: maskedSource(last.project, last.findings)(file) ?? "" } }];
  });
  const beside = [...others].map(([file, after]): FixedFile => {
    const before = readOrNew(root, file) ?? "";
    return { file, before, after, shown: { before: maskValues(before), after: maskValues(after) } };
  });
  return { root, files: [...files, ...beside].sort((left, right) => (left.file < right.file ? -1 : 1)) };
}

/** Writes the files, each as a whole. Gives those that are no longer as they were checked, which are left alone. */
export function writeFixes(root: string, files: readonly FixedFile[]): readonly string[] {
  const stale: string[] = [];
  for (const { file, before, after } of files) {
    const target = path.join(root, file);
    const mark = byteOrderMarkOf(target);
    if (readOrNew(root, file) === before) writeFileAtomically(target, mark + after);
    else stale.push(file);
  }
  return stale;
}

/** The text of a file, empty for one that a fix makes; undefined for one that cannot be read. */
function readOrNew(root: string, file: string): string | undefined {
  const read = readSource(root, file);
  if ("text" in read) return read.text;
  return read.reason === "ENOENT" ? "" : undefined;
}

function byteOrderMarkOf(file: string): string {
  try {
    return readFileSync(file, "utf8").startsWith("\uFEFF") ? "\uFEFF" : "";
  } catch {
    return "";
  }
}

function atEachSite(settings: ResolvedSettings): ResolvedSettings {
  return { ...settings, rulesFor: (file) => new Map([...settings.rulesFor(file)].map(([name, setting]) => [name, { ...setting, per: "site" as const }])) };
}

/** The edits of each file, one group for each finding; a fix that touches several files counts in each. */
function byFile(findings: readonly Finding[]): Map<string, TextEdit[][]> {
  const groups = new Map<string, TextEdit[][]>();
  for (const { file: own, fix } of findings) {
    for (const file of new Set((fix ?? []).map((edit) => edit.file ?? own))) {
      const edits = (fix ?? []).filter((edit) => (edit.file ?? own) === file);
      groups.set(file, [...(groups.get(file) ?? []), edits]);
    }
  }
  return groups;
}

/** The values of an env file masked. */
function maskValues(text: string): string {
  const starts = lineStarts(text);
  const { entries, commented } = parseEnv(text);
  const spans = [...entries, ...commented].map(({ valueRange: { start, end } }): Span => [(starts[start.line - 1] ?? 0) + start.column - 1, (starts[end.line - 1] ?? 0) + end.column - 1]);
  return maskSpans(text, spans);
}
