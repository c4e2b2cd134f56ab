import { wordTable } from "../../base/word-table.js";
import { managerOptions, type Program } from "./unwrap.js";

/** A command that runs scripts or tasks of packages. */
export interface ScriptCall {
  /** Names, or patterns in which `*` stands for a part between colons and `**` for anything. */
  readonly scripts: readonly string[];
  /** Which packages: the one it is called in, those that are named, or all of the workspace. */
  readonly packages: "here" | "all" | readonly string[];
  /** A folder to go to first, relative to the one it is called in. */
  readonly folder?: string;
  /** Words that are handed on to the script. */
  readonly passed: readonly string[];
  /** Also runs the scripts `pre…` and `post…` of the same name. */
  readonly withHooks: boolean;
  /** The scripts are meant only if there are such; else it is a program. */
  readonly maybe?: true;
}

const installScripts = ["preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare"];

const aliases: Readonly<Record<string, string>> = wordTable({ t: "test", tst: "test", it: "install", i: "install", ci: "install" });

/** Commands of package managers that run no script of that name. */
const builtIns = new Set([
  "add", "remove", "rm", "uninstall", "update", "up", "upgrade", "outdated", "audit", "why", "list", "ls", "link", "unlink", "publish", "pack",
  "init", "create", "config", "set", "cache", "version", "login", "logout", "info", "view", "dedupe", "prune", "store", "deploy", "patch", "import",
  "fetch", "rebuild", "root", "bin", "dlx", "exec", "x", "plugin", "constraints", "global", "env", "setup", "approve-builds", "corepack", "help",
  "doctor", "generate-lock-entry", "policies", "versions", "pkg", "fund", "ping", "whoami", "owner", "dist-tag", "search",
]);

/** The scripts that a program runs; undefined for a program that runs none. */
export function scriptCall({ name, args }: Program): ScriptCall | undefined {
  if (name === "npm" || name === "pnpm" || name === "yarn" || name === "bun") return managerCall(name, args);
  if (name === "node") return nodeRun(args);
  if (name === "npm-run-all" || name === "npm-run-all2" || name === "run-s" || name === "run-p") return runAll(args);
  if (name === "turbo") return turboCall(args);
  if (name === "lerna") return args[0] === "run" && args[1] !== undefined ? call([args[1]], { packages: scopes(args, ["--scope"]) ?? "all" }) : undefined;
  if (name === "start-server-and-test" || name === "server-test") return call(args.filter((word) => !/^(https?:|tcp:|[\d:]+$|-)/.test(word)), {});
  return undefined;
}

/** The commands that `concurrently` starts: its words, some of which name scripts as `npm:lint`. */
export function concurrentCommands({ name, args }: Program): (string | ScriptCall)[] | undefined {
  if (name !== "concurrently" && name !== "conc") return undefined;
  const valued = [
    "-n", "--names", "-c", "--prefix-colors", "-p", "--prefix", "-m", "--max-processes", "-s", "--success", "--restart-tries", "--restart-after",
    "--name-separator", "-l", "--prefix-length", "-t", "--timestamp-format", "--default-input-target", "--kill-signal", "--ks", "--hide", "--cwd",
  ];
  return args.filter((word, index) => !word.startsWith("-") && !valued.includes(args[index - 1] ?? "")).map((word) => {
    const script = /^(?:npm|pnpm|yarn|bun|node):(\S+)$/.exec(word)?.[1];
    return script === undefined ? word : call([script], {});
  });
}

function call(scripts: readonly string[], { packages = "here", passed = [], withHooks = true, ...rest }: Partial<ScriptCall>): ScriptCall {
  return { scripts, packages, passed, withHooks, ...rest };
}

function managerCall(manager: string, args: readonly string[]): ScriptCall | undefined {
  const { folder, packages, words } = managerFlags(manager, args);
  const target = { ...(packages !== undefined && { packages }), ...(folder !== undefined && { folder }) };
  const [first, second] = words;
  if (first === undefined) return manager === "yarn" ? call(installScripts, { ...target, withHooks: false }) : undefined;
  if (manager === "yarn" && first === "workspace" && second !== undefined) return managerCall("yarn", ["--workspace", second, ...words.slice(2)]);
  if (manager === "yarn" && first === "workspaces") return yarnWorkspaces(words.slice(1));
  if (first === "run" || first === "run-script" || first === "rum" || first === "urn") {
    return second === undefined ? undefined : call([second], { ...target, passed: handedOn(words.slice(2)), ...(manager !== "npm" && { maybe: true }) });
  }
  const name = aliases[first] ?? first;
  // With packages named, only their own scripts run.
  if (name === "install") return second === undefined ? call(installScripts, { ...target, withHooks: false }) : undefined;
  if (manager === "npm") return ["test", "start", "stop", "restart"].includes(name) ? call([name], { ...target, passed: handedOn(words.slice(1)) }) : undefined;
  // `bun test` is bun's own runner, and `bun file.ts` runs a file.
  if (builtIns.has(name) || (manager === "bun" && (name === "test" || /[./]/.test(name)))) return undefined;
  return call([name], { ...target, passed: handedOn(words.slice(1)), maybe: true });
}

/** What the options in front of the command's name say. */
function managerFlags(manager: string, args: readonly string[]): { readonly folder: string | undefined; readonly packages: ScriptCall["packages"] | undefined; readonly words: readonly string[] } {
  const words: string[] = [];
  const named: string[] = [];
  let folder: string | undefined;
  let all = false;
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? "";
    // What stands behind the script's name belongs to the script, but for npm's own options.
    const passed = words.length > (["run", "run-script"].includes(words[0] ?? "") ? 1 : 0) && manager !== "npm";
    if (word === "--" || passed) {
      words.push(...args.slice(at));
      break;
    }
    const [option = "", attached] = word.startsWith("--") ? splitOption(word) : [word];
    const isValued = (managerOptions as readonly string[]).includes(option) && !(option === "-w" && manager === "pnpm");
    const value = isValued ? (attached ?? args[++at] ?? "") : undefined;
    if (value !== undefined && ["--filter", "-F", "-w", "--workspace"].includes(option)) named.push(value);
    else if (value !== undefined) folder = value;
    else if (["-r", "--recursive", "--workspaces", "-ws"].includes(option)) all = true;
    else if (!word.startsWith("-")) words.push(word);
  }
  return { folder, packages: named.length > 0 ? named : all ? "all" : undefined, words };
}

function splitOption(word: string): [option: string, value?: string] {
  const equals = word.indexOf("=");
  return equals === -1 ? [word] : [word.slice(0, equals), word.slice(equals + 1)];
}

/** `yarn workspaces run x` and `yarn workspaces foreach -A run x`. */
function yarnWorkspaces(words: readonly string[]): ScriptCall | undefined {
  const at = words.indexOf("run");
  const script = words[at + 1];
  return at === -1 || script === undefined ? undefined : call([script], { packages: "all", passed: handedOn(words.slice(at + 2)) });
}

function handedOn(words: readonly string[]): string[] {
  const dashes = words.indexOf("--");
  return dashes === -1 ? [...words] : [...words.slice(0, dashes), ...words.slice(dashes + 1)];
}

function nodeRun(args: readonly string[]): ScriptCall | undefined {
  const at = args.findIndex((word) => word === "--run" || word.startsWith("--run="));
  const script = args[at]?.slice("--run=".length) || args[at + 1];
  return at === -1 || script === undefined ? undefined : call([script], { withHooks: false });
}

/** `run-s lint "test:*" -- --flag`; a word may hold arguments of its script. */
function runAll(args: readonly string[]): ScriptCall | undefined {
  const own = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  const scripts = own.filter((word, index) => !word.startsWith("-") && !["--max-parallel", "--npm-path"].includes(own[index - 1] ?? "")).map((word) => word.split(" ")[0] ?? "");
  return scripts.length === 0 ? undefined : call(scripts, {});
}

function turboCall(args: readonly string[]): ScriptCall | undefined {
  const own = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  const words = own.filter((word, index) => !word.startsWith("-") && !["--filter", "-F", "--concurrency", "--cache-dir", "--env-mode", "--log-order", "--output-logs"].includes(own[index - 1] ?? ""));
  const tasks = words[0] === "run" || words[0] === "watch" ? words.slice(1) : words;
  if (tasks.length === 0 || ["prune", "login", "link", "daemon", "gen", "ls", "query"].includes(tasks[0] ?? "")) return undefined;
  // `web#build` names the package.
  const packages = tasks.flatMap((task) => (task.includes("#") ? [task.slice(0, task.indexOf("#"))] : []));
  return call(tasks.map((task) => task.slice(task.indexOf("#") + 1)), { packages: packages.length > 0 ? packages : (scopes(own, ["--filter", "-F"]) ?? "all"), withHooks: false });
}

function scopes(args: readonly string[], options: readonly string[]): string[] | undefined {
  const found = args.flatMap((word, index) => {
    const [option, attached] = splitOption(word);
    if (attached !== undefined && options.includes(option)) return [attached];
    return options.includes(args[index - 1] ?? "") ? [word] : [];
  });
  return found.length === 0 ? undefined : found;
}
