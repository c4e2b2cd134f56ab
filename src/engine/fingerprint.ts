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
 * Gives fingerprints of version 1, in the order of the findings: equal ones are told apart by an ordinal. White space,
 * comments and the content of literals do not count.
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

const token = /\s+|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`|\d[\w.]*|[\p{L}\p{N}_$]+|./gsu;

/** The tokens of a source text, literals as their kind only. Works on any text: what is no token is one character. */
function tokensOf(text: string): string {
  const tokens: string[] = [];
  for (const [part] of text.matchAll(token)) {
    if (/^\s/.test(part) || part.startsWith("//") || part.startsWith("/*")) continue;
    tokens.push(/^["'`]/.test(part) ? "text" : /^\d/.test(part) ? "number" : part);
  }
  return tokens.join(" ");
}
