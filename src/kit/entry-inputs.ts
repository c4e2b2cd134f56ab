import type { Span } from "../base/position.js";
import type { FunctionNode, TypeNode } from "../facts/syntax.js";
import type { Entry, EntryInput } from "../model/entries/entry.js";
import type { ProjectModel } from "../model/project-model.js";
import { checkOfParameter } from "../model/routes/checks.js";
import { summariesOf } from "../model/summaries.js";
import type { ParameterFlow } from "../model/summary.js";
import { receiverText } from "./store-uses.js";

/** Input of an entry point that reaches a write or a dangerous call as it came. */
export interface UncheckedInput {
  /** What it reaches, in words. */
  readonly target: string;
  readonly file: string;
  readonly span: Span;
  /** A schema was run, and nothing reads whether it passed. */
  readonly unread: boolean;
}

/** The first way on which what comes in reaches a write or a dangerous call without a schema; undefined if there is none, or that cannot be told. */
export function uncheckedInput(model: ProjectModel, entry: Entry): UncheckedInput | undefined {
  const { handler, inputs, kind } = entry;
  if (!handler || inputs.length === 0) return undefined;
  const flows = summariesOf(model).of(handler.file, handler.node).flows;
  for (const input of inputs) {
    if (isDescribed(model, handler.file, handler.node, input)) continue;
    const check = checkOfParameter(model, handler.file, handler.node, input.parameter);
    if (check === "enforced") continue;
    const typed = kind === "graphql" && !isOpen(handler.node.parameters[input.parameter]?.type);
    const flow = flows.find((one) => one.parameter === input.parameter && begins(one.path, input.path) && !one.steps.some((step) => step.kind === "parse") && (isSink(one) || (!typed && isWrite(one))));
    if (flow) return { ...targetOf(flow), unread: check === "unread" };
  }
  return undefined;
}

function begins(path: readonly string[], with_: readonly string[]): boolean {
  return with_.every((name, index) => path[index] === undefined || path[index] === name);
}

function isSink({ to }: ParameterFlow): boolean {
  return to.kind === "sink" || to.kind === "text" || to.kind === "identifiers";
}

function isWrite({ to }: ParameterFlow): boolean {
  return (to.kind === "data" || to.kind === "filter") && to.operation.role === "write";
}

function targetOf({ to }: ParameterFlow): Pick<UncheckedInput, "target" | "file" | "span"> {
  if (to.kind === "sink") return { target: `a ${to.sink}`, file: to.file, span: to.node.span };
  const { node, file } = to.operation;
  return { target: node.kind === "template" ? "a statement" : `\`${receiverText(node.callee)}\``, file, span: to.node.span };
}

/** Whether a parameter has a class with decorators, which a pipe of Nest checks, or a pipe of its own. */
function isDescribed(model: ProjectModel, file: string, node: FunctionNode, { parameter: index }: EntryInput): boolean {
  const parameter = node.parameters[index];
  if (!parameter?.type || !parameter.decorators) return false;
  return model.values.ofType(file, parameter.type).some((value) => value.kind === "instance" && (value.class.extends !== undefined || value.class.members.some((member) => "decorators" in member && (member.decorators?.length ?? 0) > 0)));
}

/** Types under which a GraphQL server lets anything pass. */
function isOpen(type: TypeNode | undefined): boolean {
  if (!type) return false;
  if (type.kind === "keyword") return /^(any|unknown|object)$/.test(type.name);
  return type.kind === "reference" && /^(Record|JSON|Json\w*|GraphQLJSON\w*)$/.test(type.name);
}
