import type { CallExpression, Expression, FunctionNode } from "../facts/syntax.js";
import { walkAll } from "../facts/walk.js";
import type { ProjectModel } from "./project-model.js";
import type { Transactions } from "./transactions.js";

/** A parameter of a function of the project that is run while a transaction is open. */
interface Runner {
  readonly node: FunctionNode;
  readonly parameter: number;
}

/**
 * The functions that are handed to code of the project which runs them in a transaction, by file: the callback of
 * `database.transaction(async (db) => …)` where that method is `(work) => this.db.transaction().execute((tx) => work(new Database(tx)))`.
 */
export function handedToRunners(model: ProjectModel, transactions: Transactions): ReadonlyMap<string, readonly FunctionNode[]> {
  const handed = new Map<string, FunctionNode[]>();
  const seen = new Map<FunctionNode, Set<number>>();
  const runners: Runner[] = [];
  const add = (runner: Runner | undefined): void => {
    if (!runner) return;
    const known = seen.get(runner.node) ?? new Set<number>();
    if (known.has(runner.parameter)) return;
    seen.set(runner.node, known.add(runner.parameter));
    runners.push(runner);
  };
  for (const file of model.files) {
    for (const { body } of model.dataAccess.of(file).filter(({ role }) => role === "transaction" || role === "ambient")) for (const part of body) add(parameterOf(model, file, part));
    for (const body of transactions.bodies(file)) for (const runner of ranIn(model, body.file, body.node)) add(runner);
    for (const { node } of model.values.index(file).calls) add(node.kind === "call" ? ranBehindBegin(model, transactions, file, node) : undefined);
  }
  for (let runner = runners.pop(); runner; runner = runners.pop()) {
    for (const { file, call } of transactions.callersOf(runner.node)) {
      const argument = call.arguments[runner.parameter];
      if (!argument) continue;
      add(parameterOf(model, file, argument));
      for (const value of model.values.of(file, argument)) {
        if (value.kind !== "function") continue;
        const list = handed.get(value.file);
        if (list) list.push(value.node);
        else handed.set(value.file, [value.node]);
        for (const inner of ranIn(model, value.file, value.node)) add(inner);
      }
    }
  }
  return handed;
}

/** The parameter that a call runs, where its function has begun a transaction before: `await this.begin(); await work(); await this.commit()`. */
function ranBehindBegin(model: ProjectModel, transactions: Transactions, file: string, call: CallExpression): Runner | undefined {
  const runner = parameterOf(model, file, call.callee);
  const begun = runner && transactions.summaryOf(file, runner.node).transactions.some(({ operation, calls }) => transactions.isBegin(operation) && (calls[0]?.call ?? operation).span[1] <= call.span[0]);
  return begun ? runner : undefined;
}

/** The parameters of functions around `node` that are called in it. */
function ranIn(model: ProjectModel, file: string, node: FunctionNode): readonly Runner[] {
  const found: Runner[] = [];
  walkAll(node.body ?? [], (part) => {
    const runner = "kind" in part && part.kind === "call" ? parameterOf(model, file, part.callee) : undefined;
    if (runner && runner.node !== node) found.push(runner);
    return true;
  });
  return found;
}

/** The parameter that an expression is the name of. */
function parameterOf(model: ProjectModel, file: string, node: Expression): Runner | undefined {
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  return source?.kind === "parameter" && source.path.length === 0 ? { node: source.function, parameter: source.index } : undefined;
}
