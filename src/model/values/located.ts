import type { Expression, TypeNode } from "../../facts/syntax.js";

/** An expression or a type with the file it is written in: an argument that stands for a handler, what a name stands for in another file. */
export interface Located<T extends Expression | TypeNode = Expression> {
  readonly file: string;
  readonly node: T;
  /** The calls that a function of the project puts around what its callers give it: `wrap(handler)`. */
  readonly within?: readonly Located[];
}
