import { answers, apart } from "../../base/answers.js";
import { oncePer } from "../../base/once-per.js";
import type { CallExpression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import { callGraphOf } from "../calls/call-graph.js";
import { cutFlowsOf } from "../origins/cut-flows.js";
import { dataAccessOf, type StoreOperation } from "./data-access.js";
import type { FunctionReference } from "../calls/implementations.js";
import { ownerOf } from "./inline-functions.js";
import type { ProjectModel } from "../project-model.js";
import { summarise } from "./summarise.js";
import { emptySummary, type FunctionSummary } from "./summary.js";

/** Rounds after which functions that call each other in a circle are left as they are. */
const mostRounds = 6;
/** Functions deeper than this below the one that was asked for are not looked at. */
const deepest = 400;

/** What belongs to a function's own run: its calls and its uses of stores. */
export interface FunctionContent {
  readonly calls: readonly (CallExpression | NewExpression)[];
  readonly operations: readonly StoreOperation[];
}

/** Stands for a function that lies too deep. */
const unseen: FunctionSummary = { ...emptySummary, unknown: 1 };
const nothing: FunctionContent = { calls: [], operations: [] };

/** A function while the circle it is part of is looked for. */
interface Visit {
  readonly reference: FunctionReference;
  readonly order: number;
  lowest: number;
}

/**
 * What the functions of a project do, with what they call. A function is summed up when it is asked for, after what it
 * calls; functions that call each other in a circle are summed up together until nothing changes, in a few rounds at
 * most. The work is in proportion to the calls that are reached.
 */
export class Summaries {
  readonly #model: ProjectModel;
  readonly #contents = answers<string, ReadonlyMap<FunctionNode, FunctionContent>>();
  readonly #known = answers<FunctionNode, FunctionSummary>();
  /** The functions whose circle is not complete yet. */
  readonly #visits = new Map<FunctionNode, Visit>();
  readonly #open: Visit[] = [];
  #order = 0;

  constructor(model: ProjectModel) {
    this.#model = model;
  }

  /** What calling a function does. */
  of(file: string, node: FunctionNode): FunctionSummary {
    const known = this.#known.get(node);
    if (known) return known;
    apart(() => this.#visit({ file, node }, 0));
    return this.#known.get(node) ?? emptySummary;
  }

  /** The calls and operations that belong to a function's own run, callbacks that run at once included. */
  contentOf(file: string, node: FunctionNode): FunctionContent {
    return (this.#contents.get(file) ?? this.#contents.of(file, () => this.#divide(file))).get(node) ?? nothing;
  }

  /** Looks for circles of functions (strongly connected components) and sums each up when it is complete. */
  #visit(reference: FunctionReference, depth: number): Visit {
    const order = this.#order++;
    const visit: Visit = { reference, order, lowest: order };
    this.#visits.set(reference.node, visit);
    this.#open.push(visit);
    for (const call of this.contentOf(reference.file, reference.node).calls) {
      for (const callee of callGraphOf(this.#model).callees(reference.file, call).functions) {
        const open = this.#visits.get(callee.node);
        if (open) visit.lowest = Math.min(visit.lowest, open.order);
        else if (this.#known.get(callee.node)) continue;
        else if (depth < deepest) visit.lowest = Math.min(visit.lowest, apart(() => this.#visit(callee, depth + 1)).lowest);
        else cutFlowsOf(this.#model).add(callee.node);
      }
    }
    if (visit.lowest === visit.order) this.#close(this.#open.splice(this.#open.indexOf(visit)));
    return visit;
  }

  #close(circle: readonly Visit[]): void {
    const alone = circle.length === 1;
    const sums = new Map<FunctionNode, FunctionSummary>();
    const sumUp = ({ file, node }: FunctionReference): FunctionSummary =>
      summarise(this.#model, file, node, this.contentOf(file, node), (callee) => sums.get(callee.node) ?? this.#known.get(callee.node) ?? (this.#visits.has(callee.node) ? emptySummary : unseen));
    let changed = true;
    for (let round = 0; changed && round < (alone ? 1 : mostRounds); round++) {
      changed = false;
      for (const { reference } of circle) {
        const before = sums.get(reference.node);
        const after = sumUp(reference);
        changed ||= !before || sizeOf(before) !== sizeOf(after);
        sums.set(reference.node, after);
      }
    }
    for (const [node, sum] of sums) {
      this.#known.set(node, sum);
      this.#visits.delete(node);
      if (changed && !alone) cutFlowsOf(this.#model).add(node);
    }
  }

  /** The calls and operations of a file by the function whose run they belong to. */
  #divide(file: string): ReadonlyMap<FunctionNode, FunctionContent> {
    const contents = new Map<FunctionNode, { calls: (CallExpression | NewExpression)[]; operations: StoreOperation[] }>();
    const at = (node: FunctionNode): { calls: (CallExpression | NewExpression)[]; operations: StoreOperation[] } => {
      let content = contents.get(node);
      if (!content) contents.set(node, (content = { calls: [], operations: [] }));
      return content;
    };
    for (const { node, in: context } of this.#model.values.index(file).calls) {
      const owner = ownerOf(this.#model, file, context);
      if (owner) at(owner.node).calls.push(node);
      // Whoever asks for the inner function itself gets its own.
      for (let inner = context; inner && inner !== owner; inner = inner.parent) at(inner.node).calls.push(node);
    }
    for (const operation of dataAccessOf(this.#model).of(file)) {
      const owner = ownerOf(this.#model, file, operation.in);
      if (owner) at(owner.node).operations.push(operation);
      for (let inner = operation.in; inner && inner !== owner; inner = inner.parent) at(inner.node).operations.push(operation);
    }
    return contents;
  }
}

/** Summaries only grow from round to round. */
function sizeOf(summary: FunctionSummary): number {
  return summary.outer.length + summary.passed.length + summary.made.length + summary.transactions.length + summary.outside.length + summary.effects.length + summary.flows.length + summary.writes.reduce((sum, { most }) => sum + most, 0);
}

/** The summaries of a model, made at the first question. */
export const summariesOf = oncePer((model: ProjectModel) => new Summaries(model));
