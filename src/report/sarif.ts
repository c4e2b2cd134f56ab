import { pathToFileURL } from "node:url";
import type { Finding, TextEdit } from "../base/finding.js";
import { groupBy } from "../base/group-by.js";
import { lineStarts, type Range, rangeOf } from "../base/position.js";
import type { Format, Report, SuppressedFinding } from "./report.js";

/** SARIF 2.1.0, with rule metadata, fingerprints, related locations and suppressions. */
const sarif: Format = (report) => {
  const names = [...new Set([...report.findings, ...report.suppressed.map(({ finding }) => finding)].map(({ rule }) => rule))].sort();
  const suppressed = report.suppressed.map((one) => ({ ...result(report, one.finding, names), suppressions: [suppression(one)] }));
  return `${JSON.stringify(
    {
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "std-check", semanticVersion: report.toolVersion, informationUri: "https://github.com/std-check/std-check", rules: names.map((name) => ruleEntry(report, name)) } },
          columnKind: "utf16CodeUnits",
          originalUriBaseIds: { ROOT: { uri: `${pathToFileURL(report.root).href}/` } },
          results: [...report.findings.map((finding) => result(report, finding, names)), ...suppressed],
        },
      ],
    },
    undefined,
    2,
  )}\n`;
};

export default sarif;

function ruleEntry(report: Report, name: string): object {
  const rule = report.describe(name);
  if (!rule) return { id: `std/${name}`, shortDescription: { text: name } };
  return { id: `std/${name}`, name, shortDescription: { text: rule.description }, helpUri: rule.helpUri, help: { text: `${rule.description}. See ${rule.helpUri}`, markdown: `${rule.description}. [What it asks and why](${rule.helpUri})` }, properties: { tags: [rule.section, ...rule.clauses] } };
}

function result(report: Report, finding: Finding, names: readonly string[]): object {
  return {
    ruleId: `std/${finding.rule}`,
    ruleIndex: names.indexOf(finding.rule),
    level: finding.severity === "error" ? "error" : "warning",
    message: { text: finding.help === undefined ? finding.message : `${finding.message} ${finding.help}` },
    locations: [{ physicalLocation: location(finding.file, finding.range) }],
    partialFingerprints: { "stdCheck/v1": finding.fingerprint.replace(/^v1:/, "") },
    ...(finding.related.length > 0 && { relatedLocations: finding.related.map((place, id) => ({ id, physicalLocation: location(place.file, place.range), message: { text: place.message } })) }),
    ...fixes(report, finding),
  };
}

/** The fix, then what is only suggested. */
function fixes(report: Report, { file, fix, suggestions }: Finding): object {
  const all = [...(fix ? [{ message: "Apply the fix.", edits: fix }] : []), ...(suggestions ?? [])];
  return all.length === 0 ? {} : { fixes: all.map(({ message, edits }) => ({ description: { text: message }, artifactChanges: artifactChanges(report, file, edits) })) };
}

function artifactChanges(report: Report, file: string, edits: readonly TextEdit[]): object[] {
  return [...groupBy(edits, (edit) => edit.file ?? file)].map(([changed, own]) => {
    const starts = lineStarts(report.source(changed) ?? "");
    return {
      artifactLocation: { uri: encodeURI(changed), uriBaseId: "ROOT" },
      replacements: own.map(({ start, end, text }) => ({ deletedRegion: region(rangeOf(starts, [start, end])), insertedContent: { text } })),
    };
  });
}

function location(file: string, range: Range): object {
  return { artifactLocation: { uri: encodeURI(file), uriBaseId: "ROOT" }, region: region(range) };
}

function region({ start, end }: Range): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function suppression({ by, reason }: SuppressedFinding): object {
  return { kind: by === "comment" ? "inSource" : "external", status: "accepted", ...(reason !== undefined && { justification: reason }) };
}
