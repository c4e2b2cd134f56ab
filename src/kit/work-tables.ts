import type { CallExpression, Expression } from "../facts/syntax.js";
import type { StoreOperation } from "../model/data-access.js";
import type { ProjectModel } from "../model/project-model.js";
import type { TextPart } from "../model/text.js";
import { everyCallerGives, parameterOf } from "./taken-parameters.js";

const changed = /^\s*(?:alter|drop|truncate)\s+table\s+(?:if\s+exists\s+)?["`]?([\w.]{1,80})/i;
const made = /^\s*create\s+(?:(?:local|global)\s+)?(?:temp|temporary|unlogged)\s+table\s+(?:if\s+not\s+exists\s+)?["`]?([\w.]{1,80})/i;

/** The part of a table for the next days, and what a replica follows, are made while the application runs: they hang on the date and on the settings. */
const operated = /^\s*(?:create\s+table\b.{0,200}\bpartition\s+of|alter\s+table\b.{0,200}\b(?:attach|detach)\s+partition|(?:create|alter|drop)\s+(?:publication|subscription))\b/is;

/** Whether a statement only keeps a store going: it makes a partition of a table that is there, or what replicas follow. */
export function keepsStoreGoing(model: ProjectModel, { file, text: [statement] }: StoreOperation): boolean {
  return statement !== undefined && operated.test(model.dataAccess.outlineOf(file, statement).slice(0, 400));
}

/** Whether a statement changes a table that code of its file has made as working memory: `ALTER TABLE probe …` behind `CREATE TEMP TABLE probe …`. */
export function changesWorkTable(model: ProjectModel, operation: StoreOperation): boolean {
  const table = named(model, operation, changed);
  return table !== undefined && model.dataAccess.of(operation.file).some((other) => named(model, other, made) === table);
}

/** Methods of builders that are given the name of the table first. */
const takesTable = /^(?:create|alter|drop|rename)?(?:Table|View|Schema)\w*$|^table$/;
/** A statement up to the name of what it changes; a hole stands there, or what the driver quotes: `??`. */
const upToName = /\b(?:create|alter|drop)\s+(?:unlogged\s+)?(?:table|schema|view)\s+(?:if\s+(?:not\s+)?exists\s+)?(?:\?\?\.)?["`]?(\?\?)?$/i;

/** Whether what a statement makes or changes is called as its data says: tables that users of an application make no migration can know. */
export function changesGivenTable(model: ProjectModel, operation: StoreOperation): boolean {
  const { file, node, text: [statement], parameters } = operation;
  if (statement === undefined) return tableNames(node).some((name) => isGivenName(model, file, name));
  const parts = model.dataAccess.partsOf(file, statement);
  const [hole] = parts.flatMap((part, at) => (part.kind === "hole" && upToName.test(outlineUpTo(parts, at)) ? [part] : []));
  if (hole) return isGivenName(model, hole.file, hole.expression);
  const quoted = parts.some((part) => part.kind === "text" && part.text.split(/(?<=\?\?)/).some((piece) => piece.endsWith("??") && upToName.test(piece)));
  return quoted && parameters.flatMap((one) => (one.kind === "array" ? one.elements : [one])).slice(0, 1).some((name) => isGivenName(model, file, name));
}

function outlineUpTo(parts: readonly TextPart[], end: number): string {
  return parts.slice(0, end).map((part) => (part.kind === "text" ? part.text : part.kind === "choice" ? (part.texts[0] ?? "") : "?")).join("");
}

/** The names that a chain of a builder gives the tables it makes: `schema.createTable(name, build).toSQL()`. */
function tableNames(node: StoreOperation["node"]): readonly Expression[] {
  const found: Expression[] = [];
  for (let call: Expression = node; call.kind === "call"; call = objectOf(call)) if (call.callee.kind === "member" && takesTable.test(call.callee.property)) found.push(...call.arguments.slice(0, 1));
  return found;
}

function objectOf({ callee }: CallExpression): Expression {
  let object: Expression = callee;
  while (object.kind === "member") object = object.object;
  return object;
}

/** Whether a name is none that the code knows: it is handed in by somebody who does not write it out, or is what something else gave. */
function isGivenName(model: ProjectModel, file: string, node: Expression): boolean {
  const parts = model.dataAccess.partsOf(file, node);
  const last = parts.at(-1);
  // `${schema}.orders`
  if (last?.kind !== "hole" && !(last?.kind === "text" && parts.length > 1 && !last.text.includes("."))) return false;
  const [hole] = parts.flatMap((part) => (part.kind === "hole" ? [part] : [])).slice(-1);
  const taken = hole && parameterOf(model, hole.file, hole.expression);
  return hole !== undefined && (taken === undefined || !everyCallerGives(model, taken, (from, given) => model.dataAccess.partsOf(from, given).every(({ kind }) => kind !== "hole")));
}

function named(model: ProjectModel, { file, text }: StoreOperation, words: RegExp): string | undefined {
  const [statement] = text;
  return statement && words.exec(model.dataAccess.outlineOf(file, statement).slice(0, 400))?.[1];
}
