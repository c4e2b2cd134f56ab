import { within } from "../../base/position.js";
import { describe } from "../../catalogue/index.js";
import { newStep } from "../../catalogue/provenance.js";
import type { TypeMember, TypeNode } from "../../facts/syntax.js";
import type { BindingSource } from "../modules/file-index.js";
import type { Declaration } from "../project-model.js";
import { ofBinding } from "./schema-fields.js";
import { external, globalValue, type Value } from "./value.js";
import type { Values } from "./values.js";

/** Generic types of the language that stand for their first argument as far as members go. */
const transparent = new Set(["Promise", "Awaited", "Readonly", "Partial", "Required", "NonNullable", "Ref", "Relation"]);
/** Types of validators and query builders that say what an object schema or a table declares. */
const inferring = new Set(["infer", "input", "output", "TypeOf", "Infer", "InferOutput", "InferInput", "InferType", "Static", "StaticDecode", "InferSelectModel", "InferInsertModel", "InferModel", "Type"]);
/** Generic types of packages that are what they are given, and more: a document is a record with methods. */
const records: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["mongoose", new Set(["HydratedDocument", "HydratedSingleSubdocument", "Document", "LeanDocument", "FlattenMaps", "InferSchemaType"])],
  ["@typegoose/typegoose", new Set(["DocumentType"])],
  ["@mikro-orm/core", new Set(["Loaded", "EntityDTO", "RequiredEntityData", "EntityData"])],
  ["kysely", new Set(["Selectable", "Insertable", "Updateable"])],
  ["sequelize", new Set(["InferAttributes", "InferCreationAttributes", "Attributes", "CreationAttributes"])],
]);
const lists = new Set(["Array", "ReadonlyArray", "Set", "ReadonlySet", "AsyncIterable", "Iterable", "AsyncGenerator", "Generator", "AsyncIterableIterator", "IterableIterator"]);

/** What a type says of a value that has it; empty if nothing. */
export function valuesOfType(values: Values, file: string, type: TypeNode): readonly Value[] {
  switch (type.kind) {
    case "reference":
      return ofReference(values, file, type);
    case "keyword":
      return type.name === "undefined" || type.name === "null" || type.name === "void" || type.name === "never" ? [] : [{ kind: "primitive", name: type.name }];
    case "literal":
      return type.value === null ? [] : [{ kind: "constant", value: type.value }];
    case "array":
      return [{ kind: "list", of: values.ofType(file, type.element) }];
    case "union":
    case "intersection":
      return type.types.flatMap((part) => values.ofType(file, part));
    case "object":
    case "function":
      return [{ kind: "typed", file, type }];
    case "operator":
      return type.operator === "readonly" ? values.ofType(file, type.type) : [];
    case "typeof":
      return ofTypeQuery(values, file, type);
    case "import":
      return ofImportType(values, file, type);
    case "index":
      return type.index.kind === "literal" && typeof type.index.value === "string" ? values.ofMember(values.ofType(file, type.object), type.index.value) : [];
    default:
      return [];
  }
}

function ofReference(values: Values, file: string, type: Extract<TypeNode, { kind: "reference" }>): readonly Value[] {
  const [head = "", ...rest] = type.name.split(".");
  const first = type.arguments?.[0];
  if (type.binding === undefined) {
    if (transparent.has(head) && first) return values.ofType(file, first);
    if ((head === "Omit" || head === "Pick") && first) return values.ofType(file, first).map((value) => narrowed(value, head, literalsOf(type.arguments?.[1])));
    const keyed = head === "Record" && first && type.arguments?.[1] ? recordOf(values, file, type, first, type.arguments[1]) : undefined;
    if (keyed) return [keyed];
    if (lists.has(head)) return [{ kind: "list", of: first ? values.ofType(file, first) : [] }];
    if (head === "ReturnType" && first) return values.ofType(file, first).flatMap((value) => (value.kind === "function" ? values.ofReturn(value.file, value.node) : value.kind === "external" ? [external(value.provenance, "()")] : []));
    // What a function is given is what its callers hand over.
    if (head === "Parameters" || head === "ConstructorParameters") return [];
    if (head === "InstanceType" && first) return values.ofType(file, first).flatMap((value) => instanceOf(value));
    return [globalValue(head, ...rest, newStep)];
  }
  const declaration = values.model.declarationOfBinding(file, type.binding);
  const inferred = first && declaration.kind === "package" && inferring.has(rest.at(-1) ?? declaration.path.at(-1) ?? "") ? declaredShape(values, file, first) : undefined;
  const held = first && declaration.kind === "package" && records.get(declaration.package)?.has(rest.at(-1) ?? declaration.path.at(-1) ?? "") ? (type.arguments ?? []).flatMap((argument) => values.ofType(file, argument)).filter(({ kind }) => kind === "typed" || kind === "instance") : [];
  if (held.length > 0) return [...ofDeclaredType(values, declaration, rest, type), ...held];
  return inferred ? [inferred] : first && declaration.kind === "package" ? ofArgument(values, file, first, declaration, rest) ?? ofDeclaredType(values, declaration, rest, type) : ofDeclaredType(values, declaration, rest, type);
}

/** What a generic type stands for by its first argument: `TransactionHost<Adapter>` is the host that the adapter makes; undefined where it stands for itself. */
function ofArgument(values: Values, file: string, argument: TypeNode, { package: name, subpath, path }: Extract<Declaration, { kind: "package" }>, rest: readonly string[]): readonly Value[] | undefined {
  const members = describe({ package: name, subpath, path: [...path, ...rest] })?.ofArgument;
  const found = members?.reduce<readonly Value[]>((of, member) => values.ofMember(of, member), values.ofType(file, argument).filter(({ kind }) => kind === "external"));
  return found && found.length > 0 ? found : undefined;
}

/** `Record<"email" | "phone", boolean>`: an object with these keys; undefined where they are not listed. */
function recordOf(values: Values, file: string, type: TypeNode, keys: TypeNode, held: TypeNode): Value | undefined {
  const names = values.ofType(file, keys).map((value) => (value.kind === "constant" && typeof value.value === "string" ? value.value : undefined));
  if (names.length === 0 || names.includes(undefined)) return undefined;
  return { kind: "typed", file, type: { kind: "object", span: type.span, members: names.flatMap((name) => (name === undefined ? [] : [{ span: type.span, name, type: held }])) } };
}

/** What a schema or table infers, by the fields it was made with: `typeof userSchema`, `typeof users`. */
function declaredShape(values: Values, file: string, type: TypeNode): Value | undefined {
  if (type.kind !== "typeof" || type.binding === undefined) return undefined;
  const declaration = values.model.declarationOfBinding(file, type.binding);
  const members = declaration.kind === "binding" ? ofBinding(values, declaration.file, declaration.binding) : undefined;
  return members && declaration.kind === "binding" ? { kind: "typed", file: declaration.file, type: { kind: "object", span: type.span, members }, name: type.name } : undefined;
}

/** A value of `Omit<T, keys>` or `Pick<T, keys>`; a class is then known by its properties alone. */
function narrowed(value: Value, by: "Omit" | "Pick", keys: ReadonlySet<string> | undefined): Value {
  const shape = value.kind === "typed" && value.type.kind === "object" ? value : value.kind === "instance" ? propertiesOf(value) : undefined;
  if (shape?.type.kind !== "object" || !keys) return value;
  const members = shape.type.members.filter(({ name }) => keys.has(name) === (by === "Pick"));
  return { ...shape, type: { ...shape.type, members } };
}

function propertiesOf({ file, class: node }: Extract<Value, { kind: "instance" }>): Extract<Value, { kind: "typed" }> {
  const members = node.members.flatMap((member): readonly TypeMember[] =>
    member.kind === "property" && !member.static && member.access === undefined ? [{ span: member.nameSpan, name: member.name, ...(member.type && { type: member.type }) }] : [],
  );
  return { kind: "typed", file, type: { kind: "object", span: node.span, members }, ...(node.name !== undefined && { name: node.name }) };
}

/** The texts of a literal type or a union of them; undefined if something else is among them. */
function literalsOf(type: TypeNode | undefined): ReadonlySet<string> | undefined {
  const parts = type?.kind === "union" ? type.types : type ? [type] : [];
  const texts = parts.flatMap((part) => (part.kind === "literal" && typeof part.value === "string" ? [part.value] : []));
  return texts.length === parts.length && texts.length > 0 ? new Set(texts) : undefined;
}

function ofDeclaredType(values: Values, declaration: Declaration, rest: readonly string[], type: Extract<TypeNode, { kind: "reference" | "import" }>): readonly Value[] {
  if (declaration.kind === "package") {
    const path = [...declaration.path.filter((name) => name !== "*"), ...rest];
    // Wrapper types of ORMs (`Ref<User>`) stand for what they wrap; everything else is the package's own.
    return [{ kind: "external", provenance: { package: declaration.package, subpath: declaration.subpath, path: [...path, newStep] } }];
  }
  if (declaration.kind === "namespace") return rest[0] === undefined ? [] : ofDeclaredType(values, values.model.declarationOfExport(declaration.file, rest[0]), rest.slice(1), type);
  if (declaration.kind === "default") return values.ofDeclaration(declaration).flatMap((value) => instanceOf(value));
  if (declaration.kind !== "binding") return [];
  const inside = rest[0] === undefined ? undefined : ofNamespace(values, declaration.file, declaration.binding, rest[0]);
  if (inside) return inside;
  const source = typeSource(values, declaration.file, declaration.binding);
  if (source?.kind === "class") return [{ kind: "instance", file: declaration.file, class: source.class }];
  if (source?.kind === "type")
    return source.type.kind === "alias" ? values.ofType(declaration.file, source.type.type) : [{ kind: "typed", file: declaration.file, type: source.type.type, name: source.type.name }];
  if (source?.kind === "enum") return [{ kind: "primitive", name: "enum" }];
  return [];
}

/** A type that a namespace declares: `Invoice.Line` of `namespace Invoice { export interface Line { … } }`; undefined where the name is no namespace's. */
function ofNamespace(values: Values, file: string, binding: number, name: string): readonly Value[] | undefined {
  const { body, types } = values.model.facts(file);
  const blocks = body.filter((statement) => statement.kind === "block" && statement.namespace === binding);
  if (blocks.length === 0) return undefined;
  const type = types.find((candidate) => candidate.name === name && blocks.some(({ span }) => within(candidate.span, span)));
  if (!type) return values.ofMember(values.ofBinding(file, binding), name).flatMap((value) => instanceOf(value));
  return type.kind === "alias" ? values.ofType(file, type.type) : [{ kind: "typed", file, type: type.type, name: type.name }];
}

/** What declares a name as a type: a constant and a type may share one, as `const User = z.object(…)` and `type User = …` do. */
function typeSource(values: Values, file: string, binding: number): BindingSource | undefined {
  const source = values.index(file).sources[binding];
  if (source?.kind !== "value" && source?.kind !== "function") return source;
  const facts = values.model.facts(file);
  const type = facts.types.find(({ name, binding: own }) => name === facts.bindings[binding]?.name && facts.bindings[own]?.top);
  return type ? { kind: "type", type } : source;
}

function ofTypeQuery(values: Values, file: string, type: Extract<TypeNode, { kind: "typeof" }>): readonly Value[] {
  const [, ...rest] = type.name.split(".");
  // `typeof users.$inferSelect`, `typeof schema.infer`, `typeof schema.static`.
  const inferred = /^(?:\$infer(?:Select|Insert)|_(?:type|output|input)|infer|static)$/.test(rest.at(-1) ?? "") ? declaredShape(values, file, type) : undefined;
  if (inferred) return [inferred];
  const start = type.binding === undefined ? [globalValue(type.name.split(".")[0] ?? "")] : values.ofBinding(file, type.binding);
  // `typeof Users.prototype.find`
  return rest.reduce<readonly Value[]>((found, name) => (name === "prototype" ? found.flatMap((value) => instanceOf(value)) : values.ofMember(found, name)), start);
}

function ofImportType(values: Values, file: string, type: Extract<TypeNode, { kind: "import" }>): readonly Value[] {
  const target = values.model.resolve(file, type.specifier);
  const path = type.name?.split(".") ?? [];
  if (target.kind === "package") return [{ kind: "external", provenance: { package: target.package, subpath: target.subpath, path: [...path, ...(type.typeof ? [] : [newStep])] } }];
  if (target.kind !== "file") return [];
  const [head, ...rest] = path;
  if (head === undefined) return [{ kind: "namespace", file: target.file }];
  if (type.typeof) return rest.reduce<readonly Value[]>((found, name) => values.ofMember(found, name), values.ofExport(target.file, head));
  return ofDeclaredType(values, values.model.declarationOfExport(target.file, head), rest, type);
}

function instanceOf(value: Value): Value[] {
  if (value.kind === "class") return [{ kind: "instance", file: value.file, class: value.node }];
  return value.kind === "external" ? [external(value.provenance, newStep)] : [];
}
