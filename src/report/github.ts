import type { Format } from "./report.js";

/** Annotations of GitHub Actions, as its workflow commands. */
const github: Format = (report) =>
  report.findings
    .map(({ file, range, severity, rule, message }) => {
      const properties = [`file=${property(report.shown(file))}`, `line=${range.start.line}`, `endLine=${range.end.line}`, `col=${range.start.column}`, ...(range.end.line === range.start.line ? [`endColumn=${range.end.column}`] : []), `title=${property(`std/${rule}`)}`];
      return `::${severity === "error" ? "error" : "warning"} ${properties.join(",")}::${data(message)}\n`;
    })
    .join("");

export default github;

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
