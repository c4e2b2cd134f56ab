import { propertyOf } from "../../facts/names.js";
import type { ArrayExpression, CallExpression, ClassMember, ClassNode, Decorator, Expression, FunctionNode, MemberExpression } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { RawRoute } from "./adapter.js";
import { computedText, computedTruth, type Given, givenKey, isLeftOut } from "../values/computed.js";
import type { ProjectModel } from "../project-model.js";
import { returnedExpressions } from "../modules/returns.js";
import type { Located } from "../values/located.js";

/** A method of a class with a body. */
export type MethodMember = Extract<ClassMember, { kind: "method" }>;

/** A decorator as it is in force: written there, or inside a decorator of the project that combines several. */
export interface EffectiveDecorator {
  /** Where its arguments come from: where it is used, if a decorator that combines others hands its own on to it. */
  readonly file: string;
  readonly node: Expression;
  /** The decorator itself, where it is written. */
  readonly written: Located;
  /** The package it comes from and its export; undefined for one of the project. */
  readonly from: { readonly package: string; readonly name: string } | undefined;
  readonly arguments: readonly Expression[];
  /** It is one of the project, and what it combines is listed as well. */
  readonly combines?: true;
}

/** Where and with what a decorator of the project is used. */
interface Used {
  readonly file: string;
  readonly node: Expression;
  readonly arguments: readonly Expression[];
}

/** The decorators of a declaration, and those that a decorator of the project combines. */
export function effectiveDecorators(model: ProjectModel, file: string, decorators: readonly Decorator[] | undefined): readonly EffectiveDecorator[] {
  return (decorators ?? []).flatMap(({ value }) => unfold(model, file, value, 0));
}

function unfold(model: ProjectModel, file: string, node: Expression, depth: number): readonly EffectiveDecorator[] {
  const callee = node.kind === "call" ? node.callee : node;
  const args = node.kind === "call" ? node.arguments : [];
  for (const value of model.values.of(file, callee)) {
    if (value.kind === "external") return [{ file, node, written: { file, node }, from: { package: value.provenance.package, name: value.provenance.path.at(-1) ?? "" }, arguments: args }];
    if (value.kind !== "function" || depth > 4) continue;
    const inner = combined(model, value.file, value.node, { file, node, arguments: args }, depth);
    return [{ file, node, written: { file, node }, from: undefined, arguments: args, ...((inner.length > 0 || onlyCombines(model, value.file, value.node)) && { combines: true as const }) }, ...inner];
  }
  return [{ file, node, written: { file, node }, from: undefined, arguments: args }];
}

/** What a decorator of the project combines: `applyDecorators(A(), B())`, also of a list that is filled step by step, and `A()(target, key, descriptor)`. */
function combined(model: ProjectModel, file: string, combining: FunctionNode, used: Used, depth: number): readonly EffectiveDecorator[] {
  const given = givenTo(file, combining, used);
  const further = (node: Expression): readonly EffectiveDecorator[] => unfold(model, file, node, depth + 1).map((decorator) => withArguments(model, combining, decorator, used));
  /** What stands there with what the function is given: of a choice that nothing decides, both. */
  const chosen = (node: Expression): readonly Expression[] => {
    if (node.kind === "conditional") {
      const test = computedTruth(model, file, node.test, given);
      return [...(test === false ? [] : chosen(node.then)), ...(test === true ? [] : chosen(node.else))];
    }
    return node.kind === "binary" && node.operator === "&&" ? (computedTruth(model, file, node.left, given) === false ? [] : chosen(node.right)) : [node];
  };
  const elements = (node: Expression): readonly Expression[] => chosen(node).flatMap((one) => (one.kind === "array" ? one.elements : model.values.of(file, one).flatMap((value) => (value.kind === "array" ? value.node.elements : []))));
  const listed = (node: Expression): readonly EffectiveDecorator[] => {
    if (node.kind !== "spread") return chosen(node).flatMap(further);
    const filled = pushedTo(model, file, node.value).filter((one) => !isLeftOut(model, file, one, given));
    return [...elements(node.value).flatMap(listed), ...filled.flatMap(listed)];
  };
  const ofReturned = (value: Expression): readonly EffectiveDecorator[] => {
    if (value.kind === "function") return appliedIn(value.function).flatMap(further);
    if (value.kind !== "call") return [];
    return isCombination(model, file, value) ? value.arguments.flatMap(listed) : further(value);
  };
  const returned = returnedExpressions(combining);
  return returned.length > 0 ? returned.flatMap(chosen).flatMap(ofReturned) : appliedIn(combining).flatMap(further);
}

/** `applyDecorators(…)` */
function isCombination(model: ProjectModel, file: string, { callee }: CallExpression): boolean {
  return model.values.of(file, callee).some((value) => value.kind === "external" && value.provenance.package === "@nestjs/common" && value.provenance.path.at(-1) === "applyDecorators");
}

/** Whether a decorator is nothing but what it combines, which may be nothing for what it is given. */
function onlyCombines(model: ProjectModel, file: string, node: FunctionNode): boolean {
  return returnedExpressions(node).some((value) => value.kind === "call" && isCombination(model, file, value));
}

/** What the parameters of a combining function are where it is used. */
function givenTo(file: string, { parameters }: FunctionNode, used: Used): Given {
  return new Map(
    parameters.flatMap(({ target, default: fallback }, index): readonly (readonly [string, Located])[] => {
      const [at, node] = used.arguments[index] ? [used.file, used.arguments[index]] : [file, fallback];
      if (target.kind === "binding") return node ? [[givenKey(file, target.binding), { file: at, node }]] : [];
      // `({ name, version = "1" }) => applyDecorators(Controller(`/api/${name}`))`
      return (target.kind === "object-pattern" ? target.properties : []).flatMap(({ key, value, default: other }) => {
        const field = key !== undefined && node?.kind === "object" ? propertyOf(node, key) : undefined;
        const located = field ? { file: at, node: field } : other && { file, node: other };
        return value.kind === "binding" && located ? [[givenKey(file, value.binding), located] as const] : [];
      });
    }),
  );
}

/** What is pushed onto a list that a name holds. */
export function pushedTo(model: ProjectModel, file: string, list: Expression): readonly Expression[] {
  if (list.kind !== "name" || list.binding === undefined) return [];
  return model.values.index(file).calls.flatMap(({ node }) => (node.callee.kind === "member" && node.callee.property === "push" && node.callee.object.kind === "name" && node.callee.object.binding === list.binding ? node.arguments : []));
}

/** The decorators that a decorator function applies by hand: `UseGuards(X)(target, key, descriptor)`. */
function appliedIn(node: FunctionNode): readonly Expression[] {
  const found: Expression[] = [];
  walkAll(node.body ?? [], (part) => {
    if ("kind" in part && part.kind === "call" && part.callee.kind === "call" && part.arguments.length > 0) found.push(part.callee);
    return undefined;
  });
  return found;
}

/** Arguments that are parameters of the combining function are what it was called with, or their defaults. */
function withArguments(model: ProjectModel, combining: FunctionNode, decorator: EffectiveDecorator, used: Used): EffectiveDecorator {
  let substituted = false;
  const given = decorator.arguments.flatMap((argument): Expression | readonly Expression[] => {
    const list = argument.kind === "spread" ? listBehind(model, decorator.file, combining, argument.value, used) : undefined;
    if (list) {
      substituted ||= list.file !== decorator.file;
      return list.node.elements;
    }
    const index = parameterOf(combining, argument);
    // A path that is put together of what it is given.
    const text = index === -1 && /^(template|binary|conditional)$/.test(argument.kind) ? computedText(model, decorator.file, argument, givenTo(decorator.file, combining, used)) : undefined;
    if (text !== undefined) return { kind: "literal", span: argument.span, value: text };
    if (index === -1) return withTexts(model, combining, argument, used);
    const actual = used.arguments[index];
    if (!actual) return combining.parameters[index]?.default ?? argument;
    substituted = true;
    return actual;
  });
  return substituted ? { ...decorator, file: used.file, node: used.node, arguments: given } : { ...decorator, arguments: given };
}

/** The list that is spread: a constant, or a field of options that are put together of defaults and what the user of the decorator gives. */
function listBehind(model: ProjectModel, file: string, combining: FunctionNode, node: Expression, used: Used): Located<ArrayExpression> | undefined {
  const inOptions = node.kind === "member" ? optionsField(model, file, combining, node, used) : undefined;
  const at = inOptions ?? { file, node };
  if (at.node.kind === "array") return { file: at.file, node: at.node };
  const [value, ...others] = inOptions || node.kind === "name" ? model.values.of(at.file, at.node) : [];
  return value?.kind === "array" && others.length === 0 ? { file: value.file, node: value.node } : undefined;
}

/** `options.guards` of `const options = { guards: [A], ...given }`. */
function optionsField(model: ProjectModel, file: string, combining: FunctionNode, { object, property }: MemberExpression, used: Used): Located | undefined {
  const source = object.kind === "name" && object.binding !== undefined ? model.values.index(file).sources[object.binding] : undefined;
  let options = source?.kind === "value" && source.path.length === 0 ? source.value : undefined;
  while (options?.kind === "cast") options = options.value;
  if (options?.kind !== "object") return undefined;
  for (const member of options.members.toReversed()) {
    if (member.kind === "property" && member.key === property) return { file, node: member.value };
    const own = member.kind === "spread" ? used.arguments[parameterOf(combining, member.value)] : undefined;
    const field = own?.kind === "object" ? propertyOf(own, property) : undefined;
    if (field) return { file: used.file, node: field };
  }
  return undefined;
}

/** Which parameter of the combining function a name is; -1 for none. */
function parameterOf(combining: FunctionNode, node: Expression): number {
  return node.kind === "name" && node.binding !== undefined ? combining.parameters.findIndex(({ target }) => target.kind === "binding" && target.binding === node.binding) : -1;
}

/** Options and templates with the texts that parameters in them have: `Controller({ path, version: "2" })`. */
function withTexts(model: ProjectModel, combining: FunctionNode, node: Expression, used: Used): Expression {
  const text = (part: Expression): Expression => {
    const actual = used.arguments[parameterOf(combining, part)];
    const value = actual && model.values.text(used.file, actual);
    return value === undefined ? withTexts(model, combining, part, used) : { kind: "literal", span: part.span, value };
  };
  if (node.kind === "object") return { ...node, members: node.members.map((member) => (member.kind === "property" ? { ...member, value: text(member.value) } : member)) };
  if (node.kind === "array") return { ...node, elements: node.elements.map(text) };
  return node.kind === "template" ? { ...node, values: node.values.map(text) } : node;
}

/** What the route of a decorated method says of its place and its handler. */
export function routeOfMethod(decorator: EffectiveDecorator, file: string, { nameSpan, function: node }: MethodMember): Pick<RawRoute, "file" | "span" | "handler"> {
  return { file, span: decorator.file === file ? decorator.node.span : nameSpan, handler: { file, node: { kind: "function", span: node.span, function: node } } };
}

/** The methods of a class and of the project's classes it extends; an overriding one counts alone. */
export function routeMethods(model: ProjectModel, file: string, node: ClassNode, depth = 0): readonly { readonly file: string; readonly member: MethodMember }[] {
  const own = node.members.flatMap((member) => (member.kind === "method" && !member.static && member.function.body ? [{ file, member }] : []));
  const base = node.extends && depth < 4 ? model.values.of(file, node.extends.value).find((value) => value.kind === "class") : undefined;
  if (base?.kind !== "class") return own;
  const names = new Set(own.map(({ member }) => member.name));
  return [...own, ...routeMethods(model, base.file, base.node, depth + 1).filter(({ member }) => !names.has(member.name))];
}
