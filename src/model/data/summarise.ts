import { groupBy } from "../../base/group-by.js";
import { within } from "../../base/position.js";
import { describe, isFor, isOfService } from "../../catalogue/index.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import { argumentsAt } from "../values/arguments.js";
import { isInBatch } from "./batches.js";
import { type Callees, callGraphOf } from "../calls/call-graph.js";
import { completionOf } from "../calls/completion.js";
import { isPlainConnection } from "./connections.js";
import { cutFlowsOf } from "../origins/cut-flows.js";
import type { StoreOperation } from "./data-access.js";
import type { FunctionReference } from "../calls/implementations.js";
import { runsBesideTransactions } from "./inline-functions.js";
import { joinOrigins, type Origin } from "../origins/origin.js";
import { originsOf } from "../origins/origins.js";
import { heaviestPath } from "../modules/path-weight.js";
import type { ProjectModel } from "../project-model.js";
import { isCallOf, isMakerOf, type MadeWith, makingCalls } from "./made-with.js";
import { chosenBy, isClient, type Session, sessionOf } from "./session-of.js";
import { sessionOfBegun } from "./statement-makers.js";
import type { FunctionContent } from "./summaries.js";
import type { CallStep, FlowTarget, FunctionSummary, MadeEffect, MadeUse, OutsideCall, ParameterFlow, ParameterUse, SummaryUse, WriteCount } from "./summary.js";

/** Calls between a function and what it does; what lies deeper is unknown. */
const deepest = 5;
/** The same for what is waited for outside, which clients hide behind layers of their own. */
const deepestWait = 9;
/** Entries of one kind in one summary. */
const most = 40;

/** Names of methods that hand work over to code which is only found at run time: `await action.run(input)`. */
const handsOn = /^(run|execute|invoke|perform|dispatch|trigger)([A-Z]\w*)?$/;

const reaching: ReadonlySet<StoreOperation["role"]> = new Set(["read", "list", "write", "statement", "schema", "transaction", "begin", "commit", "rollback", "savepoint", "acquire"]);

/** Sums up one function from what it contains and what the functions it calls do. */
export function summarise(model: ProjectModel, file: string, node: FunctionNode, content: FunctionContent, summaryOf: (callee: FunctionReference) => FunctionSummary): FunctionSummary {
  return new Summing(model, file, node, summaryOf).run(content);
}

class Summing {
  readonly #model: ProjectModel;
  readonly #file: string;
  readonly #node: FunctionNode;
  readonly #summaryOf: (callee: FunctionReference) => FunctionSummary;
  readonly #outer: SummaryUse[] = [];
  readonly #passed: ParameterUse[] = [];
  readonly #made: MadeUse[] = [];
  readonly #transactions: SummaryUse[] = [];
  readonly #outside: OutsideCall[] = [];
  readonly #effects: MadeEffect[] = [];
  readonly #flows: ParameterFlow[] = [];
  /** What each call or operation writes outside a transaction. */
  readonly #written = new Map<Expression, SummaryUse[]>();
  readonly #manyWrites = new Map<Expression, Set<string>>();
  #begins = false;
  #unknown = 0;

  constructor(model: ProjectModel, file: string, node: FunctionNode, summaryOf: (callee: FunctionReference) => FunctionSummary) {
    this.#model = model;
    this.#file = file;
    this.#node = node;
    this.#summaryOf = summaryOf;
  }

  run({ calls, operations }: FunctionContent): FunctionSummary {
    this.#begins = operations.some(({ role }) => role === "begin" || role === "transaction") || calls.some((call) => this.#calleesOf(call).functions.some((callee) => this.#summaryOf(callee).transactions.length > 0));
    for (const operation of operations) this.#addOperation(operation);
    for (const call of calls) {
      this.#addExternal(call);
      const { functions, unknown } = this.#calleesOf(call);
      if (unknown) this.#unknown++;
      if ((unknown || functions.length === 0) && !this.#isKnownApi(call) && handsOn.test(lastName(call.callee)) && call.arguments.some(({ kind }) => kind !== "literal" && kind !== "template") && this.#isAwaited(call)) this.#outside.push({ kind: "dispatch", file: this.#file, span: call.span, calls: [] });
      for (const callee of functions) this.#addCall(call, callee);
    }
    if ([this.#outer, this.#passed, this.#made, this.#transactions, this.#outside, this.#effects].some(({ length }) => length > most)) this.#cut();
    return {
      outer: this.#outer.slice(0, most),
      passed: this.#passed.slice(0, most),
      made: this.#made.slice(0, most),
      writes: this.#countWrites(),
      transactions: this.#transactions.slice(0, most),
      outside: this.#outside.slice(0, most),
      effects: this.#effects.slice(0, most),
      flows: this.#flows.slice(0, most),
      unknown: this.#unknown,
    };
  }

  #addOperation(operation: StoreOperation): void {
    const use: SummaryUse = { operation, calls: [] };
    if (operation.role === "transaction" || operation.role === "begin") this.#transactions.push(use);
    // A piece of a statement that is written out around it is no statement that a caller gives.
    const text = this.#model.dataAccess.isPiece(operation) ? "identifiers" : "text";
    for (const [part, nodes] of Object.entries({ data: writtenBy(operation), filter: operation.filter, limit: operation.limit, text: operation.text, parameters: operation.node.kind === "template" ? operation.node.values : operation.parameters, identifiers: operation.identifiers }) as readonly (readonly ["data" | "filter" | "limit" | "text" | "parameters" | "identifiers", readonly Expression[]])[])
      for (const node of nodes) this.#addFlows(node, { kind: part === "text" ? text : part, operation, node }, []);
    if (!reaching.has(operation.role)) return;
    const session = sessionOfBegun(this.#model, operation, this.#node) ?? sessionOf(this.#model, operation, this.#node);
    this.#addUse(use, session.kind === "handle" && operation.handle.length === 0 && this.#isOutside(operation.receiver.root) ? { kind: "outer" } : session, operation.node);
  }

  /** Whether a connection is in no transaction: the function has it from a pool, and neither it nor what it calls begins one. */
  #isOutside(connection: Expression): boolean {
    return !this.#begins && isPlainConnection(this.#model, this.#file, connection, this.#node);
  }

  #calleesOf(call: CallExpression | NewExpression): Callees {
    return callGraphOf(this.#model).callees(this.#file, call);
  }

  #addUse(use: SummaryUse, session: Session, at: Expression): void {
    // Statements in the list of a batch run in its transaction.
    if (session.kind === "handle" || isInBatch(this.#model, this.#file, at)) return;
    if (session.kind === "parameter") {
      this.#passed.push({ ...use, parameter: session.parameter });
      return;
    }
    if (session.kind === "made") {
      this.#made.push({ ...use, maker: session.maker, parameter: session.parameter });
      return;
    }
    const outer: SummaryUse = session.unless === undefined ? use : { ...use, unless: session.unless };
    this.#outer.push(outer);
    if (use.operation.role === "write") this.#written.set(at, [...(this.#written.get(at) ?? []), outer]);
  }

  #addCall(call: CallExpression | NewExpression, callee: FunctionReference): void {
    const summary = this.#summaryOf(callee);
    const step: CallStep = { file: this.#file, call, callee };
    this.#unknown += summary.unknown > 0 ? 1 : 0;
    const longer = <T extends { readonly calls: readonly CallStep[] }>(entries: readonly T[], limit = deepest): readonly T[] => {
      const near = entries.filter(({ calls }) => calls.length < limit);
      if (near.length < entries.length) this.#cut();
      return near.map((entry) => ({ ...entry, calls: [step].concat(entry.calls) }));
    };
    this.#transactions.push(...longer(summary.transactions));
    this.#outside.push(...longer(summary.outside, deepestWait));
    this.#effects.push(...longer(summary.effects));
    const chosen = chosenBy(this.#model, this.#file, call.callee, this.#node);
    const outer = longer(summary.outer).flatMap(({ unless, ...use }): readonly { readonly use: SummaryUse; readonly session: Session }[] => {
      if (unless === undefined) return [{ use, session: chosen === undefined ? { kind: "outer" } : { kind: "outer", unless: chosen } }];
      return [{ use, session: this.#sessionPassed(call, unless) ?? { kind: "outer" } }];
    });
    const passed = longer(summary.passed).map(({ parameter, ...use }) => ({ use, session: this.#sessionPassed(call, parameter) ?? ({ kind: "handle" } satisfies Session) }));
    const made = longer(summary.made).map(({ maker, parameter, ...use }) => ({ use, session: this.#sessionOfMade(call, { maker, parameter }) }));
    for (const { use, session } of [...outer, ...passed, ...made]) this.#addUse(use, session, call);
    for (const { family, most: count } of summary.writes) if (count > 1) this.#manyWrites.set(call, new Set([...(this.#manyWrites.get(call) ?? []), family]));
    for (const flow of longer(summary.flows)) {
      const argument = call.arguments[flow.parameter];
      if (!argument) continue;
      for (const origin of originsOf(this.#model).of(this.#file, argument)) for (const joined of joinOrigins(origin, flow)) this.#addFlow(joined, flow.to, flow.calls);
    }
  }

  /** The session that a call passes for a parameter; undefined where it passes none. */
  #sessionPassed(call: CallExpression | NewExpression, index: number): Session | undefined {
    const argument = call.arguments[index];
    if (!argument || (argument.kind === "name" && argument.name === "undefined" && argument.binding === undefined)) return undefined;
    const origins = originsOf(this.#model).of(this.#file, argument);
    const own = origins.find(({ parameter }) => parameter?.function === this.#node)?.parameter;
    if (own) {
      const parameter = this.#node.parameters[own.index];
      const optional = parameter?.optional === true || parameter?.default !== undefined;
      return optional || origins.length > 1 ? { kind: "outer", unless: own.index } : { kind: "parameter", parameter: own.index };
    }
    // A client that this function reaches by itself stays the outer one; everything else was got from a transaction.
    return (this.#isClient(argument) && !this.#isGivenManager(argument)) || this.#isOutside(argument) ? { kind: "outer" } : { kind: "handle" };
  }

  /** The session that the object of a call was made with. */
  #sessionOfMade({ callee }: CallExpression | NewExpression, made: MadeWith): Session {
    // Methods of one object call each other.
    if (made.maker.file === this.#file && isMakerOf(this.#model, this.#file, made.maker.node, this.#node)) return { kind: "made", ...made };
    const calls = (callee.kind === "member" ? makingCalls(this.#model, this.#file, callee.object) : undefined) ?? this.#model.values.callSites.of(made.maker.file, made.maker.node);
    const sessions = calls.map(({ file, call }): Session => {
      if (!isCallOf(this.#model, { file, call }, made.maker)) return { kind: "handle" };
      if (file === this.#file && within(call.span, this.#node.span)) return this.#sessionPassed(call, made.parameter) ?? { kind: "outer" };
      const argument = call.arguments[made.parameter];
      return argument === undefined || isClient(this.#model, file, argument) ? { kind: "outer" } : { kind: "handle" };
    });
    return sessions.find(({ kind }) => kind !== "outer") ?? sessions[0] ?? { kind: "handle" };
  }

  /** Whether a manager was given to a callback, as that of a transaction is. */
  #isGivenManager(node: Expression): boolean {
    const { values } = this.#model;
    const source = node.kind === "name" && node.binding !== undefined ? values.index(this.#file).sources[node.binding] : undefined;
    return source?.kind === "parameter" && source.function !== this.#node && values.of(this.#file, node).some((value) => value.kind === "external" && value.provenance.path.includes("EntityManager"));
  }

  #isClient(node: Expression): boolean {
    return this.#model.values.of(this.#file, node).some((value) => value.kind === "external" && describe(value.provenance)?.is === "client");
  }

  #isKnownApi(call: CallExpression | NewExpression): boolean {
    return this.#model.values.of(this.#file, call.callee).some((value) => value.kind === "external" && describe(value.provenance) !== undefined);
  }

  #isAwaited(call: CallExpression | NewExpression): boolean {
    return completionOf(this.#model.values.index(this.#file), call) === "awaited";
  }

  /** Awaited here, or given back to whoever awaits it: `create = (name) => octokit.repos.create({ name })`. */
  #isWaitedFor(call: CallExpression | NewExpression): boolean {
    return /^(awaited|returned)$/.test(completionOf(this.#model.values.index(this.#file), call));
  }

  #addExternal(call: CallExpression | NewExpression): void {
    for (const value of this.#model.values.of(this.#file, call.callee)) {
      if (value.kind !== "external") continue;
      const here = { file: this.#file, span: call.span, calls: [] };
      const { package: name, subpath } = value.provenance;
      const api = describe(value.provenance);
      if (api?.http?.does !== "request" && isOfService(name, subpath) && this.#isWaitedFor(call)) this.#outside.push({ kind: "http", ...here });
      if (!api) continue;
      if (api.http?.does === "request") this.#outside.push({ kind: "http", ...here });
      if (api.queue?.does === "enqueue") this.#outside.push({ kind: "queue", ...here });
      if (api.sinks?.some(({ kind }) => kind === "email")) this.#outside.push({ kind: "mail", ...here });
      if (isFor(name, subpath, "shell")) this.#outside.push({ kind: "process", ...here });
      if (api.effect) this.#effects.push({ effect: api.effect, ...here });
      for (const { kind, at } of api.sinks ?? []) for (const node of argumentsAt(this.#model.values, this.#file, call, [at])) this.#addFlows(node, { kind: "sink", sink: kind, file: this.#file, node }, []);
      return;
    }
  }

  #addFlows(node: Expression, to: FlowTarget, calls: readonly CallStep[]): void {
    for (const origin of originsOf(this.#model).of(this.#file, node)) this.#addFlow(origin, to, calls);
  }

  #addFlow(origin: Origin, to: FlowTarget, calls: readonly CallStep[]): void {
    if (origin.parameter?.function !== this.#node) return;
    const flow: ParameterFlow = { parameter: origin.parameter.index, path: origin.path, steps: origin.steps, to, calls };
    if (this.#flows.length < most) this.#flows.push(flow);
    else this.#cut();
  }

  /** Some of what the function does is left out: a bound is reached. */
  #cut(): void {
    this.#unknown++;
    cutFlowsOf(this.#model).add(this.#node);
  }

  /** For each kind of store, and each parameter that would replace the client, the most writes on one path. */
  #countWrites(): readonly WriteCount[] {
    const groups = groupBy([...this.#written.values()].flat(), ({ operation, unless }) => `${operation.family} ${unless ?? ""}`);
    return [...groups.values()].flatMap((uses): readonly WriteCount[] => {
      const [first] = uses;
      if (!first) return [];
      const { family } = first.operation;
      const counts = (node: Expression): number => {
        const here = this.#written.get(node)?.filter((use) => use.operation.family === family && use.unless === first.unless) ?? [];
        if (here.length === 0) return 0;
        return this.#manyWrites.get(node)?.has(family) ? 2 : 1;
      };
      const count = heaviestPath(this.#node, { of: counts, runsOf: (inner) => runsBesideTransactions(this.#model, this.#file, inner) });
      if (count < 1) return [];
      return [{ family, most: count > 1 ? 2 : 1, ...(first.unless !== undefined && { unless: first.unless }), uses: uses.slice(0, most) }];
    });
  }
}

/** What an operation writes: its data, or the object that saves itself, `new Note({ text }).save()`. */
function writtenBy({ data, filter, write, node }: StoreOperation): readonly Expression[] {
  return data.length === 0 && filter.length === 0 && write === "save" && node.kind === "call" && node.callee.kind === "member" ? [node.callee.object] : data;
}
