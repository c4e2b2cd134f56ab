import type { CallExpression, Expression, NewExpression } from "../../facts/syntax.js";
import { type Origin, withStep } from "./origin.js";
import type { Tracing } from "./tracing.js";

/** Functions of the language that make a text of what they are given. */
export const texting = new Set(["String", "decodeURIComponent", "decodeURI", "unescape", "atob"]);

/** What `String(message)` and `message.toString()` make a text of. */
export function textSource(node: Expression): Expression {
  if (node.kind === "cast" || node.kind === "await") return textSource(node.value);
  if (node.kind !== "call") return node;
  const { callee } = node;
  if (callee.kind === "member" && callee.property === "toString") return callee.object;
  const [argument] = node.arguments;
  return callee.kind === "name" && callee.binding === undefined && texting.has(callee.name) && argument ? textSource(argument) : node;
}

export function isJsonParse({ callee }: CallExpression | NewExpression): boolean {
  return callee.kind === "member" && callee.property === "parse" && callee.object.kind === "name" && callee.object.name === "JSON";
}

/** One piece of a text that is split at its dots, `name.split(".")` or a name for it: it holds none, as an ending does. */
export function pieceOf(origins: Tracing, file: string, list: Expression): readonly Origin[] | undefined {
  const source = list.kind === "name" && list.binding !== undefined ? origins.model.values.index(file).sources[list.binding] : undefined;
  const whole = splitAtDots(source?.kind === "value" && source.value && source.path.length === 0 ? source.value : list);
  return whole && origins.of(file, whole).map((origin) => withStep(origin, { kind: "replace", pattern: "\\.", replacement: "" }));
}

/** The text that is split at its dots, `name` of `name.split(".")`. */
function splitAtDots(node: Expression): Expression | undefined {
  if (node.kind !== "call" || node.callee.kind !== "member" || node.callee.property !== "split") return undefined;
  const [separator] = node.arguments;
  return separator?.kind === "literal" && separator.value === "." ? node.callee.object : undefined;
}

/** The text that a pattern which is written out takes pieces of: `text.match(/…/)`, `/…/.exec(text)`. */
export function matchedText({ callee, arguments: [argument] }: CallExpression): { readonly text: Expression; readonly pattern: string } | undefined {
  if (callee.kind !== "member" || !argument) return undefined;
  if (/^match(All)?$/.test(callee.property) && argument.kind === "regex") return { text: callee.object, pattern: argument.pattern };
  return callee.property === "exec" && callee.object.kind === "regex" ? { text: argument, pattern: callee.object.pattern } : undefined;
}

/** Whether a pattern takes any text as a piece: `Bearer (.+)`, `file=([^&]+)`. */
export function capturesAny(pattern: string): boolean {
  return /\((?:\?<\w+>)?(?:\.|\\S|\[\\s\\S\]|\[\^(?:\\s|[&,;:="'?#)\]\s])+\])[*+]\??\)/.test(pattern);
}
