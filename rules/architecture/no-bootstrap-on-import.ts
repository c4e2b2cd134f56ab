import { chainText, findingAt, relatedAt, relatedChain } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import type { LoadEffect, ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly allowInert: boolean;
}

export default defineRule<Options>({
  name: "no-bootstrap-on-import",
  section: "architecture",
  clauses: ["ARCH-6"],
  description: "Forbid clients, connections, servers and timers that start because a service or domain module is imported",
  presets: { recommended: "error", strict: "error", legacy: "off" },
  messages: {
    own: "Importing this {{layer}} module {{what}}, so that no test can load it without that. Make it in the composition root and pass it in, or behind a function that is called when it is needed.",
    reached: "Importing this {{layer}} module {{what}}: {{chain}}:{{line}}. Pass what it makes in from the composition root, so that a test can load this module without it.",
  },
  optionsSchema: { allowInert: { type: "boolean", description: "Let pass clients that open nothing until they are used." } },
  defaultOptions: { allowInert: false },
  project: {
    reads: "model",
    *check(model, scope, options) {
      for (const file of scope.files) {
        const { layer } = model.layerOf(file);
        if (layer !== "service" && layer !== "domain") continue;
        const own = effectOf(model, file, options);
        if (own) {
          yield findingAt(model, file, own.span, "own", { layer, what: own.what }, { cause: own.what });
          continue;
        }
        const chain = model.shortestPath(file, (other) => effectOf(model, other, options) !== undefined);
        const [first] = chain ?? [];
        const end = chain?.at(-1)?.target;
        const effect = end?.kind === "file" ? effectOf(model, end.file, options) : undefined;
        if (!chain || !first || !effect || end?.kind !== "file") continue;
        const line = String(model.range(end.file, effect.span).start.line);
        const related = [...relatedChain(model, chain.slice(1)), relatedAt(model, end.file, effect.span, effect.what)];
        yield findingAt(model, file, first.fact.specifierSpan, "reached", { layer, what: effect.what, chain: chainText(model, chain), line }, { cause: end.file, related });
      }
    },
  },
});

function effectOf(model: ProjectModel, file: string, options: Options): LoadEffect | undefined {
  return model.loadEffects(file).find((effect) => !effect.inert || !options.allowInert);
}
