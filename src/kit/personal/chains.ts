import type { Expression } from "../../facts/syntax.js";
import type { SyntaxNode } from "../../facts/walk.js";
import type { Look } from "./exposure.js";

/** A variable and the members read behind it: `response.data`. */
export interface Chain {
  readonly binding: number;
  readonly name: string;
  readonly path: readonly string[];
}

/** An expression as the variable and the members behind it; undefined for all else. */
export function chainOf(node: Expression): Chain | undefined {
  if (node.kind === "name") return node.binding === undefined ? undefined : { binding: node.binding, name: node.name, path: [] };
  if (node.kind === "cast" && node.form === "non-null") return chainOf(node.value);
  const of = node.kind === "member" ? chainOf(node.object) : undefined;
  return of && node.kind === "member" ? { ...of, path: [...of.path, node.property] } : undefined;
}

/** The longest chains that begin with a variable, wherever the file names it. */
export function chainsFrom({ model, file }: Pick<Look, "model" | "file">, binding: number): readonly { readonly node: Expression; readonly path: readonly string[] }[] {
  const index = model.values.index(file);
  return model.values.usesOf(file, binding).map((use) => {
    const path: string[] = [];
    let node: Expression = use;
    for (let parent = index.parentOf(node); parent && "kind" in parent && isFurther(parent, node); parent = index.parentOf(node)) {
      if (parent.kind === "member") path.push(parent.property);
      node = parent;
    }
    return { node, path };
  });
}

/** `data.email`, and `data!` on the way to it. */
function isFurther(parent: SyntaxNode, node: Expression): parent is Extract<Expression, { kind: "member" | "cast" }> {
  return "kind" in parent && ((parent.kind === "member" && parent.object === node) || (parent.kind === "cast" && parent.form === "non-null" && parent.value === node));
}
