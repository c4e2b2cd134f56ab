import type { Span } from "../../base/position.js";

/** How many rows a limit lets a client ask for. */
export type Bound =
  | { readonly kind: "bounded" }
  | { readonly kind: "unknown" }
  /** The request sets it and a schema caps it, yet lets it be missing: then there is no limit. */
  | { readonly kind: "optional"; readonly source: LimitSource }
  /** The request sets it, and nothing says how large it may be. */
  | { readonly kind: "unbounded"; readonly source: LimitSource };

/** What sets a limit: the read of the request, or the field of the schema. */
export interface LimitSource {
  readonly file: string;
  readonly span: Span;
  readonly text: string;
}

export const bounded: Bound = { kind: "bounded" };
export const unknown: Bound = { kind: "unknown" };

/** What is left once the value is there, or something stands in for it. */
export function present(bound: Bound): Bound {
  return bound.kind === "optional" ? bounded : bound;
}

/** What several values together let a client ask for. */
export function worst(bounds: readonly Bound[]): Bound {
  return bounds.find(({ kind }) => kind === "unbounded") ?? bounds.find(({ kind }) => kind === "optional") ?? bounds.find(({ kind }) => kind === "unknown") ?? bounds[0] ?? unknown;
}
