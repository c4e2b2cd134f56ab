import { wordTable } from "../../base/word-table.js";
import { closingIndex, splitList, stringValue, type Token } from "../code/tokens.js";
import { column, type DeclaredColumn, type DeclaredTable, objectEntries, type Source } from "./declared-table.js";

/** Calls behind a column that only the program knows of. */
const programCalls = new Set(["$type", "$default", "$defaultFn", "$onUpdate", "$onUpdateFn"]);

/** `pgTable`, its kin of other stores, tables of a schema or creator, and enumerations. */
export function drizzleTables(source: Source): DeclaredTable[] {
  const { tokens } = source;
  return tokens.flatMap((token, index) => {
    const isTable = token.kind === "name" && (/^([a-z]\w*)?Table$/.test(token.text) || (token.text === "table" && tokens[index - 1]?.text === "."));
    const isEnum = token.kind === "name" && /^(pg|mysql|singlestore)Enum$|^enum$/.test(token.text) && (token.text !== "enum" || tokens[index - 1]?.text === ".");
    const open = index + 1;
    if ((!isTable && !isEnum) || tokens[open]?.text !== "(") return [];
    const name = constantBefore(tokens, tokens[index - 1]?.text === "." ? index - 2 : index);
    const [first, second, ...rest] = splitList(tokens, open, closingIndex(tokens, open));
    const table = stringValue(first?.[0]);
    if (name === undefined || table === undefined || second === undefined) return [];
    const columns = isEnum ? new Map([["values", column(source, second)]]) : new Map([...drizzleColumns(source, second), ...rest.map((extra, at) => [`constraints ${at}`, column(source, extra)] as const)]);
    return [{ kind: "drizzle" as const, name: name.text, table, file: source.file, range: source.range(name), columns }];
  });
}

/** `const users = pgTable(…)`: the name in front of the equals sign. */
function constantBefore(tokens: readonly Token[], call: number): Token | undefined {
  return tokens[call - 1]?.text === "=" && tokens[call - 2]?.kind === "name" ? tokens[call - 2] : undefined;
}

/** The object of columns, or what a function of the column types gives. */
function drizzleColumns(source: Source, part: readonly Token[]): [string, DeclaredColumn][] {
  const open = part.findIndex(({ text, kind }) => kind === "mark" && text === "{");
  if (open === -1) return [["columns", column(source, part)]];
  return objectEntries(part, open).map(({ key, value }) => {
    const inStore = withoutCalls(value, programCalls);
    const call = inStore.findIndex(({ text }) => text === "(");
    const [builder] = call === 1 && inStore[0]?.kind === "name" ? inStore : [];
    const name = stringValue(inStore[call + 1]);
    return [name ?? key.text, { ...column(source, [key, ...inStore], sameInStore(inStore, call, name !== undefined)), ...(builder && { builder: builder.text }) }];
  });
}

/** Without the column's name, which may be left to the key, and with one name for types that are the same. */
function sameInStore(tokens: readonly Token[], call: number, named: boolean): Token[] {
  const kept = named ? [...tokens.slice(0, call + 1), ...tokens.slice(call + (tokens[call + 2]?.text === "," ? 3 : 2))] : [...tokens];
  const [first, ...others] = kept;
  return first === undefined ? [] : [{ ...first, text: sameTypes[first.text] ?? first.text }, ...others];
}

const sameTypes: Readonly<Record<string, string>> = wordTable({ int: "integer", decimal: "numeric", bool: "boolean" });

/** Leaves `.name(…)` and `.name<…>(…)` out for each of `names`. */
function withoutCalls(tokens: readonly Token[], names: ReadonlySet<string>): Token[] {
  const kept: Token[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const name = tokens[index + 1];
    const token = tokens[index];
    if (token?.text === "." && name?.kind === "name" && names.has(name.text)) {
      let open = index + 2;
      for (let depth = 0; open < tokens.length && (tokens[open]?.text !== "(" || depth > 0); open++) {
        if (tokens[open]?.text === "<") depth++;
        if (tokens[open]?.text === ">") depth--;
      }
      index = closingIndex(tokens, open);
    } else if (token !== undefined) kept.push(token);
  }
  return kept;
}
