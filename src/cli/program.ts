import { UserError, errorMessage, exitCode } from "../base/errors.js";
import { type CommandEvents, runCommand } from "./commands.js";

/** Runs std-check as the program of this process: writes what went wrong and sets the exit code. */
export async function runProgram(args: readonly string[], events?: CommandEvents): Promise<void> {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // The reader of a pipe may go away at any time (`std-check | head`).
    if (error.code === "EPIPE") process.exit(process.exitCode ?? exitCode.clean);
    throw error;
  });
  try {
    process.exitCode = await runCommand(args, events);
  } catch (error) {
    if (error instanceof UserError) {
      process.stderr.write(`std-check: ${error.message}\n  ${error.hint}\n`);
      process.exitCode = exitCode.userError;
    } else {
      process.stderr.write(`std-check failed: ${error instanceof Error ? (error.stack ?? error.message) : errorMessage(error)}\nThis is a fault of std-check, not of your code. Nothing can be said about the code until it is mended.\n`);
      process.exitCode = exitCode.internalError;
    }
  }
}
