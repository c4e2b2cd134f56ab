import picocolors from "picocolors";
import type { Finding } from "../base/finding.js";
import { groupBy } from "../base/group-by.js";
import { counted } from "../base/words.js";
import type { Format, FormatOptions, Report } from "./report.js";

type Colors = ReturnType<typeof picocolors.createColors>;

/** For people: findings by file with code frames, then what was seen and a summary. */
const pretty: Format = (report, options) => {
  const colors = picocolors.createColors(options.color);
  const sections = [...groupBy(report.findings, ({ file }) => file)].map(([file, findings]) => fileSection(report, file, findings, colors, options));
  return [...sections, coverageLines(report, colors), summaryLine(report, colors)].filter((part) => part !== "").join("\n\n") + "\n";
};

export default pretty;

function fileSection(report: Report, file: string, findings: readonly Finding[], colors: Colors, options: FormatOptions): string {
  const lines = report.source(file)?.split(/\r\n|\n|\r/);
  const shown = report.shown(file);
  return findings.map((finding) => entry(report, finding, `${shown}:${finding.range.start.line}:${finding.range.start.column}`, lines, colors, options)).join("\n\n");
}

function entry(report: Report, finding: Finding, place: string, lines: readonly string[] | undefined, colors: Colors, options: FormatOptions): string {
  const mark = finding.severity === "error" ? colors.red("✖ error") : colors.yellow("▲ warning");
  const clauses = finding.clauses.length === 0 ? "" : colors.dim(` (${finding.clauses.join(", ")})`);
  const parts = [`${mark} ${colors.bold(`std/${finding.rule}`)}${clauses}  ${colors.cyan(place)}`, ...wrap(finding.message, options.width - 2).map((line) => `  ${line}`)];
  if (lines) parts.push(...frame(finding, lines, colors, options));
  for (const related of finding.related.slice(0, 6)) parts.push(colors.dim(`  ↳ ${report.shown(related.file)}:${related.range.start.line}:${related.range.start.column} ${related.message}`));
  if (finding.help !== undefined) parts.push(...wrap(`help: ${finding.help}`, options.width - 2).map((line) => `  ${colors.green(line)}`));
  return parts.join("\n");
}

/** The line of the finding between its neighbours, with a mark below the range. */
function frame({ range: { start, end } }: Finding, lines: readonly string[], colors: Colors, options: FormatOptions): string[] {
  const first = Math.max(1, start.line - 1);
  const last = Math.min(lines.length, start.line + 1);
  const gutter = String(last).length;
  const room = Math.max(20, options.width - gutter - 6);
  const shown: string[] = [];
  for (let line = first; line <= last; line++) {
    const text = lines[line - 1] ?? "";
    const offset = line === start.line && displayWidth(text.slice(0, start.column - 1)) > room - 10 ? start.column - 1 - 10 : 0;
    const visible = expandTabs(text.slice(offset)).slice(0, room);
    shown.push(`  ${colors.dim(`${String(line).padStart(gutter)} │`)} ${line === start.line ? visible : colors.dim(visible)}`);
    if (line !== start.line) continue;
    const before = displayWidth(expandTabs(text.slice(offset, start.column - 1)));
    const marked = end.line === start.line ? text.slice(start.column - 1, end.column - 1) : text.slice(start.column - 1);
    const width = Math.max(1, Math.min(displayWidth(expandTabs(marked)), room - before));
    shown.push(`  ${colors.dim(`${" ".repeat(gutter)} │`)} ${" ".repeat(before)}${colors.red("─".repeat(width))}`);
  }
  return shown;
}

function coverageLines({ coverage }: Report, colors: Colors): string {
  const { imports, layers, flows, skipped, generated } = coverage;
  const parts = [
    `files: ${counted(coverage.files, "file").replace(/ files?$/, "")} read`,
    `imports: ${imports.resolved.toLocaleString("en-US")} resolved, ${imports.unresolved.toLocaleString("en-US")} not`,
    `layers: ${layers.classified.toLocaleString("en-US")} of ${layers.files.toLocaleString("en-US")} files classified`,
    ...(flows.cut > 0 ? [`flows: ${flows.cut.toLocaleString("en-US")} not followed to their end`] : []),
    ...(generated > 0 ? [`generated: ${counted(generated, "file")} not reported`] : []),
  ];
  const unread = skipped.slice(0, 5).map(({ file, reason }) => `not read: ${file} (${reason})`);
  return colors.dim([parts.join(" · "), ...unread, ...(skipped.length > 5 ? [`and ${skipped.length - 5} more files not read`] : [])].join("\n"));
}

function summaryLine({ summary }: Report, colors: Colors): string {
  const suppressed = summary.suppressed > 0 ? colors.dim(` (${summary.suppressed} let pass by comments, exceptions or the baseline)`) : "";
  if (summary.errors + summary.warnings === 0) return `${colors.green("✔")} No findings${suppressed}`;
  const errors = summary.errors > 0 ? colors.red(counted(summary.errors, "error")) : "0 errors";
  const warnings = summary.warnings > 0 ? colors.yellow(counted(summary.warnings, "warning")) : "0 warnings";
  return `${colors.bold(errors)}, ${colors.bold(warnings)} in ${counted(summary.files, "file")}${suppressed}`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.replace(/\s+/g, " ").split(" ")) {
    if (line !== "" && line.length + word.length + 1 > Math.max(width, 40)) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function expandTabs(text: string): string {
  return text.replaceAll("\t", "  ");
}

/** Columns that a text takes in a terminal: wide characters take two, marks that combine none. */
function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{Mn}|\p{Cf}/u.test(character)) continue;
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(character) ? 2 : 1;
  }
  return width;
}
