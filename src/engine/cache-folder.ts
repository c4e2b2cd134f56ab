import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Where caches are kept: with other tools' caches if node_modules is there, else in a folder of our own. */
export function cacheFolder(root: string): string {
  const modules = path.join(root, "node_modules");
  return existsSync(modules) ? path.join(modules, ".cache", "std-check") : path.join(root, ".std-check-cache");
}

/** The folder of caches, made where it is missing; undefined where it cannot be written. */
export function writableCacheFolder(root: string): string | undefined {
  const folder = cacheFolder(root);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    // Git ignores the folder by itself, so that no commit holds it.
    if (!existsSync(path.join(folder, ".gitignore"))) writeFileSync(path.join(folder, ".gitignore"), "*\n");
    return folder;
  } catch {
    return undefined;
  }
}
