import { within } from "../../base/position.js";
import { lastName } from "../../facts/names.js";
import type { Expression, FunctionNode, LoopStatement } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, someNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import { listOf } from "./given-values.js";
import type { Write } from "./write-subjects.js";

/** What a write is repeated by: a loop, or a function that a list runs for each of its elements. */
export interface Repetition {
  readonly node: LoopStatement | FunctionNode;
  readonly subject: Expression | undefined;
  /** The variable that counts through the list: `index` of `for (let index = 0; index < rows.length; index++)`. */
  readonly counter?: number;
}

/** What a place of a function is repeated by, the innermost. */
export function repetitionOf(model: ProjectModel, file: string, node: Expression, around: FunctionNode): Repetition | undefined {
  const index = model.values.index(file);
  for (let at = index.parentOf(node); at && at !== around; at = index.parentOf(at)) {
    if (isClassNode(at)) return undefined;
    if (isFunctionNode(at)) {
      const subject = listOf(index, at);
      if (subject) return { node: at, subject };
    } else if (at.kind === "loop") return { node: at, subject: at.subject, ...(at.subject === undefined && countedBy(at)) };
  }
  return undefined;
}

/** The list that a loop counts through, `index < rows.length` or `left > 0`, where it takes what stands at that place: `rows[index]`. */
function countedBy({ test, body }: LoopStatement): Pick<Repetition, "subject" | "counter"> | undefined {
  if (test?.kind !== "binary" || !/^([<>]=?|!==?)$/.test(test.operator)) return undefined;
  const counters = [test.left, test.right].flatMap((side) => (side.kind === "name" && side.binding !== undefined ? [side.binding] : []));
  let found: Pick<Repetition, "subject" | "counter"> | undefined;
  walkAll(body, (part) => {
    if (!("kind" in part) || part.kind !== "index" || part.object.kind !== "name") return !found;
    const counter = counters.find((binding) => someNode([part.index], (inner) => inner.kind === "name" && inner.binding === binding));
    if (counter !== undefined) found ??= { subject: part.object, counter };
    return !found;
  });
  return found;
}

/** `for (const some of chunk(ids, 100))`, `idBatches`: each round is one statement for many rows. */
export function isChunked({ subject }: Repetition): boolean {
  return subject !== undefined && /chunk|batch(es)?$/i.test(subject.kind === "call" ? lastName(subject.callee) : subject.kind === "name" ? subject.name : "");
}

/** A loop that goes through nothing in particular: it is left when its work is done. */
export function isEndless({ node, subject }: Repetition): boolean {
  return subject === undefined && !isFunctionNode(node) && node.initial === undefined;
}

/** A loop over nothing that reads a limited list, and works on that. */
export function drains(model: ProjectModel, file: string, { node, subject }: Repetition): boolean {
  return subject === undefined && model.dataAccess.of(file).some((read) => read.role === "list" && read.limit.length > 0 && within(read.span, node.span));
}

/** Whether a call, or a statement that a helper repeats, goes through rows some at a time until none is left: no transaction is to hold all of them. */
export function isPiecemeal(model: ProjectModel, { node, operation }: Write): boolean {
  // `whereIn("id", rows.limit(100)).delete()`
  if (operation.write === "delete" && someNode([operation.node], (part) => part.kind === "call" && lastName(part.callee) === "limit")) return true;
  const loop = node !== operation.node && operation.in ? repetitionOf(model, operation.file, operation.node, operation.in.node) : undefined;
  return loop !== undefined && ((loop.subject === undefined && operation.limit.length > 0) || drains(model, operation.file, loop));
}
