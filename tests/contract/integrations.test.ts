import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { formatNames } from "../../src/report/formats.js";
import { writeProject } from "../support/project.js";
import { root } from "./project-files.js";

const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const program = read("src/cli/commands.ts");
const options = new Set([...program.matchAll(/\.option\("(--[\w-]+)/g)].map(([, option]) => option));
const { bin } = JSON.parse(read("package.json")) as { readonly bin: Readonly<Record<string, string>> };

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

/** What a command line asks of std-check that the program does not have. */
function unknown(line: string): string[] {
  const asked = [...line.matchAll(/(?:^|\s)(--[\w-]+)/g)].flatMap(([, option]) => (option === undefined || option === "--yes" ? [] : [option]));
  const formats = [...line.matchAll(/--format "?(\w+)/g)].flatMap(([, format]) => format ?? []);
  return [...asked.filter((option) => !options.has(option)), ...formats.filter((format) => !formatNames.includes(format))];
}

describe("the GitHub action", () => {
  const text = read("action.yml");
  const action = parse(text) as Action;

  it("runs std-check with options that it has", () => {
    expect(action.runs.using).toBe("composite");
    const lines = action.runs.steps.flatMap(({ run }) => run?.split("\n") ?? []).filter((line) => line.includes("--format"));
    expect(lines).toHaveLength(2);
    expect(lines.flatMap(unknown)).toEqual([]);
    expect(unknown("std-check --no-such --format nope")).toEqual(["--no-such", "nope"]);
  });

  it("uses the inputs that it declares, and puts none of them into a script", () => {
    expect(new Set([...text.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name))).toEqual(new Set(Object.keys(action.inputs)));
    for (const { run, shell } of action.runs.steps) {
      if (run === undefined) continue;
      expect(shell).toBe("bash");
      expect(run).not.toContain("${{");
    }
    expect(action.outputs["sarif"]?.value).toBe("${{ steps.check.outputs.sarif }}");
  });
});

describe("the check of the GitHub action, run as GitHub runs it", () => {
  const { runs } = parse(read("action.yml")) as Action;
  const script = runs.steps.find(({ run }) => run?.includes("--format") === true)?.run ?? "";

  it.each([
    ["passes on clean code, and names the SARIF file", "", 0],
    ["fails on a finding, with an annotation and the job summary", 'export const leak = process.env.JWT_SECRET ?? "dev";\n', 1],
  ])("%s", (_what, code, exit) => {
    const settings = '{ "root": true, "rules": { "standard-stack": "off", "tested-modules": "off", "no-process-env": "off", "validated-settings": "off" } }';
    const { root: folder, remove } = writeProject({ "std-check.config.json": settings, "src/domain/size.ts": `export const size = () => 1;\n${code}` });
    try {
      mkdirSync(path.join(folder, "node_modules", ".bin"), { recursive: true });
      symlinkSync(path.join(root, "dist", "src", "cli", "main.js"), path.join(folder, "node_modules", ".bin", "std-check"));
      chmodSync(path.join(root, "dist", "src", "cli", "main.js"), 0o755);
      const [output, summary] = ["output", "summary"].map((name) => path.join(folder, "node_modules", name));
      const { status, stdout } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], { cwd: folder, encoding: "utf8", env: { ...process.env, GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, FOLDER: "api", VERSION: "latest", SARIF: "std-check.sarif", ARGS: "--no-cache" } });
      expect(status).toBe(exit);
      expect(stdout.startsWith("::error file=src/domain/size.ts,line=2")).toBe(exit === 1);
      expect(readFileSync(output ?? "", "utf8")).toBe("sarif=api/std-check.sarif\n");
      expect(readFileSync(summary ?? "", "utf8")).toContain(exit === 1 ? "1 error" : "no findings");
      expect(existsSync(path.join(folder, "std-check.sarif"))).toBe(true);
    } finally {
      remove();
    }
  });
});

describe("the hooks for pre-commit", () => {
  const hooks = parse(read(".pre-commit-hooks.yaml")) as readonly { readonly id: string; readonly name: string; readonly entry: string; readonly language: string }[];

  it("run the program of the package with options that it has", () => {
    expect(hooks.map(({ id }) => id)).toEqual(["std-check", "std-check-project"]);
    for (const { entry, language } of hooks) {
      expect(language).toBe("node");
      expect(Object.keys(bin)).toContain(entry.split(" ")[0]);
      expect(unknown(entry)).toEqual([]);
    }
  });
});
