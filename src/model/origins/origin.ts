import type { UnknownKeys } from "../../catalogue/index.js";
import type { CallExpression, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import type { PatternStep } from "../modules/file-index.js";

/** How a value was carried from where it comes from to where it is asked for. */
export type OriginStep =
  /** It stands under a key of an object; `*` for a key that is computed, by the expression `by`. */
  | { readonly kind: "property"; readonly key: string; readonly by?: { readonly file: string; readonly key: Expression } }
  /** All its keys were copied into an object, where those that are written out behind it stand for themselves. */
  | { readonly kind: "spread"; readonly without?: readonly string[] }
  | { readonly kind: "element"; readonly index?: number }
  /** Its keys were taken. */
  | { readonly kind: "keys" }
  /** It became part of a text. */
  | { readonly kind: "text" }
  /** Parts of its text that match a pattern were replaced; no replacement means that it is not constant. */
  | { readonly kind: "replace"; readonly pattern: string; readonly replacement: string | undefined }
  /** A library bound it to a statement, or let it through where a validator stands in front of the handler. */
  | { readonly kind: "bound"; readonly validated?: true }
  /** A function that is not known in detail was given it. */
  | { readonly kind: "call"; readonly file: string; readonly node: CallExpression | NewExpression }
  /** A schema checked it; `unknownKeys` as far as the schema says. */
  | { readonly kind: "parse"; readonly file: string; readonly node: CallExpression; readonly unknownKeys: UnknownKeys | undefined }
  /** Only these keys were taken, or all but these; no list means that it is not constant. */
  | { readonly kind: "pick" | "omit"; readonly file: string; readonly node: Expression; readonly keys: readonly string[] | undefined };

/** A place a value comes from: a parameter, or an expression that is not followed further. */
export interface Origin {
  readonly file: string;
  /** The expression that is not followed further; for a parameter the one that reads it. */
  readonly node: Expression;
  readonly parameter: { readonly function: FunctionNode; readonly index: number } | undefined;
  /** What is taken from it: members, `[]` for elements, `name()` for the results of methods. */
  readonly path: readonly string[];
  /** In the order in which they happened. */
  readonly steps: readonly OriginStep[];
}

/** An expression that is not followed further. */
export function leaf(file: string, node: Expression): Origin {
  return { file, node, parameter: undefined, path: nothing, steps: nothing };
}

/** The same list for all that nothing is taken from and nothing happened to. */
const nothing: readonly never[] = [];

/** What is carried on by one step more. */
export function withStep(origin: Origin, step: OriginStep): Origin {
  return { ...origin, steps: origin.steps.concat(step) };
}

/** What stands in an object as it stands in its entries: the keys that the code writes out are constant. */
export function asEntry(origin: Origin): Origin {
  const last = origin.steps.at(-1);
  return last?.kind === "property" && last.key !== "*" ? { ...origin, steps: [...origin.steps.slice(0, -1), { kind: "element", index: 1 }, last] } : origin;
}

/** What stands in a list of pairs stands under the key of its pair: that of a constant list, `[key, body[key]]`, by which it was taken. */
export function fromEntry(origin: Origin): Origin {
  const [pair, list] = origin.steps.slice(-2);
  const key = origin.path.at(-1);
  if (pair?.kind !== "element" || pair.index !== 1 || list?.kind !== "element") return origin;
  const isNamed = key !== undefined && key !== "[]" && !key.endsWith("()");
  return { ...origin, steps: [...origin.steps.slice(0, -2), { kind: "property", key: isNamed ? key : "*" }] };
}

/** What a member (`key`), element (`[]`) or method result (`key()`) of a carried value comes from. */
export function taken(origin: Origin, key: string): readonly Origin[] {
  const last = origin.steps.at(-1);
  const before = { ...origin, steps: origin.steps.slice(0, -1) };
  switch (last?.kind) {
    case undefined:
      return [{ ...origin, path: origin.path.concat(key.startsWith("[") ? "[]" : key) }];
    case "property":
      // The object's other keys hold something else.
      return last.key === key || last.key === "*" || key.startsWith("[") ? [before] : [];
    case "element": {
      const place = /^\[(\d+)\]$/.exec(key)?.[1];
      return key === "length" || (place !== undefined && last.index !== undefined && last.index !== Number(place)) ? [] : [before];
    }
    case "keys":
      return key === "length" ? [] : [{ ...origin }];
    case "spread":
      return last.without?.includes(key) ? [] : taken(before, key);
    case "pick":
      return last.keys && !key.startsWith("[") && !last.keys.includes(key) ? [] : taken(before, key).map((inner) => withStep(inner, last));
    case "omit":
      return last.keys?.includes(key) ? [] : taken(before, key).map((inner) => withStep(inner, last));
    case "parse":
      return taken(before, key).map((inner) => withStep(inner, last));
    case "text":
    case "replace":
      return key === "length" ? [] : [origin];
    default:
      return [origin];
  }
}

/** What a pattern takes. */
export function takenAll(origins: readonly Origin[], path: readonly PatternStep[]): readonly Origin[] {
  return path.reduce<readonly Origin[]>((found, step) => {
    if (step.kind === "rest") return found;
    return found.flatMap((origin) => taken(origin, step.kind === "property" ? step.key : step.kind === "element" ? `[${step.index}]` : "[]"));
  }, origins);
}

/**
 * An argument's origin carried on as the parameter it is passed for, of which `inner` says what is taken and how it goes on. What is
 * taken of an object entry by entry, `toSnakeCase({ title })`, goes on under keys that are made of the one which the code wrote out.
 */
export function joinOrigins(outer: Origin, inner: Pick<Origin, "path" | "steps">): readonly Origin[] {
  let parts: readonly Joined[] = [{ origin: outer }];
  for (const key of inner.path) parts = parts.flatMap((part) => taken(part.origin, key).map((origin): Joined => ({ ...part, ...(key === "[]" && writtenKey(part.origin)), origin })));
  return parts.map(({ origin, key }) => ({ ...origin, steps: origin.steps.concat(key === undefined ? inner.steps : inner.steps.map((step) => (step.kind === "property" && step.key === "*" ? { kind: "property", key } : step))) }));
}

/** A part of an argument, and the key that the code wrote out for it, where it was taken as an entry. */
interface Joined {
  readonly origin: Origin;
  readonly key?: string;
}

function writtenKey({ steps }: Origin): Pick<Joined, "key"> | undefined {
  const last = steps.at(-1);
  return last?.kind === "property" && last.key !== "*" && !last.key.startsWith("$") ? { key: last.key } : undefined;
}
