import { compareText } from "../../src/base/finding.js";
import { groupBy } from "../../src/base/group-by.js";
import { lazily } from "../../src/base/once-per.js";
import { chainText, findingAt, relatedAt, relatedChain } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import type { Edge, LoadEffect, ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly allowInert: boolean;
  readonly everyModule: boolean;
}

export default defineRule<Options>({
  name: "no-bootstrap-on-import",
  section: "architecture",
  clauses: ["ARCH-6"],
  description: "Forbid clients, connections, servers and timers that start because a service or domain module is imported",
  presets: { recommended: "warn", strict: ["error", { everyModule: true }], legacy: "off" },
  messages: {
    own: "Importing this {{layer}} module {{what}}{{others}}, so that no test can load it without that. Make it in the composition root and pass it in, or behind a function that is called when it is needed.",
    reached: "Importing this {{layer}} module {{what}}: {{chain}}:{{line}}{{others}}. Pass what it makes in from the composition root, so that a test can load this module without it.",
  },
  optionsSchema: {
    allowInert: { type: "boolean", description: "Let pass clients that open nothing until they are used." },
    everyModule: { type: "boolean", description: "Report every module whose import starts the same thing, and not the nearest alone." },
  },
  defaultOptions: { allowInert: false, everyModule: false },
  project: {
    reads: "model",
    *check(model, scope, options) {
      const startedBy = new Map<string, readonly string[]>();
      const makers = lazily(() => groupBy(model.files.filter((file) => isConfined(model, file)), (file) => placeOf(effectsOf(model, file, options)[0]?.through)));
      const alikeOf = (through: NonNullable<LoadEffect["through"]>): readonly string[] => [...(makers().get(placeOf(through)) ?? [])].sort(compareText);
      for (const file of scope.files) {
        if (!isConfined(model, file)) continue;
        const { layer = "" } = model.layerOf(file);
        const own = effectsOf(model, file, options)[0];
        if (own) {
          const alike = own.through && !options.everyModule ? alikeOf(own.through) : [];
          if (alike.length > 1 && alike[0] !== file) continue;
          yield findingAt(model, file, own.span, "own", { layer, what: own.what, others: othersIn(alike) }, { cause: own.what, related: own.through ? [relatedAt(model, own.through.file, own.through.span, own.what)] : [] });
          continue;
        }
        const reached = reachOf(model, file, options);
        if (!reached) continue;
        const { chain, end, effect } = reached;
        // What a service starts by itself is told there, and not of those that import it.
        if (!options.everyModule && isConfined(model, end)) continue;
        let starters = startedBy.get(end);
        if (!starters) startedBy.set(end, (starters = options.everyModule ? [] : startersOf(model, end, options)));
        if (starters.length > 0 && starters[0] !== file) continue;
        const line = String(model.range(end, effect.span).start.line);
        const related = [...relatedChain(model, chain.slice(1)), relatedAt(model, end, effect.span, effect.what)];
        yield findingAt(model, file, chain[0]?.fact.specifierSpan ?? [0, 0], "reached", { layer, what: effect.what, chain: chainText(model, chain), line, others: othersIn(starters) }, { cause: end, related });
      }
    },
  },
});

/** The modules that start something besides the one that is told of, in words. */
function othersIn(modules: readonly string[]): string {
  return modules.length > 1 ? `; so does importing ${modules.length - 1} other module${modules.length > 2 ? "s" : ""}` : "";
}

function placeOf(through: LoadEffect["through"]): string {
  return through ? `${through.file}@${through.span[0]}` : "";
}

function isConfined(model: ProjectModel, file: string): boolean {
  const { layer } = model.layerOf(file);
  return layer === "service" || layer === "domain";
}

function effectsOf(model: ProjectModel, file: string, options: Options): readonly LoadEffect[] {
  return model.loadEffects(file).filter((effect) => !effect.inert || !options.allowInert);
}

/** What stays open in those who import a file; a file that it reads for itself does not. */
function effectOf(model: ProjectModel, file: string, options: Options): LoadEffect | undefined {
  return effectsOf(model, file, options).find((effect) => !effect.passing);
}

/** The nearest file that importing a module loads and that starts something. */
function reachOf(model: ProjectModel, file: string, options: Options): { readonly chain: readonly Edge[]; readonly end: string; readonly effect: LoadEffect } | undefined {
  const chain = model.shortestPath(file, (other) => effectOf(model, other, options) !== undefined);
  const target = chain?.at(-1)?.target;
  const effect = target?.kind === "file" ? effectOf(model, target.file, options) : undefined;
  return chain && effect && target?.kind === "file" ? { chain, end: target.file, effect } : undefined;
}

/** The modules for which what `end` starts is the nearest, with the shortest chain first. */
function startersOf(model: ProjectModel, end: string, options: Options): readonly string[] {
  const seen = new Set([end]);
  const starters: { readonly file: string; readonly length: number }[] = [];
  const queue = [end];
  for (let at = 0; at < queue.length; at++) {
    for (const edge of model.edgesTo(queue[at] ?? "")) {
      if (seen.has(edge.from) || (edge.kind !== "runtime" && edge.kind !== "metadata") || edge.fact.deferred) continue;
      seen.add(edge.from);
      queue.push(edge.from);
      if (!isConfined(model, edge.from) || effectOf(model, edge.from, options)) continue;
      const reached = reachOf(model, edge.from, options);
      if (reached?.end === end) starters.push({ file: edge.from, length: reached.chain.length });
    }
  }
  return starters.sort((left, right) => left.length - right.length || compareText(left.file, right.file)).map(({ file }) => file);
}
