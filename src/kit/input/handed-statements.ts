import type { Expression } from "../../facts/syntax.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";

/** A statement that is handed to a function of the project which runs it. */
interface HandedStatement {
  /** What runs it, as if it stood at the call. */
  readonly operation: StoreOperation;
  readonly text: Expression;
}

/**
 * The statements that a file puts together and hands to a function of the project, `query(`SELECT … ${id}`)` of
 * `const query = (text, values) => pool.query(text, values)`: the function is the way to the database, and each
 * call of it a statement of its own.
 */
export function* handedStatements(model: ProjectModel, file: string): Iterable<HandedStatement> {
  const { transactions } = model;
  for (const { node } of model.values.index(file).calls) {
    if (node.kind !== "call" || node.arguments.length === 0 || model.dataAccess.at(file, node)) continue;
    const operations = new Map<Expression, StoreOperation>();
    for (const callee of transactions.callees(file, node))
      for (const { parameter, path, steps, to } of transactions.summaryOf(callee.file, callee.node).flows) {
        const text = node.arguments[parameter];
        if (text && to.kind === "text" && path.length === 0 && steps.length === 0 && !operations.has(text)) operations.set(text, to.operation);
      }
    for (const [text, operation] of operations) if (text.kind !== "spread" && !isWhole(model, file, text)) yield { operation: { ...operation, file, node, span: node.span }, text };
  }
}

/** Whether a text is nothing but what was handed in: `client.raw(step.parameters.statement)`. */
export function isWhole(model: ProjectModel, file: string, text: Expression): boolean {
  const [part, ...others] = model.dataAccess.partsOf(file, text);
  return part?.kind === "hole" && others.length === 0 && !isPutTogether(model, part);
}

/** `let text = "SELECT …"; if (name) text += …`, `format("SELECT … %s", name)`: what is unknown as a whole and begins with a text that is written there. */
function isPutTogether(model: ProjectModel, { file, expression }: { readonly file: string; readonly expression: Expression }): boolean {
  const isWritten = (node: Expression | undefined): boolean => node !== undefined && model.dataAccess.partsOf(file, node).some((part) => part.kind === "text" && part.text !== "");
  if (expression.kind === "call") return isWritten(expression.arguments[0]) && model.transactions.callees(file, expression).length === 0;
  const source = expression.kind === "name" && expression.binding !== undefined ? model.values.index(file).sources[expression.binding] : undefined;
  return source?.kind === "value" && source.path.length === 0 && isWritten(source.value);
}

/** Whether request data in a text that was handed in whole came into it on the way. */
export function isPutTogetherBefore(model: ProjectModel, { file, node }: { readonly file: string; readonly node: Expression }): boolean {
  const flows = model.requestData.flows(file, node);
  return flows.length > 0 && flows.every(({ through }) => through.some((hop) => !isWhole(model, hop.file, hop.argument)));
}
