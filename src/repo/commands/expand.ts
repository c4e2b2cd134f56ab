import { oncePer } from "../../base/once-per.js";
import { baseName, folderOf, isWithin, joinPath } from "../../base/paths.js";
import type { Range } from "../../base/position.js";
import { findScript, type Manifest, type Script } from "../readers/manifest.js";
import { listPackages, packageAround } from "../readers/packages.js";
import type { RepoView } from "../repo-view.js";
import { nxCall, nxCommandLines, nxTargets } from "./nx.js";
import type { CommandLine } from "./command-line.js";
import { concurrentCommands, type ScriptCall, scriptCall } from "./script-calls.js";
import { splitCommands } from "./shell.js";
import { listCommandSources } from "./sources.js";
import { commandText, type Program, unwrap } from "./unwrap.js";

/** A script, task or shell file on the way to a command. */
export interface CommandStep {
  readonly file: string;
  readonly name: string;
  readonly range: Range;
}

/** A program that runs in the end. */
export interface Command extends Program {
  readonly folder: string;
  /** What led to it, outermost first; empty for a command that stands in the line itself. */
  readonly via: readonly CommandStep[];
}

/** Scripts that call each other deeper than this are no scripts that anybody follows. */
const deepest = 40;

/** Words of the shell that start no program and change nothing outside of it. */
const shellWords = new Set(["[", "[[", "test", "echo", "printf", "exit", "return", "set", "export", "local", "readonly", "unset", "shift", "trap", "wait", "true", "false", "break", "continue", ":", "case", "esac", "function", "declare", "read", "ulimit", "umask", "alias", "sleep"]);

const start = { line: 1, column: 1 };
const fileStart: Range = { start, end: start };

/**
 * The programs that command lines run, through npm scripts, workspaces, task runners and shell files, in order.
 * Each script counts once, so that scripts which call each other end. What cannot be looked into stays as it is.
 */
export function expandCommands(repo: RepoView, ...lines: readonly CommandLine[]): Command[] {
  const seen = new Set<string>();
  return lines.flatMap((line) => [...expandLine(line, [])]);

  function* expandLine({ text, words, folder }: CommandLine, via: readonly CommandStep[]): Iterable<Command> {
    let at = folder;
    for (const command of words === undefined ? splitCommands(text) : [{ words }]) {
      const program = unwrap(command.words);
      if (program === undefined) continue;
      if (program.name === "cd" || program.name === "pushd") at = findFolder(repo, at, program.args[0]);
      else if (!shellWords.has(program.name)) yield* expandProgram(program, at, via);
    }
  }

  function* expandProgram(program: Program, folder: string, via: readonly CommandStep[]): Iterable<Command> {
    const inner = [...expandInner(program, folder, via)];
    if (inner.length > 0) yield* inner;
    else if (!hasSeen(program, folder)) yield { ...program, folder, via };
  }

  /** What the program starts; nothing for one that does its own work. */
  function* expandInner(program: Program, folder: string, via: readonly CommandStep[]): Iterable<Command> {
    if (via.length > deepest) return;
    const text = commandText(program);
    if (text !== undefined) yield* expandLine({ text, folder }, via);
    const file = shellFile(repo, program, folder);
    if (file !== undefined && enter(`${file} ${folder}`)) yield* expandLine({ text: repo.read(file) ?? "", folder }, [...via, { file, name: baseName(file), range: fileStart }]);
    const call = scriptCall(program);
    if (call !== undefined && isProgram(call, folder)) yield* expandLine({ text: "", words: [...call.scripts, ...call.passed], folder }, via);
    else if (call !== undefined) yield* expandCall(call, folder, via);
    for (const part of concurrentCommands(program) ?? []) {
      if (typeof part === "string") yield* expandLine({ text: part, folder }, via);
      else yield* expandCall(part, folder, via);
    }
    const nx = nxCall(program);
    for (const target of nx?.targets ?? []) yield* expandTarget(target, nx?.projects ?? [], via);
  }

  function* expandCall(call: ScriptCall, folder: string, via: readonly CommandStep[]): Iterable<Command> {
    for (const manifest of calledPackages(repo, call, folder)) {
      for (const script of calledScripts(manifest, call)) {
        const isLast = call.scripts.includes(script.name);
        const text = isLast && call.passed.length > 0 ? `${script.command} ${call.passed.map(quote).join(" ")}` : script.command;
        if (!enter(`${manifest.file} ${script.name} ${call.passed.join(" ")}`)) continue;
        yield* expandLine({ text, folder: manifest.folder }, [...via, { file: manifest.file, name: script.name, range: script.nameRange }]);
      }
    }
  }

  function* expandTarget(target: string, projects: "all" | readonly string[], via: readonly CommandStep[]): Iterable<Command> {
    for (const { file, node, commands, folder } of nxTargets(repo, target, projects)) {
      if (!enter(`${file} ${target}`)) continue;
      for (const text of commands) yield* expandLine({ text, folder }, [...via, { file, name: target, range: node.range }]);
    }
  }

  /** `pnpm eslint .` where no package has a script of that name. */
  function isProgram(call: ScriptCall, folder: string): boolean {
    return call.maybe === true && !calledPackages(repo, call, folder).some((manifest) => calledScripts(manifest, call).length > 0);
  }

  function enter(place: string): boolean {
    if (seen.has(place)) return false;
    seen.add(place);
    return true;
  }

  /** A call whose scripts have all been followed already is no command of its own. */
  function hasSeen(program: Program, folder: string): boolean {
    const call = scriptCall(program);
    if (call === undefined) return false;
    return calledPackages(repo, call, folder).some((manifest) => calledScripts(manifest, call).length > 0);
  }
}

/** Every program that a script, target or command source of the repository runs. */
export const everyCommand = oncePer((repo: RepoView): readonly Command[] => {
  const scripts = listPackages(repo).flatMap(({ manifest }) => manifest.scripts.map(({ command }) => ({ text: command, folder: manifest.folder })));
  return expandCommands(repo, ...scripts, ...listCommandSources(repo), ...nxCommandLines(repo));
});

function calledScripts(manifest: Manifest, { scripts, withHooks }: ScriptCall): Script[] {
  return scripts.flatMap((pattern) => {
    const matches = /[*?]/.test(pattern) ? manifest.scripts.filter(({ name }) => matchesScript(pattern, name)) : [findScript(manifest, pattern)];
    return matches.flatMap((script) => {
      if (script === undefined) return [];
      const around = (prefix: string) => (withHooks ? (findScript(manifest, `${prefix}${script.name}`) ?? []) : []);
      return [around("pre"), script, around("post")].flat();
    });
  });
}

/** `test:*` is one part, `test:**` any number of them. */
function matchesScript(pattern: string, name: string): boolean {
  const parts = pattern.split(":");
  const given = name.split(":");
  const open = parts.at(-1) === "**";
  if (open ? given.length < parts.length : given.length !== parts.length) return false;
  return parts.every((part, index) => part === "*" || part === "**" || part === given[index]);
}

function calledPackages(repo: RepoView, { packages, folder: into, maybe, scripts }: ScriptCall, folder: string): Manifest[] {
  const at = into === undefined ? folder : findFolder(repo, folder, into);
  const here = packageAround(repo, at === "" ? "package.json" : `${at}/package.json`);
  if (packages === "here") return here === undefined ? [] : [here.manifest];
  const home = here?.workspace ?? here?.folder ?? "";
  const members = listPackages(repo).filter((one) => (one.workspace ?? one.folder) === home);
  const named = packages === "all" ? members : members.filter((member) => packages.some((selector) => selects(selector, member.manifest, home)));
  return (maybe ? named.filter((member) => scripts.some((script) => findScript(member.manifest, script) !== undefined)) : named).map(({ manifest }) => manifest);
}

/** `api`, `@acme/api`, `./apps/api`, `api...`, `@acme/*`, `{apps/api}`; what is selected by changes is not known. */
function selects(selector: string, { name, folder }: Manifest, home: string): boolean {
  const bare = selector.replace(/^\.{3}|\.{3}$|\^/g, "");
  const path = bare.replace(/^\{|\}$/g, "");
  if (path !== bare || path.startsWith(".")) return joinPath(home, path).replace(/\/\*+$/, "") === folder || (path.includes("*") && isWithin(joinPath(home, path.slice(0, path.indexOf("*"))), folder));
  if (bare.includes("*")) return name?.startsWith(bare.slice(0, bare.indexOf("*"))) === true;
  return name === bare || name?.split("/").at(-1) === bare || folder === joinPath(home, bare);
}

/** The shell file that a program is, or is told to run. Paths of a container are found by their ends. */
function shellFile(repo: RepoView, { name, path, args }: Program, folder: string): string | undefined {
  const isShell = ["sh", "bash", "zsh", "dash", "ash", ".", "source"].includes(name);
  const written = isShell ? args.find((word) => !word.startsWith("-")) : path;
  if (written?.endsWith(".sh") !== true) return undefined;
  const files = new Set(repo.files);
  const relative = written.startsWith("/") ? written : joinPath(folder, written);
  if (files.has(relative)) return relative;
  const found = repo.files.filter((file) => baseName(file) === baseName(written));
  return found.length === 1 ? found[0] : undefined;
}

/** Where `cd` leads from `folder`; an absolute path is one of a container, and is found by its end. */
function findFolder(repo: RepoView, folder: string, to: string | undefined): string {
  if (to === undefined || to === "-" || to === "~") return folder;
  const exists = (path: string) => repo.files.some((file) => isWithin(path, folderOf(file)));
  if (!/^[/$~]/.test(to)) {
    const relative = joinPath(folder, to);
    return !relative.startsWith("..") && exists(relative) ? relative : folder;
  }
  const parts = to.split("/").filter(Boolean);
  for (let from = 0; from < parts.length; from++) {
    const end = parts.slice(from).join("/");
    if (exists(end)) return end;
  }
  return folder;
}

function quote(word: string): string {
  return /^[\w./:@=,+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
