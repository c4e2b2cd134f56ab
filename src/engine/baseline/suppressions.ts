import { z } from "zod";
import { UserError } from "../../base/errors.js";
import type { Finding } from "../../base/finding.js";
import { parseJsonText } from "../../base/json.js";
import { joinPath, toPosix } from "../../base/paths.js";
import { type BaselineEntry, compareEntries } from "./baseline.js";

/** ESLint's `eslint-suppressions.json`: file → rule → how many findings are let pass. */
const suppressionsSchema = z.record(z.string(), z.record(z.string(), z.object({ count: z.int().nonnegative() })));

/** What became of ESLint's suppressions. */
export interface ImportedSuppressions {
  readonly entries: readonly BaselineEntry[];
  /** Suppressions of our rules that let nothing pass, and why. */
  readonly skipped: readonly { readonly file: string; readonly rule: string; readonly reason: string }[];
  /** How many were about rules of others. */
  readonly foreign: number;
}

/**
 * Turns ESLint's suppressions into entries, by the findings of a run over the same files. As in ESLint, a file with more
 * findings of a rule than the count shows them all: nobody can tell which are the new ones.
 * `folder` is the root-relative folder in which ESLint ran, that its paths start from.
 */
export function importSuppressions(text: string, findings: readonly Finding[], folder = ""): ImportedSuppressions {
  const entries: BaselineEntry[] = [];
  const skipped: { file: string; rule: string; reason: string }[] = [];
  let foreign = 0;
  for (const [path, rules] of Object.entries(parse(text))) {
    const file = joinPath(folder, toPosix(path));
    for (const [name, { count }] of Object.entries(rules)) {
      if (!name.startsWith("std/")) {
        foreign++;
        continue;
      }
      const rule = name.slice("std/".length);
      const found = findings.filter((finding) => finding.file === file && finding.rule === rule);
      if (found.length > count) skipped.push({ file, rule, reason: `${found.length} findings, and ESLint lets ${count} pass` });
      else if (found.length === 0) skipped.push({ file, rule, reason: "no finding is left" });
      else entries.push(...found.map(({ fingerprint }) => ({ rule, file, fingerprint })));
    }
  }
  return { entries: entries.sort(compareEntries), skipped, foreign };
}

function parse(text: string): z.infer<typeof suppressionsSchema> {
  const result = suppressionsSchema.safeParse(parseJsonText(text));
  if (result.success) return result.data;
  throw new UserError("foreign-suppressions", "The file does not hold ESLint's suppressions.", "Give the path of the eslint-suppressions.json that `eslint --suppress-all` wrote.");
}
