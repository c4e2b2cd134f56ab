import { splitWords } from "../../base/words.js";
import { few, growing } from "../../catalogue/lexicon/rows.js";
import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { targetOf } from "../writes/write-subjects.js";
import { growsForItsOwner, isGrowingForOne, namesLargeOwner } from "./owned-lists.js";
import { keysAlwaysPut, leavesOutDeleted, mayHoldForAll } from "./optional-conditions.js";
import { formsOf, wordsOf } from "./row-names.js";
import type { ReachedFunction } from "../routes/reach.js";

/** Words of paths that say what of a resource is asked for, and not which. */
const selecting = /^(all|get-?all|list|get|index|available|active|public|export|search|full|everything)$/i;

/** What a statement runs on, and not what it reads: `pool.query(…)`, `getConnection()`. */
const handles = /(?:pool|conn|connection|client|db|database)$/i;

/** Whether a list is one of a table that grows with use, as all do that no name says stay small: the name of the table, or of what the path asks for; and not of the caller's own rows alone. */
export function isGrowing(path: string, operation: StoreOperation): boolean {
  const segments = path.split("/").filter((segment) => segment !== "" && !/^[:*]/.test(segment));
  if (segments.some((segment) => /^(me|my|mine|self|own)$/.test(splitWords(segment)[0] ?? ""))) return false;
  const last = segments.filter((segment) => !selecting.test(segment)).at(-1) ?? "";
  const names = [...targetOf(operation).split(" ").filter((name) => !handles.test(name)), last].filter((name) => name !== "");
  return names.some((name) => grows(name)) || (names.length > 0 && !names.some((name) => staysSmall(name)));
}

/** Whether a name says that there are few of a thing: `productCategories`, `app_settings`, `roles`. */
function staysSmall(name: string): boolean {
  return formsOf(name).some((form) => few.has(form));
}

/** Whether the thing that a name names grows: `userFavoritePosts` are posts, `taskTemplate` is a template. */
function grows(name: string): boolean {
  const [first] = wordsOf(name);
  return formsOf(name).some((form) => growing.has(form)) || first === "log" || first === "logs";
}

/**
 * Whether a list is of those rows alone that a condition chooses (`WHERE team_id = …`), or of one for each kind of them (`GROUP BY name`).
 * A text that is searched for (`LIKE`) chooses as many rows as there are, and those of one state (`status = 'failed'`) grow as a table does
 * that is known to grow; of others they are those that are in use. `reached` are the functions of the route that asks for it.
 */
export function isChosenBy(model: ProjectModel, operation: StoreOperation, reached: readonly ReachedFunction[]): boolean {
  const { file, filter, node, text } = operation;
  const isNamed = isNamedGrowing(operation);
  const growsForOne = namesOf(operation).slice(0, 1).some(isGrowingForOne);
  if (filter.some((condition) => keysAlwaysPut(model, file, condition, reached).some((key) => key === undefined || !(growsForOne && namesLargeOwner(key))))) return true;
  if (isNamed && growsForItsOwner(model, operation, choosesNone, namesOf(operation).slice(0, 1))) return false;
  const choosing = filter.filter((condition) => !mayHoldForAll(model, file, condition, reached));
  const ofOneState = isColumnOfState(filter[0]) || choosing.every(choosesNone);
  if (!(ofOneState && isNamed) && choosing.length > 0) return true;
  const statements = [...templatesIn([node, ...text]), ...text.map((part) => writtenIn(model, file, part))];
  return statements.some((statement) => {
    const where = statement.search(/\bwhere\b/i);
    const selected = statement.slice(0, Math.max(statement.search(/\bfrom\b/i), 0));
    if (/\bgroup\s+by\b/i.test(statement) || /\b(?:count|sum|avg|min|max)\s*\(/i.test(selected)) return true;
    return where !== -1 && (isNamed ? choosesInText(statement.slice(where), growsForOne) : /=|\bin\s*\(/i.test(statement.slice(where)));
  });
}

/** Whether the name of a table says that it grows. */
function isNamedGrowing(operation: StoreOperation): boolean {
  return namesOf(operation).some(grows);
}

/** What a table is called where it is read. */
function namesOf(operation: StoreOperation): readonly string[] {
  return targetOf(operation).split(" ").filter((name) => name !== "" && !handles.test(name));
}

/** Comparisons of a statement; with what is written out, or of a state, they choose no more than a part of the table that grows with it. */
const comparisons = /([\w."`]+)\s*((?:[=<>]|!=|<>)=?|\bin\s*\()\s*('[^']*'|-?\d|true\b|false\b)?/gi;

/** Whether the conditions of a text choose a part of a table that does not grow with it; where there is more each day for each owner, whose rows they are chooses none. */
function choosesInText(conditions: string, growsForOwners = false): boolean {
  return [...conditions.matchAll(comparisons)].some(([, column = "", operator, constant]) => {
    const name = column.replace(/^.*\./, "").replace(/\W/g, "");
    return constant === undefined && !ofState.test(name) && !(growsForOwners && operator === "=" && namesLargeOwner(name));
  });
}

/** Columns that say in which state a row is, and not whose it is. */
const ofState = /^(?:is_?[a-z]\w*|(?:\w*_)?(?:status|state|stage|phase)|[a-z]+(?:Status|State|Stage)|active|enabled|disabled|published|archived|visible|hidden|verified|deleted|deleted_?at)$/i;

/** `.where("status", state)` of a query builder names the column first. */
function isColumnOfState(column: Expression | undefined): boolean {
  return column?.kind === "literal" && typeof column.value === "string" && ofState.test(column.value.replace(/^.*\./, ""));
}

/** `{ status }`, `{ onHand: { lt: 5 } }`, `eq(jobs.kind, "mail")`: a condition that holds for all rows of one state or kind that the code names chooses none of them. */
function choosesNone(condition: Expression): boolean {
  if (condition.kind === "literal") return leavesOutDeleted(condition) || typeof condition.value !== "string" || !/\s/.test(condition.value.trim()) || !choosesInText(condition.value);
  if (condition.kind === "object") return condition.members.every((member) => member.kind === "property" && (ofState.test(member.key) || isConstant(member.value)));
  if (condition.kind !== "call") return false;
  const [column, value] = condition.arguments;
  if (/^(and|or|not)$/.test(lastName(condition.callee))) return condition.arguments.every(choosesNone);
  return column !== undefined && /^(eq|ne|gte?|lte?|isNull|isNotNull)$/.test(lastName(condition.callee)) && (value === undefined || ofState.test(lastName(column)) || isConstant(value));
}

/** What is written out, the time that it is, and ranges of them: `"open"`, `State.Open`, `{ lt: 5 }`, `{ $lt: new Date() }`. */
function isConstant(value: Expression): boolean {
  if (value.kind === "literal" || isNow(value)) return true;
  if (value.kind === "cast") return isConstant(value.value);
  if (value.kind === "unary") return isConstant(value.value);
  if (value.kind === "member") return value.object.kind === "name" && /^[A-Z]/.test(value.object.name) && /^[A-Z]/.test(value.property);
  return value.kind === "object" && value.members.length > 0 && value.members.every((member) => member.kind === "property" && isConstant(member.value));
}

/** `new Date()`, `Date.now()`, `new Date().toISOString()` */
function isNow(value: Expression): boolean {
  if (value.kind === "new") return value.arguments.length === 0 && lastName(value.callee) === "Date";
  if (value.kind !== "call" || value.callee.kind !== "member" || value.arguments.length > 0) return false;
  return /^to[A-Z]/.test(value.callee.property) ? isNow(value.callee.object) : value.callee.property === "now" && lastName(value.callee.object) === "Date";
}

/** The templates below some nodes, those of a library for statements included: `pool.query(sql`SELECT …`)`. */
function templatesIn(nodes: readonly Expression[]): readonly string[] {
  const texts: string[] = [];
  walkAll(nodes, (part) => {
    if ("kind" in part && part.kind === "template") texts.push(part.texts.join(" "));
    return undefined;
  });
  return texts;
}

/** The text of a statement as far as it is written out. */
export function writtenIn(model: ProjectModel, file: string, part: Expression): string {
  return model.dataAccess.partsOf(file, part).map((piece) => (piece.kind === "text" ? piece.text : piece.kind === "choice" ? piece.texts.join(" ") : " ")).join("");
}
