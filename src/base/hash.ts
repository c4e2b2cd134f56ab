import { createHash } from "node:crypto";

/** A short content hash: the first 16 hexadecimal digits of SHA-256 over the parts, each followed by a NUL. */
export function hashText(...parts: string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex").slice(0, 16);
}
