import type { RuleFinding } from "../base/finding.js";
import { maskSpans } from "../base/mask.js";
import { offsetAt, type Span } from "../base/position.js";
import type { FingerprintParts } from "./fingerprint.js";
import type { Project } from "./project.js";
import { enclosingSymbol } from "./symbols.js";

/** What the fingerprint of a finding is made from. */
export function fingerprintParts(project: Pick<Project, "model" | "texts">, rule: string, { file, range, messageId }: Pick<RuleFinding, "file" | "range" | "messageId">): FingerprintParts {
  if (!project.model.has(file)) return { rule, file, symbol: "", messageId, text: "" };
  const facts = project.model.facts(file);
  const start = offsetAt(facts.lineStarts, range.start);
  const end = offsetAt(facts.lineStarts, range.end);
  const secrets = facts.secrets.map(({ span }): Span => [span[0] - start, span[1] - start]).filter(([from, to]) => to > 0 && from < end - start);
  const text = maskSpans((project.texts.get(file) ?? "").slice(start, end), secrets);
  return { rule, file, symbol: enclosingSymbol(facts, start), messageId, text };
}
