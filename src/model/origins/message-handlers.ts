import { Gathered } from "../../base/gathered.js";
import { oncePer } from "../../base/once-per.js";
import type { ClassNode, Expression, FunctionNode } from "../../facts/syntax.js";
import type { CallerReference } from "../calls/call-graph.js";
import type { ProjectModel } from "../project-model.js";

/** What buses call the methods that take a message. */
const sending = /^(execute|ask|dispatch|send|query|command|publish|emit|handle)$/;
/** What handlers call the method that is given it. */
const handling = /^(execute|handle|run|on)$/;

/** Finds who sends the messages that a handler is given through a bus, by their class: `bus.execute(new RenameUser(id, name))`. */
export class MessageHandlers {
  readonly #model: ProjectModel;
  readonly #sent: Gathered<ClassNode, CallerReference>;

  constructor(model: ProjectModel) {
    this.#model = model;
    this.#sent = new Gathered(model.files, (file) => sentIn(model, file));
  }

  /** The calls that send what a function takes as its only message; empty for what is no handler. */
  senders(file: string, node: FunctionNode): readonly CallerReference[] {
    const [message] = node.parameters;
    const context = this.#model.values.index(file).functions.get(node);
    if (!message?.type || !context?.class || !handling.test(node.name ?? context.member?.name ?? "")) return [];
    return this.#model.values.ofType(file, message.type).flatMap((value) => (value.kind === "instance" ? this.#sent.of(value.class) : []));
  }
}

/** The message handlers of a model, gathered at the first question. */
export const messageHandlersOf = oncePer((model: ProjectModel) => new MessageHandlers(model));

function* sentIn(model: ProjectModel, file: string): Iterable<readonly [ClassNode, CallerReference]> {
  const { calls, sources } = model.values.index(file);
  for (const { node: call } of calls) {
    const [message] = call.arguments;
    if (!message || call.kind !== "call" || call.callee.kind !== "member" || !sending.test(call.callee.property)) continue;
    const made = madeAs(message, sources);
    if (made) for (const value of model.values.of(file, made)) if (value.kind === "instance") yield [value.class, { file, call }];
  }
}

/** A message that is made where it is sent, or under a name before. */
function madeAs(node: Expression, sources: ReturnType<ProjectModel["values"]["index"]>["sources"]): Expression | undefined {
  const source = node.kind === "name" && node.binding !== undefined ? sources[node.binding] : undefined;
  const value = source?.kind === "value" && source.path.length === 0 ? source.value : node;
  return value?.kind === "new" ? value : undefined;
}
