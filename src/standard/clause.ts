/** A section of the standard with its clauses. */
export interface StandardSection {
  /** The folder of `rules/` that holds the section's rules; `house` has none. */
  readonly id: string;
  readonly title: string;
  readonly clauses: readonly Clause[];
}

/** One sentence of the standard with its reading for TypeScript. */
export interface Clause {
  readonly id: ClauseId;
  /** A few words for tables. */
  readonly title: string;
  /** The sentences of the standard that it stands for, word for word; the same sentence may have several clauses. */
  readonly asks: readonly string[];
  /** What this means for a TypeScript backend. */
  readonly reading: string;
  /** The steps of `std-check done` that prove it, beside the rules that name it. */
  readonly steps?: readonly DoneStep[];
  /** Why no program can decide it: it is left to a person. */
  readonly person?: string;
}

/** What `std-check done` runs: the repository's own commands. */
export type DoneStep = "lint" | "format" | "types" | "test";

export type ClauseId =
  | "STACK-1" | "STACK-2" | "STACK-3" | "STACK-4" | "STACK-5" | "STACK-6" | "STACK-7"
  | "ARCH-1" | "ARCH-2" | "ARCH-3" | "ARCH-4" | "ARCH-5" | "ARCH-6"
  | "API-1" | "API-2" | "API-3" | "API-4" | "API-5"
  | "CONF-1" | "CONF-2" | "CONF-3" | "CONF-4"
  | "LOG-1" | "LOG-2" | "LOG-3" | "LOG-4"
  | "DATA-1" | "DATA-2" | "DATA-3" | "DATA-4"
  | "SEC-1" | "SEC-2" | "SEC-3" | "SEC-4"
  | "TEST-1" | "TEST-2" | "TEST-3" | "TEST-4"
  | "DONE-1" | "DONE-2" | "DONE-3" | "DONE-4" | "DONE-5"
  | "HOUSE";
