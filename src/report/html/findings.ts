import type { Finding } from "../../base/finding.js";
import { compareText } from "../../base/finding.js";
import { groupBy } from "../../base/group-by.js";
import type { Report } from "../report.js";
import { escape, prose } from "./escape.js";

/** Columns of a line that are shown; minified code has lines without end. */
const widest = 240;

/** The findings by file, with the form that filters them. */
export function findingsPart(report: Report): string {
  const { findings } = report;
  if (findings.length === 0) return `<section aria-labelledby="findings"><h2 id="findings">Findings</h2><p>None. ${report.summary.suppressed > 0 ? `${report.summary.suppressed} were let pass by comments, exceptions or the baseline.` : ""}</p></section>`;
  const files = [...groupBy(findings, ({ file }) => file)].map(([file, own]) => fileSection(report, file, own));
  return `<section aria-labelledby="findings"><h2 id="findings">Findings</h2>\n${filterForm(report)}\n${files.join("\n")}\n</section>`;
}

function filterForm(report: Report): string {
  const rules = sorted(report.findings.map(({ rule }) => rule));
  const clauses = sorted(report.findings.flatMap((finding) => finding.clauses));
  const layers = sorted(report.findings.flatMap(({ file }) => report.layerOf(file) ?? []));
  const select = (name: string, label: string, all: string, values: readonly string[]): string => `<label>${label}<select name="${name}"><option value="">${all}</option>${values.map((value) => `<option>${escape(value)}</option>`).join("")}</select></label>`;
  return `<form id="filter" role="search" aria-label="Filter findings" hidden><label class="text">Text<input type="search" name="text" placeholder="path, message, code" autocomplete="off"></label>${select("severity", "Severity", "all", ["error", "warning"])}${select("rule", "Rule", "all rules", rules)}${select("clause", "Clause", "all clauses", clauses)}${select("layer", "Layer", "all layers", layers)}<button type="reset">Show all</button><output id="count" aria-live="polite"></output></form>`;
}

function fileSection(report: Report, file: string, findings: readonly Finding[]): string {
  const shown = report.shown(file);
  const layer = report.layerOf(file);
  const lines = report.source(file)?.split(/\r\n|\n|\r/);
  return `<section class="file" data-path="${escape(shown)}" data-layer="${escape(layer ?? "")}"><h3>${escape(shown)}${layer === undefined ? "" : `<span class="tag">${escape(layer)}</span>`}</h3>\n${findings.map((finding) => article(report, finding, lines)).join("\n")}\n</section>`;
}

function article(report: Report, finding: Finding, lines: readonly string[] | undefined): string {
  const severity = finding.severity === "error" ? "error" : "warning";
  const uri = report.describe(finding.rule)?.helpUri;
  const rule = uri === undefined ? `<strong>std/${escape(finding.rule)}</strong>` : `<a href="${escape(uri)}" rel="noreferrer">std/${escape(finding.rule)}</a>`;
  const clauses = finding.clauses.length === 0 ? "" : `<span class="faint">${escape(finding.clauses.join(", "))}</span>`;
  const related = finding.related.slice(0, 6).map(({ file, range, message }) => `<li><code>${escape(report.shown(file))}:${range.start.line}</code> ${prose(message)}</li>`);
  return [
    `<article class="${severity === "error" ? "error" : "warn"}" data-severity="${severity}" data-rule="${escape(finding.rule)}" data-clauses="${escape(finding.clauses.join(" "))}"><h4><span class="severity">${severity}</span>${rule}${clauses}<span class="faint">line ${finding.range.start.line}</span></h4><p>${prose(finding.message)}</p>`,
    lines === undefined ? "" : frame(finding, lines),
    related.length === 0 ? "" : `<ul class="related">${related.join("")}</ul>`,
    finding.help === undefined ? "" : `<p class="help">${prose(finding.help)}</p>`,
    "</article>",
  ].join("");
}

/** The lines around a finding, with what it lies on marked. */
function frame({ range: { start, end } }: Finding, lines: readonly string[]): string {
  const first = Math.max(1, start.line - 1);
  const last = Math.min(lines.length, Math.min(end.line, start.line + 3) + 1);
  const rows: string[] = [];
  for (let line = first; line <= last; line++) {
    const text = lines[line - 1] ?? "";
    const number = `<i>${String(line).padStart(String(last).length)}</i>`;
    if (line < start.line || line > end.line) {
      rows.push(`<b>${number}${escape(text.slice(0, widest))}</b>`);
      continue;
    }
    const from = line === start.line ? start.column - 1 : text.length - text.trimStart().length;
    const to = line === end.line ? end.column - 1 : text.length;
    const offset = Math.max(0, from - widest / 2);
    rows.push(`<b class="at">${number}${escape(text.slice(offset, from))}<mark>${escape(text.slice(from, Math.min(to, offset + widest)))}</mark>${escape(text.slice(Math.max(to, from), offset + widest))}</b>`);
  }
  return `<pre tabindex="0" aria-label="Code at line ${start.line}">${rows.join("")}</pre>`;
}

function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort(compareText);
}
