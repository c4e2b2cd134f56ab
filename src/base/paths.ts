import path from "node:path";

/** Turns a path of this machine into POSIX form. */
export function toPosix(file: string): string {
  return path.sep === "/" ? file : file.split(path.sep).join("/");
}

/** The POSIX path of `file` relative to `root`; `.` for the root itself. */
export function relativeTo(root: string, file: string): string {
  return toPosix(path.relative(root, file)) || ".";
}

/** The folder of a POSIX path; the empty string for a file at the root. */
export function folderOf(file: string): string {
  const slash = file.lastIndexOf("/");
  return slash === -1 ? "" : file.slice(0, slash);
}

/** The last part of a POSIX path. */
export function baseName(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}

/** The base name of a source file without what says in which language it is written: `users.repository` of `src/users.repository.ts`. */
export function moduleName(file: string): string {
  return baseName(file).replace(/\.[cm]?[jt]sx?$/, "");
}

/** The part of a base name behind its last dot, with the dot; empty if there is none. */
export function extensionOf(file: string): string {
  const name = baseName(file);
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? "" : name.slice(dot);
}

/** Joins POSIX path parts and resolves `.` and `..`; never leaves a trailing slash; the empty string is the root. */
export function joinPath(...parts: string[]): string {
  const joined = path.posix.join(...parts);
  return joined === "." ? "" : joined.replace(/\/$/, "");
}

/** Whether `file` is `folder` or lies below it; every path lies below the empty string. */
export function isWithin(folder: string, file: string): boolean {
  return folder === "" || file === folder || file.startsWith(`${folder}/`);
}

/** The file extensions that are checked as code. */
export const sourceExtensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"] as const;

/** Whether `file` is a TypeScript or JavaScript file by its name. */
export function isSourceFile(file: string): boolean {
  return (sourceExtensions as readonly string[]).includes(extensionOf(file));
}

/** Whether `file` is a declaration file, which gives facts and never findings. */
export function isDeclarationFile(file: string): boolean {
  return /\.d\.([cm]?ts|[^/]+\.ts)$/.test(file);
}
