import type { Format, Report, SuppressionPlace } from "./report.js";

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
      ...(report.changes && { changes: { ...report.changes, suppressions: { added: placed(report, report.changes.suppressions.added), removed: placed(report, report.changes.suppressions.removed) } } }),
    },
    undefined,
    2,
  )}\n`;

export default json;

function placed({ shown }: Report, suppressions: readonly SuppressionPlace[]): readonly SuppressionPlace[] {
  return suppressions.map((one) => ({ ...one, file: shown(one.file) }));
}
