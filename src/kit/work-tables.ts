import type { StoreOperation } from "../model/data-access.js";
import type { ProjectModel } from "../model/project-model.js";

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

function named(model: ProjectModel, { file, text }: StoreOperation, words: RegExp): string | undefined {
  const [statement] = text;
  return statement && words.exec(model.dataAccess.outlineOf(file, statement).slice(0, 400))?.[1];
}
