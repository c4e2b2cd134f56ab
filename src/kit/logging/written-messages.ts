import type { EditDraft } from "../../base/finding.js";
import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { isInterpolated, isReassigned } from "./log-messages.js";

/** A message, or what the constant of this function that stands for it was given: `const text = \`paid ${total}\``. */
export function written(model: ProjectModel, file: string, message: Expression | undefined): Expression | undefined {
  const source = message?.kind === "name" && message.binding !== undefined ? model.values.index(file).sources[message.binding] : undefined;
  const value = source?.kind === "value" && source.path.length === 0 && !isReassigned(model, file, message) ? source.value : undefined;
  return value && isInterpolated(value) ? value : message;
}

/** The variable of a `catch`, or a parameter that its name or type says to be an error. */
export function isLoggedError(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind !== "name" || node.binding === undefined) return false;
  if (model.facts(file).bindings[node.binding]?.kind === "catch") return true;
  const source = model.values.index(file).sources[node.binding];
  if (source?.kind !== "parameter" || source.path.length > 0) return false;
  const type = source.function.parameters[source.index]?.type;
  return /^(err|error|exception)$/.test(node.name) ? type?.kind !== "keyword" || type.name !== "string" : type?.kind === "reference" && /^(\w+)?Error$/.test(type.name);
}

/** Exchanges the two arguments; an error becomes the field `err`, which the loggers know how to write. */
export function fieldsFirst(message: Expression, fields: Expression): EditDraft[] {
  const [start, end] = message.span;
  const text: EditDraft["text"] = fields.kind === "name" ? `{ ${fields.name === "err" ? "err" : `err: ${fields.name}`} }` : fields.span;
  return [{ start, end, text }, { start: fields.span[0], end: fields.span[1], text: message.span }];
}
