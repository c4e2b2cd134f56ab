import { existsSync, readFileSync } from "node:fs";
import { property } from "../base/json.js";

/** The version of this package. */
export const version = readVersion(new URL(".", import.meta.url));

/** From the nearest package.json above: that of the package, from src as from dist/src. */
function readVersion(folder: URL): string {
  const file = new URL("package.json", folder);
  if (!existsSync(file)) return readVersion(new URL("..", folder));
  const found = property(JSON.parse(readFileSync(file, "utf8")), "version");
  return typeof found === "string" ? found : "unknown";
}
