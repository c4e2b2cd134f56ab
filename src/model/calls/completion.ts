import type { Expression } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, walkAll } from "../../facts/walk.js";
import type { FileIndex } from "../modules/file-index.js";

/** What becomes of the value of an expression, which for a promise says whether anybody waits for it. */
export type Completion =
  | "awaited"
  /** Returned to the caller, also by an arrow function. */
  | "returned"
  /** An argument, an element of a list or a property: somebody else has it now. */
  | "passed"
  /** `.then(…)`, `.catch(…)`, `.finally(…)`. */
  | "chained"
  /** Kept in a variable or property. */
  | "stored"
  /** `void promise`: dropped on purpose. */
  | "voided"
  | "dropped"
  /** Part of a larger expression that uses its value. */
  | "used";

/** What becomes of the variable that `node` is the value of, where it is awaited, returned or passed on; undefined otherwise. */
export function completionOfVariable(index: FileIndex, node: Expression): Completion | undefined {
  const holder = index.parentOf(node);
  const declarator = holder && "kind" in holder && holder.kind === "variable" ? holder.declarators.find(({ value }) => value === node) : undefined;
  if (declarator?.target.kind !== "binding") return undefined;
  const { binding } = declarator.target;
  let found: Completion | undefined;
  const around = index.functionAround(node)?.node.body ?? index.facts.body;
  walkAll(around, (part) => {
    if (!("kind" in part) || part.kind !== "name" || part.binding !== binding) return undefined;
    const completion = completionOf(index, part);
    if (completion === "awaited" || completion === "returned" || completion === "passed" || completion === "chained") found ??= completion;
    return undefined;
  });
  return found;
}

/** What becomes of the value of `node`. */
export function completionOf(index: FileIndex, node: Expression): Completion {
  const parent = index.parentOf(node);
  if (!parent || isFunctionNode(parent) || isClassNode(parent)) return "used";
  switch (parent.kind) {
    case "await":
      return "awaited";
    case "return":
    case "throw":
    case "yield":
      return "returned";
    case "call":
    case "new":
      return parent.callee === node ? "used" : "passed";
    case "array":
    case "object":
    case "spread":
      return "passed";
    case "variable":
    case "assign":
      return "stored";
    case "member": {
      const chained = parent.property === "then" || parent.property === "catch" || parent.property === "finally";
      return chained ? "chained" : "used";
    }
    case "expression":
      return "dropped";
    case "unary":
      return parent.operator === "void" ? "voided" : "used";
    case "cast":
      return completionOf(index, parent);
    case "conditional":
      return parent.test === node ? "used" : completionOf(index, parent);
    case "binary":
      // `ready && save()`: the right side is the outcome.
      return parent.right === node || parent.operator === "??" || parent.operator === "||" ? completionOf(index, parent) : "used";
    case "loop":
      return parent.awaited && parent.subject === node ? "awaited" : "used";
    default:
      return "used";
  }
}
