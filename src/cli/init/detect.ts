import { wordTable } from "../../base/word-table.js";
import { parseJsonText, property } from "../../base/json.js";
import { joinPath } from "../../base/paths.js";
import type { PackageManager } from "../../engine/surroundings.js";
import { evidenceText } from "../../settings/print.js";
import { detectPresets, type DetectedPreset } from "../../settings/detect.js";
import type { FoundFact, RepoFacts } from "./repo-facts.js";

/** The pre-commit tools that init knows. */
export type HookTool = "lefthook" | "husky" | "simple-git-hooks" | "pre-commit";

/** What the repository is built with, as far as init needs it. */
export interface Detected {
  readonly packageManager: PackageManager;
  readonly presets: readonly DetectedPreset[];
  readonly hookTool: { readonly tool: HookTool; readonly file: string } | undefined;
  /** The flat config that covers the folder, and old ones that do not count any more. */
  readonly eslint: { readonly flat: string | undefined; readonly legacy: string | undefined };
  /** The CI systems that have a configuration. */
  readonly ci: readonly string[];
  readonly found: readonly FoundFact[];
}

/** Package → the name people know it by. */
const dataAccess: Readonly<Record<string, string>> = wordTable({
  "@prisma/client": "Prisma", "drizzle-orm": "Drizzle", typeorm: "TypeORM", kysely: "Kysely", knex: "Knex", sequelize: "Sequelize",
  "@mikro-orm/core": "MikroORM", mongoose: "Mongoose", mongodb: "MongoDB driver", objection: "Objection", slonik: "Slonik", pg: "pg", postgres: "postgres.js", mysql2: "mysql2",
});
const testRunners: Readonly<Record<string, string>> = wordTable({ vitest: "Vitest", jest: "Jest", mocha: "Mocha", ava: "AVA", tap: "tap" });

const ciSystems: readonly (readonly [name: string, test: (file: string) => boolean])[] = [
  ["GitHub Actions", (file) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(file)],
  ["GitLab CI", (file) => file === ".gitlab-ci.yml"],
  ["CircleCI", (file) => file === ".circleci/config.yml"],
  ["Azure Pipelines", (file) => file === "azure-pipelines.yml"],
  ["Bitbucket Pipelines", (file) => file === "bitbucket-pipelines.yml"],
  ["Travis CI", (file) => file === ".travis.yml"],
  ["Jenkins", (file) => file === "Jenkinsfile"],
];

/** Looks at the repository; every value comes with what it was read from. */
export function detect(facts: RepoFacts): Detected {
  const { packageManager, workspace, packages } = facts.surroundings;
  const presets = detectPresets(packages, facts.presets);
  const hookTool = detectHookTool(facts);
  const eslint = detectEslint(facts);
  const ci = ciSystems.filter(([, test]) => facts.files.some(test)).map(([name]) => name);
  const found: FoundFact[] = [{ what: "package manager", value: packageManager.name, evidence: packageManager.evidence }];
  if (workspace !== undefined) found.push({ what: "workspace", value: workspace.members === 1 ? "one package" : `${workspace.members} packages`, evidence: workspace.evidence });
  for (const { preset, evidence } of presets) found.push({ what: "preset", value: preset, evidence: evidenceText(evidence) });
  // The outermost package that has a dependency is its evidence.
  const everything = new Map([...packages].reverse().flatMap(({ folder, everything: all }) => [...all].map(([name, range]) => [name, { folder, range }] as const)));
  const dependencyFact = (what: string, packages: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(packages)) {
      const seen = everything.get(name);
      if (seen !== undefined) found.push({ what, value, evidence: `${joinPath(seen.folder, "package.json")} depends on ${name} ${seen.range}` });
    }
  };
  dependencyFact("data access", dataAccess);
  dependencyFact("test runner", testRunners);
  const nodeTest = packages.flatMap(({ folder, scripts }) => [...scripts].map(([name, command]) => ({ folder, name, command }))).find(({ command }) => /\bnode\b[^&|;]*--test\b/.test(command));
  if (nodeTest !== undefined) found.push({ what: "test runner", value: "node:test", evidence: `script ${nodeTest.name} in ${joinPath(nodeTest.folder, "package.json")}` });
  dependencyFact("TypeScript", { typescript: everything.get("typescript")?.range ?? "" });
  if (eslint.flat !== undefined) found.push({ what: "ESLint", value: "flat config", evidence: eslint.flat });
  else if (eslint.legacy !== undefined) found.push({ what: "ESLint", value: "old config", evidence: eslint.legacy });
  if (hookTool !== undefined) found.push({ what: "pre-commit", value: hookTool.tool, evidence: hookTool.file });
  for (const name of ci) found.push({ what: "CI", value: name, evidence: facts.files.find(ciSystems.find(([one]) => one === name)?.[1] ?? (() => false)) ?? "" });
  return { packageManager: packageManager.name, presets, hookTool, eslint, ci, found };
}

/** The command that runs std-check of the project: `pnpm exec std-check`. */
export function execute(packageManager: PackageManager, command: string): string {
  return { npm: `npx ${command}`, pnpm: `pnpm exec ${command}`, yarn: `yarn ${command}`, bun: `bunx ${command}` }[packageManager];
}

/** The folder itself and those above it, nearest first. */
export function upward(folder: string): string[] {
  if (folder === "") return [""];
  const slash = folder.lastIndexOf("/");
  return [folder, ...upward(slash === -1 ? "" : folder.slice(0, slash))];
}

function detectEslint(facts: RepoFacts): Detected["eslint"] {
  const nearest = (pattern: RegExp) => {
    for (const folder of upward(facts.folder)) {
      const found = facts.files.find((file) => file.startsWith(folder === "" ? "" : `${folder}/`) && pattern.test(file.slice(folder === "" ? 0 : folder.length + 1)));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return { flat: nearest(/^eslint\.config\.[cm]?[jt]s$/), legacy: nearest(/^\.eslintrc(\.(js|cjs|json|ya?ml))?$/) };
}

function detectHookTool(facts: RepoFacts): Detected["hookTool"] {
  const lefthook = facts.files.find((file) => /^\.?lefthook\.(ya?ml|json|jsonc|toml)$/.test(file));
  if (lefthook !== undefined) return { tool: "lefthook", file: lefthook };
  const husky = facts.files.find((file) => /^([^/]+\/)*\.husky\/(?!_\/)[^/]+$/.test(file));
  if (husky !== undefined) return { tool: "husky", file: `${husky.slice(0, husky.lastIndexOf("/"))}/pre-commit` };
  const manifest = upward(facts.folder).map((folder) => joinPath(folder, "package.json")).find((file) => facts.read(file)?.includes('"simple-git-hooks"'));
  if (manifest !== undefined && property(parseJsonText(facts.read(manifest) ?? ""), "simple-git-hooks") !== undefined) return { tool: "simple-git-hooks", file: manifest };
  const simple = facts.files.find((file) => /^\.?simple-git-hooks\.(json|c?js)$/.test(file));
  if (simple !== undefined) return { tool: "simple-git-hooks", file: simple };
  const preCommit = facts.files.find((file) => /^\.pre-commit-config\.ya?ml$/.test(file));
  return preCommit === undefined ? undefined : { tool: "pre-commit", file: preCommit };
}
