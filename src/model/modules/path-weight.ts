import type { Expression, FunctionNode, Statement } from "../../facts/syntax.js";
import { forEachPart, isClassNode, isFunctionNode, type SyntaxNode } from "../../facts/walk.js";

/** More than one, however many. */
export const many = 2;

/** How often the body of a function expression runs when the code around it does. */
export type Runs = "never" | "once" | "often";

/** What is weighed: calls and templates by themselves, function expressions by how often they run. */
export interface Weights {
  of(node: Expression): number;
  runsOf(node: FunctionNode): Runs;
  /** What is repeated counts as one round of it. */
  readonly oneRound?: boolean;
}

/** The weight of the paths through a stretch of code: those that go on behind it, and those that leave it. Undefined where there are none. */
interface Paths {
  readonly on: number | undefined;
  /** That return. */
  readonly out: number | undefined;
  /** That leave the loop or `switch` around it, and those that go on with the next round of the loop. */
  readonly left?: number | undefined;
  readonly next?: number | undefined;
}

/**
 * The greatest sum of weights on one path through a function, at most `many`: branches exclude each other, loops run
 * often, paths that throw are left out.
 */
export function heaviestPath(node: FunctionNode, weights: Weights): number {
  const { on, out } = sequence(node.body ?? [], weights);
  return Math.min(many, Math.max(on ?? 0, out ?? 0));
}

function sequence(statements: readonly Statement[], weights: Weights): Paths {
  let all: Paths = { on: 0, out: undefined };
  for (const statement of statements) {
    if (all.on === undefined) break;
    const paths = behind(all.on, statementPaths(statement, weights));
    all = { ...either({ ...all, on: undefined }, { ...paths, on: undefined }), on: paths.on === undefined ? undefined : Math.min(many, paths.on) };
  }
  return all;
}

function statementPaths(statement: Statement, weights: Weights): Paths {
  const weigh = (node: Expression | undefined): number => (node ? expressionWeight(node, weights) : 0);
  switch (statement.kind) {
    case "return":
      return { on: undefined, out: weigh(statement.value) };
    case "throw":
      return { on: undefined, out: undefined };
    case "break":
      return { on: undefined, out: undefined, left: 0 };
    case "continue":
      return { on: undefined, out: undefined, next: 0 };
    case "if":
      return behind(weigh(statement.test), either(sequence(statement.then, weights), sequence(statement.else ?? [], weights)));
    case "switch": {
      const cases = statement.cases.map(({ body }) => sequence(body, weights));
      const whole = statement.cases.some(({ test }) => test === undefined) ? cases : [...cases, { on: 0, out: undefined }];
      const { left, ...paths } = whole.reduce(either, { on: undefined, out: undefined });
      return behind(weigh(statement.subject), { ...paths, on: heavier(paths.on, left) });
    }
    case "loop": {
      const body = sequence(statement.body, weights);
      const once = weigh(statement.subject) + (statement.initial ? (statementPaths(statement.initial, weights).on ?? 0) : 0);
      const again = (heavier(body.on, body.next) ?? 0) + weigh(statement.test) + weigh(statement.update);
      return behind(once, { on: heavier(again > 0 && !weights.oneRound ? many : again, body.left), out: body.out });
    }
    case "try": {
      // The handler is another path: what went before it did not happen, or is made undone.
      const paths = either(sequence(statement.body, weights), sequence(statement.handler?.body ?? [], weights));
      const last = sequence(statement.finalizer ?? [], weights);
      const add = (weight: number | undefined): number | undefined => (weight === undefined || last.on === undefined ? undefined : weight + last.on);
      return { on: add(paths.on), out: paths.out === undefined ? last.out : Math.max(add(paths.out) ?? 0, last.out ?? 0), left: add(paths.left), next: add(paths.next) };
    }
    case "block":
      return sequence(statement.body, weights);
    case "expression":
      return { on: weigh(statement.value), out: undefined };
    case "variable":
      return { on: statement.declarators.reduce((sum, { value }) => sum + weigh(value), 0), out: undefined };
    default:
      return { on: 0, out: undefined };
  }
}

function behind(weight: number, paths: Paths): Paths {
  const add = (path: number | undefined): number | undefined => (path === undefined ? undefined : path + weight);
  return { on: add(paths.on), out: add(paths.out), left: add(paths.left), next: add(paths.next) };
}

function either(left: Paths, right: Paths): Paths {
  return { on: heavier(left.on, right.on), out: heavier(left.out, right.out), left: heavier(left.left, right.left), next: heavier(left.next, right.next) };
}

function heavier(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined || right === undefined ? (left ?? right) : Math.max(left, right);
}

function expressionWeight(node: SyntaxNode, weights: Weights): number {
  if (isClassNode(node)) return 0;
  if (isFunctionNode(node)) {
    const runs = weights.runsOf(node);
    const weight = runs === "never" ? 0 : heaviestPath(node, weights);
    return runs === "often" && weight > 0 && !weights.oneRound ? many : weight;
  }
  if (node.kind === "conditional") return expressionWeight(node.test, weights) + Math.max(expressionWeight(node.then, weights), expressionWeight(node.else, weights));
  let weight = isExpressionNode(node) ? weights.of(node) : 0;
  forEachPart(node, (part) => {
    weight += expressionWeight(part, weights);
  });
  return Math.min(many, weight);
}

/** Calls and templates are all that has a weight of its own. */
function isExpressionNode(node: SyntaxNode): node is Extract<Expression, { kind: "call" | "new" | "template" }> {
  return "kind" in node && (node.kind === "call" || node.kind === "new" || node.kind === "template");
}
