import type { Format } from "./report.js";

/** For coding tools: one line a finding, with what mends it. */
const agent: Format = (report) => {
  const lines = report.findings.map(({ file, range, severity, rule, message, help }) => `${report.shown(file)}:${range.start.line}:${range.start.column} ${severity} std/${rule}: ${oneLine(message)}${help === undefined ? "" : ` Help: ${oneLine(help)}`}`);
  return `${[...lines, `${report.summary.errors} errors, ${report.summary.warnings} warnings`].join("\n")}\n`;
};

export default agent;

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
