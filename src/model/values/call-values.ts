import { describe } from "../../catalogue/index.js";
import { callStep, newStep, type Provenance } from "../../catalogue/provenance.js";
import type { CallExpression, Expression, FunctionNode, NewExpression, TypeNode } from "../../facts/syntax.js";
import { constructorFunctionsOf } from "./constructor-functions.js";
import { heldInMap } from "./held-in-maps.js";
import { isRequire, valuesOfLoad } from "./loaded-values.js";
import { returnedExpressions } from "../modules/returns.js";
import { loadedList, loadsFolders, moduleTable } from "./loaded-modules.js";
import { collect, type CreationSite, external, type ExternalValue, type FactoryCall, made, madeAt, type Value } from "./value.js";
import type { Values } from "./values.js";
import { assignedTogether, lookedUp } from "./written-lists.js";

/** What a call gives, by what is called and what the call looks like. */
export function valuesOfCallExpression(values: Values, file: string, node: CallExpression): readonly Value[] {
  const { callee } = node;
  if (isRequire(values, file, callee)) return valuesOfLoad(values, file, node, node.arguments[0]);
  const globbed = callee.kind === "member" && callee.object.kind === "other" ? moduleTable(values.model, file, node) : undefined;
  if (globbed) return values.of(file, globbed);
  // `handler.bind(controller)` is the handler.
  if (callee.kind === "member" && callee.property === "bind") return values.of(file, callee.object);
  if (callee.kind === "member" && callee.property === "then" && node.arguments[0]?.kind === "function") return values.ofReturn(file, node.arguments[0].function);
  const modules = loadedList(values.model, file, node);
  if (modules) return values.of(file, modules);
  const known = filtered(values, file, node) ?? mapped(values, file, node) ?? (callee.kind === "member" && callee.property === "get" ? lookedUp(values, file, callee.object, node.arguments[0]) ?? heldInMap(values, file, node) : undefined);
  if (known) return known;
  const callees = values.of(file, callee);
  return values.ofCall(file, callees.every(({ kind }) => kind === "parameter") && isModelOfConnection(values, file, node) ? [external({ package: "mongoose", subpath: "", path: ["model"] })] : callees, node);
}

/** `connection.model("Order", schema)` of a connection that nothing says more of, as each tenant has one, in a file that uses Mongoose. */
function isModelOfConnection(values: Values, file: string, { callee, arguments: given }: CallExpression): boolean {
  return callee.kind === "member" && callee.property === "model" && given.length > 1 && values.model.facts(file).imports.some(({ specifier }) => specifier === "mongoose");
}

/** `fields.filter((field) => field in body)` has elements of the list that is written out. */
function filtered(values: Values, file: string, { callee }: CallExpression): readonly Value[] | undefined {
  const lists = callee.kind === "member" && callee.property === "filter" ? values.of(file, callee.object) : [];
  return lists.length > 0 && lists.every(({ kind }) => kind === "array") ? lists : undefined;
}

/** `rows.map((row) => row.id)` of what was awaited is a list of what the callback gives, whatever the statement that gave the rows has under that name. */
function mapped(values: Values, file: string, { callee, arguments: [callback] }: CallExpression): readonly Value[] | undefined {
  if (callee.kind !== "member" || !/^(map|flatMap)$/.test(callee.property) || callback?.kind !== "function") return undefined;
  const { object } = callee;
  const source = object.kind === "name" && object.binding !== undefined ? values.index(file).sources[object.binding] : undefined;
  const isAwaited = object.kind === "await" || (source?.kind === "value" && source.path.length === 0 && source.value?.kind === "await");
  return isAwaited ? [{ kind: "list", of: values.ofReturn(file, callback.function) }] : undefined;
}

/** What `new` gives. */
export function valuesOfNew(values: Values, file: string, node: NewExpression): readonly Value[] {
  const [target] = node.arguments;
  // A proxy stands for its target: `new Proxy({} as PrismaClient, { get: … })` of a client that is made at its first use.
  if (target && node.callee.kind === "name" && node.callee.binding === undefined && node.callee.name === "Proxy") return values.of(file, target);
  return collect(values.of(file, node.callee), (callee) => {
    if (callee.kind === "external") return [made(callee, newStep, file, node)];
    const instanceOf = callee.kind === "class" ? callee.node : callee.kind === "function" ? constructorFunctionsOf(values.index(callee.file)).classes.get(callee.node) : undefined;
    return instanceOf && "file" in callee ? [{ kind: "instance", file: callee.file, class: instanceOf }] : [];
  });
}

/** What a call of one value gives. */
export function resultOfCall(values: Values, file: string, callee: Value, call: CallExpression): readonly Value[] {
  switch (callee.kind) {
    case "external":
      return ofDecorationCall(values, callee.provenance, call) ?? modulesOf(values, file, callee, call) ?? identity(values, file, callee, call) ?? [made(callee, callStep, file, call)];
    case "function": {
      const same = handedBack(values, file, callee.node, call);
      if (same) return same;
      const returned = collect(values.ofReturn(callee.file, callee.node), (value) => {
        if (value.kind === "external" && value.site) return [madeByFactory(values, value, value.site, callee, { file, node: call })];
        if (value.kind !== "parameter" || value.function !== callee.node) return [value];
        const argument = call.arguments[value.index];
        return argument ? value.path.reduce<readonly Value[]>((taken, name) => values.ofMember(taken, name), values.of(file, argument)) : [];
      });
      return asDeclared(values, file, callee.node, call) ?? returned;
    }
    case "typed":
      return callee.type.kind === "function" && callee.type.returns ? values.ofType(callee.file, callee.type.returns) : [];
    // What is loaded later is a function that loads it.
    case "namespace":
      return [callee];
    default:
      return [];
  }
}

/** `const guard = (handler: RequestHandler) => handler` gives the function that it is given, whatever type it has there. */
function handedBack(values: Values, file: string, node: FunctionNode, call: CallExpression): readonly Value[] | undefined {
  const returned = returnedExpressions(node);
  const [first] = returned;
  if (first?.kind !== "name" || first.binding === undefined || !returned.every((one) => one.kind === "name" && one.binding === first.binding)) return undefined;
  const argument = call.arguments[node.parameters.findIndex(({ target }) => target.kind === "binding" && target.binding === first.binding)];
  const given = argument ? values.of(file, argument) : [];
  return given.length > 0 && given.every(({ kind }) => kind === "function") ? given : undefined;
}

/** The table of modules that a package loads from a folder, and the list of those that are waited for together. */
function modulesOf(values: Values, file: string, { provenance: { package: name, path } }: ExternalValue, call: CallExpression): readonly Value[] | undefined {
  const [argument] = call.arguments;
  if (name === "global" && path.join(".") === "Promise.all" && argument?.kind === "call" && loadedList(values.model, file, argument)) return values.of(file, argument);
  const table = loadsFolders(name) ? moduleTable(values.model, file, call) : undefined;
  return table && values.of(file, table);
}

/** `c.get("db")` and `app.get("db")`. */
function ofDecorationCall(values: Values, callee: Provenance, { arguments: [name, ...others] }: CallExpression): readonly Value[] | undefined {
  if (callee.path.at(-1) !== "get" || name?.kind !== "literal" || typeof name.value !== "string" || others.length > 0) return undefined;
  return values.ofDecoration(callee, name.value);
}

/** What a call of a project function gives that makes a value and gives it back as it is, also from a constant of its own. */
function madeByFactory(values: Values, value: ExternalValue, site: CreationSite, factory: { readonly file: string; readonly node: FunctionNode }, by: FactoryCall): ExternalValue {
  const { node } = madeAt(site);
  const { span } = factory.node;
  const isLocal = site.file === factory.file && span[0] <= node.span[0] && node.span[1] <= span[1];
  const { sources } = values.index(factory.file);
  const returned = returnedExpressions(factory.node);
  const within = site.by && { within: site.by };
  if (returned.some((one) => beginsWith(one, node))) return { ...value, site: { ...site, by: { ...by, ...within } } };
  const isKept = returned.some((one) => {
    const source = isLocal && one.kind === "name" && one.binding !== undefined ? sources[one.binding] : undefined;
    return source?.kind === "value" && source.path.length === 0 && beginsWith(source.value, node);
  });
  return isKept ? { ...value, site: { ...site, by: { ...by, ...within, kept: true } } } : value;
}

/** Whether an expression is another, waited for, with calls on it, or given to one: `new Hono().basePath("/v1")`, `addAsync(Router())`. */
function beginsWith(value: Expression | undefined, node: Expression): boolean {
  if (!value || value === node) return value === node;
  if (value.kind === "await" || value.kind === "cast") return beginsWith(value.value, node);
  if (value.kind !== "call") return false;
  return value.callee.kind === "member" ? beginsWith(value.callee.object, node) : beginsWith(value.arguments[0], node);
}

/** `once<T>(name: string, make: () => T): T` gives what the function that it is given makes. */
function asDeclared(values: Values, file: string, { returns, typeParameters, parameters }: FunctionNode, call: CallExpression): readonly Value[] | undefined {
  if (returns?.kind !== "reference" || !typeParameters?.includes(returns.name)) return undefined;
  const index = parameters.findIndex(({ type }) => type?.kind === "function" && type.returns?.kind === "reference" && type.returns.name === returns.name);
  const argument = index === -1 ? undefined : call.arguments[index];
  const made = argument ? collect(values.of(file, argument), (value) => (value.kind === "function" ? values.ofReturn(value.file, value.node) : [])) : [];
  return made.length > 0 ? made : undefined;
}

/** `getCustomRepository(UserRepository)` of a class of the project or a package; where a token stands for it, what the call says of its type: `container.get<UserService>(TOKENS.users)`. */
function instancesOf(values: Values, file: string, node: Expression | undefined, type: TypeNode | undefined): readonly Value[] | undefined {
  const made = node ? collect(values.of(file, node), (value): readonly Value[] => {
    if (value.kind === "class") return [{ kind: "instance", file: value.file, class: value.node }];
    // `app.get(MikroORM)`
    const instance = value.kind === "external" ? external(value.provenance, newStep) : undefined;
    return instance && describe(instance.provenance)?.store === undefined && describe(instance.provenance)?.is !== undefined ? [instance] : [];
  }) : [];
  const found = made.length > 0 || !type ? made : values.ofType(file, type);
  return found.length > 0 ? found : undefined;
}

/** What `this` is in a method of an object that something is extended by: the object, and what it is added to. */
export function extendedBy(values: Values, file: string, node: Expression): readonly Value[] {
  const { parentOf } = values.index(file);
  for (let at = parentOf(node), inner: ReturnType<typeof parentOf> = node; at; inner = at, at = parentOf(at)) {
    if (!("kind" in at) || at.kind !== "call" || at.callee.kind !== "member" || inner === undefined || !("kind" in inner) || inner.kind !== "object" || !at.arguments.includes(inner)) continue;
    const { callee, arguments: given } = at;
    if (values.of(file, callee).some((value) => value.kind === "external" && describe(value.provenance)?.adds === given.indexOf(inner))) return [{ kind: "object", file, node: inner }, ...values.of(file, callee.object)];
  }
  return [];
}

/** Calls that give back what they are given, make of it what it stands for, or add it to what they are called on. */
function identity(values: Values, file: string, callee: Extract<Value, { kind: "external" }>, call: CallExpression): readonly Value[] | undefined {
  const { package: name, path } = callee.provenance;
  const argument = call.arguments[0];
  const { gives, instance, adds } = describe(path.length === 0 ? external(callee.provenance, "default").provenance : callee.provenance) ?? {};
  if (gives !== undefined) return call.arguments[gives] && values.of(file, call.arguments[gives]);
  if (instance !== undefined) return instancesOf(values, file, call.arguments[instance], call.typeArguments?.[0]);
  // `source.getRepository(User).extend({ findActive() { … } })`, also where that is bound to a transaction: `manager.withRepository(users)`.
  if (adds !== undefined) return [made(callee, callStep, file, call), ...(call.arguments[adds] ? values.of(file, call.arguments[adds]).filter(({ kind }) => kind === "object") : [])];
  if (name === "global" && path.length === 2 && path[0] === "Object" && path[1] === "assign") {
    const node = assignedTogether(values, file, call.arguments, call.span);
    return node && [{ kind: "object", file, node }];
  }
  // The same function, answering with a promise.
  if (name === "node:util" && path.at(-1) === "promisify" && argument) return values.of(file, argument);
  const transparent = name === "global" && path.length === 2 && ((path[0] === "Object" && path[1] === "freeze") || (path[0] === "Promise" && path[1] === "resolve"));
  return transparent && argument ? values.of(file, argument) : undefined;
}
