import { within } from "../../base/position.js";
import { findLibrary } from "../../catalogue/index.js";
import { chainRoot } from "../../facts/names.js";
import type { FunctionNode, Statement } from "../../facts/syntax.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { someNode, type SyntaxNode, walkAll } from "../../facts/walk.js";
import { isLimitedByCallers } from "./handed-options.js";
import { namesIn } from "../routes/handlers.js";
import { keptIn } from "../writes/transactions.js";

/** Whether an operation reads as many rows of a table as there are: no limit, page or stream, no row or set of keys that it asks for, also by what `reader` hands it. */
export function isOpenList(model: ProjectModel, file: string, operation: StoreOperation, reader?: FunctionNode): boolean {
  if (operation.role !== "list" || operation.family === "redis" || operation.bounded || operation.single || operation.limit.length > 0 || operation.continued) return false;
  return !isHandedStatement(model, file, operation) && !isLimitedByCallers(model, file, operation, reader) && !mentionsLimit(operation.node) && !isAggregate(operation.node) && !hasKeys(filterParts(model, file, operation.filter)) && !takesFirst(model, file, operation) && !isGoneOnWith(model, file, operation) && !isLimitedLater(model, file, operation);
}

/** Whether a statement was begun by the caller, who may have limited it: `page(builder) { return builder.getMany(); }`. */
function isHandedStatement(model: ProjectModel, file: string, { receiver: { kind, root } }: StoreOperation): boolean {
  return kind === "statement" && root.kind === "name" && root.binding !== undefined && model.values.index(file).sources[root.binding]?.kind === "parameter";
}

/** `new Page(User.find(), req.query)`: a statement that has not run yet is handed to code of the project, which may go on with it. */
function isGoneOnWith(model: ProjectModel, file: string, { node, completion, execution, executed }: StoreOperation): boolean {
  if (completion !== "passed" || execution === "eager" || executed) return false;
  const { parentOf } = model.values.index(file);
  let at = parentOf(node);
  while (at && "kind" in at && (at.kind === "cast" || at.kind === "object" || at.kind === "array")) at = parentOf(at);
  return at !== undefined && "kind" in at && (at.kind === "call" || at.kind === "new") && model.values.of(file, at.callee).some(({ kind }) => kind === "function" || kind === "class");
}

/** `query = query.limit(size)`: a statement that is kept in a name and limited before it runs. */
function isLimitedLater(model: ProjectModel, file: string, { node, executed }: StoreOperation): boolean {
  const { calls, parentOf } = model.values.index(file);
  const kept = executed ? [] : (keptIn(parentOf, node)?.bindings ?? []);
  return calls.some(({ node: { callee, span } }) => {
    const root = callee.kind === "member" && /^(limit|take|first|range|page|fetch|top)$/.test(callee.property) && span[0] > node.span[0] ? chainRoot(callee.object) : undefined;
    return root?.kind === "name" && root.binding !== undefined && kept.includes(root.binding);
  });
}

/** Whether a list is that of one parent, `{ accountId: owner.id }`: it grows with that, and not with the table. */
export function isOfParent(model: ProjectModel, file: string, operation: StoreOperation): boolean {
  return filterParts(model, file, operation.filter).some((part) => namesOfCondition(part).some((name) => /[a-z]Id$|[a-z]_id$/.test(name)));
}

function mentionsLimit(node: SyntaxNode): boolean {
  return [...namesIn([node])].some((name) => /^(take|limit|first|top|pageSize|perPage|cursor|LIMIT|count|groupBy|distinct|selectDistinct|selectDistinctOn)$/.test(name));
}

/** sql`count(distinct ${table.id})`: one row for them all. */
function isAggregate(node: SyntaxNode): boolean {
  return someNode([node], (part) => part.kind === "template" && /^\s*(count|sum|min|max|avg)\s*\($/i.test(part.texts[0]?.split(/(?<=\()/)[0] ?? ""));
}

/** The conditions of a statement, those that stand in a list which is given on included: `and(...conditions)`. */
function filterParts(model: ProjectModel, file: string, filter: readonly SyntaxNode[]): readonly SyntaxNode[] {
  const { sources } = model.values.index(file);
  const lists: SyntaxNode[] = [];
  walkAll(filter, (part) => {
    if (!("kind" in part) || part.kind !== "spread") return undefined;
    const source = part.value.kind === "name" && part.value.binding !== undefined ? sources[part.value.binding] : undefined;
    if (source?.kind === "value" && source.path.length === 0 && source.value?.kind === "array") lists.push(source.value);
    return undefined;
  });
  return lists.length > 0 ? [...filter, ...lists] : filter;
}

/** `id: { in: ids }`, `inArray(table.id, ids)`, `eq(table.slug, slug)`: as many rows as keys. */
function hasKeys(filter: readonly SyntaxNode[]): boolean {
  return filter.some((part) => namesOfCondition(part).some((name) => /^(in|inArray|In|whereIn|\$in|anyOf|hasSome|id|_id|uuid|slug|email|username|handle|iri|url|sku|token|code)$/.test(name)));
}

/** What a condition names; the values that it compares with (`userId: req.params.id`) name nothing. */
function namesOfCondition(node: SyntaxNode): readonly string[] {
  if (!("kind" in node)) return [];
  // `"comment.parentId IN (:...ids)"`
  const text = node.kind === "template" ? node.texts.join("?") : node.kind === "literal" ? String(node.value) : "";
  if (/\bin\s*\(/i.test(text)) return ["in"];
  if (node.kind === "object") return node.members.flatMap((member) => (member.kind === "property" && !isRange(member.value) ? [member.key, ...(isKeyList(member.value) ? ["in"] : []), ...(/^(object|array|call|function)$/.test(member.value.kind) ? namesOfCondition(member.value).filter((name) => !isOfAnother(member.key, name)) : [])] : []));
  if (node.kind === "array") return node.elements.flatMap(namesOfCondition);
  if (node.kind === "function") return namesOfReturn(node.function.body ?? []);
  if (isRange(node)) return [];
  if (node.kind === "call") return [...namesIn([node.callee]), ...node.arguments.slice(0, /^(and|or|not)$/.test(calleeName(node.callee)) ? undefined : 1).flatMap(namesOfCondition)];
  return [...namesIn([node])];
}

/** `{ post: { id } }`: the key of the row that others belong to. */
function isOfAnother(holder: string, name: string): boolean {
  return /^(_?id|uuid|slug|email|username|handle)$/.test(name) && !/^(where|match|and|or|\$\w+|_?id|AND|OR)$/.test(holder);
}

/** `{ postId: postIds }`, which some libraries take for a list of keys. */
function isKeyList(node: SyntaxNode): boolean {
  const name = "kind" in node && node.kind === "name" ? node.name : "kind" in node && node.kind === "member" ? node.property : "";
  return /^ids$|[a-z]Ids$|_ids$/.test(name);
}

const ranges = /^\$?(gte?|lte?|ne|not|nin|like|ilike|contains|startsWith|endsWith|MoreThan(OrEqual)?|LessThan(OrEqual)?|Not|Like|ILike|notInArray|notIn|isNotNull)$/;

/** What asks for more than one value has, whatever it asks about: `gt(rows.id, after)`, `{ gt: after }`, `{ $ne: id }`, `MoreThan(after)`. */
function isRange(node: SyntaxNode): boolean {
  if (!("kind" in node)) return false;
  if (node.kind === "call") return ranges.test(calleeName(node.callee));
  return node.kind === "object" && node.members.length > 0 && node.members.every((member) => member.kind === "property" && ranges.test(member.key));
}

/** `(users, { eq }) => eq(users.handle, handle)` */
function namesOfReturn(body: readonly Statement[]): readonly string[] {
  const last = body.at(-1);
  return last?.kind === "return" && last.value ? namesOfCondition(last.value) : [];
}

function calleeName(node: SyntaxNode): string {
  return "kind" in node && node.kind === "name" ? node.name : "kind" in node && node.kind === "member" ? node.property : "";
}

/** `const [user] = await …`: the query is meant for one row; of what gives rows and their description together, `const [[user]] = await …`. */
function takesFirst(model: ProjectModel, file: string, { node, sql, package: from }: StoreOperation): boolean {
  const index = model.values.index(file);
  let at = index.parentOf(node);
  while (at && "kind" in at && (at.kind === "await" || at.kind === "cast" || (at.kind === "member" && at.property === "then"))) at = index.parentOf(at);
  if (at === undefined || !("kind" in at) || at.kind !== "variable") return false;
  const inPair = sql !== undefined && findLibrary(from)?.store?.pairs === true;
  return at.declarators.some(({ target, value }) => target.kind === "array-pattern" && value !== undefined && within(node.span, value.span) && (!inPair || target.elements[0]?.value.kind === "array-pattern"));
}
