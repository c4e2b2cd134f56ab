import type { Span } from "../../base/position.js";
import type { EntryKind } from "../../catalogue/index.js";
import type { Handler } from "../routes/route.js";
import type { FlowTarget } from "../data/summary.js";

/** A place where the outside reaches the code other than by a route. */
export interface Entry {
  readonly kind: Exclude<EntryKind, "http">;
  /** The package that calls the handler. */
  readonly library: string;
  /** The queue, topic, field, event, command or function, as far as it is known. */
  readonly name: string | undefined;
  readonly file: string;
  /** The registration, or the decorator. */
  readonly span: Span;
  readonly handler: Handler | undefined;
  /** What of the handler's parameters comes from outside; empty for clocks, and where it is unknown. */
  readonly inputs: readonly EntryInput[];
}

/** A parameter of a handler, or a part of it, that the outside chooses. */
export interface EntryInput {
  readonly parameter: number;
  /** The members that lead to it: `["data"]` of a job. */
  readonly path: readonly string[];
}

/** Input of an entry point that reaches a write or a dangerous call as it came. */
export interface UncheckedInput {
  readonly target: FlowTarget;
  /** A schema was run, and nothing reads whether it passed. */
  readonly unread: boolean;
}

/** The entry points of a project. */
export interface Entries {
  /** Those that a file registers, in source order. */
  of(file: string): readonly Entry[];
  /** Those of all files but tests and migrations, by file and place. */
  readonly all: readonly Entry[];
  /** The first way on which what comes in reaches a write or a dangerous call without a schema; undefined if there is none, or that cannot be told. */
  uncheckedInput(entry: Entry): UncheckedInput | undefined;
  /** Whether an argument of resolvers in a file has a scalar type of GraphQL that takes any value. */
  isFreeArgument(file: string, name: string): boolean;
}
