import type { RepoView } from "../../repo/repo-view.js";
import type { DoneSettings } from "../../settings/resolve.js";
import type { DoneStep } from "../../standard/clause.js";

/** How a step of `std-check done` is carried out, or why it is not. */
export type DoneCommand =
  /** `program` and `args` run as they are; a command of the settings runs in a shell. `source` tells where it was found. */
  | { readonly state: "command"; readonly shown: string; readonly program: string; readonly args: readonly string[]; readonly shell: boolean; readonly source: string }
  /** Another step does it as well. */
  | { readonly state: "covered"; readonly by: DoneStep; readonly reason: string }
  /** The settings say that the project does without. */
  | { readonly state: "off" }
  | { readonly state: "missing"; readonly reason: string };

export const doneSteps: readonly DoneStep[] = ["lint", "format", "types", "test"];

/** What scripts are called that do a step, best first, and what their text holds. */
const scripts: Readonly<Record<DoneStep, { readonly names: readonly string[]; readonly text: RegExp; readonly hint: string }>> = {
  lint: { names: ["lint:check", "check:lint", "lint:ci", "lint", "eslint"], text: /(^|[\s/])(eslint|oxlint|biome (?:lint|check|ci)|next lint|xo|standard)(\s|$)/, hint: "a script `lint`" },
  format: { names: ["format:check", "check:format", "format-check", "check-format", "prettier:check", "check:prettier", "fmt:check", "lint:format"], text: /prettier\s[^&|;]*(--check|--list-different|\s-[cl](\s|$))|biome (?:check|ci|format)(\s|$)|dprint check|oxfmt\s[^&|;]*--check/, hint: "a script `format:check`" },
  types: { names: ["typecheck", "type-check", "check:types", "types:check", "check-types", "types", "ts:check", "lint:types", "tsc"], text: /(^|[\s/])(tsc|tsgo)(\s[^&|;]*--noEmit)/, hint: "a script `typecheck` that runs `tsc --noEmit`" },
  test: { names: ["test", "test:ci", "tests", "test:unit"], text: /(^|[\s/])(vitest|jest|mocha|ava|tap|node --test|bun test)(\s|$)/, hint: "a script `test`" },
};
/** Scripts with these change files: whoever asks whether a task is done does not ask for that. */
const rewrites = /\s--(fix|write)(\s|$)/;
/** What npm writes into every new package.json. */
const noTests = /no test specified/;

/** The commands of the steps: those of the settings, else scripts of the root's package.json. Nothing is run here. */
export function findDoneCommands(repo: RepoView, settings: DoneSettings): ReadonlyMap<DoneStep, DoneCommand> {
  const found = new Map<DoneStep, DoneCommand>(doneSteps.map((step) => [step, findCommand(repo, settings, step)]));
  const lint = found.get("lint");
  const lintText = lint?.state === "command" ? scriptText(repo, lint.source) : "";
  if (found.get("format")?.state === "missing" && lint?.state === "command") {
    if (/biome (?:check|ci)/.test(lintText)) found.set("format", { state: "covered", by: "lint", reason: "Biome checks both" });
    else if (repo.readers.packages().some(({ manifest }) => manifest.dependencies.some(({ name }) => name === "eslint-plugin-prettier"))) found.set("format", { state: "covered", by: "lint", reason: "Prettier runs in ESLint" });
  }
  return found;
}

function findCommand(repo: RepoView, settings: DoneSettings, step: DoneStep): DoneCommand {
  const given = settings[step];
  if (given === false) return { state: "off" };
  if (given !== undefined) return { state: "command", shown: given, program: given, args: [], shell: true, source: `done.${step}` };
  const { names, text, hint } = scripts[step];
  const all = repo.readers.packages().find(({ folder }) => folder === "")?.manifest.scripts ?? [];
  const named = names.flatMap((name) => all.filter((script) => script.name === name));
  const fitting = [...named, ...all.filter((script) => text.test(script.command))].filter(({ command }) => !noTests.test(command));
  const script = fitting.find(({ command }) => !rewrites.test(command));
  if (script === undefined) {
    const reason = fitting[0] === undefined ? `package.json has no script for it: add ${hint}, or name a command in \`done.${step}\` of the settings` : `the script \`${fitting[0].name}\` rewrites files: add one that only checks, or name a command in \`done.${step}\` of the settings`;
    return { state: "missing", reason };
  }
  const manager = packageManager(repo);
  return { state: "command", shown: `${manager} run ${script.name}`, program: manager, args: ["run", script.name], shell: false, source: script.name };
}

function scriptText(repo: RepoView, name: string): string {
  return repo.readers.packages().find(({ folder }) => folder === "")?.manifest.scripts.find((script) => script.name === name)?.command ?? "";
}

function packageManager(repo: RepoView): string {
  const root = repo.readers.packages().find(({ folder }) => folder === "");
  const { managers = [], declared } = root ? repo.readers.packageManagement(root) : {};
  const name = declared?.name ?? managers[0] ?? "npm";
  return ["npm", "pnpm", "yarn", "bun"].includes(name) ? name : "npm";
}
