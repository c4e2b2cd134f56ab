import { findLibrary } from "../../catalogue/index.js";
import type { Expression } from "../../facts/syntax.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";

/** What an operation writes of rows that were not told where they were made. */
export function writtenData(model: ProjectModel, operation: StoreOperation): readonly Expression[] {
  // `set("name", value)` writes one field.
  if (operation.data.length > 1 && isFieldName(model, operation)) return [];
  return [...dataOf(operation), ...setBySql(model, operation)].filter((data) => !isToldWhereMade(model, operation, data));
}

/** Whether a row was made by a call that is told itself: `const user = em.create(User, body); await em.persistAndFlush(user)`. */
function isToldWhereMade(model: ProjectModel, { package: name, file, role }: StoreOperation, data: Expression): boolean {
  if (role !== "write" || !findLibrary(name)?.store?.unitOfWork || data.kind !== "name" || data.binding === undefined) return false;
  const source = model.values.index(file).sources[data.binding];
  return source?.kind === "value" && source.value?.kind === "call" && model.dataAccess.at(file, source.value)?.role === "build";
}

/** What an operation writes: its data, or the object that saves itself. What is only built is written by whatever saves it. */
function dataOf({ role, data, filter, node, family, write, package: name }: StoreOperation): readonly Expression[] {
  if (family === "redis" || family === "object" || family === "vector") return [];
  if (role === "build") return findLibrary(name)?.store?.unitOfWork ? data : [];
  if (role === "identifier") return data;
  if (role !== "write") return [];
  if (data.length > 0 || filter.length > 0 || write !== "save" || node.kind !== "call" || node.callee.kind !== "member") return data;
  return [node.callee.object];
}

/** `query("insert into users set ?", [row])`: drivers of MySQL write out the keys of an object. */
function setBySql(model: ProjectModel, { role, package: name, text, parameters, file }: StoreOperation): readonly Expression[] {
  if (role !== "write" || !/^(mysql2?|promise-mysql)$/.test(name)) return [];
  const written = text.map((node) => model.values.text(file, node) ?? "").join(" ");
  const set = /\bset\s+\?/i.exec(written);
  const given = parameters.flatMap((node) => (node.kind === "array" ? node.elements : [node]));
  return set === null ? [] : given.slice(written.slice(0, set.index).split("?").length - 1).slice(0, 1);
}

function isFieldName(model: ProjectModel, { file, node }: StoreOperation): boolean {
  const [first] = node.kind === "template" ? [] : node.arguments;
  return first !== undefined && model.values.text(file, first) !== undefined;
}
