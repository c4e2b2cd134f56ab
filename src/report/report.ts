import type { Finding } from "../base/finding.js";
import type { RangeChanges } from "../base/range-changes.js";
import type { ImportGraph } from "./graph.js";

/** What a rule says of itself, for formats that describe rules. */
export interface RuleDescription {
  readonly name: string;
  readonly description: string;
  readonly helpUri: string;
  readonly clauses: readonly string[];
  readonly section: string;
}

/** How far the checker saw: what is unknown is counted, never passed over. */
export interface Coverage {
  readonly files: number;
  readonly imports: { readonly resolved: number; readonly unresolved: number };
  readonly layers: { readonly classified: number; readonly files: number };
  /** Functions and values whose data or calls were not followed to their end: what lies behind a bound is unknown. */
  readonly flows: { readonly cut: number };
  /** Files that could not be read, or not as a whole, with the reason. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  readonly generated: number;
}

/** A finding that was let pass. */
export interface SuppressedFinding {
  readonly finding: Finding;
  readonly by: "comment" | "exception" | "baseline";
  readonly reason: string | undefined;
}

/** A route as tables show it. */
export interface RouteRow {
  readonly method: string;
  readonly path: string;
  readonly version: string;
  readonly auth: string;
  readonly rateLimit: string;
  readonly request: string;
  readonly response: string;
  readonly handler: string;
}

/** What a project holds of persons, and where it writes it to logs. */
export interface PersonalData {
  readonly shapes: readonly { readonly name: string; readonly file: string; readonly line: number; readonly fields: readonly { readonly name: string; readonly category: string }[] }[];
  readonly logged: readonly { readonly field: string; readonly category: string; readonly file: string; readonly line: number }[];
}

/** All that a format may show. Texts have been masked. */
export interface Report {
  readonly toolVersion: string;
  /** Absolute root of the project; only for formats that must name it. */
  readonly root: string;
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly coverage: Coverage;
  readonly summary: Summary;
  /** Where a range was asked for; computed when asked for. */
  readonly changes?: () => RangeChanges;
  describe(rule: string): RuleDescription | undefined;
  /** The masked text of a file; undefined if it cannot be had. */
  source(file: string): string | undefined;
  /** The layer of a file, the custom one if there is; undefined if none is known. */
  layerOf(file: string): string | undefined;
  /** The few words by which the standard calls a clause. */
  clauseTitle(id: string): string | undefined;
  /** Imports between layers with the findings on them; computed when asked for. */
  layers(): ImportGraph;
  /** The HTTP routes; computed when asked for. */
  routes(): readonly RouteRow[];
  /** Computed when asked for. */
  personalData(): PersonalData;
  /** A root-relative path as seen from the working directory. */
  shown(file: string): string;
}

export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly files: number;
  readonly suppressed: number;
}

/** How a terminal is written to. */
export interface FormatOptions {
  readonly color: boolean;
  readonly width: number;
}

/** A format: a pure function from a report to text. */
export type Format = (report: Report, options: FormatOptions) => string;

/** Counts findings. */
export function summarize(findings: readonly Finding[], suppressed: number): Summary {
  const errors = findings.filter((finding) => finding.severity === "error").length;
  return { errors, warnings: findings.length - errors, files: new Set(findings.map((finding) => finding.file)).size, suppressed };
}
