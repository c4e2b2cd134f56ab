import { splitWords } from "../../base/words.js";
import { marks, upkeep } from "../../catalogue/lexicon/rows.js";
import type { Expression, FunctionNode } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { writtenIn } from "../lists/growing-lists.js";
import { namesIn } from "../routes/handlers.js";
import type { ReachedFunction } from "../routes/reach.js";
import { receiverText } from "../project/store-uses.js";
import { targetOf } from "../writes/write-subjects.js";

/** `lastSeenAt`, `viewed_at`, `read`: when something was used last, or that it was. */
const use = /^(last_?([sS]een|[uU]sed|[aA]ctive|[vV]isit|[pP]ing|[aA]ccess|[lL]ogin|[cC]hecked|[tT]ested|[rR]ead|[oO]pened|[fF]etched|[sS]ync)|viewed|opened|visited|seen|un_?[rR]ead\w*$|(is_?|[a-z_]+_|first_?)?[rR]ead(_?[aA]t)?$)(?![a-z])/;

/** What is kept of what somebody did, in one word: `userevents`, `auditlogs`. */
const trail = /^(?:user|audit|access|activity)(?:event|log)s?$/;

/** What a row about the call itself says: who asked, from where. */
const caller = /^(visit(or)?_?([iI]d)?|user_?[aA]gent|referr?er(_?([uU]rl|[pP]ath|[qQ]uery|[dD]omain))?|ip_?[aA]ddr(ess)?)$/;

/** Whether a write only keeps a record of the call: a counter, a mark of last use, a session, an audit trail, a copy that is held. */
export function isMark(model: ProjectModel, operation: StoreOperation, { node }: ReachedFunction): boolean {
  const name = node.name ?? "";
  const rows = rowsOf(model, operation);
  const columns = columnsOf(model, operation, rows);
  if (/^ensure(?![a-z])|OrCreate/.test(name) || [...columns, ...namesIn(rows), ...(columns.length === 0 ? fieldsSet(node) : [])].some((key) => use.test(key) || caller.test(key)) || counts(operation, rows)) return true;
  if (operation.write === "upsert" && /^(persist|sync|refresh|fetch|mirror)(?![a-z])/.test(name)) return true;
  const { node: call } = operation;
  const texts = [call.kind === "template" ? "" : receiverText(call.callee), targetOf(operation), name, ...(columns.length === 1 ? columns : [])];
  return splitWords(texts.join(" ")).some((word) => marks.has(word) || trail.test(word));
}

/** What a write stores, with rows that have a name as they were written: `const row = { … }; await repository.save(row)`. */
function rowsOf(model: ProjectModel, { file, data }: StoreOperation): readonly Expression[] {
  const { sources } = model.values.index(file);
  return data.map((row) => {
    const source = row.kind === "name" && row.binding !== undefined ? sources[row.binding] : undefined;
    return source?.kind === "value" && source.path.length === 0 && source.value?.kind === "object" ? source.value : row;
  });
}

/** The fields that a function sets before it saves: `display.lastSeenAt = new Date()`. */
function fieldsSet(node: FunctionNode): readonly string[] {
  const fields: string[] = [];
  walkAll(node.body ?? [], (part) => {
    if ("kind" in part && part.kind === "assign" && part.target.kind === "target" && part.target.expression.kind === "member") fields.push(part.target.expression.property);
    else if ("kind" in part && part.kind === "assign" && part.target.kind === "member") fields.push(part.target.property);
    return undefined;
  });
  return fields;
}

/** The columns that a write sets, in its rows or in the text of its statement. */
function columnsOf(model: ProjectModel, { file, text, node }: StoreOperation, rows: readonly Expression[]): readonly string[] {
  const statements = node.kind === "template" ? [node.texts.join("?")] : text.map((part) => writtenIn(model, file, part));
  const keys = rows.flatMap((row) => (row.kind === "object" ? row.members.flatMap((member) => (member.kind === "property" ? [member.key] : [])) : []));
  return [...keys, ...statements.flatMap(columnsSet)];
}

/** `SET last_used = now(), hits = 1 WHERE …` */
function columnsSet(statement: string): readonly string[] {
  const set = /\bset\b/i.exec(statement);
  const rest = set ? (statement.slice(set.index + set[0].length).split(/\bwhere\b/i)[0] ?? "") : "";
  return rest.split(",").map((part) => (part.split("=")[0] ?? "").replace(/^.*\./, "").replace(/["`\s]/g, ""));
}

/** `{ increment: 1 }`, `row.reads + 1` */
function isOneMore(value: Expression): boolean {
  if (value.kind === "binary") return value.operator === "+" && value.right.kind === "literal" && value.right.value === 1;
  return value.kind === "object" && value.members.length > 0 && value.members.every((part) => part.kind === "property" && part.key === "increment");
}

/** `{ $inc: { views: 1 } }`, `{ reads: { increment: 1 } }`, `{ ...row, reads: row.reads + 1 }`: nothing but a number goes up. */
function counts({ write, methods }: StoreOperation, data: readonly Expression[]): boolean {
  if (methods.some((method) => /^(increment|incr)$/.test(method))) return true;
  const [row, ...others] = data;
  if (write === "delete" || others.length > 0 || row?.kind !== "object" || row.members.length === 0) return false;
  return row.members.every((member) => member.kind === "spread" || (member.kind === "property" && (member.key === "$inc" || isOneMore(member.value)))) && row.members.some(({ kind }) => kind === "property");
}

/** Whether a function by its name puts something right, `reconcileStale(orders)`, and a path does not ask for that: `GET /orders/reconcile`. */
export function isUpkeep({ node }: ReachedFunction, path: string): boolean {
  const asked = splitWords(path).filter((word) => word.length > 3);
  const words = splitWords(node.name ?? "");
  const kept = words.filter((word) => upkeep.has(word));
  return words.length > 1 && kept.length > 0 && !kept.some((word) => asked.some((one) => word.startsWith(one) || one.startsWith(word)));
}
