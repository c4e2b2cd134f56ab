import picomatch from "picomatch";

/** Whether a root-relative POSIX path is meant. */
export type FileMatcher = (file: string) => boolean;

/**
 * Files that match one of `globs` and no negated one (`!glob`). A glob that names a folder stands for all below it.
 * Extended globs such as `+(a|b)` are plain text here: they can take exponential time.
 */
export function matchFiles(globs: readonly string[]): FileMatcher {
  const compile = (pattern: string): FileMatcher => picomatch([pattern, `${pattern.replace(/\/$/, "")}/**`], { dot: true, noextglob: true, nonegate: true });
  const wanted = globs.filter((glob) => !glob.startsWith("!")).map(compile);
  const unwanted = globs.filter((glob) => glob.startsWith("!")).map((glob) => compile(glob.slice(1)));
  return (file) => wanted.some((matches) => matches(file)) && !unwanted.some((matches) => matches(file));
}

/** `globs`, written relative to `folder`, as globs relative to the root. */
export function globsBelow(folder: string, globs: readonly string[]): string[] {
  if (folder === "") return [...globs];
  const prefix = `${folder.replace(/[\\()[\]{}*?!+@|]/g, String.raw`\$&`)}/`;
  return globs.map((glob) => (glob.startsWith("!") ? `!${prefix}${glob.slice(1)}` : `${prefix}${glob}`));
}
