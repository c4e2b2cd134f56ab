import { type Answers, answers } from "../../base/answers.js";
import { oncePer } from "../../base/once-per.js";
import type { Span } from "../../base/position.js";
import type { UnknownKeys } from "../../catalogue/index.js";
import type { Expression, FunctionNode, Parameter } from "../../facts/syntax.js";
import { assignmentsOf } from "../values/assignments.js";
import { type CallerReference, callGraphOf } from "../calls/call-graph.js";
import { cutFlowsOf } from "./cut-flows.js";
import { isFreeArgument } from "../entries/free-arguments.js";
import { HandedIn } from "./handed-in.js";
import { messageHandlersOf } from "../calls/message-handlers.js";
import { mutationsOf } from "../values/mutations.js";
import { joinOrigins, type Origin, type OriginStep } from "./origin.js";
import { originsOf } from "./origins.js";
import type { ProjectModel } from "../project-model.js";
import { isChosen, isServerActionOf, type RequestDecorator, type RequestSource, RequestSources, type SourcePart } from "./request-sources.js";
import { unknownKeysIn } from "./unknown-keys.js";

/** Data of a request and how they got to where they were asked about. */
export interface RequestFlow {
  /** The read of the request. */
  readonly source: { readonly file: string; readonly span: Span; readonly text: string };
  /** The part it was read from. */
  readonly part: SourcePart;
  /** What was taken of the part. */
  readonly path: readonly string[];
  /** The whole part, as opposed to a field of it or a text made of it. */
  readonly whole: boolean;
  /** The function that is given the request. */
  readonly reader: FunctionNode | undefined;
  /** What was done to it on the way, in order. */
  readonly steps: readonly OriginStep[];
  /** The calls it was handed through, from the source on, with what was passed. */
  readonly through: readonly { readonly file: string; readonly span: Span; readonly argument: Expression }[];
}

/** An origin whose parameters have been followed to the callers. */
interface Traced {
  readonly source: RequestSource;
  readonly through: RequestFlow["through"];
}

/** Flows into one parameter that are told apart. */
const mostFlows = 12;
/** Callers of one function that are looked at. */
const mostCallers = 60;
/** Calls between the source and the sink. */
const deepest = 12;

/**
 * Follows data of requests and messages through variables, objects, calls, callbacks, class fields and parameters of
 * project functions. Each parameter is looked at once, so that the work is in proportion to the calls of a project;
 * functions that call each other in a circle are followed once around.
 */
export class RequestData {
  readonly #model: ProjectModel;
  readonly #sources: RequestSources;
  readonly #handedIn: HandedIn;
  readonly #flows = answers<Expression, readonly RequestFlow[]>();
  readonly #parameters = oncePer((_node: FunctionNode) => answers<number, readonly Traced[]>());
  readonly #open = new Set<string>();
  #depth = 0;

  constructor(model: ProjectModel) {
    this.#model = model;
    this.#sources = new RequestSources(model);
    this.#handedIn = new HandedIn(model, (file, node, index) => this.#sources.isGiven(file, node, index));
  }

  /** Request data that an expression carries and that no schema has checked; undefined if there are none, or if that cannot be told. */
  of(file: string, node: Expression): RequestFlow | undefined {
    return this.flows(file, node).find(({ steps }) => !steps.some(({ kind }) => kind === "parse" || kind === "bound" || kind === "call"));
  }

  /** The decorator that fills a parameter from the request, with its arguments. */
  decoratorOf(file: string, parameter: Parameter): RequestDecorator | undefined {
    return this.#sources.decoratorOf(file, parameter);
  }

  /** Whether an expression is the response of a handler. */
  isResponse(file: string, node: Expression): boolean {
    return this.#sources.isResponse(file, node);
  }

  /** Whether a browser calls a function by way of Next. */
  isServerAction(file: string, node: FunctionNode): boolean {
    return isServerActionOf(this.#model, file, node);
  }

  /** The parameters behind an expression that nobody is known to fill, as origins that begin at them. */
  handedIn(file: string, node: Expression): readonly Origin[] {
    return this.#handedIn.of(file, node);
  }

  /** The values that a name of a file is given after its declaration. */
  assignedTo(file: string, binding: number): readonly Expression[] {
    return assignmentsOf(this.#model.facts(file)).get(binding) ?? [];
  }

  /** The values that are put into what a name of a file holds: `query.owner = owner`. */
  putInto(file: string, binding: number): readonly Expression[] {
    return mutationsOf(this.#model.facts(file)).get(binding)?.map(({ value }) => value) ?? [];
  }

  /** Whether an expression is put together of constants and numbers alone. */
  isConstant(file: string, node: Expression): boolean {
    return originsOf(this.#model).of(file, node).length === 0;
  }

  /** Whether an argument of GraphQL has a scalar type that takes any value: its keys are whatever the client sent. */
  isFreeArgument(file: string, name: string): boolean {
    return isFreeArgument(this.#model, file, name);
  }

  /** What a schema does with keys it does not name; undefined if that cannot be told. */
  unknownKeys(file: string, schema: Expression): UnknownKeys | undefined {
    return unknownKeysIn(this.#model, file, schema);
  }

  /** All request data that an expression carries, with what was done to them. */
  flows(file: string, node: Expression): readonly RequestFlow[] {
    return this.#flows.of(node, () =>
      originsOf(this.#model)
        .of(file, node)
        .flatMap((origin) => this.#trace(origin))
        .filter(({ source }) => isChosen(this.#model, source))
        .map((traced) => this.#flowOf(traced)),
    );
  }

  #trace(origin: Origin): readonly Traced[] {
    const source = this.#sources.of(origin);
    if (source) return [{ source, through: [] }];
    if (!origin.parameter) return [];
    return this.#ofParameter(origin.file, origin.parameter.function, origin.parameter.index).flatMap(({ source: { part, origin: outer }, through }) => joinOrigins(outer, origin).map((joined) => ({ source: { part, origin: joined }, through })));
  }

  /** What the callers of a function pass for one of its parameters. */
  #ofParameter(file: string, node: FunctionNode, index: number): readonly Traced[] {
    const known = this.#parameters(node);
    return known.get(index) ?? this.#followCallers(known, file, node, index);
  }

  #followCallers(known: Answers<number, readonly Traced[]>, file: string, node: FunctionNode, index: number): readonly Traced[] {
    const key = `${file} ${node.span[0]} ${index}`;
    if (this.#open.has(key)) return [];
    if (this.#depth > deepest) {
      cutFlowsOf(this.#model).add(node);
      return [];
    }
    this.#open.add(key);
    this.#depth++;
    const traced = known.of(index, () => {
      const callers = [...callGraphOf(this.#model).callers(file, node), ...(index === 0 ? messageHandlersOf(this.#model).senders(file, node) : [])];
      const all = distinct(callers.slice(0, mostCallers).flatMap((caller) => this.#passedBy(caller, node, index)));
      if (callers.length > mostCallers || all.length > mostFlows) cutFlowsOf(this.#model).add(node);
      return all.slice(0, mostFlows);
    });
    this.#depth--;
    this.#open.delete(key);
    return traced;
  }

  #passedBy({ file, call }: CallerReference, node: FunctionNode, index: number): readonly Traced[] {
    const passed = node.parameters[index]?.rest === true ? call.arguments.slice(index) : call.arguments.slice(index, index + 1);
    return passed.flatMap((argument) =>
      argument.kind === "spread"
        ? []
        : originsOf(this.#model)
            .of(file, argument)
            .flatMap((origin) => this.#trace(origin))
            .map(({ source, through }) => ({ source, through: [...through, { file, span: call.span, argument }] })),
    );
  }

  #flowOf({ source: { part, origin }, through }: Traced): RequestFlow {
    const { file, node, path, steps, parameter } = origin;
    const { span, text } = readAround(this.#model, file, node);
    const whole = path.every((key) => key === "[]") && steps.every(({ kind }) => kind === "spread" || kind === "element");
    return { source: { file, span, text: text ?? part }, part, path, whole, reader: parameter?.function ?? this.#model.values.index(file).functionAround(node)?.node, steps, through };
  }
}

/** Each read of a request once. */
function distinct(traced: readonly Traced[]): readonly Traced[] {
  return [...new Map(traced.map((one) => [`${one.source.origin.file} ${one.source.origin.node.span[0]} ${one.source.origin.path.join(".")}`, one])).values()];
}

/** The whole read around a name: `req.query.page` around `req`. */
function readAround(model: ProjectModel, file: string, node: Expression): { readonly span: Span; readonly text: string | undefined } {
  const index = model.values.index(file);
  let outer = node;
  for (let parent = index.parentOf(outer); parent && "kind" in parent; parent = index.parentOf(outer)) {
    if (parent.kind === "member" && parent.object === outer) outer = parent;
    else if (parent.kind === "call" && parent.callee === outer && outer.kind === "member" && /^(query|queries|param|header|json|text|formData|parseBody|get|valid)$/.test(outer.property)) outer = parent;
    else break;
  }
  const last = outer.kind === "member" && /^(trim|toString|toLowerCase|toUpperCase|split|map|slice|replace|length|filter|forEach|join)$/.test(outer.property) ? outer.object : outer;
  return { span: last.span, text: textOf(last) };
}

function textOf(node: Expression): string | undefined {
  if (node.kind === "name") return node.name;
  if (node.kind === "this") return "this";
  if (node.kind === "member") {
    const object = textOf(node.object);
    return object === undefined ? undefined : `${object}.${node.property}`;
  }
  if (node.kind !== "call") return undefined;
  const callee = textOf(node.callee);
  return callee === undefined ? undefined : `${callee}()`;
}
