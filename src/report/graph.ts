import { compareText, type Finding } from "../base/finding.js";
import { folderOf } from "../base/paths.js";
import type { Edge, LayerName, ProjectModel } from "../model/project-model.js";

/** What a node of a graph stands for. */
export type GraphLevel = "layers" | "folders" | "modules";

export interface GraphNode {
  readonly name: string;
  /** The layer of most of its files; undefined if none is known. */
  readonly layer: LayerName | undefined;
  readonly files: number;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** Imports that exist at run time. */
  readonly imports: number;
  /** The findings that lie on them, by rule. */
  readonly violations: ReadonlyMap<string, number>;
}

/** Who imports whom at run time. Tests and migrations, which may import everything, are left out. */
export interface ImportGraph {
  readonly level: GraphLevel;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** From the outside in: the order in which layers are drawn. */
export const layerOrder: readonly LayerName[] = ["composition", "api", "service", "repository", "domain", "settings", "shared", "migrations", "tests"];

/** Rules that say who may import whom: a finding of theirs on an import makes it a violation. */
export const importRules: ReadonlySet<string> = new Set(["layer-imports", "no-db-in-api", "no-layer-cycles", "feature-boundaries", "no-http-in-service", "pure-domain"]);

/** The graph of a project at a level, with the findings that lie on its imports. */
export function importGraph(model: ProjectModel, findings: readonly Finding[], level: GraphLevel): ImportGraph {
  const names = new Map<string, string>();
  const members = new Map<string, string[]>();
  for (const file of model.files) {
    const name = nodeOf(model, file, level);
    if (name === undefined) continue;
    names.set(file, name);
    members.set(name, [...(members.get(name) ?? []), file]);
  }
  const edges = new Map<string, { from: string; to: string; imports: number; violations: Map<string, number> }>();
  const between = (from: string | undefined, to: string | undefined) => {
    if (from === undefined || to === undefined || from === to) return undefined;
    const key = `${from}\0${to}`;
    const edge = edges.get(key) ?? { from, to, imports: 0, violations: new Map<string, number>() };
    edges.set(key, edge);
    return edge;
  };
  for (const [file, from] of names) {
    for (const { target, kind } of model.edgesFrom(file)) {
      const edge = target.kind === "file" && (kind === "runtime" || kind === "metadata") ? between(from, names.get(target.file)) : undefined;
      if (edge) edge.imports++;
    }
  }
  for (const finding of findings) {
    const from = names.get(finding.file);
    const found = from !== undefined && importRules.has(finding.rule) ? importAt(model, finding) : undefined;
    if (found?.target.kind !== "file") continue;
    // What is imported through a barrel, or reached through shared code, lies further on.
    const reached = [...finding.related.map(({ file }) => file), found.target.file].find((file) => names.has(file) && names.get(file) !== from);
    const edge = between(from, reached === undefined ? undefined : names.get(reached));
    edge?.violations.set(finding.rule, (edge.violations.get(finding.rule) ?? 0) + 1);
  }
  const nodes = [...members].map(([name, files]) => ({ name, layer: commonLayer(model, files), files: files.length }));
  return {
    level,
    nodes: nodes.sort((left, right) => rankOf(left) - rankOf(right) || compareText(left.name, right.name)),
    edges: [...edges.values()].sort((left, right) => compareText(left.from, right.from) || compareText(left.to, right.to)),
  };
}

/** The place of a node from the outside in; what has no layer stands last. */
export function rankOf({ layer }: GraphNode): number {
  return layer === undefined ? layerOrder.length : layerOrder.indexOf(layer);
}

/** How many findings lie on an edge. */
export function violationCount({ violations }: GraphEdge): number {
  return [...violations.values()].reduce((sum, count) => sum + count, 0);
}

function nodeOf(model: ProjectModel, file: string, level: GraphLevel): string | undefined {
  const { layer, custom } = model.layerOf(file);
  if (layer === "tests" || layer === "migrations") return undefined;
  if (level === "layers") return custom ?? layer;
  return level === "folders" ? folderOf(file) || "." : file;
}

function importAt(model: ProjectModel, { file, range }: Finding): Edge | undefined {
  return model.edgesFrom(file).find(({ fact }) => {
    const { start, end } = model.range(file, fact.span);
    return start.line <= range.start.line && range.start.line <= end.line;
  });
}

function commonLayer(model: ProjectModel, files: readonly string[]): LayerName | undefined {
  const counts = new Map<LayerName, number>();
  for (const file of files) {
    const { layer } = model.layerOf(file);
    if (layer !== undefined) counts.set(layer, (counts.get(layer) ?? 0) + 1);
  }
  return [...counts].sort(([leftName, left], [rightName, right]) => right - left || layerOrder.indexOf(leftName) - layerOrder.indexOf(rightName))[0]?.[0];
}
