import { layerCycles } from "../../src/kit/layering/layer-cycles.js";
import { chainText, findingAt, relatedChain } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";

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
      for (const { edges, crossed, cause } of layerCycles(model)) {
        const [start] = edges;
        if (start && scope.has(start.from)) yield findingAt(model, start.from, start.fact.specifierSpan, "cycle", { crossed, chain: chainText(model, edges) }, { cause, related: relatedChain(model, edges.slice(1)) });
      }
    },
  },
});
