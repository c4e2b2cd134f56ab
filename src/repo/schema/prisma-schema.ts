import { lineStarts, type Range, rangeOf } from "../../base/position.js";

/** `@id`, `@db.VarChar(20)`, `@@index([a, b])` without its at signs. */
export interface PrismaAttribute {
  readonly name: string;
  /** What stands between its brackets, without comments; undefined where it has none. */
  readonly argument: string | undefined;
}

export interface PrismaField {
  readonly name: string;
  /** The column's name: `@map`, else the field's. */
  readonly column: string;
  /** Without `[]` and `?`; `Unsupported("…")` whole. */
  readonly type: string;
  readonly list: boolean;
  readonly optional: boolean;
  readonly attributes: readonly PrismaAttribute[];
  /** Of the name. */
  readonly range: Range;
}

/** A `model`, `view`, `type` or `enum`; the values of an enum are its fields. */
export interface PrismaModel {
  readonly kind: "model" | "view" | "type" | "enum";
  readonly name: string;
  /** The table's name: `@@map`, else the model's. */
  readonly table: string;
  readonly fields: readonly PrismaField[];
  readonly attributes: readonly PrismaAttribute[];
  readonly file: string;
  /** Of the name. */
  readonly range: Range;
}

/** A `generator` or `datasource`. */
export interface PrismaSource {
  readonly name: string;
  /** Keys with their values: texts without quotes, everything else as written (`env("X")`). */
  readonly values: ReadonlyMap<string, { readonly text: string; readonly range: Range }>;
  readonly file: string;
  readonly range: Range;
}

/** What the files of one Prisma schema declare. */
export interface PrismaSchema {
  readonly models: readonly PrismaModel[];
  readonly generators: readonly PrismaSource[];
  readonly datasources: readonly PrismaSource[];
}

interface Token {
  readonly kind: "word" | "text" | "mark" | "line";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Reads the files of a schema as one. What is not understood is passed over. */
export function parsePrismaSchema(files: Iterable<{ readonly file: string; readonly text: string }>): PrismaSchema {
  const models: PrismaModel[] = [];
  const generators: PrismaSource[] = [];
  const datasources: PrismaSource[] = [];
  for (const { file, text } of files) {
    const starts = lineStarts(text);
    for (const { keyword, name, lines } of readBlocks(readTokens(text))) {
      const range = rangeOf(starts, [name.start, name.end]);
      if (keyword === "generator") generators.push({ name: name.text, values: readValues(lines, text, starts), file, range });
      else if (keyword === "datasource") datasources.push({ name: name.text, values: readValues(lines, text, starts), file, range });
      else if (keyword === "model" || keyword === "view" || keyword === "type" || keyword === "enum") models.push(readModel(keyword, name, lines, file, starts, range));
    }
  }
  return { models, generators, datasources };
}

/** The attribute of this name. */
export function findAttribute(of: { readonly attributes: readonly PrismaAttribute[] }, name: string): PrismaAttribute | undefined {
  return of.attributes.find((attribute) => attribute.name === name);
}

/** Comments are dropped. Line breaks are tokens: they end a field. */
function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|(\n)|("(?:[^"\\\n]|\\.)*"?)|([\w.-]+)|(@@?|[^\s\w])/g;
  for (const match of text.matchAll(pattern)) {
    const [whole, line, quoted, word, mark] = match;
    const kind = line ? "line" : quoted ? "text" : word ? "word" : mark ? "mark" : undefined;
    if (kind !== undefined) tokens.push({ kind, text: whole, start: match.index, end: match.index + whole.length });
  }
  return tokens;
}

interface Block {
  readonly keyword: string;
  readonly name: Token;
  /** Its entries: what stands on a line, or on several while a bracket is open. */
  readonly lines: readonly (readonly Token[])[];
}

function* readBlocks(tokens: readonly Token[]): Iterable<Block> {
  for (let at = 0; at < tokens.length; at++) {
    const [keyword, name, open] = tokens.slice(at, at + 3);
    if (keyword?.kind !== "word" || name?.kind !== "word" || open?.text !== "{") continue;
    const lines: Token[][] = [[]];
    let depth = 0;
    for (at += 3; at < tokens.length; at++) {
      const token = tokens[at];
      if (token === undefined || (token.text === "}" && depth === 0)) break;
      if ("([{".includes(token.text)) depth++;
      if (")]}".includes(token.text)) depth--;
      if (token.kind === "line" && depth <= 0) lines.push([]);
      else if (token.kind !== "line") lines.at(-1)?.push(token);
    }
    yield { keyword: keyword.text, name, lines: lines.filter((line) => line.length > 0) };
  }
}

function readValues(lines: Block["lines"], text: string, starts: readonly number[]): PrismaSource["values"] {
  return new Map(lines.flatMap((line) => {
    const [key, equals, first] = line;
    const last = line.at(-1);
    if (key === undefined || equals?.text !== "=" || first === undefined || last === undefined) return [];
    const written = text.slice(first.start, last.end);
    return [[key.text, { text: first.kind === "text" && first === last ? unquote(written) : written, range: rangeOf(starts, [first.start, last.end]) }] as const];
  }));
}

function readModel(kind: PrismaModel["kind"], name: Token, lines: Block["lines"], file: string, starts: readonly number[], range: Range): PrismaModel {
  const attributes = lines.filter(([first]) => first?.text === "@@").flatMap(readAttributes);
  const fields = lines.filter(([first]) => first?.kind === "word").flatMap((line) => readField(line, kind === "enum", starts) ?? []);
  return { kind, name: name.text, table: mapped(attributes) ?? name.text, fields, attributes, file, range };
}

function readField(line: readonly Token[], isValue: boolean, starts: readonly number[]): PrismaField | undefined {
  const [name, ...rest] = line;
  if (name === undefined) return undefined;
  const firstAttribute = rest.findIndex(({ text }) => text === "@");
  const type = rest.slice(0, firstAttribute === -1 ? rest.length : firstAttribute).map(({ text }) => text).join("");
  if (type === "" && !isValue) return undefined;
  const attributes = readAttributes(firstAttribute === -1 ? [] : rest.slice(firstAttribute));
  return {
    name: name.text,
    column: mapped(attributes) ?? name.text,
    type: type.replace(/(\[\]|\?)+$/, ""),
    list: type.includes("[]"),
    optional: type.endsWith("?"),
    attributes,
    range: rangeOf(starts, [name.start, name.end]),
  };
}

/** `@id @db.VarChar(20)`: each begins with an at sign; brackets belong to the name in front of them. */
function readAttributes(tokens: readonly Token[]): PrismaAttribute[] {
  const attributes: PrismaAttribute[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const name = tokens[at + 1];
    if (!tokens[at]?.text.startsWith("@") || tokens[at]?.kind !== "mark" || name === undefined) continue;
    at++;
    if (tokens[at + 1]?.text !== "(") {
      attributes.push({ name: name.text, argument: undefined });
      continue;
    }
    const inner: string[] = [];
    let depth = 1;
    for (at += 2; at < tokens.length; at++) {
      const text = tokens[at]?.text ?? "";
      if ("([{".includes(text)) depth++;
      if (")]}".includes(text) && --depth === 0) break;
      inner.push(text);
    }
    attributes.push({ name: name.text, argument: inner.join("").replaceAll(",", ", ") });
  }
  return attributes;
}

/** The name that `@map("x")` or `@@map(name: "x")` gives. */
function mapped(attributes: readonly PrismaAttribute[]): string | undefined {
  const argument = attributes.find(({ name }) => name === "map")?.argument;
  return /"([^"]*)"/.exec(argument ?? "")?.[1];
}

function unquote(text: string): string {
  return text.replace(/^"|"$/g, "");
}
