import { folderOf, relativeTo } from "../../base/paths.js";
import { propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, ObjectExpression } from "../../facts/syntax.js";
import { isFunctionNode, walkAll } from "../../facts/walk.js";
import { computedFolder, computedText } from "../computed.js";
import { fieldGiven } from "../constructor-fields.js";
import type { BindingSource, FileIndex, PatternStep } from "../file-index.js";
import type { ProjectModel } from "../project-model.js";
import { listedNames } from "./folder-listing.js";
import type { Located } from "./route.js";

/** What a registration is in one round of a loop, or for one caller of the function around it. */
export interface Registration {
  /** The member that is called: `get` for `app.get(…)`, `app["get"](…)` and `app[route.method](…)`. */
  readonly method: string;
  readonly receiver: Located;
  readonly arguments: readonly Located[];
}

/** What names stand for in one round. */
type Round = ReadonlyMap<number, Located>;

/** More rounds than this are not read. */
const mostRounds = 500;
const decidingOptions = new Set(["method", "url", "path", "prefix"]);
const rounds: Readonly<Record<string, number>> = { forEach: 0, map: 0, flatMap: 0 };

/**
 * A registration whose method or path depends on the variable of a loop over a table, or on a parameter whose callers are
 * known, once for each round; any other registration once, as it is written.
 */
export function unroll(model: ProjectModel, file: string, call: CallExpression, object: Expression, member: string | Expression): readonly Registration[] {
  const index = model.values.index(file);
  const deciding = [...(typeof member === "string" ? [] : [member]), ...call.arguments.flatMap((node, position) => decidingParts(index, node, position))];
  const found = roundsOf(model, file, index, deciding);
  return (found.length > 0 ? found : [new Map<number, Located>()]).flatMap((round) => {
    const place = (node: Expression): Located => resolve(model, file, node, round) ?? { file, node };
    const given = call.arguments.map((node) => (node.kind === "spread" ? spread(place(node.value)) : place(node)));
    return methodsOf(model, file, member, round).map((method) => ({ method, receiver: place(object), arguments: given }));
  });
}

/** What of an argument decides which route it is: the path, the module that is loaded, and in an object of options what says method, path or prefix. */
function decidingParts(index: FileIndex, node: Expression, position: number): readonly Expression[] {
  const module = loadedModule(index, node);
  if (module) return [module];
  if (node.kind === "object") return node.members.flatMap((member) => (member.kind === "property" && decidingOptions.has(member.key) ? [member.value] : []));
  return position === 0 && node.kind !== "function" && node.kind !== "call" ? [node] : [];
}

/** The path of the module that an argument is, where it is made while it runs: `require("./routes/" + name)`. */
export function loadedModule(index: FileIndex, node: Expression, depth = 0): Expression | undefined {
  if (depth > 4) return undefined;
  switch (node.kind) {
    case "await":
    case "cast":
      return loadedModule(index, node.value, depth + 1);
    case "member":
      return loadedModule(index, node.object, depth + 1);
    case "name": {
      const source = node.binding === undefined ? undefined : index.sources[node.binding];
      return source?.kind === "value" && source.value ? loadedModule(index, source.value, depth + 1) : undefined;
    }
    case "import":
      return node.argument.kind === "literal" ? undefined : node.argument;
    case "call": {
      const path = requiredPath(node);
      return path?.kind === "literal" ? undefined : path;
    }
    default:
      return undefined;
  }
}

/** What `require(…)` is given. */
function requiredPath({ callee, arguments: [path] }: CallExpression): Expression | undefined {
  return callee.kind === "name" && callee.name === "require" ? path : undefined;
}

function spread({ file, node }: Located): Located {
  return { file, node: { kind: "spread", span: node.span, value: node } };
}

function methodsOf(model: ProjectModel, file: string, member: string | Expression, round: Round): readonly string[] {
  if (typeof member === "string") return [member];
  const { file: at, node } = resolve(model, file, member, round) ?? { file, node: member };
  return model.values.of(at, node).flatMap((value) => (value.kind === "constant" && typeof value.value === "string" ? [value.value.toLowerCase()] : []));
}

/** The rounds in which expressions have other values; none if they have the same in all. */
function roundsOf(model: ProjectModel, file: string, index: FileIndex, nodes: readonly Expression[]): readonly Round[] {
  const drivers = new Map<object, readonly Round[]>();
  const visit = (node: Expression, depth: number): void => {
    walkAll([node], (part) => {
      if (isFunctionNode(part)) return false;
      if (!("kind" in part)) return undefined;
      const field = part.kind === "member" && part.object.kind === "this" ? fieldGiven(model, file, part.object, part.property) : undefined;
      if (field && depth < 3) visit(field, depth + 1);
      if (part.kind !== "name" || part.binding === undefined) return undefined;
      const source = index.sources[part.binding];
      if (source?.kind === "element" && !drivers.has(source.subject)) drivers.set(source.subject, elementRounds(model, file, index, source.subject, (other) => other.kind === "element" && other.subject === source.subject));
      if (source?.kind === "parameter" && !drivers.has(source.function)) drivers.set(source.function, parameterRounds(model, file, index, source));
      if (source?.kind === "value" && source.value && depth < 3) visit(source.value, depth + 1);
      return undefined;
    });
  };
  for (const node of nodes) visit(node, 0);
  const lists = [...drivers.values()].filter((list) => list.length > 0);
  if (lists.length === 0) return [];
  const product = lists.reduce<readonly Round[]>((all, list) => (all.length * list.length > mostRounds ? all : all.flatMap((left) => list.map((right) => new Map([...left, ...right])))), [new Map()]);
  return product;
}

/** The rounds of a loop over a list that is written out. */
function elementRounds(model: ProjectModel, file: string, index: FileIndex, subject: Expression, isOfLoop: (source: BindingSource) => boolean): readonly Round[] {
  return elementsOf(model, file, subject).map((element) => bindings(model, index, isOfLoop, element));
}

/** What each element of a round gives the names that its loop or callback declares. */
function bindings(model: ProjectModel, index: FileIndex, isOfLoop: (source: BindingSource) => boolean, element: Located): Round {
  const round = new Map<number, Located>();
  for (const [binding, source] of index.sources.entries()) {
    if (!source || !isOfLoop(source) || !("path" in source)) continue;
    const taken = source.path.reduce<Located | undefined>((from, step) => from && take(model, from, step), element);
    if (taken) round.set(binding, taken);
  }
  return round;
}

/** The elements that a callback of `table.forEach(…)` is given, or what each caller of a function gives its parameters. */
function parameterRounds(model: ProjectModel, file: string, index: FileIndex, source: Extract<BindingSource, { kind: "parameter" }>): readonly Round[] {
  const { passedTo } = index.functions.get(source.function) ?? {};
  const callee = passedTo?.call.callee;
  if (callee?.kind === "member" && rounds[callee.property] === source.index)
    return elementRounds(model, file, index, callee.object, (other) => other.kind === "parameter" && other.function === source.function && other.index === source.index);
  if (passedTo) return [];
  return model.values.callSites.of(file, source.function).map(({ file: at, call }) => {
    const round = new Map<number, Located>();
    for (const [position, node] of call.arguments.entries())
      if (node.kind !== "spread") for (const [binding, given] of bindings(model, index, (other) => other.kind === "parameter" && other.function === source.function && other.index === position, { file: at, node })) round.set(binding, given);
    return round;
  });
}

/** The elements of a list that is written out or read from a folder, also of `Object.entries`, `Object.keys` and `Object.values`. */
function elementsOf(model: ProjectModel, file: string, list: Expression): readonly Located[] {
  const names = listedNames(model, file, list);
  if (names) return names;
  if (list.kind === "call" && list.callee.kind === "member" && list.callee.object.kind === "name" && list.callee.object.name === "Object") {
    const { property } = list.callee;
    const [argument] = list.arguments;
    return (argument ? model.values.of(file, argument) : []).flatMap((value) => {
      if (value.kind !== "object") return [];
      return value.node.members.flatMap((member): readonly Located[] => {
        if (member.kind !== "property") return [];
        const key: Expression = { kind: "literal", span: member.keySpan, value: member.key };
        const node: Expression = property === "keys" ? key : property === "values" ? member.value : { kind: "array", span: member.span, elements: [key, member.value] };
        return [{ file: value.file, node }];
      });
    });
  }
  return model.values.of(file, list).flatMap((value) => {
    if (value.kind !== "array") return [];
    return value.node.elements.flatMap((node) => (node.kind === "spread" ? elementsOf(model, value.file, node.value) : [{ file: value.file, node }]));
  });
}

/** Where an expression that depends on a round is written, or the text that it has there; undefined if it does not. */
function resolve(model: ProjectModel, file: string, node: Expression, round: Round): Located | undefined {
  if (round.size === 0) return undefined;
  const found = resolveWritten(model, file, node, round);
  if (found || !/^(call|index|template|binary|conditional)$/.test(node.kind)) return found;
  const value = computedText(model, file, node, round);
  return value === undefined ? undefined : { file, node: { kind: "literal", span: node.span, value } };
}

function resolveWritten(model: ProjectModel, file: string, node: Expression, round: Round): Located | undefined {
  switch (node.kind) {
    case "name": {
      if (node.binding === undefined) return undefined;
      const known = round.get(node.binding);
      if (known) return known;
      const source = model.values.index(file).sources[node.binding];
      return source?.kind === "value" && source.value ? resolve(model, file, behindPath(source.value, source.path), round) : undefined;
    }
    case "member": {
      const field = node.object.kind === "this" ? fieldGiven(model, file, node.object, node.property) : undefined;
      if (field) return resolve(model, file, field, round);
      const object = resolve(model, file, node.object, round);
      return object && (take(model, object, { kind: "property", key: node.property }) ?? (isLoaded(object.node) ? { file: object.file, node: { ...node, object: object.node } } : undefined));
    }
    case "index": {
      // `routers[name]`
      const { file: at, node: key } = resolve(model, file, node.index, round) ?? { file, node: node.index };
      const text = model.values.text(at, key);
      return text === undefined ? undefined : take(model, resolve(model, file, node.object, round) ?? { file, node: node.object }, { kind: "property", key: text });
    }
    case "cast":
    case "await":
      return resolve(model, file, node.value, round);
    case "object":
      return withOptions(model, file, node, round);
    case "import": {
      const argument = specifier(model, file, node.argument, round);
      return argument && { file, node: { ...node, argument } };
    }
    case "call": {
      const required = requiredPath(node);
      if (required) {
        const argument = specifier(model, file, required, round);
        return argument && { file, node: { ...node, arguments: [argument] } };
      }
      // `route.method.toLowerCase()`
      return node.callee.kind === "member" && /^to(Lower|Upper)Case$/.test(node.callee.property) ? resolve(model, file, node.callee.object, round) : undefined;
    }
    default:
      return undefined;
  }
}

/** What is loaded in a round, seen from the file that loads it. */
function specifier(model: ProjectModel, file: string, node: Expression, round: Round): Expression | undefined {
  const text = computedText(model, file, node, round);
  const target = text === undefined ? computedFolder(model, file, node, round) : undefined;
  const value = text ?? (target === undefined ? undefined : `./${relativeTo(folderOf(file), target)}`);
  return value === undefined ? undefined : { kind: "literal", span: node.span, value };
}

/** `value.default` for what `const { default: router } = value` takes. */
function behindPath(value: Expression, path: readonly PatternStep[]): Expression {
  return path.reduce((object, step): Expression => (step.kind === "property" ? { kind: "member", span: value.span, object, property: step.key, propertySpan: value.span } : object), value);
}

function isLoaded(node: Expression): boolean {
  return node.kind === "import" || (node.kind === "call" && requiredPath(node) !== undefined) || (node.kind === "member" && isLoaded(node.object));
}

/** An object of options with what differs between the rounds put in. */
function withOptions(model: ProjectModel, file: string, node: ObjectExpression, round: Round): Located | undefined {
  let changed = false;
  const members = node.members.map((member) => {
    const given = member.kind === "property" ? resolve(model, file, member.value, round) : undefined;
    if (member.kind !== "property" || !given || (given.file !== file && given.node.kind !== "literal")) return member;
    changed = true;
    return { ...member, value: given.node };
  });
  return changed ? { file, node: { ...node, members } } : undefined;
}

/** A property or element of what is written out. */
function take(model: ProjectModel, { file, node }: Located, step: PatternStep): Located | undefined {
  for (const value of model.values.of(file, node)) {
    const part = step.kind === "property" && value.kind === "object" ? propertyOf(value.node, step.key) : step.kind === "element" && value.kind === "array" ? value.node.elements[step.index] : undefined;
    if (part && (value.kind === "object" || value.kind === "array")) return { file: value.file, node: part };
  }
  return undefined;
}
