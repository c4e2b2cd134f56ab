import { compareText } from "../../base/finding.js";
import type { Edge } from "../project-model.js";

type EdgesFrom = (file: string) => readonly Edge[];

/** Whether loading the importing module loads the target: not for types, elided imports and imports inside functions. */
export function loadsTarget(edge: Edge): boolean {
  return (edge.kind === "runtime" || edge.kind === "metadata") && !edge.fact.deferred && edge.target.kind === "file";
}

/** Strongly connected components of more than one file, by Tarjan's algorithm without recursion; sorted. */
export function components(files: readonly string[], targetsOf: (file: string) => readonly string[]): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const onStack = new Set<string>();
  const stack: string[] = [];
  const found: string[][] = [];
  for (const start of files) {
    if (order.has(start)) continue;
    const work: { file: string; targets: readonly string[]; at: number }[] = [];
    const enter = (file: string): void => {
      order.set(file, order.size);
      low.set(file, order.size - 1);
      stack.push(file);
      onStack.add(file);
      work.push({ file, targets: targetsOf(file), at: 0 });
    };
    enter(start);
    for (let frame = work.at(-1); frame; frame = work.at(-1)) {
      const target = frame.targets[frame.at++];
      if (target === undefined) {
        work.pop();
        const parent = work.at(-1);
        if (parent) low.set(parent.file, Math.min(low.get(parent.file) ?? 0, low.get(frame.file) ?? 0));
        if (low.get(frame.file) === order.get(frame.file)) {
          const component = stack.splice(stack.indexOf(frame.file));
          for (const file of component) onStack.delete(file);
          if (component.length > 1) found.push(component.sort(compareText));
        }
      } else if (!order.has(target)) enter(target);
      else if (onStack.has(target)) low.set(frame.file, Math.min(low.get(frame.file) ?? 0, order.get(target) ?? 0));
    }
  }
  return found.sort((left, right) => compareText(left[0] ?? "", right[0] ?? ""));
}

/** The shortest chain of loading edges from `from` to a file that `found` accepts, `from` itself not counted. */
export function shortestChain(from: string, found: (file: string) => boolean, edgesFrom: EdgesFrom): readonly Edge[] | undefined {
  const cameBy = new Map<string, Edge | undefined>([[from, undefined]]);
  const queue = [from];
  for (let at = 0; at < queue.length; at++) {
    for (const edge of edgesFrom(queue[at] ?? "")) {
      if (!loadsTarget(edge) || edge.target.kind !== "file" || cameBy.has(edge.target.file)) continue;
      cameBy.set(edge.target.file, edge);
      if (found(edge.target.file)) return chainTo(edge, cameBy);
      queue.push(edge.target.file);
    }
  }
  return undefined;
}

function chainTo(last: Edge, cameBy: ReadonlyMap<string, Edge | undefined>): Edge[] {
  const chain = [last];
  for (let edge = cameBy.get(last.from); edge; edge = cameBy.get(edge.from)) chain.unshift(edge);
  return chain;
}
