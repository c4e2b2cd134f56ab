import type { Expression } from "../facts/syntax.js";
import { isClassNode, isFunctionNode, type SyntaxNode, walkAll } from "../facts/walk.js";
import type { FileIndex } from "../model/file-index.js";

const development = /^(?:is_?)?(?:dev(?:elopment)?|local(?:host|ly)?|test(?:s|ing)?)(?:_?(?:mode|env(?:ironment)?))?$/i;
const production = /^(?:is_?)?(?:prod(?:uction)?|staging|live|deployed)(?:_?(?:mode|env(?:ironment)?))?$/i;
const choice = /insecure|reject|verif|self_?-?signed|invalid|accept|skip|trust|strict|validate|allow/i;

/** What stands on the way to a node: a branch for developers' machines, or one that somebody has to choose by a name that says what it does. */
export function branchAround(index: FileIndex, node: SyntaxNode): "development" | "chosen" | undefined {
  let below: SyntaxNode = node;
  let chosen = false;
  for (let at = index.parentOf(node); at && !isFunctionNode(at) && !isClassNode(at); below = at, at = index.parentOf(at)) {
    for (const { test, holds } of testsAround(at, below)) {
      if (isForDevelopment(test, holds)) return "development";
      chosen ||= wordsOf(test).some((word) => choice.test(word));
    }
  }
  return chosen ? "chosen" : undefined;
}

/** The conditions of `at` under which `below` is reached, and whether they hold there. */
function testsAround(at: SyntaxNode, below: SyntaxNode): readonly { readonly test: Expression; readonly holds: boolean }[] {
  if (!("kind" in at)) return [];
  switch (at.kind) {
    case "if":
      return below === at.test ? [] : [{ test: at.test, holds: at.then.some((one) => one === below) }];
    case "conditional":
      return below === at.test ? [] : [{ test: at.test, holds: at.then === below }];
    case "binary":
      return at.right === below && (at.operator === "&&" || at.operator === "||") ? [{ test: at.left, holds: at.operator === "&&" }] : [];
    case "switch":
      return at.cases.flatMap(({ test, body }) => (test && body.some((one) => one === below) ? [{ test, holds: true }] : []));
    default:
      return [];
  }
}

function isForDevelopment(test: Expression, holds: boolean): boolean {
  if (test.kind === "unary" && test.operator === "!") return isForDevelopment(test.value, !holds);
  if (test.kind === "binary" && /^[!=]==?$/.test(test.operator)) {
    const equal = test.operator.startsWith("=") === holds;
    return [test.left, test.right].some((side) => side.kind === "literal" && (equal ? development : production).test(String(side.value)));
  }
  if (test.kind === "binary" && (test.operator === "&&" || test.operator === "||")) {
    // All of an `&&` holds in its branch, and none of an `||` in the other.
    return (test.operator === "&&") === holds && (isForDevelopment(test.left, holds) || isForDevelopment(test.right, holds));
  }
  return wordsOf(test).some((word) => (holds ? development : production).test(word));
}

function wordsOf(test: Expression): readonly string[] {
  const words: string[] = [];
  walkAll([test], (node) => {
    if (!("kind" in node)) return true;
    if (node.kind === "name") words.push(node.name);
    if (node.kind === "literal" && typeof node.value === "string") words.push(node.value);
    if (node.kind === "member") words.push(node.property);
    return true;
  });
  return words;
}
