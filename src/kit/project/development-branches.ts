import type { Expression, FunctionNode } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, someNode, type SyntaxNode, walkAll } from "../../facts/walk.js";
import type { FileIndex } from "../../model/modules/file-index.js";

/** Environments that a branch is for: by their names, or because the condition rules others out. */
interface Wanted {
  readonly named: RegExp;
  readonly excluded?: RegExp;
}

const production = /^(?:is_?)?(?:prod(?:uction)?|staging|live|deployed)(?:_?(?:mode|env(?:ironment)?))?$/i;
const forDevelopment: Wanted = { named: /^(?:is_?)?(?:dev(?:elopment)?|local(?:host|ly)?|test(?:s|ing)?)(?:_?or_?(?:dev(?:elopment)?|local|test))?(?:_?(?:mode|env(?:ironment)?))?$/i, excluded: production };
/** Outside of production anything may run; that is no proof of a test. */
const forTests: Wanted = { named: /^(?:is_?)?test(?:s|ing)?(?:_?(?:mode|env(?:ironment)?))?$/i };
/** What is switched on to look into an application, and by nobody who runs it for others. */
const forDebugging: Wanted = { named: /^(?:is_?)?debug(?:ging)?(?:_?(?:mode|build))?$/i, excluded: production };
const choice = /insecure|reject|verif|self_?-?signed|invalid|accept|skip|trust|strict|validate|allow/i;

/** What stands on the way to a node: a branch for developers' machines, or one that somebody has to choose by a name that says what it does. */
export function branchAround(index: FileIndex, node: SyntaxNode): "development" | "chosen" | undefined {
  let below: SyntaxNode = node;
  let chosen = false;
  for (let at = index.parentOf(node); at && !isFunctionNode(at) && !isClassNode(at); below = at, at = index.parentOf(at)) {
    for (const { test, holds } of testsAround(at, below)) {
      if (isFor(forDevelopment, test, holds)) return "development";
      chosen ||= wordsOf(test).some((word) => choice.test(word));
    }
  }
  return chosen ? "chosen" : undefined;
}

/** Whether a node is reached on developers' machines alone: in a branch for them, or behind a way out for everything else. */
export function isForDevelopment(index: FileIndex, node: SyntaxNode): boolean {
  return isOnlyFor(forDevelopment, index, node);
}

/** Whether what a condition lets through is reached on developers' machines alone: `!isProduction && …`, `mode === "development" ? … : …`. */
export function letsDevelopmentIn(test: Expression, holds = true): boolean {
  return isFor(forDevelopment, test, holds);
}

/** Whether a node is reached where an application is debugged alone: `if (constants.isDebug) app.use("/exit", exit)`. */
export function isForDebugging(index: FileIndex, node: SyntaxNode): boolean {
  return isOnlyFor(forDebugging, index, node);
}

/** Whether a node is reached in tests alone: in a branch for them, or behind a way out for everything else. */
export function isForTests(index: FileIndex, node: SyntaxNode): boolean {
  return isOnlyFor(forTests, index, node);
}

/** Whether a function goes on only on developers' machines: it begins with a way out for everything else, `if (isProduction) throw new Error();`. */
export function endsOutsideDevelopment({ body = [] }: FunctionNode, ending: "throw" | "any"): boolean {
  return body.slice(0, mostBefore).some((statement) => statement.kind === "if" && !statement.else && (ending === "any" ? /^(throw|return)$/ : /^throw$/).test(statement.then.at(-1)?.kind ?? "") && isFor(forDevelopment, statement.test, false));
}

/** So many statements, at most, stand before the way out that a function begins with. */
export const mostBefore = 3;

function isOnlyFor(wanted: Wanted, index: FileIndex, node: SyntaxNode): boolean {
  let below: SyntaxNode = node;
  for (let at = index.parentOf(node); at; below = at, at = index.parentOf(at)) {
    if ([...testsAround(at, below), ...waysOutBefore(at, below)].some(({ test, holds }) => isFor(wanted, test, holds) && !asksSomebody(index, test))) return true;
    if (isFunctionNode(at) || isClassNode(at)) return false;
  }
  return false;
}

/** `if (dev) …` of a developer or a device that was looked up or is gone through. */
function asksSomebody({ sources }: FileIndex, test: Expression): boolean {
  return someNode([test], (part) => {
    const source = part.kind === "name" && part.name === "dev" && part.binding !== undefined ? sources[part.binding] : undefined;
    return source?.kind === "element" || (source?.kind === "value" && source.value?.kind === "await") || (source?.kind === "parameter" && (source.type?.kind === "reference" || source.type?.kind === "object"));
  });
}

/** The conditions that let nobody past the statements in front of `below`: `if (mode !== "test") throw new Error();`. */
function waysOutBefore(at: SyntaxNode, below: SyntaxNode): readonly { readonly test: Expression; readonly holds: boolean }[] {
  const inBranch = "kind" in at && at.kind === "if" ? [at.then, at.else ?? []].find((branch) => branch.some((statement) => statement === below)) : undefined;
  const body = inBranch ?? (isFunctionNode(at) || ("kind" in at && at.kind === "block") ? (at.body ?? []) : []);
  const place = body.findIndex((statement) => statement === below);
  return body.slice(0, Math.max(place, 0)).flatMap((statement) => (statement.kind === "if" && !statement.else && /^(throw|return)$/.test(statement.then.at(-1)?.kind ?? "") ? [{ test: statement.test, holds: false }] : []));
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

/** Whether a condition that holds, or does not, names a wanted environment, or rules out those that wanted ones exclude. */
function isFor(wanted: Wanted, test: Expression, holds: boolean): boolean {
  if (test.kind === "unary" && test.operator === "!") return isFor(wanted, test.value, !holds);
  if (test.kind === "binary" && /^[!=]==?$/.test(test.operator)) {
    const equal = test.operator.startsWith("=") === holds;
    return [test.left, test.right].some((side) => (equal ? wanted.named : wanted.excluded)?.test(environmentOf(side)) === true);
  }
  if (test.kind === "binary" && (test.operator === "&&" || test.operator === "||")) {
    // All of an `&&` holds in its branch, and none of an `||` in the other.
    return (test.operator === "&&") === holds && (isFor(wanted, test.left, holds) || isFor(wanted, test.right, holds));
  }
  return wordsOf(test).some((word) => (holds ? wanted.named : wanted.excluded)?.test(word) === true);
}

/** The environment that one side of a comparison names: `"production"`, `ENV_PRODUCTION`, `Mode.Production`. */
function environmentOf(side: Expression): string {
  if (side.kind === "literal") return String(side.value);
  const name = side.kind === "member" ? side.property : side.kind === "name" ? side.name : "";
  return /^[A-Z]/.test(name) ? name.replace(/^(?:NODE_|APP_)?ENV(?:IRONMENT)?_/, "") : "";
}

function wordsOf(test: Expression): readonly string[] {
  const words: string[] = [];
  // `pattern.test(value)` asks an expression, not the environment.
  const asked = new Set<SyntaxNode>();
  walkAll([test], (node) => {
    if (!("kind" in node)) return true;
    if (node.kind === "call" && node.arguments.length > 0 && node.callee.kind === "member" && node.callee.property === "test") asked.add(node.callee);
    if (node.kind === "name") words.push(node.name);
    if (node.kind === "literal" && typeof node.value === "string") words.push(node.value);
    // `dev.isActive` is of a developer or a device.
    if (node.kind === "member" && !asked.has(node)) words.push(node.property);
    return !(node.kind === "member" && node.object.kind === "name");
  });
  return words;
}
