import type { Edge, ProjectModel } from "../../model/project-model.js";
import { violation } from "./layering.js";

/** How an import reaches a layer through code that is for everybody. */
interface SharedReach {
  readonly chain: readonly Edge[];
  readonly end: string;
  readonly layers: NonNullable<ReturnType<typeof violation>>;
}

/** The shortest way from an import through shared code to a file that the importing layer must not know; `guesses` as in `violation`. */
export function reachThroughShared(model: ProjectModel, edge: Edge, guesses: boolean): SharedReach | undefined {
  const { target, from } = edge;
  if (target.kind !== "file" || edge.kind === "type-only" || edge.kind === "elided" || !isTransparent(model, target.file)) return undefined;
  const reach = model.shortestPath(target.file, (file) => !isTransparent(model, file) && violation(model, from, file, guesses) !== undefined);
  if (!reach?.every((step) => isTransparent(model, step.from))) return undefined;
  const end = reach.at(-1)?.target;
  const layers = end?.kind === "file" ? violation(model, from, end.file, guesses) : undefined;
  return layers && end?.kind === "file" ? { chain: [edge, ...reach], end: end.file, layers } : undefined;
}

/** Code that is of no layer, as far as anybody knows, hands on what it imports. */
function isTransparent(model: ProjectModel, file: string): boolean {
  const { layer } = model.layerOf(file);
  return layer === "shared" || layer === undefined;
}
