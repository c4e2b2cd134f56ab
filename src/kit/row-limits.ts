import type { Expression } from "../facts/syntax.js";
import type { StoreOperation } from "../model/data-access.js";
import type { ProjectModel } from "../model/project-model.js";

/** The expressions that say how many rows an operation reads: of its options, of a stage of a pipeline, of `LIMIT` in its text. */
export function limitsOf(model: ProjectModel, operation: StoreOperation): readonly Expression[] {
  return [...operation.limit, ...stages(operation), ...inText(model, operation)];
}

/** `aggregate([{ $limit: size }])` */
function stages({ family, methods, filter }: StoreOperation): readonly Expression[] {
  if (family !== "mongo" || !methods.includes("aggregate")) return [];
  return filter.flatMap((pipeline) => (pipeline.kind === "array" ? pipeline.elements : [])).flatMap((stage) => (stage.kind === "object" ? stage.members.flatMap((member) => (member.kind === "property" && member.key === "$limit" ? [member.value] : [])) : []));
}

const lastWords = /\blimit\s+$/i;

/** What stands behind `LIMIT`: a value of the template, or the parameter of its placeholder. */
function inText(model: ProjectModel, { file, node, text, parameters }: StoreOperation): readonly Expression[] {
  const templates = [node, ...text].filter((part) => part.kind === "template");
  const written = templates.flatMap(({ texts, values }) => values.filter((_, index) => lastWords.test(texts[index] ?? "")));
  const [statement] = text;
  const [given] = parameters;
  // `execute(text, [limit])`, `prepare(text).all(limit)`
  const values = given?.kind === "array" ? given.elements : parameters;
  const words = statement && given ? model.values.text(file, statement) : undefined;
  const place = words === undefined ? undefined : /\blimit\s+(?:\$(\d+)|\?)/i.exec(words);
  if (!place || words === undefined) return written;
  const at = place[1] === undefined ? words.slice(0, place.index).split("?").length - 1 : Number(place[1]) - 1;
  const parameter = values.slice(0, at + 1).some((value) => value?.kind === "spread") ? undefined : values[at];
  return parameter ? [...written, parameter] : written;
}
