import { oncePer } from "../../base/once-per.js";
import type { BinaryExpression, Expression, FunctionNode, Statement } from "../../facts/syntax.js";
import { type SyntaxNode, walkAll } from "../../facts/walk.js";

/** What a function that answers several methods does for one of them. */
export interface MethodBranch {
  /** Statements that only run for other methods. */
  readonly unused: ReadonlySet<SyntaxNode>;
  /** Conditions on the method, which the choice of the method has decided. */
  readonly settled: ReadonlySet<SyntaxNode>;
}

/** Stands for the methods that a function names nowhere. */
const another = "";

/** The methods that a function tells apart (`if (req.method === "POST")`, `switch (request.method)`), and the empty text for all others; nothing if it tells none apart. */
export const methodsTold = oncePer(({ body }: FunctionNode): readonly string[] => {
  const found = new Set<string>();
  walkAll(body ?? [], (part) => {
    if (!("kind" in part)) return undefined;
    if (part.kind === "switch" && isMethod(part.subject)) for (const { test } of part.cases) if (test?.kind === "literal") found.add(String(test.value));
    const compared = part.kind === "binary" ? methodCompared(part) : undefined;
    if (compared !== undefined) found.add(compared);
    return undefined;
  });
  return found.size === 0 ? [] : [...found, another];
});

/** What a function does for a method. */
export function branchFor({ body }: FunctionNode, method: string): MethodBranch {
  const branch = { unused: new Set<SyntaxNode>(), settled: new Set<SyntaxNode>() };
  takeBranch(body ?? [], method, branch);
  return branch;
}

/** Sorts statements, and says whether the way ends in them. */
function takeBranch(statements: readonly Statement[], method: string, branch: { readonly unused: Set<SyntaxNode>; readonly settled: Set<SyntaxNode> }): boolean {
  let ended = false;
  for (const statement of statements) {
    if (ended) branch.unused.add(statement);
    else ended = endsIn(statement, method, branch);
  }
  return ended;
}

function endsIn(statement: Statement, method: string, branch: { readonly unused: Set<SyntaxNode>; readonly settled: Set<SyntaxNode> }): boolean {
  const drop = (statements: readonly Statement[] | undefined): void => statements?.forEach((one) => branch.unused.add(one));
  switch (statement.kind) {
    case "return":
    case "throw":
      return true;
    case "block":
      return takeBranch(statement.body, method, branch);
    case "try":
      // What the handler of errors does is for every way into it.
      return takeBranch(statement.body, method, branch);
    case "if": {
      const holds = verdictOf(statement.test, method);
      if (holds === undefined) return takeBranch(statement.then, method, branch) && statement.else !== undefined && takeBranch(statement.else, method, branch);
      branch.settled.add(statement);
      drop(holds ? statement.else : statement.then);
      return takeBranch((holds ? statement.then : statement.else) ?? [], method, branch);
    }
    case "switch": {
      if (!isMethod(statement.subject)) return false;
      branch.settled.add(statement);
      const named = statement.cases.findIndex(({ test }) => test?.kind === "literal" && test.value === method);
      const start = named === -1 ? statement.cases.findIndex(({ test }) => test === undefined) : named;
      let ended = false;
      let left = start === -1;
      for (const [index, { body }] of statement.cases.entries()) {
        if (index < start || left || ended) drop(body);
        else {
          ended = takeBranch(body, method, branch);
          left = body.some(leavesSwitch);
        }
      }
      return ended;
    }
    default:
      return false;
  }
}

function leavesSwitch(statement: Statement): boolean {
  return statement.kind === "break" || (statement.kind === "block" && statement.body.some(leavesSwitch));
}

/** Whether a condition holds for a method; undefined if it asks for something else as well. */
function verdictOf(test: Expression, method: string): boolean | undefined {
  if (test.kind === "unary" && test.operator === "!") {
    const inner = verdictOf(test.value, method);
    return inner === undefined ? undefined : !inner;
  }
  if (test.kind === "call" && test.callee.kind === "member" && test.callee.property === "includes" && test.callee.object.kind === "array" && test.arguments[0] && isMethod(test.arguments[0])) return test.callee.object.elements.some((element) => element?.kind === "literal" && element.value === method);
  if (test.kind !== "binary") return undefined;
  const compared = methodCompared(test);
  if (compared !== undefined) return (compared === method) === test.operator.startsWith("=");
  const sides = [verdictOf(test.left, method), verdictOf(test.right, method)];
  if (test.operator === "&&") return sides.includes(false) ? false : sides.includes(undefined) ? undefined : true;
  if (test.operator === "||") return sides.includes(true) ? true : sides.includes(undefined) ? undefined : false;
  return undefined;
}

/** The method that `req.method === "POST"` or `"POST" !== req.method` names. */
function methodCompared({ operator, left, right }: BinaryExpression): string | undefined {
  const literal = isMethod(left) ? right : isMethod(right) ? left : undefined;
  return /^[!=]==?$/.test(operator) && literal?.kind === "literal" ? String(literal.value) : undefined;
}

/** `req.method`, `event.httpMethod`, `method` of `const { method } = req`. */
function isMethod(node: Expression): boolean {
  return (node.kind === "member" && /^(httpM|m)ethod$/.test(node.property)) || (node.kind === "name" && /^(httpM|m)ethod$/.test(node.name));
}
