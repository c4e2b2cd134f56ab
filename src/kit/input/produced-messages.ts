import { oncePer } from "../../base/once-per.js";
import { describe } from "../../catalogue/index.js";
import type { CallExpression, FunctionNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { RequestFlow } from "../../model/origins/request-data.js";
import type { Entry } from "../../model/entries/entry.js";

/** What puts something into a queue is called like this in the libraries that the catalogue knows. */
const enqueues = /^(add\w*|send\w*|publish\w*|emit\w*|create\w*|insert|trigger\w*|batchTrigger\w*|quickAddJob|produce|now|schedule|every)$/;

/** Whether the project itself puts messages where an entry point takes them from: its own jobs, by the same library. */
export function isProducedHere(model: ProjectModel, { kind, library }: Entry): boolean {
  return kind === "message" && producing(model).has(familyOf(library));
}

/** The handlers that take messages which the project itself sends. */
const ownConsumers = oncePer((model: ProjectModel): ReadonlySet<FunctionNode> => new Set(model.entries.all.flatMap((entry) => (entry.handler && ((entry.kind === "message" && jobQueues.test(entry.library)) || isProducedHere(model, entry)) ? [entry.handler.node] : []))));

/** Libraries that keep the jobs of one application: what they hand out, it has put in itself, wherever the call that did so is. */
const jobQueues = /^(@nestjs\/)?(bull(mq)?|bee-queue|agenda|@hokify\/agenda|@agendajs\/agenda|pg-boss|graphile-worker)$/;

/** Whether data comes in by a job that the project itself enqueues: a handler of its queue runs for it, or a function is given the job. */
export function isOwnJob(model: ProjectModel, { reader, part, source }: RequestFlow): boolean {
  if (reader === undefined) return false;
  return ownConsumers(model).has(reader) || (part === "message" && reader.parameters.some((_, index) => model.values.ofParameter(source.file, reader, index).some((value) => value.kind === "external" && jobQueues.test(value.provenance.package))));
}

/** The libraries through which a project sends messages, tests left out. */
const producing = oncePer((model: ProjectModel): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const file of model.files) {
    if (model.layerOf(file).layer === "tests") continue;
    for (const { node } of model.values.index(file).calls)
      if (node.kind === "call" && node.callee.kind === "member" && enqueues.test(node.callee.property) && !isReply(node))
        for (const value of model.values.of(file, node.callee)) if (value.kind === "external" && describe(value.provenance)?.queue?.does === "enqueue") found.add(familyOf(value.provenance.package));
  }
  return found;
});

/** Whether a message goes to whoever asks for an answer: `channel.sendToQueue(message.properties.replyTo, rows)`. */
function isReply({ arguments: [queue] }: CallExpression): boolean {
  return queue?.kind === "member" && /^reply_?to$/i.test(queue.property);
}

/** `@nestjs/bullmq`, `bullmq` and `bull` carry the same jobs. */
function familyOf(library: string): string {
  return library.replace(/^@nestjs\//, "").replace(/mq$/, "");
}
