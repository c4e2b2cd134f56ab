import { closingIndex, indexFrom, splitList, stringValue, type Token } from "../code/tokens.js";
import { type DeclaredColumn, type DeclaredTable, objectEntries, optionOf, optionShape, type Source, type TableKind } from "./declared-table.js";

/** `User.init({…}, …)` and `sequelize.define("user", {…})`. */
export function sequelizeModels(source: Source): DeclaredTable[] {
  const { tokens } = source;
  return tokens.flatMap((token, index) => {
    const isInit = token.text === "init";
    if ((!isInit && token.text !== "define") || tokens[index - 1]?.text !== "." || tokens[index + 1]?.text !== "(") return [];
    const parts = splitList(tokens, index + 1, closingIndex(tokens, index + 1));
    const name = isInit ? tokens[index - 2] : parts[0]?.[0];
    const attributes = parts[isInit ? 0 : 1];
    if (name === undefined || attributes?.[0]?.text !== "{") return [];
    return [{ kind: "sequelize" as const, name: stringValue(name) ?? name.text, table: stringValue(optionOf(parts.at(-1), "tableName")?.[0]), file: source.file, range: source.range(name), columns: optionColumns(source, attributes) }];
  });
}

/** `defineEntity({ name, properties })` and `new EntitySchema({ name, columns })`. */
export function entitySchemas(source: Source, kind: Exclude<TableKind, "prisma">): DeclaredTable[] {
  const { tokens } = source;
  return tokens.flatMap((token, index) => {
    if (!["defineEntity", "EntitySchema"].includes(token.text)) return [];
    const open = indexFrom(tokens, index, "(");
    if (open === -1 || open > index + 12) return [];
    const [settings] = splitList(tokens, open, closingIndex(tokens, open));
    const name = optionOf(settings, "name")?.[0] ?? optionOf(settings, "class")?.[0];
    if (settings === undefined || name === undefined) return [];
    const columns = new Map(["columns", "properties", "relations", "indices", "uniques"].flatMap((key) => [...optionColumns(source, optionOf(settings, key) ?? [])]));
    return [{ kind, name: stringValue(name) ?? name.text, table: stringValue(optionOf(settings, "tableName")?.[0]), file: source.file, range: source.range(name), columns }];
  });
}

function optionColumns(source: Source, part: readonly Token[]): Map<string, DeclaredColumn> {
  if (part[0]?.text !== "{") return new Map();
  return new Map(objectEntries(part, 0).map(({ key, value }) => {
    const field = stringValue(optionOf(value, "field")?.[0] ?? optionOf(value, "fieldName")?.[0]);
    return [field ?? stringValue(key) ?? key.text, { shape: optionShape(value), range: source.range(key) }];
  }));
}
