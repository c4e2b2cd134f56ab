import { oncePer } from "../../base/once-per.js";
import { within } from "../../base/position.js";
import type { FileFacts } from "../../facts/facts.js";
import { chainRoot } from "../../facts/names.js";
import type { Expression, NameExpression } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, someNode, type SyntaxNode, walkAll, statementLists } from "../../facts/walk.js";
import { type FileIndex, indexOf } from "../modules/file-index.js";

/** The values that are assigned to each binding of a file after its declaration, `x += y` included. */
export const assignmentsOf = oncePer(gather);

function gather(facts: FileFacts): ReadonlyMap<number, readonly Expression[]> {
  const found = new Map<number, Expression[]>();
  // Most files assign to no name.
  if (!facts.bindings.some((binding) => binding.reassigned)) return found;
  walkAll(facts.body, (node) => {
    if ("kind" in node && node.kind === "assign" && node.target.kind === "name" && node.target.binding !== undefined) {
      const list = found.get(node.target.binding);
      if (list) list.push(node.value);
      else found.set(node.target.binding, [node.value]);
    }
    return undefined;
  });
  return found;
}

/** The values that are assigned to names which nothing declares, as CommonJS allows: `filePath = path.join(root, name)` without `var`. */
export const undeclaredOf = oncePer((facts: FileFacts): ReadonlyMap<string, readonly Expression[]> => {
  const found = new Map<string, Expression[]>();
  walkAll(facts.body, (node) => {
    if ("kind" in node && node.kind === "assign" && node.target.kind === "name" && node.target.binding === undefined) {
      const list = found.get(node.target.name);
      if (list) list.push(node.value);
      else found.set(node.target.name, [node.value]);
    }
    return undefined;
  });
  return found;
});

/**
 * The last of the values assigned to a name that each way to a read of it has gone through, `account = await find(account);` in a
 * list of statements around the read, with those that may have come after it; undefined where what was there before may still be there.
 */
export function replacedBefore(facts: FileFacts, read: NameExpression, values: readonly Expression[]): readonly Expression[] | undefined {
  const index = indexOf(facts);
  const { parts, loop } = around(index, read);
  const isPassed = (statement: SyntaxNode): boolean => {
    const holder = index.parentOf(statement);
    const part = holder && parts.get(holder);
    return holder !== undefined && part !== undefined && statement.span[1] <= read.span[0] && statementLists(holder).some((list) => list.some((one) => one === part) && list.some((one) => one === statement));
  };
  const last = values.findLast((value) => {
    const assigned = index.parentOf(value);
    const statement = assigned && index.parentOf(assigned);
    return assigned && "kind" in assigned && assigned.kind === "assign" && assigned.operator === "=" && statement !== undefined && isPassed(statement) && isNew(value, read.binding);
  });
  return last && values.filter(({ span }) => span[0] >= last.span[0] && (span[0] < read.span[0] || (loop !== undefined && within(span, loop.span))));
}

/** What a node stands in within its function, each with its part that holds the node, and the outermost loop among them. */
function around(index: FileIndex, node: SyntaxNode): { readonly parts: ReadonlyMap<SyntaxNode, SyntaxNode>; readonly loop: SyntaxNode | undefined } {
  const parts = new Map<SyntaxNode, SyntaxNode>();
  let loop: SyntaxNode | undefined;
  let inner = node;
  for (let parent = index.parentOf(inner); parent; inner = parent, parent = index.parentOf(parent)) {
    parts.set(parent, inner);
    if (isFunctionNode(parent) || isClassNode(parent)) break;
    if (parent.kind === "loop") loop = parent;
  }
  return { parts, loop };
}

/** Whether a value is another thing than the name held before, and not more of the same: `query = query.where(…)`. */
function isNew(value: Expression, binding: number | undefined): boolean {
  if (value.kind === "await" || value.kind === "cast") return isNew(value.value, binding);
  if (value.kind === "call") {
    const root = chainRoot(value.callee);
    return root?.kind !== "name" || root.binding !== binding;
  }
  return !someNode([value], (part) => part.kind === "name" && part.binding === binding);
}
