import { chmodSync, closeSync, mkdirSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import path from "node:path";
import { errorMessage, isFileSystemError, UserError } from "../base/errors.js";

/**
 * Writes a file as a whole: readers see the old text or the new one, also when the process ends half-way. Keeps the
 * file's mode, follows a link to the file, and makes missing folders. Throws a UserError where writing is not possible.
 *
 * @param text a text, bytes, or pieces that would be too much to hold at once
 */
export function writeFileAtomically(file: string, text: string | Buffer | Iterable<string>): void {
  const target = realPathOr(file);
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.tmp`);
  try {
    mkdirSync(path.dirname(target), { recursive: true });
    writePieces(temporary, typeof text === "string" || Buffer.isBuffer(text) ? [text] : text);
    const mode = modeOf(target);
    if (mode !== undefined) chmodSync(temporary, mode);
    renameSync(temporary, target);
  } catch (error) {
    removeQuietly(temporary);
    if (isFileSystemError(error)) throw new UserError("unwritable", `${file} cannot be written: ${errorMessage(error)}.`, "Make the folder writable, or run where it is.");
    throw error;
  }
}

function writePieces(file: string, pieces: Iterable<string | Buffer>): void {
  const handle = openSync(file, "w");
  try {
    for (const piece of pieces) for (let bytes = typeof piece === "string" ? Buffer.from(piece) : piece; bytes.length > 0; ) bytes = bytes.subarray(writeSync(handle, bytes));
  } finally {
    closeSync(handle);
  }
}

/** Removes what may not be there, below what may be no folder: the reason why writing failed is what counts. */
function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch (error) {
    if (!isFileSystemError(error)) throw error;
  }
}

function realPathOr(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return path.resolve(file);
  }
}

function modeOf(file: string): number | undefined {
  try {
    return statSync(file).mode;
  } catch {
    return undefined;
  }
}
