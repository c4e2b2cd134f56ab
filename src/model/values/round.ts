import { folderOf, relativeTo } from "../../base/paths.js";
import { propertyOf } from "../../facts/names.js";
import type { ArrayExpression, CallExpression, Expression, FunctionNode, MemberExpression, NameExpression, ObjectExpression } from "../../facts/syntax.js";
import { computedFolder, computedNumber, computedText, computedTruth, type Given, givenKey } from "./computed.js";
import { fieldGiven } from "./constructor-fields.js";
import type { BindingSource, PatternStep } from "../modules/file-index.js";
import type { ProjectModel } from "../project-model.js";
import { pathTexts, unknownPart } from "./path-texts.js";
import type { Located } from "./located.js";

/** What names stand for in one round of a loop, or for one caller of a function; `this` of a method by `selfKey`. */
export type Round = Given;

const mostSteps = 24;
/** Calls that make what another one is given are followed so far. */
const deepestMaker = 8;

/** What `this` is in a method. */
export function selfKey(file: string, method: FunctionNode): string {
  return `${file}#this@${method.span[0]}`;
}

/** Where an expression that depends on a round is written, or the text that it has there; undefined if it does not. */
export function inRound(model: ProjectModel, file: string, node: Expression, round: Round, steps = 0): Located | undefined {
  if (round.size === 0 || steps > mostSteps) return undefined;
  const found = written(model, file, node, round, steps + 1);
  if (found) return found.file === file && found.node === node ? found : (inRound(model, found.file, found.node, round, steps + 1) ?? found);
  if (!/^(call|index|template|binary|conditional)$/.test(node.kind)) return undefined;
  const value = computedText(model, file, node, round);
  return value === undefined ? undefined : { file, node: { kind: "literal", span: node.span, value } };
}

function written(model: ProjectModel, file: string, node: Expression, round: Round, steps: number): Located | undefined {
  const inner = (part: Expression): Located | undefined => inRound(model, file, part, round, steps);
  switch (node.kind) {
    case "name": {
      if (node.binding === undefined) return undefined;
      const known = round.get(givenKey(file, node.binding));
      if (known) return known;
      // What the module itself declares is the same in every round.
      const source = model.values.index(file).sources[node.binding];
      return source?.kind === "value" && source.value && model.facts(file).bindings[node.binding]?.top === undefined ? inner(behindPath(source.value, source.path)) : undefined;
    }
    case "this": {
      const method = methodAround(model, file, node);
      return method && round.get(selfKey(file, method));
    }
    case "member": {
      const field = node.object.kind === "this" ? fieldGiven(model, file, node.object, node.property) : undefined;
      const given = field?.file === file ? inner(field.node) : undefined;
      if (given) return given;
      const object = inner(node.object);
      if (!object) return undefined;
      const isKept = isLoaded(object.node) || node.object.kind === "this";
      return take(model, object, { kind: "property", key: node.property }) ?? (isKept ? { file: object.file, node: { ...node, object: object.node } } : undefined);
    }
    case "index":
      return element(model, file, node, round, steps);
    case "conditional": {
      const test = computedTruth(model, file, node.test, round);
      const branch = test === undefined ? undefined : test ? node.then : node.else;
      return branch && (inner(branch) ?? { file, node: branch });
    }
    case "template":
      return node.tag ? undefined : joined(model, file, node, node.texts, node.values, round, steps);
    case "binary":
      if (node.operator === "??" || node.operator === "||") return leftOr(model, file, node, round, steps);
      return node.operator === "+" ? joined(model, file, node, ["", "", ""], [node.left, node.right], round, steps) : undefined;
    case "cast":
    case "await":
      return inner(node.value);
    case "object":
      return withOptions(model, file, node, round, steps);
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
      if (node.callee.kind !== "member") return undefined;
      const object = inner(node.callee.object);
      // `route.method.toLowerCase()`, `options.handler.bind(this)` and `[verbs[name]].flat()`
      if (/^(to(Lower|Upper)Case|bind|flat)$/.test(node.callee.property)) return object;
      const [first] = node.arguments;
      // `Object.entries(verbs)`
      const table = first && isOfObject(node.callee) ? inner(first) : undefined;
      if (table) return { file: table.file, node: { ...node, arguments: [table.node] } };
      // `require(path).routes()` and `part.routes()`
      const isKept = object && (isLoaded(object.node) || (node.arguments.length === 0 && isPart(object.node)));
      return isKept ? { file: object.file, node: { ...node, callee: { ...node.callee, object: object.node } } } : undefined;
    }
    case "array":
      return withElements(model, file, node, round, steps);
    default:
      return undefined;
  }
}

/** `route.version ?? "v1"`: what the object of the round has, or what stands for it where that has nothing. */
function leftOr(model: ProjectModel, file: string, { left, right }: Extract<Expression, { kind: "binary" }>, round: Round, steps: number): Located | undefined {
  const given = inRound(model, file, left, round, steps);
  if (given) return given;
  const owner = left.kind === "member" ? inRound(model, file, left.object, round, steps) : undefined;
  return owner && (inRound(model, file, right, round, steps) ?? { file, node: right });
}

/** `routers[name]`, `args[1]` and `args[args.length - 1]`. */
function element(model: ProjectModel, file: string, { object, index }: Extract<Expression, { kind: "index" }>, round: Round, steps: number): Located | undefined {
  const list = inRound(model, file, object, round, steps) ?? { file, node: object };
  const at = computedNumber(model, file, index, round);
  if (at !== undefined) return take(model, list, { kind: "element", index: at });
  const { file: from, node: key } = inRound(model, file, index, round, steps) ?? { file, node: index };
  const text = model.values.text(from, key);
  return text === undefined ? undefined : take(model, list, { kind: "property", key: text });
}

/** A text put together of what is given in a round; what is not known of it stays unknown. */
function joined(model: ProjectModel, file: string, whole: Expression, texts: readonly string[], values: readonly Expression[], round: Round, steps: number): Located | undefined {
  const parts = values.map((value) => inRound(model, file, value, round, steps));
  if (parts.every((part) => part === undefined)) return undefined;
  const known = values.map((value, index) => computedText(model, file, value, round) ?? pathTexts(model, parts[index]?.file ?? file, parts[index]?.node ?? value)?.[0]?.text ?? unknownPart);
  const value = texts.map((text, index) => text + (known[index] ?? "")).join("");
  return { file, node: { kind: "literal", span: whole.span, value } };
}

/** The method that `this` belongs to. */
function methodAround(model: ProjectModel, file: string, node: Expression): FunctionNode | undefined {
  let context = model.values.index(file).functionAround(node);
  while (context?.node.form === "arrow") context = context.parent;
  return context?.node;
}

/** What is loaded in a round, seen from the file that loads it. */
function specifier(model: ProjectModel, file: string, node: Expression, round: Round): Expression | undefined {
  const text = computedText(model, file, node, round);
  const target = text === undefined ? computedFolder(model, file, node, round) : undefined;
  const value = text ?? (target === undefined ? undefined : `./${relativeTo(folderOf(file), target)}`);
  return value === undefined ? undefined : { kind: "literal", span: node.span, value };
}

/** `value.default` for what `const { default: router } = value` takes, `value[0]` for what `const [router] = value` does. */
function behindPath(value: Expression, path: readonly PatternStep[]): Expression {
  const { span } = value;
  return path.reduce((object, step): Expression => {
    if (step.kind === "property") return { kind: "member", span, object, property: step.key, propertySpan: span };
    return step.kind === "element" ? { kind: "index", span, object, index: { kind: "literal", span, value: step.index } } : object;
  }, value);
}

/** What `require(…)` is given. */
export function requiredPath({ callee, arguments: [path] }: CallExpression): Expression | undefined {
  return callee.kind === "name" && callee.name === "require" ? path : undefined;
}

/** `Object.keys`, `Object.values` and `Object.entries`. */
export function isOfObject({ object, property }: MemberExpression): boolean {
  return object.kind === "name" && object.name === "Object" && /^(keys|values|entries)$/.test(property);
}

/** What is kept under a name, and what an expression makes only where it stands. */
function isPart({ kind }: Expression): boolean {
  return kind === "name" || kind === "member";
}

function isLoaded(node: Expression): boolean {
  if (node.kind === "call") return requiredPath(node) !== undefined || (node.callee.kind === "member" && isLoaded(node.callee.object));
  return node.kind === "import" || (node.kind === "member" && isLoaded(node.object));
}

/** An object of options with what differs between the rounds put in. */
function withOptions(model: ProjectModel, file: string, node: ObjectExpression, round: Round, steps: number): Located | undefined {
  let changed = false;
  const members = node.members.map((member) => {
    const given = member.kind === "property" ? inRound(model, file, member.value, round, steps) : undefined;
    if (member.kind !== "property" || !given || given.node === member.value || (given.file !== file && given.node.kind !== "literal")) return member;
    changed = true;
    return { ...member, value: given.node };
  });
  return changed ? { file, node: { ...node, members } } : undefined;
}

/** A list with what differs between the rounds put in. */
function withElements(model: ProjectModel, file: string, node: ArrayExpression, round: Round, steps: number): Located | undefined {
  const given = node.elements.map((element) => (element.kind === "spread" ? undefined : inRound(model, file, element, round, steps)));
  const isHere = (one: Located | undefined): one is Located => one !== undefined && (one.file === file || one.node.kind === "literal");
  return given.some(isHere) ? { file, node: { ...node, elements: node.elements.map((element, index) => (isHere(given[index]) ? given[index].node : element)) } } : undefined;
}

/** A property or element of what is written out. */
export function take(model: ProjectModel, { file, node }: Located, step: PatternStep, depth = 0): Located | undefined {
  if (step.kind === "element" && node.kind === "array") return elementAt(node.elements, step.index, file);
  if (step.kind === "rest" && node.kind === "array" && step.from !== undefined) return { file, node: { ...node, elements: node.elements.slice(step.from) } };
  if (step.kind === "property" && node.kind === "object") {
    const own = propertyOf(node, step.key);
    if (own) return { file, node: own };
  }
  const handed = handedBack(model, file, node);
  if (handed) return depth > deepestMaker ? undefined : take(model, handed, step, depth + 1);
  for (const value of model.values.of(file, node)) {
    const part = step.kind === "property" && value.kind === "object" ? propertyOf(value.node, step.key) : step.kind === "element" && value.kind === "array" ? value.node.elements[step.index] : undefined;
    if (!part || (value.kind !== "object" && value.kind !== "array")) continue;
    const round = givenToMaker(model, file, node, depth + 1);
    const given = inRound(model, value.file, part, round);
    return given ?? (lacksPart(model, value.file, part, round) ? undefined : { file: value.file, node: part });
  }
  // What a module that is loaded in a round exports.
  return step.kind === "property" && isLoaded(node) ? { file, node: { kind: "member", span: node.span, object: node, property: step.key, propertySpan: node.span } } : undefined;
}

/** The argument of a call that gives it back as it is, behind the name of what it gave: `{ … }` of `const list = defineRoute({ … })`. */
function handedBack(model: ProjectModel, file: string, node: Expression): Located | undefined {
  const made = node.kind === "name" ? declaredWith(model, file, node) : { file, node };
  if (made?.node.kind !== "call") return undefined;
  const [callee, ...others] = model.values.of(made.file, made.node.callee);
  const [returned, ...more] = callee?.kind === "function" && others.length === 0 ? model.values.returned(callee.node) : [];
  if (callee?.kind !== "function" || returned?.kind !== "name" || returned.binding === undefined || more.length > 0) return undefined;
  const source = model.values.index(callee.file).sources[returned.binding];
  const given = source?.kind === "parameter" && source.function === callee.node && source.path.length === 0 ? made.node.arguments[source.index] : undefined;
  return given && { file: made.file, node: given };
}

/** What a name is declared with, across files. */
function declaredWith(model: ProjectModel, file: string, { binding }: NameExpression): Located | undefined {
  const declaration = binding === undefined ? undefined : model.declarationOfBinding(file, binding);
  const source = declaration?.kind === "binding" ? model.values.index(declaration.file).sources[declaration.binding] : undefined;
  return declaration?.kind === "binding" && source?.kind === "value" && source.value && source.path.length === 0 ? { file: declaration.file, node: source.value } : undefined;
}

/** Whether a name takes a part of what a call gave that is not in it: `version` of `const { version } = contract`. */
function lacksPart(model: ProjectModel, file: string, node: Expression, round: Round): boolean {
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  return source?.kind === "value" && source.value !== undefined && source.path.length > 0 && inRound(model, file, source.value, round) !== undefined;
}

/** What the parameters of the functions that make something stand for in it: `contract` in what `endpoint(contract)(handler)` gives. */
export function givenToMaker(model: ProjectModel, file: string, node: Expression, steps = 0): Round {
  // What two modules make of each other leads back to itself.
  if (steps > deepestMaker) return new Map();
  if (node.kind === "name") {
    const made = declaredWith(model, file, node);
    return made ? givenToMaker(model, made.file, made.node, steps + 1) : new Map();
  }
  if (node.kind !== "call") return new Map();
  const round = new Map(givenToMaker(model, file, node.callee, steps + 1));
  for (const maker of model.values.of(file, node.callee))
    if (maker.kind === "function")
      for (const [position, argument] of node.arguments.entries())
        for (const [key, taken] of bindings(model, maker.file, (source) => source.kind === "parameter" && source.function === maker.node && source.index === position, { file, node: argument }, steps + 1)) round.set(key, taken);
  return round;
}

/** What an element of a loop, or an argument of a call, gives the names that are declared for it. */
export function bindings(model: ProjectModel, file: string, isDeclaredFor: (source: BindingSource) => boolean, given: Located, depth = 0): Round {
  const round = new Map<string, Located>();
  for (const [binding, source] of model.values.index(file).sources.entries()) {
    if (!source || !isDeclaredFor(source) || !("path" in source)) continue;
    const taken = source.path.reduce<Located | undefined>((from, step) => from && take(model, from, step, depth), given) ?? withoutPart(model, file, source, given);
    if (taken) round.set(givenKey(file, binding), taken);
  }
  return round;
}

/** What a name stands for that a pattern takes of an object that is written out without it: `"/"` for `{ path = "/" }`, and `undefined` for `{ auth }`. */
function withoutPart(model: ProjectModel, file: string, source: BindingSource, given: Located): Located | undefined {
  if (!("path" in source) || source.path.length !== 1 || source.path[0]?.kind !== "property") return undefined;
  const [made, ...others] = model.values.of(given.file, (handedBack(model, given.file, given.node) ?? given).node);
  if (made?.kind !== "object" || others.length > 0 || made.node.members.some(({ kind }) => kind !== "property")) return undefined;
  const fallback = "default" in source ? source.default : undefined;
  return { file, node: fallback ?? { kind: "name", span: given.node.span, name: "undefined" } };
}

/** `undefined`, which stands for what an object that is written out lacks. */
export function isAbsent({ node }: Located): boolean {
  return node.kind === "name" && node.binding === undefined && node.name === "undefined";
}

function elementAt(elements: readonly Expression[], index: number, file: string): Located | undefined {
  const node = elements.slice(0, index + 1).some(({ kind }) => kind === "spread") ? undefined : elements[index];
  return node && { file, node };
}
