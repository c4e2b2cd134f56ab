import { existsSync, readFileSync, statSync } from "node:fs";
import { property } from "../base/json.js";

/** The version of this package. */
export const version = readVersion(new URL(".", import.meta.url));

/** Tells builds of one version apart while std-check itself is developed; 0 in a published package, which has no build state. */
export function buildStamp(): number {
  return statSync(new URL("../../.tsbuildinfo", import.meta.url), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** From the nearest package.json above: that of the package, from src as from dist/src. */
function readVersion(folder: URL): string {
  const file = new URL("package.json", folder);
  if (!existsSync(file)) return readVersion(new URL("..", folder));
  const found = property(JSON.parse(readFileSync(file, "utf8")), "version");
  return typeof found === "string" ? found : "unknown";
}
