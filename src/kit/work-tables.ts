import type { StoreOperation } from "../model/data-access.js";
import type { ProjectModel } from "../model/project-model.js";

const changed = /^\s*(?:alter|drop|truncate)\s+table\s+(?:if\s+exists\s+)?["`]?([\w.]{1,80})/i;
const made = /^\s*create\s+(?:(?:local|global)\s+)?(?:temp|temporary|unlogged)\s+table\s+(?:if\s+not\s+exists\s+)?["`]?([\w.]{1,80})/i;

/** Whether a statement changes a table that code of its file has made as working memory: `ALTER TABLE probe …` behind `CREATE TEMP TABLE probe …`. */
export function changesWorkTable(model: ProjectModel, operation: StoreOperation): boolean {
  const table = named(model, operation, changed);
  return table !== undefined && model.dataAccess.of(operation.file).some((other) => named(model, other, made) === table);
}

function named(model: ProjectModel, { file, text }: StoreOperation, words: RegExp): string | undefined {
  const [statement] = text;
  return statement && words.exec(model.dataAccess.outlineOf(file, statement).slice(0, 400))?.[1];
}
