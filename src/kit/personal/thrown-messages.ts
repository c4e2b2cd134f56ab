import type { CallExpression, Expression, NewExpression, Statement } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, walkAll } from "../../facts/walk.js";
import { deepest, type Exposure, type Look, respan, wayTo } from "./exposure.js";
import { type Caught, isKeptAway } from "./ruled-out-errors.js";

/** The personal data that errors carry in their messages which a `catch` is given: `throw new Error(\`no account for ${email}\`)` in its `try`, or in a function that is called there. */
export function ofThrown(at: Look, node: Expression & { kind: "name" }): readonly Exposure[] {
  const caught = at.model.values.index(at.file).tries.find(({ handler }) => handler?.parameter?.kind === "binding" && handler.parameter.binding === node.binding);
  if (!caught || at.depth >= deepest) return [];
  const { thrown, calls } = leaving(caught.body);
  return asMessage(at, node, [...thrown.flatMap((error) => inMessage({ ...at, depth: at.depth + 1 }, node, error)), ...calls.flatMap((call) => thrownBy(at, { file: at.file, node }, call))]);
}

/** The same for a call whose rejection is handled: `register(email).catch((error) => …)`. */
export function ofRejected(at: Look, node: Expression & { kind: "name" }, call: CallExpression): readonly Exposure[] {
  return at.depth >= deepest ? [] : asMessage(at, node, thrownBy(at, { file: at.file, node }, call));
}

function asMessage({ path }: Look, node: Expression & { kind: "name" }, found: readonly Exposure[]): readonly Exposure[] {
  const distinct = new Map(found.map((exposure) => [`${wayTo(exposure)} ${exposure.made === undefined ? "" : `${exposure.made.file} ${exposure.made.span[0]}`}`, exposure]));
  return respan(node, [...distinct.values()]).map((exposure) => ({ span: exposure.span, category: exposure.category, field: `${node.name}.message`, inside: wayTo(exposure), ...(exposure.made && { made: exposure.made }), ...(path && { path: [...path, "message"] }) }));
}

/** How many functions may lie between the `try` and what throws. */
const mostBetween = 1;

/** What a function of the project throws that is called, or one that it calls itself: `found(users.get(email), \`no account for ${email}\`)`. */
function thrownBy(at: Look, caught: Caught, call: CallExpression, between = 0): readonly Exposure[] {
  const { functions: [callee, ...others] } = at.model.callGraph.callees(at.file, call);
  if (!callee || others.length > 0 || at.depth >= deepest) return [];
  const inside: Look = { ...at, file: callee.file, depth: at.depth + 1, call: { of: callee.node, arguments: call.arguments, at } };
  const { thrown, calls } = leaving(callee.node.body ?? []);
  const own = thrown.flatMap((error) => (isKeptAway(at.model, caught, { file: callee.file, error }) ? [] : inMessage(inside, undefined, error).map((exposure) => ({ ...exposure, made: { file: callee.file, span: error.span } }))));
  return [...own, ...(between < mostBetween ? calls.flatMap((inner) => thrownBy(inside, caught, inner, between + 1)) : [])];
}

/** What statements throw and call themselves: not in functions inside them, and not where a `try` of their own is around. */
function leaving(statements: readonly Statement[]): { readonly thrown: readonly NewExpression[]; readonly calls: readonly CallExpression[] } {
  const thrown: NewExpression[] = [];
  const calls: CallExpression[] = [];
  walkAll(statements, (part) => {
    if (isFunctionNode(part) || isClassNode(part) || part.kind === "try") return false;
    if (part.kind === "throw" && part.value.kind === "new") thrown.push(part.value);
    if (part.kind === "call") calls.push(part);
    return undefined;
  });
  return { thrown, calls };
}

/** What the message of an error is put together from: its first argument, or what the class of the project hands on. */
function inMessage(at: Look, caught: (Expression & { kind: "name" }) | undefined, error: NewExpression): readonly Exposure[] {
  if (caught && isKeptAway(at.model, { file: at.file, node: caught }, { file: at.file, error })) return [];
  const [message] = error.arguments;
  for (const value of at.model.values.of(at.file, error.callee)) {
    const made = value.kind === "class" ? value.node.members.find((member) => member.kind === "method" && member.name === "constructor") : undefined;
    if (value.kind !== "class" || made?.kind !== "method") continue;
    const inside: Look = { ...at, file: value.file, path: undefined, inText: true, depth: at.depth + 1, call: { of: made.function, arguments: error.arguments, at } };
    const handedOn: Expression[] = [];
    walkAll(made.function.body ?? [], (part) => {
      if ("kind" in part && part.kind === "call" && part.callee.kind === "super" && part.arguments[0]) handedOn.push(part.arguments[0]);
      return undefined;
    });
    return handedOn.flatMap((part) => at.search.of(inside, part));
  }
  return message ? at.search.of({ ...at, path: undefined, ...(message.kind !== "object" && { inText: true }) }, message) : [];
}
