import { isNothing, lastName } from "../../facts/names.js";
import type { Expression, NameExpression, Statement } from "../../facts/syntax.js";
import { isFunctionNode, type SyntaxNode } from "../../facts/walk.js";
import type { BindingSource } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { ReachedFunction } from "../routes/reach.js";
import { sitesOf } from "./limits.js";

/** How many names may lead to a condition. */
const deepest = 4;

/**
 * Whether a condition may hold for all rows that are still there: `{}`, `{ deletedAt: null }`, a text that is searched for, what is put
 * together under conditions alone (`if (status) filter.status = status`), and what a caller among those that a route reaches hands on so.
 */
export function mayHoldForAll(model: ProjectModel, file: string, condition: Expression, reached: readonly ReachedFunction[], depth = 0): boolean {
  if (depth > deepest) return false;
  const inner = (part: Expression): boolean => isNothing(part) || mayHoldForAll(model, file, part, reached, depth + 1);
  switch (condition.kind) {
    case "literal":
      return leavesOutDeleted(condition);
    case "object":
      return condition.members.every((member) => (member.kind === "spread" ? isLeftOut(model, file, member.value, reached) || inner(member.value) : member.kind === "property" && (deleted.test(member.key) || isSearch(member.value) || (member.value.kind === "array" && (anyOf.test(member.key) ? member.value.elements.some(inner) : allOf.test(member.key) && inner(member.value))))));
    case "cast":
      return inner(condition.value);
    case "conditional":
      return inner(condition.then) || (!isAlwaysGiven(model, file, condition.test, reached) && inner(condition.else));
    case "binary":
      return /^(\?\?|\|\|)$/.test(condition.operator) && inner(condition.left) && inner(condition.right);
    case "call":
      return isSearch(condition) || (/^(and|or)$/.test(lastName(condition.callee)) && condition.arguments.every((argument) => inner(argument.kind === "spread" ? argument.value : argument)));
    case "array":
      return condition.elements.every(inner);
    case "name":
      return ofName(model, file, condition, reached, depth);
    default:
      return false;
  }
}

/** `{}`, `{ deletedAt: null }`, `"user.deletedAt IS NULL"`: a condition that holds for all rows that are still there chooses none. */
export function leavesOutDeleted(condition: Expression): boolean {
  if (condition.kind === "literal") return /^[\w."`]*deleted\w*"?\s+is\s+null$/i.test(String(condition.value).trim());
  return condition.kind === "object" && condition.members.every((member) => member.kind === "property" && deleted.test(member.key));
}

const deleted = /^(is_?)?deleted(_?at)?$/i;
const anyOf = /^(\$or|OR)$/;
const allOf = /^(\$and|AND)$/;

/** `{ $regex: text }`, `{ contains: text, mode: "insensitive" }`, `ilike(posts.title, text)`, `ILike(text)`: a text that is searched for chooses as many rows as there are. */
function isSearch(value: Expression): boolean {
  if (value.kind === "call") return /^(i?like|ILike|Like)$/.test(lastName(value.callee));
  return value.kind === "object" && value.members.some((member) => member.kind === "property" && /^(\$regex|contains|search)$/.test(member.key));
}

/** `...(status && { status })`, `...(status ? { status } : {})`: nothing where nothing was asked for. */
function isLeftOut(model: ProjectModel, file: string, spread: Expression, reached: readonly ReachedFunction[]): boolean {
  return spread.kind === "binary" && spread.operator === "&&" && !isAlwaysGiven(model, file, spread.left, reached);
}

/** Whether a test asks for a parameter that all callers which a route reaches give, and that no client may leave out: `if (ownerId) where.ownerId = ownerId` where the handler hands over `req.user.id`. */
function isAlwaysGiven(model: ProjectModel, file: string, test: Expression, reached: readonly ReachedFunction[], depth = 0): boolean {
  const source = test.kind === "name" && test.binding !== undefined ? model.values.index(file).sources[test.binding] : undefined;
  if (source?.kind !== "parameter" || source.path.length > 0 || depth > deepest) return false;
  const sites = reachedSites(model, file, source, reached);
  return sites.length > 0 && sites.every(({ file: at, call }) => {
    const given = call.arguments[source.index];
    if (given === undefined || isNothing(given)) return false;
    const flow = model.requestData.of(at, given);
    return flow ? flow.part === "params" : !isParameter(model, at, given) || isAlwaysGiven(model, at, given, reached, depth + 1);
  });
}

function isParameter(model: ProjectModel, file: string, node: Expression): boolean {
  return node.kind === "name" && node.binding !== undefined && model.values.index(file).sources[node.binding]?.kind === "parameter";
}

/** The calls of a parameter's function that stand in what a route reaches. */
function reachedSites(model: ProjectModel, file: string, source: Extract<BindingSource, { kind: "parameter" }>, reached: readonly ReachedFunction[]): ReturnType<typeof sitesOf> {
  return sitesOf(model, file, source).filter(({ file: at, call }) => reached.some(({ node }) => node === model.values.index(at).functionAround(call)?.node));
}

function ofName(model: ProjectModel, file: string, name: NameExpression, reached: readonly ReachedFunction[], depth: number): boolean {
  const source = name.binding === undefined ? undefined : model.values.index(file).sources[name.binding];
  if (name.binding === undefined || source === undefined || !("path" in source) || source.path.length > 0) return false;
  if (!addedTo(model, file, name.binding).every((value) => isUnderCondition(model, file, value, reached))) return false;
  if (source.kind === "value") return source.value !== undefined && mayHoldForAll(model, file, source.value, reached, depth + 1);
  if (source.kind !== "parameter") return false;
  return reachedSites(model, file, source, reached).some(({ file: at, call }) => {
    const given = call.arguments[source.index];
    if (given) return mayHoldForAll(model, at, given, reached, depth + 1);
    return source.default === undefined || mayHoldForAll(model, file, source.default, reached, depth + 1);
  });
}

/** What is given to a name, and put into what it holds, after it was made. */
function addedTo(model: ProjectModel, file: string, binding: number): readonly Expression[] {
  return [...model.requestData.assignedTo(file, binding), ...model.requestData.putInto(file, binding)];
}

/** The keys that are put, whatever is asked for, into an object that a statement is given by its name; undefined for what is put there otherwise. What is written out chooses nobody's rows. */
export function keysAlwaysPut(model: ProjectModel, file: string, condition: Expression, reached: readonly ReachedFunction[]): readonly (string | undefined)[] {
  const binding = condition.kind === "name" ? condition.binding : undefined;
  if (binding === undefined) return [];
  const always = addedTo(model, file, binding).filter((value) => value.kind !== "literal" && !isUnderCondition(model, file, value, reached));
  return always.map((value) => {
    const target = model.values.index(file).partAssignments.find((one) => one.value === value)?.target;
    return target?.kind === "member" ? target.property : undefined;
  });
}

/** Whether something is done in an `if` alone that may be passed by: one without an `else`, or whose last has none. */
function isUnderCondition(model: ProjectModel, file: string, node: SyntaxNode, reached: readonly ReachedFunction[]): boolean {
  const { parentOf } = model.values.index(file);
  for (let at = parentOf(node); at && !isFunctionNode(at); at = parentOf(at)) if ("kind" in at && at.kind === "if" && mayBePassed(at) && !isAlwaysGiven(model, file, at.test, reached)) return true;
  return false;
}

function mayBePassed({ else: other }: Extract<Statement, { kind: "if" }>): boolean {
  const [next, ...rest] = other ?? [];
  return next === undefined || (rest.length === 0 && next.kind === "if" && mayBePassed(next));
}
