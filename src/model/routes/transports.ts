import type { Expression, FunctionNode, Statement } from "../../facts/syntax.js";
import type { Values } from "../values/values.js";

/**
 * Whether a guard of Nest lets every request of HTTP through because it only looks at another transport:
 * `if (context.getType() !== "graphql") return true;`.
 */
export function passesHttp(values: Values, file: string, { body }: FunctionNode): boolean {
  return outcome(values, file, body ?? []) === true;
}

/** What statements give back for a request of HTTP, where nothing but its transport decides: true; false if they ask for more; undefined if they go on. */
function outcome(values: Values, file: string, statements: readonly Statement[]): boolean | undefined {
  for (const statement of statements) {
    if (statement.kind === "variable") continue;
    if (statement.kind === "return") return statement.value?.kind === "literal" && statement.value.value === true;
    const holds = statement.kind === "if" ? isHttp(values, file, statement.test) : undefined;
    if (statement.kind !== "if" || holds === undefined) return false;
    const inner = outcome(values, file, holds ? statement.then : (statement.else ?? []));
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** What a test of the transport gives for HTTP; undefined for every other test. */
function isHttp(values: Values, file: string, test: Expression): boolean | undefined {
  if (test.kind !== "binary") return undefined;
  const { operator, left, right } = test;
  if (operator === "||" || operator === "&&") {
    const sides = [isHttp(values, file, left), isHttp(values, file, right)];
    return sides.includes(operator === "||") ? operator === "||" : sides.includes(undefined) ? undefined : operator === "&&";
  }
  if (!/^[!=]==?$/.test(operator)) return undefined;
  const asked = isType(values, file, left) ? right : isType(values, file, right) ? left : undefined;
  const transport = asked && values.text(file, asked);
  return transport === undefined ? undefined : (transport === "http") === operator.startsWith("=");
}

/** `context.getType()`, and a name for it. */
function isType(values: Values, file: string, node: Expression): boolean {
  if (node.kind === "cast") return isType(values, file, node.value);
  if (node.kind === "call") return node.callee.kind === "member" && node.callee.property === "getType" && node.arguments.length === 0;
  const source = node.kind === "name" && node.binding !== undefined ? values.index(file).sources[node.binding] : undefined;
  return source?.kind === "value" && source.path.length === 0 && source.value !== undefined && source.value.kind !== "name" && isType(values, file, source.value);
}
