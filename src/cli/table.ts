/** A table of texts: what stands above each column, and the rows. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Columns side by side, as wide as their widest cell up to `widest` characters. */
export function prettyTable({ columns, rows }: Table, widest = 60): string {
  const widths = columns.map((column, at) => Math.min(widest, Math.max(column.length, ...rows.map((row) => (row[at] ?? "").length))));
  return [columns, ...rows].map((row) => `${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  ").trimEnd()}\n`).join("");
}

/** A table as Markdown has it. */
export function markdownTable({ columns, rows }: Table): string {
  return [columns, columns.map(() => "---"), ...rows].map((row) => `| ${row.map((cell) => cell.replace(/\s+/g, " ").replaceAll("|", "\\|")).join(" | ")} |\n`).join("");
}
