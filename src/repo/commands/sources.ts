import { wordTable } from "../../base/word-table.js";
import { oncePer } from "../../base/once-per.js";
import { baseName, folderOf, joinPath } from "../../base/paths.js";
import { lineStarts, type Range, rangeOf } from "../../base/position.js";
import { listComposeFiles, type WrittenCommand } from "../readers/compose.js";
import { dataAt, type DataNode, parseData, parseJsonData, stringOf, stringsOf } from "../readers/data.js";
import { finalInstructions, listDockerfiles } from "../readers/dockerfile.js";
import { listPackages } from "../readers/packages.js";
import type { RepoView } from "../repo-view.js";
import { ciCommands } from "./ci.js";
import type { CommandLine } from "./command-line.js";

/** Who starts a command without anybody typing it. */
export type CommandSourceKind =
  /** A CI system. */
  | "ci"
  /** A container: CMD, ENTRYPOINT, or a service of a compose file. */
  | "container"
  /** A step while an image is built. */
  | "image-build"
  /** A hosting platform, by its own file. */
  | "platform"
  /** A script that npm, a platform or an operator starts by its name. */
  | "lifecycle"
  /** A git hook. */
  | "hook";

/** A place from which commands are started. */
export interface CommandSource extends CommandLine {
  readonly kind: CommandSourceKind;
  readonly file: string;
  readonly range: Range;
  /** What it is, for a message: `job deploy`, `CMD`, `service api`. */
  readonly label: string;
}

/** Scripts that are started by their names: by npm itself, by platforms, or by whoever runs the service. */
const lifecycleScript = /^(pre)?start(:(prod|production|live|deploy|release))?$|^(post)?install$|^(pre)?prepare$|^(pre|post)?(deploy|release)(:(prod|production|live))?$|^heroku-(prebuild|postbuild|cleanup)$|^(vercel|gcp|now|railway|render)-build$/;

/** Every place of the repository that starts commands by itself. Scripts for developers are reached from these or not at all. */
export const listCommandSources = oncePer((repo: RepoView): readonly CommandSource[] => [
  ...ciCommands(repo),
  ...containerCommands(repo),
  ...platformCommands(repo),
  ...lifecycleCommands(repo),
  ...hookCommands(repo),
]);

function* containerCommands(repo: RepoView): Iterable<CommandSource> {
  for (const dockerfile of listDockerfiles(repo)) {
    const { file, stages } = dockerfile;
    const folder = folderOf(file);
    for (const { instructions } of stages) {
      for (const { name, text, words, range } of instructions) if (name === "RUN") yield { kind: "image-build", file, range, label: "RUN", folder, text: text.replace(/^(--\S+\s+)+/, ""), ...(words && { words }) };
    }
    const final = finalInstructions(dockerfile);
    const last = (wanted: string) => final.findLast(({ name }) => name === wanted);
    const entry = last("ENTRYPOINT");
    const command = last("CMD");
    for (const one of [entry, command]) {
      if (one !== undefined) yield { kind: "container", file, range: one.range, label: one.name, folder, text: one.text, ...(one.words && { words: one.words }) };
    }
  }
  for (const { file, services } of listComposeFiles(repo)) {
    for (const { name, command, entrypoint, build } of services) {
      const folder = joinPath(folderOf(file), build === undefined || /^[/$~]|^\w+:/.test(build.context) ? "" : build.context);
      for (const one of [entrypoint, command]) if (one !== undefined) yield { kind: "container", file, label: `service ${name}`, folder: folder.startsWith("..") ? "" : folder, ...one };
    }
  }
}

/** Keys of platform files that hold a command. */
const platformKeys: Readonly<Record<string, readonly (readonly string[])[]>> = wordTable({
  "vercel.json": [["buildCommand"], ["installCommand"]],
  "railway.json": [["build", "buildCommand"], ["deploy", "startCommand"], ["deploy", "preDeployCommand"]],
  "app.json": [["scripts", "postdeploy"]],
  "heroku.yml": [["run", "web"], ["run", "worker"], ["release", "command"]],
});

function* platformCommands(repo: RepoView): Iterable<CommandSource> {
  for (const file of repo.files) {
    const name = baseName(file);
    const place = { kind: "platform" as const, file, folder: folderOf(file) };
    if (name === "Procfile") yield* linesOf(repo.read(file) ?? "", /^([\w-]+):[ \t]*(.+)$/gm).map((line) => ({ ...place, ...line }));
    if (name === "fly.toml" || name === "railway.toml" || name === "netlify.toml" || name === "nixpacks.toml") {
      yield* linesOf(repo.read(file) ?? "", /^[ \t]*(release_command|startCommand|preDeployCommand|buildCommand|command|cmd)[ \t]*=[ \t]*["']([^"'\n]+)["']/gm).map((line) => ({ ...place, ...line }));
    }
    const keys = platformKeys[name];
    if (keys !== undefined) {
      const data = parseData(file, repo.read(file) ?? "").documents[0];
      for (const path of keys) for (const node of stringsOf(dataAt(data, ...path))) yield { ...place, ...asCommand(node), label: path.join(".") };
    }
    if (name === "render.yaml") yield* renderCommands(place, parseData(file, repo.read(file) ?? "").documents[0]);
  }
}

function* renderCommands(place: { readonly kind: "platform"; readonly file: string; readonly folder: string }, data: DataNode | undefined): Iterable<CommandSource> {
  for (const service of dataAt(data, "services")?.items ?? []) {
    const folder = joinPath(place.folder, stringOf(dataAt(service, "rootDir")) ?? "");
    for (const key of ["buildCommand", "preDeployCommand", "startCommand", "dockerCommand"]) for (const node of stringsOf(dataAt(service, key))) yield { ...place, ...asCommand(node), folder, label: key };
  }
}

function asCommand(node: DataNode): WrittenCommand {
  return { text: stringOf(node) ?? "", range: node.range };
}

/** A label and a text on each line that matches. */
function linesOf(text: string, pattern: RegExp): { readonly label: string; readonly text: string; readonly range: Range }[] {
  const starts = lineStarts(text);
  return [...text.matchAll(pattern)].map((match) => {
    const [whole, label = "", command = ""] = match;
    const from = match.index + whole.lastIndexOf(command);
    return { label, text: command, range: rangeOf(starts, [from, from + command.length]) };
  });
}

function lifecycleCommands(repo: RepoView): CommandSource[] {
  return listPackages(repo).flatMap(({ manifest }) =>
    manifest.scripts.filter(({ name }) => lifecycleScript.test(name)).map(({ name, command, commandRange }) => ({
      kind: "lifecycle" as const, file: manifest.file, range: commandRange, label: `script ${name}`, folder: manifest.folder, text: command,
    })),
  );
}

/** husky, lefthook, simple-git-hooks, lint-staged, and hooks that git is pointed to. */
function* hookCommands(repo: RepoView): Iterable<CommandSource> {
  const kind = "hook" as const;
  for (const file of repo.files) {
    const folder = folderOf(file);
    const hook = /(^|\/)(\.husky|\.githooks|\.git-hooks)\/([a-z-]+)$/.exec(file);
    if (hook !== null) {
      const text = repo.read(file) ?? "";
      yield { kind, file, range: rangeOf(lineStarts(text), [0, 0]), label: hook[3] ?? "", folder: file.slice(0, hook.index), text };
    }
    if (/^\.?lefthook(-local)?\.(ya?ml|json)$/.test(baseName(file))) yield* lefthook(file, parseData(file, repo.read(file) ?? "").documents[0]);
    if (/^\.lintstagedrc(\.json|\.ya?ml)?$/.test(baseName(file))) yield* lintStaged(file, folder, parseData(file.endsWith("rc") ? `${file}.yaml` : file, repo.read(file) ?? "").documents[0]);
    if (/^\.simple-git-hooks\.json$/.test(baseName(file))) yield* gitHooks(file, folder, parseJsonData(repo.read(file) ?? "").documents[0]);
  }
  for (const { manifest: { file, folder, data } } of listPackages(repo)) {
    yield* lintStaged(file, folder, dataAt(data, "lint-staged"));
    yield* gitHooks(file, folder, dataAt(data, "simple-git-hooks"));
    yield* gitHooks(file, folder, dataAt(data, "husky", "hooks"));
  }
}

function* lefthook(file: string, data: DataNode | undefined): Iterable<CommandSource> {
  for (const { key, value } of data?.entries ?? []) {
    const jobs = [...(dataAt(value, "commands")?.entries ?? []).map((entry) => entry.value), ...(dataAt(value, "jobs")?.items ?? [])];
    for (const job of jobs) {
      const run = dataAt(job, "run");
      if (run !== undefined) yield { kind: "hook", file, label: key, folder: joinPath(folderOf(file), stringOf(dataAt(job, "root")) ?? ""), ...asCommand(run) };
    }
  }
}

/** The files that lint-staged adds at the end change nothing of what runs. */
function* lintStaged(file: string, folder: string, data: DataNode | undefined): Iterable<CommandSource> {
  for (const { value } of data?.entries ?? []) for (const node of stringsOf(value)) yield { kind: "hook", file, label: "lint-staged", folder, ...asCommand(node) };
}

function* gitHooks(file: string, folder: string, data: DataNode | undefined): Iterable<CommandSource> {
  for (const { key, value } of data?.entries ?? []) for (const node of stringsOf(value)) yield { kind: "hook", file, label: key, folder, ...asCommand(node) };
}
