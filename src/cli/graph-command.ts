import type { OutputType } from "dependency-cruiser";
import { UserError } from "../base/errors.js";
import { run } from "../engine/run.js";
import { cruiseResult } from "../report/cruise-result.js";
import { type GraphLevel, importGraph, type ImportGraph, importRules } from "../report/graph.js";
import { graphPage } from "../report/html/graph-page.js";
import { graphSvg } from "../report/html/graph-svg.js";
import { matchFiles } from "../settings/globs.js";
import { severityPresetNamed } from "../settings/load.js";
import { startFolder } from "./start-folder.js";

type Writer = (graph: ImportGraph, isFocused: (name: string) => boolean) => string | Promise<string>;

const writers: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  ["mermaid", async (graph, isFocused) => `${(await reported("mermaid", graph, isFocused)).trimEnd()}\n${violatedLinks(graph)}`],
  ["dot", (graph, isFocused) => reported("dot", graph, isFocused)],
  ["json", async (graph, isFocused) => `${await reported("json", graph, isFocused)}\n`],
  ["svg", (graph) => `${graphSvg(graph, { standalone: true })}\n`],
  ["html", (graph) => graphPage(graph)],
]);

/** `std-check graph`: who imports whom at run time, with the imports that break a rule in colour. */
export async function graphCommand(level: GraphLevel, options: Readonly<Record<string, unknown>>): Promise<void> {
  // The option of the whole program takes several; the last one counts.
  const format = String([options["format"]].flat().at(-1) ?? "mermaid");
  const write = writers.get(format);
  if (!write) throw new UserError("unknown-format", `There is no format "${format}" for graphs.`, `Formats: ${[...writers.keys()].join(", ")}.`);
  const { project, result } = await run({ cwd: startFolder(options), cache: options["cache"] !== false, ...(typeof options["preset"] === "string" && { preset: severityPresetNamed(options["preset"]) }), onlyRules: importRules });
  const graph = importGraph(project.model, result.findings, level);
  const isFocused = typeof options["focus"] === "string" ? matchFiles([options["focus"]]) : undefined;
  process.stdout.write(await write(isFocused ? focused(graph, isFocused, String(options["focus"])) : graph, isFocused ?? (() => false)));
}

/** The nodes that are wanted and those that they import or are imported by. */
function focused(graph: ImportGraph, isWanted: (name: string) => boolean, pattern: string): ImportGraph {
  const edges = graph.edges.filter(({ from, to }) => isWanted(from) || isWanted(to));
  const kept = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const nodes = graph.nodes.filter(({ name }) => kept.has(name) || isWanted(name));
  if (nodes.length === 0) throw new UserError("nothing-in-focus", `No node of the graph matches "${pattern}".`, `Give a name or a glob, for example ${graph.nodes[0]?.name ?? "src/**"}.`);
  return { ...graph, nodes, edges };
}

/** How a format writes the characters that it gives a meaning to: Graphviz reads entities of HTML, mermaid those of its own. */
const escapes: Readonly<Partial<Record<OutputType, (name: string) => string>>> = {
  dot: (name) => name.replace(/[&"<>\\\p{Cc}]/gu, (character) => `&#${character.codePointAt(0)};`),
  mermaid: (name) => name.replace(/[&"<>#`;\\\p{Cc}]/gu, (character) => `#${character.codePointAt(0)};`),
};

/** What a reporter of dependency-cruiser, loaded for this alone, makes of a graph. */
async function reported(outputType: OutputType, graph: ImportGraph, isFocused: (name: string) => boolean): Promise<string> {
  const { format } = await import("dependency-cruiser");
  const { output } = await format(cruiseResult(graph, isFocused, escapes[outputType]), { outputType });
  if (typeof output !== "string") throw new Error(`The reporter ${outputType} of dependency-cruiser gives no text.`);
  return output;
}

/** Mermaid numbers links in the order in which they are written; its reporter colours none. */
function violatedLinks(graph: ImportGraph): string {
  const links = graph.nodes.flatMap(({ name }) => graph.edges.filter(({ from }) => from === name));
  return links.flatMap(({ violations }, index) => (violations.size > 0 ? [`linkStyle ${index} stroke:#c62a3b,stroke-width:3px\n`] : [])).join("");
}
