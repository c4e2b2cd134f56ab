import { inAllFiles } from "../../base/gathered.js";
import type { CallExpression, Expression, FunctionNode } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import { entersContext, goesOn, ranInContext } from "./context-entries.js";
import type { StoreOperation } from "./data-access.js";
import type { ProjectModel } from "../project-model.js";
import type { TransactionBody, Transactions } from "./transactions.js";

/** A parameter of a function of the project that is run while a transaction is open, and what opened that. */
interface Runner {
  readonly node: FunctionNode;
  readonly parameter: number;
  readonly opener: StoreOperation;
}

/** What is handed to code of the project that runs it in a transaction. */
export interface HandedFunctions {
  /** The functions, by file. */
  readonly bodies: ReadonlyMap<string, readonly TransactionBody[]>;
  /** What opens transactions in which something runs that is not known, or that goes on with whatever comes. */
  readonly unknown: ReadonlySet<Expression>;
}

/**
 * The functions that are handed to code of the project which runs them in a transaction: the callback of
 * `database.transaction(async (db) => …)` where that method is `(work) => this.db.transaction().execute((tx) => work(new Database(tx)))`,
 * or begins one, runs `work(client)` and commits.
 */
export function handedToRunners(model: ProjectModel, transactions: Transactions): HandedFunctions {
  const handed = new Map<string, TransactionBody[]>();
  const unknown = new Set<Expression>();
  // One interface may open transactions of two libraries.
  const seen = new Map<FunctionNode, Set<string>>();
  const runners: Runner[] = [];
  const add = (runner: Runner | undefined): void => {
    if (!runner) return;
    const known = seen.get(runner.node) ?? new Set<string>();
    const key = `${runner.parameter} ${runner.opener.package}`;
    if (known.has(key)) return;
    seen.set(runner.node, known.add(key));
    runners.push(runner);
  };
  for (const runner of runnersOf(model)) add(runner);
  for (let runner = runners.pop(); runner; runner = runners.pop()) {
    const { opener } = runner;
    const callers = transactions.callersOf(runner.node);
    if (callers.length === 0) unknown.add(opener.node);
    for (const { file, call } of callers) {
      const argument = call.arguments[runner.parameter];
      if (!argument) continue;
      const handedOn = parameterOf(model, file, argument, opener);
      add(handedOn);
      const functions = model.values.of(file, argument).flatMap((value) => (value.kind === "function" ? [value] : []));
      if ((functions.length === 0 && !handedOn) || functions.some(({ node }) => goesOn(node))) unknown.add(opener.node);
      for (const value of functions) {
        const body = { file: value.file, node: value.node, opener };
        const list = handed.get(value.file);
        if (list) list.push(body);
        else handed.set(value.file, [body]);
        for (const inner of ranIn(model, value.file, value.node, opener)) add(inner);
      }
    }
  }
  return { bodies: handed, unknown };
}

/** The parameters that transactions run. */
const runnersOf = inAllFiles((model: ProjectModel, file): readonly Runner[] => {
  if (model.layerOf(file).layer === "tests") return [];
  const { transactions } = model;
  const openers = model.dataAccess.of(file).filter(({ role }) => role === "transaction" || role === "ambient");
  return [
    ...openers.flatMap((opener) => opener.body.flatMap((part) => parameterOf(model, file, part, opener) ?? [])),
    ...transactions.bodies(file).flatMap(({ file: at, node, opener }) => ranIn(model, at, node, opener)),
    ...model.values.index(file).calls.flatMap(({ node }) => (node.kind === "call" ? (ranBehindBegin(model, transactions, file, node) ?? []) : [])),
  ];
});

/** The parameter that a call runs, where its function has begun a transaction before: `await this.begin(); await work(); await this.commit()`. */
function ranBehindBegin(model: ProjectModel, transactions: Transactions, file: string, call: CallExpression): Runner | undefined {
  const node = parameterIn(model, file, call.callee)?.function;
  const begun = node && transactions.summaryOf(file, node).transactions.find(({ operation, calls }) => transactions.isBegin(operation) && (calls[0]?.call ?? operation).span[1] <= call.span[0]);
  return begun && parameterOf(model, file, call.callee, begun.operation);
}

/** The parameters of functions around `node` that are called in it, or in the context that it enters. */
function ranIn(model: ProjectModel, file: string, node: FunctionNode, opener: StoreOperation): readonly Runner[] {
  const found: Runner[] = [];
  walkAll(node.body ?? [], (part) => {
    if (!("kind" in part) || part.kind !== "call") return true;
    const ran = entersContext(model, file, part) ? ranInContext(part) : part.callee;
    const runner = ran && parameterOf(model, file, ran, opener);
    if (runner && runner.node !== node) found.push(runner);
    return true;
  });
  return found;
}

function parameterOf(model: ProjectModel, file: string, node: Expression, opener: StoreOperation): Runner | undefined {
  const parameter = parameterIn(model, file, node);
  return parameter && { node: parameter.function, parameter: parameter.index, opener };
}

/** The parameter that an expression is the name of. */
function parameterIn(model: ProjectModel, file: string, node: Expression): { readonly function: FunctionNode; readonly index: number } | undefined {
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  return source?.kind === "parameter" && source.path.length === 0 ? source : undefined;
}
