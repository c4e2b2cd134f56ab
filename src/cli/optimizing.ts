import { setFlagsFromString } from "node:v8";

/** By the major version of Node: how V8 is told to optimize only what runs for longer. Later ones have a compiler between that makes up for it. */
const later: Readonly<Record<string, string>> = {
  20: "--interrupt-budget=400000",
  22: "--invocation-count-for-turbofan=12000",
};

/**
 * Lets V8 optimize a function later than it would by itself: a check runs much code for a short time, so that optimizing
 * costs more than it gives back. Compiled code is kept under the flags it was made with, so this comes before anything is loaded.
 */
export function optimizeLater(): void {
  const flag = later[process.versions.node.split(".")[0] ?? ""];
  if (flag !== undefined) setFlagsFromString(flag);
}
