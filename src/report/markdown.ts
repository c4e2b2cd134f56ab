import { counted, type Format } from "./report.js";

/** The mark by which a comment of an earlier run is found and replaced. */
export const commentMark = "<!-- std-check -->";

const mostRows = 100;

/** A summary for people: a table by rule, then the findings. Fit for a comment on a pull request. */
const markdown: Format = (report) => {
  const { summary, findings } = report;
  if (findings.length === 0) return `${commentMark}\n### std-check: no findings\n`;
  const byRule = new Map<string, number>();
  for (const { rule } of findings) byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
  const rules = [...byRule].sort(([leftName, left], [rightName, right]) => right - left || (leftName < rightName ? -1 : 1)).map(([rule, count]) => `| ${link(report.describe(rule)?.helpUri, `std/${rule}`)} | ${report.describe(rule)?.clauses.join(", ") ?? ""} | ${count} |`);
  const rows = findings.slice(0, mostRows).map(({ file, range, severity, rule, message }) => `| ${severity === "error" ? "error" : "warning"} | \`${cell(`${report.shown(file)}:${range.start.line}`)}\` | std/${rule} | ${cell(message)} |`);
  const more = findings.length > mostRows ? [`\n…and ${findings.length - mostRows} more.`] : [];
  return [commentMark, `### std-check: ${counted(summary.errors, "error")}, ${counted(summary.warnings, "warning")} in ${counted(summary.files, "file")}`, "", "| rule | clauses | findings |", "|---|---|---:|", ...rules, "", "<details><summary>Findings</summary>", "", "| | place | rule | message |", "|---|---|---|---|", ...rows, ...more, "", "</details>", ""].join("\n");
};

export default markdown;

function cell(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("\\", "\\\\").replaceAll("|", "\\|").replaceAll("<", "&lt;");
}

function link(uri: string | undefined, text: string): string {
  return uri === undefined ? text : `[${text}](${uri})`;
}
