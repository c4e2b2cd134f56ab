import { callStep } from "../../catalogue/provenance.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, ObjectExpression, TypeMember, TypeNode } from "../../facts/syntax.js";
import { defaultExpression } from "../modules/file-index.js";
import type { Values } from "./values.js";

const deepest = 12;
/** Makers whose values are flags, counts or times. */
const flags = /^(?:bool(?:ean)?|number|int(?:eger)?|bigint|date|timestamp|serial|bigserial|enum|pgEnum|literal)$/i;

/**
 * The fields of an object schema or table, as an object type's members, through `extend`, `merge`, `pick`, `omit` and
 * spreads: `z.object({ … }).omit({ … })`, `pgTable("users", { … })`, `new Schema({ … })`. Undefined if it cannot be told.
 */
export function schemaFields(values: Values, file: string, node: Expression, depth = 0): readonly TypeMember[] | undefined {
  if (depth > deepest) return undefined;
  const inner = (part: Expression | undefined, at = file): readonly TypeMember[] | undefined => part && schemaFields(values, at, part, depth + 1);
  switch (node.kind) {
    case "name": {
      const declaration = node.binding === undefined ? undefined : values.model.declarationOfBinding(file, node.binding);
      if (declaration?.kind === "binding") return ofBinding(values, declaration.file, declaration.binding, depth);
      // `import address from "./address"`
      return declaration?.kind === "default" && declaration.member === undefined ? inner(defaultExpression(values.model.facts(declaration.file)), declaration.file) : undefined;
    }
    case "cast":
    case "await":
      return inner(node.value);
    case "member":
      return inner(node.object);
    case "object":
      return ofObject(values, file, node, depth);
    case "function":
      return undefined;
    case "new": {
      const written = node.arguments.find((argument) => argument.kind === "object");
      return written && inner(written);
    }
    case "call":
      return ofCall(values, file, node, depth);
    default:
      return undefined;
  }
}

/** The fields of the schema or table that a binding holds. */
export function ofBinding(values: Values, file: string, binding: number, depth = 0): readonly TypeMember[] | undefined {
  const source = values.index(file).sources[binding];
  return source?.kind === "value" && source.value && source.path.length === 0 ? schemaFields(values, file, source.value, depth + 1) : undefined;
}

function ofCall(values: Values, file: string, node: CallExpression, depth: number): readonly TypeMember[] | undefined {
  const inner = (part: Expression | undefined): readonly TypeMember[] | undefined => part && schemaFields(values, file, part, depth + 1);
  const method = lastName(node.callee);
  const [first, second] = node.arguments;
  if (method === "require" && node.callee.kind === "name" && first?.kind === "literal") {
    const target = values.model.resolve(file, String(first.value));
    const exported = target.kind === "file" ? defaultExpression(values.model.facts(target.file)) : undefined;
    return target.kind === "file" && exported ? schemaFields(values, target.file, exported, depth + 1) : undefined;
  }
  const makes = values.of(file, node.callee).some((value) => value.kind === "external" && value.provenance.package !== "global" && !value.provenance.path.includes(callStep));
  const base = makes ? (first?.kind === "array" ? joined(first.elements.map(inner)) : inner(first)) : node.callee.kind === "member" ? inner(node.callee.object) : undefined;
  switch (method.toLowerCase()) {
    case "omit":
    case "pick": {
      const keys = keysOf(makes ? second : first);
      return base && keys && base.filter(({ name }) => keys.has(name) === (method.toLowerCase() === "pick"));
    }
    case "extend":
    case "safeextend":
    case "augment":
    case "keys":
    case "merge":
    case "and":
    case "concat":
      return joined(makes ? node.arguments.map(inner) : [base, inner(first)]);
    case "union":
    case "discriminatedunion":
    case "variant": {
      const options = [first, second].find((argument) => argument?.kind === "array");
      return makes && options?.kind === "array" ? joined(options.elements.map(inner)) : base;
    }
    case "intersect":
    case "intersection":
    case "composite":
      return makes ? joined(first?.kind === "array" ? first.elements.map(inner) : node.arguments.map(inner)) : joined([base, inner(first)]);
    default:
      return makes ? (inner(node.arguments.find((argument) => argument.kind === "object")) ?? base) : base;
  }
}

function ofObject(values: Values, file: string, node: ObjectExpression, depth: number): readonly TypeMember[] {
  return node.members.flatMap((member): readonly TypeMember[] => {
    if (member.kind === "spread") return schemaFields(values, file, member.value, depth + 1) ?? [];
    if (member.kind !== "property") return [];
    const type = typeOf(values, file, member.value, depth);
    return [{ span: member.keySpan, name: member.key, ...(type && { type }) }];
  });
}

/** What a field holds, where it is an object of its own or no text at all. */
function typeOf(values: Values, file: string, node: Expression, depth: number): TypeNode | undefined {
  const maker = makerOf(node);
  if (flags.test(maker) || maker === "Boolean") return { kind: "keyword", span: node.span, name: "number" };
  if (node.kind === "array") return node.elements.length === 1 && node.elements[0] ? typeOf(values, file, node.elements[0], depth) : undefined;
  // Mongoose's `{ type: addressSchema, required: true }`
  const declared = node.kind === "object" ? propertyOf(node, "type") : undefined;
  if (declared) return declared.kind === "name" || declared.kind === "new" || declared.kind === "array" ? typeOf(values, file, declared, depth + 1) : undefined;
  if (!/^(?:strict|loose)?object$/i.test(maker) && node.kind !== "name" && node.kind !== "object" && node.kind !== "new") return undefined;
  const members = schemaFields(values, file, node, depth + 1);
  return members && { kind: "object", span: node.span, members };
}

/** `string` of `z.string().email().optional()`. */
function makerOf(node: Expression): string {
  if (node.kind !== "call") return node.kind === "name" ? node.name : "";
  const { callee } = node;
  if (callee.kind === "name") return callee.name;
  if (callee.kind !== "member") return "";
  return callee.object.kind === "call" ? makerOf(callee.object) : callee.property;
}

/** The names of `{ email: true }`, `["email"]` or `{ email: false, id: true }` that are meant. */
function keysOf(node: Expression | undefined): ReadonlySet<string> | undefined {
  if (node?.kind === "object") return new Set(node.members.flatMap((member) => (member.kind === "property" ? [member.key] : [])));
  if (node?.kind !== "array") return undefined;
  return new Set(node.elements.flatMap((element) => (element.kind === "literal" && typeof element.value === "string" ? [element.value] : [])));
}

function joined(parts: readonly (readonly TypeMember[] | undefined)[]): readonly TypeMember[] | undefined {
  const known = parts.filter((part) => part !== undefined);
  return known.length === 0 ? undefined : known.flat();
}
