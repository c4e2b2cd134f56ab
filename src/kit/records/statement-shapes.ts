import type { CallExpression, Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Value } from "../../model/values/value.js";
import { record } from "./known-records.js";

/** `pool.query("SELECT id, email FROM users")`: the columns that a statement names. A statement that asks for all of a table says whose rows they are. */
export function rowsOfStatement(model: ProjectModel, file: string, node: CallExpression): readonly Value[] {
  const [statement] = node.arguments;
  if (!statement || node.callee.kind !== "member" || !/^(?:query|execute|raw|all|get|any|one|oneOrNone|many|manyOrNone|none)$/.test(node.callee.property)) return [];
  return rowsOfText(file, node, model.values.text(file, statement) ?? (statement.kind === "template" ? statement.texts.join("?") : ""));
}

/** What a statement given as text asks for: the columns that it names and its table. */
export function rowsOfText(file: string, node: Expression, text: string): readonly Value[] {
  const begin = text.slice(0, 6_000);
  const [, wanted = "", table = ""] = /^\s*select\s([\s\S]{1,5000}?)\sfrom\s+["`]?(?:\w{1,60}\.)?(\w{1,60})/i.exec(begin) ?? written(begin);
  if (table === "") return [];
  const columns = wanted.split(",").flatMap((column) => /(\w+|\*)["`]?\s*$/.exec(column)?.[1] ?? []);
  const named = columns.includes("*") ? [...columns, "name"] : columns;
  return record(file, node, named.map((name) => ({ span: node.span, name })), table.toLowerCase());
}

/** `UPDATE users SET … RETURNING id, email`: what is asked back, and of which table. */
function written(statement: string): readonly string[] {
  const [, table] = /^\s*(?:insert\s+into|update|delete\s+from)\s+["`]?(?:\w{1,60}\.)?(\w{1,60})/i.exec(statement) ?? [];
  const [, wanted] = /\sreturning\s([\s\S]{1,600}?);?\s*$/i.exec(statement) ?? [];
  return table !== undefined && wanted !== undefined ? ["", wanted, table] : [];
}
