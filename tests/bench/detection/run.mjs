/**
 * `npm run bench:detection [-- --misses] [--only=SET] [--growth]`: precision and recall of std-check and of two ESLint plugins on the labelled cases
 * of this folder; with `--growth` how time grows with the size of files instead. A case counts as reported when any of the tool's rules says anything anywhere in its files.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import parser from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import noSecrets from "eslint-plugin-no-secrets";
import sonarjs from "eslint-plugin-sonarjs";
import { readCases } from "./read-cases.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const cli = path.join(here, "../../../dist/src/cli/main.js");
const CODE = /\.[cm]?[jt]s$/;

const SECRETS = ["no-hardcoded-secrets", "no-secret-fallbacks", "no-committed-env"];
const SUBJECTS = [
  { name: "secrets", rules: SECRETS },
  { name: "secrets-second", rules: SECRETS },
  { name: "secrets-third", rules: SECRETS },
  { name: "secrets-fourth", rules: SECRETS },
  { name: "secrets-fifth", rules: SECRETS },
  { name: "secrets-sixth", rules: SECRETS },
  { name: "secrets-seventh", rules: SECRETS },
  { name: "secrets-eighth", rules: SECRETS },
  { name: "secrets-ninth", rules: SECRETS },
  { name: "secrets-tenth", rules: SECRETS },
  { name: "secrets-eleventh", rules: SECRETS },
  { name: "secrets-twelfth", rules: SECRETS },
  { name: "personal", rules: ["no-pii-in-logs"] },
  { name: "personal-second", rules: ["no-pii-in-logs"] },
  { name: "personal-third", rules: ["no-pii-in-logs"] },
  { name: "personal-fourth", rules: ["no-pii-in-logs"] },
  { name: "personal-fifth", rules: ["no-pii-in-logs"] },
  { name: "personal-sixth", rules: ["no-pii-in-logs"] },
  { name: "personal-seventh", rules: ["no-pii-in-logs"] },
  { name: "personal-eighth", rules: ["no-pii-in-logs"] },
  { name: "personal-ninth", rules: ["no-pii-in-logs"] },
  { name: "personal-tenth", rules: ["no-pii-in-logs"] },
  { name: "personal-eleventh", rules: ["no-pii-in-logs"] },
];
const PLUGINS = {
  "eslint-plugin-no-secrets": { plugins: { "no-secrets": noSecrets }, rules: { "no-secrets/no-secrets": "error" } },
  "eslint-plugin-sonarjs": {
    plugins: { sonarjs },
    rules: { "sonarjs/no-hardcoded-secrets": "error", "sonarjs/no-hardcoded-passwords": "error", "sonarjs/hardcoded-secret-signatures": "error" },
  },
};

/** Every case as a package of its own in one workspace, so that one run reads them all and none knows of another. */
function writeWorkspace(folder, cases) {
  const write = (file, text) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  write("package.json", JSON.stringify({ name: "shop", private: true, workspaces: ["packages/*"] }));
  write("package-lock.json", JSON.stringify({ name: "shop", lockfileVersion: 3, packages: {} }));
  write("std-check.config.json", JSON.stringify({ root: true, extends: ["strict"] }));
  for (const { id, files } of cases) {
    write(`packages/${id}/package.json`, JSON.stringify({ name: id, private: true, type: "module" }));
    for (const [file, text] of Object.entries(files)) write(`packages/${id}/${file}`, text);
  }
  execFileSync("git", ["init", "--quiet"], { cwd: folder });
  execFileSync("git", ["add", "--all", "--force"], { cwd: folder });
}

const idOf = (file) => /packages[\\/]([a-z]+\d+)[\\/]/.exec(file)?.[1];

function reportedByStdCheck(folder, rules) {
  const run = spawnSync(process.execPath, [cli, "--format", "json", "--preset", "strict", "--no-cache"], { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.status > 1) throw new Error(run.stderr);
  const findings = JSON.parse(run.stdout).findings.filter((finding) => rules.includes(finding.rule));
  return new Set(findings.map((finding) => idOf(finding.file)));
}

async function reportedByPlugin(folder, config) {
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    allowInlineConfig: false,
    overrideConfig: [{ files: ["**/*.{ts,js}"], languageOptions: { parser }, ...config }],
  });
  const results = await eslint.lintFiles(["packages/**/*.{ts,js}"]);
  return new Set(results.filter((result) => result.messages.some((message) => message.ruleId !== null)).map((result) => idOf(result.filePath)));
}

const percent = (part, whole) => (whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`);

function row(tool, cases, reported) {
  const expected = cases.filter((one) => one.expected);
  const hits = expected.filter((one) => reported.has(one.id)).length;
  const wrong = cases.filter((one) => !one.expected && reported.has(one.id)).length;
  return `| ${tool} | ${hits} | ${expected.length - hits} | ${wrong} | ${percent(hits, hits + wrong)} | ${percent(hits, expected.length)} |`;
}

function table(title, cases, reportedBy) {
  const expected = cases.filter((one) => one.expected).length;
  const rows = Object.entries(reportedBy).map(([tool, reported]) => row(tool, cases, reported));
  return [`${title}: ${cases.length} cases, ${expected} to report, ${cases.length - expected} silent`, "", "| tool | found | missed | wrong | precision | recall |", "|---|--:|--:|--:|--:|--:|", ...rows, ""].join("\n");
}

if (process.argv.includes("--growth")) await import("./growth.mjs");
else for (const { name, rules } of SUBJECTS.filter(({ name }) => !process.argv.some((word) => word.startsWith("--only=") && word !== `--only=${name}`))) {
  const cases = readdirSync(path.join(here, name))
    .sort()
    .flatMap((file) => readCases(path.join(here, name, file)))
    .map((one, index) => ({ ...one, id: `p${index + 1}` }));
  const folder = mkdtempSync(path.join(tmpdir(), "std-check-detection-"));
  try {
    writeWorkspace(folder, cases);
    const reportedBy = { "std-check": reportedByStdCheck(folder, rules) };
    for (const [plugin, config] of Object.entries(PLUGINS)) reportedBy[plugin] = await reportedByPlugin(folder, config);
    const [, ...rivals] = Object.values(reportedBy);
    reportedBy["both plugins together"] = new Set(rivals.flatMap((reported) => [...reported]));
    const inCode = cases.filter((one) => Object.keys(one.files).every((file) => CODE.test(file)));
    console.log(table(`${name}, all`, cases, reportedBy));
    if (inCode.length < cases.length) console.log(table(`${name}, in code only`, inCode, reportedBy));
    if (process.argv.includes("--misses")) {
      const own = reportedBy["std-check"];
      for (const one of cases) if (one.expected !== own.has(one.id)) console.log(`${one.expected ? "missed" : "wrong "} ${one.id} ${one.title}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
