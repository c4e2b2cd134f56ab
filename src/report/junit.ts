import { groupBy } from "../base/group-by.js";
import type { Format } from "./report.js";
import { xml } from "./xml.js";

/** JUnit's XML: a suite for each file, a failed case for each finding; one passed case where there is none. */
const junit: Format = (report) => {
  const suites = [...groupBy(report.findings, ({ file }) => file)].map(([file, findings]) => {
    const cases = findings.map(
      ({ rule, range, message, severity }) =>
        `    <testcase name="${xml(`std/${rule} ${range.start.line}:${range.start.column}`)}" classname="${xml(report.shown(file))}">\n      <failure type="${severity}" message="${xml(message)}"/>\n    </testcase>`,
    );
    return `  <testsuite name="${xml(report.shown(file))}" tests="${findings.length}" failures="${findings.length}" errors="0">\n${cases.join("\n")}\n  </testsuite>`;
  });
  if (suites.length === 0) suites.push('  <testsuite name="std-check" tests="1" failures="0" errors="0">\n    <testcase name="no findings" classname="std-check"/>\n  </testsuite>');
  const total = Math.max(report.findings.length, 1);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="std-check" tests="${total}" failures="${report.findings.length}" errors="0">\n${suites.join("\n")}\n</testsuites>\n`;
};

export default junit;
