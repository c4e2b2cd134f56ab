import type { Finding } from "../base/finding.js";
import { maskSpans } from "../base/mask.js";
import { lineStarts, offsetAt, type Span } from "../base/position.js";
import type { Project } from "./project.js";

/** The rules whose findings lie on a secret that no form and no name may betray: a weak word that signs, a default. */
const secretRules = new Set(["no-hardcoded-secrets", "no-secret-fallbacks"]);
/** In front of and around a literal its quotes may stay. */
const quoted = /(["'`])(?:\\.|(?!\1)[^\\\n])*\1/g;

/** Gives the texts of a project's code files with their secrets masked: those of the facts, and those that findings lie on. */
export function maskedSource({ model, texts }: Pick<Project, "model" | "texts">, findings: readonly Finding[]): (file: string) => string | undefined {
  const places = new Map<string, Finding["range"][]>();
  for (const { rule, file, range, related } of findings) {
    if (!secretRules.has(rule)) continue;
    for (const place of [{ file, range }, ...related]) places.set(place.file, [...(places.get(place.file) ?? []), place.range]);
  }
  return (file) => {
    const text = texts.get(file);
    if (text === undefined) return undefined;
    const known = model.has(file) ? model.facts(file).secrets.map(({ span }) => span) : [];
    const starts = lineStarts(text);
    const found = (places.get(file) ?? []).flatMap((range) => literalsIn(text, lineSpan(starts, range, text.length)));
    return maskSpans(text, [...known, ...found]);
  };
}

/** The whole lines of a range: a finding may lie on a name whose text stands beside it. */
function lineSpan(starts: readonly number[], range: Finding["range"], length: number): Span {
  return [offsetAt(starts, { line: range.start.line, column: 1 }), starts[range.end.line] ?? length];
}

/** The insides of the string literals of a stretch. */
function literalsIn(text: string, [start, end]: Span): Span[] {
  return [...text.slice(start, end).matchAll(quoted)].map((match) => [start + match.index + 1, start + match.index + match[0].length - 1]);
}
