import { setImmediate as nextTurn } from "node:timers/promises";
import { fewWithHabit, isHabitCause, isRepositoryCause, repositoryCause } from "../base/causes.js";
import { compareFindings, compareText, type Finding, formatMessage, type RuleFinding, type Severity } from "../base/finding.js";
import { resolveEdits } from "../base/edits.js";
import { errorMessage } from "../base/errors.js";
import { groupBy } from "../base/group-by.js";
import { rangeOf } from "../base/position.js";
import { isWithin } from "../base/paths.js";
import { isTestName } from "../base/test-paths.js";
import { counted, listed } from "../base/words.js";
import { roleOf } from "../kit/roles.js";
import type { Place, Rule } from "../kit/rule.js";
import type { ProjectModel } from "../model/project-model.js";
import type { RepoView } from "../repo/repo-view.js";
import type { ResolvedSettings } from "../settings/resolve.js";
import type { RuleSetting } from "../settings/rules.js";
import { CauseFilter, causeKey } from "./cause-filter.js";
import { type EngineChoice, runFileChecks } from "./file-checks/run.js";
import { fingerprintParts } from "./finding-parts.js";
import { fingerprints } from "./fingerprint.js";
import { justify } from "./justify.js";
import { isReported, type Project } from "./project.js";
import { rulesByName } from "./registry.js";
import { scopeOf } from "./scope.js";
import { Silences } from "./silences.js";

/** Files that are named beside the one that stands for them. */
const mostListed = 5;

/** What is asked of a check. */
export interface CheckRequest {
  readonly project: Project;
  readonly settings: ResolvedSettings;
  /** Root-relative files or folders to report on; undefined for all. */
  readonly paths?: readonly string[];
  /** The day that exceptions are judged by, `YYYY-MM-DD`. */
  readonly today: string;
  /** Give each site of a cause, whatever the settings say. */
  readonly eachSite?: boolean;
  /** Which program runs the file checks; `auto` if not said. */
  readonly engine?: EngineChoice;
  /** Opens the repository for repo checks, at most once and only if one is on. */
  readonly openRepo: () => RepoView;
}

/** A finding that a comment or an exception of the settings lets pass. */
export interface Suppressed {
  readonly finding: Finding;
  readonly by: "comment" | "exception";
  readonly reason: string | undefined;
}

export interface CheckResult {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  /** Rules that crashed; the run then ends with exit code 3. */
  readonly crashes: readonly { readonly rule: string; readonly message: string; readonly file?: string }[];
  /** Which program ran the file checks: oxlint, eslint, or none where no rule needed one. */
  readonly fileEngine: "oxlint" | "eslint" | "none";
}

/** A finding of a rule before it gets a fingerprint. */
interface Draft {
  readonly rule: Rule;
  readonly setting: RuleSetting;
  readonly found: RuleFinding;
}

/** Runs all rules that are on, for the files asked about, and lets pass what comments and exceptions say. */
export async function check(request: CheckRequest): Promise<CheckResult> {
  const { project, settings } = request;
  const files = project.model.files.filter((file) => isReported(project, file) && isAsked(request, file));
  const sound = files.filter((file) => project.model.facts(file).syntaxError === undefined);
  const crashes: { rule: string; message: string; file?: string }[] = [];
  const silences = new Silences(project.model, settings, request.today);
  const fileChecks = runFileChecks(project, settings, sound, request.engine);
  // Its failure is met where it is awaited, below, and must not end the process before.
  fileChecks.catch(() => undefined);
  const drafts: Draft[] = [];
  for await (const found of projectFindings(request, silences, sound, crashes)) drafts.push(...found);
  for (const found of await repoFindings(request, crashes)) drafts.push(found);
  const checked = await fileChecks;
  crashes.push(...checked.crashes);
  drafts.push(...checked.findings.flatMap(({ rule, found }) => draftOf(settings, rule, found)));
  const findings = finish(project, request.eachSite === true ? drafts : oneForEachCause(drafts, silences));
  const errors = files.flatMap((file) => syntaxFinding(project.model, file) ?? []);
  const passed = letPass(silences, findings);
  const others = project.listed.filter((file) => !project.model.has(file) && isAsked(request, file) && silences.comments(file).length > 0);
  const justified = justify({ settings, today: request.today, commentsOf: (file) => silences.comments(file), files: [...sound, ...others] });
  const own = finish(project, justified.flatMap((found) => draftOf(settings, "justified-disable", found)));
  return { findings: [...passed.findings, ...own, ...errors].sort(compareFindings), suppressed: passed.suppressed, crashes, fileEngine: checked.engine };
}

function isAsked({ paths }: CheckRequest, file: string): boolean {
  return paths?.some((path) => isWithin(path === "." ? "" : path, file)) ?? true;
}

/** The findings of one rule after the other; in between, what the child process of the file checks wrote is read. */
async function* projectFindings(request: CheckRequest, silences: Silences, files: readonly string[], crashes: { rule: string; message: string }[]): AsyncIterable<readonly Draft[]> {
  const { project, settings } = request;
  const whole = request.paths === undefined;
  for (const [setting, rule, group] of groups(settings, files)) {
    if (!rule.project) continue;
    try {
      const counts = ({ file, range }: Place): boolean => settings.rulesFor(file).has(rule.name) && silences.of(rule.name, file, range.start) === undefined;
      yield [...rule.project.check(project.model, scopeOf(group, whole, counts), setting.options)].map((found) => ({ rule, setting, found }));
      await nextTurn();
    } catch (error) {
      crashes.push({ rule: rule.name, message: error instanceof Error ? (error.stack ?? error.message) : errorMessage(error) });
    }
  }
}

/** Repo checks look at the repository as a whole, under the settings of the root; where they report is asked about then. */
async function repoFindings(request: CheckRequest, crashes: { rule: string; message: string }[]): Promise<Draft[]> {
  const { project, settings } = request;
  const drafts: Draft[] = [];
  let repo: RepoView | undefined;
  for (const [name, setting] of settings.rulesFor("package.json")) {
    const rule = rulesByName.get(name);
    if (!rule?.repo) continue;
    repo ??= request.openRepo();
    try {
      const found = await rule.repo.check(repo, project.model, setting.options);
      for (const one of found) if (settings.includes(one.file) && isAsked(request, one.file)) drafts.push(...draftOf(settings, name, one));
    } catch (error) {
      crashes.push({ rule: name, message: error instanceof Error ? (error.stack ?? error.message) : errorMessage(error) });
    }
  }
  return drafts;
}

/** Each rule with the files for which it is on with the same settings. */
function* groups(settings: ResolvedSettings, files: readonly string[]): Iterable<readonly [RuleSetting, Rule, readonly string[]]> {
  const byKey = new Map<string, { setting: RuleSetting; rule: Rule; files: readonly string[] }>();
  // Files with equal settings share one map of rules.
  for (const [rules, own] of groupBy(files, (file) => settings.rulesFor(file)))
    for (const [name, setting] of rules) {
      const rule = rulesByName.get(name);
      if (!rule) continue;
      const key = `${name}\0${JSON.stringify(setting)}`;
      const known = byKey.get(key);
      byKey.set(key, { setting, rule, files: known ? [...known.files, ...own] : own });
    }
  for (const { setting, rule, files: group } of byKey.values()) yield [setting, rule, group];
}

function draftOf(settings: ResolvedSettings, name: string, found: RuleFinding): Draft[] {
  const rule = rulesByName.get(name);
  const setting = settings.rulesFor(found.file).get(name);
  return rule && setting ? [{ rule, setting, found }] : [];
}

/** The drafts by place, one for each cause where the settings ask for no more. What is let pass stands for nothing in other files. */
function oneForEachCause(drafts: readonly Draft[], silences: Silences): Draft[] {
  const filter = new CauseFilter();
  const sorted = habitsAsDecisions(drafts, silences).sort((left, right) => compareText(left.found.file, right.found.file) || left.found.range.start.line - right.found.range.start.line || left.found.range.start.column - right.found.range.start.column);
  const isLetPass = (draft: Draft): boolean => isOfRepository(draft) && silences.of(draft.rule.name, draft.found.file, draft.found.range.start) !== undefined;
  // What is let pass by a comment tells nothing any more.
  const told = new Set(sorted.flatMap((draft) => (silences.of(draft.rule.name, draft.found.file, draft.found.range.start) === undefined ? (causeKey(draft.rule.name, draft.found) ?? []) : [])));
  const isTold = ({ found: { toldBy } }: Draft): boolean => toldBy !== undefined && told.has(causeKey(toldBy.rule, toldBy) ?? "");
  const kept = sorted.filter((draft) => draft.setting.per === "site" || isLetPass(draft) || (!isTold(draft) && filter.isFirst(draft.rule.name, draft.found)));
  const alike = groupBy(sorted.filter(isOfRepository), ({ rule, found }) => causeKey(rule.name, found));
  return kept.map((draft) => (draft.setting.per === "site" || !isOfRepository(draft) ? draft : { ...draft, found: withOthers(draft.found, alike.get(causeKey(draft.rule.name, draft.found)) ?? []) }));
}

/** The drafts, where what more than a few files have in common is a decision of the repository. What is let pass counts for no habit. */
function habitsAsDecisions(drafts: readonly Draft[], silences: Silences): Draft[] {
  const isHabit = ({ setting, found }: Draft): boolean => setting.per !== "site" && found.cause !== undefined && isHabitCause(found.cause);
  const keyOf = ({ rule, found }: Draft): string => `${rule.name} ${found.cause ?? ""}`;
  const alike = groupBy(drafts.filter((draft) => isHabit(draft) && silences.of(draft.rule.name, draft.found.file, draft.found.range.start) === undefined), keyOf);
  const many = new Set([...alike].filter(([, own]) => new Set(own.map(({ found }) => found.file)).size > fewWithHabit).map(([key]) => key));
  return drafts.map((draft) => (isHabit(draft) && many.has(keyOf(draft)) ? { ...draft, found: { ...draft.found, cause: repositoryCause(draft.found.cause ?? "") } } : draft));
}

function isOfRepository({ found }: Draft): boolean {
  return found.cause !== undefined && isRepositoryCause(found.cause);
}

/** A finding that stands for other files says so. */
function withOthers(found: RuleFinding, alike: readonly Draft[]): RuleFinding {
  const others = [...new Set(alike.map((other) => other.found.file))].filter((file) => file !== found.file);
  return others.length === 0 ? found : { ...found, help: [...(found.help === undefined ? [] : [found.help]), `The same holds for ${counted(others.length, "other file")}: ${listed(others, mostListed)}.`].join(" ") };
}

function finish(project: Project, drafts: readonly Draft[]): Finding[] {
  const marks = fingerprints(drafts.map(({ rule, found }) => fingerprintParts(project, rule.name, found)));
  return drafts.map(({ rule, setting, found }, index) => ({
    rule: rule.name,
    clauses: found.clauses ?? rule.clauses,
    severity: weaker(setting.severity, found.severity),
    file: found.file,
    range: found.range,
    messageId: found.messageId,
    message: formatMessage(rule.messages[found.messageId] ?? found.messageId, found.data),
    ...(found.help !== undefined && { help: found.help }),
    ...(found.cause !== undefined && { cause: found.cause }),
    related: found.related ?? [],
    fingerprint: marks[index] ?? "",
    ...editsOf(project, rule, found),
  }));
}

/** What mends a finding, as edits of the text that was checked. */
function editsOf({ model, texts }: Project, rule: Rule, { file, data, fix, suggestions }: RuleFinding): Pick<Finding, "fix" | "suggestions"> {
  if (!fix && !suggestions) return {};
  const text = texts.get(file) ?? "";
  const secrets = model.has(file) ? model.facts(file).secrets.map(({ span }) => span) : [];
  const edits = resolveEdits(text, fix, secrets);
  const offered = (suggestions ?? []).flatMap(({ message, edits: drafts }) => {
    const own = resolveEdits(text, drafts, secrets);
    return own ? [{ message: formatMessage(rule.messages[message] ?? message, data), edits: own }] : [];
  });
  return { ...(edits && { fix: edits }), ...(offered.length > 0 && { suggestions: offered }) };
}

function weaker(setting: Severity, found: Severity | undefined): Severity {
  return found === "warn" ? "warn" : setting;
}

function letPass(silences: Silences, findings: readonly Finding[]): { readonly findings: Finding[]; readonly suppressed: Suppressed[] } {
  const kept: Finding[] = [];
  const suppressed: Suppressed[] = [];
  for (const finding of findings) {
    const silence = silences.of(finding.rule, finding.file, finding.range.start);
    if (silence?.by === "comment") {
      silence.comment.used.add(finding.rule);
      suppressed.push({ finding, by: "comment", reason: silence.comment.directive.reason });
    } else if (silence) suppressed.push({ finding, by: "exception", reason: silence.exception.reason });
    else kept.push(finding);
  }
  return { findings: kept, suppressed };
}

/** A file that does not parse gives this finding and no other. */
/** A file that tests read as a text, and that nothing loads: it may be broken on purpose. */
function isMadeForTests(model: ProjectModel, file: string): boolean {
  const role = roleOf(file);
  return (role === "fixture" || (role === "test" && !isTestName(file))) && model.edgesTo(file).length === 0;
}

function syntaxFinding(model: ProjectModel, file: string): Finding | undefined {
  const { syntaxError, lineStarts } = model.facts(file);
  if (!syntaxError || isMadeForTests(model, file)) return undefined;
  const [fingerprint = ""] = fingerprints([{ rule: "parse", file, symbol: "", messageId: "syntax", text: syntaxError.message }]);
  return { rule: "parse", clauses: [], severity: "error", file, range: rangeOf(lineStarts, syntaxError.span), messageId: "syntax", message: `This file does not parse, so nothing in it was checked: ${syntaxError.message}`, related: [], fingerprint };
}
