import { groupBy } from "../base/group-by.js";
import type { Format } from "./report.js";
import { xml } from "./xml.js";

/** Checkstyle's XML. */
const checkstyle: Format = (report) => {
  const files = [...groupBy(report.findings, ({ file }) => file)].map(([file, findings]) => {
    const errors = findings.map(({ range, severity, message, rule }) => `    <error line="${range.start.line}" column="${range.start.column}" severity="${severity === "error" ? "error" : "warning"}" message="${xml(message)}" source="${xml(`std/${rule}`)}"/>`);
    return `  <file name="${xml(report.shown(file))}">\n${errors.join("\n")}\n  </file>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n${files.join("\n")}${files.length > 0 ? "\n" : ""}</checkstyle>\n`;
};

export default checkstyle;
