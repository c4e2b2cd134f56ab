import { compareText } from "../../src/base/finding.js";
import { folderOf } from "../../src/base/paths.js";
import { isBackendCode } from "../../src/kit/backend-files.js";
import { chainText, findingAt, relatedChain } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import type { Edge, ProjectModel } from "../../src/model/project-model.js";

export default defineRule({
  name: "no-layer-cycles",
  section: "architecture",
  clauses: ["ARCH-1"],
  description: "Forbid import cycles that cross layers or features",
  presets: { recommended: "error", strict: "error", legacy: "off" },
  messages: {
    cycle: "Import cycle across {{crossed}}: {{chain}}. Which module is loaded first now decides what is undefined; make one of these imports go the other way, or move what both need.",
  },
  optionsSchema: {},
  defaultOptions: {},
  project: {
    reads: "model",
    *check(model, scope) {
      for (const component of model.runtimeCycles()) {
        const found = crossingCycle(model, component);
        const [start] = found?.cycle ?? [];
        if (found && start && scope.has(start.from)) yield findingAt(model, start.from, start.fact.specifierSpan, "cycle", { crossed: found.crossed, chain: chainText(model, found.cycle) }, { cause: component.join(" "), related: relatedChain(model, found.cycle.slice(1)) });
      }
    },
  },
});

/** From so many files of a component a cycle is looked for, and the shortest is shown. */
const tried = 10;

/** The shortest of the cycles that are found in a component which cross layers or features, with these in words; undefined if none does, or all its files lie in one folder. */
function crossingCycle(model: ProjectModel, component: readonly string[]): { readonly cycle: readonly Edge[]; readonly crossed: string } | undefined {
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
    return { cycle: fromFirst(cycle), crossed: `${what} ${[...sides].sort().join(", ")}` };
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
