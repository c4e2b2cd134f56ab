import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Makes the README's picture: the HTML report of a fixture, seen in a headless Chromium. Does nothing where there is none. */
const root = fileURLToPath(new URL("../../..", import.meta.url));
const browsers = ["chromium", "chromium-browser", "google-chrome"];
const browser = browsers.find((name) => spawnSync(name, ["--version"]).status === 0);

if (browser === undefined) process.stderr.write(`No picture: none of ${browsers.join(", ")} is installed.\n`);
else {
  const folder = mkdtempSync(path.join(tmpdir(), "std-check-picture-"));
  const page = path.join(folder, "report.html");
  const picture = path.join(root, "docs/pictures/report.png");
  mkdirSync(path.dirname(picture), { recursive: true });
  // Exit code 1 is what a fixture with findings ends with.
  spawnSync(process.execPath, [path.join(root, "dist/src/cli/main.js"), "--format", `html=${page}`], { cwd: path.join(root, "fixtures/express-prisma/violating"), stdio: "inherit" });
  const { status } = spawnSync(browser, ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--hide-scrollbars", `--user-data-dir=${path.join(folder, "profile")}`, `--screenshot=${picture}`, "--window-size=1100,2150", `file://${page}`], { stdio: "ignore", timeout: 60_000 });
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = status ?? 1;
}
