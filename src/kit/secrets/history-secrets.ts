import { oncePer } from "../../base/once-per.js";
import { findTokens } from "../../catalogue/secrets/find-tokens.js";
import { compareText, type RuleFinding } from "../../base/finding.js";
import { rangeOf } from "../../base/position.js";
import type { RepoView } from "../../repo/repo-view.js";
import type { AddedText } from "../../repo/git/history.js";
import { isEnvExample, isEnvFile } from "../settings/env-files.js";
import { isDocumentation, isUnasked, styleOf, unaskedGlobs } from "./file-secrets.js";
import { secretsInLines } from "./line-secrets.js";

/** A secret that a commit added and that stands in no file any more. */
export interface PastSecret {
  readonly file: string;
  readonly commit: string;
  readonly line: number;
  readonly format: string;
  readonly length: number;
  readonly name?: string;
}

/** More different secrets than this are a file of data. */
const mostSecrets = 1_000;

/** The secrets of past commits, each where it was added first. Reads the history once, however many rules ask. */
export const secretsInHistory = oncePer((repo: RepoView): readonly PastSecret[] => {
  const found = new Map<string, PastSecret & { readonly files: Set<string> }>();
  const asked = new Map<string, boolean>();
  for (const added of repo.git?.history?.(unaskedGlobs) ?? []) {
    const isAsked = asked.get(added.file) ?? !isUnasked(added.file);
    asked.set(added.file, isAsked);
    if (!isAsked) continue;
    for (const { value, line, ...what } of secretsIn(added)) {
      const before = found.get(value);
      if (!before && found.size >= mostSecrets) continue;
      // Commits come newest first, so the last one that adds a secret is the first that did.
      found.set(value, { file: added.file, commit: added.commit, line: added.line + line, files: (before?.files ?? new Set<string>()).add(added.file), ...what });
    }
  }
  return [...found]
    .filter(([value, { files }]) => ![...files].some((file) => repo.read(file)?.includes(value)))
    .map(([, { files: _, ...past }]) => past)
    .sort((left, right) => compareText(left.file, right.file) || left.line - right.line || compareText(left.commit, right.commit));
});

/** The finding about a past secret: at the file, whose lines are others today, with the line of its commit in the message. */
export function pastFinding({ file, commit, line, format, length, name }: PastSecret): RuleFinding {
  const data = { commit: commit.slice(0, 12), line: String(line), format: format.replaceAll("-", " "), length: String(length), name: name === undefined ? "" : `, \`${name}\`` };
  return { file, range: rangeOf([0], [0, 0]), messageId: "past", data, cause: `${commit}:${line}` };
}

interface FoundInText {
  readonly value: string;
  /** Lines in front of it. */
  readonly line: number;
  readonly format: string;
  readonly length: number;
  readonly name?: string;
}

/** The secrets of added lines: by their form, and by their names as the kind of file has them. */
function* secretsIn({ file, text }: AddedText): Iterable<FoundInText> {
  const isShown = isDocumentation(file) || isEnvExample(file);
  const taken: [number, number][] = [];
  for (const { format, start, end } of findTokens(text)) {
    if (format === "json-web-token" && isShown) continue;
    taken.push([start, end]);
    yield { value: text.slice(start, end), line: linesBefore(text, start), format, length: end - start };
  }
  const style = isEnvFile(file) ? "settings" : styleOf(file);
  for (const { start, end, format, name } of style ? secretsInLines(text, style) : []) {
    if (taken.some(([from, to]) => from < end && start < to)) continue;
    yield { value: text.slice(start, end), line: linesBefore(text, start), format, length: end - start, name };
  }
}

function linesBefore(text: string, offset: number): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
