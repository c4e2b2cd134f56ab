import { readFileSync } from "node:fs";
import { z } from "zod";
import { errorMessage, isFileSystemError, UserError } from "../../base/errors.js";
import { isRecord } from "../../base/json.js";
import { writeFileAtomically } from "../atomic-file.js";
import { type Baseline, type BaselineEntry, compareEntries } from "./baseline.js";

/** The name of a baseline, which lies at the root. */
export const baselineFileName = "std-check-baseline.json";

const entrySchema = z.strictObject({
  rule: z.string().min(1),
  file: z.string().min(1),
  fingerprint: z.string().regex(/^v\d+:[0-9a-f]+$/),
  reason: z.string().optional(),
  expires: z.iso.date().optional(),
});

const renewHint = "Restore it from git, or make a new one with `std-check baseline create`.";

/** The baseline in `file`; undefined if there is none. Throws a UserError for a file that is no baseline. */
export function readBaseline(file: string): Baseline | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (isFileSystemError(error, "ENOENT")) return undefined;
    throw new UserError("unreadable-baseline", `${file} cannot be read: ${errorMessage(error)}.`, "Make it readable, or name another file with `--baseline`.");
  }
  return parseBaseline(text, file);
}

/** The baseline that `text` holds; `name` is for messages. Throws a UserError for any other text. */
export function parseBaseline(text: string, name = baselineFileName): Baseline {
  const content = parse(text, name);
  if (!isRecord(content) || content["version"] === undefined || content["entries"] === undefined) {
    if (looksLikeSuppressions(content)) throw new UserError("foreign-baseline", `${name} holds ESLint's suppressions, not a baseline of std-check.`, "Import them with `std-check baseline create --from <file>`.");
    throw new UserError("foreign-baseline", `${name} is no baseline of std-check: it has no "version" and "entries".`, renewHint);
  }
  if (content["version"] !== 1) throw new UserError("foreign-baseline", `${name} has version ${JSON.stringify(content["version"])}, and this std-check knows version 1.`, "Use the version of std-check that wrote it, or make a new one with `std-check baseline create`.");
  const entries = z.array(entrySchema).safeParse(content["entries"]);
  if (!entries.success) {
    const issue = entries.error.issues[0];
    const place = issue === undefined ? "" : `entries${issue.path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("")}: ${issue.message}`;
    throw new UserError("corrupt-baseline", `${name} is damaged: ${place}.`, renewHint);
  }
  return { version: 1, entries: entries.data.map(withoutUndefined) };
}

/** A baseline as text: sorted, one entry a line, so that two branches seldom touch the same line. */
export function baselineText(baseline: Baseline): string {
  const lines = [...baseline.entries].sort(compareEntries).map(({ rule, file, fingerprint, reason, expires }) => `    ${JSON.stringify({ rule, file, fingerprint, reason, expires })}`);
  return `{\n  "version": 1,\n  "entries": [${lines.length === 0 ? "" : `\n${lines.join(",\n")}\n  `}]\n}\n`;
}

/** Writes a baseline as a whole or not at all. Throws a UserError where that is not possible. */
export function writeBaseline(file: string, baseline: Baseline): void {
  writeFileAtomically(file, baselineText(baseline));
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    if (/^(<{7}|={7}|>{7})/m.test(text)) throw new UserError("corrupt-baseline", `${name} holds the marks of an unfinished merge.`, "Keep the lines of both sides without the marks, then run `std-check baseline prune`.");
    throw new UserError("corrupt-baseline", `${name} is no JSON: ${errorMessage(error)}.`, renewHint);
  }
}

function looksLikeSuppressions(content: unknown): boolean {
  return isRecord(content) && Object.values(content).length > 0 && Object.values(content).every((rules) => isRecord(rules) && Object.values(rules).every((rule) => isRecord(rule) && typeof rule["count"] === "number"));
}

function withoutUndefined({ reason, expires, ...identity }: z.infer<typeof entrySchema>): BaselineEntry {
  return { ...identity, ...(reason !== undefined && { reason }), ...(expires !== undefined && { expires }) };
}
