import { within } from "../../base/position.js";
import { lastName } from "../../facts/names.js";
import type { Expression, NewExpression } from "../../facts/syntax.js";
import { isFunctionNode, type SyntaxNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";

/** Whether the code has ruled out that a variable holds an error of an HTTP client where it is used: `error instanceof Error ? … : error`, or behind `if (isAxiosError(error)) return …`. */
export function isRuledOut(model: ProjectModel, file: string, node: Expression & { readonly kind: "name" }): boolean {
  return isTestedAway(model, file, node, (tested) => /^(?:Error|AxiosError)$/.test(lastName(tested)));
}

/** The error that a handler is given, where it is used. */
export interface Caught {
  readonly file: string;
  readonly node: Expression & { readonly kind: "name" };
}

/** Whether an error that is thrown never comes to where the caught one is used: sorted out before, by its class or one that may be its base, or used behind `if (error instanceof Other)`, which it is none of. */
export function isKeptAway(model: ProjectModel, { file, node }: Caught, thrown: { readonly file: string; readonly error: NewExpression }): boolean {
  const mayBe = (tested: Expression): boolean => lastName(tested) === "Error" || (lastName(thrown.error.callee) !== "Error" && !isNone(model, file, tested, thrown));
  if (isTestedAway(model, file, node, mayBe)) return true;
  const { parentOf } = model.values.index(file);
  return node.binding !== undefined && model.values.usesOf(file, node.binding).some((use) => {
    const test = parentOf(use);
    if (!test || !("kind" in test) || test.kind !== "binary" || test.operator !== "instanceof" || test.left !== use) return false;
    const choice = parentOf(test);
    if (!choice || !("kind" in choice) || !("test" in choice) || choice.test !== test) return false;
    const then = choice.kind === "if" ? choice.then : choice.kind === "conditional" ? [choice.then] : [];
    return then.some(({ span }) => within(node.span, span)) && isNone(model, file, test.right, thrown);
  });
}

/** Classes have this many bases at the most that are followed. */
const mostBases = 6;

/** Whether an error is surely no instance of a class of the project: its bases are known down to one of the language. */
function isNone(model: ProjectModel, file: string, tested: Expression, thrown: { readonly file: string; readonly error: NewExpression }): boolean {
  const [other, ...more] = model.values.of(file, tested);
  if (other?.kind !== "class" || more.length > 0) return false;
  let next = { file: thrown.file, callee: thrown.error.callee };
  for (let step = 0; step < mostBases; step += 1) {
    if (next.callee.kind === "name" && next.callee.binding === undefined) return true;
    const [base, ...rest] = model.values.of(next.file, next.callee);
    if (base?.kind !== "class" || rest.length > 0 || base.node === other.node) return false;
    if (!base.node.extends) return true;
    next = { file: base.file, callee: base.node.extends.value };
  }
  return false;
}

function isTestedAway(model: ProjectModel, file: string, node: Expression & { readonly kind: "name" }, isOf: (tested: Expression) => boolean): boolean {
  const { parentOf } = model.values.index(file);
  return node.binding !== undefined && model.values.usesOf(file, node.binding).some((use) => {
    const test = parentOf(use);
    const choice = test && isTest(test, isOf) ? parentOf(test) : undefined;
    if (!choice || !("kind" in choice)) return false;
    if (choice.kind === "conditional") return choice.test === test && within(node.span, choice.else.span);
    if (choice.kind !== "if" || choice.test !== test) return false;
    if (choice.else) return choice.else.some(({ span }) => within(node.span, span));
    const around = parentOf(choice);
    return /^(?:return|throw)$/.test(choice.then.at(-1)?.kind ?? "") && node.span[0] >= choice.span[1] && around !== undefined && "span" in around && within(node.span, around.span);
  });
}

/** `error instanceof Error`, `axios.isAxiosError(error)` */
function isTest(node: SyntaxNode, isOf: (tested: Expression) => boolean): boolean {
  if (isFunctionNode(node) || !("kind" in node)) return false;
  if (node.kind === "binary") return node.operator === "instanceof" && isOf(node.right);
  return node.kind === "call" && lastName(node.callee) === "isAxiosError";
}
