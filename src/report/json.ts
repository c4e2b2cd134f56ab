import type { Format } from "./report.js";

/** For programs: version 1 of the schema in `schemas/report.schema.json`. Paths are relative to the working directory. */
const json: Format = (report) =>
  `${JSON.stringify(
    {
      version: 1,
      findings: report.findings.map(({ rule, clauses, severity, file, range, messageId, message, help, cause, related, fingerprint }) => ({
        rule,
        clauses,
        severity,
        file: report.shown(file),
        range,
        messageId,
        message,
        ...(help !== undefined && { help }),
        ...(cause !== undefined && { cause }),
        related: related.map((place) => ({ ...place, file: report.shown(place.file) })),
        fingerprint,
      })),
      coverage: report.coverage,
      summary: report.summary,
    },
    undefined,
    2,
  )}\n`;

export default json;
