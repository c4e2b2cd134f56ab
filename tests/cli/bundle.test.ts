import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const home = fileURLToPath(new URL("../..", import.meta.url));
/** A copy of the package, in which the build of other tests is left alone. */
const copy = realpathSync(mkdtempSync(path.join(tmpdir(), "std-check-bundle-")));
const dist = path.join(copy, "dist");
const bundle = path.join(dist, "bundle");
const fixture = path.join(home, "fixtures", "express-prisma", "violating");

beforeAll(() => {
  cpSync(path.join(home, "dist"), dist, { recursive: true, filter: (file) => path.basename(file) !== "bundle" });
  for (const name of ["package.json", "docs", "schemas", "node_modules"]) symlinkSync(path.join(home, name), path.join(copy, name));
  execFileSync(process.execPath, [path.join(dist, "src/dev/bundle.js")], { stdio: "inherit" });
});
afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

const node = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env: { ...process.env, CI: "", GITHUB_ACTIONS: "", ...env } });
  return { status, stdout, stderr };
};
const bundled = (args: readonly string[], env?: NodeJS.ProcessEnv) => node([path.join(dist, "src/cli/main.js"), ...args], env);
const fromModules = (args: readonly string[]) => node(["--input-type=module", "-e", `const { runProgram } = await import(${JSON.stringify(pathToFileURL(path.join(dist, "src/cli/program.js")).href)}); await runProgram(process.argv.slice(1));`, "--", ...args]);
const compiled = () => readdirSync(bundle).filter((name) => name.endsWith(".cache")).map((name) => name.slice(0, name.indexOf("-"))).sort();

describe("the bundle", () => {
  it("says what the modules say, byte for byte", () => {
    for (const args of [["--no-cache", "--format", "json"], ["--no-cache", "--preset", "strict"], ["--no-cache", "--engine", "eslint"], ["routes"], ["explain", "require-auth"], ["graph", "--format", "html"], ["layers"], ["--nonsense"]]) {
      expect([args, bundled([...args, "--cwd", fixture])]).toEqual([args, fromModules([...args, "--cwd", fixture])]);
    }
  });

  it("keeps what a check compiled, and takes it again", () => {
    for (const name of readdirSync(bundle)) if (name.endsWith(".cache")) rmSync(path.join(bundle, name));
    bundled(["--no-cache", "--cwd", fixture], { CI: "true" });
    bundled(["routes", "--cwd", fixture]);
    bundled(["--version"]);
    expect(compiled()).toEqual([]);
    const first = bundled(["--no-cache", "--cwd", fixture]);
    expect(compiled()).toEqual(["checker", "facts", "rolldown", "start"]);
    const written = () => readdirSync(bundle).filter((name) => name.endsWith(".cache")).map((name) => statSync(path.join(bundle, name)));
    const kept = written().map(({ mtimeMs }) => mtimeMs);
    expect(bundled(["--no-cache", "--cwd", fixture])).toEqual(first);
    expect(written().map(({ mtimeMs }) => mtimeMs)).toEqual(kept);
    for (const name of readdirSync(bundle)) if (name.endsWith(".cache")) writeFileSync(path.join(bundle, name), "no compiled code");
    expect(bundled(["--no-cache", "--cwd", fixture])).toEqual(first);
    expect(written().every(({ size }) => size > 1000)).toBe(true);
  });

  it("is ASCII, and names functions", () => {
    for (const name of readdirSync(bundle)) if (name.endsWith(".cjs")) expect([name, /[^\0-\x7f]/.exec(readFileSync(path.join(bundle, name), "latin1"))]).toEqual([name, null]);
    expect(readdirSync(bundle).map((name) => readFileSync(path.join(bundle, name), "latin1")).join("\n")).toContain("function runCheck(");
  });

  it("is not run where the modules are newer", () => {
    const modules = path.join(dist, "src/cli/commands.js");
    const text = readFileSync(modules, "utf8");
    const state = path.join(dist, ".tsbuildinfo");
    writeFileSync(modules, 'export const runCommand = () => { process.stdout.write("modules"); return 0; };\n');
    utimesSync(state, 0, 0);
    expect(bundled(["--version"]).stdout).not.toBe("modules");
    utimesSync(state, new Date(), new Date(Date.now() + 10_000));
    expect(bundled(["--version"]).stdout).toBe("modules");
    writeFileSync(modules, text);
  });
});
