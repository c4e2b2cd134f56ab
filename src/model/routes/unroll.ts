import { wordTable } from "../../base/word-table.js";
import type { CallExpression, Expression, FunctionNode } from "../../facts/syntax.js";
import { isFunctionNode, walkAll } from "../../facts/walk.js";
import type { NamedCall } from "../calls/call-sites.js";
import { computedTruth, isLeftOut } from "../values/computed.js";
import { fieldGiven } from "../values/constructor-fields.js";
import type { BindingSource, FileIndex } from "../modules/file-index.js";
import type { ProjectModel } from "../project-model.js";
import { definitionsOf } from "../values/definitions.js";
import { listedFiles } from "../values/listed-files.js";
import { isModuleList, loopBehind } from "../values/loaded-modules.js";
import { bindings, inRound, isAbsent, isOfObject, requiredPath, type Round, selfKey } from "../values/round.js";
import type { Located } from "../values/located.js";

/** What a registration is in one round of a loop, or for one caller of the function around it. */
export interface Registration {
  /** The member that is called: `get` for `app.get(…)`, `app["get"](…)` and `app[route.method](…)`. */
  readonly method: string;
  readonly receiver: Located;
  readonly arguments: readonly Located[];
  /** The path of `app.route(path).get(…)`. */
  readonly path?: Located;
  /** The calls of the functions around the registration that this is for, the outermost first. */
  readonly from?: readonly NamedCall[];
}

/** The rounds of expressions; `dead` if they depend on what a function is given that nothing calls. */
interface Rounds {
  readonly rounds: readonly CalledRound[];
  readonly dead: boolean;
}

/** One round, and for that of a function's caller the calls that lead there. */
interface CalledRound {
  readonly names: Round;
  readonly from?: readonly NamedCall[];
}

/** The member of a registration that nothing tells: `app[verb](…)`. */
export const unknownMethod = "";

/** More rounds than this are not read. */
const mostRounds = 2_000;
/** Functions that hand what they are given on to another are followed so far. */
const deepest = 3;
/** Constants are followed to the variable of a loop this far. */
const mostNames = 8;
const decidingOptions = new Set(["method", "url", "path", "prefix", "plugin"]);
const iterations: Readonly<Record<string, number>> = wordTable({ forEach: 0, map: 0, flatMap: 0, filter: 0, some: 0, every: 0 });

/**
 * A registration whose method or path depends on the variable of a loop over a table, or on a parameter whose callers are
 * known, once for each round; any other registration once, as it is written. A router that is handed in (`isHandedIn`) is
 * what each caller gives.
 */
export function unroll(model: ProjectModel, file: string, call: CallExpression, object: Expression, member: string | Expression, isHandedIn = false): readonly Registration[] {
  const path = chainedPath(object);
  const deciding = [...(isHandedIn ? [object] : path ? [path] : []), ...(typeof member === "string" ? [] : [member]), ...call.arguments.flatMap((node, position) => decidingParts(model, file, node, position))];
  const { rounds: found } = roundsOf(model, file, deciding, []);
  const seen = new Set<string>();
  return (found.length > 0 ? found : [{ names: new Map<string, Located>() }]).flatMap(({ names, from }) => {
    if (isLeftOut(model, file, call, names)) return [];
    const receiver = inRound(model, file, object, names) ?? { file, node: object };
    const given = call.arguments.flatMap((node, position) => argumentsIn(model, file, node, names, position === call.arguments.length - 1)).filter((one) => !isAbsent(one));
    const chained = path && (inRound(model, file, path, names) ?? { file, node: path });
    // Callers that give nothing of what is registered are all the same.
    const fresh = methodsOf(model, file, member, names).filter((method) => isNew(seen, [method, ...[receiver, ...given, ...(chained ? [chained] : [])].map(identityOf)].join()));
    return fresh.map((method) => ({ method, receiver, arguments: given, ...(chained && { path: chained }), ...(from && { from }) }));
  });
}

/** The path of `app.route("/x").get(…)`, through the chain of calls. */
export function chainedPath(object: Expression): Expression | undefined {
  for (let node = object; node.kind === "call" && node.callee.kind === "member"; node = node.callee.object)
    // `app.route("/notes", notes)` of Hono mounts another one, and goes on with itself.
    if (node.callee.property === "route" && node.arguments.length === 1) return node.arguments[0];
  return undefined;
}

function isNew(seen: Set<string>, key: string): boolean {
  const { size } = seen;
  return seen.add(key).size > size;
}

function identityOf({ file, node }: Located): string {
  if (node.kind === "literal") return JSON.stringify(node.value);
  const loaded = pathLoaded(node);
  if (loaded?.kind === "literal") return `module ${JSON.stringify(loaded.value)}`;
  const put = node.kind === "object" ? node.members.map((member) => (member.kind === "property" && member.value.kind !== "object" ? identityOf({ file, node: member.value }) : "")) : [];
  const member = node.kind === "member" ? `.${node.property}` : "";
  return `${file}@${node.span.join("-")}${put.join()}${member}`;
}

/** What one argument of a registration is in a round; a list that is put together of what callers give is taken apart. */
function argumentsIn(model: ProjectModel, file: string, node: Expression, round: Round, isLast: boolean): readonly Located[] {
  const place = (part: Expression): Located => inRound(model, file, part, round) ?? { file, node: part };
  // A method of the object itself is the same whoever calls.
  const isOwn = node.kind === "member" && node.object.kind === "this" && isFunction(model, { file, node });
  if (round.size === 0 || isOwn) return [{ file, node }];
  if (node.kind === "spread") return listIn(model, file, node.value, round) ?? [spread(place(node.value))];
  const list = node.kind === "array" ? node : node.kind === "name" ? extendedList(model, file, node) : undefined;
  if (list?.kind === "array" && list.elements.some((element) => inRound(model, file, element.kind === "spread" ? element.value : element, round)))
    return list.elements.flatMap((element) => (element.kind === "spread" ? [spread(place(element.value))] : [place(element)]));
  const made = node.kind === "call" ? listOfCall(model, file, node, round) : undefined;
  if (made) return made;
  const placed = place(node);
  // `wrap(handler)` with a handler that the caller gives
  const [handler] = isLast && placed.node === node && node.kind === "call" ? node.arguments.flatMap((argument) => inRound(model, file, argument, round) ?? []) : [];
  return handler && mayAnswer(model, handler) ? [{ ...handler, within: [{ file, node }] }] : [placed];
}

/** The list that a function of the project puts together of what callers give: `stepsOf(options)` with `return [contentType(), ...options.middleware]`. */
function listOfCall(model: ProjectModel, file: string, call: CallExpression, round: Round): readonly Located[] | undefined {
  const [callee, ...others] = model.values.of(file, call.callee);
  if (callee?.kind !== "function" || others.length > 0 || callee.node.async || callee.node.generator) return undefined;
  const names = new Map(round);
  for (const [position, argument] of call.arguments.entries()) {
    const given = inRound(model, file, argument, round) ?? { file, node: argument };
    for (const [key, taken] of bindings(model, callee.file, (source) => source.kind === "parameter" && source.function === callee.node && source.index === position, given)) names.set(key, taken);
  }
  const lists = model.values.returned(callee.node).map((value) => listIn(model, callee.file, value, names));
  // Of several lists, which one it is cannot be told.
  return lists.length === 1 ? lists[0] : undefined;
}

/** The elements of a list with what is given in a round put in; of two that a condition chooses from, the longer one. */
function listIn(model: ProjectModel, file: string, node: Expression, round: Round): readonly Located[] | undefined {
  if (node.kind === "cast") return listIn(model, file, node.value, round);
  if (node.kind === "conditional") {
    const test = computedTruth(model, file, node.test, round);
    if (test !== undefined) return listIn(model, file, test ? node.then : node.else, round);
    const [then, other] = [node.then, node.else].map((branch) => listIn(model, file, branch, round));
    return then && other ? (then.length >= other.length ? then : other) : undefined;
  }
  if (node.kind === "array") {
    const parts = node.elements.map((element) => (element.kind === "spread" ? listIn(model, file, element.value, round) : [inRound(model, file, element, round) ?? { file, node: element }]));
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  }
  const given = inRound(model, file, node, round);
  if (given && given.node !== node) return listIn(model, given.file, given.node, round);
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  const fallback = source && "default" in source ? source.default : undefined;
  if (fallback) return listIn(model, file, fallback, round);
  const [value] = model.values.of(file, node);
  return value?.kind === "array" ? listIn(model, value.file, value.node, round) : undefined;
}

/** Whether what a caller gives may be a function: it is one, or a name of which nothing is known. */
function mayAnswer(model: ProjectModel, { file, node }: Located): boolean {
  return isFunction(model, { file, node }) || (model.values.of(file, node).length === 0 && (node.kind === "name" || node.kind === "member"));
}

function isFunction(model: ProjectModel, { file, node }: Located): boolean {
  return model.values.of(file, node).some(({ kind }) => kind === "function");
}

/** The list that a variable is given once more, with what it held before: `steps = [first, ...steps]`. */
function extendedList(model: ProjectModel, file: string, { binding }: Extract<Expression, { kind: "name" }>): Expression | undefined {
  const [assigned, ...others] = binding === undefined ? [] : (model.values.assignments(file).get(binding) ?? []);
  const extends_ = assigned?.kind === "array" && others.length === 0 && assigned.elements.some((element) => element.kind === "spread" && element.value.kind === "name" && element.value.binding === binding);
  return extends_ ? assigned : undefined;
}

/** What of an argument decides which route it is: the path, the module that is loaded, and in an object of options what says method, path, prefix or plugin. */
function decidingParts(model: ProjectModel, file: string, node: Expression, position: number): readonly Expression[] {
  const module = loadedModule(model, file, node);
  if (module) return [module];
  if (node.kind === "object") return node.members.flatMap((member) => (member.kind === "property" && decidingOptions.has(member.key) ? [loadedModule(model, file, member.value) ?? member.value] : []));
  return position === 0 && node.kind !== "function" && node.kind !== "call" ? [node] : [];
}

/** What decides which module an argument is, where that is told while it runs: the path of `require("./routes/" + name)`, the element of a list of modules. */
export function loadedModule(model: ProjectModel, file: string, node: Expression, depth = 0): Expression | undefined {
  if (depth > 4) return undefined;
  const inner = (part: Expression): Expression | undefined => loadedModule(model, file, part, depth + 1);
  switch (node.kind) {
    case "await":
    case "cast":
      return inner(node.value);
    case "member":
      return inner(node.object);
    case "name": {
      const source = node.binding === undefined ? undefined : model.values.index(file).sources[node.binding];
      if (source?.kind === "value" && source.value) return inner(source.value);
      const list = source && loopBehind(model.values.index(file), source)?.subject;
      return list && isModuleList(model, file, list) ? node : undefined;
    }
    case "import":
      return node.argument.kind === "literal" ? undefined : node.argument;
    case "call": {
      const path = requiredPath(node);
      // `require("./routes/" + name).routes()` and `load()` of what is loaded later
      if (!path && (node.callee.kind === "member" || node.callee.kind === "name")) return inner(node.callee.kind === "member" ? node.callee.object : node.callee);
      return path?.kind === "literal" ? undefined : path;
    }
    default:
      return undefined;
  }
}

/** What `require(path)`, `import(path)` and what is taken or called of either load. */
function pathLoaded(node: Expression): Expression | undefined {
  if (node.kind === "import") return node.argument;
  if (node.kind === "member") return pathLoaded(node.object);
  return node.kind === "call" ? (requiredPath(node) ?? (node.callee.kind === "member" ? pathLoaded(node.callee.object) : undefined)) : undefined;
}

function spread({ file, node }: Located): Located {
  return { file, node: { kind: "spread", span: node.span, value: node } };
}

function methodsOf(model: ProjectModel, file: string, member: string | Expression, round: Round): readonly string[] {
  if (typeof member === "string") return [member];
  const { file: at, node } = inRound(model, file, member, round) ?? { file, node: member };
  const known = model.values.of(at, node).flatMap((value) => (value.kind === "constant" && typeof value.value === "string" ? [value.value.toLowerCase()] : []));
  return known.length > 0 ? known : [unknownMethod];
}

/** The rounds in which expressions have other values; none if they have the same in all. `path` are the functions on the way. */
function roundsOf(model: ProjectModel, file: string, nodes: readonly Expression[], path: readonly FunctionNode[]): Rounds {
  const index = model.values.index(file);
  const loops = new Map<Expression, readonly CalledRound[]>();
  const given = new Map<FunctionNode, Set<number>>();
  const seen = new Set<number>();
  const visit = (node: Expression, depth: number): void => {
    walkAll([node], (part) => {
      if (isFunctionNode(part)) return false;
      if (!("kind" in part)) return undefined;
      const field = part.kind === "member" && part.object.kind === "this" ? fieldGiven(model, file, part.object, part.property) : undefined;
      if (field?.file === file && depth < mostNames) visit(field.node, depth + 1);
      if (part.kind !== "name" || part.binding === undefined || seen.has(part.binding)) return undefined;
      seen.add(part.binding);
      const source = index.sources[part.binding];
      if (source?.kind === "element" && !loops.has(source.subject)) loops.set(source.subject, elementRounds(model, file, index, source.subject, path, (other) => other.kind === "element" && other.subject === source.subject));
      if (source?.kind === "parameter") given.set(source.function, (given.get(source.function) ?? new Set()).add(source.index));
      if (source?.kind === "value" && source.value && depth < mostNames) visit(source.value, depth + 1);
      return undefined;
    });
  };
  for (const node of nodes) visit(node, 0);
  const called = [...given].map(([node, indices]) => ({ node, rounds: parameterRounds(model, file, index, node, indices, path) }));
  const found = [...loops.values(), ...called.map(({ rounds }) => rounds ?? [])].filter((list) => list.length > 0);
  // The rounds of an inner loop say what those of the loop around it do.
  const lists = found.filter((list) => !found.some((other) => saysMore(other, list)));
  const dead = called.some(({ node, rounds }) => rounds?.length === 0 && index.functions.get(node)?.passedTo === undefined);
  return { dead, rounds: lists.length === 0 ? [] : lists.reduce<readonly CalledRound[]>((all, list) => (all.length * list.length > mostRounds ? all : all.flatMap((left) => list.flatMap((right) => merged(left, right) ?? []))), [{ names: new Map() }]) };
}

function saysMore([inner]: readonly CalledRound[], [outer]: readonly CalledRound[]): boolean {
  return inner !== undefined && outer !== undefined && inner.names.size > outer.names.size && [...outer.names.keys()].every((key) => inner.names.has(key));
}

/** Two rounds as one; none if they say different things of the same loop or caller. */
function merged(left: CalledRound, right: CalledRound): CalledRound | undefined {
  for (const [key, given] of right.names) {
    const other = left.names.get(key);
    if (other && identityOf(other) !== identityOf(given)) return undefined;
  }
  const from = left.from ?? right.from;
  return { names: new Map([...left.names, ...right.names]), ...(from && { from }) };
}

/** The rounds of a loop over a list that is written out, once for each round of a loop around it that decides the list. */
function elementRounds(model: ProjectModel, file: string, index: FileIndex, subject: Expression, path: readonly FunctionNode[], isOfLoop: (source: BindingSource) => boolean): readonly CalledRound[] {
  if (path.length > deepest) return [];
  // What one caller gives says more than what all of them may give.
  const given = roundsOf(model, file, [subject], path).rounds.flatMap((outer) => {
    const list = inRound(model, file, subject, outer.names);
    const elements: readonly Element[] = list ? elementsOf(model, list.file, list.node, path) : (listedFiles(model, file, subject, outer.names) ?? []);
    return elements.map((element) => ({ ...outer, names: new Map([...outer.names, ...(element.names ?? []), ...bindings(model, file, isOfLoop, element)]) }));
  });
  return given.length > 0 ? given : elementsOf(model, file, subject, path).map((element) => ({ names: new Map([...(element.names ?? []), ...bindings(model, file, isOfLoop, element)]) }));
}

/** The elements that a callback of `table.forEach(…)` is given, or what each caller of a function gives its parameters; undefined if that is not followed. */
function parameterRounds(model: ProjectModel, file: string, index: FileIndex, node: FunctionNode, indices: ReadonlySet<number>, path: readonly FunctionNode[]): readonly CalledRound[] | undefined {
  const { passedTo, class: owner } = index.functions.get(node) ?? {};
  const callee = passedTo?.call.callee;
  const iterated = callee?.kind === "member" ? iterations[callee.property] : undefined;
  if (callee?.kind === "member" && iterated !== undefined && indices.has(iterated)) return elementRounds(model, file, index, callee.object, path, (other) => other.kind === "parameter" && other.function === node && other.index === iterated);
  if (passedTo || path.includes(node) || path.length > deepest) return undefined;
  const { callSites } = model.values;
  const sites = owner && node.form === "method" ? callSites.allOfMethod(node) : callSites.all(file, node);
  // What a test hands over stands in for the real one.
  const used = sites.filter((site) => model.layerOf(site.file).layer !== "tests");
  return used.length > mostRounds ? undefined : used.flatMap((site) => callerRounds(model, file, node, indices, site, [...path, node]));
}

/** What one call gives the parameters of a function, and of the function around it that made it; once for each round of what the call stands in. */
function callerRounds(model: ProjectModel, file: string, node: FunctionNode, indices: ReadonlySet<number>, site: NamedCall, path: readonly FunctionNode[]): readonly CalledRound[] {
  const { call, maker } = site;
  const isRest = node.parameters.findIndex(({ rest }) => rest === true);
  const parts = call.arguments.flatMap((argument, position) => {
    if (!indices.has(position) && !(isRest !== -1 && indices.has(isRest) && position >= isRest)) return [];
    return argument.kind === "object" ? decidingParts(model, site.file, argument, 1) : argument.kind === "function" || argument.kind === "call" || argument.kind === "new" || argument.kind === "array" ? [] : [argument];
  });
  const handed = maker?.file === site.file ? maker.call.arguments.filter(({ kind }) => kind === "name" || kind === "member") : [];
  // `handlers[name](router)` calls one of them in each round.
  const chosen = call.callee.kind === "index" ? call.callee : undefined;
  const { rounds: around, dead } = roundsOf(model, site.file, [...parts, ...handed, ...(chosen ? [chosen.index] : [])], path);
  if (dead && around.length === 0) return [];
  const calls = ({ names }: CalledRound): boolean => {
    const callee = chosen && inRound(model, site.file, chosen, names);
    return !callee || model.values.of(callee.file, callee.node).some((value) => value.kind !== "function" || value.node === node);
  };
  const outer = maker && model.values.index(file).functionAround(node)?.node;
  return (around.length > 0 ? around.filter(calls) : [{ names: new Map<string, Located>() }]).map((surrounding) => {
    const names = new Map([...surrounding.names, ...givenTo(model, file, node, site, surrounding.names), ...(outer ? givenTo(model, file, outer, maker, surrounding.names) : [])]);
    if (call.callee.kind === "member" && node.form === "method") names.set(selfKey(file, node), inRound(model, site.file, call.callee.object, surrounding.names) ?? { file: site.file, node: call.callee.object });
    return { names, from: [...(surrounding.from ?? []), site] };
  });
}

/** What the parameters of a function stand for in one call of it. */
function givenTo(model: ProjectModel, file: string, node: FunctionNode, site: NamedCall, around: Round): readonly (readonly [string, Located])[] {
  const { call } = site;
  return node.parameters.flatMap((parameter, position) => {
    const element = parameter.rest ? { kind: "array" as const, span: call.span, elements: call.arguments.slice(position) } : call.arguments[position];
    if (!element || element.kind === "spread") return [];
    const given = inRound(model, site.file, element, around) ?? { file: site.file, node: element };
    return [...bindings(model, file, (other) => other.kind === "parameter" && other.function === node && other.index === position, given)];
  });
}

/** An element of a list, and what names stand for in the round of a loop that put it there. */
interface Element extends Located {
  readonly names?: Round;
}

/** The elements of a list that is written out or read from a folder, also of `Object.entries`, `Object.keys` and `Object.values`. */
function elementsOf(model: ProjectModel, file: string, list: Expression, path: readonly FunctionNode[]): readonly Element[] {
  const names = listedFiles(model, file, list);
  if (names) return names;
  if (list.kind === "call" && list.callee.kind === "member" && isOfObject(list.callee)) {
    const { property } = list.callee;
    const [argument] = list.arguments;
    return (argument ? model.values.of(file, argument) : []).flatMap((value) => {
      if (value.kind === "namespace" && argument) return exportsOf(model, value.file, argument).map((member) => ({ file, node: keyOrValue(property, member) }));
      if (value.kind !== "object") return [];
      return value.node.members.flatMap((member) => (member.kind === "property" ? [{ file: value.file, node: keyOrValue(property, member) }] : []));
    });
  }
  // `new Map([["/users", users]])`
  const [held, ...others] = definitionsOf(model, file, list).flatMap(({ file: at, node }) => (node.kind === "new" && node.callee.kind === "name" && node.callee.binding === undefined && /^(Map|Set)$/.test(node.callee.name) && node.arguments[0] ? [{ file: at, node: node.arguments[0] }] : []));
  if (held && others.length === 0) return elementsOf(model, held.file, held.node, path);
  const mapped = definitionsOf(model, file, list).flatMap(({ file: at, node }) => (node.kind === "call" ? mappedElements(model, at, node, path) : []));
  if (mapped.length > 0) return mapped;
  const elements = model.values.of(file, list).flatMap((value): readonly Element[] => {
    if (value.kind !== "array") return [];
    return value.node.elements.flatMap((node) => (node.kind === "spread" ? elementsOf(model, value.file, node.value, path) : [{ file: value.file, node }]));
  });
  return [...elements, ...model.values.of(file, list).flatMap((value) => (value.kind === "array" ? pushedTo(model, value.file, value.node, path) : []))];
}

/** What `Object.keys`, `Object.values` or `Object.entries` makes of a property. */
function keyOrValue(property: string, { key, value }: { readonly key: string; readonly value: Expression }): Expression {
  const name: Expression = { kind: "literal", span: value.span, value: key };
  return property === "keys" ? name : property === "values" ? value : { kind: "array", span: value.span, elements: [name, value] };
}

/** What a module exports, as members of what `import * as handlers` names. */
function exportsOf(model: ProjectModel, file: string, namespace: Expression): readonly { readonly key: string; readonly value: Expression }[] {
  const { span } = namespace;
  const names = model.facts(file).exports.flatMap(({ name, typeOnly }) => (typeOnly || name === "export=" || name === "*" ? [] : [name]));
  return [...new Set(names)].map((key) => ({ key, value: { kind: "member", span, object: namespace, property: key, propertySpan: span } }));
}

/** What `names.map((name) => require(name))` makes of each element. */
function mappedElements(model: ProjectModel, file: string, { callee, arguments: [callback] }: CallExpression, path: readonly FunctionNode[]): readonly Located[] {
  if (callee.kind !== "member" || callee.property !== "map" || callback?.kind !== "function") return [];
  const [returned, ...others] = model.values.returned(callback.function);
  if (!returned || others.length > 0) return [];
  return elementsOf(model, file, callee.object, path).map((element) => inRound(model, file, returned, bindings(model, file, (source) => source.kind === "parameter" && source.function === callback.function && source.index === 0, element)) ?? { file, node: returned });
}

/** The elements of a list by its name, also those that are put into it later. */
export function heldIn(model: ProjectModel, file: string, list: Extract<Expression, { kind: "name" }>): readonly Located[] {
  const written = elementsOf(model, file, list, []);
  return written.length > 0 || list.binding === undefined ? written : putInto(model, file, list.binding, []);
}

/** The lists that a list is joined with where it is given once more: `routes = routes.concat(require(path))`. */
function joinedTo(model: ProjectModel, file: string, binding: number): readonly Expression[] {
  return (model.values.assignments(file).get(binding) ?? []).flatMap((value) => {
    const isSame = value.kind === "call" && value.callee.kind === "member" && value.callee.property === "concat" && value.callee.object.kind === "name" && value.callee.object.binding === binding;
    return isSame ? value.arguments.filter(({ kind }) => kind !== "spread") : [];
  });
}

/** What is put into a list after it was written: `if (settings.coverage) plugins.push("coverage")`, also in each round of a loop. */
function pushedTo(model: ProjectModel, file: string, list: Expression, path: readonly FunctionNode[]): readonly Element[] {
  return putInto(model, file, model.values.index(file).sources.findIndex((source) => source?.kind === "value" && source.value === list && source.path.length === 0), path);
}

function putInto(model: ProjectModel, file: string, binding: number, path: readonly FunctionNode[]): readonly Element[] {
  const index = model.values.index(file);
  const pushed = (model.values.mutations(file).get(binding) ?? []).flatMap(({ kind, value }) => (kind === "element" ? [value] : []));
  return [...pushed, ...joinedTo(model, file, binding)].flatMap((value) => {
    if (value.kind === "literal") return [{ file, node: value }];
    const around = index.functionAround(value)?.node;
    const rounds = around && !path.includes(around) ? roundsOf(model, file, [value], [...path, around]).rounds : [];
    const found = rounds.flatMap(({ names }): readonly Element[] => {
      const put = value.kind === "object" ? { file, node: value } : inRound(model, file, value, names);
      return put && !isLeftOut(model, file, value, names) ? [{ ...put, names }] : [];
    });
    return found.length > 0 ? found : rounds.length === 0 || value.kind === "object" ? [{ file, node: value }] : [];
  });
}
