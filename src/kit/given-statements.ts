import type { CallExpression, Expression, NewExpression } from "../facts/syntax.js";
import { someNode } from "../facts/walk.js";
import type { StoreOperation } from "../model/data-access.js";
import type { ProjectModel } from "../model/project-model.js";
import type { CallStep, SummaryUse } from "../model/summary.js";

/** A statement whose text a caller gives, `const query = (text, values) => pool.query(text, values)`: it is that of the caller. */
export function withGivenText(model: ProjectModel, { operation, calls }: SummaryUse): StoreOperation {
  const step = calls.at(-1);
  return (operation.role === "statement" && step && givenBy(model, step, operation)) || operation;
}

/** The statements with a limit that a file runs through functions of the project: `query("SELECT … LIMIT $1", [limit])`. */
export function limitedStatements(model: ProjectModel, file: string): readonly StoreOperation[] {
  const index = model.values.index(file);
  const limits = (node: Expression): boolean => someNode([node], (part) => (part.kind === "template" ? part.texts : part.kind === "literal" ? [String(part.value)] : []).some((text) => /\b(limit|top|fetch)\b/i.test(text)));
  const written = ({ binding }: Extract<Expression, { kind: "name" }>): readonly Expression[] => {
    const source = binding === undefined ? undefined : index.sources[binding];
    return binding === undefined || source?.kind !== "value" ? [] : [...(source.value ? [source.value] : []), ...model.requestData.assignedTo(file, binding)];
  };
  return index.calls.flatMap(({ node }) => {
    const isLimited = node.kind === "call" && node.arguments.some((argument) => /^(template|literal|binary)$/.test(argument.kind) ? limits(argument) : argument.kind === "name" && written(argument).some(limits));
    return (isLimited ? givenStatement(model, file, node) : undefined) ?? [];
  });
}

/** The statement that a call runs through a function of the project which it gives the text. */
function givenStatement(model: ProjectModel, file: string, call: CallExpression | NewExpression): StoreOperation | undefined {
  for (const callee of model.transactions.callees(file, call))
    for (const { to, calls } of model.transactions.summaryOf(callee.file, callee.node).flows) {
      const given = to.kind === "text" && calls.length === 0 ? givenBy(model, { file, call, callee }, to.operation) : undefined;
      if (given) return given;
    }
  return undefined;
}

function givenBy(model: ProjectModel, { file, call, callee }: CallStep, operation: StoreOperation): StoreOperation | undefined {
  const flow = model.transactions.summaryOf(callee.file, callee.node).flows.find(({ to, path, steps, calls }) => to.kind === "text" && to.operation === operation && path.length === 0 && steps.length === 0 && calls.length === 0);
  const text = flow && call.arguments[flow.parameter];
  const statement = text && model.dataAccess.statementIn(file, text);
  if (!statement || statement.role === "other") return undefined;
  return { ...operation, file, node: call, role: statement.role, write: statement.write, sql: statement, text: [text], parameters: call.arguments.filter((argument) => argument !== text) };
}
