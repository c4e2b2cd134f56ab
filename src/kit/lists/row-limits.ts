import { within } from "../../base/position.js";
import { chainRoot, lastName, propertyOf } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";

/** The expressions that say how many rows an operation reads: of its options, of a stage of a pipeline, of `LIMIT` in its text. */
export function limitsOf(model: ProjectModel, operation: StoreOperation): readonly Expression[] {
  return [...operation.limit.flatMap((limit) => (operation.methods.includes("range") ? widthOf(model, operation.file, limit) : [inSpread(model, operation, limit)])), ...stages(operation), ...ofRelations(operation), ...inText(model, operation)];
}

/** The limit of options that are spread into those of a query: `args.take` of `findMany({ ...args })`. */
function inSpread(model: ProjectModel, { file, package: name }: StoreOperation, limit: Expression): Expression {
  const parent = model.values.index(file).parentOf(limit);
  if (parent === undefined || !("kind" in parent) || parent.kind !== "object" || !parent.members.some((member) => member.kind === "spread" && member.value === limit)) return limit;
  return { kind: "member", span: limit.span, object: limit, property: takes.has(name) ? "take" : "limit", propertySpan: limit.span };
}

/** Libraries whose queries take so many rows; those of the others have a limit. */
const takes = new Set(["@prisma/client", "typeorm"]);

/** `aggregate([{ $limit: size }])` */
function stages({ family, methods, filter }: StoreOperation): readonly Expression[] {
  if (family !== "mongo" || !methods.includes("aggregate")) return [];
  const stagesOf = filter.flatMap((pipeline) => (pipeline.kind === "array" ? pipeline.elements : []));
  return stagesOf.flatMap((stage) => {
    const sample = stage.kind === "object" ? propertyOf(stage, "$sample") : undefined;
    const limit = stage.kind === "object" ? (propertyOf(stage, "$limit") ?? (sample?.kind === "object" ? propertyOf(sample, "size") : undefined)) : undefined;
    return limit ? [limit] : [];
  });
}

/** How many rows of a relation come with each row: `include: { posts: { take } }` of Prisma. */
function ofRelations({ package: name, node }: StoreOperation): readonly Expression[] {
  const [options] = name === "@prisma/client" && node.kind === "call" ? node.arguments : [];
  const found: Expression[] = [];
  const gather = (holder: Expression | undefined): void => {
    if (holder?.kind !== "object") return;
    for (const selected of [propertyOf(holder, "include"), propertyOf(holder, "select")]) {
      if (selected?.kind !== "object") continue;
      for (const member of selected.members) {
        const relation = member.kind === "property" && member.value.kind === "object" ? member.value : undefined;
        const take = relation && propertyOf(relation, "take");
        if (take) found.push(take);
        gather(relation);
      }
    }
  };
  gather(options);
  return found;
}

/** What a range has more than its beginning: `size` of `range(from, from + size - 1)`, also where `to` holds that. */
function widthOf(model: ProjectModel, file: string, end: Expression): readonly Expression[] {
  const source = end.kind === "name" && end.binding !== undefined ? model.values.index(file).sources[end.binding] : undefined;
  const sum = source?.kind === "value" && source.path.length === 0 && source.value ? source.value : end;
  const [, ...rest] = sum.kind === "binary" ? termsOf(sum) : [sum];
  return rest.length === 0 ? [end] : rest;
}

/** The terms of a sum, from the left; what is taken away is left out. */
function termsOf(node: Expression): readonly Expression[] {
  if (node.kind !== "binary") return [node];
  if (node.operator === "-") return termsOf(node.left);
  return node.operator === "+" ? [...termsOf(node.left), ...termsOf(node.right)] : [node];
}

/** The words before the number of rows, up to it: `LIMIT`, `TOP (`, `FETCH NEXT`. */
const counting = /\b(?:limit\s+|top\s?\(?\s?|fetch\s+(?:next|first)\s+)/;
const lastWords = new RegExp(`${counting.source}$`, "i");
const beforePlace = new RegExp(`${counting.source}\\$$`, "i");
/** What a limit is called. */
export const limitName = /^(limit|take|size|top|count|rows|(page|batch|chunk)_?size|per_?page|max\w*)$/i;
const byName = new RegExp(`${counting.source}[:@$]([a-z_]\\w*)`, "i");
const byPlace = new RegExp(`${counting.source}(?:\\$(\\d+)|\\?)`, "i");

/** What stands behind `LIMIT`: a value of the template, or the parameter of its placeholder. */
function inText(model: ProjectModel, { file, node, text, parameters }: StoreOperation): readonly Expression[] {
  const templates = [node, ...text].filter((part) => part.kind === "template");
  const written = templates.flatMap(({ texts, values }) => values.filter((_, index) => lastWords.test(texts[index] ?? "")));
  const numbered = text.flatMap((part) => atPlaces(model, file, part, parameters));
  if (numbered.length > 0) return [...written, ...numbered];
  const [statement] = text;
  const [given] = parameters;
  // `execute(text, [limit])`, `execute(text, values)` with a list that is written out, `prepare(text).all(limit)`
  const list = given?.kind === "array" ? given.elements : bound(model, file, given);
  const values = list.length > 0 ? list : parameters;
  const words = statement ? model.values.text(file, statement) : undefined;
  // `if (limit) { text += " LIMIT ?"; values.push(limit); }`
  const added = statement?.kind === "name" && statement.binding !== undefined ? model.requestData.assignedTo(file, statement.binding) : [];
  if (added.some((part) => byPlace.test(model.dataAccess.outlineOf(file, part)))) return [...written, ...list.filter((value) => limitName.test(nameOf(value)))];
  // `execute("… LIMIT :limit", { limit })`
  const name = words === undefined ? undefined : byName.exec(words)?.[1];
  const named = name === undefined ? [] : [...parameters.flatMap((one) => (one.kind === "object" ? (propertyOf(one, name) ?? []) : [])), ...inputs(model, file, node, name)];
  if (named.length > 0) return [...written, ...named];
  const place = words === undefined ? undefined : byPlace.exec(words);
  if (!place || !given || words === undefined) return written;
  const at = place[1] === undefined ? words.slice(0, place.index).split("?").length - 1 : Number(place[1]) - 1;
  const parameter = values.slice(0, at + 1).some((value) => value?.kind === "spread") ? undefined : values[at];
  return parameter ? [...written, parameter] : written;
}

/** What is bound where a text counts its placeholders: `LIMIT $${values.push(limit)}`, and `LIMIT $${index}` with `values.push(limit)`. */
function atPlaces(model: ProjectModel, file: string, statement: Expression, [given]: readonly Expression[]): readonly Expression[] {
  let before = "";
  for (const part of model.dataAccess.partsOf(file, statement)) {
    if (part.kind === "text") before += part.text;
    else if (part.kind === "hole" && part.file === file && beforePlace.test(before.slice(-30))) {
      const { expression } = part;
      if (expression.kind === "call" && lastName(expression.callee) === "push") return expression.arguments;
      return bound(model, file, given).filter((value) => limitName.test(nameOf(value)));
    } else before += "?";
  }
  return [];
}

/** What a value is called, also where it is made a number: `Number(query.limit)`. */
function nameOf(node: Expression): string {
  if (node.kind === "call") return node.arguments[0] ? nameOf(node.arguments[0]) : "";
  if (node.kind === "binary") return nameOf(node.left);
  return node.kind === "member" ? node.property : node.kind === "name" ? node.name : "";
}

/** What is bound to a statement: the elements of the list, and what is put into it. */
function bound(model: ProjectModel, file: string, given: Expression | undefined): readonly Expression[] {
  if (given?.kind === "array") return given.elements.flatMap((element) => (element.kind === "spread" ? bound(model, file, element.value) : [element]));
  if (given?.kind !== "name" || given.binding === undefined) return [];
  const { calls, sources } = model.values.index(file);
  const source = sources[given.binding];
  const pushed = calls.flatMap(({ node: { callee, arguments: values } }) => (callee.kind === "member" && callee.property === "push" && callee.object.kind === "name" && callee.object.binding === given.binding ? values : []));
  return [...(source?.kind === "value" && source.value?.kind === "array" ? bound(model, file, source.value) : []), ...pushed];
}

/** What a request of SQL Server is given under a name: `request.input("size", sql.Int, size)`, in the chain of a statement or on the variable in front of it. */
function inputs(model: ProjectModel, file: string, node: Expression, name: string): readonly Expression[] {
  const index = model.values.index(file);
  const root = chainRoot(node);
  return index.calls.flatMap(({ node: call }) => {
    const [key, ...rest] = call.arguments;
    if (call.callee.kind !== "member" || call.callee.property !== "input" || key?.kind !== "literal" || key.value !== name) return [];
    const from = chainRoot(call);
    const isOwn = within(call.span, node.span) || (from.kind === "name" && root.kind === "name" && from.binding !== undefined && from.binding === root.binding && index.functionAround(call) === index.functionAround(node));
    return isOwn ? rest.slice(-1) : [];
  });
}
