import { baseName } from "../../base/paths.js";
import type { Range } from "../../base/position.js";
import type { RepoView } from "../repo-view.js";
import { dataAt, type DataEntry, type DataNode, parseYamlData, stringOf, stringsOf } from "./data.js";

/** A variable that a compose file gives a service. */
export interface ComposeVariable {
  readonly key: string;
  /** As written, `${…}` included; undefined where it is taken from the environment. */
  readonly value: string | undefined;
  readonly range: Range;
}

/** A command as text, or as the words of its list form. */
export type WrittenCommand = { readonly text: string; readonly words?: readonly string[]; readonly range: Range };

export interface ComposeService {
  readonly name: string;
  readonly nameRange: Range;
  readonly image: string | undefined;
  /** Built from the repository, not taken from a registry. */
  readonly build: { readonly context: string; readonly dockerfile: string | undefined } | undefined;
  readonly user: string | undefined;
  readonly command: WrittenCommand | undefined;
  readonly entrypoint: WrittenCommand | undefined;
  readonly environment: readonly ComposeVariable[];
  readonly envFiles: readonly string[];
  /** The service as written, for what is not listed here. */
  readonly data: DataNode;
}

export interface ComposeFile {
  readonly file: string;
  readonly services: readonly ComposeService[];
}

/** Whether a file is a compose file by its name. */
export function isComposeFile(file: string): boolean {
  return /^(docker-)?compose([.-].+)?\.ya?ml$/i.test(baseName(file));
}

/** The compose files of the repository. */
export function listComposeFiles(repo: RepoView): ComposeFile[] {
  return repo.files.filter(isComposeFile).map((file) => parseCompose(file, repo.read(file) ?? ""));
}

export function parseCompose(file: string, text: string): ComposeFile {
  const data = parseYamlData(text).documents[0];
  return { file, services: (dataAt(data, "services")?.entries ?? []).filter(({ value }) => value.kind === "object").map(readService) };
}

function readService({ key, keyRange, value }: DataEntry): ComposeService {
  const user = dataAt(value, "user")?.value;
  return {
    name: key,
    nameRange: keyRange,
    image: stringOf(dataAt(value, "image")),
    build: readBuild(dataAt(value, "build")),
    user: user === undefined || user === null ? undefined : String(user),
    command: writtenCommand(dataAt(value, "command")),
    entrypoint: writtenCommand(dataAt(value, "entrypoint")),
    environment: readEnvironment(dataAt(value, "environment")),
    envFiles: readEnvFiles(dataAt(value, "env_file")),
    data: value,
  };
}

function readBuild(node: DataNode | undefined): ComposeService["build"] {
  if (node === undefined) return undefined;
  return { context: stringOf(node) ?? stringOf(dataAt(node, "context")) ?? ".", dockerfile: stringOf(dataAt(node, "dockerfile")) };
}

function readEnvFiles(node: DataNode | undefined): string[] {
  const written = node?.kind === "array" ? node.items : node === undefined ? [] : [node];
  return written.flatMap((item) => stringOf(item) ?? stringOf(dataAt(item, "path")) ?? []);
}

/** `KEY: value` or `- KEY=value`. */
function readEnvironment(node: DataNode | undefined): ComposeVariable[] {
  const pairs = (node?.entries ?? []).map(({ key, keyRange, value }) => ({
    key,
    value: value.kind === "null" ? undefined : String(value.value),
    range: { start: keyRange.start, end: value.range.end },
  }));
  const lines = stringsOf(node).map((item) => {
    const text = stringOf(item) ?? "";
    const equals = text.indexOf("=");
    return { key: equals === -1 ? text : text.slice(0, equals), value: equals === -1 ? undefined : text.slice(equals + 1), range: item.range };
  });
  return [...pairs, ...lines];
}

/** A command of a YAML file, in either form. */
export function writtenCommand(node: DataNode | undefined): WrittenCommand | undefined {
  const text = stringOf(node);
  if (node !== undefined && text !== undefined) return { text, range: node.range };
  if (node?.kind !== "array" || node.items.length === 0) return undefined;
  const words = node.items.map(({ value }) => String(value ?? ""));
  return { text: words.join(" "), words, range: node.range };
}
