import type { RuleFinding } from "../../base/finding.js";
import { errorMessage } from "../../base/errors.js";
import { baseName } from "../../base/paths.js";
import { lineStarts, rangeOf } from "../../base/position.js";
import { mayReport } from "../../kit/eslint-rule.js";
import { roleOf } from "../../kit/roles.js";
import type { ResolvedSettings } from "../../settings/resolve.js";
import type { Project } from "../project.js";
import { rulesByName } from "../registry.js";
import { EngineFailure, type FileBatch, type FileResult } from "./types.js";

/** What the file checks found, and by which program. */
export interface FileChecks {
  readonly findings: readonly { readonly rule: string; readonly found: RuleFinding }[];
  readonly crashes: readonly { readonly rule: string; readonly message: string; readonly file: string }[];
  readonly engine: "oxlint" | "eslint" | "none";
}

/** The program that runs file checks; `auto` is oxlint, and ESLint where oxlint cannot. */
export type EngineChoice = "auto" | "oxlint" | "eslint";

/** Runs the file checks that are on. Throws an EngineFailure if the program that was chosen cannot, or no program can. */
export async function runFileChecks(project: Project, settings: ResolvedSettings, files: readonly string[], choice: EngineChoice = "auto"): Promise<FileChecks> {
  // oxlint reads the disk: texts that are not what lies there are ESLint's, and so are files that it passes over.
  const forEslint = (file: string): boolean => project.overridden.has(file) || isPassedOver(file);
  const onDisk = batchesOf(project, settings, files.filter((file) => !forEslint(file)));
  const elsewhere = batchesOf(project, settings, files.filter(forEslint));
  const runs = [...onDisk.map((batch) => [batch, choice] as const), ...elsewhere.map((batch) => [batch, "eslint"] as const)];
  if (runs.length === 0) return { findings: [], crashes: [], engine: "none" };
  const results: FileResult[] = [];
  let engine: "oxlint" | "eslint" = "oxlint";
  for (const [batch, program] of runs) {
    const ran = await runBatch(project.model.root, batch, program);
    results.push(...ran.results);
    if (ran.engine === "eslint") engine = "eslint";
  }
  return { findings: results.flatMap((result) => toFinding(project, result)), crashes: results.flatMap((result) => (result.kind === "crash" ? [result] : [])), engine };
}

/** oxlint takes `…-min.test.ts` and its like for minified and does not look at them, even if they are named to it (its `walk.rs`, 1.x). */
const isPassedOver = (file: string): boolean => /[-._]min\./.test(baseName(file));

async function runBatch(root: string, batch: FileBatch, choice: EngineChoice): Promise<{ readonly results: readonly FileResult[]; readonly engine: "oxlint" | "eslint" }> {
  if (choice === "eslint") return { results: await inEslint(root, batch), engine: "eslint" };
  try {
    const { runOxlint } = await import("./oxlint.js");
    return { results: await runOxlint(root, batch), engine: "oxlint" };
  } catch (first) {
    if (!(first instanceof EngineFailure) || choice === "oxlint") throw first;
    try {
      return { results: await inEslint(root, batch), engine: "eslint" };
    } catch (second) {
      throw new EngineFailure(`The file rules cannot run, so nothing can be said about ${batch.files.size} files. oxlint: ${errorMessage(first)} ESLint: ${errorMessage(second)}`);
    }
  }
}

async function inEslint(root: string, batch: FileBatch): Promise<readonly FileResult[]> {
  const { runEslint } = await import("./eslint.js");
  return runEslint(root, batch);
}

/** Groups files by the rules that can have something to say about them. */
function batchesOf(project: Project, settings: ResolvedSettings, files: readonly string[]): readonly FileBatch[] {
  const batches = new Map<string, { files: Map<string, string>; rules: Map<string, Readonly<Record<string, unknown>>> }>();
  for (const file of files) {
    const text = project.texts.get(file) ?? "";
    const rules = new Map<string, Readonly<Record<string, unknown>>>();
    let wanted = false;
    for (const [name, setting] of settings.rulesFor(file)) {
      const check = rulesByName.get(name)?.file;
      if (!check) continue;
      rules.set(name, setting.options);
      wanted ||= check.roles.includes(roleOf(file)) && mayReport(check, text);
    }
    if (!wanted) continue;
    const key = JSON.stringify([...rules]);
    const known = batches.get(key);
    if (known) known.files.set(file, text);
    else batches.set(key, { files: new Map([[file, text]]), rules });
  }
  return [...batches.values()];
}

function toFinding(project: Project, result: FileResult): { rule: string; found: RuleFinding }[] {
  if (result.kind !== "finding") return [];
  const { file, rule, recorded } = result;
  const starts = project.model.has(file) ? project.model.facts(file).lineStarts : lineStarts(project.texts.get(file) ?? "");
  const cause = rulesByName.get(rule)?.file?.causeOf?.(recorded.data, (project.texts.get(file) ?? "").slice(...recorded.span));
  const suggestions = recorded.suggestions?.map((suggestion) => ({ message: suggestion.messageId, edits: suggestion.edits }));
  return [{ rule, found: { file, range: rangeOf(starts, recorded.span), messageId: recorded.messageId, data: recorded.data, ...(cause !== undefined && { cause }), ...(recorded.fix && { fix: recorded.fix }), ...(suggestions && { suggestions }) } }];
}
