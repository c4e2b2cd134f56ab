// npm run bench -- [path] [--files N] [--runs N]: std-check against ESLint with no rule and dependency-cruiser on the same
// files, in one run, as ratios of medians. Without a path, a backend of N files is made in a temporary folder.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { makeBackend } from "./made-backend.mjs";

const home = fileURLToPath(new URL("../..", import.meta.url));
const { values, positionals } = parseArgs({ allowPositionals: true, options: { files: { type: "string", default: "650" }, runs: { type: "string", default: "3" } } });
const runs = Number(values.runs);

/** Seconds and peak memory (MB; the process itself, where /proc tells) of a command; its exit code does not matter. */
function measure(args, cwd) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
    let peak = 0;
    const timer = setInterval(() => {
      try {
        peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? 0) / 1024);
      } catch {
        // The process has ended, or this system has no /proc.
      }
    }, 20);
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(timer);
      // 1 means findings; anything more, that nothing was measured.
      if (code === null || code > 1 || (code === 1 && !args.includes("--format"))) return reject(new Error(`${args[0]} ended with ${code}`));
      resolve({ seconds: (performance.now() - started) / 1000, peak });
    });
  });
}

async function median(prepare, args, cwd) {
  const all = [];
  for (let run = 0; run < runs; run++) {
    prepare();
    all.push(await measure(args, cwd));
  }
  const seconds = all.map((one) => one.seconds).sort((left, right) => left - right)[Math.floor(runs / 2)];
  return { seconds, peak: Math.max(...all.map((one) => one.peak)) };
}

const made = positionals[0] === undefined;
const root = made ? makeBackend(Number(values.files)) : realpathSync(positionals[0]);
const cli = path.join(home, "dist/src/cli/main.js");
const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), "std-check-bench-")));
const forget = () => {
  for (const folder of [".std-check-cache", "node_modules/.cache/std-check"]) rmSync(path.join(root, folder), { recursive: true, force: true });
};
try {
  const files = execFileSync("git", ["ls-files", "*.ts", "*.tsx", "*.js", "*.mts", "*.cts"], { cwd: root, encoding: "utf8" }).split("\n").filter((file) => file !== "" && existsSync(path.join(root, file)));
  const eslint = path.join(scratch, "eslint.mjs");
  writeFileSync(eslint, `import { createRequire } from "node:module";\nconst require = createRequire(${JSON.stringify(path.join(home, "package.json"))});\nconst { ESLint } = require("eslint");\nconst parser = require("@typescript-eslint/parser");\nconst eslint = new ESLint({ cwd: ${JSON.stringify(root)}, overrideConfigFile: true, overrideConfig: [{ files: ["**/*.{ts,tsx,js,mts,cts}"], languageOptions: { parser } }], errorOnUnmatchedPattern: false });\nawait eslint.lintFiles(${JSON.stringify(files)});\n`);
  const cruiser = path.join(scratch, "cruiser.mjs");
  writeFileSync(cruiser, `const { cruise } = await import(${JSON.stringify(import.meta.resolve("dependency-cruiser"))});\nprocess.chdir(${JSON.stringify(root)});\nawait cruise(["."], { ruleSet: { forbidden: [{ name: "no-circular", from: {}, to: { circular: true } }] }, validate: true, doNotFollow: { path: "node_modules" }, exclude: { path: "node_modules|\\\\.std-check-cache" }, tsPreCompilationDeps: true });\n`);
  const check = [cli, "--format", "json=" + path.join(scratch, "report.json")];
  const changed = files.filter((file) => /\.ts$/.test(file)).slice(0, 5);
  const rows = [
    ["std-check, cold", await median(forget, check, root)],
    ["std-check, nothing changed", await median(() => {}, check, root)],
    ...(made ? [["std-check --staged, 5 files", await median(() => {
      for (const file of changed) writeFileSync(path.join(root, file), `${readFileSync(path.join(root, file), "utf8")}// changed\n`);
      execFileSync("git", ["add", ...changed], { cwd: root });
    }, [...check, "--staged"], root)]] : []),
    ["ESLint with @typescript-eslint/parser, no rule", await median(() => {}, [eslint], root)],
    ["dependency-cruiser, no-circular", await median(() => {}, [cruiser], root)],
  ];
  const base = Object.fromEntries(rows.map(([name, { seconds }]) => [name, seconds]));
  console.log(`${files.length} files, medians of ${runs}`);
  for (const [name, { seconds, peak }] of rows) {
    const ratios = name.startsWith("std-check") ? `  ${(seconds / base["ESLint with @typescript-eslint/parser, no rule"]).toFixed(2)} of ESLint, ${(seconds / base["dependency-cruiser, no-circular"]).toFixed(2)} of dependency-cruiser` : "";
    console.log(`${name.padEnd(48)} ${seconds.toFixed(2).padStart(7)} s ${peak.toFixed(0).padStart(6)} MB${ratios}`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
  if (made) rmSync(root, { recursive: true, force: true });
}
