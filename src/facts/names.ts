import type { Expression } from "./syntax.js";

/** The last name of an expression: `save` of `user.save` and of `save`; empty for anything that ends in no name. */
export function lastName(node: Expression): string {
  return node.kind === "member" ? node.property : node.kind === "name" ? node.name : "";
}
