import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { cachedDataVersionTag } from "node:v8";
import vm from "node:vm";
import { writeFileAtomically } from "../engine/atomic-file.js";
import type * as program from "./program.js";
import { buildStamp } from "./version.js";

const folder = fileURLToPath(new URL("../../bundle/", import.meta.url));
const entry = "program.cjs";

/** The command line in a few files instead of hundreds of modules, with what V8 made of them in an earlier run. */
export interface Bundle {
  readonly program: typeof program;
  /** Keeps the compiled code beside the bundle, where later runs find it. */
  keepCompiled(): void;
}

/** The bundle that the build writes last; undefined where it is not there, or older than the modules, as it may be while std-check itself is developed. */
export function loadBundle(): Bundle | undefined {
  const written = statSync(path.join(folder, entry), { throwIfNoEntry: false })?.mtimeMs;
  if (written === undefined || written < buildStamp()) return undefined;
  const loaded = new Map<string, { exports: unknown }>();
  const compiled: Compiled[] = [];
  const requireOther = createRequire(path.join(folder, entry));
  const load = (name: string): unknown => {
    const known = loaded.get(name);
    if (known) return known.exports;
    const own = compile(name);
    compiled.push(own);
    const made = { exports: {} };
    loaded.set(name, made);
    // The build makes a function of each file. V8 imports nothing for code that it kept compiled, so that is done here.
    const run = own.script.runInThisContext() as (exports: unknown, require: (id: string) => unknown, file: string, folder: string, importOther: (id: string) => Promise<unknown>) => void;
    run(made.exports, (id) => (id.startsWith("./") ? load(id.slice(2)) : requireOther(id)), path.join(folder, name), folder, (id) => import(id));
    return made.exports;
  };
  return {
    // The build makes the entry from this module.
    program: load(entry) as typeof program,
    keepCompiled() {
      keep(compiled);
    },
  };
}

interface Compiled {
  readonly script: vm.Script;
  /** Where its compiled code is kept. */
  readonly cache: string | undefined;
  readonly isKept: boolean;
}

function compile(name: string): Compiled {
  const file = path.join(folder, name);
  // V8 tells a text from another by its length alone, so compiled code is kept only of files whose names hold a digest.
  const cache = name === entry ? undefined : `${file}.${process.version}-${process.arch}-${cachedDataVersionTag()}.cache`;
  const cachedData = cache === undefined ? undefined : readOrNothing(cache);
  // The text is ASCII: two bytes for each character would be kept of any other.
  const script = new vm.Script(readFileSync(file, "latin1"), { filename: file, ...(cachedData && { cachedData }) });
  return { script, cache, isKept: cachedData !== undefined && script.cachedDataRejected === false };
}

/** On a machine that runs it once it would be wasted, and some folders of packages cannot be written to. */
function keep(compiled: readonly Compiled[]): void {
  if (process.env["CI"]) return;
  try {
    for (const { script, cache, isKept } of compiled) if (cache !== undefined && !isKept) writeFileAtomically(cache, script.createCachedData());
  } catch {
    // The next run compiles again.
  }
}

function readOrNothing(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
