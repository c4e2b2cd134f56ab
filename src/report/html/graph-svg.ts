import { type GraphEdge, type GraphNode, type ImportGraph, rankOf, violationCount } from "../graph.js";
import { escape } from "./escape.js";

/** How the picture looks, in light and dark; for the page, and inside of a picture that stands alone. */
export const graphStyle = `
.graph { --box: #ffffff; --line: #c3cad5; --edge: #7d8899; --ink: #1b2330; --faint: #5b6678; --bad: #c62a3b; --back: #f6f7f9; font: 14px system-ui, sans-serif; }
@media (prefers-color-scheme: dark) { .graph { --box: #1d2430; --line: #3a4558; --edge: #6d7a90; --ink: #e6eaf1; --faint: #9aa6b8; --bad: #ff7383; --back: #12161d; } }
.graph .node rect { fill: var(--box); stroke: var(--line); stroke-width: 1.25; }
.graph .node text { fill: var(--ink); text-anchor: middle; font-weight: 600; }
.graph .node .files { fill: var(--faint); font-weight: 400; font-size: 12px; }
.graph .edge path { fill: none; stroke: var(--edge); }
.graph .edge.bad path { stroke: var(--bad); stroke-dasharray: 6 3; }
.graph .edge text { fill: var(--faint); font-size: 11px; text-anchor: middle; paint-order: stroke; stroke: var(--back); stroke-width: 4px; stroke-linejoin: round; }
.graph .edge.bad text { fill: var(--bad); font-weight: 700; font-size: 13px; }
.graph.dense .edge:not(.bad) { opacity: .55; } .graph.dense .edge:not(.bad) text { display: none; }
.graph .head { fill: var(--edge); }
.graph .head.bad { fill: var(--bad); }`;

const height = 48;
const rowGap = 46;
const columnGap = 28;
const mostInRow = 7;

interface Placed {
  readonly node: GraphNode;
  readonly row: number;
  readonly alone: boolean;
  readonly x: number;
  readonly y: number;
}

/** A picture of a graph: a row for each layer from the outside in, imports as arrows, violations in red and dashed. */
export function graphSvg(graph: ImportGraph, { standalone = false } = {}): string {
  const width = Math.min(260, Math.max(150, ...graph.nodes.map(({ name }) => name.length * 8 + 28)));
  const rows = rowsOf(graph.nodes);
  const widest = Math.max(1, ...rows.map((row) => row.length));
  // Room at both sides for the arrows that pass a row by.
  const margin = 40 + 22 * Math.min(rows.length, 6);
  const full = widest * (width + columnGap) - columnGap + 2 * margin;
  const tall = rows.length * (height + rowGap) - rowGap + 24;
  const placed = new Map<string, Placed>();
  rows.forEach((row, index) => {
    const start = (full - (row.length * (width + columnGap) - columnGap)) / 2;
    row.forEach((node, column) => placed.set(node.name, { node, row: index, alone: row.length === 1, x: start + column * (width + columnGap) + width / 2, y: 12 + index * (height + rowGap) + height / 2 }));
  });
  const sorted = [...graph.edges].sort((left, right) => violationCount(left) - violationCount(right));
  const edges = sorted.map((edge, index) => drawEdge(edge, placed, width, index)).join("\n");
  const boxes = [...placed.values()].map((one) => drawNode(one, width)).join("\n");
  const head = (name: string, kind: string): string => `<marker id="${name}" class="graph" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path class="head ${kind}" d="M0 0 10 5 0 10z"/></marker>`;
  return `<svg class="graph${graph.level === "layers" ? "" : " dense"}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${full} ${tall}" width="${full}" height="${tall}" role="img" aria-labelledby="graph-title graph-text">
<title id="graph-title">Imports between ${graph.level}</title>
<desc id="graph-text">${escape(inWords(graph))}</desc>
${standalone ? `<style>${graphStyle}</style>\n` : ""}<defs>${head("arrow", "good")}${head("arrow-bad", "bad")}</defs>
${edges}
${boxes}
</svg>`;
}

function rowsOf(nodes: readonly GraphNode[]): GraphNode[][] {
  const rows: GraphNode[][] = [];
  let rank: number | undefined;
  for (const node of nodes) {
    const row = rows.at(-1);
    if (row && rank === rankOf(node) && row.length < mostInRow) row.push(node);
    else rows.push([node]);
    rank = rankOf(node);
  }
  return rows;
}

function drawNode({ node, x, y }: Placed, width: number): string {
  const name = node.name.length > 30 ? `…${node.name.slice(-29)}` : node.name;
  return `<g class="node"><title>${escape(node.name)}</title><rect x="${x - width / 2}" y="${y - height / 2}" width="${width}" height="${height}" rx="9"/><text x="${x}" y="${y - 3}">${escape(name)}</text><text class="files" x="${x}" y="${y + 14}">${node.files} ${node.files === 1 ? "file" : "files"}</text></g>`;
}

function drawEdge(edge: GraphEdge, placed: ReadonlyMap<string, Placed>, width: number, index: number): string {
  const from = placed.get(edge.from);
  const to = placed.get(edge.to);
  if (!from || !to) return "";
  const violations = violationCount(edge);
  const { line, x, y } = curve(from, to, width, index);
  const thickness = (1 + Math.min(2.5, Math.log10(edge.imports + 1))).toFixed(2);
  const text = violations > 0 ? `${violations} ✕` : String(edge.imports);
  return `<g class="edge${violations > 0 ? " bad" : ""}"><title>${escape(edgeInWords(edge))}</title><path d="${line}" stroke-width="${thickness}" marker-end="url(#${violations > 0 ? "arrow-bad" : "arrow"})"/><text x="${x}" y="${y}">${text}</text></g>`;
}

/** Straight or curved between neighbouring rows; at the right side downward and at the left side upward past others. */
function curve(from: Placed, to: Placed, width: number, index: number): { readonly line: string; readonly x: number; readonly y: number } {
  const apart = to.row - from.row;
  if (from.alone && to.alone && apart !== 1) {
    const side = apart > 0 ? 1 : -1;
    const bend = side * (14 + 22 * Math.min(Math.abs(apart), 6));
    // Ports beside one another, so that arrows of one box can be told apart.
    const start = from.y + side * (4 + 3 * Math.min(Math.abs(apart), 5));
    const end = to.y - side * (4 + 3 * Math.min(Math.abs(apart), 5));
    const [left, right] = [from.x + (side * width) / 2, to.x + (side * width) / 2];
    return { line: `M${left} ${start}C${left + bend * 1.35} ${start} ${right + bend * 1.35} ${end} ${right} ${end}`, x: left + bend, y: (start + end) / 2 + 4 };
  }
  if (apart === 0) {
    const below = from.y + height / 2;
    return { line: `M${from.x} ${below}C${from.x} ${below + 34} ${to.x} ${below + 34} ${to.x} ${below}`, x: (from.x + to.x) / 2, y: below + 26 };
  }
  const side = apart > 0 ? 1 : -1;
  const [start, end] = [from.y + (side * height) / 2, to.y - (side * height) / 2];
  const middle = (start + end) / 2;
  return { line: `M${from.x} ${start}C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${end}`, x: (from.x + to.x) / 2 + (from.x === to.x ? 0 : (index % 3) * 10 - 10), y: middle + 4 };
}

/** `api → repository: 3 imports, 2 against the rules (no-db-in-api)`. */
export function edgeInWords(edge: GraphEdge): string {
  const violations = violationCount(edge);
  const imports = edge.imports === 0 ? "for types, or by way of others" : `${edge.imports} ${edge.imports === 1 ? "import" : "imports"}`;
  return `${edge.from} → ${edge.to}: ${imports}${violations > 0 ? `, ${violations} ${violations === 1 ? "finding" : "findings"} (${[...edge.violations.keys()].join(", ")})` : ""}`;
}

function inWords({ nodes, edges }: ImportGraph): string {
  const bad = edges.filter((edge) => violationCount(edge) > 0);
  return `${nodes.length} nodes, ${edges.length} arrows. ${bad.length === 0 ? "None breaks a rule." : `Against the rules: ${bad.slice(0, 20).map(edgeInWords).join("; ")}.`}`;
}
