import type { Span } from "./position.js";

/**
 * A text with every character of the spans replaced by `*`, line breaks kept, so that places stay where they were. The
 * only way in which source text may leave the process.
 */
export function maskSpans(text: string, spans: readonly Span[]): string {
  let masked = "";
  let reached = 0;
  for (const [start, end] of [...spans].sort((left, right) => left[0] - right[0])) {
    if (end <= reached) continue;
    const from = Math.max(start, reached, 0);
    masked += text.slice(reached, from) + text.slice(from, end).replace(/[^\r\n]/g, "*");
    reached = end;
  }
  return masked + text.slice(reached);
}
