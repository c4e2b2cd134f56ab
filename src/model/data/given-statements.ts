import type { CallExpression, NewExpression } from "../../facts/syntax.js";
import type { StoreOperation } from "./data-access.js";
import type { ProjectModel } from "../project-model.js";
import { summariesOf } from "./summaries.js";
import type { CallStep } from "./summary.js";

/** A statement whose text a caller gives, `const query = (text, values) => pool.query(text, values)`: it is that of the caller. */
export function withGivenText(model: ProjectModel, { operation, calls }: { readonly operation: StoreOperation; readonly calls: readonly CallStep[] }): StoreOperation {
  const step = calls.at(-1);
  return (operation.role === "statement" && step && givenBy(model, step, operation)) || operation;
}

/** The statement that a call runs through a function of the project which it gives the text. */
export function givenStatement(model: ProjectModel, file: string, call: CallExpression | NewExpression): StoreOperation | undefined {
  for (const callee of model.transactions.callees(file, call))
    for (const { to, calls } of summariesOf(model).of(callee.file, callee.node).flows) {
      const given = to.kind === "text" && calls.length === 0 ? givenBy(model, { file, call, callee }, to.operation) : undefined;
      if (given) return given;
    }
  return undefined;
}

function givenBy(model: ProjectModel, { file, call, callee }: CallStep, operation: StoreOperation): StoreOperation | undefined {
  const flow = summariesOf(model).of(callee.file, callee.node).flows.find(({ to, path, steps, calls }) => to.kind === "text" && to.operation === operation && path.length === 0 && steps.length === 0 && calls.length === 0);
  const text = flow && call.arguments[flow.parameter];
  const statement = text && model.dataAccess.statementIn(file, text);
  if (!statement || statement.role === "other") return undefined;
  const single = operation.single || statement.aggregate === true;
  const role = statement.role === "list" && single ? "read" : statement.role;
  return { ...operation, file, node: call, role, write: statement.write, single, bounded: operation.bounded || statement.limited === true, sql: statement, text: [text], parameters: call.arguments.filter((argument) => argument !== text) };
}
