import type { CallExpression, Expression } from "../../facts/syntax.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { TextPart } from "../../model/values/text.js";
import { everyCallerGives, parameterOf } from "../taken-parameters.js";

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

/** The database of one tenant, whose name only run time knows: no migration of another database can make or drop it. */
const ofTenant = /^\s*(?:create|drop)\s+database\s+(?:if\s+(?:not\s+)?exists\s+)?["`]?\?/i;

/** Whether a statement makes or drops a whole database for somebody. */
export function makesDatabase(model: ProjectModel, { file, text: [statement] }: StoreOperation): boolean {
  return statement !== undefined && ofTenant.test(model.dataAccess.outlineOf(file, statement).slice(0, 400));
}

/** Methods that are given the name of the table or collection first. */
const takesTable = /^(?:create|alter|drop|rename)Table\w*$|^(?:create|drop)Collection$|^table$/;
/** A statement up to the name of the table that it changes; a hole stands for what is left out, and `??` for a name that the driver quotes. */
const upToTable = /\b(?:create|alter|drop)\s+table\s+(?:if\s+(?:not\s+)?exists\s+)?(?:["`]?\?["`]?\.)?["`]?(\?\?)?$/i;

/** Whether the table that a statement makes or changes is called as the application's data says: those that its users make are in no migration. */
export function changesGivenTable(model: ProjectModel, operation: StoreOperation): boolean {
  const { file, node, text: [statement], parameters } = operation;
  if (statement === undefined) return tableNames(node).some((name) => isGivenName(model, file, name));
  const parts = model.dataAccess.partsOf(file, statement);
  const hole = parts.find((part, at) => part.kind === "hole" && upToTable.test(outlineOf(parts.slice(0, at))) && isEnd(parts[at + 1]));
  if (hole?.kind === "hole") return isGivenName(model, hole.file, hole.expression);
  const isQuoted = parts.some((part) => part.kind === "text" && part.text.split(/(?<=\?\?)/).some((piece) => piece.endsWith("??") && upToTable.test(piece)));
  return isQuoted && parameters.flatMap((one) => (one.kind === "array" ? one.elements : [one])).slice(0, 1).some((name) => isGivenName(model, file, name));
}

/** `?` for each piece that only run time knows. */
function outlineOf(parts: readonly TextPart[]): string {
  return parts.map((part) => (part.kind === "text" ? part.text : part.kind === "choice" ? (part.texts[0] ?? "") : "?")).join("");
}

/** Whether a name ends before what follows it. */
function isEnd(next: TextPart | undefined): boolean {
  return next === undefined || (next.kind === "text" && /^["`]?(?:\s|$)/.test(next.text));
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

/** Whether the code knows no part of a name: somebody hands it in who does not write it out, or something else gave it. */
function isGivenName(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind !== "name" && node.kind !== "member") return false;
  const [hole, ...others] = model.dataAccess.partsOf(file, node);
  if (hole?.kind !== "hole" || others.length > 0) return false;
  const taken = parameterOf(model, hole.file, hole.expression);
  return taken === undefined || !everyCallerGives(model, taken, (from, given) => model.dataAccess.partsOf(from, given).every(({ kind }) => kind !== "hole"));
}

function named(model: ProjectModel, { file, text }: StoreOperation, words: RegExp): string | undefined {
  const [statement] = text;
  return statement && words.exec(model.dataAccess.outlineOf(file, statement).slice(0, 400))?.[1];
}
