import { splitWords } from "../../base/words.js";
import { growingForOne, largeOwners, smallOwners } from "../../catalogue/lexicon/rows.js";
import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { sitesOf } from "./limits.js";
import { formsOf } from "./row-names.js";

/** How many conditions may lead to each other. */
const deepest = 4;

/** Whether a list is that of one owner, and of what there is more each day for each owner: the orders of a customer, the messages of a channel, and not the items of an order. */
export function growsForItsOwner(model: ProjectModel, { file, filter }: StoreOperation, isOfState: (condition: Expression) => boolean, names: readonly string[]): boolean {
  if (filter.length === 0 || !names.some(isGrowingForOne)) return false;
  const keys = filter.filter((condition) => !isOfState(condition)).map((condition) => keysOf(model, file, condition, isOfState, deepest));
  return keys.length > 0 && keys.every((of) => of?.every((key) => namesLargeOwner(key)));
}

export function isGrowingForOne(name: string): boolean {
  return formsOf(name).some((form) => growingForOne.has(form));
}

/** `customerId`, `customer_id`, `author`, `created_by`: whose rows are asked for, of whom each has many. */
export function namesLargeOwner(key: string): boolean {
  const all = splitWords(key.replace(/^.*\./, ""));
  const words = all.filter((word) => !/^(id|uuid|fk)$/.test(word));
  return words.length > 0 && !words.some((word) => smallOwners.has(word)) && (words.length < all.length || largeOwners.has(words.at(-1) ?? ""));
}

/** The columns by which a condition chooses whose rows are read; undefined where it asks for more or cannot be read. */
function keysOf(model: ProjectModel, file: string, condition: Expression, isOfState: (condition: Expression) => boolean, depth: number): readonly string[] | undefined {
  if (depth === 0) return undefined;
  const inner = (part: Expression): readonly string[] | undefined => (isOfState(part) ? [] : keysOf(model, file, part, isOfState, depth - 1));
  if (condition.kind === "object") return all(condition.members.map((member) => (member.kind !== "property" ? undefined : /^(where|AND|\$and)$/.test(member.key) ? inner(member.value) : isOfState({ ...condition, members: [member] }) ? [] : isKey(member.value) ? [member.key] : undefined)));
  if (condition.kind === "array") return all(condition.elements.map(inner));
  if (condition.kind === "call") {
    const name = lastName(condition.callee);
    if (name === "and") return all(condition.arguments.map(inner));
    const [column, value, ...others] = condition.arguments;
    return name === "eq" && column && value && others.length === 0 ? [lastName(column)] : undefined;
  }
  if (condition.kind === "literal" && typeof condition.value === "string") return ofText(condition.value);
  if (condition.kind !== "name" || condition.binding === undefined) return undefined;
  // `listBy(query)`: what each of its callers asks for.
  const source = model.values.index(file).sources[condition.binding];
  if (source?.kind === "value") return source.value && source.path.length === 0 ? inner(source.value) : undefined;
  if (source?.kind !== "parameter" || source.path.length > 0) return undefined;
  const given = sitesOf(model, file, source).map(({ file: at, call }) => ({ at, condition: call.arguments[source.index] }));
  return given.length > 0 ? all(given.map((one) => (one.condition ? (isOfState(one.condition) ? [] : keysOf(model, one.at, one.condition, isOfState, depth - 1)) : undefined))) : undefined;
}

/** `{ customer: { id } }`, `{ author: user }`: one row that others belong to; ranges and lists ask for more. */
function isKey(value: Expression): boolean {
  if (value.kind === "object") return value.members.length > 0 && value.members.every((member) => member.kind === "property" && /^(_?id|uuid|equals|\$eq|is)$/.test(member.key));
  return value.kind === "name" || value.kind === "member" || value.kind === "cast" || value.kind === "new" || (value.kind === "call" && /^(Number|String|parseInt|Equal|ObjectId|toString)$/.test(lastName(value.callee)));
}

/** The columns of a text that are compared with what is handed in: `order.customerId = :id`, `tenant_id = $1`. */
function ofText(text: string): readonly string[] | undefined {
  if (/[<>]|\b(?:in|like|ilike|between|or|not|exists|any)\b/i.test(text.replace(/\bis\s+not\s+null\b/gi, ""))) return undefined;
  const compared = [...text.matchAll(/([\w."`]+)\s*=/g)].map(([, column = ""]) => column.replace(/["`]/g, ""));
  // `.where("customer_id", id)` names the column alone.
  return compared.length > 0 ? compared : /^[\w.]+$/.test(text.trim()) ? [text.trim()] : undefined;
}

function all(lists: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  return lists.every((list) => list !== undefined) ? lists.flat() : undefined;
}
