import { compareRanges, type Range, type Span } from "./position.js";

/** How much a finding weighs: an error fails the run, a warning counts towards `--max-warnings`. */
export type Severity = "error" | "warn";

/** Another place that belongs to a finding: a step of an import chain, the source of a flow, the other write. */
export interface RelatedLocation {
  /** Root-relative POSIX path. */
  readonly file: string;
  readonly range: Range;
  readonly message: string;
}

/** A replacement of `[start, end)` (UTF-16 offsets into the file's text without its byte-order mark) by `text`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Root-relative; the file of the finding where it is not said. */
  readonly file?: string;
}

/** An edit as a rule gives it, which knows places and not always what stands there. */
export interface EditDraft extends Omit<TextEdit, "text"> {
  /** The new text, or the stretch of the finding's file that it is copied from. */
  readonly text: string | Span;
  /** What must stand there, or there is no such edit. */
  readonly was?: string;
}

/** An edit that a user may accept; `edits` do not overlap. */
export interface Suggestion {
  readonly message: string;
  readonly edits: readonly TextEdit[];
}

/** What a rule says, before the engine adds severity, clauses and fingerprint. */
export interface RuleFinding {
  /** Root-relative POSIX path of the primary location. */
  readonly file: string;
  readonly range: Range;
  /** A key of the rule's `messages`. */
  readonly messageId: string;
  /** The values of the `{{placeholders}}` of the message. */
  readonly data?: Readonly<Record<string, string>>;
  /** What findings of one cause share; in `recommended` one finding a file stands for all of one cause. */
  readonly cause?: string;
  /** The finding of another rule that tells the same lack: in `recommended` it stands for this one, where that rule is on and tells it. */
  readonly toldBy?: { readonly rule: string; readonly file: string; readonly cause: string };
  /** A longer hint: the smallest edit, a sibling that does it right. */
  readonly help?: string;
  readonly related?: readonly RelatedLocation[];
  /** Overrides the rule's severity downwards, for messages that the rule table marks as warnings. */
  readonly severity?: Severity;
  /** The clauses that this finding breaks, where the rule enforces more. */
  readonly clauses?: readonly string[];
  /** A safe fix: the result is clean under the same rule and means the same. */
  readonly fix?: readonly EditDraft[];
  readonly suggestions?: readonly { readonly message: string; readonly edits: readonly EditDraft[] }[];
}

/** A violation of the standard as every output format and host sees it. */
export interface Finding {
  /** The rule's name without the plugin prefix. */
  readonly rule: string;
  /** The ids of the clauses of the standard that the rule enforces. */
  readonly clauses: readonly string[];
  readonly severity: Severity;
  /** Root-relative POSIX path. */
  readonly file: string;
  readonly range: Range;
  readonly messageId: string;
  readonly message: string;
  readonly help?: string;
  readonly cause?: string;
  readonly related: readonly RelatedLocation[];
  /** Survives moved lines and reformatting; 16 hexadecimal digits behind `v1:`. */
  readonly fingerprint: string;
  readonly fix?: readonly TextEdit[];
  readonly suggestions?: readonly Suggestion[];
}

/** The order in which findings are printed: by file, place, rule and message. */
export function compareFindings(left: Finding, right: Finding): number {
  return (
    compareText(left.file, right.file) ||
    compareRanges(left.range, right.range) ||
    compareText(left.rule, right.rule) ||
    compareText(left.message, right.message)
  );
}

/** Orders text by code units, the same on every machine and locale. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Fills the `{{placeholders}}` of `template`; a placeholder without a value stays as it is. */
export function formatMessage(template: string, data: Readonly<Record<string, string>> = {}): string {
  return template.replace(/\{\{(\w+)\}\}/g, (whole, key: string) => data[key] ?? whole);
}
