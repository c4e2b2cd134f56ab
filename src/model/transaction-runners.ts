import { oncePerPart } from "../base/once-per.js";
import type { CallExpression, Expression, FunctionNode } from "../facts/syntax.js";
import { walkAll } from "../facts/walk.js";
import type { StoreOperation } from "./data-access.js";
import type { ProjectModel } from "./project-model.js";
import type { TransactionBody, Transactions } from "./transactions.js";

/** A parameter of a function of the project that is run while a transaction is open, and what opened that. */
interface Runner {
  readonly node: FunctionNode;
  readonly parameter: number;
  readonly opener: StoreOperation;
}

/**
 * The functions that are handed to code of the project which runs them in a transaction, by file: the callback of
 * `database.transaction(async (db) => …)` where that method is `(work) => this.db.transaction().execute((tx) => work(new Database(tx)))`,
 * or begins one, runs `work(client)` and commits.
 */
export function handedToRunners(model: ProjectModel, transactions: Transactions): ReadonlyMap<string, readonly TransactionBody[]> {
  const handed = new Map<string, TransactionBody[]>();
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
  for (const file of model.files) for (const runner of runnersIn(model, file)) add(runner);
  for (let runner = runners.pop(); runner; runner = runners.pop()) {
    const { opener } = runner;
    for (const { file, call } of transactions.callersOf(runner.node)) {
      const argument = call.arguments[runner.parameter];
      if (!argument) continue;
      add(parameterOf(model, file, argument, opener));
      for (const value of model.values.of(file, argument)) {
        if (value.kind !== "function") continue;
        const body = { file: value.file, node: value.node, opener };
        const list = handed.get(value.file);
        if (list) list.push(body);
        else handed.set(value.file, [body]);
        for (const inner of ranIn(model, value.file, value.node, opener)) add(inner);
      }
    }
  }
  return handed;
}

/** The parameters that the transactions of a file run. */
const runnersIn = oncePerPart((model: ProjectModel, file: string): readonly Runner[] => {
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

/** The parameters of functions around `node` that are called in it. */
function ranIn(model: ProjectModel, file: string, node: FunctionNode, opener: StoreOperation): readonly Runner[] {
  const found: Runner[] = [];
  walkAll(node.body ?? [], (part) => {
    const runner = "kind" in part && part.kind === "call" ? parameterOf(model, file, part.callee, opener) : undefined;
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
