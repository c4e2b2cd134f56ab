import { exitCode } from "../base/errors.js";
import { applyBaseline } from "../engine/baseline/run.js";
import { headDate, run } from "../engine/run.js";
import { severityPresetNamed } from "../settings/load.js";
import { ruleOptions } from "./rule-options.js";

/** The default command. */
export async function checkCommand(paths: readonly string[], options: Readonly<Record<string, unknown>>): Promise<number> {
  const { result, ...opened } = await run({
    cwd: typeof options["cwd"] === "string" ? options["cwd"] : process.cwd(),
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
  const errors = findings.filter((finding) => finding.severity === "error").length;
  if (options["format"] === "json") process.stdout.write(`${JSON.stringify({ version: 1, findings }, undefined, 2)}\n`);
  else for (const finding of findings) process.stdout.write(`${finding.file}:${finding.range.start.line}:${finding.range.start.column} ${finding.severity} ${finding.rule} ${finding.message}\n`);
  if (result.crashes.length > 0) return exitCode.internalError;
  return errors > 0 || (stale > 0 && options["ci"] === true) ? exitCode.findings : exitCode.clean;
}
