import type { Span } from "../../base/position.js";
import { secretNameOf } from "../../catalogue/secrets/secret-names.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { CallExpression, ClassNode, Expression, ObjectExpression } from "../../facts/syntax.js";
import { someNode, walk } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";

/** A key of a settings schema. */
export interface SettingsKey {
  readonly name: string;
  readonly file: string;
  readonly span: Span;
  /** It must be set: neither optional nor with a default. */
  readonly required: boolean;
  readonly secret: boolean;
  /** The only values that it may have, where the schema lists them. */
  readonly values: readonly string[] | undefined;
  /** The settings hold the text as it is set: no default, no conversion. False where that is not known. */
  readonly asSet: boolean;
}

/** What lets a key be missing, always or under a condition. */
const optionalMarks = new Set(["default", "defaults", "optional", "nullish", "catch", "prefault", "nullable", "Optional", "IsOptional", "ValidateIf", "requiredWhen", "undefinedable", "exactOptional", "stripDefault", "devDefault", "fallback", "orElse", "undefined", "withDefault"]);
/** What a team calls parts of schemas that let a key be missing: `flag.defaultFalse`, `text.optionalUrl`. */
const optionalName = /^(?:default|optional)[A-Z_]/;
const listMarks = new Set(["enum", "nativeEnum", "valid", "allow", "equal", "picklist", "Enum", "Union", "literal", "Literal", "IsIn", "IsEnum", "oneOf", "enumerated", "union", "choices"]);

/** The keys of a schema: an object literal in any call, the properties of a class, or what a JSON schema lists. Undefined where parts are unknown. */
export function settingsKeys(model: ProjectModel, file: string, schema: Expression): readonly SettingsKey[] | undefined {
  const shape = shapeOf(model, file, schema);
  if (!shape) return undefined;
  if ("class" in shape) return ofClass(model, shape.file, shape.class);
  const properties = propertyOf(shape.node, "properties");
  if (properties?.kind === "object") return ofObject(model, shape.file, properties, requiredNames(shape.node));
  return ofObject(model, shape.file, shape.node, undefined);
}

type Shape = { readonly file: string; readonly node: ObjectExpression } | { readonly file: string; readonly class: ClassNode };

function shapeOf(model: ProjectModel, file: string, schema: Expression, depth = 0): Shape | undefined {
  if (depth > 6) return undefined;
  if (schema.kind === "object") return { file, node: schema };
  if (schema.kind === "cast" || schema.kind === "await") return shapeOf(model, file, schema.value, depth + 1);
  for (const value of model.values.of(file, schema)) {
    if (value.kind === "object") return { file: value.file, node: value.node };
    if (value.kind === "class") return { file: value.file, class: value.node };
    if (value.kind !== "external" || !value.site) continue;
    const { site } = value;
    // A schema that is put together from others has keys that are not written here.
    const inner = site.node.arguments[0];
    if (inner && site.node.arguments.length <= 2 && !isExtended(model, schema, file)) return shapeOf(model, site.file, inner, depth + 1);
  }
  return undefined;
}

function isExtended(model: ProjectModel, schema: Expression, file: string): boolean {
  let extended = false;
  const declared = schema.kind === "name" && schema.binding !== undefined ? model.declarationOfBinding(file, schema.binding) : undefined;
  const source = declared?.kind === "binding" ? model.values.index(declared.file).sources[declared.binding] : undefined;
  walk(source?.kind === "value" && source.value ? source.value : schema, (node) => {
    if ("kind" in node && node.kind === "member") extended ||= /^(extend|merge|and|safeExtend|concat|append|keys|intersect|catchall|partial)$/.test(node.property);
    return !extended;
  });
  return extended;
}

function ofObject(model: ProjectModel, file: string, node: ObjectExpression, required: ReadonlySet<string> | undefined): readonly SettingsKey[] | undefined {
  const keys: SettingsKey[] = [];
  for (const member of node.members) {
    // `...Http.entries` of Valibot, `...Http.shape` of Zod, or an object of keys.
    const part = member.kind === "spread" ? settingsKeys(model, file, member.value.kind === "member" && /^(?:entries|shape)$/.test(member.value.property) ? member.value.object : member.value) : undefined;
    if (part) keys.push(...part);
    if (member.kind !== "property") {
      if (part) continue;
      return undefined;
    }
    // `{ key: { env: "KEY" } }` of convict.
    const env = member.value.kind === "object" ? propertyOf(member.value, "env") : undefined;
    // `"PORT?"` of ArkType.
    const name = env?.kind === "literal" && typeof env.value === "string" ? env.value : member.key.replace(/\?$/, "");
    keys.push({ name, file, span: member.keySpan, required: required?.has(member.key) ?? (!member.key.endsWith("?") && isRequired(model, file, member.value) && (!isOptionalAtFirst(model, file, member.value) || isDemanded(member.value))), secret: secretNameOf(name) !== undefined, values: valuesOf(model, file, member.value), asSet: isAsSet(member.value) });
  }
  return keys;
}

function ofClass(model: ProjectModel, file: string, node: ClassNode): readonly SettingsKey[] | undefined {
  if (node.extends) return undefined;
  return node.members.flatMap((member): readonly SettingsKey[] => {
    if (member.kind !== "property") return [];
    const decorators = member.decorators?.map(({ value }) => value) ?? [];
    const optional = member.optional === true || member.value !== undefined || decorators.some((decorator) => !isRequired(model, file, decorator));
    return [{ name: member.name, file, span: member.nameSpan, required: !optional, secret: secretNameOf(member.name) !== undefined, values: decorators.map((decorator) => valuesOf(model, file, decorator)).find((values) => values !== undefined), asSet: false }];
  });
}

/** `required: ["PORT"]` of a JSON schema. */
function requiredNames(node: ObjectExpression): ReadonlySet<string> {
  const list = propertyOf(node, "required");
  return new Set(list?.kind === "array" ? list.elements.flatMap((element) => (element.kind === "literal" ? [String(element.value)] : [])) : []);
}

/** Libraries whose schemas let a key be missing unless it is asked for. */
const optionalAtFirst = new Set(["joi", "@hapi/joi", "yup"]);

function isOptionalAtFirst(model: ProjectModel, file: string, value: Expression): boolean {
  let first = value;
  while (first.kind === "call" || first.kind === "member") first = first.kind === "call" ? first.callee : first.object;
  return model.values.of(file, first).some((of) => of.kind === "external" && optionalAtFirst.has(of.provenance.package));
}

/** `Joi.string().required()` */
function isDemanded(value: Expression): boolean {
  return someNode([value], (node) => node.kind === "member" && /^(?:required|exist|defined)$/.test(node.property));
}

/** How many constants and functions of the project a part of a schema may stand behind. */
const mostDepth = 4;

function isRequired(model: ProjectModel, file: string, value: Expression, depth = 0): boolean {
  // `"number = 3000"` of ArkType.
  let required = !(value.kind === "literal" && typeof value.value === "string" && /^[\w.| ]{3,60} = ?\S/.test(value.value));
  walk(value, (node) => {
    if (!("kind" in node)) return true;
    if (node.kind === "member" && (optionalMarks.has(node.property) || optionalName.test(node.property))) required = false;
    if (node.kind === "name" && optionalMarks.has(node.name)) required = false;
    if (node.kind === "object" && node.members.some((member) => member.kind === "property" && (optionalMarks.has(member.key) || (member.key === "required" && member.value.kind === "literal" && member.value.value === false)))) required = false;
    if (node.kind === "call" && fillsIn(node)) required = false;
    return required && node.kind !== "function";
  });
  return required && !partsBehind(model, file, value, depth).some((part) => !isRequired(model, part.file, part.node, depth + 1));
}

/** `z.preprocess((value) => value ?? "3000", z.string())` */
function fillsIn({ callee, arguments: [given] }: CallExpression): boolean {
  return lastName(callee) === "preprocess" && given?.kind === "function" && someNode(given.function.body ?? [], (node) => node.kind === "binary" && /^(?:\?\?|\|\|)$/.test(node.operator));
}

/** What a part of a schema is in truth that a constant of the project holds or a function of it makes: `PORT: port`, `DEBUG: flag(false)`. */
function partsBehind(model: ProjectModel, file: string, value: Expression, depth: number): readonly { readonly file: string; readonly node: Expression }[] {
  if (depth >= mostDepth) return [];
  let first = value;
  while (first.kind === "member" || (first.kind === "call" && first.callee.kind !== "name")) first = first.kind === "member" ? first.object : first.callee;
  if (first.kind === "call") return model.values.of(file, first.callee).flatMap((callee) => (callee.kind === "function" ? model.values.returned(callee.node).map((node) => ({ file: callee.file, node })) : []));
  const declared = first.kind === "name" && first.binding !== undefined ? model.declarationOfBinding(file, first.binding) : undefined;
  const source = declared?.kind === "binding" ? model.values.index(declared.file).sources[declared.binding] : undefined;
  return declared?.kind === "binding" && source?.kind === "value" && source.path.length === 0 && source.value ? [{ file: declared.file, node: source.value }] : [];
}

const textCalls = new Set(["string", "str", "min", "max", "length", "nonempty", "minLength", "maxLength", "nonEmpty", "url", "uuid", "email", "regex", "startsWith", "endsWith", "describe", "optional", "enum", "picklist", "pipe"]);

/** Every call of a schema describes a text or bounds it. */
function isAsSet(value: Expression): boolean {
  let only = value.kind === "call";
  walk(value, (node) => {
    if ("kind" in node && node.kind === "call") only &&= textCalls.has(lastName(node.callee));
    if ("kind" in node && (node.kind === "object" || node.kind === "function")) only = false;
    if ("kind" in node && node.kind === "member" && node.property === "coerce") only = false;
    return only;
  });
  return only;
}

/** The texts of a closed list, or of the enumeration that a schema names. */
function valuesOf(model: ProjectModel, file: string, value: Expression): readonly string[] | undefined {
  const found = new Set<string>();
  walk(value, (node) => {
    if ("kind" in node && node.kind === "object") addTexts(model, file, listsOf(node), found);
    // `"'staging' | 'production'"` of ArkType.
    if ("kind" in node && node.kind === "literal" && typeof node.value === "string" && /^\s*'[^']*'\s*(\||$)/.test(node.value)) for (const [, text = ""] of node.value.matchAll(/'([^']*)'/g)) found.add(text);
    if ("kind" in node && node.kind === "call" && listMarks.has(lastName(node.callee))) addTexts(model, file, node.arguments, found);
    return true;
  });
  return found.size > 0 ? [...found] : undefined;
}

/** `choices: [...]`, `enum: [...]`, and `format: [...]` of convict. */
function listsOf(node: ObjectExpression): readonly Expression[] {
  return node.members.flatMap((member) => (member.kind === "property" && (listMarks.has(member.key) || member.key === "format") && member.value.kind === "array" ? [member.value] : []));
}

function addTexts(model: ProjectModel, file: string, nodes: readonly Expression[], found: Set<string>): void {
  for (const node of nodes) {
    if (node.kind === "literal") {
      if (typeof node.value === "string") found.add(node.value);
      continue;
    }
    if (node.kind === "array") addTexts(model, file, node.elements, found);
    for (const value of model.values.of(file, node)) {
      if (value.kind === "constant" && typeof value.value === "string") found.add(value.value);
      if (value.kind === "array" && value.node !== node) addTexts(model, value.file, value.node.elements, found);
      if (value.kind === "enum") addTexts(model, value.file, value.node.members.flatMap((member) => member.value ?? []), found);
      if (value.kind === "object" && value.node !== node) addTexts(model, value.file, value.node.members.flatMap((member) => (member.kind === "property" ? [member.value] : [])), found);
    }
  }
}
