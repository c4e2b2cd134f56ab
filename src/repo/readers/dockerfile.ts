import { baseName } from "../../base/paths.js";
import { lineStarts, type Range, rangeOf } from "../../base/position.js";
import type { RepoView } from "../repo-view.js";

/** One instruction of a Dockerfile. */
export interface Instruction {
  /** In capitals; of `ONBUILD RUN …` it is `RUN`. */
  readonly name: string;
  /** What follows the name, continued lines joined by a blank, comments in them dropped. */
  readonly text: string;
  /** The words of the JSON form of CMD, ENTRYPOINT, RUN and SHELL. */
  readonly words: readonly string[] | undefined;
  readonly range: Range;
}

/** What a FROM begins. */
export interface BuildStage {
  readonly image: string;
  readonly name: string | undefined;
  readonly range: Range;
  /** FROM itself not included. */
  readonly instructions: readonly Instruction[];
}

export interface Dockerfile {
  readonly file: string;
  readonly stages: readonly BuildStage[];
  /** ARGs in front of the first FROM. */
  readonly globalArguments: readonly Instruction[];
}

/** A variable that ENV or ARG sets. */
export interface DockerVariable {
  readonly key: string;
  /** Absent for an ARG without a default. */
  readonly value: string | undefined;
  readonly instruction: Instruction;
}

/** Whether a file is a Dockerfile by its name: `Dockerfile`, `Dockerfile.dev`, `api.Dockerfile`, `Containerfile`. */
export function isDockerfile(file: string): boolean {
  return /^((.+\.)?(Dockerfile|Containerfile)|(Dockerfile|Containerfile)[.-].+)$/i.test(baseName(file)) && !/\.(dockerignore|md|json|ya?ml|sh|[cm]?[jt]sx?)$/.test(file);
}

/** The Dockerfiles of the repository. */
export function listDockerfiles(repo: RepoView): Dockerfile[] {
  return repo.files.filter(isDockerfile).map((file) => parseDockerfile(file, repo.read(file) ?? ""));
}

export function parseDockerfile(file: string, text: string): Dockerfile {
  const globalArguments: Instruction[] = [];
  const stages: (BuildStage & { readonly instructions: Instruction[] })[] = [];
  for (const instruction of readInstructions(text)) {
    if (instruction.name === "FROM") {
      const words = instruction.text.split(/\s+/).filter((word) => !word.startsWith("--"));
      stages.push({ image: words[0] ?? "", name: /^as$/i.test(words[1] ?? "") ? words[2] : undefined, range: instruction.range, instructions: [] });
    } else (stages.at(-1)?.instructions ?? globalArguments).push(instruction);
  }
  return { file, stages, globalArguments };
}

/** The last stage, which is the image that is run, with the instructions of the stages that it builds on in front. */
export function finalInstructions({ stages }: Dockerfile): Instruction[] {
  const last = stages.at(-1);
  const chain: BuildStage[] = [];
  for (let stage = last; stage !== undefined && !chain.includes(stage); ) {
    chain.unshift(stage);
    const { image } = stage;
    stage = stages.find(({ name }) => name?.toLowerCase() === image.toLowerCase());
  }
  return chain.flatMap(({ instructions }) => instructions);
}

/** The variables that an ENV or ARG sets: `A=1 B="two words"`, or the old `A one value`. */
export function variablesOf(instruction: Instruction): DockerVariable[] {
  if (instruction.name !== "ENV" && instruction.name !== "ARG") return [];
  const old = /^(\w+)\s+([^=].*)$/s.exec(instruction.text);
  if (old?.[1] !== undefined && instruction.name === "ENV") return [{ key: old[1], value: old[2], instruction }];
  return [...instruction.text.matchAll(/([\w.-]+)(?:=("(?:[^"\\]|\\.)*"|'[^']*'|(?:[^\s\\]|\\.)*))?/g)].map(([, key = "", value]) => ({
    key,
    value: value?.replace(/^(["'])(.*)\1$/s, "$2"),
    instruction,
  }));
}

function* readInstructions(text: string): Iterable<Instruction> {
  const starts = lineStarts(text);
  const lines = text.split(/\r?\n/);
  const escape = /^#\s*escape\s*=\s*`/im.test(lines.slice(0, 3).join("\n")) ? "`" : "\\";
  for (let index = 0; index < lines.length; index++) {
    const first = lines[index] ?? "";
    const match = /^\s*(?:ONBUILD\s+)?([A-Za-z]+)(?:\s+|$)/i.exec(first);
    if (match?.[1] === undefined) continue;
    const name = match[1].toUpperCase();
    const firstIndex = index;
    const parts: string[] = [];
    let rest = first.slice(match[0].length);
    for (;;) {
      const trimmed = rest.trimEnd();
      const continues = trimmed.endsWith(escape);
      parts.push((continues ? trimmed.slice(0, -1) : trimmed).trim());
      if (!continues || index + 1 >= lines.length) break;
      do rest = lines[++index] ?? "";
      while (/^\s*(#|$)/.test(rest) && index + 1 < lines.length);
    }
    const body = parts.filter((part) => part !== "").join(" ");
    const { text: inner, end } = withHeredoc(name, body, lines, index);
    index = end;
    yield { name, text: inner, words: jsonWords(inner), range: rangeOf(starts, [(starts[firstIndex] ?? 0) + first.search(/\S/), (starts[end] ?? 0) + (lines[end] ?? "").length]) };
  }
}

/** `RUN <<EOF` takes the lines up to `EOF` as its script; of other instructions they are the content of a file. */
function withHeredoc(name: string, body: string, lines: readonly string[], index: number): { readonly text: string; readonly end: number } {
  const mark = name === "RUN" || name === "COPY" || name === "ADD" ? /<<-?\s*(["']?)(\w+)\1/.exec(body)?.[2] : undefined;
  if (mark === undefined) return { text: body, end: index };
  const end = lines.findIndex((line, at) => at > index && line.trim() === mark);
  if (end === -1) return { text: body, end: index };
  return { text: name === "RUN" ? lines.slice(index + 1, end).join("\n") : body, end };
}

function jsonWords(text: string): string[] | undefined {
  if (!text.startsWith("[")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((word) => typeof word === "string") ? value : undefined;
  } catch {
    // Docker takes what is no JSON as a shell command.
    return undefined;
  }
}
