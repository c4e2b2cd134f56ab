import path from "node:path";
import { counted } from "../base/words.js";
import { escape, prose } from "./html/escape.js";
import { findingsPart } from "./html/findings.js";
import { graphFigure } from "./html/graph-page.js";
import { page } from "./html/page.js";
import type { Format, Report } from "./report.js";

/** One page for people that fetches nothing: what was found by clause, the layers, the routes, and the findings to be filtered. */
const html: Format = (report) => {
  const name = path.basename(report.root);
  const parts: readonly Part[] = [clausesPart(report), layersPart(report), routesPart(report), personalPart(report), { id: "findings", title: "Findings", body: findingsPart(report) }];
  const shown = parts.filter(({ body }) => body !== "");
  return page(
    `std-check: ${name}`,
    `<a class="skip" href="#findings">Skip to the findings</a>
<header><h1>${escape(name)} <small>checked by std-check</small></h1>
<p class="faint">${escape(coverage(report))}</p>
<dl class="figures">${figures(report)}</dl>
<nav aria-label="Parts"><ul>${shown.map(({ id, title }) => `<li><a href="#${id}">${title}</a></li>`).join("")}</ul></nav></header>
<main>
${shown.map(({ body }) => body).join("\n")}
</main>
<footer>Made by std-check ${escape(report.toolVersion)}. Secrets are masked.</footer>`,
  );
};

export default html;

interface Part {
  readonly id: string;
  readonly title: string;
  /** Empty where there is nothing to show. */
  readonly body: string;
}

function figures({ summary }: Report): string {
  const figure = (kind: string, label: string, count: number): string => `<div class="${kind}"><dt>${label}</dt><dd>${count.toLocaleString("en-US")}</dd></div>`;
  return [figure(summary.errors > 0 ? "error" : "ok", "Errors", summary.errors), figure(summary.warnings > 0 ? "warn" : "ok", "Warnings", summary.warnings), figure("", "Files with findings", summary.files), figure("", "Let pass", summary.suppressed)].join("");
}

function coverage({ coverage: { files, imports, layers, flows, skipped, generated } }: Report): string {
  return [`${counted(files, "file")} read`, `${imports.resolved.toLocaleString("en-US")} imports resolved, ${imports.unresolved.toLocaleString("en-US")} not`, `${layers.classified.toLocaleString("en-US")} of ${layers.files.toLocaleString("en-US")} files have a layer`, ...(flows.cut > 0 ? [`${flows.cut.toLocaleString("en-US")} flows not followed to their end`] : []), ...(generated > 0 ? [`${counted(generated, "generated file")} not reported`] : []), ...(skipped.length > 0 ? [`${counted(skipped.length, "file")} not read`] : [])].join(" · ");
}

/** A table of the clauses that findings break, by section of the standard. */
function clausesPart(report: Report): Part {
  const counts = new Map<string, { errors: number; warnings: number; rules: Set<string> }>();
  for (const { clauses, severity, rule } of report.findings) {
    for (const clause of clauses) {
      const count = counts.get(clause) ?? { errors: 0, warnings: 0, rules: new Set() };
      if (severity === "error") count.errors++;
      else count.warnings++;
      counts.set(clause, count);
      count.rules.add(rule);
    }
  }
  const rows = [...counts]
    .sort(([left], [right]) => left.localeCompare(right, "en", { numeric: true }))
    .map(([clause, { errors, warnings, rules }]) => `<tr><th scope="row"><button type="button" data-filter="clause=${escape(clause)}" disabled>${escape(clause)}</button></th><td>${prose(report.clauseTitle(clause) ?? "")}</td><td class="faint wide">${escape([...rules].sort().join(", "))}</td><td class="number">${errors}</td><td class="number">${warnings}</td></tr>`);
  const body = rows.length === 0 ? "" : `<section aria-labelledby="clauses"><h2 id="clauses">By clause of the standard</h2><p class="faint">A finding counts for every clause that its rule enforces.</p>${table("Findings by clause", ["Clause", "What it asks", "Rules", "Errors", "Warnings"], rows)}</section>`;
  return { id: "clauses", title: "Clauses", body };
}

function layersPart(report: Report): Part {
  const graph = report.layers();
  const body = graph.nodes.length < 2 ? "" : `<section aria-labelledby="layers"><h2 id="layers">Layers</h2>${graphFigure(graph)}</section>`;
  return { id: "layers", title: "Layers", body };
}

function routesPart(report: Report): Part {
  const routes = report.routes();
  const rows = routes.map((route) => `<tr><td><strong>${escape(route.method)}</strong></td><th scope="row"><code>${escape(route.path)}</code></th>${[route.auth, route.rateLimit, route.request, route.response, route.handler].map((cell) => `<td>${escape(cell)}</td>`).join("")}</tr>`);
  const body = rows.length === 0 ? "" : `<section aria-labelledby="routes"><h2 id="routes">Routes</h2><details${rows.length <= 40 ? " open" : ""}><summary>${counted(rows.length, "route")} with what guards and describes them</summary>${table("Routes", ["Method", "Path", "Auth", "Rate limit", "Request schema", "Response schema", "Handler"], rows)}</details></section>`;
  return { id: "routes", title: "Routes", body };
}

/** What the project holds of persons, and where it is logged. */
function personalPart(report: Report): Part {
  const { shapes, logged } = report.personalData();
  const places = new Map<string, string[]>();
  for (const { field, category, file, line } of logged) places.set(`${field} (${category})`, [...(places.get(`${field} (${category})`) ?? []), `${report.shown(file)}:${line}`]);
  const held = shapes.map(({ name, file, line, fields }) => `<tr><th scope="row"><code>${escape(name)}</code></th><td>${escape(fields.map((field) => `${field.name} (${field.category})`).join(", "))}</td><td>${escape(`${report.shown(file)}:${line}`)}</td></tr>`);
  const written = [...places].map(([what, where]) => `<li>${escape(what)}: ${escape(where.join(", "))}</li>`);
  const body = held.length + written.length === 0 ? "" : `<section aria-labelledby="personal"><h2 id="personal">Personal data</h2>${written.length === 0 ? "<p>None is seen in logs.</p>" : `<p>Logged:</p><ul class="bad-edges">${written.join("")}</ul>`}<details${held.length <= 20 ? " open" : ""}><summary>${counted(held.length, "shape")} with personal data or credentials</summary>${table("Personal data", ["Shape", "Fields", "Place"], held)}</details></section>`;
  return { id: "personal", title: "Personal data", body };
}

function table(label: string, heads: readonly string[], rows: readonly string[]): string {
  const kinds: Readonly<Record<string, string>> = { Errors: "number", Warnings: "number", Rules: "wide" };
  const head = (title: string): string => `<th scope="col" class="${kinds[title] ?? ""}">${title}</th>`;
  return `<div class="scroll" tabindex="0" role="group" aria-label="${label}"><table><thead><tr>${heads.map(head).join("")}</tr></thead><tbody>${rows.join("\n")}</tbody></table></div>`;
}
