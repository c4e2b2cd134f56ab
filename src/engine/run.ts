import { existsSync } from "node:fs";
import path from "node:path";
import { UserError } from "../base/errors.js";
import type { Severity } from "../base/finding.js";
import { isWithin, relativeTo } from "../base/paths.js";
import type { RangeChanges } from "../base/range-changes.js";
import { loadSettings } from "../settings/load.js";
import { baseFromEnvironment } from "../repo/git/base-ref.js";
import { askGit } from "../repo/git/run-git.js";
import { openRepo } from "../repo/open-repo.js";
import type { RepoView } from "../repo/repo-view.js";
import type { SeverityPreset } from "../settings/registry.js";
import type { ResolvedSettings } from "../settings/resolve.js";
import { findRoot } from "../settings/root.js";
import type { EngineChoice } from "./file-checks/run.js";
import { writableCacheFolder } from "./cache-folder.js";
import { check, type CheckResult } from "./check.js";
import { checkRange } from "./added-in-range.js";
import { isProjectSource, listFiles } from "./project-files.js";
import { openProject, type Overrides, type Project, readBeside } from "./project.js";
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
  /** Report what has come since the head left this branch, tag or commit: findings that were not there, and range rules. `true` is the target of the pull request that a CI system checks. */
  readonly since?: string | true;
  /** Check what the next commit would hold, and report on the files that it changes. */
  readonly staged?: boolean;
  /** Look for secrets in every commit that leads to the head, too. */
  readonly history?: boolean;
  readonly overrides?: Overrides;
  readonly engine?: EngineChoice;
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
  /** The repository with the range that was asked for; opened when it is first asked for. */
  readonly repo: () => RepoView;
}

/** Finds the root, loads its settings and links its code. Throws a UserError for what the user can mend. */
export function open(options: RunOptions): Opened {
  const given = (options.paths ?? []).map((one) => path.resolve(options.cwd, one));
  const missing = given.find((one) => !existsSync(one));
  if (missing !== undefined) throw new UserError("no-such-path", `${missing} does not exist.`, "Give the path of a file or folder that is there.");
  if (options.history === true && (options.since !== undefined || options.staged === true)) throw new UserError("history-of-range", "--history reads every commit, so it goes with neither --since nor --staged.", "Run them apart.");
  const root = findRoot(given[0] ?? options.cwd);
  const repo = once(() => openRepo(root.folder, { ...(options.since !== undefined && { since: options.since === true ? targetOfPullRequest() : options.since }), ...(options.staged === true && { staged: true }), ...(options.history === true && { history: true }) }));
  const index = options.staged === true ? repo() : undefined;
  const files = index?.files ?? listFiles(root.folder);
  const settings = loadSettings({ root, registry, files, ...(options.preset && { preset: options.preset }), ...(options.rules && { rules: options.rules }) });
  const project = openProject({
    root: root.folder,
    settings,
    files,
    cacheFile: options.cache === false ? undefined : factsFile(root.folder),
    overrides: index ? stagedTexts(index) : options.overrides,
    readText: index && ((file) => (index.git?.isTracked(file) ? index.read(file) : readBeside(root.folder, file))),
  });
  const asked = given.map((one) => relativeTo(root.folder, one)).filter((one) => one !== ".");
  const paths = options.only ?? (asked.length === 0 || asked.length < given.length ? undefined : asked);
  const changed = index?.git?.staged?.changes.flatMap(({ status, file }) => (status === "deleted" ? [] : [file]));
  return { root: root.folder, settings, project, repo, paths: changed ? changed.filter((file) => paths?.some((one) => isWithin(one, file)) ?? true) : paths };
}

/** The settings that are in force for the root around a folder, without reading its code. */
export function openSettings(cwd: string): ResolvedSettings {
  const root = findRoot(cwd);
  return loadSettings({ root, registry, files: listFiles(root.folder) });
}

/** The repository around a folder, without reading its code. */
export function openRepository(cwd: string): RepoView {
  return openRepo(findRoot(cwd).folder);
}

/** Opens a project and checks it, by the day that was given or that of the head. Of a range it also tells, when asked, what it changes beside findings. */
export async function run(options: RunOptions): Promise<Opened & { readonly today: string; readonly result: CheckResult & { readonly changes?: () => RangeChanges } }> {
  const opened = open(options);
  const today = options.date ?? headDate(opened.root);
  const request = { settings: options.onlyRules ? narrowed(opened.settings, options.onlyRules) : opened.settings, today, ...(opened.paths && { paths: opened.paths }), ...(options.engine && { engine: options.engine }) };
  const range = options.since === undefined ? undefined : opened.repo().git?.range;
  const result = range ? await checkRange(range, opened, request) : await check({ ...request, project: opened.project, openRepo: opened.repo });
  return { ...opened, today, result };
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

function targetOfPullRequest(): string {
  const named = baseFromEnvironment(process.env);
  if (named) return named.ref;
  throw new UserError("no-base", "--since names no branch, tag or commit, and no variable of a CI system tells the target of a pull request.", "Say what to compare with: --since main.");
}

/** The staged texts of code files that are not those of the work tree. */
function stagedTexts(index: RepoView): Overrides {
  const differing = [...(index.git?.staged?.differing ?? [])].filter(isProjectSource);
  return new Map(differing.flatMap((file) => (index.git?.isTracked(file) ? [[file, index.read(file) ?? ""] as const] : [])));
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The day of HEAD in UTC, so that the same commit gives the same answer on any day; today where there is no git. */
export function headDate(root: string): string {
  const seconds = Number(askGit(root, ["log", "-1", "--format=%ct"]) ?? "");
  return (seconds > 0 ? new Date(seconds * 1000) : new Date()).toISOString().slice(0, 10);
}

function factsFile(root: string): string | undefined {
  const folder = writableCacheFolder(root);
  return folder && path.join(folder, "facts.txt");
}
