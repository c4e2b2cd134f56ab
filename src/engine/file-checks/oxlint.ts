import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { errorMessage } from "../../base/errors.js";
import { relativeTo } from "../../base/paths.js";
import type { Recorded } from "../../kit/recorded.js";
import { EngineFailure, type FileBatch, type FileResult } from "./types.js";

/** Command lines have limits, and the memory of a process too; a process for each so many files is cheap beside parsing them. */
const filesPerProcess = 1500;
const secondsPerProcess = 120;

interface Diagnostic {
  readonly message: string;
  readonly code?: string;
  readonly filename?: string;
}

/** Runs file checks in oxlint as a child process, with a configuration of our own outside the repo. */
export async function runOxlint(root: string, batch: FileBatch): Promise<readonly FileResult[]> {
  const binary = findBinary();
  const folder = temporaryFolder();
  try {
    const config = path.join(folder, "oxlint.json");
    writeFileSync(config, JSON.stringify(configOf(batch)));
    const files = [...batch.files.keys()];
    const results: FileResult[] = [];
    for (let start = 0; start < files.length; start += filesPerProcess) {
      const part = files.slice(start, start + filesPerProcess);
      results.push(...read(root, part, await run(binary, config, root, part)));
    }
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function temporaryFolder(): string {
  try {
    return mkdtempSync(path.join(tmpdir(), "std-check-"));
  } catch (error) {
    throw new EngineFailure(`its configuration cannot be written: ${errorMessage(error)}`);
  }
}

function configOf(batch: FileBatch): object {
  return {
    jsPlugins: [{ name: "std", specifier: fileURLToPath(new URL("./plugin.js", import.meta.url)) }],
    plugins: [],
    categories: { correctness: "off" },
    options: { respectEslintDisableDirectives: false },
    rules: Object.fromEntries([...batch.rules].map(([name, options]) => [`std/${name}`, ["error", options]])),
  };
}

function findBinary(): string {
  try {
    return path.join(path.dirname(createRequire(import.meta.url).resolve("oxlint/package.json")), "bin", "oxlint");
  } catch (error) {
    throw new EngineFailure(`oxlint is not installed: ${errorMessage(error)}`);
  }
}

function run(binary: string, config: string, root: string, files: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [binary, "-c", config, "--disable-nested-config", "--no-ignore", "-f", "json", "--", ...files], { cwd: root, stdio: ["ignore", "pipe", "pipe"], timeout: secondsPerProcess * 1000 });
    const chunks: Buffer[] = [];
    let complaint = "";
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
    child.on("error", (error) => {
      reject(new EngineFailure(error.message));
    });
    child.on("close", (code, signal) => {
      const output = Buffer.concat(chunks).toString();
      // The exit code says the same for findings and for failures: only the output tells.
      if (output.trimStart().startsWith("{")) resolve(output);
      else reject(new EngineFailure(`oxlint ended with ${signal ?? String(code)}: ${(complaint || output).slice(0, 500)}`));
    });
  });
}

function read(root: string, files: readonly string[], output: string): FileResult[] {
  const report = parseReport(output);
  if (report.number_of_files < files.length) throw new EngineFailure(`oxlint looked at ${report.number_of_files} of ${files.length} files`);
  return report.diagnostics.flatMap((diagnostic): FileResult[] => {
    const file = relativeTo(root, path.resolve(root, diagnostic.filename ?? ""));
    const rule = /^std\((.+)\)$/.exec(diagnostic.code ?? "")?.[1];
    if (rule !== undefined) return [{ kind: "finding", file, rule, recorded: JSON.parse(diagnostic.message) as Recorded }];
    // Without a code and about a rule, it is a crash; other messages without a code are syntax errors, which the facts report.
    const crashed = /rule `?std\/([\w-]+)`?/.exec(diagnostic.message)?.[1] ?? /Error running JS plugin/.exec(diagnostic.message)?.[0];
    return crashed === undefined ? [] : [{ kind: "crash", file, rule: crashed, message: diagnostic.message }];
  });
}

function parseReport(output: string): { readonly diagnostics: readonly Diagnostic[]; readonly number_of_files: number } {
  try {
    // The shape of oxlint's JSON formatter, pinned by the dependency's version range.
    return JSON.parse(output) as { readonly diagnostics: readonly Diagnostic[]; readonly number_of_files: number };
  } catch (error) {
    throw new EngineFailure(`oxlint's output is no JSON: ${errorMessage(error)}`);
  }
}
