import { readFileSync } from "node:fs";
import path from "node:path";

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
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
