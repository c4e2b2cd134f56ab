import { wordTable } from "../base/word-table.js";
import { type Answers, answers } from "../base/answers.js";
import { groupBy } from "../base/group-by.js";
import { oncePer } from "../base/once-per.js";
import { OpenQuestions } from "../base/open-questions.js";
import { type ArgumentPath, describe } from "../catalogue/index.js";
import { type Provenance, callStep, elementStep, newStep } from "../catalogue/provenance.js";
import type { ArrayExpression, CallExpression, ClassNode, Decorator, Expression, FunctionNode, NewExpression, TypeMember, TypeNode } from "../facts/syntax.js";
import { isClassNode, isFunctionNode, type SyntaxNode } from "../facts/walk.js";
import { argumentsAt } from "./arguments.js";
import { assignmentsOf } from "./assignments.js";
import { CallSites, type NamedCall } from "./call-sites.js";
import { fieldGiven } from "./constructor-fields.js";
import { constructorFunctionsOf, looksLikeConstructor } from "./constructor-functions.js";
import { dataExpression } from "./data-files.js";
import { Decorations, isHandlerObject } from "./decorations.js";
import { type BindingSource, defaultExpression, type FileIndex, type FunctionContext, indexOf, type PatternStep } from "./file-index.js";
import { resolverContext } from "./graphql-context.js";
import { memberOf } from "./members.js";
import { type Mutation, mutationsOf } from "./mutations.js";
import { autoImported } from "./nitro.js";
import type { Declaration, ProjectModel } from "./project-model.js";
import { returnedExpressions } from "./returns.js";
import { loadedInLoop, loadedList, loadsFolders, moduleTable } from "./routes/loaded-modules.js";
import { schemaFields } from "./schema-fields.js";
import { valuesOfType } from "./type-values.js";
import { usesIn } from "./uses.js";
import { assignedTogether, lookedUp } from "./written-lists.js";
import { givenToCallback } from "./callback-parameters.js";
import { behind, type CreationSite, describeValue, external, type ExternalValue, type FactoryCall, globalValue, made, madeAt, type Value } from "./value.js";

/** More alternatives than this say nothing any more. */
const mostAlternatives = 8;
/** Steps of one question; what takes more is unknown. */
const mostSteps = 20_000;
const deepest = 60;
/** Chains of so many calls are followed from their start on. */
const longChain = 8;

/**
 * Answers where values come from, across files: through constants, destructuring, barrels, classes and their injected
 * properties, factories, parameters and framework decorations. Nothing is run; what cannot be told gives no value.
 */
export class Values {
  readonly model: ProjectModel;
  readonly callSites: CallSites;
  readonly decorations: Decorations;
  /** By file, whose nodes are asked about together: one table of all nodes would be slow to search and to grow. */
  readonly #known = new Map<string, Answers<object, readonly Value[]>>();
  readonly #dataFiles = answers<string, Expression | undefined>();
  readonly #restLists = new Map<object, ArrayExpression>();
  readonly #memberKeys = new Map<object, Map<string, object>>();
  readonly #questions = new OpenQuestions<Value>({ deepest, mostSteps });
  #inChain = false;

  constructor(model: ProjectModel) {
    this.model = model;
    this.callSites = new CallSites(model);
    this.decorations = new Decorations(model);
  }

  /** What an expression of `file` stands for; empty if unknown. */
  of(file: string, node: Expression): readonly Value[] {
    const known = this.#answersOf(file).get(node);
    if (known) return known;
    if (!this.#inChain && isChained(node)) this.#followChain(file, node);
    return this.#remember(file, node, () => this.#evaluate(file, node));
  }

  /** Answers a long chain of calls from its start on, since each call of `Router().use(a).use(b)` would go deeper than the last. */
  #followChain(file: string, node: Expression): void {
    const links: Expression[] = [];
    for (let at = innerCall(node); at && !this.#answersOf(file).get(at); at = innerCall(at)) links.push(at);
    if (links.length < longChain) return;
    this.#inChain = true;
    for (const link of links.reverse()) this.of(file, link);
    this.#inChain = false;
  }

  /** The values of a declared name of `file`. */
  ofBinding(file: string, binding: number): readonly Value[] {
    const declaration = this.model.declarationOfBinding(file, binding);
    return declaration.kind === "unresolved" ? this.#ofDataFile(file, binding) : this.ofDeclaration(declaration);
  }

  /** `import settings from "./settings.json"` */
  #ofDataFile(file: string, binding: number): readonly Value[] {
    for (const { specifier, span, names } of this.model.facts(file).imports) {
      const name = specifier?.endsWith(".json") ? names.find((one) => one.binding === binding) : undefined;
      const data = name && specifier !== undefined ? this.#dataFile(file, specifier, span) : undefined;
      if (name && data) return name.imported === "default" || name.imported === "*" || name.imported === "export=" ? this.of(file, data) : this.ofMember(this.of(file, data), name.imported);
    }
    return [];
  }

  /** What a JSON file holds, read once for each file that loads it. */
  #dataFile(file: string, specifier: string, span: Expression["span"]): Expression | undefined {
    return this.#dataFiles.of(`${file} ${specifier}`, () => dataExpression(this.model, file, specifier, span));
  }

  /** The values of what a file exports under `name`. */
  ofExport(file: string, name: string): readonly Value[] {
    return this.ofDeclaration(this.model.declarationOfExport(file, name));
  }

  /** The values behind a declaration. */
  ofDeclaration(declaration: Declaration): readonly Value[] {
    switch (declaration.kind) {
      case "package":
        return [{ kind: "external", provenance: { package: declaration.package, subpath: declaration.subpath, path: declaration.path.filter((name) => name !== "*") } }];
      case "namespace":
        return [{ kind: "namespace", file: declaration.file }];
      case "default": {
        if (declaration.member !== undefined) return this.#ofCommonJsMember(declaration.file, declaration.member);
        const value = defaultExpression(this.model.facts(declaration.file));
        return value ? this.of(declaration.file, value) : [];
      }
      case "binding": {
        const source = this.index(declaration.file).sources[declaration.binding];
        return source ? (this.#answersOf(declaration.file).get(source) ?? this.#remember(declaration.file, source, () => this.#ofSource(declaration.file, source))) : [];
      }
      case "unresolved":
        return [];
    }
  }

  /** What a type written in `file` says of a value that has it. */
  ofType(file: string, type: TypeNode): readonly Value[] {
    return this.#remember(file, type, () => valuesOfType(this, file, type));
  }

  /** What a call of any of `callees` gives. */
  ofCall(file: string, callees: readonly Value[], call: CallExpression): readonly Value[] {
    return collect(callees, (callee) => this.#result(file, callee, call));
  }

  /** The member `name` of any of `objects`. */
  ofMember(objects: readonly Value[], name: string): readonly Value[] {
    return collect(objects, (object) => {
      const node = declaringNode(object);
      return node ? this.#remember("file" in object ? object.file : "", this.#memberKey(node, `${object.kind} ${name}`), () => memberOf(this, object, name)) : memberOf(this, object, name);
    });
  }

  /** What a project put under `name` on a framework's object; undefined if nothing. Told once for each name, as it may be made of others. */
  ofDecoration(object: Provenance, name: string): readonly Value[] | undefined {
    const scope = this.decorations.carriedBy(object);
    if (!scope) return undefined;
    const found = this.#remember("", this.#memberKey(this.decorations, `${scope} ${name}`), () => distinct(this.decorations.named(this, scope, name)));
    return found.length > 0 ? found : undefined;
  }

  /** The same for a parameter without a type that only its name tells to be such an object: `exports.list = async (ctx) => …`. */
  ofNamedCarrier({ function: node, index, path }: Extract<Value, { kind: "parameter" }>, name: string): readonly Value[] | undefined {
    const parameter = node.parameters[index];
    if (path.length > 0 || !parameter || parameter.type || parameter.target.kind !== "binding" || !isHandlerObject(parameter.target.name)) return undefined;
    const found = this.#remember("", this.#memberKey(this.decorations, `application ${name}`), () => distinct(this.decorations.named(this, "application", name)));
    return found.length > 0 ? found : undefined;
  }

  /** The elements of any of `lists`. */
  ofElement(lists: readonly Value[]): readonly Value[] {
    return collect(lists, (list) => {
      if (list.kind === "list") return list.of;
      if (list.kind === "external") return [behind(list, elementStep)];
      if (list.kind === "array") return this.#remember(list.file, this.#memberKey(list.node, "element"), () => collect(list.node.elements, (element) => (element.kind === "spread" ? this.ofElement(this.of(list.file, element.value)) : this.of(list.file, element))));
      return [];
    });
  }

  /** What a function of the project returns, whoever calls it. */
  ofReturn(file: string, node: FunctionNode): readonly Value[] {
    return this.#remember(file, node, () => {
      const values = collect(returnedExpressions(node), (value) => this.of(file, value));
      const certain = values.filter((value) => value.kind !== "parameter");
      return certain.length === 0 && node.returns ? [...this.ofType(file, node.returns), ...values] : values;
    });
  }

  /** The text that an expression is sure to have; undefined if it is unknown or one of several. */
  text(file: string, node: Expression): string | undefined {
    const values = this.of(file, node);
    const [value] = values;
    return values.length === 1 && value?.kind === "constant" && typeof value.value === "string" ? value.value : undefined;
  }

  /** What a function itself returns, as it is written. */
  returned(node: FunctionNode): readonly Expression[] {
    return returnedExpressions(node);
  }

  /** What is assigned to each binding of a file after its declaration. */
  assignments(file: string): ReadonlyMap<number, readonly Expression[]> {
    return assignmentsOf(this.model.facts(file));
  }

  /** What is put into the object or list behind each binding of a file. */
  mutations(file: string): ReadonlyMap<number, readonly Mutation[]> {
    return mutationsOf(this.model.facts(file));
  }

  /** The places where a file names a binding, in source order. */
  usesOf(file: string, binding: number): readonly Extract<Expression, { kind: "name" }>[] {
    return usesIn(this.model.facts(file), [binding], [0, Infinity]);
  }

  /** The fields of an object schema or table; undefined if they cannot be told. */
  schemaFields(file: string, node: Expression): readonly TypeMember[] | undefined {
    return schemaFields(this, file, node);
  }

  /** What stands at the given places of a call, properties of objects included. */
  argumentsAt(file: string, node: CallExpression | NewExpression, paths: readonly ArgumentPath[]): readonly Expression[] {
    return argumentsAt(this, file, node, paths);
  }

  /** What a constructor puts into a field of the class around `self`. */
  fieldGiven(file: string, self: Expression, name: string): Expression | undefined {
    return fieldGiven(this.model, file, self, name);
  }

  /** The file's syntax index. */
  index(file: string): FileIndex {
    return indexOf(this.model.facts(file));
  }

  /** The class that `this` means at `node`. */
  classAround(file: string, node: SyntaxNode): ClassNode | undefined {
    const index = this.index(file);
    for (let at = index.parentOf(node); at; at = index.parentOf(at)) {
      if (isClassNode(at)) return at;
      const context = isFunctionNode(at) ? index.functions.get(at) : undefined;
      if (context?.class) return context.class;
      if (context?.node.form === "function") return this.#classByFunction(file, context.node);
    }
    return undefined;
  }

  /** The class that a function stands for which is made for `new`, or which is a member of such a function's instances. */
  #classByFunction(file: string, node: FunctionNode): ClassNode | undefined {
    const index = this.index(file);
    const { classes, owners } = constructorFunctionsOf(index);
    const own = classes.get(node);
    const constructs = own !== undefined && (looksLikeConstructor(index, node) || this.callSites.of(file, node).some(({ call }) => call.kind === "new"));
    return constructs ? own : owners.get(node);
  }

  /** The values of one parameter of a function: its type, what it is passed, its default. */
  ofParameter(file: string, node: FunctionNode, index: number): readonly Value[] {
    const parameter = node.parameters[index];
    if (!parameter) return [];
    const typed = parameter.type ? this.ofType(file, parameter.type).filter((value) => !isAny(value)) : [];
    if (typed.length === 0 && parameter.decorators) {
      const injected = this.#injected(file, parameter.decorators);
      if (injected.length > 0) return injected;
    }
    if (typed.length > 0 && !typed.every(isVague)) return typed;
    const context = this.index(file).functions.get(node);
    const passed = [...this.#passedBy(file, context, index), ...this.#passedTo(file, node, index), ...this.#byHolder(file, node, index)];
    const fallback = parameter.default ? this.of(file, parameter.default) : [];
    // A package's type says what it is; only who made it is left to the callers. A stand-in that a test hands over is something else.
    const packages = new Set(typed.flatMap((value) => (value.kind === "external" ? [value.provenance.package] : [])));
    const sited = passed.filter((value) => value.kind === "external" && value.site !== undefined && (packages.has(value.provenance.package) || describe(value.provenance) !== undefined));
    // Of a parameter that has a package's function type, its default says what the function does.
    const functions = fallback.filter((value) => value.kind === "function");
    if (packages.size > 0 && sited.length === 0 && functions.length > 0) return functions;
    if (packages.size > 0) return sited.length > 0 ? distinct(sited) : typed;
    const known = distinct([...passed, ...fallback, ...typed]);
    const values = known.length === 0 && index === 2 ? resolverContext(this, file, node) : known;
    return values.length > 0 ? values : [{ kind: "parameter", file, function: node, index, path: [] }];
  }

  /** `exports.name = …` or a property of `module.exports = { … }`. */
  #ofCommonJsMember(file: string, member: string): readonly Value[] {
    const assigned = this.index(file).memberAssignments.filter(({ property, object }) => property === member && ((object.kind === "name" && object.name === "exports") || isModuleExports(object) || this.of(file, object).some((value) => value.kind === "namespace" && value.file === file)));
    if (assigned.length > 0) return collect(assigned, ({ value }) => this.of(file, value));
    const whole = defaultExpression(this.model.facts(file));
    return whole ? this.ofMember(this.of(file, whole), member) : [];
  }

  #evaluate(file: string, node: Expression): readonly Value[] {
    switch (node.kind) {
      case "literal":
        return [{ kind: "constant", value: node.value }];
      case "template":
        return node.tag ? collect(this.of(file, node.tag), (tag) => (tag.kind === "external" ? [behind(tag, callStep)] : [])) : this.#joined(file, node.texts, node.values);
      case "name":
        if (node.binding !== undefined) return this.ofBinding(file, node.binding);
        return node.name === "undefined" ? [] : this.#ofUndeclared(file, node.name);
      case "this": {
        const around = this.classAround(file, node);
        return around ? [{ kind: "instance", file, class: around }] : [];
      }
      case "super": {
        const around = this.classAround(file, node);
        const base = around?.extends?.value;
        // In a static method it is the class itself.
        const isStatic = around?.members.some((member) => member.kind === "method" && member.static === true && member.span[0] <= node.span[0] && node.span[1] <= member.span[1]) === true;
        if (base && isStatic) return this.of(file, base);
        return base ? collect(this.of(file, base), (value) => (value.kind === "class" ? [{ kind: "instance", file: value.file, class: value.node }] : value.kind === "external" ? [external(value.provenance, newStep)] : [])) : [];
      }
      case "member":
        // What a script exports is a namespace to itself as well: `const helpers = module.exports`.
        if (isModuleExports(node) && defaultExpression(this.model.facts(file)) === undefined) return [{ kind: "namespace", file }];
        return this.ofMember(this.of(file, node.object), node.property);
      case "index": {
        const key = this.text(file, node.index);
        const object = this.of(file, node.object);
        return key === undefined ? [...this.ofElement(object), ...this.#ofConstantTable(object)] : this.ofMember(object, key);
      }
      case "call":
        return this.#call(file, node);
      case "new":
        return this.#construct(file, node);
      case "await":
        return this.of(file, node.value);
      case "cast": {
        const values = this.of(file, node.value);
        // `{} as Services` is filled later: the type says with what.
        const unsure = values.every((value) => value.kind === "parameter" || value.kind === "primitive" || (value.kind === "object" && value.node.members.length === 0));
        return unsure && node.type && node.form === "as" ? this.ofType(file, node.type) : values;
      }
      case "assign":
        return this.of(file, node.value);
      case "conditional":
        return distinct([...this.of(file, node.then), ...this.of(file, node.else)]);
      case "binary":
        if (node.operator === "||" || node.operator === "??") return distinct([...this.of(file, node.left), ...this.of(file, node.right)]);
        if (node.operator === "&&") return this.of(file, node.right);
        return node.operator === "+" ? this.#joined(file, ["", "", ""], [node.left, node.right]) : [];
      case "function":
        return [{ kind: "function", file, node: node.function }];
      case "class":
        return [{ kind: "class", file, node: node.class }];
      case "object":
        return [{ kind: "object", file, node }];
      case "array":
        return [{ kind: "array", file, node }];
      case "import":
        return this.#loadedBy(file, node, node.argument);
      default:
        return [];
    }
  }

  /** A name that nothing in the file declares: one that a framework imports by itself, else a global. */
  #ofUndeclared(file: string, name: string): readonly Value[] {
    const declaration = autoImported(this.model, file, name);
    return declaration ? this.ofDeclaration(declaration) : [globalValue(name)];
  }

  /** `labels[name]` with an object of constants: one of them. */
  #ofConstantTable(objects: readonly Value[]): readonly Value[] {
    return collect(objects, (object) => {
      if (object.kind !== "object") return [];
      const { members } = object.node;
      const isConstant = members.every((member) => member.kind === "property" && isWord(member.value));
      return isConstant ? collect(members, (member) => (member.kind === "property" ? this.of(object.file, member.value) : [])) : [];
    });
  }

  #joined(file: string, texts: readonly string[], parts: readonly Expression[]): readonly Value[] {
    let text = texts[0] ?? "";
    for (const [index, part] of parts.entries()) {
      const [value, ...others] = this.of(file, part);
      // What begins as null is set before it is put into a text.
      if (value?.kind !== "constant" || value.value === null || others.length > 0) return [{ kind: "primitive", name: "string" }];
      text += String(value.value) + (texts[index + 1] ?? "");
    }
    return [{ kind: "constant", value: text }];
  }

  #call(file: string, node: CallExpression): readonly Value[] {
    const { callee } = node;
    if (this.#isRequire(file, callee)) return this.#loadedBy(file, node, node.arguments[0]);
    const globbed = callee.kind === "member" && callee.object.kind === "other" ? moduleTable(this.model, file, node) : undefined;
    if (globbed) return this.of(file, globbed);
    // `handler.bind(controller)` is the handler.
    if (callee.kind === "member" && callee.property === "bind") return this.of(file, callee.object);
    if (callee.kind === "member" && callee.property === "then" && node.arguments[0]?.kind === "function") return this.ofReturn(file, node.arguments[0].function);
    const modules = loadedList(this.model, file, node);
    if (modules) return this.of(file, modules);
    const known = this.#filtered(file, node) ?? this.#mapped(file, node) ?? (callee.kind === "member" && callee.property === "get" ? lookedUp(this, file, callee.object, node.arguments[0]) : undefined);
    if (known) return known;
    return this.ofCall(file, this.of(file, callee), node);
  }

  /** `fields.filter((field) => field in body)` has elements of the list that is written out. */
  #filtered(file: string, { callee }: CallExpression): readonly Value[] | undefined {
    const lists = callee.kind === "member" && callee.property === "filter" ? this.of(file, callee.object) : [];
    return lists.length > 0 && lists.every(({ kind }) => kind === "array") ? lists : undefined;
  }

  /** `rows.map((row) => row.id)` of what was awaited is a list of what the callback gives, whatever the statement that gave the rows has under that name. */
  #mapped(file: string, { callee, arguments: [callback] }: CallExpression): readonly Value[] | undefined {
    if (callee.kind !== "member" || !/^(map|flatMap)$/.test(callee.property) || callback?.kind !== "function") return undefined;
    const { object } = callee;
    const source = object.kind === "name" && object.binding !== undefined ? this.index(file).sources[object.binding] : undefined;
    const isAwaited = object.kind === "await" || (source?.kind === "value" && source.path.length === 0 && source.value?.kind === "await");
    return isAwaited ? [{ kind: "list", of: this.ofReturn(file, callback.function) }] : undefined;
  }

  /** The table of modules that a package loads from a folder, and the list of those that are waited for together. */
  #modulesOf(file: string, { provenance: { package: name, path } }: ExternalValue, call: CallExpression): readonly Value[] | undefined {
    const [argument] = call.arguments;
    if (name === "global" && path.join(".") === "Promise.all" && argument?.kind === "call" && loadedList(this.model, file, argument)) return this.of(file, argument);
    const table = loadsFolders(name) ? moduleTable(this.model, file, call) : undefined;
    return table && this.of(file, table);
  }

  #result(file: string, callee: Value, call: CallExpression): readonly Value[] {
    switch (callee.kind) {
      case "external":
        return this.#ofDecorationCall(callee.provenance, call) ?? this.#modulesOf(file, callee, call) ?? identity(this, file, callee, call) ?? [made(callee, callStep, file, call)];
      case "function": {
        const returned = collect(this.ofReturn(callee.file, callee.node), (value) => {
          if (value.kind === "external" && value.site) return [this.#madeByFactory(value, value.site, callee, { file, node: call })];
          if (value.kind !== "parameter" || value.function !== callee.node) return [value];
          const argument = call.arguments[value.index];
          return argument ? value.path.reduce<readonly Value[]>((values, name) => this.ofMember(values, name), this.of(file, argument)) : [];
        });
        return this.#asDeclared(file, callee.node, call) ?? returned;
      }
      case "typed":
        return callee.type.kind === "function" && callee.type.returns ? this.ofType(callee.file, callee.type.returns) : [];
      // What is loaded later is a function that loads it.
      case "namespace":
        return [callee];
      default:
        return [];
    }
  }

  /** `c.get("db")` and `app.get("db")`. */
  #ofDecorationCall(callee: Provenance, { arguments: [name, ...others] }: CallExpression): readonly Value[] | undefined {
    if (callee.path.at(-1) !== "get" || name?.kind !== "literal" || typeof name.value !== "string" || others.length > 0) return undefined;
    return this.ofDecoration(callee, name.value);
  }

  /** What a call of a project function gives that makes a value and gives it back as it is, also from a constant of its own. */
  #madeByFactory(value: ExternalValue, site: CreationSite, factory: { readonly file: string; readonly node: FunctionNode }, by: FactoryCall): ExternalValue {
    const { node } = madeAt(site);
    const { span } = factory.node;
    const isLocal = site.file === factory.file && span[0] <= node.span[0] && node.span[1] <= span[1];
    const { sources } = this.index(factory.file);
    const returned = returnedExpressions(factory.node);
    const within = site.by && { within: site.by };
    if (returned.includes(node)) return { ...value, site: { ...site, by: { ...by, ...within } } };
    const isKept = returned.some((one) => {
      const source = isLocal && one.kind === "name" && one.binding !== undefined ? sources[one.binding] : undefined;
      return source?.kind === "value" && source.path.length === 0 && (source.value === node || (source.value?.kind === "await" && source.value.value === node));
    });
    return isKept ? { ...value, site: { ...site, by: { ...by, ...within, kept: true } } } : value;
  }

  /** `once<T>(name: string, make: () => T): T` gives what the function that it is given makes. */
  #asDeclared(file: string, { returns, typeParameters, parameters }: FunctionNode, call: CallExpression): readonly Value[] | undefined {
    if (returns?.kind !== "reference" || !typeParameters?.includes(returns.name)) return undefined;
    const index = parameters.findIndex(({ type }) => type?.kind === "function" && type.returns?.kind === "reference" && type.returns.name === returns.name);
    const argument = index === -1 ? undefined : call.arguments[index];
    const made = argument ? collect(this.of(file, argument), (value) => (value.kind === "function" ? this.ofReturn(value.file, value.node) : [])) : [];
    return made.length > 0 ? made : undefined;
  }

  #construct(file: string, node: NewExpression): readonly Value[] {
    const [target] = node.arguments;
    // A proxy stands for its target: `new Proxy({} as PrismaClient, { get: … })` of a client that is made at its first use.
    if (target && node.callee.kind === "name" && node.callee.binding === undefined && node.callee.name === "Proxy") return this.of(file, target);
    return collect(this.of(file, node.callee), (callee) => {
      if (callee.kind === "external") return [made(callee, newStep, file, node)];
      const instanceOf = callee.kind === "class" ? callee.node : callee.kind === "function" ? constructorFunctionsOf(this.index(callee.file)).classes.get(callee.node) : undefined;
      return instanceOf && "file" in callee ? [{ kind: "instance", file: callee.file, class: instanceOf }] : [];
    });
  }

  #isRequire(file: string, callee: Expression): boolean {
    // In `require("express").Router()` the outer call begins where the inner one does.
    if (callee.kind !== "name") return false;
    if (callee.binding === undefined) return callee.name === "require";
    return this.model.facts(file).imports.some((fact) => fact.form === "require" && fact.span[0] === callee.span[0]);
  }

  /** What `require(path)` and `import(path)` give: one module, or those of a loop over files. */
  #loadedBy(file: string, load: Expression, path: Expression | undefined): readonly Value[] {
    const specifier = path && this.text(file, path);
    return specifier === undefined && path ? collect(loadedInLoop(this.model, file, load), (one) => this.#loaded(file, one)) : this.#loaded(file, specifier);
  }

  #loaded(file: string, specifier: string | undefined): readonly Value[] {
    if (specifier === undefined) return [];
    const target = this.model.resolve(file, specifier);
    if (target.kind === "file") {
      const whole = this.model.facts(target.file).exports.some((entry) => entry.name === "export=");
      return whole ? this.ofExport(target.file, "export=") : [{ kind: "namespace", file: target.file }];
    }
    if (target.kind === "package") return [{ kind: "external", provenance: { package: target.package, subpath: target.subpath, path: [] } }];
    const data = target.kind === "asset" ? this.#dataFile(file, specifier, [0, 0]) : undefined;
    if (data) return this.of(file, data);
    return target.kind === "builtin" ? [{ kind: "external", provenance: { package: target.name, subpath: "", path: [] } }] : [];
  }

  #ofSource(file: string, source: BindingSource): readonly Value[] {
    switch (source.kind) {
      case "value": {
        const values = source.value ? this.#taken(file, this.of(file, source.value), source.path) : [];
        const fallback = source.default ? this.of(file, source.default) : [];
        const known = distinct([...values, ...fallback]);
        const unsure = known.every((value) => value.kind === "parameter" || value.kind === "typed");
        return unsure && source.type ? distinct([...this.ofType(file, source.type), ...known]) : known;
      }
      case "element":
        return this.#taken(file, this.ofElement(this.of(file, source.subject)), source.path);
      case "parameter":
        return preferMade(this.#taken(file, this.ofParameter(file, source.function, source.index), source.path));
      case "function":
        return [{ kind: "function", file, node: source.function }];
      case "class":
        return [{ kind: "class", file, node: source.class }];
      case "enum":
        return [{ kind: "enum", file, node: source.enum }];
      case "type":
      case "catch":
        return [];
    }
  }

  #taken(file: string, values: readonly Value[], path: readonly PatternStep[]): readonly Value[] {
    return path.reduce<readonly Value[]>((taken, step) => {
      if (step.kind === "property") return this.ofMember(taken, step.key);
      if (step.kind === "rest") return taken;
      if (step.kind === "unknown") return [];
      return collect(taken, (value) => {
        const element = value.kind === "array" ? value.node.elements[step.index] : undefined;
        return element && value.kind === "array" ? this.of(value.file, element) : this.ofElement([value]);
      });
    }, values);
  }

  /** What decorators such as `@InjectRepository()` give, where the type does not say. */
  #injected(file: string, decorators: readonly Decorator[]): readonly Value[] {
    return collect(decorators, ({ value }) =>
      collect(this.of(file, value.kind === "call" ? value.callee : value), (decorator) => {
        const injects = decorator.kind === "external" ? describe(decorator.provenance)?.injects : undefined;
        return injects ? [{ kind: "external", provenance: injects }] : [];
      }),
    );
  }

  /** What the call that a function is handed to gives its parameter: `app.get("/", (req) => …)`. */
  #passedBy(file: string, context: FunctionContext | undefined, index: number): readonly Value[] {
    if (!context?.passedTo) return [];
    const { call, option } = context.passedTo;
    const iterated = call.callee.kind === "member" ? iterations[call.callee.property] : undefined;
    if (iterated !== undefined && call.callee.kind === "member") {
      // Of a package's lists, those whose elements it is known what they are: `rows.forEach((row) => row.save())`.
      const lists = this.of(file, call.callee.object).filter((value) => value.kind === "array" || value.kind === "list" || (value.kind === "external" && describe(behind(value, elementStep).provenance) !== undefined));
      if (lists.length > 0) return index === iterated ? this.ofElement(lists) : [];
    }
    const step = option === undefined ? `=>${index}` : `=>${option}:${index}`;
    return collect(this.of(file, call.callee), (callee) => {
      if (callee.kind === "external") return this.#byTypeArgument(file, callee, call.typeArguments, index) ?? [behind(callee, step)];
      return callee.kind === "function" && option === undefined ? givenToCallback(this, callee, context.passedTo?.argument ?? 0, index) : [];
    });
  }

  /** What the type of the variable that holds a function says: `const routes: FastifyPluginAsync = async (app) => …`. */
  #byHolder(file: string, node: FunctionNode, index: number): readonly Value[] {
    const type = holderType(this.index(file), node);
    if (!type) return this.#byObject(file, node, index);
    return collect(this.ofType(file, type), (value) => {
      if (value.kind === "external") return this.#byTypeArgument(file, value, type.kind === "reference" ? type.arguments : undefined, index) ?? [behind(value, `=>${index}`)];
      const parameter = value.kind === "typed" && value.type.kind === "function" ? value.type.parameters[index] : undefined;
      return parameter?.type && value.kind === "typed" ? this.ofType(value.file, parameter.type) : [];
    });
  }

  /** A hook or handler in an object that has a package's type: `const list: RouteOptions = { handler: (request) => … }`. */
  #byObject(file: string, node: FunctionNode, index: number): readonly Value[] {
    const files = this.index(file);
    const expression = files.parentOf(node);
    const object = expression && files.parentOf(expression);
    const member = object && "kind" in object && object.kind === "object" ? object.members.find((one) => one.kind === "property" && one.value === expression) : undefined;
    const holder = member?.kind === "property" && object ? files.parentOf(object) : undefined;
    const type = holder && "kind" in holder && holder.kind === "variable" ? holder.declarators.find(({ value }) => value === object)?.type : undefined;
    const key = member?.kind === "property" ? member.key : "";
    return type ? this.ofType(file, type).flatMap((value) => (value.kind === "external" && describe(value.provenance)?.callback ? [behind(value, `=>${key}:${index}`)] : [])) : [];
  }

  /** What a package's function type says of a parameter by one of its type arguments. */
  #byTypeArgument(file: string, { provenance }: ExternalValue, types: readonly TypeNode[] | undefined, index: number): readonly Value[] | undefined {
    const argument = types && describe(provenance)?.parameterTypes?.[String(index)];
    const type = argument === undefined ? undefined : types?.[argument];
    return type && this.ofType(file, type);
  }

  /** What the callers of a function give for one parameter. */
  #passedTo(file: string, node: FunctionNode, index: number): readonly Value[] {
    return collect([...this.callSites.of(file, node), ...this.#callsInClass(file, node, node.parameters[index]?.type === undefined)], (site) => {
      if (node.parameters[index]?.rest) return this.#passedToRest(site.file, site.call, index);
      const argument = site.call.arguments[index];
      return argument && argument.kind !== "spread" ? this.of(site.file, argument) : [];
    });
  }

  /** The calls of a method by its own class: all there are of a private one, and all that is known of what no type says anything of (`any`). */
  #callsInClass(file: string, node: FunctionNode, any: boolean): readonly NamedCall[] {
    const index = this.index(file);
    const owner = node.form === "method" ? index.functions.get(node)?.class : undefined;
    const member = owner?.members.find((one) => one.kind === "method" && one.function === node);
    if (!owner || member?.kind !== "method" || (member.access !== "private" && !any)) return [];
    const calls = ownCallsOf(index).get(member.name) ?? [];
    return calls.length > mostOwnCalls ? [] : calls.filter((call) => this.classAround(file, call) === owner).map((call) => ({ file, call }));
  }

  /** The list of what a caller gives a `...rest` parameter. */
  #passedToRest(file: string, call: CallExpression | NewExpression, index: number): readonly Value[] {
    const elements = call.arguments.slice(index);
    const [only, ...others] = elements;
    if (only?.kind === "spread" && others.length === 0) return this.of(file, only.value);
    const known = this.#restLists.get(call);
    const list: ArrayExpression = known ?? { kind: "array", span: call.span, elements };
    if (!known) this.#restLists.set(call, list);
    return [{ kind: "array", file, node: list }];
  }

  /** One object for each member of a node, so that spreads and base classes that lead back to where they began end. */
  #memberKey(node: object, member: string): object {
    const keys = this.#memberKeys.get(node) ?? new Map<string, object>();
    this.#memberKeys.set(node, keys);
    const key = keys.get(member) ?? { member };
    keys.set(member, key);
    return key;
  }

  #answersOf(file: string): Answers<object, readonly Value[]> {
    let table = this.#known.get(file);
    if (!table) this.#known.set(file, (table = answers()));
    return table;
  }

  #remember(file: string, key: object, compute: () => readonly Value[]): readonly Value[] {
    return this.#questions.answer(this.#answersOf(file), key, compute);
  }
}

/** A private method with more calls than this is a utility: its parameters are anything. */
const mostOwnCalls = 30;

/** The calls on `this` of a file, by the name of the method. */
const ownCallsOf = oncePer((index: FileIndex) => groupBy(index.calls.flatMap(({ node }) => (node.kind === "call" && node.callee.kind === "member" && node.callee.object.kind === "this" ? [node] : [])), ({ callee }) => (callee.kind === "member" ? callee.property : "")));

/** What a call in a chain is called on, if that is a call as well. */
function innerCall(node: Expression): CallExpression | undefined {
  return node.kind === "call" && node.callee.kind === "member" && node.callee.object.kind === "call" ? node.callee.object : undefined;
}

function isChained(node: Expression): boolean {
  const inner = innerCall(node);
  return inner !== undefined && innerCall(inner) !== undefined;
}

function isModuleExports(node: Expression): boolean {
  return node.kind === "member" && node.property === "exports" && node.object.kind === "name" && node.object.name === "module" && node.object.binding === undefined;
}

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

function isWord(node: Expression): boolean {
  return node.kind === "literal" || (node.kind === "cast" && isWord(node.value));
}

/** `any` and `any[]` say nothing. */
function isAny(value: Value): boolean {
  return value.kind === "primitive" ? value.name === "any" : value.kind === "list" && value.of.length > 0 && value.of.every(isAny);
}

/** Says what a value is, yet not which one: callers may know more. */
function isVague(value: Value): boolean {
  return value.kind === "typed" || value.kind === "external" || (value.kind === "list" && value.of.every(isVague));
}

/** A package's type says what a value is, and its callers who made it: with both, the callers say all. */
function preferMade(values: readonly Value[]): readonly Value[] {
  const made = new Set(values.flatMap((value) => (value.kind === "external" && value.site ? [value.provenance.package] : [])));
  return made.size === 0 ? values : values.filter((value) => value.kind !== "external" || value.site !== undefined || !made.has(value.provenance.package));
}

/** Calls that give back what they are given. */
function identity(values: Values, file: string, callee: Extract<Value, { kind: "external" }>, call: CallExpression): readonly Value[] | undefined {
  const { package: name, path } = callee.provenance;
  const argument = call.arguments[0];
  if (name === "global" && path.length === 2 && path[0] === "Object" && path[1] === "assign") {
    const node = assignedTogether(values, file, call.arguments, call.span);
    return node && [{ kind: "object", file, node }];
  }
  // The same function, answering with a promise.
  if (name === "node:util" && path.at(-1) === "promisify" && argument) return values.of(file, argument);
  const transparent = name === "global" && path.length === 2 && ((path[0] === "Object" && path[1] === "freeze") || (path[0] === "Promise" && path[1] === "resolve"));
  return transparent && argument ? values.of(file, argument) : undefined;
}

/** The node that declares a value's members. */
function declaringNode(value: Value): object | undefined {
  switch (value.kind) {
    case "object":
    case "class":
    case "function":
      return value.node;
    case "instance":
      return value.class;
    case "typed":
      return value.type;
    default:
      return undefined;
  }
}

function collect<T>(items: readonly T[], values: (item: T) => readonly Value[]): readonly Value[] {
  if (items.length === 1 && items[0] !== undefined) return values(items[0]);
  return distinct(items.flatMap((item) => values(item)));
}

function distinct(values: readonly Value[]): readonly Value[] {
  if (values.length < 2) return values;
  const seen = new Map(values.map((value) => [describeValue(value), value]));
  return [...seen.values()].slice(0, mostAlternatives);
}

