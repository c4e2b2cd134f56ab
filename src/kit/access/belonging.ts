import { oncePer } from "../../base/once-per.js";
import { splitWords } from "../../base/words.js";
import type { ClassNode, Expression } from "../../facts/syntax.js";
import { someNode } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Value } from "../../model/values/value.js";
import { isPrincipalName } from "./principals.js";
import { recordValues } from "../records/record-shapes.js";
import { rowsIn } from "../records/row-columns.js";
import { targetOf } from "../writes/write-subjects.js";

/** Who made a row, which says nothing of who may read it. */
const makers = /^(?:author|creator|poster|publisher|uploader|editor|reviewer)s?(?:_?id|name)?$|(?:created|posted|published|uploaded|updated|modified|deleted|approved|reviewed|edited)_?by(?:_?id)?$/i;
/** Somebody outside whom a row is about. */
const persons = /^(?:person|patient|student|buyer|seller|guest|recipient|sender|receiver|email|phone|phone_?number|profile|driver|client|employee|contact|subscriber|participant|assignee|candidate|applicant|parent|child|pet|household|family|organi[sz]er|host|holder|payer|reader|borrower)s?$/i;
/** What rows of a catalogue are sorted by. */
const kinds = /^(?:category|subcategory|country|city|state|region|province|currency|language|locale|type|kind|status|brand|tag|unit|genre|parent|colou?r|size|level|image|icon|cover|thumbnail|external|public|uu|gu)$/i;

/** Whether a column names who made a row: `author`, `createdBy`. */
export function isMaker(column: string): boolean {
  return makers.test(column);
}

/** The names of the columns of what a statement reads or writes; none where they are not known, as where a few of them are asked for. */
export function columnNames(model: ProjectModel, { file, node, text }: StoreOperation): readonly string[] {
  return node.kind === "call" && text.length === 0 && !asksForSome(node) ? rowsIn(recordValues(model, file, node)).flatMap((row) => namesOf(model, row)) : [];
}

/** `.select("name")`, `{ attributes: ["id", "name"] }` */
function asksForSome(node: Expression): boolean {
  return someNode([node], (part) => {
    if (part.kind === "call") return part.callee.kind === "member" && /^(?:select|returning|columns?|project|pluck)$/.test(part.callee.property) && part.arguments.length > 0;
    return part.kind === "object" && part.members.some((member) => member.kind === "property" && /^(?:select|attributes|projection|columns|fields)$/.test(member.key));
  });
}

function namesOf(model: ProjectModel, row: Value, depth = 0): readonly string[] {
  if (row.kind === "typed") return row.type.kind === "object" ? row.type.members.flatMap(({ name, method }) => (method ? [] : [name])) : [];
  return row.kind === "instance" ? ofClass(model, row.file, row.class, depth) : [];
}

function ofClass(model: ProjectModel, file: string, { members, extends: base }: ClassNode, depth: number): readonly string[] {
  const inherited = base && depth < 4 ? model.values.of(file, base.value).flatMap((value) => (value.kind === "class" ? ofClass(model, value.file, value.node, depth + 1) : [])) : [];
  return [...members.flatMap((member) => (member.kind === "property" ? [member.name] : [])), ...inherited];
}

/** To whom rows belong by the names of their columns: to somebody, to nobody but whoever made them, or to nobody at all. */
export function belongsTo(columns: readonly string[], principals: readonly string[]): "somebody" | "maker" | "nobody" {
  const others = columns.filter((name) => !isMaker(name));
  if (others.some((name) => isPrincipalName(name, principals) || persons.test(name) || refersToOther(name))) return "somebody";
  return others.length < columns.length ? "maker" : "nobody";
}

/** `projectId`: a row of somebody may stand behind it. */
function refersToOther(name: string): boolean {
  const words = splitWords(name);
  const [last, thing] = [words.at(-1)?.toLowerCase(), words.at(-2)];
  return (last === "id" || last === "ids") && thing !== undefined && !kinds.test(thing);
}

/** Whether rows of the same table are looked up for the principal anywhere: `tracks.find({ singer: request.user.id })`. */
export function isScoped(model: ProjectModel, operation: StoreOperation): boolean {
  return tableKeys(model, operation).some((key) => scopedTables(model).has(key));
}

const scopedTables = oncePer((model: ProjectModel): ReadonlySet<string> => {
  const files = model.files.filter((file) => model.layerOf(file).layer !== "tests");
  return new Set(files.flatMap((file) => model.dataAccess.of(file).filter((operation) => asksForPrincipal(model, operation)).flatMap((operation) => tableKeys(model, operation))));
});

/** What tells tables apart: the class of the rows, and what the statement names; a field of a class is its file's own. */
function tableKeys(model: ProjectModel, operation: StoreOperation): readonly string[] {
  const { file, node } = operation;
  const rows = node.kind === "call" ? rowsIn(recordValues(model, file, node)).flatMap((row) => (row.kind === "instance" && row.class.name !== undefined ? [`class ${row.class.name}`] : [])) : [];
  const isOwn = someNode([node], (part) => part.kind === "this");
  return [...rows, `${isOwn ? file : ""} ${targetOf(operation)}`];
}

function asksForPrincipal(model: ProjectModel, { file, filter, parameters, write }: StoreOperation): boolean {
  return [...filter, ...(write === "insert" ? [] : parameters)].some((part) => comesFromPrincipal(model, file, part));
}

/** Whether a condition takes something of who asks, also where the callers of the function hand it over. */
function comesFromPrincipal(model: ProjectModel, file: string, node: Expression, depth = 0): boolean {
  return someNode([node], (part) => {
    if (part.kind === "member" && isPrincipalName(part.property, [])) return true;
    if (part.kind !== "name" || part.binding === undefined) return false;
    if (isPrincipalName(part.name, [])) return true;
    const source = model.values.index(file).sources[part.binding];
    if (source?.kind !== "parameter" || source.path.length > 0 || depth > 1) return false;
    const { callSites } = model.values;
    const sites = source.function.form === "method" ? callSites.allOfMethod(source.function) : callSites.of(file, source.function);
    return sites.some(({ file: from, call }) => {
      const given = call.arguments[source.index];
      return given !== undefined && given.kind !== "spread" && comesFromPrincipal(model, from, given, depth + 1);
    });
  });
}
