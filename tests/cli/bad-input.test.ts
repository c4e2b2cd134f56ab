import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it, vi } from "vitest";
import { writeProject } from "../support/project.js";

const main = fileURLToPath(new URL("../../dist/src/cli/main.js", import.meta.url));
const logs = Array.from({ length: 800 }, (_, index) => `export const f${index} = (): void => console.log(${index});\n`).join("");
const { root, remove } = writeProject({ "std-check.config.json": '{ "root": true, "extends": ["strict"] }', "src/services/a.service.ts": logs });
afterAll(remove);

const std = (...args: readonly string[]) => spawnSync(process.execPath, [main, ...args], { cwd: root, encoding: "utf8" });
const cache = path.join(root, ".std-check-cache");

/** The files of the project, caches left out. */
function files(): string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => !file.startsWith(".std-check-cache")).sort();
}

describe("bad circumstances", () => {
  it("ends without a word when the reader of a pipe has gone", () => {
    const { stderr, status } = spawnSync("bash", ["-c", `"${process.execPath}" "${main}" --format json | head -c 1; exit \${PIPESTATUS[0]}`], { cwd: root, encoding: "utf8" });
    expect({ stderr, failed: status !== 0 && status !== 1 }).toEqual({ stderr: "", failed: false });
  });

  it("counts the flows that are too long to follow", () => {
    const chain = Array.from({ length: 12 }, (_, index) => `async function f${index}() { ${index === 11 ? 'await pool.query("delete from a");' : `await f${index + 1}();`} }`).join("\n");
    const project = writeProject({ "std-check.config.json": '{ "root": true, "extends": ["strict"] }', "src/a.ts": `import { Pool } from "pg";\nconst pool = new Pool();\n${chain}\n` });
    const { stdout } = spawnSync(process.execPath, [main, "--format", "json"], { cwd: project.root, encoding: "utf8" });
    project.remove();
    expect(JSON.parse(stdout)).toMatchObject({ coverage: { flows: { cut: expect.any(Number) } } });
    expect(stdout).not.toContain('"cut": 0');
  });

  it("says in one sentence that a report cannot be written, and leaves nothing behind", () => {
    const before = files();
    const { stderr, status } = std("--format", "sarif=package.json/out.sarif");
    expect(stderr).toMatch(/^std-check: .*package\.json\/out\.sarif cannot be written: .*\n {2}Make the folder writable/);
    expect({ status, files: files() }).toEqual({ status: 2, files: before });
  });

  it("works with caches that are cut off or of somebody else", () => {
    const fresh = std("--format", "agent");
    const names = readdirSync(cache).filter((name) => name !== ".gitignore");
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) writeFileSync(path.join(cache, name), readFileSync(path.join(cache, name)).subarray(0, 40));
    expect(std("--format", "agent")).toMatchObject({ stdout: fresh.stdout, stderr: "", status: 1 });
    for (const name of names) writeFileSync(path.join(cache, name), "[[not ours");
    expect(std("--format", "agent")).toMatchObject({ stdout: fresh.stdout, stderr: "", status: 1 });
  });

  it("works where the folder of the cache cannot be made", () => {
    const other = writeProject({ "std-check.config.json": '{ "root": true }', ".std-check-cache": "a file", "src/services/a.service.ts": "export const a = 1;\n" });
    try {
      const { stderr, status } = spawnSync(process.execPath, [main, "--format", "agent"], { cwd: other.root, encoding: "utf8" });
      expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
      expect(readFileSync(path.join(other.root, ".std-check-cache"), "utf8")).toBe("a file");
    } finally {
      other.remove();
    }
  });

  it("leaves the project as it was when a run is interrupted", async () => {
    mkdirSync(path.join(root, "src", "more"), { recursive: true });
    for (let index = 0; index < 40; index++) writeFileSync(path.join(root, "src", "more", `m${index}.service.ts`), logs);
    const before = files();
    rmSync(cache, { recursive: true, force: true });
    const child = spawn(process.execPath, [main, "--fix", "--format", "sarif=out.sarif"], { cwd: root, stdio: "ignore" });
    // It has started to read, and has not come to the report.
    await vi.waitFor(() => { expect(existsSync(cache)).toBe(true); }, { timeout: 30_000, interval: 20 });
    child.kill("SIGINT");
    const signal = await new Promise((resolve) => child.on("exit", (_code, by) => { resolve(by); }));
    expect({ signal, files: files() }).toEqual({ signal: "SIGINT", files: before });
  });

  it("notes files that it can read only in part, and prints nothing of them", () => {
    const secret = ["Tr0ub4dor", "3"].join("&");
    const other = writeProject({
      "std-check.config.json": '{ "root": true, "rules": { "no-hardcoded-secrets": "error", "no-committed-env": "error" } }',
      "config/a.json": `{ "db": { "password": "${secret}"`,
      "config/b.yaml": `db:\n  password: "${secret}\n`,
      "config/c.yaml": "name: {{ .Values.name }}\n",
      "src/a.ts": "export const a = 1;\n",
    });
    try {
      for (const format of ["pretty", "json"]) {
        const { stdout, stderr } = spawnSync(process.execPath, [main, "--no-cache", "--format", format], { cwd: other.root, encoding: "utf8" });
        expect(stdout + stderr).not.toContain(secret);
        expect(stdout).toMatch(/config\/a\.json.*line 1 is broken; read as far as possible/s);
        expect(stdout).toMatch(/config\/b\.yaml.*line \d is broken/s);
        expect(stdout).not.toContain("config/c.yaml");
      }
    } finally {
      other.remove();
    }
  });
});
