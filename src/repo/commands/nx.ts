import { oncePer } from "../../base/once-per.js";
import { baseName, folderOf } from "../../base/paths.js";
import { dataAt, type DataNode, parseJsonData, stringOf } from "../readers/data.js";
import type { RepoView } from "../repo-view.js";
import type { CommandLine } from "./command-line.js";
import type { Program } from "./unwrap.js";

/** A target of an Nx project. */
export interface NxTarget {
  readonly file: string;
  readonly node: DataNode;
  /** What it runs: commands as text, or the program that its executor stands for. */
  readonly commands: readonly string[];
  readonly folder: string;
}

/** The targets that an `nx` command runs, and of which projects. */
export function nxCall({ name, args }: Program): { readonly targets: readonly string[]; readonly projects: "all" | readonly string[] } | undefined {
  if (name !== "nx") return undefined;
  const [first = "", second] = args;
  if (first === "run" && second !== undefined) {
    const [project = "", target = ""] = second.split(":");
    return { targets: [target], projects: [project] };
  }
  if (first === "run-many" || first === "affected") {
    const targets = args.flatMap((word, index) => (/^(-t|--targets?)$/.test(args[index - 1] ?? "") ? [word] : word.replace(/^(-t|--targets?)=/, "") !== word ? [word.slice(word.indexOf("=") + 1)] : []));
    return { targets: targets.flatMap((text) => text.split(",")), projects: "all" };
  }
  if (first === "" || first.startsWith("-") || ["reset", "graph", "migrate", "g", "generate", "format", "format:check", "format:write", "release", "init", "report", "list", "sync", "sync:check", "show", "connect"].includes(first)) return undefined;
  return { targets: [first], projects: second === undefined || second.startsWith("-") ? "all" : [second] };
}

interface Project {
  readonly name: string;
  readonly folder: string;
  readonly file: string;
  readonly data: DataNode;
}

const projectsOf = oncePer((repo: RepoView): readonly Project[] =>
  repo.files.filter((file) => baseName(file) === "project.json").flatMap((file) => {
    const data = parseJsonData(repo.read(file) ?? "").documents[0];
    if (data === undefined || dataAt(data, "targets") === undefined) return [];
    return [{ name: stringOf(dataAt(data, "name")) ?? baseName(folderOf(file)), folder: folderOf(file), file, data }];
  }),
);

/** What every target of the repository runs. */
export function nxCommandLines(repo: RepoView): CommandLine[] {
  const names = new Set(projectsOf(repo).flatMap(({ data }) => (dataAt(data, "targets")?.entries ?? []).map(({ key }) => key)));
  return [...names].flatMap((target) => nxTargets(repo, target, "all")).flatMap(({ commands, folder }) => commands.map((text) => ({ text, folder })));
}

/** The targets of this name that project.json files declare. Those that plugins infer are not known. */
export function nxTargets(repo: RepoView, target: string, projects: "all" | readonly string[]): NxTarget[] {
  const defaults = dataAt(parseJsonData(repo.read("nx.json") ?? "").documents[0], "targetDefaults");
  return projectsOf(repo).filter(({ name }) => projects === "all" || projects.includes(name)).flatMap(({ folder, file, data }) => {
    const own = dataAt(data, "targets", target);
    if (own === undefined) return [];
    const fallback = dataAt(defaults, target);
    const executor = stringOf(dataAt(own, "executor")) ?? stringOf(dataAt(fallback, "executor"));
    const options = dataAt(own, "options") ?? dataAt(fallback, "options");
    const written = [dataAt(own, "command"), dataAt(options, "command"), ...(dataAt(options, "commands")?.items ?? []).map((item) => dataAt(item, "command") ?? item)];
    const commands = written.flatMap((node) => stringOf(node) ?? []);
    return [{ file, node: own, commands: commands.length > 0 ? commands : executorPrograms(executor), folder: stringOf(dataAt(options, "cwd")) ?? folder }];
  });
}

/** `@nx/jest:jest` is jest, `@nrwl/linter:eslint` is eslint, `@nx/vite:test` is vitest. */
function executorPrograms(executor: string | undefined): string[] {
  const [plugin = "", name = ""] = executor?.split(":") ?? [];
  if (name === "test" && (plugin === "@nx/vite" || plugin === "@nx/vitest")) return ["vitest run"];
  if (name === "lint" && plugin === "@nx/eslint") return ["eslint"];
  return /^(jest|eslint|tsc|vitest|mocha|cypress|playwright|webpack|esbuild|rollup)$/.test(name) ? [name] : [];
}
