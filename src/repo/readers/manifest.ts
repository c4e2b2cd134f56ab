import { oncePer } from "../../base/once-per.js";
import { baseName, folderOf } from "../../base/paths.js";
import type { Range } from "../../base/position.js";
import type { RepoView } from "../repo-view.js";
import { dataAt, type DataEntry, type DataNode, entryOf, parseJsonData, stringOf, stringsOf } from "./data.js";

export const dependencyFields = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"] as const;

export type DependencyField = (typeof dependencyFields)[number];

/** A dependency as a package.json writes it. */
export interface Dependency {
  readonly name: string;
  /** The version range, or whatever else stands there (`workspace:*`, a URL). */
  readonly version: string;
  readonly field: DependencyField;
  /** From the name to the end of the version. */
  readonly range: Range;
}

export interface Script {
  readonly name: string;
  readonly command: string;
  readonly nameRange: Range;
  readonly commandRange: Range;
}

/** A path that a package.json leads to, and for whom: `bin` name, `exports` or `imports` key with conditions. */
export interface PackageTarget {
  readonly key: string;
  readonly conditions: readonly string[];
  readonly path: string;
  readonly range: Range;
}

/** A package.json, as far as rules look at it. */
export interface Manifest {
  readonly file: string;
  /** Root-relative folder; the empty string at the root. */
  readonly folder: string;
  readonly name: string | undefined;
  readonly private: boolean;
  readonly scripts: readonly Script[];
  readonly dependencies: readonly Dependency[];
  readonly main: string | undefined;
  readonly bin: readonly PackageTarget[];
  readonly exports: readonly PackageTarget[];
  readonly imports: readonly PackageTarget[];
  /** `pnpm@9.1.0+sha…` as name and version. */
  readonly packageManager: { readonly name: string; readonly version: string; readonly range: Range } | undefined;
  readonly engines: ReadonlyMap<string, { readonly version: string; readonly range: Range }>;
  /** Globs of workspace folders; empty where it is no workspace root. */
  readonly workspaces: readonly string[];
  /** The whole file, for what is not listed here. */
  readonly data: DataNode;
}

/** The dependency of this name in the first field that has it. */
export function findDependency(manifest: Manifest, name: string): Dependency | undefined {
  return manifest.dependencies.find((dependency) => dependency.name === name);
}

export function findScript(manifest: Manifest, name: string): Script | undefined {
  return manifest.scripts.find((script) => script.name === name);
}

const manifestsOf = oncePer((_repo: RepoView) => new Map<string, Manifest | undefined>());

/** The package.json of this root-relative path; undefined where there is none or it is no JSON object. */
export function readManifest(repo: RepoView, file: string): Manifest | undefined {
  const known = manifestsOf(repo);
  if (!known.has(file)) known.set(file, parseManifest(file, repo.read(file) ?? ""));
  return known.get(file);
}

/** All package.json files of the repository by path. */
export function listManifests(repo: RepoView): Manifest[] {
  return repo.files.filter((file) => baseName(file) === "package.json").flatMap((file) => readManifest(repo, file) ?? []);
}

export function parseManifest(file: string, text: string): Manifest | undefined {
  const data = parseJsonData(text).documents[0];
  if (data?.kind !== "object") return undefined;
  const name = stringOf(dataAt(data, "name"));
  const workspaces = dataAt(data, "workspaces");
  return {
    file,
    folder: folderOf(file),
    name,
    private: dataAt(data, "private")?.value === true,
    scripts: texts(dataAt(data, "scripts")).map(({ key, keyRange, text, value }) => ({ name: key, command: text, nameRange: keyRange, commandRange: value.range })),
    dependencies: dependencyFields.flatMap((field) => texts(dataAt(data, field)).map(({ key, keyRange, text, value }) => ({ name: key, version: text, field, range: { start: keyRange.start, end: value.range.end } }))),
    main: stringOf(dataAt(data, "main")),
    bin: targets(dataAt(data, "bin"), name?.split("/").at(-1) ?? "", () => true),
    exports: targets(dataAt(data, "exports"), ".", (key) => key.startsWith(".")),
    imports: targets(dataAt(data, "imports"), "", () => true),
    packageManager: readPackageManager(data),
    engines: new Map(texts(dataAt(data, "engines")).map(({ key, text, value }) => [key, { version: text, range: value.range }])),
    workspaces: stringsOf(workspaces?.kind === "object" ? dataAt(workspaces, "packages") : workspaces).flatMap((node) => stringOf(node) ?? []),
    data,
  };
}

/** The entries of an object whose values are strings. */
function texts(node: DataNode | undefined): (DataEntry & { readonly text: string })[] {
  return (node?.entries ?? []).flatMap((entry) => {
    const text = stringOf(entry.value);
    return text === undefined || entry !== entryOf(node, entry.key) ? [] : [{ ...entry, text }];
  });
}

function readPackageManager(data: DataNode): Manifest["packageManager"] {
  const node = dataAt(data, "packageManager");
  const [, name, version] = /^([a-z]+)@([^+]+)/.exec(stringOf(node) ?? "") ?? [];
  return node === undefined || name === undefined || version === undefined ? undefined : { name, version, range: node.range };
}

/** The paths of `bin`, `exports` and `imports`, through conditions and fallbacks. `lone` is the key of a path that has none. */
function targets(node: DataNode | undefined, lone: string, isKey: (key: string) => boolean): PackageTarget[] {
  if (node === undefined) return [];
  const isMap = node.entries.some(({ key }) => isKey(key));
  return isMap ? node.entries.flatMap(({ key, value }) => pathsBelow(value, key, [])) : pathsBelow(node, lone, []);
}

function pathsBelow(node: DataNode, key: string, conditions: readonly string[]): PackageTarget[] {
  const path = stringOf(node);
  if (path !== undefined) return [{ key, conditions, path, range: node.range }];
  return [...node.items.flatMap((item) => pathsBelow(item, key, conditions)), ...node.entries.flatMap((entry) => pathsBelow(entry.value, key, [...conditions, entry.key]))];
}
