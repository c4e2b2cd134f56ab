import type { RuleFinding } from "../base/finding.js";
import { offsetAt } from "../base/position.js";
import type { FingerprintParts } from "./fingerprint.js";
import type { Project } from "./project.js";
import { enclosingSymbol } from "./symbols.js";

/** What the fingerprint of a finding is made from. */
export function fingerprintParts(project: Project, rule: string, { file, range, messageId }: Pick<RuleFinding, "file" | "range" | "messageId">): FingerprintParts {
  if (!project.model.has(file)) return { rule, file, symbol: "", messageId, text: "" };
  const facts = project.model.facts(file);
  const start = offsetAt(facts.lineStarts, range.start);
  const text = (project.texts.get(file) ?? "").slice(start, offsetAt(facts.lineStarts, range.end));
  return { rule, file, symbol: enclosingSymbol(facts, start), messageId, text };
}
