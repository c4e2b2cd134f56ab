import { maskSpans } from "../base/mask.js";
import type { Span } from "../base/position.js";
import { findTokens } from "../catalogue/secrets/find-tokens.js";

/** A text that somebody wrote about the code, such as a reason, without the secrets that it quotes: they are known by their form alone. */
export function maskTokens(text: string): string {
  return maskSpans(text, findTokens(text).map(({ start, end }): Span => [start, end]));
}
