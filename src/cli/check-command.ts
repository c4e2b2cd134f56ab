import { exitCode, UserError } from "../base/errors.js";
import type { Severity } from "../base/finding.js";
import { nearest } from "../base/nearest.js";
import { rulesByName } from "../engine/registry.js";
import { run } from "../engine/run.js";
import { severityPresetNamed } from "../settings/load.js";

/** The default command. */
export async function checkCommand(paths: readonly string[], options: Readonly<Record<string, unknown>>): Promise<number> {
  const { result } = await run({
    cwd: typeof options["cwd"] === "string" ? options["cwd"] : process.cwd(),
    paths,
    cache: options["cache"] !== false,
    ...(typeof options["preset"] === "string" && { preset: severityPresetNamed(options["preset"]) }),
    ...(typeof options["date"] === "string" && { date: options["date"] }),
    rules: ruleOptions(options["rule"]),
  });
  for (const crash of result.crashes) process.stderr.write(`rule ${crash.rule} crashed: ${crash.message}\n`);
  const errors = result.findings.filter((finding) => finding.severity === "error").length;
  if (options["format"] === "json") process.stdout.write(`${JSON.stringify({ version: 1, findings: result.findings }, undefined, 2)}\n`);
  else for (const finding of result.findings) process.stdout.write(`${finding.file}:${finding.range.start.line}:${finding.range.start.column} ${finding.severity} ${finding.rule} ${finding.message}\n`);
  if (result.crashes.length > 0) return exitCode.internalError;
  return errors > 0 ? exitCode.findings : exitCode.clean;
}

function ruleOptions(given: unknown): Readonly<Record<string, Severity | "off">> {
  const entries = Array.isArray(given) ? given.map(String) : [];
  return Object.fromEntries(
    entries.map((entry) => {
      const [name = "", severity = "error"] = entry.split(/[=:]/);
      if (!rulesByName.has(name)) throw new UserError("unknown-rule", `There is no rule "${name}".`, didYouMean(name));
      if (severity !== "error" && severity !== "warn" && severity !== "off") throw new UserError("unknown-severity", `"${severity}" is no severity.`, "Severities are error, warn and off.");
      return [name, severity];
    }),
  );
}

function didYouMean(name: string): string {
  const close = nearest(name, rulesByName.keys());
  return close === undefined ? "`std-check rules` lists all rules." : `Did you mean "${close}"?`;
}
