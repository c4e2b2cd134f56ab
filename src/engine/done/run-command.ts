import { spawn } from "node:child_process";
import { isFileSystemError } from "../../base/errors.js";
import { maskSpans } from "../../base/mask.js";
import { SecretFinder } from "../../facts/secrets.js";
import type { DoneCommand } from "./commands.js";

/** What became of a command. */
export interface CommandOutcome {
  readonly state: "passed" | "failed" | "timed-out" | "not-started";
  readonly milliseconds: number;
  /** The end of what it wrote, with secrets masked. */
  readonly output: string;
  /** `exit code 2`, `signal SIGSEGV`, `longer than 600 s`. */
  readonly reason: string;
}

/** So much of the end of the output is kept, in characters. */
const keptOutput = 8_000;

/**
 * Runs a command of the checked repository, which nothing but `std-check done` does. Its whole process group ends with it.
 * @param timeout in seconds
 */
export function runCommand({ program, args, shell }: Extract<DoneCommand, { state: "command" }>, cwd: string, timeout: number): Promise<CommandOutcome> {
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(program, [...args], { cwd, shell, detached: true, stdio: ["ignore", "pipe", "pipe"], env: { CI: "true", ...process.env, FORCE_COLOR: "0" } });
    let output = "";
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-2 * keptOutput);
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      endGroup(child.pid);
    }, timeout * 1000);
    const interrupt = (): void => {
      endGroup(child.pid);
      process.exit(130);
    };
    process.once("SIGINT", interrupt);
    const finish = (state: CommandOutcome["state"], reason: string): void => {
      clearTimeout(timer);
      process.off("SIGINT", interrupt);
      resolve({ state, reason, milliseconds: Date.now() - started, output: masked(output).slice(-keptOutput) });
    };
    child.on("error", (error) => {
      finish("not-started", isFileSystemError(error, "ENOENT") ? `${program} is not installed, or not on the PATH` : error.message);
    });
    child.on("close", (code, signal) => {
      endGroup(child.pid);
      if (late) finish("timed-out", `longer than ${timeout} s`);
      else if (code === 0) finish("passed", "exit code 0");
      else finish("failed", code === null ? `signal ${signal ?? "unknown"}` : `exit code ${code}`);
    });
  });
}

/** Ends a command with all that it started. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The group is gone already.
  }
}

function masked(text: string): string {
  return maskSpans(text, new SecretFinder(text).finish().map(({ span }) => span));
}
