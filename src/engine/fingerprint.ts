import { codeTokens } from "../base/code-tokens.js";
import { hashText } from "../base/hash.js";

/** What identifies a finding, whatever line it is on. */
export interface FingerprintParts {
  readonly rule: string;
  /** Root-relative path. */
  readonly file: string;
  /** The qualified name of what encloses the finding. */
  readonly symbol: string;
  readonly messageId: string;
  /** The source text of the primary range. */
  readonly text: string;
}

/**
 * Gives fingerprints of version 1, in the order of the findings: equal ones are told apart by an ordinal. What a
 * formatter sets and the content of literals do not count.
 */
export function fingerprints(findings: readonly FingerprintParts[]): string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, file, symbol, messageId, text }) => {
    const parts = [rule, file, symbol, messageId, tokensOf(text)];
    const key = parts.join("\0");
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return `v1:${hashText(...parts, String(ordinal))}`;
  });
}

/** The tokens of a source text, literals as their kind only. */
function tokensOf(text: string): string {
  return codeTokens(text).map((part) => (/^["'`]/.test(part) ? "text" : /^\d/.test(part) ? "number" : part)).join(" ");
}
