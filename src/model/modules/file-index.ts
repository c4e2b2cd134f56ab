import { isNothing } from "../../facts/names.js";
import { oncePer } from "../../base/once-per.js";
import type { FileFacts } from "../../facts/facts.js";
import { innerExport } from "../../facts/inner-export.js";
import type { AssignExpression, BinaryExpression, CallExpression, ClassMember, ClassNode, EnumStatement, Expression, FunctionNode, MemberExpression, NewExpression, ObjectMember, Pattern, Statement, TemplateExpression, TryStatement, TypeDeclaration, TypeNode } from "../../facts/syntax.js";
import { forEachPart, isClassNode, isFunctionNode, type SyntaxNode } from "../../facts/walk.js";

/** How a name is taken out of a value by destructuring: a property, an element, or what is left over without the keys beside it. */
export type PatternStep = { readonly kind: "property"; readonly key: string } | { readonly kind: "element"; readonly index: number } | { readonly kind: "rest"; readonly without: readonly string[]; /** Where that of a list begins. */ readonly from?: number } | { readonly kind: "unknown" };

/** What gives a binding its (first) value. */
export type BindingSource =
  | { readonly kind: "value"; readonly value?: Expression; readonly path: readonly PatternStep[]; readonly type?: TypeNode; readonly default?: Expression }
  /** The variable of `for (const x of subject)`; that of `for (const key in value)` runs through the keys. */
  | { readonly kind: "element"; readonly subject: Expression; readonly path: readonly PatternStep[]; readonly default?: Expression }
  | { readonly kind: "parameter"; readonly function: FunctionNode; readonly index: number; readonly path: readonly PatternStep[]; readonly type?: TypeNode; readonly default?: Expression }
  | { readonly kind: "function"; readonly function: FunctionNode }
  | { readonly kind: "class"; readonly class: ClassNode }
  | { readonly kind: "enum"; readonly enum: EnumStatement }
  | { readonly kind: "type"; readonly type: TypeDeclaration }
  | { readonly kind: "catch" };

/** A function with its surroundings. */
export interface FunctionContext {
  readonly node: FunctionNode;
  /** The function around it. */
  readonly parent: FunctionContext | undefined;
  /** The class it is a member of. */
  readonly class: ClassNode | undefined;
  readonly member: Extract<ClassMember, { kind: "method" }> | undefined;
  /** The call that it is passed to, as which argument, and in which option where it stands in an object. */
  readonly passedTo: { readonly call: CallExpression | NewExpression; readonly argument: number; readonly option?: string } | undefined;
}

/** A call or `new` with the function it stands in. */
export interface CallSite {
  readonly node: CallExpression | NewExpression;
  readonly in: FunctionContext | undefined;
}

/** An assignment to a member, such as `this.db = db` or `req.user = user`. */
export interface MemberAssignment {
  readonly object: Expression;
  readonly property: string;
  readonly value: Expression;
  readonly in: FunctionContext | undefined;
}

export type SwitchStatement = Extract<Statement, { kind: "switch" }>;

/** What is asked of a file's syntax again and again, from one walk. */
export interface FileIndex {
  readonly facts: FileFacts;
  /** By binding number; bindings made by imports have none. */
  readonly sources: readonly (BindingSource | undefined)[];
  readonly functions: ReadonlyMap<FunctionNode, FunctionContext>;
  readonly calls: readonly CallSite[];
  readonly taggedTemplates: readonly TemplateExpression[];
  /** Operations with two sides, and templates without a tag. */
  readonly operations: readonly BinaryExpression[];
  readonly templates: readonly TemplateExpression[];
  readonly tries: readonly TryStatement[];
  readonly switches: readonly SwitchStatement[];
  /** Members named `env`, of whatever object. */
  readonly environments: readonly MemberExpression[];
  readonly classes: readonly ClassNode[];
  readonly memberAssignments: readonly MemberAssignment[];
  /** Assignments to a member or an element, as they are written. */
  readonly partAssignments: readonly AssignExpression[];
  /** The function that a node of the file stands in; undefined at the top level. */
  functionAround(node: SyntaxNode): FunctionContext | undefined;
  /** The node that a node is a direct part of; undefined for the statements of the module. */
  parentOf(node: SyntaxNode): SyntaxNode | undefined;
}

const innerExportIn = oncePer(({ body }: FileFacts) => innerExport(body));

/** The expression of `export default` or `module.exports =`. */
export function defaultExpression(facts: FileFacts): Expression | undefined {
  if (facts.defaultExport === undefined && facts.hasInnerExport) return innerExportIn(facts);
  const statement = facts.defaultExport === undefined ? undefined : facts.body[facts.defaultExport];
  if (statement?.kind !== "expression") return undefined;
  let { value } = statement;
  // `exports = module.exports = value`
  while (value.kind === "assign") ({ value } = value);
  return value;
}

/** `Object.keys(value)`, through which `for (const key in value)` runs as well. */
function keysOf(value: Expression): Expression {
  const { span } = value;
  return { kind: "call", span, callee: { kind: "member", span, object: { kind: "name", span, name: "Object" }, property: "keys", propertySpan: span }, arguments: [value] };
}

/** The names that a namespace declares, as the object that it is when it runs. */
function namespaceObject(body: readonly Statement[], span: Expression["span"]): Expression {
  const property = (name: string, binding: number, at: Expression["span"]): ObjectMember => ({ kind: "property", span: at, key: name, keySpan: at, value: { kind: "name", span: at, name, binding } });
  const members = body.flatMap((statement): readonly ObjectMember[] => {
    if (statement.kind === "variable") return statement.declarators.flatMap(({ target }) => (target.kind === "binding" ? [property(target.name, target.binding, target.span)] : []));
    if (statement.kind === "enum") return [property(statement.name, statement.binding, statement.span)];
    const declared = statement.kind === "function" ? statement.function : statement.kind === "class" ? statement.class : undefined;
    if (declared?.name !== undefined && declared.binding !== undefined) return [property(declared.name, declared.binding, declared.nameSpan ?? declared.span)];
    return [];
  });
  return { kind: "object", span, members };
}

/** The index of a file, made at the first call. */
export const indexOf = oncePer(makeIndex);

function makeIndex(facts: FileFacts): FileIndex {
  const sources: (BindingSource | undefined)[] = new Array<BindingSource | undefined>(facts.bindings.length).fill(undefined);
  const functions = new Map<FunctionNode, FunctionContext>();
  const calls: CallSite[] = [];
  const taggedTemplates: TemplateExpression[] = [];
  const operations: BinaryExpression[] = [];
  const templates: TemplateExpression[] = [];
  const tries: TryStatement[] = [];
  const switches: SwitchStatement[] = [];
  const environments: MemberExpression[] = [];
  const classes: ClassNode[] = [];
  const memberAssignments: MemberAssignment[] = [];
  const partAssignments: AssignExpression[] = [];
  const passed = new Map<FunctionNode, FunctionContext["passedTo"]>();
  const members = new Map<FunctionNode, { class: ClassNode; member: Extract<ClassMember, { kind: "method" }> }>();

  /** The function around what is visited. */
  let around: FunctionContext | undefined;
  const visit = (node: SyntaxNode): void => {
    const outer = around;
    if (isFunctionNode(node)) around = enterFunction(node, outer);
    else if (isClassNode(node)) noteClass(node);
    else note(node, outer);
    forEachPart(node, visit);
    around = outer;
  };

  const enterFunction = (node: FunctionNode, parent: FunctionContext | undefined): FunctionContext => {
    const owner = members.get(node);
    const context: FunctionContext = { node, parent, class: owner?.class, member: owner?.member, passedTo: passed.get(node) };
    functions.set(node, context);
    if (node.binding !== undefined && (node.body || sources[node.binding] === undefined)) sources[node.binding] = { kind: "function", function: node };
    node.parameters.forEach((parameter, index) => {
      bind(parameter.target, [], (path, fallback) => ({
        kind: "parameter",
        function: node,
        index,
        path,
        ...(parameter.type && { type: parameter.type }),
        ...((fallback ?? parameter.default) && { default: fallback ?? parameter.default }),
      }));
    });
    return context;
  };

  const noteClass = (node: ClassNode): void => {
    classes.push(node);
    if (node.binding !== undefined) sources[node.binding] = { kind: "class", class: node };
    for (const member of node.members) if (member.kind === "method") members.set(member.function, { class: node, member });
  };

  const bind = (pattern: Pattern, path: readonly PatternStep[], source: (path: readonly PatternStep[], fallback?: Expression) => BindingSource, fallback?: Expression): void => {
    if (pattern.kind === "binding") sources[pattern.binding] ??= source(path, fallback);
    else if (pattern.kind === "object-pattern") {
      for (const property of pattern.properties) {
        const step: PatternStep = property.key === undefined ? { kind: "unknown" } : { kind: "property", key: property.key };
        bind(property.value, [...path, step], source, property.default);
      }
      if (pattern.rest) bind(pattern.rest, [...path, { kind: "rest", without: pattern.properties.flatMap(({ key }) => key ?? []) }], source);
    } else if (pattern.kind === "array-pattern") {
      pattern.elements.forEach((element, index) => {
        if (element) bind(element.value, [...path, { kind: "element", index }], source, element.default);
      });
      if (pattern.rest) bind(pattern.rest, [...path, { kind: "rest", without: [], from: pattern.elements.length }], source);
    }
  };

  const note = (node: Exclude<SyntaxNode, FunctionNode | ClassNode>, context: FunctionContext | undefined): void => {
    switch (node.kind) {
      case "call":
      case "new":
        calls.push({ node, in: context });
        node.arguments.forEach((argument, index) => {
          notePassed(argument, node, index);
        });
        return;
      case "template":
        (node.tag ? taggedTemplates : templates).push(node);
        return;
      case "binary":
        operations.push(node);
        return;
      case "variable":
        for (const { target, value, type } of node.declarators)
          bind(target, [], (path, fallback) => ({ kind: "value", ...(value && { value }), path, ...(type && path.length === 0 && { type }), ...(fallback && { default: fallback }) }));
        return;
      case "loop": {
        const { initial, subject } = node;
        const list = subject && node.form === "for-in" ? keysOf(subject) : node.form === "for-of" ? subject : undefined;
        if (initial?.kind === "variable" && list) for (const { target } of initial.declarators) bind(target, [], (path, fallback) => ({ kind: "element", subject: list, path, ...(fallback && { default: fallback }) }));
        return;
      }
      case "switch":
        switches.push(node);
        return;
      case "member":
        if (node.property === "env") environments.push(node);
        return;
      case "try":
        tries.push(node);
        if (node.handler?.parameter) bind(node.handler.parameter, [], () => ({ kind: "catch" }));
        return;
      case "enum":
        sources[node.binding] = { kind: "enum", enum: node };
        return;
      case "block":
        if (node.namespace !== undefined) sources[node.namespace] ??= { kind: "value", value: namespaceObject(node.body, node.span), path: [] };
        return;
      case "assign":
        if (node.target.kind === "member" || node.target.kind === "index") partAssignments.push(node);
        if (node.target.kind === "member") memberAssignments.push({ object: node.target.object, property: node.target.property, value: node.value, in: context });
        // `let x; x = make();`, `let x = null;` — the first assignment of a name without a value stands for its value.
        if (node.target.kind === "name" && node.target.binding !== undefined && node.operator === "=") {
          const known = sources[node.target.binding];
          if (known?.kind === "value" && known.path.length === 0 && (known.value === undefined || isNothing(known.value))) sources[node.target.binding] = { ...known, value: node.value };
        }
        return;
    }
  };

  const notePassed = (argument: Expression, call: CallExpression | NewExpression, index: number): void => {
    if (argument.kind === "function") passed.set(argument.function, { call, argument: index });
    else if (argument.kind === "array") for (const element of argument.elements) notePassed(element, call, index);
    else if (argument.kind === "object")
      for (const member of argument.members) {
        if (member.kind !== "property") continue;
        // `{ onRequest: [(request) => …] }`
        const given = member.value.kind === "array" ? member.value.elements : [member.value];
        for (const value of given) if (value.kind === "function") passed.set(value.function, { call, argument: index, option: member.key });
      }
  };

  for (const type of facts.types) sources[type.binding] ??= { kind: "type", type };
  for (const statement of facts.body) visit(statement);

  // Most files are never asked about what lies around a node.
  let parents: ReadonlyMap<SyntaxNode, SyntaxNode> | undefined;
  const parentOf = (node: SyntaxNode): SyntaxNode | undefined => (parents ??= parentsIn(facts)).get(node);
  return {
    facts,
    sources,
    functions,
    calls,
    taggedTemplates,
    operations,
    templates,
    tries,
    switches,
    environments,
    classes,
    memberAssignments,
    partAssignments,
    parentOf,
    functionAround(node) {
      for (let at = parentOf(node); at; at = parentOf(at)) if (isFunctionNode(at)) return functions.get(at);
      return undefined;
    },
  };
}

function parentsIn({ body }: FileFacts): ReadonlyMap<SyntaxNode, SyntaxNode> {
  const parents = new Map<SyntaxNode, SyntaxNode>();
  let parent: SyntaxNode | undefined;
  const visit = (node: SyntaxNode): void => {
    const outer = parent;
    if (outer) parents.set(node, outer);
    parent = node;
    forEachPart(node, visit);
    parent = outer;
  };
  body.forEach(visit);
  return parents;
}

/** The function that a name of the file holds: `function list() { … }`, `const list = () => { … }`. */
export function heldFunction({ sources }: FileIndex, binding: number | undefined): FunctionNode | undefined {
  const source = binding === undefined ? undefined : sources[binding];
  if (source?.kind === "function") return source.function;
  return source?.kind === "value" && source.path.length === 0 && source.value?.kind === "function" ? source.value.function : undefined;
}
