import type { Range } from "../../base/position.js";
import { closingIndex, plainText, splitList, type Token } from "../code/tokens.js";

export type TableKind = "prisma" | "drizzle" | "typeorm" | "mikro-orm" | "sequelize";

/** A table as a schema declares it. Equal shapes mean equal tables in the store. */
export interface DeclaredTable {
  readonly kind: TableKind;
  /** What code calls it: the constant, class or model. */
  readonly name: string;
  /** What the store calls it, if the declaration says so. */
  readonly table: string | undefined;
  readonly file: string;
  /** Of the name. */
  readonly range: Range;
  /** The store's name of each column, index or constraint → all that the store knows of it, in a form that layout and comments do not change. */
  readonly columns: ReadonlyMap<string, DeclaredColumn>;
  /** The class that it inherits columns from. */
  readonly extends?: string;
  /** No table by itself: a class that others inherit columns from. */
  readonly partial?: true;
  /** It inherits from a class that was not found, and may have more columns. */
  readonly open?: true;
}

export interface DeclaredColumn {
  readonly shape: string;
  /** A reference to another table. */
  readonly relation?: true;
  /** The function that makes it, which the project may have declared. */
  readonly builder?: string;
  /** What the store has for it is not known. */
  readonly unknown?: true;
  readonly range: Range;
}

/** A text whose tables are read. */
export interface Source {
  readonly file: string;
  readonly tokens: readonly Token[];
  range(token: Token): Range;
}

/** Options of decorators that only the program knows of, and names: a naming strategy may give the same. */
const programOptions = new Set([
  "name", "type", "select", "transformer", "eager", "lazy", "cascade", "insert", "update", "hidden", "serializer", "serializedName",
  "serializedPrimaryKey", "persist", "orphanRemoval", "orphanedRowAction", "onCreate", "validate", "get", "set", "mappedBy", "inversedBy",
]);

/** An object's entries in the order of their keys, so that their order makes no difference. */
export function optionShape(part: readonly Token[]): string {
  if (part[0]?.text !== "{") return plainText(part);
  const entries = objectEntries(part, 0).filter(({ key, value }) => !programOptions.has(key.text) && !(key.text === "onUpdate" && value.some(({ text }) => text === "=>")));
  return `{ ${entries.map(({ key, value }) => `${key.text}: ${valueShape(value)}`).sort().join(", ")} }`;
}

/** The spelling of a constant says nothing of its value: `Role.User` and `Role.USER`. */
function valueShape(value: readonly Token[]): string {
  const text = plainText(value);
  return /^\w+ \. \w+$/.test(text) ? text.toLowerCase().replaceAll("_", "") : text;
}

/** `createdAt` as `created_at`. */
export function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toLowerCase();
}

export function optionOf(part: readonly Token[] | undefined, key: string): readonly Token[] | undefined {
  return part?.[0]?.text === "{" ? objectEntries(part, 0).find((entry) => entry.key.text === key)?.value : undefined;
}

export interface Entry {
  readonly key: Token;
  readonly value: readonly Token[];
}

/** The entries of an object literal; a spread has itself as its key. */
export function objectEntries(tokens: readonly Token[], open: number): Entry[] {
  return splitList(tokens, open, closingIndex(tokens, open)).flatMap((part) => {
    const [key, colon] = part;
    if (key === undefined) return [];
    return colon?.text === ":" ? [{ key, value: part.slice(2) }] : [{ key: { ...key, text: plainText(part) }, value: part }];
  });
}

export function column(source: Source, tokens: readonly Token[], shape: readonly Token[] = tokens): DeclaredColumn {
  const [first] = tokens;
  const none = { line: 1, column: 1 };
  return { shape: plainText(shape), range: first === undefined ? { start: none, end: none } : source.range(first) };
}
