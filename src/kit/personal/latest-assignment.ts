import { within } from "../../base/position.js";
import type { Expression, Statement } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, type SyntaxNode, statementLists } from "../../facts/walk.js";
import type { FileIndex } from "../../model/modules/file-index.js";

/**
 * Of what a variable is given here and there, what it holds for sure where it is named: the last that was assigned on the way there,
 * `case "card": link = card.url; log(link)`. Undefined where a branch or a loop on the way may have given it something else.
 */
export function latestAssignment({ parentOf }: Pick<FileIndex, "parentOf">, use: Expression, given: readonly Expression[]): Expression | undefined {
  let child: SyntaxNode = use;
  for (let parent = parentOf(child); parent && !isClassNode(parent) && (isFunctionNode(parent) || parent.kind !== "loop"); child = parent, parent = isFunctionNode(parent) ? undefined : parentOf(parent)) {
    const around = statementsAround(parent, child);
    for (let place = around.findIndex((statement) => statement === child) - 1; place >= 0; place--) {
      const statement = around[place];
      if (!statement) continue;
      const assigned = given.filter((value) => within(value.span, statement.span));
      if (assigned.length === 0) continue;
      const { value } = statement.kind === "expression" ? statement : {};
      return assigned.length === 1 && value?.kind === "assign" && value.operator === "=" && value.value === assigned[0] ? value.value : undefined;
    }
  }
  return undefined;
}

/** Whether a value is given only after a place has been passed: `log(fields); fields.email = email`. A loop, or a function that runs later, may come by again. */
export function isGivenAfter(index: Pick<FileIndex, "parentOf" | "functionAround">, use: Expression, value: Expression): boolean {
  if (value.span[0] < use.span[1] || index.functionAround(use) !== index.functionAround(value)) return false;
  for (let parent = index.parentOf(use); parent && !isFunctionNode(parent) && !isClassNode(parent); parent = index.parentOf(parent)) if (parent.kind === "loop" && within(value.span, parent.span)) return false;
  return true;
}

/** The statements of a branch that one of them stands among; none where it stands in none. */
function statementsAround(parent: SyntaxNode, child: SyntaxNode): readonly Statement[] {
  return statementLists(parent).find((list) => list.some((statement) => statement === child)) ?? [];
}
