import type { DeclaredColumn, DeclaredTable } from "./declared-table.js";
import { findAttribute, type PrismaAttribute, type PrismaField, type PrismaModel, type PrismaSchema } from "./prisma-schema.js";

/** Attributes that only the client knows of. */
const clientAttributes = new Set(["map", "updatedAt", "ignore"]);

/** Default values that the client makes up. */
const clientDefault = /^(uuid|cuid|ulid|nanoid)\(/;

/** The tables and enumerations of a Prisma schema as the store has them. A store of documents has none. */
export function prismaTables(schema: PrismaSchema): DeclaredTable[] {
  if (isOfDocuments(schema)) return [];
  const models = new Map(schema.models.map((model) => [model.name, model]));
  return schema.models.filter(({ kind }) => kind === "model" || kind === "enum").map((model) => ({
    kind: "prisma" as const,
    name: model.name,
    table: model.table,
    file: model.file,
    range: model.range,
    columns: new Map([...model.fields.flatMap((field) => columnOf(field, model, models)), ...model.attributes.flatMap((attribute) => constraintOf(attribute, model))]),
  }));
}

/** Whether the schema is one of a store of documents, which has no tables and no migrations. */
export function isOfDocuments({ datasources }: PrismaSchema): boolean {
  return datasources.some(({ values }) => values.get("provider")?.text === "mongodb");
}

function columnOf(field: PrismaField, model: PrismaModel, models: ReadonlyMap<string, PrismaModel>): [string, DeclaredColumn][] {
  const { range } = field;
  const other = models.get(field.type);
  if (other?.kind !== "model") {
    const attributes = field.attributes.flatMap((attribute) => attributeShape(attribute)).sort();
    // A column of a renamed enumeration changed with it; that is one change.
    const type = other === undefined ? field.type : "enum";
    return [[field.column, { shape: [type, field.list ? "[]" : "", field.optional ? "?" : "", ...attributes].join(" "), range }]];
  }
  const relation = findAttribute(field, "relation")?.argument ?? "";
  const keys = /fields:(\[[^\]]*\])/.exec(relation)?.[1];
  if (keys !== undefined) return [[`relation ${keys}`, { shape: `${other.table} ${withoutDefaults(withoutName(relation), field.optional)}`, range, relation: true }]];
  // Lists on both sides make a table between the two.
  const isBetween = field.list && other.fields.some((back) => back.type === model.name && back.list && findAttribute(back, "relation")?.argument === findAttribute(field, "relation")?.argument);
  return isBetween ? [[`relation ${field.name}`, { shape: other.table, range }]] : [];
}

function attributeShape({ name, argument }: PrismaAttribute): string[] {
  if (clientAttributes.has(name) || (name === "default" && clientDefault.test(argument ?? ""))) return [];
  return [`@${name}(${name === "unique" || name === "id" ? withoutName(argument ?? "") : (argument ?? "")})`];
}

function constraintOf(attribute: PrismaAttribute, { range }: PrismaModel): [string, DeclaredColumn][] {
  if (attribute.name === "ignore") return [];
  const text = `@@${attribute.name}(${withoutName(attribute.argument ?? "")})`;
  return [[text, { shape: text, range }]];
}

/** What Prisma does without being told, and what is done when a key changes, which keys do not. Source: its documentation of referential actions. */
function withoutDefaults(relation: string, optional: boolean): string {
  return relation.replace(optional ? /, onDelete:SetNull\b/ : /, onDelete:Restrict\b/, "").replace(/, onUpdate:\w+/, "");
}

/** Names of relations are the client's alone, and under what name the store keeps a constraint changes nothing that it holds. */
function withoutName(argument: string): string {
  return argument.replace(/^fields:(?=\[)/, "").replace(/^(name:)?"[^"]*"(, )?/, "").replace(/, name:"[^"]*"/, "").replace(/(^|, )map:"[^"]*"/, "");
}
