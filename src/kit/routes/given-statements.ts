import { oncePerPart } from "../../base/once-per.js";
import type { Expression } from "../../facts/syntax.js";
import { someNode } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";

/** The statements that a file runs through functions of the project, `db.query("UPDATE orders SET …", [id])`: each at its call, as if that were the driver's. */
export const givenStatements = oncePerPart((model: ProjectModel, file: string): readonly StoreOperation[] => {
  const index = model.values.index(file);
  return index.calls.flatMap(({ node, in: around }) => {
    const given = node.kind === "call" && node.arguments.some((argument) => beginsStatement(model, file, argument)) ? model.transactions.givenStatement(file, node) : undefined;
    return given ? [{ ...given, span: node.span, in: around }] : [];
  });
});

/** Whether a text that is written out, here or as a constant of the file, begins as a statement does. */
function beginsStatement(model: ProjectModel, file: string, node: Expression): boolean {
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  const written = source?.kind === "value" && source.path.length === 0 && source.value ? source.value : node;
  const text = written.kind === "literal" ? written.value : written.kind === "template" && !written.tag ? written.texts[0] : undefined;
  return typeof text === "string" && /^\s*(?:select|insert|update|delete|with|merge|replace)\s/i.test(text);
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
    return (isLimited ? model.transactions.givenStatement(file, node) : undefined) ?? [];
  });
}
