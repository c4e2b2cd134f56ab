import type { Format } from "./report.js";

/** GitLab's code quality report. */
const gitlab: Format = (report) =>
  `${JSON.stringify(
    report.findings.map(({ file, range, severity, rule, message, fingerprint }) => ({
      description: message,
      check_name: `std/${rule}`,
      fingerprint: fingerprint.replace(/^v1:/, ""),
      severity: severity === "error" ? "major" : "minor",
      location: { path: report.shown(file), positions: { begin: range.start, end: range.end }, lines: { begin: range.start.line } },
    })),
    undefined,
    2,
  )}\n`;

export default gitlab;
