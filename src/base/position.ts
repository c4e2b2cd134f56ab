/** A place in a text: line and column count from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A stretch of text; `end` is the place just behind its last character. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Offsets into a text in UTF-16 code units: `[start, end)`. */
export type Span = readonly [start: number, end: number];

/** The offset at which each line of `text` starts; `\n`, `\r\n` and `\r` end a line, as in ESLint's line count. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 13 && text.charCodeAt(offset + 1) === 10) continue;
    if (code === 10 || code === 13 || code === 0x2028 || code === 0x2029) starts.push(offset + 1);
  }
  return starts;
}

/** The position of `offset` in a text whose lines start at `starts`. */
export function positionAt(starts: readonly number[], offset: number): Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** The range of `span` in a text whose lines start at `starts`. */
export function rangeOf(starts: readonly number[], span: Span): Range {
  return { start: positionAt(starts, span[0]), end: positionAt(starts, span[1]) };
}

/** The offset of `position`; positions behind the text's last line give the start of that line. */
export function offsetAt(starts: readonly number[], position: Position): number {
  return (starts[Math.min(position.line, starts.length) - 1] ?? 0) + position.column - 1;
}

/** Whether one span lies in another, or is the same. */
export function within(inner: Span, outer: Span): boolean {
  return inner[0] >= outer[0] && inner[1] <= outer[1];
}

/** Orders ranges by start, then by end. */
export function compareRanges(left: Range, right: Range): number {
  return (
    left.start.line - right.start.line ||
    left.start.column - right.start.column ||
    left.end.line - right.end.line ||
    left.end.column - right.end.column
  );
}
