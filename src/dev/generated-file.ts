import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isFileSystemError } from "../base/errors.js";

/** A file that is written from data, wholly or between its markers. */
export interface GeneratedFile {
  /** From the root of this project, with forward slashes. */
  readonly file: string;
  readonly text: string;
}

/** The text of a file of this project; undefined where there is none. */
export function readProjectFile(root: string, file: string): string | undefined {
  try {
    return readFileSync(path.join(root, file), "utf8");
  } catch (error) {
    if (isFileSystemError(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** The files that are not as they should be. */
export function staleFiles(root: string, files: readonly GeneratedFile[]): readonly GeneratedFile[] {
  return files.filter(({ file, text }) => readProjectFile(root, file) !== text);
}

/** Writes the files that are not as they should be. */
export function writeStale(root: string, files: readonly GeneratedFile[]): void {
  for (const { file, text } of staleFiles(root, files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
    process.stdout.write(`wrote ${file}\n`);
  }
}
