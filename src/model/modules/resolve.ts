import { wordTable } from "../../base/word-table.js";
import { isBuiltin } from "node:module";
import { extensionOf, folderOf, isWithin, joinPath } from "../../base/paths.js";
import { packageTarget } from "./package-exports.js";
import { type ModelPackage, PackageFinder, publishedPackage } from "./packages.js";
import type { Target } from "../project-model.js";
import type { TypeScriptConfig, TypeScriptConfigs } from "./tsconfig.js";

const extensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".d.ts", ".d.mts", ".d.cts"];
/** What a written extension may stand for in the sources. */
const written: Readonly<Record<string, readonly string[]>> = wordTable({ ".js": [".ts", ".tsx", ".d.ts", ".js", ".jsx"], ".jsx": [".tsx", ".jsx"], ".mjs": [".mts", ".d.mts", ".mjs"], ".cjs": [".cts", ".d.cts", ".cjs"] });
/** Output folders and what they are built from, where a manifest points at output. */
const builtFrom = /(^|\/)(dist|build|lib|out|output|esm|cjs|es|_esm|_cjs|types)\//;

/** Leads specifiers to files, without node_modules: by path, tsconfig paths, workspace packages and `#imports`. */
export class Resolver {
  readonly #files: ReadonlySet<string>;
  readonly #packages: PackageFinder<ModelPackage>;
  readonly #byName: ReadonlyMap<string, ModelPackage>;
  readonly #configs: TypeScriptConfigs;
  readonly #exists: (file: string) => boolean;
  readonly #prismaFolders: readonly string[];
  /** For each file, what is known of its folder: the files of a folder share one map. */
  readonly #known = new Map<string, Map<string, Target>>();

  constructor(files: ReadonlySet<string>, packages: readonly ModelPackage[], configs: TypeScriptConfigs, exists: (file: string) => boolean, prismaFolders: readonly string[] = []) {
    this.#files = files;
    this.#packages = new PackageFinder(packages);
    this.#byName = new Map(packages.flatMap((unit) => (unit.name === undefined ? [] : [[unit.name, unit]])));
    this.#configs = configs;
    this.#exists = exists;
    this.#prismaFolders = prismaFolders;
  }

  /** Where `specifier`, written in `file`, leads. */
  resolve(file: string, specifier: string): Target {
    const ofFolder = this.#known.get(file) ?? this.#knownOf(file);
    const known = ofFolder.get(specifier);
    if (known) return known;
    const target = this.#resolve(file, specifier);
    ofFolder.set(specifier, target);
    return target;
  }

  /** What lies at a path; where that is build output, what it is built from. */
  #byPlace(path: string): Target {
    return this.#atPath(path) ?? (builtFrom.test(path) ? this.#source(path) : undefined) ?? this.#missing(path);
  }

  #knownOf(file: string): Map<string, Target> {
    const folder = `${folderOf(file)}/`;
    const known = this.#known.get(folder) ?? new Map<string, Target>();
    this.#known.set(folder, known).set(file, known);
    return known;
  }

  #resolve(file: string, written: string): Target {
    // Loader queries (`./x?raw`) name the same file.
    const specifier = written.replace(/\?.*$/, "");
    if (specifier === "") return { kind: "unresolved", reason: "empty specifier" };
    const published = publishedPackage(specifier);
    if (published) return { kind: "package", package: published.name, subpath: published.subpath };
    if (/^[a-z]+:/i.test(specifier) && !specifier.startsWith("node:")) return specifier.startsWith("file:") ? { kind: "unresolved", reason: "a file URL" } : { kind: "package", package: specifier.split(":")[0] ?? "", subpath: "" };
    if (specifier.startsWith("node:")) return { kind: "builtin", name: specifier };
    if (/^\.{1,2}(\/|$)/.test(specifier)) return this.#byPlace(joinPath(folderOf(file), specifier));
    const config = this.#configs.of(file);
    const mapped = config && this.#byPaths(config, specifier);
    if (mapped) return mapped;
    const alias = this.#byAliases(file, specifier);
    if (alias) return alias;
    const conventional = this.#byConvention(file, specifier);
    if (conventional) return conventional;
    if (specifier.startsWith("#")) return this.#byImports(file, specifier);
    if (specifier.startsWith("/")) return { kind: "unresolved", reason: "an absolute path" };
    if (isBuiltin(specifier)) return { kind: "builtin", name: `node:${specifier}` };
    const name = packageName(specifier);
    const workspace = this.#workspaceFor(file, name);
    if (workspace) {
      const inside = this.#inPackage(workspace, specifier.slice(name.length));
      if (inside) return inside;
    }
    const rooted = config?.baseUrl === undefined ? undefined : this.#atPath(joinPath(config.baseUrl, specifier));
    if (rooted) return rooted;
    if (workspace) return { kind: "unresolved", reason: `the workspace package ${name} has no source file for it` };
    // An alias that no configuration explains: never a package name.
    if (/^[~@]\//.test(specifier)) return { kind: "unresolved", reason: "an alias that no tsconfig explains" };
    if (this.#prismaFolders.some((folder) => [name, specifier].some((one) => `/${folder}`.endsWith(`/node_modules/${one}`)))) return { kind: "package", package: "@prisma/client", subpath: "" };
    const subpath = specifier.slice(name.length);
    // `"express5": "npm:express@^5"`
    return { kind: "package", package: publishedPackage(this.#packages.around(file)?.dependencies.get(name) ?? "")?.name ?? name, subpath };
  }

  /** The package of the project that a name means: an application that is called like what it depends on means the published one. */
  #workspaceFor(file: string, name: string): ModelPackage | undefined {
    const workspace = this.#byName.get(name);
    return workspace?.dependencies.has(name) && this.#packages.around(file) === workspace ? undefined : workspace;
  }

  #byPaths(config: TypeScriptConfig, specifier: string): Target | undefined {
    let best: { rest: string; targets: readonly string[]; length: number } | undefined;
    for (const [pattern, targets] of config.paths) {
      const star = pattern.indexOf("*");
      if (star === -1) {
        if (pattern === specifier) return this.#first(targets, "");
        continue;
      }
      const head = pattern.slice(0, star);
      const tail = pattern.slice(star + 1);
      if (!specifier.startsWith(head) || !specifier.endsWith(tail) || specifier.length < head.length + tail.length || (best && best.length >= head.length)) continue;
      best = { rest: specifier.slice(head.length, specifier.length - tail.length), targets, length: head.length };
    }
    return best && this.#first(best.targets, best.rest);
  }

  /** `_moduleAliases` of package.json, which the package `module-alias` registers. */
  #byAliases(file: string, specifier: string): Target | undefined {
    const unit = this.#packages.around(file);
    const aliases = unit?.manifest["_moduleAliases"];
    if (!unit || typeof aliases !== "object" || aliases === null) return undefined;
    const matching = Object.entries(aliases).filter(([name, folder]) => typeof folder === "string" && (specifier === name || specifier.startsWith(`${name}/`)));
    const [best] = matching.sort(([left], [right]) => right.length - left.length);
    return best && this.#source(joinPath(unit.folder, String(best[1]), specifier.slice(best[0].length)));
  }

  /** Aliases that a framework explains in a configuration which it generates, so that no checkout has it: `~~/server/x` of Nuxt. */
  #byConvention(file: string, specifier: string): Target | undefined {
    const [, alias = "", rest = ""] = /^(~~|@@|~|@|#shared)\/(.*)$/.exec(specifier) ?? [];
    const unit = this.#packages.around(file);
    if (!unit || alias === "") return undefined;
    const folders = alias === "~" || alias === "@" ? ["app", "src", ""] : [alias === "#shared" ? "shared" : ""];
    return this.#first(folders.map((folder) => joinPath(unit.folder, folder, rest)), "");
  }

  #first(targets: readonly string[], rest: string): Target | undefined {
    for (const target of targets) {
      const found = this.#atPath(target.replace("*", rest));
      if (found) return found;
    }
    return undefined;
  }

  #byImports(file: string, specifier: string): Target {
    const unit = this.#packages.around(file);
    const target = unit && packageTarget(unit.manifest.imports, specifier);
    if (unit && target?.startsWith("./")) {
      const found = this.#source(joinPath(unit.folder, target));
      if (found) return found;
    } else if (target !== undefined && !target.startsWith("#")) return this.resolve(file, target);
    return { kind: "unresolved", reason: "no entry of package.json#imports leads to a source file" };
  }

  #inPackage(unit: ModelPackage, subpath: string): Target | undefined {
    const { manifest, folder } = unit;
    const offered = packageTarget(manifest.exports, `.${subpath}`);
    const candidates = offered === undefined ? (subpath === "" ? [manifest["source"], manifest.types, manifest.module, manifest.main] : []) : [offered];
    for (const candidate of candidates) {
      const found = typeof candidate === "string" ? this.#source(joinPath(folder, candidate)) : undefined;
      if (found) return found;
    }
    const guesses = subpath === "" ? ["src/index", "index", "src/main", "lib/index"] : [subpath, `src${subpath}`];
    for (const guess of guesses) {
      const found = this.#atPath(joinPath(folder, guess));
      if (found) return found;
    }
    return undefined;
  }

  /** A path that a manifest names; where that is build output, what it is built from. */
  #source(path: string): Target | undefined {
    const bare = path.replace(/(\.d)?\.[cm]?[jt]sx?$/, "");
    const sources = [path, bare, bare.replace(builtFrom, "$1src/"), bare.replace(builtFrom, "$1"), bare.replace(/\/(dist|build|lib)\/(src\/)?/, "/src/")];
    for (const candidate of sources) {
      const found = this.#atPath(candidate);
      if (found) return found;
    }
    return undefined;
  }

  #atPath(path: string): Target | undefined {
    if (path.startsWith("..")) return { kind: "unresolved", reason: "outside the root" };
    if (this.#prismaFolders.some((folder) => isWithin(folder, path))) return { kind: "package", package: "@prisma/client", subpath: "" };
    if (this.#files.has(path)) return { kind: "file", file: path };
    const extension = extensionOf(path);
    const bare = path.slice(0, path.length - extension.length);
    for (const other of written[extension] ?? []) if (this.#files.has(bare + other)) return { kind: "file", file: bare + other };
    for (const other of extensions) if (this.#files.has(path + other)) return { kind: "file", file: path + other };
    const index = path === "" ? "index" : `${path}/index`;
    for (const other of extensions) if (this.#files.has(index + other)) return { kind: "file", file: index + other };
    return extension !== "" && !extensions.includes(extension) && this.#exists(path) ? { kind: "asset", file: path } : undefined;
  }

  #missing(path: string): Target {
    const extension = extensionOf(path);
    if (extension !== "" && !extensions.includes(extension) && /^\.(json|css|scss|svg|png|graphql|gql|txt|md|html|yaml|yml|sql|wasm|node|proto|hbs|ejs)$/.test(extension)) return { kind: "asset", file: path };
    return { kind: "unresolved", reason: "no such file" };
  }
}

/** `@scope/name` or `name` of a bare specifier. */
export function packageName(specifier: string): string {
  const [first = "", second] = specifier.split("/");
  return first.startsWith("@") && second !== undefined ? `${first}/${second}` : first;
}
