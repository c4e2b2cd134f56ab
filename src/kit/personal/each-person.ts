import { containerOf } from "../../catalogue/lexicon/personal-data.js";
import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { Look } from "./exposure.js";
import { loopAround } from "../records/list-elements.js";

/** Whether a variable is each of persons in turn, or taken out of each, by what their list is called: `teachers.map((t) => t.name)`, `for (const { name } of customers)`. */
export function isEachPerson({ model, file }: Pick<Look, "model" | "file">, node: Expression): boolean {
  const around = loopAround(model, file, node);
  const name = around && !around.place ? listName(around.list) : "";
  return name.endsWith("s") && containerOf(name) === "person";
}

/** `customers` of `(await customers ?? []).filter(…)` */
function listName(node: Expression): string {
  switch (node.kind) {
    case "await":
    case "cast":
      return listName(node.value);
    case "binary":
      return listName(node.left);
    case "call":
      return node.callee.kind === "member" ? listName(node.callee.object) : "";
    default:
      return lastName(node);
  }
}
