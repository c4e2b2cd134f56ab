import type { CallExpression, Expression, NewExpression } from "../../facts/syntax.js";
import { isFunctionNode, type SyntaxNode, walk, walkAll } from "../../facts/walk.js";
import type { FileIndex } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";
import { assertionOf } from "./test-cases.js";

/** A random value that decides what a test does: a branch, a pick, an order, a snapshot. Random keys decide nothing. */
export interface RandomChoice {
  readonly node: Expression;
  readonly decides: "which branch is tested" | "which element is tested" | "the order" | "the snapshot";
}

/** The random values of a file on which the outcome of its tests hangs. */
export function* randomChoices(model: ProjectModel, file: string): Iterable<RandomChoice> {
  const index = model.values.index(file);
  for (const { node } of index.calls) {
    if (!isRandom(node)) continue;
    const decides = decidedBy(model, file, node);
    if (decides) yield { node, decides };
  }
  for (const { node } of index.calls) {
    const assertion = node.kind === "call" ? assertionOf(node) : undefined;
    if (!assertion?.actual || !/snapshot/i.test(assertion.matcher)) continue;
    const random = randomWithin(index, assertion.actual);
    // Property matchers take what differs out of the snapshot.
    if (random && !assertion.expected.some((argument) => argument.kind === "object")) yield { node: random, decides: "the snapshot" };
  }
}

/** `Math.random()`, `crypto.randomInt()`, `faker.number.int()`, `chance.integer()`. */
function isRandom(node: CallExpression | NewExpression): node is CallExpression {
  if (node.kind !== "call" || node.callee.kind !== "member") return false;
  let root: Expression = node.callee;
  while (root.kind === "member") root = root.object;
  if (root.kind !== "name") return false;
  const { property } = node.callee;
  return (root.name === "Math" && property === "random") || (root.name === "crypto" && /^random/.test(property)) || (/^(faker|chance)$/.test(root.name) && property !== "seed");
}

/** What a random value decides, by itself or where a constant that holds it is used. */
function decidedBy(model: ProjectModel, file: string, random: CallExpression, use: SyntaxNode = random): RandomChoice["decides"] | undefined {
  const index = model.values.index(file);
  let below = use;
  for (let at = index.parentOf(use); at; below = at, at = index.parentOf(at)) {
    if (isFunctionNode(at)) {
      const passed = index.functions.get(at)?.passedTo?.call;
      return passed?.callee.kind === "member" && passed.callee.property === "sort" ? "the order" : undefined;
    }
    if (!("kind" in at)) break;
    if ((at.kind === "if" || at.kind === "conditional") && at.test === below) return "which branch is tested";
    if (at.kind === "index" && at.index === below) return picks(random) ? "which element is tested" : undefined;
    // Anything but arithmetic and comparison makes a value of it that may be a key.
    const isArithmetic = at.kind === "binary" || at.kind === "unary" || (at.kind === "call" && at.callee.kind === "member" && at.callee.object.kind === "name" && at.callee.object.name === "Math") || (at.kind === "return" && at.value === below);
    if (!isArithmetic) break;
  }
  return use === random ? usesOfConstant(model, file, below).map((other) => decidedBy(model, file, random, other)).find((decides) => decides !== undefined) : undefined;
}

/** A number, or one of several keys, picks an element; a made-up id is the key of what was put under it. */
function picks({ callee }: CallExpression): boolean {
  return callee.kind === "member" && /^(random|randomInt|int|float|number|integer|natural|floating|arrayElement|objectKey|enumValue|pickone)$/.test(callee.property);
}

/** Where a constant is used whose value an expression is. */
function usesOfConstant(model: ProjectModel, file: string, value: SyntaxNode): readonly SyntaxNode[] {
  const binding = model.values.index(file).sources.findIndex((source) => source?.kind === "value" && source.value === value && source.path.length === 0);
  return binding === -1 ? [] : model.values.usesOf(file, binding);
}

function randomWithin(index: FileIndex, actual: Expression): Expression | undefined {
  let found: Expression | undefined;
  const look = (node: SyntaxNode, depth: number): void => {
    walk(node, (part) => {
      if (found || isFunctionNode(part)) return false;
      if (!("kind" in part)) return undefined;
      if (part.kind === "call" && isRandom(part)) found = part;
      else if (depth === 0 && part.kind === "name" && part.binding !== undefined) {
        const source = index.sources[part.binding];
        // What a call makes of a random value may leave it out.
        if (source?.kind === "value" && source.path.length === 0 && source.value?.kind === "call" && isRandom(source.value)) found = source.value;
        else if (source?.kind === "value" && (source.value?.kind === "object" || source.value?.kind === "array")) walkAll([source.value], (inner) => (isFunctionNode(inner) ? false : (look(inner, 1), false)));
      }
      return undefined;
    });
  };
  look(actual, 0);
  return found;
}
