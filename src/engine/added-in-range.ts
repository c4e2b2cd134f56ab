import { compareFindings, type Finding } from "../base/finding.js";
import type { RangeChanges } from "../base/range-changes.js";
import { withReaders } from "../repo/open-repo.js";
import type { GitRange, RepoView } from "../repo/repo-view.js";
import { CauseFilter } from "./cause-filter.js";
import { check, type CheckRequest, type CheckResult } from "./check.js";
import { fingerprintParts } from "./finding-parts.js";
import { fingerprints } from "./fingerprint.js";
import { isProjectSource } from "./project-files.js";
import { openProject, type Overrides, type Project, readBeside } from "./project.js";
import { changesBetween } from "./range-changes.js";
import type { Opened } from "./run.js";

/**
 * What a range adds: the findings that the same checks with the same settings do not give for the base of the range, in
 * whatever file they lie. A guard that one file loses shows in the routes of another. Sites are compared one by one, so that
 * a new one shows beside an old one of the same cause; then one stands for each cause, as the settings say.
 */
export async function checkRange(range: GitRange, opened: Opened, request: Omit<CheckRequest, "project" | "openRepo">): Promise<CheckResult & { readonly changes: () => RangeChanges }> {
  const result = await check({ ...request, eachSite: true, project: opened.project, openRepo: opened.repo });
  const base = repoAtBase(opened.repo(), range);
  const project = projectAtBase(opened, base, range);
  const before = new Set((await check({ ...request, eachSite: true, project, openRepo: () => base })).findings.map(({ fingerprint }) => fingerprint));
  const renamed = new Map(range.changes.flatMap(({ file, from }) => (from === undefined ? [] : [[file, from] as const])));
  const earlier = identitiesBefore(opened.project, result, renamed);
  const added = result.findings.filter(({ fingerprint }) => !before.has(fingerprint) && !before.has(earlier.get(fingerprint)?.fingerprint ?? ""));
  const changes = (): RangeChanges => {
    const known = new Set([...result.findings, ...result.suppressed.map(({ finding }) => finding)].flatMap(({ fingerprint }) => [fingerprint, earlier.get(fingerprint)?.fingerprint ?? ""]));
    const mended = [...before].filter((fingerprint) => !known.has(fingerprint)).length;
    return { ...changesBetween({ model: project.model, repo: base }, { model: opened.project.model, repo: opened.repo() }, renamed), mended };
  };
  return { ...result, findings: oneForEachCause(added, opened), changes };
}

function oneForEachCause(findings: readonly Finding[], { settings }: Opened): readonly Finding[] {
  const filter = new CauseFilter();
  return findings.filter((finding) => settings.rulesFor(finding.file).get(finding.rule)?.per === "site" || filter.isFirst(finding.rule, finding));
}

/** Fingerprint → file and fingerprint that the finding had before its file was renamed; `renamed` is new name → old name. */
export function identitiesBefore(project: Project, { findings, suppressed }: Pick<CheckResult, "findings" | "suppressed">, renamed: ReadonlyMap<string, string>): ReadonlyMap<string, { readonly file: string; readonly fingerprint: string }> {
  // Suppressed findings count too when equal ones are told apart, as they did when the fingerprints were given.
  const moved = [...findings, ...suppressed.map(({ finding }) => finding)].filter(({ file }) => renamed.has(file)).sort(compareFindings);
  const oldName = (file: string): string => renamed.get(file) ?? file;
  const marks = fingerprints(moved.map((finding) => ({ ...fingerprintParts(project, finding.rule, finding), file: oldName(finding.file) })));
  return new Map(moved.map((finding, index) => [finding.fingerprint, { file: oldName(finding.file), fingerprint: marks[index] ?? "" }]));
}

/** The repository as it was at the base, without a range of its own. */
function repoAtBase(repo: RepoView, range: GitRange): RepoView {
  const added = new Set(range.changes.flatMap(({ status, file }) => (status === "added" || status === "renamed" ? [file] : [])));
  const gone = range.changes.flatMap(({ status, file, from }) => (status === "deleted" ? [file] : from === undefined ? [] : [from]));
  const changed = new Set(range.changes.flatMap(({ file, from }) => [file, from ?? file]));
  const { git } = repo;
  const existed = (file: string): boolean => !added.has(file) || gone.includes(file);
  return withReaders({
    root: repo.root,
    files: [...repo.files.filter(existed), ...gone].sort(),
    read: (file) => (changed.has(file) ? range.readAtBase(file) : repo.read(file)),
    git: git && { ...git, range: undefined, isTracked: (file) => (changed.has(file) ? range.readAtBase(file) !== undefined : git.isTracked(file)) },
  });
}

/** The code as it was at the base; what has not changed since is not read again. */
function projectAtBase({ root, settings, project }: Opened, base: RepoView, range: GitRange): Project {
  const changed = [...new Set(range.changes.flatMap(({ file, from }) => [file, from ?? file]))];
  const overrides: Overrides = new Map(changed.filter(isProjectSource).flatMap((file) => (base.files.includes(file) ? [[file, base.read(file) ?? ""] as const] : [])));
  const isChanged = new Set(changed);
  return openProject({
    root,
    settings,
    files: base.files,
    overrides,
    knownFacts: (file) => (project.model.has(file) ? project.model.facts(file) : undefined),
    readText: (file) => (isChanged.has(file) ? base.read(file) : readBeside(root, file)),
  });
}
