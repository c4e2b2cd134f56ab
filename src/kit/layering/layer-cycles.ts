import { compareText } from "../../base/finding.js";
import { folderOf } from "../../base/paths.js";
import { oncePer } from "../../base/once-per.js";
import type { Edge, ProjectModel } from "../../model/project-model.js";
import { isBackendCode } from "../project/backend-files.js";

/** A way round that is reported: the shortest of a component of modules that load each other. */
export interface LayerCycle {
  /** From the first file by path. */
  readonly edges: readonly Edge[];
  /** What it crosses, in words. */
  readonly crossed: string;
  readonly cause: string;
}

/** The import cycles at run time that cross layers or features, one for each component. */
export const layerCycles = oncePer((model: ProjectModel): readonly LayerCycle[] =>
  model.runtimeCycles().flatMap((component) => {
    const found = crossingCycle(model, component);
    return found && found.edges.length > 0 ? [{ ...found, cause: component.join(" ") }] : [];
  }),
);

/** From so many files of a component a cycle is looked for, and the shortest is shown. */
const tried = 10;

/** The shortest of the cycles that are found in a component which cross layers or features, with these in words; undefined if none does, or all its files lie in one folder. */
function crossingCycle(model: ProjectModel, component: readonly string[]): Omit<LayerCycle, "cause"> | undefined {
  const inside = new Set(component);
  for (const [what, sideOf] of [["layers", layerOf], ["features", featureOf]] as const) {
    const sided = component.filter((file) => sideOf(model, file) !== undefined);
    if (new Set(sided.map((file) => sideOf(model, file))).size < 2) continue;
    const cycles = sided.slice(0, tried).map((start) => {
      const there = shortestWay(model, inside, start, (file) => sideOf(model, file) !== undefined && sideOf(model, file) !== sideOf(model, start));
      const end = there.at(-1)?.target;
      return end?.kind === "file" ? [...there, ...shortestWay(model, inside, end.file, (file) => file === start)] : there;
    });
    const [cycle = []] = cycles.sort((left, right) => left.length - right.length);
    if (new Set(cycle.map(({ from }) => folderOf(from))).size < 2) return undefined;
    const sides = new Set(cycle.flatMap(({ from }) => sideOf(model, from) ?? []));
    return { edges: fromFirst(cycle), crossed: `${what} ${[...sides].sort().join(", ")}` };
  }
  return undefined;
}

/** The layer of code that a server runs, if it is more than a guess. */
function layerOf(model: ProjectModel, file: string): string | undefined {
  const { layer, custom, guessed } = model.layerOf(file);
  return layer === "tests" || guessed || !isBackendCode(model, file) ? undefined : (custom ?? layer);
}

function featureOf(model: ProjectModel, file: string): string | undefined {
  return model.layerOf(file).layer === "tests" ? undefined : model.featureOf(file);
}

/** A cycle as seen from its first file by path. */
function fromFirst(cycle: readonly Edge[]): readonly Edge[] {
  const [first = ""] = cycle.map(({ from }) => from).sort(compareText);
  const at = cycle.findIndex(({ from }) => from === first);
  return [...cycle.slice(at), ...cycle.slice(0, at)];
}

/** The shortest way inside a component from a file to one that is looked for, by breadth-first search. */
function shortestWay(model: ProjectModel, inside: ReadonlySet<string>, start: string, found: (file: string) => boolean): readonly Edge[] {
  const cameBy = new Map<string, Edge>();
  const queue = [start];
  for (const file of queue) {
    for (const edge of model.edgesFrom(file)) {
      if (edge.target.kind !== "file" || edge.kind === "type-only" || edge.kind === "elided" || edge.fact.deferred || !inside.has(edge.target.file)) continue;
      if (found(edge.target.file)) return unwind(edge, cameBy);
      if (edge.target.file === start || cameBy.has(edge.target.file)) continue;
      cameBy.set(edge.target.file, edge);
      queue.push(edge.target.file);
    }
  }
  return [];
}

function unwind(last: Edge, cameBy: ReadonlyMap<string, Edge>): Edge[] {
  const chain = [last];
  for (let edge = cameBy.get(last.from); edge; edge = cameBy.get(edge.from)) chain.push(edge);
  return chain.reverse();
}
