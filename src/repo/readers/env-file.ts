import { lineStarts, type Range, rangeOf, type Span } from "../../base/position.js";

/** One `KEY=value` of an env file. */
export interface EnvEntry {
  readonly key: string;
  /** The value without its quotes; in double quotes, `\n` and the like are what they stand for. */
  readonly value: string;
  readonly quote: '"' | "'" | "`" | undefined;
  /** `export KEY=value`. */
  readonly exported: boolean;
  readonly keyRange: Range;
  /** Without the quotes; empty for an empty value. */
  readonly valueRange: Range;
}

export interface EnvFile {
  readonly entries: readonly EnvEntry[];
  /** Assignments in comments: `# KEY=value`. */
  readonly commented: readonly EnvEntry[];
  /** The texts of comments, behind their `#`, that fill a line. */
  readonly comments: readonly { readonly text: string; readonly range: Range }[];
  /** Lines that are neither: a reader would pass over them. */
  readonly unread: readonly Range[];
}

const assignment = /[ \t]*(export[ \t]+)?([\w.-]+)(?:[ \t]*=[ \t]*|:[ \t]+)/y;

/**
 * Reads an env file as dotenv does: quotes of three kinds, values of several lines in them, `#` behind a value, `export`.
 * Source: the grammar of dotenv's own `parse`.
 */
export function parseEnv(text: string): EnvFile {
  const starts = lineStarts(text);
  const entries: EnvEntry[] = [];
  const commented: EnvEntry[] = [];
  const comments: EnvFile["comments"][number][] = [];
  const unread: Range[] = [];
  let at = 0;
  while (at < text.length) {
    const end = lineEnd(text, at);
    const first = skipBlanks(text, at);
    if (first >= end) {
      at = end + 1;
      continue;
    }
    if (text[first] === "#") {
      comments.push({ text: text.slice(first + 1, end), range: rangeOf(starts, [first, end]) });
      const inner = readAssignment(text.slice(0, end), first + 1, starts);
      if (inner !== undefined && /^[A-Z][A-Z0-9_]*$/.test(inner.entry.key)) commented.push(inner.entry);
      at = end + 1;
      continue;
    }
    const found = readAssignment(text, at, starts);
    if (found === undefined) unread.push(rangeOf(starts, [first, end]));
    else entries.push(found.entry);
    at = lineEnd(text, found?.end ?? at) + 1;
  }
  return { entries, commented, comments, unread };
}

function readAssignment(text: string, at: number, starts: readonly number[]): { readonly entry: EnvEntry; readonly end: number } | undefined {
  assignment.lastIndex = at;
  const match = assignment.exec(text);
  const [head = "", exported, key = ""] = match ?? [];
  if (match === null) return undefined;
  const keyStart = at + head.indexOf(key, exported === undefined ? 0 : head.indexOf(exported) + exported.length);
  const { span, quote, end } = valueSpan(text, at + head.length);
  const raw = text.slice(...span);
  const entry: EnvEntry = {
    key,
    value: quote === '"' ? raw.replaceAll("\\n", "\n").replaceAll("\\r", "\r") : raw,
    quote,
    exported: exported !== undefined,
    keyRange: rangeOf(starts, [keyStart, keyStart + key.length]),
    valueRange: rangeOf(starts, span),
  };
  return { entry, end };
}

/** Where the value that begins at `at` stands, and where what belongs to it ends. */
function valueSpan(text: string, at: number): { readonly span: Span; readonly quote: EnvEntry["quote"]; readonly end: number } {
  const quote = asQuote(text[at]);
  const close = quote === undefined ? -1 : closingQuote(text, at + 1, quote);
  if (quote !== undefined && close !== -1) return { span: [at + 1, close], quote, end: close + 1 };
  const end = lineEnd(text, at);
  const comment = text.indexOf("#", at);
  let last = comment === -1 || comment > end ? end : comment;
  while (last > at && /\s/.test(text[last - 1] ?? "")) last--;
  return { span: [at, last], quote: undefined, end };
}

function asQuote(character: string | undefined): EnvEntry["quote"] {
  return character === '"' || character === "'" || character === "`" ? character : undefined;
}

function closingQuote(text: string, from: number, quote: string): number {
  for (let at = text.indexOf(quote, from); at !== -1; at = text.indexOf(quote, at + 1)) {
    if (text[at - 1] !== "\\") return at;
  }
  return -1;
}

function skipBlanks(text: string, at: number): number {
  let first = at;
  while (text[first] === " " || text[first] === "\t") first++;
  return first;
}

/** The offset of the line break that ends the line of `at`. */
function lineEnd(text: string, at: number): number {
  const feed = text.indexOf("\n", at);
  const end = feed === -1 ? text.length : feed;
  return text[end - 1] === "\r" && end > at ? end - 1 : end;
}
