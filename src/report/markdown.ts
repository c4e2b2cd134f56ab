import type { RangeChanges, Suppression } from "../base/range-changes.js";
import { counted } from "../base/words.js";
import type { Format, Report } from "./report.js";

/** The mark by which a comment of an earlier run is found and replaced. */
export const commentMark = "<!-- std-check -->";

const mostRows = 100;

/** A summary for people: a table by rule, then the findings. Fit for a comment on a pull request. */
const markdown: Format = (report) => {
  const { summary, findings } = report;
  const changes = report.changes ? changesOf(report, report.changes()) : [];
  if (findings.length === 0) return [commentMark, `### std-check: no ${report.changes ? "new " : ""}findings`, ...changes, ""].join("\n");
  const byRule = new Map<string, number>();
  for (const { rule } of findings) byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
  const rules = [...byRule].sort(([leftName, left], [rightName, right]) => right - left || (leftName < rightName ? -1 : 1)).map(([rule, count]) => `| ${link(report.describe(rule)?.helpUri, `std/${rule}`)} | ${report.describe(rule)?.clauses.join(", ") ?? ""} | ${count} |`);
  const rows = findings.slice(0, mostRows).map(({ file, range, severity, rule, message }) => `| ${severity === "error" ? "error" : "warning"} | \`${cell(`${report.shown(file)}:${range.start.line}`)}\` | std/${rule} | ${cell(message)} |`);
  const more = findings.length > mostRows ? [`\n…and ${findings.length - mostRows} more.`] : [];
  return [commentMark, `### std-check: ${counted(summary.errors, report.changes ? "new error" : "error")}, ${counted(summary.warnings, "warning")} in ${counted(summary.files, "file")}`, "", "| rule | clauses | findings |", "|---|---|---:|", ...rules, ...changes, "", "<details><summary>Findings</summary>", "", "| | place | rule | message |", "|---|---|---|---|", ...rows, ...more, "", "</details>", ""].join("\n");
};

export default markdown;

/** What reviewers look for beside findings: routes that come or open, and what lets findings pass from now on. */
function changesOf({ shown }: Report, { routes, suppressions, mended }: RangeChanges): readonly string[] {
  const placeOf = ({ file, line, rules, reason }: Suppression): string => `\`${cell(`${shown(file)}:${line}`)}\` ${cell(rules)}${reason === undefined ? " (no reason given)" : `: ${cell(reason)}`}`;
  return [
    ...(mended > 0 ? ["", `${counted(mended, "finding")} mended.`] : []),
    ...section("Routes", routes.map(cell)),
    ...section("Suppressions added", suppressions.added.map(placeOf)),
    ...section("Suppressions removed", suppressions.removed.map(placeOf)),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const more = lines.length > mostRows ? [`- …and ${lines.length - mostRows} more`] : [];
  return ["", `**${title}**`, "", ...lines.slice(0, mostRows).map((line) => `- ${line}`), ...more];
}

function cell(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("\\", "\\\\").replaceAll("|", "\\|").replaceAll("<", "&lt;");
}

function link(uri: string | undefined, text: string): string {
  return uri === undefined ? text : `[${text}](${uri})`;
}
