import ignore from "ignore";
import { baseName, folderOf, isSourceFile, isWithin, joinPath } from "../../base/paths.js";
import { type Command, everyCommand } from "../commands/expand.js";
import { dataAt, parseJsonData, stringOf } from "../readers/data.js";
import { packageManagement } from "../readers/lockfiles.js";
import { findDependency } from "../readers/manifest.js";
import type { RepoPackage } from "../readers/packages.js";
import type { RepoView } from "../repo-view.js";
import { type Choice, choices, type StackSlot } from "./choices.js";
import { choicesOf, type Evidence, fileStart, type FoundChoice, merged, type SlotState } from "./slot.js";

/** A workspace with its members, or a package by itself. */
export interface Unit {
  readonly root: RepoPackage;
  readonly members: readonly RepoPackage[];
}

/** Task runners and hooks whose files are not read further: a tool that they name may be run by them. */
const opaqueRunner = /^(Makefile|GNUmakefile|[Jj]ustfile|[Tt]askfile\.ya?ml|\.?mise\.toml|gulpfile\.[cm]?[jt]s|package-scripts\.([cm]?js|ya?ml)|Earthfile|lage\.config\.[cm]?js|moon\.ya?ml|tasks\.ya?ml|\.pre-commit-config\.ya?ml|nx\.json|(lint-staged\.config|\.lintstagedrc)\.[cm]?[jt]s|lefthook\.toml|vite\.config\.[cm]?ts|\.trunk\.ya?ml|trunk\.ya?ml|Jakefile\.[cm]?js)$/;

const runtimeFiles = /^(\.nvmrc|\.node-version|\.bun-version|\.deno-version)$/;

/** The version of the runtime, as somebody wrote it down. */
export function runtimeSlot(repo: RepoView, unit: Unit): SlotState {
  const found: FoundChoice[] = [];
  const add = (name: string, file: string, what: string, range = fileStart) => found.push({ name, evidence: [{ file, range, what }] });
  for (const { manifest } of [unit.root, ...unit.members]) {
    for (const name of ["node", "bun", "deno"]) {
      const engine = manifest.engines.get(name);
      if (engine !== undefined) add(name, manifest.file, `engines.${name} ${engine.version}`, engine.range);
    }
    for (const path of [["volta", "node"], ["devEngines", "runtime", "version"]]) {
      const node = dataAt(manifest.data, ...path);
      if (node !== undefined) add("node", manifest.file, `${path.join(".")} ${stringOf(node) ?? ""}`, node.range);
    }
  }
  for (const file of repo.files.filter((one) => isWithin(folderOf(one), unit.root.folder) || isWithin(unit.root.folder, one))) {
    const name = baseName(file);
    if (runtimeFiles.test(name)) add("node", file, `${name} ${(repo.read(file) ?? "").trim()}`);
    const written = name === ".tool-versions" ? /^(nodejs|bun|deno)\s+\S+/m : /^\.?mise(\.[\w-]+)?\.toml$/.test(name) ? /^\s*"?(node|bun|deno)"?\s*=\s*\S+/m : undefined;
    const line = written?.exec(repo.read(file) ?? "")?.[0];
    if (line !== undefined) add("node", file, line.trim());
  }
  return { slot: "runtime", state: found.length > 0 ? "filled" : "empty", choices: merged(found) };
}

/** Exactly one lockfile, of the manager that the manifest names. */
export function packageManagerSlot(repo: RepoView, unit: Unit): SlotState {
  const { lockfiles, managers, declared } = packageManagement(repo, unit.root);
  const found = managers.map((name) => ({ name, evidence: lockfiles.filter(({ manager }) => manager === name).map(({ file }) => ({ file, range: fileStart, what: `lockfile ${baseName(file)}` })) }));
  const own = declared === undefined ? [] : [{ name: declared.name, evidence: [{ file: unit.root.manifest.file, range: declared.range, what: `packageManager ${declared.name}@${declared.version}` }] }];
  const all = merged([...found, ...own]);
  if (managers.length === 0) return { slot: "packageManager", state: "empty", choices: all, reason: "no lockfile" };
  return { slot: "packageManager", state: all.length > 1 ? "doubled" : "filled", choices: all };
}

/** A linter, formatter or test runner: which are there, and which are run. */
export function toolSlot(repo: RepoView, slot: "linter" | "formatter", unit: Unit): SlotState {
  const known = choices.filter((choice) => choice.slot === slot);
  const packages = [unit.root, ...unit.members];
  const files = repo.files.filter((file) => isWithin(unit.root.folder, file));
  const there = merged([
    ...packages.flatMap(({ manifest }) => choicesOf(manifest, known, ["dependencies", "devDependencies"])),
    ...known.flatMap((choice) => configuredBy(choice, files)),
    ...(slot === "formatter" ? packages.flatMap(({ manifest }) => prettierKey(manifest)) : []),
  ]).filter(({ name }) => name !== "Biome" || !biomeLeavesOut(repo, files, slot));
  const commands = everyCommand(repo).filter(({ folder }) => isWithin(unit.root.folder, folder));
  const runs = new Map(there.map((choice) => [choice.name, commands.filter((command) => runsChoice(slot, command, known.find(({ name }) => name === choice.name)))]));
  const isRun = ({ name }: FoundChoice) => (runs.get(name)?.length ?? 0) > 0;
  const covered = new Set(there.filter(isRun).flatMap(({ name }) => known.find((choice) => choice.name === name)?.covers ?? []));
  const run = there.filter((choice) => isRun(choice) && !covered.has(choice.name));
  const forCode = run.filter((choice) => formatsCode(repo, unit.root.folder, files, choice, runs.get(choice.name) ?? []));
  const sameFolder = forCode.filter((one) => forCode.some((other) => other !== one && sharesFolder(runs.get(one.name) ?? [], runs.get(other.name) ?? []) && groupOf(known, one) !== undefined && groupOf(known, one) === groupOf(known, other)));
  if (sameFolder.length > 0) return { slot, state: "doubled", choices: sameFolder };
  if (run.length > 0) return { slot, state: "filled", choices: run };
  if (there.length === 0) return { slot, state: "empty", choices: [] };
  const named = there.filter((choice) => namedByRunner(repo, unit.root.folder, known.find(({ name }) => name === choice.name)) || runByLinter(slot, choice, packages));
  return named.length > 0 ? { slot, state: "filled", choices: named } : { slot, state: "idle", choices: there };
}

/** Prettier that leaves the code to another tool, by its ignore file or by what it is given, does other work than that. */
function formatsCode(repo: RepoView, folder: string, files: readonly string[], { name }: FoundChoice, commands: readonly Command[]): boolean {
  if (name !== "Prettier") return true;
  const given = commands.map(({ args }) => args.filter((word) => !word.startsWith("-")));
  if (given.length > 0 && given.every((words) => words.length > 0 && words.every((word) => otherFiles.test(word)))) return false;
  const text = repo.read(joinPath(folder, ".prettierignore"));
  if (text === undefined) return true;
  const ignored = ignore().add(text);
  return files.some((file) => isSourceFile(file) && !ignored.ignores(folder === "" ? file : file.slice(folder.length + 1)));
}

/** Files, or globs of files, that are no code: Markdown, YAML, styles. */
const otherFiles = /\.\{?(md|mdx|ya?ml|json5?|css|scss|less|html|graphql|,)+\}?$/;

function groupOf(known: readonly Choice[], { name }: FoundChoice): string | undefined {
  return known.find((choice) => choice.name === name)?.group;
}

function sharesFolder(left: readonly Command[], right: readonly Command[]): boolean {
  return left.some(({ folder }) => right.some((other) => other.folder === folder));
}

function configuredBy(choice: Choice, files: readonly string[]): FoundChoice[] {
  const found = files.filter((file) => choice.files?.some((pattern) => pattern.test(baseName(file))));
  // Without packages of its own, a file alone is not enough to tell what it is used for.
  if (found.length === 0 || choice.packages.length === 0) return [];
  return [{ name: choice.name, evidence: found.map((file): Evidence => ({ file, range: fileStart, what: `file ${baseName(file)}` })) }];
}

function prettierKey({ file, data }: RepoPackage["manifest"]): FoundChoice[] {
  const node = dataAt(data, "prettier");
  return node === undefined ? [] : [{ name: "Prettier", evidence: [{ file, range: node.range, what: "prettier in package.json" }] }];
}

/** Biome lints and formats unless its file turns one of them off. */
function biomeLeavesOut(repo: RepoView, files: readonly string[], slot: StackSlot): boolean {
  const configurations = files.filter((file) => /^\.?biome\.jsonc?$/.test(baseName(file)));
  return configurations.length > 0 && configurations.every((file) => dataAt(parseJsonData(repo.read(file) ?? "").documents[0], slot, "enabled")?.value === false);
}

function runsChoice(slot: StackSlot, { name, args }: Command, choice: Choice | undefined): boolean {
  if (choice?.programs === undefined || !runsProgram(name, choice.programs)) return choice !== undefined && runsInside(name, args[0]).includes(choice.name);
  const isBiome = choice.name === "Biome";
  if (isBiome && slot === "linter") return args[0] !== "format";
  if (isBiome && slot === "formatter") return args[0] !== "lint";
  return choice.name !== "Deno" || args[0] === (slot === "linter" ? "lint" : "fmt");
}

/** Whether a command is one of some programs, or a wrapper of one that is called after it: `lb-eslint`. */
export function runsProgram(command: string, programs: readonly string[]): boolean {
  return programs.some((program) => command === program || command.endsWith(`-${program}`));
}

/** The tools that a command of a framework runs: ESLint by `next lint`, Prettier by `nx format:write`, both of Vite+ by `vp check`. */
function runsInside(program: string, command = ""): readonly string[] {
  if (program === "vp") return command === "lint" ? ["oxlint"] : command === "fmt" ? ["oxfmt"] : command === "check" ? ["oxlint", "oxfmt"] : [];
  if (program === "next" && command === "lint") return ["ESLint"];
  return program === "nx" && /^format(?::|$)/.test(command) ? ["Prettier"] : [];
}

/** Whether a task runner's file, in a folder or above it, names one of the choice's programs. */
export function namedByRunner(repo: RepoView, folder: string, choice: Choice | undefined): boolean {
  const files = repo.files.filter((file) => opaqueRunner.test(baseName(file)) && (isWithin(folder, file) || isWithin(folderOf(file), folder)));
  return files.some((file) => {
    const text = repo.read(file) ?? "";
    return choice?.programs?.some((program) => text.includes(program)) === true;
  });
}

/** What makes an organisation's own configuration for ESLint: nobody knows what it brings along. */
const ownConfiguration = /^@(?!typescript-eslint\/|eslint\/)[^/]+\/eslint-config(?:-|$)/;

/** Prettier runs inside a linter by its plugin, which a configuration of somebody's own may bring. */
function runByLinter(slot: StackSlot, { name }: FoundChoice, packages: readonly RepoPackage[]): boolean {
  return slot === "formatter" && name === "Prettier" && packages.some(({ manifest }) => (["eslint-plugin-prettier", "tslint-plugin-prettier"].some((plugin) => findDependency(manifest, plugin) !== undefined) || manifest.dependencies.some((one) => ownConfiguration.test(one.name))));
}

/** Whether a command checks types. */
export function checksTypes({ name, args }: Command): boolean {
  if (["tsc", "tsgo", "vue-tsc", "tspc", "ttsc"].includes(name)) return true;
  if (name === "typescript") return true;
  if (name === "nest" || name === "next") return args[0] === "build" && !args.includes("swc");
  if (name === "tsup" || name === "tsdown") return args.includes("--dts");
  return name === "attw" || (name === "nx" && (args[0] === "typecheck" || args.some((word) => /^(?:build|--targets?=(?:.*,)?build(?:,.*)?)$/.test(word)))) || (name === "node" && args[0] === "ace" && args[1] === "build") || (name === "deno" && args[0] === "check");
}

/** The folder in which a tool of a package may be run for it: its own, or one above. */
export function servesPackage(commandFolder: string, { folder }: RepoPackage): boolean {
  return isWithin(commandFolder, joinPath(folder));
}
