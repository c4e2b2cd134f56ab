import { chainRoot, isNothing, lastName } from "../../facts/names.js";
import type { CallExpression, ClassNode, Expression, NewExpression } from "../../facts/syntax.js";
import { someNode, walk } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import { type Bound, bounded } from "./row-bounds.js";
import { boundsSize } from "./size-checks.js";

/** What functions are called that keep a number between others. */
export const clamps = /^(min|clamp|bound|cap|limitTo|between)/i;
const maxima = new Set(["max", "lte", "lt", "maxValue", "maximum", "Max", "less", "LessThanOrEqual", "between", "range", "enum", "literal", "picklist", "IsIn", "IsEnum", "valid", "oneOf", "union", "catch"]);

/** Whether a schema gives one of its keys a maximum; undefined if its keys cannot be read. */
export function schemaBounds(model: ProjectModel, file: string, schema: Expression, key: string, depth = 0): Bound | undefined {
  if (depth > 5) return undefined;
  if (schema.kind === "object") {
    const property = (name: string): Expression | undefined => {
      const member = schema.members.find((candidate) => candidate.kind === "property" && candidate.key === name);
      return member?.kind === "property" ? member.value : undefined;
    };
    const nested = property("properties") ?? property("querystring") ?? property("query") ?? property("body");
    const own = property(key) ?? property("limit");
    // `z.object({ ...page, keyword: z.string() })`
    const shared = own ? undefined : schema.members.flatMap((member) => (member.kind === "spread" ? [schemaBounds(model, file, member.value, key, depth + 1)] : [])).find((bound) => bound !== undefined);
    if (shared) return shared;
    if (!own) return nested ? schemaBounds(model, file, nested, key, depth + 1) : undefined;
    const source = { file, span: own.span, text: key };
    if (hasMaximum(own) || isNamedWithMaximum(model, file, own)) return mayBeMissing(own) ? { kind: "optional", source } : bounded;
    return own.kind === "object" || own.kind === "call" ? { kind: "unbounded", source } : undefined;
  }
  for (const value of model.values.of(file, schema)) {
    if (value.kind === "object") return schemaBounds(model, value.file, value.node, key, depth + 1);
    if (value.kind === "class") return classBounds(model, value.file, value.node, key);
    if (value.kind === "external" && value.site) {
      const found = ofChain(model, value.site.file, wholeChain(model, value.site.file, value.site.node), key, depth);
      if (found) return found;
    }
  }
  // A step of the project: `validate(Query)`
  return schema.kind === "call" ? ofArguments(model, file, schema.arguments, key, depth) : undefined;
}

/** The last call of a chain that a call begins: `Joi.object().keys({ … })`. */
function wholeChain(model: ProjectModel, file: string, node: CallExpression | NewExpression): CallExpression | NewExpression {
  const { parentOf } = model.values.index(file);
  const member = parentOf(node);
  const call = member && "kind" in member && member.kind === "member" && member.object === node ? parentOf(member) : undefined;
  return call && "kind" in call && call.kind === "call" && call.callee === member ? wholeChain(model, file, call) : node;
}

/** The fields of the schema, what a later call adds first, or for a validator the schema that it is given: `zValidator("query", Query)`, `Filter.extend({ … })`. */
function ofChain(model: ProjectModel, file: string, chain: Expression, key: string, depth: number): Bound | undefined {
  if (chain.kind === "name") return schemaBounds(model, file, chain, key, depth + 1);
  if (chain.kind === "member") return ofChain(model, file, chain.object, key, depth);
  if (chain.kind !== "call" && chain.kind !== "new") return undefined;
  const fields = chain.arguments.find((argument) => argument.kind === "object");
  const own = fields && !/^(omit|pick|required|partial|meta|openapi|describe)$/i.test(lastName(chain.callee)) ? schemaBounds(model, file, fields, key, depth + 1) : undefined;
  return own ?? (fields ? undefined : ofArguments(model, file, chain.arguments, key, depth)) ?? (chain.callee.kind === "member" ? ofChain(model, file, chain.callee.object, key, depth) : undefined);
}

/** The first schema among the arguments of a call that says something of the key. */
function ofArguments(model: ProjectModel, file: string, given: readonly Expression[], key: string, depth: number): Bound | undefined {
  for (const argument of given) {
    // `Type.Intersect([Filter, Page])`
    const found = argument.kind === "array" ? ofArguments(model, file, argument.elements, key, depth) : /^(name|member|call|object)$/.test(argument.kind) ? schemaBounds(model, file, argument, key, depth + 1) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** `z.number().max(100).optional()`; a default, and what this does not know, fill it in: `v.optional(v.pipe(…), "20")`. */
function mayBeMissing(node: Expression): boolean {
  const names: string[] = [];
  for (let at: Expression = node; at.kind === "call" || at.kind === "member"; at = at.kind === "call" ? at.callee : at.object) {
    if (at.kind === "call" && at.arguments.length > 1 && /^(optional|nullish)$/.test(lastName(at.callee))) return false;
    if (at.kind === "member") names.push(at.property);
  }
  return names.some((name) => /^(optional|nullish)$/.test(name)) && !names.some((name) => /^(default|catch|prefault|transform|pipe)$/.test(name));
}

/** `PageSize.optional()`: the schema that a chain goes on with, written elsewhere. */
function isNamedWithMaximum(model: ProjectModel, file: string, field: Expression): boolean {
  const root = chainRoot(field);
  return field.kind === "call" && root.kind === "name" && model.values.of(file, root).some((value) => value.kind === "external" && value.site !== undefined && hasMaximum(wholeChain(model, value.site.file, value.site.node)));
}

function hasMaximum(node: Expression): boolean {
  let found = false;
  walk(node, (part) => {
    if (!("kind" in part)) return true;
    // Made a number, whatever number.
    if (part.kind === "call" && /^(transform|toNumber)$/.test(lastName(part.callee)) && part.arguments.some(onlyConverts)) {
      found ||= part.callee.kind === "member" && hasMaximum(part.callee.object);
      return false;
    }
    // `z.string().pipe(Size)`; of a pipe that is written out the steps are read.
    if (part.kind === "call" && lastName(part.callee) === "pipe") found ||= part.arguments.some(({ kind }) => kind === "name" || kind === "member");
    if (part.kind === "member") found ||= maxima.has(part.property) || /^(transform|refine|superRefine|preprocess)$/.test(part.property);
    if (part.kind === "name") found ||= maxima.has(part.name);
    if (part.kind === "object") found ||= part.members.some((member) => member.kind === "property" && (maxima.has(member.key) || member.key === "exclusiveMaximum"));
    return !found;
  });
  return found;
}

/** `Number`, or a function that does nothing else: `(value) => Number(value)`, `(value) => (value ? parseInt(value, 10) : 20)`. */
function onlyConverts(node: Expression): boolean {
  if (node.kind === "name" || node.kind === "member") return /^(Number|parseInt|parseFloat)$/.test(lastName(node));
  const [statement, ...others] = node.kind === "function" ? (node.function.body ?? []) : [];
  return statement?.kind === "return" && others.length === 0 && statement.value !== undefined && isConverted(statement.value);
}

/** A value made a number, or a constant in its place where it is missing. */
function isConverted(value: Expression): boolean {
  const isConstant = (part: Expression): boolean => part.kind === "literal" || isNothing(part);
  if (value.kind === "conditional") return !boundsSize(value.test) && [value.then, value.else].every((part) => isConverted(part) || isConstant(part)) && !(isConstant(value.then) && isConstant(value.else));
  if (value.kind === "binary") return /^(\|\||\?\?)$/.test(value.operator) && isConverted(value.left) && isConstant(value.right);
  return value.kind === "call" && /^(Number|parseInt|parseFloat)$/.test(lastName(value.callee)) && value.arguments[0] !== undefined && isGiven(value.arguments[0]);
}

/** What the function is given, or a constant in its place: `value ?? "20"`. */
function isGiven(node: Expression): boolean {
  return node.kind === "name" || (node.kind === "binary" && node.operator === "??" && node.left.kind === "name" && node.right.kind === "literal");
}

/** The property of a class whose decorators check it, also of one that it extends: `class UserPage extends Page`, `class UserPage extends PartialType(Page)`. */
export function classBounds(model: ProjectModel, file: string, node: ClassNode, key: string, depth = 0): Bound | undefined {
  const member = node.members.find((candidate) => candidate.kind === "property" && candidate.name === key);
  if (member?.kind !== "property") return depth > 5 || !node.extends ? undefined : ofBases(model, file, node.extends.value, key, depth);
  if (!member.decorators?.length) return undefined;
  const source = { file, span: member.nameSpan, text: key };
  if (!member.decorators.some(({ value }) => hasMaximum(value) || isClamping(value))) return { kind: "unbounded", source };
  // `@IsOptional() @Max(100) take?: number`; a transformation may fill it in.
  return member.optional && !member.value && !member.decorators.some(({ value }) => lastName(value.kind === "call" ? value.callee : value) === "Transform") ? { kind: "optional", source } : bounded;
}

function ofBases(model: ProjectModel, file: string, base: Expression, key: string, depth: number): Bound | undefined {
  for (const one of base.kind === "call" ? base.arguments : [base])
    for (const value of model.values.of(file, one)) {
      const found = value.kind === "class" ? classBounds(model, value.file, value.node, key, depth + 1) : undefined;
      if (found) return found;
    }
  return undefined;
}

/** `@Transform(({ value }) => Math.min(Number(value), 100))` of class-transformer. */
function isClamping(decorator: Expression): boolean {
  return decorator.kind === "call" && lastName(decorator.callee) === "Transform" && decorator.arguments.some((argument) => someNode([argument], (part) => "kind" in part && part.kind === "call" && clamps.test(lastName(part.callee))));
}
