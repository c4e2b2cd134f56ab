import type { RuleFinding } from "../base/finding.js";
import type { Span } from "../base/position.js";
import type { Rule } from "./rule.js";

/** What the project of a file answers to a host that sees one file after the other. */
export interface ProjectHost {
  /** The findings of a rule's project check in a file with the text that the host shows, without those the baseline lets pass. */
  askProject(rule: Rule, file: string, text: string, options: object, per: "cause" | "site"): readonly RuleFinding[];
  /** Which of the findings of a file check, in source order, the baseline lets pass. */
  passedByBaseline(rule: string, file: string, text: string, found: readonly { readonly span: Span; readonly messageId: string }[]): readonly boolean[];
}
