import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { UserError } from "../base/errors.js";
import type { Severity } from "../base/finding.js";
import { relativeTo } from "../base/paths.js";
import { loadSettings } from "../settings/load.js";
import { openRepo } from "../repo/open-repo.js";
import type { SeverityPreset } from "../settings/registry.js";
import type { ResolvedSettings } from "../settings/resolve.js";
import { findRoot } from "../settings/root.js";
import { check, type CheckResult } from "./check.js";
import { openProject, type Overrides, type Project } from "./project.js";
import { registry } from "./registry.js";

/** What a command asks for. Paths are of this machine, absolute or from the working directory. */
export interface RunOptions {
  readonly cwd: string;
  readonly paths?: readonly string[];
  readonly preset?: SeverityPreset;
  readonly rules?: Readonly<Record<string, Severity | "off">>;
  readonly cache?: boolean;
  readonly date?: string;
  /** Of the rules that are on, only these. */
  readonly onlyRules?: ReadonlySet<string>;
  /** The branch, tag or commit since which range rules look at changes. */
  readonly since?: string;
  readonly overrides?: Overrides;
  /** Root-relative files to report on, instead of paths. */
  readonly only?: readonly string[];
}

/** An opened project with its settings. */
export interface Opened {
  readonly root: string;
  readonly settings: ResolvedSettings;
  readonly project: Project;
  /** The root-relative paths that were asked about; undefined for all. */
  readonly paths: readonly string[] | undefined;
}

/** Finds the root, loads its settings and links its code. Throws a UserError for what the user can mend. */
export function open(options: RunOptions): Opened {
  const given = (options.paths ?? []).map((one) => path.resolve(options.cwd, one));
  const missing = given.find((one) => !existsSync(one));
  if (missing !== undefined) throw new UserError("no-such-path", `${missing} does not exist.`, "Give the path of a file or folder that is there.");
  const root = findRoot(given[0] ?? options.cwd);
  const settings = loadSettings({ root, registry, ...(options.preset && { preset: options.preset }), ...(options.rules && { rules: options.rules }) });
  const project = openProject(root.folder, settings, options.cache === false ? undefined : cacheFile(root.folder), options.overrides);
  const paths = given.map((one) => relativeTo(root.folder, one)).filter((one) => one !== ".");
  return { root: root.folder, settings, project, paths: options.only ?? (paths.length === 0 || paths.length < given.length ? undefined : paths) };
}

/** Opens a project and checks it. */
export async function run(options: RunOptions): Promise<Opened & { readonly result: CheckResult }> {
  const opened = open(options);
  const result = await check({ project: opened.project, settings: options.onlyRules ? narrowed(opened.settings, options.onlyRules) : opened.settings, today: options.date ?? headDate(opened.root), openRepo: () => openRepo(opened.root, { ...(options.since !== undefined && { since: options.since }) }), ...(opened.paths && { paths: opened.paths }) });
  return { ...opened, result };
}

/** Settings with some of their rules alone. Files with equal settings get the same map here, too. */
function narrowed(settings: ResolvedSettings, names: ReadonlySet<string>): ResolvedSettings {
  const known = new Map<ReturnType<ResolvedSettings["rulesFor"]>, ReturnType<ResolvedSettings["rulesFor"]>>();
  const rulesFor: ResolvedSettings["rulesFor"] = (file) => {
    const all = settings.rulesFor(file);
    const some = known.get(all) ?? new Map([...all].filter(([name]) => names.has(name)));
    known.set(all, some);
    return some;
  };
  return { ...settings, rulesFor };
}

/** The day of HEAD, so that the same commit gives the same answer on any day; today where there is no git. */
export function headDate(root: string): string {
  const { status, stdout } = spawnSync("git", ["log", "-1", "--format=%cs"], { cwd: root, encoding: "utf8" });
  const date = stdout?.trim();
  return status === 0 && /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : new Date().toISOString().slice(0, 10);
}

/** Where caches are kept: with other tools' caches if node_modules is there, else in a folder of our own. */
export function cacheFolder(root: string): string {
  const modules = path.join(root, "node_modules");
  return existsSync(modules) ? path.join(modules, ".cache", "std-check") : path.join(root, ".std-check-cache");
}

/** The file of cached facts; undefined where it cannot be written. */
function cacheFile(root: string): string | undefined {
  const folder = cacheFolder(root);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    // Git ignores the folder by itself, so that no commit holds it.
    if (!existsSync(path.join(folder, ".gitignore"))) writeFileSync(path.join(folder, ".gitignore"), "*\n");
    return path.join(folder, "facts.txt");
  } catch {
    return undefined;
  }
}
