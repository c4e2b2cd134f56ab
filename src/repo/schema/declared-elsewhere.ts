import { oncePerPart } from "../../base/once-per.js";
import { folderOf, joinPath } from "../../base/paths.js";
import { readTokens, stringValue, type Token } from "../code/tokens.js";
import { declaredTables } from "./code-tables.js";
import type { DeclaredColumn, DeclaredTable } from "./declared-table.js";

/** One end of the checked range: its files, and their texts. */
export interface RangeEnd {
  readonly files: readonly string[];
  read(file: string): string | undefined;
}

/** A file is asked for each of its columns. */
const tokensOf = oncePerPart((end: RangeEnd, file: string): readonly Token[] => readTokens(end.read(file) ?? ""));

/** A name is followed through this many imports, and a class through this many that it extends. */
const deepest = 6;

/** Tables with the columns of the classes that they extend, wherever those are declared. */
export function withInherited(tables: readonly DeclaredTable[], end: RangeEnd): DeclaredTable[] {
  return tables.map((table) => {
    const { columns, isOpen } = inherited(table, tables, end, 0);
    return { ...table, columns, ...(isOpen && { open: true as const }) };
  });
}

function inherited(table: DeclaredTable, changed: readonly DeclaredTable[], end: RangeEnd, depth: number): { readonly columns: DeclaredTable["columns"]; readonly isOpen: boolean } {
  if (table.extends === undefined || ofLibraries.test(table.extends) || depth > deepest) return { columns: table.columns, isOpen: false };
  const parent = changed.find(({ name, file }) => name === table.extends && file === table.file) ?? classElsewhere(table, end) ?? changed.find(({ name }) => name === table.extends);
  if (parent === undefined || parent === table) return { columns: table.columns, isOpen: parent === undefined };
  const { columns, isOpen } = inherited(parent, changed, end, depth + 1);
  const taken = [...columns].map(([name, column]): [string, DeclaredColumn] => [name, { ...column, range: table.range }]);
  return { columns: new Map([...taken, ...table.columns]), isOpen };
}

/** Classes of the libraries, which bring no columns. */
const ofLibraries = /^(BaseEntity|Model|TypeOrmBaseEntity)$/;

function classElsewhere(table: DeclaredTable, end: RangeEnd): DeclaredTable | undefined {
  const found = table.extends === undefined ? undefined : declarationOf(table.file, table.extends, end);
  return found && declaredTables(found.file, end.read(found.file) ?? "").find(({ name }) => name === found.name);
}

/** Columns whose type a function of the project gives: under the type that the store has, or unknown where that is not found. */
export function withCustomTypes(tables: readonly DeclaredTable[], end: RangeEnd): DeclaredTable[] {
  return tables.map((table) => {
    const columns = [...table.columns].map(([name, column]): [string, DeclaredColumn] => [name, withCustomType(table.file, column, end)]);
    return { ...table, columns: new Map(columns) };
  });
}

function withCustomType(file: string, column: DeclaredColumn, end: RangeEnd): DeclaredColumn {
  if (column.builder === undefined) return column;
  const imported = importOf(tokensOf(end, file), column.builder);
  if (imported !== undefined && /^drizzle-orm\b/.test(imported.specifier)) return column;
  const found = imported === undefined ? { file, name: column.builder } : declarationOf(file, column.builder, end);
  if (found === undefined) return { ...column, unknown: true };
  const type = customType(tokensOf(end, found.file), found.name);
  return type === undefined ? column : { ...column, shape: type + column.shape.slice(column.builder.length) };
}

/** `text` of `const encrypted = customType({ dataType() { return "text"; } })`. */
function customType(tokens: readonly Token[], name: string): string | undefined {
  const declared = tokens.findIndex(({ text }, index) => text === name && ["const", "function"].includes(tokens[index - 1]?.text ?? ""));
  if (declared === -1) return undefined;
  const next = tokens.findIndex(({ text, first }, index) => index > declared && first && /^(export|const|function|class|type|interface)$/.test(text));
  const own = tokens.slice(declared, next === -1 ? undefined : next);
  const at = own.findIndex(({ text }) => text === "dataType");
  return at === -1 || !own.some(({ text }) => text === "customType") ? undefined : stringValue(own.slice(at).find(({ kind }) => kind === "string"));
}

/** The file that declares a name that another imports, through barrels; undefined where the path leads out of what can be read. */
function declarationOf(file: string, name: string, end: RangeEnd): { readonly file: string; readonly name: string } | undefined {
  let at = { file, name };
  for (let depth = 0; depth < deepest; depth++) {
    const imported = importOf(tokensOf(end, at.file), at.name);
    if (imported === undefined) return at.file === file ? undefined : throughBarrel(at.file, at.name, end);
    const target = fileOf(at.file, imported.specifier, end);
    if (target === undefined) return undefined;
    at = { file: target, name: imported.name };
  }
  return undefined;
}

/** The file itself if it declares the name, else the first of those that it re-exports whole. */
function throughBarrel(file: string, name: string, end: RangeEnd, seen = new Set<string>()): { readonly file: string; readonly name: string } | undefined {
  if (seen.has(file)) return undefined;
  seen.add(file);
  const tokens = tokensOf(end, file);
  if (tokens.some(({ text }, index) => text === name && ["class", "const", "function"].includes(tokens[index - 1]?.text ?? ""))) return { file, name };
  for (const [index, { text }] of tokens.entries()) {
    const specifier = text === "export" && tokens[index + 1]?.text === "*" && tokens[index + 2]?.text === "from" ? stringValue(tokens[index + 3]) : undefined;
    const target = specifier === undefined ? undefined : fileOf(file, specifier, end);
    const found = target === undefined ? undefined : throughBarrel(target, name, end, seen);
    if (found) return found;
  }
  return undefined;
}

const clauseEnds: ReadonlySet<string> = new Set(["from", ";", "="]);

/** What `import { name }` or `export { name } … from` takes a name from. */
function importOf(tokens: readonly Token[], name: string): { readonly specifier: string; readonly name: string } | undefined {
  for (const [index, { text, kind }] of tokens.entries()) {
    if (kind !== "name" || (text !== "import" && text !== "export")) continue;
    let from = index + 1;
    while (from < tokens.length && !clauseEnds.has(tokens[from]?.text ?? "")) from++;
    const specifier = tokens[from]?.text === "from" ? stringValue(tokens[from + 1]) : undefined;
    if (specifier === undefined) continue;
    const taken = tokens.slice(index, from);
    const at = taken.findIndex((token) => token.text === name);
    if (at !== -1) return { specifier, name: taken[at - 1]?.text === "as" ? (taken[at - 2]?.text ?? name) : name };
  }
  return undefined;
}

const endings = ["", ".ts", ".tsx", ".mts", ".js", "/index.ts", "/index.js"];

/** By its path; for an alias by the one file whose path ends like it. */
function fileOf(file: string, specifier: string, { files, read }: RangeEnd): string | undefined {
  if (specifier.startsWith(".")) {
    const bare = joinPath(folderOf(file), specifier);
    return endings.flatMap((ending) => [bare + ending, bare.replace(/\.[cm]?js$/, "") + ending]).find((one) => /\.[cm]?[jt]sx?$/.test(one) && read(one) !== undefined);
  }
  const [, ...inside] = specifier.split("/");
  for (const path of [specifier, inside.join("/")]) {
    const found = path === "" || path.startsWith("@") ? [] : files.filter((one) => endings.some((ending) => ending !== "" && (one === path + ending || one.endsWith(`/${path}${ending}`))));
    if (found.length === 1) return found[0];
  }
  return undefined;
}
