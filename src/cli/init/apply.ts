import { chmodSync, existsSync, readFileSync, realpathSync, rmSync } from "node:fs";
import path from "node:path";
import { UserError } from "../../base/errors.js";
import { writeFileAtomically } from "../../engine/atomic-file.js";
import type { FileChange } from "./repo-facts.js";

const byteOrderMark = "\uFEFF";

/**
 * Writes the changes below `top` (absolute), all or none: each file is replaced as a whole, and if one cannot be
 * written, those before it get their old text back. Throws a UserError for a file that is no longer as it was planned,
 * that a link leads out of the repository, or that cannot be written.
 */
export function applyChanges(top: string, changes: readonly FileChange[]): void {
  const originals = changes.map((change) => readOriginal(top, change));
  const done: number[] = [];
  try {
    changes.forEach(({ file, after, executable }, index) => {
      const target = path.join(top, file);
      writeFileAtomically(target, originals[index]?.startsWith(byteOrderMark) === true ? byteOrderMark + after : after);
      done.push(index);
      if (executable === true) chmodSync(target, 0o755);
    });
  } catch (error) {
    for (const index of done) restore(path.join(top, changes[index]?.file ?? ""), originals[index]);
    throw error;
  }
}

/** The text that is on disk now, byte-order mark included, if it is what the plan was made from. */
function readOriginal(top: string, { file, before }: FileChange): string | undefined {
  const target = path.join(top, file);
  refuseOutside(top, target, file);
  const original = existsSync(target) ? readFileSync(target, "utf8") : undefined;
  if (original?.replace(/^\uFEFF/, "") === before) return original;
  throw new UserError("file-changed", `${file} has changed since init looked at it.`, "Run `std-check init` again.");
}

function refuseOutside(top: string, target: string, file: string): void {
  let existing = target;
  while (!existsSync(existing)) existing = path.dirname(existing);
  const relative = path.relative(realpathSync(top), realpathSync(existing));
  if (relative === ".." || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative)) throw new UserError("link-outside", `${file} is reached by a link that leads out of the repository.`, "Make the change by hand where the link leads.");
}

function restore(target: string, original: string | undefined): void {
  if (original === undefined) rmSync(target, { force: true });
  else writeFileAtomically(target, original);
}
