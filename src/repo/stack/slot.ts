import type { Range } from "../../base/position.js";
import type { Manifest } from "../readers/manifest.js";
import type { Choice, StackSlot } from "./choices.js";
import { standsFor } from "./choices.js";

/** What was seen, and where. */
export interface Evidence {
  readonly file: string;
  readonly range: Range;
  /** `dependency pino ^9.0.0`, `file .prettierrc`, `script lint`. */
  readonly what: string;
  /** The package, if it is a dependency. */
  readonly package?: string;
}

/** A tool or library that fills a slot. */
export interface FoundChoice {
  readonly name: string;
  readonly evidence: readonly Evidence[];
}

export interface SlotState {
  readonly slot: StackSlot;
  readonly state:
    | "filled"
    | "empty"
    /** Two choices for the same work; `choices` are those. */
    | "doubled"
    /** There, but nothing runs it. */
    | "idle"
    /** Types are checked, but not in strict mode. */
    | "weak"
    | "not-needed"
    /** What decides is not in the repository. */
    | "unknown";
  readonly choices: readonly FoundChoice[];
  /** Why, where the state does not say it. */
  readonly reason?: string;
}

const start = { line: 1, column: 1 };

/** A place for what is about a file as a whole. */
export const fileStart: Range = { start, end: start };

/** The choices whose packages a manifest has in one of `fields`. */
export function choicesOf(manifest: Manifest, all: readonly Choice[], fields: readonly string[]): FoundChoice[] {
  return all.flatMap((choice) => {
    const found = manifest.dependencies.filter(({ name, field }) => fields.includes(field) && standsFor(choice, name));
    return found.length === 0 ? [] : [{ name: choice.name, evidence: found.map(({ name, version, range }) => ({ file: manifest.file, range, what: `dependency ${name} ${version}`, package: name })) }];
  });
}

/** Choices of one name as one, with the evidence of all. */
export function merged(found: readonly FoundChoice[]): FoundChoice[] {
  const names = [...new Set(found.map(({ name }) => name))];
  return names.map((name) => ({ name, evidence: found.filter((one) => one.name === name).flatMap(({ evidence }) => evidence) }));
}

/** The choices that do the same work twice: of one group, and none of them covered by another. */
export function doubledChoices(found: readonly FoundChoice[], all: readonly Choice[]): FoundChoice[] {
  const known = (name: string) => all.find((choice) => choice.name === name);
  const covered = new Set(found.flatMap(({ name }) => known(name)?.covers ?? []));
  const open = found.filter(({ name }) => !covered.has(name));
  const groups = open.map(({ name }) => known(name)?.group);
  return open.filter((_, index) => groups[index] !== undefined && groups.filter((group) => group === groups[index]).length > 1);
}

/** The state of a slot that one choice should fill. */
export function slotState(slot: StackSlot, found: readonly FoundChoice[], doubled: readonly FoundChoice[]): SlotState {
  if (doubled.length > 0) return { slot, state: "doubled", choices: doubled };
  return { slot, state: found.length > 0 ? "filled" : "empty", choices: found };
}
