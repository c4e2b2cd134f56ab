import type { RangeChanges, Suppression } from "../base/range-changes.js";
import type { Format, Report } from "./report.js";

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
      ...(report.changes && { changes: changesOf(report, report.changes()) }),
    },
    undefined,
    2,
  )}\n`;

export default json;

function changesOf({ shown }: Report, { suppressions: { added, removed }, ...changes }: RangeChanges): RangeChanges {
  const placed = (one: Suppression): Suppression => ({ ...one, file: shown(one.file) });
  return { ...changes, suppressions: { added: added.map(placed), removed: removed.map(placed) } };
}
