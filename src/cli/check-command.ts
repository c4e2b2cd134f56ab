import { appendFileSync } from "node:fs";
import path from "node:path";
import { RunCache, type RunOutput } from "../engine/run-cache.js";
import { writeFileAtomically } from "../engine/atomic-file.js";
import { findRoot } from "../settings/root.js";
import type { CommandEvents } from "./commands.js";
import { buildStamp, version } from "./version.js";
import { startFolder } from "./start-folder.js";

/** The options of the default command, as the command line gives them. */
export type CheckOptions = Readonly<Record<string, unknown>>;

/** The default command. What it gave for the same inputs before is given again, without loading the checker. */
export async function checkCommand(paths: readonly string[], options: CheckOptions, { afterCheck }: CommandEvents = {}): Promise<number> {
  const cwd = startFolder(options);
  const cache = options["cache"] === false || options["since"] !== undefined || options["staged"] === true || options["history"] === true ? undefined : cacheFor(cwd, paths, options);
  const known = cache?.known();
  if (known) return deliver(known);
  const { runCheck } = await import("./run-check.js");
  const { output, reads, crashed } = await runCheck(paths, options, cwd);
  if (!crashed) cache?.keep(output, reads());
  const code = deliver(output);
  afterCheck?.();
  return code;
}

function cacheFor(cwd: string, paths: readonly string[], options: CheckOptions): RunCache {
  const { folder } = findRoot(path.resolve(cwd, paths[0] ?? "."));
  const { FORCE_COLOR, NO_COLOR, GITHUB_ACTIONS, GITHUB_STEP_SUMMARY, CI } = process.env;
  return new RunCache(folder, { version, built: buildStamp(), cwd, paths, options, terminal: [process.stdout.isTTY, process.stdout.columns, FORCE_COLOR, NO_COLOR, GITHUB_ACTIONS, GITHUB_STEP_SUMMARY, CI], node: process.versions.node });
}

function deliver({ stdout, stderr, files, appended, exitCode }: RunOutput): number {
  process.stderr.write(stderr);
  for (const [file, text] of files) writeFileAtomically(file, text);
  for (const [file, text] of appended) appendFileSync(file, text);
  process.stdout.write(stdout);
  return exitCode;
}
