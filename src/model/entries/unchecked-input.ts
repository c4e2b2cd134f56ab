import type { FunctionNode, TypeNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../project-model.js";
import { checkOfParameter } from "../routes/checks.js";
import { summariesOf } from "../data/summaries.js";
import type { ParameterFlow } from "../data/summary.js";
import { withGivenText } from "../data/given-statements.js";
import { isPipe } from "../routes/nest-schemas.js";
import { isFreeArgument } from "./free-arguments.js";
import type { Entry, EntryInput, UncheckedInput } from "./entry.js";

/** The first way on which what comes in reaches a write or a dangerous call without a schema; undefined if there is none, or that cannot be told. */
export function uncheckedInput(model: ProjectModel, entry: Entry): UncheckedInput | undefined {
  const { handler, inputs, kind } = entry;
  if (!handler || inputs.length === 0) return undefined;
  const flows = summariesOf(model).of(handler.file, handler.node).flows;
  for (const input of inputs) {
    if (isDescribed(model, handler.file, handler.node, input)) continue;
    const check = checkOfParameter(model, handler.file, handler.node, input.parameter);
    if (check === "enforced") continue;
    const { type, decorators = [] } = handler.node.parameters[input.parameter] ?? {};
    // All arguments at once have the types of the schema, whatever the code calls them.
    const all = decorators.some(({ value }) => value.kind === "call" && value.arguments.length === 0);
    const typed = kind === "graphql" && (all || !isOpen(type));
    const isTyped = ({ path }: ParameterFlow): boolean => typed && !path.some((key) => isFreeArgument(model, handler.file, key));
    const reaching = flows.filter((one) => one.parameter === input.parameter && begins(one.path, input.path) && !(kind === "lambda" && one.path.some((key) => ofBroker.test(key))) && !isChecked(model, one) && ((isSink(one) && !(typed && isShaped(one, all ? undefined : type))) || (!isTyped(one) && isWrite(model, one))));
    // What is written says more than a dangerous call, which has a rule of its own, and that more than which row is meant.
    const flow = reaching.find(({ to }) => to.kind !== "sink" && to.kind !== "filter") ?? reaching.find(({ to }) => to.kind === "sink") ?? reaching[0];
    if (flow) return { target: flow.to, unread: check === "unread" };
  }
  return undefined;
}

function begins(path: readonly string[], with_: readonly string[]): boolean {
  return with_.every((name, index) => path[index] === undefined || path[index] === name);
}

/** Patterns of replacements after which no folder can be named: separators and dots, or all but some characters. */
const leavesNoPath = /\[\^|\\W|\/|\\\.|\.\./;
/** Parts of an event of AWS that are texts, whatever the sender wrote: no operator stands in them. */
const texts = /^(pathParameters|queryStringParameters|headers)$/;

/** What a queue or stream of AWS itself says of a record, whatever the sender wrote. */
const ofBroker = /^(?:messageId|receiptHandle|md5OfBody|eventSource(?:ARN)?|awsRegion|event(?:ID|Name|Version)|sequenceNumber|shardId|approximateArrivalTimestamp)$/;

/** Whether a schema or a function on the way takes the danger out of what flows. */
function isChecked(model: ProjectModel, { steps, to, calls }: ParameterFlow): boolean {
  if (steps.some((step) => step.kind === "parse")) return true;
  // What a function makes of it that is not read is unknown.
  if (to.kind === "sink" && steps.some((step) => step.kind === "call")) return true;
  if (to.kind === "sink" && to.sink === "path" && steps.some((step) => step.kind === "replace" && leavesNoPath.test(step.pattern))) return true;
  return calls.some(({ callee }) => callee.node.parameters.some((_parameter, index) => checkOfParameter(model, callee.file, callee.node, index) === "enforced"));
}

function isSink({ path: [first], to, steps }: ParameterFlow): boolean {
  if (to.kind === "sink" && to.sink === "filter" && texts.test(first ?? "")) return false;
  return to.kind === "sink" || (to.kind === "text" && !isBound(steps)) || to.kind === "identifiers";
}

/** Whether a value is a parameter of a statement: it changes nothing of the text, and may be anything still. */
function isBound(steps: ParameterFlow["steps"]): boolean {
  return steps.some(({ kind }) => kind === "bound");
}

/** Whether the types of a GraphQL schema take the danger away: an operator needs a free-form object, and the columns to sort by are keys or an enumeration of an input type. */
function isShaped({ to }: ParameterFlow, type: TypeNode | undefined): boolean {
  if (to.kind === "sink") return to.sink === "filter";
  const sorts = to.kind === "identifiers" || (to.kind === "text" && (to.node.kind === "name" || to.node.kind === "member") && to.operation.methods.some((method) => /^(order|addOrder)By$/.test(method)));
  return sorts && type?.kind !== "keyword";
}

function isWrite(model: ProjectModel, { path: [first], to, steps, calls }: ParameterFlow): boolean {
  const isText = texts.test(first ?? "");
  const isWritten = to.kind === "data" || (!isText && (to.kind === "filter" || to.kind === "parameters" || (to.kind === "text" && isBound(steps))));
  return isWritten && withGivenText(model, { operation: to.operation, calls }).role === "write";
}

/** Whether a parameter has a class with decorators, which a pipe of Nest checks, or a pipe of its own. */
function isDescribed(model: ProjectModel, file: string, node: FunctionNode, { parameter: index }: EntryInput): boolean {
  const parameter = node.parameters[index];
  if (!parameter?.type || !parameter.decorators) return false;
  if (parameter.decorators.some(({ value }) => value.kind === "call" && value.arguments.some((argument) => isPipe(model, file, argument)))) return true;
  return model.values.ofType(file, parameter.type).some((value) => value.kind === "instance" && (value.class.extends !== undefined || value.class.members.some((member) => "decorators" in member && (member.decorators?.length ?? 0) > 0)));
}

/** Types under which a GraphQL server lets anything pass. */
function isOpen(type: TypeNode | undefined): boolean {
  if (!type) return false;
  if (type.kind === "keyword") return /^(any|unknown|object)$/.test(type.name);
  return type.kind === "reference" && /^(Record|JSON|Json\w*|GraphQLJSON\w*)$/.test(type.name);
}
