import { kindOf } from "../../catalogue/index.js";
import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import { indexOf } from "../modules/file-index.js";
import type { ProjectModel } from "../project-model.js";
import { importsDataAccess, reachesOut } from "./imported-packages.js";

/** Whether a file reads or writes a store, however the client got there. */
export function usesStore(model: ProjectModel, file: string): boolean {
  return model.dataAccess.of(file).length > 0 || indexOf(model.facts(file)).taggedTemplates.some(({ tag }) => isSqlTag(tag));
}

/** `sql`, `sql.type(schema)`, `sql.fragment`. */
function isSqlTag(tag: Expression | undefined): boolean {
  if (tag?.kind === "call") return isSqlTag(tag.callee);
  return tag?.kind === "member" ? isSqlTag(tag.object) : tag?.kind === "name" && /^sql$/i.test(tag.name);
}

/** Whether a file hands the text of a statement to a call, whatever the client is: `this.db.raw("select …")`. */
export function runsStatements(model: ProjectModel, file: string): boolean {
  return model.values.index(file).calls.some(({ node }) => /^(raw|query|execute|run)$/.test(lastName(node.callee)) && node.arguments.slice(0, 1).some((text) => (model.dataAccess.statementIn(file, text)?.role ?? "other") !== "other"));
}

/** Whether loading a file makes a client of a store. */
export function makesClient(model: ProjectModel, file: string): boolean {
  return model.loadEffects(file).some(({ what, through }) => !through && /^makes a (client|pool|connection)/.test(what)) || (importsDataAccess(model.facts(file)) && model.values.index(file).calls.some(({ node }) => node.kind === "new" && model.values.of(file, node).some((value) => value.kind === "external" && kindOf(value.provenance) === "client")));
}

/** Whether a file reaches no store and no other system, and makes no client of one. */
export function reachesNothing(model: ProjectModel, file: string): boolean {
  const facts = model.facts(file);
  return !usesStore(model, file) && !importsDataAccess(facts) && !makesClient(model, file) && !reachesOut(facts);
}
