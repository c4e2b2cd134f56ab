import path from "node:path";

/** The folder that a command line runs in, absolute: what `--cwd` says, else where it was started. */
export function startFolder(options: Readonly<Record<string, unknown>>): string {
  return typeof options["cwd"] === "string" ? path.resolve(options["cwd"]) : process.cwd();
}
