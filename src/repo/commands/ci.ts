import { dataAt, type DataEntry, type DataNode, parseYamlData, stringOf, stringsOf } from "../readers/data.js";
import type { RepoView } from "../repo-view.js";
import { lineStarts, rangeOf } from "../../base/position.js";
import { joinPath } from "../../base/paths.js";
import type { CommandSource } from "./sources.js";

/** The commands of a CI configuration, of one kind. */
interface CiSystem {
  readonly file: RegExp;
  read(data: DataNode): Iterable<CiCommand>;
}

interface CiCommand {
  readonly node: DataNode;
  readonly job: string;
  /** As written: relative to the repository. */
  readonly folder?: string | undefined;
}

const systems: readonly CiSystem[] = [
  { file: /(^|\/)\.(github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/, read: githubWorkflow },
  { file: /(^|\/)action\.ya?ml$/, read: githubAction },
  { file: /(^|\/)\.gitlab-ci\.ya?ml$|(^|\/)\.gitlab\/.+\.ya?ml$/, read: gitlab },
  { file: /(^|\/)\.circleci\/.+\.ya?ml$/, read: circle },
  { file: /(^|\/)bitbucket-pipelines\.ya?ml$/, read: (data) => stepsBelow(data, ["script"]) },
  { file: /(^|\/)(azure-pipelines[^/]*|\.azure\/.+|\.azure-pipelines\/.+)\.ya?ml$/, read: (data) => stepsBelow(data, ["script", "bash", "pwsh", "powershell"]) },
  { file: /(^|\/)\.travis\.ya?ml$/, read: travis },
  { file: /(^|\/)(\.drone|\.woodpecker)(\/.+)?\.ya?ml$/, read: (data) => stepsBelow(data, ["commands"]) },
  { file: /(^|\/)appveyor\.ya?ml$/, read: (data) => stepsBelow(data, ["install", "build_script", "test_script", "deploy_script"]) },
  { file: /(^|\/)\.buildkite\/.+\.ya?ml$/, read: (data) => stepsBelow(data, ["command", "commands"]) },
];

/** The commands that CI configurations run. */
export function ciCommands(repo: RepoView): CommandSource[] {
  return repo.files.flatMap((file) => (/(^|\/)Jenkinsfile[^/]*$/.test(file) ? jenkins(file, repo.read(file) ?? "") : yamlCommands(repo, file)));
}

function yamlCommands(repo: RepoView, file: string): CommandSource[] {
  const system = systems.find((one) => one.file.test(file));
  if (system === undefined) return [];
  const data = parseYamlData(repo.read(file) ?? "").documents[0];
  if (data === undefined) return [];
  return [...system.read(data)].flatMap(({ node, job, folder = "" }) => {
    const text = stringOf(node);
    return text === undefined ? [] : [{ kind: "ci" as const, file, range: node.range, label: job, text, folder: repoFolder(folder) }];
  });
}

/** A folder of an expression is not known; the root stands for it. */
function repoFolder(folder: string): string {
  const relative = folder.replace(/^(\$GITHUB_WORKSPACE|\$\{\{ *github\.workspace *\}\})\/?/, "");
  return relative.includes("$") || relative.startsWith("/") || relative.startsWith("~") ? "" : joinPath(relative);
}

function* githubWorkflow(data: DataNode): Iterable<CiCommand> {
  const common = folderDefault(data);
  for (const { key, value } of dataAt(data, "jobs")?.entries ?? []) {
    const own = folderDefault(value) ?? common;
    for (const step of dataAt(value, "steps")?.items ?? []) yield* runStep(step, `job ${key}`, own);
  }
}

function* githubAction(data: DataNode): Iterable<CiCommand> {
  for (const step of dataAt(data, "runs", "steps")?.items ?? []) yield* runStep(step, `action ${stringOf(dataAt(data, "name")) ?? ""}`.trim(), undefined);
}

function folderDefault(data: DataNode): string | undefined {
  return stringOf(dataAt(data, "defaults", "run", "working-directory"));
}

function* runStep(step: DataNode, job: string, folder: string | undefined): Iterable<CiCommand> {
  const node = dataAt(step, "run");
  if (node !== undefined) yield { node, job, folder: stringOf(dataAt(step, "working-directory")) ?? folder };
}

function* gitlab(data: DataNode): Iterable<CiCommand> {
  for (const { key, value } of data.entries) {
    for (const list of ["before_script", "script", "after_script"]) {
      for (const node of flatStrings(dataAt(value, list) ?? (key === list ? value : undefined))) yield { node, job: `job ${key}` };
    }
  }
}

/** GitLab allows lists in lists, which anchors make. */
function flatStrings(node: DataNode | undefined): DataNode[] {
  return [...stringsOf(node), ...(node?.items ?? []).flatMap((item) => (item.kind === "array" ? flatStrings(item) : []))];
}

function* circle(data: DataNode): Iterable<CiCommand> {
  for (const group of ["jobs", "commands"]) {
    for (const { key, value } of dataAt(data, group)?.entries ?? []) {
      const home = stringOf(dataAt(value, "working_directory"));
      for (const step of dataAt(value, "steps")?.items ?? []) {
        const run = dataAt(step, "run");
        const node = run?.kind === "object" ? dataAt(run, "command") : run;
        if (node !== undefined) yield { node, job: `job ${key}`, folder: stringOf(dataAt(run, "working_directory")) ?? home };
      }
    }
  }
}

function* travis(data: DataNode): Iterable<CiCommand> {
  for (const phase of ["before_install", "install", "before_script", "script", "after_success", "before_deploy", "after_deploy"]) {
    for (const node of stringsOf(dataAt(data, phase))) yield { node, job: phase };
  }
}

/** The texts under `keys` at any depth; the nearest name around them stands for the job. */
function* stepsBelow(data: DataNode, keys: readonly string[], job = ""): Iterable<CiCommand> {
  const name = ["job", "name", "label", "displayName", "stage"].map((key) => stringOf(dataAt(data, key))).find((text) => text !== undefined) ?? job;
  for (const { key, value } of data.entries) {
    if (keys.includes(key)) for (const node of stringsOf(value)) yield { node, job: name };
    else yield* stepsBelow(value, keys, nameOf({ key, value, keyRange: value.range }, name));
  }
  for (const item of data.items) yield* stepsBelow(item, keys, name);
}

function nameOf({ key, value }: DataEntry, outer: string): string {
  return value.kind === "object" && !["steps", "step", "jobs", "definitions", "pipelines"].includes(key) ? key : outer;
}

/** `sh 'npm test'`, `sh "…"`, and texts of three quotes. Groovy is not read further. */
function jenkins(file: string, text: string): CommandSource[] {
  const starts = lineStarts(text);
  return [...text.matchAll(/\b(?:sh|bat)[\s(]+(?:script:\s*)?('''|"""|'|")/g)].flatMap((match) => {
    const quote = match[1] ?? "";
    const from = match.index + match[0].length;
    const to = text.indexOf(quote, from);
    return to === -1 ? [] : [{ kind: "ci" as const, file, range: rangeOf(starts, [from, to]), label: "pipeline", text: text.slice(from, to), folder: "" }];
  });
}
