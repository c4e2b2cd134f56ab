import { z } from "zod";
import { UserError } from "../base/errors.js";
import { isRecord, property } from "../base/json.js";
import { nearest } from "../base/nearest.js";
import { compareRanges, type Range } from "../base/position.js";
import type { JsonDocument, Mistake } from "./document.js";
import { type SettingsFile, type settingsSchema, unknownKeys } from "./schema.js";

/** The compiled schema of settings under one registry. */
export type SettingsSchema = ReturnType<typeof settingsSchema>;

/**
 * Checks a parsed settings file. `at` is where the settings stand in the document (`["std-check"]` in a package.json).
 * Throws a UserError that tells every mistake with `name:line:column` and the nearest valid word.
 */
export function validateSettings(name: string, document: JsonDocument, schema: SettingsSchema, at: readonly string[] = []): SettingsFile {
  // Only the first: what follows it is mostly the parser's own confusion.
  if (document.syntaxMistakes.length > 0) throw mistakesError(name, document.syntaxMistakes.slice(0, 1));
  const value = at.reduce<unknown>((inner, key) => property(inner, key), document.value);
  const result = schema.safeParse(value, { error: unknownOption });
  const mistakes = [...document.repeatedKeys(at)];
  if (!result.success) mistakes.push(...result.error.issues.flatMap((issue) => toMistakes(issue, [], document, at)));
  else if (mistakes.length === 0) return inWrittenOrder(result.data, value);
  throw mistakesError(name, mistakes);
}

/** Layers are asked in the order in which they are written, which the schema does not keep. */
function inWrittenOrder(settings: SettingsFile, written: unknown): SettingsFile {
  const { layers } = settings;
  if (layers === undefined || !isRecord(written) || !isRecord(written["layers"])) return settings;
  const ordered = Object.fromEntries(Object.keys(written["layers"]).map((name) => [name, layers[name]]));
  // The same entries as before, in another order.
  return { ...settings, layers: ordered as typeof layers };
}

/** One UserError for all mistakes of a file. */
export function mistakesError(name: string, mistakes: readonly Mistake[]): UserError {
  const lines = [...mistakes]
    .sort((left, right) => compareRanges(at(left), at(right)))
    .map(({ position, text }) => `${name}:${position.line}:${position.column} ${text}`);
  const first = lines[0] ?? "";
  const message = lines.length === 1 ? first : `${name} has ${lines.length} mistakes:\n${lines.map((line) => `  ${line}`).join("\n")}`;
  return new UserError("invalid-settings", message, "Mend the settings; `std-check --print-config` shows what is in force once they can be read.");
}

function at({ position }: Mistake): Range {
  return { start: position, end: position };
}

/** Options of rules are objects made from JSON Schema and have no message of their own for unknown keys. */
const unknownOption: z.core.$ZodErrorMap = (issue) => {
  if (issue.code !== "unrecognized_keys") return undefined;
  const known = issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape) : [];
  return unknownKeys("option", issue.keys, known);
};

function toMistakes(issue: z.core.$ZodIssue, prefix: readonly PropertyKey[], document: JsonDocument, at: readonly string[]): Mistake[] {
  const path = [...prefix, ...issue.path];
  const inDocument = [...at, ...path];
  if (issue.code === "unrecognized_keys") {
    const texts = issue.message.split("\n");
    return issue.keys.map((key, index) => ({ position: document.keyPosition([...inDocument, key]), text: texts[index] ?? issue.message }));
  }
  if (issue.code === "invalid_union") {
    const branch = meantBranch(issue.errors, valueAt(document.value, inDocument));
    if (branch !== undefined) return branch.flatMap((inner) => toMistakes(inner, path, document, at));
  }
  return [{ position: document.valuePosition(inDocument), text: `${pathText(path)}${issueText(issue, valueAt(document.value, inDocument))}` }];
}

/** The one branch of a union whose own type fits the value; undefined if none or several do. */
function meantBranch(branches: readonly z.core.$ZodIssue[][], value: unknown): z.core.$ZodIssue[] | undefined {
  const fitting = branches.filter((issues) => issues.every((issue) => issue.path.length > 0 || !isOfOtherType(issue, value)));
  return fitting.length === 1 ? fitting[0] : undefined;
}

function isOfOtherType(issue: z.core.$ZodIssue, value: unknown): boolean {
  if (issue.code === "invalid_value") return !issue.values.some((known) => typeof known === typeof value);
  return issue.code === "invalid_type" || issue.code === "invalid_union";
}

function issueText(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined && issue.code !== "custom") return "is missing";
  if (issue.code === "invalid_value" || (issue.code === "invalid_union" && issue.message === "Invalid input")) {
    const known = issue.code === "invalid_value" ? issue.values.map(String) : [];
    const guess = typeof value === "string" ? nearest(value, known) : undefined;
    return `${JSON.stringify(value)} is not valid${guess === undefined ? `; expected ${known.length === 0 ? "another type" : `one of ${known.join(", ")}`}` : `; did you mean "${guess}"?`}`;
  }
  if (value === "") return "is empty";
  return issue.message.replace(/^(Invalid input|Too small|Too big): /, "");
}

/** `exceptions[0].reason: `; empty for the file itself. */
function pathText(path: readonly PropertyKey[]): string {
  const text = path.reduce<string>((before, key) => (typeof key === "number" ? `${before}[${key}]` : before === "" ? String(key) : `${before}.${String(key)}`), "");
  return text === "" ? "" : `${text}: `;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  // Indexing by a path segment is what the path means; a segment that is not there gives undefined.
  return path.reduce<unknown>((inner, key) => (isRecord(inner) || Array.isArray(inner) ? (inner as Record<PropertyKey, unknown>)[key] : undefined), value);
}
