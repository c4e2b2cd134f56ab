import { isNothing, lastName } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import type { SyntaxNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import { isEmpty } from "../routes/failure-callbacks.js";
import { isDefault } from "./caught-answers.js";
import { isBeforeThrow, mayFail, readsFile } from "./expected-failures.js";

/** Whether a default in place of a result counts as swallowing: never, where the work that failed was waited for, or always. */
export type DefaultsOption = "allow" | "awaited" | "report";

/** Whether nothing is left of an error where a promise fails: its handler does nothing, or puts a default in the place of a result that nobody misses. */
export function isSwallowed(model: ProjectModel, file: string, node: CallExpression | NewExpression, { handler, promise }: { readonly handler: FunctionNode; readonly promise: Expression }, defaults: DefaultsOption): boolean {
  if (!isEmpty(handler) && !(defaults !== "allow" && isDefaultGiver(handler))) return false;
  if (defaults === "allow" && givesDefault(model, file, node, handler)) return false;
  if (defaults === "awaited" && ((givesDefault(model, file, node, handler) && readsFile(promise)) || isMissedBehind(model, file, node, handler))) return false;
  return !mayFail(model, file, promise) && !isBeforeThrow(model, file, node);
}

/** `const size = await measure(path).catch(() => undefined)`: undefined stands for the result where there is none. */
function givesDefault(model: ProjectModel, file: string, call: CallExpression | NewExpression, { body }: FunctionNode): boolean {
  if (body?.length !== 1) return false;
  const { parentOf } = model.values.index(file);
  let parent = parentOf(call);
  while (parent && "kind" in parent && (parent.kind === "await" || parent.kind === "cast")) parent = parentOf(parent);
  return parent !== undefined && !("kind" in parent && parent.kind === "expression");
}

/** `const room = await open(id).catch(() => null); if (!room) return;`: that there is none is asked behind it, so nobody takes nothing for an answer. */
function isMissedBehind(model: ProjectModel, file: string, call: CallExpression | NewExpression, handler: FunctionNode): boolean {
  const { parentOf } = model.values.index(file);
  const [only] = handler.body ?? [];
  if (only?.kind !== "return" || !isEmpty(handler)) return false;
  let [value, parent]: [SyntaxNode, SyntaxNode | undefined] = [call, parentOf(call)];
  while (parent && "kind" in parent && /^(?:await|cast|conditional)$/.test(parent.kind)) [value, parent] = [parent, parentOf(parent)];
  const binding = parent ? takenBy(parent, value) : undefined;
  return binding !== undefined && model.values.usesOf(file, binding).some((use) => asks(parentOf(use), use, parentOf));
}

/** The variable that a declaration or an assignment puts a value into. */
function takenBy(parent: SyntaxNode, value: SyntaxNode): number | undefined {
  if (!("kind" in parent)) return undefined;
  if (parent.kind === "assign") return parent.operator === "=" && parent.target.kind === "name" ? parent.target.binding : undefined;
  const target = parent.kind === "variable" ? parent.declarators.find((one) => one.value === value)?.target : undefined;
  return target?.kind === "binding" ? target.binding : undefined;
}

/** `isDefined(price)`, `isNil(room)` */
const asksForNothing = /^is_?(?:not)?_?(?:defined|undefined|nil|null|nullish|nullable|present|some)$/i;

/** Whether a name is asked for its absence: `!name`, `name === null`, `if (name) …`, `name && …`, `name ? … : …`, `isDefined(name)`. */
function asks(parent: SyntaxNode | undefined, use: Expression, parentOf: (node: SyntaxNode) => SyntaxNode | undefined): boolean {
  if (!parent || !("kind" in parent)) return false;
  if (parent.kind === "if" || parent.kind === "conditional") return parent.test === use;
  if (parent.kind === "unary") return parent.operator === "!";
  if (parent.kind === "call") return asksForNothing.test(lastName(parent.callee)) && parent.arguments[0] === use;
  if (parent.kind === "cast") return asks(parentOf(parent), parent, parentOf);
  return parent.kind === "binary" && ((/^[!=]==?$/.test(parent.operator) && (isNothing(parent.right) || parent.right.kind === "literal")) || (/^(?:&&|\|\|)$/.test(parent.operator) && parent.left === use));
}

/** Whether all that a handler does is to give a default in place of the result: `() => []`, `() => 0`. */
function isDefaultGiver({ body, comment }: FunctionNode): boolean {
  const [only, ...others] = body ?? [];
  return comment !== true && others.length === 0 && only?.kind === "return" && only.value !== undefined && isDefault(only.value);
}
