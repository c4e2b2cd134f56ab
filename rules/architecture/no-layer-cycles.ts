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
        const crossed = crossing(model, component);
        const [first] = component;
        if (crossed === undefined || first === undefined || !scope.has(first)) continue;
        const cycle = shortestCycle(model, component);
        const [start] = cycle;
        if (start) yield findingAt(model, start.from, start.fact.specifierSpan, "cycle", { crossed, chain: chainText(model, cycle) }, { cause: component.join(" "), related: relatedChain(model, cycle.slice(1)) });
      }
    },
  },
});

/** What a cycle crosses, in words; undefined if all its classified files are of one layer and one feature. */
function crossing(model: ProjectModel, files: readonly string[]): string | undefined {
  const backend = files.filter((file) => model.layerOf(file).layer !== "tests");
  const layers = new Set(backend.flatMap((file) => model.layerOf(file).custom ?? model.layerOf(file).layer ?? []));
  if (layers.size > 1) return `layers ${[...layers].sort().join(", ")}`;
  const features = new Set(backend.flatMap((file) => model.featureOf(file) ?? []));
  return features.size > 1 ? `features ${[...features].sort().join(", ")}` : undefined;
}

/** The shortest way from the component's first file back to it, by breadth-first search inside the component. */
function shortestCycle(model: ProjectModel, component: readonly string[]): readonly Edge[] {
  const inside = new Set(component);
  const start = component[0] ?? "";
  const cameBy = new Map<string, Edge>();
  for (const queue = [start]; queue.length > 0; ) {
    const file = queue.shift() ?? "";
    for (const edge of model.edgesFrom(file)) {
      if (edge.target.kind !== "file" || edge.kind === "type-only" || edge.kind === "elided" || edge.fact.deferred || !inside.has(edge.target.file)) continue;
      if (edge.target.file === start) return unwind(edge, cameBy);
      if (cameBy.has(edge.target.file)) continue;
      cameBy.set(edge.target.file, edge);
      queue.push(edge.target.file);
    }
  }
  return [];
}

function unwind(last: Edge, cameBy: ReadonlyMap<string, Edge>): Edge[] {
  const chain = [last];
  for (let edge = cameBy.get(last.from); edge; edge = cameBy.get(edge.from)) chain.unshift(edge);
  return chain;
}
