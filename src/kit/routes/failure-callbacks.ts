import { isNothing, propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import { isFunctionNode } from "../../facts/walk.js";

/** What `catch(handler)` and `then(work, handler)` run when a promise fails. */
export function rejectionOf({ kind, callee, arguments: given }: CallExpression | NewExpression): { readonly handler: FunctionNode; readonly promise: Expression } | undefined {
  if (kind !== "call" || callee.kind !== "member") return undefined;
  const handler = callee.property === "catch" && given.length === 1 ? given[0] : callee.property === "then" ? given[1] : undefined;
  return handler?.kind === "function" ? { handler: handler.function, promise: callee.object } : undefined;
}

/** The callback whose first parameter is an error: `unlink(path, (err) => …)`, `socket.on("error", (err) => …)`, the `error` of an observer. */
export function errorCallbackOf({ callee, arguments: given }: CallExpression | NewExpression): FunctionNode | undefined {
  // `source.subscribe({ next, error: (err) => … })`
  const [observer] = given;
  const failed = callee.kind === "member" && callee.property === "subscribe" && observer?.kind === "object" ? propertyOf(observer, "error") : undefined;
  if (failed?.kind === "function" && failed.function.parameters.length === 1) return failed.function;
  const last = given.at(-1);
  const [first, ...others] = last?.kind === "function" ? last.function.parameters : [];
  // A step of a framework that is given an error answers it; `map` and its kin are given elements.
  const isStep = others.length > 2 || (callee.kind === "member" && /^(use|catch|then|map|filter|find|some|every|forEach|reduce|flatMap|setErrorHandler|onError)$/.test(callee.property));
  return last?.kind === "function" && first?.target.kind === "binding" && /^_?(?:err|error)$/.test(first.target.name) && !isStep ? last.function : undefined;
}

/** Whether a call is given what to do for either outcome, as `then` is: `readJson(res, (body) => …, (err) => refuse(res))`. */
export function isGivenBoth({ arguments: given }: CallExpression | NewExpression): boolean {
  return given.at(-1)?.kind === "function" && given.at(-2)?.kind === "function";
}

/** What runs when something fails on its own, and is given no error: `worker.on("error", () => {})`, `process.on("uncaughtException", () => process.exit(1))`. */
export function deafListenerOf({ kind, callee, arguments: [event, listener] }: CallExpression | NewExpression): { readonly handler: FunctionNode; readonly ofProcess: boolean } | undefined {
  if (kind !== "call" || callee.kind !== "member" || !/^(?:on|once|addListener)$/.test(callee.property) || event?.kind !== "literal" || listener?.kind !== "function") return undefined;
  const ofProcess = (event.value === "uncaughtException" || event.value === "unhandledRejection") && callee.object.kind === "name" && callee.object.name === "process";
  return (ofProcess || event.value === "error") && listener.function.parameters.length === 0 && listener.function.comment !== true ? { handler: listener.function, ofProcess } : undefined;
}

/** Whether a handler does nothing, and no comment says why. */
export function isEmpty(node: FunctionNode): boolean {
  return !isFunctionNode(node) || (node.comment !== true && (node.body?.length === 0 || (node.body?.length === 1 && node.body[0]?.kind === "return" && givesNothing(node.body[0].value))));
}

/** `undefined`, `null`, `void 0` */
function givesNothing(value: Expression | undefined): boolean {
  return value !== undefined && (isNothing(value) || (value.kind === "unary" && value.operator === "void"));
}
