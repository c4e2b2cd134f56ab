// Packs std-check, installs it as a user would, and runs it: `npm run check:packed`. Needs the registry.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const work = mkdtempSync(path.join(tmpdir(), "std-check-packed-"));
const fixture = path.join(root, "fixtures", "express-prisma", "violating");
const mostMilliseconds = 300;
let failed = false;

function report(what, holds, detail = "") {
  failed ||= !holds;
  process.stdout.write(`${holds ? "ok    " : "FAILED"} ${what}${detail === "" ? "" : ` (${detail})`}\n`);
}

/** A project with these packages beside the packed one. */
function install(name, packages) {
  const folder = path.join(work, name);
  mkdirSync(folder);
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name, private: true, type: "module", scripts: { start: "node ." } }));
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--silent", tarball, ...packages], { cwd: folder, stdio: "inherit" });
  return folder;
}

/** What a run found, to compare; package managers write package.json anew, so lines differ. */
const findingsOf = (text) => JSON.stringify(JSON.parse(text).findings.map(({ rule, file }) => [rule, file]));

const env = { ...process.env, CI: "" };
const node = (folder, ...args) => spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", env });

let tarball = "";
try {
  const [packed] = JSON.parse(execFileSync("npm", ["pack", "--json", "--pack-destination", work], { cwd: root, encoding: "utf8" }));
  tarball = path.join(work, packed.filename);
  report("npm pack", true, `${Math.round(statSync(tarball).size / 1024)} kB, ${packed.files.length} files`);

  const alone = install("alone", []);
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const bin = path.join(alone, "node_modules", ".bin", "std-check");
  report("typescript is not installed", !existsSync(path.join(alone, "node_modules", "typescript")), execFileSync("du", ["-sh", "node_modules"], { cwd: alone, encoding: "utf8" }).split("\t")[0]);
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now();
    const { stdout } = node(alone, bin, "--version");
    return stdout.trim() === version ? performance.now() - start : Infinity;
  });
  report(`--version in less than ${mostMilliseconds} ms`, Math.min(...times) < mostMilliseconds, `${Math.round(Math.min(...times))} ms`);
  cpSync(fixture, path.join(alone, "backend"), { recursive: true });
  const checked = node(path.join(alone, "backend"), bin, "--no-cache", "--format", "json");
  const bundle = path.join(alone, "node_modules", "std-check", "dist", "bundle");
  const kept = () => readdirSync(bundle).filter((name) => name.endsWith(".cache")).length;
  report("nothing is packed that was compiled here, and a check runs from the bundle and keeps it", kept() === 4 && !packed.files.some((file) => file.path.endsWith(".cache")), `${kept()} files`);
  report("a check finds what the fixture holds", checked.status === 1 && JSON.parse(checked.stdout).findings.some(({ rule }) => rule === "no-sql-injection"), checked.stderr.slice(0, 300));
  const imported = node(alone, "--input-type=module", "-e", 'import std from "std-check"; console.log(Object.keys(std.rules).length)');
  report("the plugin can be imported without ESLint", Number(imported.stdout) > 20, imported.stdout.trim() || imported.stderr.slice(0, 300));

  for (const [name, packages] of [["eslint-9", ["eslint@9", "typescript@5", "@typescript-eslint/parser@8"]], ["eslint-10", ["eslint@10", "typescript@6.0", "@typescript-eslint/parser@8"]]]) {
    const folder = install(name, packages);
    cpSync(fixture, folder, { recursive: true, filter: (file) => path.basename(file) !== "package.json" });
    writeFileSync(path.join(folder, "src", "fallback.ts"), 'export const secret = process.env.JWT_SECRET ?? "dev";\n');
    writeFileSync(path.join(folder, "eslint.config.js"), 'import std from "std-check";\nexport default [...std.configs.recommended];\n');
    const { stdout, stderr } = node(folder, path.join(folder, "node_modules", ".bin", "eslint"), "src", "--format", "json");
    const rules = new Set(stdout.startsWith("[") ? JSON.parse(stdout).flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId)) : []);
    report(`${name} runs file and project rules`, rules.has("std/no-sql-injection") && rules.has("std/no-secret-fallbacks"), stdout.startsWith("[") ? `${rules.size} rules report` : stderr.slice(0, 300));
  }

  const validating = install("validating", ["@action-validator/core", "@action-validator/cli"]);
  cpSync(path.join(root, "action.yml"), path.join(validating, "action.yml"));
  const validated = node(validating, path.join(validating, "node_modules", ".bin", "action-validator"), "action.yml");
  report("the GitHub action is valid by its schema", validated.status === 0 && validated.stdout.trim() === "", validated.stdout.slice(0, 300));

  // mermaid is too large to be installed with the project; it needs a document, which happy-dom gives.
  const drawing = install("drawing", ["mermaid@11", "happy-dom"]);
  mkdirSync(path.join(drawing, "src", 'a"b#<c>`;'), { recursive: true });
  writeFileSync(path.join(drawing, "src", 'a"b#<c>`;', "[id] end.ts"), "export const a = 1;\n");
  writeFileSync(path.join(drawing, "parse.mjs"), 'import { readFileSync } from "node:fs";\nimport { Window } from "happy-dom";\nglobalThis.window = new Window();\nglobalThis.document = window.document;\nconst { default: mermaid } = await import("mermaid");\nconsole.log((await mermaid.parse(readFileSync(0, "utf8"))).diagramType);\n');
  const graph = node(drawing, path.join(drawing, "node_modules", ".bin", "std-check"), "graph", "modules");
  const read = spawnSync(process.execPath, ["parse.mjs"], { cwd: drawing, encoding: "utf8", input: graph.stdout });
  report("mermaid reads a graph of odd names", read.stdout.startsWith("flowchart"), (graph.stderr + read.stderr).slice(0, 300));

  // TypeScript 7 has no JavaScript API: nothing of std-check may ask the repo for one.
  for (const [name, command] of [["pnpm", ["pnpm@9", "add", "--save-dev"]], ["yarn", ["yarn@1.22", "add", "--silent", "--dev"]]]) {
    const folder = path.join(work, name);
    cpSync(fixture, folder, { recursive: true });
    execFileSync("npx", ["-y", ...command, tarball, "typescript@7"], { cwd: folder, stdio: "ignore" });
    const { status, stdout, stderr } = node(folder, "node_modules/std-check/dist/src/cli/main.js", "--format", "json");
    report(`installed by ${name} beside TypeScript 7, a check finds the same`, status === 1 && findingsOf(stdout) === findingsOf(checked.stdout), stderr.slice(0, 300));
  }

  for (const release of ["22", "24"]) {
    const folder = path.join(work, `node-${release}`);
    mkdirSync(folder);
    writeFileSync(path.join(folder, "package.json"), "{}");
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--silent", `node@${release}`], { cwd: folder, stdio: "inherit" });
    const own = path.join(folder, "node_modules", "node", "bin", "node");
    // The second time from compiled code.
    for (const time of ["finds the same", "finds the same again"]) {
      const { status, stdout, stderr } = spawnSync(own, [bin, "--no-cache", "--format", "json"], { cwd: path.join(alone, "backend"), encoding: "utf8", env });
      report(`a check under ${execFileSync(own, ["--version"], { encoding: "utf8" }).trim()} ${time}`, status === 1 && findingsOf(stdout) === findingsOf(checked.stdout), `${kept()} files; ${stderr.slice(0, 300)}`);
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
