import { exitCode, UserError } from "../base/errors.js";
import { routeLockFile } from "../engine/route-lock.js";
import type { EngineChoice } from "../engine/file-checks/run.js";
import type { RunOutput } from "../engine/run-cache.js";
import { run } from "../engine/run.js";
import { verdictOf } from "../engine/verdict.js";
import { severityPresetNamed } from "../settings/load.js";
import { buildReport } from "./build-report.js";
import type { CheckOptions } from "./check-command.js";
import { renderReport } from "./render-report.js";
import { ruleOptions } from "./rule-options.js";

/** What a check gave. */
export interface CheckRun {
  readonly output: RunOutput;
  /** A rule crashed, so the next run may give something else. */
  readonly crashed: boolean;
  /** The files, absolute, that were read or looked for beside the code. */
  reads(): readonly string[];
}

/** Checks a project and renders what is to be written. Throws a UserError for what the user can mend. */
export async function runCheck(paths: readonly string[], options: CheckOptions, cwd: string): Promise<CheckRun> {
  const { result, today, ...opened } = await run({
    cwd,
    paths,
    cache: options["cache"] !== false,
    ...(typeof options["preset"] === "string" && { preset: severityPresetNamed(options["preset"]) }),
    ...(typeof options["date"] === "string" && { date: options["date"] }),
    ...(options["since"] !== undefined && { since: options["since"] === true ? true : String(options["since"]) }),
    staged: options["staged"] === true,
    history: options["history"] === true,
    engine: engineNamed(options["engine"]),
    rules: ruleOptions(options["rule"]),
  });
  if (opened.project.model.files.length === 0) throw new UserError("no-code", `There is no TypeScript or JavaScript file to check in ${opened.root}.`, "Run std-check where the code is, or look at `include` and `exclude` in the settings.");
  const complaints = result.crashes.map((crash) => `rule ${crash.rule} crashed: ${crash.message}\n`);
  const { findings, errors, passed, stale, blind, drift } = verdictOf(opened, result, { date: today, baseline: options["baseline"] !== false });
  if (stale > 0) complaints.push(`The baseline has ${stale} ${stale === 1 ? "entry whose finding is" : "entries whose findings are"} gone: \`std-check baseline prune\` forgets ${stale === 1 ? "it" : "them"}.\n`);
  const shown = options["quiet"] === true ? findings.filter((finding) => finding.severity === "error") : findings;
  const report = buildReport(opened, { findings: shown, suppressed: result.suppressed, passed, changes: result.changes }, cwd);
  const { stdout, files, appended } = await renderReport(report, Array.isArray(options["format"]) && options["format"].length > 0 ? options["format"].map(String) : ["pretty"], cwd);
  if (blind) complaints.push("No file has a layer, and no route or other entry point was found, so most rules had nothing to judge: this is no pass. Name the folders under `layers` in std-check.config.json; `std-check layers` shows what was seen.\n");
  if (drift.length > 0) complaints.push(`The public surface is not that of ${routeLockFile}:\n${drift.map((line) => `  ${line}\n`).join("")}If that is meant, write it again with \`std-check routes --lock\`.\n`);
  const mostWarnings = typeof options["maxWarnings"] === "string" ? Number(options["maxWarnings"]) : Infinity;
  const failed = errors > 0 || blind || drift.length > 0 || findings.length - errors > mostWarnings || (stale > 0 && options["ci"] === true);
  const crashed = result.crashes.length > 0;
  return {
    output: { stdout, stderr: complaints.join(""), files, appended, exitCode: crashed ? exitCode.internalError : failed ? exitCode.findings : exitCode.clean },
    crashed,
    reads: () => [...opened.project.beside, ...opened.settings.files],
  };
}

function engineNamed(name: unknown): EngineChoice {
  if (name === undefined || name === "auto" || name === "oxlint" || name === "eslint") return name ?? "auto";
  throw new UserError("unknown-engine", `"${String(name)}" is no program for file rules.`, "Take auto, oxlint or eslint.");
}
