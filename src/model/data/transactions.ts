import { isInBatch } from "./batches.js";
import { answers } from "../../base/answers.js";
import { Gathered } from "../../base/gathered.js";
import { within } from "../../base/position.js";
import { settledPer, settleMap, settleSet } from "../../base/settled.js";
import { findLibrary } from "../../catalogue/index.js";
import { decoratorName, lastName } from "../../facts/names.js";
import type { CallExpression, Decorator, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import { isFunctionNode } from "../../facts/walk.js";
import { ambientPackages } from "./ambient-transactions.js";
import { callGraphOf } from "../calls/call-graph.js";
import type { NamedCall } from "../calls/call-sites.js";
import { makesClient } from "./connections.js";
import { decoratingFunctions, decoratorIn } from "./context-entries.js";
import type { StoreOperation } from "./data-access.js";
import type { FunctionReference } from "../calls/implementations.js";
import { ownerOf, runsBesideTransactions } from "./inline-functions.js";
import { givenStatement, withGivenText } from "./given-statements.js";
import { heaviestPath } from "../modules/path-weight.js";
import type { ProjectModel } from "../project-model.js";
import { isClient, type Session, sessionOf } from "./session-of.js";
import { type FunctionContent, summariesOf } from "./summaries.js";
import type { FunctionSummary, SummaryUse } from "./summary.js";
import { handedToRunners } from "./transaction-runners.js";
import type { CreationSite } from "../values/value.js";

/** A function that runs in a transaction, with the operation that opens it. */
export interface TransactionBody {
  readonly file: string;
  readonly node: FunctionNode;
  readonly opener: StoreOperation;
}

/** Names of functions that run a function in a transaction. */
const wrapping = /^((run|exec|execute|do|perform|start|begin)?(with|in|inside)?a?(db|database)?(transaction|tx|trx)|transactional(ly)?)$/i;

/** Callers of callers that are looked at. */
const deepest = 6;

/** What runs in which transaction, and what a function does to stores with all it calls. */
export class Transactions {
  readonly #model: ProjectModel;
  readonly #bodies = answers<string, readonly TransactionBody[]>();
  readonly #callers: Gathered<FunctionNode, NamedCall>;
  readonly #handedIn = settledPer((model: ProjectModel) => handedToRunners(model, this), (before, after) => (settleMap(before.bodies, after.bodies) === before.bodies && settleSet(before.unknown, after.unknown) === before.unknown ? before : after));

  constructor(model: ProjectModel) {
    this.#model = model;
    this.#callers = new Gathered(model.files, (file) => this.#callsIn(file));
  }

  /** The functions that run in transactions which a file opens, ambient ones included. */
  bodies(file: string): readonly TransactionBody[] {
    return this.#bodies.of(file, () =>
      this.#model.dataAccess.of(file).flatMap((opener) => {
        if (opener.role !== "transaction" && opener.role !== "ambient") return [];
        return opener.body.flatMap((body) => this.#model.values.of(file, body).flatMap((value) => (value.kind === "function" ? [{ file: value.file, node: value.node, opener }] : [])));
      }),
    );
  }

  /** Whether the transactions of an operation's library are found in the asynchronous context. */
  isAmbient({ package: name, file }: StoreOperation): boolean {
    return findLibrary(name)?.store?.ambient === "always" || ambientPackages(this.#model, this.#model.packageOf(file)).has(name);
  }

  /**
   * Whether an operation of a function may run in a transaction of the asynchronous context: anywhere where a middleware or
   * the like opens them; where decorators and functions do that are given what to run, in the handlers of a bus that no known code calls.
   */
  mayRunInContext({ package: name, file }: StoreOperation, node: FunctionNode): boolean {
    const opener = ambientPackages(this.#model, this.#model.packageOf(file)).get(name);
    if (opener === undefined) return false;
    return opener === "anything" || (/^(execute|handle)/.test(node.name ?? "") && this.callersOf(node).length === 0 && this.#model.layerOf(file).layer !== "api");
  }

  /** Whether an operation begins a transaction that calls of its own end: `BEGIN`, `const t = await sequelize.transaction()`. */
  isBegin({ role, family, execution, body, batch, node }: StoreOperation): boolean {
    if (family === "redis") return false;
    // With a function or list it runs that; with options or nothing it gives the transaction.
    return role === "begin" || (role === "transaction" && execution !== "sync" && body.length === 0 && batch.length === 0 && node.kind === "call" && node.arguments.every(({ kind }) => kind === "object" || kind === "literal"));
  }

  /** Whether a function's statements run by themselves, and not as part of the function around it. */
  isOwner(file: string, node: FunctionNode): boolean {
    const context = this.#model.values.index(file).functions.get(node);
    return context !== undefined && ownerOf(this.#model, file, context) === context;
  }

  /** The calls and operations that belong to a function's own run. */
  contentOf(file: string, node: FunctionNode): FunctionContent {
    return summariesOf(this.#model).contentOf(file, node);
  }

  /** What calling a function does, with what the functions it calls do. */
  summaryOf(file: string, node: FunctionNode): FunctionSummary {
    return summariesOf(this.#model).of(file, node);
  }

  /** Whose connection an operation uses, seen from the function whose run it belongs to. */
  sessionOf(operation: StoreOperation, node: FunctionNode): Session {
    return sessionOf(this.#model, operation, node);
  }

  /** Whether a statement becomes part of a batch, in its list or in a variable that is handed to one. */
  isInBatch(file: string, node: Expression): boolean {
    return isInBatch(this.#model, file, node);
  }

  /** The functions of the project that a call runs. */
  callees(file: string, call: CallExpression | NewExpression): readonly FunctionReference[] {
    return callGraphOf(this.#model).callees(file, call).functions;
  }

  /** What a use does of which a caller gives the text of the statement. */
  withGivenText(use: SummaryUse): StoreOperation {
    return withGivenText(this.#model, use);
  }

  /** The statement that a call runs through a function of the project which it gives the text. */
  givenStatement(file: string, call: CallExpression | NewExpression): StoreOperation | undefined {
    return givenStatement(this.#model, file, call);
  }

  /** How many of `nodes` lie on one path through a function at most, callbacks of transactions left out; a loop counts twice, or as `oneRound` of it. */
  onOnePath(file: string, node: FunctionNode, nodes: ReadonlySet<Expression>, oneRound = false): number {
    return heaviestPath(node, { of: (part) => (nodes.has(part) ? 1 : 0), runsOf: (inner) => runsBesideTransactions(this.#model, file, inner), oneRound });
  }

  /** The calls that may run a function of the project, through interfaces and abstract classes too; tests left out. */
  callersOf(node: FunctionNode): readonly NamedCall[] {
    return this.#callers.of(node);
  }

  /** Whether a function runs inside a transaction whoever calls it: by its decorator, or because all its callers do. */
  isCovered(file: string, node: FunctionNode, depth = 0): boolean {
    const context = this.#model.values.index(file).functions.get(node);
    if (this.#isInBody(file, node) || this.isHandedIn(file, node) || assertsTransaction(this.contentOf(file, node).calls) || context?.member?.decorators?.some((decorator) => this.#opensTransaction(file, decorator))) return true;
    // A function that calls itself does so wherever others have called it.
    const callers = this.callersOf(node).filter(({ file: at, call }) => at !== file || !within(call.span, node.span));
    if (depth > deepest || callers.length === 0) return false;
    return callers.every(({ file: at, call }) => {
      if (this.#isInBody(at, call) || this.isHandedIn(at, call)) return true;
      const owner = ownerOf(this.#model, at, this.#model.values.index(at).functionAround(call))?.node;
      return owner !== undefined && owner !== node && (this.#isBegunBefore(at, owner, call) || this.isCovered(at, owner, depth + 1));
    });
  }

  /** Whether a client is made in a place; `source.getRepository(User)` gives what belongs to one that is there. */
  makesClient(site: CreationSite): boolean {
    return makesClient(this.#model, site);
  }

  /** Whether what a parameter stands for is never the handle of a transaction: every caller passes a client, or what a framework passed it. */
  isGivenOutside(file: string, node: FunctionNode, parameter: number, depth = 0): boolean {
    if (depth > deepest || this.#isInBody(file, node) || this.isHandedIn(file, node)) return false;
    return this.callersOf(node).every(({ file: at, call }) => {
      const argument = call.arguments[parameter];
      if (!argument || this.#isInBody(at, call) || this.isHandedIn(at, call)) return false;
      if (isClient(this.#model, at, argument)) return true;
      const owner = ownerOf(this.#model, at, this.#model.values.index(at).functionAround(call))?.node;
      const source = argument.kind === "name" && argument.binding !== undefined ? this.#model.values.index(at).sources[argument.binding] : undefined;
      return owner !== undefined && owner !== node && source?.kind === "parameter" && source.function === owner && this.isGivenOutside(at, owner, source.index, depth + 1);
    });
  }

  /** Whether the known callers of a function all leave an optional parameter out: no transaction is handed to it. */
  isLeftOut(node: FunctionNode, parameter: number): boolean {
    const callers = this.callersOf(node);
    return callers.length > 0 && callers.every(({ call }) => call.arguments.length <= parameter && !call.arguments.some(({ kind }) => kind === "spread"));
  }

  /** Whether a place lies in a function that is handed to code of the project which runs it in a transaction, or to a wrapper whose name tells that: `service.transactional((inner) => …)`. */
  isHandedIn(file: string, node: FunctionNode | Expression): boolean {
    const { span } = node;
    if (this.handedIn(file).some((body) => span[0] >= body.node.span[0] && span[1] <= body.node.span[1])) return true;
    const index = this.#model.values.index(file);
    for (let context = isFunctionNode(node) ? index.functions.get(node) : index.functionAround(node); context; context = context.parent) if (context.passedTo && wrapping.test(lastName(context.passedTo.call.callee))) return true;
    return false;
  }

  /** The functions of a file that are handed to code of the project which runs them in a transaction. */
  handedIn(file: string): readonly TransactionBody[] {
    return this.#handedIn(this.#model).bodies.get(file) ?? [];
  }

  /** Whether what runs in the transactions of an opener is given to code of the project and not known: no call of that code is seen, or not what one is given. */
  runsUnknown({ node }: StoreOperation): boolean {
    return this.#handedIn(this.#model).unknown.has(node);
  }

  #isInBody(file: string, { span }: FunctionNode | Expression): boolean {
    return this.bodies(file).some((body) => body.file === file && span[0] >= body.node.span[0] && span[1] <= body.node.span[1]);
  }

  #isBegunBefore(file: string, owner: FunctionNode, call: Expression): boolean {
    const { operations, calls } = this.contentOf(file, owner);
    if (operations.some((operation) => this.isBegin(operation) && operation.span[1] <= call.span[0])) return true;
    // `await connection.open(); …; await connection.commit();`, and `rollback()` where it fails: a connection of the project's own.
    const ends = (name: string): readonly CallExpression[] => calls.flatMap((one) => (one.kind === "call" && one.arguments.length === 0 && one.callee.kind === "member" && one.callee.property === name && one.callee.object.kind === "name" ? [one] : []));
    const bindingOf = ({ callee }: CallExpression): number | undefined => (callee.kind === "member" && callee.object.kind === "name" ? callee.object.binding : undefined);
    return ends("commit").some((commit) => commit.span[0] >= call.span[1] && ends("rollback").some((back) => bindingOf(back) !== undefined && bindingOf(back) === bindingOf(commit)));
  }

  /** `@Transactional()` of a library, or of the project by its name or by what it does. */
  #opensTransaction(file: string, decorator: Decorator): boolean {
    return /transaction/i.test(decoratorName(decorator)) || this.#model.dataAccess.at(file, decorator.value)?.role === "ambient" || decoratorIn(this.#model, file, decorator.value, decoratingFunctions(this.#model));
  }

  *#callsIn(file: string): Iterable<readonly [FunctionNode, NamedCall]> {
    if (this.#model.layerOf(file).layer === "tests") return;
    for (const { node: call } of this.#model.values.index(file).calls) for (const callee of this.callees(file, call)) yield [callee.node, { file, call }];
  }
}

/** `this.db.assertTransaction()`: the function refuses to run without one. */
function assertsTransaction(calls: FunctionContent["calls"]): boolean {
  return calls.some(({ callee }) => /^(assert|require|ensure|expect)(Is|In|Has|Within)?(A|An)?(Active|Open)?(Transaction|Tx|Trx)$/.test(lastName(callee)));
}
