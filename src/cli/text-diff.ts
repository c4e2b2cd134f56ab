/** A line of a text difference: kept, taken out or put in. */
interface DiffLine {
  readonly mark: " " | "-" | "+";
  readonly text: string;
}

/** The difference of two texts with three lines around each change, as `diff -u` shows it without line numbers. */
export function textDiff(before: string, after: string): string[] {
  const lines = diffLines(splitLines(before), splitLines(after));
  const near = new Set(lines.flatMap(({ mark }, index) => (mark === " " ? [] : Array.from({ length: 7 }, (_, offset) => index - 3 + offset))));
  const shown: string[] = [];
  lines.forEach(({ mark, text }, index) => {
    if (near.has(index)) shown.push(`${mark}${text}`);
    else if (shown.length > 0 && shown.at(-1) !== "…" && [...near].some((other) => other > index)) shown.push("…");
  });
  return shown;
}

function splitLines(text: string): string[] {
  return text === "" ? [] : text.replace(/\r?\n$/, "").split(/\r?\n/);
}

/** By the longest common subsequence of what is left between the common first and last lines. */
function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const left = before.slice(head, before.length - tail);
  const right = after.slice(head, after.length - tail);
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint32Array(right.length + 1));
  const at = (row: number, column: number) => lengths[row]?.[column] ?? 0;
  for (let row = left.length - 1; row >= 0; row--) {
    const current = lengths[row];
    if (current === undefined) continue;
    for (let column = right.length - 1; column >= 0; column--) current[column] = left[row] === right[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
  }
  const middle: DiffLine[] = [];
  let row = 0;
  let column = 0;
  while (row < left.length || column < right.length) {
    if (row < left.length && column < right.length && left[row] === right[column]) {
      middle.push({ mark: " ", text: left[row] ?? "" });
      row++;
      column++;
    } else if (row < left.length && (column === right.length || at(row + 1, column) >= at(row, column + 1))) middle.push({ mark: "-", text: left[row++] ?? "" });
    else middle.push({ mark: "+", text: right[column++] ?? "" });
  }
  const kept = (text: string): DiffLine => ({ mark: " ", text });
  return [...before.slice(0, head).map(kept), ...middle, ...before.slice(before.length - tail).map(kept)];
}

/** The difference of two texts as `diff -u` prints it, hunks with their line numbers; empty where they are equal. */
export function unifiedDiff(file: string, before: string, after: string): string {
  const lines = diffLines(splitLines(before), splitLines(after));
  const changed = lines.flatMap(({ mark }, index) => (mark === " " ? [] : [index]));
  const hunks: { start: number; end: number }[] = [];
  for (const index of changed) {
    const last = hunks.at(-1);
    if (last && index - 3 <= last.end) last.end = Math.min(lines.length, index + 4);
    else hunks.push({ start: Math.max(0, index - 3), end: Math.min(lines.length, index + 4) });
  }
  const count = (marks: string, from: number, to: number): number => lines.slice(from, to).filter(({ mark }) => marks.includes(mark)).length;
  const text = hunks.map(({ start, end }) => {
    const side = (marks: string): string => {
      const size = count(marks, start, end);
      return `${count(marks, 0, start) + (size === 0 ? 0 : 1)},${size}`;
    };
    return [`@@ -${side(" -")} +${side(" +")} @@`, ...lines.slice(start, end).map(({ mark, text: line }) => mark + line), ""].join("\n");
  });
  return text.length === 0 ? "" : `--- a/${file}\n+++ b/${file}\n${text.join("")}`;
}
