import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Write } from "./write-subjects.js";

/** What a change puts where: `status` of `order.status = "sent"` and of `update({ status: "sent" })`. */
export function changedBy(model: ProjectModel, file: string, { node, operation }: Write): ReadonlyMap<string, Expression> {
  const put = new Map<string, Expression>();
  const take = (row: Expression): void => {
    for (const member of row.kind === "object" ? row.members : []) {
      if (member.kind !== "property") continue;
      if (member.value.kind === "object") take(member.value);
      else put.set(member.key, member.value);
    }
  };
  if (operation.role !== "write" || operation.write === "insert" || operation.write === "delete" || node.kind === "template") return put;
  const given = node === operation.node ? operation.data : node.arguments;
  const saved = operation.receiver.kind === "document" && node === operation.node ? [operation.receiver.root, ...given] : given;
  const index = model.values.index(file);
  for (const row of saved) {
    if (row.kind === "name") for (const { target, operator, value, span } of index.partAssignments) if (operator === "=" && span[1] <= node.span[0] && target.kind === "member" && target.object.kind === "name" && target.object.binding === row.binding && index.functionAround(value)?.node === index.functionAround(node)?.node) put.set(target.property, value);
    take(row);
  }
  // What a function that is called puts there is known here where it is a constant: `close(id)` for `update({ id }, { closed: true })`.
  if (node !== operation.node) for (const row of operation.data) for (const member of row.kind === "object" ? row.members : []) if (member.kind === "property" && member.value.kind === "literal" && !put.has(member.key)) put.set(member.key, member.value);
  return put;
}
