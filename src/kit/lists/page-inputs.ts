import { fieldKey, pageInputs } from "../../catalogue/lexicon/http.js";
import type { Expression, Statement } from "../../facts/syntax.js";
import { type SyntaxNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Route } from "../../model/routes/route.js";
import { inputNames, namesAt } from "../routes/handlers.js";
import type { ReachedFunction } from "../routes/reach.js";

/** Whether a name is that of an input which chooses a page. */
export function isPageInput(name: string): boolean {
  return pageInputs.has(fieldKey(name)) || isPaging(name);
}

function isPaging(name: string): boolean {
  return /paginat|pageable/i.test(name);
}

/** `limit`, `take`: how many, and not from where. */
export function isSize(name: string): boolean {
  return /^(limit|take|first|top|rows|\$top)$/i.test(name);
}

/** Whether the handler, its schema or its parameter classes name an input that chooses a page; with `beyond`, one that goes on where a page ends. */
export function takesPage(model: ProjectModel, route: Route, beyond = false): boolean {
  return !route.handler || [...inputNames(model, route, (statements) => askedNamesIn(statements))].some((name) => isPageInput(name) && !(beyond && isSize(name)));
}

/** A service that is given the whole query picks the page out of it; `rows` is what drivers call what a query gave. What a factory puts together is run, if at all, by itself. */
export function mentionsPage(model: ProjectModel, { node }: ReachedFunction, beyond = false): boolean {
  const made = new Set<SyntaxNode>(model.values.returned(node).filter((returned) => returned.kind === "object" && returned.members.some(({ value }) => value.kind === "function")));
  return [...askedNamesIn([...node.parameters.map(({ target }) => target), ...(node.body ?? [])], made)].some((name) => name !== "rows" && isPageInput(name) && !(beyond && isSize(name)));
}

/** The names that a piece of code mentions but those to which it gives a value itself, whatever is asked for: `.limit(1)`, `{ take: 5 }`, `names.first()`. */
function askedNamesIn(statements: readonly (Statement | SyntaxNode)[], without: ReadonlySet<SyntaxNode> = new Set()): ReadonlySet<string> {
  const names = new Set<string>();
  const methods = new Set<SyntaxNode>();
  walkAll(statements, (node) => {
    if (without.has(node)) return false;
    if ("kind" in node && node.kind === "call" && node.arguments.every(isFixed)) methods.add(node.callee);
    const fixed = methods.has(node) ? namesAt(node) : fixedKeys(node);
    for (const name of namesAt(node)) if (isPaging(name) || !fixed.includes(name)) names.add(name);
    return undefined;
  });
  return names;
}

/** The keys of an object that it gives values which are written out; what is spread over them may say otherwise: `{ page: 1, ...query }`. */
function fixedKeys(node: SyntaxNode): readonly string[] {
  if (!("kind" in node) || node.kind !== "object" || node.members.some(({ kind }) => kind === "spread")) return [];
  return node.members.flatMap((member) => (member.kind === "property" && isFixed(member.value) ? [member.key] : []));
}

function isFixed(value: Expression): boolean {
  return value.kind === "literal" || (value.kind === "unary" && value.value.kind === "literal");
}
