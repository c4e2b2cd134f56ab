import { readFileSync } from "node:fs";
import path from "node:path";
import { errorMessage, UserError } from "../base/errors.js";
import { relativeTo } from "../base/paths.js";
import { assertShrinks, type Baseline, baselineStatus, createBaseline, emptyBaseline, pruneBaseline } from "../engine/baseline/baseline.js";
import { baselineFileName, readBaseline, writeBaseline } from "../engine/baseline/file.js";
import { baselineRun } from "../engine/baseline/run.js";
import { importSuppressions } from "../engine/baseline/suppressions.js";
import { run } from "../engine/run.js";
import { startFolder } from "./start-folder.js";

/** What `std-check baseline` can do. */
export type BaselineAction = "create" | "prune" | "status";

/** `std-check baseline create|prune|status [paths...]`: lets today's findings pass, forgets mended ones, or tells where it stands. */
export async function baselineCommand(action: BaselineAction, paths: readonly string[], options: Readonly<Record<string, unknown>>): Promise<void> {
  const cwd = startFolder(options);
  const { result, today, ...opened } = await run({ cwd, paths, cache: options["cache"] !== false, ...(typeof options["date"] === "string" && { date: options["date"] }) });
  const { root } = opened;
  const file = path.join(root, baselineFileName);
  const previous = readBaseline(file);
  const looked = baselineRun(opened, result, baselineFileName, today);
  const show = (text: string) => process.stdout.write(`${text}\n`);
  const write = (baseline: Baseline, text: string) => {
    if (options["ci"] === true) assertShrinks(previous ?? emptyBaseline, baseline);
    writeBaseline(file, baseline);
    show(`${relativeTo(cwd, file)}: ${text}`);
  };
  if (action === "create") {
    const from = typeof options["from"] === "string" ? path.resolve(cwd, options["from"]) : undefined;
    const accepted = from === undefined ? result.findings : suppressedByEslint(from, root, result.findings, show);
    const baseline = createBaseline(accepted, previous ?? emptyBaseline, looked);
    write(baseline, `${countOf(baseline.entries.length)}, ${Math.max(0, baseline.entries.length - (previous?.entries.length ?? 0))} of them new.`);
    return;
  }
  if (previous === undefined) throw new UserError("no-baseline", `There is no ${baselineFileName} in ${root}.`, "`std-check baseline create` makes one.");
  if (action === "prune") {
    const pruned = pruneBaseline(result.findings, previous, looked);
    write(pruned, `${countOf(pruned.entries.length)} left, ${previous.entries.length - pruned.entries.length} gone.`);
    return;
  }
  const status = baselineStatus(result.findings, previous, looked);
  show(`${countOf(status.entries)}; ${status.passed} let a finding pass, ${status.stale.length} are stale, ${status.expired.length} have expired; ${status.reported} findings are reported.`);
  for (const { rule, entries, stale } of status.byRule) show(`  ${String(entries).padStart(5)}  ${rule}${stale > 0 ? ` (${stale} stale)` : ""}`);
  for (const { rule, file: where, expires } of status.expiring) show(`  until ${expires ?? ""}  ${rule} in ${where}`);
  if (status.stale.length > 0) show("`std-check baseline prune` forgets the stale ones.");
}

function countOf(entries: number): string {
  return entries === 1 ? "one entry" : `${entries} entries`;
}

/** The findings that ESLint's suppressions let pass. */
function suppressedByEslint(file: string, root: string, findings: Parameters<typeof importSuppressions>[1], show: (text: string) => void): typeof findings {
  const folder = relativeTo(root, path.dirname(file));
  const imported = importSuppressions(readText(file), findings, folder === "." ? "" : folder);
  for (const { file: where, rule, reason } of imported.skipped) show(`not taken over: ${rule} in ${where} (${reason})`);
  if (imported.foreign > 0) show(`not taken over: ${imported.foreign} of other plugins`);
  const accepted = new Set(imported.entries.map(({ fingerprint }) => fingerprint));
  return findings.filter(({ fingerprint }) => accepted.has(fingerprint));
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError("unreadable-suppressions", `${file} cannot be read: ${errorMessage(error)}.`, "Give the path of ESLint's eslint-suppressions.json.");
  }
}
