import { closingIndex, indexFrom, plainText, splitList, stringValue, type Token } from "../code/tokens.js";
import { type DeclaredColumn, type DeclaredTable, objectEntries, optionShape, type Source, type TableKind } from "./declared-table.js";

const columnDecorators = new Set([
  "Column", "PrimaryColumn", "PrimaryGeneratedColumn", "CreateDateColumn", "UpdateDateColumn", "DeleteDateColumn", "VersionColumn", "ObjectIdColumn",
  "OneToOne", "ManyToOne", "ManyToMany", "JoinColumn", "JoinTable", "Index", "Unique", "Check", "Exclusion", "Generated", "TreeParent", "TreeLevelColumn",
  "Property", "PrimaryKey", "Enum", "Embedded", "ForeignKey", "AllowNull", "Default", "AutoIncrement", "CreatedAt", "UpdatedAt", "DeletedAt",
]);
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
      const open = indexFrom(source.tokens, index, "{");
      if (open === -1) break;
      tables.push(...readClass(source, kind, index + 1, open, decorators));
      decorators = [];
      index = closingIndex(source.tokens, open);
    } else if (token !== undefined && !modifiers.has(token.text)) decorators = [];
  }
  return tables;
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
    const own = member.decorators.filter((decorator) => columnDecorators.has(decorator.name));
    const names = new Set(own.map((decorator) => decorator.name));
    const isInverse = kind === "typeorm" && ((names.has("ManyToMany") && !names.has("JoinTable")) || (names.has("OneToOne") && !names.has("JoinColumn")));
    if (own.length === 0 || isInverse) continue;
    // A store of documents has no schema of its own.
    if (names.has("ObjectIdColumn")) return [];
    const shape = [...own.map(decoratorShape), ...(own.some(readsType) ? [plainText(member.type).replace(/ \| (null|undefined)\b/g, "")] : [])].join(" ");
    columns.set(columnName(own) ?? member.name.text, { shape, range: source.range(member.name) });
  }
  const own = decorators.filter((decorator) => tableDecorators.has(decorator.name));
  if (columns.size === 0 && !own.some((decorator) => decorator.name === "Entity" || decorator.name === "Table")) return [];
  own.forEach((decorator, index) => columns.set(`@${decorator.name} ${index}`, { shape: decoratorShape(decorator), range: source.range(name) }));
  return [{ kind, name: name.text, table: tableName(own), file: source.file, range: source.range(name), columns }];
}

/** Whether a column's type in the store follows from the property's, as nothing else says it. */
function readsType({ name, parts }: Decorator): boolean {
  if (!["Column", "PrimaryColumn", "Property", "PrimaryKey"].includes(name)) return false;
  return stringValue(parts[0]?.[0]) === undefined && !parts.flat().some(({ text }) => text === "type" || text === "enum" || text === "DataType");
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
  const inStore = parts.filter((part, index) => !(relation && index === 1 && part.some(({ text }) => text === "=>") && part[0]?.text !== "{")).map((part) => optionShape(part));
  return `@${name}(${inStore.join(", ")})`;
}

function columnName(decorators: readonly Decorator[]): string | undefined {
  for (const { name, parts } of decorators) {
    if (name === "Index" || name === "Unique" || name === "Check") continue;
    for (const part of parts) {
      const named = part[0]?.text === "{" ? objectEntries(part, 0).find(({ key }) => ["name", "field", "fieldName"].includes(key.text)) : undefined;
      const value = stringValue(named?.value[0]);
      if (value !== undefined) return value;
    }
  }
  return undefined;
}

function tableName(decorators: readonly Decorator[]): string | undefined {
  const declaring = decorators.find(({ name }) => name === "Entity" || name === "Table");
  const [first] = declaring?.parts ?? [];
  if (first === undefined) return undefined;
  const named = first[0]?.text === "{" ? objectEntries(first, 0).find(({ key }) => ["name", "tableName"].includes(key.text))?.value[0] : first[0];
  return stringValue(named);
}
