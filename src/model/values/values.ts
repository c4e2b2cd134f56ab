import { type Answers, answers } from "../../base/answers.js";
import { OpenQuestions } from "../../base/open-questions.js";
import type { ArgumentPath } from "../../catalogue/index.js";
import { elementStep, type Provenance } from "../../catalogue/provenance.js";
import type { CallExpression, ClassNode, Expression, FunctionNode, NewExpression, TypeMember, TypeNode } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, type SyntaxNode } from "../../facts/walk.js";
import { argumentsAt } from "./arguments.js";
import { assignmentsOf } from "./assignments.js";
import { CallSites } from "../calls/call-sites.js";
import { resultOfCall } from "./call-values.js";
import { fieldGiven, type Placed } from "./constructor-fields.js";
import { constructorFunctionsOf, looksLikeConstructor } from "./constructor-functions.js";
import { dataExpression } from "../modules/data-files.js";
import { Decorations, isHandlerObject } from "./decorations.js";
import { isModuleExports, valuesOfExpression } from "./expression-values.js";
import { type BindingSource, defaultExpression, type FileIndex, indexOf } from "../modules/file-index.js";
import { memberOf } from "./members.js";
import { type Mutation, mutationsOf } from "./mutations.js";
import { valuesOfParameter } from "./parameter-values.js";
import { givenByCaller } from "./callback-parameters.js";
import type { Declaration, ProjectModel } from "../project-model.js";
import { returnedExpressions, yieldedExpressions } from "../modules/returns.js";
import { schemaFields } from "./schema-fields.js";
import { valuesOfSource } from "./source-values.js";
import { valuesOfType } from "./type-values.js";
import { usesIn } from "./uses.js";
import { behind, collect, distinct, type Value } from "./value.js";

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
    return this.#remember(file, node, () => valuesOfExpression(this, file, node));
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
      const data = name && specifier !== undefined ? this.dataFile(file, specifier, span) : undefined;
      if (name && data) return name.imported === "default" || name.imported === "*" || name.imported === "export=" ? this.of(file, data) : this.ofMember(this.of(file, data), name.imported);
    }
    return [];
  }

  /** What the JSON file that `file` loads by `specifier` holds, read once; undefined if it is none. */
  dataFile(file: string, specifier: string, span: Expression["span"]): Expression | undefined {
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
        return source ? (this.#answersOf(declaration.file).get(source) ?? this.#remember(declaration.file, source, () => this.#lasting(declaration, source, valuesOfSource(this, declaration.file, source)))) : [];
      }
      case "unresolved":
        return [];
    }
  }

  /** What is sure of a name that is given something else later: `let id = "unknown"; id = await load();` is no constant, `let kind = "a"; if (second) kind = "b";` one of two. */
  #lasting({ file, binding }: Declaration & { readonly kind: "binding" }, source: BindingSource, values: readonly Value[]): readonly Value[] {
    const facts = this.model.facts(file);
    if (facts.bindings[binding]?.reassigned !== true || !values.some(({ kind }) => kind === "constant")) return values;
    const later = (assignmentsOf(facts).get(binding) ?? []).filter((value) => source.kind !== "value" || value !== source.value);
    if (later.every(({ kind }) => kind === "literal")) return distinct([...values, ...collect(later, (value) => this.of(file, value))]);
    return values.filter(({ kind }) => kind !== "constant");
  }

  /** What a type written in `file` says of a value that has it. */
  ofType(file: string, type: TypeNode): readonly Value[] {
    return this.#remember(file, type, () => valuesOfType(this, file, type));
  }

  /** What a call of any of `callees` gives. */
  ofCall(file: string, callees: readonly Value[], call: CallExpression): readonly Value[] {
    return collect(callees, (callee) => resultOfCall(this, file, callee, call));
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

  /** What a function hands on of what its own caller gave it: which parameter, and whether an element of it; undefined for anything else. */
  givenByCaller(file: string, node: FunctionNode, part: Expression): { readonly index: number; readonly element: boolean } | undefined {
    return givenByCaller(this, { file, node }, part);
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
      const given = yieldedExpressions(node);
      // Those of a generator are gone through.
      if (given.length > 0) return node.returns ? this.ofType(file, node.returns) : [{ kind: "list", of: collect(given, (value) => this.of(file, value)) }];
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

  /** What a generator gives one after the other, as it is written. */
  yielded(node: FunctionNode): readonly Expression[] {
    return yieldedExpressions(node);
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

  /** What a constructor puts into a field of the class around `self`, also that of a base class. */
  fieldGiven(file: string, self: Expression, name: string): Placed | undefined {
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
    return valuesOfParameter(this, file, node, index);
  }

  /** `exports.name = …` or a property of `module.exports = { … }`. */
  #ofCommonJsMember(file: string, member: string): readonly Value[] {
    const assigned = this.index(file).memberAssignments.filter(({ property, object }) => property === member && ((object.kind === "name" && object.name === "exports") || isModuleExports(object) || this.of(file, object).some((value) => value.kind === "namespace" && value.file === file)));
    if (assigned.length > 0) return collect(assigned, ({ value }) => this.of(file, value));
    const whole = defaultExpression(this.model.facts(file));
    return whole ? this.ofMember(this.of(file, whole), member) : [];
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

/** What a call in a chain is called on, if that is a call as well. */
function innerCall(node: Expression): CallExpression | undefined {
  return node.kind === "call" && node.callee.kind === "member" && node.callee.object.kind === "call" ? node.callee.object : undefined;
}

function isChained(node: Expression): boolean {
  const inner = innerCall(node);
  return inner !== undefined && innerCall(inner) !== undefined;
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

