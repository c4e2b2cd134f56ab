import { Gathered } from "../../base/gathered.js";
import { SettledAnswers, settleList } from "../../base/settled.js";
import { propertyOf } from "../../facts/names.js";
import type { CallExpression, ClassNode, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import { tellingCalls } from "./callers.js";
import { defaultExpression, type FileIndex, heldFunction, indexOf } from "../modules/file-index.js";
import type { Declaration, ProjectModel } from "../project-model.js";
import { loadedInLoop } from "../values/loaded-modules.js";
import { returnedExpressions } from "../modules/returns.js";
import { requiredPath } from "../values/round.js";

/** A call of a function of the project, found by the name it was declared with. */
export interface NamedCall {
  readonly file: string;
  readonly call: CallExpression | NewExpression;
  /** The call of the function around the one that is called, where it gave that one back: `actions(router)` for `const { get } = actions(router)`. */
  readonly maker?: NamedCall;
}

/** A list is followed through this many names and spreads. */
const mostSteps = 6;

/** Functions with more callers than this are utilities: their parameters are anything. */
const mostCallers = 30;

/**
 * Finds the calls of functions and the constructions of classes by name, through imports and barrels. Methods are not
 * looked up: too many share a name.
 */
export class CallSites {
  readonly #model: ProjectModel;
  readonly #byDeclaration: Gathered<string, NamedCall>;
  readonly #byLoad: Gathered<string, NamedCall>;
  readonly #byMember: Gathered<string, NamedCall>;
  readonly #byMethod = new SettledAnswers<FunctionNode, readonly NamedCall[]>(settleList);
  /** While it is found out which files a loop loads, what it calls of them is not known yet. */
  #isListing = false;
  readonly #few = new SettledAnswers<FunctionNode, readonly NamedCall[]>(settleList);

  constructor(model: ProjectModel) {
    this.#model = model;
    this.#byDeclaration = new Gathered(model.files, (file) => this.#callsIn(file));
    this.#byLoad = new Gathered(model.files, (file) => this.#loadedCallsIn(file));
    this.#byMember = new Gathered(model.files, (file) => memberCalls(model, file));
  }

  /** The calls of a function, or for a constructor the constructions of its class, those of tests only where there are no others; empty if there are too many to say. */
  of(file: string, node: FunctionNode): readonly NamedCall[] {
    return this.#few.of(node, () => {
      const calls = this.all(file, node);
      return calls.length > mostCallers ? [] : calls;
    });
  }

  /** The calls of a function or constructor, however many. */
  all(file: string, node: FunctionNode): readonly NamedCall[] {
    const binding = this.#bindingOf(file, node) ?? (isDefaultExport(this.#model, file, node) ? "default" : undefined);
    const key = binding === undefined ? keyOfFunction(file, node) : `${file}#${binding}`;
    return tellingCalls([...this.#byDeclaration.of(key), ...this.#ofLoaded(key)], file);
  }

  /** The calls of what a loop over files loads: `for (const file of files) require(file)(app)`. */
  #ofLoaded(key: string): readonly NamedCall[] {
    if (this.#isListing) return [];
    this.#isListing = true;
    try {
      return this.#byLoad.of(key);
    } finally {
      this.#isListing = false;
    }
  }

  *#loadedCallsIn(file: string): Iterable<readonly [string, NamedCall]> {
    const index = indexOf(this.#model.facts(file));
    for (const { node: call } of index.calls) {
      const called = call.kind === "call" ? loadedCallee(index, call.callee) : undefined;
      for (const specifier of called ? loadedInLoop(this.#model, file, called.load) : []) {
        const target = this.#model.resolve(file, specifier);
        const key = target.kind === "file" ? this.#exportKey(target.file, called?.member) : undefined;
        if (key !== undefined) yield [key, { file, call }];
      }
    }
  }

  /** What a function is called by that a module exports under a name, or as a whole. */
  #exportKey(file: string, member: string | undefined): string | undefined {
    if (member === undefined || member === "default") return this.#defaultKey(file);
    const declaration = this.#model.declarationOfExport(file, member);
    return declaration.kind === "binding" ? `${declaration.file}#${declaration.binding}` : this.#memberKey(file, member);
  }

  /** The calls of a method of a project class, found by the class of what it is called on. */
  ofMethod(file: string, node: FunctionNode): readonly NamedCall[] {
    const calls = this.allOfMethod(node);
    return file === "" || calls.length > mostCallers ? [] : calls;
  }

  /** The calls of a method, however many. */
  allOfMethod(node: FunctionNode): readonly NamedCall[] {
    return this.#byMethod.of(node, () => {
      const calls = this.#byMember.of(node.name ?? "").filter(({ file, call }) => this.#model.values.of(file, call.callee).some((callee) => callee.kind === "function" && callee.node === node));
      return tellingCalls(calls, "");
    });
  }

  #bindingOf(file: string, node: FunctionNode): number | undefined {
    if (node.binding !== undefined) return node.binding;
    const index = indexOf(this.#model.facts(file));
    const owner: ClassNode | undefined = index.functions.get(node)?.class;
    if (owner) return node.form === "constructor" ? owner.binding : undefined;
    // `const create = (…) => …`
    const holder = index.sources.findIndex((source) => source?.kind === "value" && source.value?.kind === "function" && source.value.function === node && source.path.length === 0);
    return holder === -1 ? undefined : holder;
  }

  *#callsIn(file: string): Iterable<readonly [string, NamedCall]> {
    for (const { node: call } of indexOf(this.#model.facts(file)).calls) {
      for (const key of this.#keysOf(file, call.callee)) yield [key, { file, call }];
      const returned = this.#returned(file, call.callee);
      if (returned) for (const key of returned.keys) yield [key, { file, call, maker: returned.maker }];
    }
  }

  /** What a call may call: what its name was declared as, or each function of a list that it runs through. */
  #keysOf(file: string, callee: Expression): readonly string[] {
    const list = callee.kind === "name" && callee.binding !== undefined ? listOf(indexOf(this.#model.facts(file)), callee.binding) : undefined;
    if (list) return this.#elementKeys(file, list);
    // `mounts[name](router)` with an object of functions
    if (callee.kind === "index" && callee.index.kind !== "literal") return this.#membersOf(file, callee.object).flatMap(({ value }) => this.#valueKey(file, value) ?? []);
    const key = this.#declarationKey(file, callee);
    return key === undefined ? [] : [key];
  }

  /** The functions that another one gives back, by themselves or in an object: `const mount = tracker(); mount(app)`, `const { get } = actions(router); get("/users", list)`. */
  #returned(file: string, callee: Expression): { readonly keys: readonly string[]; readonly maker: NamedCall } | undefined {
    const holder = callee.kind === "member" ? callee.object : callee;
    const declaration = holder.kind === "name" && holder.binding !== undefined ? this.#declarationOf(file, holder.binding) : undefined;
    const made = declaration?.kind === "binding" ? indexOf(this.#model.facts(declaration.file)).sources[declaration.binding] : undefined;
    if (declaration?.kind !== "binding" || made?.kind !== "value" || made.value?.kind !== "call") return undefined;
    const steps = [...made.path.map((step) => (step.kind === "property" ? step.key : undefined)), ...(callee.kind === "member" ? [callee.property] : [])];
    const [member, ...others] = steps;
    if (others.length > 0 || (steps.length > 0 && member === undefined)) return undefined;
    const key = this.#declarationKey(declaration.file, made.value.callee) ?? "";
    // A folder may have the mark in its name: `routes/#id/index.ts`.
    const [, makerFile = "", binding = ""] = /^(.+)#(\d+|default)$/.exec(key) ?? [];
    const node = makerFile === "" ? undefined : this.#functionOf(makerFile, binding);
    const values = (node ? returnedExpressions(node) : []).flatMap((value) => (member === undefined ? [value] : value.kind === "object" ? (propertyOf(value, member) ?? []) : []));
    const keys = values.flatMap((value) => (value.kind === "function" || value.kind === "name" ? (this.#valueKey(makerFile, value) ?? []) : []));
    return keys.length === 0 ? undefined : { keys, maker: { file: declaration.file, call: made.value } };
  }

  /** The function that a name stands for, or that a module exports as a whole. */
  #functionOf(file: string, binding: string): FunctionNode | undefined {
    const value = binding === "default" ? defaultExpression(this.#model.facts(file)) : undefined;
    if (value) return value.kind === "function" ? value.function : undefined;
    return heldFunction(indexOf(this.#model.facts(file)), Number(binding));
  }

  /** The functions of a list that is written out, also in another file: `[users, require("./items")]`. */
  #elementKeys(file: string, list: Expression, depth = 0): readonly string[] {
    if (depth > mostSteps) return [];
    if (list.kind === "array")
      return list.elements.flatMap((element) => {
        if (element.kind === "spread") return this.#elementKeys(file, element.value, depth + 1);
        if (element.kind === "function") return [keyOfFunction(file, element.function)];
        return this.#declarationKey(file, element) ?? [];
      });
    if (list.kind === "object") return list.members.flatMap((member) => (member.kind === "property" ? (this.#valueKey(file, member.value) ?? []) : []));
    const required = this.#requiredBy(file, list);
    const declaration = list.kind === "name" && list.binding !== undefined ? this.#declarationOf(file, list.binding) : undefined;
    if (declaration?.kind === "binding") {
      const source = indexOf(this.#model.facts(declaration.file)).sources[declaration.binding];
      return source?.kind === "value" && source.value && source.path.length === 0 ? this.#elementKeys(declaration.file, source.value, depth + 1) : [];
    }
    const whole = required ?? (declaration?.kind === "default" || declaration?.kind === "namespace" ? declaration.file : undefined);
    const value = whole === undefined ? undefined : defaultExpression(this.#model.facts(whole));
    return whole !== undefined && value ? this.#elementKeys(whole, value, depth + 1) : [];
  }

  /** The file that `require("./routes")` gives. */
  #requiredBy(file: string, node: Expression): string | undefined {
    if (node.kind !== "call" || node.callee.kind !== "name" || node.callee.name !== "require" || node.arguments[0]?.kind !== "literal") return undefined;
    const target = this.#model.resolve(file, String(node.arguments[0].value));
    return target.kind === "file" ? target.file : undefined;
  }

  /** The file that `await import("./routes")` gives. */
  #importedBy(file: string, node: Expression): string | undefined {
    if (node.kind !== "await" || node.value.kind !== "import" || node.value.argument.kind !== "literal") return undefined;
    const target = this.#model.resolve(file, String(node.value.argument.value));
    return target.kind === "file" ? target.file : undefined;
  }

  /** What a file exports as a whole: by the name it was declared with, if it has one. */
  #defaultKey(file: string): string {
    const facts = this.#model.facts(file);
    const exported = facts.exports.find(({ name, binding }) => (name === "export=" || name === "default") && binding !== undefined);
    if (exported?.binding !== undefined) return `${file}#${exported.binding}`;
    const value = defaultExpression(facts);
    return value?.kind === "name" && value.binding !== undefined ? `${file}#${value.binding}` : `${file}#default`;
  }

  /** The functions that an object of this file has, from its literal or assigned to it afterwards. */
  #membersOf(file: string, object: Expression): readonly { readonly name: string; readonly value: Expression }[] {
    if (object.kind !== "name" || object.binding === undefined) return [];
    const index = indexOf(this.#model.facts(file));
    const source = index.sources[object.binding];
    if (source?.kind !== "value" || source.value?.kind !== "object" || source.path.length > 0) return [];
    const assigned = index.memberAssignments.filter((one) => one.object.kind === "name" && one.object.binding === object.binding);
    return [...source.value.members.flatMap((member) => (member.kind === "property" ? [{ name: member.key, value: member.value }] : [])), ...assigned.map(({ property, value }) => ({ name: property, value }))];
  }

  /** What a value is called by: a function that is written there, a name, or what a module exports as a whole. */
  #valueKey(file: string, value: Expression): string | undefined {
    if (value.kind === "function") return value.function.binding === undefined ? keyOfFunction(file, value.function) : `${file}#${value.function.binding}`;
    return value.kind === "name" || value.kind === "call" ? this.#declarationKey(file, value) : undefined;
  }

  /** What a CommonJS file exports under a name: `exports.find = function (db) { … }`, `module.exports = { find }`. */
  #memberKey(file: string, member: string): string | undefined {
    const facts = this.#model.facts(file);
    const index = indexOf(facts);
    const assigned = index.memberAssignments.find(({ property, object }) => property === member && isExports(index, object));
    const whole = assigned ? undefined : defaultExpression(facts);
    const value = assigned?.value ?? (whole?.kind === "object" ? propertyOf(whole, member) : undefined);
    if (value?.kind === "function") return this.#valueKey(file, value);
    return value?.kind === "name" && value.binding !== undefined ? `${file}#${value.binding}` : undefined;
  }

  /** Where a name was declared, through `const routes = require("./routes")` and `const { mount } = await import("./routes")` as well. */
  #declarationOf(file: string, binding: number): Declaration {
    const declaration = this.#model.declarationOfBinding(file, binding);
    if (declaration.kind !== "binding" || declaration.file !== file) return declaration;
    for (const { form, specifier, names } of this.#model.facts(file).imports) {
      const name = (form === "require" || form === "dynamic") && specifier !== undefined ? names.find((one) => one.binding === binding) : undefined;
      const target = name && specifier !== undefined ? this.#model.resolve(file, specifier) : undefined;
      if (name && target?.kind === "file") return this.#model.declarationOfExport(target.file, name.imported);
    }
    return declaration;
  }

  #declarationKey(file: string, callee: Expression): string | undefined {
    // `const { register } = routes;` with `const routes = require("./routes")`.
    const taken = callee.kind === "name" && callee.binding !== undefined ? indexOf(this.#model.facts(file)).sources[callee.binding] : undefined;
    const [step, ...others] = taken?.kind === "value" ? taken.path : [];
    if (taken?.kind === "value" && taken.value?.kind === "name" && step?.kind === "property" && others.length === 0) {
      const key = this.#declarationKey(file, { kind: "member", span: taken.value.span, object: taken.value, property: step.key, propertySpan: taken.value.span });
      if (key !== undefined) return key;
    }
    if (callee.kind === "name" && callee.binding !== undefined) {
      const declaration = this.#declarationOf(file, callee.binding);
      if (declaration.kind === "binding") return `${declaration.file}#${declaration.binding}`;
      if (declaration.kind === "default" && declaration.member !== undefined) return this.#memberKey(declaration.file, declaration.member);
      if (declaration.kind === "default" || (declaration.kind === "namespace" && this.#model.facts(declaration.file).exports.some(({ name }) => name === "export="))) return this.#defaultKey(declaration.file);
    }
    // `require("./routes")(app)`
    const required = this.#requiredBy(file, callee);
    if (required !== undefined) return this.#defaultKey(required);
    // `require("./routes").register(app)`, `(await import("./routes")).default(app)`
    const loaded = callee.kind === "member" ? (this.#requiredBy(file, callee.object) ?? this.#importedBy(file, callee.object)) : undefined;
    if (loaded !== undefined && callee.kind === "member") return this.#exportKey(loaded, callee.property);
    // `mounts.users(app)` with an object of functions
    const name = callee.kind === "member" ? callee.property : callee.kind === "index" && callee.index.kind === "literal" ? String(callee.index.value) : undefined;
    const own = callee.kind === "member" || callee.kind === "index" ? this.#membersOf(file, callee.object).find((member) => member.name === name) : undefined;
    if (own) return this.#valueKey(file, own.value);
    // `routes.register(app)` with `import * as routes` or `const routes = require("./routes")`.
    if (callee.kind === "member" && callee.object.kind === "name" && callee.object.binding !== undefined) {
      const namespace = this.#declarationOf(file, callee.object.binding);
      const declaration = namespace.kind === "namespace" ? this.#model.declarationOfExport(namespace.file, callee.property) : undefined;
      if (declaration?.kind === "binding") return `${declaration.file}#${declaration.binding}`;
      if (declaration?.kind === "default" && declaration.member !== undefined) return this.#memberKey(declaration.file, declaration.member);
      if (namespace.kind === "namespace" || namespace.kind === "default") return this.#memberKey(namespace.file, callee.property);
    }
    return undefined;
  }
}

/** What is called of a module whose path is made while it runs: `require(file)`, `(await import(file)).default`, `const { mount } = require(file)`. */
function loadedCallee(index: FileIndex, callee: Expression, member?: string, depth = 0): { readonly load: Expression; readonly member: string | undefined } | undefined {
  if (depth > mostSteps) return undefined;
  if (callee.kind === "await" || callee.kind === "cast") return loadedCallee(index, callee.value, member, depth + 1);
  if (callee.kind === "member" && member === undefined) return loadedCallee(index, callee.object, callee.property, depth + 1);
  if (callee.kind === "import") return callee.argument.kind === "literal" ? undefined : { load: callee, member };
  if (callee.kind === "call") {
    const path = requiredPath(callee);
    return path && path.kind !== "literal" ? { load: callee, member } : undefined;
  }
  const source = callee.kind === "name" && callee.binding !== undefined ? index.sources[callee.binding] : undefined;
  if (source?.kind !== "value" || !source.value || source.path.length > 1) return undefined;
  const [step] = source.path;
  if (step && (step.kind !== "property" || member !== undefined)) return undefined;
  return loadedCallee(index, source.value, step?.kind === "property" ? step.key : member, depth + 1);
}

/** `exports`, `module.exports`, and a constant that holds them. */
function isExports(index: FileIndex, node: Expression): boolean {
  if (node.kind === "member") return node.property === "exports";
  if (node.kind !== "name") return false;
  const source = node.binding === undefined ? undefined : index.sources[node.binding];
  return source?.kind === "value" && source.path.length === 0 ? source.value?.kind === "member" && source.value.property === "exports" : node.name === "exports";
}

function* memberCalls(model: ProjectModel, file: string): Iterable<readonly [string, NamedCall]> {
  for (const { node: call } of indexOf(model.facts(file)).calls) if (call.kind === "call" && call.callee.kind === "member") yield [call.callee.property, { file, call }];
}

function isDefaultExport(model: ProjectModel, file: string, node: FunctionNode): boolean {
  const value = defaultExpression(model.facts(file));
  return value?.kind === "function" && value.function === node;
}

function keyOfFunction(file: string, { span }: FunctionNode): string {
  return `${file}@${span[0]}`;
}

/** `Object.values(routes)` runs through what an object holds; `Object.entries(routes)` with the names before it. */
function valuesBehind(list: Expression, named: boolean): Expression | undefined {
  const of = list.kind === "call" && list.callee.kind === "member" && list.callee.object.kind === "name" && list.callee.object.name === "Object" ? list.callee.property : undefined;
  if (list.kind === "call" && of === (named ? "entries" : "values")) return list.arguments[0];
  return named ? undefined : list;
}

/** The list that a name runs through: `for (const route of routes)`, `routes.forEach((route) => …)`. */
function listOf(index: FileIndex, binding: number): Expression | undefined {
  const source = index.sources[binding];
  // `for (const [name, route] of Object.entries(routes))`
  const isValue = (source?.kind === "element" || source?.kind === "parameter") && source.path.length === 1 && source.path[0]?.kind === "element" && source.path[0].index === 1;
  if (source?.kind === "element") return source.path.length === 0 || isValue ? valuesBehind(source.subject, isValue) : undefined;
  if (source?.kind !== "parameter" || source.index !== 0 || (source.path.length > 0 && !isValue)) return undefined;
  const call = index.functions.get(source.function)?.passedTo?.call;
  const callee = call?.callee;
  if (callee?.kind !== "member" || !/^(forEach|map|flatMap|each)$/.test(callee.property)) return undefined;
  // `_.each(routes, (route, name) => …)`
  const isLodash = call?.arguments.length === 2 && callee.object.kind === "name" && /^(_|lodash)$/.test(callee.object.name);
  return isLodash ? call.arguments[0] : valuesBehind(callee.object, isValue);
}
