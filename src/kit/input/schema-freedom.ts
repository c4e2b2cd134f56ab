import { describe } from "../../catalogue/index.js";
import { chainRoot, decoratorName } from "../../facts/names.js";
import type { ClassNode, Decorator, Expression, TypeNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";

/** What a schema leaves to the client in one of its fields: any text, something closed (a number, an enumeration, a pattern), or what cannot be told. */
export type Freedom = "free" | "closed" | "unknown";

const deepest = 6;
/** Calls, keywords and decorators that close a field: numbers, dates, enumerations, fixed formats, checks of its own. */
const closing = /^(number|int|integer|int32|float|bigint|boolean|bool|date|isoDate|coerceNumber|Number|Int|Integer|BigInt|Boolean|Date|enum|enums|nativeEnum|Enum|literal|Literal|picklist|Union|valid|allow|equal|oneOf|uuid|uuidv\d|UUID|guid|cuid2?|ulid|nanoid|objectId|mongoId|hex|alphanum|token|regex|pattern|matches|Matches|RegExp|datetime|isoDateTime|date|time|ip|ipv[46]|email|isEmail|IsEmail|format|transform|refine|superRefine|check|custom|pipe|brand|preprocess|codec|IsIn|IsEnum|IsUUID|IsInt|IsNumber|IsNumberString|IsBoolean|IsBooleanString|IsDate|IsDateString|IsMongoId|IsAlpha|IsAlphanumeric|IsHexadecimal|IsISO8601|IsPositive|IsIP|IsPort|IsJWT|Transform|Max|Min|Exclude)$/;
const opening = /^(string|String|any|unknown|Any|Unknown|url|httpUrl|IsString|IsUrl|IsNotEmpty|text|Allow)$/;

/** What the schema `node` leaves open in the field that `path` leads to. */
export function freedomOf(model: ProjectModel, file: string, node: Expression, path: readonly string[], depth = 0): Freedom {
  if (depth > deepest) return "unknown";
  const [key, ...rest] = path.filter((step) => step !== "[]" && !step.endsWith("()"));
  if (node.kind === "cast") return freedomOf(model, file, node.value, path, depth + 1);
  if (node.kind === "object") return ofObject(model, file, node, key, rest, depth);
  if (key === undefined) return ofField(model, file, node);
  const own = fieldsOf(node);
  const inner = own && freedomOf(model, file, own, path, depth + 1);
  if (inner !== undefined && inner !== "unknown") return inner;
  for (const value of model.values.of(file, node)) {
    if (value.kind === "class") return freedomOfClass(model, value.file, value.node, path, depth + 1);
    if (value.kind === "object") return freedomOf(model, value.file, value.node, path, depth + 1);
    const fields = value.kind === "external" ? value.site?.node.arguments.find((argument) => argument.kind === "object" || argument.kind === "name") : undefined;
    if (value.kind === "external" && value.site && fields && value.site.node !== node) {
      const found = freedomOf(model, value.site.file, fields, path, depth + 1);
      if (found !== "unknown") return found;
    }
  }
  return "unknown";
}

/** The same for a class whose decorators check its properties. */
export function freedomOfClass(model: ProjectModel, file: string, node: ClassNode, path: readonly string[], depth = 0): Freedom {
  const [key, ...rest] = path.filter((step) => step !== "[]" && !step.endsWith("()"));
  if (key === undefined || depth > deepest) return "unknown";
  const member = node.members.find((candidate) => candidate.kind === "property" && candidate.name === key);
  if (member?.kind !== "property") {
    // `extends createZodDto(schema)`, `extends PickType(Order, ["note"])`
    if (node.extends?.value.kind === "call") return node.extends.value.arguments.map((made) => freedomOf(model, file, made, path, depth + 1)).find((freedom) => freedom !== "unknown") ?? "unknown";
    const [base] = node.extends ? model.values.of(file, node.extends.value) : [];
    return base?.kind === "class" ? freedomOfClass(model, base.file, base.node, path, depth + 1) : "unknown";
  }
  if ((member.decorators ?? []).some((decorator) => closing.test(decoratorName(decorator)) || isOwnCheck(model, file, decorator))) return "closed";
  const type = member.type && elementOf(member.type);
  const [value] = type ? model.values.ofType(file, type) : [];
  if (value?.kind === "instance") return freedomOfClass(model, value.file, value.class, rest, depth + 1);
  if (value?.kind === "enum" || (type && isClosedType(type))) return "closed";
  return member.type?.kind === "keyword" && (member.decorators?.length ?? 0) > 0 ? "free" : "unknown";
}

/** A check that the project wrote itself, or one that is given a list of hosts: `@IsPublicUrl()`, `@Validate(PublicUrl)`, `@IsUrl({ host_whitelist })`. */
function isOwnCheck(model: ProjectModel, file: string, decorator: Decorator): boolean {
  const name = decoratorName(decorator);
  if (name === "Validate" || name === "ValidateBy") return true;
  const call = decorator.value.kind === "call" ? decorator.value : undefined;
  if (/^IsUrl$/i.test(name)) return call?.arguments.some((argument) => argument.kind === "object" && argument.members.some((option) => option.kind === "property" && option.key === "host_whitelist")) ?? false;
  return call !== undefined && /^(Is|Matches|Allow|Valid|Safe)/.test(name) && model.values.of(file, call.callee).some((value) => value.kind === "function");
}

/** What a list holds, and anything else itself. */
export function elementOf(type: TypeNode): TypeNode {
  return type.kind === "array" ? elementOf(type.element) : type;
}

/** A number, a boolean, or a union of literals. */
export function isClosedType(type: TypeNode): boolean {
  if (type.kind === "keyword") return /^(number|bigint|boolean|undefined|null)$/.test(type.name);
  if (type.kind === "literal") return true;
  if (type.kind === "reference") return type.name === "Date";
  return type.kind === "union" && type.types.every(isClosedType);
}

function ofObject(model: ProjectModel, file: string, node: Extract<Expression, { kind: "object" }>, key: string | undefined, rest: readonly string[], depth: number): Freedom {
  const property = (name: string): Expression | undefined => {
    const member = node.members.find((candidate) => candidate.kind === "property" && candidate.key === name);
    return member?.kind === "property" ? member.value : undefined;
  };
  const type = property("type");
  // JSON schema
  if (key === undefined) {
    if (property("enum") ?? property("const") ?? property("pattern") ?? property("format")) return "closed";
    return type?.kind === "literal" ? (type.value === "string" ? "free" : /^(integer|number|boolean)$/.test(String(type.value)) ? "closed" : "unknown") : "unknown";
  }
  const own = property(key);
  if (own) return freedomOf(model, file, own, rest, depth + 1);
  const properties = property("properties");
  return properties ? freedomOf(model, file, properties, [key, ...rest], depth + 1) : "unknown";
}

/** A schema without fields of its own, read by the calls it is made with: `z.string().min(1)`, `Joi.valid("a", "b")`. */
function ofField(model: ProjectModel, file: string, node: Expression): Freedom {
  const names = namesOf(node);
  const root = chainRoot(node);
  if (root.kind === "name") for (const value of model.values.of(file, root)) if (value.kind === "external") names.push(...value.provenance.path);
  if (names.some((name) => closing.test(name))) return "closed";
  return names.some((name) => opening.test(name)) ? "free" : "unknown";
}

/** The names of a chain of calls; what stands in their arguments only where it is a schema itself (`optional(string())`, `{ pattern }`). */
function namesOf(node: Expression): string[] {
  switch (node.kind) {
    case "name":
      return [node.name];
    case "member":
      return [...namesOf(node.object), node.property];
    case "call":
      return [...namesOf(node.callee), ...node.arguments.flatMap((argument) => (argument.kind === "call" || argument.kind === "member" ? namesOf(argument) : argument.kind === "object" ? argument.members.flatMap((member) => (member.kind === "property" ? [member.key] : [])) : []))];
    default:
      return [];
  }
}

/** The fields of an object schema, wherever in the chain they stand: `z.object({ … }).strict()`. */
function fieldsOf(node: Expression): Expression | undefined {
  if (node.kind === "member") return fieldsOf(node.object);
  if (node.kind !== "call") return undefined;
  return node.arguments.find((argument) => argument.kind === "object") ?? fieldsOf(node.callee) ?? node.arguments.find((argument) => argument.kind === "call");
}

/** The schema that a call checks its input against. */
export function schemaOf(model: ProjectModel, file: string, node: Expression): Expression | undefined {
  if (node.kind !== "call") return undefined;
  for (const callee of model.values.of(file, node.callee)) {
    const validation = callee.kind === "external" ? describe(callee.provenance)?.validation : undefined;
    if (!validation || validation.schema === "type-argument") continue;
    if (validation.schema !== undefined) return model.values.argumentsAt(file, node, [validation.schema])[0];
    return node.callee.kind === "member" ? node.callee.object : undefined;
  }
  return undefined;
}
