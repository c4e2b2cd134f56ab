import { Gathered } from "../../base/gathered.js";
import { oncePer } from "../../base/once-per.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, ClassNode, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import type { CallerReference } from "./call-graph.js";
import type { FunctionReference } from "./implementations.js";
import type { ProjectModel } from "../project-model.js";

/** What buses call the methods that take a message. */
const sending = /^(execute|ask|dispatch|send|query|command|publish|emit|handle)$/;
/** Those of them that tell what has happened, whoever takes it up later. */
const telling = /^(publish|emit)$/;
/** What handlers call the method that is given it. */
const handling = /^(execute|handle|run|on)$/;

/** Finds who sends the messages that a handler is given through a bus, and who handles them, by their class: `bus.execute(new RenameUser(id, name))`. */
export class MessageHandlers {
  readonly #model: ProjectModel;
  readonly #sent: Gathered<ClassNode, CallerReference>;
  readonly #handled: Gathered<ClassNode, FunctionReference>;

  constructor(model: ProjectModel) {
    this.#model = model;
    this.#sent = new Gathered(model.files, (file) => sentIn(model, file));
    this.#handled = new Gathered(model.files, (file) => handledIn(model, file));
  }

  /** The calls that send what a function takes as its only message; empty for what is no handler. */
  senders(file: string, node: FunctionNode): readonly CallerReference[] {
    const context = this.#model.values.index(file).functions.get(node);
    if (!context?.class || !handling.test(node.name ?? context.member?.name ?? "")) return [];
    return typedMessages(this.#model, file, node).flatMap((message) => this.#sent.of(message));
  }

  /** The functions that handle the message which a call sends and answer it; none for events, which are taken up later. */
  handlers(file: string, call: CallExpression | NewExpression): readonly FunctionReference[] {
    if (call.callee.kind === "member" && telling.test(call.callee.property)) return [];
    return messagesOf(this.#model, file, call).flatMap((message) => this.#handled.of(message));
  }
}

/** The message handlers of a model, gathered at the first question. */
export const messageHandlersOf = oncePer((model: ProjectModel) => new MessageHandlers(model));

function* sentIn(model: ProjectModel, file: string): Iterable<readonly [ClassNode, CallerReference]> {
  for (const { node: call } of model.values.index(file).calls) for (const message of messagesOf(model, file, call)) yield [message, { file, call }];
}

/** The classes of the message that a call sends. */
function messagesOf(model: ProjectModel, file: string, call: CallExpression | NewExpression): readonly ClassNode[] {
  const [message] = call.arguments;
  if (!message || call.kind !== "call" || call.callee.kind !== "member" || !sending.test(call.callee.property)) return [];
  const made = madeAs(message, model.values.index(file).sources);
  return made ? model.values.of(file, made).flatMap((value) => (value.kind === "instance" ? [value.class] : [])) : [];
}

/** The methods of a file that handle messages, by the type of what they take, or by what their class is declared to handle: `@QueryHandler(FindUsers)`. */
function* handledIn(model: ProjectModel, file: string): Iterable<readonly [ClassNode, FunctionReference]> {
  for (const around of model.values.index(file).classes)
    for (const member of around.members) {
      if (member.kind !== "method" || !handling.test(member.name) || !member.function.body) continue;
      for (const message of new Set([...typedMessages(model, file, member.function), ...declaredMessages(model, file, around)])) yield [message, { file, node: member.function }];
    }
}

/** The classes of what a method takes first. */
function typedMessages(model: ProjectModel, file: string, { parameters: [message] }: FunctionNode): readonly ClassNode[] {
  return message?.type ? model.values.ofType(file, message.type).flatMap((value) => (value.kind === "instance" ? [value.class] : [])) : [];
}

/** The classes that a handler is declared for: `@QueryHandler(FindUsers)`. */
function declaredMessages(model: ProjectModel, file: string, { decorators = [] }: ClassNode): readonly ClassNode[] {
  const named = decorators.flatMap(({ value }) => (value.kind === "call" && /^(Command|Query)Handler$/.test(lastName(value.callee)) ? value.arguments.slice(0, 1) : []));
  return named.flatMap((name) => model.values.of(file, name)).flatMap((value) => (value.kind === "class" ? [value.node] : []));
}

/** A message that is made where it is sent, or under a name before. */
function madeAs(node: Expression, sources: ReturnType<ProjectModel["values"]["index"]>["sources"]): Expression | undefined {
  const source = node.kind === "name" && node.binding !== undefined ? sources[node.binding] : undefined;
  const value = source?.kind === "value" && source.path.length === 0 ? source.value : node;
  return value?.kind === "new" ? value : undefined;
}
