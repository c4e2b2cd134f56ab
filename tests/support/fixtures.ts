import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../fixtures", import.meta.url));

/** All backends of `fixtures/`, as `name/form`: the folders two levels down that have a package.json. */
export const backends: readonly string[] = readdirSync(folder).flatMap((name) =>
  readdirSync(path.join(folder, name)).map((form) => `${name}/${form}`).filter((backend) => existsSync(path.join(folder, backend, "package.json"))),
);

/** A copy of a backend as a repository of its own, with everything committed. */
export function checkOut(backend: string): { readonly root: string; remove(): void } {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), "std-check-fixture-")));
  cpSync(path.join(folder, backend), root, { recursive: true });
  const git = (...args: readonly string[]): void => {
    execFileSync("git", ["-c", "user.name=fixture", "-c", "user.email=fixture@example.com", "-c", "commit.gpgsign=false", "-c", "core.hooksPath=", ...args], { cwd: root, stdio: "ignore" });
  };
  git("init", "-q");
  git("add", "-A", "--force");
  git("commit", "-q", "-m", "feat: start");
  return { root, remove: () => { rmSync(root, { recursive: true, force: true }); } };
}

/**
 * What the files of a backend expect, as `file:line rule`, sorted: the rules that a line's `expect:` comment names, and the
 * lines of `expected-findings.txt`, which speaks for files that cannot hold comments.
 */
export function expectedFindings(backend: string): readonly string[] {
  const root = path.join(folder, backend);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const file = path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join("/");
      const lines = readFileSync(path.join(entry.parentPath, entry.name), "utf8").split("\n");
      if (file === "expected-findings.txt") return lines.filter((line) => line.trim() !== "" && !line.startsWith("#"));
      return lines.flatMap((line, index) => rulesNamed(line).map((rule) => `${file}:${index + 1} ${rule}`));
    })
    .sort();
}

/** The `routes.md` of a backend: what `std-check routes --format markdown` prints of it, without the lines of the handlers. */
export function expectedRoutes(backend: string): string {
  return readFileSync(path.join(folder, backend, "routes.md"), "utf8");
}

function rulesNamed(line: string): readonly string[] {
  const names = /(?:\/\/|#|--) expect: ([\w ,-]+)$/.exec(line)?.[1];
  return names === undefined ? [] : names.split(",").map((name) => name.trim());
}
