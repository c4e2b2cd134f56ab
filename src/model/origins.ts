import { wordTable } from "../base/word-table.js";
import { answers } from "../base/answers.js";
import { oncePer } from "../base/once-per.js";
import { OpenQuestions } from "../base/open-questions.js";
import { callStep, describe, kindOf } from "../catalogue/index.js";
import { lastName } from "../facts/names.js";
import type { CallExpression, ClassNode, Expression, FunctionNode, NewExpression, ObjectExpression } from "../facts/syntax.js";
import { argumentsAt } from "./arguments.js";
import { assignmentsOf, replacedBefore, undeclaredOf } from "./assignments.js";
import { callGraphOf } from "./call-graph.js";
import { constantKeys, keptKeys } from "./constant-keys.js";
import { constructorFunctionsOf } from "./constructor-functions.js";
import { cutFlowsOf } from "./cut-flows.js";
import type { BindingSource } from "./file-index.js";
import { type Mutation, mutationsOf } from "./mutations.js";
import { asEntry, fromEntry, joinOrigins, leaf, type Origin, type OriginStep, taken, takenAll, withStep } from "./origin.js";
import type { ProjectModel } from "./project-model.js";
import { returnedExpressions } from "./returns.js";
import { unknownKeysOf } from "./unknown-keys.js";
import type { ExternalValue } from "./value.js";

const mostOrigins = 24;
const deepest = 40;
/** Steps of one question; what takes more comes from nowhere that is known. */
const mostSteps = 4000;

/** Functions of the language that give back what they are given, with all of it. */
const transparent = new Set(["Object.freeze", "Object.seal", "structuredClone", "Promise.resolve", "Promise.all", "Array.from", "JSON.stringify", "Object.values", "Buffer.from"]);
/** Functions of the language that make a text of what they are given. */
const texting = new Set(["String", "decodeURIComponent", "decodeURI", "unescape", "atob"]);
/** Functions whose result says nothing a client could have chosen freely. */
const converting = new Set(["Number", "parseInt", "parseFloat", "Number.parseInt", "Number.parseFloat", "Boolean", "BigInt", "isNaN", "Number.isInteger", "Number.isFinite", "Array.isArray", "encodeURIComponent", "btoa", "Math.min", "Math.max", "Math.floor", "Math.ceil", "Math.round", "Math.abs", "Date.parse"]);
/** Methods that answer yes, no or a number. */
const judging = new Set(["includes", "startsWith", "endsWith", "has", "some", "every", "indexOf", "lastIndexOf", "findIndex", "test", "localeCompare", "charCodeAt", "length", "isEmpty", "equals", "push", "unshift"]);
/** Methods of lists that hand each element to a function, and as which parameter. */
const iterations: Readonly<Record<string, number>> = wordTable({ forEach: 0, map: 0, flatMap: 0, filter: 0, find: 0, findLast: 0, some: 0, every: 0, reduce: 1, reduceRight: 1 });
/** Methods that take one piece of what a text was split into. */
const onePiece = new Set(["pop", "shift", "at"]);
/** Methods that look something up by its name: the name belongs to the way. */
const lookingUp = new Set(["get", "getAll", "query", "queries", "param", "header", "valid", "cookie"]);
/** Functions of packages that put together what they are given. */
const joining: Readonly<Record<string, ReadonlySet<string>>> = wordTable({
  "node:path": new Set(["join", "resolve", "normalize", "format", "relative", "dirname"]),
  "node:util": new Set(["format", "inspect"]),
  "node:url": new Set(["format", "resolve", "parse"]),
  "node:querystring": new Set(["stringify", "unescape", "parse", "decode"]),
  qs: new Set(["parse"]),
  "pg-format": new Set(["default", "format"]),
  lodash: new Set(["trim", "toString", "toLower", "toUpper", "join", "castArray"]),
});
/** Functions of lodash that leave the elements of a list as they are. */
const listUtilities = new Set(["compact", "uniq", "uniqBy", "sortBy", "orderBy", "take", "drop", "flatten", "cloneDeep"]);
/** Methods whose result also holds their arguments. */
const merging = new Set(["concat", "join", "replace", "replaceAll", "padStart", "padEnd", "push", "unshift", "with", "assign", "merge"]);

/** Finds where values come from, as far as assignments, objects, texts and calls of the project's functions tell. Bounded in depth and number. */
export class Origins {
  readonly #model: ProjectModel;
  readonly #known = answers<object, readonly Origin[]>();
  readonly #questions: OpenQuestions<Origin>;

  constructor(model: ProjectModel) {
    this.#model = model;
    this.#questions = new OpenQuestions({ deepest, mostSteps, onGivenUp: (key) => cutFlowsOf(model).add(key) });
  }

  /** Where the value of an expression comes from. Constants come from nowhere. */
  of(file: string, node: Expression): readonly Origin[] {
    return this.#once(node, () => this.#trace(file, node));
  }

  /** Where what a function returns comes from; its own parameters are left for the caller to fill in. */
  ofReturn(file: string, node: FunctionNode): readonly Origin[] {
    return this.#once(node, () => returnedExpressions(node).flatMap((value) => (isFailure(this.#model, file, value) ? [] : this.of(file, value))));
  }

  /** Origins with the parameters of a called function replaced by what the call passes. */
  throughCall(origins: readonly Origin[], callee: FunctionNode, file: string, call: CallExpression | NewExpression): readonly Origin[] {
    return origins.flatMap((origin) => {
      if (origin.parameter?.function !== callee) return [origin];
      const { index } = origin.parameter;
      if (callee.parameters[index]?.rest === true) return call.arguments.slice(index).flatMap((argument) => this.of(file, argument).flatMap((outer) => joinOrigins(argument.kind === "spread" ? outer : withStep(outer, { kind: "element" }), origin)));
      const argument = call.arguments[index];
      return argument ? this.of(file, argument).flatMap((outer) => joinOrigins(outer, origin)) : [];
    });
  }

  #once(key: object, compute: () => readonly Origin[]): readonly Origin[] {
    return this.#questions.answer(this.#known, key, () => {
      const all = compute();
      if (all.length > mostOrigins) cutFlowsOf(this.#model).add(key);
      return all.slice(0, mostOrigins);
    });
  }

  #trace(file: string, node: Expression): readonly Origin[] {
    const inner = (part: Expression): readonly Origin[] => this.of(file, part);
    const carried = (parts: readonly Expression[], step: OriginStep): readonly Origin[] => parts.flatMap((part) => inner(part).map((origin) => withStep(origin, step)));
    switch (node.kind) {
      case "name":
        return this.#ofName(file, node);
      case "member":
        return this.#ofMember(file, node);
      case "index": {
        const piece = this.#pieceOf(file, node.object);
        if (piece) return piece;
        const keys = constantKeys(this.#model, file, node.index) ?? ["[]"];
        return inner(node.object).flatMap((origin) => keys.flatMap((key) => taken(origin, key)));
      }
      case "call":
        return this.#ofCall(file, node);
      case "new":
        // An address is what it was made of.
        if (holdsText(this.#model.values, file, node.callee)) return carried(node.arguments, { kind: "text" });
        // A document holds the keys that it is made of.
        if (this.#model.values.of(file, node.callee).some((value) => value.kind === "external" && kindOf(value.provenance) === "model")) return carried(node.arguments.slice(0, 1), { kind: "spread" });
        return [...(this.#ofFields(file, node) ?? carried(node.arguments, { kind: "call", file, node })), leaf(file, node)];
      case "template":
        return carried(node.values, { kind: node.tag ? "bound" : "text" });
      case "binary":
        if (node.operator === "+") return carried([node.left, node.right], { kind: "text" });
        if (node.operator === "&&") return inner(node.right);
        return node.operator === "||" || node.operator === "??" ? [...inner(node.left), ...inner(node.right)] : [];
      case "conditional":
        return [...inner(node.then), ...inner(node.else)];
      case "await":
      case "cast":
      case "assign":
      case "spread":
        return inner(node.value);
      case "array":
        return node.elements.flatMap((element, index) => (element.kind === "spread" ? inner(element.value) : inner(element).map((origin) => withStep(origin, { kind: "element", index }))));
      case "object":
        return node.members.flatMap((member, index) => {
          if (member.kind === "spread") return carried([member.value], { kind: "spread", ...overwritten(node.members.slice(index + 1)) });
          if (member.kind === "property") return carried([member.value], { kind: "property", key: member.key });
          return member.kind === "computed" ? carried([member.value], { kind: "property", key: "*", by: { file, key: member.key } }) : [];
        });
      case "other":
        return node.parts.flatMap(inner);
      case "this":
        return [leaf(file, node)];
      default:
        return [];
    }
  }

  /** What the constructor of a class of the project puts into the fields of a new record, which has nothing but fields; undefined for others. */
  #ofFields(file: string, node: NewExpression): readonly Origin[] | undefined {
    const made = this.#recordMadeBy(file, node);
    if (!made) return undefined;
    const declared = made.constructor.parameters.flatMap(({ property, target }, index) => {
      const argument = node.arguments[index];
      return property && target.kind === "binding" && argument && argument.kind !== "spread" ? this.of(file, argument).map((origin) => withStep(origin, { kind: "property", key: target.name })) : [];
    });
    const assigned = this.#model.values.index(made.file).memberAssignments.filter(({ object, in: context }) => object.kind === "this" && context?.node === made.constructor).flatMap(({ property, value }) => this.throughCall(this.of(made.file, value), made.constructor, file, node).filter((origin) => origin.parameter?.function !== made.constructor).map((origin) => withStep(origin, { kind: "property", key: property })));
    const fields = [...declared, ...assigned];
    return fields.length > 0 ? fields : undefined;
  }

  /** What fills the fields of a record that `new` makes: the constructor of a class, or a function as code before classes wrote it. */
  #recordMadeBy(file: string, { callee }: NewExpression): { readonly file: string; readonly constructor: FunctionNode } | undefined {
    for (const made of this.#model.values.of(file, callee)) {
      if (made.kind !== "class" && made.kind !== "function") continue;
      const record = made.kind === "class" ? made.node : constructorFunctionsOf(this.#model.values.index(made.file)).classes.get(made.node);
      if (!record || !isRecord(record)) continue;
      const own = record.members.find((member) => member.kind === "method" && member.name === "constructor");
      const filling = made.kind === "function" ? made.node : own?.kind === "method" ? own.function : undefined;
      if (filling) return { file: made.file, constructor: filling };
    }
    return undefined;
  }

  #ofName(file: string, node: Extract<Expression, { kind: "name" }>): readonly Origin[] {
    if (node.binding === undefined) return node.name === "undefined" ? [] : this.#ofUndeclared(file, node);
    const declaration = this.#model.declarationOfBinding(file, node.binding);
    if (declaration.kind === "package") return [leaf(file, node)];
    if (declaration.kind !== "binding") return [];
    const source = this.#model.values.index(declaration.file).sources[declaration.binding];
    const later = assignmentsOf(this.#model.facts(declaration.file)).get(declaration.binding);
    const replaced = later && declaration.file === file ? replacedBefore(this.#model.facts(file), node, later) : undefined;
    const put = mutationsOf(this.#model.facts(declaration.file)).get(declaration.binding);
    if (replaced) return this.#ofChanges(file, undefined, replaced, put);
    const first = source ? this.#ofSource(file, node, declaration.file, source) : [];
    const key = later ?? put;
    // `query = query.where(…)` is followed once for the name, however many such assignments read it.
    return key ? [...first, ...this.#once(key, () => this.#ofChanges(declaration.file, source, later, put))] : first;
  }

  #ofUndeclared(file: string, node: Extract<Expression, { kind: "name" }>): readonly Origin[] {
    // Modules and TypeScript refuse such names.
    const values = /\.c?js$/.test(file) ? undeclaredOf(this.#model.facts(file)).get(node.name) : undefined;
    return values ? this.#once(values, () => values.flatMap((value) => this.of(file, value))) : [leaf(file, node)];
  }

  /** What is assigned to a name after it was declared, and put into it. */
  #ofChanges(file: string, source: BindingSource | undefined, later: readonly Expression[] = [], put: readonly Mutation[] = []): readonly Origin[] {
    // The first assignment of a name without a value is its source already.
    const assigned = later.filter((value) => source?.kind !== "value" || value !== source.value).flatMap((value) => this.of(file, value));
    return [...assigned, ...put.flatMap((mutation) => this.#ofMutation(file, mutation))];
  }

  #ofMutation(file: string, { kind, key, computed, value }: Mutation): readonly Origin[] {
    // Keys of a constant list are named, whichever of them it is.
    const [named] = (computed && constantKeys(this.#model, file, computed)) ?? [];
    const step: OriginStep = kind === "keys" ? { kind: "spread" } : kind === "element" ? { kind: "element" } : { kind: "property", key: key ?? named ?? "*", ...(computed && named === undefined && { by: { file, key: computed } }) };
    return this.of(file, value).map((origin) => withStep(origin, step));
  }

  #ofSource(file: string, node: Expression, at: string, source: BindingSource): readonly Origin[] {
    switch (source.kind) {
      case "value":
        return [...(source.value ? ((source.path.length === 1 && source.path[0]?.kind === "element" ? this.#pieceOf(at, source.value) : undefined) ?? takenAll(this.of(at, source.value), source.path)) : []), ...(source.default ? this.of(at, source.default) : [])];
      case "element":
        return takenAll(this.of(at, source.subject).flatMap((origin) => taken(origin, "[]")), source.path);
      case "parameter": {
        const given = this.#ofCallback(at, source.function, source.index);
        if (given) return takenAll(given, source.path);
        return [...takenAll([{ file, node, parameter: { function: source.function, index: source.index }, path: [], steps: [] }], source.path), ...(source.default ? this.of(at, source.default) : [])];
      }
      default:
        return [];
    }
  }

  /** What a list gives to the function that is run for each of its elements, and a promise to the one behind it. */
  #ofCallback(file: string, node: FunctionNode, index: number): readonly Origin[] | undefined {
    const passedTo = this.#model.values.index(file).functions.get(node)?.passedTo;
    const listed = passedTo?.argument === 1 && passedTo.option === undefined && passedTo.call.kind === "call" ? this.#ofLodash(file, passedTo.call) : undefined;
    if (listed && iterations[listed.name] !== undefined) return index === iterations[listed.name] ? this.of(file, listed.list).flatMap((origin) => taken(origin, "[]")) : [];
    // `JSON.parse(text, (key, value) => …)`
    if (passedTo?.argument === 1 && passedTo.option === undefined && index === 1 && isJsonParse(passedTo.call)) return passedTo.call.arguments.slice(0, 1).flatMap((text) => this.of(file, textSource(text)).flatMap((origin) => taken(origin, "[]")));
    if (passedTo?.argument !== 0 || passedTo.option !== undefined || passedTo.call.kind !== "call" || passedTo.call.callee.kind !== "member") return undefined;
    const { object, property } = passedTo.call.callee;
    if (property === "then" && index === 0) return this.of(file, object);
    const element = iterations[property];
    // Other libraries have methods of these names too: their functions are given something else.
    if (element === undefined || this.#model.values.of(file, object).some((value) => value.kind === "external" && isApi(value))) return undefined;
    return index === element ? this.of(file, object).flatMap((origin) => taken(origin, "[]")) : [];
  }

  #ofMember(file: string, node: Extract<Expression, { kind: "member" }>): readonly Origin[] {
    if (node.object.kind === "this") {
      const { values } = this.#model;
      const around = values.classAround(file, node);
      const assigned = values.index(file).memberAssignments.filter(({ object, property }) => property === node.property && object.kind === "this" && around !== undefined && object.span[0] >= around.span[0] && object.span[1] <= around.span[1]);
      const member = around?.members.find((candidate) => candidate.kind === "property" && candidate.name === node.property);
      const found = [...assigned.map(({ value }) => value), ...(member?.kind === "property" && member.value ? [member.value] : [])].flatMap((value) => this.of(file, value));
      const given = found.length === 0 && around ? constructorParameter(around, node.property) : undefined;
      if (given) return [{ file, node, parameter: given, path: [], steps: [] }];
      return found.length > 0 ? found : [leaf(file, node)];
    }
    const replaced = this.#replacedBefore(file, node);
    if (replaced) return this.of(file, replaced);
    return this.of(file, node.object).flatMap((origin) => taken(origin, node.property));
  }

  /** The value that the same function gave a member (`req.body = …`) in a statement of its own before it is read. */
  #replacedBefore(file: string, { object, property, span }: Extract<Expression, { kind: "member" }>): Expression | undefined {
    if (object.kind !== "name" || object.binding === undefined) return undefined;
    const index = this.#model.values.index(file);
    const last = index.memberAssignments.findLast((assignment) => assignment.property === property && assignment.object.kind === "name" && assignment.object.binding === object.binding && assignment.value.span[1] <= span[0]);
    const statement = last && index.parentOf(last.value);
    const holder = statement && index.parentOf(statement);
    const around = holder && index.parentOf(holder);
    return last && around !== undefined && around === index.functionAround(object)?.node ? last.value : undefined;
  }

  #ofCall(file: string, node: CallExpression): readonly Origin[] {
    const { values } = this.#model;
    const checked = this.#ofParse(file, node);
    if (checked) return checked;
    if (this.#converts(file, node.callee)) return [];
    const external = values.of(file, node.callee).find((value): value is ExternalValue => value.kind === "external");
    if (external?.provenance.package === "global") {
      const name = external.provenance.path.join(".");
      // What was turned into text on the way is read back from it with all its keys.
      if (name === "Object.fromEntries") return node.arguments.flatMap((argument) => this.of(file, argument).map(fromEntry));
      if (name === "JSON.parse") return node.arguments.slice(0, 1).flatMap((argument) => this.of(file, textSource(argument)));
      if (transparent.has(name)) return node.arguments.flatMap((argument) => this.of(file, argument));
      if (texting.has(name)) return node.arguments.flatMap((argument) => this.of(file, argument).map((origin) => withStep(origin, { kind: "text" })));
      // An address keeps its host; what it would take to leave a tag or a quoted text is escaped.
      if (name === "encodeURI") return node.arguments.flatMap((argument) => this.of(file, argument).map((origin) => withStep(origin, { kind: "replace", pattern: "[<>\" ]", replacement: "%" })));
      if (name === "Object.entries") return node.arguments.flatMap((argument) => this.of(file, argument).map(asEntry));
      if (name === "Object.keys") return node.arguments.flatMap((argument) => this.of(file, argument).map((origin) => withStep(origin, { kind: "keys" })));
      if (name === "Object.assign") return node.arguments.flatMap((argument) => this.of(file, argument).map((origin) => withStep(origin, { kind: "spread" })));
    }
    const selected = this.#ofSelection(file, node);
    if (selected) return selected;
    const listed = this.#ofLodash(file, node);
    if (listed) {
      // `_.get(req.query, "page.sort", "id")`
      const way = listed.name === "get" && node.arguments[1] ? values.text(file, node.arguments[1]) : undefined;
      if (way !== undefined) return [...way.split(".").reduce((found, key) => found.flatMap((origin) => taken(origin, key)), this.of(file, listed.list)), ...node.arguments.slice(2).flatMap((argument) => this.of(file, argument))];
      const made = listUtilities.has(listed.name) ? this.of(file, listed.list) : this.#ofIteration(file, listed.list, listed.name, node.arguments.slice(1));
      if (made) return made;
    }
    if (external) {
      const { package: name, path } = external.provenance;
      if (!path.includes(callStep) && joining[name === "lodash-es" ? "lodash" : name]?.has(path.at(-1) ?? "")) return node.arguments.flatMap((argument) => this.of(file, argument).map((origin) => withStep(origin, { kind: "text" })));
      // Of the parts of a path, the folder alone may lead out of another one.
      if (name === "node:path" && path.at(-1) === "parse") return node.arguments.flatMap((argument) => this.of(file, argument).map((origin) => withStep(withStep(origin, { kind: "text" }), { kind: "property", key: "dir" })));
      // An object that is made of data and not stored yet has all their keys.
      const build = describe(external.provenance)?.store;
      if (build?.role === "build" && build.data) return argumentsAt(values, file, node, build.data).flatMap((argument) => this.of(file, argument).map((origin) => withStep(origin, { kind: "spread" })));
    }
    const { functions } = callGraphOf(this.#model).callees(file, node);
    if (functions.length > 0) return functions.flatMap((callee) => this.throughCall(this.ofReturn(callee.file, callee.node), callee.node, file, node));
    if (node.callee.kind === "member") {
      const { property } = node.callee;
      if (judging.has(property)) return [];
      // `[].concat(query.tags)`: a list of what is given, alone or in a list.
      if (property === "concat" && node.callee.object.kind === "array") return [node.callee.object, ...node.arguments].flatMap((part) => this.of(file, part));
      const matched = matchedText(node);
      if (matched) return capturesAny(matched.pattern) ? this.of(file, matched.text).map((origin) => withStep(origin, { kind: "text" })) : [];
      const made = this.#ofIteration(file, node.callee.object, property, node.arguments);
      if (made) return made;
      const [argument] = node.arguments;
      if ((property === "replace" || property === "replaceAll") && argument?.kind === "regex") {
        const replacement = node.arguments[1] && values.text(file, node.arguments[1]);
        return this.of(file, node.callee.object).map((origin) => withStep(origin, { kind: "replace", pattern: argument.pattern, replacement }));
      }
      const piece = onePiece.has(property) ? this.#pieceOf(file, node.callee.object) : undefined;
      if (piece) return piece;
      const key = lookingUp.has(property) && argument ? values.text(file, argument) : undefined;
      const receiver = this.of(file, node.callee.object).flatMap((origin) => taken(origin, `${property}()`)).flatMap((origin) => (key === undefined ? [origin] : taken(origin, key)));
      const given = merging.has(property) ? node.arguments.flatMap((argument) => this.of(file, argument).map((origin) => withStep(origin, { kind: "text" }))) : [];
      // What is asked of a constant is constant.
      return [...receiver, ...given];
    }
    return [leaf(file, node), ...node.arguments.flatMap((argument) => this.of(file, argument).map((origin) => withStep(origin, { kind: "call", file, node })))];
  }

  /** One piece of a text that is split at its dots, `name.split(".")` or a name for it: it holds none, as an ending does. */
  #pieceOf(file: string, list: Expression): readonly Origin[] | undefined {
    const source = list.kind === "name" && list.binding !== undefined ? this.#model.values.index(file).sources[list.binding] : undefined;
    const whole = splitAtDots(source?.kind === "value" && source.value && source.path.length === 0 ? source.value : list);
    return whole && this.of(file, whole).map((origin) => withStep(origin, { kind: "replace", pattern: "\\.", replacement: "" }));
  }

  /** The list that a function of lodash is given, and the name of the function: `_.map(rows, (row) => row.id)`. */
  #ofLodash(file: string, { callee, arguments: [list] }: CallExpression): { readonly name: string; readonly list: Expression } | undefined {
    const name = list && this.#model.values.of(file, callee).flatMap((value) => (value.kind === "external" && /^(lodash|lodash-es|underscore)$/.test(value.provenance.package) && !value.provenance.path.includes(callStep) ? [value.provenance.path.at(-1)] : []))[0];
    return list && name !== undefined ? { name, list } : undefined;
  }

  /** What `map` and `reduce` make is what their function returns; `filter` and its kin leave the elements as they are. */
  #ofIteration(file: string, list: Expression, property: string, [callback, initial]: readonly Expression[]): readonly Origin[] | undefined {
    const kept = property === "filter" && callback?.kind === "function" ? keptKeys(this.#model, file, callback.function) : undefined;
    if (kept && callback) return this.of(file, list).map((origin) => withStep(origin, { kind: "pick", file, node: callback, keys: kept }));
    if (property === "filter" || property === "slice" || property === "reverse" || property === "sort" || property === "flat") {
      return this.of(file, list);
    }
    // `ids.map(Number)`
    if (property === "map" && callback && this.#converts(file, callback)) return [];
    if (callback?.kind !== "function" || !/^(map|flatMap|reduce|then)$/.test(property)) return undefined;
    const returned = this.ofReturn(file, callback.function);
    if (property === "then" || property === "flatMap") return returned;
    return property === "map" ? returned.map((origin) => withStep(origin, { kind: "element" })) : [...returned, ...(initial ? this.of(file, initial) : [])];
  }

  /** Whether a function makes something else of whatever it is given, as `Number` does. */
  #converts(file: string, node: Expression): boolean {
    return node.kind !== "function" && this.#model.values.of(file, node).some((value) => value.kind === "external" && value.provenance.package === "global" && converting.has(value.provenance.path.join(".")));
  }

  /** A call that checks data against a schema and gives them back. */
  #ofParse(file: string, node: CallExpression): readonly Origin[] | undefined {
    const { values } = this.#model;
    for (const value of values.of(file, node.callee)) {
      const validation = value.kind === "external" ? describe(value.provenance, this.#model.packageOf(file).dependencies.get(value.provenance.package))?.validation : undefined;
      if (!validation || value.kind !== "external") continue;
      if (validation.output === "input") return undefined;
      if (validation.failure === "none" && validation.unknownKeys === undefined) {
        // Turned into an instance, with all its keys unless the options say otherwise.
        const step: OriginStep = isTrue(file, values, argumentsAt(values, file, node, ["2.excludeExtraneousValues"])) ? { kind: "parse", file, node, unknownKeys: "strip" } : { kind: "spread" };
        return argumentsAt(values, file, node, [validation.input]).flatMap((input) => this.of(file, input).map((origin) => withStep(origin, step)));
      }
      const [schema] = validation.schema !== undefined && validation.schema !== "type-argument" ? argumentsAt(values, file, node, [validation.schema]) : [];
      const schemaValue = schema ? values.of(file, schema).find((candidate): candidate is ExternalValue => candidate.kind === "external") : value;
      // `validate(input, { stripUnknown: true })` decides whatever the schema says.
      const strips = isTrue(file, values, argumentsAt(values, file, node, ["1.stripUnknown", "1.abortEarly.stripUnknown", "2.stripUnknown"]));
      const keeps = isTrue(file, values, argumentsAt(values, file, node, ["1.allowUnknown", "2.allowUnknown"]));
      const step: OriginStep = { kind: "parse", file, node, unknownKeys: strips ? "strip" : keeps ? "keep" : (validation.unknownKeys ?? (schemaValue && unknownKeysOf(this.#model, schemaValue))) };
      const [, key] = validation.output.split(".");
      const steps: readonly OriginStep[] = key === undefined ? [step] : [step, { kind: "property", key }];
      return argumentsAt(values, file, node, [validation.input]).flatMap((input) => this.of(file, input).map((origin) => steps.reduce(withStep, origin)));
    }
    return undefined;
  }

  /** `pick(object, ["a", "b"])` and `omit(…)` of the utility libraries. */
  #ofSelection(file: string, node: CallExpression): readonly Origin[] | undefined {
    const name = lastName(node.callee);
    const [object, ...others] = node.arguments;
    if ((name !== "pick" && name !== "omit") || !object || others.length === 0) return undefined;
    const keys = others.flatMap((argument) => (argument.kind === "array" ? argument.elements : [argument])).map((key) => this.#model.values.text(file, key));
    const known = keys.filter((key) => key !== undefined);
    const step: OriginStep = { kind: name, file, node, keys: known.length === keys.length ? known : undefined };
    return this.of(file, object).map((origin) => withStep(origin, step));
  }
}

/** The origins of a model, made at the first question. */
export const originsOf = oncePer((model: ProjectModel) => new Origins(model));

/** The constructor's parameter that declares the property `name` of a class. */
function constructorParameter({ members }: ClassNode, name: string): NonNullable<Origin["parameter"]> | undefined {
  const constructor = members.find((member) => member.kind === "method" && member.name === "constructor");
  if (constructor?.kind !== "method") return undefined;
  const index = constructor.function.parameters.findIndex(({ property, target }) => property !== undefined && target.kind === "binding" && target.name === name);
  return index === -1 ? undefined : { function: constructor.function, index };
}

/** Whether a class of the platform holds the text that it is made of, also where it is imported: `URL`, `Buffer`. */
function holdsText(values: ProjectModel["values"], file: string, callee: Expression): boolean {
  return values.of(file, callee).some((value) => value.kind === "external" && /^(global|node:url|node:buffer)$/.test(value.provenance.package) && /^(URL|Buffer)$/.test(value.provenance.path.join(".")));
}

/** Something of a library that has methods of its own, and not data that came through one. */
function isApi({ provenance }: ExternalValue): boolean {
  const kind = kindOf(provenance);
  return kind !== undefined && kind !== "request" && kind !== "context";
}

/** What `String(message)` and `message.toString()` make a text of. */
function textSource(node: Expression): Expression {
  if (node.kind === "cast" || node.kind === "await") return textSource(node.value);
  if (node.kind !== "call") return node;
  const { callee } = node;
  if (callee.kind === "member" && callee.property === "toString") return callee.object;
  const [argument] = node.arguments;
  return callee.kind === "name" && callee.binding === undefined && texting.has(callee.name) && argument ? textSource(argument) : node;
}

function isTrue(file: string, values: ProjectModel["values"], [node]: readonly Expression[]): boolean {
  return node !== undefined && values.of(file, node).some((value) => value.kind === "constant" && value.value === true);
}

/** `if (!parsed.success) return parsed;`: what failed holds no data. */
function isFailure(model: ProjectModel, file: string, value: Expression): boolean {
  const { parentOf } = model.values.index(file);
  const statement = value.kind === "name" ? parentOf(value) : undefined;
  const branch = statement && parentOf(statement);
  if (value.kind !== "name" || !branch || !("kind" in branch) || branch.kind !== "if" || branch.test.kind !== "unary" || branch.test.operator !== "!") return false;
  const { value: asked } = branch.test;
  return branch.then.some((one) => one === statement) && asked.kind === "member" && /^(success|ok|isValid|valid)$/.test(asked.property) && asked.object.kind === "name" && asked.object.binding === value.binding;
}

function isJsonParse({ callee }: CallExpression | NewExpression): boolean {
  return callee.kind === "member" && callee.property === "parse" && callee.object.kind === "name" && callee.object.name === "JSON";
}

/** The text that a pattern which is written out takes pieces of: `text.match(/…/)`, `/…/.exec(text)`. */
function matchedText({ callee, arguments: [argument] }: CallExpression): { readonly text: Expression; readonly pattern: string } | undefined {
  if (callee.kind !== "member" || !argument) return undefined;
  if (/^match(All)?$/.test(callee.property) && argument.kind === "regex") return { text: callee.object, pattern: argument.pattern };
  return callee.property === "exec" && callee.object.kind === "regex" ? { text: argument, pattern: callee.object.pattern } : undefined;
}

/** Whether a pattern takes any text as a piece: `Bearer (.+)`, `file=([^&]+)`. */
function capturesAny(pattern: string): boolean {
  return /\((?:\?<\w+>)?(?:\.|\\S|\[\\s\\S\]|\[\^(?:\\s|[&,;:="'?#)\]\s])+\])[*+]\??\)/.test(pattern);
}

/** A class that only holds what it is made of, as messages and requests between layers do. */
function isRecord({ members }: ClassNode): boolean {
  return members.every((member) => member.kind === "property" || (member.kind === "method" && (member.name === "constructor" || member.function.form === "getter")));
}

/** The keys that members of an object take from what is spread in front of them: `{ ...args, order: "name" }`. */
function overwritten(members: ObjectExpression["members"]): { readonly without?: readonly string[] } {
  const without = members.flatMap((member) => (member.kind === "property" ? [member.key] : []));
  return without.length > 0 ? { without } : {};
}

/** The text that is split at its dots, `name` of `name.split(".")`. */
function splitAtDots(node: Expression): Expression | undefined {
  if (node.kind !== "call" || node.callee.kind !== "member" || node.callee.property !== "split") return undefined;
  const [separator] = node.arguments;
  return separator?.kind === "literal" && separator.value === "." ? node.callee.object : undefined;
}
