import { exitCode, UserError } from "../base/errors.js";
import { planFixes, writeFixes } from "../engine/fix.js";
import { severityPresetNamed } from "../settings/load.js";
import { ruleOptions } from "./rule-options.js";
import { unifiedDiff } from "./text-diff.js";
import { startFolder } from "./start-folder.js";

/**
 * `--fix` writes what the fixes make of the files and names them on standard error; `--fix-dry-run` shows the same as a
 * diff with secrets masked, and gives 1 if there is one.
 */
export async function fixCommand(paths: readonly string[], options: Readonly<Record<string, unknown>>): Promise<number> {
  if (options["staged"] === true || options["since"] !== undefined) throw new UserError("fix-range", "Fixes are made in the files as they are on disk, not in the index or a range.", "Name the files to fix instead of --staged or --since.");
  const { root, files } = await planFixes({
    cwd: startFolder(options),
    paths,
    cache: options["cache"] !== false,
    ...(typeof options["preset"] === "string" && { preset: severityPresetNamed(options["preset"]) }),
    ...(typeof options["date"] === "string" && { date: options["date"] }),
    rules: ruleOptions(options["rule"]),
  });
  if (options["fixDryRun"] === true) {
    for (const { file, shown } of files) process.stdout.write(unifiedDiff(file, shown.before, shown.after));
    return files.length > 0 ? exitCode.findings : exitCode.clean;
  }
  const stale = writeFixes(root, files);
  for (const file of stale) process.stderr.write(`${file} has changed since it was checked: not fixed.\n`);
  const fixed = files.map(({ file }) => file).filter((file) => !stale.includes(file));
  if (fixed.length > 0) process.stderr.write(`Fixed ${fixed.length === 1 ? "1 file" : `${fixed.length} files`}: ${fixed.join(", ")}.\n`);
  return exitCode.clean;
}
