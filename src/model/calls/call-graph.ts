import { answers } from "../../base/answers.js";
import { Gathered } from "../../base/gathered.js";
import { oncePer } from "../../base/once-per.js";
import type { CallExpression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import { tellingCalls } from "./callers.js";
import { dispatched } from "./dispatch-tables.js";
import { type FunctionReference, Implementations } from "./implementations.js";
import { messageHandlersOf } from "./message-handlers.js";
import type { ProjectModel } from "../project-model.js";

/** What a call may run. */
export interface Callees {
  readonly functions: readonly FunctionReference[];
  /** The call may run code of the project that could not be found. */
  readonly unknown: boolean;
}

/** A call of a function of the project. */
export interface CallerReference {
  readonly file: string;
  readonly call: CallExpression | NewExpression;
}

/** More functions than this behind one call say nothing. */
const mostCallees = 12;

/** Which functions of the project a call runs: by name, through classes and their injected properties, interfaces and abstract classes. */
export class CallGraph {
  readonly #model: ProjectModel;
  readonly #implementations: Implementations;
  readonly #known = answers<CallExpression | NewExpression, Callees>();
  readonly #callers: Gathered<FunctionNode, CallerReference>;

  constructor(model: ProjectModel) {
    this.#model = model;
    this.#implementations = new Implementations(model);
    this.#callers = new Gathered(model.files, (file) => this.#callsIn(file));
  }

  /** The functions that a call runs, each once. */
  callees(file: string, call: CallExpression | NewExpression): Callees {
    return this.#known.get(call) ?? this.#known.of(call, () => this.#find(file, call));
  }

  /** The calls that run a function of the project, in the order of files and places; those of tests only where there are no others. */
  callers(file: string, node: FunctionNode): readonly CallerReference[] {
    return tellingCalls(this.#callers.of(node), file);
  }

  /** The functions that handle the message which a call sends through a bus: `queryBus.execute(new FindUsers(name))`. */
  handlersOf(file: string, call: CallExpression | NewExpression): readonly FunctionReference[] {
    return messageHandlersOf(this.#model).handlers(file, call);
  }

  *#callsIn(file: string): Iterable<readonly [FunctionNode, CallerReference]> {
    for (const { node: call } of this.#model.values.index(file).calls) {
      const { functions } = this.callees(file, call);
      // What a table holds, a call may run, however much that is.
      for (const called of functions.length === 0 ? dispatched(this.#model, file, call.callee) : functions) yield [called.node, { file, call }];
    }
  }

  #find(file: string, call: CallExpression | NewExpression): Callees {
    const { values } = this.#model;
    const { callee } = call;
    const functions = new Map<FunctionReference["node"], FunctionReference>();
    let certain = false;
    const add = (references: readonly FunctionReference[]): void => {
      for (const reference of references) functions.set(reference.node, reference);
    };
    for (const value of values.of(file, callee)) {
      if (value.kind === "external" || value.kind === "primitive" || value.kind === "constant") certain = true;
      else if (value.kind === "function" && value.node.body) add([{ file: value.file, node: value.node }]);
      else if (value.kind === "class") {
        const constructor = value.node.members.find((member) => member.kind === "method" && member.name === "constructor");
        if (constructor?.kind === "method" && constructor.function.body) add([{ file: value.file, node: constructor.function }]);
        certain = true;
      } else if (value.kind === "instance" && callee.kind === "super") {
        // `super(key)` runs the constructor of the class that is extended.
        const constructor = value.class.members.find((member) => member.kind === "method" && member.name === "constructor");
        if (constructor?.kind === "method" && constructor.function.body) add([{ file: value.file, node: constructor.function }]);
        certain = true;
      }
    }
    // The method of an interface or abstract class: whatever implements it.
    if (functions.size === 0 && callee.kind === "member") for (const value of values.of(file, callee.object)) add(this.#implementations.methods(value, callee.property));
    // The type of a table says what its entries are, and not which.
    add(dispatched(this.#model, file, callee));
    if (functions.size === 0 || functions.size > mostCallees) return certain && functions.size === 0 ? elsewhere : anywhere;
    return { functions: [...functions.values()], unknown: false };
  }
}

// Most calls are of one of these two, so that a project keeps them once.
/** Certainly no function of the project. */
const elsewhere: Callees = { functions: [], unknown: false };
/** Perhaps one that could not be found. */
const anywhere: Callees = { functions: [], unknown: true };

/** The call graph of a model, made at the first question. */
export const callGraphOf = oncePer((model: ProjectModel) => new CallGraph(model));
