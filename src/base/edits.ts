import type { EditDraft, TextEdit } from "./finding.js";
import type { Span } from "./position.js";

/**
 * The edits that drafts stand for in `text`; undefined where what they expect does not stand there, or where they would
 * copy one of the `secrets`.
 */
export function resolveEdits(text: string, drafts: readonly EditDraft[] | undefined, secrets: readonly Span[] = []): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const { was, text: given, ...place } of drafts ?? []) {
    if (was !== undefined && text.slice(place.start, place.end) !== was) return undefined;
    if (typeof given !== "string" && secrets.some((secret) => secret[0] < given[1] && given[0] < secret[1])) return undefined;
    edits.push({ ...place, text: typeof given === "string" ? given : text.slice(given[0], given[1]) });
  }
  return edits.length === 0 ? undefined : edits;
}

/**
 * Puts groups of edits into `text`: a group as a whole or not at all. Edits that say the same count once; a group that
 * overlaps one before it is left out.
 */
export function applyEdits(text: string, groups: readonly (readonly TextEdit[])[]): string {
  const taken = new Map<string, TextEdit>();
  for (const group of groups) {
    const fresh = group.filter((edit) => !taken.has(keyOf(edit)));
    if (fresh.some((edit) => [...taken.values()].some((other) => overlap(edit, other)))) continue;
    for (const edit of fresh) taken.set(keyOf(edit), edit);
  }
  let result = "";
  let reached = 0;
  for (const { start, end, text: inserted } of [...taken.values()].sort((left, right) => left.start - right.start || left.end - right.end)) {
    result += text.slice(reached, start) + inserted;
    reached = end;
  }
  return result + text.slice(reached);
}

function keyOf({ start, end, text }: TextEdit): string {
  return `${start} ${end} ${text}`;
}

/** Two insertions at one place do not overlap. */
function overlap(left: TextEdit, right: TextEdit): boolean {
  return left.start < right.end && right.start < left.end;
}
