import type { Span } from "../../base/position.js";
import type { Effect, Sink } from "../../catalogue/index.js";
import type { CallExpression, Expression, NewExpression } from "../../facts/syntax.js";
import type { StoreOperation } from "./data-access.js";
import type { FunctionReference } from "../calls/implementations.js";
import type { MadeWith } from "./made-with.js";
import type { OriginStep } from "../origins/origin.js";

/** A call on the way from a function to what it does further down. */
export interface CallStep {
  readonly file: string;
  readonly call: CallExpression | NewExpression;
  readonly callee: FunctionReference;
}

/** A use of a store that a function makes, itself or through the functions it calls. */
export interface SummaryUse {
  readonly operation: StoreOperation;
  /** The calls that lead there, outermost first; empty for its own. */
  readonly calls: readonly CallStep[];
  /** The parameter that takes the place of the client where a caller passes it (`tx ?? db`). */
  readonly unless?: number;
}

/** A use of a store through what the caller passes. */
export interface ParameterUse extends SummaryUse {
  readonly parameter: number;
}

/** A use of a store through what the object was made with that the function belongs to. */
export interface MadeUse extends SummaryUse, MadeWith {}

/** How many writes to one kind of store lie on one path at most: one, or more. */
export interface WriteCount {
  readonly family: StoreOperation["family"];
  readonly most: 1 | 2;
  /** Counted only where the caller does not pass this parameter. */
  readonly unless?: number;
  /** Some of the writes. */
  readonly uses: readonly SummaryUse[];
}

/** Something outside the process, other than a store. */
export interface OutsideCall {
  /** `dispatch`: code that is only found at run time, which may do anything. */
  readonly kind: "http" | "queue" | "mail" | "process" | "dispatch";
  readonly file: string;
  readonly span: Span;
  readonly calls: readonly CallStep[];
}

/** Something that is made when the function runs: a client, server, timer, … */
export interface MadeEffect {
  readonly effect: Effect;
  readonly file: string;
  readonly span: Span;
  readonly calls: readonly CallStep[];
}

/** Where a parameter ends up: in a part of a statement, or in an argument that must not be given raw data. */
export type FlowTarget =
  | { readonly kind: "data" | "filter" | "limit" | "text" | "parameters" | "identifiers"; readonly operation: StoreOperation; readonly node: Expression }
  | { readonly kind: "sink"; readonly sink: Sink["kind"]; readonly file: string; readonly node: Expression };

/** A way that a parameter takes. */
export interface ParameterFlow {
  readonly parameter: number;
  /** What is taken from it: `["body", "email"]`. */
  readonly path: readonly string[];
  /** How it was carried. */
  readonly steps: readonly OriginStep[];
  readonly to: FlowTarget;
  readonly calls: readonly CallStep[];
}

/** What calling a function does, with what the functions it calls do. */
export interface FunctionSummary {
  /** Uses of a client that no parameter was passed for. Inside its own transactions only what bypasses the handle. */
  readonly outer: readonly SummaryUse[];
  /** Uses of clients and handles that its callers pass. */
  readonly passed: readonly ParameterUse[];
  /** Uses of clients and handles that the function's object was made with: whoever calls it knows which. */
  readonly made: readonly MadeUse[];
  readonly writes: readonly WriteCount[];
  /** Transactions that it begins or runs. */
  readonly transactions: readonly SummaryUse[];
  readonly outside: readonly OutsideCall[];
  readonly effects: readonly MadeEffect[];
  readonly flows: readonly ParameterFlow[];
  /** Calls that may run code of the project which could not be found, or that lie too deep. */
  readonly unknown: number;
}

export const emptySummary: FunctionSummary = { outer: [], passed: [], made: [], writes: [], transactions: [], outside: [], effects: [], flows: [], unknown: 0 };
