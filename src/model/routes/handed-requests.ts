import { publicMarkers } from "../../catalogue/lexicon/http.js";
import { isRequest } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, Statement } from "../../facts/syntax.js";
import { someNode, type SyntaxNode, walkAll } from "../../facts/walk.js";
import type { Value } from "../values/value.js";
import type { Values } from "../values/values.js";

/** How many calls and variables are followed to where a value comes from. */
const deepest = 2;

/** The functions of the project that a call hands over to be run: `await runGuard(authGuard, ctx)` with `runGuard = (guard, ctx) => guard(ctx)`. */
export function runByCallee(values: Values, file: string, call: CallExpression, callees: readonly Value[]): readonly Value[] {
  return callees.flatMap((callee) => {
    if (callee.kind !== "function") return [];
    return call.arguments.flatMap((argument, position) => {
      const target = argument.kind === "name" || argument.kind === "member" ? callee.node.parameters[position]?.target : undefined;
      const isRun = target?.kind === "binding" && someNode(callee.node.body ?? [], (part) => part.kind === "call" && part.callee.kind === "name" && part.callee.binding === target.binding);
      return isRun ? values.of(file, argument).filter((value) => value.kind === "function") : [];
    });
  });
}

/** The calls in a function, and in those inside it, whose result is given back and whose callee is a parameter: `return handler(request)`. */
export function wrappedCalls(values: Values, file: string, node: FunctionNode): ReadonlySet<Expression> {
  const { sources } = values.index(file);
  const found = new Set<Expression>();
  const note = (value: Expression | undefined): void => {
    const call = value?.kind === "await" ? value.value : value;
    // `handler(request, response).catch(next)`, `Promise.resolve(handler(request)).catch(next)`
    if (call?.kind === "call" && call.callee.kind === "member" && /^(catch|finally)$/.test(call.callee.property)) return note(call.callee.object);
    if (call?.kind === "call" && call.callee.kind === "member" && call.callee.property === "resolve") return note(call.arguments[0]);
    if (call?.kind === "call" && call.callee.kind === "name" && call.callee.binding !== undefined && sources[call.callee.binding]?.kind === "parameter") found.add(call);
  };
  walkAll(node.body ?? [], (part) => {
    if ("kind" in part && part.kind === "return") note(part.value);
    if ("kind" in part && part.kind === "expression" && part.value.kind === "call" && part.value.callee.kind === "member" && part.value.callee.property === "catch") note(part.value);
    // `const response = await handler(request); …; return response`
    if ("kind" in part && part.kind === "variable") for (const { value, target } of part.declarators) if (target.kind === "binding" && /^(res|response|result|answer)$/i.test(target.name)) note(value);
    return undefined;
  });
  return found;
}

/** Whether the first that statements do is to run what comes behind: `await next()`, `return await handler(request)`. */
export function handsOver(body: readonly (Statement | Expression)[], handsOn: ReadonlySet<Expression>): boolean {
  const runsOn = (part: SyntaxNode): boolean => "kind" in part && part.kind === "call" && (handsOn.has(part) || (part.arguments.length === 0 && part.callee.kind === "name" && part.callee.name === "next"));
  // `try { request.user = verify(token); next(); } catch` refuses for itself.
  const first = body.find((part) => someNode([part], (inner) => inner.kind === "call" && !notesTime(inner)));
  return first !== undefined && someNode([first], runsOn);
}

/** `Date.now()`, `performance.now()`: it only notes when something began. */
function notesTime({ callee }: CallExpression): boolean {
  return callee.kind === "member" && callee.object.kind === "name" && /^(Date|performance|process)$/.test(callee.object.name) && /^(now|hrtime)$/.test(callee.property);
}

/** `parse(request, { skipAuth: true })`, `handle(request, { auth: false })`: what the call would ask for is left out. */
export function leavesAuthOut(argument: Expression): boolean {
  return argument.kind === "object" && argument.members.some((member) => member.kind === "property" && member.value.kind === "literal" && ((member.value.value === true && publicMarkers.in(member.key)) || (member.value.value === false && /^(requires?)?_?auth(entication|enticated|Required)?$/i.test(member.key))));
}

/** `models.find(request.params.model)`: what is only given what a caller names cannot tell who that is. */
export function isGivenInput(values: Values, file: string, { arguments: given }: CallExpression, depth = 0): boolean {
  return given.length > 0 && given.every((argument) => argument.kind === "literal" || isInput(values, file, argument, depth)) && given.some(({ kind }) => kind !== "literal");
}

function isInput(values: Values, file: string, node: Expression, depth = 0): boolean {
  if (node.kind === "member") return (/^(params|query)$/.test(node.property) && isRequest(node.object)) || isInput(values, file, node.object, depth);
  // A variable may be given what a call makes of its own: `const limit = parse(limit)`.
  if (node.kind === "call") return depth < deepest && isGivenInput(values, file, node, depth + 1);
  const source = node.kind === "name" && node.binding !== undefined ? values.index(file).sources[node.binding] : undefined;
  return source?.kind === "value" && source.value !== undefined && depth < deepest && isInput(values, file, source.value, depth + 1);
}

/** Whether an object came in by a parameter, or was taken from one: `request`, `context.switchToHttp().getRequest()`; not one that was made here. */
export function isGiven(values: Values, file: string, node: Expression, depth = 0): boolean {
  if (node.kind === "member" || node.kind === "index") return isGiven(values, file, node.object, depth);
  if (node.kind === "call") return isGiven(values, file, node.callee, depth);
  if (node.kind === "await" || node.kind === "cast") return isGiven(values, file, node.value, depth);
  if (node.kind === "this") return true;
  const source = node.kind === "name" && node.binding !== undefined ? values.index(file).sources[node.binding] : undefined;
  return source?.kind === "parameter" || (source?.kind === "value" && source.value !== undefined && depth < deepest && isGiven(values, file, source.value, depth + 1));
}
