import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { writeProject } from "../support/project.js";

const main = fileURLToPath(new URL("../../dist/src/cli/main.js", import.meta.url));
const only = 'import { it } from "vitest";\nit.only("adds", () => {});\n';
const names = ["src/add-min.test.ts", "src/add.min.test.ts", "src/add.test.ts", "src/add_min.test.ts"];
const { root, remove } = writeProject({ "std-check.config.json": '{ "root": true }', "package.json": '{ "name": "shop", "private": true }', ...Object.fromEntries(names.map((name) => [name, only])) });
afterAll(remove);

/** The files with a finding, what was said, and the exit code, of one run with a folder for temporary files that may be missing. */
function run(engine: string, temporary?: string): { files: readonly string[]; stderr: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, [main, "--no-cache", "--format", "json", "--rule", "deterministic-tests", "--engine", engine], { cwd: root, encoding: "utf8", env: { ...process.env, ...(temporary !== undefined && { TMPDIR: temporary }) } });
  return { files: stdout === "" ? [] : (JSON.parse(stdout) as { findings: { file: string }[] }).findings.map(({ file }) => file), stderr, status };
}

describe("the programs that run file checks", () => {
  it("leave out no file whose name looks minified", () => {
    expect(run("oxlint")).toEqual({ files: names, stderr: "", status: 1 });
  });

  it("stand in for each other, and say so where none may", () => {
    const missing = path.join(root, "missing");
    expect(run("auto", missing)).toEqual({ files: names, stderr: "", status: 1 });
    const failed = run("oxlint", missing);
    expect(failed).toMatchObject({ files: [], status: 3 });
    expect(failed.stderr).toContain("its configuration cannot be written");
  });
});
