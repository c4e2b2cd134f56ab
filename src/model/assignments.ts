import { oncePer } from "../base/once-per.js";
import type { FileFacts } from "../facts/facts.js";
import type { Expression } from "../facts/syntax.js";
import { walkAll } from "../facts/walk.js";

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
