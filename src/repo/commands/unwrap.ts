import { wordTable } from "../../base/word-table.js";

/** A command without what only stands around it. */
export interface Program {
  /** Base name; of a file in node_modules the package that it belongs to. */
  readonly name: string;
  /** As written, with its folder. */
  readonly path: string;
  readonly args: readonly string[];
}

/** A program that starts the command behind its own options. */
interface Wrapper {
  /** The subcommands behind which the command stands; none means directly. */
  readonly behind?: readonly string[];
  /** Options that take the next word. */
  readonly valued?: readonly string[];
  /** Words of its own in front of the command that are no options. */
  readonly skip?: number;
  /** The command stands behind `--` only. */
  readonly onlyBehindDashes?: true;
}

const wrappers: Readonly<Record<string, Wrapper>> = wordTable({
  "cross-env": {},
  "cross-env-shell": {},
  env: { valued: ["-u", "--unset", "-C", "--chdir"] },
  "env-cmd": { valued: ["-f", "--file", "-e", "--environments", "-r", "--rc-file"] },
  dotenv: { valued: ["-e", "-v", "-c", "-p"] },
  dotenvx: { behind: ["run"], valued: ["-f", "--env-file", "-e", "--env", "-fk", "--convention"] },
  doppler: { behind: ["run"], onlyBehindDashes: true },
  infisical: { behind: ["run"], onlyBehindDashes: true },
  op: { behind: ["run"], onlyBehindDashes: true },
  vault: { onlyBehindDashes: true },
  mise: { behind: ["exec", "x"], onlyBehindDashes: true },
  npx: { valued: ["-p", "--package"] },
  bunx: { valued: ["-p", "--package"] },
  pnpx: { valued: ["--package"] },
  exec: {},
  sudo: { valued: ["-u", "-g", "--user"] },
  nohup: {},
  nice: { valued: ["-n"] },
  command: {},
  "dumb-init": {},
  tini: {},
  "docker-entrypoint.sh": {},
  timeout: { valued: ["-k", "-s"], skip: 1 },
  "xvfb-run": { valued: ["-s", "-n"] },
  "wait-for-it.sh": { onlyBehindDashes: true },
  "wait-for": { onlyBehindDashes: true },
  c8: { valued: ["-r", "--reporter", "--include", "--exclude"] },
  nyc: { valued: ["-r", "--reporter", "--include", "--exclude"] },
});

/** Package managers that start a program of a package: the subcommands for it. */
const executors: Readonly<Record<string, readonly string[]>> = wordTable({ npm: ["exec", "x"], pnpm: ["exec", "dlx"], yarn: ["exec", "dlx"], bun: ["x"] });

/** Options of package managers that take the next word and say in which packages or folder they work. */
export const managerOptions = ["--filter", "-F", "-C", "--dir", "--cwd", "--prefix", "-w", "--workspace"] as const;

/** Programs that run a file; one of a package's own files stands for the package. */
const runners: Readonly<Record<string, readonly string[]>> = wordTable({
  node: ["-r", "--require", "--import", "--loader", "--experimental-loader", "--env-file", "--env-file-if-exists", "-C", "--conditions"],
  "ts-node": ["-r", "--require", "-P", "--project", "-O", "--compiler-options", "--cwd"],
  "ts-node-dev": ["-r", "--require", "-P", "--project"],
  tsx: ["-r", "--require", "--import", "--env-file", "--env-file-if-exists", "--tsconfig"],
  bun: ["-r", "--preload", "--env-file", "--cwd"],
});

const assignment = /^[A-Za-z_][A-Za-z0-9_]*=/;

/** The program that `words` start in the end: without assignments, wrappers, and what merely brings it from a package. */
export function unwrap(words: readonly string[]): Program | undefined {
  const first = words.findIndex((word) => !assignment.test(word));
  if (first === -1) return undefined;
  let rest: readonly string[] = words.slice(first);
  // Each round takes at least one word off.
  for (;;) {
    const inner = inside(rest);
    if (inner === undefined) return asProgram(rest);
    rest = inner;
  }
}

/** The text that a shell is told to run with `-c`; of other programs the option that takes a command. */
export function commandText({ name, args }: Program): string | undefined {
  const at = (options: readonly string[]) => args.findIndex((word) => options.includes(word));
  if (["sh", "bash", "zsh", "dash", "ash"].includes(name)) return args[args.findIndex((word) => /^-[a-z]*c$/.test(word)) + 1 || args.length];
  if (name === "nodemon") return args[at(["-x", "--exec"]) + 1 || args.length];
  if (name === "glob") return args[at(["-c", "--cmd"]) + 1 || args.length];
  if (name === "tsup" || name === "tsc-watch" || name === "tsdown") {
    const option = args.find((word) => word.startsWith("--onSuccess=") || word.startsWith("--on-success="));
    return option?.slice(option.indexOf("=") + 1) ?? args[at(["--onSuccess", "--on-success"]) + 1 || args.length];
  }
  return undefined;
}

function inside(words: readonly string[]): readonly string[] | undefined {
  const [first = "", ...args] = words;
  const name = programName(first);
  const executor = executors[name];
  if (executor !== undefined) {
    const [subcommand = "", ...behind] = behindOptions(args, { valued: managerOptions });
    return executor.includes(subcommand) ? nonEmpty(behindOptions(behind, { valued: ["--package", "-p"] })) : undefined;
  }
  const wrapper = wrappers[name];
  if (wrapper === undefined) return undefined;
  const { behind, onlyBehindDashes } = wrapper;
  if (behind !== undefined && !behind.includes(args[0] ?? "")) return undefined;
  if (onlyBehindDashes) {
    const dashes = args.indexOf("--");
    return dashes === -1 ? undefined : nonEmpty(args.slice(dashes + 1));
  }
  return nonEmpty(behindOptions(behind === undefined ? args : args.slice(1), wrapper));
}

function behindOptions(args: readonly string[], { valued = [], skip = 0 }: Wrapper): readonly string[] {
  let at = 0;
  let toSkip = skip;
  for (; at < args.length; at++) {
    const word = args[at] ?? "";
    if (word === "--") return args.slice(at + 1);
    if (valued.includes(word)) at++;
    else if (!word.startsWith("-") && !assignment.test(word) && toSkip-- <= 0) break;
  }
  return args.slice(at);
}

function nonEmpty(words: readonly string[]): readonly string[] | undefined {
  return words.length === 0 ? undefined : words;
}

function asProgram(words: readonly string[]): Program {
  const [first = "", ...args] = words;
  const name = programName(first);
  const valued = runners[name];
  if (valued === undefined) return { name: packageOfFile(first) ?? name, path: first, args };
  const at = args.findIndex((word, index) => !word.startsWith("-") && !valued.includes(args[index - 1] ?? ""));
  const file = args[at] ?? "";
  const owner = packageOfFile(file);
  return owner === undefined ? { name, path: first, args } : { name: owner, path: file, args: args.slice(at + 1) };
}

/** `./node_modules/typeorm/cli.js` is typeorm, `node_modules/.bin/jest` is jest. */
function packageOfFile(file: string): string | undefined {
  const [, inner] = /(?:^|\/)node_modules\/(?:\.bin\/)?((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
  return inner;
}

function programName(word: string): string {
  return (word.split(/[/\\]/).at(-1) ?? "").replace(/\.(cmd|exe)$/, "").replace(/(?<=.)@[\w.^~-]+$/, "");
}
