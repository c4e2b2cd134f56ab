import { parseJsonText, property } from "../../base/json.js";
import { joinPath } from "../../base/paths.js";
import { addToEslintConfig } from "../../engine/eslint-config.js";
import { manifestKey, settingsFileName } from "../../settings/root.js";
import { type Detected, execute, upward } from "./detect.js";
import { setInJson } from "./edit-json.js";
import type { RepoFacts, StepResult } from "./repo-facts.js";

/** The settings file, with the presets that the dependencies call for. */
export function settingsStep(facts: RepoFacts, { presets }: Detected): StepResult {
  const file = joinPath(facts.folder, settingsFileName);
  const manifest = joinPath(facts.folder, "package.json");
  if (facts.read(file) !== undefined) return { present: [file] };
  if (property(parseJsonText(facts.read(manifest) ?? ""), manifestKey) !== undefined) return { present: [`${manifest} has settings under "${manifestKey}"`] };
  const extended = ["recommended", ...presets.map(({ preset }) => preset)].map((name) => JSON.stringify(name)).join(", ");
  const lines = ["{", '  "$schema": "./node_modules/std-check/schemas/settings.schema.json",', '  "root": true,', `  "extends": [${extended}]`, "}", ""];
  return { changes: [{ file, before: undefined, after: lines.join("\n"), why: "the settings" }] };
}

/** The script `std-check`, and the installation, which needs the package manager. */
export function scriptStep(facts: RepoFacts, { packageManager }: Detected): StepResult {
  const file = joinPath(facts.folder, "package.json");
  const before = facts.read(file);
  const content = parseJsonText(before ?? "");
  const install = { npm: "npm install --save-dev std-check", pnpm: "pnpm add --save-dev std-check", yarn: "yarn add --dev std-check", bun: "bun add --dev std-check" }[packageManager];
  const installed = ["dependencies", "devDependencies"].some((field) => property(property(content, field), "std-check") !== undefined);
  const manual = installed ? [] : [{ title: "Install std-check", reason: "only the package manager may write its lockfile", lines: [install] }];
  if (before === undefined || content === undefined) return { manual: [...manual, { title: `Add a script to ${file}`, reason: "it cannot be read as JSON", lines: ['"std-check": "std-check"'] }] };
  const scripts = Object.entries(property(content, "scripts") ?? {});
  const existing = scripts.find(([, command]) => typeof command === "string" && /(^|[\s&;|])std-check(\s|$)/.test(command));
  if (existing !== undefined) return { manual, present: [`script ${existing[0]} in ${file}`] };
  return { manual, changes: [{ file, before, after: setInJson(before, ["scripts", "std-check"], "std-check"), why: "a script to run it" }] };
}

/** The entry in the flat config of ESLint, if there is one. */
export function eslintStep(facts: RepoFacts, { eslint }: Detected): StepResult {
  const { flat, legacy } = eslint;
  const before = flat === undefined ? undefined : facts.read(flat);
  if (flat === undefined || before === undefined) {
    if (legacy === undefined) return {};
    return { manual: [{ title: "Show findings in the editor through ESLint", reason: `${legacy} is a config that ESLint 9 no longer reads by itself; the command line works without it. From ESLint 9 on, in an eslint.config.js`, lines: ["import std from \"std-check\";", "export default [...std.fromSettings(import.meta.dirname)];"] }] };
  }
  const edit = addToEslintConfig(flat, before);
  if (edit.kind === "present") return { present: [`the entry in ${flat}`] };
  if (edit.kind === "by-hand") return { manual: [{ title: `Add std-check to ${flat}`, reason: edit.reason, lines: edit.lines }] };
  return { changes: [{ file: flat, before, after: edit.text, why: "findings in the editor and in ESLint" }] };
}

/** The workflow that gates pull requests. */
export function workflowStep(facts: RepoFacts, { ci, packageManager }: Detected): StepResult {
  const workflows = facts.files.filter((file) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(file) || file === ".gitlab-ci.yml" || file === ".circleci/config.yml");
  const existing = workflows.find((file) => facts.read(file)?.includes("std-check") === true);
  if (existing !== undefined) return { present: [`CI in ${existing}`] };
  const others = ci.filter((name) => name !== "GitHub Actions");
  if (ci.includes("GitHub Actions") || (others.length === 0 && facts.files.some((file) => file.startsWith(".github/")))) {
    return { changes: [{ file: ".github/workflows/std-check.yml", before: undefined, after: githubWorkflow(facts, packageManager), why: "a gate for pull requests" }] };
  }
  const command = inFolder(facts.folder, execute(packageManager, "std-check --ci"));
  if (others.includes("GitLab CI")) {
    return { manual: [{ title: "Add a job to .gitlab-ci.yml", reason: "its stages and images are yours", lines: ["std-check:", "  script:", `    - ${inFolder(facts.folder, execute(packageManager, "std-check --ci --format gitlab=gl-code-quality-report.json"))}`, "  artifacts:", "    reports:", `      codequality: ${joinPath(facts.folder, "gl-code-quality-report.json")}`] }] };
  }
  return { manual: [{ title: "Run std-check in CI", reason: others.length === 0 ? "no CI was found" : `${others.join(", ")} has a configuration of its own`, lines: [command] }] };
}

/** `command`, run in `folder`. */
export function inFolder(folder: string, command: string): string {
  return folder === "" ? command : `(cd ${/^[\w./-]+$/.test(folder) ? folder : JSON.stringify(folder)} && ${command})`;
}

function githubWorkflow(facts: RepoFacts, packageManager: Detected["packageManager"]): string {
  const versionFiles = upward(facts.folder).flatMap((folder) => [".nvmrc", ".node-version", ".tool-versions"].map((name) => joinPath(folder, name)));
  const versionFile = versionFiles.find((file) => facts.read(file)?.match(file.endsWith(".tool-versions") ? /^nodejs /m : /\d|lts/) != null);
  const node = ["- uses: actions/setup-node@v4", "  with:", versionFile === undefined ? "    node-version: lts/*" : `    node-version-file: ${versionFile}`];
  const setup: Readonly<Record<Detected["packageManager"], readonly string[]>> = {
    npm: [...node, `- run: ${hasLockfile(facts, "package-lock.json") ? "npm ci" : "npm install"}`],
    pnpm: ["- uses: pnpm/action-setup@v4", ...pnpmVersion(facts), ...node, "- run: pnpm install --frozen-lockfile"],
    yarn: [...node, "- run: corepack enable", `- run: ${isClassicYarn(facts) ? "yarn install --frozen-lockfile" : "yarn install --immutable"}`],
    bun: ["- uses: oven-sh/setup-bun@v2", ...node, "- run: bun install --frozen-lockfile"],
  };
  const folder = facts.folder === "" ? [] : ["    defaults:", "      run:", `        working-directory: ${facts.folder}`];
  return [
    "name: std-check", "on:", "  pull_request:", "  push:", "    branches: [main, master]", "permissions:", "  contents: read",
    "jobs:", "  std-check:", "    runs-on: ubuntu-latest", ...folder, "    steps:",
    ...["- uses: actions/checkout@v4", "  with:", "    # Rules about changes compare with the base of the pull request.", "    fetch-depth: 0", ...setup[packageManager], `- run: ${execute(packageManager, "std-check --ci --format github")}`].map((line) => `      ${line}`),
    "",
  ].join("\n");
}

function hasLockfile(facts: RepoFacts, name: string): boolean {
  return upward(facts.folder).some((folder) => facts.files.includes(joinPath(folder, name)));
}

/** pnpm/action-setup reads the version from packageManager of a package.json, and has to be told one where there is none. */
function pnpmVersion(facts: RepoFacts): string[] {
  const manifest = joinPath(facts.folder, "package.json");
  if (typeof property(parseJsonText(facts.read(manifest) ?? ""), "packageManager") !== "string") return ["  with:", "    version: latest"];
  return facts.folder === "" ? [] : ["  with:", `    package_json_file: ${manifest}`];
}

/** Yarn 1 writes this line on top of its lockfile. */
function isClassicYarn(facts: RepoFacts): boolean {
  return facts.read(joinPath(facts.folder, "yarn.lock"))?.includes("# yarn lockfile v1") === true;
}
