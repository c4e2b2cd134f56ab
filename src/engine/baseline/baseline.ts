import { UserError } from "../../base/errors.js";
import { compareFindings, compareText, type Finding } from "../../base/finding.js";
import { isExpired } from "../../settings/exceptions.js";

/** A finding that was there when the baseline was made, and is let pass. */
export interface BaselineEntry {
  readonly rule: string;
  /** Root-relative POSIX path. */
  readonly file: string;
  readonly fingerprint: string;
  readonly reason?: string;
  /** The last day it is let pass, `YYYY-MM-DD`. */
  readonly expires?: string;
}

export interface Baseline {
  readonly version: 1;
  readonly entries: readonly BaselineEntry[];
}

/** What identifies a finding in a baseline. */
export type Identity = Pick<BaselineEntry, "rule" | "file" | "fingerprint">;

/** What a run looked at, and what it knows of the past. */
export interface BaselineRun {
  /** Whether this run would have found the entry's finding if it were still there: its rule ran and its file was looked at. */
  looked(entry: Identity): boolean;
  /** The file and fingerprint that a finding of a renamed file had before; undefined for files that were not renamed. */
  before?(finding: Finding): Pick<Identity, "file" | "fingerprint"> | undefined;
  /** The day of the run, `YYYY-MM-DD`. */
  readonly today: string;
}

/** The findings of a run against a baseline. */
export interface BaselineMatch {
  /** Findings to report: those the baseline does not have, and those whose entry has expired. */
  readonly reported: readonly Finding[];
  /** Findings that are let pass, each with its entry. */
  readonly passed: readonly { readonly finding: Finding; readonly entry: BaselineEntry }[];
  /** Reported findings whose entry has expired. */
  readonly expired: readonly { readonly finding: Finding; readonly entry: BaselineEntry }[];
  /** Entries whose finding is gone, among those this run looked for. */
  readonly stale: readonly BaselineEntry[];
}

/**
 * Tells new findings from known ones. An entry lets one finding pass, so that a new one shows even where an old one of
 * the same rule was mended in the same file.
 */
export function matchBaseline(findings: readonly Finding[], baseline: Baseline, run: BaselineRun): BaselineMatch {
  const open = new Map<string, BaselineEntry[]>();
  for (const entry of baseline.entries) open.set(keyOf(entry), [...(open.get(keyOf(entry)) ?? []), entry]);
  const take = (identity: Identity): BaselineEntry | undefined => open.get(keyOf(identity))?.shift();

  const entries = new Map<Finding, BaselineEntry | undefined>();
  const sorted = [...findings].sort(compareFindings);
  for (const finding of sorted) entries.set(finding, take(finding));
  // Only after all others, so that a file which took the old name of another keeps its own entries.
  for (const finding of sorted) {
    const before = entries.get(finding) === undefined ? run.before?.(finding) : undefined;
    if (before !== undefined) entries.set(finding, take({ rule: finding.rule, ...before }));
  }

  const matched = [...entries].flatMap(([finding, entry]) => (entry === undefined ? [] : [{ finding, entry }]));
  const isOver = ({ entry }: { entry: BaselineEntry }) => isExpired(entry, run.today);
  return {
    reported: findings.filter((finding) => {
      const entry = entries.get(finding);
      return entry === undefined || isOver({ entry });
    }),
    passed: matched.filter((pair) => !isOver(pair)),
    expired: matched.filter(isOver),
    stale: [...open.values()].flat().filter((entry) => run.looked(entry)).sort(compareEntries),
  };
}

/**
 * A baseline that lets all of `findings` pass. Entries of `previous` keep their reason and expiry, and stay as they are
 * where this run did not look.
 */
export function createBaseline(findings: readonly Finding[], previous: Baseline, run: BaselineRun): Baseline {
  const match = matchBaseline(findings, previous, run);
  // A file that does not parse is not checked at all, which no baseline may hide.
  const accepted = findings.filter(({ rule }) => rule !== "parse");
  const known = new Map([...match.passed, ...match.expired].map(({ finding, entry }) => [finding, entry]));
  const kept = unlooked(previous, run, new Set([...known.values(), ...match.stale]));
  return sorted([...kept, ...accepted.map((finding) => ({ ...identityOf(finding), ...remarks(known.get(finding)) }))]);
}

/** The baseline without entries whose finding is gone; findings of renamed files get the new name. It never grows. */
export function pruneBaseline(findings: readonly Finding[], baseline: Baseline, run: BaselineRun): Baseline {
  const match = matchBaseline(findings, baseline, run);
  const known = [...match.passed, ...match.expired];
  const kept = unlooked(baseline, run, new Set([...known.map(({ entry }) => entry), ...match.stale]));
  return sorted([...kept, ...known.map(({ finding, entry }) => ({ ...identityOf(finding), ...remarks(entry) }))]);
}

/** The entries of `after` that `before` does not have, not even under the name that a renamed file had. */
export function addedEntries(before: Baseline, after: Baseline, renamedFrom: (file: string) => string | undefined = () => undefined): BaselineEntry[] {
  const gone = without(before.entries, after.entries, keyOf);
  const added = without(after.entries, before.entries, keyOf);
  const oldName = ({ rule, file }: BaselineEntry) => [rule, renamedFrom(file) ?? file].join("\0");
  const renamed = added.filter(({ file }) => renamedFrom(file) !== undefined);
  return [...added.filter((entry) => !renamed.includes(entry)), ...without(renamed, gone, oldName)];
}

/** Throws a UserError if `after` lets pass what `before` does not: in CI a baseline may only shrink. */
export function assertShrinks(before: Baseline, after: Baseline, renamedFrom?: (file: string) => string | undefined): void {
  const added = addedEntries(before, after, renamedFrom);
  if (added.length === 0) return;
  const shown = added.slice(0, 5).map(({ rule, file }) => `${rule} in ${file}`).join(", ");
  throw new UserError(
    "baseline-grows",
    `The baseline would grow by ${added.length} ${added.length === 1 ? "entry" : "entries"} (${shown}${added.length > 5 ? ", …" : ""}), and in CI it may only shrink.`,
    "Mend these findings, or run `std-check baseline create` on your machine and have the change reviewed.",
  );
}

export interface BaselineStatus {
  readonly entries: number;
  readonly reported: number;
  readonly passed: number;
  readonly stale: readonly BaselineEntry[];
  readonly expired: readonly BaselineEntry[];
  /** Entries by rule, the rule with most first. */
  readonly byRule: readonly { readonly rule: string; readonly entries: number; readonly stale: number }[];
  /** Entries by their expiry, the next first. */
  readonly expiring: readonly BaselineEntry[];
}

/** Where a baseline stands against the findings of a run. */
export function baselineStatus(findings: readonly Finding[], baseline: Baseline, run: BaselineRun): BaselineStatus {
  const match = matchBaseline(findings, baseline, run);
  const count = (entries: readonly BaselineEntry[], rule: string) => entries.filter((entry) => entry.rule === rule).length;
  const rules = [...new Set(baseline.entries.map(({ rule }) => rule))];
  return {
    entries: baseline.entries.length,
    reported: match.reported.length,
    passed: match.passed.length,
    stale: match.stale,
    expired: match.expired.map(({ entry }) => entry),
    byRule: rules
      .map((rule) => ({ rule, entries: count(baseline.entries, rule), stale: count(match.stale, rule) }))
      .sort((left, right) => right.entries - left.entries || compareText(left.rule, right.rule)),
    expiring: baseline.entries
      .filter(({ expires }) => expires !== undefined && expires >= run.today)
      .sort((left, right) => compareText(left.expires ?? "", right.expires ?? "") || compareEntries(left, right)),
  };
}

export const emptyBaseline: Baseline = { version: 1, entries: [] };

/** Orders entries by file, rule and fingerprint. */
export function compareEntries(left: Identity, right: Identity): number {
  return compareText(left.file, right.file) || compareText(left.rule, right.rule) || compareText(left.fingerprint, right.fingerprint);
}

/** The entries that are left of `entries` when each of `others` takes away one with the same key. */
function without(entries: readonly BaselineEntry[], others: readonly BaselineEntry[], key: (entry: BaselineEntry) => string): BaselineEntry[] {
  const counts = new Map<string, number>();
  for (const other of others) counts.set(key(other), (counts.get(key(other)) ?? 0) + 1);
  return entries.filter((entry) => {
    const left = counts.get(key(entry)) ?? 0;
    counts.set(key(entry), left - 1);
    return left <= 0;
  });
}

function unlooked(baseline: Baseline, run: BaselineRun, settled: ReadonlySet<BaselineEntry>): BaselineEntry[] {
  return baseline.entries.filter((entry) => !settled.has(entry) && !run.looked(entry));
}

function sorted(entries: readonly BaselineEntry[]): Baseline {
  return { version: 1, entries: [...entries].sort(compareEntries) };
}

function keyOf({ rule, file, fingerprint }: Identity): string {
  return [rule, file, fingerprint].join("\0");
}

function identityOf({ rule, file, fingerprint }: Identity): Identity {
  return { rule, file, fingerprint };
}

function remarks(entry: BaselineEntry | undefined): Pick<BaselineEntry, "reason" | "expires"> {
  return { ...(entry?.reason !== undefined && { reason: entry.reason }), ...(entry?.expires !== undefined && { expires: entry.expires }) };
}
