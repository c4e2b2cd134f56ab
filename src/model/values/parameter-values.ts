import { groupBy } from "../../base/group-by.js";
import { oncePer } from "../../base/once-per.js";
import { wordTable } from "../../base/word-table.js";
import { describe } from "../../catalogue/index.js";
import { elementStep } from "../../catalogue/provenance.js";
import type { ArrayExpression, CallExpression, ClassNode, Decorator, FunctionNode, NewExpression, TypeNode } from "../../facts/syntax.js";
import { isEmptyObject } from "../../facts/names.js";
import { isClassNode } from "../../facts/walk.js";
import type { NamedCall } from "../calls/call-sites.js";
import { givenToCallback } from "./callback-parameters.js";
import { type FileIndex, type FunctionContext, heldFunction } from "../modules/file-index.js";
import { resolverContext } from "./graphql-context.js";
import { behind, collect, distinct, type ExternalValue, type Value } from "./value.js";
import type { Values } from "./values.js";

/** The values of one parameter of a function: its type, what it is passed, its default. */
export function valuesOfParameter(values: Values, file: string, node: FunctionNode, index: number): readonly Value[] {
  const parameter = node.parameters[index];
  if (!parameter) return [];
  const typed = parameter.type ? values.ofType(file, parameter.type).filter((value) => !isAny(value)) : [];
  if (typed.length === 0 && parameter.decorators) {
    const given = injected(values, file, parameter.decorators);
    if (given.length > 0) return given;
  }
  if (typed.length > 0 && !typed.every(isVague)) return typed;
  const context = values.index(file).functions.get(node);
  const passed = [...passedBy(values, file, context, index), ...passedTo(values, file, node, index, typed.length === 0), ...byHolder(values, file, node, index)];
  const fallback = parameter.default && !isEmptyObject(parameter.default) ? values.of(file, parameter.default) : [];
  // A package's type says what it is; only who made it is left to the callers. A stand-in that a test hands over is something else.
  const packages = new Set(typed.flatMap((value) => (value.kind === "external" ? [value.provenance.package] : [])));
  const sited = passed.filter((value) => value.kind === "external" && value.site !== undefined && (packages.has(value.provenance.package) || describe(value.provenance) !== undefined));
  // Of a parameter that has a package's function type, its default says what the function does.
  const functions = fallback.filter((value) => value.kind === "function");
  if (packages.size > 0 && sited.length === 0 && functions.length > 0) return functions;
  if (packages.size > 0) return sited.length > 0 ? distinct(sited) : typed;
  const known = distinct([...passed, ...fallback, ...typed]);
  const handed = known.length === 0 ? passedByName(values, file, node, index) : known;
  const told = handed.length === 0 && index === 2 ? resolverContext(values, file, node) : handed;
  return told.length > 0 ? told : [{ kind: "parameter", file, function: node, index, path: [] }];
}

/** What decorators such as `@InjectRepository()` give, where the type does not say. */
function injected(values: Values, file: string, decorators: readonly Decorator[]): readonly Value[] {
  return collect(decorators, ({ value }) =>
    collect(values.of(file, value.kind === "call" ? value.callee : value), (decorator) => {
      const injects = decorator.kind === "external" ? describe(decorator.provenance)?.injects : undefined;
      return injects ? [{ kind: "external", provenance: injects }] : [];
    }),
  );
}

/** What the call that a function is handed to gives its parameter: `app.get("/", (req) => …)`. */
function passedBy(values: Values, file: string, context: FunctionContext | undefined, index: number): readonly Value[] {
  if (!context?.passedTo) return [];
  const { call, option } = context.passedTo;
  const iterated = call.callee.kind === "member" ? iterations[call.callee.property] : undefined;
  if (iterated !== undefined && call.callee.kind === "member") {
    // Of a package's lists, those whose elements it is known what they are: `rows.forEach((row) => row.save())`.
    const lists = values.of(file, call.callee.object).filter((value) => value.kind === "array" || value.kind === "list" || (value.kind === "external" && describe(behind(value, elementStep).provenance) !== undefined));
    if (lists.length > 0) return index === iterated ? values.ofElement(lists) : [];
  }
  // `NestFactory.create(AppModule).then((app) => …)`
  if (call.callee.kind === "member" && call.callee.property === "then" && index === 0 && option === undefined && context.passedTo.argument === 0) {
    const made = values.of(file, call.callee.object).filter((value) => value.kind === "external" && value.site !== undefined && describe(value.provenance) !== undefined);
    if (made.length > 0) return made;
  }
  const step = option === undefined ? `=>${index}` : `=>${option}:${index}`;
  return collect(values.of(file, call.callee), (callee) => {
    if (callee.kind === "external") return byTypeArgument(values, file, callee, call.typeArguments, index) ?? [behind(callee, step)];
    return callee.kind === "function" && option === undefined ? givenToCallback(values, callee, { file, call, argument: context.passedTo?.argument ?? 0 }, index) : [];
  });
}

/** What a package gives a function that it is handed by its name: `io.on("connection", register)`. */
function passedByName(values: Values, file: string, node: FunctionNode, index: number): readonly Value[] {
  return collect(handedByName(values.index(file)).get(node) ?? [], ({ call, argument }) =>
    collect(values.of(file, call.callee), (callee) => {
      if (callee.kind === "function") return givenToCallback(values, callee, { file, call, argument }, index);
      const given = callee.kind === "external" ? behind(callee, `=>${index}`) : undefined;
      return given && describe(given.provenance) !== undefined ? [given] : [];
    }),
  );
}

/** The functions of a file that its calls are handed by their names, and as which argument. */
const handedByName = oncePer((index: FileIndex) => {
  const handed = index.calls.flatMap(({ node: call }) =>
    call.arguments.flatMap((argument, position) => {
      const node = argument.kind === "name" ? heldFunction(index, argument.binding) : undefined;
      return node ? [{ node, call, argument: position }] : [];
    }),
  );
  return groupBy(handed, ({ node }) => node);
});

/** What the type of the variable that holds a function says: `const routes: FastifyPluginAsync = async (app) => …`. */
function byHolder(values: Values, file: string, node: FunctionNode, index: number): readonly Value[] {
  const type = holderType(values.index(file), node);
  if (!type) return byObject(values, file, node, index);
  return collect(values.ofType(file, type), (value) => {
    if (value.kind === "external") return byTypeArgument(values, file, value, type.kind === "reference" ? type.arguments : undefined, index) ?? [behind(value, `=>${index}`)];
    const parameter = value.kind === "typed" && value.type.kind === "function" ? value.type.parameters[index] : undefined;
    return parameter?.type && value.kind === "typed" ? values.ofType(value.file, parameter.type) : [];
  });
}

/** A hook or handler in an object that has a package's type: `const list: RouteOptions = { handler: (request) => … }`. */
function byObject(values: Values, file: string, node: FunctionNode, index: number): readonly Value[] {
  const files = values.index(file);
  const expression = files.parentOf(node);
  const object = expression && files.parentOf(expression);
  const member = object && "kind" in object && object.kind === "object" ? object.members.find((one) => one.kind === "property" && one.value === expression) : undefined;
  const holder = member?.kind === "property" && object ? files.parentOf(object) : undefined;
  const type = holder && "kind" in holder && holder.kind === "variable" ? holder.declarators.find(({ value }) => value === object)?.type : undefined;
  const key = member?.kind === "property" ? member.key : "";
  return type ? values.ofType(file, type).flatMap((value) => (value.kind === "external" && describe(value.provenance)?.callback ? [behind(value, `=>${key}:${index}`)] : [])) : [];
}

/** What a package's function type says of a parameter by one of its type arguments. */
function byTypeArgument(values: Values, file: string, { provenance }: ExternalValue, types: readonly TypeNode[] | undefined, index: number): readonly Value[] | undefined {
  const argument = types && describe(provenance)?.parameterTypes?.[String(index)];
  const type = argument === undefined ? undefined : types?.[argument];
  return type && values.ofType(file, type);
}

/** What the callers of a function give for one parameter. */
function passedTo(values: Values, file: string, node: FunctionNode, index: number, isUntold: boolean): readonly Value[] {
  return collect([...values.callSites.of(file, node), ...callsInClass(values, file, node, isUntold)], (site) => {
    if (node.parameters[index]?.rest) return passedToRest(values, site.file, site.call, index);
    const argument = site.call.arguments[index];
    return argument && argument.kind !== "spread" ? values.of(site.file, argument) : [];
  });
}

/** The calls of a method by its own class: all there are of a private one, and all that is known of what no type says anything of (`any`). */
function callsInClass(values: Values, file: string, node: FunctionNode, any: boolean): readonly NamedCall[] {
  const index = values.index(file);
  const owner = index.functions.get(node)?.class ?? holdingClass(index, node);
  const member = owner?.members.find((one) => (one.kind === "method" ? one.function === node : one.kind === "property" && one.value?.kind === "function" && one.value.function === node));
  if (!owner || (member?.kind !== "method" && member?.kind !== "property") || (member.access !== "private" && !any)) return [];
  const calls = ownCallsOf(index).get(member.name) ?? [];
  return calls.length > mostOwnCalls ? [] : calls.filter((call) => values.classAround(file, call) === owner).map((call) => ({ file, call }));
}

/** The class that has a function as the value of a property: `join = (socket) => { … }`. */
function holdingClass(index: FileIndex, node: FunctionNode): ClassNode | undefined {
  const expression = index.parentOf(node);
  const holder = expression && index.parentOf(expression);
  return holder && isClassNode(holder) ? holder : undefined;
}

/** The list of what a caller gives a `...rest` parameter. */
function passedToRest(values: Values, file: string, call: CallExpression | NewExpression, index: number): readonly Value[] {
  const list = restListsOf(call)[Math.min(index, call.arguments.length)];
  const [only, ...others] = list?.elements ?? [];
  if (only?.kind === "spread" && others.length === 0) return values.of(file, only.value);
  return list ? [{ kind: "array", file, node: list }] : [];
}

/** A private method with more calls than this is a utility: its parameters are anything. */
const mostOwnCalls = 30;

/** The calls on `this` of a file, by the name of the method. */
const ownCallsOf = oncePer((index: FileIndex) => groupBy(index.calls.flatMap(({ node }) => (node.kind === "call" && node.callee.kind === "member" && node.callee.object.kind === "this" ? [node] : [])), ({ callee }) => (callee.kind === "member" ? callee.property : "")));

/** Methods of lists that hand each element to a function, and as which parameter. */
const iterations: Readonly<Record<string, number>> = wordTable({ forEach: 0, map: 0, flatMap: 0, filter: 0, find: 0, some: 0, every: 0, reduce: 1 });

/** The declared type of the variable or property that a function is the value of. */
function holderType(index: FileIndex, node: FunctionNode): TypeNode | undefined {
  const expression = index.parentOf(node);
  const holder = expression && index.parentOf(expression);
  if (!holder) return undefined;
  if (isClassNode(holder)) {
    const member = holder.members.find((candidate) => candidate.kind === "property" && candidate.value === expression);
    return member?.kind === "property" ? member.type : undefined;
  }
  if (!("kind" in holder)) return undefined;
  if (holder.kind === "cast") return holder.type;
  return holder.kind === "variable" ? holder.declarators.find((declarator) => declarator.value === expression)?.type : undefined;
}

/** `any` and `any[]` say nothing. */
function isAny(value: Value): boolean {
  return value.kind === "primitive" ? value.name === "any" : value.kind === "list" && value.of.length > 0 && value.of.every(isAny);
}

/** Says what a value is, yet not which one: callers may know more. */
function isVague(value: Value): boolean {
  return value.kind === "typed" || value.kind === "external" || (value.kind === "list" && value.of.every(isVague));
}

/** The lists of the arguments of a call from each of them on, the empty one last. */
const restListsOf = oncePer((call: CallExpression | NewExpression): readonly ArrayExpression[] => [...call.arguments.keys(), call.arguments.length].map((from) => ({ kind: "array", span: call.span, elements: call.arguments.slice(from) })));
