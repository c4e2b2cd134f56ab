import path from "node:path";
import { exitCode } from "../base/errors.js";
import { applyBaseline } from "../engine/baseline/run.js";
import { routeDrift, routeLockFile } from "../engine/route-lock.js";
import { headDate, run } from "../engine/run.js";
import { severityPresetNamed } from "../settings/load.js";
import { buildReport } from "./build-report.js";
import { ruleOptions } from "./rule-options.js";
import { writeReport } from "./write-report.js";

/** The default command. */
export async function checkCommand(paths: readonly string[], options: Readonly<Record<string, unknown>>): Promise<number> {
  const cwd = typeof options["cwd"] === "string" ? path.resolve(options["cwd"]) : process.cwd();
  const { result, ...opened } = await run({
    cwd,
    paths,
    cache: options["cache"] !== false,
    ...(typeof options["preset"] === "string" && { preset: severityPresetNamed(options["preset"]) }),
    ...(typeof options["date"] === "string" && { date: options["date"] }),
    rules: ruleOptions(options["rule"]),
  });
  for (const crash of result.crashes) process.stderr.write(`rule ${crash.rule} crashed: ${crash.message}\n`);
  const date = typeof options["date"] === "string" ? options["date"] : headDate(opened.root);
  const match = options["baseline"] === false ? undefined : applyBaseline(opened, result, date);
  const findings = match?.reported ?? result.findings;
  const stale = match?.stale.length ?? 0;
  if (stale > 0) process.stderr.write(`The baseline has ${stale} ${stale === 1 ? "entry whose finding is" : "entries whose findings are"} gone: \`std-check baseline prune\` forgets ${stale === 1 ? "it" : "them"}.\n`);
  const shown = options["quiet"] === true ? findings.filter((finding) => finding.severity === "error") : findings;
  const report = buildReport(opened, { findings: shown, suppressed: result.suppressed, passed: match?.passed.length ?? 0 }, cwd);
  await writeReport(report, Array.isArray(options["format"]) && options["format"].length > 0 ? options["format"].map(String) : ["pretty"], cwd);
  const drift = routeDrift(opened.root, opened.project.model) ?? [];
  if (drift.length > 0) process.stderr.write(`The public surface is not that of ${routeLockFile}:\n${drift.map((line) => `  ${line}\n`).join("")}If that is meant, write it again with \`std-check routes --lock\`.\n`);
  if (result.crashes.length > 0) return exitCode.internalError;
  const errors = findings.filter((finding) => finding.severity === "error").length;
  const mostWarnings = typeof options["maxWarnings"] === "string" ? Number(options["maxWarnings"]) : Infinity;
  return errors > 0 || drift.length > 0 || findings.length - errors > mostWarnings || (stale > 0 && options["ci"] === true) ? exitCode.findings : exitCode.clean;
}
