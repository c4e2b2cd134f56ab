import { oncePerPart } from "../../base/once-per.js";
import type { Decorator } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";

/** The bindings that a file uses in decorators of its classes and nowhere else: they say what a class is and goes with, and nothing works with them. */
export const decoratingNames = oncePerPart((model: ProjectModel, file: string): ReadonlySet<number> => {
  const inside = new Map<number, number>();
  for (const { decorators, members } of model.values.index(file).classes) {
    for (const { value } of [...(decorators ?? []), ...members.flatMap((member): readonly Decorator[] => (member.kind === "static-block" ? [] : (member.decorators ?? [])))]) count([value], inside);
  }
  if (inside.size === 0) return new Set();
  const all = new Map<number, number>();
  count(model.facts(file).body, all);
  return new Set([...inside].filter(([binding, uses]) => all.get(binding) === uses).map(([binding]) => binding));
});

function count(nodes: Parameters<typeof walkAll>[0], uses: Map<number, number>): void {
  walkAll(nodes, (node) => {
    if ("kind" in node && node.kind === "name" && node.binding !== undefined) uses.set(node.binding, (uses.get(node.binding) ?? 0) + 1);
    return undefined;
  });
}
