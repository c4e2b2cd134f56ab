import { folderOf, joinPath } from "../../base/paths.js";
import type { Range } from "../../base/position.js";
import { listPackages } from "./packages.js";
import type { RepoView } from "../repo-view.js";
import { dataAt, type DataNode, entryOf, parseJsonData, stringOf, stringsOf } from "./data.js";
import { findDependency } from "./manifest.js";

/** Whether a tsconfig checks in strict mode, and what decides it. */
export interface Strictness {
  /** Undefined where a base that is not in the repository decides. */
  readonly strict: boolean | undefined;
  readonly file: string;
  /** The option that decides, or the start of the file. */
  readonly range: Range;
}

/** Flags without which strict mode is strict by name alone. */
const essential = ["strictNullChecks", "noImplicitAny"] as const;

/** Bases of packages that are known to be strict. Source: the published tsconfig files. */
const strictBases = /^(@tsconfig\/|@sindresorhus\/tsconfig|@adonisjs\/tsconfig|@total-typescript\/tsconfig|fastify-tsconfig|@vue\/tsconfig|@epic-web\/config)/;

/** How strict the tsconfig is that covers a folder; undefined where there is none. */
export function strictness(repo: RepoView, folder: string): Strictness | undefined {
  const files = new Set(repo.files);
  for (let at = folder; ; at = folderOf(at)) {
    const file = joinPath(at, "tsconfig.json");
    if (files.has(file)) return readStrictness(repo, file, files, new Set());
    if (at === "") break;
  }
  // The projects of an Nx workspace that is one package extend this, each with a tsconfig of its own.
  const base = joinPath(folder, "tsconfig.base.json");
  return files.has(base) ? readStrictness(repo, base, files, new Set()) : undefined;
}

function readStrictness(repo: RepoView, file: string, files: ReadonlySet<string>, seen: Set<string>): Strictness {
  seen.add(file);
  const data = parseJsonData(repo.read(file) ?? "").documents[0];
  const fileStart = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  const here = entryOf(data, "compilerOptions")?.keyRange ?? fileStart;
  // A tsconfig that only points to others has no say itself.
  const references = (dataAt(data, "references")?.items ?? []).flatMap((item) => referenceFile(file, stringOf(dataAt(item, "path")), files) ?? []).filter((reference) => !seen.has(reference));
  if (references.length > 0 && dataAt(data, "compilerOptions", "strict") === undefined && dataAt(data, "extends") === undefined) {
    const checked = references.map((reference) => readStrictness(repo, reference, files, seen));
    return checked.find(({ strict }) => strict === false) ?? checked.find(({ strict }) => strict === undefined) ?? { strict: true, file, range: here };
  }
  const options = collectOptions(repo, file, files, new Set());
  const weak = essential.find((name) => options.values.get(name)?.value === false);
  const strict = options.values.get("strict");
  if (weak !== undefined && strict?.value === true) return { strict: false, file, range: options.values.get(weak)?.range ?? here };
  if (strict !== undefined) return { strict: strict.value || essential.every((name) => options.values.get(name)?.value === true), file, range: strict.range ?? here };
  if (essential.every((name) => options.values.get(name)?.value === true)) return { strict: true, file, range: here };
  return { strict: options.complete ? strictByDefault(repo, file) : undefined, file, range: here };
}

interface Options {
  /** Flag → value, with its place where it stands in the first file. */
  readonly values: Map<string, { readonly value: boolean; readonly range: Range | undefined }>;
  /** Every base could be read. */
  readonly complete: boolean;
}

function collectOptions(repo: RepoView, file: string, files: ReadonlySet<string>, seen: Set<string>): Options {
  seen.add(file);
  const data = parseJsonData(repo.read(file) ?? "").documents[0];
  const values: Options["values"] = new Map();
  let complete = true;
  for (const node of stringsOf(dataAt(data, "extends"))) {
    const base = stringOf(node) ?? "";
    const found = baseFile(repo, file, base, files);
    if (found === undefined && strictBases.test(base)) values.set("strict", { value: true, range: undefined });
    else if (found === undefined) complete = false;
    else if (!seen.has(found)) {
      const inherited = collectOptions(repo, found, files, seen);
      for (const [name, { value }] of inherited.values) values.set(name, { value, range: undefined });
      complete &&= inherited.complete;
    }
  }
  for (const { key, keyRange, value } of dataAt(data, "compilerOptions")?.entries ?? []) {
    if (typeof value.value === "boolean") values.set(key, { value: value.value, range: { start: keyRange.start, end: value.range.end } });
  }
  return { values, complete };
}

function referenceFile(from: string, path: string | undefined, files: ReadonlySet<string>): string | undefined {
  if (path === undefined || /(spec|test|e2e)/.test(path)) return undefined;
  const target = joinPath(folderOf(from), path);
  return [target, joinPath(target, "tsconfig.json"), `${target}.json`].find((file) => files.has(file) && file !== from);
}

/** The file that `extends` means, if it is in the repository: by path, or in a package of a workspace. */
function baseFile(repo: RepoView, from: string, base: string, files: ReadonlySet<string>): string | undefined {
  if (base.startsWith(".")) {
    const target = joinPath(folderOf(from), base);
    return [target, `${target}.json`, joinPath(target, "tsconfig.json")].find((file) => files.has(file));
  }
  const owner = listPackages(repo).find(({ manifest: { name } }) => name !== undefined && (base === name || base.startsWith(`${name}/`)));
  if (owner?.manifest.name === undefined) return undefined;
  const target = joinPath(owner.folder, base.slice(owner.manifest.name.length) || "tsconfig.json");
  return [target, `${target}.json`].find((file) => files.has(file)) ?? exported(owner.manifest.data, base.slice(owner.manifest.name.length), owner.folder, files);
}

function exported(data: DataNode, subpath: string, folder: string, files: ReadonlySet<string>): string | undefined {
  const path = stringOf(dataAt(data, "exports", `.${subpath}`));
  const file = path === undefined ? undefined : joinPath(folder, path);
  return file !== undefined && files.has(file) ? file : undefined;
}

/** TypeScript is strict without being told from 6.0 on. */
function strictByDefault(repo: RepoView, file: string): boolean | undefined {
  const versions = listPackages(repo).filter(({ folder }) => folder === "" || file.startsWith(`${folder}/`)).flatMap(({ manifest }) => findDependency(manifest, "typescript")?.version ?? []);
  const major = Number(/\d+/.exec(versions.at(-1) ?? "")?.[0] ?? "NaN");
  return Number.isNaN(major) ? undefined : major >= 6;
}
