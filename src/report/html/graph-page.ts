import { type ImportGraph, violationCount } from "../graph.js";
import { escape } from "./escape.js";
import { edgeInWords, graphSvg } from "./graph-svg.js";
import { page } from "./page.js";

/** The picture of a graph, and in words what breaks a rule. */
export function graphFigure(graph: ImportGraph): string {
  const bad = graph.edges.filter((edge) => violationCount(edge) > 0);
  const list = bad.length === 0 ? "<p>No import breaks a rule.</p>" : `<ul class="bad-edges">${bad.map((edge) => `<li>${escape(edgeInWords(edge))}</li>`).join("")}</ul>`;
  return `<p class="faint">Run-time imports between ${graph.level}, from the outside in; tests and migrations are left out. Dashed red: imports with findings.</p><div class="picture" tabindex="0" role="group" aria-label="Picture of the ${graph.level}">${graphSvg(graph)}</div>${list}`;
}

/** A page with a graph and nothing else. */
export function graphPage(graph: ImportGraph): string {
  return page(`std-check: ${graph.level}`, `<main><h1>Imports between ${graph.level}</h1>\n${graphFigure(graph)}</main>`);
}
