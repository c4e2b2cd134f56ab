import { createInterface } from "node:readline/promises";
import { runInit } from "./run.js";
import { startFolder } from "../start-folder.js";

/** `std-check init [--yes] [--cwd folder]` on this terminal. Plans and questions go to standard output. */
export async function initCommand(options: Readonly<Record<string, unknown>>): Promise<void> {
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
  await runInit({
    cwd: startFolder(options),
    yes: options["yes"] === true,
    show: (text) => process.stdout.write(text),
    ask: isTerminal ? askOnTerminal : undefined,
  });
}

async function askOnTerminal(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
