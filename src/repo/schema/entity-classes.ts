import { wordTable } from "../../base/word-table.js";
import { closingIndex, plainText, splitList, stringValue, type Token } from "../code/tokens.js";
import { type DeclaredColumn, type DeclaredTable, optionOf, optionShape, snakeCase, type Source, type TableKind } from "./declared-table.js";

const columnDecorators = new Set([
  "Column", "PrimaryColumn", "PrimaryGeneratedColumn", "CreateDateColumn", "UpdateDateColumn", "DeleteDateColumn", "VersionColumn", "ObjectIdColumn",
  "OneToOne", "ManyToOne", "ManyToMany", "JoinColumn", "JoinTable", "Index", "Unique", "Check", "Exclusion", "Generated", "TreeParent", "TreeLevelColumn",
  "Property", "PrimaryKey", "Enum", "Embedded", "ForeignKey", "AllowNull", "Default", "AutoIncrement", "CreatedAt", "UpdatedAt", "DeletedAt",
]);
/** A decorator of the project that stands for `@Column` with options: `@JsonColumn()`. */
const isOwnColumn = /^(?!Virtual|View|Join)[A-Z]\w*Column$/;
const tableDecorators = new Set(["Entity", "ViewEntity", "ChildEntity", "Table", "Index", "Unique", "Check", "Exclusion", "TableInheritance", "Tree", "Embeddable"]);
const modifiers = new Set(["public", "private", "protected", "readonly", "declare", "static", "override", "abstract", "accessor", "export", "default"]);

interface Decorator {
  readonly name: string;
  readonly tokens: readonly Token[];
  readonly parts: readonly (readonly Token[])[];
}

/** Classes with the decorators of TypeORM, MikroORM or sequelize-typescript. */
export function entityClasses(source: Source, kind: Exclude<TableKind, "prisma">): DeclaredTable[] {
  const tables: DeclaredTable[] = [];
  let decorators: Decorator[] = [];
  for (let index = 0; index < source.tokens.length; index++) {
    const token = source.tokens[index];
    if (token?.text === "@" && token.kind === "mark") {
      const { decorator, end } = readDecorator(source.tokens, index);
      decorators.push(decorator);
      index = end;
    } else if (token?.text === "class" && source.tokens[index + 1]?.kind === "name") {
      const open = bodyIndex(source.tokens, index);
      if (open === -1) break;
      tables.push(...readClass(source, kind, index + 1, open, decorators));
      decorators = [];
      index = closingIndex(source.tokens, open);
    } else if (token !== undefined && !modifiers.has(token.text)) decorators = [];
  }
  return tables;
}

/** The brace that opens a class body, past braces in the types that it extends. */
function bodyIndex(tokens: readonly Token[], after: number): number {
  let depth = 0;
  for (let index = after; index < tokens.length; index++) {
    const { text, kind } = tokens[index] ?? { text: "", kind: "mark" };
    if (kind !== "mark") continue;
    if (text === "<") depth++;
    else if (text === ">") depth--;
    else if (text === "{" && depth <= 0) return index;
    else if ("([{".includes(text)) index = closingIndex(tokens, index);
  }
  return -1;
}

function readDecorator(tokens: readonly Token[], at: number): { readonly decorator: Decorator; readonly end: number } {
  let end = at + 1;
  while (tokens[end + 1]?.text === ".") end += 2;
  const name = tokens[end]?.text ?? "";
  if (tokens[end + 1]?.text !== "(") return { decorator: { name, tokens: tokens.slice(at, end + 1), parts: [] }, end };
  const close = closingIndex(tokens, end + 1);
  return { decorator: { name, tokens: tokens.slice(at, close + 1), parts: splitList(tokens, end + 1, close) }, end: close };
}

function readClass(source: Source, kind: Exclude<TableKind, "prisma">, nameIndex: number, open: number, decorators: readonly Decorator[]): DeclaredTable[] {
  const { tokens } = source;
  const name = tokens[nameIndex];
  if (name === undefined) return [];
  const columns = new Map<string, DeclaredColumn>();
  for (const member of members(tokens, open)) {
    const own = member.decorators.filter(({ name }) => columnDecorators.has(name) || isOwnColumn.test(name));
    const names = new Set(own.map((decorator) => decorator.name));
    const isInverse = kind === "typeorm" && ((names.has("ManyToMany") && !names.has("JoinTable")) || (names.has("OneToOne") && !names.has("JoinColumn")));
    if (own.length === 0 || isInverse) continue;
    // A store of documents has no schema of its own.
    if (names.has("ObjectIdColumn")) return [];
    const isRelation = ["OneToOne", "ManyToOne"].some((one) => names.has(one));
    const shape = own.map((decorator) => `${decoratorShape(decorator)} ${storedType(decorator, member.type)}`).join(" ");
    columns.set(columnName(own) ?? snakeCase(isRelation ? `${member.name.text}Id` : member.name.text), { shape, range: source.range(member.name), ...(isRelation && { relation: true as const }) });
  }
  const own = decorators.filter((decorator) => tableDecorators.has(decorator.name));
  const isTable = own.some((decorator) => decorator.name !== "Embeddable" && !["Index", "Unique", "Check", "Exclusion"].includes(decorator.name));
  if (columns.size === 0 && !isTable) return [];
  own.forEach((decorator, index) => columns.set(`@${decorator.name} ${index}`, { shape: decoratorShape(decorator), range: source.range(name) }));
  const heir = tokens.slice(nameIndex, open).findIndex(({ text }) => text === "extends");
  const parent = heir === -1 ? undefined : tokens[nameIndex + heir + 1];
  return [{
    kind, name: name.text, table: tableName(own) ?? (isTable && kind !== "sequelize" ? snakeCase(name.text) : undefined), file: source.file, range: source.range(name), columns,
    ...(parent && { extends: parent.text }),
    ...(!isTable && { partial: true as const }),
  }];
}

/** Names of one type, by the first of each line. Without a length or precision they mean the same. */
const sameTypes: Readonly<Record<string, string>> = wordTable({
  string: "varchar", "character varying": "varchar",
  number: "integer", int: "integer", int4: "integer",
  bool: "boolean",
  date: "timestamp", datetime: "timestamp", "timestamp without time zone": "timestamp",
  "timestamp with time zone": "timestamptz",
});

/** The type of a column: as the decorator says it, else as it follows from the property's. */
function storedType({ name, parts }: Decorator, written: readonly Token[]): string {
  const said = parts.map((part) => stringValue(part[0]) ?? stringOrName(optionOf(part, "type"))).find((type) => type !== undefined);
  const isDate = ["CreateDateColumn", "UpdateDateColumn", "DeleteDateColumn"].includes(name);
  const follows = ["Column", "PrimaryColumn", "Property", "PrimaryKey"].includes(name);
  // `Date` as a type of the store is a day; as a type of the program, a point in time.
  if (said === "date") return "day";
  const type = said ?? (isDate ? "timestamp" : follows ? plainText(written).replace(/ \| (null|undefined)\b/g, "") : "");
  return sameTypes[type.toLowerCase()] ?? type.toLowerCase();
}

function stringOrName(tokens: readonly Token[] | undefined): string | undefined {
  return tokens === undefined ? undefined : (stringValue(tokens[0]) ?? plainText(tokens));
}

interface Member {
  readonly decorators: readonly Decorator[];
  readonly name: Token;
  /** Of a property with a written type. */
  readonly type: readonly Token[];
}

/** The members of a class body with their decorators; methods have no type. */
function* members(tokens: readonly Token[], open: number): Iterable<Member> {
  const close = closingIndex(tokens, open);
  let decorators: Decorator[] = [];
  for (let index = open + 1; index < close; index++) {
    const token = tokens[index];
    if (token === undefined) return;
    if (token.text === "@") {
      const { decorator, end } = readDecorator(tokens, index);
      decorators.push(decorator);
      index = end;
      continue;
    }
    if (modifiers.has(token.text) || token.text === ";" || token.text === "*" || token.text === "async") continue;
    const end = memberEnd(tokens, index, close);
    const colon = tokens[index + 1]?.text === ":" ? index + 1 : tokens[index + 2]?.text === ":" ? index + 2 : undefined;
    const written = tokens.slice(index, end);
    const equals = written.findIndex(({ text }) => text === "=");
    yield { decorators, name: token, type: colon === undefined ? [] : written.slice(colon + 1 - index, equals === -1 ? undefined : equals) };
    decorators = [];
    index = end - 1;
  }
}

/** Marks behind which a member goes on in the next line. */
const continuing = new Set(["|", "&", "=", ":", "=>", ",", ".", "?", "+", "<"]);

/** Where a member that begins at `start` ends: behind its body, at its semicolon, or where the next line begins another one. */
function memberEnd(tokens: readonly Token[], start: number, close: number): number {
  for (let index = start; index < close; index++) {
    const token = tokens[index];
    if (token === undefined || token.text === ";") return index;
    if (index > start && token.first && (token.kind === "name" || token.text === "@" || token.text === "#") && !continuing.has(tokens[index - 1]?.text ?? "")) return index;
    if (token.kind === "mark" && "([{".includes(token.text)) {
      const end = closingIndex(tokens, index);
      if (token.text === "{" && tokens[index - 1]?.text !== "=" && tokens[index - 1]?.text !== ":" && tokens[index - 1]?.text !== "|") return end + 1;
      index = end;
    }
  }
  return close;
}

/** A decorator without options that only the program knows of, and without the function that names the other side. */
function decoratorShape({ name, parts }: Decorator): string {
  const relation = ["OneToOne", "ManyToOne", "ManyToMany"].includes(name);
  // The other side is a class, whose name is the code's alone.
  const isOtherSide = (part: readonly Token[]) => relation && part[0]?.text !== "{" && part.some(({ text }) => text === "=>");
  // A text is the type or the name, which are looked at by themselves.
  const inStore = parts.filter((part) => !isOtherSide(part) && stringValue(part[0]) === undefined).map(optionShape).filter((shape) => shape !== "{  }");
  return `@${name}(${inStore.join(", ")})`;
}

function columnName(decorators: readonly Decorator[]): string | undefined {
  for (const { name, parts } of decorators) {
    if (name === "Index" || name === "Unique" || name === "Check") continue;
    for (const part of parts) {
      const value = ["name", "field", "fieldName"].map((key) => stringValue(optionOf(part, key)?.[0])).find((text) => text !== undefined);
      if (value !== undefined) return snakeCase(value);
    }
  }
  return undefined;
}

function tableName(decorators: readonly Decorator[]): string | undefined {
  const [first] = decorators.find(({ name }) => name === "Entity" || name === "Table")?.parts ?? [];
  return stringValue(first?.[0]) ?? stringValue((optionOf(first, "name") ?? optionOf(first, "tableName"))?.[0]);
}
