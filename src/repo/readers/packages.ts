import picomatch from "picomatch";
import { oncePer } from "../../base/once-per.js";
import { isWithin, joinPath } from "../../base/paths.js";
import type { RepoView } from "../repo-view.js";
import { dataAt, parseJsonData, parseYamlData, stringOf, stringsOf } from "./data.js";
import { listManifests, type Manifest } from "./manifest.js";

/** A package of the repository. */
export interface RepoPackage {
  /** Root-relative folder; the empty string at the root. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** The folder of the workspace it belongs to, its own where it is the root of one; undefined for a package by itself. */
  readonly workspace: string | undefined;
}

/** The packages of the repository with the workspaces that npm, pnpm, yarn, bun, lerna or rush make of them, outermost first. */
export const listPackages = oncePer((repo: RepoView): readonly RepoPackage[] => {
  const manifests = listManifests(repo).filter(isPackage);
  const workspaces = manifests.flatMap((manifest) => {
    const globs = workspaceGlobs(repo, manifest);
    return globs.length === 0 ? [] : [{ folder: manifest.folder, hasMember: memberTest(manifest.folder, globs) }];
  });
  return manifests.map((manifest) => ({
    folder: manifest.folder,
    manifest,
    workspace: workspaces.find(({ folder, hasMember }) => folder === manifest.folder || hasMember(manifest.folder))?.folder,
  })).sort((left, right) => left.folder.split("/").length - right.folder.split("/").length || (left.folder === "" ? -1 : right.folder === "" ? 1 : 0));
});

/** The innermost package whose folder holds `file`. */
export function packageAround(repo: RepoView, file: string): RepoPackage | undefined {
  return listPackages(repo).filter(({ folder }) => isWithin(folder, file)).reduce<RepoPackage | undefined>((inner, one) => (inner === undefined || one.folder.length > inner.folder.length ? one : inner), undefined);
}

/** A package.json may only say of a folder whether it holds ES modules. */
function isPackage({ name, scripts, dependencies, workspaces, data }: Manifest): boolean {
  return name !== undefined || scripts.length > 0 || dependencies.length > 0 || workspaces.length > 0 || dataAt(data, "workspaces") !== undefined;
}

function workspaceGlobs(repo: RepoView, manifest: Manifest): string[] {
  const read = (name: string) => repo.read(joinPath(manifest.folder, name));
  const pnpm = dataAt(parseYamlData(read("pnpm-workspace.yaml") ?? "").documents[0], "packages");
  const lerna = dataAt(parseJsonData(read("lerna.json") ?? "").documents[0], "packages");
  const rush = dataAt(parseJsonData(read("rush.json") ?? "").documents[0], "projects");
  return [
    ...manifest.workspaces,
    ...[...stringsOf(pnpm), ...stringsOf(lerna)].flatMap((node) => stringOf(node) ?? []),
    ...(rush?.items ?? []).flatMap((project) => stringOf(dataAt(project, "projectFolder")) ?? []),
  ];
}

/** Whether a folder is a member of the workspace in `root`. Extended globs are plain text: they can take exponential time. */
function memberTest(root: string, globs: readonly string[]): (folder: string) => boolean {
  const compile = (pattern: string) => {
    // The root itself, `.`, is a member in any case.
    const path = joinPath(pattern.replace(/^\.\//, ""));
    return path === "" ? [] : [picomatch(path, { noextglob: true, nonegate: true })];
  };
  const wanted = globs.filter((glob) => !glob.startsWith("!")).flatMap(compile);
  const unwanted = globs.filter((glob) => glob.startsWith("!")).flatMap((glob) => compile(glob.slice(1)));
  return (folder) => {
    if (!isWithin(root, folder) || folder === root) return false;
    const relative = root === "" ? folder : folder.slice(root.length + 1);
    return wanted.some((matches) => matches(relative)) && !unwanted.some((matches) => matches(relative));
  };
}
