import { answers } from "../../base/answers.js";
import { oncePer } from "../../base/once-per.js";
import { within } from "../../base/position.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, NewExpression, Statement, TemplateExpression } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, someNode, type SyntaxNode, statementLists } from "../../facts/walk.js";
import type { FileIndex } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";
import { type ReachedFunction, reachedThrough } from "../routes/reach.js";

const reachedIn = oncePer((_model: ProjectModel) => answers<FunctionNode, readonly ReachedFunction[]>());

/** A function and the project's functions that it calls whatever it finds stored. */
export function surelyReached(model: ProjectModel, file: string, node: FunctionNode): readonly ReachedFunction[] {
  return reachedIn(model).of(node, () => reachedThrough(model, file, node, (reached, call) => !isLazy(model, reached, call)));
}

/**
 * Whether a function does something only where it finds that it has to: behind a condition that asks nothing of the request
 * (`if (!found)`, `if (link.expired)`), after it would have answered with what it found, or because something failed. However
 * often the function is called, that comes to the same.
 */
export function isLazy(model: ProjectModel, { file, node: around }: ReachedFunction, place: CallExpression | NewExpression | TemplateExpression): boolean {
  const { parentOf } = model.values.index(file);
  for (let inner: SyntaxNode = place, at = parentOf(place); at; inner = at, at = parentOf(at)) {
    if (isClassNode(at)) return false;
    if (statementLists(at).some((list) => isAnsweredBefore(model, file, list, inner)) || (!isFunctionNode(at) && isChosen(model, file, at, inner))) return true;
    if (at === around) return false;
  }
  return false;
}

/** Whether a part of something stands under a condition on what is stored, or handles a failure. */
function isChosen(model: ProjectModel, file: string, at: Exclude<SyntaxNode, FunctionNode>, inner: SyntaxNode): boolean {
  if (!("kind" in at)) return false;
  switch (at.kind) {
    case "if":
    case "conditional":
      return inner !== at.test && isOfStore(model, file, at.test);
    case "binary":
      return /^(&&|\|\||\?\?)$/.test(at.operator) && inner === at.right && isOfStore(model, file, at.left);
    case "switch":
      return inner !== at.subject && isOfStore(model, file, at.subject);
    case "try":
      return at.handler !== undefined && within(inner.span, at.handler.span);
    case "call":
      return inner !== at.callee && lastName(at.callee) === "catch";
    default:
      return false;
  }
}

/** Whether a condition asks nothing of the request. What is looked up by it is stored: `const found = await find(request.params.id)`. */
function isOfStore(model: ProjectModel, file: string, test: Expression): boolean {
  return !someNode([test], (part) => (part.kind === "member" && part.property === "method") || ((part.kind === "name" || part.kind === "member") && model.requestData.flows(file, part).some(({ steps }) => !steps.some(({ kind }) => kind === "call"))));
}

/** `if (found) return found;` or `if (row.readAt) return;` before a statement of a list: what comes behind makes what is missing. */
function isAnsweredBefore(model: ProjectModel, file: string, list: readonly Statement[], inner: SyntaxNode): boolean {
  const { sources } = model.values.index(file);
  const place = list.findIndex((statement) => statement === inner);
  return list.slice(0, Math.max(place, 0)).some((statement) => {
    if (statement.kind !== "if") return false;
    if (statement.then.at(-1)?.kind === "return" && isPicked(sources, statement.test, inner)) return true;
    const found = rootOf(statement.test);
    const last = statement.then.at(-1);
    if (found === undefined || last?.kind !== "return" || sources[found]?.kind !== "value") return false;
    return last.value === undefined ? statement.then.length === 1 : someNode([last.value], (part) => part.kind === "name" && part.binding === found);
  });
}

/** `if (expired.length === 0) return rows;` before a statement about what was picked out of rows: `const expired = rows.filter(…)`. */
function isPicked(sources: FileIndex["sources"], test: Expression, inner: SyntaxNode): boolean {
  const size = test.kind === "unary" ? test.value : test.kind === "binary" ? test.left : test;
  if (size.kind !== "member" || size.property !== "length" || size.object.kind !== "name" || size.object.binding === undefined) return false;
  const { binding } = size.object;
  const source = sources[binding];
  const picks = source?.kind === "value" && source.path.length === 0 && source.value?.kind === "call" && lastName(source.value.callee) === "filter";
  return picks && someNode([inner], (part) => part.kind === "name" && part.binding === binding);
}

/** The variable that a name or a field is one of: `account.customerId`. */
function rootOf(test: Expression): number | undefined {
  let at = test;
  while (at.kind === "member") at = at.object;
  return at.kind === "name" ? at.binding : undefined;
}
