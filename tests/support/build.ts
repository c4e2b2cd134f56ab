import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** Rules, hosts and commands are tested as they are published: the build is brought up to date before the first test. */
export default function build(): void {
  // Whoever built a moment ago says so.
  if (process.env["STD_CHECK_BUILT"] === "1") return;
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: fileURLToPath(new URL("../..", import.meta.url)), stdio: "inherit" });
}
