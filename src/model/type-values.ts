import { newStep } from "../catalogue/provenance.js";
import type { TypeMember, TypeNode } from "../facts/syntax.js";
import type { Declaration } from "./project-model.js";
import { external, globalValue, type Value } from "./value.js";
import type { Values } from "./values.js";

/** Generic types of the language that stand for their first argument as far as members go. */
const transparent = new Set(["Promise", "Awaited", "Readonly", "Partial", "Required", "NonNullable", "Ref", "Relation"]);
/** Types of validators and query builders that say what an object schema or a table declares. */
const inferring = new Set(["infer", "input", "output", "TypeOf", "Infer", "InferOutput", "InferInput", "InferType", "Static", "StaticDecode", "InferSelectModel", "InferInsertModel", "InferModel", "Type"]);
const lists = new Set(["Array", "ReadonlyArray", "Set", "ReadonlySet", "AsyncIterable", "Iterable"]);

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
    if (lists.has(head)) return [{ kind: "list", of: first ? values.ofType(file, first) : [] }];
    if (head === "ReturnType" && first) return values.ofType(file, first).flatMap((value) => (value.kind === "function" ? values.ofReturn(value.file, value.node) : value.kind === "external" ? [external(value.provenance, "()")] : []));
    if (head === "InstanceType" && first) return values.ofType(file, first).flatMap((value) => instanceOf(value));
    return [globalValue(head, ...rest, newStep)];
  }
  const declaration = values.model.declarationOfBinding(file, type.binding);
  const inferred = first && declaration.kind === "package" && inferring.has(rest.at(-1) ?? declaration.path.at(-1) ?? "") ? declaredShape(values.ofType(file, first)) : undefined;
  return inferred ? [inferred] : ofDeclaredType(values, declaration, rest, type);
}

/** The fields of the object that a schema or table was made with: `z.object({ … })`, `pgTable("users", { … })`. */
function declaredShape(schemas: readonly Value[]): Value | undefined {
  for (const schema of schemas) {
    if (schema.kind !== "external" || !schema.site) continue;
    const fields = schema.site.node.arguments.find((argument) => argument.kind === "object");
    if (fields?.kind !== "object") continue;
    const members = fields.members.flatMap((member): readonly TypeMember[] => (member.kind === "property" ? [{ span: member.keySpan, name: member.key }] : []));
    return { kind: "typed", file: schema.site.file, type: { kind: "object", span: fields.span, members } };
  }
  return undefined;
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
  const source = values.index(declaration.file).sources[declaration.binding];
  if (source?.kind === "class") return [{ kind: "instance", file: declaration.file, class: source.class }];
  if (source?.kind === "type")
    return source.type.kind === "alias" ? values.ofType(declaration.file, source.type.type) : [{ kind: "typed", file: declaration.file, type: source.type.type, name: source.type.name }];
  if (source?.kind === "enum") return [{ kind: "primitive", name: "enum" }];
  return [];
}

function ofTypeQuery(values: Values, file: string, type: Extract<TypeNode, { kind: "typeof" }>): readonly Value[] {
  const [, ...rest] = type.name.split(".");
  const start = type.binding === undefined ? [globalValue(type.name.split(".")[0] ?? "")] : values.ofBinding(file, type.binding);
  return rest.reduce<readonly Value[]>((found, name) => values.ofMember(found, name), start);
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
