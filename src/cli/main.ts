#!/usr/bin/env node
import module from "node:module";
import { UserError, errorMessage, exitCode } from "../base/errors.js";

/** Only what is asked for is loaded: `--version` answers without the checker. */
async function main(args: readonly string[]): Promise<number> {
  if (args.length === 1 && (args[0] === "--version" || args[0] === "-v")) {
    const { version } = await import("./version.js");
    process.stdout.write(`${version}\n`);
    return exitCode.clean;
  }
  // Code that was compiled once is not compiled again by the next run. From Node 22.1 on, which the types of Node 20 do not say.
  (module as { enableCompileCache?: () => unknown }).enableCompileCache?.();
  const { runCommand } = await import("./commands.js");
  return runCommand(args);
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // The reader of a pipe may go away at any time (`std-check | head`).
  if (error.code === "EPIPE") process.exit(process.exitCode ?? exitCode.clean);
  throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UserError) {
    process.stderr.write(`std-check: ${error.message}\n  ${error.hint}\n`);
    process.exitCode = exitCode.userError;
  } else {
    process.stderr.write(`std-check failed: ${error instanceof Error ? (error.stack ?? error.message) : errorMessage(error)}\nThis is a fault of std-check, not of your code. Nothing can be said about the code until it is mended.\n`);
    process.exitCode = exitCode.internalError;
  }
}
