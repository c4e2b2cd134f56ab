import { answers } from "../../base/answers.js";
import { oncePer } from "../../base/once-per.js";
import type { Span } from "../../base/position.js";
import { type ArgumentPath, type Execution, findLibrary, type StoreCall, type StoreLibrary, type StoreRole, type WriteKind } from "../../catalogue/index.js";
import type { CallExpression, Expression, NewExpression, TemplateExpression } from "../../facts/syntax.js";
import { argumentsAt, isObject } from "../values/arguments.js";
import { type Completion, completionOf, completionOfVariable } from "../calls/completion.js";
import type { FileIndex, FunctionContext } from "../modules/file-index.js";
import type { ProjectModel } from "../project-model.js";
import { returnedExpressions } from "../modules/returns.js";
import { readSql, type SqlStatement } from "./sql.js";
import { type ChainLink, chainOf, type StoreReceiver } from "./store-chain.js";
import { outlineOf, type TextPart, textOf } from "../values/text.js";

/** A statement, read, write or other use of a store: one chain of calls, with its parts gathered. */
export interface StoreOperation {
  readonly file: string;
  /** The outermost call of the chain, or the tagged template. */
  readonly node: CallExpression | NewExpression | TemplateExpression;
  readonly span: Span;
  readonly in: FunctionContext | undefined;
  /** What it does; of a chain what its calls amount to. Text that is known tells for itself (`list`, `write`, `begin`, …). */
  readonly role: StoreRole;
  readonly family: StoreLibrary["family"];
  readonly package: string;
  readonly execution: Execution;
  readonly completion: Completion;
  /** A method that runs the statement was called. */
  readonly executed: boolean;
  readonly receiver: StoreReceiver;
  readonly write: WriteKind | undefined;
  /** One statement for many rows. */
  readonly many: boolean;
  /** Gives one row at most. */
  readonly single: boolean;
  /** A page or stream whatever the arguments. */
  readonly bounded: boolean;
  /** What the text says, for statements given as text. */
  readonly sql: SqlStatement | undefined;
  readonly data: readonly Expression[];
  readonly fields: readonly Expression[];
  readonly filter: readonly Expression[];
  readonly limit: readonly Expression[];
  /** Text that the store runs as it is. Pieces of SQL made by the library are not among it. */
  readonly text: readonly Expression[];
  readonly parameters: readonly Expression[];
  readonly identifiers: readonly Expression[];
  /** What was passed where the handle of a transaction goes. */
  readonly handle: readonly Expression[];
  /** The handle was passed where the method takes another row: `create(row, { session })`. */
  readonly handleAsRow: boolean;
  /** There is a place for the handle. */
  readonly takesHandle: boolean;
  /** The function that runs in the transaction. */
  readonly body: readonly Expression[];
  readonly batch: readonly Expression[];
  /** The statement was begun elsewhere (a function of the project returned it): some of its parts are not here. */
  readonly continued: boolean;
  /** The methods of the chain, innermost first. */
  readonly methods: readonly string[];
}

/** The uses of data access of a project, file by file, each computed once. */
export class DataAccess {
  readonly #model: ProjectModel;
  readonly #byFile = answers<string, readonly StoreOperation[]>();
  readonly #byNode = oncePer((operations: readonly StoreOperation[]): ReadonlyMap<Expression, StoreOperation> => new Map(operations.map((operation) => [operation.node, operation])));

  constructor(model: ProjectModel) {
    this.#model = model;
  }

  /** The operations of a file in source order. */
  of(file: string): readonly StoreOperation[] {
    return this.#byFile.get(file) ?? this.#byFile.of(file, () => gather(this.#model, file));
  }

  /** The text that an expression makes, piece by piece. */
  partsOf(file: string, node: Expression): readonly TextPart[] {
    return textOf(this.#model.values, file, node);
  }

  /** The text that an expression makes, with what is unknown left as `?`. */
  outlineOf(file: string, node: Expression): string {
    return outlineOf(this.partsOf(file, node));
  }

  /** What a text says as a statement, as far as it is known. */
  statementIn(file: string, node: Expression): SqlStatement {
    return readSql(this.outlineOf(file, node));
  }

  /** Whether a raw text is put into a statement that is written out around it: `sql`order by ${sql.raw(column)}``. */
  isPiece({ role, file, node }: StoreOperation): boolean {
    const around = role === "raw" ? this.#model.values.index(file).parentOf(node) : undefined;
    return around !== undefined && "kind" in around && around.kind === "template" && around.tag !== undefined;
  }

  /** The pieces of a text that only run time knows, with the file each is written in. */
  holesIn(file: string, node: Expression): readonly { readonly file: string; readonly node: Expression }[] {
    return textOf(this.#model.values, file, node).flatMap((part) => (part.kind === "hole" ? [{ file: part.file, node: part.expression }] : []));
  }

  /** The operation whose outermost call `node` is. */
  at(file: string, node: Expression): StoreOperation | undefined {
    return this.#byNode(this.of(file)).get(node);
  }
}

/** The data access of a model, made at the first question. */
export const dataAccessOf = oncePer((model: ProjectModel) => new DataAccess(model));

/** Roles that other calls of a chain give way to. */
const partRoles: ReadonlySet<StoreRole> = new Set(["clause", "execute", "build", "start"]);

function gather(model: ProjectModel, file: string): readonly StoreOperation[] {
  const index = model.values.index(file);
  const version = (name: string): string | undefined => model.packageOf(file).dependencies.get(name);
  const inner = new Set<Expression>();
  const chains: { readonly node: CallExpression | NewExpression | TemplateExpression; readonly links: readonly ChainLink[] }[] = [];
  // Outer calls come first, so that a chain is read once, from its end.
  const calls = [...index.calls.map(({ node }) => node), ...index.taggedTemplates].sort((left, right) => right.span[1] - left.span[1] || left.span[0] - right.span[0]);
  for (const node of calls) {
    if (inner.has(node)) continue;
    const links = chainOf(model.values, file, node, version);
    for (const link of links) inner.add(link.node);
    if (links.length > 0) chains.push({ node, links });
  }
  // Pieces that are added to a statement kept in a variable belong to it.
  const continued = new Map<Expression, ChainLink[]>();
  const whole = chains.flatMap(({ node, links }) => {
    const origin = links[0]?.origin;
    if (!origin) return [{ node, links }];
    // A prepared statement runs where it is executed, each time.
    if (links.at(-1)?.call.role === "execute" && (origin.kind === "call" || origin.kind === "new") && index.functionAround(origin) !== index.functionAround(node)) return [{ node, links: [...chainOf(model.values, file, origin, version), ...links.map(({ origin: _, ...link }) => link)] }];
    continued.set(origin, [...(continued.get(origin) ?? []), ...links]);
    return [];
  });
  // `whereIn("id", mine)`: what a variable holds stands for it.
  const held = (argument: Expression): Expression => {
    const source = argument.kind === "name" && argument.binding !== undefined ? index.sources[argument.binding] : undefined;
    return source?.kind === "value" && source.value && source.path.length === 0 ? source.value : argument;
  };
  const given = new Set<Expression>(chains.flatMap(({ links }) => links.flatMap(({ node, call }) => (node.kind === "template" || call.role === "execute" ? [] : node.arguments.map(held)))));
  // `eq(users.id, db.select(…))`, `exists(db.select(…))`: what an operator of the library is given stands in a condition.
  for (const { node } of index.calls) if (isOperator(model, file, node)) for (const argument of node.arguments) given.add(held(argument));
  const operations = whole.map(({ node, links }) => asPart(given, assemble(model, file, node, [...links, ...laterLinks(node, continued)])));
  return operations.sort((left, right) => left.span[0] - right.span[0] || right.span[1] - left.span[1]);
}

/** A function of a data-access library that makes a condition, whatever it is given. */
function isOperator(model: ProjectModel, file: string, { callee }: CallExpression | NewExpression): boolean {
  return callee.kind === "name" && model.values.of(file, callee).some((value) => value.kind === "external" && findLibrary(value.provenance.package)?.store?.execution === "lazy" && value.provenance.path.length === 1);
}

/** A statement that nothing runs and another one is given runs as a part of that one: `whereIn("id", knex("orders").select("user_id"))`, `with("taken", knex("jobs").update(…))`. */
function asPart(given: ReadonlySet<Expression>, operation: StoreOperation): StoreOperation {
  const { node, role, execution, executed } = operation;
  return given.has(node) && execution === "lazy" && !executed && (role === "list" || role === "read" || role === "write") ? { ...operation, role: "build" } : operation;
}

/** The calls on variables that hold this statement, in source order; what they give may be continued again. */
function laterLinks(node: Expression, continued: ReadonlyMap<Expression, readonly ChainLink[]>): readonly ChainLink[] {
  return [...(continued.get(node) ?? [])].sort((left, right) => left.node.span[0] - right.node.span[0]);
}

function assemble(model: ProjectModel, file: string, node: StoreOperation["node"], links: readonly ChainLink[]): StoreOperation {
  const index = model.values.index(file);
  const [first] = links;
  if (!first) throw new Error("a chain has at least one link");
  const at = (select: (call: StoreCall) => readonly ArgumentPath[] | undefined): readonly Expression[] =>
    links.flatMap((link) => argumentsAt(model.values, file, link.node, select(link.call) ?? []));
  // `Raw((alias) => `${alias} > now()`)`: the text is what the function gives.
  const text = at((call) => call.text)
    .flatMap((expression) => (expression.kind === "function" ? returnedExpressions(expression.function) : [expression]))
    .filter((expression) => !isFragment(model, file, expression));
  const main = links.findLast((link) => !partRoles.has(link.call.role)) ?? links.find((link) => link.call.role !== "clause") ?? first;
  const executed = links.some((link) => link.call.role === "execute");
  // `knex("users").insert(row).toQuery()`: the text of a statement, and nothing that runs it.
  const onlyBuilt = links.length > 1 && !executed && links.at(-1)?.call.role === "build";
  const completion = completionOfChain(index, node, links);
  const [statement] = main.call.role === "statement" || (main.call.role === "bound" && executed) ? statements(model, file, main, text) : [];
  const single = links.some((link) => link.call.single) || statement?.aggregate === true;
  const write = links.findLast((link) => link.call.write !== undefined && link.call.role !== "clause");
  const handleAsRow = links.some(({ node: made, call }) => call.handleBehindList === true && made.kind === "call" && made.arguments.length > 1 && argumentsAt(model.values, file, made, ["0"]).some((row) => isObject(model.values, file, row)));
  return {
    file,
    node,
    span: node.span,
    in: index.functionAround(node),
    role: onlyBuilt ? "build" : roleOf(partRoles.has(main.call.role) && first.begun ? { ...main.call, role: first.begun } : main.call, statement, { single, executed, writes: write !== undefined, loose: completion === "passed" || completion === "used" }),
    family: main.family,
    package: main.package,
    execution: executionOf(links, main),
    completion,
    executed,
    receiver: first.receiver,
    write: links.findLast((link) => link.call.role === "clause" && link.call.write !== undefined)?.call.write ?? write?.call.write ?? statement?.write,
    many: links.some((link) => link.call.many),
    single,
    bounded: links.some((link) => link.call.bounded) || statement?.limited === true,
    sql: statement,
    data: at((call) => call.data),
    fields: at((call) => call.fields),
    filter: at((call) => call.filter),
    limit: at((call) => call.limit),
    text,
    parameters: at((call) => call.parameters),
    identifiers: at((call) => call.identifiers),
    handle: handleAsRow ? [] : at((call) => call.handle),
    handleAsRow,
    takesHandle: links.some((link) => link.call.handle !== undefined),
    body: at((call) => call.body).filter((expression) => isFunctionLike(model, file, expression)),
    batch: at((call) => call.batch).filter((expression) => !isFunctionLike(model, file, expression)),
    continued: first.begun !== undefined,
    methods: links.map((link) => link.method),
  };
}

/** Of a statement that a variable holds, what becomes of it where it is run or, if nothing runs it, of the variable. */
function completionOfChain(index: FileIndex, node: Expression, links: readonly ChainLink[]): Completion {
  const last = links.findLast((link) => link.origin !== undefined && !partRoles.has(link.call.role)) ?? links.findLast((link) => link.origin !== undefined && link.call.role === "execute");
  const own = completionOf(index, last?.node ?? node);
  if (own === "stored") return completionOfVariable(index, last?.node ?? node) ?? own;
  // `const query = db.select(); query.limit(10); await query;`
  return own === "dropped" && last && last.node !== node ? (completionOfVariable(index, node) ?? own) : own;
}

function roleOf(call: StoreCall, statement: SqlStatement | undefined, { single, executed, writes, loose }: { readonly single: boolean; readonly executed: boolean; readonly writes: boolean; readonly loose: boolean }): StoreRole {
  if (statement && statement.role !== "other") return statement.role === "list" && single ? "read" : statement.role;
  // `select(knex.raw("count(*)"))`: text that is no statement and becomes part of one.
  if (statement && loose && call.execution !== "eager") return "raw";
  // A piece of SQL that was run is a statement.
  if (call.role === "bound" && executed) return "statement";
  if (writes && (call.role === "list" || call.role === "read" || call.role === "start")) return "write";
  return call.role === "list" && single ? "read" : call.role;
}

/** A call that executes runs at once; what it belongs to says how it runs without one. */
function executionOf(links: readonly ChainLink[], main: ChainLink): Execution {
  const executing = links.findLast((link) => link.call.role === "execute");
  return executing && executing.call.execution !== "sync" ? "eager" : (executing ?? main).call.execution;
}

/** What a text, or the fixed words of a tag, does. */
function statements(model: ProjectModel, file: string, link: ChainLink, text: readonly Expression[]): readonly SqlStatement[] {
  if (link.node.kind === "template") return [readSql(link.node.texts.join(" ? "))];
  const template = argumentsAt(model.values, file, link.node, ["0"]).find((argument) => argument.kind === "template" && argument.tag !== undefined);
  if (template?.kind === "template") return [readSql(template.texts.join(" ? "))];
  return text.map((expression) => readSql(outlineOf(textOf(model.values, file, expression))));
}

/** Whether an expression is a piece of SQL made by a library, whose values are bound. */
function isFragment(model: ProjectModel, file: string, node: Expression): boolean {
  const parts = textOf(model.values, file, node);
  return parts.length > 0 && parts.every((part) => part.kind === "bound");
}

function isFunctionLike(model: ProjectModel, file: string, node: Expression): boolean {
  return node.kind === "function" || model.values.of(file, node).some((value) => value.kind === "function") || isGivenFunction(model, file, node);
}

/** A parameter that is declared as a function: `run<T>(work: (tx: Tx) => Promise<T>)`. */
function isGivenFunction(model: ProjectModel, file: string, node: Expression): boolean {
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  if (source?.kind !== "parameter" || source.path.length > 0 || !source.type) return false;
  if (source.type.kind !== "reference" || source.type.binding === undefined) return source.type.kind === "function";
  const declaration = model.declarationOfBinding(file, source.type.binding);
  const declared = declaration.kind === "binding" ? model.values.index(declaration.file).sources[declaration.binding] : undefined;
  return declared?.kind === "type" && declared.type.kind === "alias" && declared.type.type.kind === "function";
}
