import { readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { isWithin, toPosix } from "../base/paths.js";

/** Larger files are no text that anybody wrote. */
export const largestText = 32 * 2 ** 20;

/** How far a file is looked at to tell whether it is binary, as git does. */
const probeLength = 8000;

/**
 * The text of a file's content without its byte-order mark; undefined for binary content. UTF-16 is known by its mark;
 * bytes that are no UTF-8 become U+FFFD.
 */
export function decodeText(content: Buffer): string | undefined {
  if (content.length > largestText) return undefined;
  if (content[0] === 0xff && content[1] === 0xfe) return new TextDecoder("utf-16le").decode(content);
  if (content[0] === 0xfe && content[1] === 0xff) return new TextDecoder("utf-16be").decode(content);
  if (content.subarray(0, probeLength).includes(0)) return undefined;
  return new TextDecoder("utf-8").decode(content);
}

/**
 * The text of a file below `root`; undefined when it cannot be read, is binary or no regular file, or a symbolic link
 * leads out of the root. `root` is absolute and without symbolic links.
 */
export function readTextInside(root: string, file: string): string | undefined {
  try {
    const absolute = realpathSync(path.join(root, file));
    if (!isWithin(toPosix(root), toPosix(absolute))) return undefined;
    // Pipes and devices would be waited for.
    const entry = statSync(absolute);
    return entry.isFile() && entry.size <= largestText ? decodeText(readFileSync(absolute)) : undefined;
  } catch {
    // Missing, unreadable or a loop of links: there is no text either way.
    return undefined;
  }
}
