import { lastName } from "../facts/names.js";
import { isClassNode, isFunctionNode, someNode, type SyntaxNode } from "../facts/walk.js";
import type { ProjectModel } from "../model/project-model.js";
import type { Write } from "./write-subjects.js";

/** Calls that give what is there and make it where it is not: made twice or left behind, it is the same. */
const findsOrMakes = /^(get|find|fetch|load|ensure|require)(?![a-z])|OrCreate/;

/** A write that changes nothing when it is repeated: an insert that leaves what is there, or a call that finds or makes something. */
export function isRepeatable(model: ProjectModel, file: string, { node, operation }: Write): boolean {
  if (node !== operation.node && node.kind === "call" && findsOrMakes.test(lastName(node.callee))) return true;
  if (isMadeIfMissing(model, file, node) || someNode([operation.node], (part) => part.kind === "object" && part.members.some((member) => member.kind === "property" && member.key === "skipDuplicates"))) return true;
  return operation.methods.some((method) => /^(onConflictDoNothing|ignore|doNothing|orIgnore)$/.test(method));
}

/** `if (!contact) contact = await create(…)`, `found ?? (await create(…))`: the next attempt finds what this one made. */
function isMadeIfMissing(model: ProjectModel, file: string, node: Write["node"]): boolean {
  const { parentOf } = model.values.index(file);
  let at: SyntaxNode = node;
  let parent = parentOf(at);
  while (parent && "kind" in parent && (parent.kind === "await" || parent.kind === "cast")) [at, parent] = [parent, parentOf(parent)];
  if (!parent || !("kind" in parent)) return false;
  if (parent.kind === "binary") return /^(\?\?|\|\|)$/.test(parent.operator) && parent.right === at;
  if (parent.kind !== "assign" || parent.target.kind !== "name") return false;
  const { binding } = parent.target;
  if (/^(\?\?|\|\|)=$/.test(parent.operator)) return true;
  for (let outer: SyntaxNode | undefined = parent, up = parentOf(parent); up; outer = up, up = parentOf(up)) {
    if (isFunctionNode(up) || isClassNode(up)) return false;
    if (up.kind === "if") return up.test.kind === "unary" && up.test.operator === "!" && up.test.value.kind === "name" && up.test.value.binding === binding && up.then.some((statement) => statement === outer);
  }
  return false;
}
